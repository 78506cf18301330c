//! One row per event record, for spreadsheets and R.
//!
//! Numbers are numbers and dates are ISO dates. A cell that a spreadsheet would run as a formula gets an apostrophe
//! in front, unless the cells are asked for raw. Several values of one field stand in one cell, parted by `; `.

use doleance_records::{Actor, Claim, Event, Figure, Place, Time};

use super::plain::one_line;
use doleance_coding::CodedReport;

const COLUMNS: [&str; 48] = [
    "doc",
    "id",
    "kind",
    "status",
    "date_start",
    "date_end",
    "date_part",
    "date_granularity",
    "date_text",
    "place",
    "place_id",
    "place_level",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "place_text",
    "actor_roles",
    "actor_sectors",
    "actor_organisations",
    "actor_names",
    "actors",
    "target_roles",
    "target_sectors",
    "target_organisations",
    "target_names",
    "targets",
    "size_low",
    "size_high",
    "size",
    "killed_low",
    "killed_high",
    "killed",
    "injured_low",
    "injured_high",
    "injured",
    "arrested_low",
    "arrested_high",
    "arrested",
    "reported_by",
    "claim_issues",
    "claims",
    "trigger",
    "trigger_start",
    "trigger_end",
    "evidence",
    "confidence",
    "rules",
];

/// The names of the columns.
pub(super) fn head() -> Vec<u8> {
    let mut row = Row::new(true);
    COLUMNS.iter().for_each(|name| row.text(name));
    row.end()
}

/// The rows of one report.
pub(super) fn render(coded: &CodedReport, raw_cells: bool) -> Vec<u8> {
    coded.events.iter().flat_map(|event| event_row(event, &coded.claims, raw_cells)).collect()
}

fn event_row(event: &Event, claims: &[Claim], raw_cells: bool) -> Vec<u8> {
    let mut row = Row::new(raw_cells);
    row.text(&event.doc);
    row.text(&event.id);
    row.text(&event.kind);
    row.text(event.status.name());
    time_cells(&mut row, event.time.as_ref());
    place_cells(&mut row, event.place.as_ref());
    actor_cells(&mut row, &event.actors);
    actor_cells(&mut row, &event.targets);
    for figures in [&event.size, &event.killed, &event.injured, &event.arrested] {
        figure_cells(&mut row, figures);
    }
    row.optional(event.reported_by.as_deref());
    let own = || claims.iter().filter(|claim| event.claims.contains(&claim.id));
    row.list(own().map(|claim| claim.issue.as_str()));
    row.list(own().map(|claim| claim.span.text.as_str()));
    row.text(&event.trigger.text);
    row.number(Some(event.trigger.start));
    row.number(Some(event.trigger.end));
    let evidence: Vec<_> = event.evidence.iter().map(|span| format!("{}-{}", span.0, span.1)).collect();
    row.list(evidence.iter().map(String::as_str));
    row.number(Some(event.confidence));
    row.list(event.rules.iter().map(String::as_str));
    row.end()
}

fn time_cells(row: &mut Row, time: Option<&Time>) {
    row.number(time.and_then(|time| time.start));
    row.number(time.and_then(|time| time.end));
    row.optional(time.and_then(|time| time.part.as_deref()));
    row.optional(time.map(|time| time.granularity.as_str()));
    row.optional(time.map(|time| time.text.as_str()));
}

fn place_cells(row: &mut Row, place: Option<&Place>) {
    row.optional(place.map(|place| place.name.as_str()));
    row.optional(place.and_then(|place| place.id.as_deref()));
    let level = place.and_then(|place| serde_json::to_value(place.level).ok());
    row.optional(level.as_ref().and_then(|level| level.as_str()));
    row.optional(place.and_then(|place| place.country.as_deref()));
    row.optional(place.and_then(|place| place.admin1.as_deref()));
    row.number(place.and_then(|place| place.lat));
    row.number(place.and_then(|place| place.lon));
    row.optional(place.map(|place| place.text.as_str()));
}

