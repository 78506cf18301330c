//! Which of two names side by side contains the other: *Maubeuge (Nord)*, *Oakland, Calif.*

use crate::gazetteer::{NameSource, PlaceId, PlaceKind, kilometres};
use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::pack::{Hit, Role};
use crate::scan::Scan;
use crate::spot::{Level, Spot};
use crate::words::Gap;

/// Finds *X, Y* and *X (Y)* where Y is a country or division that contains a candidate of X.
pub(super) fn contain(scan: &Scan<'_>, spots: &mut [Spot]) {
    for inner in 0..spots.len().saturating_sub(1) {
        let outer = inner + 1;
        let (a, b) = (&spots[inner], &spots[outer]);
        if matches!(a.use_, PlaceUse::PersonName | PlaceUse::Organisation | PlaceUse::Metonym)
            || !matches!(b.use_, PlaceUse::Location | PlaceUse::Container) && !b.abbreviation
            || a.kind == PlaceMentionKind::Demonym
            || b.kind != PlaceMentionKind::Name
        {
            continue;
        }
        if !adjoins(scan, a, b) {
            continue;
        }
        // *à Ekibastouz, Pavlodar, Semeï*: a list of towns, though the second is a region too.
        let town = b
            .postings
            .iter()
            .any(|p| scan.gazetteer.place(p.place).kind.is_town() && p.source == NameSource::Main);
        if town && goes_on(scan, b) && scan.words.list[b.whole.0].gap == Gap::Comma {
            continue;
        }
        let container = containing_candidate(scan, a, b);
        let unknown = container.is_none() && is_unknown_within(scan, a, b);
        let Some(container) = container.or_else(|| division(scan, b).filter(|_| unknown)) else { continue };
        if unknown {
            spots[inner].postings.clear();
            spots[inner].rule = "place.unknown";
        }
        spots[outer].postings.retain(|p| p.place == container);
        spots[outer].use_ = PlaceUse::Container;
        spots[outer].rule = "place.container";
        spots[inner].container = Some(outer);
        if spots[inner].use_ == PlaceUse::Location && !unknown && spots[inner].site.is_none() {
            spots[inner].rule = "place.contained";
        }
    }
}

/// Finds *the German city of Stuttgart* and *la ville allemande de Stuttgart*: the demonym only tells which Stuttgart.
pub(super) fn describe(scan: &Scan<'_>, spots: &mut [Spot]) {
    for outer in 0..spots.len().saturating_sub(1) {
        let (a, b) = (&spots[outer], &spots[outer + 1]);
        if a.kind != PlaceMentionKind::Demonym || b.kind != PlaceMentionKind::Name || b.site.is_some() {
            continue;
        }
        let town = |hit: &Hit<'_>| &*hit.entry.value == "city" && hit.entry.role == Role::Cue;
        let around = scan.before(a.from).is_some_and(|w| scan.hits_ending(w).any(town));
        let linked = b.from.checked_sub(1).and_then(|w| scan.ending(w, Role::Linker));
        let after = around && linked.is_some_and(|h| h.from == a.to + 1) && scan.after(a.to).is_some();
        let before = b.whole.0 == a.to + 1 && b.levels == [Level::Town] && scan.after(a.to).is_some();
        let holds = a.postings.iter().any(|o| b.postings.iter().any(|i| contains(scan, o.place, i.place)));
        if !(after || before) || !(holds || b.postings.is_empty()) {
            continue;
        }
        spots[outer].use_ = PlaceUse::Container;
        let town = &mut spots[outer + 1];
        town.container = Some(outer);
        town.located = true;
        town.levels = vec![Level::Town];
    }
}

/// Finds *Vénissieux, près de Lyon* and *Marikana, 40 km from Rustenburg*: the second only tells where the first lies.
pub(super) fn stand_beside(scan: &Scan<'_>, spots: &mut [Spot]) {
    for outer in 1..spots.len() {
        let (a, b) = (&spots[outer - 1], &spots[outer]);
        let names = a.use_ == PlaceUse::Location
            && b.use_ == PlaceUse::Location
            && b.site.is_none()
            && a.kind != PlaceMentionKind::Demonym
            && b.kind == PlaceMentionKind::Name;
        if names && !goes_on(scan, b) && tells_where(scan, a, b) {
            spots[outer].use_ = PlaceUse::Container;
            spots[outer].rule = "place.beside";
        }
    }
}

