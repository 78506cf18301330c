//! A linear model over named features.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

/// The features of one candidate: names laid end to end in one buffer, so that a candidate costs no allocation of its own
/// once the buffer has grown.
#[derive(Clone, Debug, Default)]
pub struct Features {
    buffer: String,
    ends: Vec<u32>,
}

impl Features {
    /// Forgets all features, keeps the memory.
    pub fn clear(&mut self) {
        self.buffer.clear();
        self.ends.clear();
    }

    /// Adds a feature given by its parts, joined by `=` and `&`: `add(format_args!("kind={kind}"))`.
    pub fn add(&mut self, name: std::fmt::Arguments) {
        // Writing into a String cannot fail.
        let _ = self.buffer.write_fmt(name);
        self.ends.push(self.buffer.len() as u32);
    }

    /// The names, in the order added.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(self.ends.iter().copied()).map(|(a, b)| &self.buffer[a as usize..b as usize])
    }
}

/// Weights by feature name.
#[derive(Clone, Debug, Default)]
pub struct LinearModel {
    weights: FxHashMap<String, f32>,
}

impl LinearModel {
    /// Whether no weight is set: the choice then falls to the stated defaults.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The sum of the weights of the features.
    pub fn score(&self, features: &Features) -> f32 {
        features.iter().map(|name| self.weights.get(name).copied().unwrap_or(0.0)).sum()
    }

    /// The weight of one feature.
    pub fn weight(&self, feature: &str) -> f32 {
        self.weights.get(feature).copied().unwrap_or(0.0)
    }

    pub(crate) fn set(&mut self, feature: &str, weight: f32) {
        self.weights.insert(feature.to_owned(), weight);
    }

    pub(crate) fn sorted(&self) -> Vec<(&str, f32)> {
        let mut all: Vec<_> = self.weights.iter().map(|(f, w)| (f.as_str(), *w)).collect();
        all.sort_by(|a, b| a.0.cmp(b.0));
        all
    }

    /// The features that decided, strongest first: for `doleance trace`.
    pub fn reasons(&self, features: &Features) -> Vec<(String, f32)> {
        let mut all: Vec<_> =
            features.iter().map(|f| (f.to_owned(), self.weight(f))).filter(|(_, w)| *w != 0.0).collect();
        all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        all
    }
}

/// 1 / (1 + e^-x).
pub(crate) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
