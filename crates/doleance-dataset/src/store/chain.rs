//! The chain of hashes over decisions.
//!
//! Each decision's fields are hashed with a salt, and the chain runs over those hashes: a forgotten decision loses its
//! fields and its salt, and the chain still proves that nothing was slipped in, changed or taken out.

use rusqlite::{Connection, OptionalExtension, params};

use super::{NewDecision, Store};
use crate::uid::Fields;

impl Store {
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

/// Appends a decision. Returns its number.
pub(super) fn append(transaction: &Connection, decision: &NewDecision) -> rusqlite::Result<i64> {
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
