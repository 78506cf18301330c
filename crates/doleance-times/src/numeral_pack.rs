//! The number words of a language, read from `numbers.toml`.
//!
//! What the words mean is here; how a stretch of text is read with them is in `numerals`, what a number counts in
//! `numbers`.

use std::collections::BTreeMap;

use doleance_text::{Strings, Symbol};
use serde::Deserialize;

use crate::error::PackError;
use crate::mention::{Bound, NumberKind};
use crate::phrases::{self, PhraseTable, Piece};

const FILE: &str = "numbers.toml";

/// What a number word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numeral {
    /// Adds its value (*trente*, *seven*).
    Word(u64),
    /// Multiplies what stands before it (*cent*, *million*).
    Multiplier(u64),
    /// An approximate numeral (*centaine*, *dozen*).
    Collective(u64),
}

/// Words that turn a multiplier or collective into a vague number, alone or before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vague {
    pub quantifiers: PhraseTable<()>,
    pub bare: PhraseTable<()>,
    pub adjectives: PhraseTable<()>,
}

/// A frame of a range: *entre … et …*.
#[derive(Clone, Debug)]
pub(crate) struct RangeFrame {
    pub before: Box<[Piece]>,
    pub between: Box<[Piece]>,
}

/// Number words and their surroundings.
#[derive(Clone, Debug)]
pub(crate) struct NumeralPack {
    /// The hyphen, folded.
    pub hyphen: Symbol,
    pub group: Vec<char>,
    pub decimal: Vec<char>,
    pub ordinal: PhraseTable<()>,
    pub glued_multipliers: Vec<(String, u64)>,
    pub numerals: PhraseTable<Numeral>,
    pub singular: PhraseTable<()>,
    pub vigesimal: bool,
    pub connector_tens: PhraseTable<()>,
    pub connector_hundreds: PhraseTable<()>,
    pub half: PhraseTable<()>,
    pub half_before: PhraseTable<()>,
    pub of: PhraseTable<()>,
    pub vague: Vague,
    pub bound_before: PhraseTable<Bound>,
    pub bound_after: PhraseTable<Bound>,
    pub ranges: Vec<RangeFrame>,
    pub kind_after: PhraseTable<NumberKind>,
    pub kind_before: PhraseTable<NumberKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    digits: Digits,
    words: BTreeMap<String, u64>,
    multipliers: BTreeMap<String, u64>,
    rules: Rules,
    collectives: BTreeMap<String, u64>,
    vague: VagueFile,
    approximators: Approximators,
    ranges: Ranges,
    kinds: Kinds,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Digits {
    group: Vec<char>,
    decimal: Vec<char>,
    ordinal: Vec<String>,
    glued_multipliers: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    vigesimal: bool,
    singular: Vec<String>,
    connector_tens: Vec<String>,
    connector_hundreds: Vec<String>,
    half: Vec<String>,
    half_before: Vec<String>,
    of: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VagueFile {
    quantifiers: Vec<String>,
    bare: Vec<String>,
    adjectives: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approximators {
    about: Vec<String>,
    at_least: Vec<String>,
    at_most: Vec<String>,
    about_after: Vec<String>,
    at_least_after: Vec<String>,
    at_most_after: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ranges {
    pairs: Vec<[String; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    percentage: Vec<String>,
    money: Vec<String>,
    measure: Vec<String>,
    duration: Vec<String>,
    ordinal: Vec<String>,
    money_before: Vec<String>,
    label_before: Vec<String>,
}

impl NumeralPack {
    /// Reads `numbers.toml`, adding its words to the vocabulary.
    pub(crate) fn from_toml(text: &str, vocabulary: &mut Strings) -> Result<Self, PackError> {
        let file: File = toml::from_str(text).map_err(|e| PackError::toml(FILE, text, &e))?;
        let hyphen = vocabulary.intern("-");
        let mut reader = Reader { vocabulary };
        let mut numerals = PhraseTable::default();
        for (word, value) in file.words {
            reader.one(&mut numerals, "words", &word, Numeral::Word(value))?;
        }
        for (word, value) in file.multipliers {
            if value < 100 {
                return Err(PackError::new(
                    format!("multiplier {word}"),
                    FILE,
                    format!("{value} is below 100"),
                    "move it to [words]",
                ));
            }
            reader.one(&mut numerals, "multipliers", &word, Numeral::Multiplier(value))?;
        }
        for (word, value) in file.collectives {
            reader.one(&mut numerals, "collectives", &word, Numeral::Collective(value))?;
        }
        let mut bound_before = PhraseTable::default();
        let mut bound_after = PhraseTable::default();
        let near = file.approximators;
        reader.all(&mut bound_before, "approximators.about", &near.about, Bound::About)?;
        reader.all(&mut bound_before, "approximators.at_least", &near.at_least, Bound::AtLeast)?;
        reader.all(&mut bound_before, "approximators.at_most", &near.at_most, Bound::AtMost)?;
        reader.all(&mut bound_after, "approximators.about_after", &near.about_after, Bound::About)?;
        reader.all(&mut bound_after, "approximators.at_least_after", &near.at_least_after, Bound::AtLeast)?;
        reader.all(&mut bound_after, "approximators.at_most_after", &near.at_most_after, Bound::AtMost)?;
        let mut kind_after = PhraseTable::default();
        let mut kind_before = PhraseTable::default();
        let kinds = file.kinds;
        reader.all(&mut kind_after, "kinds.percentage", &kinds.percentage, NumberKind::Percentage)?;
        reader.all(&mut kind_after, "kinds.money", &kinds.money, NumberKind::Money)?;
        reader.all(&mut kind_after, "kinds.measure", &kinds.measure, NumberKind::Measure)?;
        reader.all(&mut kind_after, "kinds.duration", &kinds.duration, NumberKind::Duration)?;
        reader.all(&mut kind_after, "kinds.ordinal", &kinds.ordinal, NumberKind::Ordinal)?;
        reader.all(&mut kind_before, "kinds.money_before", &kinds.money_before, NumberKind::Money)?;
        reader.all(&mut kind_before, "kinds.label_before", &kinds.label_before, NumberKind::Label)?;
        Ok(NumeralPack {
            hyphen,
            group: file.digits.group,
            decimal: file.digits.decimal,
            ordinal: reader.set("digits.ordinal", &file.digits.ordinal)?,
            glued_multipliers: file.digits.glued_multipliers.into_iter().collect(),
            numerals,
            singular: reader.set("rules.singular", &file.rules.singular)?,
            vigesimal: file.rules.vigesimal,
            connector_tens: reader.set("rules.connector_tens", &file.rules.connector_tens)?,
            connector_hundreds: reader.set("rules.connector_hundreds", &file.rules.connector_hundreds)?,
            half: reader.set("rules.half", &file.rules.half)?,
            half_before: reader.set("rules.half_before", &file.rules.half_before)?,
            of: reader.set("rules.of", &file.rules.of)?,
            vague: Vague {
                quantifiers: reader.set("vague.quantifiers", &file.vague.quantifiers)?,
                bare: reader.set("vague.bare", &file.vague.bare)?,
                adjectives: reader.set("vague.adjectives", &file.vague.adjectives)?,
            },
            bound_before,
            bound_after,
            ranges: file
                .ranges
                .pairs
                .iter()
                .map(|[before, between]| RangeFrame {
                    before: phrases::pieces(reader.vocabulary, before),
                    between: phrases::pieces(reader.vocabulary, between),
                })
                .collect(),
            kind_after,
            kind_before,
        })
    }
}

struct Reader<'a> {
    vocabulary: &'a mut Strings,
}

impl Reader<'_> {
    fn one<V>(
        &mut self,
        table: &mut PhraseTable<V>,
        key: &str,
        word: &str,
        value: V,
    ) -> Result<(), PackError> {
        if table.insert(self.vocabulary, word, value) {
            return Ok(());
        }
        Err(PackError::new(
            format!("word \"{word}\""),
            format!("{FILE}, {key}"),
            "it holds no letter or sign to be found by",
            "take it out or write it in letters",
        ))
    }

    fn all<V: Copy>(
        &mut self,
        table: &mut PhraseTable<V>,
        key: &str,
        words: &[String],
        value: V,
    ) -> Result<(), PackError> {
        words.iter().try_for_each(|word| self.one(table, key, word, value))
    }

    fn set(&mut self, key: &str, words: &[String]) -> Result<PhraseTable<()>, PackError> {
        let mut table = PhraseTable::default();
        self.all(&mut table, key, words, ())?;
        Ok(table)
    }
}
