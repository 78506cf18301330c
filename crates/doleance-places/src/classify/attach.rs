//! Type words, prepositions and articles around a name: *dans les régions d'Atyrau et du Nord*, *Alameda County*.

use doleance_text::ud::Upos;

use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::pack::{Hit, Role};
use crate::scan::Scan;
use crate::spot::{Level, Site, Spot};
use crate::words::Gap;

/// Reads the type words, prepositions and articles before a spot, and the type word after it.
pub(super) fn attach(scan: &Scan<'_>, spot: &mut Spot, before: Option<&Spot>) {
    let barrier = before
        .map_or(0, |b| site_described(scan, b).map_or(b.whole.1 + 1, |site| site.from.saturating_sub(1)));
    let mut at = spot.from;
    while let Some(start) = attach_before(scan, spot, at, barrier) {
        at = start;
    }
    // The preposition stands before the article and the type word, or right before the name.
    for start in [spot.whole.0, spot.from] {
        let Some(mut word) = scan.before(start).filter(|&w| w >= barrier) else { continue };
        if scan.ending(word, Role::Locative).is_none() && scan.ending(word, Role::Article).is_some() {
            let Some(previous) = scan.before(word).filter(|&w| w >= barrier) else { continue };
            word = previous;
        }
        if let Some(hit) = scan.ending(word, Role::Locative) {
            spot.weakly = !spot.located && &*hit.entry.value == "weak";
            spot.located = true;
            if spot.levels.is_empty() {
                spot.preferred = Level::parse(&hit.entry.value);
            }
        }
    }
    if spot.levels.is_empty() && spot.site.is_none() {
        attach_after(scan, spot, before);
        let article =
            scan.before(spot.whole.0).filter(|&w| w >= barrier && scan.ending(w, Role::Article).is_some());
        if let Some(word) = article.filter(|_| spot.whole.1 > spot.to) {
            spot.whole.0 = word;
        }
    }
}

/// Takes one type word with the preposition and article between; gives where it starts.
fn attach_before(scan: &Scan<'_>, spot: &mut Spot, at: usize, barrier: usize) -> Option<usize> {
    let words = &scan.words.list;
    let previous = |at: usize| scan.before(at).filter(|&w| w >= barrier);
    let word = previous(at)?;
    let attached = at != spot.from;
    if attached && scan.ending(word, Role::Article).is_some_and(|h| h.from == word) {
        spot.whole.0 = word;
        return Some(word);
    }
    // From the name back over an article, a preposition and an adjective to the type word.
    let mut starts = vec![at];
    let mut start = at;
    // "le lycée Le Corbusier": the capital belongs to the name of the site.
    let of_site = |w: usize| previous(w).is_some_and(|p| scan.ending(p, Role::Site).is_some());
    let article = |&w: &usize| scan.ending(w, Role::Article).is_some() && (!words[w].capital || of_site(w));
    // "l'hôpital parisien Saint-Antoine": the demonym tells the town.
    if let Some(w) = previous(start).filter(|&w| describes_site(scan, w)) {
        starts.push(w);
    }
    if let Some(w) = previous(start).filter(article) {
        start = w;
        starts.push(start);
    }
    if let Some(hit) =
        previous(start).and_then(|w| scan.ending(w, Role::Linker)).filter(|h| h.from >= barrier)
    {
        start = hit.from;
        starts.push(start);
        if let Some(w) = previous(start).filter(|&w| is_adjective(scan, w)) {
            starts.push(w);
        }
    }
    // The longest wins: *au nord de* before *nord*.
    let candidates = starts.into_iter().filter_map(|start| {
        let word = previous(start)?;
        let fits = |h: &&Hit<'_>| h.from >= barrier && takes(scan, h, start, spot, attached);
        let hit = scan.hits_ending(word).filter(fits).min_by_key(|h| h.from)?;
        Some((hit.from, start, hit))
    });
    let (from, start, hit) = candidates.min_by_key(|(from, start, _)| (*from, *start))?;
    take(scan, hit, start, spot);
    Some(from)
}

