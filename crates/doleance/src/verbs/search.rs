//! `doleance search`: words in texts, titles and codes.

use std::collections::HashMap;
use std::io::{BufWriter, Write};

use clap::Args;
use doleance_dataset::{Hit, Store};
use serde::Serialize;

use super::dataset::{BOLD, DIM, Dataset, Filters, count, line};
use crate::outcome::Outcome;
use crate::output::one_line;

/// Search the reports and records of a dataset
///
/// All words must be there, in any order; case and accents do not matter. Quoted words must stand together, and a word
/// that ends in * is a beginning. With filters, only reports on such events are shown.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance search -d chronicle.db greve port
  doleance search -d chronicle.db '\"general strike\" dock*' --from 2022-01-01")]
pub struct Arguments {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub dataset: Dataset,
    /// Words to look for
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    /// Reports to show at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Print JSON, one report a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Serialize)]
struct Found<'a> {
    report: &'a str,
    published: &'a Option<String>,
    source: &'a Option<String>,
    language: &'a Option<String>,
    snippet: &'a str,
    events: &'a [String],
}

/// Searches.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let store = Store::open_read_only(&arguments.dataset.path)?;
    let selection = arguments.filters.selection();
    let words = arguments.words.join(" ");
    let mut out = BufWriter::new(anstream::stdout());
    let hits = store.search(&words, &selection, arguments.limit)?;
    // An event that hundreds of reports tell of is long to read, and stands under many a hit.
    let mut lines: HashMap<&str, String> = HashMap::new();
    for hit in &hits {
        if arguments.json {
            print_json(&mut out, hit)?;
            continue;
        }
        for id in &hit.events {
            if !lines.contains_key(id.as_str()) {
                lines.insert(id, line(&store.event(id)?));
            }
        }
        print(&mut out, hit, &lines)?;
    }
    if !arguments.json {
        writeln!(out, "{DIM}{}{DIM:#}", count(hits.len(), "report"))?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn print(out: &mut impl Write, hit: &Hit, lines: &HashMap<&str, String>) -> anyhow::Result<()> {
    let facts: Vec<String> = [&hit.published, &hit.source, &hit.language]
        .into_iter()
        .flatten()
        .map(|fact| one_line(fact))
        .collect();
    writeln!(out, "{BOLD}{}{BOLD:#} {DIM}{}{DIM:#}", one_line(&hit.report), facts.join(" · "))?;
    writeln!(out, "  {}", one_line(&hit.snippet))?;
    for event in hit.events.iter().filter_map(|id| lines.get(id.as_str())) {
        writeln!(out, "  {event}")?;
    }
    writeln!(out)?;
    Ok(())
}

fn print_json(out: &mut impl Write, hit: &Hit) -> anyhow::Result<()> {
    let found = Found {
        report: &hit.report,
        published: &hit.published,
        source: &hit.source,
        language: &hit.language,
        snippet: &hit.snippet,
        events: &hit.events,
    };
    serde_json::to_writer(&mut *out, &found)?;
    writeln!(out)?;
    Ok(())
}
