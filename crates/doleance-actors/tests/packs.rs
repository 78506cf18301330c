//! The shipped packs prove themselves, with the shipped syntax models.

mod common;

use common::{model, pack, time_pack};
use doleance_actors::check;
use doleance_times::find_numbers;

fn proves_itself(language: &str) {
    let (pack, _) = pack(language);
    let (model, times) = (model(language), time_pack(language));
    let findings = check(&pack, |text| model.annotate(text), |document| find_numbers(&times, document));
    let listed: Vec<String> =
        findings.iter().map(|f| format!("{}: {} -- {}", f.rule, f.sentence, f.message)).collect();
    assert!(findings.is_empty(), "\n{}", listed.join("\n"));
    let (rules, examples, counter_examples) = pack.counts();
    assert!(rules >= 30 && examples >= 50 && counter_examples >= 30, "{rules} {examples} {counter_examples}");
}

#[test]
fn every_french_rule_finds_its_examples_and_spares_its_counter_examples() {
    proves_itself("fr");
}

#[test]
fn every_english_rule_finds_its_examples_and_spares_its_counter_examples() {
    proves_itself("en");
}

#[test]
fn the_lexicons_are_as_wide_as_promised() {
    for language in ["fr", "en"] {
        assert!(pack(language).0.len() >= 1500, "{language}");
    }
}
