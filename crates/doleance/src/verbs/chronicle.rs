//! `doleance chronicle`: from reports to the page in one go: ingest, merge, report.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use doleance_dataset::{Store, page};

use super::code::About;
use super::dataset::Dataset;
use super::interrupt::is_interrupted;
use super::report::{in_words, write};
use super::{ingest, merge};
use crate::outcome::{Outcome, Problem};

/// Code reports, merge them, and write the page: ingest, merge and report in one go
///
/// With -d the dataset is kept, and a further run codes only what is new; without, it goes once the page is written.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance chronicle --internal -o chronicle.html examples/
  doleance chronicle -d chronicle.db -o chronicle.html reports/")]
pub struct Arguments {
    /// Reports: files, folders, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub inputs: Vec<PathBuf>,
    /// Page to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Keep the dataset in this file
    #[arg(short = 'd', long = "dataset", value_name = "FILE")]
    pub dataset: Option<PathBuf>,
    /// For those who hold the reports: whole texts, nothing is left out
    #[arg(long, conflicts_with = "public")]
    pub internal: bool,
    /// For anybody; this holds unless --internal is given
    #[arg(long)]
    pub public: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub about: About,
}

/// Codes, stores, merges, and writes the page.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let scratch = arguments.dataset.is_none().then(|| Scratch::beside(&arguments.output));
    let path = scratch.as_ref().map(|scratch| scratch.0.clone()).or_else(|| arguments.dataset.clone());
    let dataset = Dataset { path: path.unwrap_or_default() };
    let read = ingest::run(&ingest::Arguments {
        dataset: dataset.clone(),
        inputs: arguments.inputs.clone(),
        about: arguments.about.clone(),
    })?;
    if is_interrupted() {
        return Ok(read);
    }
    let rules = merge::DEFAULTS;
    let joined = merge::run(&merge::Arguments { dataset: dataset.clone(), days: rules.0, km: rules.1 })?;
    let all = page(&Store::open_read_only(&dataset.path)?)?;
    if all.events.is_empty() {
        return Err(Problem::new(
            "",
            "no event was found in these reports, so no page was written",
            NO_EVENT,
        )
        .into());
    }
    let shown = if arguments.internal { all } else { all.for_the_public() };
    write(&shown, &arguments.output)?;
    anstream::stderr().write_all(in_words(&shown, &arguments.output).as_bytes())?;
    Ok(read.and(joined))
}

const NO_EVENT: &str = "`doleance code FILE` shows what is read in one of them";

/// A dataset that lasts as long as the run. It stands beside the page: whoever may write the one may write the other.
struct Scratch(PathBuf);

impl Scratch {
    fn beside(page: &Path) -> Self {
        let mut name = OsString::from(page);
        name.push(".part.db");
        let scratch = Scratch(name.into());
        // What a killed run has left is not gone on with.
        scratch.remove();
        scratch
    }

    /// What is not there need not be removed; what cannot be is no reason to fail.
    fn remove(&self) {
        for ending in ["", "-wal", "-shm"] {
            let mut name = self.0.clone().into_os_string();
            name.push(ending);
            let _ = fs::remove_file(PathBuf::from(name));
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.remove();
    }
}
