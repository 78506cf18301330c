//! `doleance check -d`: whether a dataset's decisions and references hold.

use std::io::Write;
use std::path::Path;

use doleance_dataset::Store;

use super::dataset::count;
use crate::outcome::Outcome;
use crate::output::one_line;

/// Checks the dataset at `path` and prints what does not hold.
pub fn run(path: &Path) -> anyhow::Result<Outcome> {
    let store = Store::open_read_only(path)?;
    let report = store.check()?;
    let mut out = anstream::stdout().lock();
    for fault in &report.faults {
        writeln!(out, "{}: {}", one_line(&fault.place), one_line(&fault.reason))?;
    }
    if !report.without_effect.is_empty() {
        writeln!(
            out,
            "{} named in decisions are there no more: those decisions are kept, without effect",
            count(report.without_effect.len(), "record")
        )?;
    }
    let faults = report.faults.len();
    writeln!(out, "{} checked, {}", count(report.checked as usize, "item"), count(faults, "fault"))?;
    Ok(if faults == 0 { Outcome::Done } else { Outcome::Incomplete })
}
