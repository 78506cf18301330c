//! `doleance report`.

use clap::Args;

use crate::outcome::Outcome;

/// Write a chronicle as one self-contained page
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance report -d chronicle.db -o chronicle.html")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance report` is not part of this version yet")
}