/// Whether a phrase is a type word for the name that starts at `start` or later.
fn takes(scan: &Scan<'_>, hit: &Hit<'_>, start: usize, spot: &Spot, attached: bool) -> bool {
    let adjacent = start == spot.from;
    match hit.entry.role {
        // *the Bavarian town* takes up a town, and is not Bavaria.
        Role::Cue => spot.kind != PlaceMentionKind::Demonym && (!attached || spot.rule == "place.near"),
        // *une usine lyonnaise* is in Lyon; *l'ambassade américaine* is not in America.
        Role::Site => !attached && (spot.kind != PlaceMentionKind::Demonym || of_towns(scan, spot)),
        Role::Near => &*hit.entry.value != "unit" || spot.rule == "place.near" && attached,
        // French compass points need their preposition (*l'est du Mali*), English ones do without (*eastern Mali*).
        Role::Part => {
            !attached && (&*hit.entry.value == "linked") != adjacent && scan.upos(hit.from) != Upos::Aux
        }
        _ => false,
    }
}

fn take(scan: &Scan<'_>, hit: &Hit<'_>, start: usize, spot: &mut Spot) {
    spot.located |= hit.entry.role != Role::Part;
    spot.whole.0 = hit.from;
    match hit.entry.role {
        Role::Cue => {
            let value = &*hit.entry.value;
            spot.spreads = value.starts_with("many:");
            spot.levels.extend(value.trim_start_matches("many:").split(',').filter_map(Level::parse));
            spot.set_rule("place.cue");
        }
        Role::Site => {
            // A landmark knows its town better than its type word does.
            if spot.site.is_some() {
                return;
            }
            // *l'usine de Blanquefort* is at Blanquefort, *l'usine Ford* is not at Ford.
            let linked = start != spot.from || scan.ending(hit.to, Role::Linker).is_some();
            let described = scan.after(hit.to).is_some_and(|w| w < spot.from && describes_site(scan, w));
            // *la place de Rome* is called so, but *une place de Rome* lies there.
            let one = scan.before(hit.from).and_then(|w| scan.ending(w, Role::Article));
            let one = one.is_some_and(|h| &*h.entry.value == "some");
            let named = (hit.entry.value.starts_with("building") || one) && linked && !described;
            let named = named && !spot.postings.is_empty() || spot.kind == PlaceMentionKind::Demonym;
            if spot.kind == PlaceMentionKind::Demonym {
                spot.use_ = PlaceUse::Location;
            }
            spot.site = Some(if named { Site::OfTown } else { Site::Elsewhere });
            spot.kind = PlaceMentionKind::Site;
            spot.rule = "place.site";
        }
        Role::Near => {
            spot.set_rule("place.near");
            let number = |w: usize| scan.words.folded(w).iter().all(u8::is_ascii_digit);
            if matches!(&*hit.entry.value, "unit" | "distance")
                && let Some(w) = scan.before(hit.from).filter(|&w| number(w))
            {
                spot.whole.0 = w;
                spot.far = scan.words.folded(w).len() >= 3;
            }
        }
        _ => {}
    }
}

