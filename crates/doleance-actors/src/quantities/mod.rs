//! Numbers of people: how many took part, were killed, injured or arrested, and who says so.
//!
//! Figures come from `doleance-times`; what they count is read from the tree first and from the words beside them where
//! the tree does not tell. A single person without a numeral (*a student was killed*) counts as one. Who said it is read in
//! [`crate::speakers`].

mod fates;
mod unnumbered;

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, Span, TokenId};
use doleance_times::{NumberKind, NumberMention};

use crate::mention::{Actors, RuleId};
use crate::pack::ActorPack;
use crate::phrase::is_complement;
use crate::quantity_rules::QuantityKind;
use crate::speakers;
use crate::words::Candidates;

/// A number of people as one speaker gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityMention {
    /// Numeral and noun (*2 000 manifestants*), in bytes.
    pub span: Span,
    /// The word on which the phrase hangs in the tree.
    pub head: TokenId,
    /// The figure, or the lower one; `None` for vague words (*dozens*).
    pub low: Option<u64>,
    /// The upper figure of a range.
    pub high: Option<u64>,
    /// What it counts.
    pub kind: QuantityKind,
    /// The persons counted, as an index into [`Actors::mentions`].
    pub of: Option<usize>,
    /// The words that name the speaker, without article.
    pub said_by: Option<Span>,
    /// The number it was read from, as an index; `None` for a single person.
    pub number: Option<usize>,
    /// Number of the group of words that gave the kind; [`ActorPack::quantity_rule`] gives its id.
    pub rule: Option<RuleId>,
}

/// Finds the numbers of people in a document, in text order.
pub fn find_quantities(
    pack: &ActorPack,
    document: &Document,
    numbers: &[NumberMention],
    actors: &Actors,
) -> Vec<QuantityMention> {
    let counter = Counter { pack, document, actors };
    let mut found: Vec<QuantityMention> = Vec::new();
    for (index, number) in numbers.iter().enumerate() {
        if let Some(quantity) = counter.count(index, number, &found) {
            found.push(quantity);
        }
    }
    counter.add_taken_up(&mut found);
    counter.add_single_persons(&mut found);
    counter.add_possessives(&mut found);
    found.sort_by_key(|q| (q.span.start, q.span.end));
    speakers::attribute(pack, document, numbers, actors, &mut found);
    found
}

struct Counter<'a> {
    pack: &'a ActorPack,
    document: &'a Document,
    actors: &'a Actors,
}

/// A bare number from which on it may be one of people: *two* and *seven* are told of anything.
const LEAST_CROWD: u64 = 20;

/// Nobody is as old as that.
const OLDEST: u64 = 120;

