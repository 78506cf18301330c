//! What the decisions of a dataset come to when they are replayed in their order.
//!
//! A later decision prevails over an earlier one, and replaying the list twice is replaying it once.

use std::collections::{BTreeMap, BTreeSet};

use doleance_records::Event;
use hashbrown::{HashMap, HashSet};
use serde_json::Value;

use super::decisions::{ADD, Decision};
use crate::uid::founder;

/// What a reviewer said of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// Right as it is.
    Accepted,
    /// Some value was corrected.
    Corrected,
    /// No such event is reported: it takes part in no merge.
    Rejected,
    /// A reviewer found it where the coder had not.
    Added,
}

/// All decisions in effect: what replaying the list from its start comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replay {
    corrections: HashMap<String, BTreeMap<String, Value>>,
    reviews: HashMap<String, Review>,
    added: HashSet<String>,
    overrides: HashMap<String, BTreeMap<String, Value>>,
    must: Vec<BTreeSet<String>>,
    cannot: BTreeSet<(String, String)>,
}

impl Replay {
    /// Replays decisions in their order. A later one prevails over an earlier one.
    pub fn new(decisions: &[Decision]) -> Self {
        let mut replay = Replay::default();
        for decision in decisions.iter().filter(|decision| !decision.forgotten) {
            replay.take(&decision.subject, &decision.field, &decision.after);
        }
        replay
    }

    fn take(&mut self, subject: &str, field: &str, after: &Value) {
        match field {
            "merge" => self.join(uids(after)),
            "split" => self.part(after.as_array().into_iter().flatten().map(uids).collect()),
            ADD => drop(self.added.insert(subject.to_owned())),
            "review" => match serde_json::from_value(after.clone()) {
                Ok(review) => drop(self.reviews.insert(subject.to_owned(), review)),
                Err(_) => drop(self.reviews.remove(subject)),
            },
            _ if subject.starts_with("ev-") => {
                self.overrides.entry(founder(subject)).or_default().insert(field.to_owned(), after.clone());
            }
            _ => {
                self.corrections
                    .entry(subject.to_owned())
                    .or_default()
                    .insert(field.to_owned(), after.clone());
            }
        }
    }

    fn join(&mut self, records: BTreeSet<String>) {
        self.cannot.retain(|(a, b)| !(records.contains(a) && records.contains(b)));
        let (touched, mut rest): (Vec<_>, Vec<_>) =
            self.must.drain(..).partition(|group| !group.is_disjoint(&records));
        let joined = touched.into_iter().fold(records, |mut all, group| {
            all.extend(group);
            all
        });
        rest.push(joined);
        rest.sort();
        self.must = rest;
    }

    fn part(&mut self, parts: Vec<BTreeSet<String>>) {
        let mut groups = Vec::with_capacity(self.must.len());
        for group in self.must.drain(..) {
            let mut left = group;
            for part in &parts {
                let together: BTreeSet<String> = left.intersection(part).cloned().collect();
                left = left.difference(part).cloned().collect();
                groups.push(together);
            }
            groups.push(left);
        }
        self.must = groups.into_iter().filter(|group| group.len() > 1).collect();
        self.must.sort();
        for (number, part) in parts.iter().enumerate() {
            for other in &parts[number + 1..] {
                for a in part {
                    for b in other {
                        let (a, b) = if a < b { (a, b) } else { (b, a) };
                        self.cannot.insert((a.clone(), b.clone()));
                    }
                }
            }
        }
    }

    /// What a reviewer said of a record.
    pub fn review(&self, uid: &str) -> Option<Review> {
        match self.reviews.get(uid) {
            Some(Review::Rejected) => Some(Review::Rejected),
            _ if self.added.contains(uid) => Some(Review::Added),
            _ if self.corrections.contains_key(uid) => Some(Review::Corrected),
            other => other.copied(),
        }
    }

    /// The record with its corrections. One that no longer fits the record's form is passed over.
    pub fn corrected(&self, uid: &str, event: Event) -> Event {
        match self.corrections.get(uid) {
            Some(corrections) => corrections
                .iter()
                .fold(event, |event, (field, value)| with_field(&event, field, value).unwrap_or(event)),
            None => event,
        }
    }

    /// Values that a reviewer set on the event that holds this record.
    pub fn overrides(&self, uid: &str) -> impl Iterator<Item = (&str, &Value)> {
        self.overrides.get(uid).into_iter().flatten().map(|(field, value)| (field.as_str(), value))
    }

    /// Sets of records that must be one event.
    pub fn must_link(&self) -> &[BTreeSet<String>] {
        &self.must
    }

    /// Pairs of records that cannot be one event; the smaller identifier first.
    pub fn cannot_link(&self) -> &BTreeSet<(String, String)> {
        &self.cannot
    }

    /// Every record that a decision speaks of.
    pub fn records(&self) -> BTreeSet<&str> {
        self.corrections
            .keys()
            .chain(self.reviews.keys())
            .chain(&self.added)
            .chain(self.overrides.keys())
            .chain(self.must.iter().flatten())
            .chain(self.cannot.iter().flat_map(|(a, b)| [a, b]))
            .map(String::as_str)
            .collect()
    }
}

pub(super) fn uids(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

/// The record with one field replaced, if it still is a record then.
pub(super) fn with_field(event: &Event, field: &str, value: &Value) -> Option<Event> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(event) else { return None };
    *fields.get_mut(field)? = value.clone();
    serde_json::from_value(Value::Object(fields)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(number: i64, subject: &str, field: &str, after: Value) -> Decision {
        Decision {
            number,
            subject: subject.to_owned(),
            field: field.to_owned(),
            before: Value::Null,
            after,
            coder: "ada".to_owned(),
            time: String::new(),
            note: None,
            forgotten: false,
        }
    }

    #[test]
    fn splitting_takes_back_what_merging_joined() {
        let merge = decision(1, "ev-a", "merge", serde_json::json!(["r-a", "r-b", "r-c"]));
        let split = decision(2, "ev-a", "split", serde_json::json!([["r-a", "r-b"], ["r-c"]]));
        let replay = Replay::new(&[merge.clone(), split]);
        assert_eq!(replay.must_link(), [BTreeSet::from(["r-a".to_owned(), "r-b".to_owned()])]);
        assert_eq!(replay.cannot_link().len(), 2);
        let again =
            Replay::new(&[decision(1, "ev-a", "split", serde_json::json!([["r-a"], ["r-c"]])), merge]);
        assert!(again.cannot_link().is_empty());
    }

    #[test]
    fn replaying_the_list_twice_is_replaying_it_once() {
        let once = vec![
            decision(1, "ev-a", "merge", serde_json::json!(["r-a", "r-b"])),
            decision(2, "r-a", "kind", serde_json::json!("march")),
            decision(3, "ev-a", "split", serde_json::json!([["r-a"], ["r-b"]])),
            decision(4, "r-b", "review", serde_json::json!("rejected")),
        ];
        let twice: Vec<Decision> = once.iter().chain(&once).cloned().collect();
        assert_eq!(Replay::new(&once), Replay::new(&twice));
    }

    #[test]
    fn the_last_word_prevails() {
        let replay = Replay::new(&[
            decision(1, "r-a", "review", serde_json::json!("rejected")),
            decision(2, "r-a", "review", serde_json::json!("accepted")),
        ]);
        assert_eq!(replay.review("r-a"), Some(Review::Accepted));
        assert_eq!(replay.review("r-b"), None);
    }
}
