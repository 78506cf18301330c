//! `doleance show`: one event, record or report of a dataset, whole.

use std::io::{BufWriter, Write};

use clap::Args;
use doleance_dataset::{Agreed, EventActor, Join, MergedEvent, Store, StoreError};

use super::dataset::{BOLD, DIM, Dataset, days, figure_in_words, figures, line, place_in_words};
use crate::outcome::Outcome;
use crate::output::{neutral, one_line};

/// Show an event, record or report of a dataset
///
/// An event is shown with every report that tells of it, what each says otherwise, and why its records were joined. The
/// identifier of an event that was merged into another leads there.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance show -d chronicle.db ev-4k7q9m2xw1ta
  doleance show -d chronicle.db echo-0305.fr.txt")]
pub struct Arguments {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub dataset: Dataset,
    /// An event (ev-…), a record (r-…) or the name of a report
    #[arg(value_name = "ID")]
    pub id: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Shows.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let store = Store::open_read_only(&arguments.dataset.path)?;
    let mut out = BufWriter::new(anstream::stdout());
    let id = arguments.id.as_str();
    match store.event(id) {
        Ok(event) if arguments.json => writeln!(out, "{}", serde_json::to_string(&event)?)?,
        Ok(event) => show_event(&mut out, &store, id, &event)?,
        Err(StoreError::Unknown { .. }) => match store.record(id) {
            Ok(record) if arguments.json => writeln!(out, "{}", serde_json::to_string(&record.coded)?)?,
            Ok(record) => {
                writeln!(out, "{BOLD}{}{BOLD:#} in {}", record.uid, one_line(&record.coded.doc))?;
                writeln!(out, "{}", neutral(&serde_json::to_string_pretty(&record.coded)?))?;
            }
            Err(StoreError::Unknown { .. }) => show_report(&mut out, &store, id, arguments.json)?,
            Err(error) => return Err(error.into()),
        },
        Err(error) => return Err(error.into()),
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn show_event(out: &mut impl Write, store: &Store, id: &str, event: &MergedEvent) -> anyhow::Result<()> {
    writeln!(out, "{}", line(event))?;
    if event.id != id {
        writeln!(out, "  {id} was merged into {}", event.id)?;
    }
    let of = event.records.len();
    agreed(out, "kind", &event.kind, of, |kind| one_line(kind))?;
    agreed(out, "status", &event.status, of, |status| status.name().to_owned())?;
    if let Some(time) = &event.time {
        agreed(out, "date", time, of, days)?;
    }
    if let Some(place) = &event.place {
        agreed(out, "place", place, of, place_in_words)?;
    }
    actors(out, "actor", &event.actors)?;
    actors(out, "target", &event.targets)?;
    for (name, figures) in figures(event) {
        for figure in figures {
            let speaker =
                figure.said_by.as_deref().map(|by| format!(", says {}", one_line(by))).unwrap_or_default();
            writeln!(
                out,
                "  {name:<9}{}{speaker}  {DIM}{}{DIM:#}",
                figure_in_words(figure),
                figure.records.join(" ")
            )?;
        }
    }
    for issue in &event.issues {
        let stance = serde_json::to_value(issue.stance)?;
        writeln!(out, "  {:<9}{} {}", "issue", stance.as_str().unwrap_or_default(), one_line(&issue.issue))?;
    }
    for (from, relation, to, support) in store.event_links()? {
        let inferred = support.inferred.map(|why| format!("  (inferred: {why})")).unwrap_or_default();
        if from == event.id {
            writeln!(out, "  {:<9}{relation} {to}{inferred}", "link")?;
        } else if to == event.id {
            writeln!(out, "  {:<9}{from} {relation} this{inferred}", "link")?;
        }
    }
    let crosswalk = store.crosswalk_of(&event.id)?;
    writeln!(out, "  told by")?;
    for uid in &event.records {
        let record = store.record(uid)?.coded;
        writeln!(
            out,
            "    {} {DIM}{uid}{DIM:#} “{}”",
            one_line(&record.doc),
            one_line(&record.trigger.text)
        )?;
        if let Some((_, _, join)) = crosswalk.iter().find(|(_, record, _)| record == uid) {
            write_join(out, join)?;
        }
    }
    Ok(())
}

/// A value with its support, and below it what others say.
fn agreed<T>(
    out: &mut impl Write,
    name: &str,
    agreed: &Agreed<T>,
    of: usize,
    words: impl Fn(&T) -> String,
) -> anyhow::Result<()> {
    let support = if agreed.decided {
        "decided by a reviewer".to_owned()
    } else {
        format!("{} of {of}", agreed.records.len())
    };
    writeln!(out, "  {name:<9}{}  {DIM}{support}{DIM:#}", words(&agreed.value))?;
    for dissent in &agreed.dissents {
        writeln!(out, "  {:<9}but {}  {DIM}{}{DIM:#}", "", words(&dissent.value), dissent.records.join(" "))?;
    }
    Ok(())
}

fn actors(out: &mut impl Write, name: &str, actors: &[EventActor]) -> anyhow::Result<()> {
    for actor in actors {
        let parts =
            [Some(&actor.role), actor.sector.as_ref(), actor.organisation.as_ref(), actor.name.as_ref()];
        let words: Vec<String> = parts.into_iter().flatten().map(|part| one_line(part)).collect();
        writeln!(out, "  {name:<9}{}  {DIM}{}{DIM:#}", words.join(", "), actor.records.len())?;
    }
    Ok(())
}

fn write_join(out: &mut impl Write, join: &Join) -> anyhow::Result<()> {
    let Some(with) = &join.with else { return Ok(()) };
    let reasons: Vec<String> = join
        .reasons
        .iter()
        .map(|reason| format!("{} {} {:+.1}", reason.field, reason.level.replace('_', " "), reason.bits))
        .collect();
    let decided = if join.decided { " by a reviewer" } else { "" };
    let weight = join.weight.unwrap_or_default();
    writeln!(
        out,
        "      {DIM}joined{decided} with {with}, {weight:+.1} bits: {}{DIM:#}",
        reasons.join(", ")
    )?;
    Ok(())
}

fn show_report(out: &mut impl Write, store: &Store, name: &str, json: bool) -> anyhow::Result<()> {
    let stored = store.report(name)?;
    if json {
        for (_, record) in store.records_of(stored.key)? {
            writeln!(out, "{}", serde_json::to_string(&record)?)?;
        }
        return Ok(());
    }
    let report = &stored.report;
    writeln!(out, "{BOLD}{}{BOLD:#}", one_line(&report.id))?;
    let facts = [
        ("title", report.title.clone()),
        ("published", report.published.map(|date| date.to_string())),
        ("source", report.source.clone()),
        ("url", report.url.clone()),
        ("language", report.language.as_ref().map(|language| language.0.clone())),
        ("coded by", Some(stored.coder.clone())),
    ];
    for (name, fact) in facts {
        if let Some(fact) = fact {
            writeln!(out, "  {name:<10}{}", one_line(&fact))?;
        }
    }
    writeln!(out, "\n{}\n", neutral(report.text.trim_end()))?;
    for event in store.events_of(&report.id)? {
        writeln!(out, "{}", line(&event))?;
    }
    Ok(())
}
