//! CSV: one row per event. Numbers are numbers; a cell that a spreadsheet would run as a formula is disarmed.

use std::io;

use super::flat::{COLUMNS, Cell, cells};
use super::{ExportSummary, Exported};

pub(super) fn write(
    events: &[Exported],
    raw_cells: bool,
    summary: &mut ExportSummary,
) -> io::Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(COLUMNS.iter().map(|column| column.0))?;
    for exported in events {
        out.write_record(cells(exported).into_iter().map(|cell| match cell {
            Cell::Text(_) | Cell::List(_) => disarmed(cell.in_words().unwrap_or_default(), raw_cells),
            // Numbers stay numbers: a minus before one is no formula.
            Cell::Integer(_) | Cell::Real(_) | Cell::Date(_) => cell.in_words().unwrap_or_default(),
        }))?;
        summary.rows += 1;
    }
    out.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// With an apostrophe before what a spreadsheet would take for a formula.
pub(super) fn disarmed(text: String, raw_cells: bool) -> String {
    if !raw_cells && text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}
