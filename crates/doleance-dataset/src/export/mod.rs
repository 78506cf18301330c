//! Events for other programs: one gathering, one redaction, one file per format.
//!
//! Every exported row names its reports and the stretches it rests on. [`Audience::Public`] leaves out text beyond the
//! evidence, names of persons, and coordinates finer than the place level; the summary says what was left out, and what
//! a format cannot express.

mod acled;
mod acled_sides;
mod countries;
mod csv;
mod flat;
mod gather;
mod geojson;
mod geopackage;
mod jsonl;
mod parquet;
mod plover;
pub(crate) mod redact;

use std::collections::BTreeMap;
use std::path::Path;

pub use acled::ACLED_COLUMNS;
pub use gather::{Evidence, Exported};

use crate::{Selection, Store, StoreError};

/// A form that other programs read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// One row per event, for spreadsheets, R, pandas.
    Csv,
    /// One object per event with all its values, dissents, evidence and relations.
    Jsonl,
    /// A map layer, RFC 7946.
    GeoJson,
    /// A map layer with tables of reports and relations, OGC GeoPackage 1.3.
    GeoPackage,
    /// One row per event with typed columns, for pandas, R, DuckDB.
    Parquet,
    /// The 31 columns of ACLED.
    Acled,
    /// PLOVER records, one a line.
    Plover,
}

/// Who will read the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Those who hold the reports: nothing is left out.
    Internal,
    /// Anybody.
    Public,
}

/// How other datasets code a kind of action, from the codebook's crosswalks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindCodes {
    /// ACLED's event type and sub-event type; none where ACLED has no event for it.
    pub acled: Option<(String, String)>,
    /// Why ACLED has none.
    pub acled_note: String,
    /// PLOVER's event type and mode.
    pub plover: Option<(String, Option<String>)>,
}

/// How other datasets class a role, from the codebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleCodes {
    /// Number of ACLED's actor class, 1 to 8.
    pub acled: u8,
    /// PLOVER's sector.
    pub plover: String,
}

/// How to export.
#[derive(Clone, Debug)]
pub struct ExportOptions {
    /// The form.
    pub format: ExportFormat,
    /// The readers.
    pub audience: Audience,
    /// Which events.
    pub selection: Selection,
    /// Whether cells of CSV stay as they are even where a spreadsheet would run them.
    pub raw_cells: bool,
    /// Codes of other datasets by kind.
    pub codes: BTreeMap<String, KindCodes>,
    /// Classes of other datasets by role.
    pub roles: BTreeMap<String, RoleCodes>,
    /// The moment of export, in seconds of Unix time: ACLED and PLOVER have a field for it.
    pub now: i64,
}

/// What an export holds and what it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ExportSummary {
    /// Rows, features or lines written.
    pub rows: usize,
    /// What was left out for the public, and how often.
    pub left_out: BTreeMap<&'static str, usize>,
    /// What the format cannot express: event, field or the whole event, reason.
    pub not_expressed: Vec<NotExpressed>,
}

/// A thing that a format has no place for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct NotExpressed {
    /// The event.
    pub event: String,
    /// Its kind.
    pub kind: String,
    /// The field; `event` for all of it.
    pub field: &'static str,
    /// Why.
    pub reason: String,
}

/// Writes the chosen events to the file at `path`, which is replaced only when all has been written.
pub fn export(store: &Store, options: &ExportOptions, path: &Path) -> Result<ExportSummary, StoreError> {
    let mut summary = ExportSummary::default();
    let mut events = gather::gather(store, &options.selection)?;
    if options.audience == Audience::Public {
        redact::redact(&mut events, &mut summary);
    }
    let beside = beside(path);
    let written = write(&events, options, &beside, &mut summary);
    match written.and_then(|()| std::fs::rename(&beside, path)) {
        Ok(()) => Ok(summary),
        Err(error) => {
            // A half-written file helps nobody; that it cannot be removed either changes nothing.
            let _ = std::fs::remove_file(&beside);
            Err(StoreError::Output { path: path.to_owned(), reason: error.to_string() })
        }
    }
}

fn write(
    events: &[Exported],
    options: &ExportOptions,
    path: &Path,
    summary: &mut ExportSummary,
) -> std::io::Result<()> {
    let bytes = match options.format {
        ExportFormat::GeoPackage => return geopackage::write(events, path, summary),
        ExportFormat::Csv => csv::write(events, options.raw_cells, summary)?,
        ExportFormat::Jsonl => jsonl::write(events, summary)?,
        ExportFormat::GeoJson => geojson::write(events, summary)?,
        ExportFormat::Parquet => parquet::write(events, summary)?,
        ExportFormat::Acled => acled::write(events, options, summary)?,
        ExportFormat::Plover => plover::write(events, options, summary)?,
    };
    std::fs::write(path, bytes)
}

/// A name beside the file, for what is not whole yet.
fn beside(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}
