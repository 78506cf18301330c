//! `doleance ingest`.

use clap::Args;

use crate::outcome::Outcome;

/// Code reports and store them in a chronicle
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance ingest -d chronicle.db examples/")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance ingest` is not part of this version yet")
}