fn is_number(scan: &Scan<'_>, word: usize) -> bool {
    scan.words.folded(word).iter().all(u8::is_ascii_digit)
}

/// Whether a comma or parenthesis and an expression of nearness are all that stands between two names.
fn tells_where(scan: &Scan<'_>, a: &Spot, b: &Spot) -> bool {
    let words = &scan.words.list;
    let from = a.whole.1 + 1;
    if words[a.from].sentence != words[b.from].sentence
        || from > b.whole.0
        || b.whole.0 - from > 4
        || !matches!(words[from].gap, Gap::Comma | Gap::Open)
        || words[from + 1..=b.from].iter().any(|w| w.gap > Gap::Space)
    {
        return false;
    }
    let before = b.from.checked_sub(1).filter(|&w| w >= from);
    let article =
        before.and_then(|w| scan.ending(w, Role::Article)).map_or(before, |h| h.from.checked_sub(1));
    let beside = |w: usize| scan.ending(w, Role::Beside).is_some_and(|h| h.from == from);
    if [before, article].into_iter().flatten().any(beside) {
        return true;
    }
    // *, à 120 km au nord de*: what is not yet the name's own.
    let measures = |w: usize| {
        is_number(scan, w) || [Role::Locative, Role::Near].iter().any(|&r| scan.ending(w, r).is_some())
    };
    b.rule == "place.near" && (from..b.whole.0).all(measures)
}

/// Whether nothing but a comma, parenthesis or place preposition with its articles and type words stands between.
fn adjoins(scan: &Scan<'_>, a: &Spot, b: &Spot) -> bool {
    let words = &scan.words.list;
    let from = a.whole.1 + 1;
    if words[a.from].sentence != words[b.from].sentence || from > b.whole.0 {
        return false;
    }
    if from == b.whole.0 {
        return matches!(words[b.whole.0].gap, Gap::Comma | Gap::Open | Gap::Stop) || b.abbreviation;
    }
    if b.whole.0 - from > 3 || b.abbreviation {
        return false;
    }
    let mut preposition = false;
    (from..b.whole.0).all(|w| {
        let locative = scan.ending(w, Role::Locative).is_some();
        preposition |= locative;
        let gap = words[w].gap;
        (w == from && matches!(gap, Gap::Comma | Gap::Space | Gap::Apostrophe) || gap <= Gap::Space)
            && (locative
                || scan.ending(w, Role::Article).is_some()
                || scan.ending(w, Role::Part).is_some()
                || scan.starting(w, Role::Part).is_some()
                || scan.starting(w, Role::Locative).is_some_and(|h| h.to < b.whole.0))
    }) && preposition
}

/// *Thorncliffe, Limpopo*: a place of which the gazetteer has only small namesakes elsewhere, before a division that it has.
fn is_unknown_within(scan: &Scan<'_>, a: &Spot, b: &Spot) -> bool {
    let Some(division) = division(scan, b).map(|d| scan.gazetteer.place(d)) else { return false };
    let gap = scan.words.list[b.whole.0].gap;
    let close = a.whole.1 + 1 == b.whole.0 && matches!(gap, Gap::Comma | Gap::Open);
    if a.kind != PlaceMentionKind::Name || !(a.located || close) {
        return false;
    }
    if a.postings.is_empty() {
        return true;
    }
    let foreign = a.postings.iter().all(|p| {
        let place = scan.gazetteer.place(p.place);
        place.country != division.country && place.population < 50_000
    });
    // "Shengzhou city, Zhejiang province": the division is named as one, and no namesake lies in it.
    let outside = !b.levels.is_empty()
        && b.levels.iter().all(|l| l.fits(division.kind))
        && a.postings.iter().all(|p| scan.gazetteer.place(p.place).population < 300_000);
    close && (foreign || outside) && division.kind != PlaceKind::Country && !goes_on(scan, b)
}

/// Whether a list goes on after a name: then it is one of the list and contains nothing.
fn goes_on(scan: &Scan<'_>, b: &Spot) -> bool {
    let next = b.whole.1 + 1;
    let comma =
        scan.words.list.get(next).is_some_and(|w| {
            w.gap == Gap::Comma && w.capital && w.sentence == scan.words.list[b.to].sentence
        });
    comma || scan.after(b.whole.1).is_some_and(|w| scan.starting(w, Role::Conjunction).is_some())
}

