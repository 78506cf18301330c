//! The tables of a dataset, as migrations: `user_version` counts those that a file has been through.
//!
//! A migration, once released, never changes: later ones are added below. `tests/formats/` holds a frozen file of
//! every version, which a test opens.

use rusqlite::Connection;

/// Marks an SQLite file as a dataset: the letters `Dol1`.
pub(crate) const APPLICATION_ID: i64 = 0x446F_6C31;

/// The newest format that this program reads and writes.
pub const FORMAT: i64 = MIGRATIONS.len() as i64;

const MIGRATIONS: &[&str] = &[
    "
CREATE TABLE report (
  key       INTEGER PRIMARY KEY,
  name      TEXT NOT NULL UNIQUE,           -- the `doc` of its records
  hash      TEXT NOT NULL UNIQUE,           -- content hash
  text      TEXT NOT NULL,
  title     TEXT,
  published TEXT,
  source    TEXT,
  url       TEXT,
  language  TEXT,
  country   TEXT,
  coder     TEXT NOT NULL,                  -- version of codebook and models that coded it
  codes     TEXT NOT NULL                   -- what the search index holds beside the text
) STRICT;

CREATE TABLE record (
  key      INTEGER PRIMARY KEY,
  report   INTEGER NOT NULL REFERENCES report (key) ON DELETE CASCADE,
  uid      TEXT NOT NULL UNIQUE,
  type     TEXT NOT NULL CHECK (type IN ('event', 'claim', 'link')),
  position INTEGER NOT NULL,                -- order within the report
  json     TEXT NOT NULL,                   -- record format 1, as coded
  UNIQUE (report, position)
) STRICT;
CREATE INDEX record_type ON record (type, report, position);

CREATE TABLE event (
  key     INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  kind    TEXT NOT NULL,
  status  TEXT NOT NULL,
  first   TEXT,                             -- first and last day; null where open or unknown
  last    TEXT,
  json    TEXT NOT NULL                     -- agreed values with their support and dissents
) STRICT;
CREATE INDEX event_first ON event (first);

CREATE TABLE crosswalk (
  record INTEGER PRIMARY KEY REFERENCES record (key) ON DELETE CASCADE,
  event  INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
  json   TEXT NOT NULL                      -- why the record was joined
) STRICT;
CREATE INDEX crosswalk_event ON crosswalk (event);

CREATE TABLE event_link (
  source   INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
  relation TEXT NOT NULL,
  target   INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
  json     TEXT NOT NULL,                   -- the record links that state it, or why it was inferred
  PRIMARY KEY (source, relation, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_link_target ON event_link (target);

CREATE TABLE tombstone (
  id          TEXT PRIMARY KEY,             -- an event that was and is no more
  merged_into TEXT                          -- the event that holds its founding record now
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
  number   INTEGER PRIMARY KEY,
  subject  TEXT,                            -- the six fields and the salt are null once forgotten
  field    TEXT,
  before   TEXT,
  after    TEXT,
  coder    TEXT,
  time     TEXT,
  note     TEXT,
  salt     BLOB,
  content  TEXT NOT NULL,                   -- hash of salt and fields
  chain    TEXT NOT NULL                    -- hash of the previous chain value, the number and content
) STRICT;
CREATE TRIGGER decision_stays BEFORE DELETE ON decision
BEGIN SELECT RAISE (ABORT, 'decisions are never removed'); END;
CREATE TRIGGER decision_is_final BEFORE UPDATE OF number, content, chain ON decision
BEGIN SELECT RAISE (ABORT, 'decisions are never changed'); END;

CREATE VIRTUAL TABLE report_search USING fts5 (
  title, text, codes, content = 'report', content_rowid = 'key',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
INSERT INTO report_search (report_search, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER report_added AFTER INSERT ON report BEGIN
  INSERT INTO report_search (rowid, title, text, codes) VALUES (new.key, new.title, new.text, new.codes);
END;
CREATE TRIGGER report_removed AFTER DELETE ON report BEGIN
  INSERT INTO report_search (report_search, rowid, title, text, codes)
  VALUES ('delete', old.key, old.title, old.text, old.codes);
END;
CREATE TRIGGER report_changed AFTER UPDATE OF title, text, codes ON report BEGIN
  INSERT INTO report_search (report_search, rowid, title, text, codes)
  VALUES ('delete', old.key, old.title, old.text, old.codes);
  INSERT INTO report_search (rowid, title, text, codes) VALUES (new.key, new.title, new.text, new.codes);
END;
",
    "
-- The decision that added the record; null for what the coder found.
ALTER TABLE record ADD COLUMN added INTEGER REFERENCES decision (number);
CREATE INDEX decision_subject ON decision (subject);
",
];

/// The format of an open file, 0 for an empty one.
pub(crate) fn format_of(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings an open file to the newest format, all or nothing.
pub(crate) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let from = format_of(&transaction)?;
    for (number, migration) in MIGRATIONS.iter().enumerate().skip(from.max(0) as usize) {
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", number as i64 + 1)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.commit()
}
