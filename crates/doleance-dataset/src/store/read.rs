//! Reading a dataset: reports, records with corrections applied, claims, links and counts. Events are in `read_events`.

use doleance_records::{Claim, Event, Link, Record};
use doleance_text::{CountryCode, LanguageCode, Report};
use rusqlite::{OptionalExtension, Row};
use serde::de::DeserializeOwned;

use super::{Replay, Review, Store};
use crate::StoreError;

/// A report as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredReport {
    /// Row of the report; of no meaning outside this file.
    pub key: i64,
    /// The report; its `id` is its name in the dataset.
    pub report: Report,
    /// Content hash.
    pub hash: String,
    /// Version of codebook and models that coded it.
    pub coder: String,
}

/// An event record as stored, corrections applied.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRecord {
    /// Row of the record.
    pub key: i64,
    /// Row of its report.
    pub report: i64,
    /// Stable identifier, `r-…`.
    pub uid: String,
    /// The record.
    pub coded: Event,
    /// What a reviewer said of it.
    pub review: Option<Review>,
}

/// A claim as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredClaim {
    /// Row of its report.
    pub report: i64,
    /// Stable identifier, `c-…`.
    pub uid: String,
    /// The claim.
    pub coded: Claim,
}

/// A link between two records of a report as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredLink {
    /// Row of its report.
    pub report: i64,
    /// Stable identifier, `l-…`.
    pub uid: String,
    /// The link.
    pub coded: Link,
}

/// How much a dataset holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[allow(missing_docs)]
pub struct Counts {
    pub reports: u64,
    pub records: u64,
    pub claims: u64,
    pub links: u64,
    pub events: u64,
    pub decisions: u64,
    /// Event records that no event holds: not merged yet, or rejected.
    pub unmerged: u64,
}

const REPORT: &str =
    "SELECT key, name, text, published, language, country, source, url, title, hash, coder FROM report";

