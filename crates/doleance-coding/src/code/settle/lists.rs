//! Lists of places and days: *à Atyrau, Ouralsk et Aktobe*, *on 3, 4 and 5 May*.

use doleance_text::ud::Upos;
use doleance_text::{Document, SentenceId, Span, TokenId};

use super::places::contains;
use super::{Chosen, PlaceOption, Setting, Source, Stage};
use crate::code::arguments::Syntax;
use crate::code::draft::Draft;
use crate::code::identity::is_site_in;

/// A list of places belongs to one action of its sentence: the one that it suits best. Another action of the sentence
/// keeps only the one place that it chose.
pub(super) fn give_lists_to_one_action(
    stage: &Stage,
    drafts: &[Draft],
    settings: &mut [Setting],
    scores: &[f32],
) {
    let list_of = |setting: &Setting| {
        let chosen = setting.places.first().filter(|_| setting.places.len() > 2)?;
        Some(stage.places[chosen.option].list)
    };
    for number in 0..drafts.len() {
        let Some(list) = list_of(&settings[number]) else { continue };
        let outdone = (0..drafts.len()).any(|other| {
            other != number
                && list_of(&settings[other]) == Some(list)
                && (scores[other], std::cmp::Reverse(other)) > (scores[number], std::cmp::Reverse(number))
        });
        if outdone {
            let nearest = settings[number]
                .places
                .iter()
                .min_by_key(|c| stage.places[c.option].head.0.abs_diff(drafts[number].head.0))
                .copied();
            settings[number].places = nearest.into_iter().collect();
        }
    }
}

/// The chosen place and, where it stands in a list in the sentence, the others of the list.
pub(super) fn list_of_places(stage: &Stage, chosen: Option<Chosen>) -> Vec<Chosen> {
    let Some(chosen) = chosen else { return Vec::new() };
    if chosen.source != Source::Sentence {
        return vec![chosen];
    }
    let list = stage.places[chosen.option].list;
    let mut all: Vec<Chosen> = Vec::new();
    for (option, place) in stage.places.iter().enumerate() {
        let repeated = all.iter().any(|c| stage.places[c.option].id == place.id);
        if place.list == list && place.location && !repeated {
            all.push(Chosen { option, source: chosen.source });
        }
    }
    // "à Rennes, place de la République": a place and what holds it are one place, the narrower.
    let holds_another = |wide: &Chosen| {
        let wide = &stage.places[wide.option];
        all.iter().any(|c| holds(wide, &stage.places[c.option]))
    };
    let narrow: Vec<Chosen> = all.iter().filter(|c| !holds_another(c)).copied().collect();
    if narrow.is_empty() { vec![chosen] } else { narrow }
}

/// Whether one place lies in the other: a town in a country or region, a square in a town.
fn holds(wide: &PlaceOption, narrow: &PlaceOption) -> bool {
    let is_wider = wide.level < narrow.level;
    is_wider && (contains(wide, narrow) || is_site_in(narrow, wide))
}

pub(super) fn list_of_times(stage: &Stage, chosen: Option<Chosen>) -> Vec<Chosen> {
    let Some(chosen) = chosen else { return Vec::new() };
    if chosen.source != Source::Sentence || !stage.times[chosen.option].is_day {
        return vec![chosen];
    }
    let list = stage.times[chosen.option].list;
    let all: Vec<Chosen> = stage
        .times
        .iter()
        .enumerate()
        .filter(|(_, t)| t.list == list && t.is_day && t.mention.is_some())
        .map(|(option, _)| Chosen { option, source: chosen.source })
        .collect();
    if all.is_empty() { vec![chosen] } else { all }
}

/// Numbers the lists: mentions of one sentence that only function words and commas part share a number, unless the later
/// one only says where the earlier one is. A list of `places` goes on after a clause that describes one of them.
pub fn number_lists(syntax: Syntax, spans: &[(Span, SentenceId)], places: bool) -> Vec<usize> {
    let doc = syntax.document;
    let is_place_noun = |token: TokenId| syntax.grammar.place_nouns.holds(doc, syntax.words, token);
    let mut lists = Vec::with_capacity(spans.len());
    for (number, (span, sentence)) in spans.iter().enumerate() {
        let joined = number > 0 && spans[number - 1].1 == *sentence && {
            let between = doc.tokens_in(Span::new(spans[number - 1].0.end, span.start));
            let earlier = doc.head_of_span(spans[number - 1].0).filter(|_| places);
            let of_site = earlier.is_some_and(|earlier| is_of_next_site(doc, earlier, *span));
            let mut separated = false;
            let mut only_function_words = true;
            for token in between.map(TokenId) {
                // "à Nantes, où 1.000 personnes ont défilé, à Rennes et à Paris"
                if earlier.is_some_and(|earlier| describes(doc, earlier, token)) {
                    continue;
                }
                match doc.upos(token) {
                    Upos::Punct => separated |= matches!(doc.form(token), "," | ";" | "/" | "-" | "–"),
                    Upos::Cconj => separated = true,
                    Upos::Adp | Upos::Det => {}
                    _ if of_site => {}
                    // "in Atyrau and in the southern towns of the Almaty region": these only say what the names are.
                    _ if is_place_noun(token) => {}
                    Upos::Adj if doc.head(token).is_some_and(is_place_noun) => {}
                    _ => only_function_words = false,
                }
            }
            separated
                && only_function_words
                && !(places && is_apposed_place(syntax, spans[number - 1].0, *span))
        };
        let last = lists.last().copied();
        lists.push(match last {
            Some(list) if joined => list,
            Some(list) => list + 1,
            None => 0,
        });
    }
    lists
}

/// Whether a word belongs to a clause that describes a noun.
fn describes(doc: &Document, noun: TokenId, word: TokenId) -> bool {
    doc.children_by(noun, "acl").any(|clause| clause == word || doc.dominates(clause, word))
}

/// *at the University of Hull and at Keele College in Stoke*: the later place only says where the next of two sites is.
fn is_of_next_site(doc: &Document, earlier: TokenId, later: Span) -> bool {
    let site = doc.head_of_span(later).and_then(|place| doc.head(place));
    site.is_some_and(|site| doc.head(site) == Some(earlier) && doc.universal_relation(site) == "conj")
}

/// Whether the later of two neighbouring names of places only says where the earlier one is: *à Bignona, en Casamance*;
/// *at Tyendinaga, near Belleville*; *Omdourman, ville voisine de Khartoum*.
fn is_apposed_place(syntax: Syntax, earlier: Span, later: Span) -> bool {
    let doc = syntax.document;
    let mut described = false;
    for token in doc.tokens_in(Span::new(earlier.end, later.start)).map(TokenId) {
        if doc.upos(token) == Upos::Cconj {
            return false;
        }
        described |= syntax.grammar.place_nouns.holds(doc, syntax.words, token)
            && doc.feature(token, "Number") == Some("Sing");
    }
    let preposition = |span: Span| {
        let first = doc.tokens_in(span).next()?;
        let before = (first.saturating_sub(PREPOSITION_REACH)..first).rev().map(TokenId);
        let mut before = before.skip_while(|&t| matches!(doc.upos(t), Upos::Det | Upos::Adj));
        before.next().filter(|&t| doc.upos(t) == Upos::Adp).map(|t| doc.lemma(t))
    };
    let differ = preposition(earlier).zip(preposition(later)).is_some_and(|(x, y)| x != y);
    described || differ
}

/// How many words before a name its preposition is looked for.
const PREPOSITION_REACH: u32 = 3;
