//! The dataset file: what is stored stays, what is wrong is said.

mod common;

use common::{action, rules, scratch, told};
use doleance_dataset::{Ingested, Store, StoreError, merge};

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
        let hits = scratch.store.search(words, 10).unwrap();
        assert_eq!(hits.len(), 1, "{words}");
        assert_eq!(hits[0].events.len(), 1, "{words}");
    }
    assert!(scratch.store.search("greve lyon", 10).unwrap().is_empty());
    assert!(scratch.store.search("\"greve la\"", 10).unwrap().is_empty());
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
