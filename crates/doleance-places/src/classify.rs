//! What a spot does in the text: a location, a container, a government, part of a person's or organisation's name.
//!
//! Only the words around decide, with parts of speech and heads where a parser has been; which place a name means is
//! decided afterwards.

use doleance_text::ud::Upos;

use crate::gazetteer::{NameSource, PlaceId, PlaceKind, kilometres};
use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::pack::{Hit, Role};
use crate::scan::{Level, Scan, Site, Spot};
use crate::words::Gap;

/// Decides the use of every spot and drops those that are no names of places.
pub(crate) fn classify(scan: &mut Scan<'_>) {
    let mut spots = std::mem::take(&mut scan.spots);
    let text = scan.document.text();
    let shouted: Vec<bool> = scan.document.sentences().iter().map(|s| is_shouted(s.span.of(text))).collect();
    let mut kept: Vec<Spot> = Vec::with_capacity(spots.len());
    for mut spot in spots.drain(..) {
        attach(scan, &mut spot, kept.last());
        follow_list(scan, &mut spot, kept.last());
        let sentence = scan.words.list[spot.from].sentence.index();
        if is_dateline(scan, &spot) {
            spot.use_ = PlaceUse::Dateline;
            spot.rule = "place.dateline";
            kept.push(spot);
        } else if is_place(scan, &mut spot, &kept, shouted.get(sentence).copied().unwrap_or(false)) {
            kept.push(spot);
        }
    }
    for spot in &mut kept {
        use_of(scan, spot);
    }
    spread_persons(scan, &mut kept);
    contain(scan, &mut kept);
    kept.retain(|s| !s.abbreviation || s.use_ == PlaceUse::Container);
    // *du Nord et du Sud* are no divisions unless something lies in them.
    kept.retain(|s| {
        s.use_ == PlaceUse::Container || s.from < s.to || s.located && !s.prefixed || !is_part(scan, s)
    });
    // Numbers of containers have moved with the abbreviations that went.
    for spot in &mut kept {
        spot.container = None;
    }
    contain(scan, &mut kept);
    scan.spots = kept;
}

pub(crate) fn is_part(scan: &Scan<'_>, spot: &Spot) -> bool {
    scan.starting(spot.from, Role::Part).is_some()
}

