//! Embassies and consulates: the country that has sent them is not where they are, nor does it tell which town they are in.

use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::pack::{Hit, Role};
use crate::scan::Scan;
use crate::spot::Spot;

/// The rule of the countries of embassies.
pub(crate) const EMBASSY: &str = "place.embassy";

/// Whether a spot names the country of an embassy: *l'ambassade du Kazakhstan*, *the Iranian consulate*.
pub(super) fn has_embassy(scan: &Scan<'_>, spot: &Spot) -> bool {
    let embassy = |h: &Hit<'_>| h.entry.role == Role::Office && &*h.entry.value == "abroad";
    let starts = |w: usize| scan.hits_at(w).iter().any(embassy);
    let ends = |w: usize| scan.hits_ending(w).any(embassy);
    let mut next = scan.after(spot.to);
    if let Some(hit) = next.and_then(|w| scan.starting(w, Role::Possessive)) {
        next = scan.after(hit.to);
    }
    if next.is_some_and(starts) {
        return true;
    }
    let mut before = scan.before(spot.from);
    if spot.kind == PlaceMentionKind::Demonym {
        return before.is_some_and(ends);
    }
    for role in [Role::Article, Role::Linker] {
        if let Some(hit) = before.and_then(|w| scan.ending(w, role)) {
            before = scan.before(hit.from);
        }
    }
    before.is_some_and(ends)
}

/// Sets the countries of embassies apart.
pub(super) fn send(scan: &Scan<'_>, spots: &mut [Spot]) {
    for spot in spots {
        let country = matches!(spot.use_, PlaceUse::Location | PlaceUse::Attribute);
        if country && !spot.given && spot.site.is_none() && has_embassy(scan, spot) {
            spot.use_ = PlaceUse::Container;
            spot.rule = EMBASSY;
        }
    }
}
