//! One SQLite file that holds reports, records, events and decisions.
//!
//! Opening checks that the file is ours and not newer than this program. Every write is one transaction, so a process
//! killed at any moment leaves an openable file with everything that had been finished. A second writer waits
//! [`PATIENCE`] and then says so. What the tables are is in `schema`; what merging does is in `crate::merge`.

mod additions;
mod chain;
mod check;
mod decisions;
mod forget;
mod put;
mod read;
mod read_events;
mod recode;
mod replay;
mod schema;
mod search;
mod write_events;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

pub(crate) use additions::misquoted;
pub use check::{CheckReport, Fault};
pub(crate) use decisions::ADD;
pub use decisions::{Decision, NewDecision};
pub use forget::Forgotten;
pub use put::{Ingested, record_codes};
pub use read::{Counts, StoredClaim, StoredLink, StoredRecord, StoredReport};
pub use recode::{RecodeDifference, RecodeSummary};
pub use replay::{Replay, Review};
pub use schema::FORMAT;
pub use search::Hit;
pub(crate) use write_events::{EventRow, clear as clear_events, put_event, put_event_link, put_tombstones};

use crate::StoreError;

/// How long a process waits for another that is writing.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// An open dataset.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

/// Kibibytes of pages that are kept in memory. SQLite's own 2 MiB make a merge write every page of the crosswalk to the
/// log again and again, as records meet their events in no order of the file.
const PAGES_KEPT: i64 = 128 << 10;

/// Pages of 4 KiB in the log after which they are brought into the file. Every batch of an ingest touches the same pages
/// of the indexes: the rarer this is, the less often they are written twice.
const LOGGED_PAGES: i64 = 8 << 10;

/// How often the setting up of a file is tried again while another process is at it.
const SETUP_TRIES: u32 = 50;

/// How long to wait between two tries.
const SETUP_PAUSE: Duration = Duration::from_millis(20);

