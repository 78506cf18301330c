//! `doleance show`.

use clap::Args;

use crate::outcome::Outcome;

/// Show an event, record or report of a chronicle
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance show -d chronicle.db ID")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance show` is not part of this version yet")
}
