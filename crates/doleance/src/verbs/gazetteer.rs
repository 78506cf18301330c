//! `doleance gazetteer`.

use clap::Args;

use crate::outcome::Outcome;

/// Build the gazetteer from GeoNames' dump files
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance gazetteer build --help")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    anyhow::bail!("`doleance gazetteer` is not part of this version yet")
}
