//! `doleance merge`: records to events.

use std::io::Write;

use clap::Args;
use doleance_dataset::{KindDistance, MergeRules, MergeSummary, Store, merge};

use super::dataset::{Dataset, count};
use crate::outcome::Outcome;

/// Days and kilometres by which reports of one event may differ, unless said otherwise.
pub(super) const DEFAULTS: (u16, f64) = (1, 10.0);

/// Merge records into events, with the reason for every join
///
/// Events are built anew from all records and decisions each time; nothing is lost by merging, and identifiers of events
/// stay. What is joined and why: docs/merge.md.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance merge -d chronicle.db")]
pub struct Arguments {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub dataset: Dataset,
    /// Days by which two reports may differ on the day of one event
    #[arg(long, value_name = "N", default_value_t = DEFAULTS.0)]
    pub days: u16,
    /// Kilometres between two towns that may be one place
    #[arg(long, value_name = "N", default_value_t = DEFAULTS.1, value_parser = kilometres)]
    pub km: f64,
}

fn kilometres(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(km) if (0.0..=1000.0).contains(&km) => Ok(km),
        _ => Err("Give a number of kilometres from 0 to 1000.".to_owned()),
    }
}

/// What merging goes by. Two kinds may name one event where the codebook puts them into one group and that group holds
/// acts of protest: a rally and a march, but not a resignation and an appointment.
pub(super) fn rules(days: u16, km: f64) -> anyhow::Result<MergeRules> {
    let shared = crate::rules::packs().shared().map_err(|error| anyhow::anyhow!("{error}"))?;
    let kinds = shared.codebook.kinds();
    let protest: Vec<&str> =
        kinds.iter().filter(|kind| kind.collective).map(|kind| kind.parent.as_str()).collect();
    let near = kinds.iter().filter(|kind| protest.contains(&kind.parent.as_str()));
    let kinds = KindDistance::from_parents(near.map(|kind| (kind.id.as_str(), kind.parent.as_str())));
    Ok(MergeRules { days, km, kinds, ..MergeRules::default() })
}

/// Merges.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let store = Store::open(&arguments.dataset.path)?;
    let summary = merge(&store, &rules(arguments.days, arguments.km)?)?;
    anstream::stdout().write_all(in_words(&summary).as_bytes())?;
    Ok(Outcome::Done)
}

/// The summary on a line or two.
pub(super) fn in_words(summary: &MergeSummary) -> String {
    let mut words = format!(
        "{} from {}: {} told of by several, {} between events\n",
        count(summary.events, "event"),
        count(summary.records, "record"),
        summary.joined,
        count(summary.links, "link"),
    );
    if summary.rejected > 0 {
        words.push_str(&format!(
            "{} left out as a reviewer rejected them\n",
            count(summary.rejected, "record")
        ));
    }
    if summary.without_effect > 0 {
        words.push_str(&format!(
            "{} named in decisions are there no more: those decisions are kept, without effect\n",
            count(summary.without_effect, "record")
        ));
    }
    if summary.cut > 0 {
        words.push_str(&format!(
            "{} left uncompared, as too many records share a place and a time\n",
            count(summary.cut as usize, "pair")
        ));
    }
    words
}
