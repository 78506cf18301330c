//! Reports composed for these tests, with their reading beside them: `reports/README.md` says how they are annotated.
//!
//! Checked is that every reading is well formed, and that coding finds the right kind of event in the right sentence for
//! at least the share that it found when the floors were set. Places and dates are measured elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use doleance_coding::{CodingOptions, LanguagePacks, code_report};
use doleance_text::{CountryCode, Date, LanguageCode, Report};
use serde::Deserialize;

#[derive(Deserialize)]
struct Reading {
    document: String,
    language: String,
    published: Option<String>,
    country: Option<String>,
    #[serde(default)]
    places: BTreeMap<String, serde_json::Value>,
    events: Vec<Event>,
    #[serde(default)]
    claims: Vec<Claim>,
    #[serde(default)]
    links: Vec<Link>,
}

#[derive(Deserialize)]
struct Event {
    id: String,
    kind: String,
    evidence: String,
    place: Option<String>,
    date_from: Option<String>,
    date_to: Option<String>,
    status: String,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    kinds_accepted: Vec<String>,
    #[serde(default)]
    status_accepted: Vec<String>,
}

#[derive(Deserialize)]
struct Claim {
    issue: String,
    evidence: String,
}

#[derive(Deserialize)]
struct Link {
    #[serde(rename = "type")]
    relation: String,
    from: String,
    to: String,
}

/// Reports that weights are learned from.
const LEARNED_FROM: &str = "tests/reports";

/// Reports whose errors were looked at, and from which no weights are learned.
const LATER: &str = "tests/reports-later";

/// Reports that nothing is learned from.
const HELD_OUT: &str = "tests/reports-held-out";

