//! Decisions of reviewers: an append-only, hash-chained list that merge and recode replay.
//!
//! Each decision's fields are hashed with a salt, and the chain runs over those hashes: a forgotten decision loses its
//! fields and its salt, and the chain still proves that nothing was slipped in, changed or taken out.

use std::collections::{BTreeMap, BTreeSet};

use doleance_records::Event;
use hashbrown::HashMap;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::Store;
use crate::StoreError;
use crate::uid::{Fields, founder};

/// A decision as a reviewer takes it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDecision {
    /// The identifier of a record (`r-…`) or an event (`ev-…`).
    pub subject: String,
    /// What is decided: a field of the record or event, `review`, `merge` or `split`.
    pub field: String,
    /// The value as the reviewer found it.
    pub before: Value,
    /// The value from now on.
    pub after: Value,
    /// Who decides.
    pub coder: String,
    /// When.
    pub time: jiff::Timestamp,
    /// Why, in the reviewer's words.
    pub note: Option<String>,
}

/// A decision as stored. The fields of a forgotten one are empty.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Decision {
    pub number: i64,
    pub subject: String,
    pub field: String,
    pub before: Value,
    pub after: Value,
    pub coder: String,
    pub time: String,
    pub note: Option<String>,
    pub forgotten: bool,
}

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
}

/// All decisions in effect: what replaying the list from its start comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replay {
    corrections: HashMap<String, BTreeMap<String, Value>>,
    reviews: HashMap<String, Review>,
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
            .chain(self.overrides.keys())
            .chain(self.must.iter().flatten())
            .chain(self.cannot.iter().flat_map(|(a, b)| [a, b]))
            .map(String::as_str)
            .collect()
    }
}

fn uids(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

/// The record with one field replaced, if it still is a record then.
fn with_field(event: &Event, field: &str, value: &Value) -> Option<Event> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(event) else { return None };
    *fields.get_mut(field)? = value.clone();
    serde_json::from_value(Value::Object(fields)).ok()
}

const FIXED: [&str; 5] = ["doc", "id", "trigger", "evidence", "rules"];
const EVENT_FIELDS: [&str; 4] = ["kind", "status", "time", "place"];

impl Store {
    /// Takes a decision: checks it and appends it to the chain. Returns its number.
    pub fn decide(&mut self, decision: &NewDecision) -> Result<i64, StoreError> {
        self.check_decision(decision)?;
        self.write(|transaction| append(transaction, decision).map_err(|e| self.error(e)))
    }

    /// Decides that two events are one.
    pub fn decide_merge(
        &mut self,
        events: [&str; 2],
        coder: &str,
        time: jiff::Timestamp,
        note: Option<String>,
    ) -> Result<i64, StoreError> {
        let groups = [self.event(events[0])?.records, self.event(events[1])?.records];
        self.decide(&NewDecision {
            subject: events[0].to_owned(),
            field: "merge".to_owned(),
            after: Value::from(groups.concat()),
            before: serde_json::json!(groups),
            coder: coder.to_owned(),
            time,
            note,
        })
    }

    /// Decides that an event is several: each group of records is one, and what is left is one more.
    pub fn decide_split(
        &mut self,
        event: &str,
        groups: &[Vec<String>],
        coder: &str,
        time: jiff::Timestamp,
        note: Option<String>,
    ) -> Result<i64, StoreError> {
        let records = self.event(event)?.records;
        let mut after = groups.to_vec();
        let rest: Vec<String> = records
            .iter()
            .filter(|uid| !groups.iter().flatten().any(|other| other == *uid))
            .cloned()
            .collect();
        if !rest.is_empty() {
            after.push(rest);
        }
        self.decide(&NewDecision {
            subject: event.to_owned(),
            field: "split".to_owned(),
            before: Value::from(records),
            after: serde_json::json!(after),
            coder: coder.to_owned(),
            time,
            note,
        })
    }

