//! What became of what was planned: it went ahead, was given up, or is refused.

use std::ops::Range;

use doleance_records::Status;
use doleance_text::TokenId;

use super::clause::{is_circumstance, is_done, is_infinitive, tense};
use super::{Scope, StatusCue, StatusCues, StatusReading};
use crate::code::arguments::{Syntax, is_verb};
use crate::code::negation::negator;

impl StatusCues {
    /// What the words beside a noun say of it, and what its verb makes of that: *the strike planned for Monday [was called
    /// off]*.
    pub(super) fn modified(
        &self,
        syntax: Syntax,
        head: TokenId,
        trigger: &Range<u32>,
    ) -> Option<StatusReading> {
        let doc = syntax.document;
        let inside = |t: TokenId| trigger.contains(&t.0);
        // "carried placards reading 'the mayor must go'": a clause with a subject of its own tells of something else.
        let is_clause = |t: TokenId| {
            doc.universal_relation(t) == "parataxis" && doc.children_by(t, "nsubj").next().is_some()
        };
        // "Vers une grève": the preposition of a headline that is one noun.
        let alone = doc.head(head).is_none();
        let modifies = |t: TokenId| match doc.universal_relation(t) {
            "amod" | "acl" | "compound" | "advmod" | "parataxis" => true,
            "case" => alone,
            _ => false,
        };
        let modifiers =
            doc.children(head).iter().copied().filter(|&t| !inside(t) && !is_clause(t) && modifies(t));
        let found = modifiers.filter_map(|t| Some((t, self.find(syntax, t, head, Scope::Modifier)?)));
        // "the strike planned for Monday, called off on Friday": what is called off is not planned any more.
        let (word, cue) = found.min_by_key(|(_, cue)| cue.effect != Status::Denied)?;
        let verb = doc.head(head).filter(|&t| is_verb(doc, t) && !inside(t));
        // "the strike planned for Monday was called off".
        let called_off = verb.and_then(|t| Some((t, self.gives_up(syntax, t, head)?))).filter(|&(t, _)| {
            let acted_on = matches!(doc.universal_relation(head), "obj" | "obl");
            syntax.is_passive(t) || acted_on && !is_circumstance(syntax, head, t)
        });
        let opens = verb.filter(|&t| {
            cue.effect == Status::Planned
                && doc.universal_relation(head) == "nsubj"
                && syntax.grammar.opening_verbs.holds(doc, syntax.words, t)
        });
        if let Some(verb) = opens {
            // "the strike planned for Monday will not take place".
            if let Some(word) = negator(syntax, verb) {
                return Some(StatusReading::new(Status::Denied, "status.negation", word));
            }
            // "the strike announced in March was launched on Monday".
            if called_off.is_none() && is_done(doc, verb) && !self.is_to_come(syntax, verb, head) {
                return Some(StatusReading::new(Status::Happened, "status.asserted", verb));
            }
        }
        let (word, cue) = called_off.unwrap_or((word, cue));
        Some(StatusReading::new(cue.effect, &cue.id, word))
    }

    /// Whether the tense of a verb, or an auxiliary that a language lists, leaves its action open: *will go*, *is to be held*.
    fn is_to_come(&self, syntax: Syntax, verb: TokenId, action: TokenId) -> bool {
        let auxiliaries = syntax.document.children_by(verb, "aux");
        let mut forms = auxiliaries.chain(std::iter::once(verb));
        tense(syntax, verb).is_some()
            || forms.any(|word| self.find(syntax, word, action, Scope::Auxiliary).is_some())
    }

    /// The cue by which a verb gives up what is planned: *called off, dropped*.
    pub(super) fn gives_up(&self, syntax: Syntax, verb: TokenId, action: TokenId) -> Option<&StatusCue> {
        let cue = self.find(syntax, verb, action, Scope::Complement);
        cue.filter(|cue| cue.effect == Status::Denied)
            .or_else(|| self.find(syntax, verb, action, Scope::Planned))
    }

    /// The verb that calls off what a noun names, and its cue: *called off the rally*, *rally called off in Leeds*.
    pub fn called_off(&self, syntax: Syntax, noun: TokenId, kind: &str) -> Option<(TokenId, &StatusCue)> {
        let doc = syntax.document;
        let above = doc.head(noun).filter(|&verb| {
            is_verb(doc, verb)
                && match doc.universal_relation(noun) {
                    "obj" => true,
                    // "calls off rally": a particle may be taken for a preposition.
                    "obl" => doc.children_by(noun, "case").all(|particle| particle.0 == verb.0 + 1),
                    "nsubj" => syntax.is_passive(verb),
                    _ => false,
                }
        });
        let beside = doc.children_by(noun, "acl");
        above.into_iter().chain(beside).filter(|&verb| negator(syntax, verb).is_none()).find_map(|verb| {
            let cue = self.find(syntax, verb, noun, Scope::Planned)?;
            cue.cancels.iter().any(|k| k == kind).then_some((verb, cue))
        })
    }

    /// Whether an infinitive is what somebody promises or plans.
    pub(super) fn forsworn(&self, syntax: Syntax, verb: TokenId, action: TokenId) -> bool {
        let doc = syntax.document;
        let above =
            doc.head(verb).filter(|_| doc.universal_relation(verb) == "xcomp" && is_infinitive(doc, verb));
        let cue = above.and_then(|t| self.find(syntax, t, action, Scope::Complement));
        verb == action && cue.is_some_and(|cue| cue.effect == Status::Planned)
    }
}
