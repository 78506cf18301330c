//! `doleance explain`.

use anyhow::bail;
use clap::Args;
use doleance_coding::{LanguagePacks, explain};
use std::io::Write;

use crate::outcome::Outcome;

/// Print the page of a kind, issue, status, relation, rule or diagnostic
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance explain strike")]
pub struct Arguments {
    /// Identifier, as records print it
    id: String,
}

/// Runs the verb.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let Some(page) = explain(LanguagePacks::embedded(), &arguments.id) else {
        bail!(
            "nothing is called {}; give a kind (strike), an issue (wages), a status (planned), a relation (part_of) \
             or a rule as records print it (fr.strike.greve)",
            arguments.id
        );
    };
    anstream::stdout().write_all(page.as_bytes())?;
    Ok(Outcome::Done)
}
