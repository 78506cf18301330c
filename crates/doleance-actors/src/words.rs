//! The words that an actor pack mentions, numbered, and the same numbers for the strings of a document.
//!
//! A surface form that is no entry itself is brought back to one by the pack's endings (*ouvrières* → *ouvrier*) and by
//! undoing inclusive spelling (*manifestant.e.s*, *travailleurs-travailleuses*).

use doleance_text::{Document, Symbol, TokenId};
use rustc_hash::FxHashMap;

/// Number of a word of the pack. Zero is "a word that the pack does not mention".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) struct WordId(pub u32);

impl WordId {
    pub const OTHER: WordId = WordId(0);
}

/// How a language brings surface forms back to dictionary forms. All of it is pack data.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spelling {
    /// Endings and what to put in their place, tried in order.
    pub endings: Vec<(String, String)>,
    /// What may follow a separator in inclusive spelling (`e`, `s`, `trices`).
    pub inclusive: Vec<String>,
    /// The separators of inclusive spelling.
    pub separators: Vec<char>,
    /// What may stand before an entry with a hyphen (`ex-`, `vice-`).
    pub prefixes: Vec<String>,
}

/// The words of a pack. Those with a capital letter are matched as written, the others in any case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    numbers: FxHashMap<String, WordId>,
    is_entry: Vec<bool>,
    spelling: Spelling,
}

/// The readings of one string: as it stands, and brought back to a dictionary form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    pub exact: WordId,
    pub plain: WordId,
    pub derived: WordId,
}

impl Words {
    pub fn new(spelling: Spelling) -> Self {
        Words { spelling, ..Words::default() }
    }

    pub fn intern(&mut self, word: &str) -> WordId {
        let next = WordId(self.numbers.len() as u32 + 1);
        *self.numbers.entry(word.replace('’', "'")).or_insert(next)
    }

    /// Marks a word as an entry by itself: endings are undone towards such words first.
    pub fn mark_entry(&mut self, word: WordId) {
        let index = word.0 as usize;
        if self.is_entry.len() <= index {
            self.is_entry.resize(index + 1, false);
        }
        self.is_entry[index] = true;
    }

    fn is_entry(&self, word: WordId) -> bool {
        self.is_entry.get(word.0 as usize).copied().unwrap_or(false)
    }

    pub fn find(&self, word: &str) -> WordId {
        self.numbers.get(word).copied().unwrap_or_default()
    }

    pub fn read(&self, text: &str) -> Reading {
        // A tokenizer may leave the final stop on an acronym: "l'AFP."
        if let Some(bare) = text.strip_suffix('.').filter(|t| t.len() > 1 && self.find(text) == WordId::OTHER)
        {
            return self.read(bare);
        }
        let mut reading = Reading { exact: self.find(text), ..Reading::default() };
        let first = text.chars().next();
        if !first.is_some_and(char::is_alphabetic) {
            reading.plain = reading.exact;
            return reading;
        }
        let folded;
        let lower = if text.contains(|c: char| c.is_uppercase() || c == '’') {
            folded = text.to_lowercase().replace('’', "'");
            reading.plain = self.find(&folded);
            if reading.exact == WordId::OTHER && reading.plain == WordId::OTHER {
                // A plural of a word written with a capital: "Catalans".
                reading.exact = self.entry_without_ending(text);
            }
            folded.as_str()
        } else {
            reading.plain = reading.exact;
            text
        };
        if !self.is_entry(reading.plain) {
            reading.derived = self.derive(lower);
        }
        reading
    }

    fn derive(&self, lower: &str) -> WordId {
        if let Some(base) = self.spelling.prefixes.iter().find_map(|p| lower.strip_prefix(p.as_str())) {
            let found = self.find(base);
            return if self.is_entry(found) { found } else { self.without_ending(base) };
        }
        let stripped = self.without_ending(lower);
        if stripped != WordId::OTHER {
            return stripped;
        }
        // Both halves of a compound take the plural: "aides-soignantes", "sapeurs-pompiers".
        if let Some((half, rest)) = lower.split_once('-') {
            for (ending, replacement) in &self.spelling.endings {
                let Some(stem) = half.strip_suffix(ending.as_str()).filter(|s| s.len() > 1) else { continue };
                let compound = format!("{stem}{replacement}-{rest}");
                let found = self.find(&compound);
                let found = if self.is_entry(found) { found } else { self.entry_without_ending(&compound) };
                if found != WordId::OTHER {
                    return found;
                }
            }
        }
        let separators = &self.spelling.separators;
        let Some(cut) = lower.find(|c| separators.contains(&c)).filter(|&cut| cut > 2) else {
            return WordId::OTHER;
        };
        let stem = &lower[..cut];
        let base = match self.find(stem) {
            found if self.is_entry(found) => found,
            _ => self.without_ending(stem),
        };
        if base == WordId::OTHER {
            return base;
        }
        // Every later piece is a known ending, or a whole word of the same entry (travailleurs-travailleuses).
        let mut pieces = lower[cut..].split(|c| separators.contains(&c)).filter(|p| !p.is_empty()).peekable();
        let is_inclusive = pieces.peek().is_some()
            && pieces
                .all(|p| self.spelling.inclusive.iter().any(|i| i == p) || self.without_ending(p) == base);
        if is_inclusive { base } else { WordId::OTHER }
    }

