//! What a spot does in the text: a location, a container, a government, part of a person's or organisation's name.
//!
//! Only the words around decide, with parts of speech and heads where a parser has been; which place a name means is
//! decided afterwards.

use doleance_text::ud::Upos;

use crate::gazetteer::{PlaceId, PlaceKind, kilometres};
use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::pack::Role;
use crate::scan::{Level, Scan, Site, Spot};
use crate::words::Gap;

/// Decides the use of every spot and drops those that are no names of places.
pub(crate) fn classify(scan: &mut Scan<'_>) {
    let mut spots = std::mem::take(&mut scan.spots);
    let shouting: Vec<bool> =
        scan.document.sentences().iter().map(|s| is_shouted(s.span.of(scan.document.text()))).collect();
    let mut keep = Vec::with_capacity(spots.len());
    for number in 0..spots.len() {
        let (done, rest) = spots.split_at_mut(number);
        let spot = &mut rest[0];
        attach(scan, spot, done.last());
        let sentence = scan.words.list[spot.from].sentence.index();
        let follows = done.last().is_some_and(|d| is_listed(scan, d, spot) && d.located && keep[number - 1]);
        spot.located |= follows;
        keep.push(is_place(scan, spot, done, shouting.get(sentence).copied().unwrap_or(false)));
    }
    let mut kept = keep.iter();
    spots.retain(|_| kept.next().copied().unwrap_or(false));
    for spot in &mut spots {
        use_of(scan, spot);
    }
    contain(scan, &mut spots);
    spots.retain(|s| !s.abbreviation || s.use_ == PlaceUse::Container);
    // Numbers of containers have moved with the abbreviations that went.
    for spot in &mut spots {
        spot.container = None;
    }
    contain(scan, &mut spots);
    scan.spots = spots;
}

/// A headline in capitals tells nothing by its capitals.
fn is_shouted(sentence: &str) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for c in sentence.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper > 12 && upper > 3 * lower
}

/// Two names of one list: *Atyrau, Ouralsk et Aktobe*.
fn is_listed(scan: &Scan<'_>, before: &Spot, spot: &Spot) -> bool {
    let words = &scan.words.list;
    let between = spot.whole.0.saturating_sub(before.whole.1);
    match between {
        1 => words[spot.whole.0].gap == Gap::Comma,
        2 => {
            let middle = spot.whole.0 - 1;
            words[spot.whole.0].gap == Gap::Space && scan.starting(middle, Role::Conjunction).is_some()
        }
        _ => false,
    }
}

/// Reads the type word, preposition and article before a spot, and the type word after it.
fn attach(scan: &Scan<'_>, spot: &mut Spot, before: Option<&Spot>) {
    let barrier = before.map_or(0, |b| b.to + 1);
    let mut at = spot.from;
    let mut linked = false;
    while let Some(word) = scan.before(at).filter(|&w| w >= barrier) {
        let capital = scan.words.list[word].capital && !scan.words.list[word].starts;
        if let Some(hit) = scan.ending(word, Role::Cue).filter(|h| h.from >= barrier) {
            spot.levels.extend(hit.entry.value.split(',').filter_map(Level::parse));
            spot.located = true;
            spot.rule = "place.cue";
            at = hit.from;
            spot.whole.0 = at;
            linked = true;
        } else if let Some(hit) = scan.ending(word, Role::Site).filter(|h| h.from >= barrier) {
            let street = &*hit.entry.value == "street";
            spot.site = Some(if street { Site::Elsewhere } else { Site::OfTown });
            spot.kind = PlaceMentionKind::Site;
            spot.rule = "place.site";
            spot.located = true;
            at = hit.from;
            spot.whole.0 = at;
            linked = true;
        } else if let Some(hit) = scan.ending(word, Role::Near).filter(|h| h.from >= barrier) {
            spot.located = true;
            spot.rule = "place.near";
            at = hit.from;
            spot.whole.0 = at;
            linked = true;
        } else if let Some(hit) = scan.ending(word, Role::Part).filter(|h| h.from >= barrier) {
            spot.located = true;
            at = hit.from;
            spot.whole.0 = at;
            linked = true;
        } else if scan.ending(word, Role::Linker).is_some() && !capital && !linked && at == spot.from {
            at = word;
        } else if scan.ending(word, Role::Article).is_some() && !capital {
            at = word;
            if linked {
                spot.whole.0 = at;
            }
        } else {
            break;
        }
        if linked
            && scan.before(at).is_some_and(|w| scan.ending(w, Role::Linker).is_some())
            && !has_cue_before(scan, at)
        {
            break;
        }
    }
    // The preposition stands before the article and the type word, or right before the name.
    for at in [at, spot.whole.0, spot.from] {
        let Some(word) = scan.before(at).filter(|&w| w >= barrier) else { continue };
        if let Some(hit) = scan.ending(word, Role::Locative) {
            spot.located = true;
            if at == spot.from && spot.levels.is_empty() {
                spot.preferred = Level::parse(&hit.entry.value);
            }
        }
    }
    let Some(word) = scan.after(spot.to) else { return };
    if spot.levels.is_empty() && spot.site.is_none() {
        if let Some(hit) =
            scan.starting(word, Role::Cue).filter(|_| scan.ending(word, Role::Linker).is_none())
        {
            spot.levels.extend(hit.entry.value.split(',').filter_map(Level::parse));
            spot.whole.1 = hit.to;
            spot.located = true;
            spot.rule = "place.cue";
        } else if let Some(hit) =
            scan.starting(word, Role::Site).filter(|h| h.entry.value.ends_with("after") || h.entry.capital)
        {
            spot.site =
                Some(if hit.entry.value.starts_with("street") { Site::Elsewhere } else { Site::OfTown });
            spot.kind = PlaceMentionKind::Site;
            spot.rule = "place.site";
            spot.whole.1 = hit.to;
            spot.located = true;
        }
    }
}