/// Every report of a folder with its reading, by name.
fn readings(folder: &str) -> Vec<(String, Reading)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".gold.json"));
    files.sort();
    let read = |file: PathBuf| {
        let reading: Reading = serde_json::from_str(&fs::read_to_string(&file).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        (fs::read_to_string(folder.join(&reading.document)).unwrap(), reading)
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_reading_is_well_formed() {
    let codebook = &LanguagePacks::embedded().shared().unwrap().codebook;
    let mut all = readings(LEARNED_FROM);
    assert!(all.len() >= 250);
    let held_out = readings(HELD_OUT);
    assert!(held_out.len() >= 144);
    all.extend(held_out);
    let later = readings(LATER);
    assert!(later.len() >= 120);
    all.extend(later);
    for (text, reading) in &all {
        let name = &reading.document;
        for event in &reading.events {
            assert!(text.contains(&event.evidence), "{name}: “{}” is not in the text", event.evidence);
            for kind in event.kinds_accepted.iter().chain([&event.kind]) {
                assert!(codebook.kind(kind).is_some(), "{name}: no kind {kind}");
            }
            for status in event.status_accepted.iter().chain([&event.status]) {
                assert!(codebook.statuses().iter().any(|s| s.id == *status), "{name}: no status {status}");
            }
            if let Some(place) = &event.place {
                assert!(reading.places.contains_key(place), "{name}: the place {place} is not described");
            }
            for date in [&event.date_from, &event.date_to].into_iter().flatten() {
                assert!(date.parse::<Date>().is_ok(), "{name}: {date} is no date");
            }
        }
        for claim in &reading.claims {
            assert!(text.contains(&claim.evidence), "{name}: “{}” is not in the text", claim.evidence);
            assert!(
                codebook.issues().iter().any(|i| i.id == claim.issue),
                "{name}: no issue {}",
                claim.issue
            );
        }
        for link in &reading.links {
            assert!(codebook.relations().iter().any(|r| r.id == link.relation), "{name}: {}", link.relation);
            for end in [&link.from, &link.to] {
                assert!(reading.events.iter().any(|e| e.id == *end), "{name}: no event {end}");
            }
        }
    }
}

/// Right kinds in the right sentences: found, coded, to be found.
#[derive(Default)]
struct Tally {
    right: usize,
    coded: usize,
    wanted: usize,
}

impl Tally {
    fn precision(&self) -> f64 {
        self.right as f64 / self.coded as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / self.wanted as f64
    }
}

#[test]
fn coding_finds_the_kinds_of_events_that_the_readings_name() {
    prove(LEARNED_FROM, [("en", 0.77, 0.69), ("fr", 0.78, 0.70)]);
}

#[test]
fn coding_finds_kinds_in_reports_written_later() {
    prove(LATER, [("en", 0.72, 0.65), ("fr", 0.76, 0.65)]);
}

#[test]
fn coding_finds_kinds_in_reports_that_nothing_was_learned_from() {
    prove(HELD_OUT, [("en", 0.68, 0.58), ("fr", 0.69, 0.52)]);
}

/// Codes the reports of a folder: precision and recall of kinds must reach the floors of each language.
fn prove(folder: &str, floors: [(&str, f64, f64); 2]) {
    let packs = LanguagePacks::embedded();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for (text, reading) in readings(folder) {
        let sentences = sentences(&text);
        let sentence_of = |at: usize| sentences.iter().position(|&(start, end)| start <= at && at < end);
        let mut report = Report::new(reading.document.as_str(), text.as_str());
        report.language = Some(LanguageCode(reading.language.clone()));
        report.published = reading.published.as_deref().map(|day| day.parse().unwrap());
        report.country = reading.country.as_deref().and_then(CountryCode::parse);
        let coded = code_report(packs, &report, &CodingOptions::default());
        // Records count code points; so do the sentences here.
        let mut open: Vec<(String, Option<usize>)> =
            coded.events.iter().map(|e| (family(&e.kind), sentence_of(e.trigger.start as usize))).collect();
        let tally = tallies.entry(reading.language).or_default();
        tally.coded += open.len();
        // What must be found chooses first; what may be found then takes its records out of the count.
        for optional in [false, true] {
            for event in reading.events.iter().filter(|event| event.optional == optional) {
                let places = occurrences(&text, &event.evidence);
                let places: Vec<_> = places.into_iter().map(sentence_of).collect();
                let kinds: Vec<_> =
                    event.kinds_accepted.iter().chain([&event.kind]).map(|kind| family(kind)).collect();
                let found = open
                    .iter()
                    .position(|(kind, sentence)| kinds.contains(kind) && places.contains(sentence));
                if let Some(number) = found {
                    open.swap_remove(number);
                }
                if optional {
                    tally.coded -= usize::from(found.is_some());
                } else {
                    tally.right += usize::from(found.is_some());
                    tally.wanted += 1;
                }
            }
        }
    }
    for (language, precision, recall) in floors {
        let tally = &tallies[language];
        println!("{language}: precision {:.3}, recall {:.3}", tally.precision(), tally.recall());
        assert!(tally.precision() >= precision, "{language}: precision {:.3}", tally.precision());
        assert!(tally.recall() >= recall, "{language}: recall {:.3}", tally.recall());
    }
}

/// A march is a rally that moves: a reading may call it either.
fn family(kind: &str) -> String {
    if kind == "march" { "rally".to_owned() } else { kind.to_owned() }
}

/// Where the words stand, in code points.
fn occurrences(text: &str, words: &str) -> Vec<usize> {
    text.match_indices(words).map(|(at, _)| text[..at].chars().count()).collect()
}

/// Sentences in code points: parted after a mark of the end that blanks follow, and at line ends.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut closed = false;
    let mut count = 0;
    for character in text.chars() {
        count += 1;
        let ends = character == '\n' || (closed && character == ' ');
        closed = matches!(character, '.' | '!' | '?' | '…')
            || (closed && matches!(character, '”' | '"' | '»' | ')'));
        if ends {
            found.push((start, count));
            start = count;
        }
    }
    found.push((start, count + 1));
    found
}
