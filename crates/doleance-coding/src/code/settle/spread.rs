//! Actions and places that are in no one town: *rallies in dozens of cities*, *walked out across Ontario*.

use doleance_records::PlaceLevel;
use doleance_text::TokenId;
use doleance_text::ud::Upos;

use super::{Chosen, PlaceOption, Source, Stage};
use crate::code::draft::Draft;

/// The open number of towns that an action, or who takes part in it, is said to be in: *in several towns*, *doctors in
/// ten cities*.
pub(super) fn many_towns(stage: &Stage, draft: &Draft) -> Option<TokenId> {
    let doc = stage.syntax.document;
    let parts = [Some(draft.head), draft.arguments.predicate];
    let taking_part = draft.arguments.subject.iter().chain(&draft.arguments.object).copied();
    let mut bearers = parts.into_iter().flatten().chain(taking_part);
    bearers.find_map(|bearer| doc.children(bearer).iter().find_map(|&c| towns_of(stage, c)))
}

/// Whether a place may be meant where an action is in an open number of towns: a region or country around them, or those
/// that alone are named for them (*several towns: York and Hull*).
pub(super) fn holds_many_towns(stage: &Stage, place: &PlaceOption, towns: TokenId) -> bool {
    let named = place.head == towns || stage.syntax.document.dominates(towns, place.head);
    named && !is_included(stage, place, towns)
        || matches!(place.level, PlaceLevel::Country | PlaceLevel::Admin1 | PlaceLevel::Admin2)
}

/// The towns that are named as some of an open number of them (*in dozens of towns, including York and Hull*): the whole
/// and these are told alike.
pub(super) fn included_towns(stage: &Stage, draft: &Draft) -> Vec<Chosen> {
    let Some(towns) = many_towns(stage, draft) else { return Vec::new() };
    let of_sentence = |p: &PlaceOption| p.sentence == draft.sentence && p.location && !p.implied;
    let first = stage.places.iter().find(|p| of_sentence(p) && is_included(stage, p, towns));
    let Some(first) = first else { return Vec::new() };
    let listed = |p: &PlaceOption| of_sentence(p) && p.list == first.list;
    let all = stage.places.iter().enumerate().filter(|(_, p)| listed(p));
    all.map(|(option, _)| Chosen { option, source: Source::Sentence }).collect()
}

/// Whether a town stands after a word of inclusion behind the towns of which it is one.
fn is_included(stage: &Stage, place: &PlaceOption, towns: TokenId) -> bool {
    let syntax = stage.syntax;
    let doc = syntax.document;
    let is_local = matches!(place.level, PlaceLevel::City | PlaceLevel::District | PlaceLevel::Site);
    let Some(start) = doc.tokens_in(place.span).next().filter(|&start| is_local && towns.0 < start) else {
        return false;
    };
    let mut before = (towns.0 + 1..start).rev().map(TokenId).take(INCLUSION_REACH);
    before.any(|t| syntax.grammar.inclusion_markers.holds(doc, syntax.words, t))
}

/// How many words before a town its word of inclusion may stand: *dont la capitale, York*.
const INCLUSION_REACH: usize = 4;

/// Whether an action is said to go on all over the country or region that was chosen for it.
pub(super) fn is_all_over(stage: &Stage, draft: &Draft, chosen: Chosen) -> bool {
    let place = &stage.places[chosen.option];
    let wide = matches!(place.level, PlaceLevel::Country | PlaceLevel::Admin1 | PlaceLevel::Admin2);
    let said = chosen.source == Source::Sentence && is_spread(stage, place);
    wide && (said || many_towns(stage, draft).is_some())
}

/// Whether an action goes on all over a place rather than at a point of it.
pub(super) fn is_spread(stage: &Stage, place: &PlaceOption) -> bool {
    let syntax = stage.syntax;
    let markers = &syntax.grammar.spread_markers;
    // "un peu partout en France": trees take the marker for an adverb.
    let mut adverbs = syntax.document.children_by(place.head, "advmod");
    syntax.has_case(place.head, markers) || adverbs.any(|c| markers.holds(syntax.document, syntax.words, c))
}

/// The towns of a circumstance that is an open number of them: *in several towns*, *dans une trentaine de villes*.
fn towns_of(stage: &Stage, circumstance: TokenId) -> Option<TokenId> {
    let syntax = stage.syntax;
    let (doc, grammar) = (syntax.document, syntax.grammar);
    let is_towns = |&t: &TokenId| {
        grammar.settlement_nouns.holds(doc, syntax.words, t) && doc.has_feature(t, "Number", "Plur")
    };
    let hangs = matches!(doc.universal_relation(circumstance), "obl" | "nmod");
    let elsewhere = [&grammar.complement_markers, &grammar.agent_markers, &grammar.origin_markers];
    let says_where = doc.children_by(circumstance, "case").next().is_some()
        && !elsewhere.iter().any(|set| syntax.has_case(circumstance, set));
    if !hangs || !says_where {
        return None;
    }
    if is_towns(&circumstance) {
        let many = syntax.has_child_of(circumstance, &grammar.many_words);
        let counted = doc.children_by(circumstance, "nummod").next().is_some();
        let known = syntax.has_child_of(circumstance, &grammar.anaphoric_determiners);
        return (many || counted && !known).then_some(circumstance);
    }
    // "dozens of cities", "la plupart des villes"; not "with the elders of the villages".
    let counts = grammar.counting_nouns.holds(doc, syntax.words, circumstance)
        || matches!(doc.upos(circumstance), Upos::Num | Upos::Adj | Upos::Adv | Upos::Pron);
    if !counts {
        return None;
    }
    let mut counted = doc.children_by(circumstance, "nmod");
    counted.find(|t| is_towns(t) && syntax.has_case(*t, &grammar.complement_markers))
}