    fn entry_without_ending(&self, word: &str) -> WordId {
        let found = self.without_ending(word);
        if self.is_entry(found) { found } else { WordId::OTHER }
    }

    /// The entry that the word is with another ending; failing that, a word of a sequence.
    fn without_ending(&self, lower: &str) -> WordId {
        let mut second_best = WordId::OTHER;
        for (ending, replacement) in &self.spelling.endings {
            let Some(stem) = lower.strip_suffix(ending.as_str()).filter(|s| s.len() > 1) else { continue };
            let found = if replacement.is_empty() {
                self.find(stem)
            } else {
                let mut word = String::with_capacity(stem.len() + replacement.len());
                word.push_str(stem);
                word.push_str(replacement);
                self.find(&word)
            };
            if self.is_entry(found) {
                return found;
            }
            if second_best == WordId::OTHER {
                second_best = found;
            }
        }
        second_best
    }
}

/// The words that a token may be.
pub(crate) type Candidates = [WordId; 6];

/// The readings of every string of a document: one look-up per distinct string.
#[derive(Clone, Debug, Default)]
pub(crate) struct DocumentWords {
    of_symbol: Vec<Reading>,
}

impl DocumentWords {
    pub fn new(words: &Words, document: &Document) -> Self {
        let strings = document.strings();
        let of_symbol = (0..strings.len() as u32).map(|i| words.read(strings.get(Symbol(i)))).collect();
        DocumentWords { of_symbol }
    }

    /// The words that a token may be, most trustworthy first: as written, lemma, form, form without its ending.
    pub fn of(&self, document: &Document, token: TokenId) -> Candidates {
        let token = document.token(token);
        let form = self.of_symbol[token.form.0 as usize];
        let lemma = self.of_symbol[token.lemma.0 as usize];
        [form.exact, lemma.exact, lemma.plain, form.plain, form.derived, lemma.derived]
    }

    /// The words that a token's form may be, without regard to its lemma.
    pub fn forms(&self, document: &Document, token: TokenId) -> [WordId; 2] {
        let form = self.of_symbol[document.token(token).form.0 as usize];
        [form.exact, form.plain]
    }

    pub fn is(&self, document: &Document, token: TokenId, word: WordId) -> bool {
        self.of(document, token).contains(&word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let pairs = |list: &[(&str, &str)]| {
            list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>()
        };
        let mut words = Words::new(Spelling {
            endings: pairs(&[("s", ""), ("euses", "eur"), ("ères", "er"), ("ières", "ier")]),
            inclusive: vec!["e".into(), "s".into(), "ères".into()],
            separators: ".·-".chars().collect(),
            prefixes: vec!["ex-".into()],
        });
        for word in ["travailleur", "manifestant", "ouvrier", "CGT", "chef", "aide-soignant"] {
            let word = words.intern(word);
            words.mark_entry(word);
        }
        words
    }

    #[test]
    fn inclusive_spellings_come_back_to_the_dictionary_form() {
        let words = words();
        for (text, entry) in [
            ("travailleurs-travailleuses", "travailleur"),
            ("Manifestant.e.s", "manifestant"),
            ("ouvriers·ères", "ouvrier"),
            ("OUVRIÈRES", "ouvrier"),
            ("ex-chefs", "chef"),
            ("aides-soignants", "aide-soignant"),
        ] {
            assert_eq!(words.read(text).derived, words.find(entry), "{text}");
        }
    }

    #[test]
    fn other_hyphens_and_capitals_stay() {
        let words = words();
        assert_eq!(words.read("chef-lieu").derived, WordId::OTHER);
        assert_eq!(words.read("cgt"), Reading::default());
        assert_ne!(words.read("CGT").exact, WordId::OTHER);
    }
}
