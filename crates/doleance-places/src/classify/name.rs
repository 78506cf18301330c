//! Whether a spot is a place's name at all, or a word that is spelled like one: *Nice*, *Reading*, *of*.

use doleance_text::ud::Upos;

use super::container::{division, followed_by_container, preceded_by_genitive};
use super::person::is_person;
use super::usage::is_office;
use crate::gazetteer::{NameSource, PlaceKind, Posting};
use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::pack::{Hit, Role};
use crate::scan::Scan;
use crate::spot::Spot;
use crate::words::Gap;

/// Whether a spot is a place's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Place,
    /// Nothing around it tells: the places told of elsewhere may.
    Doubtful,
    No,
}

impl Verdict {
    fn place_if(sure: bool) -> Self {
        if sure { Verdict::Place } else { Verdict::Doubtful }
    }
}

/// Whether a spot is a place's name at all.
pub(super) fn judge(scan: &Scan<'_>, spot: &mut Spot, done: &[Spot], shouted: bool) -> Verdict {
    let by_name = spot.kind == PlaceMentionKind::Name || spot.rule == "place.site";
    if !by_name || spot.abbreviation || spot.given {
        return Verdict::Place;
    }
    if spot.rule == "place.unknown" || spot.postings.is_empty() {
        return if is_person(scan, spot, false) { Verdict::No } else { Verdict::Place };
    }
    let first = &scan.words.list[spot.from];
    let single = spot.from == spot.to;
    let from_table = scan.starting(spot.from, Role::Name).is_some_and(|h| h.to == spot.to);
    let country = scan.names_country(spot);
    let acronym = single && first.all_capitals && first.span.len() <= 4 && !from_table;
    if single && is_function_word(scan, spot) {
        // *les dockers du Port*: the article in the contraction and the capital are the town's.
        let named = spot.prefixed
            && !first.starts
            && matches!(scan.upos(spot.from), Upos::Noun | Upos::Propn | Upos::X);
        if !named || shouted {
            return Verdict::No;
        }
    }
    if acronym && !shouted {
        return Verdict::No;
    }
    let weight = scan.weight(spot);
    let compound = scan.after(spot.to).is_some_and(|w| {
        let next = &scan.words.list[w];
        next.gap == Gap::Hyphen && next.capital && scan.hits_at(w).is_empty()
    });
    // *the Vaal*: English towns take no article; *the Oakland police* do, for the police.
    let article = scan.before(spot.from).and_then(|w| scan.ending(w, Role::Article));
    let alone = article.is_some_and(|h| h.entry.value.starts_with("no-town"))
        && spot.whole == (spot.from, spot.to)
        && !scan.after(spot.to).is_some_and(|w| !scan.words.list[w].capital && !is_break(scan, w));
    let alone = alone && !followed_by_container(scan, spot);
    // Nor do the states of a country where the language is at home: *the Ohio* is the river.
    let bare = |p: &Posting| {
        let place = scan.gazetteer.place(p.place);
        place.kind.is_town() || place.kind == PlaceKind::Admin1 && scan.pack.home(place.country) > 0.0
    };
    if alone && !from_table && spot.postings.iter().all(bare) {
        return Verdict::No;
    }
    if compound && weight < 100_000 {
        return Verdict::No;
    }
    if spot.weakly && weight < 5_000 {
        return if is_person(scan, spot, false) { Verdict::No } else { Verdict::Doubtful };
    }
    let hyphenated = (spot.from + 1..=spot.to)
        .any(|w| scan.words.list[w].gap == Gap::Hyphen && scan.words.list[w].capital);
    let common =
        !country && !hyphenated && (spot.from..=spot.to).all(|w| scan.pack.is_common(scan.words.folded(w)));
    if shouted {
        let sure = !common && weight >= 50_000 || from_table;
        return if sure { Verdict::Place } else { Verdict::No };
    }
    let least = match opening(scan, spot) {
        Some(Opening::Dated) => Some(LEAST_OPENING),
        Some(Opening::Headed) => Some(if common { GREAT } else { LEAST_OPENING }),
        None => None,
    };
    if least.is_some_and(|least| weight >= least) && !is_person(scan, spot, false) {
        spot.located = true;
        return Verdict::Place;
    }
    let proper = scan.upos(spot.from) == Upos::Propn;
    let repeated = || done.iter().any(|d| d.key == spot.key && d.located && d.use_ == PlaceUse::Location);
    if common && spot.prefixed && weight < 15_000 {
        return Verdict::Doubtful;
    }
    if common && !from_table {
        // *Mobile internet was cut*, *Reading lists were burnt*: the capital is the sentence's.
        let describes = first.starts && scan.after(spot.to).is_some_and(|w| describes(scan, w));
        let sure = if first.starts {
            proper && weight >= 100_000 && !describes
        } else {
            let genitive = preceded_by_genitive(scan, spot) && weight >= 20_000;
            // *Le Tampon* within a sentence: the capital of its article is the name's.
            let entitled = !single && scan.starting(spot.from, Role::Article).is_some();
            spot.located && !spot.weakly || genitive || entitled || (proper || !single) && weight >= 100_000
        };
        let enclosed = first.gap == Gap::Open && done.last().is_some_and(|d| d.to + 1 == spot.from);
        let sure = sure || followed_by_container(scan, spot) || enclosed && division(scan, spot).is_some();
        // *Alameda County Superior Courthouse*, *Grande Place*: an adjective, not the town of that name.
        if spot.site.is_some() && weight < 100_000 {
            let linked = preceded_by_genitive(scan, spot) && !first.starts;
            return if linked { Verdict::Doubtful } else { Verdict::No };
        }
        if !sure && !repeated() {
            return if first.starts && !describes || is_person(scan, spot, false) {
                Verdict::No
            } else {
                Verdict::Doubtful
            };
        }
    }
    let given = scan.starting(spot.from, Role::Given).is_some_and(|h| h.to <= spot.to);
    if is_person(scan, spot, given) {
        spot.use_ = PlaceUse::PersonName;
        return Verdict::Place;
    }
    if from_table || spot.located || followed_by_container(scan, spot) || repeated() {
        let bare = spot.levels.is_empty() && spot.preferred.is_none();
        let named = from_table || followed_by_container(scan, spot);
        return Verdict::place_if(named || !(given && single && weight < 100_000 && bare));
    }
    // *le Gers*, *la Somme*: divisions that take an article, and *Jordan's king*.
    let divides = |p: &Posting| {
        let kind = scan.gazetteer.place(p.place).kind;
        p.source != NameSource::Alternate && matches!(kind, PlaceKind::Admin1 | PlaceKind::Admin2)
    };
    let articled =
        article.is_some_and(|h| !h.entry.value.starts_with("no-town")) && spot.postings.iter().any(divides);
    if articled && !given || country && is_office(scan, spot) {
        return Verdict::Place;
    }
    // *Mary*, *Sydney*, *Victoria*: a given name unless something tells a place.
    if single && given && (!country || first.starts) {
        let enough = if preceded_by_genitive(scan, spot) { 100_000 } else { 400_000 };
        return Verdict::place_if(weight >= enough && !first.starts);
    }
    // A name without any sign around it must be large: surnames are towns somewhere.
    let enough = if first.starts {
        100_000
    } else if preceded_by_genitive(scan, spot) {
        5_000
    } else {
        15_000
    };
    // *Latah County*: its own last word tells.
    let typed = !single && scan.ending(spot.to, Role::Cue).is_some_and(|h| h.from > spot.from);
    Verdict::place_if(weight >= enough || typed || !single && weight >= 1_000 || spot.to - spot.from >= 3)
}

