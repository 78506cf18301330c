//! Trigger files as they are written: TOML with examples, or the same as JSON without.

use serde::Deserialize;

use crate::PackError;
use crate::example::Example;
use crate::triggers::ArgumentRole;

/// A trigger file, read but not yet joined with the classes and words of its language.
#[derive(Debug)]
pub struct TriggerFile {
    pub(crate) file: String,
    pub(crate) kind: String,
    pub(crate) rows: Vec<Row>,
}

impl TriggerFile {
    /// Reads the file of a kind.
    ///
    /// # Errors
    /// What of the file is no trigger.
    pub fn parse(file: &str, kind: &str, text: &str) -> Result<Self, PackError> {
        let read: File = toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
        let unproved = |row: &&Row| row.examples.is_empty() || row.counter_examples.is_empty();
        if let Some(row) = read.trigger.iter().find(unproved) {
            return Err(PackError::new(
                file,
                row.id.clone(),
                "an example or a counter-example is missing",
                "write one sentence in which it holds and one in which it must not",
            ));
        }
        Ok(TriggerFile { file: file.to_owned(), kind: kind.to_owned(), rows: read.trigger })
    }

    /// Reads the same as JSON, without examples.
    ///
    /// # Errors
    /// What of the file is no trigger.
    pub fn from_json(file: &str, kind: &str, json: &[u8]) -> Result<Self, PackError> {
        let read: File = serde_json::from_slice(json)
            .map_err(|e| PackError::new(file, "compact form", e.to_string(), "build the program anew"))?;
        Ok(TriggerFile { file: file.to_owned(), kind: kind.to_owned(), rows: read.trigger })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    trigger: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) noun: Vec<String>,
    #[serde(default)]
    pub(crate) verb: Vec<String>,
    #[serde(default)]
    pub(crate) adjective: Vec<String>,
    #[serde(default)]
    pub(crate) phrase: Vec<String>,
    pub(crate) pattern: Option<String>,
    #[serde(default)]
    pub(crate) subject: Vec<String>,
    #[serde(default)]
    pub(crate) object: Vec<String>,
    #[serde(default)]
    pub(crate) subject_unless: Vec<String>,
    #[serde(default)]
    pub(crate) object_unless: Vec<String>,
    #[serde(default)]
    pub(crate) not_in: Vec<String>,
    #[serde(default)]
    pub(crate) unless: Vec<String>,
    #[serde(default)]
    pub(crate) complement: ArgumentRole,
    #[serde(default)]
    pub(crate) participants: bool,
    #[serde(default)]
    pub(crate) subject_is: ArgumentRole,
    #[serde(default = "target")]
    pub(crate) object_is: ArgumentRole,
    pub(crate) status: Option<String>,
    #[serde(default = "usual_weight")]
    pub(crate) weight: f32,
    #[serde(default)]
    pub(crate) examples: Vec<Example>,
    #[serde(default)]
    pub(crate) counter_examples: Vec<Example>,
}

fn target() -> ArgumentRole {
    ArgumentRole::Target
}

fn usual_weight() -> f32 {
    0.9
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "[[trigger]]\nid = \"xx.strike.a\"\nnoun = [\"stoppage\"]\n";

    #[test]
    fn an_entry_without_a_counter_example_is_refused() {
        let unproved = format!("{ROW}examples = [\"A [stoppage].\"]\n");
        let error = TriggerFile::parse("strike.toml", "strike", &unproved).unwrap_err();
        assert!(error.to_string().contains("xx.strike.a"), "{error}");
        let proved = format!("{unproved}counter_examples = [\"A stop.\"]\n");
        assert_eq!(TriggerFile::parse("strike.toml", "strike", &proved).unwrap().rows.len(), 1);
    }

    #[test]
    fn the_compact_form_needs_no_examples_and_knows_no_other_fields() {
        let json = br#"{"trigger":[{"id":"xx.strike.a","noun":["stoppage"]}]}"#;
        let file = TriggerFile::from_json("strike.toml", "strike", json).unwrap();
        assert_eq!((file.rows[0].id.as_str(), file.rows[0].weight), ("xx.strike.a", 0.9));
        let odd = br#"{"trigger":[{"id":"xx.strike.a","nouns":["stoppage"]}]}"#;
        assert!(TriggerFile::from_json("strike.toml", "strike", odd).is_err());
    }
}