impl Counter<'_> {
    fn count(
        &self,
        index: usize,
        number: &NumberMention,
        before: &[QuantityMention],
    ) -> Option<QuantityMention> {
        if number.kind != NumberKind::Count {
            return None;
        }
        let document = self.document;
        if self.is_age(number) {
            return None;
        }
        let counted = self.counted(number);
        let (low, high) = number.figure().map_or((None, None), |(low, high)| (Some(low), high));
        let mut quantity = QuantityMention {
            span: number.span,
            head: number.head,
            low,
            high,
            kind: QuantityKind::Unknown,
            of: None,
            said_by: None,
            number: Some(index),
            rule: None,
        };
        match counted {
            Some(noun) => {
                let words = self.actors.mention_at(noun).map_or(document.token(noun).span, |m| m.core_span);
                let words =
                    if words.overlaps(document.token(noun).span) { words } else { document.token(noun).span };
                quantity.span = number.span.join(words);
                if document.dominates(noun, number.head) {
                    quantity.head = noun;
                }
                quantity.of = self.actors.at(noun).filter(|&i| self.is_people(i));
                let own = self.own_fate(noun);
                if own.is_none() && quantity.of.is_none() {
                    return None;
                }
                let fate = own
                    .or_else(|| self.fate(quantity.head))
                    .or_else(|| self.fate(noun))
                    .or_else(|| self.fate_beside(quantity.span, noun));
                // "One of the leaders" counts nobody unless something happens to them.
                let member = low == Some(1) && document.universal_relation(noun) == "nmod";
                (quantity.kind, quantity.rule) = match fate {
                    Some((kind, rule)) => (kind, Some(rule)),
                    None if member => return None,
                    None => (QuantityKind::People, None),
                };
            }
            None => {
                let fate = self
                    .own_fate(number.head)
                    .or_else(|| self.fate(number.head))
                    .or_else(|| self.verb_before(number.span));
                if let Some((kind, rule)) = fate {
                    (quantity.kind, quantity.rule) = (kind, Some(rule));
                } else if let Some(subject) = self.copular_subject(number) {
                    (quantity.kind, quantity.of) = (QuantityKind::People, subject);
                } else if (number.vague || low.is_some_and(|n| n >= LEAST_CROWD))
                    && self.is_subject_of_action(number.head)
                {
                    // "Thousands joined the march", "10,000 took part".
                    quantity.kind = QuantityKind::People;
                } else if low.is_some_and(|n| n >= LEAST_CROWD)
                    && document.universal_relation(number.head) == "obj"
                    && document.upos(number.head) == Upos::Num
                {
                    // "The march drew 10,000": whoever knows the verb may tell what they are.
                    quantity.kind = QuantityKind::Unknown;
                } else {
                    let earlier = before.last().filter(|q| self.continues(q, number))?;
                    (quantity.kind, quantity.of, quantity.rule) = (earlier.kind, earlier.of, earlier.rule);
                }
            }
        }
        Some(quantity)
    }

    /// *a boy of 18*: a number under one person.
    fn is_age(&self, number: &NumberMention) -> bool {
        let document = self.document;
        let Some(person) = document.head(number.head).filter(|&n| n < number.head) else { return false };
        document.universal_relation(number.head) == "nmod"
            && document.upos(number.head) == Upos::Num
            && document.has_feature(person, "Number", "Sing")
            && self.actors.mention_at(person).is_some_and(|m| !m.is_group)
            && number.figure().is_some_and(|(low, _)| low < OLDEST)
    }

    pub(super) fn is_people(&self, index: usize) -> bool {
        let mention = &self.actors.mentions[index];
        mention.classes.meets(self.pack.rules.people)
            && (mention.is_pronoun || !mention.classes.meets(self.pack.rules.organisations))
            && !mention.attributive
    }

    /// The noun that a number counts. `None` where the number stands alone (*5 000 selon les organisateurs*).
    pub(super) fn counted(&self, number: &NumberMention) -> Option<TokenId> {
        let document = self.document;
        let head = number.head;
        let complement = document.children_by(head, "nmod").find(|&c| {
            c > head
                && c.0 - head.0 < 8
                && document.children_by(c, "case").next().is_some()
                && is_complement(self.pack, document, &self.actors.words, c)
        });
        // "trois d'entre eux ont été tués": the number stands for them.
        let stands_for = |c: TokenId| document.upos(c) == Upos::Pron && self.actors.at(c).is_none();
        if let Some(complement) = complement {
            return Some(complement).filter(|&c| !stands_for(c));
        }
        // "a crowd of 2,000".
        if document.universal_relation(head) == "nmod"
            && document.upos(head) == Upos::Num
            && is_complement(self.pack, document, &self.actors.words, head)
            && let Some(crowd) = document.head(head).filter(|&n| n < head && head.0 - n.0 < 6)
            && self.actors.at(crowd).is_some_and(|i| self.is_people(i))
        {
            return Some(crowd);
        }
        if document.universal_relation(head) == "nummod"
            && let Some(noun) = document.head(head).filter(|&n| n > head && n.0 - head.0 < 6)
            && (head.0..noun.0).map(TokenId).all(|t| !self.is_break(t))
        {
            // "three union leaders": a compound counts with its head.
            let compound = document.relation(noun) == ud::COMPOUND;
            return document.head(noun).filter(|&h| compound && h > noun && h.0 - noun.0 < 4).or(Some(noun));
        }
        // The tree does not tell: the next noun with only adjectives, articles and quotes before it.
        let words = document.tokens_in(number.span);
        let end = document.sentence(document.sentence_of(head)).words.end;
        for at in (words.end..end).take(5).map(TokenId) {
            match document.upos(at) {
                // "en a interpellé une dizaine samedi": a noun that hangs there without a preposition tells when.
                Upos::Noun
                    if document.head(at) == Some(head)
                        && document.universal_relation(at) == "nmod"
                        && document.children_by(at, "case").next().is_none() =>
                {
                    return None;
                }
                Upos::Noun | Upos::Propn => return Some(at),
                Upos::Adj | Upos::Det => {
                    // Adjectives made nouns: 12 blessés, 300 jeunes.
                    if self.own_fate(at).is_some() || self.actors.at(at).is_some() {
                        return Some(at);
                    }
                }
                Upos::Adp if self.pack.rules.complement_cases.has_any(self.words(at)) => {}
                Upos::Punct if is_quote(document.form(at)) => {}
                Upos::Verb if self.own_fate(at).is_some() => return Some(at),
                _ => return None,
            }
        }
        None
    }

    /// Punctuation or a preposition that ends what a number can count.
    pub(super) fn is_break(&self, token: TokenId) -> bool {
        match self.document.upos(token) {
            Upos::Punct => matches!(self.document.form(token), ":" | ";" | "," | "." | "(" | ")"),
            Upos::Adp => !self.pack.rules.complement_cases.has_any(self.words(token)),
            _ => false,
        }
    }

    pub(super) fn words(&self, token: TokenId) -> Candidates {
        self.actors.words.of(self.document, token)
    }

    /// *Ils étaient 5 000*: the subject of a number that is the predicate, if it is a person or a pronoun for persons.
    fn copular_subject(&self, number: &NumberMention) -> Option<Option<usize>> {
        let document = self.document;
        let copula = document.children_by(number.head, "cop").next().or_else(|| {
            let first = document.tokens_in(number.span).start;
            let start = document.sentence(document.sentence_of(number.head)).words.start;
            let before = (start..first).rev().map(TokenId).find(|&t| document.upos(t) != Upos::Adv)?;
            let is_copula = self.words(before).iter().any(|w| self.pack.quantities.copulas.contains(w));
            is_copula.then_some(before)
        })?;
        let verb =
            document.head(copula).filter(|_| document.universal_relation(copula) == "cop").unwrap_or(copula);
        let subject =
            document.children_by(verb, "nsubj").filter(|&s| s < number.head).last().or_else(|| {
                copula.0.checked_sub(1).map(TokenId).filter(|&t| document.upos(t) == Upos::Pron)
            })?;
        match self.actors.at(subject) {
            Some(index) => self.is_people(index).then_some(Some(index)),
            None => (document.upos(subject) == Upos::Pron && document.has_feature(subject, "Number", "Plur"))
                .then_some(None),
        }
    }

    fn is_subject_of_action(&self, token: TokenId) -> bool {
        let document = self.document;
        document.universal_relation(token) == "nsubj"
            && document.head(token).is_some_and(|verb| self.pack.rules.human_verbs.has_any(self.words(verb)))
    }

    /// Whether a bare number goes on with what the last quantity counted: *21 à Kazan, 13 à Omsk*.
    fn continues(&self, earlier: &QuantityMention, number: &NumberMention) -> bool {
        let document = self.document;
        if document.sentence_of(earlier.head) != document.sentence_of(number.head) {
            return false;
        }
        let end = document.tokens_in(number.span).end;
        let next =
            (end < document.sentence(document.sentence_of(number.head)).words.end).then_some(TokenId(end));
        // A verb or noun behind the number would make it a part of something else.
        next.is_none_or(|t| matches!(document.upos(t), Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Adv))
    }
}

fn is_quote(form: &str) -> bool {
    matches!(form, "\"" | "'" | "«" | "»" | "“" | "”" | "‘" | "’")
}
