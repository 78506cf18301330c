//! Numbers of people: how many took part, were killed, injured or arrested, and who says so.
//!
//! Figures come from `doleance-times`; what they count is read from the tree first and from the words beside them where
//! the tree does not tell. A single person without a numeral (*a student was killed*) counts as one. Who said it is read in
//! [`crate::speakers`].

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, Span, TokenId};
use doleance_times::{NumberKind, NumberMention};

use crate::mention::{Actors, RuleId};
use crate::pack::ActorPack;
use crate::phrase::is_complement;
use crate::quantity_rules::{Link, QuantityKind};
use crate::speakers;
use crate::words::{Candidates, WordId};

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

/// What the words around persons make of them.
type Fate = (QuantityKind, RuleId);

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

    fn is_people(&self, index: usize) -> bool {
        let mention = &self.actors.mentions[index];
        mention.classes.meets(self.pack.rules.people)
            && (mention.is_pronoun || !mention.classes.meets(self.pack.rules.organisations))
            && !mention.attributive
    }

    /// The noun that a number counts. `None` where the number stands alone (*5 000 selon les organisateurs*).
    fn counted(&self, number: &NumberMention) -> Option<TokenId> {
        let document = self.document;
        let head = number.head;
        let complement = document.children_by(head, "nmod").find(|&c| {
            c > head
                && c.0 - head.0 < 8
                && document.children_by(c, "case").next().is_some()
                && is_complement(self.pack, document, &self.actors.words, c)
        });
        if complement.is_some() {
            return complement;
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
    fn is_break(&self, token: TokenId) -> bool {
        match self.document.upos(token) {
            Upos::Punct => matches!(self.document.form(token), ":" | ";" | "," | "." | "(" | ")"),
            Upos::Adp => !self.pack.rules.complement_cases.has_any(self.words(token)),
            _ => false,
        }
    }

    fn words(&self, token: TokenId) -> Candidates {
        self.actors.words.of(self.document, token)
    }

    /// The kind that the counted noun has by itself: *trois morts*, *200 arrests*.
    fn own_fate(&self, noun: TokenId) -> Option<Fate> {
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

    fn cue(&self, token: TokenId, link: Link, accept: impl Fn(&[WordId]) -> bool) -> Option<Fate> {
        self.pack
            .quantities
            .cues(self.words(token))
            .find(|cue| cue.link == link && accept(&cue.rest))
            .map(|cue| (cue.kind, RuleId(cue.group)))
    }

    /// What happens to the persons at `token`: they are killed, injured, arrested.
    fn fate(&self, token: TokenId) -> Option<Fate> {
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
            _ => None,
        }
    }

    fn simple(&self, token: TokenId, link: Link) -> Option<Fate> {
        self.cue(token, link, <[_]>::is_empty)
    }

    /// A verb with a noun or particle that may stand some words away: *placées en garde à vue*, *left dead*.
    fn phrase(&self, verb: TokenId, link: Link) -> Option<Fate> {
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

    fn has_passive_auxiliary(&self, verb: TokenId) -> bool {
        self.document.children(verb).iter().any(|&c| self.document.relation(c) == ud::AUX_PASS)
    }

    fn is_negated(&self, verb: TokenId) -> bool {
        self.document.children(verb).iter().any(|&c| self.document.has_feature(c, "Polarity", "Neg"))
    }

    /// What the words beside a number make of it, for trees that went astray: a verb right before (*killing 31 people*), or
    /// the first verb behind (*22 personnes, dont deux élus, ont été arrêtées*; *three of the victims died*).
    fn fate_beside(&self, span: Span, noun: TokenId) -> Option<Fate> {
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

    fn verb_before(&self, span: Span) -> Option<Fate> {
        let first = self.document.tokens_in(span).start;
        let verb = TokenId(first.checked_sub(1)?);
        let same = self.document.sentence_of(verb) == self.document.sentence_of(TokenId(first));
        let is_verb =
            self.document.upos(verb) == Upos::Verb && !self.document.has_feature(verb, "Voice", "Pass");
        (same && is_verb).then(|| self.simple(verb, Link::PatientOf)).flatten()
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

    /// *Four students … They were arrested*: a pronoun keeps the figure of what it refers to.
    fn add_taken_up(&self, found: &mut Vec<QuantityMention>) {
        for (index, mention) in self.actors.mentions.iter().enumerate() {
            if mention.antecedent.is_none() || !mention.is_pronoun {
                continue;
            }
            let referent = self.actors.referent(index);
            let figure = found.iter().find(|q| q.of == Some(referent) && q.kind == QuantityKind::People);
            let Some((low, high)) = figure.map(|q| (q.low, q.high)) else { continue };
            if let Some((kind, rule)) = self.fate(mention.head).filter(|_| low.is_some()) {
                found.push(QuantityMention {
                    span: mention.span,
                    head: mention.head,
                    low,
                    high,
                    kind,
                    of: Some(index),
                    said_by: None,
                    number: None,
                    rule: Some(rule),
                });
            }
        }
    }

    /// A student was killed, l'arrestation d'un militant: one person each.
    fn add_single_persons(&self, found: &mut Vec<QuantityMention>) {
        let document = self.document;
        for (index, mention) in self.actors.mentions.iter().enumerate() {
            let is_one = self.is_people(index)
                && !document.has_feature(mention.head, "Number", "Plur")
                && !document.has_feature(mention.core, "Number", "Plur")
                && !mention.is_group;
            if !is_one || found.iter().any(|q| q.span.overlaps(mention.span)) {
                continue;
            }
            if let Some((kind, rule)) = self.fate(mention.head)
                && kind != QuantityKind::Jobs
            {
                found.push(QuantityMention {
                    span: mention.span,
                    head: mention.head,
                    low: Some(1),
                    high: None,
                    kind,
                    of: Some(index),
                    said_by: None,
                    number: None,
                    rule: Some(rule),
                });
            }
        }
    }
}

impl Counter<'_> {
    /// *son arrestation*, *her death*: one person, named before.
    fn add_possessives(&self, found: &mut Vec<QuantityMention>) {
        let document = self.document;
        for token in document.token_ids() {
            if !self
                .pack
                .quantities
                .possessives
                .iter()
                .any(|&p| self.actors.words.forms(document, token).contains(&p))
            {
                continue;
            }
            let Some(noun) = document.head(token).filter(|&n| n > token && n.0 - token.0 < 4) else {
                continue;
            };
            let Some((kind, rule)) = self.simple(noun, Link::ComplementOf) else { continue };
            let span = document.token(token).span.join(document.token(noun).span);
            if kind == QuantityKind::Jobs || found.iter().any(|q| q.span.overlaps(span)) {
                continue;
            }
            let (low, rule) = (Some(1), Some(rule));
            let quantity = QuantityMention {
                span,
                head: noun,
                low,
                high: None,
                kind,
                of: None,
                said_by: None,
                number: None,
                rule,
            };
            found.push(quantity);
        }
    }
}

fn is_quote(form: &str) -> bool {
    matches!(form, "\"" | "'" | "«" | "»" | "“" | "”" | "‘" | "’")
}
