//! A killed process, two processes, a full disk, a newer or older format: nothing finished is lost, and it is said.

mod common;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{action, rules, scratch, told};
use doleance_dataset::{CodedReport, FORMAT, Ingest, Selection, Store, StoreError, merge};

fn report(number: usize) -> CodedReport {
    let text =
        format!("Dockers struck in Hull for the {number}th time, and the quays fell silent until evening.");
    let mut event = action("strike", "struck", "2024-03-04", "Hull");
    event.size = vec![(number as u64, None)];
    told(&format!("report-{number}.txt"), "2024-03-05", &text, event)
}

/// Where the killed process finds its file: the test starts itself anew as that process.
const CHILD: &str = "DOLEANCE_TEST_INGEST";

#[test]
fn a_process_killed_at_any_moment_loses_no_finished_report() {
    if let Ok(path) = std::env::var(CHILD) {
        ingest_for_ever(Path::new(&path));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chronicle.db");
    let (mut finished, mut killed_at_work) = (0, 0);
    for round in 0..12u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "a_process_killed_at_any_moment_loses_no_finished_report", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Killed at moments that differ: after so many batches and a little.
        let batches = 1 + round % 3;
        let mut seen = 0;
        for line in lines.by_ref().map_while(Result::ok) {
            if let Some(count) = line.strip_prefix("finished ") {
                finished = count.parse().unwrap();
                seen += 1;
                if seen >= batches {
                    break;
                }
            }
        }
        std::thread::sleep(Duration::from_micros(round * 1700));
        killed_at_work += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        for count in
            lines.map_while(Result::ok).filter_map(|l| l.strip_prefix("finished ").map(str::to_owned))
        {
            finished = count.parse().unwrap();
        }
        let store = Store::open(&path).unwrap();
        let there = store.counts().unwrap().reports;
        assert!(there >= finished, "{there} reports of {finished} finished ones");
        assert_eq!(there, store.counts().unwrap().records, "every report has its record");
        assert_eq!(store.check().unwrap().faults, []);
    }
    assert!(killed_at_work >= 10 && finished > 100);
}

fn ingest_for_ever(path: &Path) -> ! {
    let mut store = Store::open_or_create(path).unwrap();
    let mut next = store.counts().unwrap().reports as usize;
    loop {
        let batch: Vec<CodedReport> = (next..next + 16).map(report).collect();
        store.put(&batch, "codebook-1").unwrap();
        next += 16;
        let mut out = std::io::stdout().lock();
        writeln!(out, "finished {next}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn an_interrupted_ingest_goes_on_where_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chronicle.db");
    let mut store = Store::open_or_create(&path).unwrap();
    let mut ingest = Ingest::new(&mut store, "codebook-1");
    let mut stored = 0;
    for number in 0..200 {
        stored = ingest.add(report(number)).unwrap().new;
    }
    // Dropped, not finished: what waits in the last batch is not stored.
    drop(ingest);
    assert!((1..200).contains(&stored));
    assert_eq!(store.counts().unwrap().reports, stored as u64);
    let mut ingest = Ingest::new(&mut store, "codebook-1");
    let known = ingest.known().unwrap();
    for number in 0..200 {
        if known.contains(&report(number).report) {
            ingest.skip();
        } else {
            ingest.add(report(number)).unwrap();
        }
    }
    let summary = ingest.finish().unwrap();
    assert_eq!((summary.new, summary.already_there), (200 - stored, stored));
    assert_eq!(store.counts().unwrap().reports, 200);
}

#[test]
fn a_second_writer_waits_and_then_says_so() {
    let mut scratch = scratch(&[report(1)]);
    let other = Store::open(scratch.store.path()).unwrap();
    let blocker = rusqlite::Connection::open(scratch.store.path()).unwrap();
    blocker.execute_batch("BEGIN IMMEDIATE").unwrap();
    scratch.store.set_patience(Duration::from_millis(30)).unwrap();
    assert!(matches!(scratch.store.put(&[report(2)], "codebook-1"), Err(StoreError::Busy { .. })));
    assert!(matches!(merge(&scratch.store, &rules()), Err(StoreError::Busy { .. })));
    assert_eq!(other.counts().unwrap().reports, 1, "reading goes on");
    blocker.execute_batch("ROLLBACK").unwrap();
    scratch.store.put(&[report(2)], "codebook-1").unwrap();
    assert_eq!(other.counts().unwrap().reports, 2);
}

#[test]
fn two_ingests_at_once_store_everything_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chronicle.db");
    let counts: Vec<usize> = std::thread::scope(|scope| {
        let ingest = || {
            let mut store = Store::open_or_create(&path).unwrap();
            let mut ingest = Ingest::new(&mut store, "codebook-1");
            for number in 0..300 {
                ingest.add(report(number)).unwrap();
            }
            ingest.finish().unwrap().new
        };
        let threads = [scope.spawn(ingest), scope.spawn(ingest)];
        threads.map(|thread| thread.join().unwrap()).to_vec()
    });
    assert_eq!(counts.iter().sum::<usize>(), 300);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.counts().unwrap().reports, 300);
    assert_eq!(store.check().unwrap().faults, []);
}

