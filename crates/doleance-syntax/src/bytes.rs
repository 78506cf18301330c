//! Reading and writing of little-endian numbers and length-prefixed strings, without alignment and without panics.

/// Takes fields from the front of a slice; each reading gives `None` past the end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Reader { bytes }
    }

    pub(crate) fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|b| b[0])
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        self.take(2).map(read_u16)
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.take(4).map(read_u32)
    }

    pub(crate) fn string(&mut self) -> Option<&'b str> {
        let length = self.u16()? as usize;
        std::str::from_utf8(self.take(length)?).ok()
    }

    pub(crate) fn strings(&mut self) -> Option<Vec<&'b str>> {
        let count = self.u32()?;
        (0..count).map(|_| self.string()).collect()
    }

    pub(crate) fn rest(self) -> &'b [u8] {
        self.bytes
    }
}

/// The first two bytes as a number; the slice must have them.
#[inline(always)]
pub(crate) fn read_u16(bytes: &[u8]) -> u16 {
    u16::from_le_bytes([bytes[0], bytes[1]])
}

/// The first four bytes as a number; the slice must have them.
#[inline(always)]
pub(crate) fn read_u32(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

pub(crate) fn put_u16(out: &mut Vec<u8>, number: usize) {
    out.extend_from_slice(&(number as u16).to_le_bytes());
}

pub(crate) fn put_u32(out: &mut Vec<u8>, number: usize) {
    out.extend_from_slice(&(number as u32).to_le_bytes());
}

pub(crate) fn put_string(out: &mut Vec<u8>, text: &str) {
    put_u16(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

pub(crate) fn put_strings<S: AsRef<str>>(out: &mut Vec<u8>, texts: &[S]) {
    put_u32(out, texts.len());
    texts.iter().for_each(|text| put_string(out, text.as_ref()));
}
