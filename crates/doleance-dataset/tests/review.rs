//! What reviewers say comes into effect, stays through merging and recoding, and is refused where it cannot be.

mod common;

use common::{Scratch, action, rule, rules, scratch, told};
use doleance_dataset::{NewDecision, Review, Ruling, Selection, Verdict, merge, page};
use doleance_records::{Record, Status};
use serde_json::{Value, json};

const TEXT: &str = "Dockers struck in Hull on Monday. Some 40 nurses rallied in Lille, says the union.";

fn dataset() -> Scratch {
    let strike = action("strike", "struck", "2024-03-04", "Hull");
    let march = action("march", "marched", "2024-03-04", "Lyon");
    let scratch = scratch(&[
        told("a.txt", "2024-03-05", TEXT, strike),
        told("b.txt", "2024-03-05", "Students marched in Lyon on Monday.", march),
    ]);
    merge(&scratch.store, &rules()).unwrap();
    scratch
}

fn verdict(value: Value) -> Verdict {
    serde_json::from_value(value).unwrap()
}

fn rally() -> Verdict {
    verdict(json!({
        "decide": "add", "report": "a.txt", "words": "rallied", "kind": "rally",
        "evidence": ["Some 40 nurses rallied in Lille"],
        "time": "2024-03-04",
        "place": {"name": "Lille", "level": "city", "country": "FR", "id": "geonames:2998324", "words": "Lille"},
        "actors": [{"role": "workers", "sector": "health", "words": "nurses"}],
        "size": [{"low": 40, "said_by": "the union", "words": "40"}],
    }))
}

fn decide(scratch: &mut Scratch, value: Value) -> Result<Vec<i64>, String> {
    rule(&mut scratch.store, verdict(value)).map_err(|refused| refused.error.to_string())
}

#[test]
fn an_added_record_becomes_an_event_that_says_who_added_it() {
    let mut scratch = dataset();
    rule(&mut scratch.store, rally()).unwrap();
    assert_eq!(scratch.store.counts().unwrap().unmerged, 1);
    merge(&scratch.store, &rules()).unwrap();
    assert_eq!(scratch.store.counts().unwrap().events, 3);
    assert_eq!(scratch.store.check().unwrap().faults, []);
    let page = page(&scratch.store).unwrap();
    let added = page.records.iter().find(|record| record.coded.kind == "rally").unwrap();
    assert_eq!(added.reviewed, Some(Review::Added));
    assert_eq!(added.coded.trigger.start, 49);
    assert_eq!(added.coded.place.as_ref().unwrap().text, "Lille");
    assert_eq!(added.coded.size[0].low, Some(40));
    assert_eq!(added.coded.evidence.len(), 2);
    assert!(added.event.is_some());
    let hits = scratch.store.search("rally health", &Selection::default(), 5).unwrap();
    assert_eq!((hits.len(), hits[0].events.len()), (1, 2), "its codes are found");
}

#[test]
fn an_added_record_stays_through_recoding() {
    let mut scratch = dataset();
    rule(&mut scratch.store, rally()).unwrap();
    merge(&scratch.store, &rules()).unwrap();
    let before = scratch.store.events().unwrap();
    // The coder now finds a strike of another status, and the very rally that the reviewer had added.
    let added = scratch.store.records().unwrap().into_iter().find(|r| r.coded.kind == "rally").unwrap();
    let mut again = added.coded.clone();
    again.id = "e2".into();
    again.size.clear();
    let names: Vec<String> = scratch.store.reports().unwrap().into_iter().map(|r| r.report.id).collect();
    assert_eq!(names, ["a.txt", "b.txt"]);
    let coded: Vec<Vec<Record>> = scratch
        .store
        .reports()
        .unwrap()
        .iter()
        .map(|report| scratch.store.records_of(report.key).unwrap().into_iter().map(|(_, r)| r).collect())
        .collect();
    let summary = scratch
        .store
        .recode("codebook-2", |report| match report.report.id.as_str() {
            "a.txt" => vec![coded[0][0].clone(), Record::Event(again.clone())],
            _ => coded[1].clone(),
        })
        .unwrap();
    assert_eq!((summary.differences.len(), summary.without_effect.len()), (0, 0));
    let kept = scratch.store.record(&added.uid).unwrap();
    assert_eq!((kept.coded.size.len(), kept.review), (1, Some(Review::Added)), "the reviewer's word stands");
    merge(&scratch.store, &rules()).unwrap();
    assert_eq!(scratch.store.events().unwrap(), before);
    assert_eq!(scratch.store.check().unwrap().faults, []);
}