impl Store {
    /// How much there is of everything.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let count = |query: &str| -> Result<u64, StoreError> {
            let found: i64 =
                self.connection.query_row(query, [], |row| row.get(0)).map_err(|error| self.error(error))?;
            Ok(found.max(0) as u64)
        };
        let replay = self.replay()?;
        let rejected =
            replay.records().into_iter().filter(|uid| replay.review(uid) == Some(Review::Rejected)).count();
        let without_event = count(
            "SELECT count(*) FROM record WHERE type = 'event'
             AND NOT EXISTS (SELECT 1 FROM crosswalk WHERE crosswalk.record = record.key)",
        )?;
        Ok(Counts {
            reports: count("SELECT count(*) FROM report")?,
            records: count("SELECT count(*) FROM record WHERE type = 'event'")?,
            claims: count("SELECT count(*) FROM record WHERE type = 'claim'")?,
            links: count("SELECT count(*) FROM record WHERE type = 'link'")?,
            events: count("SELECT count(*) FROM event")?,
            decisions: count("SELECT count(*) FROM decision")?,
            unmerged: without_event.saturating_sub(rejected as u64),
        })
    }

    /// All reports, by day of publication and name.
    pub fn reports(&self) -> Result<Vec<StoredReport>, StoreError> {
        let mut reports = Vec::new();
        self.each_report(|report| {
            reports.push(report);
            Ok(())
        })?;
        Ok(reports)
    }

    /// Calls `visit` for each report, by day of publication and name, holding one at a time.
    pub fn each_report(
        &self,
        mut visit: impl FnMut(StoredReport) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare(&format!("{REPORT} ORDER BY published IS NULL, published, name"))
            .map_err(|error| self.error(error))?;
        let mut rows = statement.query([]).map_err(|error| self.error(error))?;
        while let Some(row) = rows.next().map_err(|error| self.error(error))? {
            visit(read_report(row).map_err(|error| self.error(error))?)?;
        }
        Ok(())
    }

    /// The report with this name.
    pub fn report(&self, name: &str) -> Result<StoredReport, StoreError> {
        self.connection
            .prepare_cached(&format!("{REPORT} WHERE name = ?1"))
            .and_then(|mut statement| statement.query_row([name], read_report).optional())
            .map_err(|error| self.error(error))?
            .ok_or_else(|| StoreError::Unknown { what: "report", id: name.to_owned() })
    }

    /// Calls `visit` for each event record, report by report, corrections applied; rejected ones too.
    pub fn each_record(
        &self,
        replay: &Replay,
        mut visit: impl FnMut(StoredRecord) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.each_of_type("event", |key, report, uid, json| {
            visit(self.stored_record(replay, key, report, uid, json)?)
        })
    }

    /// All event records.
    pub fn records(&self) -> Result<Vec<StoredRecord>, StoreError> {
        let mut records = Vec::new();
        self.each_record(&self.replay()?, |record| {
            records.push(record);
            Ok(())
        })?;
        Ok(records)
    }

    /// The event record with this identifier.
    pub fn record(&self, uid: &str) -> Result<StoredRecord, StoreError> {
        self.record_with(&self.replay_of(uid)?, uid)
    }

    pub(crate) fn record_with(&self, replay: &Replay, uid: &str) -> Result<StoredRecord, StoreError> {
        let found: Option<(i64, i64, String)> = self
            .connection
            .prepare_cached("SELECT key, report, json FROM record WHERE uid = ?1 AND type = 'event'")
            .and_then(|mut statement| {
                statement.query_row([uid], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()
            })
            .map_err(|error| self.error(error))?;
        let (key, report, json) =
            found.ok_or_else(|| StoreError::Unknown { what: "record", id: uid.to_owned() })?;
        self.stored_record(replay, key, report, uid.to_owned(), &json)
    }

    fn stored_record(
        &self,
        replay: &Replay,
        key: i64,
        report: i64,
        uid: String,
        json: &str,
    ) -> Result<StoredRecord, StoreError> {
        match self.parse::<Record>(json)? {
            Record::Event(event) => {
                let coded = replay.corrected(&uid, event);
                let review = replay.review(&uid);
                Ok(StoredRecord { key, report, uid, coded, review })
            }
            _ => Err(StoreError::damaged(&self.path, format_args!("record {uid} is no event"))),
        }
    }

    /// All claims, report by report.
    pub fn claims(&self) -> Result<Vec<StoredClaim>, StoreError> {
        let mut claims = Vec::new();
        self.each_of_type("claim", |_, report, uid, json| {
            if let Record::Claim(coded) = self.parse(json)? {
                claims.push(StoredClaim { report, uid, coded });
            }
            Ok(())
        })?;
        Ok(claims)
    }

    /// All links between records, report by report.
    pub fn links(&self) -> Result<Vec<StoredLink>, StoreError> {
        let mut links = Vec::new();
        self.each_of_type("link", |_, report, uid, json| {
            if let Record::Link(coded) = self.parse(json)? {
                links.push(StoredLink { report, uid, coded });
            }
            Ok(())
        })?;
        Ok(links)
    }

    /// Everything coded from the report in this row, as coded, in order, with identifiers.
    pub fn records_of(&self, report: i64) -> Result<Vec<(String, Record)>, StoreError> {
        let rows: Vec<(String, String)> = self
            .connection
            .prepare_cached("SELECT uid, json FROM record WHERE report = ?1 ORDER BY position")
            .and_then(|mut s| s.query_map([report], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(|error| self.error(error))?;
        rows.into_iter().map(|(uid, json)| Ok((uid, self.parse(&json)?))).collect()
    }

    /// Names of all reports by row.
    pub(crate) fn report_names(&self) -> Result<hashbrown::HashMap<i64, String>, StoreError> {
        self.connection
            .prepare("SELECT key, name FROM report")
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(|error| self.error(error))
    }

    /// Languages of reports by name, where known.
    pub fn report_languages(&self) -> Result<hashbrown::HashMap<String, String>, StoreError> {
        self.connection
            .prepare("SELECT name, language FROM report WHERE language IS NOT NULL")
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(|error| self.error(error))
    }

    fn each_of_type(
        &self,
        kind: &str,
        mut visit: impl FnMut(i64, i64, String, &str) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT key, report, uid, json FROM record WHERE type = ?1 ORDER BY report, position",
            )
            .map_err(|error| self.error(error))?;
        let mut rows = statement.query([kind]).map_err(|error| self.error(error))?;
        while let Some(row) = rows.next().map_err(|error| self.error(error))? {
            let read = || Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get_ref(3)?));
            let (key, report, uid, json) = read().map_err(|error| self.error(error))?;
            let json = json.as_str().map_err(|error| StoreError::damaged(&self.path, error))?;
            visit(key, report, uid, json)?;
        }
        Ok(())
    }

    pub(crate) fn parse<T: DeserializeOwned>(&self, json: &str) -> Result<T, StoreError> {
        serde_json::from_str(json).map_err(|error| StoreError::damaged(&self.path, error))
    }
}

fn read_report(row: &Row<'_>) -> rusqlite::Result<StoredReport> {
    let optional = |column: usize| row.get::<_, Option<String>>(column);
    Ok(StoredReport {
        key: row.get(0)?,
        report: Report {
            id: row.get(1)?,
            text: row.get(2)?,
            published: optional(3)?.and_then(|date| date.parse().ok()),
            language: optional(4)?.map(LanguageCode),
            country: optional(5)?.and_then(|country| CountryCode::parse(&country)),
            source: row.get(6)?,
            url: row.get(7)?,
            title: row.get(8)?,
        },
        hash: row.get(9)?,
        coder: row.get(10)?,
    })
}
