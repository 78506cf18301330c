//! Names of places within the names of persons: *Paris Hilton*, *Victor Orbán*.

use doleance_text::ud::Upos;

use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::pack::{Hit, Role};
use crate::scan::Scan;
use crate::spot::{Site, Spot};
use crate::words::Gap;

/// Part of a person's name: after a title or given name, after or before a capitalised word that is nothing else.
pub(super) fn is_person(scan: &Scan<'_>, spot: &Spot, given: bool) -> bool {
    let words = &scan.words.list;
    if let Some(word) = scan.before(spot.from) {
        let particle =
            words[word].capital && !words[word].starts && scan.starting(word, Role::Contraction).is_some();
        if particle && scan.before(word).is_some_and(|w| scan.ending(w, Role::Given).is_some()) {
            return true;
        }
        let initial = words[word].capital && words[word].span.len() <= 2 && words[spot.from].gap == Gap::Stop;
        let firm = words[spot.from].gap == Gap::Space || words[spot.from].gap == Gap::Stop;
        if initial || firm && scan.ending(word, Role::Title).is_some() {
            return true;
        }
        if firm && words[word].capital && !words[spot.from].all_capitals {
            // A country is no surname, unless it is a given name too.
            let great = scan.names_country(spot) && !given;
            let neutral = great
                || scan.hits_ending(word).any(|h| {
                    !matches!(
                        h.entry.role,
                        Role::Given | Role::Organisation | Role::Statement | Role::Stop | Role::Abbreviation
                    )
                });
            if !neutral && scan.ending(word, Role::Given).is_some() {
                return true;
            }
            if !neutral && is_bare_name(scan, word) && !is_title_case(scan, spot) {
                return !spot.located;
            }
        }
    }
    let Some(word) = scan.after(spot.to).filter(|&w| words[w].gap == Gap::Space) else { return false };
    let roman = scan.words.folded(word).iter().all(|b| b"ivx".contains(b));
    if roman && words[word].capital && !spot.located {
        return true;
    }
    if !words[word].capital || words[word].all_capitals != words[spot.to].all_capitals {
        return false;
    }
    let known = |h: &Hit<'_>| {
        !matches!(h.entry.role, Role::Given | Role::Statement | Role::Stop | Role::Abbreviation)
    };
    if scan.hits_at(word).iter().any(known) {
        return false;
    }
    if given && !words[word].starts {
        return !spot.located || spot.levels.is_empty();
    }
    if !is_bare_name(scan, word) {
        return false;
    }
    // *Paris Hilton*, *Assa Traoré*; but not *à Paris Macron*.
    !spot.located && !is_title_case(scan, spot)
}

/// The second name of a person seen in full stands for the person where nothing tells a place.
pub(super) fn spread_persons(scan: &Scan<'_>, spots: &mut [Spot]) {
    let towns = towns_of_sites(spots);
    release_towns(scan, spots, &towns);
    let is_name_part = |s: &&Spot| s.use_ == PlaceUse::PersonName || s.rule == "place.organisation";
    let persons: Vec<Vec<u8>> = spots.iter().filter(is_name_part).map(|s| s.key.clone()).collect();
    for spot in spots {
        let bare = spot.use_ == PlaceUse::Location
            && !spot.located
            && spot.kind == PlaceMentionKind::Name
            && !towns.contains(&spot.key);
        if bare && spot.rule == "place.name" && persons.contains(&spot.key) && scan.weight(spot) < 1_000_000 {
            spot.use_ = PlaceUse::PersonName;
        }
    }
}

/// The towns after which sites of the report are named.
fn towns_of_sites(spots: &[Spot]) -> Vec<Vec<u8>> {
    let names_site = |s: &&Spot| s.site == Some(Site::OfTown) && !s.postings.is_empty();
    spots.iter().filter(names_site).map(|s| s.key.clone()).collect()
}

/// A name after a bare capitalised word is a town after all where the report has a site of that town: *Goodyear Amiens*
/// beside *l'usine d'Amiens*. A given name or title before it still makes a person.
fn release_towns(scan: &Scan<'_>, spots: &mut [Spot], towns: &[Vec<u8>]) {
    for spot in spots.iter_mut().filter(|s| s.use_ == PlaceUse::PersonName && towns.contains(&s.key)) {
        let called =
            |word: usize| [Role::Given, Role::Title].iter().any(|&role| scan.ending(word, role).is_some());
        if !scan.before(spot.from).is_some_and(called) && spot.kind == PlaceMentionKind::Name {
            spot.use_ = PlaceUse::Location;
            spot.rule = "place.name";
        }
    }
}

/// A capitalised word that is neither a phrase of the pack nor a common word.
fn is_bare_name(scan: &Scan<'_>, word: usize) -> bool {
    !scan.pack.is_common(scan.words.folded(word)) && matches!(scan.upos(word), Upos::Propn | Upos::X)
}

/// A headline in title case: most of its words have capitals.
pub(super) fn is_title_case(scan: &Scan<'_>, spot: &Spot) -> bool {
    let sentence = scan.words.list[spot.from].sentence;
    let words =
        scan.words.list.iter().skip(spot.from.saturating_sub(12)).take(24).filter(|w| w.sentence == sentence);
    let (mut capitals, mut all) = (0, 0);
    for word in words.filter(|w| w.span.len() > 3) {
        all += 1;
        capitals += usize::from(word.capital);
    }
    all >= 4 && capitals * 4 >= all * 3
}
