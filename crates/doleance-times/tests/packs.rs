//! The shipped packs load and every rule proves itself.

mod support;

use doleance_times::{TimePack, check};

fn pack(language: &str) -> TimePack {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/languages");
    let read = |name: &str| std::fs::read_to_string(format!("{root}/{language}/{name}")).unwrap();
    TimePack::from_toml(&read("times.toml"), &read("numbers.toml")).unwrap_or_else(|e| panic!("{e}"))
}

fn prove(language: &str) {
    let findings = check(&pack(language), support::document);
    let shown: Vec<String> =
        findings.iter().map(|f| format!("{}\n    {}\n    {}", f.rule, f.sentence, f.message)).collect();
    assert!(shown.is_empty(), "{} findings\n{}", shown.len(), shown.join("\n"));
}

#[test]
fn every_french_rule_wins_its_examples_and_no_counter_example() {
    prove("fr");
}

#[test]
fn every_english_rule_wins_its_examples_and_no_counter_example() {
    prove("en");
}

/// The same proofs over the shipped syntax models: rules must not hang on how a text is cut into words.
fn prove_with_trees(language: &str) {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/languages");
    let model = std::fs::read(format!("{root}/{language}/syntax.model")).unwrap();
    let model = doleance_syntax::SyntaxModel::from_bytes(model).unwrap();
    let findings = check(&pack(language), |text| model.annotate(text));
    let shown: Vec<String> =
        findings.iter().map(|f| format!("{}\n    {}\n    {}", f.rule, f.sentence, f.message)).collect();
    assert!(shown.is_empty(), "{} findings\n{}", shown.len(), shown.join("\n"));
}

#[test]
fn french_proofs_hold_over_trees() {
    prove_with_trees("fr");
}

#[test]
fn english_proofs_hold_over_trees() {
    prove_with_trees("en");
}
