//! `doleance list`: the events of a dataset, one a line.

use std::io::{BufWriter, Write};

use clap::Args;
use doleance_dataset::Store;

use super::dataset::{DIM, Dataset, Filters, count, line};
use crate::outcome::Outcome;

/// List the events of a dataset
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance list -d chronicle.db --kind strike --from 2022-01-01
  doleance list -d chronicle.db --place Lille --json | jq .kind.value")]
pub struct Arguments {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub dataset: Dataset,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    /// Print JSON, one event a line
    #[arg(long)]
    pub json: bool,
}

/// Lists.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let store = Store::open_read_only(&arguments.dataset.path)?;
    let events = store.select(&arguments.filters.selection())?;
    let mut out = BufWriter::new(anstream::stdout());
    for event in &events {
        if arguments.json {
            serde_json::to_writer(&mut out, event)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", line(event))?;
        }
    }
    if !arguments.json {
        let counts = store.counts()?;
        write!(out, "{DIM}{}", count(events.len(), "event"))?;
        if counts.unmerged > 0 {
            let unmerged = count(counts.unmerged as usize, "record");
            write!(out, " · {unmerged} not merged yet: run `doleance merge`")?;
        }
        writeln!(out, "{DIM:#}")?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
