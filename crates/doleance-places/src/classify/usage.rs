//! What a place's name does: a location, or an attribute, an organisation, those who rule there.

use super::container::preceded_by_genitive;
use super::person::is_title_case;
use crate::gazetteer::PlaceKind;
use crate::mention::PlaceUse;
use crate::pack::Role;
use crate::scan::Scan;
use crate::spot::Spot;
use crate::words::Gap;

/// Location, attribute, organisation or metonym.
pub(super) fn use_of(scan: &Scan<'_>, spot: &mut Spot) {
    if spot.use_ != PlaceUse::Location && spot.use_ != PlaceUse::Metonym {
        return;
    }
    let words = &scan.words.list;
    let before = scan.before(spot.whole.0);
    if spot.use_ == PlaceUse::Metonym {
        if spot.located {
            spot.use_ = PlaceUse::Location;
        }
        return;
    }
    if spot.site.is_none() {
        if before.is_some_and(|w| words[w].capital && scan.ending(w, Role::Organisation).is_some())
            || opens_organisation(scan, spot)
            || before.and_then(|w| scan.ending(w, Role::Linker)).is_some_and(|h| {
                scan.before(h.from)
                    .is_some_and(|w| words[w].capital && scan.ending(w, Role::Organisation).is_some())
            })
        {
            spot.use_ = PlaceUse::Organisation;
            spot.rule = "place.organisation";
            return;
        }
        if let Some(word) = before.filter(|&w| words[w].capital && words[w].gap != Gap::Apostrophe) {
            // *ArcelorMittal Temirtau*, *Real Madrid*: a name before the name.
            let known = !scan.hits_at(word).is_empty()
                || words[word].starts && scan.pack.is_common(scan.words.folded(word));
            let close = matches!(words[spot.from].gap, Gap::Space | Gap::Hyphen);
            if !known && !spot.located && close && !is_title_case(scan, spot) {
                spot.use_ = PlaceUse::Organisation;
                spot.rule = "place.organisation";
                return;
            }
        }
        if is_office(scan, spot) {
            spot.use_ = PlaceUse::Attribute;
            spot.rule = "place.office";
            return;
        }
    }
    if spot.far {
        spot.use_ = PlaceUse::Attribute;
        return;
    }
    let agent = before.is_some_and(|w| scan.ending(w, Role::Agent).is_some());
    let ruled = preceded_by_genitive(scan, spot);
    if !spot.located && !ruled && is_ruler(scan, spot) && (agent || states(scan, spot)) {
        spot.use_ = PlaceUse::Metonym;
        spot.rule = "place.metonym";
    }
}

/// *Oakland Tribune*, *the Swaziland National Association of Teachers*: words with capitals up to that of the body.
fn opens_organisation(scan: &Scan<'_>, spot: &Spot) -> bool {
    let words = &scan.words.list;
    let mut next = scan.after(spot.whole.1);
    for further in 0..=FURTHER_WORDS {
        let Some(word) = next.filter(|&w| words[w].capital && (further == 0 || words[w].gap == Gap::Space))
        else {
            return false;
        };
        if scan.starting(word, Role::Organisation).is_some() {
            return further == 0 || !is_title_case(scan, spot);
        }
        next = scan.after(word);
    }
    false
}

/// How many words of a body's name may stand between the name of its place and the word that tells a body.
const FURTHER_WORDS: usize = 2;

pub(super) fn is_office(scan: &Scan<'_>, spot: &Spot) -> bool {
    let mut next = scan.after(spot.whole.1);
    if let Some(hit) = next.and_then(|w| scan.starting(w, Role::Possessive)) {
        next = scan.after(hit.to);
    }
    if next.is_some_and(|w| scan.starting(w, Role::Office).is_some()) {
        return true;
    }
    let Some(mut word) = scan.before(spot.whole.0) else { return false };
    if scan.ending(word, Role::Article).is_some() {
        let Some(previous) = scan.before(word) else { return false };
        word = previous;
    }
    let linker = scan.ending(word, Role::Linker).or_else(|| scan.ending(word, Role::Contraction));
    linker.and_then(|h| scan.before(h.from)).is_some_and(|w| scan.ending(w, Role::Office).is_some())
}

/// Countries and capitals speak for their governments.
fn is_ruler(scan: &Scan<'_>, spot: &Spot) -> bool {
    spot.postings
        .iter()
        .any(|p| matches!(scan.gazetteer.place(p.place).kind, PlaceKind::Country | PlaceKind::Capital))
}

fn states(scan: &Scan<'_>, spot: &Spot) -> bool {
    let mut next = scan.after(spot.whole.1);
    for _ in 0..3 {
        let Some(word) = next else { return false };
        if scan.starting(word, Role::Statement).is_some() {
            return true;
        }
        if scan.starting(word, Role::Auxiliary).is_none() {
            return false;
        }
        next = scan.after(word);
    }
    false
}