#[test]
fn what_an_added_record_quotes_stands_in_the_report() {
    let mut scratch = dataset();
    for (value, word) in [
        (json!({"decide": "add", "report": "a.txt", "words": "looted", "kind": "looting"}), "looted"),
        (json!({"decide": "add", "report": "c.txt", "words": "rallied", "kind": "rally"}), "c.txt"),
        (json!({"decide": "add", "report": "a.txt", "words": "rallied"}), "kind"),
        (
            json!({"decide": "add", "report": "a.txt", "words": "rallied", "kind": "rally", "plaice": 1}),
            "plaice",
        ),
        (
            json!({"decide": "add", "report": "a.txt", "words": "rallied", "kind": "rally", "time": "noon"}),
            "noon",
        ),
        (
            json!({"decide": "add", "report": "a.txt", "words": "rallied", "kind": "rally",
                   "actors": [{"role": "workers", "text": "dockers", "span": [0, 7]}]}),
            "dockers",
        ),
        (
            json!({"decide": "add", "report": "a.txt", "words": "rallied", "kind": "rally", "claims": ["c1"]}),
            "claims",
        ),
    ] {
        let error = decide(&mut scratch, value.clone()).unwrap_err();
        assert!(error.contains(word), "{value}: {error}");
    }
    assert_eq!(scratch.store.counts().unwrap().decisions, 0);
    rule(&mut scratch.store, rally()).unwrap();
    let again = rule(&mut scratch.store, rally()).unwrap_err().error.to_string();
    assert!(again.contains("already"), "{again}");
    // A decision made by hand, around the forms: what it quotes is looked at all the same.
    let decisions = scratch.store.decisions().unwrap();
    let mut record = decisions[0].after.clone();
    record["trigger"]["text"] = json!("marched");
    let forged = NewDecision {
        subject: decisions[0].subject.clone(),
        field: "add".into(),
        before: Value::Null,
        after: record,
        coder: "eve".into(),
        time: "2024-04-01T12:00:00Z".parse().unwrap(),
        note: None,
    };
    assert!(scratch.store.decide(&forged).unwrap_err().to_string().contains("marched"));
    assert_eq!(scratch.store.counts().unwrap().decisions, 1);
}

#[test]
fn forgetting_takes_an_added_record_and_its_decision_along() {
    let mut scratch = dataset();
    rule(&mut scratch.store, rally()).unwrap();
    merge(&scratch.store, &rules()).unwrap();
    let forgotten = scratch.store.forget(&["a.txt".into()]).unwrap();
    assert_eq!((forgotten.records, forgotten.events, forgotten.decisions), (2, 2, 1));
    assert_eq!(scratch.store.check().unwrap().faults, [], "the chain holds");
    assert!(scratch.store.decisions().unwrap()[0].forgotten);
    let bytes = std::fs::read(scratch.store.path()).unwrap();
    assert!(!bytes.windows(6).any(|window| window == b"nurses"));
    merge(&scratch.store, &rules()).unwrap();
    assert_eq!(scratch.store.counts().unwrap().events, 1);
}

#[test]
fn a_rejected_record_takes_part_in_no_merge_until_it_is_reopened() {
    let mut scratch = dataset();
    rule(&mut scratch.store, rally()).unwrap();
    merge(&scratch.store, &rules()).unwrap();
    let rally = scratch.store.events().unwrap().into_iter().find(|e| e.kind.value == "rally").unwrap();
    decide(&mut scratch, json!({"decide": "reject", "subject": rally.id})).unwrap();
    merge(&scratch.store, &rules()).unwrap();
    assert_eq!(scratch.store.counts().unwrap().events, 2);
    assert_eq!(scratch.store.record(&rally.records[0]).unwrap().review, Some(Review::Rejected));
    decide(&mut scratch, json!({"decide": "reopen", "subject": rally.records[0]})).unwrap();
    merge(&scratch.store, &rules()).unwrap();
    assert_eq!(scratch.store.event(&rally.id).unwrap(), rally);
}