/// The country or division that a name may stand for, where no large town has it too.
pub(super) fn division(scan: &Scan<'_>, b: &Spot) -> Option<PlaceId> {
    let kind = |p: &PlaceId| scan.gazetteer.place(*p).kind;
    let large = |p: &PlaceId| kind(p).is_town() && scan.gazetteer.place(*p).population > 20_000;
    if b.postings.iter().any(|p| p.source != NameSource::Alternate && large(&p.place)) {
        return None;
    }
    b.postings
        .iter()
        .map(|p| p.place)
        .filter(|p| matches!(kind(p), PlaceKind::Country | PlaceKind::Admin1))
        .min()
}

fn containing_candidate(scan: &Scan<'_>, a: &Spot, b: &Spot) -> Option<PlaceId> {
    let divisions = b.postings.iter().map(|p| p.place).filter(|&p| !scan.gazetteer.place(p).kind.is_town());
    let fits = |outer: PlaceId| a.postings.iter().any(|p| contains(scan, outer, p.place));
    divisions
        .filter(|&d| b.levels.is_empty() || b.levels.iter().any(|l| l.fits(scan.gazetteer.place(d).kind)))
        .find(|&d| fits(d))
}

/// Whether one place lies in another. Second-order divisions without codes contain what is near them.
pub(crate) fn contains(scan: &Scan<'_>, outer: PlaceId, inner: PlaceId) -> bool {
    let (outer, inner) = (scan.gazetteer.place(outer), scan.gazetteer.place(inner));
    if outer.id == inner.id || inner.kind == PlaceKind::Country {
        return false;
    }
    match outer.kind {
        PlaceKind::Country => outer.country == inner.country,
        PlaceKind::Admin1 => inner.admin1 == Some(outer.id) && inner.kind != PlaceKind::Admin1,
        PlaceKind::Admin2 => {
            inner.kind.is_town()
                && outer.country == inner.country
                && match scan.gazetteer.admin2(inner.id) {
                    Some(own) => own == outer.id,
                    None => kilometres((outer.lat, outer.lon), (inner.lat, inner.lon)) < 90.0,
                }
        }
        _ => false,
    }
}

pub(super) fn preceded_by_genitive(scan: &Scan<'_>, spot: &Spot) -> bool {
    scan.before(spot.from).is_some_and(|w| scan.ending(w, Role::Genitive).is_some())
}

pub(super) fn followed_by_container(scan: &Scan<'_>, spot: &Spot) -> bool {
    let next = spot.to + 1;
    scan.words.list.get(next).is_some_and(|w| matches!(w.gap, Gap::Comma | Gap::Open) && w.capital) && {
        let found = scan.gazetteer.look_up(std::str::from_utf8(scan.words.folded(next)).unwrap_or(""));
        found.is_some_and(|f| {
            scan.gazetteer.postings(f).any(|p| !scan.gazetteer.place(p.place).kind.is_town())
        }) || scan.starting(next, Role::Abbreviation).is_some()
    } || followed_by_country(scan, spot)
}

/// *Burgersfort in South Africa*, *Kourou, en Guyane*.
fn followed_by_country(scan: &Scan<'_>, spot: &Spot) -> bool {
    let words = &scan.words.list;
    let next = spot.to + 1;
    let comma = words.get(next).is_some_and(|w| w.gap == Gap::Comma);
    let Some(hit) =
        Some(next).filter(|&w| comma || scan.words.joined(w)).and_then(|w| scan.starting(w, Role::Locative))
    else {
        return false;
    };
    let mut name = hit.to + 1;
    if words.get(name).is_some_and(|w| !w.capital) && scan.starting(name, Role::Article).is_some() {
        name += 1;
    }
    words.get(name).is_some_and(|w| w.capital && w.gap <= Gap::Space) && {
        let folded = std::str::from_utf8(scan.words.folded(name)).unwrap_or("");
        let gazetteer = &scan.gazetteer;
        // *Voters in Manchester*: of a name's places the first is the largest, and that one is no parish of Jamaica.
        let divides = |f| {
            let known = || gazetteer.postings(f).filter(|p| p.source != NameSource::Alternate);
            let town =
                |p: PlaceId| gazetteer.place(p).kind.is_town() && gazetteer.place(p).population > 100_000;
            let large = known().any(|p| town(p.place));
            !large && known().any(|p| !gazetteer.place(p.place).kind.is_town())
        };
        gazetteer.look_up(folded).is_some_and(divides) || scan.starting(name, Role::Name).is_some()
    }
}
