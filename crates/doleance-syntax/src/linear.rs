//! Linear classifiers over hashed features: trained as averaged perceptrons, frozen into a table that is read in place.
//!
//! A frozen table is an open-addressing hash table. Each slot keeps 16 bits of the feature's hash, so that a feature
//! never seen in training is told apart from those that were, and the place of its row of weights. Rows are sparse:
//! a count and pairs of class and 16-bit weight. Layout, all little-endian: classes `u16`, slots `u32`, slots of
//! (fingerprint `u16`, row `u32`), rows of (count `u8`, then class `u8`, weight `i16` each).

use hashbrown::HashMap;

use crate::bytes::{Reader, read_u16, read_u32};
use crate::hash::Random;

/// Most classes a table can have; a row counts its pairs in a byte.
pub(crate) const MOST_CLASSES: usize = 255;

const SLOT: usize = 6;
const EMPTY: u32 = u32::MAX;

/// Weights below this share of the strongest of their row are left out.
const WEAK: f64 = 0.04;

/// A frozen classifier: a view into the model's bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Linear<'m> {
    slots: &'m [u8],
    rows: &'m [u8],
    count: u64,
    classes: usize,
}

impl<'m> Linear<'m> {
    /// A view on a section. `None` where the lengths do not add up.
    pub(crate) fn new(section: &'m [u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let classes = reader.u16()? as usize;
        let count = reader.u32()? as usize;
        let slots = reader.take(count.checked_mul(SLOT)?)?;
        if count == 0 || classes > MOST_CLASSES {
            return None;
        }
        Some(Linear { slots, rows: reader.rest(), count: count as u64, classes })
    }

    /// The number of classes.
    pub(crate) fn classes(&self) -> usize {
        self.classes
    }

    /// Adds a feature's weights to the scores.
    #[inline]
    pub(crate) fn add(&self, feature: u64, scores: &mut [i32]) {
        let fingerprint = (feature & 0xFFFF) as u16;
        let mut slot = slot_of(feature, self.count);
        // A full table without the feature would be walked for ever: a model never has one, but its bytes may be bad.
        for _ in 0..64 {
            let at = slot * SLOT;
            let Some(bytes) = self.slots.get(at..at + SLOT) else { return };
            let row = read_u32(&bytes[2..]);
            if row == EMPTY {
                return;
            }
            if read_u16(bytes) == fingerprint {
                return self.add_row(row as usize, scores);
            }
            slot += 1;
            if slot as u64 == self.count {
                slot = 0;
            }
        }
    }

    #[inline]
    fn add_row(&self, row: usize, scores: &mut [i32]) {
        let Some(&length) = self.rows.get(row) else { return };
        let Some(pairs) = self.rows.get(row + 1..row + 1 + 3 * length as usize) else { return };
        for pair in pairs.chunks_exact(3) {
            if let Some(score) = scores.get_mut(pair[0] as usize) {
                *score += i32::from(i16::from_le_bytes([pair[1], pair[2]]));
            }
        }
    }

    /// The best class among all.
    pub(crate) fn best(&self, features: &[u64], scores: &mut Vec<i32>) -> usize {
        self.score(features, scores);
        argmax(scores)
    }

    /// The scores of all classes.
    pub(crate) fn score(&self, features: &[u64], scores: &mut Vec<i32>) {
        scores.clear();
        scores.resize(self.classes, 0);
        for &feature in features {
            self.add(feature, scores);
        }
    }
}

/// Where the search for a feature starts in a table.
#[inline(always)]
pub(crate) fn slot_of(feature: u64, slots: u64) -> usize {
    (((feature >> 32) * slots) >> 32) as usize
}

/// The number of the highest score; the first of equals.
pub(crate) fn argmax<S: PartialOrd + Copy>(scores: &[S]) -> usize {
    let mut best = 0;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = i;
        }
    }
    best
}

#[derive(Clone, Copy)]
struct Weight {
    class: u8,
    stamp: u32,
    weight: f32,
    total: f64,
}

/// An averaged perceptron in training.
pub(crate) struct Perceptron {
    classes: usize,
    rows: HashMap<u64, Vec<Weight>, rustc_hash::FxBuildHasher>,
    step: u32,
    /// Score by which the right class must lead in training.
    pub margin: f32,
}

impl Perceptron {
    /// An untrained classifier.
    pub(crate) fn new(classes: usize) -> Self {
        assert!(classes <= MOST_CLASSES, "{classes} classes do not fit a table");
        Perceptron { classes, rows: HashMap::default(), step: 0, margin: 0.0 }
    }

