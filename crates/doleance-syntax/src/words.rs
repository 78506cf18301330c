//! What the classifiers see of a word: hashes of its form, its ends and its shape.
//!
//! Views are made once for each distinct form of a document. All comparing is of hashes; no string is looked at again.

use crate::hash::{hash_bytes, mix};

/// The hashes of one form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordView {
    /// The form in lower case.
    pub lower: u64,
    /// The last one to five characters of the form in lower case.
    pub suffix: [u64; 5],
    /// The first one to three characters of the form in lower case.
    pub prefix: [u64; 3],
    /// Upper and lower case, digits, hyphens.
    pub shape: u64,
    /// The parts of speech that a lexicon gives the form; zero where it has none.
    pub lexical: u64,
    /// The parts of speech and their inflection that a lexicon gives the form; zero where it has none.
    pub inflection: u64,
}

const HAS_UPPER: u64 = 1;
const HAS_LOWER: u64 = 2;
const HAS_DIGIT: u64 = 4;
const HAS_HYPHEN: u64 = 8;
const HAS_DOT: u64 = 16;
const HAS_OTHER: u64 = 32;
const FIRST_UPPER: u64 = 64;
const MANY_UPPER: u64 = 128;
const SINGLE: u64 = 256;

/// The shape of a word in capitals within a text all in capitals is that of a word in lower case.
pub(crate) fn without_capitals(shape: u64) -> u64 {
    (shape & !(HAS_UPPER | FIRST_UPPER | MANY_UPPER)) | HAS_LOWER
}

/// Whether all letters of a shape are capitals, more than one.
pub(crate) fn is_all_capitals(shape: u64) -> bool {
    shape & MANY_UPPER != 0 && shape & HAS_LOWER == 0
}

/// Whether a word of this shape has letters at all.
pub(crate) fn has_letters(shape: u64) -> bool {
    shape & (HAS_UPPER | HAS_LOWER) != 0
}

impl WordView {
    /// Looks at a form. `lower` is scratch space and holds the form in lower case afterwards.
    pub(crate) fn new(form: &str, lower: &mut String) -> Self {
        lower_into(form, lower);
        let mut view = WordView { lower: hash_bytes(lower.as_bytes()), ..WordView::default() };
        let mut ends = lower.char_indices().rev();
        for suffix in &mut view.suffix {
            let Some((at, _)) = ends.next() else { break };
            *suffix = mix(hash_bytes(&lower.as_bytes()[at..]), 1);
        }
        let mut starts = lower.char_indices().skip(1);
        for prefix in &mut view.prefix {
            let at = starts.next().map_or(lower.len(), |(at, _)| at);
            *prefix = mix(hash_bytes(&lower.as_bytes()[..at]), 2);
        }
        let mut upper = 0;
        let mut count = 0;
        for (i, c) in form.chars().enumerate() {
            count += 1;
            view.shape |= if c.is_lowercase() {
                HAS_LOWER
            } else if c.is_uppercase() {
                upper += 1;
                if i == 0 { HAS_UPPER | FIRST_UPPER } else { HAS_UPPER }
            } else if c.is_numeric() {
                HAS_DIGIT
            } else if c == '-' {
                HAS_HYPHEN
            } else if c == '.' {
                HAS_DOT
            } else {
                HAS_OTHER
            };
        }
        if upper > 1 {
            view.shape |= MANY_UPPER;
        }
        if count == 1 {
            view.shape |= SINGLE;
        }
        view
    }
}

/// Writes `form` in lower case into `lower`.
pub(crate) fn lower_into(form: &str, lower: &mut String) {
    lower.clear();
    if form.is_ascii() {
        lower.push_str(form);
        lower.make_ascii_lowercase();
    } else {
        form.chars().for_each(|c| lower.extend(c.to_lowercase()));
    }
}

/// The words of one sentence with all that has been decided about them, in parallel arrays.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sentence {
    /// The forms' hashes.
    pub views: Vec<WordView>,
    /// Parts of speech, as numbers.
    pub upos: Vec<u8>,
    /// Numbers of feature bundles in the model.
    pub bundles: Vec<u16>,
    /// Hashes of lemmas.
    pub lemmas: Vec<u64>,
    /// Heads: the number of a word in the sentence, or the sentence's length for the root.
    pub heads: Vec<u32>,
    /// Numbers of relations in the model.
    pub relations: Vec<u8>,
}

impl Sentence {
    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.views.len()
    }

    /// Forgets the words, keeps the space.
    pub(crate) fn clear(&mut self) {
        self.views.clear();
        self.upos.clear();
        self.bundles.clear();
        self.lemmas.clear();
        self.heads.clear();
        self.relations.clear();
    }

    /// Makes room for annotations of all words.
    pub(crate) fn resize(&mut self) {
        let words = self.views.len();
        self.upos.resize(words, 0);
        self.bundles.resize(words, 0);
        self.lemmas.resize(words, 0);
        self.heads.resize(words, words as u32);
        self.relations.resize(words, 0);
    }

    /// Reads a sentence that is all in capitals as if it were in lower case.
    pub(crate) fn lower_headline(&mut self) {
        let letters = self.views.iter().filter(|v| has_letters(v.shape)).count();
        let capitals = self.views.iter().filter(|v| is_all_capitals(v.shape)).count();
        if letters >= 3 && capitals * 10 >= letters * 7 {
            self.views.iter_mut().for_each(|v| v.shape = without_capitals(v.shape));
        }
    }
}
