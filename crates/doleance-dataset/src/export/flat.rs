//! An event as one row of plain columns, for all tabular formats.

use doleance_text::Date;

use super::Exported;
use crate::event::{EventActor, EventFigure};

/// A value in a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(Option<String>),
    Integer(Option<i64>),
    Real(Option<f64>),
    Date(Option<Date>),
    /// Several values of one field.
    List(Vec<String>),
}

impl Cell {
    /// As text, for formats that know nothing else; none where there is nothing.
    pub(super) fn in_words(self) -> Option<String> {
        match self {
            Cell::Text(text) => text,
            Cell::Integer(number) => number.map(|number| number.to_string()),
            Cell::Real(number) => number.map(|number| number.to_string()),
            Cell::Date(date) => date.map(|date| date.to_string()),
            Cell::List(values) => (!values.is_empty()).then(|| values.join(SEPARATOR)),
        }
    }
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Integer,
    Real,
    Date,
    List,
}

/// Columns, in order.
pub(super) const COLUMNS: [(&str, Type); 45] = [
    ("id", Type::Text),
    ("kind", Type::Text),
    ("status", Type::Text),
    ("date_start", Type::Date),
    ("date_end", Type::Date),
    ("date_granularity", Type::Text),
    ("date_part", Type::Text),
    ("place", Type::Text),
    ("place_id", Type::Text),
    ("place_level", Type::Text),
    ("country", Type::Text),
    ("admin1", Type::Text),
    ("latitude", Type::Real),
    ("longitude", Type::Real),
    ("actor_roles", Type::List),
    ("actor_sectors", Type::List),
    ("actor_organisations", Type::List),
    ("actor_names", Type::List),
    ("target_roles", Type::List),
    ("target_organisations", Type::List),
    ("target_names", Type::List),
    ("size_low", Type::Integer),
    ("size_high", Type::Integer),
    ("size", Type::List),
    ("killed_low", Type::Integer),
    ("killed_high", Type::Integer),
    ("killed", Type::List),
    ("injured_low", Type::Integer),
    ("injured_high", Type::Integer),
    ("injured", Type::List),
    ("arrested_low", Type::Integer),
    ("arrested_high", Type::Integer),
    ("arrested", Type::List),
    ("issues", Type::List),
    ("relations", Type::List),
    ("dissents", Type::List),
    ("confidence", Type::Real),
    ("record_count", Type::Integer),
    ("report_count", Type::Integer),
    ("records", Type::List),
    ("reports", Type::List),
    ("sources", Type::List),
    ("urls", Type::List),
    ("spans", Type::List),
    ("evidence", Type::List),
];

/// Between the values of a list where it stands in one cell.
const SEPARATOR: &str = "; ";

/// The cells of an event, one for each of [`COLUMNS`].
pub(super) fn cells(exported: &Exported) -> Vec<Cell> {
    let event = &exported.event;
    let time = event.time.as_ref().map(|time| &time.value);
    let place = event.place.as_ref().map(|place| &place.value);
    let text = |value: Option<&str>| Cell::Text(value.map(str::to_owned));
    let mut cells = vec![
        text(Some(&event.id)),
        text(Some(&event.kind.value)),
        text(Some(event.status.value.name())),
        Cell::Date(time.and_then(|time| time.start)),
        Cell::Date(time.and_then(|time| time.end)),
        text(time.map(|time| time.granularity.as_str())),
        text(time.and_then(|time| time.part.as_deref())),
        text(place.map(|place| place.name.as_str())),
        text(place.and_then(|place| place.id.as_deref())),
        Cell::Text(place.map(|place| code(&place.level))),
        text(place.and_then(|place| place.country.as_deref())),
        text(place.and_then(|place| place.admin1.as_deref())),
        Cell::Real(place.and_then(|place| place.lat)),
        Cell::Real(place.and_then(|place| place.lon)),
        list(event.actors.iter().map(|actor| Some(actor.role.as_str()))),
        list(event.actors.iter().map(|actor| actor.sector.as_deref())),
        list(event.actors.iter().map(|actor| actor.organisation.as_deref())),
        names(&event.actors),
        list(event.targets.iter().map(|actor| Some(actor.role.as_str()))),
        list(event.targets.iter().map(|actor| actor.organisation.as_deref())),
        names(&event.targets),
    ];
    for figures in [&event.size, &event.killed, &event.injured, &event.arrested] {
        let low = figures.iter().filter_map(|figure| figure.low.or(figure.high)).min();
        let high = figures.iter().filter_map(|figure| figure.high.or(figure.low)).max();
        cells.push(Cell::Integer(low.map(clamp)));
        cells.push(Cell::Integer(high.map(clamp)));
        cells.push(Cell::List(once(figures.iter().map(figure_in_words))));
    }
    let issues =
        event.issues.iter().map(|issue| format!("{}:{}", code(&issue.stance), issue.issue)).collect();
    let relations = exported.links.iter().map(|(relation, to, _)| format!("{relation} {to}")).collect();
    let evidence = &exported.evidence;
    let spans = evidence.iter().map(|e| format!("{}:{}-{}", e.report, e.start, e.end));
    cells.extend([
        Cell::List(issues),
        Cell::List(relations),
        Cell::List(dissents(exported)),
        Cell::Real(Some(event.confidence)),
        Cell::Integer(Some(event.records.len() as i64)),
        Cell::Integer(Some(event.reports.len() as i64)),
        Cell::List(event.records.clone()),
        Cell::List(event.reports.clone()),
        list(evidence.iter().map(|e| e.source.as_deref())),
        list(evidence.iter().map(|e| e.url.as_deref())),
        Cell::List(once(spans)),
        list(evidence.iter().map(|e| Some(e.text.as_str()))),
    ]);
    cells
}

/// A figure with its speaker: `3000 (organisers)`.
pub(super) fn figure_in_words(figure: &EventFigure) -> String {
    let number = match (figure.low, figure.high) {
        (Some(low), Some(high)) if low != high => format!("{low}–{high}"),
        (Some(number), _) | (None, Some(number)) => number.to_string(),
        (None, None) => figure.texts.first().map_or_else(|| "some".to_owned(), |text| format!("“{text}”")),
    };
    match &figure.said_by {
        Some(speaker) => format!("{number} ({speaker})"),
        None => number,
    }
}

/// What records say against the agreed values.
fn dissents(exported: &Exported) -> Vec<String> {
    let event = &exported.event;
    let mut all = Vec::new();
    for dissent in &event.kind.dissents {
        all.push(format!("kind {} ({})", dissent.value, dissent.records.len()));
    }
    for dissent in &event.status.dissents {
        all.push(format!("status {} ({})", dissent.value.name(), dissent.records.len()));
    }
    for dissent in event.time.iter().flat_map(|time| &time.dissents) {
        let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let (start, end) = (day(dissent.value.start), day(dissent.value.end));
        all.push(format!("date {start}/{end} ({})", dissent.records.len()));
    }
    for dissent in event.place.iter().flat_map(|place| &place.dissents) {
        all.push(format!("place {} ({})", dissent.value.name, dissent.records.len()));
    }
    all
}

fn names(actors: &[EventActor]) -> Cell {
    list(actors.iter().map(|actor| actor.name.as_deref()))
}

/// The name under which a code is printed.
pub(super) fn code(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn clamp(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn list<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Cell {
    Cell::List(once(values.flatten().map(str::to_owned)))
}

/// Values in their order, each once.
fn once(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}
