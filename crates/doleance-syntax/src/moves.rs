//! The classifier of the parser's three moves: the same idea as [`crate::linear`], with the weights of a feature kept
//! beside its fingerprint, so that a look-up touches one place in memory.
//!
//! The three weights of a feature add up to nothing, for learning moves weight from one to another: two are kept.
//! Layout: buckets `u32`, then per bucket eight fingerprints `u16`, eight weights of the left arc and eight of the right.

use hashbrown::HashMap;

use crate::bytes::{Reader, read_u16};
use crate::table::{BUCKET, Scale, ask_for, bucket_of, buckets_for, fingerprint, places, weight};

/// Shift, left arc, right arc.
pub(crate) const MOVES: usize = 3;

const BYTES: usize = 4 * BUCKET;

/// A frozen classifier of moves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moves<'m> {
    buckets: &'m [[u8; BYTES]],
}

impl<'m> Moves<'m> {
    /// A view on a section. `None` where the lengths do not add up.
    pub(crate) fn new(section: &'m [u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let count = reader.u32()? as usize;
        let (buckets, _) = reader.take(count.checked_mul(BYTES)?)?.as_chunks();
        (count > 0).then_some(Moves { buckets })
    }

    /// The scores of the three moves.
    #[inline]
    pub(crate) fn score(&self, features: &[u64]) -> [i32; MOVES] {
        let mut left = [0i32; BUCKET];
        let mut right = [0i32; BUCKET];
        ask_for(self.buckets, features);
        for &feature in features {
            let fingerprint = fingerprint(feature);
            let Some(bucket) = self.buckets.get(bucket_of(feature, self.buckets.len() as u64)) else {
                continue;
            };
            for place in 0..BUCKET {
                let same = i32::from(read_u16(&bucket[2 * place..]) == fingerprint).wrapping_neg();
                left[place] += weight(bucket[2 * BUCKET + place]) & same;
                right[place] += weight(bucket[3 * BUCKET + place]) & same;
            }
        }
        let (left, right): (i32, i32) = (left.iter().sum(), right.iter().sum());
        [-left - right, left, right]
    }
}

/// The weights of a feature in training: what scoring touches, in eight bytes.
#[derive(Clone, Copy, Default)]
struct Slot {
    /// Part of the hash; zero where the slot is free.
    key: u32,
    left: i16,
    right: i16,
}

/// What averaging needs of a feature, beside its weights.
#[derive(Clone, Copy, Default)]
struct History {
    feature: u64,
    left: i64,
    right: i64,
    stamp: u32,
    updates: u32,
}

/// The moves' averaged perceptron in training.
pub(crate) struct MovesPerceptron {
    slots: Vec<Slot>,
    histories: Vec<History>,
    count: usize,
    step: u32,
}

impl Default for MovesPerceptron {
    fn default() -> Self {
        let slots = 1 << 16;
        MovesPerceptron {
            slots: vec![Slot::default(); slots],
            histories: vec![History::default(); slots],
            count: 0,
            step: 0,
        }
    }
}

#[inline(always)]
fn key(feature: u64) -> u32 {
    feature as u32 | 1
}

impl MovesPerceptron {
    /// The slot of a feature, or the free one where it would be.
    #[inline(always)]
    fn find(&self, feature: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (feature >> 32) as usize & mask;
        while self.slots[at].key != key(feature) && self.slots[at].key != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    /// The scores with the weights so far.
    pub(crate) fn score(&self, features: &[u64]) -> [i32; MOVES] {
        let (mut left, mut right) = (0, 0);
        for &feature in features {
            let slot = self.slots[self.find(feature)];
            left += i32::from(slot.left);
            right += i32::from(slot.right);
        }
        [-left - right, left, right]
    }

    /// Ends one decision.
    pub(crate) fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves weight from a wrong move to a right one.
    pub(crate) fn adjust(&mut self, features: &[u64], right: usize, wrong: usize) {
        if (self.count + features.len()) * 2 > self.slots.len() {
            self.grow();
        }
        let change = |side: usize| i16::from(right == side) - i16::from(wrong == side);
        for &feature in features {
            let at = self.find(feature);
            let (slot, history) = (&mut self.slots[at], &mut self.histories[at]);
            if slot.key == 0 {
                slot.key = key(feature);
                history.feature = feature;
                self.count += 1;
            }
            let steps = i64::from(self.step - history.stamp);
            history.left += i64::from(slot.left) * steps;
            history.right += i64::from(slot.right) * steps;
            history.stamp = self.step;
            history.updates += 1;
            slot.left = slot.left.saturating_add(change(1));
            slot.right = slot.right.saturating_add(change(2));
        }
    }

    fn grow(&mut self) {
        let larger = self.slots.len() * 2;
        let slots = std::mem::replace(&mut self.slots, vec![Slot::default(); larger]);
        let histories = std::mem::replace(&mut self.histories, vec![History::default(); larger]);
        for (slot, history) in slots.into_iter().zip(histories) {
            if slot.key != 0 {
                let at = self.find(history.feature);
                self.slots[at] = slot;
                self.histories[at] = history;
            }
        }
    }

    /// Each feature with its weights, averaged over all steps, and the number of its updates.
    fn averages(&self) -> impl Iterator<Item = (u64, [f64; MOVES], u32)> {
        let learned = self.slots.iter().zip(&self.histories).filter(|(slot, _)| slot.key != 0);
        learned.map(|(slot, history)| {
            let steps = i64::from(self.step - history.stamp);
            let average = |total: i64, weight: i16| {
                (total + i64::from(weight) * steps) as f64 / f64::from(self.step.max(1))
            };
            let (left, right) = (average(history.left, slot.left), average(history.right, slot.right));
            (history.feature, [-left - right, left, right], history.updates)
        })
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
        for (feature, averages, updates) in perceptron.averages() {
            let sum = sums.entry(feature).or_default();
            sum.0.iter_mut().zip(averages).for_each(|(s, a)| *s += a);
            sum.1 += updates;
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
    let scale = Scale::new(rows.iter().flat_map(|r| r.2).fold(0.0, |g: f64, w| g.max(w.abs())));
    let buckets = buckets_for(rows.len());
    let mut section = (buckets as u32).to_le_bytes().to_vec();
    let start = section.len();
    section.resize(start + buckets * BYTES, 0);
    let places = places(rows.iter().map(|r| r.0), buckets);
    for ((feature, _, weights), place) in rows.into_iter().zip(places) {
        let Some(place) = place else { continue };
        let bucket = start + place / BUCKET * BYTES;
        let place = place % BUCKET;
        section[bucket + 2 * place..][..2].copy_from_slice(&fingerprint(feature).to_le_bytes());
        section[bucket + 2 * BUCKET + place] = scale.byte(weights[1]) as u8;
        section[bucket + 3 * BUCKET + place] = scale.byte(weights[2]) as u8;
    }
    section
}
