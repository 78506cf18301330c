//! Rulings to decisions: what each comes to in the dataset as it stands, taken all or none.

use doleance_records::{Event, Offsets, Status};
use serde_json::{Map, Value, json};

use super::values::Page;
use super::{Addition, Ruling, Verdict};
use crate::store::{ADD, NewDecision, StoredRecord, misquoted};
use crate::{Store, StoreError};

/// A ruling that could not be taken: nothing of what was given with it was.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct Refused {
    /// Its number among those given, from 0.
    pub number: usize,
    /// Why.
    pub error: StoreError,
}

/// Fields of a record that a reviewer may set.
const FIELDS: [&str; 13] = [
    "kind",
    "status",
    "time",
    "place",
    "actors",
    "targets",
    "size",
    "killed",
    "injured",
    "arrested",
    "reported_by",
    "claims",
    "confidence",
];

/// What such a field holds where the reviewer gives nothing.
fn otherwise(field: &str) -> Value {
    match field {
        "kind" | "time" | "place" | "reported_by" => Value::Null,
        "status" => json!(Status::Happened),
        "confidence" => json!(1.0),
        _ => json!([]),
    }
}

/// The rule of a record that a person found.
const BY_HAND: &str = "reviewer";

impl Store {
    /// Takes rulings in their order, all or none, and gives the numbers of the decisions that they came to. Each sees
    /// what those before it decided. `allow` may refuse a decision, as for a kind that is in no codebook.
    pub fn rule(
        &mut self,
        rulings: &[Ruling],
        allow: impl Fn(&NewDecision) -> Result<(), String>,
    ) -> Result<Vec<i64>, Refused> {
        let mut at = 0;
        let take = |at: &mut usize| {
            self.write(|_| {
                let mut numbers = Vec::with_capacity(rulings.len());
                for (number, ruling) in rulings.iter().enumerate() {
                    *at = number;
                    for decision in self.decisions_of(ruling)? {
                        allow(&decision).map_err(bad)?;
                        numbers.push(self.decide_within(&decision)?);
                    }
                }
                Ok(numbers)
            })
        };
        take(&mut at).map_err(|error| Refused { number: at, error })
    }

    fn decisions_of(&self, ruling: &Ruling) -> Result<Vec<NewDecision>, StoreError> {
        let decision = |subject: &str, field: &str, before: Value, after: Value| NewDecision {
            subject: subject.to_owned(),
            field: field.to_owned(),
            before,
            after,
            coder: ruling.coder.clone(),
            time: ruling.time,
            note: ruling.note.clone(),
        };
        let reviewed = |subject: &str, after: Value| -> Result<Vec<NewDecision>, StoreError> {
            let records = self.records_named(subject)?;
            let before = |record: &StoredRecord| json!(record.review);
            Ok(records.iter().map(|r| decision(&r.uid, "review", before(r), after.clone())).collect())
        };
        match &ruling.verdict {
            Verdict::Accept { subject } => reviewed(subject, json!("accepted")),
            Verdict::Reject { subject } => reviewed(subject, json!("rejected")),
            Verdict::Reopen { subject } => reviewed(subject, Value::Null),
            Verdict::Correct { subject, field, value } => {
                let (before, after) = self.correction(subject, field, value)?;
                Ok(vec![decision(subject, field, before, after)])
            }
            Verdict::Merge { events } => {
                let Some(first) = events.first() else { return Err(bad("it names no event".to_owned())) };
                let groups = events
                    .iter()
                    .map(|id| Ok(self.event(id)?.records))
                    .collect::<Result<Vec<_>, StoreError>>()?;
                if groups.len() < 2 {
                    return Err(bad("it takes two events to merge".to_owned()));
                }
                Ok(vec![decision(first, "merge", json!(groups), json!(groups.concat()))])
            }
            Verdict::Split { event, groups } => {
                let records = self.event(event)?.records;
                if let Some(stray) = groups.iter().flatten().find(|uid| !records.contains(uid)) {
                    return Err(bad(format!("{stray} is no record of {event}")));
                }
                let named = |uid: &&String| groups.iter().flatten().any(|other| other == *uid);
                let rest: Vec<String> = records.iter().filter(|uid| !named(uid)).cloned().collect();
                let parts: Vec<&Vec<String>> =
                    groups.iter().chain([&rest]).filter(|part| !part.is_empty()).collect();
                Ok(vec![decision(event, "split", json!(records), json!(parts))])
            }
            Verdict::Add(addition) => {
                let (uid, record) = self.addition(addition)?;
                Ok(vec![decision(&uid, ADD, Value::Null, record)])
            }
        }
    }

