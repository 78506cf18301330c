//! `doleance annotate`.

use clap::Args;

use crate::outcome::Outcome;

/// Print what was found in a report: trees, times, all mentions
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance annotate --format timeml report.txt")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance annotate` is not part of this version yet")
}
