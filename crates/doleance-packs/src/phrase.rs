//! Lemma phrases: sequences of dictionary forms that stand close together, robust against parse errors.
//!
//! Notation: words separated by spaces, each a lemma (matched on lemma or form), `(a|b)` alternatives, `<class>` a word of
//! that class, `*` any one word. Up to [`GAP`] function words (adverbs, auxiliaries, pronouns, determiners, particles)
//! may stand between two words, after a verb up to [`VERB_GAP`] words of its own clause, and a time anywhere. A multiword token is written as its syntactic words.

use std::ops::Range;

use doleance_text::{Document, TokenId, ud::Upos};

use crate::classes::{ClassNames, ClassSet};
use crate::pattern::between_bars;
use crate::vocabulary::{DocumentWords, Vocabulary, WordId};

/// How many function words may stand between two words of a phrase.
const GAP: u32 = 3;

/// How many words may stand between a verb and the next word of its phrase.
const VERB_GAP: u32 = 7;

/// Words of a usual phrase.
const USUAL_LENGTH: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Element {
    Word(WordId),
    Words(Vec<WordId>),
    Class(ClassSet),
    Any,
}

impl Element {
    fn fits(&self, document: &Document, words: &DocumentWords, classes: &[ClassSet], token: TokenId) -> bool {
        match self {
            Element::Word(word) => {
                *word == words.lemma(document, token) || *word == words.form(document, token)
            }
            Element::Words(list) => {
                list.contains(&words.lemma(document, token)) || list.contains(&words.form(document, token))
            }
            Element::Class(set) => classes.get(token.index()).is_some_and(|c| c.meets(*set)),
            Element::Any => document.upos(token) != Upos::Punct,
        }
    }
}

/// A compiled lemma phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    elements: Vec<Element>,
}

/// Where a phrase was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseMatch {
    /// From the first to the last word, as numbers of tokens.
    pub words: Range<u32>,
    /// The words that the phrase itself matched, without those skipped between them.
    pub matched: Vec<TokenId>,
    /// The last word that the phrase matched by class, if any.
    pub by_class: Option<TokenId>,
}

/// Whether a byte is a sign of the notation rather than of a word.
fn is_sign(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'|')
}

impl Phrase {
    /// Compiles the notation. The error says what is wrong with it.
    pub fn parse(text: &str, names: &mut ClassNames, vocabulary: &mut Vocabulary) -> Result<Self, String> {
        let mut elements = Vec::with_capacity(USUAL_LENGTH);
        for part in text.split_whitespace() {
            elements.push(if part == "*" {
                Element::Any
            } else if let Some(list) = part.strip_prefix('<').and_then(|p| p.strip_suffix('>')) {
                let mut set = ClassSet::NONE;
                for name in list.split('|') {
                    set = set.join(names.intern(name).ok_or("more than 64 classes are in use")?);
                }
                Element::Class(set)
            } else if let Some(list) = part.strip_prefix('(').and_then(|p| p.strip_suffix(')')) {
                let mut words = Vec::with_capacity(1 + list.bytes().filter(|&b| b == b'|').count());
                for word in between_bars(list) {
                    if word.is_empty() || word.bytes().any(is_sign) {
                        return Err(format!(
                            "({list}): \"{word}\" is no word; give classes phrases of their own"
                        ));
                    }
                    words.push(vocabulary.intern(word));
                }
                Element::Words(words)
            } else if part.len() > 1 && part.bytes().any(is_sign) {
                return Err(format!(
                    "{part}: alternatives and classes stand alone between blanks, (a|b) of single words or <class>"
                ));
            } else {
                Element::Word(vocabulary.intern(part))
            });
        }
        match elements.first() {
            None => Err("the phrase is empty".to_owned()),
            Some(Element::Word(_) | Element::Words(_)) => Ok(Phrase { elements }),
            Some(_) => Err("the phrase must begin with a word, so that it can be looked up".to_owned()),
        }
    }

    /// The words that may begin it.
    pub fn first_words(&self) -> impl Iterator<Item = WordId> + '_ {
        let words = match self.elements.first() {
            Some(Element::Word(word)) => std::slice::from_ref(word),
            Some(Element::Words(words)) => words,
            _ => &[],
        };
        words.iter().copied()
    }

    /// The number of words.
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether there are no words; never true of a parsed phrase.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// Matches with the first word at `start`, inside one sentence.
    pub fn match_at(
        &self,
        document: &Document,
        words: &DocumentWords,
        classes: &[ClassSet],
        start: TokenId,
    ) -> Option<PhraseMatch> {
        // Most phrases end here or at their second word: nothing is looked up or kept for these.
        if !self.elements[0].fits(document, words, classes, start) {
            return None;
        }
        let end = document.sentence(document.sentence_of(start)).words.end;
        if !self.walk(document, words, classes, start, end, |_, _| {}) {
            return None;
        }
        let mut matched = Vec::with_capacity(self.elements.len());
        matched.push(start);
        let mut by_class = None;
        self.walk(document, words, classes, start, end, |word, is_class| {
            matched.push(word);
            if is_class {
                by_class = Some(word);
            }
        });
        let last = matched[matched.len() - 1];
        Some(PhraseMatch { words: start.0..last.0 + 1, matched, by_class })
    }

    /// Goes from the first word on, calls `at` with each further word of the phrase and whether a class met it, and says
    /// whether all were found before `end`.
    fn walk(
        &self,
        document: &Document,
        words: &DocumentWords,
        classes: &[ClassSet],
        start: TokenId,
        end: u32,
        mut at_word: impl FnMut(TokenId, bool),
    ) -> bool {
        let mut at = start.0;
        for element in &self.elements[1..] {
            // A class may be met a little further on: "mettre le feu à plusieurs vieux bâtiments".
            // A verb's own object may stand before its next word: "appeler [les salariés] à la grève".
            let after_verb = document.upos(TokenId(at)) == Upos::Verb;
            let is_class = matches!(element, Element::Class(_));
            let reach = match after_verb {
                true => VERB_GAP,
                false if is_class => GAP + 2,
                false => GAP,
            };
            let mut next = at + 1;
            let mut aside = 0;
            loop {
                if next >= end || next - at - aside > reach + 1 {
                    return false;
                }
                if element.fits(document, words, classes, TokenId(next)) {
                    break;
                }
                if words.is_aside(TokenId(next)) {
                    aside += 1;
                    next += 1;
                    continue;
                }
                let upos = document.upos(TokenId(next));
                let skips_object =
                    after_verb && !matches!(upos, Upos::Punct | Upos::Verb | Upos::Sconj | Upos::Cconj);
                if !skips_object && !is_skippable(upos, is_class) {
                    return false;
                }
                next += 1;
            }
            at_word(TokenId(next), is_class);
            at = next;
        }
        true
    }
}

fn is_skippable(upos: Upos, modifiers_too: bool) -> bool {
    match upos {
        Upos::Adv | Upos::Aux | Upos::Pron | Upos::Det | Upos::Part => true,
        Upos::Adj | Upos::Num | Upos::Propn | Upos::Noun => modifiers_too,
        _ => false,
    }
}