#[test]
fn corrections_are_completed_and_name_what_was_before() {
    let mut scratch = dataset();
    let strike = scratch.store.events().unwrap().into_iter().find(|e| e.kind.value == "strike").unwrap();
    let uid = &strike.records[0];
    decide(
        &mut scratch,
        json!({"decide": "correct", "subject": uid, "field": "status", "value": "attempted"}),
    )
    .unwrap();
    decide(
        &mut scratch,
        json!({"decide": "correct", "subject": uid, "field": "time", "value": "2024-03-05"}),
    )
    .unwrap();
    decide(
        &mut scratch,
        json!({"decide": "correct", "subject": strike.id, "field": "kind", "value": "lockout"}),
    )
    .unwrap();
    let record = scratch.store.record(uid).unwrap();
    assert_eq!((record.coded.status, record.review), (Status::Attempted, Some(Review::Corrected)));
    assert_eq!(record.coded.time.unwrap().text, "struck", "a value without words rests on the action's");
    let decisions = scratch.store.decisions().unwrap();
    assert_eq!(decisions[0].before, json!("happened"));
    assert_eq!(decisions[1].before["start"], json!("2024-03-04"));
    assert_eq!(decisions[2].before, json!("strike"));
    merge(&scratch.store, &rules()).unwrap();
    let event = scratch.store.event(&strike.id).unwrap();
    assert_eq!((event.kind.value.as_str(), event.kind.decided), ("lockout", true));
    for (field, value, word) in [
        ("colour", json!("red"), "colour"),
        ("status", json!("perhaps"), "status"),
        ("evidence", json!([[0, 3]]), "rests on"),
        ("size", json!([{"low": 3, "words": "three"}]), "three"),
    ] {
        let error = decide(
            &mut scratch,
            json!({"decide": "correct", "subject": uid, "field": field, "value": value}),
        )
        .unwrap_err();
        assert!(error.contains(word), "{field}: {error}");
    }
}

#[test]
fn of_rulings_given_together_all_are_taken_or_none() {
    let mut scratch = dataset();
    let time = "2024-04-01T12:00:00Z".parse().unwrap();
    let ruling = |value| Ruling { verdict: verdict(value), coder: "ada".into(), time, note: None };
    let events: Vec<String> = scratch.store.events().unwrap().into_iter().map(|event| event.id).collect();
    let both = [
        ruling(json!({"decide": "merge", "events": events})),
        ruling(json!({"decide": "accept", "subject": "ev-nobody"})),
    ];
    let refused = scratch.store.rule(&both, |_| Ok(())).unwrap_err();
    assert_eq!(refused.number, 1);
    assert_eq!(scratch.store.counts().unwrap().decisions, 0);
    let forbidden = scratch.store.rule(&both[..1], |decision| Err(format!("no {}", decision.field)));
    assert!(forbidden.unwrap_err().to_string().contains("no merge"));
    // A later ruling sees what an earlier one added.
    let uid = {
        let mut other = dataset();
        rule(&mut other.store, rally()).unwrap();
        other.store.decisions().unwrap()[0].subject.clone()
    };
    let rulings = [
        Ruling { verdict: rally(), coder: "ada".into(), time, note: Some("told in passing".into()) },
        ruling(json!({"decide": "correct", "subject": uid, "field": "kind", "value": "march"})),
    ];
    assert_eq!(scratch.store.rule(&rulings, |_| Ok(())).unwrap(), [1, 2]);
    assert_eq!(scratch.store.record(&uid).unwrap().coded.kind, "march");
}

#[test]
fn splitting_names_records_of_that_event_only() {
    let mut scratch = dataset();
    let events = scratch.store.events().unwrap();
    let stray = events[1].records[0].clone();
    let error = decide(&mut scratch, json!({"decide": "split", "event": events[0].id, "groups": [[stray]]}))
        .unwrap_err();
    assert!(error.contains("is no record of"), "{error}");
    let error = decide(&mut scratch, json!({"decide": "merge", "events": [events[0].id]})).unwrap_err();
    assert!(error.contains("two events"), "{error}");
}