/// How a name stands at the head of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// Before a day: *Rabat, le 5 décembre 2023*.
    Dated,
    /// Before a colon, or alone at the head of the report: *Nouzonville : la nuit fut longue*, *Réquista. Une réunion …*
    Headed,
}

/// Weight of the smallest place that heads a line.
const LEAST_OPENING: u32 = 500;

/// Weight of a division, which is meant even where its name is a common word too: *Catalogne : …*
const GREAT: u32 = 1_000_000;

fn opening(scan: &Scan<'_>, spot: &Spot) -> Option<Opening> {
    let text = scan.document.text();
    let before =
        text[..scan.words.list[spot.whole.0].span.start as usize].trim_end_matches([' ', '"', '«', '\u{a0}']);
    if !(before.is_empty() || before.ends_with('\n')) {
        return None;
    }
    let rest = text[scan.words.list[spot.whole.1].span.end as usize..].lines().next().unwrap_or("");
    if rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).starts_with(':')
        || before.is_empty() && rest.starts_with(". ")
    {
        return Some(Opening::Headed);
    }
    let day: Vec<char> = rest.strip_prefix(", ")?.chars().take(DAY_REACH).collect();
    day.iter().any(char::is_ascii_digit).then_some(Opening::Dated)
}

/// Within how many characters after the name its day has a figure.
const DAY_REACH: usize = 16;

/// Whether the word after a name is a noun in lower case that the name then only describes.
fn describes(scan: &Scan<'_>, word: usize) -> bool {
    let next = &scan.words.list[word];
    next.gap <= Gap::Space && !next.capital && scan.upos(word) == Upos::Noun
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
        Upos::Verb => !spot.located && opening(scan, spot).is_none(),
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

/// A headline in capitals tells nothing by its capitals.
pub(super) fn is_shouted(sentence: &str) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for c in sentence.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper > 12 && upper > 3 * lower
}

pub(crate) fn is_part(scan: &Scan<'_>, spot: &Spot) -> bool {
    scan.starting(spot.from, Role::Part).is_some()
}