fn attach_after(scan: &Scan<'_>, spot: &mut Spot, before: Option<&Spot>) {
    let Some(word) = scan.after(spot.to).filter(|_| spot.kind != PlaceMentionKind::Demonym) else { return };
    // "the Kosice and Presov regions of Slovakia": what follows two of a list goes for both.
    let listed = before.is_some_and(|b| b.kind == PlaceMentionKind::Name && is_listed(scan, b, spot));
    let ends_list = |h: &Hit<'_>| listed && h.entry.value.starts_with("many:");
    if let Some(hit) = scan.starting(word, Role::Cue).filter(|h| ends_list(h) || may_follow(scan, h)) {
        let value = hit.entry.value.trim_start_matches("many:");
        spot.levels.extend(value.split(',').filter_map(Level::parse));
        spot.spreads_back = hit.entry.value.starts_with("many:");
        spot.whole.1 = hit.to;
        spot.located = true;
        spot.set_rule("place.cue");
    } else if let Some(hit) = street_after(scan, word)
        .or_else(|| scan.starting(word, Role::Site).filter(|h| h.entry.value.ends_with("after")))
    {
        let street = hit.entry.value.starts_with("street");
        // *Brussels prison guards* are guards of Brussels; nothing else would tell that *Ittre* is a place.
        let goes_on = |w: usize| {
            let place = [Role::Site, Role::Cue].iter().any(|&r| scan.starting(w, r).is_some());
            scan.upos(w) == Upos::Noun && is_plural(scan, w) && !place
        };
        let people = scan.after(hit.to).is_some_and(goes_on);
        if people && !spot.postings.is_empty() {
            spot.located = true;
            return;
        }
        // *a New Jersey highway*, *a London street*: the name is no street's. *The Chandigarh road* has it for a name.
        let definite = scan
            .before(spot.whole.0)
            .and_then(|w| scan.ending(w, Role::Article))
            .is_some_and(|h| h.entry.value.ends_with("definite"));
        if street && !definite && !scan.words.list[word].capital && scan.weight(spot) >= 500_000 {
            return;
        }
        let elsewhere = street || spot.postings.is_empty();
        spot.site = Some(if elsewhere { Site::Elsewhere } else { Site::OfTown });
        spot.kind = PlaceMentionKind::Site;
        spot.rule = "place.site";
        spot.whole.1 = hit.to;
        spot.located = true;
    }
}

/// The word for a street after further words of its name: *Hill Cart Road*.
fn street_after<'s>(scan: &Scan<'s>, word: usize) -> Option<Hit<'s>> {
    let mut at = word;
    for _ in 0..2 {
        let name = &scan.words.list[at];
        if !name.capital || name.gap != Gap::Space || !scan.hits_at(at).is_empty() {
            return None;
        }
        at = scan.after(at)?;
        let street = scan.starting(at, Role::Site).filter(|h| &*h.entry.value == "street,after");
        if let Some(hit) = street.filter(|_| scan.words.list[at].capital) {
            return Some(hit);
        }
    }
    None
}

/// Whether the word after a site's noun is what the site only describes: *prison guards*.
fn is_plural(scan: &Scan<'_>, word: usize) -> bool {
    scan.document.has_feature(scan.words.list[word].token, "Number", "Plur")
}

/// A type word after the name: *Atyrau region*, but not *Paris, ville lumière* or *Lyon department store*.
fn may_follow(scan: &Scan<'_>, hit: &Hit<'_>) -> bool {
    let next = scan.after(hit.to);
    let noun = next.is_some_and(|w| scan.upos(w) == Upos::Noun && scan.hits_at(w).is_empty());
    let linked = next.is_some_and(|w| scan.starting(w, Role::Linker).is_some());
    !noun && !linked
}

/// The noun for a site that a demonym stands right behind: *l'hôpital parisien*.
fn site_described<'s>(scan: &Scan<'s>, spot: &Spot) -> Option<Hit<'s>> {
    let demonym = scan.starting(spot.from, Role::Demonym).filter(|h| h.to == spot.to && !h.entry.capital)?;
    scan.before(demonym.from).and_then(|w| scan.ending(w, Role::Site))
}

/// The demonym that ends at a word and tells of the site before it where it lies or whose it is.
fn demonym_of_site<'s>(scan: &Scan<'s>, word: usize) -> Option<Hit<'s>> {
    let demonym = scan.ending(word, Role::Demonym).filter(|h| !h.entry.capital)?;
    let site = scan.before(demonym.from).and_then(|w| scan.ending(w, Role::Site));
    site.map(|_| demonym)
}

/// Whether a word is the demonym of a town that tells where the site before it lies.
fn describes_site(scan: &Scan<'_>, word: usize) -> bool {
    let town = |h: Hit<'_>| {
        scan.gazetteer.select(&h.entry.value).is_some_and(|id| scan.gazetteer.place(id).kind.is_town())
    };
    demonym_of_site(scan, word).is_some_and(town)
}

