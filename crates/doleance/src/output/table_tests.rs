//! The chronicle of small reports.

use doleance_records::{Offsets, PlaceLevel, Quote};
use doleance_text::Report;

use super::*;
use doleance_coding::CodedReport;

fn event(text: &str, words: &str) -> Event {
    let start = text[..text.find(words).unwrap()].chars().count() as u32;
    let end = start + words.chars().count() as u32;
    Event {
        doc: "r".into(),
        id: "e1".into(),
        kind: "general_strike".into(),
        status: Status::Happened,
        trigger: Quote { start, end, text: words.into() },
        time: None,
        place: None,
        actors: Vec::new(),
        targets: Vec::new(),
        size: Vec::new(),
        killed: Vec::new(),
        injured: Vec::new(),
        arrested: Vec::new(),
        reported_by: None,
        claims: Vec::new(),
        confidence: 0.9,
        evidence: vec![Offsets(start, end)],
        rules: Vec::new(),
    }
}

fn on(event: Event, start: Date, end: Date) -> Event {
    let time = Time {
        start: Some(start),
        end: Some(end),
        part: None,
        granularity: "day".into(),
        text: String::new(),
        span: Offsets(0, 0),
    };
    Event { time: Some(time), ..event }
}

fn chronicle(text: &str, events: Vec<Event>) -> String {
    chronicle_of_width(text, events, 100)
}

fn chronicle_of_width(text: &str, events: Vec<Event>, width: usize) -> String {
    let coded = CodedReport { events, ..CodedReport::default() };
    let piece =
        Piece { report: Report::new("r", text), coded, first_point: 0, is_first: true, is_last: true };
    anstream::adapter::strip_str(&render(&piece, width)).to_string()
}

fn day(day: i8) -> Date {
    jiff::civil::date(1936, 6, day)
}

#[test]
fn actions_stand_in_the_order_of_their_days_and_undated_ones_last() {
    let text = "La grève dure. La grève commence. La grève finit.";
    let events = vec![
        event(text, "dure"),
        on(event(text, "finit"), day(12), day(12)),
        on(event(text, "commence"), day(2), day(2)),
    ];
    let chronicle = chronicle(text, events);
    let at = |words: &str| chronicle.find(words).unwrap_or_else(|| panic!("{words} is missing: {chronicle}"));
    assert!(
        at("Tuesday 2 June 1936") < at("Friday 12 June 1936") && at("Friday 12 June") < at("No date given")
    );
    assert!(chronicle.contains("general strike · happened"));
    assert!(chronicle.contains("no date given; no place given"));
}

#[test]
fn intervals_are_said_as_a_person_says_them() {
    let text = "La grève.";
    let dated = |from, to| {
        let text = chronicle(text, vec![on(event(text, "grève"), from, to)]);
        text.lines().nth(2).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(dated(day(1), day(30)), "June 1936");
    assert_eq!(dated(day(2), day(4)), "2 June 1936 to 4 June 1936");
}

#[test]
fn the_words_are_quoted_with_their_sentence() {
    let text = "Hier. À l’aube, les « métallos » ont cessé le travail, dit-on. Demain.";
    let chronicle = chronicle(text, vec![event(text, "cessé")]);
    assert!(chronicle.contains("“À l’aube, les « métallos » ont [cessé] le travail, dit-on”"), "{chronicle}");
    let text = "Hier. M. Petit a dit que 20.000 personnes ont défilé, contre 9.500 lundi. Demain.";
    let chronicle = chronicle_of_width(text, vec![event(text, "défilé")], 200);
    let whole = "“M. Petit a dit que 20.000 personnes ont [défilé], contre 9.500 lundi”";
    assert!(chronicle.contains(whole), "{chronicle}");
}

#[test]
fn escapes_in_a_report_do_not_reach_the_terminal() {
    let text = "La \u{1B}[31mgrève\u{9B}2J\u{202E} dure";
    let mut coded = event(text, "grève");
    coded.place = Some(Place {
        name: "X\u{1B}]0;title\u{7}".into(),
        id: None,
        level: PlaceLevel::City,
        country: None,
        admin1: None,
        lat: None,
        lon: None,
        text: "\u{1B}c".into(),
        span: Offsets(0, 0),
        alternatives: Vec::new(),
    });
    coded.kind = "strike".into();
    let coded = CodedReport { events: vec![coded], ..CodedReport::default() };
    let report = Report::new("r\u{1B}[2J", text);
    let piece = Piece { report, coded, first_point: 0, is_first: true, is_last: true };
    let printed = render(&piece, 80);
    for stretch in printed.split('\u{1B}').skip(1) {
        assert!(
            stretch.starts_with('[')
                && stretch[1..].trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m')
        );
    }
    let plain = anstream::adapter::strip_str(&printed).to_string();
    assert!(plain.contains("\u{FFFD}[31m[grève]"), "{plain}");
    assert!(!plain.contains(['\u{1B}', '\u{9B}', '\u{202E}', '\u{7}']));
}

#[test]
fn numbers_keep_their_speakers_and_get_thousands() {
    let text = "La grève.";
    let mut coded = event(text, "grève");
    let figure = |low, text: &str, by: &str| Figure {
        low: Some(low),
        high: None,
        text: text.into(),
        said_by: Some(by.into()),
        span: Offsets(0, 0),
    };
    coded.size = vec![figure(1_200_000, "1,2 million", "CGT"), figure(300, "300", "police")];
    let chronicle = chronicle(text, vec![coded]);
    assert!(chronicle.contains("1,200,000 “1,2 million”, says CGT; 300 “300”, says police"), "{chronicle}");
}

#[test]
fn a_rival_reading_of_a_place_is_named_and_an_unlikely_one_is_not() {
    let text = "La grève.";
    let mut coded = event(text, "grève");
    let other = |country: &str, score| doleance_records::PlaceAlternative {
        name: "Valence".into(),
        id: None,
        country: Some(country.into()),
        score,
    };
    coded.place = Some(Place {
        name: "Valence".into(),
        id: Some("geonames:2971053".into()),
        level: PlaceLevel::City,
        country: Some("FR".into()),
        admin1: None,
        lat: None,
        lon: None,
        text: "Valence".into(),
        span: Offsets(0, 0),
        alternatives: vec![other("ES", 0.31), other("FR", 0.3), other("US", 0.04)],
    });
    let chronicle = chronicle(text, vec![coded]);
    assert!(chronicle.contains("“Valence” may also be Valence (ES)\n"), "{chronicle}");
}
