//! What can go wrong with a dataset file, said with the place, the reason and the repair.
//!
//! Every SQLite failure that a user can meet has its own case here; only what is left stays a bare SQLite message.

use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

/// Why a dataset could not be opened, read or written. Nothing that was stored before is lost by any of these.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum StoreError {
    #[error("{}: there is no such dataset. `doleance ingest -d {}` makes one", path.display(), path.display())]
    NotFound { path: PathBuf },
    #[error("{}: this file is no dataset of Doléance. Name another file; this one was left as it is", path.display())]
    NotADataset { path: PathBuf },
    #[error("{}: the dataset has format {found}, this program reads up to {supported}. Use the newer Doléance that wrote it", path.display())]
    NewerFormat { path: PathBuf, found: i64, supported: i64 },
    #[error("{}: another process is writing to the dataset. Wait until it has ended and try again", path.display())]
    Busy { path: PathBuf },
    #[error("{}: the disk is full. What was finished before is kept; make room and run the same command again", path.display())]
    DiskFull { path: PathBuf },
    #[error("{}: the file or its folder is read-only. Allow writing there, or copy the dataset elsewhere", path.display())]
    ReadOnly { path: PathBuf },
    #[error("{}: the file cannot be opened. Check that the folder exists and may be entered and written", path.display())]
    CannotOpen { path: PathBuf },
    #[error("{}: the dataset is damaged ({reason}). Restore it from a copy; `doleance check -d` says what still holds", path.display())]
    Damaged { path: PathBuf, reason: String },
    #[error("`{id}` names no {what} of the dataset. `doleance list` shows what there is")]
    Unknown { what: &'static str, id: String },
    #[error("the decision cannot be taken: {reason}. Nothing was changed")]
    BadDecision { reason: String },
    #[error("{}: SQLite says: {reason}. Nothing was lost; try again, and report this line if it stays", path.display())]
    Sqlite { path: PathBuf, reason: String },
    #[error("{}: the export cannot be written ({reason}). Check that the folder exists, may be written and has room; an older file of this name was left as it is", path.display())]
    Output { path: PathBuf, reason: String },
}

impl StoreError {
    /// Names what an SQLite failure means for the user of the dataset at `path`.
    pub(crate) fn from_sqlite(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreError::NotADataset { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy { path },
            Some(ErrorCode::DiskFull) => StoreError::DiskFull { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreError::ReadOnly { path },
            // A file that is there and cannot be opened for writing lies where nothing may be written.
            Some(ErrorCode::CannotOpen) if path.is_file() => StoreError::ReadOnly { path },
            Some(ErrorCode::CannotOpen) => StoreError::CannotOpen { path },
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path, reason: source.to_string() },
            _ if source
                .sqlite_error()
                .is_some_and(|error| error.extended_code == ffi::SQLITE_IOERR_SHMSIZE) =>
            {
                // The shared index of the log could not grow: there is no room for it.
                StoreError::DiskFull { path }
            }
            _ => StoreError::Sqlite { path, reason: source.to_string() },
        }
    }

    /// A stored value that does not read back.
    pub(crate) fn damaged(path: &Path, reason: impl std::fmt::Display) -> Self {
        StoreError::Damaged { path: path.to_owned(), reason: reason.to_string() }
    }
}
