//! What the verbs on a dataset share: naming the file, choosing events, printing an event on a line.

use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::Args;
use doleance_dataset::{EventFigure, EventPlace, EventTime, MergedEvent, Selection};
use doleance_records::Status;
use doleance_text::Date;

use crate::input::{parse_date, parse_language};
use crate::output::one_line;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const OPEN: Style = AnsiColor::Magenta.on_default();
pub(super) const NOT_HAPPENED: Style = AnsiColor::Yellow.on_default();

/// The dataset that a verb works on.
#[derive(Clone, Debug, Args)]
pub struct Dataset {
    /// The dataset file
    #[arg(short = 'd', long = "dataset", value_name = "FILE")]
    pub path: PathBuf,
}

/// Which events are meant; all that is given must hold.
#[derive(Clone, Debug, Default, Args)]
pub struct Filters {
    /// Kind of action, like strike
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Place, division, or country in two letters; a part of the name is enough
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// Not over before this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub from: Option<Date>,
    /// Begun by this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub to: Option<Date>,
    /// Whether it took place, like happened or called_for
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub status: Option<Status>,
    /// Role, sector or organisation of an actor or target
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// Issue of a claim, like wages
    #[arg(long, value_name = "ISSUE")]
    pub issue: Option<String>,
    /// Language of one of its reports, like fr
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    pub language: Option<String>,
}

impl Filters {
    /// As the dataset takes it.
    pub fn selection(&self) -> Selection {
        Selection {
            kind: self.kind.clone(),
            place: self.place.clone(),
            from: self.from,
            to: self.to,
            status: self.status,
            actor: self.actor.clone(),
            issue: self.issue.clone(),
            language: self.language.clone(),
        }
    }
}

fn date(text: &str) -> Result<Date, String> {
    parse_date(text).map_err(|(reason, repair)| format!("{reason}. {repair}"))
}

fn language(text: &str) -> Result<String, String> {
    match parse_language(text) {
        Ok(Some(language)) => Ok(language.0),
        Ok(None) => Err("Name one language, like fr or en.".to_owned()),
        Err((reason, repair)) => Err(format!("{reason}. {repair}")),
    }
}

fn status(text: &str) -> Result<Status, String> {
    Status::parse(text).ok_or_else(|| {
        let names: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
        format!("There is no such status. Statuses: {}.", names.join(", "))
    })
}

/// One event on one line: days, kind, place, figures, number of reports, identifier.
pub(super) fn line(event: &MergedEvent) -> String {
    let days = event.time.as_ref().map_or_else(|| "undated".to_owned(), |time| days(&time.value));
    let place =
        event.place.as_ref().map_or_else(|| "no place".to_owned(), |place| place_in_words(&place.value));
    let style = if event.time.is_some() { BOLD } else { OPEN };
    let mut line = format!("{style}{days:<22}{style:#} {:<15} ", one_line(&event.kind.value));
    if event.status.value != Status::Happened {
        line.push_str(&format!("{NOT_HAPPENED}{}{NOT_HAPPENED:#}  ", event.status.value.name()));
    }
    line.push_str(&place);
    for (name, figures) in figures(event) {
        line.push_str(&format!("  {name} {}", figures_in_words(figures)));
    }
    let reports = event.reports.len();
    line.push_str(&format!(
        "  {DIM}{reports} report{} {}{DIM:#}",
        if reports == 1 { "" } else { "s" },
        event.id
    ));
    line
}

/// The figures of an event that there are.
pub(super) fn figures(event: &MergedEvent) -> impl Iterator<Item = (&'static str, &[EventFigure])> {
    [
        ("size", event.size.as_slice()),
        ("killed", &event.killed),
        ("injured", &event.injured),
        ("arrested", &event.arrested),
    ]
    .into_iter()
    .filter(|(_, figures)| !figures.is_empty())
}

pub(super) fn figures_in_words(figures: &[EventFigure]) -> String {
    let words: Vec<String> = figures.iter().map(figure_in_words).collect();
    words.join(" / ")
}

pub(super) fn figure_in_words(figure: &EventFigure) -> String {
    match (figure.low, figure.high) {
        (Some(low), Some(high)) if low != high => format!("{low}–{high}"),
        (Some(number), _) | (None, Some(number)) => number.to_string(),
        (None, None) => format!("“{}”", one_line(figure.texts.first().map_or("", String::as_str))),
    }
}

pub(super) fn days(time: &EventTime) -> String {
    let part = time.part.as_deref().map(|part| format!(" {}", one_line(part))).unwrap_or_default();
    match (time.start, time.end) {
        (Some(start), Some(end)) if start == end => format!("{start}{part}"),
        (Some(start), Some(end)) => format!("{start}–{end}{part}"),
        (Some(start), None) => format!("from {start}{part}"),
        (None, Some(end)) => format!("until {end}{part}"),
        (None, None) => "undated".to_owned(),
    }
}

pub(super) fn place_in_words(place: &EventPlace) -> String {
    let mut names = vec![one_line(&place.name)];
    names.extend(place.country.as_deref().filter(|country| *country != place.name).map(one_line));
    names.join(", ")
}

/// A number with its noun.
pub(super) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}