impl Store {
    /// Opens the dataset at `path`, which must exist, for reading and writing.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        must_be_file(path)?;
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens the dataset at `path`, making an empty one where there is none.
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        if path.is_dir() {
            return Err(StoreError::NotADataset { path: path.to_owned() });
        }
        // Two that make a file at once collide while it is set up, where SQLite does not wait by itself.
        for _ in 0..SETUP_TRIES {
            match Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE) {
                Err(StoreError::Busy { .. }) => std::thread::sleep(SETUP_PAUSE),
                settled => return settled,
            }
        }
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens the dataset at `path` for reading only, also where neither the file nor its folder may be written.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        must_be_file(path)?;
        match Self::connect_to_read(path, false) {
            // A write-ahead log needs a shared-memory file beside it. Where none can be made, the file is read as it
            // lies, which is right as long as no log waits beside it.
            Err(StoreError::ReadOnly { .. } | StoreError::CannotOpen { .. }) if !has_log(path) => {
                Self::connect_to_read(path, true)
            }
            other => other,
        }
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let of_path = |error| StoreError::from_sqlite(path, error);
        let connection =
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(of_path)?;
        let mut store = Store { connection, path: path.to_owned() };
        store.connection.busy_timeout(PATIENCE).map_err(of_path)?;
        store.recognise(flags.contains(OpenFlags::SQLITE_OPEN_CREATE))?;
        store.prepare().map_err(of_path)?;
        Ok(store)
    }

    fn connect_to_read(path: &Path, immutable: bool) -> Result<Self, StoreError> {
        let of_path = |error| StoreError::from_sqlite(path, error);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = if immutable {
            Connection::open_with_flags(uri(path), flags | OpenFlags::SQLITE_OPEN_URI)
        } else {
            Connection::open_with_flags(path, flags)
        }
        .map_err(of_path)?;
        let store = Store { connection, path: path.to_owned() };
        store.connection.busy_timeout(PATIENCE).map_err(of_path)?;
        store.recognise(false)?;
        store.connection.pragma_update(None, "cache_size", -PAGES_KEPT).map_err(of_path)?;
        match schema::format_of(&store.connection).map_err(of_path)? {
            FORMAT => Ok(store),
            // An older file is brought to the newest format first, which needs writing.
            _ => Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE),
        }
    }

    /// Refuses what is no dataset or a newer one, before anything is written to it. An empty file becomes a dataset only
    /// where one may be made.
    fn recognise(&self, may_be_empty: bool) -> Result<(), StoreError> {
        let of_path = |error| StoreError::from_sqlite(&self.path, error);
        // All three at one moment: another process may be making the file between one look and the next.
        let looking = self.connection.unchecked_transaction().map_err(of_path)?;
        let application: i64 =
            looking.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(of_path)?;
        let format = schema::format_of(&looking).map_err(of_path)?;
        let tables: i64 =
            looking.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(of_path)?;
        drop(looking);
        if application != schema::APPLICATION_ID
            && (application != 0 || format != 0 || tables != 0 || !may_be_empty)
        {
            return Err(StoreError::NotADataset { path: self.path.clone() });
        }
        if format > FORMAT {
            return Err(StoreError::NewerFormat {
                path: self.path.clone(),
                found: format,
                supported: FORMAT,
            });
        }
        Ok(())
    }

    fn prepare(&mut self) -> rusqlite::Result<()> {
        self.connection.pragma_update(None, "journal_mode", "wal")?;
        self.connection.pragma_update(None, "synchronous", "full")?;
        self.connection.pragma_update(None, "foreign_keys", true)?;
        self.connection.pragma_update(None, "cache_size", -PAGES_KEPT)?;
        self.connection.pragma_update(None, "wal_autocheckpoint", LOGGED_PAGES)?;
        // What is deleted is overwritten: a forgotten report must not survive in free space.
        self.connection.pragma_update(None, "secure_delete", true)?;
        if schema::format_of(&self.connection)? < FORMAT {
            schema::migrate(&mut self.connection)?;
        }
        Ok(())
    }

    /// Where the dataset lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Sets how long to wait for another process that is writing; [`PATIENCE`] unless set.
    pub fn set_patience(&self, patience: Duration) -> Result<(), StoreError> {
        self.connection.busy_timeout(patience).map_err(|error| self.error(error))
    }

    /// Limits the file to `pages` pages of 4,096 bytes: more is refused as a full disk is.
    #[doc(hidden)]
    pub fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        self.connection.pragma_update(None, "max_page_count", pages).map_err(|error| self.error(error))
    }

    pub(crate) fn error(&self, error: rusqlite::Error) -> StoreError {
        StoreError::from_sqlite(&self.path, error)
    }

    /// Does `work` in one transaction that holds the right to write from its start; undoes all of it where it fails.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.error(error))?;
        let undo = Undo(&self.connection);
        let result = work(&self.connection)?;
        self.connection.execute_batch("COMMIT").map_err(|error| self.error(error))?;
        std::mem::forget(undo);
        Ok(result)
    }
}

/// Rolls an open transaction back when dropped, on failure and on panic alike.
struct Undo<'a>(&'a Connection);

impl Drop for Undo<'_> {
    fn drop(&mut self) {
        // A full disk may have rolled it back already; then there is nothing left to undo.
        let _ = self.0.execute_batch("ROLLBACK");
    }
}

fn must_be_file(path: &Path) -> Result<(), StoreError> {
    match (path.is_file(), path.exists()) {
        (true, _) => Ok(()),
        (false, true) => Err(StoreError::NotADataset { path: path.to_owned() }),
        (false, false) => Err(StoreError::NotFound { path: path.to_owned() }),
    }
}

fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// `path` as an SQLite address that promises that nobody changes the file.
fn uri(path: &Path) -> String {
    let mut address = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => address.push(byte as char),
            _ if byte.is_ascii_alphanumeric() => address.push(byte as char),
            _ => address.push_str(&format!("%{byte:02x}")),
        }
    }
    address.push_str("?immutable=1");
    address
}
