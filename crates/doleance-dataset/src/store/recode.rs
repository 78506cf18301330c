//! Recoding: the reports of a dataset coded anew, with the differences listed and decisions kept.
//!
//! A record that is found again keeps its identifier, so that decisions on it and events founded by it stay: found again
//! is a record of the same identifier, or else one of near kind whose trigger lies in the same words.

use doleance_records::{Event, Record};
use hashbrown::{HashMap, HashSet};
use rusqlite::params;
use serde_json::Value;

use super::put::{put_records, record_codes, record_uids};
use super::{Store, StoredReport};
use crate::StoreError;

/// A record that came out otherwise.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(tag = "difference", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum RecodeDifference {
    /// A record that was not there before.
    Added { report: String, record: String, kind: String },
    /// A record that is there no more.
    Removed { report: String, record: String, kind: String },
    /// A field with another value.
    Changed { report: String, record: String, field: String, before: Value, after: Value },
}

/// What recoding came to.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct RecodeSummary {
    /// Reports coded anew.
    pub reports: usize,
    /// Event records that came out the same.
    pub same: usize,
    /// Those that did not, report by report.
    pub differences: Vec<RecodeDifference>,
    /// Records that decisions speak of and that are there no more; the decisions are kept.
    pub without_effect: Vec<String>,
}

/// Fields that name a record within its report: of no meaning for whether it changed.
const NAMES: [&str; 5] = ["doc", "id", "claims", "rules", "confidence"];

impl Store {
    /// Codes all reports anew with `code` and stores what comes out, all or nothing. Events stay as they are until the
    /// next merge, but for records that are gone.
    pub fn recode(
        &mut self,
        coder: &str,
        mut code: impl FnMut(&StoredReport) -> Vec<Record>,
    ) -> Result<RecodeSummary, StoreError> {
        self.write(|_| {
            let mut summary = RecodeSummary::default();
            for stored in self.reports()? {
                let records = code(&stored);
                self.recode_report(&stored, coder, &records, &mut summary)?;
                summary.reports += 1;
            }
            let replay = self.replay()?;
            for uid in replay.records() {
                if self.record_with(&replay, uid).is_err() {
                    summary.without_effect.push(uid.to_owned());
                }
            }
            Ok(summary)
        })
    }

