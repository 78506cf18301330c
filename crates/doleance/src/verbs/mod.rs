//! The verbs of the command line, one file each: `Arguments` says what can be given, `run` does it.

pub mod annotate;
pub mod check;
pub mod check_dataset;
pub mod chronicle;
pub mod code;
pub mod completions;
mod dataset;
pub mod decide;
pub mod explain;
pub mod export;
pub mod forget;
pub mod gazetteer;
pub mod ingest;
mod interrupt;
pub mod list;
pub mod man;
pub mod merge;
mod progress;
pub mod recode;
pub mod report;
pub mod search;
pub mod show;
pub mod syntax;
pub mod trace;
pub mod train;
mod vocabulary;

use std::io::Write;

use crate::outcome::Outcome;

const WELCOME: &str = "\
Doléance reads reports of protest and labour conflict (French, English) and turns each
into a checkable chronicle: who did what, where, when, with which demands. Offline.

  doleance code examples/                      the chronicle of every report in a folder
  doleance code --format jsonl report.txt      the same as records, one JSON object a line
  doleance explain strike                      when a strike is coded, and when it is not
  doleance trace \"The dockers walked out.\"     which rule gave which value
  doleance chronicle -o page.html examples/    all reports as one page: map, timeline, texts
  doleance ingest -d chronicle.db examples/    keep reports, then merge, search, export, report
  doleance help code                           all that a verb can do
";

/// What `doleance` alone says: what it does and what to try.
pub fn welcome() -> anyhow::Result<Outcome> {
    anstream::stdout().write_all(WELCOME.as_bytes())?;
    Ok(Outcome::Done)
}
