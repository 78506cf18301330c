//! Records that a reviewer adds to a report.
//!
//! The decision holds the whole record. It stands among the coder's records, marked with the decision's number, and stays
//! there when the report is coded anew; what it quotes must stand in the report.

use doleance_records::{Actor, Event, Figure, Offsets, Record};
use rusqlite::params;
use serde_json::Value;

use super::put::{event_uid, record_codes, to_json};
use super::{Store, StoredReport};
use crate::StoreError;
use crate::merge::Characters;

/// Positions of added records begin here, behind those of the coder.
const POSITION: i64 = 1 << 32;

impl Store {
    /// The identifier under which a record may be added to its report, and the name that it bears there.
    pub(crate) fn name_addition(
        &self,
        report: &StoredReport,
        event: &mut Event,
    ) -> Result<String, StoreError> {
        let known = self.records_of(report.key)?;
        event.doc.clone_from(&report.report.id);
        let free = (1..).map(|number| format!("a{number}")).find(|id| {
            known.iter().all(|(_, record)| !matches!(record, Record::Event(event) if event.id == *id))
        });
        event.id = free.unwrap_or_default();
        Ok(event_uid(&report.hash, event))
    }

    /// Whether a decision may add this record: its report is there, and all that it quotes stands in it.
    pub(super) fn check_addition(&self, uid: &str, after: &Value) -> Result<(), StoreError> {
        let bad = |reason: String| Err(StoreError::BadDecision { reason });
        let event: Event = match serde_json::from_value(after.clone()) {
            Ok(event) => event,
            Err(error) => return bad(format!("it has not the form of a record: {error}")),
        };
        let report = self.report(&event.doc)?;
        if let Some(misquoted) = misquoted(&event, &report.report.text) {
            return bad(misquoted);
        }
        if event.kind.is_empty() {
            return bad("a record has a kind".to_owned());
        }
        if !event.claims.is_empty() {
            return bad("an added record has no claims".to_owned());
        }
        if event_uid(&report.hash, &event) != uid {
            return bad("its identifier does not follow from what it says".to_owned());
        }
        if self.record(uid).is_ok() {
            return bad(format!("the report has this record already, {uid}: correct it instead"));
        }
        Ok(())
    }

    /// Puts an added record among those of its report, and its codes into the search index.
    pub(super) fn put_added(&self, uid: &str, after: &Value, number: i64) -> Result<(), StoreError> {
        let event: Event = serde_json::from_value(after.clone())
            .map_err(|error| StoreError::BadDecision { reason: error.to_string() })?;
        let report = self.report(&event.doc)?.key;
        self.connection
            .execute(
                "INSERT INTO record (report, uid, type, position, json, added) VALUES (?1, ?2, 'event', ?3, ?4, ?5)",
                params![report, uid, POSITION + number, to_json(&Record::Event(event)), number],
            )
            .map_err(|error| self.error(error))?;
        let records: Vec<Record> = self.records_of(report)?.into_iter().map(|(_, record)| record).collect();
        self.connection
            .execute("UPDATE report SET codes = ?2 WHERE key = ?1", params![report, record_codes(&records)])
            .map(drop)
            .map_err(|error| self.error(error))
    }

    /// Records that reviewers added to the report in this row, with their identifiers.
    pub(super) fn added_to(&self, report: i64) -> Result<Vec<(String, Record)>, StoreError> {
        let rows: Vec<(String, String)> = self
            .connection
            .prepare_cached(
                "SELECT uid, json FROM record WHERE report = ?1 AND added IS NOT NULL ORDER BY position",
            )
            .and_then(|mut s| s.query_map([report], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(|error| self.error(error))?;
        rows.into_iter().map(|(uid, json)| Ok((uid, self.parse(&json)?))).collect()
    }
}

/// What of a record is not what the report says at that place, in words; none where all of it is.
pub(crate) fn misquoted(event: &Event, text: &str) -> Option<String> {
    let characters = Characters::new(text);
    let stands = |span: Offsets, words: &str| {
        span.0 < span.1 && characters.between(span.0 as usize, span.1 as usize) == words
    };
    let trigger = Offsets(event.trigger.start, event.trigger.end);
    if !stands(trigger, &event.trigger.text) {
        return Some(format!("the report does not say “{}” at its place {}", event.trigger.text, trigger.0));
    }
    let length = text.chars().count() as u32;
    if event.evidence.is_empty() || event.evidence.iter().any(|span| span.0 >= span.1 || span.1 > length) {
        return Some("it must rest on words inside the report".to_owned());
    }
    quotes(event)
        .find(|(span, words)| !stands(*span, words))
        .map(|(span, words)| format!("the report does not say “{words}” at its place {}", span.0))
}

/// Every value's words with their place.
fn quotes(event: &Event) -> impl Iterator<Item = (Offsets, &str)> {
    fn of_actor(actor: &Actor) -> (Offsets, &str) {
        (actor.span, &actor.text)
    }
    fn of_figure(figure: &Figure) -> (Offsets, &str) {
        (figure.span, &figure.text)
    }
    let figures = [&event.size, &event.killed, &event.injured, &event.arrested];
    let time = event.time.iter().map(|time| (time.span, time.text.as_str()));
    let place = event.place.iter().map(|place| (place.span, place.text.as_str()));
    time.chain(place)
        .chain(event.actors.iter().chain(&event.targets).map(of_actor))
        .chain(figures.into_iter().flatten().map(of_figure))
}