fn actor_cells(row: &mut Row, actors: &[Actor]) {
    row.list(actors.iter().map(|actor| actor.role.as_str()));
    row.list(actors.iter().filter_map(|actor| actor.sector.as_deref()));
    row.list(actors.iter().filter_map(|actor| actor.organisation.as_deref()));
    row.list(actors.iter().filter_map(|actor| actor.name.as_deref()));
    row.list(actors.iter().map(|actor| actor.text.as_str()));
}

/// The lowest and the highest of rival figures, then each with its speaker.
fn figure_cells(row: &mut Row, figures: &[Figure]) {
    row.number(figures.iter().filter_map(|figure| figure.low).min());
    row.number(figures.iter().filter_map(|figure| figure.high.or(figure.low)).max());
    let said: Vec<_> = figures
        .iter()
        .map(|figure| match &figure.said_by {
            Some(speaker) => format!("{} ({speaker})", figure.text),
            None => figure.text.clone(),
        })
        .collect();
    row.list(said.iter().map(String::as_str));
}

/// One row, cell by cell.
struct Row {
    raw_cells: bool,
    cells: csv::ByteRecord,
}

impl Row {
    fn new(raw_cells: bool) -> Self {
        Row { raw_cells, cells: csv::ByteRecord::new() }
    }

    fn text(&mut self, text: &str) {
        let cell = one_line(text);
        let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
        let cell = if runs && !self.raw_cells { format!("'{cell}") } else { cell };
        self.cells.push_field(cell.as_bytes());
    }

    fn optional(&mut self, text: Option<&str>) {
        self.text(text.unwrap_or_default());
    }

    fn list<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        self.text(&texts.collect::<Vec<_>>().join("; "));
    }

    fn number(&mut self, number: Option<impl ToString>) {
        self.cells.push_field(number.map(|number| number.to_string()).unwrap_or_default().as_bytes());
    }

    fn end(self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory does not fail.
        let written = writer.write_byte_record(&self.cells).is_ok();
        writer.into_inner().ok().filter(|_| written).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use doleance_records::{Offsets, Quote, Status};

    fn event() -> Event {
        let span = Offsets(0, 1);
        let figure = |low: u64, text: &str, speaker: &str| Figure {
            low: Some(low),
            high: None,
            text: text.into(),
            said_by: Some(speaker.into()),
            span,
        };
        Event {
            doc: "a.txt".into(),
            id: "e1".into(),
            kind: "rally".into(),
            status: Status::Happened,
            trigger: Quote { start: 3, end: 7, text: "=cmd()".into() },
            time: None,
            place: Some(Place {
                name: "Quito".into(),
                id: None,
                level: doleance_records::PlaceLevel::City,
                country: Some("EC".into()),
                admin1: None,
                lat: Some(-0.22),
                lon: Some(-78.51),
                text: "Quito,\n la \"capitale\"".into(),
                span,
                alternatives: Vec::new(),
            }),
            actors: Vec::new(),
            targets: Vec::new(),
            size: vec![figure(300, "300 personnes", "police"), figure(3000, "3 000", "union")],
            killed: Vec::new(),
            injured: Vec::new(),
            arrested: Vec::new(),
            reported_by: None,
            claims: Vec::new(),
            confidence: 0.9,
            evidence: vec![Offsets(3, 7)],
            rules: Vec::new(),
        }
    }

    fn cell(raw_cells: bool, column: &str) -> String {
        let mut bytes = head();
        bytes.extend(event_row(&event(), &[], raw_cells));
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(row.len(), COLUMNS.len());
        row[at].to_owned()
    }

    #[test]
    fn a_formula_is_escaped_unless_cells_are_raw() {
        assert_eq!(cell(false, "trigger"), "'=cmd()");
        assert_eq!(cell(true, "trigger"), "=cmd()");
    }

    #[test]
    fn a_negative_number_is_a_number_and_no_formula() {
        assert_eq!(cell(false, "latitude"), "-0.22");
    }

    #[test]
    fn rival_figures_give_the_range_and_keep_their_speakers() {
        assert_eq!(cell(false, "size_low"), "300");
        assert_eq!(cell(false, "size_high"), "3000");
        assert_eq!(cell(false, "size"), "300 personnes (police); 3 000 (union)");
    }

    #[test]
    fn quotes_commas_and_line_ends_stay_in_their_cell() {
        assert_eq!(cell(false, "place_text"), "Quito, la \"capitale\"");
    }
}
