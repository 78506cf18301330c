//! What holds whatever the reports are: order, repetition, splitting after merging.

mod common;

use common::{fixture, rule, rules, scratch};
use doleance_dataset::{CodedReport, Store, Verdict, merge, page_json};
use proptest::prelude::*;

const DISPUTE: &str = include_str!("gold/rail-dispute.jsonl");
const HARD: &str = include_str!("gold/hard-cases.jsonl");

fn reports_of(gold: &[&str]) -> Vec<CodedReport> {
    gold.iter().flat_map(|gold| fixture(gold)).map(|line| line.coded()).collect()
}

fn reports() -> Vec<CodedReport> {
    reports_of(&[DISPUTE, HARD])
}

/// Everything that a dataset says, as bytes.
fn all(store: &Store) -> String {
    page_json(store).unwrap()
}

fn now() -> jiff::Timestamp {
    "2024-04-01T12:00:00Z".parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shuffling_reports_changes_no_dataset(order in Just(reports()).prop_shuffle()) {
        let (one, other) = (scratch(&reports()), scratch(&order));
        merge(&one.store, &rules()).unwrap();
        merge(&other.store, &rules()).unwrap();
        prop_assert_eq!(all(&one.store), all(&other.store));
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let merged_by = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let scratch = scratch(&reports());
            merge(&scratch.store, &rules()).unwrap();
            all(&scratch.store)
        })
    };
    assert_eq!(merged_by(1), merged_by(7));
}

#[test]
fn two_runs_give_the_same_bytes_and_a_second_merge_changes_nothing() {
    let (one, other) = (scratch(&reports()), scratch(&reports()));
    merge(&one.store, &rules()).unwrap();
    merge(&other.store, &rules()).unwrap();
    let first = all(&one.store);
    assert_eq!(first, all(&other.store));
    merge(&one.store, &rules()).unwrap();
    assert_eq!(first, all(&one.store));
    assert!(one.store.tombstones().unwrap().is_empty());
}

#[test]
fn splitting_undoes_merging() {
    let mut scratch = scratch(&reports());
    merge(&scratch.store, &rules()).unwrap();
    let before = all(&scratch.store);
    let events = scratch.store.events().unwrap();
    // The rally of 300 or 3,000 in Lille, and the march in Paris: nobody but a reviewer would join them.
    let find = |kind: &str, place: &str| {
        events
            .iter()
            .find(|e| e.kind.value == kind && e.place.as_ref().is_some_and(|p| p.value.name == place))
            .unwrap()
            .clone()
    };
    let (a, b) = (find("rally", "Lille"), find("march", "Paris"));
    rule(&mut scratch.store, Verdict::Merge { events: vec![a.id.clone(), b.id.clone()] }).unwrap();
    merge(&scratch.store, &rules()).unwrap();
    let joined = scratch.store.event(&a.id).unwrap();
    assert_eq!(joined.records.len(), a.records.len() + b.records.len());
    assert_eq!(scratch.store.event(&b.id).unwrap().id, joined.id, "the other name leads to the same event");
    assert_eq!(scratch.store.check().unwrap().faults, []);
    rule(&mut scratch.store, Verdict::Split { event: joined.id, groups: vec![b.records] }).unwrap();
    merge(&scratch.store, &rules()).unwrap();
    assert_eq!(all(&scratch.store), before);
    assert!(scratch.store.tombstones().unwrap().is_empty());
}

#[test]
fn decisions_replayed_twice_are_the_same_as_once() {
    let mut scratch = scratch(&reports());
    merge(&scratch.store, &rules()).unwrap();
    let events = scratch.store.events().unwrap();
    let (first, second) = (&events[0], &events[1]);
    rule(&mut scratch.store, Verdict::Merge { events: vec![first.id.clone(), second.id.clone()] }).unwrap();
    let record = &events[3].records[0];
    let correction = doleance_dataset::NewDecision {
        subject: record.clone(),
        field: "kind".into(),
        before: serde_json::json!(events[3].kind.value),
        after: serde_json::json!("lockout"),
        coder: "ada".into(),
        time: now(),
        note: None,
    };
    scratch.store.decide(&correction).unwrap();
    merge(&scratch.store, &rules()).unwrap();
    let once = all(&scratch.store);
    assert!(once.contains("lockout"));
    scratch.store.decide(&correction).unwrap();
    merge(&scratch.store, &rules()).unwrap();
    merge(&scratch.store, &rules()).unwrap();
    assert_eq!(all(&scratch.store), once);
    assert_eq!(scratch.store.decisions().unwrap().len(), 3);
}

#[test]
fn recoding_keeps_identifiers_and_decisions_and_lists_what_changed() {
    let mut scratch = scratch(&reports_of(&[DISPUTE]));
    merge(&scratch.store, &rules()).unwrap();
    let before: Vec<String> = scratch.store.events().unwrap().into_iter().map(|event| event.id).collect();
    let coded: std::collections::BTreeMap<String, CodedReport> =
        reports_of(&[DISPUTE]).into_iter().map(|coded| (coded.report.id.clone(), coded)).collect();
    let same = scratch.store.recode("codebook-2", |report| coded[&report.report.id].records.clone()).unwrap();
    assert_eq!((same.reports, same.differences.len(), same.same), (coded.len(), 0, 51));
    // A new codebook finds a clash where the dispersal was, and no strike in one report.
    let summary = scratch
        .store
        .recode("codebook-3", |report| {
            let mut records = coded[&report.report.id].records.clone();
            if report.report.id == "echo-0306.fr" {
                records.remove(0);
                if let doleance_records::Record::Event(event) = &mut records[1] {
                    event.kind = "clash".into();
                }
            }
            records
        })
        .unwrap();
    assert_eq!(summary.differences.len(), 2, "{:?}", summary.differences);
    merge(&scratch.store, &rules()).unwrap();
    assert_eq!(scratch.store.check().unwrap().faults, []);
    let after: Vec<String> = scratch.store.events().unwrap().into_iter().map(|event| event.id).collect();
    let kept = before.iter().filter(|id| after.contains(id)).count();
    assert!(kept >= before.len() - 1, "{kept} of {} identifiers kept", before.len());
}
