//! `doleance explain`.

use clap::Args;

use crate::outcome::Outcome;

/// Print the page of a kind, issue, status, relation, rule or diagnostic
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance explain strike")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance explain` is not part of this version yet")
}
