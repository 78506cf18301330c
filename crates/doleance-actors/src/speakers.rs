//! Who gives a figure: *selon la police*, *organisers put it at*, *la CGT a compté*.
//!
//! Looks at the words right behind a figure, then up the tree for a verb of saying, then for a source named at the start of
//! the sentence. Rival figures each keep their own speaker.

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, Span, TokenId};
use doleance_times::NumberMention;

use crate::mention::Actors;
use crate::pack::ActorPack;
use crate::phrase::{noun_phrase, span_of};
use crate::quantities::QuantityMention;
use crate::words::WordId;

/// Fills in `said_by` for quantities in text order.
pub(crate) fn attribute(
    pack: &ActorPack,
    document: &Document,
    numbers: &[NumberMention],
    actors: &Actors,
    quantities: &mut [QuantityMention],
) {
    let search = Search { pack, document, actors };
    for i in 0..quantities.len() {
        let next = quantities.get(i + 1).map_or(u32::MAX, |q| q.span.start);
        let next_number =
            quantities[i].number.and_then(|n| numbers.get(n + 1)).map_or(u32::MAX, |n| n.span.start);
        let has_rival = i > 0 && quantities[i - 1].said_by.is_some();
        let speaker = search
            .behind(&quantities[i], next.min(next_number), has_rival)
            .or_else(|| search.above(&quantities[i]))
            .or_else(|| search.saying_behind(&quantities[i]))
            .or_else(|| search.at_sentence_start(&quantities[i]));
        quantities[i].said_by = speaker.or_else(|| search.beside(&quantities[i], has_rival));
    }
    // "Trois morts et douze blessés, selon la police": one speaker for both.
    for i in (1..quantities.len()).rev() {
        let (before, after) = (&quantities[i - 1], &quantities[i]);
        if before.said_by.is_none() && after.said_by.is_some() && search.only_joined(before.span, after.span)
        {
            quantities[i - 1].said_by = quantities[i].said_by;
        }
    }
}

struct Search<'a> {
    pack: &'a ActorPack,
    document: &'a Document,
    actors: &'a Actors,
}

