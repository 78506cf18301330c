//! Bytes to text: UTF-8, UTF-16 and the single-byte encodings of older files.
//!
//! A byte order mark decides; then valid UTF-8 is UTF-8; then zero bytes tell UTF-16 from binary files; what is left
//! is guessed from its letters by chardetng. The mark itself is no part of the text, so offsets count from after it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Why bytes are not the text of a report, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotText {
    /// What the bytes look like.
    pub reason: &'static str,
    /// How to get at the text.
    pub repair: &'static str,
}

/// Reads bytes as text in whatever encoding they are in. `declared` is an encoding's label from inside the file.
pub fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<String, NotText> {
    if let Some(known) = known_binary(&bytes) {
        return Err(known);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return Ok(lossy(encoding, &bytes[mark..]));
    }
    if bytes.contains(&0) {
        return match wide_encoding(&bytes) {
            Some(encoding) => Ok(lossy(encoding, &bytes)),
            None => Err(BINARY),
        };
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if is_mostly_control(text.as_bytes()) => return Err(BINARY),
        Ok(text) => return Ok(text),
        Err(error) => error.into_bytes(),
    };
    if is_mostly_control(&bytes) {
        return Err(BINARY);
    }
    if is_nearly_utf8(&bytes) {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    Ok(lossy(declared.unwrap_or_else(|| guess(&bytes)), &bytes))
}

const BINARY: NotText =
    NotText { reason: "is binary, not text", repair: "Give plain text, Markdown, HTML or JSON Lines." };

/// First bytes of files that people take for text, because their programs show text.
const KNOWN: [(&[u8], NotText); 6] = [
    (
        b"%PDF-",
        NotText { reason: "is a PDF file", repair: "Extract its text first, for example with pdftotext." },
    ),
    (
        b"PK\x03\x04",
        NotText {
            reason: "is a ZIP archive or an office document",
            repair: "Unpack it, or save the document as plain text.",
        },
    ),
    (b"\xD0\xCF\x11\xE0", NotText { reason: "is an old office document", repair: "Save it as plain text." }),
    (b"{\\rtf", NotText { reason: "is a rich text (RTF) file", repair: "Save it as plain text." }),
    (
        b"\x1F\x8B",
        NotText { reason: "is compressed with gzip", repair: "Unpack it, for example with gunzip." },
    ),
    (
        b"\xFF\xFE\0\0",
        NotText { reason: "is in UTF-32", repair: "Convert it to UTF-8, for example with iconv." },
    ),
];

fn known_binary(bytes: &[u8]) -> Option<NotText> {
    KNOWN.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, known)| known.clone())
}

/// UTF-16 without a mark: in the languages of Europe one byte of most pairs is zero or the same script number.
fn wide_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let is_high = |byte: &u8| matches!(byte, 0 | 0x04 | 0x20);
    let (pairs, _) = sample.as_chunks::<2>();
    let first = pairs.iter().filter(|pair| is_high(&pair[0])).count();
    let second = pairs.iter().filter(|pair| is_high(&pair[1])).count();
    let most = pairs.len() * 9 / 10;
    match (first > most, second > most) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Control characters that no text has are allowed one in twenty: damaged files carry some, and bells and escapes
/// come with text copied from terminals.
fn is_mostly_control(bytes: &[u8]) -> bool {
    let control =
        bytes.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    control * 20 > bytes.len()
}

/// UTF-8 with a few bad bytes (a file cut in the middle of a letter) is still UTF-8.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 2
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn lossy(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{WINDOWS_1251, WINDOWS_1252};

    const FRENCH: &str = "Les ouvrières de l’usine ont débrayé à Fougères : « nous voulons être payées ».";
    const RUSSIAN: &str = "Рабочие завода объявили забастовку и требуют выплаты зарплаты за прошлый месяц.";

    fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn single_byte_encodings_are_recognised() {
        assert_eq!(decode(WINDOWS_1252.encode(FRENCH).0.into_owned(), None).unwrap(), FRENCH);
        assert_eq!(decode(WINDOWS_1251.encode(RUSSIAN).0.into_owned(), None).unwrap(), RUSSIAN);
    }

    #[test]
    fn a_declared_encoding_comes_before_a_guess() {
        let bytes = b"gr\xE8ve".to_vec();
        assert_eq!(decode(bytes.clone(), Some("windows-1252")).unwrap(), "grève");
        assert_eq!(decode(bytes, Some("windows-1251")).unwrap(), "grиve");
    }

    #[test]
    fn utf_16_is_recognised_with_and_without_a_mark() {
        for text in [FRENCH, RUSSIAN] {
            assert_eq!(decode(wide(text, u16::to_le_bytes), None).unwrap(), text);
            assert_eq!(decode(wide(text, u16::to_be_bytes), None).unwrap(), text);
            let marked = wide(&format!("\u{FEFF}{text}"), u16::to_be_bytes);
            assert_eq!(decode(marked, None).unwrap(), text);
        }
    }

    #[test]
    fn the_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(decode("\u{FEFF}grève".into(), None).unwrap(), "grève");
    }

    #[test]
    fn a_letter_cut_in_two_does_not_make_utf_8_something_else() {
        let mut bytes = FRENCH.as_bytes().to_vec();
        bytes.extend_from_slice(b" pay\xC3");
        assert_eq!(decode(bytes, None).unwrap(), format!("{FRENCH} pay\u{FFFD}"));
    }

    #[test]
    fn binary_files_are_named_for_what_they_are() {
        assert_eq!(decode(b"%PDF-1.7 ...".to_vec(), None).unwrap_err().reason, "is a PDF file");
        assert_eq!(decode((0..=255).collect(), None).unwrap_err(), BINARY);
    }
}
