//! `doleance list`.

use clap::Args;

use crate::outcome::Outcome;

/// List the events of a chronicle
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance list -d chronicle.db --kind strike")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance list` is not part of this version yet")
}
