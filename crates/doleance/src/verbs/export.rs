//! `doleance export`.

use clap::Args;

use crate::outcome::Outcome;

/// Export a chronicle for other programs
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance export -d chronicle.db --format csv -o events.csv")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance export` is not part of this version yet")
}
