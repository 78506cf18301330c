//! `doleance trace`.

use clap::Args;

use crate::outcome::Outcome;

/// Show which rule gave which value of a sentence
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance trace 'The dockers walked out on Monday.'")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance trace` is not part of this version yet")
}
