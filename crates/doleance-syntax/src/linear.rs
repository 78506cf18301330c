//! Linear classifiers over hashed features: trained as averaged perceptrons, frozen into a table that is read in place.
//!
//! Rows of weights are sparse: groups of four classes `u8` and their four weights, a byte each (see [`crate::table`]); a
//! group that is not full repeats a class with no weight. A slot gives the number of a row's first group and, in its
//! last byte, how many there are, so that nothing waits for the row itself. Layout, all little-endian: classes `u16`,
//! slots, groups.

use hashbrown::HashMap;

use crate::bytes::Reader;
use crate::hash::Random;
use crate::table::{Scale, Slots, weight};

/// Most classes a table can have: a row names them in a byte, and 255 stays free.
pub(crate) const MOST_CLASSES: usize = 255;

/// Classes in a group of a row.
const GROUP: usize = 4;

/// Weights below this share of the strongest of their row are left out.
const WEAK: f64 = 0.04;

/// A frozen classifier: a view into the model's bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Linear<'m> {
    slots: Slots<'m>,
    groups: &'m [[u8; 2 * GROUP]],
    classes: usize,
}

/// Scores by class, with room for whatever a byte can name.
pub(crate) type Scores = [i32; 256];

impl<'m> Linear<'m> {
    /// A view on a section. `None` where the lengths do not add up.
    pub(crate) fn new(section: &'m [u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let classes = reader.u16()? as usize;
        let slots = Slots::read(&mut reader)?;
        if classes > MOST_CLASSES {
            return None;
        }
        Some(Linear { slots, groups: reader.rest().as_chunks().0, classes })
    }

    /// The number of classes.
    pub(crate) fn classes(&self) -> usize {
        self.classes
    }

    /// The best class among all.
    pub(crate) fn best(&self, features: &[u64], scores: &mut Scores) -> usize {
        argmax(self.score(features, scores))
    }

    /// The scores of all classes.
    #[inline]
    pub(crate) fn score<'s>(&self, features: &[u64], scores: &'s mut Scores) -> &'s mut [i32] {
        scores[..self.classes].fill(0);
        // First all rows are looked up, then those that were found are added: neither loop waits for the other.
        let mut rows = [0u32; MOST_AT_ONCE];
        for features in features.chunks(MOST_AT_ONCE) {
            self.slots.ask_for(features);
            let mut found = 0;
            for &feature in features {
                let row = self.slots.row(feature);
                rows[found] = row;
                found += usize::from(row != 0);
            }
            let starts = rows[..found].iter().fold(0, |starts, &row| {
                starts ^ self.groups.get((row >> 8) as usize).map_or(0, |group| group[0])
            });
            std::hint::black_box(starts);
            for &row in &rows[..found] {
                self.add_row(row, scores);
            }
        }
        &mut scores[..self.classes]
    }

    #[inline(always)]
    fn add_row(&self, row: u32, scores: &mut Scores) {
        let (first, count) = ((row >> 8) as usize, (row & 0xFF) as usize);
        let Some(groups) = self.groups.get(first..first + count) else { return };
        for group in groups {
            for place in 0..GROUP {
                scores[group[place] as usize] += weight(group[GROUP + place]);
            }
        }
    }
}

/// Features looked up before their rows are added.
const MOST_AT_ONCE: usize = 64;

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

/// Where the weights of a feature lie in training.
#[derive(Clone, Copy, Default)]
struct Slot {
    feature: u64,
    start: u32,
    count: u8,
    room: u8,
}

/// A weight in training: what scoring touches.
#[derive(Clone, Copy, Default)]
struct Weight {
    class: u8,
    weight: i16,
}

/// What averaging needs of a weight.
#[derive(Clone, Copy, Default)]
struct History {
    total: i64,
    stamp: u32,
}

/// An averaged perceptron in training.
pub(crate) struct Perceptron {
    classes: usize,
    slots: Vec<Slot>,
    used: usize,
    weights: Vec<Weight>,
    histories: Vec<History>,
    step: u32,
    /// Score by which the right class must lead in training.
    pub margin: i32,
}

impl Perceptron {
    /// An untrained classifier.
    pub(crate) fn new(classes: usize) -> Self {
        assert!(classes <= MOST_CLASSES, "{classes} classes do not fit a table");
        Perceptron {
            classes,
            slots: vec![Slot::default(); 1 << 12],
            used: 0,
            weights: Vec::new(),
            histories: Vec::new(),
            step: 0,
            margin: 0,
        }
    }

