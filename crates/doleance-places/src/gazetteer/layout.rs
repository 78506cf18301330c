//! The gazetteer file: a header, then flat little-endian columns that are read where they lie.
//!
//! | bytes | content |
//! | --- | --- |
//! | 8 | magic `DOLGAZ` and two digits of version |
//! | 4 | number of places |
//! | 4 | width in bytes of an entry (3 or 4), three zero bytes |
//! | 8 × sections | offset and length of each section |
//!
//! Places are ordered by rank: countries, first-order divisions, capitals, then all others by falling population.

pub(crate) const MAGIC: &[u8; 8] = b"DOLGAZ01";
pub(crate) const HEADER: usize = 16 + 8 * SECTIONS;
pub(crate) const SECTIONS: usize = 9;

/// Number of first-order divisions (4 bytes), then the two letters of each country, then those of each such division.
/// Country i is place i, and the divisions follow.
pub(crate) const COUNTRIES: usize = 0;
/// GeoNames numbers: four bytes a place, 0 where there is none.
pub(crate) const IDS: usize = 1;
/// Ten bytes a place: latitude (3), longitude (3), population (2), then kind (3 bits) and seat (13 bits). The seat is the
/// rank of the first-order division, or the number of those plus the rank of the country.
pub(crate) const PLACES: usize = 2;
/// Second-order division of each place (its place number plus one; 0 for none), or empty where no place has one.
pub(crate) const ADMIN2: usize = 3;
/// For every sixteen places: where their names start (4 bytes) and the length of each (1 byte).
pub(crate) const NAME_STARTS: usize = 4;
/// The names end to end, UTF-8.
pub(crate) const NAME_TEXT: usize = 5;
/// Finite-state map from folded names to their rank.
pub(crate) const KEYS: usize = 6;
/// For each rank, in the upper two bits the [`NameSource`](super::NameSource), in the others a place, or the number of places
/// plus an offset into the lists.
pub(crate) const ENTRIES: usize = 7;
/// Lists of places of one name: a count (2 bytes), then place number and [`NameSource`](super::NameSource) (1 byte) each.
pub(crate) const LISTS: usize = 8;

pub(crate) const PLACE_BYTES: usize = 10;
pub(crate) const NAME_BLOCK: usize = 16;
pub(crate) const SEAT_BITS: u32 = 13;

/// Degrees are stored in steps of 180/2^23.
pub(crate) const DEGREE: f64 = 8_388_607.0 / 180.0;

/// Reads a little-endian number of `width` bytes; 0 beyond the end.
pub(crate) fn read(bytes: &[u8], at: usize, width: usize) -> u32 {
    let Some(slice) = bytes.get(at..at + width) else { return 0 };
    slice.iter().rev().fold(0, |sum, &b| (sum << 8) | u32::from(b))
}

/// Writes a little-endian number of `width` bytes.
pub(crate) fn write(out: &mut Vec<u8>, value: u32, width: usize) {
    out.extend_from_slice(&value.to_le_bytes()[..width]);
}

/// A coordinate from its three bytes.
pub(crate) fn read_degrees(bytes: &[u8], at: usize) -> f64 {
    let raw = read(bytes, at, 3) as i32;
    let signed = (raw << 8) >> 8;
    (f64::from(signed) / DEGREE * 1e5).round() / 1e5
}

/// Writes a coordinate in three bytes.
pub(crate) fn write_degrees(out: &mut Vec<u8>, degrees: f64) {
    let scaled = (degrees.clamp(-180.0, 180.0) * DEGREE).round() as i32;
    out.extend_from_slice(&scaled.to_le_bytes()[..3]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_come_back_within_three_metres() {
        for degrees in [0.0, -0.12574, 51.50853, -180.0, 180.0, 179.99999, -74.48132] {
            let mut out = Vec::new();
            write_degrees(&mut out, degrees);
            assert!((read_degrees(&out, 0) - degrees).abs() < 3e-5, "{degrees}");
        }
    }
}
