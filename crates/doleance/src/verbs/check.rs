//! `doleance check`.

use clap::Args;

use crate::outcome::Outcome;

/// Prove every rule, trigger and codebook entry on its own examples
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance check")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance check` is not part of this version yet")
}