    /// The slot of a feature, or the free one where it would be.
    #[inline(always)]
    fn find(&self, feature: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (feature >> 32) as usize & mask;
        while self.slots[at].feature != feature && self.slots[at].room != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    /// The scores of all classes with the weights so far.
    pub(crate) fn score(&self, features: &[u64], scores: &mut Vec<i32>) {
        scores.clear();
        scores.resize(MOST_CLASSES + 1, 0);
        for &feature in features {
            let slot = self.slots[self.find(feature)];
            for weight in &self.weights[slot.start as usize..][..slot.count as usize] {
                scores[weight.class as usize] += i32::from(weight.weight);
            }
        }
        scores.truncate(self.classes);
    }

    /// Ends one decision; call it once for each, updated or not.
    pub(crate) fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves weight to a class.
    pub(crate) fn adjust(&mut self, features: &[u64], class: usize, by: i16) {
        if (self.used + features.len()) * 2 > self.slots.len() {
            self.grow();
        }
        for &feature in features {
            let at = self.find(feature);
            let mut slot = self.slots[at];
            self.used += usize::from(slot.room == 0);
            slot.feature = feature;
            let row = slot.start as usize..slot.start as usize + slot.count as usize;
            let place = match self.weights[row.clone()].iter().position(|w| w.class as usize == class) {
                Some(place) => row.start + place,
                None => {
                    if slot.count == slot.room {
                        // The row moves to the end, where there is room for twice as many.
                        slot.start = self.weights.len() as u32;
                        slot.room = slot.room.saturating_mul(2).max(2);
                        self.weights.extend_from_within(row.clone());
                        self.histories.extend_from_within(row);
                        let end = slot.start as usize + slot.room as usize;
                        self.weights.resize(end, Weight::default());
                        self.histories.resize(end, History::default());
                    }
                    slot.count += 1;
                    let place = slot.start as usize + slot.count as usize - 1;
                    self.weights[place] = Weight { class: class as u8, weight: 0 };
                    self.histories[place] = History { total: 0, stamp: self.step };
                    place
                }
            };
            let (weight, history) = (&mut self.weights[place], &mut self.histories[place]);
            history.total += i64::from(weight.weight) * i64::from(self.step - history.stamp);
            history.stamp = self.step;
            weight.weight = weight.weight.saturating_add(by);
            self.slots[at] = slot;
        }
    }

    fn grow(&mut self) {
        let larger = self.slots.len() * 2;
        let slots = std::mem::replace(&mut self.slots, vec![Slot::default(); larger]);
        for slot in slots.into_iter().filter(|slot| slot.room != 0) {
            let at = self.find(slot.feature);
            self.slots[at] = slot;
        }
    }

    /// Each feature with its weights by class, averaged over all steps.
    fn averages(&self) -> impl Iterator<Item = (u64, impl Iterator<Item = (u8, f64)>)> {
        self.slots.iter().filter(|slot| slot.room != 0).map(|slot| {
            let row = slot.start as usize..slot.start as usize + slot.count as usize;
            let learned = self.weights[row.clone()].iter().zip(&self.histories[row]);
            let averages = learned.map(|(weight, history)| {
                let steps = i64::from(self.step - history.stamp);
                let total = history.total + i64::from(weight.weight) * steps;
                (weight.class, total as f64 / f64::from(self.step.max(1)))
            });
            (slot.feature, averages)
        })
    }

    /// One step of training on a decision whose right class is known.
    pub(crate) fn learn(
        &mut self,
        features: &[u64],
        right: usize,
        allowed: Option<&[usize]>,
        scores: &mut Vec<i32>,
    ) {
        self.score(features, scores);
        let mut wrong = usize::MAX;
        let mut consider = |class: usize, scores: &[i32]| {
            if class != right && (wrong == usize::MAX || scores[class] > scores[wrong]) {
                wrong = class;
            }
        };
        match allowed {
            Some(allowed) => allowed.iter().for_each(|&c| consider(c, scores)),
            None => (0..self.classes).for_each(|c| consider(c, scores)),
        }
        if wrong != usize::MAX && scores[wrong] + self.margin >= scores[right] {
            self.adjust(features, right, 1);
            self.adjust(features, wrong, -1);
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
        for (feature, row) in perceptron.averages() {
            let sum = sums.entry(feature).or_default();
            for (class, average) in row {
                match sum.iter_mut().find(|s| s.0 == class) {
                    Some(s) => s.1 += average,
                    None => sum.push((class, average)),
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

/// Lays out rows of weights on a scale that the greatest weight just fits.
pub(crate) fn freeze_rows(classes: usize, mut rows: Vec<WeightRow>, most: usize) -> Vec<u8> {
    rows.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    rows.truncate(most);
    let scale = Scale::new(rows.iter().flat_map(|r| &r.2).fold(0.0, |g: f64, w| g.max(w.1.abs())));
    let mut bytes = Vec::new();
    // Rows of equal content are shared.
    let mut known: HashMap<Vec<u8>, u32> = HashMap::new();
    let mut features = Vec::with_capacity(rows.len());
    for (feature, greatest, weights) in &rows {
        let kept =
            weights.iter().filter(|w| w.1.abs() >= greatest * WEAK).map(|&(class, w)| (class, scale.byte(w)));
        let kept: Vec<(u8, i8)> = kept.filter(|w| w.1 != 0).collect();
        if kept.is_empty() {
            continue;
        }
        let mut row = Vec::new();
        for group in kept.chunks(GROUP) {
            row.extend((0..GROUP).map(|place| group.get(place).unwrap_or(&group[0]).0));
            row.extend((0..GROUP).map(|place| group.get(place).map_or(0, |w| w.1 as u8)));
        }
        let place = *known.entry(row).or_insert_with_key(|row| {
            let first = bytes.len() / (2 * GROUP);
            bytes.extend_from_slice(row);
            (first as u32) << 8 | (row.len() / (2 * GROUP)) as u32
        });
        features.push((*feature, place));
    }
    let mut section = (classes as u16).to_le_bytes().to_vec();
    section.extend_from_slice(&Slots::freeze(&features));
    section.extend_from_slice(&bytes);
    section
}

/// The order of training examples in one epoch.
pub(crate) fn epoch_order(count: usize, epoch: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    Random::new(1 + epoch as u64).shuffle(&mut order);
    order
}
