//! Roads that are called after where they lead: *la route de Magaria*, *the highway between Bishkek and Osh*, *the
//! Cuttack-Paradip road*. Nothing is said to happen in the towns at their ends.

use super::attach::is_listed;
use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::pack::{Hit, Role};
use crate::scan::Scan;
use crate::spot::Spot;
use crate::words::Gap;

/// The value of words for roads that stand behind the names.
const BEHIND: &str = "behind";

/// The value of words for roads whose two ends follow.
const BOTH: &str = "both";

/// Takes the ends of roads for what they are.
pub(super) fn lead_away(scan: &Scan<'_>, spots: &mut [Spot]) {
    for number in 0..spots.len() {
        let spot = &spots[number];
        if spot.use_ != PlaceUse::Location && spot.rule != "place.organisation" || spot.given {
            continue;
        }
        let before = number.checked_sub(1).map(|n| &spots[n]);
        let ends = road_before(scan, spot).is_some() || is_half(scan, spot);
        if ends || before.is_some_and(|b| goes_on(scan, b, spot)) {
            end_at(&mut spots[number]);
        }
    }
}

/// The word for a road that ends here and stands before its names.
fn road_ending<'s>(scan: &Scan<'s>, word: usize) -> Option<Hit<'s>> {
    let road = |h: &&Hit<'s>| h.entry.role == Role::Road && &*h.entry.value != BEHIND;
    scan.hits_ending(word).find(road).copied()
}

fn end_at(spot: &mut Spot) {
    spot.use_ = PlaceUse::Attribute;
    spot.rule = "place.road";
    spot.site = None;
    spot.kind = PlaceMentionKind::Name;
    spot.whole = (spot.from, spot.to);
}

/// The word for a road before a name: *la route de Magaria*, *l'autoroute Paris-Lille*, *the road to Kabul*.
fn road_before<'s>(scan: &Scan<'s>, spot: &Spot) -> Option<Hit<'s>> {
    let mut at = scan.before(spot.from);
    // The road stands before the preposition and the article of the name.
    for role in [Role::Article, Role::Linker] {
        let word = at?;
        if let Some(road) = road_ending(scan, word) {
            return Some(road);
        }
        if let Some(hit) = scan.ending(word, role) {
            at = scan.before(hit.from);
        }
    }
    at.and_then(|w| road_ending(scan, w))
}

/// *the highway between Bishkek and Osh*, *from Zinder to Magaria*: the other end.
fn goes_on(scan: &Scan<'_>, before: &Spot, spot: &Spot) -> bool {
    if before.rule != "place.road" {
        return false;
    }
    // *reliant Conakry à Kindia*; but *la route de Magaria, à Zinder*.
    let both = road_before(scan, before).is_some_and(|road| &*road.entry.value == BOTH);
    let linked = spot.whole.0 == before.to + 2
        && scan.after(before.to).is_some_and(|w| {
            let joins = |h: &Hit<'_>| h.entry.role == Role::Locative && (both || &*h.entry.value == "weak");
            scan.hits_at(w).iter().any(joins)
        });
    linked || is_listed(scan, before, spot) && scan.words.list[spot.from].gap != Gap::Comma
}

/// *the Cuttack-Paradip road*, *l'axe Bamako-Ségou*: one of two names that a hyphen joins beside the word for a road.
fn is_half(scan: &Scan<'_>, spot: &Spot) -> bool {
    let words = &scan.words.list;
    let hyphen = |w: usize| words.get(w).is_some_and(|w| w.gap == Gap::Hyphen && w.capital);
    let road =
        |w: usize| scan.hits_at(w).iter().any(|h| h.entry.role == Role::Road && &*h.entry.value == BEHIND);
    let (first, last) = if hyphen(spot.to + 1) {
        let mut last = spot.to + 1;
        while words.get(last + 1).is_some_and(|w| w.capital && w.gap <= Gap::Space) && !road(last + 1) {
            last += 1;
        }
        (spot.from, last)
    } else if spot.from > 0 && hyphen(spot.from) && words[spot.from - 1].capital {
        (spot.from - 1, spot.to)
    } else {
        return false;
    };
    let behind = scan.after(last).is_some_and(|w| road(w) && words[w].gap == Gap::Space);
    behind || scan.before(first).is_some_and(|w| road_ending(scan, w).is_some())
}
