//! How near a place lies to the other places of the report: what tells *Paris, Texas* in a paper of its county, where
//! readers need no state.
//!
//! A mean, not a sum: one neighbour among places of the whole country says little (*Oakland* after *Chicago* is no suburb
//! of St. Louis), a report whose places all lie together says much.

use super::weights::{NEAR_KILOMETRES, NEARNESS};
use super::{Candidate, Sense, best};
use crate::classify::{EMBASSY, contains};
use crate::gazetteer::{PlaceId, PlaceKind, kilometres};
use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::pack::Role;
use crate::scan::Scan;
use crate::spot::Spot;

/// Where the other senses of a report lie, seen from one of them.
pub(super) struct Neighbours {
    /// Points with what they weigh.
    points: Vec<((f64, f64), f32)>,
    /// Countries and divisions of its own sentences.
    regions: Vec<PlaceId>,
}

/// The best place of each sense.
pub(super) struct Anchors(Vec<Option<Anchor>>);

enum Anchor {
    /// A town, or a division of the second order.
    Point { place: PlaceId, point: (f64, f64), belief: f32 },
    /// A country, or a division of the first order: it has no point.
    Region(PlaceId),
}

/// What a place told of in another sentence weighs beside one in the same.
const APART: f32 = 0.3;
/// What a county weighs beside a town: papers name it to tell where they are.
const COUNTY: f32 = 3.0;

impl Anchors {
    pub(super) fn of(senses: &[Sense], scan: &Scan<'_>) -> Self {
        Anchors(senses.iter().map(|sense| Anchor::of(sense, scan)).collect())
    }

    /// What one sense sees of the others.
    pub(super) fn seen_from(&self, number: usize, senses: &[Sense]) -> Neighbours {
        let own = &senses[number];
        let mut seen = Neighbours { points: Vec::new(), regions: Vec::new() };
        for (other, (anchor, sense)) in self.0.iter().zip(senses).enumerate() {
            let together = || sense.sentences.iter().any(|s| own.sentences.binary_search(s).is_ok());
            match anchor {
                // *la région d'Almaty* is not near itself because Almaty is told of.
                Some(Anchor::Point { place, point, belief })
                    if other != number && own.candidates.first().is_none_or(|c| c.id != *place) =>
                {
                    seen.points.push((*point, belief * if together() { 1.0 } else { APART }));
                }
                Some(Anchor::Region(place)) if other != number && together() => seen.regions.push(*place),
                _ => {}
            }
        }
        seen
    }
}

impl Anchor {
    fn of(sense: &Sense, scan: &Scan<'_>) -> Option<Self> {
        let top = best(sense)?;
        let kind = scan.gazetteer.place(top.id).kind;
        if matches!(kind, PlaceKind::Country | PlaceKind::Admin1) {
            let tells = |s: &Spot| s.kind == PlaceMentionKind::Name && s.rule != EMBASSY;
            let named = sense.spots.iter().any(|&s| tells(&scan.spots[s]));
            return named.then_some(Anchor::Region(top.id));
        }
        let told = sense.spots.iter().any(|&s| scan.spots[s].use_ != PlaceUse::Metonym);
        if !(top.town || kind == PlaceKind::Admin2) || !told {
            return None;
        }
        let all: f32 = sense.candidates.iter().map(|c| (3.0 * (c.score - top.score)).exp()).sum();
        let typed = |&s: &usize| {
            let spot = &scan.spots[s];
            !spot.levels.is_empty() || spot.from < spot.to && scan.ending(spot.to, Role::Cue).is_some()
        };
        let weight = if !top.town && sense.spots.iter().any(typed) { COUNTY } else { 1.0 };
        Some(Anchor::Point { place: top.id, point: top.spot, belief: weight / all })
    }
}

impl Neighbours {
    /// How much a country or division of the sentence that holds a place says for it. *the United States* is no reason to
    /// think of Geneva, Illinois.
    pub(super) fn hold(&self, scan: &Scan<'_>, candidate: &Candidate) -> f32 {
        let held = |&&region: &&PlaceId| contains(scan, region, candidate.id);
        let weigh = |&region: &PlaceId| match scan.gazetteer.place(region).kind {
            PlaceKind::Country => 0.4 * candidate.renown,
            _ => 1.0,
        };
        self.regions.iter().filter(held).map(weigh).fold(0.0, f32::max)
    }

    /// How near a point lies to the others, in units of score.
    pub(super) fn nearness(&self, point: (f64, f64)) -> f32 {
        let (mut near, mut all) = (0.0f32, 0.0f32);
        for &(other, weight) in &self.points {
            all += weight;
            // Four degrees of latitude are 440 km.
            if (other.0 - point.0).abs() < 4.0 {
                let apart = kilometres(other, point) / NEAR_KILOMETRES;
                near += weight / (1.0 + (apart * apart) as f32);
            }
        }
        if all > 0.0 { NEARNESS * near / (all + 0.8) } else { 0.0 }
    }
}
