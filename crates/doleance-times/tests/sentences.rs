//! Own news sentences, 150 and more a language, each with its day of publication and the value it should come to.

mod support;

use doleance_text::Document;
use doleance_times::{Interval, TimePack, find_times};

fn load(language: &str, name: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/languages");
    std::fs::read_to_string(format!("{root}/{language}/{name}")).unwrap()
}

fn interval(text: &str) -> Interval {
    let (start, end) = text.split_once("..").unwrap_or((text, text));
    let day =
        |text: &str| (!text.trim().is_empty()).then(|| text.trim().parse().expect("a date in the test file"));
    Interval { start: day(start), end: day(end) }
}

/// What is wrong with one line, if anything.
fn fault(pack: &TimePack, line: &str, annotate: impl Fn(&str) -> Document) -> Option<String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [marked, published, expected, ..] = columns[..] else {
        return Some("fewer than three columns".into());
    };
    let (open, close) = (marked.find('['), marked.find(']'));
    let text: String = marked.chars().filter(|c| !matches!(c, '[' | ']')).collect();
    let annotation = find_times(pack, &annotate(&text), Some(published.parse().ok()?));
    let found: Vec<String> = annotation
        .mentions
        .iter()
        .map(|m| {
            let days = m.interval.map_or(String::new(), |i| format!("; {:?}..{:?}", i.start, i.end));
            format!("[{}] {}{days} ({})", m.span.of(&text), m.value, m.rule)
        })
        .collect();
    let span = match (open, close) {
        (Some(open), Some(close)) => (open as u32, close as u32 - 1),
        _ => (0, text.len() as u32),
    };
    if expected == "none" {
        let clean = annotation.mentions.iter().all(|m| m.span.end <= span.0 || m.span.start >= span.1);
        return (!clean).then(|| found.join(" "));
    }
    let (value, days) = expected.split_once("; ").map_or((expected, None), |(v, d)| (v, Some(interval(d))));
    let right = annotation.mentions.iter().any(|m| {
        (m.span.start, m.span.end) == span
            && m.value == value
            && days.is_none_or(|days| m.interval == Some(days))
    });
    (!right).then(|| found.join(" "))
}

fn prove(language: &str) {
    let pack = TimePack::from_toml(&load(language, "times.toml"), &load(language, "numbers.toml"))
        .unwrap_or_else(|e| panic!("{e}"));
    let tests = load(language, "times-tests.tsv");
    let lines: Vec<&str> =
        tests.lines().filter(|l| !l.starts_with('#') && !l.ends_with("\tsyntax")).collect();
    let faults: Vec<String> = lines
        .iter()
        .filter_map(|l| fault(&pack, l, support::document).map(|f| format!("{l}\n    {f}")))
        .collect();
    assert!(faults.is_empty(), "{} of {}\n{}", faults.len(), lines.len(), faults.join("\n"));
}

#[test]
fn french_sentences_come_to_their_values() {
    prove("fr");
}

#[test]
fn english_sentences_come_to_their_values() {
    prove("en");
}

/// The sentences whose reading hangs on a verb, over the shipped syntax models.
fn prove_with_trees(language: &str) {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/languages");
    let model = std::fs::read(format!("{root}/{language}/syntax.model")).unwrap();
    let model = doleance_syntax::SyntaxModel::from_bytes(model).unwrap();
    let pack = TimePack::from_toml(&load(language, "times.toml"), &load(language, "numbers.toml")).unwrap();
    let tests = load(language, "times-tests.tsv");
    let lines: Vec<&str> = tests.lines().filter(|l| !l.starts_with('#')).collect();
    let faults: Vec<String> = lines
        .iter()
        .filter_map(|l| fault(&pack, l, |text| model.annotate(text)).map(|f| format!("{l}\n    {f}")))
        .collect();
    assert!(faults.is_empty(), "{} of {}\n{}", faults.len(), lines.len(), faults.join("\n"));
}

#[test]
fn french_sentences_come_to_their_values_over_trees() {
    prove_with_trees("fr");
}

#[test]
fn english_sentences_come_to_their_values_over_trees() {
    prove_with_trees("en");
}
