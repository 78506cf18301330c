//! Writing what a merge found: events, crosswalk, links between events, tombstones; all at once.

use hashbrown::HashMap;
use rusqlite::{Connection, params};

use crate::event::{Join, LinkSupport, MergedEvent};

/// An event to be written, with the row of each of its records and the reason for each join.
#[derive(Clone, Debug)]
pub(crate) struct EventRow {
    pub event: MergedEvent,
    pub joins: Vec<(i64, Join)>,
}

/// Removes what the last merge wrote. Tombstones stay.
pub(crate) fn clear(transaction: &Connection) -> rusqlite::Result<()> {
    transaction.execute_batch("DELETE FROM event_link; DELETE FROM crosswalk; DELETE FROM event;")
}

/// Writes one event with its part of the crosswalk. Returns its row.
pub(crate) fn put_event(transaction: &Connection, row: &EventRow) -> rusqlite::Result<i64> {
    let event = &row.event;
    let time = event.time.as_ref().map(|time| &time.value);
    transaction
        .prepare_cached(
            "INSERT INTO event (id, kind, status, first, last, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            event.id,
            event.kind.value,
            event.status.value.name(),
            time.and_then(|time| time.start).map(|date| date.to_string()),
            time.and_then(|time| time.end).map(|date| date.to_string()),
            json(event),
        ])?;
    let key = transaction.last_insert_rowid();
    let mut insert =
        transaction.prepare_cached("INSERT INTO crosswalk (record, event, json) VALUES (?1, ?2, ?3)")?;
    for (record, join) in &row.joins {
        insert.execute(params![record, key, json(join)])?;
    }
    Ok(key)
}

/// Writes a relation between two events, given by their rows.
pub(crate) fn put_event_link(
    transaction: &Connection,
    source: i64,
    relation: &str,
    target: i64,
    support: &LinkSupport,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT INTO event_link (source, relation, target, json) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![source, relation, target, json(support)])?;
    Ok(())
}

/// Brings the tombstones up to date: every identifier that ever was and is not live points to the event that holds its
/// founding record now.
pub(crate) fn put_tombstones(
    transaction: &Connection,
    gone: &HashMap<String, Option<String>>,
) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM tombstone", [])?;
    let mut insert = transaction.prepare_cached("INSERT INTO tombstone (id, merged_into) VALUES (?1, ?2)")?;
    let mut sorted: Vec<_> = gone.iter().collect();
    sorted.sort();
    for (id, merged_into) in sorted {
        insert.execute(params![id, merged_into])?;
    }
    Ok(())
}

fn json(value: &impl serde::Serialize) -> String {
    // Events, joins and supports hold strings, numbers and lists only: nothing in them can fail to serialise.
    serde_json::to_string(value).expect("an event always serialises")
}
