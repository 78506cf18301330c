//! A language's times and numbers: vocabulary, number words, patterns, calendar tables.

use doleance_text::{Document, Strings};

use crate::atoms::Atom;
use crate::error::PackError;
use crate::grammar::Grammar;
use crate::matcher::{Match, Matcher};
use crate::numeral_pack::NumeralPack;

/// Everything this crate needs to read one language. Immutable and shareable between threads.
#[derive(Clone, Debug)]
pub struct TimePack {
    vocabulary: Strings,
    numerals: NumeralPack,
    grammar: Grammar,
}

impl TimePack {
    /// Reads `times.toml` and `numbers.toml` of a language pack.
    ///
    /// # Errors
    /// The first thing found wrong, with its place and how to mend it.
    pub fn from_toml(times: &str, numbers: &str) -> Result<TimePack, PackError> {
        let mut vocabulary = Strings::new();
        let numerals = NumeralPack::from_toml(numbers, &mut vocabulary)?;
        let grammar = Grammar::from_toml(times, &mut vocabulary, &numerals)?;
        Ok(TimePack { vocabulary, numerals, grammar })
    }

    pub(crate) fn vocabulary(&self) -> &Strings {
        &self.vocabulary
    }

    pub(crate) fn numerals(&self) -> &NumeralPack {
        &self.numerals
    }

    pub(crate) fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    /// Everything that looks like a time, in text order.
    pub(crate) fn matches(&self, atoms: &[Atom], document: &Document) -> Vec<Match> {
        Matcher::new(&self.grammar, &self.numerals, atoms, document).find()
    }
}
