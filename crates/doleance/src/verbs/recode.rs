//! `doleance recode`.

use clap::Args;

use crate::outcome::Outcome;

/// Code a chronicle's reports anew and list the differences
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance recode -d chronicle.db")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance recode` is not part of this version yet")
}
