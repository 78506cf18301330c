//! `check -d`: whether the chain of decisions and all references of a dataset hold.

use super::{Replay, Store};
use crate::StoreError;
use crate::uid::content_hash;

/// One thing that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: a table and a row or identifier.
    pub place: String,
    /// What.
    pub reason: String,
}

/// What a check looked at and found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Rows and links looked at.
    pub checked: u64,
    /// What does not hold.
    pub faults: Vec<Fault>,
    /// Records that decisions speak of and that are there no more, as after `recode` or `forget`: kept, without effect.
    pub without_effect: Vec<String>,
}

impl Store {
    /// Checks the file's pages, references between tables, content hashes, evidence offsets, the search index, and the
    /// chain of decisions.
    pub fn check(&self) -> Result<CheckReport, StoreError> {
        let mut report = CheckReport::default();
        self.check_pages(&mut report).map_err(|error| self.error(error))?;
        self.check_reports(&mut report)?;
        self.check_events(&mut report)?;
        for number in self.broken_links().map_err(|error| self.error(error))? {
            report.fault(
                format!("decision {number}"),
                "its hash does not follow from the decision or the one before",
            );
        }
        let replay: Replay = self.replay()?;
        for uid in replay.records() {
            report.checked += 1;
            if self.record_with(&replay, uid).is_err() {
                report.without_effect.push(uid.to_owned());
            }
        }
        Ok(report)
    }

    fn check_pages(&self, report: &mut CheckReport) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
        let lines: Vec<String> =
            statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for line in lines.into_iter().filter(|line| line != "ok") {
            report.fault("file", line);
        }
        let mut statement = self.connection.prepare("PRAGMA foreign_key_check")?;
        let lines: Vec<(String, Option<i64>, String)> = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (table, row, parent) in lines {
            report.fault(
                format!("{table} {}", row.unwrap_or_default()),
                format!("it names a row of {parent} that is not there"),
            );
        }
        if let Err(error) = self
            .connection
            .execute("INSERT INTO report_search (report_search, rank) VALUES ('integrity-check', 1)", [])
        {
            // A file that may not be written cannot check its index: that is no fault of the file.
            if error.sqlite_error_code() != Some(rusqlite::ErrorCode::ReadOnly) {
                report.fault("search index", error.to_string());
            }
        }
        Ok(())
    }

    fn check_reports(&self, report: &mut CheckReport) -> Result<(), StoreError> {
        self.each_report(|stored| {
            report.checked += 1;
            let name = &stored.report.id;
            if content_hash(&stored.report) != stored.hash {
                report.fault(format!("report {name}"), "its content is not what its hash was made from");
            }
            let length = stored.report.text.chars().count() as u32;
            for (uid, record) in self.records_of(stored.key)? {
                report.checked += 1;
                if record.doc() != name {
                    report
                        .fault(format!("record {uid}"), format!("it names another report, {}", record.doc()));
                }
                let spans = match &record {
                    doleance_records::Record::Event(event) => {
                        event.evidence.iter().map(|span| (span.0, span.1)).collect()
                    }
                    doleance_records::Record::Claim(claim) => vec![(claim.span.start, claim.span.end)],
                    doleance_records::Record::Link(link) => vec![(link.span.start, link.span.end)],
                };
                if spans.iter().any(|&(start, end)| start > end || end > length) {
                    report.fault(format!("record {uid}"), "its evidence lies outside the report's text");
                }
            }
            Ok(())
        })
    }

    fn check_events(&self, report: &mut CheckReport) -> Result<(), StoreError> {
        let crosswalk = self.crosswalk()?;
        for event in self.events()? {
            report.checked += 1;
            let start = crosswalk.partition_point(|(id, _, _)| *id < event.id);
            let joined = crosswalk[start..].iter().take_while(|(id, _, _)| *id == event.id);
            let mut joined: Vec<&str> = joined.map(|(_, record, _)| record.as_str()).collect();
            let mut own: Vec<&str> = event.records.iter().map(String::as_str).collect();
            joined.sort_unstable();
            own.sort_unstable();
            if own != joined {
                report.fault(format!("event {}", event.id), "its records are not those of the crosswalk");
            }
        }
        for (id, merged_into) in self.tombstones()? {
            report.checked += 1;
            if let Some(into) = merged_into
                && self.event(&into).is_err()
            {
                report.fault(format!("tombstone {id}"), format!("it points to {into}, which is not there"));
            }
        }
        Ok(())
    }
}

impl CheckReport {
    fn fault(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        self.faults.push(Fault { place: place.into(), reason: reason.into() });
    }
}
