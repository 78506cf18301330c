//! `doleance recode`: a dataset's reports coded anew.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};

use clap::Args;
use doleance_coding::code_report;
use doleance_dataset::{RecodeDifference, Store, merge};

use super::code::About;
use super::dataset::{DIM, Dataset, count};
use crate::outcome::Outcome;
use crate::output::one_line;

/// Code a dataset's reports anew and list the differences
///
/// After a change of codebook or models. Decisions and identifiers stay, and the events are merged anew. What a report
/// says of itself holds; the options stand in only where it says nothing.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance recode -d chronicle.db")]
pub struct Arguments {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub dataset: Dataset,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub about: About,
    /// Print JSON, one difference a line
    #[arg(long)]
    pub json: bool,
}

/// Codes anew, merges anew, lists.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut store = Store::open(&arguments.dataset.path)?;
    let packs = crate::rules::packs();
    let options = arguments.about.options();
    let summary = store.recode(&super::ingest::coder_version(), |stored| {
        code_report(packs, &stored.report, &options).records().collect()
    })?;
    let merged = merge(&store, &super::merge::rules(1, 10.0)?)?;
    let mut out = BufWriter::new(anstream::stdout());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for difference in &summary.differences {
        if arguments.json {
            serde_json::to_writer(&mut out, difference)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", in_words(difference))?;
        }
        let name = match difference {
            RecodeDifference::Added { .. } => "added",
            RecodeDifference::Removed { .. } => "removed",
            RecodeDifference::Changed { .. } => "changed",
        };
        *counts.entry(name).or_default() += 1;
    }
    if !arguments.json {
        let of = |name: &str| counts.get(name).copied().unwrap_or_default();
        writeln!(
            out,
            "{DIM}{} coded anew: {} as before, {} added, {} removed, {} changed{DIM:#}",
            count(summary.reports, "report"),
            count(summary.same, "record"),
            of("added"),
            of("removed"),
            count(of("changed"), "value"),
        )?;
        write!(out, "{}", super::merge::in_words(&merged))?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn in_words(difference: &RecodeDifference) -> String {
    match difference {
        RecodeDifference::Added { report, record, kind } => {
            format!("+ {} {record} {}", one_line(report), one_line(kind))
        }
        RecodeDifference::Removed { report, record, kind } => {
            format!("- {} {record} {}", one_line(report), one_line(kind))
        }
        RecodeDifference::Changed { report, record, field, before, after } => {
            format!(
                "~ {} {record} {field}: {} → {}",
                one_line(report),
                one_line(&before.to_string()),
                one_line(&after.to_string())
            )
        }
    }
}
