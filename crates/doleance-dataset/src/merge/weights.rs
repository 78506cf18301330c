//! Fellegi–Sunter weights: how many bits each level of each field speaks for two records being one event.
//!
//! The stated figures of `fields::FIELDS` are the prior; expectation–maximisation over the patterns at hand moves them,
//! as pairs are many, but never far: a file of one odd episode must not teach that another date is a sign of identity.

use super::compare::{Pattern, level};
use super::fields::FIELDS;

const LEVELS: usize = 7;
/// The prior counts as much as this many matching and other pairs.
const PRIOR_PAIRS: f64 = 400.0;
/// No weight moves further than this from its stated value, in bits.
const LEASH: f64 = 0.7;
/// Stated share of matches among candidate pairs, and the bounds within which it is estimated.
const SHARE: f64 = 1.0 / 3.0;
const SHARES: (f64, f64) = (0.28, 0.4);
const ROUNDS: usize = 12;

/// Weights of all levels, in bits, and the bits that come before any comparison.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Weights {
    bits: [[f64; LEVELS]; FIELDS.len()],
    pub prior: f64,
}

impl Weights {
    /// The stated weights.
    pub fn stated() -> Self {
        let mut bits = [[0.0; LEVELS]; FIELDS.len()];
        for (field, bits) in FIELDS.iter().zip(&mut bits) {
            for (level, &(_, m, u)) in field.levels.iter().enumerate() {
                bits[level] = if field.is_silent(level) { 0.0 } else { (m / u).log2() };
            }
        }
        Weights { bits, prior: (SHARE / (1.0 - SHARE)).log2() }
    }

    /// Weights fitted to counted patterns, starting from the stated ones.
    pub fn fitted(patterns: &[(Pattern, f64)]) -> Self {
        let stated = Weights::stated();
        let mut weights = stated.clone();
        for _ in 0..ROUNDS {
            weights = weights.refit(patterns, &stated);
        }
        weights
    }

    /// One round: how likely each pattern is a match, and what levels the likely ones show.
    fn refit(&self, patterns: &[(Pattern, f64)], stated: &Weights) -> Self {
        let mut matches = [[0.0; LEVELS]; FIELDS.len()];
        let mut others = [[0.0; LEVELS]; FIELDS.len()];
        let (mut matching, mut all) = (0.0, 0.0);
        for &(pattern, count) in patterns {
            let odds = self.weigh(pattern).exp2();
            let likely = odds / (1.0 + odds);
            matching += likely * count;
            all += count;
            for field in 0..FIELDS.len() {
                let level = level(pattern, field);
                matches[field][level] += likely * count;
                others[field][level] += (1.0 - likely) * count;
            }
        }
        let mut weights = stated.clone();
        for (number, field) in FIELDS.iter().enumerate() {
            for (at, &(_, m, u)) in field.levels.iter().enumerate().filter(|(at, _)| !field.is_silent(*at)) {
                let m = (matches[number][at] + PRIOR_PAIRS * m) / (matching + PRIOR_PAIRS);
                let u = (others[number][at] + PRIOR_PAIRS * u) / (all - matching + PRIOR_PAIRS);
                let bits = stated.bits[number][at];
                weights.bits[number][at] = (m / u).log2().clamp(bits - LEASH, bits + LEASH);
            }
        }
        let share = ((matching + PRIOR_PAIRS * SHARE) / (all + PRIOR_PAIRS)).clamp(SHARES.0, SHARES.1);
        weights.prior = (share / (1.0 - share)).log2();
        weights
    }

    /// Bits for a pair being one event, the prior included.
    pub fn weigh(&self, pattern: Pattern) -> f64 {
        self.prior
            + self.bits.iter().enumerate().map(|(field, bits)| bits[level(pattern, field)]).sum::<f64>()
    }

    /// What each field says, where it says anything: name, level, bits.
    pub fn reasons(&self, pattern: Pattern) -> impl Iterator<Item = (&'static str, &'static str, f64)> + '_ {
        FIELDS.iter().enumerate().map(move |(number, field)| {
            let level = level(pattern, number);
            (field.name, field.levels[level].0, self.bits[number][level])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(levels: [u64; FIELDS.len()]) -> Pattern {
        levels.iter().enumerate().fold(0, |pattern, (field, level)| pattern | level << (4 * field))
    }

    /// Kind, status, date, place; all else unknown.
    fn bare(kind: u64, status: u64, date: u64, place: u64) -> f64 {
        Weights::stated().weigh(pattern([kind, status, date, place, 5, 6, 4, 3, 2, 3]))
    }

    #[test]
    fn the_unit_of_coding_decides_where_nothing_else_is_known() {
        assert!(bare(0, 0, 0, 0) > 2.0, "same kind, day and town: {}", bare(0, 0, 0, 0));
        assert!(bare(0, 0, 4, 0) < -1.0, "the day after: {}", bare(0, 0, 4, 0));
        assert!(bare(0, 0, 0, 5) < 0.0, "a town and its country: {}", bare(0, 0, 0, 5));
        assert!(bare(0, 2, 0, 0) < 0.0, "announced and happened: {}", bare(0, 2, 0, 0));
    }

    #[test]
    fn fitting_stays_within_reach_of_the_stated_weights() {
        let odd =
            [(pattern([0, 0, 4, 0, 5, 6, 4, 3, 2, 0]), 1e6), (pattern([0, 0, 0, 0, 5, 6, 4, 3, 2, 2]), 1e6)];
        let (stated, fitted) = (Weights::stated(), Weights::fitted(&odd));
        for (a, b) in stated.bits.iter().flatten().zip(fitted.bits.iter().flatten()) {
            assert!((a - b).abs() <= LEASH + 1e-9);
        }
    }

    #[test]
    fn fitting_without_pairs_changes_nothing() {
        let (stated, fitted) = (Weights::stated(), Weights::fitted(&[]));
        for (a, b) in stated.bits.iter().flatten().zip(fitted.bits.iter().flatten()) {
            assert!((a - b).abs() < 1e-9);
        }
    }
}
