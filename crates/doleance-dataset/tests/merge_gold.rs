//! Merging measured against a hand-made gold: pairwise precision and recall, B³, over-count, against floors.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{fixture, rules, scratch};
use doleance_dataset::{CodedReport, merge};

/// One dispute, told by eight outlets in two languages.
const DISPUTE: &str = include_str!("gold/rail-dispute.jsonl");
/// Thirteen episodes, each with what makes merging hard.
const HARD: &str = include_str!("gold/hard-cases.jsonl");
/// Six more, written after the weights were settled on those: how merging fares on what it was not fitted to.
const FURTHER: &str = include_str!("gold/further-cases.jsonl");

struct Score {
    pair_precision: f64,
    pair_recall: f64,
    b3_precision: f64,
    b3_recall: f64,
    over_count: f64,
}

/// Compares two partitions of the same records.
fn score(found: &BTreeMap<String, String>, gold: &BTreeMap<String, String>) -> Score {
    let records: Vec<&String> = gold.keys().collect();
    let (mut both, mut in_found, mut in_gold) = (0.0, 0.0, 0.0);
    let (mut b3_precision, mut b3_recall) = (0.0, 0.0);
    for a in &records {
        let (mut same_found, mut same_gold, mut same_both) = (0.0, 0.0, 0.0);
        for b in &records {
            let f = found[*a] == found[*b];
            let g = gold[*a] == gold[*b];
            same_found += f64::from(u8::from(f));
            same_gold += f64::from(u8::from(g));
            same_both += f64::from(u8::from(f && g));
            if a < b {
                in_found += f64::from(u8::from(f));
                in_gold += f64::from(u8::from(g));
                both += f64::from(u8::from(f && g));
            }
        }
        b3_precision += same_both / same_found / records.len() as f64;
        b3_recall += same_both / same_gold / records.len() as f64;
    }
    let distinct = |map: &BTreeMap<String, String>| map.values().collect::<BTreeSet<_>>().len() as f64;
    Score {
        pair_precision: both / in_found,
        pair_recall: both / in_gold,
        b3_precision,
        b3_recall,
        over_count: distinct(found) / distinct(gold),
    }
}

/// Events found for these reports and events there, by report and record.
fn merged(gold: &str, language: Option<&str>) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let lines: Vec<_> = fixture(gold)
        .into_iter()
        .filter(|line| language.is_none_or(|language| line.language == language))
        .collect();
    let reports: Vec<CodedReport> = lines.iter().map(|line| line.coded()).collect();
    let scratch = scratch(&reports);
    merge(&scratch.store, &rules()).unwrap();
    assert_eq!(scratch.store.check().unwrap().faults, []);
    let mut found = BTreeMap::new();
    let names: BTreeMap<String, String> = scratch
        .store
        .records()
        .unwrap()
        .into_iter()
        .map(|record| (record.uid, format!("{}#{}", record.coded.doc, record.coded.id)))
        .collect();
    for (event, record, _) in scratch.store.crosswalk().unwrap() {
        found.insert(names[&record].clone(), event);
    }
    let gold = lines
        .iter()
        .flat_map(|line| {
            line.events.iter().map(|told| (format!("{}#{}", line.name, told.id), told.gold.clone()))
        })
        .collect();
    (found, gold)
}

fn scored(gold: &str, language: Option<&str>) -> Score {
    let (found, gold) = merged(gold, language);
    let score = score(&found, &gold);
    println!(
        "pairwise P {:.3} R {:.3}; B³ P {:.3} R {:.3}; over-count {:.3}",
        score.pair_precision, score.pair_recall, score.b3_precision, score.b3_recall, score.over_count
    );
    let mut by_event: Vec<(&String, &String, &String)> =
        found.iter().map(|(record, event)| (&gold[record], event, record)).collect();
    by_event.sort();
    by_event.iter().for_each(|(there, event, record)| println!("{there:<4} {event}  {record}"));
    score
}

#[test]
fn merging_reaches_its_floors_on_a_dispute_told_by_eight_outlets() {
    let score = scored(DISPUTE, None);
    assert!(score.pair_precision >= 0.95, "pairwise precision");
    assert!(score.pair_recall >= 0.95, "pairwise recall");
    assert!(score.b3_precision >= 0.96, "B³ precision");
    assert!(score.b3_recall >= 0.96, "B³ recall");
    assert!((0.95..=1.08).contains(&score.over_count), "over-count");
}

#[test]
fn merging_reaches_its_floors_on_hard_cases() {
    let score = scored(HARD, None);
    assert!(score.pair_precision >= 0.95, "pairwise precision");
    assert!(score.pair_recall >= 0.95, "pairwise recall");
    assert!(score.b3_precision >= 0.97, "B³ precision");
    assert!(score.b3_recall >= 0.97, "B³ recall");
    assert!((0.97..=1.05).contains(&score.over_count), "over-count");
}

#[test]
fn merging_reaches_its_floors_on_further_cases() {
    let score = scored(FURTHER, None);
    assert!(score.pair_precision >= 0.85, "pairwise precision");
    assert!(score.pair_recall >= 0.97, "pairwise recall");
    assert!(score.b3_precision >= 0.94, "B³ precision");
    assert!(score.b3_recall >= 0.97, "B³ recall");
    assert!((0.92..=1.05).contains(&score.over_count), "over-count");
}

#[test]
fn both_languages_together_tell_hardly_more_events_than_either() {
    let events = |language| merged(DISPUTE, language).0.values().collect::<BTreeSet<_>>().len();
    let there = |language| merged(DISPUTE, language).1.values().collect::<BTreeSet<_>>().len();
    let (french, english, both) = (events(Some("fr")), events(Some("en")), events(None));
    println!("events: fr {french}, en {english}, both {both}; there: {}", there(None));
    assert!(both < french + english - 8, "what both tell is counted once");
    assert!(both as f64 <= there(None) as f64 * 1.2);
}
