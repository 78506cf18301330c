//! Forgetting a report: the report, its records, what they say in events, the search index, decisions on them, and the
//! free pages of the file.
//!
//! Events that other reports also tell of are agreed on anew without it. The chain of decisions still holds: a
//! forgotten decision keeps its hash and loses its fields.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};

use super::{ADD, Replay, Store};
use crate::StoreError;
use crate::event::MergedEvent;
use crate::merge::{ClaimsByReport, Voice, agree};

/// What was forgotten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Forgotten {
    /// Reports.
    pub reports: usize,
    /// Records: events, claims, links.
    pub records: usize,
    /// Events that no other report tells of.
    pub events: usize,
    /// Events that were agreed on anew.
    pub agreed_anew: usize,
    /// Decisions whose fields were removed.
    pub decisions: usize,
}

impl Store {
    /// Removes the reports of these names and everything that came from them, all or nothing, then rewrites the file so
    /// that no trace stays in it. Other copies of the file are not reached.
    pub fn forget(&mut self, names: &[String]) -> Result<Forgotten, StoreError> {
        let forgotten = self.write(|_| {
            let mut forgotten = Forgotten::default();
            let mut touched: BTreeSet<String> = BTreeSet::new();
            let mut records: BTreeSet<String> = BTreeSet::new();
            for name in names {
                let report = self.report(name)?;
                touched.extend(self.events_of_report(report.key)?);
                records.extend(self.records_of(report.key)?.into_iter().map(|(uid, _)| uid));
                self.connection
                    .execute("DELETE FROM report WHERE key = ?1", [report.key])
                    .map_err(|error| self.error(error))?;
                forgotten.reports += 1;
            }
            forgotten.records = records.len();
            forgotten.decisions = self.forget_decisions(names, &records)?;
            self.agree_anew(&touched, &mut forgotten)?;
            Ok(forgotten)
        })?;
        self.rewrite()?;
        Ok(forgotten)
    }

    fn events_of_report(&self, report: i64) -> Result<Vec<String>, StoreError> {
        self.connection
            .prepare_cached(
                "SELECT DISTINCT event.id FROM record JOIN crosswalk ON crosswalk.record = record.key
                 JOIN event ON event.key = crosswalk.event WHERE record.report = ?1",
            )
            .and_then(|mut s| s.query_map([report], |row| row.get(0))?.collect())
            .map_err(|error| self.error(error))
    }

    /// Empties decisions on forgotten records. A merge or split names records by their hashes, which tell nothing: it
    /// stays in effect for the others, unless a note beside it may say more.
    fn forget_decisions(&self, names: &[String], records: &BTreeSet<String>) -> Result<usize, StoreError> {
        let mut count = 0;
        for decision in self.decisions()?.into_iter().filter(|decision| !decision.forgotten) {
            let named = |text: &str| records.iter().any(|uid| text.contains(uid.as_str()));
            let subject = records.contains(&decision.subject)
                || records.contains(&crate::uid::founder(&decision.subject));
            let only_names = decision.note.is_none() && matches!(decision.field.as_str(), "merge" | "split");
            if only_names {
                continue;
            }
            let added = decision.field == ADD
                && decision.after["doc"].as_str().is_some_and(|doc| names.iter().any(|name| name == doc));
            if subject || added || named(&decision.after.to_string()) || named(&decision.before.to_string()) {
                self.connection
                    .execute(
                        "UPDATE decision SET subject = NULL, field = NULL, before = NULL, after = NULL,
                         coder = NULL, time = NULL, note = NULL, salt = NULL WHERE number = ?1",
                        [decision.number],
                    )
                    .map_err(|error| self.error(error))?;
                count += 1;
            }
        }
        Ok(count)
    }

