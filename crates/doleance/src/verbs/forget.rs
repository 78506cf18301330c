//! `doleance forget`.

use clap::Args;

use crate::outcome::Outcome;

/// Remove reports and everything that came from them
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance forget -d chronicle.db REPORT")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance forget` is not part of this version yet")
}
