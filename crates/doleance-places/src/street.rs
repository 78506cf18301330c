//! Streets whose names have several words: *Van der Walt Street* has nothing of Van, nor *Jan Smuts Avenue* of a person.

use doleance_text::ud::Upos;

use crate::mention::PlaceMentionKind;
use crate::pack::Role;
use crate::scan::Scan;
use crate::spot::Spot;
use crate::words::Gap;

/// The most words before the one for a street.
const LONGEST_NAME: usize = 5;

/// The name of a street that starts at a word: names and particles up to a word for a street with a capital.
pub(crate) fn street_spot(scan: &Scan<'_>, at: usize) -> Option<Spot> {
    let words = &scan.words.list;
    if words[at].starts || !is_name(scan, at) {
        return None;
    }
    let mut tells = [Role::Given, Role::Particle].iter().any(|&r| scan.starting(at, r).is_some());
    for to in at + 1..at + LONGEST_NAME {
        if words.get(to).is_none_or(|w| w.gap != Gap::Space) {
            return None;
        }
        let street = scan.starting(to, Role::Site).is_some_and(|h| &*h.entry.value == "street,after");
        if street && words[to].capital {
            // One word may be a town's: *Zaria Road*, *Hill Cart Road*.
            return (tells && to > at + 1).then(|| {
                let mut spot = scan.spot(at, to - 1, PlaceMentionKind::Name, "place.unknown");
                spot.located = true;
                spot
            });
        }
        let particle = scan.starting(to, Role::Particle).is_some();
        if !particle && !is_name(scan, to) {
            return None;
        }
        tells |= particle;
    }
    None
}

/// A word with a capital that names persons or nothing known.
fn is_name(scan: &Scan<'_>, word: usize) -> bool {
    let known = |role: Role| !matches!(role, Role::Given | Role::Particle | Role::Title);
    scan.words.list[word].capital
        && matches!(scan.upos(word), Upos::Propn | Upos::X)
        && !scan.hits_at(word).iter().any(|h| known(h.entry.role))
}
