//! Word classes: named sets of words that rules select by (`site`, `building`, `force`, …).
//!
//! Classes of things come from a pack's `classes.toml`; classes of people come from the actor lexicon and are added by
//! `doleance-coding`, which hands the matcher one [`ClassSet`] per token.

use std::collections::BTreeMap;

use doleance_text::{Document, TokenId};
use serde::Deserialize;

use crate::PackError;
use crate::phrase_table::PhraseTable;
use crate::vocabulary::{DocumentWords, Vocabulary, WordId};

/// A set of at most 64 classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct ClassSet(pub u64);

impl ClassSet {
    /// No class.
    pub const NONE: ClassSet = ClassSet(0);

    /// Whether the two share a class.
    pub const fn meets(self, other: ClassSet) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub const fn join(self, other: ClassSet) -> ClassSet {
        ClassSet(self.0 | other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The names of classes, each with its bit.
#[derive(Clone, Debug, Default)]
pub struct ClassNames {
    names: Vec<String>,
}

impl ClassNames {
    /// The set that holds only the class `name`, which is given a bit if it is new. `None` when 64 are in use.
    pub fn intern(&mut self, name: &str) -> Option<ClassSet> {
        if let Some(found) = self.find(name) {
            return Some(found);
        }
        if self.names.len() == 64 {
            return None;
        }
        self.names.push(name.to_owned());
        Some(ClassSet(1 << (self.names.len() - 1)))
    }

    /// The set that holds only the class `name`.
    pub fn find(&self, name: &str) -> Option<ClassSet> {
        self.names.iter().position(|n| n == name).map(|i| ClassSet(1 << i))
    }

    /// The names in a set.
    pub fn names(&self, set: ClassSet) -> impl Iterator<Item = &str> {
        self.names.iter().enumerate().filter(move |(i, _)| set.0 & (1 << i) != 0).map(|(_, n)| n.as_str())
    }
}

/// One [`ClassSet`] per token of a document.
pub type Classes = Vec<ClassSet>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
    /// What stands before the number of a thing that is named by one: *A* of the *A16*, *I-* of *I-95*.
    #[serde(default)]
    numbered: Vec<String>,
}

/// Most digits of such a number.
const LONGEST_NUMBER: usize = 4;

/// The classes of things of one language.
#[derive(Clone, Debug, Default)]
pub struct ThingClasses {
    by_word: Vec<ClassSet>,
    phrases: PhraseTable<ClassSet>,
    numbered: Vec<(String, ClassSet)>,
}

impl ThingClasses {
    /// Reads a `classes.toml`.
    pub fn from_toml(
        file: &str,
        text: &str,
        names: &mut ClassNames,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let sections: BTreeMap<String, ClassFile> =
            toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
        let mut found = ThingClasses::default();
        for (name, section) in sections {
            let class = names.intern(&name).ok_or_else(|| {
                PackError::new(file, &name, "more than 64 classes are in use", "merge two classes")
            })?;
            for noun in &section.nouns {
                if noun.contains(' ') {
                    found.add_phrase(file, noun, class, names, vocabulary)?;
                } else {
                    let slot = slot(&mut found.by_word, vocabulary.intern(noun));
                    *slot = slot.join(class);
                }
            }
            found.numbered.extend(section.numbered.into_iter().map(|prefix| (prefix, class)));
            for phrase in &section.phrases {
                found.add_phrase(file, phrase, class, names, vocabulary)?;
            }
        }
        Ok(found)
    }

    fn add_phrase(
        &mut self,
        file: &str,
        text: &str,
        class: ClassSet,
        names: &mut ClassNames,
        vocabulary: &mut Vocabulary,
    ) -> Result<(), PackError> {
        self.phrases
            .add(text, class, names, vocabulary)
            .map_err(|reason| PackError::new(file, text, reason, "write words separated by spaces"))
    }

    /// The class of a thing named by a number, as roads are.
    fn class_of_number(&self, form: &str) -> ClassSet {
        let is_number = |digits: &str| {
            (1..=LONGEST_NUMBER).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
        };
        let named = |prefix: &str| form.strip_prefix(prefix).is_some_and(is_number);
        self.numbered.iter().find(|(prefix, _)| named(prefix)).map_or(ClassSet::NONE, |&(_, class)| class)
    }

    /// Adds the classes of things to `classes`, which has one set per token.
    pub fn add_to(&self, document: &Document, words: &DocumentWords, classes: &mut Classes) {
        let mut found = Vec::new();
        for token in document.token_ids() {
            let lemma = words.lemma(document, token);
            let form = words.form(document, token);
            if document.upos(token).is_nominal() || document.upos(token) == doleance_text::ud::Upos::X {
                let of = |w: WordId| self.by_word.get(w.0 as usize).copied().unwrap_or_default();
                let set = if lemma == WordId::OTHER { of(form) } else { of(lemma) };
                let set = if set.is_empty() { self.class_of_number(document.form(token)) } else { set };
                classes[token.index()] = classes[token.index()].join(set);
            }
            found.extend(self.phrases.matches_at(document, words, classes, token));
            for (phrase, _, class) in found.drain(..) {
                for t in phrase.words.filter(|&t| document.upos(TokenId(t)).is_nominal()) {
                    classes[t as usize] = classes[t as usize].join(class);
                }
            }
        }
    }
}

/// The slot for a word in a table indexed by word, which grows as needed.
pub(crate) fn slot<T: Default>(table: &mut Vec<T>, word: WordId) -> &mut T {
    let index = word.0 as usize;
    if table.len() <= index {
        table.resize_with(index + 1, T::default);
    }
    &mut table[index]
}
