//! Who says so: the subject of a verb of saying that governs the action, or the complement of *according to*.

use doleance_text::{Span, TokenId};

use crate::code::arguments::is_verb;
use crate::code::draft::Draft;
use crate::coded::Workings;

/// The words that name the source of a statement, where the text attributes it.
pub fn source_of(workings: &Workings, draft: &Draft) -> Option<Span> {
    let syntax = workings.annotation.syntax(workings.pack);
    let doc = syntax.document;
    let grammar = syntax.grammar;
    let phrase = |t: TokenId| {
        let actors = &workings.annotation.actors;
        actors.mention_at(t).map(|m| m.span).or_else(|| doc.upos(t).is_nominal().then(|| doc.subtree_span(t)))
    };
    let top = draft.arguments.predicate.unwrap_or(draft.head);
    for at in std::iter::once(top).chain(doc.ancestors(top)) {
        for &child in doc.children(at) {
            let marked = matches!(doc.universal_relation(child), "obl" | "nmod" | "advmod" | "parataxis");
            if marked && syntax.is_source(child) && !doc.dominates(child, top) {
                return phrase(child);
            }
            let says = is_verb(doc, child)
                && doc.universal_relation(child) == "parataxis"
                && grammar.reporting_verbs.holds(doc, syntax.words, child);
            if says && let Some(subject) = syntax.arguments(child).subject.first() {
                return phrase(*subject);
            }
        }
        let says =
            at != draft.head && is_verb(doc, at) && grammar.reporting_verbs.holds(doc, syntax.words, at);
        if says && let Some(subject) = syntax.arguments(at).subject.first() {
            return phrase(*subject);
        }
    }
    None
}
