//! `times.toml` as written, and its words read into phrase tables.

use doleance_text::Strings;
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::error::PackError;
use crate::fields::Field;
use crate::phrases::PhraseTable;

use super::FILE;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) published: Option<String>,
    #[serde(default)]
    pub(super) capitalised: Vec<String>,
    #[serde(default)]
    pub(super) lower: Vec<String>,
    pub(super) years: Years,
    pub(super) cues: CueFile,
    pub(super) lists: BTreeMap<String, Vec<String>>,
    pub(super) class: BTreeMap<String, BTreeMap<String, toml::Value>>,
    pub(super) rule: Vec<RuleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Years {
    pub(super) counted: Vec<String>,
    pub(super) before_noun: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CueFile {
    pub(super) future_complement: Vec<String>,
    #[serde(default)]
    pub(super) future_unless_past: Vec<String>,
    pub(super) future_direct: Vec<String>,
    pub(super) future_auxiliary: Vec<String>,
    #[serde(default)]
    pub(super) future_modal: Vec<String>,
    #[serde(default)]
    pub(super) future_with_infinitive: Vec<String>,
    #[serde(default)]
    pub(super) future_passive: Vec<String>,
    #[serde(default)]
    pub(super) future_markers: Vec<String>,
    #[serde(default)]
    pub(super) day_markers: Vec<String>,
    #[serde(default)]
    pub(super) comparison: Vec<String>,
    pub(super) past_auxiliary: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub(super) id: String,
    pub(super) groups: Option<Vec<String>>,
    pub(super) patterns: Vec<String>,
    #[serde(default = "when")]
    pub(super) op: String,
    #[serde(default)]
    pub(super) set: BTreeMap<String, toml::Value>,
    pub(super) examples: Vec<String>,
    pub(super) counter_examples: Vec<String>,
}

fn when() -> String {
    "when".to_owned()
}

/// The field that a class fills: its name, or the part before a dot (`unit.long` fills unit).
pub(super) fn class_field(name: &str) -> Option<Field> {
    if name == "number" || name == "several" {
        return Some(Field::Amount);
    }
    Field::parse(name).or_else(|| Field::parse(name.split('.').next()?))
}

pub(super) fn field_value(name: &str, value: &toml::Value) -> Result<(Field, i64), String> {
    let field =
        Field::parse(name).ok_or_else(|| format!("\"{name}\" is no field; fields are {}", Field::names()))?;
    let number = match value {
        toml::Value::Integer(number) => Some(*number),
        toml::Value::String(word) => field.read(word),
        _ => None,
    };
    number.map(|number| (field, number)).ok_or_else(|| format!("{value} is no value of {name}"))
}

pub(super) fn class(
    vocabulary: &mut Strings,
    name: &str,
    words: &BTreeMap<String, toml::Value>,
) -> Result<PhraseTable<i64>, PackError> {
    let object = format!("class {name}");
    let field = class_field(name).ok_or_else(|| {
        PackError::new(
            object.clone(),
            FILE,
            "its name is no field",
            format!("name it after one of {}, with a suffix after a dot if need be", Field::names()),
        )
    })?;
    let mut table = PhraseTable::default();
    for (word, value) in words {
        let number = match value {
            toml::Value::Integer(number) => Some(*number),
            toml::Value::String(value) => field.read(value),
            _ => None,
        };
        let number = number.ok_or_else(|| {
            PackError::new(
                object.clone(),
                format!("{FILE}, word \"{word}\""),
                format!("{value} is no value of {name}"),
                "see the fields in docs/times.md",
            )
        })?;
        if !table.insert(vocabulary, word, number) {
            return Err(PackError::new(
                object,
                format!("{FILE}, word \"{word}\""),
                "it begins with digits or is empty",
                "write it in letters or make it a pattern",
            ));
        }
    }
    Ok(table)
}

pub(super) fn phrase_set(
    vocabulary: &mut Strings,
    key: &str,
    words: &[String],
) -> Result<PhraseTable<()>, PackError> {
    let mut table = PhraseTable::default();
    for word in words {
        if !table.insert(vocabulary, word, ()) {
            return Err(PackError::new(
                format!("word \"{word}\""),
                format!("{FILE}, {key}"),
                "it begins with digits or is empty",
                "write it in letters",
            ));
        }
    }
    Ok(table)
}
