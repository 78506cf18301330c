//! Single sentences as reporters write them, and all that is to be coded in each: `plain/LANGUAGE.tsv`.
//!
//! A line holds the day of publication, the sentence, and its records as `kind/status@Place#first-day`, separated by
//! semicolons; place and day are left out where the sentence does not settle them, and `-` stands for no event at all.
//! The first line of a file is the share of sentences that must be wholly right, as in `# floor: 0.93`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use doleance_coding::{CodingOptions, LanguagePacks, code_report};
use doleance_records::Event;
use doleance_text::{Date, LanguageCode, Report};

#[test]
fn plain_sentences_are_coded_as_a_reader_would() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plain");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder is in the repository")
        .map(|f| f.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    let mut below = String::new();
    for file in files {
        let language = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let first = text.lines().next().unwrap_or_default();
        let floor: f64 = first.strip_prefix("# floor: ").and_then(|f| f.trim().parse().ok()).expect(first);
        let cases: Vec<&str> = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
        let wrong: Vec<String> = cases.iter().filter_map(|case| failure(&language, case)).collect();
        let share = 1.0 - wrong.len() as f64 / cases.len() as f64;
        println!("{language}: {} of {} wholly right ({share:.4})", cases.len() - wrong.len(), cases.len());
        wrong.iter().for_each(|failure| println!("{failure}"));
        if share < floor {
            writeln!(below, "{language}: {share:.4} of the sentences are right, below {floor}").unwrap();
        }
    }
    assert!(below.is_empty(), "{below}");
}

/// What is wrong with the records of a line, if anything.
fn failure(language: &str, case: &str) -> Option<String> {
    let fields: Vec<&str> = case.split('\t').collect();
    let [published, sentence, expected] = fields[..] else { panic!("not three fields: {case:?}") };
    let mut report = Report::new("sentence.txt", sentence);
    report.language = Some(LanguageCode(language.to_owned()));
    report.published = Some(day(published));
    let coded = code_report(LanguagePacks::embedded(), &report, &CodingOptions::default());
    let mut left: Vec<&Event> = coded.events.iter().collect();
    let expected: Vec<&str> = expected.split(';').map(str::trim).filter(|e| *e != "-").collect();
    let missing: Vec<&str> = expected.into_iter().filter(|e| !take(&mut left, e)).collect();
    let extra: Vec<String> = left.into_iter().map(told).collect();
    (!missing.is_empty() || !extra.is_empty())
        .then(|| format!("{sentence}\n    missing: {}\n    extra: {}", missing.join("; "), extra.join("; ")))
}

/// Takes the first event that an expectation describes out of those left.
fn take(left: &mut Vec<&Event>, expected: &str) -> bool {
    let (rest, first) = expected.split_once('#').map_or((expected, None), |(rest, day)| (rest, Some(day)));
    let (kind_and_status, place) =
        rest.split_once('@').map_or((rest, None), |(rest, place)| (rest, Some(place)));
    let (kind, status) = kind_and_status.split_once('/').expect(expected);
    let fits = |event: &&Event| {
        event.kind == kind
            && event.status.name() == status
            && place.is_none_or(|place| event.place.as_ref().is_some_and(|p| p.name == place))
            && first.is_none_or(|first| first_day(event).as_deref() == Some(first))
    };
    let found = left.iter().position(fits);
    found.map(|number| left.remove(number)).is_some()
}

fn told(event: &Event) -> String {
    let place = event.place.as_ref().map_or(String::new(), |p| format!("@{}", p.name));
    let first = first_day(event).map_or(String::new(), |day| format!("#{day}"));
    format!("{}/{}{place}{first}", event.kind, event.status.name())
}

fn first_day(event: &Event) -> Option<String> {
    event.time.as_ref().and_then(|time| time.start).map(|day| day.to_string())
}

fn day(text: &str) -> Date {
    let mut numbers = text.split('-').map(|number| number.parse::<u16>().expect(text));
    let mut next = || numbers.next().expect(text);
    let (year, month, day) = (next(), next(), next());
    Date::constant(year.try_into().unwrap(), month.try_into().unwrap(), day.try_into().unwrap())
}