impl Search<'_> {
    /// *La police en a compté 300, les organisateurs 2 000*: the rival speaker right before a bare figure.
    fn beside(&self, quantity: &QuantityMention, has_rival: bool) -> Option<Span> {
        let first = self.document.tokens_in(quantity.span).start;
        let before = first.checked_sub(1).filter(|_| has_rival).map(TokenId)?;
        let mention = self.actors.mention_at(before)?;
        let speaks = mention.classes.meets(self.pack.rules.speakers);
        speaks.then(|| self.without_article(mention.span))
    }

    /// Whether only a conjunction or comma stands between two spans.
    fn only_joined(&self, before: Span, after: Span) -> bool {
        let between = self.document.tokens_in(before).end..self.document.tokens_in(after).start;
        between.len() < 3
            && between
                .map(TokenId)
                .all(|t| self.document.upos(t) == Upos::Cconj || self.document.form(t) == ",")
    }

    /// A source named between this figure and the next: *5 000 selon les organisateurs*, *(police)*.
    fn behind(&self, quantity: &QuantityMention, limit: u32, has_rival: bool) -> Option<Span> {
        let document = self.document;
        let sentence = document.sentence(document.sentence_of(quantity.head)).words.clone();
        let first = document.tokens_in(quantity.span).end;
        let mut opened = false;
        for at in first..sentence.end {
            let token = TokenId(at);
            if document.token(token).span.start >= limit {
                return None;
            }
            if let Some(name) = self.source_at(token, sentence.end, &self.pack.quantities.speaker_before) {
                return Some(name);
            }
            if has_rival
                && let Some(name) = self.source_at(token, sentence.end, &self.pack.quantities.speaker_rival)
            {
                return Some(name);
            }
            // 2 000 (police)
            if opened && let Some(mention) = self.actors.mention_at(token) {
                return Some(self.without_article(mention.span));
            }
            opened = document.form(token) == "(" || (opened && document.upos(token) == Upos::Det);
            if at - first > 14 {
                return None;
            }
        }
        None
    }

    /// A source after one of the word sequences, starting at `token`.
    fn source_at(&self, token: TokenId, end: u32, sequences: &[Vec<WordId>]) -> Option<Span> {
        let document = self.document;
        let length = sequences
            .iter()
            .filter(|sequence| {
                token.0 + (sequence.len() as u32) < end
                    && sequence
                        .iter()
                        .zip(token.0..)
                        .all(|(&word, at)| self.actors.words.is(document, TokenId(at), word))
            })
            .map(|sequence| sequence.len() as u32)
            .max()?;
        // The first actor within three words: "selon une source policière", "according to the local police".
        let near = (token.0 + length..end.min(token.0 + length + 4)).map(TokenId);
        let actor = near.clone().find_map(|t| self.actors.mention_at(t));
        if let Some(mention) = actor {
            return Some(self.without_article(mention.span));
        }
        // "selon une source médicale", "according to local media"
        let source = near.clone().find(|&t| {
            let words = self.actors.words.of(document, t);
            document.upos(t) == Upos::Propn
                || self
                    .pack
                    .quantities
                    .speaker_sources
                    .iter()
                    .any(|s| matches!(s[..], [w] if words.contains(&w)))
        })?;
        let phrase = noun_phrase(self.pack, document, &self.actors.words, source);
        Some(self.without_article(span_of(document, phrase)))
    }

    /// The subject of a verb of saying or counting above the figure.
    fn above(&self, quantity: &QuantityMention) -> Option<Span> {
        let document = self.document;
        let mut below = quantity.head;
        for above in document.ancestors(quantity.head) {
            let relation = document.universal_relation(below);
            if relation == "nsubj" && document.relation(below) != ud::NSUBJ_PASS && self.is_saying(above) {
                return None;
            }
            if self.is_saying(above)
                && matches!(relation, "obj" | "ccomp" | "obl" | "xcomp" | "parataxis" | "iobj")
            {
                return self.subject_of(above);
            }
            below = above;
        }
        // "Ten people were hurt, police said": the saying hangs below the clause.
        let root = document.ancestors(quantity.head).last().unwrap_or(quantity.head);
        document
            .children_by(root, "parataxis")
            .filter(|&verb| self.is_saying(verb) && verb > quantity.head)
            .find_map(|verb| self.subject_of(verb))
    }

    /// *…, organisers said.* or *…, a indiqué la police.* by the order of words, where the tree lost it.
    fn saying_behind(&self, quantity: &QuantityMention) -> Option<Span> {
        let document = self.document;
        let sentence = document.sentence(document.sentence_of(quantity.head)).words.clone();
        let after = document.tokens_in(quantity.span).end;
        let mut comma = false;
        for at in (after..sentence.end).map(TokenId) {
            comma |= document.form(at) == ",";
            if !comma || document.upos(at) != Upos::Verb || !self.is_saying(at) {
                continue;
            }
            let is_auxiliary = |t: TokenId| document.upos(t) == Upos::Aux;
            let mut first = at;
            while first.0 > after && is_auxiliary(TokenId(first.0 - 1)) {
                first = TokenId(first.0 - 1);
            }
            let before = first.0.checked_sub(1).filter(|&b| b >= after).map(TokenId);
            // The speaker between comma and verb, or right behind the verb after a comma.
            if let Some(mention) = before.and_then(|b| self.actors.mention_at(b))
                && document.tokens_in(mention.span).start > after
                && document.form(TokenId(document.tokens_in(mention.span).start - 1)) == ","
            {
                return Some(self.without_article(mention.span));
            }
            if before.is_some_and(|b| document.form(b) == ",") {
                let behind = (at.0 + 1..sentence.end.min(at.0 + 4)).map(TokenId);
                let mention = behind.filter_map(|t| self.actors.mention_at(t)).next()?;
                return Some(self.without_article(mention.span));
            }
            return None;
        }
        None
    }

    fn subject_of(&self, verb: TokenId) -> Option<Span> {
        let document = self.document;
        // Inverted subjects are often read as objects: "a indiqué la police".
        let subject = document.children_by(verb, "nsubj").next().or_else(|| {
            document.children_by(verb, "obj").find(|&o| o > verb && self.actors.at(o).is_some())
        })?;
        let mention = self.actors.mention_at(subject)?;
        let span = match mention.antecedent {
            Some(_) => self.actors.mentions[self.actors.referent(self.actors.at(subject)?)].span,
            None => span_of(document, noun_phrase(self.pack, document, &self.actors.words, subject)),
        };
        Some(self.without_article(span))
    }

    fn is_saying(&self, verb: TokenId) -> bool {
        let document = self.document;
        self.pack.quantities.speaker_verbs.iter().any(|sequence| {
            let Some((&first, rest)) = sequence.split_first() else { return false };
            self.actors.words.is(document, verb, first)
                && rest.iter().all(|&word| {
                    document.children(verb).iter().any(|&c| self.actors.words.is(document, c, word))
                })
        })
    }

    /// *Selon la police, 3 000 personnes ont défilé*: a source before the verb holds for the sentence.
    fn at_sentence_start(&self, quantity: &QuantityMention) -> Option<Span> {
        let document = self.document;
        let sentence = document.sentence(document.sentence_of(quantity.head)).words.clone();
        let limit = document.tokens_in(quantity.span).start;
        (sentence.start..limit.min(sentence.start + 3))
            .find_map(|at| self.source_at(TokenId(at), limit, &self.pack.quantities.speaker_before))
    }

    fn without_article(&self, span: Span) -> Span {
        let document = self.document;
        let words = document.tokens_in(span);
        let first = words
            .clone()
            .map(TokenId)
            .find(|&t| !matches!(document.upos(t), Upos::Det | Upos::Adp | Upos::Punct))
            .unwrap_or(TokenId(words.start));
        let start = document.token(first).span.start;
        // An article written together with its noun shares the noun's span: keep what was given.
        if start < span.end && start >= span.start { Span::new(start, span.end) } else { span }
    }
}
