//! The verbs on a dataset as their users meet them: what is said, what is kept, how a run ends.

use std::fs;
#[cfg(unix)]
use std::io::Write;
use std::path::Path;
#[cfg(unix)]
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use serde_json::Value;

const REPORTS: &str = r#"{"id":"a.txt","published":"2024-03-05","language":"en","source":"The Post","text":"Dockers went on strike in Liverpool on 4 March 2024. They demand higher wages."}
{"id":"b.txt","published":"2024-03-06","language":"en","source":"The Wire","text":"Liverpool dockers struck on 4 March 2024 over pay. Candles burned at the gates."}
"#;

struct Run {
    status: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, arguments: &[&str], input: &str) -> Run {
    let output = Command::cargo_bin("doleance")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .write_stdin(input)
        .output()
        .expect("the program runs");
    Run {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder with a merged dataset of two reports on one strike.
fn merged() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let ingested = run(folder.path(), &["ingest", "-d", "c.db", "-"], REPORTS);
    assert_eq!(ingested.status, 0, "{}", ingested.err);
    assert!(ingested.out.starts_with("2 reports stored"), "{}", ingested.out);
    assert_eq!(run(folder.path(), &["merge", "-d", "c.db"], "").status, 0);
    folder
}

fn events(folder: &Path) -> Vec<Value> {
    let listed = run(folder, &["list", "-d", "c.db", "--json"], "");
    listed.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn decide(folder: &Path, arguments: &[&str], input: &str) -> Run {
    run(folder, &[&["decide", "-d", "c.db", "--coder", "ada"], arguments].concat(), input)
}

#[test]
fn two_reports_on_one_strike_are_one_event() {
    let folder = merged();
    let strikes: Vec<Value> =
        events(folder.path()).into_iter().filter(|event| event["kind"]["value"] == "strike").collect();
    assert_eq!(strikes.len(), 1);
    assert_eq!(strikes[0]["reports"], serde_json::json!(["a.txt", "b.txt"]));
    let again = run(folder.path(), &["ingest", "-d", "c.db", "-"], REPORTS);
    assert!(again.out.ends_with("2 already there\n"), "{}", again.out);
}

#[test]
fn an_event_that_was_missed_is_added_and_one_that_was_not_is_rejected() {
    let folder = merged();
    let before = events(folder.path());
    let vigil = [
        "add",
        "b.txt",
        "--words",
        "Candles",
        "--kind",
        "rally",
        "--time",
        "2024-03-04",
        "--place",
        "GB:city:Liverpool",
    ];
    let added = decide(folder.path(), &vigil, "");
    assert_eq!((added.status, added.err.as_str()), (0, ""));
    assert!(added.out.starts_with("1 decision taken"), "{}", added.out);
    run(folder.path(), &["merge", "-d", "c.db"], "");
    let after = events(folder.path());
    assert_eq!(after.len(), before.len() + 1);
    let rally = after.iter().find(|event| event["kind"]["value"] == "rally").unwrap();
    assert_eq!(rally["place"]["value"]["country"], "GB");
    assert!(rally["place"]["value"]["lat"].is_f64());
    assert_eq!(decide(folder.path(), &["reject", rally["id"].as_str().unwrap()], "").status, 0);
    run(folder.path(), &["merge", "-d", "c.db"], "");
    assert_eq!(events(folder.path()).len(), before.len());
    let listed = run(folder.path(), &["decide", "-d", "c.db", "list", "--json"], "");
    let fields: Vec<Value> = listed
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["field"].clone())
        .collect();
    assert_eq!(fields, ["add", "review"]);
    let checked = run(folder.path(), &["check", "-d", "c.db"], "");
    assert!(checked.status == 0 && checked.out.contains("0 faults"), "{}", checked.out);
}

#[test]
fn many_decisions_come_as_lines_all_or_none() {
    let folder = merged();
    let id = events(folder.path())[0]["id"].as_str().unwrap().to_owned();
    let good = format!("{{\"decide\":\"accept\",\"subject\":\"{id}\"}}\n");
    let bad = format!(
        "{good}\n{{\"decide\":\"correct\",\"subject\":\"{id}\",\"field\":\"kind\",\"value\":\"stirke\"}}\n"
    );
    let refused = decide(folder.path(), &["lines", "-"], &bad);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("-:3:") && refused.err.contains("`stirke` is no kind"), "{}", refused.err);
    assert!(refused.err.contains("Nothing was changed"));
    assert!(run(folder.path(), &["decide", "-d", "c.db", "list"], "").out.contains("0 decisions"));
    let taken = decide(folder.path(), &["lines", "-"], &good);
    assert_eq!(taken.status, 0, "{}", taken.err);
}

