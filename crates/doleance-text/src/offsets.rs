//! Byte offsets to Unicode code points, the unit of every offset that leaves the program.

use crate::Span;

/// Converts byte offsets of one text into code point offsets in constant time per query.
///
/// Keeps one count every 64 bytes, so a 100 MB text costs some 6 MB.
#[derive(Clone, Debug)]
pub struct CodePoints {
    before_block: Vec<u32>,
    ascii: bool,
}

const BLOCK: usize = 64;

impl CodePoints {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return CodePoints { before_block: Vec::new(), ascii: true };
        }
        let bytes = text.as_bytes();
        let mut before_block = Vec::with_capacity(bytes.len() / BLOCK + 1);
        let mut count = 0u32;
        for block in bytes.chunks(BLOCK) {
            before_block.push(count);
            count += starts(block);
        }
        CodePoints { before_block, ascii: false }
    }

    /// The number of code points before byte `offset` of `text`, the text given to [`CodePoints::new`].
    pub fn at(&self, text: &str, offset: u32) -> u32 {
        if self.ascii {
            return offset;
        }
        let offset = (offset as usize).min(text.len());
        let block = (offset / BLOCK).min(self.before_block.len() - 1);
        self.before_block[block] + starts(&text.as_bytes()[block * BLOCK..offset])
    }

    /// A span in code points: `(start, end)`.
    pub fn span(&self, text: &str, span: Span) -> (u32, u32) {
        (self.at(text, span.start), self.at(text, span.end))
    }
}

fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| (b & 0xC0) != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_counts_the_characters_before_it() {
        let text = "é’à: grève générale à Кызылорда 𝄞 ".repeat(9);
        let points = CodePoints::new(&text);
        for (count, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(&text, offset as u32), count as u32);
        }
        assert_eq!(points.at(&text, text.len() as u32), text.chars().count() as u32);
    }
}