    /// The scores of all classes with the weights so far.
    pub(crate) fn score(&self, features: &[u64], scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.classes, 0.0);
        for feature in features {
            if let Some(row) = self.rows.get(feature) {
                for weight in row {
                    scores[weight.class as usize] += weight.weight;
                }
            }
        }
    }

    /// Ends one decision; call it once for each, updated or not.
    pub(crate) fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves weight to a class.
    pub(crate) fn adjust(&mut self, features: &[u64], class: usize, by: f32) {
        let step = self.step;
        for feature in features {
            let row = self.rows.entry(*feature).or_default();
            match row.iter_mut().find(|w| w.class as usize == class) {
                Some(w) => {
                    w.total += f64::from(w.weight) * f64::from(step - w.stamp);
                    w.stamp = step;
                    w.weight += by;
                }
                None => row.push(Weight { class: class as u8, stamp: step, weight: by, total: 0.0 }),
            }
        }
    }

    /// One step of training on a decision whose right class is known.
    pub(crate) fn learn(
        &mut self,
        features: &[u64],
        right: usize,
        allowed: Option<&[usize]>,
        scores: &mut Vec<f32>,
    ) {
        self.score(features, scores);
        let mut wrong = usize::MAX;
        let mut consider = |class: usize, scores: &[f32]| {
            if class != right && (wrong == usize::MAX || scores[class] > scores[wrong]) {
                wrong = class;
            }
        };
        match allowed {
            Some(allowed) => allowed.iter().for_each(|&c| consider(c, scores)),
            None => (0..self.classes).for_each(|c| consider(c, scores)),
        }
        if wrong != usize::MAX && scores[wrong] + self.margin >= scores[right] {
            self.adjust(features, right, 1.0);
            self.adjust(features, wrong, -1.0);
        }
        self.tick();
    }

    /// Averages the weights over all steps and lays out the strongest `most` features.
    pub(crate) fn freeze(self, most: usize) -> Vec<u8> {
        freeze_sum(&[self], most)
    }
}

/// Adds up the averaged weights of several classifiers and lays out the strongest `most` features.
pub(crate) fn freeze_sum(perceptrons: &[Perceptron], most: usize) -> Vec<u8> {
    let mut sums: HashMap<u64, Vec<(u8, f64)>, rustc_hash::FxBuildHasher> = HashMap::default();
    for perceptron in perceptrons {
        for (&feature, row) in &perceptron.rows {
            let sum = sums.entry(feature).or_default();
            for w in row {
                let total = w.total + f64::from(w.weight) * f64::from(perceptron.step - w.stamp);
                let average = total / f64::from(perceptron.step.max(1));
                match sum.iter_mut().find(|s| s.0 == w.class) {
                    Some(s) => s.1 += average,
                    None => sum.push((w.class, average)),
                }
            }
        }
    }
    let mut rows = Vec::with_capacity(sums.len());
    for (feature, mut weights) in sums {
        weights.sort_unstable_by_key(|w| w.0);
        let greatest = weights.iter().map(|w| w.1.abs()).fold(0.0, f64::max);
        rows.push((feature, greatest, weights));
    }
    freeze_rows(perceptrons.first().map_or(1, |p| p.classes), rows, most)
}

/// A feature's hash, its greatest absolute weight, and its weights by class.
pub(crate) type WeightRow = (u64, f64, Vec<(u8, f64)>);

/// Lays out rows of weights; the scale is chosen so that the greatest weight just fits 16 bits.
pub(crate) fn freeze_rows(classes: usize, mut rows: Vec<WeightRow>, most: usize) -> Vec<u8> {
    rows.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    rows.truncate(most);
    let greatest = rows.iter().flat_map(|r| &r.2).fold(1e-9, |g: f64, w| g.max(w.1.abs()));
    let scale = (f64::from(i16::MAX) / greatest).min(2048.0);
    let slots = rows.len() + rows.len() / 7 + 1;
    let mut table: Vec<(u16, u32)> = vec![(0, EMPTY); slots];
    let mut bytes = Vec::new();
    // Rows of equal content are shared.
    let mut known: HashMap<Vec<u8>, u32> = HashMap::new();
    for (feature, _, weights) in &rows {
        let mut row = vec![0u8];
        let strongest = weights.iter().map(|w| w.1.abs()).fold(0.0, f64::max) * scale;
        let weak = (strongest * WEAK).max(1.0);
        for &(class, weight) in weights {
            let weight = (weight * scale).round() as i16;
            if f64::from(weight.unsigned_abs()) >= weak {
                row[0] += 1;
                row.push(class);
                row.extend_from_slice(&weight.to_le_bytes());
            }
        }
        if row[0] == 0 {
            continue;
        }
        let place = *known.entry(row).or_insert_with_key(|row| {
            let place = bytes.len() as u32;
            bytes.extend_from_slice(row);
            place
        });
        let mut slot = slot_of(*feature, slots as u64);
        while table[slot].1 != EMPTY {
            slot = (slot + 1) % slots;
        }
        table[slot] = ((feature & 0xFFFF) as u16, place);
    }
    let mut section = Vec::with_capacity(6 + slots * SLOT + bytes.len());
    section.extend_from_slice(&(classes as u16).to_le_bytes());
    section.extend_from_slice(&(slots as u32).to_le_bytes());
    for (fingerprint, place) in table {
        section.extend_from_slice(&fingerprint.to_le_bytes());
        section.extend_from_slice(&place.to_le_bytes());
    }
    section.extend_from_slice(&bytes);
    section
}

/// The order of training examples in one epoch.
pub(crate) fn epoch_order(count: usize, epoch: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    Random::new(1 + epoch as u64).shuffle(&mut order);
    order
}
