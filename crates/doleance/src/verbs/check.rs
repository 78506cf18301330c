//! `doleance check`: every rule, trigger and codebook entry on its own examples and counter-examples.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use doleance_coding::LanguagePacks;
use doleance_coding::check::check;

use crate::outcome::{Outcome, Problem};
use crate::output::one_line;
use crate::rules::{self, Folder};

/// Prove every rule, trigger and codebook entry on its own examples
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance check
  doleance check data/          the rules in a folder, before they are built in
  doleance check -d chronicle.db")]
pub struct Arguments {
    /// Folder laid out as data/; the rules that are built in unless given
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Check a dataset instead: its references and its chain of decisions
    #[arg(short = 'd', long = "dataset", value_name = "FILE", conflicts_with = "folder")]
    pub dataset: Option<PathBuf>,
}

/// Proves, and names what is not as its examples say.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    if let Some(dataset) = &arguments.dataset {
        return super::check_dataset::run(dataset);
    }
    let given = arguments.folder.as_deref().map(Folder::read).transpose()?;
    let given = given.map(|folder| LanguagePacks::new(Box::new(folder)));
    let packs = given.as_ref().unwrap_or_else(|| rules::packs_with_examples());
    if packs.languages().is_empty() {
        let folder = arguments.folder.as_ref().map(|folder| folder.display().to_string()).unwrap_or_default();
        let repair = "Name a folder with languages/ and codebook/ in it.";
        Problem::new(folder, "the folder holds no language packs", repair).print();
        return Ok(Outcome::Incomplete);
    }
    let proof = check(packs);
    for finding in &proof.findings {
        let example = one_line(&finding.example);
        let example = if example.is_empty() { String::new() } else { format!(": “{example}”") };
        Problem::new(finding.id.clone(), one_line(&finding.problem), format!("In the example{example}"))
            .print();
    }
    let languages: Vec<_> = packs.languages().iter().map(|language| language.0.as_str()).collect();
    writeln!(
        anstream::stdout(),
        "{} entries proved on {} sentences in {}; {} not as they say",
        proof.entries,
        proof.sentences,
        languages.join(", "),
        proof.findings.len()
    )?;
    Ok(if proof.findings.is_empty() { Outcome::Done } else { Outcome::Incomplete })
}