/// Whether a spot can only mean towns.
fn of_towns(scan: &Scan<'_>, spot: &Spot) -> bool {
    spot.postings.iter().all(|p| scan.gazetteer.place(p.place).kind.is_town())
}

/// Gives a site back to the name behind the demonym that had taken it: *l'hôpital parisien Saint-Antoine*.
pub(super) fn yield_sites(spots: &mut [Spot]) {
    for number in 1..spots.len() {
        let (before, after) = spots.split_at_mut(number);
        let (demonym, name) = (&mut before[number - 1], &after[0]);
        if name.whole.0 <= demonym.whole.0 && demonym.site.is_some() {
            demonym.whole = (demonym.from, demonym.to);
            demonym.site = None;
            demonym.kind = PlaceMentionKind::Demonym;
            demonym.use_ = PlaceUse::Attribute;
            demonym.rule = "place.demonym";
        }
    }
}

/// An adjective between a type word and the preposition of its name.
fn is_adjective(scan: &Scan<'_>, word: usize) -> bool {
    // *l'usine bretonne de Quimper*.
    if demonym_of_site(scan, word).is_some() {
        return true;
    }
    let adjective = matches!(scan.upos(word), Upos::Adj | Upos::X) && scan.hits_at(word).is_empty();
    let type_word =
        scan.before(word).and_then(|w| scan.ending(w, Role::Cue).or_else(|| scan.ending(w, Role::Site)));
    adjective && !scan.words.list[word].capital && type_word.is_some()
}

/// What stands before the first of a list goes for the others: *dans les régions d'Atyrau, de Karaganda et du Nord*.
pub(super) fn follow_list(scan: &Scan<'_>, spot: &mut Spot, before: Option<&Spot>) {
    let Some(before) = before.filter(|b| b.use_ == PlaceUse::Location && b.site.is_none()) else { return };
    if !is_listed(scan, before, spot) || !before.located {
        return;
    }
    spot.located = true;
    if spot.levels.is_empty() && spot.preferred.is_none() {
        if before.spreads || before.levels == [Level::Town] {
            spot.levels.clone_from(&before.levels);
            spot.spreads = before.spreads;
        }
        // *En Syrie, Tartous et Lattaquié*: only *à* goes for all.
        spot.preferred = before.preferred.filter(|l| *l == Level::Town);
    }
}

/// What stands behind the last of a list goes for the others: *the Kosice and Presov regions*.
pub(super) fn lead_list(scan: &Scan<'_>, spots: &mut [Spot]) {
    for number in (1..spots.len()).rev() {
        let (before, after) = spots.split_at_mut(number);
        let (first, last) = (&mut before[number - 1], &after[0]);
        if last.spreads_back
            && first.levels.is_empty()
            && first.site.is_none()
            && is_listed(scan, first, last)
        {
            first.levels.clone_from(&last.levels);
            first.located = true;
            first.spreads_back = true;
        }
    }
}

/// Two names of one list: *Atyrau, Ouralsk et Aktobe*, *d'Atyrau, de Karaganda et du Nord*.
pub(super) fn is_listed(scan: &Scan<'_>, before: &Spot, spot: &Spot) -> bool {
    let words = &scan.words.list;
    let mut at = spot.whole.0;
    let previous =
        |at: usize| at.checked_sub(1).filter(|&w| w > before.whole.1 && words[at].gap <= Gap::Space);
    // *de l'Aisne et de la Somme*.
    let article = previous(at).filter(|&w| scan.ending(w, Role::Article).is_some());
    let genitive = match article.filter(|&w| scan.ending(w, Role::Genitive).is_none()) {
        Some(article) => previous(article),
        None => previous(at),
    };
    if let Some(hit) = genitive.and_then(|w| scan.ending(w, Role::Genitive)) {
        at = hit.from;
    }
    match at.checked_sub(before.whole.1) {
        Some(1) => words[at].gap == Gap::Comma,
        Some(2) => words[at].gap == Gap::Space && scan.starting(at - 1, Role::Conjunction).is_some(),
        _ => false,
    }
}
