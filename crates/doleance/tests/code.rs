//! `doleance code` on the examples, as its users run it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use doleance::fuzzing::quotes;
use doleance::input::{Form, RawReport};
use doleance_records::{Offsets, Quote, Record};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn code(arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::cargo_bin("doleance").unwrap();
    let output = command.arg("code").args(arguments).arg(examples()).assert().success().get_output().clone();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn records() -> Vec<Record> {
    let lines = String::from_utf8(code(&["--format", "jsonl"])).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The text of each example as its records see it.
fn texts() -> BTreeMap<String, Vec<char>> {
    let files = fs::read_dir(examples()).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            let id = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = fs::read(&path).unwrap();
            let raw = RawReport { file: id.clone(), line: None, id: id.clone(), form: Form::Text, bytes };
            (id, raw.read().unwrap().text.chars().collect())
        })
        .collect()
}

#[test]
fn two_runs_and_any_number_of_jobs_print_the_same_bytes() {
    for format in ["jsonl", "csv", "table"] {
        let one = code(&["--format", format, "--jobs", "1"]);
        assert!(!one.is_empty());
        assert_eq!(one, code(&["--format", format, "--jobs", "1"]), "two runs, {format}");
        assert_eq!(one, code(&["--format", format, "--jobs", "8"]), "eight jobs, {format}");
    }
}

#[test]
fn every_example_gives_events_and_some_give_claims_and_links() {
    let records = records();
    for id in texts().keys() {
        let events =
            records.iter().filter(|record| matches!(record, Record::Event(_)) && record.doc() == id).count();
        assert!(events >= 5, "{id} gives {events} event records");
    }
    assert!(records.iter().any(|record| matches!(record, Record::Claim(_))));
    assert!(records.iter().any(|record| matches!(record, Record::Link(_))));
}

#[test]
fn slicing_the_text_by_a_span_gives_the_quoted_words() {
    let texts = texts();
    for record in records() {
        let text = &texts[record.doc()];
        let words = |span: Offsets| text[span.0 as usize..span.1 as usize].iter().collect::<String>();
        let check =
            |span: Offsets, quoted: &str| assert!(quotes(&words(span), quoted), "{span:?} is not “{quoted}”");
        let check_quote = |quote: &Quote| check(Offsets(quote.start, quote.end), &quote.text);
        match &record {
            Record::Event(event) => {
                check_quote(&event.trigger);
                event.time.iter().for_each(|time| check(time.span, &time.text));
                event.place.iter().for_each(|place| check(place.span, &place.text));
                event.actors.iter().chain(&event.targets).for_each(|actor| check(actor.span, &actor.text));
                let figures =
                    event.size.iter().chain(&event.killed).chain(&event.injured).chain(&event.arrested);
                figures.for_each(|figure| check(figure.span, &figure.text));
                assert!(
                    !event.evidence.is_empty() && event.evidence.iter().all(|span| !words(*span).is_empty())
                );
            }
            Record::Claim(claim) => {
                check_quote(&claim.span);
                claim
                    .claimant
                    .iter()
                    .chain(&claim.addressee)
                    .for_each(|party| check(party.span, &party.text));
            }
            Record::Link(link) => check_quote(&link.span),
        }
    }
}

#[test]
fn ids_and_references_of_a_report_hold() {
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let records = records();
    for record in &records {
        if let Record::Event(event) = record {
            seen.entry(event.doc.clone()).or_default().push(event.id.clone());
        }
    }
    for ids in seen.values() {
        let expected: Vec<_> = (1..=ids.len()).map(|number| format!("e{number}")).collect();
        assert_eq!(ids, &expected);
    }
    for record in &records {
        match record {
            Record::Event(_) => {}
            Record::Claim(claim) => {
                let events = seen.get(&claim.doc);
                assert!(claim.events.iter().all(|id| events.is_some_and(|events| events.contains(id))));
            }
            Record::Link(link) => {
                let events = &seen[&link.doc];
                assert!(events.contains(&link.from) && events.contains(&link.to) && link.from != link.to);
            }
        }
    }
}

#[test]
fn csv_has_one_row_per_event_record_with_numbers_as_numbers() {
    let csv = code(&["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let columns = reader.headers().unwrap().clone();
    let column = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let (latitude, low, start) = (column("latitude"), column("size_low"), column("date_start"));
    let mut rows = 0;
    for row in reader.records() {
        let row = row.unwrap();
        rows += 1;
        assert!(row[latitude].is_empty() || row[latitude].parse::<f64>().is_ok());
        assert!(row[low].is_empty() || row[low].parse::<u64>().is_ok());
        assert!(row[start].is_empty() || row[start].parse::<doleance_text::Date>().is_ok());
    }
    assert_eq!(rows, records().iter().filter(|record| matches!(record, Record::Event(_))).count());
}

#[test]
fn the_order_of_reports_is_the_order_of_the_records() {
    let docs: Vec<_> = records().iter().map(|record| record.doc().to_owned()).collect();
    assert!(docs.is_sorted());
}
