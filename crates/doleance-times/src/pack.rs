//! A language's times and numbers: vocabulary, number words, patterns, calendar tables.

use doleance_text::{Document, Span, Strings};

use crate::atoms::Atom;
use crate::error::PackError;
use crate::numeral_pack::NumeralPack;

/// Everything this crate needs to read one language. Immutable and shareable between threads.
#[derive(Clone, Debug)]
pub struct TimePack {
    vocabulary: Strings,
    numerals: NumeralPack,
}

impl TimePack {
    /// Reads `times.toml` and `numbers.toml` of a language pack.
    ///
    /// # Errors
    /// The first thing found wrong, with its place and how to mend it.
    pub fn from_toml(_times: &str, numbers: &str) -> Result<TimePack, PackError> {
        let mut vocabulary = Strings::new();
        let numerals = NumeralPack::from_toml(numbers, &mut vocabulary)?;
        Ok(TimePack { vocabulary, numerals })
    }

    pub(crate) fn vocabulary(&self) -> &Strings {
        &self.vocabulary
    }

    pub(crate) fn numerals(&self) -> &NumeralPack {
        &self.numerals
    }

    /// The spans of all time expressions, in text order.
    pub(crate) fn time_spans(&self, _atoms: &[Atom], _document: &Document) -> Vec<Span> {
        Vec::new()
    }
}