fn has_cue_before(scan: &Scan<'_>, at: usize) -> bool {
    let linker = at.checked_sub(1);
    linker.and_then(|l| scan.before(l)).is_some_and(|w| {
        scan.ending(w, Role::Near).is_some()
            || scan.ending(w, Role::Cue).is_some()
            || scan.ending(w, Role::Part).is_some()
    })
}

/// Whether a spot is a place's name at all.
fn is_place(scan: &Scan<'_>, spot: &mut Spot, done: &[Spot], shouted: bool) -> bool {
    if spot.kind != PlaceMentionKind::Name && spot.rule != "place.site" {
        return true;
    }
    if matches!(spot.rule, "place.abbreviation") {
        return true;
    }
    let first = &scan.words.list[spot.from];
    let from_table = spot.postings.iter().all(|p| p.source == crate::gazetteer::NameSource::Main)
        && spot.rule == "place.name"
        && scan.starting(spot.from, Role::Name).is_some();
    let single = spot.from == spot.to;
    let weight = scan.weight(spot);
    let common = (spot.from..=spot.to).all(|w| scan.pack.is_common(scan.words.folded(w)));
    let given = scan.starting(spot.from, Role::Given).is_some_and(|h| h.to <= spot.to);
    let upos = scan.upos(spot.from);
    let proper = upos == Upos::Propn;
    let repeated = || done.iter().any(|d| d.key == spot.key && d.located);
    if shouted {
        return if common { false } else { weight >= 50_000 || from_table };
    }
    if !from_table {
        if common && (first.starts || !(spot.located || proper && weight >= 100_000)) {
            return repeated() || (first.starts && proper && weight >= 100_000);
        }
        let function_word = matches!(
            upos,
            Upos::Adp
                | Upos::Adv
                | Upos::Aux
                | Upos::Cconj
                | Upos::Det
                | Upos::Intj
                | Upos::Num
                | Upos::Part
                | Upos::Pron
                | Upos::Sconj
        );
        if single && function_word {
            return false;
        }
        if single && matches!(upos, Upos::Verb) && !spot.located {
            return false;
        }
    }
    if is_person(scan, spot, given) {
        spot.use_ = PlaceUse::PersonName;
        return true;
    }
    if from_table || spot.located || followed_by_container(scan, spot) || repeated() {
        return true;
    }
    if single && given && weight < 500_000 {
        return false;
    }
    // A name without any sign around it must be large: surnames are towns somewhere.
    let enough = if first.starts {
        100_000
    } else if preceded_by_genitive(scan, spot) {
        5_000
    } else {
        15_000
    };
    weight >= enough || !single && weight >= 1_000
}

fn preceded_by_genitive(scan: &Scan<'_>, spot: &Spot) -> bool {
    scan.before(spot.from).is_some_and(|w| scan.ending(w, Role::Genitive).is_some())
}

