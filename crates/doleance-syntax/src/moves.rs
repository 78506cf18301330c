//! The classifier of the parser's three moves: the same idea as [`crate::linear`], with the three weights of a feature
//! kept beside its fingerprint, so that a look-up touches one line of memory.
//!
//! Layout: slots `u32`, then per slot fingerprint `u16` and three weights `i16`. A free slot is all zeros.

use hashbrown::HashMap;

use crate::bytes::{Reader, read_u16};
use crate::linear::slot_of;

/// Shift, left arc, right arc.
pub(crate) const MOVES: usize = 3;

const SLOT: usize = 2 + 2 * MOVES;

/// A frozen classifier of moves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moves<'m> {
    slots: &'m [u8],
    count: u64,
}

impl<'m> Moves<'m> {
    /// A view on a section. `None` where the lengths do not add up.
    pub(crate) fn new(section: &'m [u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let count = reader.u32()? as usize;
        let slots = reader.take(count.checked_mul(SLOT)?)?;
        (count > 0).then_some(Moves { slots, count: count as u64 })
    }

    /// The scores of the three moves.
    #[inline]
    pub(crate) fn score(&self, features: &[u64]) -> [i32; MOVES] {
        let mut scores = [0; MOVES];
        for &feature in features {
            let fingerprint = fingerprint(feature);
            let mut slot = slot_of(feature, self.count);
            for _ in 0..64 {
                let at = slot * SLOT;
                let Some(bytes) = self.slots.get(at..at + SLOT) else { break };
                let found = read_u16(bytes);
                if found == fingerprint {
                    for (i, score) in scores.iter_mut().enumerate() {
                        *score += i32::from(read_u16(&bytes[2 + 2 * i..]) as i16);
                    }
                    break;
                }
                if found == 0 {
                    break;
                }
                slot = if slot as u64 + 1 == self.count { 0 } else { slot + 1 };
            }
        }
        scores
    }
}

/// Sixteen bits of the hash, never zero.
#[inline(always)]
fn fingerprint(feature: u64) -> u16 {
    (feature & 0xFFFF) as u16 | 1
}

#[derive(Clone, Copy, Default)]
struct Row {
    weights: [f32; MOVES],
    totals: [f64; MOVES],
    stamp: u32,
    updates: u32,
}

/// The moves' averaged perceptron in training.
#[derive(Default)]
pub(crate) struct MovesPerceptron {
    rows: HashMap<u64, Row, rustc_hash::FxBuildHasher>,
    step: u32,
}

impl MovesPerceptron {
    /// The scores with the weights so far.
    pub(crate) fn score(&self, features: &[u64]) -> [f32; MOVES] {
        let mut scores = [0.0; MOVES];
        for feature in features {
            if let Some(row) = self.rows.get(feature) {
                for (score, weight) in scores.iter_mut().zip(row.weights) {
                    *score += weight;
                }
            }
        }
        scores
    }

    /// Ends one decision.
    pub(crate) fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves weight from a wrong move to a right one.
    pub(crate) fn adjust(&mut self, features: &[u64], right: usize, wrong: usize) {
        for feature in features {
            let row = self.rows.entry(*feature).or_default();
            let steps = f64::from(self.step - row.stamp);
            for (total, weight) in row.totals.iter_mut().zip(row.weights) {
                *total += f64::from(weight) * steps;
            }
            row.stamp = self.step;
            row.updates += 1;
            row.weights[right] += 1.0;
            row.weights[wrong] -= 1.0;
        }
    }

    /// The weights of a feature, averaged over all steps.
    fn average(&self, row: &Row) -> [f64; MOVES] {
        let steps = f64::from(self.step - row.stamp);
        let mut averages = row.totals;
        for (average, weight) in averages.iter_mut().zip(row.weights) {
            *average = (*average + f64::from(weight) * steps) / f64::from(self.step.max(1));
        }
        averages
    }

    /// Averages the weights and lays out the strongest `most` features.
    pub(crate) fn freeze(self, most: usize) -> Vec<u8> {
        freeze_sum(&[self], most)
    }
}

/// How much a feature is worth keeping: by its weight, and far less if it was hardly ever learned from.
fn strength(greatest_weight: f64, updates: u32, perceptrons: usize) -> f64 {
    let updates = f64::from(updates) / perceptrons.max(1) as f64;
    greatest_weight * (updates / 4.0).min(1.0)
}

/// Adds up the averaged weights of several classifiers and lays out the strongest `most` features.
pub(crate) fn freeze_sum(perceptrons: &[MovesPerceptron], most: usize) -> Vec<u8> {
    let mut sums: HashMap<u64, ([f64; MOVES], u32), rustc_hash::FxBuildHasher> = HashMap::default();
    for perceptron in perceptrons {
        for (&feature, row) in &perceptron.rows {
            let sum = sums.entry(feature).or_default();
            sum.0.iter_mut().zip(perceptron.average(row)).for_each(|(s, a)| *s += a);
            sum.1 += row.updates;
        }
    }
    let mut rows: Vec<(u64, f64, [f64; MOVES])> = sums
        .into_iter()
        .map(|(feature, (weights, updates))| {
            let greatest = weights.iter().fold(0.0f64, |s, w| s.max(w.abs()));
            (feature, strength(greatest, updates, perceptrons.len()), weights)
        })
        .collect();
    rows.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    rows.truncate(most);
    let greatest = rows.iter().flat_map(|r| r.2).fold(1e-9, |g: f64, w| g.max(w.abs()));
    let scale = (f64::from(i16::MAX) / greatest).min(2048.0);
    let count = rows.len() + rows.len() / 8 + 1;
    let mut table = vec![0u8; count * SLOT];
    for (feature, _, weights) in rows {
        let mut slot = slot_of(feature, count as u64);
        while read_u16(&table[slot * SLOT..]) != 0 {
            slot = (slot + 1) % count;
        }
        let at = slot * SLOT;
        table[at..at + 2].copy_from_slice(&fingerprint(feature).to_le_bytes());
        for (i, weight) in weights.into_iter().enumerate() {
            let weight = (weight * scale).round() as i16;
            table[at + 2 + 2 * i..at + 4 + 2 * i].copy_from_slice(&weight.to_le_bytes());
        }
    }
    let mut section = (count as u32).to_le_bytes().to_vec();
    section.extend_from_slice(&table);
    section
}
