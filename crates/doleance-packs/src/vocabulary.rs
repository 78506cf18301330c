//! The words that a pack's rules mention, numbered, so that matching compares numbers.

use std::ops::Range;

use doleance_text::ud::Upos;
use doleance_text::{Document, Symbol, TokenId};
use rustc_hash::FxHashMap;

/// Number of a word in a [`Vocabulary`]. Zero is "a word no rule mentions".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no rule mentions.
    pub const OTHER: WordId = WordId(0);
}

/// The words that rules mention, in lower case.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    numbers: FxHashMap<String, WordId>,
    verb_endings: Vec<(String, String)>,
}

impl Vocabulary {
    /// The number of a word, given if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(&known) = self.numbers.get(word) {
            return known;
        }
        let next = WordId(self.numbers.len() as u32 + 1);
        *self.numbers.entry(word.to_lowercase()).or_insert(next)
    }

    /// The number of a word, or [`WordId::OTHER`].
    pub fn find(&self, word: &str) -> WordId {
        if let Some(&id) = self.numbers.get(word) {
            return id;
        }
        if word.contains(|c: char| c.is_uppercase() || c == '’') {
            return self.numbers.get(&word.to_lowercase().replace('’', "'")).copied().unwrap_or_default();
        }
        WordId::OTHER
    }

    /// Sets how the forms of a verb lead to its dictionary form, for verbs whose lemma the syntax model did not know:
    /// pairs of an ending and what takes its place, tried in order.
    pub fn set_verb_endings(&mut self, endings: Vec<(String, String)>) {
        self.verb_endings = endings;
    }

    /// The word of the vocabulary that a verb's form is a form of, by its ending.
    fn find_verb(&self, form: &str) -> WordId {
        let form = form.to_lowercase();
        for (ending, instead) in &self.verb_endings {
            let Some(stem) = form.strip_suffix(ending.as_str()).filter(|s| s.chars().count() > 2) else {
                continue;
            };
            if let Some(&id) = self.numbers.get(&format!("{stem}{instead}")) {
                return id;
            }
        }
        WordId::OTHER
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

/// The vocabulary numbers of a document's lemmas and forms: one look-up per distinct string.
#[derive(Clone, Debug)]
pub struct DocumentWords {
    of_symbol: Vec<WordId>,
    guessed: FxHashMap<Symbol, WordId>,
    /// For each token, whether it belongs to an aside; empty where there are none.
    aside: Vec<bool>,
}

impl DocumentWords {
    /// Looks up every string of the document once.
    pub fn new(vocabulary: &Vocabulary, document: &Document) -> Self {
        let strings = document.strings();
        let of_symbol: Vec<WordId> =
            (0..strings.len() as u32).map(|i| vocabulary.find(strings.get(Symbol(i)))).collect();
        let mut guessed = FxHashMap::default();
        for token in document.tokens() {
            let unknown = of_symbol[token.lemma.0 as usize] == WordId::OTHER;
            if token.upos == Upos::Verb && unknown {
                guessed.entry(token.form).or_insert_with(|| vocabulary.find_verb(strings.get(token.form)));
            }
        }
        DocumentWords { of_symbol, guessed, aside: Vec::new() }
    }

    /// Marks words that may stand anywhere between others, as a time does: *ont bloqué [lundi] l'accès*.
    pub fn set_aside(&mut self, document: &Document, tokens: Range<u32>) {
        self.aside.resize(document.tokens().len(), false);
        for token in tokens {
            self.aside[token as usize] = true;
        }
    }

    /// Whether a token belongs to words that may stand anywhere.
    pub fn is_aside(&self, token: TokenId) -> bool {
        self.aside.get(token.index()).is_some_and(|aside| *aside)
    }

    /// The number of a token's lemma.
    pub fn lemma(&self, document: &Document, token: TokenId) -> WordId {
        let token = document.token(token);
        match self.of_symbol[token.lemma.0 as usize] {
            WordId::OTHER if token.upos == Upos::Verb => {
                self.guessed.get(&token.form).copied().unwrap_or_default()
            }
            known => known,
        }
    }

    /// The number of a token's form.
    pub fn form(&self, document: &Document, token: TokenId) -> WordId {
        self.of_symbol[document.token(token).form.0 as usize]
    }
}
