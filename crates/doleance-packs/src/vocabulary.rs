//! The words that a pack's rules mention, numbered, so that matching compares numbers.

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
}

impl Vocabulary {
    /// The number of a word, given if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
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
}

impl DocumentWords {
    /// Looks up every string of the document once.
    pub fn new(vocabulary: &Vocabulary, document: &Document) -> Self {
        let strings = document.strings();
        let of_symbol = (0..strings.len() as u32).map(|i| vocabulary.find(strings.get(Symbol(i)))).collect();
        DocumentWords { of_symbol }
    }

    /// The number of a token's lemma.
    pub fn lemma(&self, document: &Document, token: TokenId) -> WordId {
        self.of_symbol[document.token(token).lemma.0 as usize]
    }

    /// The number of a token's form.
    pub fn form(&self, document: &Document, token: TokenId) -> WordId {
        self.of_symbol[document.token(token).form.0 as usize]
    }
}