    fn agree_anew(&self, touched: &BTreeSet<String>, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        let of_path = |error| self.error(error);
        let replay: Replay = self.replay()?;
        let claims = ClaimsByReport::read(self)?;
        let names = self.report_names()?;
        for id in touched {
            let key: i64 = self
                .connection
                .query_row("SELECT key FROM event WHERE id = ?1", [id], |row| row.get(0))
                .map_err(of_path)?;
            let left: Vec<String> = self
                .connection
                .prepare_cached(
                    "SELECT record.uid FROM crosswalk JOIN record ON record.key = crosswalk.record
                     WHERE crosswalk.event = ?1 ORDER BY record.uid",
                )
                .and_then(|mut s| s.query_map([key], |row| row.get(0))?.collect())
                .map_err(of_path)?;
            if left.is_empty() {
                self.connection.execute("DELETE FROM event WHERE key = ?1", [key]).map_err(of_path)?;
                self.connection
                    .execute("INSERT OR REPLACE INTO tombstone (id, merged_into) VALUES (?1, NULL)", [id])
                    .map_err(of_path)?;
                self.connection
                    .execute("UPDATE tombstone SET merged_into = NULL WHERE merged_into = ?1", [id])
                    .map_err(of_path)?;
                forgotten.events += 1;
                continue;
            }
            let records =
                left.iter().map(|uid| self.record_with(&replay, uid)).collect::<Result<Vec<_>, _>>()?;
            let voices: Vec<Voice<'_>> = records.iter().map(|record| claims.voice(record, &names)).collect();
            let overrides: Vec<_> = left.iter().flat_map(|uid| replay.overrides(uid)).collect();
            let event = agree(id.clone(), &voices, overrides.into_iter());
            self.rewrite_event(key, &event).map_err(of_path)?;
            self.rewrite_joins(key, &left)?;
            forgotten.agreed_anew += 1;
        }
        self.drop_links_without_support()
    }

    fn rewrite_event(&self, key: i64, event: &MergedEvent) -> rusqlite::Result<()> {
        let time = event.time.as_ref().map(|time| &time.value);
        let json = serde_json::to_string(event).expect("an event always serialises");
        self.connection.execute(
            "UPDATE event SET kind = ?2, status = ?3, first = ?4, last = ?5, json = ?6 WHERE key = ?1",
            params![
                key,
                event.kind.value,
                event.status.value.name(),
                time.and_then(|time| time.start).map(|date| date.to_string()),
                time.and_then(|time| time.end).map(|date| date.to_string()),
                json,
            ],
        )?;
        Ok(())
    }

    /// A record that was joined to a forgotten one is left without that reason.
    fn rewrite_joins(&self, event: i64, left: &[String]) -> Result<(), StoreError> {
        let of_path = |error| self.error(error);
        for uid in left {
            let json: Option<String> = self
                .connection
                .query_row(
                    "SELECT crosswalk.json FROM crosswalk JOIN record ON record.key = crosswalk.record
                     WHERE record.uid = ?1 AND crosswalk.event = ?2",
                    params![uid, event],
                    |row| row.get(0),
                )
                .optional()
                .map_err(of_path)?;
            let Some(json) = json else { continue };
            let join: crate::event::Join = self.parse(&json)?;
            if join.with.is_some_and(|with| !left.contains(&with)) {
                self.connection
                    .execute(
                        "UPDATE crosswalk SET json = '{}' WHERE record = (SELECT key FROM record WHERE uid = ?1)",
                        [uid],
                    )
                    .map_err(of_path)?;
            }
        }
        Ok(())
    }

    fn drop_links_without_support(&self) -> Result<(), StoreError> {
        let links: BTreeSet<String> = self.links()?.into_iter().map(|link| link.uid).collect();
        for (from, relation, to, mut support) in self.event_links()? {
            let before = support.links.len();
            support.links.retain(|link| links.contains(link));
            if support.links.len() == before {
                continue;
            }
            let sql = if support.links.is_empty() && support.inferred.is_none() {
                "DELETE FROM event_link WHERE relation = ?1 AND ?4 IS NOT NULL
                 AND source = (SELECT key FROM event WHERE id = ?2) AND target = (SELECT key FROM event WHERE id = ?3)"
            } else {
                "UPDATE event_link SET json = ?4 WHERE relation = ?1
                 AND source = (SELECT key FROM event WHERE id = ?2) AND target = (SELECT key FROM event WHERE id = ?3)"
            };
            let json = serde_json::to_string(&support).expect("a support always serialises");
            self.connection
                .execute(sql, params![relation, from, to, json])
                .map_err(|error| self.error(error))?;
        }
        Ok(())
    }

    /// Packs the search index, empties the log, and writes the file anew without its free pages.
    fn rewrite(&self) -> Result<(), StoreError> {
        self.connection
            .execute_batch(
                "INSERT INTO report_search (report_search) VALUES ('optimize');
                 PRAGMA wal_checkpoint (TRUNCATE);
                 VACUUM;
                 PRAGMA wal_checkpoint (TRUNCATE);",
            )
            .map_err(|error| self.error(error))
    }
}
