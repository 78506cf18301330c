//! `doleance syntax`.

use clap::Args;

use crate::outcome::Outcome;

/// Train and evaluate syntax models
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance syntax evaluate --help")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance syntax` is not part of this version yet")
}