#[test]
fn a_file_that_another_makes_at_this_moment_is_a_dataset() {
    for _ in 0..40 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chronicle.db");
        std::thread::scope(|scope| {
            let open = || Store::open_or_create(&path).map(|store| store.counts().unwrap().reports);
            let threads = [scope.spawn(open), scope.spawn(open), scope.spawn(open)];
            for thread in threads {
                assert_eq!(thread.join().unwrap().unwrap(), 0);
            }
        });
    }
}

#[test]
fn a_full_disk_is_said_and_takes_nothing_away() {
    let mut scratch = scratch(&[report(1)]);
    merge(&scratch.store, &rules()).unwrap();
    scratch.store.limit_pages(1).unwrap();
    let many: Vec<CodedReport> = (10..600).map(report).collect();
    let error = scratch.store.put(&many, "codebook-1").unwrap_err();
    assert!(matches!(error, StoreError::DiskFull { .. }), "{error}");
    assert!(error.to_string().contains("make room"));
    let counts = scratch.store.counts().unwrap();
    assert_eq!((counts.reports, counts.events), (1, 1));
    assert_eq!(Store::open(scratch.store.path()).unwrap().check().unwrap().faults, []);
}

#[test]
fn a_newer_format_is_refused_and_left_as_it_is() {
    let scratch = scratch(&[report(1)]);
    let path = scratch.store.path().to_owned();
    drop(scratch.store);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", FORMAT + 1).unwrap();
    drop(connection);
    let before = std::fs::read(&path).unwrap();
    for error in [Store::open(&path), Store::open_or_create(&path), Store::open_read_only(&path)] {
        match error {
            Err(StoreError::NewerFormat { found, supported, .. }) => {
                assert_eq!((found, supported), (FORMAT + 1, FORMAT));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_damaged_file_is_said_to_be_damaged() {
    let reports: Vec<CodedReport> = (0..200).map(report).collect();
    let scratch = scratch(&reports);
    let path = scratch.store.path().to_owned();
    drop(scratch.store);
    let mut bytes = std::fs::read(&path).unwrap();
    let length = bytes.len();
    bytes[8192..length - 4096].fill(0x5A);
    std::fs::write(&path, bytes).unwrap();
    let outcome = Store::open(&path).and_then(|store| store.records());
    assert!(matches!(outcome, Err(StoreError::Damaged { .. })), "{outcome:?}");
}

#[test]
fn a_file_that_may_not_be_written_can_still_be_read() {
    let scratch = scratch(&[report(1)]);
    merge(&scratch.store, &rules()).unwrap();
    let path = scratch.store.path().to_owned();
    drop(scratch.store);
    let folder = scratch.folder.path();
    let set = |path: &Path, readonly: bool| {
        let mut permissions = std::fs::metadata(path).unwrap().permissions();
        permissions.set_readonly(readonly);
        std::fs::set_permissions(path, permissions).unwrap();
    };
    set(&path, true);
    set(folder, true);
    let store = Store::open_read_only(&path).unwrap();
    assert_eq!(store.events().unwrap().len(), 1);
    assert_eq!(store.search("dockers", &Selection::default(), 5).unwrap().len(), 1);
    // Permissions do not bind the superuser, under whom a write succeeds.
    let outcome = Store::open(&path).and_then(|mut store| store.put(&[report(2)], "codebook-1"));
    match outcome {
        Err(error) => {
            assert!(matches!(error, StoreError::ReadOnly { .. } | StoreError::CannotOpen { .. }), "{error}")
        }
        Ok(_) => assert!(std::fs::write(folder.join("probe"), b"").is_ok()),
    }
    set(folder, false);
}

#[test]
fn files_of_every_earlier_format_open() {
    // The file of format 2 holds one record more, which a reviewer added.
    const FILES: &[(i64, &[u8])] =
        &[(1, include_bytes!("formats/format-1.sqlite")), (2, include_bytes!("formats/format-2.sqlite"))];
    for (format, bytes) in FILES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chronicle.db");
        std::fs::write(&path, bytes).unwrap();
        let mut store = Store::open(&path).unwrap();
        let counts = store.counts().unwrap();
        assert_eq!(
            (counts.reports, counts.records, counts.claims, counts.links),
            (2, 2 + *format as u64, 1, 1),
            "format {format}"
        );
        assert_eq!((counts.events, counts.decisions), (2, *format as u64));
        assert_eq!(store.check().unwrap().faults, []);
        assert_eq!(store.search("greve", &Selection::default(), 5).unwrap().len(), 1);
        let kinds: Vec<String> = store.events().unwrap().into_iter().map(|event| event.kind.value).collect();
        assert_eq!(kinds, ["march", "strike"]);
        store.put(&[report(7)], "codebook-2").unwrap();
        merge(&store, &rules()).unwrap();
        assert_eq!(store.counts().unwrap().events, 2 + *format as u64);
    }
    assert_eq!(FORMAT, 2, "a new format needs its frozen file here");
}

#[test]
fn forgetting_leaves_no_trace() {
    let secret = "Zworkinowitz";
    let text = format!("Dockers struck in Hull, said {secret}, and marched.");
    let mut event = action("strike", "struck", "2024-03-04", "Hull");
    event.actors = vec![format!("workers/docks/{secret} Committee/{secret}")];
    let mut scratch = scratch(&[told("secret.txt", "2024-03-05", &text, event), report(1)]);
    merge(&scratch.store, &rules()).unwrap();
    assert_eq!(scratch.store.events().unwrap().len(), 1);
    let uid = scratch.store.records().unwrap().into_iter().find(|r| r.coded.doc == "secret.txt").unwrap().uid;
    let decision = doleance_dataset::NewDecision {
        subject: uid,
        field: "reported_by".into(),
        before: serde_json::Value::Null,
        after: serde_json::json!(secret),
        coder: "ada".into(),
        time: "2024-04-01T12:00:00Z".parse().unwrap(),
        note: Some(format!("{secret} says so")),
    };
    scratch.store.decide(&decision).unwrap();
    let forgotten = scratch.store.forget(&["secret.txt".into()]).unwrap();
    assert_eq!((forgotten.reports, forgotten.agreed_anew, forgotten.decisions), (1, 1, 1));
    assert!(scratch.store.search(secret, &Selection::default(), 5).unwrap().is_empty());
    let check = scratch.store.check().unwrap();
    assert_eq!(check.faults, [], "the chain of decisions holds");
    let event = scratch.store.events().unwrap().remove(0);
    assert_eq!((event.records.len(), event.actors.len()), (1, 0));
    let unknown = scratch.store.forget(&["secret.txt".into()]);
    assert!(matches!(unknown, Err(StoreError::Unknown { .. })));
    for file in std::fs::read_dir(scratch.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for trace in [secret.to_owned(), secret.to_lowercase()] {
            assert!(!bytes.windows(trace.len()).any(|window| window == trace.as_bytes()), "{trace}");
        }
    }
}

#[test]
fn a_changed_decision_breaks_the_chain() {
    let mut scratch = scratch(&[report(1), report(2)]);
    merge(&scratch.store, &rules()).unwrap();
    let uid = scratch.store.records().unwrap()[0].uid.clone();
    for after in ["accepted", "rejected"] {
        let decision = doleance_dataset::NewDecision {
            subject: uid.clone(),
            field: "review".into(),
            before: serde_json::Value::Null,
            after: serde_json::json!(after),
            coder: "ada".into(),
            time: "2024-04-01T12:00:00Z".parse().unwrap(),
            note: None,
        };
        scratch.store.decide(&decision).unwrap();
    }
    assert_eq!(scratch.store.check().unwrap().faults, []);
    let connection = rusqlite::Connection::open(scratch.store.path()).unwrap();
    assert!(connection.execute("DELETE FROM decision", []).is_err(), "decisions are never removed");
    connection.execute("UPDATE decision SET coder = 'eve' WHERE number = 1", []).unwrap();
    let faults = scratch.store.check().unwrap().faults;
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].place, "decision 1");
    let bad = doleance_dataset::NewDecision {
        subject: uid,
        field: "time".into(),
        before: serde_json::Value::Null,
        after: serde_json::json!("tomorrow"),
        coder: "ada".into(),
        time: "2024-04-01T12:00:00Z".parse().unwrap(),
        note: None,
    };
    assert!(matches!(scratch.store.decide(&bad), Err(StoreError::BadDecision { .. })));
}
