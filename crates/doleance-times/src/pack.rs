//! A language's times and numbers: vocabulary, number words, patterns, calendar tables.

use doleance_text::{Document, Span, Strings};

use crate::atoms::Atom;
use crate::error::PackError;
use crate::expression::Expression;
use crate::grammar::Grammar;
use crate::matcher::Matcher;
use crate::mention::NumberKind;
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

    /// The spans of all time expressions, in text order, with what a number inside them is.
    pub(crate) fn time_spans(&self, atoms: &[Atom], document: &Document) -> Vec<(Span, NumberKind)> {
        Matcher::new(&self.grammar, &self.numerals, atoms, document)
            .find()
            .iter()
            .filter(|found| found.end > found.first)
            .map(|found| {
                let kind = match found.expression {
                    Expression::Nothing => NumberKind::Label,
                    Expression::Duration(_) | Expression::Lasting(_) | Expression::Window(..) => {
                        NumberKind::Duration
                    }
                    _ => NumberKind::CalendarTime,
                };
                (Span::new(atoms[found.first].span.start, atoms[found.end - 1].span.end), kind)
            })
            .collect()
    }
}
