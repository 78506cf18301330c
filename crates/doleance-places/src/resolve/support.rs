//! What the rest of the report says for a country or division.

use std::collections::BTreeMap;

use doleance_text::CountryCode;

use super::Sense;
use super::weights::{LANDMARK, SOURCE_COUNTRY};
use crate::classify::EMBASSY;
use crate::gazetteer::PlaceId;
use crate::mention::{PlaceContext, PlaceMentionKind};
use crate::scan::Scan;

/// How much the report speaks of each country and division: 0 to 1, and of which other senses.
pub(super) struct Support {
    pub countries: BTreeMap<CountryCode, Vec<(usize, f32)>>,
    pub divisions: BTreeMap<PlaceId, Vec<(usize, f32)>>,
}

impl Support {
    pub(super) fn of(senses: &[Sense], scan: &Scan<'_>, context: &PlaceContext) -> Self {
        let mut support = Support { countries: BTreeMap::new(), divisions: BTreeMap::new() };
        for (number, sense) in senses.iter().enumerate() {
            // The country of an embassy is another one.
            if sense.spots.iter().all(|&s| scan.spots[s].rule == EMBASSY) {
                continue;
            }
            let demonym = sense.spots.iter().all(|&s| scan.spots[s].kind == PlaceMentionKind::Demonym);
            let times = 1.0 + (sense.spots.len() as f32).ln();
            let top = sense.candidates.iter().map(|c| c.score).fold(f32::MIN, f32::max);
            // A village's name says little about where the report is: it may be no name of a place at all.
            // Many a square is called as a famous one elsewhere.
            let most = if sense.is_landmark(scan) { LANDMARK } else { 1.5 };
            let sure = if demonym { 0.7 } else { ((top - 3.0) / 5.0).clamp(0.05, most) };
            let weight = sure * times;
            let total: f32 = sense.candidates.iter().map(|c| (2.0 * (c.score - top)).exp()).sum();
            for candidate in &sense.candidates {
                let belief = weight * (2.0 * (candidate.score - top)).exp() / total;
                if belief < 0.02 {
                    continue;
                }
                support.countries.entry(candidate.country).or_default().push((number, belief));
                if let Some(admin1) = candidate.admin1 {
                    support.divisions.entry(admin1).or_default().push((number, belief));
                }
            }
        }
        if let Some(country) = context.country {
            support.countries.entry(country).or_default().push((usize::MAX, SOURCE_COUNTRY));
        }
        support
    }
}

/// The sum of the other senses' belief.
pub(super) fn belief(list: Option<&Vec<(usize, f32)>>, but: usize) -> f32 {
    list.into_iter().flatten().filter(|(n, _)| *n != but).map(|(_, b)| b).sum()
}

/// The part of all that the other senses believe: few mentions say little, and many elsewhere say the contrary.
pub(super) fn part(list: Option<&Vec<(usize, f32)>>, but: usize, all: f32) -> f32 {
    belief(list, but) / (all + 0.8)
}

/// The share of the other senses' belief: one sense more counts less than the one before.
pub(super) fn share(list: Option<&Vec<(usize, f32)>>, but: usize) -> f32 {
    let sum = belief(list, but);
    sum / (sum + 0.8)
}
