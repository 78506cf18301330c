//! Frozen hash tables of weights: buckets of eight features, read without a branch that depends on what is found.
//!
//! A feature belongs to one bucket. The bucket keeps 16 bits of each feature's hash, so that a feature never seen in
//! training is told apart from those that were. When a table is laid out the strongest features come first; one that
//! finds its bucket full is left out. Weights are a byte each: the sign and the square root of the size, so that small
//! weights, which are most, keep their precision. A look-up compares with all eight and adds what matches.

use crate::bytes::{Reader, read_u16, read_u32};

/// Features in a bucket.
pub(crate) const BUCKET: usize = 8;

/// The bucket of a feature.
#[inline(always)]
pub(crate) fn bucket_of(feature: u64, buckets: u64) -> usize {
    (((feature >> 32) * buckets) >> 32) as usize
}

/// Asks memory for the buckets of all features at once, before the first is worked on: it answers many questions in the
/// time of one. Tables do not fit the processor's cache, so that scoring mostly waits for memory.
#[inline(always)]
pub(crate) fn ask_for<const BYTES: usize>(buckets: &[[u8; BYTES]], features: &[u64]) {
    let ends = features.iter().fold(0, |ends, &feature| {
        match buckets.get(bucket_of(feature, buckets.len() as u64)) {
            Some(bucket) => ends ^ bucket[0] ^ bucket[BYTES - 1],
            None => ends,
        }
    });
    std::hint::black_box(ends);
}

/// Sixteen bits of the hash, never zero: zero marks a free place.
#[inline(always)]
pub(crate) fn fingerprint(feature: u64) -> u16 {
    (feature & 0xFFFF) as u16 | 1
}

/// The number of buckets for some features.
pub(crate) fn buckets_for(features: usize) -> usize {
    features.div_ceil(BUCKET).max(1)
}

/// Which place of a bucket each feature gets; `None` for those that find it full. The strongest come first.
pub(crate) fn places(features: impl Iterator<Item = u64>, buckets: usize) -> Vec<Option<usize>> {
    let mut filled = vec![0usize; buckets];
    let mut taken: hashbrown::HashSet<(usize, u16)> = hashbrown::HashSet::new();
    features
        .map(|feature| {
            let bucket = bucket_of(feature, buckets as u64);
            if filled[bucket] == BUCKET || !taken.insert((bucket, fingerprint(feature))) {
                return None;
            }
            filled[bucket] += 1;
            Some(bucket * BUCKET + filled[bucket] - 1)
        })
        .collect()
}

/// Brings weights to a byte each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale(f64);

impl Scale {
    /// The scale on which the given weight is the greatest; greater ones are cut down to it.
    pub(crate) fn new(greatest: f64) -> Self {
        Scale(greatest.max(1e-9) / (127.0 * 127.0))
    }

    /// The byte of a weight.
    pub(crate) fn byte(self, weight: f64) -> i8 {
        let root = (weight.abs() / self.0).sqrt().round().min(127.0);
        root.copysign(weight) as i8
    }
}

/// The weight that a byte stands for.
#[inline(always)]
pub(crate) fn weight(byte: u8) -> i32 {
    let root = i32::from(byte as i8);
    root * root.abs()
}

/// Slots that lead from features to rows of weights. Layout: buckets `u32`, then per bucket eight fingerprints `u16`
/// and eight rows `u32`; row zero is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slots<'m> {
    buckets: &'m [[u8; SLOTS]],
}

const SLOTS: usize = BUCKET * 6;

impl<'m> Slots<'m> {
    /// Takes a table from the front of a section. `None` where the lengths do not add up.
    pub(crate) fn read(reader: &mut Reader<'m>) -> Option<Self> {
        let count = reader.u32()? as usize;
        let (buckets, _) = reader.take(count.checked_mul(SLOTS)?)?.as_chunks();
        (count > 0).then_some(Slots { buckets })
    }

    /// Asks memory for the buckets of features that are looked up next.
    #[inline(always)]
    pub(crate) fn ask_for(&self, features: &[u64]) {
        ask_for(self.buckets, features);
    }

    /// The row of a feature; zero where it has none.
    #[inline(always)]
    pub(crate) fn row(&self, feature: u64) -> u32 {
        let fingerprint = fingerprint(feature);
        let Some(bucket) = self.buckets.get(bucket_of(feature, self.buckets.len() as u64)) else { return 0 };
        let mut row = 0;
        for place in 0..BUCKET {
            let same = read_u16(&bucket[2 * place..]) == fingerprint;
            row |= read_u32(&bucket[2 * BUCKET + 4 * place..]) & u32::from(same).wrapping_neg();
        }
        row
    }

    /// Lays out features with their rows, the strongest first.
    pub(crate) fn freeze(features: &[(u64, u32)]) -> Vec<u8> {
        let buckets = buckets_for(features.len());
        let mut section = (buckets as u32).to_le_bytes().to_vec();
        let start = section.len();
        section.resize(start + buckets * SLOTS, 0);
        let places = places(features.iter().map(|f| f.0), buckets);
        for (&(feature, row), place) in features.iter().zip(places) {
            let Some(place) = place else { continue };
            let bucket = start + place / BUCKET * SLOTS;
            let at = bucket + 2 * (place % BUCKET);
            section[at..at + 2].copy_from_slice(&fingerprint(feature).to_le_bytes());
            let at = bucket + 2 * BUCKET + 4 * (place % BUCKET);
            section[at..at + 4].copy_from_slice(&row.to_le_bytes());
        }
        section
    }
}
