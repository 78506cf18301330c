//! `doleance explain`: the page of one entry of the codebook or of the language packs.

use std::io::Write;

use clap::Args;
use doleance_coding::explain;

use crate::outcome::{Outcome, Problem};
use crate::output::neutral;

/// Print the page of a kind, issue, status, relation, rule or diagnostic
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance explain strike
  doleance explain called_for
  doleance explain fr.strike.greve")]
pub struct Arguments {
    /// Its name, as records and messages give it
    #[arg(value_name = "ID")]
    pub id: String,
}

/// Prints the page.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    match explain(crate::rules::packs_with_examples(), arguments.id.trim()) {
        Some(page) => {
            writeln!(anstream::stdout(), "{}", page.trim_end())?;
            Ok(Outcome::Done)
        }
        None => {
            let reason = format!(
                "“{}” is no kind, issue, status, relation, rule or diagnostic",
                neutral(&arguments.id)
            );
            Problem::new(
                "",
                reason,
                "Names are as records give them, like general_strike or fr.strike.greve.",
            )
            .print();
            Ok(Outcome::Incomplete)
        }
    }
}
