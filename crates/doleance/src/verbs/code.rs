//! `doleance code`.

use clap::Args;

use crate::outcome::Outcome;

/// Code reports into records and print them
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance code examples/")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance code` is not part of this version yet")
}
