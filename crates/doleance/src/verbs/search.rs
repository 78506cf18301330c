//! `doleance search`.

use clap::Args;

use crate::outcome::Outcome;

/// Search the reports and records of a chronicle
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance search -d chronicle.db strike port")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance search` is not part of this version yet")
}
