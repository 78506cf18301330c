//! Roads that are called after where they lead: *la route de Magaria*, *the highway between Bishkek and Osh*, *the
//! Cuttack-Paradip road*. Nothing is said to happen in the towns at their ends.

use super::attach::is_listed;
use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::pack::Role;
use crate::scan::Scan;
use crate::spot::Spot;
use crate::words::Gap;

/// The value of words for roads that stand behind the names.
const BEHIND: &str = "behind";

/// Takes the ends of roads for what they are.
pub(super) fn lead_away(scan: &Scan<'_>, spots: &mut [Spot]) {
    for number in 0..spots.len() {
        let spot = &spots[number];
        if spot.use_ != PlaceUse::Location && spot.rule != "place.organisation" || spot.given {
            continue;
        }
        let before = number.checked_sub(1).map(|n| &spots[n]);
        let ends = follows_road(scan, spot) || is_half(scan, spot);
        if ends || before.is_some_and(|b| goes_on(scan, b, spot)) {
            end_at(&mut spots[number]);
        }
    }
}

/// Whether a word for a road before its names ends here.
fn is_before(scan: &Scan<'_>, word: usize) -> bool {
    scan.hits_ending(word).any(|h| h.entry.role == Role::Road && &*h.entry.value != BEHIND)
}

fn end_at(spot: &mut Spot) {
    spot.use_ = PlaceUse::Attribute;
    spot.rule = "place.road";
    spot.site = None;
    spot.kind = PlaceMentionKind::Name;
    spot.whole = (spot.from, spot.to);
}

/// *la route de Magaria*, *l'autoroute Paris-Lille*, *the road to Kabul*.
fn follows_road(scan: &Scan<'_>, spot: &Spot) -> bool {
    let road = |word: usize| is_before(scan, word);
    let mut at = scan.before(spot.from);
    // The road stands before the preposition and the article of the name.
    for role in [Role::Article, Role::Linker] {
        if at.is_some_and(&road) {
            return true;
        }
        if let Some(hit) = at.and_then(|w| scan.ending(w, role)) {
            at = scan.before(hit.from);
        }
    }
    at.is_some_and(road)
}

/// *the highway between Bishkek and Osh*, *from Zinder to Magaria*: the other end.
fn goes_on(scan: &Scan<'_>, before: &Spot, spot: &Spot) -> bool {
    if before.rule != "place.road" {
        return false;
    }
    let linked = spot.whole.0 == before.to + 2
        && scan.after(before.to).is_some_and(|w| {
            scan.hits_at(w).iter().any(|h| h.entry.role == Role::Locative && &*h.entry.value == "weak")
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
    behind || scan.before(first).is_some_and(|w| is_before(scan, w))
}
