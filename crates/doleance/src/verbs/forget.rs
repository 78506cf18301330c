//! `doleance forget`: a report and everything that came from it, out of the file.

use std::io::Write;

use clap::Args;
use doleance_dataset::Store;

use super::dataset::{Dataset, count};
use crate::outcome::Outcome;

/// Remove reports and everything that came from them
///
/// Their texts and records leave the file, its search index and its free pages; events that other reports also tell of
/// are agreed on anew without them. Copies of the file and exports made before are not reached.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance forget -d chronicle.db echo-0305.fr.txt")]
pub struct Arguments {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub dataset: Dataset,
    /// Names of the reports, as `doleance show` and `doleance search` print them
    #[arg(required = true, value_name = "REPORT")]
    pub reports: Vec<String>,
}

/// Forgets.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut store = Store::open(&arguments.dataset.path)?;
    let forgotten = store.forget(&arguments.reports)?;
    let words = format!(
        "{} forgotten with {}; {} gone, {} agreed on anew; {} emptied\n",
        count(forgotten.reports, "report"),
        count(forgotten.records, "record"),
        count(forgotten.events, "event"),
        forgotten.agreed_anew,
        count(forgotten.decisions, "decision"),
    );
    anstream::stdout().write_all(words.as_bytes())?;
    Ok(Outcome::Done)
}