    fn recode_report(
        &self,
        stored: &StoredReport,
        coder: &str,
        records: &[Record],
        summary: &mut RecodeSummary,
    ) -> Result<(), StoreError> {
        let added = self.added_to(stored.key)?;
        let mut before = self.records_of(stored.key)?;
        before.retain(|(uid, _)| added.iter().all(|(other, _)| other != uid));
        let (uids, records) = without_added(matched_uids(&before, &stored.hash, records), records, &added);
        let records = records.as_slice();
        let name = &stored.report.id;
        list_differences(name, &before, &uids, records, summary);
        let with_added: Vec<Record> =
            records.iter().cloned().chain(added.into_iter().map(|(_, record)| record)).collect();
        let write = || -> rusqlite::Result<()> {
            // Joins go with their records; those of records that stay are put back.
            let joins: Vec<(String, i64, String)> = self
                .connection
                .prepare_cached(
                    "SELECT record.uid, crosswalk.event, crosswalk.json FROM crosswalk
                     JOIN record ON record.key = crosswalk.record WHERE record.report = ?1 AND record.added IS NULL",
                )?
                .query_map([stored.key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            self.connection
                .execute("DELETE FROM record WHERE report = ?1 AND added IS NULL", [stored.key])?;
            put_records(&self.connection, stored.key, name, uids.iter().cloned().zip(records))?;
            self.connection.execute(
                "UPDATE report SET coder = ?2, codes = ?3 WHERE key = ?1",
                params![stored.key, coder, record_codes(&with_added)],
            )?;
            for (uid, event, json) in joins {
                self.connection.execute(
                    "INSERT INTO crosswalk (record, event, json) SELECT key, ?2, ?3 FROM record WHERE uid = ?1",
                    params![uid, event, json],
                )?;
            }
            Ok(())
        };
        write().map_err(|error| self.error(error))
    }
}

/// Identifiers for the new records: those of the old ones where they are found again.
fn matched_uids(before: &[(String, Record)], hash: &str, records: &[Record]) -> Vec<String> {
    let mut own: Vec<String> = record_uids(hash, records).collect();
    let known: HashMap<&str, &Record> = before.iter().map(|(uid, record)| (uid.as_str(), record)).collect();
    let mut taken: HashSet<String> =
        own.iter().filter(|uid| known.contains_key(uid.as_str())).cloned().collect();
    for (record, uid) in records.iter().zip(&mut own) {
        let Record::Event(event) = record else { continue };
        if known.contains_key(uid.as_str()) {
            continue;
        }
        let best = before
            .iter()
            .filter(|(old, _)| !taken.contains(old))
            .filter_map(|(old, record)| match record {
                Record::Event(known) => likeness(known, event).map(|score| (score, old)),
                _ => None,
            })
            // Of equals the first.
            .fold(
                None,
                |best: Option<(u32, &String)>, one| {
                    if best.is_none_or(|b| one.0 > b.0) { Some(one) } else { best }
                },
            );
        if let Some((_, old)) = best {
            taken.insert(old.clone());
            uid.clone_from(old);
        }
    }
    own
}

/// The coder's records but for those that a reviewer had added before: the reviewer's stand.
fn without_added(
    uids: Vec<String>,
    records: &[Record],
    added: &[(String, Record)],
) -> (Vec<String>, Vec<Record>) {
    uids.into_iter()
        .zip(records.iter().cloned())
        .filter(|(uid, _)| added.iter().all(|(other, _)| other != uid))
        .unzip()
}

/// How alike two codings of one passage are; none where their triggers do not meet.
fn likeness(a: &Event, b: &Event) -> Option<u32> {
    let meet = a.trigger.start < b.trigger.end && b.trigger.start < a.trigger.end;
    let place =
        |event: &Event| event.place.as_ref().map(|place| place.id.clone().unwrap_or(place.name.clone()));
    let days = |event: &Event| event.time.as_ref().map(|time| (time.start, time.end));
    meet.then(|| {
        8 * u32::from(a.kind == b.kind)
            + 4 * u32::from(place(a) == place(b))
            + 2 * u32::from(days(a) == days(b))
            + u32::from(a.status == b.status)
    })
}

fn list_differences(
    report: &str,
    before: &[(String, Record)],
    uids: &[String],
    records: &[Record],
    summary: &mut RecodeSummary,
) {
    let event_of = |record: &Record| match record {
        Record::Event(event) => Some(event.clone()),
        _ => None,
    };
    let old: HashMap<&str, Event> =
        before.iter().filter_map(|(uid, record)| Some((uid.as_str(), event_of(record)?))).collect();
    for (uid, record) in uids.iter().zip(records) {
        let Record::Event(event) = record else { continue };
        let (report, record) = (report.to_owned(), uid.clone());
        match old.get(uid.as_str()) {
            None => {
                summary.differences.push(RecodeDifference::Added { report, record, kind: event.kind.clone() })
            }
            Some(known) => {
                let changed = changed_fields(known, event);
                summary.same += usize::from(changed.is_empty());
                summary.differences.extend(changed.into_iter().map(|(field, before, after)| {
                    RecodeDifference::Changed {
                        report: report.clone(),
                        record: record.clone(),
                        field,
                        before,
                        after,
                    }
                }));
            }
        }
    }
    for (uid, record) in before {
        if let Record::Event(event) = record
            && !uids.contains(uid)
        {
            summary.differences.push(RecodeDifference::Removed {
                report: report.to_owned(),
                record: uid.clone(),
                kind: event.kind.clone(),
            });
        }
    }
}

fn changed_fields(before: &Event, after: &Event) -> Vec<(String, Value, Value)> {
    let fields = |event: &Event| match serde_json::to_value(event) {
        Ok(Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let (before, after) = (fields(before), fields(after));
    after
        .into_iter()
        .filter(|(field, _)| !NAMES.contains(&field.as_str()))
        .filter_map(|(field, value)| {
            let old = before.get(&field).cloned().unwrap_or_default();
            (old != value).then_some((field, old, value))
        })
        .collect()
}