    /// The record of this identifier, or all records of the event.
    fn records_named(&self, subject: &str) -> Result<Vec<StoredRecord>, StoreError> {
        if subject.starts_with("ev-") {
            self.event(subject)?.records.iter().map(|uid| self.record(uid)).collect()
        } else {
            Ok(vec![self.record(subject)?])
        }
    }

    /// The value before and the whole value after.
    fn correction(&self, subject: &str, field: &str, value: &Value) -> Result<(Value, Value), StoreError> {
        if subject.starts_with("ev-") {
            let event = serde_json::to_value(self.event(subject)?).unwrap_or_default();
            return Ok((event[field]["value"].clone(), value.clone()));
        }
        let record = self.record(subject)?;
        let report = self.report(&record.coded.doc)?.report;
        let page = Page { text: &report.text, action: record.coded.trigger.clone() };
        let mut fields = fields_of(&record.coded);
        let after = page.completed(field, value.clone()).map_err(bad)?;
        let Some(before) = fields.insert(field.to_owned(), after.clone()) else {
            return Err(bad(format!("a record has no field `{field}`; it has {}", names())));
        };
        // What it quotes is judged here; whether the field may be corrected at all, where the decision is taken.
        let corrected: Event = serde_json::from_value(Value::Object(fields))
            .map_err(|error| bad(format!("the new value has not the form of `{field}`: {error}")))?;
        match misquoted(&corrected, &report.text).filter(|_| before != after) {
            Some(reason) if misquoted(&record.coded, &report.text).is_none() => Err(bad(reason)),
            _ => Ok((before, after)),
        }
    }

    /// The record that a reviewer means, with its identifier.
    fn addition(&self, addition: &Addition) -> Result<(String, Value), StoreError> {
        let stored = self.report(&addition.report)?;
        let text = &stored.report.text;
        let page = Page::new(text, &addition.words, addition.nth).map_err(bad)?;
        if let Some(unknown) = addition.values.keys().find(|name| !FIELDS.contains(&name.as_str())) {
            return Err(bad(format!("a record has no field `{unknown}`; it has {}", names())));
        }
        let trigger = page.action.clone();
        let mut fields = Map::new();
        for field in FIELDS {
            let value = addition.values.get(field).cloned().unwrap_or_else(|| otherwise(field));
            fields.insert(field.to_owned(), page.completed(field, value).map_err(bad)?);
        }
        if !fields["kind"].is_string() {
            return Err(bad("it names no kind".to_owned()));
        }
        let mut evidence = vec![Offsets(trigger.start, trigger.end)];
        for words in &addition.evidence {
            let found = page.find(words).map_err(bad)?;
            evidence.push(Offsets(found.start, found.end));
        }
        evidence.sort_unstable();
        evidence.dedup();
        fields.extend([
            ("doc".to_owned(), json!(stored.report.id)),
            ("id".to_owned(), json!("")),
            ("trigger".to_owned(), json!(trigger)),
            ("evidence".to_owned(), json!(evidence)),
            ("rules".to_owned(), json!([BY_HAND])),
        ]);
        let mut event: Event = serde_json::from_value(Value::Object(fields))
            .map_err(|error| bad(format!("it has not the form of a record: {error}")))?;
        let uid = self.name_addition(&stored, &mut event)?;
        Ok((uid, json!(event)))
    }
}

fn fields_of(event: &Event) -> Map<String, Value> {
    match serde_json::to_value(event) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

fn names() -> String {
    FIELDS.join(", ")
}

fn bad(reason: String) -> StoreError {
    StoreError::BadDecision { reason }
}
