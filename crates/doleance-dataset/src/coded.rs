//! A report with what was coded from it: what a dataset takes in.

use doleance_records::Record;
use doleance_text::Report;

/// One report and its records. The `doc` of every record is the report's `id`.
#[derive(Clone, Debug, PartialEq)]
pub struct CodedReport {
    /// The report as received.
    pub report: Report,
    /// Its events, claims and links.
    pub records: Vec<Record>,
}
