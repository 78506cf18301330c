//! `doleance check`: every rule, trigger and codebook entry on its own examples and counter-examples.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use doleance_coding::check::check;
use doleance_coding::{LanguagePacks, PackFiles};

use crate::outcome::{Outcome, Problem};
use crate::output::one_line;

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
    let packs = given.as_ref().unwrap_or_else(|| LanguagePacks::embedded());
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

/// Pack files from a folder, by their path below it.
struct Folder(BTreeMap<String, Vec<u8>>);

impl Folder {
    fn read(root: &Path) -> anyhow::Result<Self> {
        let mut files = BTreeMap::new();
        read_below(root, "", &mut files)?;
        Ok(Folder(files))
    }
}

fn read_below(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            read_below(&path, &format!("{name}/"), files)?;
        } else {
            let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            files.insert(name, bytes);
        }
    }
    Ok(())
}

impl PackFiles for Folder {
    fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        self.0.get(path).map(|bytes| Cow::Owned(bytes.clone()))
    }

    fn list(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}
