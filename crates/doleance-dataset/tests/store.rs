//! The dataset file: what is stored stays, what is wrong is said.

mod common;

use common::{action, rules, scratch, told};
use doleance_dataset::{Ingested, Selection, Store, StoreError, merge};

#[test]
fn the_same_report_twice_is_one_report() {
    let report = told(
        "a.txt",
        "2024-03-05",
        "Dockers struck in Hull on Monday.",
        action("strike", "struck", "2024-03-04", "Hull"),
    );
    let mut copy = report.clone();
    copy.report.id = "copy-of-a.txt".into();
    let mut scratch = scratch(&[report]);
    assert_eq!(scratch.store.put(&[copy], "codebook-1").unwrap(), [Ingested::AlreadyThere]);
    let counts = scratch.store.counts().unwrap();
    assert_eq!((counts.reports, counts.records, counts.unmerged), (1, 1, 1));
}

#[test]
fn two_reports_of_one_name_are_told_apart() {
    let one = told(
        "a.txt",
        "2024-03-05",
        "Dockers struck in Hull.",
        action("strike", "struck", "2024-03-04", "Hull"),
    );
    let other = told(
        "a.txt",
        "2024-03-06",
        "Nurses struck in Hull.",
        action("strike", "struck", "2024-03-05", "Hull"),
    );
    let scratch = scratch(&[one, other]);
    let names: Vec<String> = scratch.store.reports().unwrap().into_iter().map(|r| r.report.id).collect();
    assert_eq!(names.len(), 2);
    assert!(names[1].starts_with("a.txt~"), "{names:?}");
    for record in scratch.store.records().unwrap() {
        assert!(names.contains(&record.coded.doc));
    }
    assert_eq!(scratch.store.check().unwrap().faults, []);
}

#[test]
fn words_are_found_without_accents_and_in_codes() {
    let report = told(
        "a.txt",
        "2024-03-05",
        "À Lille, la grève a duré.",
        action("general_strike", "grève", "2024-03-04", "Lille"),
    );
    let scratch = scratch(&[report]);
    merge(&scratch.store, &rules()).unwrap();
    for words in ["greve", "GRÈVE lille", "general strike", "\"la greve\"", "gre*"] {
        let hits = scratch.store.search(words, &Selection::default(), 10).unwrap();
        assert_eq!(hits.len(), 1, "{words}");
        assert_eq!(hits[0].events.len(), 1, "{words}");
    }
    assert!(scratch.store.search("greve lyon", &Selection::default(), 10).unwrap().is_empty());
    assert!(scratch.store.search("\"greve la\"", &Selection::default(), 10).unwrap().is_empty());
}

/// Only so many are ranked; a filter must still reach what came in first.
#[test]
fn a_word_of_very_many_reports_finds_the_first_of_them_too() {
    let report = |number: usize| {
        let kind = if number == 0 { "rally" } else { "strike" };
        let day = jiff::civil::date(2000, 1, 1).checked_add(jiff::Span::new().days(number as i64)).unwrap();
        let event = action(kind, "stood", &day.to_string(), "Hull");
        told(&format!("{number}.txt"), &day.to_string(), &format!("Dockers stood at gate {number}."), event)
    };
    let reports: Vec<_> = (0..2_050).map(report).collect();
    let scratch = scratch(&reports);
    merge(&scratch.store, &rules()).unwrap();
    let rallies = Selection { kind: Some("rally".into()), ..Selection::default() };
    let found = scratch.store.search("dockers", &rallies, 20).unwrap();
    assert_eq!(found.iter().map(|hit| hit.report.as_str()).collect::<Vec<_>>(), ["0.txt"]);
    assert_eq!(found[0].events.len(), 1);
    assert_eq!(scratch.store.search("dockers", &Selection::default(), 3_000).unwrap().len(), 2_050);
    let later = Selection { from: Some(jiff::civil::date(2010, 3, 5)), ..Selection::default() };
    assert!(scratch.store.search("dockers", &later, 20).unwrap().is_empty());
}

#[test]
fn another_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "These are notes, and no dataset at all. ".repeat(40)).unwrap();
    assert!(matches!(Store::open(&text), Err(StoreError::NotADataset { .. })));
    assert!(matches!(Store::open_or_create(&text), Err(StoreError::NotADataset { .. })));
    assert_eq!(std::fs::read_to_string(&text).unwrap().len(), 1600);
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    let before = std::fs::read(&other).unwrap();
    assert!(matches!(Store::open_or_create(&other), Err(StoreError::NotADataset { .. })));
    assert_eq!(std::fs::read(&other).unwrap(), before);
    let empty = folder.path().join("empty.db");
    std::fs::write(&empty, "").unwrap();
    assert!(matches!(Store::open(&empty), Err(StoreError::NotADataset { .. })));
    assert!(matches!(Store::open_read_only(&empty), Err(StoreError::NotADataset { .. })));
    assert_eq!(std::fs::read(&empty).unwrap(), b"");
    assert!(Store::open_or_create(&empty).is_ok());
    assert!(matches!(Store::open(folder.path().join("none.db")), Err(StoreError::NotFound { .. })));
    assert!(matches!(Store::open(folder.path()), Err(StoreError::NotADataset { .. })));
}
