//! `doleance trace`: a look inside the coding of a sentence.

use std::io::Write;

use clap::Args;
use doleance_coding::{CodingOptions, trace};
use doleance_text::Report;

use super::code::About;
use crate::coding::settle_language;
use crate::outcome::{Outcome, Problem};
use crate::output::neutral;

/// Show the tree, the mentions, and which rule gave which value of a sentence
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance trace \"The dockers walked out on Monday.\"
  doleance trace --published 2022-01-08 \"Les mineurs ont promis de débrayer lundi.\"")]
pub struct Arguments {
    /// The sentence, or several
    #[arg(value_name = "SENTENCE")]
    pub sentence: String,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub about: About,
}

/// Prints what happened on the way.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let packs = crate::rules::packs();
    let mut report = Report::new("sentence", arguments.sentence.clone());
    arguments.about.defaults().complete(&mut report);
    if let Err((reason, repair)) = settle_language(&mut report, packs) {
        Problem::new("", reason, repair).print();
        return Ok(Outcome::Incomplete);
    }
    let options: CodingOptions = arguments.about.options();
    let language = report.language.clone();
    let pack = language
        .as_ref()
        .map(|language| packs.get(language))
        .transpose()
        .map_err(|e| anyhow::anyhow!("{e}"))?;
    let Some(pack) = pack.flatten() else { anyhow::bail!("the language has no pack") };
    let shared = packs.shared().map_err(|error| anyhow::anyhow!("{error}"))?;
    let found = trace(pack, shared, &report, &options);
    anstream::stdout().write_all(neutral(&found).as_bytes())?;
    Ok(Outcome::Done)
}
