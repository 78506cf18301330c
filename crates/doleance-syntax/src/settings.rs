//! What a language pack says about writing: `syntax.toml`, read when a model is trained and kept inside it.

use serde::Deserialize;

use crate::bytes::{Reader, put_strings};

/// The content of a language's `syntax.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Words that keep their full stop, with it (`Mme`, which has none, is not one).
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// Whether digits are grouped by spaces (`12 000` is one number).
    #[serde(default)]
    pub grouped_numbers: bool,
    /// Endings that inclusive spelling adds to a masculine form after a dot, hyphen or bracket (`e`, `trice`, `s`).
    #[serde(default)]
    pub inclusive_endings: Vec<String>,
    /// Endings of inclusive spelling that make a plural (`s`).
    #[serde(default)]
    pub inclusive_plurals: Vec<String>,
    /// Words that hang on a verb by a hyphen, with it (`-il`).
    #[serde(default)]
    pub enclitics: Vec<String>,
    /// One sentence in so many is also learned as a heading that runs on without a full stop; zero for none.
    #[serde(default)]
    pub headings: u32,
    /// Score by which the end of a sentence must lead in training; the higher, the more sentences end. Six unless given.
    #[serde(default)]
    pub end_margin: Option<i32>,
    /// What a treebank may say differently from the others.
    #[serde(default)]
    pub harmonise: Harmonise,
}

/// How annotations are made alike before training.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Harmonise {
    /// Features that are left out.
    #[serde(default)]
    pub drop_features: Vec<String>,
    /// Relations renamed, as `old=new`.
    #[serde(default)]
    pub rename_relations: Vec<String>,
    /// Relations that some treebanks leave without the subtype that others give: where gold has none, any is right.
    #[serde(default)]
    pub underspecified_relations: Vec<String>,
}

/// The settings that a model needs at run time, ready for use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writing {
    /// Abbreviations in lower case, without their last full stop.
    pub abbreviations: Vec<String>,
    pub grouped_numbers: bool,
    pub inclusive_endings: Vec<String>,
    pub inclusive_plurals: Vec<String>,
    pub enclitics: Vec<String>,
}

impl Writing {
    /// Prepares the settings.
    pub(crate) fn new(settings: &Settings) -> Self {
        let mut abbreviations: Vec<String> =
            settings.abbreviations.iter().map(|a| a.trim_end_matches('.').to_lowercase()).collect();
        abbreviations.sort_unstable();
        abbreviations.dedup();
        Writing {
            abbreviations,
            grouped_numbers: settings.grouped_numbers,
            inclusive_endings: settings.inclusive_endings.clone(),
            inclusive_plurals: settings.inclusive_plurals.clone(),
            enclitics: settings.enclitics.clone(),
        }
    }

    /// Lays the settings out in a model.
    pub(crate) fn freeze(&self) -> Vec<u8> {
        let mut out = vec![u8::from(self.grouped_numbers)];
        put_strings(&mut out, &self.abbreviations);
        put_strings(&mut out, &self.inclusive_endings);
        put_strings(&mut out, &self.inclusive_plurals);
        put_strings(&mut out, &self.enclitics);
        out
    }

    /// Reads what [`freeze`](Self::freeze) wrote.
    pub(crate) fn thaw(section: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let owned = |strings: Vec<&str>| strings.into_iter().map(str::to_owned).collect();
        Some(Writing {
            grouped_numbers: reader.u8()? != 0,
            abbreviations: owned(reader.strings()?),
            inclusive_endings: owned(reader.strings()?),
            inclusive_plurals: owned(reader.strings()?),
            enclitics: owned(reader.strings()?),
        })
    }

    /// Whether these letters, followed by a full stop, are an abbreviation.
    pub(crate) fn is_abbreviation(&self, lower: &str) -> bool {
        self.abbreviations.binary_search_by(|a| a.as_str().cmp(lower)).is_ok()
    }
}