/// The second name of a person seen in full stands for the person where nothing tells a place.
fn spread_persons(scan: &Scan<'_>, spots: &mut [Spot]) {
    let is_name_part = |s: &&Spot| s.use_ == PlaceUse::PersonName || s.rule == "place.organisation";
    let persons: Vec<Vec<u8>> = spots.iter().filter(is_name_part).map(|s| s.key.clone()).collect();
    for spot in spots {
        let bare = spot.use_ == PlaceUse::Location && !spot.located && spot.kind == PlaceMentionKind::Name;
        if bare && spot.rule == "place.name" && persons.contains(&spot.key) && scan.weight(spot) < 1_000_000 {
            spot.use_ = PlaceUse::PersonName;
        }
    }
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

/// Two names of one list: *Atyrau, Ouralsk et Aktobe*, *d'Atyrau, de Karaganda et du Nord*.
fn is_listed(scan: &Scan<'_>, before: &Spot, spot: &Spot) -> bool {
    let words = &scan.words.list;
    let mut at = spot.whole.0;
    let genitive = at.checked_sub(1).filter(|&w| w > before.whole.1 && words[at].gap <= Gap::Space);
    if let Some(hit) = genitive.and_then(|w| scan.ending(w, Role::Genitive)) {
        at = hit.from;
    }
    match at.checked_sub(before.whole.1) {
        Some(1) => words[at].gap == Gap::Comma,
        Some(2) => words[at].gap == Gap::Space && scan.starting(at - 1, Role::Conjunction).is_some(),
        _ => false,
    }
}

/// What stands before the first of a list goes for the others: *dans les régions d'Atyrau, de Karaganda et du Nord*.
fn follow_list(scan: &Scan<'_>, spot: &mut Spot, before: Option<&Spot>) {
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

/// Reads the type words, prepositions and articles before a spot, and the type word after it.
fn attach(scan: &Scan<'_>, spot: &mut Spot, before: Option<&Spot>) {
    let barrier = before.map_or(0, |b| b.to + 1);
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
        attach_after(scan, spot);
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
    if let Some(w) = previous(start).filter(|&w| scan.ending(w, Role::Article).is_some() && !words[w].capital)
    {
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
        Role::Cue => !attached || spot.rule == "place.near",
        Role::Site => !attached,
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
            // *l'usine de Blanquefort* is at Blanquefort, *l'usine Ford* is not at Ford.
            let linked = start != spot.from || scan.ending(hit.to, Role::Linker).is_some();
            let named = hit.entry.value.starts_with("building") && linked && !spot.postings.is_empty();
            spot.site = Some(if named { Site::OfTown } else { Site::Elsewhere });
            spot.kind = PlaceMentionKind::Site;
            spot.rule = "place.site";
        }
        Role::Near => {
            spot.set_rule("place.near");
            let number = |w: usize| scan.words.folded(w).iter().all(u8::is_ascii_digit);
            if &*hit.entry.value == "unit"
                && let Some(w) = scan.before(hit.from).filter(|&w| number(w))
            {
                spot.whole.0 = w;
                spot.far = scan.words.folded(w).len() >= 3;
            }
        }
        _ => {}
    }
}

fn attach_after(scan: &Scan<'_>, spot: &mut Spot) {
    let Some(word) = scan.after(spot.to) else { return };
    if let Some(hit) = scan.starting(word, Role::Cue).filter(|h| may_follow(scan, h)) {
        let value = hit.entry.value.trim_start_matches("many:");
        spot.levels.extend(value.split(',').filter_map(Level::parse));
        spot.whole.1 = hit.to;
        spot.located = true;
        spot.set_rule("place.cue");
    } else if let Some(hit) = scan.starting(word, Role::Site).filter(|h| h.entry.value.ends_with("after")) {
        let street = hit.entry.value.starts_with("street");
        // *a New Jersey highway*, *a London street*: the name is no street's.
        if street && !hit.entry.capital && scan.weight(spot) >= 500_000 {
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

/// A type word after the name: *Atyrau region*, but not *Paris, ville lumière* or *Lyon department store*.
fn may_follow(scan: &Scan<'_>, hit: &Hit<'_>) -> bool {
    let next = scan.after(hit.to);
    let noun = next.is_some_and(|w| scan.upos(w) == Upos::Noun && scan.hits_at(w).is_empty());
    let linked = next.is_some_and(|w| scan.starting(w, Role::Linker).is_some());
    !noun && !linked
}

/// An adjective between a type word and the preposition of its name.
fn is_adjective(scan: &Scan<'_>, word: usize) -> bool {
    let adjective = matches!(scan.upos(word), Upos::Adj | Upos::X) && scan.hits_at(word).is_empty();
    let type_word =
        scan.before(word).and_then(|w| scan.ending(w, Role::Cue).or_else(|| scan.ending(w, Role::Site)));
    adjective && !scan.words.list[word].capital && type_word.is_some()
}

/// Whether a spot is a place's name at all.
fn is_place(scan: &Scan<'_>, spot: &mut Spot, done: &[Spot], shouted: bool) -> bool {
    let by_name = spot.kind == PlaceMentionKind::Name || spot.rule == "place.site";
    if !by_name || spot.abbreviation {
        return true;
    }
    if spot.rule == "place.unknown" || spot.postings.is_empty() {
        return !is_person(scan, spot, false);
    }
    let first = &scan.words.list[spot.from];
    let single = spot.from == spot.to;
    let from_table = scan.starting(spot.from, Role::Name).is_some_and(|h| h.to == spot.to);
    let country = is_country(scan, spot);
    let acronym = single && first.all_capitals && first.span.len() <= 4 && !from_table;
    if single && is_function_word(scan, spot) || acronym && !shouted {
        return false;
    }
    let weight = scan.weight(spot);
    let compound = scan.after(spot.to).is_some_and(|w| {
        let next = &scan.words.list[w];
        next.gap == Gap::Hyphen && next.capital && scan.hits_at(w).is_empty()
    });
    // *the Vaal*: English towns take no article; *the Oakland police* do, for the police.
    let article = scan.before(spot.from).and_then(|w| scan.ending(w, Role::Article));
    let alone = article.is_some_and(|h| &*h.entry.value == "no-town")
        && spot.whole == (spot.from, spot.to)
        && !scan.after(spot.to).is_some_and(|w| !scan.words.list[w].capital && !is_break(scan, w));
    let alone = alone && !followed_by_container(scan, spot);
    if alone && !from_table && spot.postings.iter().all(|p| scan.gazetteer.place(p.place).kind.is_town()) {
        return false;
    }
    if compound && weight < 100_000 || spot.weakly && weight < 5_000 {
        return false;
    }
    let hyphenated = (spot.from + 1..=spot.to)
        .any(|w| scan.words.list[w].gap == Gap::Hyphen && scan.words.list[w].capital);
    let common =
        !country && !hyphenated && (spot.from..=spot.to).all(|w| scan.pack.is_common(scan.words.folded(w)));
    if shouted {
        return !common && weight >= 50_000 || from_table;
    }
    let proper = scan.upos(spot.from) == Upos::Propn;
    let repeated = || done.iter().any(|d| d.key == spot.key && d.located && d.use_ == PlaceUse::Location);
    if common && spot.prefixed && weight < 15_000 {
        return false;
    }
    if common && !from_table {
        let sure = if first.starts {
            proper && weight >= 100_000
        } else {
            let genitive = preceded_by_genitive(scan, spot) && weight >= 20_000;
            spot.located && !spot.weakly || genitive || (proper || !single) && weight >= 100_000
        };
        let enclosed = first.gap == Gap::Open && done.last().is_some_and(|d| d.to + 1 == spot.from);
        let sure = sure || followed_by_container(scan, spot) || enclosed && division(scan, spot).is_some();
        // *Alameda County Superior Courthouse*, *Grande Place*: an adjective, not the town of that name.
        if spot.site.is_some() && weight < 100_000 || !sure && !repeated() {
            return false;
        }
    }
    let given = scan.starting(spot.from, Role::Given).is_some_and(|h| h.to <= spot.to);
    if is_person(scan, spot, given) {
        spot.use_ = PlaceUse::PersonName;
        return true;
    }
    if from_table || spot.located || followed_by_container(scan, spot) || repeated() {
        return !(given && single && weight < 100_000 && spot.levels.is_empty() && spot.preferred.is_none());
    }
    // *Mary*, *Sydney*, *Victoria*: a given name unless something tells a place.
    if single && given && (!country || first.starts) {
        let enough = if preceded_by_genitive(scan, spot) { 1_000_000 } else { 3_000_000 };
        return weight >= enough && !first.starts;
    }
    // A name without any sign around it must be large: surnames are towns somewhere.
    let enough = if first.starts {
        100_000
    } else if preceded_by_genitive(scan, spot) {
        5_000
    } else {
        15_000
    };
    weight >= enough || !single && weight >= 1_000 || spot.to - spot.from >= 3
}

/// *Les*, *En*, *Of* and the like, and verbs at the head of a sentence.
fn is_function_word(scan: &Scan<'_>, spot: &Spot) -> bool {
    let roles = [
        Role::Article,
        Role::Contraction,
        Role::Linker,
        Role::Locative,
        Role::Conjunction,
        Role::Auxiliary,
        Role::Title,
        Role::Cue,
        Role::Site,
        Role::Office,
        Role::Organisation,
    ];
    // *dans le Nord*, *Maubeuge (Nord)*: a capital within the sentence, or after a parenthesis.
    if scan.starting(spot.from, Role::Part).is_some() && scan.words.list[spot.from].starts {
        return true;
    }
    let own = |h: &Hit<'_>| h.from == h.to && roles.contains(&h.entry.role);
    if scan.hits_at(spot.from).iter().any(own) {
        return true;
    }
    match scan.upos(spot.from) {
        Upos::Adp | Upos::Adv | Upos::Aux | Upos::Cconj | Upos::Det | Upos::Intj => true,
        Upos::Num | Upos::Part | Upos::Pron | Upos::Sconj => true,
        Upos::Verb => !spot.located,
        _ => false,
    }
}

/// A word that ends a noun phrase: a preposition, verb, conjunction or the like.
fn is_break(scan: &Scan<'_>, word: usize) -> bool {
    let roles =
        [Role::Locative, Role::Linker, Role::Conjunction, Role::Auxiliary, Role::Statement, Role::Article];
    roles.into_iter().any(|role| scan.starting(word, role).is_some())
        || matches!(
            scan.upos(word),
            Upos::Adp | Upos::Verb | Upos::Aux | Upos::Cconj | Upos::Sconj | Upos::Pron | Upos::Adv
        )
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
        let divides = |f| {
            gazetteer
                .postings(f)
                .any(|p| p.source != NameSource::Alternate && !gazetteer.place(p.place).kind.is_town())
        };
        gazetteer.look_up(folded).is_some_and(divides) || scan.starting(name, Role::Name).is_some()
    }
}

/// Part of a person's name: after a title or given name, after or before a capitalised word that is nothing else.
fn is_person(scan: &Scan<'_>, spot: &Spot, given: bool) -> bool {
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
            let great = is_country(scan, spot) && !given;
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

/// A country is no surname, unless it is a given name too.
fn is_country(scan: &Scan<'_>, spot: &Spot) -> bool {
    let known = spot.postings.iter().filter(|p| p.source != NameSource::Alternate);
    known.map(|p| scan.gazetteer.place(p.place).kind).any(|kind| kind == PlaceKind::Country)
}

/// A capitalised word that is neither a phrase of the pack nor a common word.
fn is_bare_name(scan: &Scan<'_>, word: usize) -> bool {
    !scan.pack.is_common(scan.words.folded(word)) && matches!(scan.upos(word), Upos::Propn | Upos::X)
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
    if !spot.located && is_ruler(scan, spot) && (agent || states(scan, spot)) {
        spot.use_ = PlaceUse::Metonym;
        spot.rule = "place.metonym";
    }
}

fn is_office(scan: &Scan<'_>, spot: &Spot) -> bool {
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

/// The place at a report's head, before a dash, a colon, a day or an agency's name.
///
/// Texts that lost their paragraphs have it after the headline: *… in court OAKLAND, Calif. (AP) — …*
fn is_dateline(scan: &Scan<'_>, spot: &Spot) -> bool {
    let words = &scan.words.list;
    let capitals = words[spot.from..=spot.to].iter().all(|w| w.all_capitals);
    let heads = words[spot.from].starts;
    if spot.from > 60 || spot.kind != PlaceMentionKind::Name || !(capitals || heads && spot.from < 40) {
        return false;
    }
    let rest = scan.document.text().get(words[spot.to].span.end as usize..).unwrap_or("");
    has_dateline_mark(rest, capitals)
}

/// `(Reuters) -`, `, 12 June (AFP)`, `, Calif. --`, ` — `, or a colon after capitals.
fn has_dateline_mark(rest: &str, capitals: bool) -> bool {
    let end = rest.char_indices().nth(56).map_or(rest.len(), |(at, _)| at);
    let head = rest[..end].lines().next().unwrap_or("").trim_start_matches(['.', ' ']);
    let is_dash = |s: &str| {
        let s = s.trim_start();
        s.starts_with("--") || s.starts_with('—') || s.starts_with("– ") || s.starts_with("- ")
    };
    let after_place = match head.strip_prefix(',') {
        // A division's name or short form, then the mark: *, Calif. --*.
        Some(rest) => rest.trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, ' ' | '.')),
        None => head,
    };
    if is_dash(head) || capitals && (head.starts_with(':') || is_dash(after_place)) {
        return true;
    }
    if let Some((inside, after)) = after_place.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        let agency = inside.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        return inside.len() < 24 && (is_dash(after) || agency && capitals);
    }
    let Some(rest) = head.strip_prefix(',') else { return false };
    let Some(stop) = rest.find(['(', '-', '—', '–', ':']) else { return false };
    let dated = stop < 28 && rest[..stop].chars().any(|c| c.is_ascii_digit());
    let (agency, dash) = (rest[stop..].starts_with('('), is_dash(&rest[stop..]));
    dated && (agency && (capitals || rest[stop..].contains(") -") || rest[stop..].contains(") —")) || dash)
}

/// Finds *X, Y* and *X (Y)* where Y is a country or division that contains a candidate of X.
fn contain(scan: &Scan<'_>, spots: &mut [Spot]) {
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
    close && foreign && division.kind != PlaceKind::Country && !goes_on(scan, b)
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
fn division(scan: &Scan<'_>, b: &Spot) -> Option<PlaceId> {
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
