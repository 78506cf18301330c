//! The words of a noun phrase around its head: determiner, adjectives, complements; no relative clause, no apposition.

use doleance_text::ud::Upos;
use doleance_text::{Document, Span, TokenId};

use crate::pack::ActorPack;
use crate::words::DocumentWords;

/// First and last word of the noun phrase of `head`, both included.
pub(crate) fn noun_phrase(
    pack: &ActorPack,
    document: &Document,
    words: &DocumentWords,
    head: TokenId,
) -> (TokenId, TokenId) {
    let sentence = document.sentence(document.sentence_of(head)).words.clone();
    let belongs = |t: u32| belongs_to(pack, document, words, head, TokenId(t));
    let is_quiet =
        |t: u32| document.upos(TokenId(t)) == Upos::Punct && is_inner_mark(document.form(TokenId(t)));
    let mut first = head.0;
    let mut at = head.0;
    while at > sentence.start && head.0 - at < LONGEST {
        at -= 1;
        if belongs(at) {
            first = at;
        } else if !is_quiet(at) {
            break;
        }
    }
    let mut last = head.0;
    at = head.0;
    while at + 1 < sentence.end && at - head.0 < LONGEST {
        at += 1;
        if belongs(at) {
            last = at;
        } else if !is_quiet(at) {
            break;
        }
    }
    // In "du personnel" the article shares its letters with the preposition, which stays outside.
    while first < head.0
        && first > sentence.start
        && document.token(TokenId(first)).span == document.token(TokenId(first - 1)).span
    {
        first += 1;
    }
    (TokenId(first), TokenId(last))
}

/// The span of words `first` to `last`.
pub(crate) fn span_of(document: &Document, (first, last): (TokenId, TokenId)) -> Span {
    document.token(first).span.join(document.token(last).span)
}

/// More words than this on one side of a head are a parse error rather than a noun phrase.
const LONGEST: u32 = 12;

fn is_inner_mark(form: &str) -> bool {
    matches!(form, "\"" | "'" | "«" | "»" | "“" | "”" | "‘" | "’" | "-" | "–")
}

fn belongs_to(
    pack: &ActorPack,
    document: &Document,
    words: &DocumentWords,
    head: TokenId,
    token: TokenId,
) -> bool {
    let mut at = token;
    for _ in 0..LONGEST {
        let Some(up) = document.head(at) else { return false };
        let relation = document.universal_relation(at);
        let direct = up == head;
        let is_part = match relation {
            "det" | "amod" | "nummod" | "compound" | "flat" | "fixed" | "goeswith" => true,
            "advmod" => !direct || at < head,
            "nmod" => is_complement(pack, document, words, at),
            "case" | "conj" | "cc" => !direct,
            // la société [Kazakhmys]
            "appos" => document.upos(at) == Upos::Propn && at.0 == up.0 + 1,
            "acl" => {
                document.relation(at) == doleance_text::ud::ACL
                    && direct
                    && document.children(at).is_empty()
                    && at.0.abs_diff(head.0) == 1
            }
            _ => false,
        };
        if !is_part {
            return false;
        }
        if direct {
            return true;
        }
        at = up;
    }
    false
}

/// Whether a dependent noun is the head's complement (*les agents de la ville*) and not a place or time beside it.
pub(crate) fn is_complement(
    pack: &ActorPack,
    document: &Document,
    words: &DocumentWords,
    nominal: TokenId,
) -> bool {
    let mut cases = document.children_by(nominal, "case").peekable();
    cases.peek().is_none() || cases.all(|c| pack.rules.complement_cases.has_any(words.of(document, c)))
}
