//! Decisions of reviewers: an append-only list that merge and recode replay.
//!
//! Here decisions are checked, taken and read; what they come to is in `replay`, their hashes in `chain`, records that
//! a reviewer adds in `additions`. The forms in which reviewers word them are in `crate::review`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::replay::{uids, with_field};
use super::{Replay, Store, chain};
use crate::StoreError;

/// A decision as a reviewer takes it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDecision {
    /// The identifier of a record (`r-…`) or an event (`ev-…`).
    pub subject: String,
    /// What is decided: a field of the record or event, `review`, `add`, `merge` or `split`.
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

/// The field of a decision that adds a record.
pub(crate) const ADD: &str = "add";
/// Fields of a record that stay as they are: its names, and what it rests on.
const FIXED: [&str; 5] = ["doc", "id", "trigger", "evidence", "rules"];
/// Fields of an event that a reviewer may set.
const EVENT_FIELDS: [&str; 4] = ["kind", "status", "time", "place"];

impl Store {
    /// Takes a decision: checks it and appends it to the chain. Returns its number.
    pub fn decide(&mut self, decision: &NewDecision) -> Result<i64, StoreError> {
        self.write(|_| self.decide_within(decision))
    }

    /// The same inside a transaction that is open already.
    pub(crate) fn decide_within(&self, decision: &NewDecision) -> Result<i64, StoreError> {
        self.check_decision(decision)?;
        let number = chain::append(&self.connection, decision).map_err(|error| self.error(error))?;
        if decision.field == ADD {
            self.put_added(&decision.subject, &decision.after, number)?;
        }
        Ok(number)
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
            ADD => self.check_addition(subject, &decision.after),
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
                if FIXED.contains(&field) {
                    return bad(
                        "what a record rests on cannot be corrected: reject the record and add another",
                    );
                }
                match with_field(&record.coded, field, &decision.after) {
                    Some(_) => Ok(()),
                    None => bad("a record has no such field, or the new value has not its form"),
                }
            }
        }
    }

    /// All decisions in order.
    pub fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        self.decisions_where("1", [])
    }

    fn decisions_where(
        &self,
        condition: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<Decision>, StoreError> {
        let read = || -> rusqlite::Result<Vec<Decision>> {
            self.connection
                .prepare_cached(&format!(
                    "SELECT number, subject, field, before, after, coder, time, note, salt IS NULL
                     FROM decision WHERE {condition} ORDER BY number"
                ))?
                .query_map(parameters, |row| {
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

    /// What decisions say of this record alone.
    pub(super) fn replay_of(&self, uid: &str) -> Result<Replay, StoreError> {
        Ok(Replay::new(&self.decisions_where("subject = ?1", [uid])?))
    }
}
