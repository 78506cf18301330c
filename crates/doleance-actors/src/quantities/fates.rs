//! What the words around persons make of them: killed, injured, arrested.

use doleance_text::ud::{self, Upos};
use doleance_text::{Span, TokenId};

use super::Counter;
use crate::mention::RuleId;
use crate::phrase::is_complement;
use crate::quantity_rules::{Link, QuantityKind};
use crate::words::WordId;

/// What the words around persons make of them.
pub(super) type Fate = (QuantityKind, RuleId);

impl Counter<'_> {
    /// The kind that the counted noun has by itself: *trois morts*, *200 arrests*.
    pub(super) fn own_fate(&self, noun: TokenId) -> Option<Fate> {
        let sentence = self.document.sentence(self.document.sentence_of(noun)).words.clone();
        let earliest = sentence.start.max(noun.0.saturating_sub(2));
        (earliest..=noun.0).map(TokenId).find_map(|first| {
            self.cue(first, Link::Counted, |rest| {
                let last = first.0 + rest.len() as u32;
                noun.0 <= last
                    && last < sentence.end
                    && rest
                        .iter()
                        .zip(first.0 + 1..)
                        .all(|(&word, at)| self.actors.words.is(self.document, TokenId(at), word))
            })
        })
    }

    pub(super) fn cue(&self, token: TokenId, link: Link, accept: impl Fn(&[WordId]) -> bool) -> Option<Fate> {
        self.pack
            .quantities
            .cues(self.words(token))
            .find(|cue| cue.link == link && accept(&cue.rest))
            .map(|cue| (cue.kind, RuleId(cue.group)))
    }

    /// What happens to the persons at `token`: they are killed, injured, arrested.
    pub(super) fn fate(&self, token: TokenId) -> Option<Fate> {
        let document = self.document;
        let from_participle = document.children(token).iter().find_map(|&child| {
            let participle = match document.relation(child) {
                ud::ACL => document.feature(child, "VerbForm").is_none_or(|f| f == "Part"),
                ud::AMOD => true,
                _ => false,
            };
            let passive = participle && document.children_by(child, "obj").next().is_none();
            if !passive || document.feature(child, "Tense") == Some("Pres") {
                return None;
            }
            self.simple(child, Link::PatientOf).or_else(|| self.simple(child, Link::State))
        });
        if from_participle.is_some() {
            return from_participle;
        }
        let mut at = token;
        // "Trois manifestants et deux policiers ont été tués": the conjunct shares the first one's role.
        for _ in 0..4 {
            if document.universal_relation(at) != "conj" {
                break;
            }
            match document
                .head(at)
                .filter(|&h| document.upos(h).is_nominal() || document.upos(h) == Upos::Num)
            {
                Some(first) => at = first,
                None => break,
            }
        }
        let above = document.head(at)?;
        if self.is_negated(above) {
            return None;
        }
        let relation = document.relation(at);
        // "ont coûté la vie à trois personnes", "took the lives of 12 miners": trees hang them on the noun of the phrase.
        let of_phrase = || {
            let beside =
                document.universal_relation(at) == "nmod" && document.universal_relation(above) == "obj";
            document.head(above).filter(|_| beside).and_then(|verb| self.phrase(verb, Link::PhrasePatient))
        };
        if let Some(fate) = of_phrase() {
            return Some(fate);
        }
        match document.universal_relation(at) {
            "nsubj" if relation == ud::NSUBJ_PASS || self.has_passive_auxiliary(above) => self
                .simple(above, Link::PatientOf)
                .or_else(|| self.simple(above, Link::State))
                .or_else(|| self.phrase(above, Link::PhrasePatient)),
            "nsubj" => self
                .simple(above, Link::SubjectOf)
                .or_else(|| self.simple(above, Link::State))
                .or_else(|| self.phrase(above, Link::PhraseSubject)),
            "obj" | "dislocated" => {
                self.simple(above, Link::PatientOf).or_else(|| self.phrase(above, Link::PhrasePatient))
            }
            "nmod" | "obl" if is_complement(self.pack, document, &self.actors.words, at) => {
                self.simple(above, Link::ComplementOf).or_else(|| {
                    // "L'arrestation par la police de trois militants": the parser takes the nearest noun.
                    let beside = !is_complement(self.pack, document, &self.actors.words, above);
                    let noun = document.head(above).filter(|_| beside)?;
                    self.simple(noun, Link::ComplementOf)
                })
            }
            // Where the tree hangs them on the verb.
            "iobj" => self.phrase(above, Link::PhrasePatient),
            "obl" if document.strings().get(relation) == "obl:arg" => self.phrase(above, Link::PhrasePatient),
            // "en a arrêté trois": trees take a bare number for a circumstance.
            "obl" if document.upos(at) == Upos::Num && document.children(at).is_empty() => {
                self.simple(above, Link::PatientOf)
            }
            _ => None,
        }
    }

    pub(super) fn simple(&self, token: TokenId, link: Link) -> Option<Fate> {
        self.cue(token, link, <[_]>::is_empty)
    }

    /// A verb with a noun or particle that may stand some words away: *placées en garde à vue*, *left dead*.
    pub(super) fn phrase(&self, verb: TokenId, link: Link) -> Option<Fate> {
        let document = self.document;
        let holds = |word| {
            document.children(verb).iter().any(|&c| {
                let relation = document.universal_relation(c);
                matches!(
                    relation,
                    "obj" | "obl" | "xcomp" | "compound" | "advmod" | "ccomp" | "fixed" | "amod"
                ) && (self.actors.words.is(document, c, word)
                    || document.children(c).iter().any(|&d| self.actors.words.is(document, d, word)))
            })
        };
        self.cue(verb, link, |rest| !rest.is_empty() && rest.iter().all(|&word| holds(word)))
    }

    pub(super) fn has_passive_auxiliary(&self, verb: TokenId) -> bool {
        self.document.children(verb).iter().any(|&c| self.document.relation(c) == ud::AUX_PASS)
    }

    pub(super) fn is_negated(&self, verb: TokenId) -> bool {
        self.document.children(verb).iter().any(|&c| self.document.has_feature(c, "Polarity", "Neg"))
    }

    /// What the words beside a number make of it, for trees that went astray: a verb right before (*killing 31 people*), or
    /// the first verb behind (*22 personnes, dont deux élus, ont été arrêtées*; *three of the victims died*).
    pub(super) fn fate_beside(&self, span: Span, noun: TokenId) -> Option<Fate> {
        if let Some(found) = self.verb_before(span) {
            return Some(found);
        }
        let document = self.document;
        let end = document.sentence(document.sentence_of(noun)).words.end;
        let mut auxiliary = false;
        for at in (noun.0 + 1..end).take(16).map(TokenId) {
            match document.upos(at) {
                Upos::Aux => auxiliary = true,
                Upos::Verb => {
                    if self.is_negated(at) {
                        return None;
                    }
                    let passive = auxiliary && document.has_feature(at, "Voice", "Pass");
                    let finite = auxiliary || document.feature(at, "VerbForm") != Some("Inf");
                    return if passive {
                        self.simple(at, Link::PatientOf).or_else(|| self.phrase(at, Link::PhrasePatient))
                    } else if finite {
                        self.simple(at, Link::SubjectOf).or_else(|| {
                            self.cue(at, Link::PhraseSubject, |rest| {
                                let near = (at.0 + 1..end.min(at.0 + 5)).map(TokenId);
                                !rest.is_empty()
                                    && rest
                                        .iter()
                                        .all(|&w| near.clone().any(|t| self.actors.words.is(document, t, w)))
                            })
                        })
                    } else {
                        None
                    };
                }
                Upos::Num | Upos::Sconj => return None,
                Upos::Pron if document.has_feature(at, "PronType", "Rel") && auxiliary => return None,
                Upos::Punct if matches!(document.form(at), ";" | ":" | ".") => return None,
                _ => {}
            }
        }
        None
    }

    pub(super) fn verb_before(&self, span: Span) -> Option<Fate> {
        let first = self.document.tokens_in(span).start;
        let verb = TokenId(first.checked_sub(1)?);
        let same = self.document.sentence_of(verb) == self.document.sentence_of(TokenId(first));
        let is_verb =
            self.document.upos(verb) == Upos::Verb && !self.document.has_feature(verb, "Voice", "Pass");
        (same && is_verb).then(|| self.simple(verb, Link::PatientOf)).flatten()
    }
}
