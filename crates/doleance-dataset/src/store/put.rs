//! Writing coded reports: each report with all its records, or not at all.

use doleance_records::{Claim, Event, Record};
use doleance_text::Report;
use hashbrown::HashSet;
use rusqlite::{Connection, OptionalExtension, params};

use super::Store;
use crate::uid::{Fields, content_hash};
use crate::{CodedReport, StoreError};

/// What became of a report that was given to a dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ingested {
    /// It was stored.
    New,
    /// A report with the same content was there already; nothing was changed.
    AlreadyThere,
}

impl Store {
    /// The content hashes of all reports.
    pub fn content_hashes(&self) -> Result<HashSet<String>, StoreError> {
        let read = || -> rusqlite::Result<HashSet<String>> {
            self.connection.prepare("SELECT hash FROM report")?.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Stores coded reports in one transaction. `coder` names the version of codebook and models.
    pub fn put(&mut self, coded: &[CodedReport], coder: &str) -> Result<Vec<Ingested>, StoreError> {
        self.write(|transaction| {
            coded.iter().map(|one| put_report(transaction, one, coder).map_err(|e| self.error(e))).collect()
        })
    }
}

fn put_report(transaction: &Connection, coded: &CodedReport, coder: &str) -> rusqlite::Result<Ingested> {
    let report = &coded.report;
    let hash = content_hash(report);
    let known: Option<i64> = transaction
        .prepare_cached("SELECT key FROM report WHERE hash = ?1")?
        .query_row([&hash], |row| row.get(0))
        .optional()?;
    if known.is_some() {
        return Ok(Ingested::AlreadyThere);
    }
    let name = free_name(transaction, report, &hash)?;
    transaction
        .prepare_cached(
            "INSERT INTO report (name, hash, text, title, published, source, url, language, country, coder, codes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            name,
            hash,
            report.text,
            report.title,
            report.published.map(|date| date.to_string()),
            report.source,
            report.url,
            report.language.as_ref().map(|language| language.0.as_str()),
            report.country.as_ref().map(|country| country.as_str()),
            coder,
            record_codes(&coded.records),
        ])?;
    let key = transaction.last_insert_rowid();
    put_records(transaction, key, &name, record_uids(&hash, &coded.records).zip(&coded.records))?;
    Ok(Ingested::New)
}

/// Writes the records of a report under its name.
pub(super) fn put_records<'a>(
    transaction: &Connection,
    report: i64,
    name: &str,
    records: impl Iterator<Item = (String, &'a Record)>,
) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO record (report, uid, type, position, json) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (position, (uid, record)) in records.enumerate() {
        let json = if record.doc() == name { to_json(record) } else { to_json(&renamed(record, name)) };
        insert.execute(params![report, uid, type_of(record), position as i64, json])?;
    }
    Ok(())
}

/// The report's own name, or, where another report bears it already, that name with the start of its hash.
fn free_name(transaction: &Connection, report: &Report, hash: &str) -> rusqlite::Result<String> {
    let own = if report.id.trim().is_empty() { hash[..12].to_owned() } else { report.id.clone() };
    let taken =
        |name: &str| transaction.prepare_cached("SELECT 1 FROM report WHERE name = ?1")?.exists([name]);
    if !taken(&own)? {
        return Ok(own);
    }
    let longer = format!("{own}~{}", &hash[..6]);
    if !taken(&longer)? { Ok(longer) } else { Ok(format!("{own}~{hash}")) }
}

pub(super) const fn type_of(record: &Record) -> &'static str {
    match record {
        Record::Event(_) => "event",
        Record::Claim(_) => "claim",
        Record::Link(_) => "link",
    }
}

pub(super) fn to_json(record: &Record) -> String {
    // Records hold strings, numbers and lists only: nothing in them can fail to serialise.
    serde_json::to_string(record).expect("a record always serialises")
}

fn renamed(record: &Record, name: &str) -> Record {
    let mut record = record.clone();
    let doc = match &mut record {
        Record::Event(event) => &mut event.doc,
        Record::Claim(claim) => &mut claim.doc,
        Record::Link(link) => &mut link.doc,
    };
    name.clone_into(doc);
    record
}

/// Identifiers for the records of the report with this content hash: what a record rests on, not its place in the
/// list, so that coding one more record leaves the others' identifiers alone.
pub(super) fn record_uids<'a>(hash: &'a str, records: &'a [Record]) -> impl Iterator<Item = String> + 'a {
    let mut seen: HashSet<String> = HashSet::with_capacity(records.len());
    records.iter().map(move |record| {
        (0u32..)
            .map(|again| record_uid(hash, record, again))
            .find(|uid| seen.insert(uid.clone()))
            .expect("the range does not end before a free identifier")
    })
}

/// The identifier of an event record of the report with this content hash, where no other has taken it.
pub(super) fn event_uid(hash: &str, event: &Event) -> String {
    event_fields(Fields::default().add(hash).add(0u32.to_le_bytes()), event)
}

fn event_fields(fields: Fields, event: &Event) -> String {
    let place = event.place.as_ref().map(|place| place.id.as_deref().unwrap_or(&place.name));
    let time = event.time.as_ref().map(|time| format!("{:?}", (time.start, time.end)));
    let fields = fields
        .add(&event.kind)
        .add(event.status.name())
        .add(event.trigger.start.to_le_bytes())
        .add(event.trigger.end.to_le_bytes())
        .add_optional(place)
        .add_optional(time);
    format!("r-{}", fields.short())
}

fn record_uid(hash: &str, record: &Record, again: u32) -> String {
    let fields = Fields::default().add(hash).add(again.to_le_bytes());
    match record {
        Record::Event(event) => event_fields(fields, event),
        Record::Claim(claim) => {
            let fields = fields
                .add(&claim.issue)
                .add(claim.span.start.to_le_bytes())
                .add(claim.span.end.to_le_bytes());
            format!("c-{}", fields.short())
        }
        Record::Link(link) => {
            format!("l-{}", fields.add(link.relation.name()).add(&link.from).add(&link.to).short())
        }
    }
}

/// What the search index holds of records beside the text: kinds, places, actors, issues, each once.
pub fn record_codes(records: &[Record]) -> String {
    let mut codes = Codes::default();
    for record in records {
        match record {
            Record::Event(event) => event_codes(event, &mut codes),
            Record::Claim(claim) => claim_codes(claim, &mut codes),
            Record::Link(link) => codes.add(link.relation.name()),
        }
    }
    codes.text
}

#[derive(Default)]
struct Codes {
    text: String,
    seen: HashSet<String>,
}

impl Codes {
    fn add(&mut self, code: &str) {
        if !code.is_empty() && self.seen.insert(code.to_owned()) {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(code);
        }
    }
}

fn event_codes(event: &Event, codes: &mut Codes) {
    codes.add(&event.kind);
    codes.add(event.status.name());
    if let Some(place) = &event.place {
        codes.add(&place.name);
        for code in [&place.admin1, &place.country].into_iter().flatten() {
            codes.add(code);
        }
    }
    for actor in event.actors.iter().chain(&event.targets) {
        codes.add(&actor.role);
        for code in [&actor.sector, &actor.organisation, &actor.name].into_iter().flatten() {
            codes.add(code);
        }
    }
}

fn claim_codes(claim: &Claim, codes: &mut Codes) {
    codes.add(&claim.issue);
    for party in [&claim.claimant, &claim.addressee].into_iter().flatten() {
        codes.add(&party.role);
        if let Some(name) = &party.name {
            codes.add(name);
        }
    }
}
