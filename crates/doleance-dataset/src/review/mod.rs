//! What reviewers say, in the forms in which they say it: accept, reject, correct, add, merge, split.
//!
//! A [`Verdict`] is one of these with as little as a reviewer needs to give; a [`Ruling`] adds who, when and why.
//! [`Store::rule`](crate::Store::rule) turns rulings into decisions of the chain. Values that say where their words stand
//! only by the words are completed in `values`.

mod rule;
mod values;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use rule::Refused;

/// One thing that a reviewer says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "decide", rename_all = "snake_case", deny_unknown_fields)]
pub enum Verdict {
    /// A record, or every record of an event, is right as it is.
    Accept {
        /// A record (`r-…`) or an event (`ev-…`).
        subject: String,
    },
    /// No such event is reported: the record, or every record of the event, takes part in no merge.
    Reject {
        /// A record or an event.
        subject: String,
    },
    /// Takes back what was accepted or rejected.
    Reopen {
        /// A record or an event.
        subject: String,
    },
    /// A field has another value.
    Correct {
        /// A record or an event.
        subject: String,
        /// Its field.
        field: String,
        /// The value.
        value: Value,
    },
    /// Several events are one.
    Merge {
        /// The events.
        events: Vec<String>,
    },
    /// One event is several.
    Split {
        /// The event.
        event: String,
        /// Records that are an event each; what no group names is one more.
        groups: Vec<Vec<String>>,
    },
    /// The report tells of an event that the coder did not find.
    Add(Addition),
}

/// A record to be added, as a reviewer gives it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Addition {
    /// Name of the report.
    pub report: String,
    /// The words of the report that name the action.
    pub words: String,
    /// Which time they stand in the report, counted from 1, where they stand there more than once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<usize>,
    /// Further words that the record rests on, such as the whole sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// Values by field: kind, status, time, place, actors and all else of a record.
    #[serde(flatten)]
    pub values: Map<String, Value>,
}

/// A verdict with who gives it, when and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// What is said.
    pub verdict: Verdict,
    /// By whom.
    pub coder: String,
    /// When.
    pub time: Timestamp,
    /// Why.
    pub note: Option<String>,
}

impl Ruling {
    /// Reads a ruling from a JSON object: a verdict with `coder`, `time` and `note` beside it. Those that it does not
    /// give are taken from `coder` and `time`.
    pub fn from_json(line: &str, coder: Option<&str>, time: Timestamp) -> Result<Self, String> {
        let mut object: Map<String, Value> =
            serde_json::from_str(line).map_err(|error| format!("this is no JSON object ({error})"))?;
        let mut text = |name: &str| match object.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("`{name}` is a text")),
        };
        let (own_coder, own_time, note) = (text("coder")?, text("time_of_decision")?, text("note")?);
        let time = match own_time {
            None => time,
            Some(own) => own.parse().map_err(|_| format!("`{own}` is no time like 2024-04-01T12:00:00Z"))?,
        };
        let coder = own_coder
            .or_else(|| coder.map(str::to_owned))
            .ok_or("nobody is named as `coder`, neither here nor for all")?;
        let verdict = serde_json::from_value(Value::Object(object)).map_err(|error| error.to_string())?;
        Ok(Ruling { verdict, coder, time, note })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Ruling, String> {
        Ruling::from_json(line, Some("ada"), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_line_may_name_its_own_coder_and_time() {
        let ruling = read(
            r#"{"decide":"accept","subject":"r-1","coder":"eve","time_of_decision":"2024-04-01T12:00:00Z"}"#,
        )
        .unwrap();
        assert_eq!((ruling.coder.as_str(), ruling.note), ("eve", None));
        assert_eq!(ruling.time.to_string(), "2024-04-01T12:00:00Z");
        assert_eq!(ruling.verdict, Verdict::Accept { subject: "r-1".into() });
        assert_eq!(read(r#"{"decide":"reject","subject":"r-1"}"#).unwrap().coder, "ada");
    }

    #[test]
    fn what_is_misspelt_is_refused_by_its_name() {
        for (line, word) in [
            ("accept r-1", "JSON"),
            (r#"{"decide":"accept","subjekt":"r-1"}"#, "subjekt"),
            (r#"{"decide":"aprove","subject":"r-1"}"#, "aprove"),
            (r#"{"decide":"merge"}"#, "events"),
            (r#"{"decide":"accept","subject":"r-1","time_of_decision":"noon"}"#, "noon"),
        ] {
            let error = read(line).unwrap_err();
            assert!(error.contains(word), "{line}: {error}");
        }
    }
}
