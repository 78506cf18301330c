//! Small frozen maps from hashes to numbers: what a word was always seen to be.
//!
//! Layout: slots `u32`, then per slot 32 bits of the key and a `u16`. A free slot has the value `u16::MAX`.

use crate::bytes::{Reader, read_u16, read_u32};
use crate::table::bucket_of;

const SLOT: usize = 6;
const FREE: u16 = u16::MAX;

/// A view on a frozen map.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dictionary<'m> {
    slots: &'m [u8],
    count: u64,
}

impl<'m> Dictionary<'m> {
    /// A view on a section. `None` where the lengths do not add up.
    pub(crate) fn new(section: &'m [u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let count = reader.u32()? as usize;
        let slots = reader.take(count.checked_mul(SLOT)?)?;
        (count > 0).then_some(Dictionary { slots, count: count as u64 })
    }

    /// The value of a key.
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<u16> {
        let mut slot = bucket_of(key, self.count);
        for _ in 0..64 {
            let bytes = self.slots.get(slot * SLOT..slot * SLOT + SLOT)?;
            let value = read_u16(&bytes[4..]);
            if value == FREE {
                return None;
            }
            if read_u32(bytes) == key as u32 {
                return Some(value);
            }
            slot = if slot as u64 + 1 == self.count { 0 } else { slot + 1 };
        }
        None
    }
}

/// Lays out a map; keys must be distinct.
pub(crate) fn freeze_dictionary(mut entries: Vec<(u64, u16)>) -> Vec<u8> {
    entries.sort_unstable();
    let count = entries.len() + entries.len() / 3 + 1;
    let mut table = vec![(0u32, FREE); count];
    for (key, value) in entries {
        let mut slot = bucket_of(key, count as u64);
        while table[slot].1 != FREE {
            slot = (slot + 1) % count;
        }
        table[slot] = (key as u32, value);
    }
    let mut section = (count as u32).to_le_bytes().to_vec();
    for (key, value) in table {
        section.extend_from_slice(&key.to_le_bytes());
        section.extend_from_slice(&value.to_le_bytes());
    }
    section
}

/// A map with 16-bit fingerprints: a third smaller, and wrong about one unknown key in some ten thousand. Layout as
/// above, with a `u16` of the key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CompactDictionary<'m> {
    slots: &'m [u8],
    count: u64,
}

const COMPACT_SLOT: usize = 4;

impl<'m> CompactDictionary<'m> {
    /// A view on a section. `None` where the lengths do not add up.
    pub(crate) fn new(section: &'m [u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let count = reader.u32()? as usize;
        let slots = reader.take(count.checked_mul(COMPACT_SLOT)?)?;
        (count > 0).then_some(CompactDictionary { slots, count: count as u64 })
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: u64) -> Option<u16> {
        let mut slot = bucket_of(key, self.count);
        for _ in 0..64 {
            let bytes = self.slots.get(slot * COMPACT_SLOT..slot * COMPACT_SLOT + COMPACT_SLOT)?;
            let value = read_u16(&bytes[2..]);
            if value == FREE {
                return None;
            }
            if read_u16(bytes) == key as u16 {
                return Some(value);
            }
            slot = if slot as u64 + 1 == self.count { 0 } else { slot + 1 };
        }
        None
    }
}

/// Lays out a compact map; keys must be distinct.
pub(crate) fn freeze_compact(mut entries: Vec<(u64, u16)>) -> Vec<u8> {
    entries.sort_unstable();
    let count = entries.len() + entries.len() / 5 + 1;
    let mut table = vec![(0u16, FREE); count];
    for (key, value) in entries {
        let mut slot = bucket_of(key, count as u64);
        while table[slot].1 != FREE {
            slot = (slot + 1) % count;
        }
        table[slot] = (key as u16, value);
    }
    let mut section = (count as u32).to_le_bytes().to_vec();
    for (key, value) in table {
        section.extend_from_slice(&key.to_le_bytes());
        section.extend_from_slice(&value.to_le_bytes());
    }
    section
}
