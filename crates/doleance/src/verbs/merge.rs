//! `doleance merge`.

use clap::Args;

use crate::outcome::Outcome;

/// Merge records into events, with the reason for every join
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance merge -d chronicle.db")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance merge` is not part of this version yet")
}
