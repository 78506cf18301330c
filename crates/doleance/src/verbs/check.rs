//! `doleance check`.

use clap::Args;
use doleance_coding::LanguagePacks;
use doleance_coding::check::check;
use std::io::Write;

use crate::outcome::Outcome;

/// Prove every rule, trigger and codebook entry on its own examples
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance check")]
pub struct Arguments {}

/// Runs the verb.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    let proof = check(LanguagePacks::embedded());
    let mut out = anstream::stdout();
    for finding in &proof.findings {
        writeln!(out, "{}: {}\n    {}", finding.id, finding.problem, finding.example)?;
    }
    writeln!(
        out,
        "{} entries, {} sentences, {} findings",
        proof.entries,
        proof.sentences,
        proof.findings.len()
    )?;
    Ok(if proof.findings.is_empty() { Outcome::Done } else { Outcome::Incomplete })
}
