//! Where the lexicon's words and word sequences stand in a document.
//!
//! Purely lexical: which of them are actors is decided in [`crate::find`].

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, TokenId};

use crate::lexicon::{EntryId, Flags, Sequence};
use crate::pack::{ActorPack, SequenceHead};
use crate::words::DocumentWords;

/// A lexicon row found in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub entry: EntryId,
    pub first: TokenId,
    pub last: TokenId,
    pub head: TokenId,
}

/// All rows found, without overlap, in text order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tags {
    pub tags: Vec<Tag>,
    of_token: Vec<u32>,
}

impl Tags {
    pub fn at(&self, token: TokenId) -> Option<&Tag> {
        self.of_token[token.index()].checked_sub(1).map(|i| &self.tags[i as usize])
    }

    /// Finds the longest rows from left to right.
    pub fn find(pack: &ActorPack, document: &Document, words: &DocumentWords) -> Self {
        let mut found = Tags { tags: Vec::new(), of_token: vec![0; document.tokens().len()] };
        for sentence in document.sentences() {
            let mut at = sentence.words.start;
            while at < sentence.words.end {
                let token = TokenId(at);
                match tag_at(pack, document, words, token, sentence.words.end) {
                    Some(tag) => {
                        found.tags.push(tag);
                        found.of_token[at as usize..=tag.last.index()].fill(found.tags.len() as u32);
                        at = tag.last.0 + 1;
                    }
                    None => at += 1,
                }
            }
        }
        found
    }
}

fn tag_at(
    pack: &ActorPack,
    document: &Document,
    words: &DocumentWords,
    token: TokenId,
    end: u32,
) -> Option<Tag> {
    let candidates = words.of(document, token);
    let mut longest: Option<&Sequence> = None;
    for (i, &word) in candidates.iter().enumerate() {
        if word.0 == 0 || candidates[..i].contains(&word) {
            continue;
        }
        for sequence in pack.lexicon.starting_with(word) {
            let length = sequence.words.len() as u32;
            let is_longer = longest.is_none_or(|l| l.words.len() < sequence.words.len());
            if is_longer && token.0 + length <= end && follows(document, words, token, sequence) {
                longest = Some(sequence);
            }
        }
    }
    if let Some(sequence) = longest {
        let last = TokenId(token.0 + sequence.words.len() as u32 - 1);
        let head = head_of(pack, document, token, last);
        return Some(Tag { entry: sequence.entry, first: token, last, head });
    }
    let entry = candidates.into_iter().find_map(|w| pack.lexicon.single(w))?;
    let row = pack.lexicon.entry(entry);
    if !row.is_name && !can_be_noun(document, token, row.flags) {
        return None;
    }
    if row.flags.has(Flags::PLURAL) && document.has_feature(token, "Number", "Sing") {
        return None;
    }
    if row.flags.has(Flags::DETERMINED)
        && !document.has_feature(token, "Number", "Plur")
        && !document.children(token).iter().any(|&c| {
            let counts = matches!(document.relation(c), ud::DET | ud::NUMMOD);
            counts && c < token && !document.has_feature(c, "Poss", "Yes")
        })
    {
        return None;
    }
    if !row.is_name && is_surname(pack, document, token) {
        return None;
    }
    Some(Tag { entry, first: token, last: token, head: token })
}

fn follows(document: &Document, words: &DocumentWords, token: TokenId, sequence: &Sequence) -> bool {
    sequence.words[1..]
        .iter()
        .enumerate()
        .all(|(i, &word)| words.is(document, TokenId(token.0 + 1 + i as u32), word))
}

/// The word of a sequence whose head lies outside; where the tree breaks the sequence, the end that the language names.
fn head_of(pack: &ActorPack, document: &Document, first: TokenId, last: TokenId) -> TokenId {
    let inside = |t: TokenId| first <= t && t <= last;
    let mut outer = (first.0..=last.0)
        .map(TokenId)
        .filter(|&t| document.upos(t) != Upos::Punct && document.head(t).is_none_or(|h| !inside(h)));
    match (outer.next(), outer.next()) {
        (Some(only), None) => only,
        _ if pack.rules.sequence_head == SequenceHead::First => first,
        _ => last,
    }
}

/// Whether a word of this part of speech in this place can be a noun. Taggers confuse nouns made of adjectives and
/// participles (*les blessés*, *the unemployed*) with these; a determiner without a noun behind it decides.
fn can_be_noun(document: &Document, token: TokenId, flags: Flags) -> bool {
    match document.upos(token) {
        // Rare plurals are taken for pronouns; pronouns proper are no words of the table.
        Upos::Noun | Upos::Propn | Upos::X | Upos::Pron => true,
        // No actor noun is an auxiliary; and inclusive spelling is a noun's (travailleurs-travailleuses).
        Upos::Aux => !flags.has(Flags::WEAK),
        Upos::Adj if document.form(token).contains(['-', '·', '.']) && !flags.has(Flags::WEAK) => true,
        Upos::Adj | Upos::Verb | Upos::Num | Upos::Sym => {
            let argument = match document.universal_relation(token) {
                "nsubj" | "obj" | "obl" | "nmod" | "iobj" | "appos" => true,
                "conj" | "root" | "list" | "dep" | "parataxis" => has_determiner(document, token),
                _ => false,
            };
            argument && (flags.has(Flags::ADJECTIVE) || has_determiner(document, token))
                || flags.has(Flags::ADJECTIVE) && stands_alone(document, token)
        }
        _ => false,
    }
}

/// An article before and no noun behind: "the unemployed marched", whatever the tree makes of it.
fn stands_alone(document: &Document, token: TokenId) -> bool {
    let sentence = document.sentence(document.sentence_of(token)).words.clone();
    let before = token.0 > sentence.start && document.upos(TokenId(token.0 - 1)) == Upos::Det;
    let next = TokenId(token.0 + 1);
    before
        && (next.0 >= sentence.end
            || !matches!(document.upos(next), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Cconj))
}

/// A capitalised noun right behind a first name is a surname: *Laurent Berger*, *Jim Baker*.
fn is_surname(pack: &ActorPack, document: &Document, token: TokenId) -> bool {
    let capital = |t: TokenId| document.form(t).chars().next().is_some_and(char::is_uppercase);
    let sentence = document.sentence(document.sentence_of(token)).words.start;
    token.0 > sentence
        && capital(token)
        && document.upos(token) != Upos::Adj
        && pack.persons.is_first_name(document.form(TokenId(token.0 - 1)))
}

pub(crate) fn has_determiner(document: &Document, token: TokenId) -> bool {
    document.children(token).iter().any(|&c| c < token && document.relation(c) == ud::DET)
}