#[test]
fn what_cannot_be_decided_is_said_with_its_reason() {
    let folder = merged();
    let id = events(folder.path())[0]["id"].as_str().unwrap().to_owned();
    for (arguments, word) in [
        (vec!["accept", "ev-000000000000"], "names no event"),
        (vec!["correct", &id, "place", "Springfield"], "several places"),
        (vec!["correct", &id, "place", "Nowhereville-on-Sea"], "no place called"),
        (vec!["add", "b.txt", "--words", "march", "--kind", "march"], "does not say"),
        (vec!["add", "b.txt", "--words", "Candles", "--kind", "rally", "--actor", "wrokers"], "no role"),
        (vec!["lines", "missing.jsonl"], "missing.jsonl"),
    ] {
        let refused = decide(folder.path(), &arguments, "");
        assert_eq!(refused.status, 2, "{arguments:?}");
        assert!(refused.err.contains(word), "{arguments:?}: {}", refused.err);
    }
    let nobody = run(folder.path(), &["decide", "-d", "c.db", "accept", &id], "");
    assert!(nobody.status == 2 && nobody.err.contains("--coder"), "{}", nobody.err);
}

#[test]
fn a_file_that_is_no_dataset_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.db");
    fs::write(&path, "notes, and nothing else").unwrap();
    for arguments in [
        &["ingest", "-d", "c.db", "-"][..],
        &["merge", "-d", "c.db"],
        &["list", "-d", "c.db"],
        &["search", "-d", "c.db", "dockers"],
        &["recode", "-d", "c.db"],
        &["forget", "-d", "c.db", "a.txt"],
        &["decide", "-d", "c.db", "list"],
        &["export", "-d", "c.db", "--format", "parquet", "-o", "events.parquet"],
        &["check", "-d", "c.db"],
    ] {
        let refused = run(folder.path(), arguments, REPORTS);
        assert_eq!(refused.status, 2, "{arguments:?}");
        assert!(refused.err.contains("c.db: this file is no dataset"), "{arguments:?}: {}", refused.err);
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "notes, and nothing else");
}

#[test]
fn an_export_that_cannot_be_written_names_its_file() {
    let folder = merged();
    let failed = run(
        folder.path(),
        &["export", "-d", "c.db", "--format", "geopackage", "-o", "nowhere/events.gpkg"],
        "",
    );
    assert_eq!(failed.status, 2);
    assert!(failed.err.contains("nowhere/events.gpkg: the export cannot be written"), "{}", failed.err);
}

#[test]
#[cfg(unix)]
fn an_interrupted_ingest_keeps_what_was_coded_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Process::new(assert_cmd::cargo::cargo_bin("doleance"))
        .current_dir(folder.path())
        .args(["ingest", "-d", "c.db", "--jobs", "1", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writing = std::thread::spawn(move || {
        // Reports without end: only the interrupt ends the run.
        (0u32..).all(|number| {
            let line = format!(
                "{{\"id\":\"r{number}\",\"language\":\"en\",\"text\":\"Some {number} dockers went on strike in Hull.\"}}\n"
            );
            input.write_all(line.as_bytes()).is_ok()
        })
    });
    // Once a batch has been stored, a search finds it.
    while !run(folder.path(), &["search", "-d", "c.db", "dockers"], "").out.contains("Hull") {
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let id = child.id().to_string();
    assert!(Process::new("kill").args(["-INT", &id]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert!(!writing.join().unwrap());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("interrupted. What was stored is kept"), "{said}");
    let checked = run(folder.path(), &["check", "-d", "c.db"], "");
    assert!(checked.out.contains("0 faults"), "{}", checked.out);
}