fn followed_by_container(scan: &Scan<'_>, spot: &Spot) -> bool {
    let next = spot.to + 1;
    scan.words.list.get(next).is_some_and(|w| matches!(w.gap, Gap::Comma | Gap::Open) && w.capital) && {
        let found = scan.gazetteer.look_up(std::str::from_utf8(scan.words.folded(next)).unwrap_or(""));
        found.is_some_and(|f| {
            scan.gazetteer.postings(f).any(|p| !scan.gazetteer.place(p.place).kind.is_town())
        }) || scan.starting(next, Role::Abbreviation).is_some()
    }
}

fn is_person(scan: &Scan<'_>, spot: &Spot, given: bool) -> bool {
    let words = &scan.words.list;
    if let Some(word) = scan.before(spot.from).filter(|&w| words[w + 1].gap <= Gap::Stop) {
        if scan.ending(word, Role::Title).is_some() {
            return true;
        }
        let neutral = [
            Role::Cue,
            Role::Site,
            Role::Part,
            Role::Near,
            Role::Locative,
            Role::Article,
            Role::Linker,
            Role::Organisation,
            Role::Office,
            Role::Conjunction,
            Role::Genitive,
            Role::Demonym,
            Role::Name,
            Role::Contraction,
        ];
        let known = neutral.into_iter().any(|role| scan.ending(word, role).is_some());
        if words[word].capital && !known {
            if scan.ending(word, Role::Given).is_some() {
                return true;
            }
            let initial = words[word].span.len() <= 2 && words[spot.from].gap == Gap::Stop;
            let unknown = !scan.pack.is_common(scan.words.folded(word)) && words[spot.from].gap == Gap::Space;
            if initial
                || unknown && matches!(scan.upos(word), Upos::Propn | Upos::X) && !is_title_case(scan, spot)
            {
                return true;
            }
        }
    }
    if let Some(word) = scan.after(spot.to).filter(|&w| words[w].gap == Gap::Space) {
        let next = &words[word];
        let known = scan.hits_at(word).iter().any(|h| h.entry.role != Role::Given);
        if given && next.capital && !known && !scan.pack.is_common(scan.words.folded(word)) {
            return !spot.located || spot.from == spot.to;
        }
    }
    false
}

/// A headline in title case: most of its words have capitals.
fn is_title_case(scan: &Scan<'_>, spot: &Spot) -> bool {
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

/// Location, attribute, organisation or metonym.
fn use_of(scan: &Scan<'_>, spot: &mut Spot) {
    if spot.use_ != PlaceUse::Location && spot.use_ != PlaceUse::Metonym {
        return;
    }
    let words = &scan.words.list;
    let before = scan.before(spot.whole.0);
    let after = scan.after(spot.whole.1);
    if spot.use_ == PlaceUse::Metonym {
        if spot.located {
            spot.use_ = PlaceUse::Location;
        }
        return;
    }
    if spot.site.is_none() {
        if before.is_some_and(|w| words[w].capital && scan.ending(w, Role::Organisation).is_some())
            || after.is_some_and(|w| words[w].capital && scan.starting(w, Role::Organisation).is_some())
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
            if !known && !spot.located && words[spot.from].gap == Gap::Space && !is_title_case(scan, spot) {
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
    if !spot.located && is_ruler(scan, spot) && states(scan, spot) {
        spot.use_ = PlaceUse::Metonym;
        spot.rule = "place.metonym";
    }
}

fn is_office(scan: &Scan<'_>, spot: &Spot) -> bool {
    if scan.after(spot.whole.1).is_some_and(|w| scan.starting(w, Role::Office).is_some()) {
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

/// Finds *X, Y* and *X (Y)* where Y is a country or division that contains a candidate of X.
fn contain(scan: &Scan<'_>, spots: &mut [Spot]) {
    for inner in 0..spots.len().saturating_sub(1) {
        let outer = inner + 1;
        let (a, b) = (&spots[inner], &spots[outer]);
        if !matches!(a.use_, PlaceUse::Location | PlaceUse::Container | PlaceUse::Attribute)
            || b.use_ != PlaceUse::Location && !b.abbreviation
            || a.kind == PlaceMentionKind::Demonym
            || b.kind != PlaceMentionKind::Name
        {
            continue;
        }
        let Some(container) = containing_candidate(scan, a, b) else { continue };
        if !adjoins(scan, a, b) {
            continue;
        }
        spots[outer].postings.retain(|p| p.place == container);
        spots[outer].use_ = PlaceUse::Container;
        spots[outer].rule = "place.container";
        spots[inner].container = Some(outer);
        if spots[inner].use_ == PlaceUse::Location {
            spots[inner].rule = "place.contained";
        }
    }
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