    fn check_decision(&self, decision: &NewDecision) -> Result<(), StoreError> {
        let bad = |reason: &str| Err(StoreError::BadDecision { reason: reason.to_owned() });
        let subject = decision.subject.as_str();
        match decision.field.as_str() {
            "merge" | "split" => {
                let parts: Vec<BTreeSet<String>> = match decision.field.as_str() {
                    "merge" => vec![uids(&decision.after)],
                    _ => decision.after.as_array().into_iter().flatten().map(uids).collect(),
                };
                let all: BTreeSet<&String> = parts.iter().flatten().collect();
                if all.len() < 2 || all.len() != parts.iter().map(BTreeSet::len).sum::<usize>() {
                    return bad("it needs two records at least, each named once");
                }
                if decision.field == "split" && parts.len() < 2 {
                    return bad("a split needs two groups at least");
                }
                all.into_iter().try_for_each(|uid| self.record(uid).map(drop))
            }
            "review" => {
                self.record(subject)?;
                match decision.after.as_str() {
                    None | Some("accepted" | "rejected") => Ok(()),
                    Some(_) => bad("a review is `accepted`, `rejected` or null"),
                }
            }
            field if subject.starts_with("ev-") => {
                self.event(subject)?;
                if !EVENT_FIELDS.contains(&field) {
                    return bad(
                        "of an event, kind, status, time and place can be set; all else is set on its records",
                    );
                }
                if !crate::merge::fits_event_field(field, &decision.after) {
                    return bad("the new value has not the form of that field");
                }
                Ok(())
            }
            field => {
                let record = self.record(subject)?;
                if FIXED.contains(&field) || with_field(&record.coded, field, &decision.after).is_none() {
                    return bad("a record has no such field, or the new value has not its form");
                }
                Ok(())
            }
        }
    }

    /// All decisions in order.
    pub fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        let read = || -> rusqlite::Result<Vec<Decision>> {
            self.connection
                .prepare(
                    "SELECT number, subject, field, before, after, coder, time, note, salt IS NULL
                     FROM decision ORDER BY number",
                )?
                .query_map([], |row| {
                    let text = |column| row.get::<_, Option<String>>(column).map(Option::unwrap_or_default);
                    let json =
                        |column| text(column).map(|text| serde_json::from_str(&text).unwrap_or(Value::Null));
                    Ok(Decision {
                        number: row.get(0)?,
                        subject: text(1)?,
                        field: text(2)?,
                        before: json(3)?,
                        after: json(4)?,
                        coder: text(5)?,
                        time: text(6)?,
                        note: row.get(7)?,
                        forgotten: row.get(8)?,
                    })
                })?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// The decisions in effect.
    pub fn replay(&self) -> Result<Replay, StoreError> {
        Ok(Replay::new(&self.decisions()?))
    }

    /// Numbers of decisions whose hashes do not follow from their fields or from the one before.
    pub(super) fn broken_links(&self) -> rusqlite::Result<Vec<i64>> {
        let mut statement = self.connection.prepare(
            "SELECT number, subject, field, before, after, coder, time, note, salt, content, chain
             FROM decision ORDER BY number",
        )?;
        let mut rows = statement.query([])?;
        let (mut broken, mut previous, mut expected) = (Vec::new(), String::new(), 1);
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            let fields: Vec<Option<String>> =
                (1..8).map(|column| row.get(column)).collect::<rusqlite::Result<_>>()?;
            let salt: Option<Vec<u8>> = row.get(8)?;
            let (content, chain): (String, String) = (row.get(9)?, row.get(10)?);
            let intact = match salt {
                Some(salt) => content_of(&salt, &fields) == content,
                None => fields.iter().all(Option::is_none),
            };
            if !intact || number != expected || chain_of(&previous, number, &content) != chain {
                broken.push(number);
            }
            previous = chain;
            expected = number + 1;
        }
        Ok(broken)
    }
}

fn append(transaction: &Connection, decision: &NewDecision) -> rusqlite::Result<i64> {
    let last: Option<(i64, String)> = transaction
        .query_row("SELECT number, chain FROM decision ORDER BY number DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let (number, previous) = last.map_or((1, String::new()), |(number, chain)| (number + 1, chain));
    let salt: Vec<u8> = transaction.query_row("SELECT randomblob(16)", [], |row| row.get(0))?;
    let fields = [
        Some(decision.subject.clone()),
        Some(decision.field.clone()),
        Some(decision.before.to_string()),
        Some(decision.after.to_string()),
        Some(decision.coder.clone()),
        Some(decision.time.to_string()),
        decision.note.clone(),
    ];
    let content = content_of(&salt, &fields);
    let chain = chain_of(&previous, number, &content);
    let [subject, field, before, after, coder, time, note] = fields;
    transaction.execute(
        "INSERT INTO decision (number, subject, field, before, after, coder, time, note, salt, content, chain)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![number, subject, field, before, after, coder, time, note, salt, content, chain],
    )?;
    Ok(number)
}

fn content_of(salt: &[u8], fields: &[Option<String>]) -> String {
    fields.iter().fold(Fields::default().add(salt), |hash, field| hash.add_optional(field.as_deref())).hex()
}

fn chain_of(previous: &str, number: i64, content: &str) -> String {
    Fields::default().add(previous).add(number.to_le_bytes()).add(content).hex()
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
