//! Reading what the last merge found: events, crosswalk, links between events, tombstones.

use rusqlite::OptionalExtension;

use super::Store;
use crate::StoreError;
use crate::event::{Join, LinkSupport, MergedEvent};

impl Store {
    /// All events, by first day, place and identifier; those without a day come last.
    pub fn events(&self) -> Result<Vec<MergedEvent>, StoreError> {
        let mut events = self.events_where("1", [])?;
        events.sort_by(|a, b| order(a).cmp(&order(b)));
        Ok(events)
    }

    pub(crate) fn events_where(
        &self,
        condition: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<MergedEvent>, StoreError> {
        let rows: Vec<String> = self
            .connection
            .prepare(&format!("SELECT json FROM event WHERE {condition}"))
            .and_then(|mut s| s.query_map(parameters, |row| row.get(0))?.collect())
            .map_err(|error| self.error(error))?;
        rows.iter().map(|json| self.parse(json)).collect()
    }

    /// Identifiers of all events with those of their records, by identifier of the event.
    pub(crate) fn members(&self) -> Result<Vec<(String, Vec<String>)>, StoreError> {
        let read = || -> rusqlite::Result<Vec<(String, Vec<String>)>> {
            let mut statement = self.connection.prepare(
                "SELECT event.id, record.uid FROM event LEFT JOIN crosswalk ON crosswalk.event = event.key
                 LEFT JOIN record ON record.key = crosswalk.record ORDER BY event.id",
            )?;
            let mut rows = statement.query([])?;
            let mut members: Vec<(String, Vec<String>)> = Vec::new();
            while let Some(row) = rows.next()? {
                let (id, record): (String, Option<String>) = (row.get(0)?, row.get(1)?);
                if members.last().is_none_or(|(last, _)| *last != id) {
                    members.push((id, Vec::new()));
                }
                if let Some((_, records)) = members.last_mut() {
                    records.extend(record);
                }
            }
            Ok(members)
        };
        read().map_err(|error| self.error(error))
    }

    /// The event with this identifier, or the one that it was merged into.
    pub fn event(&self, id: &str) -> Result<MergedEvent, StoreError> {
        let json: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT json FROM event WHERE id = ?1
                 OR id = (SELECT merged_into FROM tombstone WHERE tombstone.id = ?1)",
            )
            .and_then(|mut statement| statement.query_row([id], |row| row.get(0)).optional())
            .map_err(|error| self.error(error))?;
        match json {
            Some(json) => self.parse(&json),
            None => Err(StoreError::Unknown { what: "event", id: id.to_owned() }),
        }
    }

    /// The events that the report of this name tells of.
    pub fn events_of(&self, report: &str) -> Result<Vec<MergedEvent>, StoreError> {
        let mut events = self.events_where(
            "key IN (SELECT crosswalk.event FROM crosswalk JOIN record ON record.key = crosswalk.record
             JOIN report ON report.key = record.report WHERE report.name = ?1)",
            [report],
        )?;
        events.sort_by(|a, b| order(a).cmp(&order(b)));
        Ok(events)
    }

    /// Which event holds which record and why: event identifier, record identifier, join.
    pub fn crosswalk(&self) -> Result<Vec<(String, String, Join)>, StoreError> {
        self.crosswalk_where("1", [])
    }

    /// How each record of this event came to it: event identifier, record identifier, join.
    pub fn crosswalk_of(&self, event: &str) -> Result<Vec<(String, String, Join)>, StoreError> {
        self.crosswalk_where("event.id = ?1", [event])
    }

    fn crosswalk_where(
        &self,
        condition: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<(String, String, Join)>, StoreError> {
        let rows: Vec<(String, String, String)> = self
            .connection
            .prepare(&format!(
                "SELECT event.id, record.uid, crosswalk.json FROM crosswalk
                 JOIN event ON event.key = crosswalk.event JOIN record ON record.key = crosswalk.record
                 WHERE {condition} ORDER BY event.id, record.uid"
            ))
            .and_then(|mut s| {
                s.query_map(parameters, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
            })
            .map_err(|error| self.error(error))?;
        rows.into_iter().map(|(event, record, json)| Ok((event, record, self.parse(&json)?))).collect()
    }

    /// Relations between events: from, relation, to, support.
    pub fn event_links(&self) -> Result<Vec<(String, String, String, LinkSupport)>, StoreError> {
        let rows: Vec<(String, String, String, String)> = self
            .connection
            .prepare(
                "SELECT a.id, relation, b.id, event_link.json FROM event_link
                 JOIN event a ON a.key = source JOIN event b ON b.key = target ORDER BY 1, 2, 3",
            )
            .and_then(|mut s| {
                s.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?.collect()
            })
            .map_err(|error| self.error(error))?;
        rows.into_iter()
            .map(|(from, relation, to, json)| Ok((from, relation, to, self.parse(&json)?)))
            .collect()
    }

    /// Events that were and are no more, with the event that holds their founding record now.
    pub fn tombstones(&self) -> Result<Vec<(String, Option<String>)>, StoreError> {
        self.connection
            .prepare("SELECT id, merged_into FROM tombstone ORDER BY id")
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(|error| self.error(error))
    }
}

/// By first day, those without one last; then by place and identifier.
fn order(event: &MergedEvent) -> impl Ord + '_ {
    let time = event.time.as_ref().map(|time| &time.value);
    let first = time.and_then(|time| time.start.or(time.end));
    (first.is_none(), first, event.place.as_ref().map(|place| place.value.name.as_str()), event.id.as_str())
}
