//! Several demands of one cue: coordinated, listed on past the tree, after a colon, in quotation marks.

use std::ops::Range;

use doleance_text::ud::Upos;
use doleance_text::{SentenceId, Span, TokenId};

use super::{FoundClaim, Place, Reader};
use crate::code::arguments::is_verb;
use crate::code::quotes::quotations;

/// Words of an adverbial that may stand between two demands.
const BETWEEN: u32 = 3;

fn is_aside(piece: Range<u32>) -> bool {
    piece.len() < BETWEEN as usize
}

impl Reader<'_> {
    /// Goes on with a list of demands past what the tree coordinated, piece by piece, as long as the pieces are no clauses
    /// of their own and speak of issues.
    pub(super) fn continue_list(&self, at: Place, from: u32, found: &mut Vec<FoundClaim>) {
        let doc = self.syntax.document;
        let end = doc.sentence(doc.sentence_of(at.head)).words.end;
        let separates = |t: TokenId| doc.form(t) == "," || doc.universal_relation(t) == "cc";
        // "elections this year, the president's resignation": a few words of time or place may stand between.
        let from = (from..end.min(from + BETWEEN))
            .find(|&t| separates(TokenId(t)))
            .map_or(from, |comma| if self.is_clause(from..comma) { from } else { comma });
        let starts_list = from < end
            && (separates(TokenId(from)) || at.cue.markers.holds(doc, self.syntax.words, TokenId(from)));
        if !starts_list {
            return;
        }
        let mut start = from + 1;
        for word in from + 1..=end {
            let at_end =
                word == end || separates(TokenId(word)) || matches!(doc.form(TokenId(word)), "." | ";" | "!");
            if !at_end {
                continue;
            }
            let piece = start..word;
            start = word + 1;
            if piece.is_empty() {
                continue;
            }
            // "the cost of living and of housing" goes on with what the demand is about.
            let first = TokenId(piece.start);
            let goes_on = doc.upos(first) == Upos::Adp
                && self.syntax.grammar.complement_markers.holds(doc, self.syntax.words, first);
            if goes_on || self.is_clause(piece.clone()) || !self.is_demand(piece.clone()) {
                break;
            }
            if self.issue_of(piece.clone()).is_none() {
                // "elections, a new constitution and, in many cases, an amnesty".
                if is_aside(piece) {
                    continue;
                }
                break;
            }
            self.push(at, TokenId(piece.start), piece, found);
        }
    }

    /// Whether a noun or an infinitive heads some words, and no adverb or participle opens them.
    fn is_demand(&self, words: Range<u32>) -> bool {
        let doc = self.syntax.document;
        let infinitive = |t: TokenId| doc.has_feature(t, "VerbForm", "Inf");
        let first = TokenId(words.start);
        let opens =
            infinitive(first) || !matches!(doc.upos(first), Upos::Verb | Upos::Aux | Upos::Punct | Upos::Adv);
        let top = words.clone().map(TokenId).find(|&t| doc.head(t).is_none_or(|h| !words.contains(&h.0)));
        let tops = |t| doc.upos(t).is_nominal() || matches!(doc.upos(t), Upos::Adj | Upos::Num);
        opens && top.is_some_and(|t| tops(t) || infinitive(t))
    }

    fn is_clause(&self, mut words: Range<u32>) -> bool {
        let doc = self.syntax.document;
        words.any(|t| {
            let t = TokenId(t);
            doc.has_feature(t, "VerbForm", "Fin")
                || doc.children_by(t, "nsubj").next().is_some() && is_verb(doc, t)
        })
    }

    /// The parts of a content that commas and conjunctions set apart, where each speaks of an issue: a tree often hangs the
    /// second of two demands on the last word of the first.
    fn pieces(&self, words: Range<u32>) -> Vec<Range<u32>> {
        let doc = self.syntax.document;
        let opens = |t: u32| words.contains(&t) && doc.upos(TokenId(t)) == Upos::Det;
        let separates = |t: u32| {
            (doc.form(TokenId(t)) == "," || doc.universal_relation(TokenId(t)) == "cc") && opens(t + 1)
        };
        let mut found: Vec<Range<u32>> = Vec::new();
        let mut start = words.start;
        for at in words.clone().chain([words.end]) {
            if at < words.end && !separates(at) {
                continue;
            }
            let piece = start..at;
            start = at + 1;
            if piece.is_empty() {
                continue;
            }
            let apart = self.is_demand(piece.clone())
                && !self.is_clause(piece.clone())
                && self.issue_of(piece.clone()).is_some();
            match found.last_mut() {
                Some(last) if !apart || self.issue_of(last.clone()).is_none() => last.end = piece.end,
                _ => found.push(piece),
            }
        }
        found
    }

    /// The content and what is coordinated with it, each as a claim of its own.
    pub(super) fn push_coordinated(&self, at: Place, content: TokenId, found: &mut Vec<FoundClaim>) {
        let doc = self.syntax.document;
        let mut sources: Vec<TokenId> = Vec::new();
        let mut parts = vec![content];
        let mut next = 0;
        while next < parts.len() && parts.len() < 32 {
            for part in doc.children_by(parts[next], "conj") {
                // "against the closure, according to the prefecture": the source is no second demand.
                let said_by = self.syntax.is_source(part);
                if said_by { sources.push(part) } else { parts.push(part) }
            }
            next += 1;
        }
        for &part in &parts {
            let inner: Vec<TokenId> = doc
                .subtree(part)
                .into_iter()
                .filter(|t| !sources.iter().any(|s| doc.dominates(*s, *t)))
                .filter(|t| !parts.iter().any(|p| *p != part && *p > part && doc.dominates(*p, *t)))
                .collect();
            let trimmed = self.trim(&inner, part);
            if let (Some(first), Some(last)) = (trimmed.first(), trimmed.last()) {
                for piece in self.pieces(first.0..last.0 + 1) {
                    let head = if piece.contains(&part.0) { part } else { TokenId(piece.start) };
                    self.push(at, head, piece, found);
                }
            }
        }
    }

    /// Leaves out punctuation, conjunctions and the adposition at the edges.
    fn trim(&self, words: &[TokenId], part: TokenId) -> Vec<TokenId> {
        let doc = self.syntax.document;
        let edge = |t: &&TokenId| {
            let relation = doc.universal_relation(**t);
            doc.upos(**t) == Upos::Punct
                || (matches!(relation, "case" | "cc" | "mark") && doc.head(**t) == Some(part))
        };
        let skip = words.iter().take_while(edge).count();
        let tail = words.iter().rev().take_while(edge).count();
        if skip + tail >= words.len() { Vec::new() } else { words[skip..words.len() - tail].to_vec() }
    }

    fn is_one_of(&self, token: TokenId, marks: &[String]) -> bool {
        marks.iter().any(|m| m == self.syntax.document.form(token))
    }

    /// The quotations of the cue's sentence that follow it, or that precede it where none follows.
    pub(super) fn quotes_after(&self, cue: TokenId) -> Vec<Span> {
        let doc = self.syntax.document;
        let sentence = doc.sentence_of(cue);
        let marked = quotations(doc, sentence, &self.cues.open_quotes, &self.cues.close_quotes);
        let whole = marked.into_iter().filter(|q| q.closed && !q.words.is_empty());
        let quotes: Vec<(TokenId, TokenId)> =
            whole.map(|q| (TokenId(q.words.start), TokenId(q.words.end - 1))).collect();
        let after = |(a, _): &&(TokenId, TokenId)| *a > cue && a.0 - cue.0 < 12;
        let before = |(_, b): &&(TokenId, TokenId)| *b < cue && cue.0 - b.0 < 8;
        let mut near: Vec<_> = quotes.iter().filter(after).copied().collect();
        if near.is_empty() {
            near.extend(quotes.iter().rfind(before).copied());
        }
        near.into_iter().map(|(a, b)| doc.token(a).span.join(doc.token(b).span)).collect()
    }

    /// Items after a colon: on the same line up to the end of the sentence, then lines that begin with a bullet.
    pub(super) fn list_after(&self, at: Place, found: &mut Vec<FoundClaim>) {
        let doc = self.syntax.document;
        let sentence = doc.sentence_of(at.head);
        let end = doc.sentence(sentence).words.end;
        // "last-minute talks": a hyphen within a word opens no list.
        let is_apart = |t: TokenId| {
            let start = doc.token(t).span.start as usize;
            doc.text().get(..start).is_none_or(|before| before.ends_with(char::is_whitespace))
        };
        let Some(colon) = (at.head.0..end).map(TokenId).find(|&t| match doc.form(t) {
            ":" | "–" | "—" => true,
            "-" => is_apart(t),
            _ => false,
        }) else {
            return;
        };
        self.items(at, colon.0 + 1..end, found);
        if doc.form(colon) != ":" || colon.0 + 2 < end {
            return;
        }
        for next in sentence.0 + 1..doc.sentences().len() as u32 {
            let words = doc.sentence(SentenceId(next)).words.clone();
            if !self.is_one_of(TokenId(words.start), &self.cues.bullets) {
                break;
            }
            self.items(at, words.start + 1..words.end, found);
        }
    }

    /// One claim for each issue of the items between commas and conjunctions.
    fn items(&self, at: Place, words: Range<u32>, found: &mut Vec<FoundClaim>) {
        let doc = self.syntax.document;
        let mut start = words.start;
        let mut pieces: Vec<Range<u32>> = Vec::new();
        for word in words.clone() {
            let token = TokenId(word);
            let parts = matches!(doc.form(token), "," | ";" | "!" | ".") || doc.upos(token) == Upos::Cconj;
            if parts || word + 1 == words.end {
                let stop = if parts { word } else { word + 1 };
                if stop > start {
                    pieces.push(start..stop);
                }
                start = word + 1;
            }
        }
        let known: Vec<bool> = pieces.iter().map(|p| self.issue_of(p.clone()).is_some()).collect();
        if !known.iter().any(|k| *k) {
            if let Some(content) = words.clone().next().map(TokenId) {
                self.push(at, content, words, found);
            }
            return;
        }
        for (piece, _) in pieces.into_iter().zip(known).filter(|(_, k)| *k) {
            self.push(at, TokenId(piece.start), piece, found);
        }
    }
}
