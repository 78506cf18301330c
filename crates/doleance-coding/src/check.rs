//! Proof of the data: every rule, trigger and codebook entry on its own examples and counter-examples.

use doleance_packs::{Example, Marked};
use doleance_text::{Date, Report, Span};

use crate::code::draft::find_hits;
use crate::code::settle::NoWatch;
use crate::coded::{CodingOptions, Workings, work};
use crate::pack::{LanguagePack, LanguagePacks, Shared};

/// An entry that its examples do not prove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The entry.
    pub id: String,
    /// The sentence.
    pub example: String,
    /// What is wrong, and how to mend it.
    pub problem: String,
}

/// What was proved, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Number of entries looked at.
    pub entries: usize,
    /// Number of sentences run.
    pub sentences: usize,
    /// What failed.
    pub findings: Vec<Finding>,
}

/// Examples are read as published on this day, a Wednesday.
const PUBLISHED: Date = Date::constant(2020, 6, 10);

/// Proves all packs and the codebook.
pub fn check(packs: &LanguagePacks) -> Proof {
    let mut proof = Proof::default();
    let shared = match packs.shared() {
        Ok(shared) => shared,
        Err(error) => {
            proof.fail("pack", "", error.to_string());
            return proof;
        }
    };
    for language in packs.languages() {
        match packs.get(language) {
            Ok(Some(pack)) => check_language(pack, shared, &mut proof),
            Ok(None) => {}
            Err(error) => proof.fail(&language.0, "", error.to_string()),
        }
    }
    proof
}

impl Proof {
    fn fail(&mut self, id: &str, example: &str, problem: impl Into<String>) {
        self.findings.push(Finding {
            id: id.to_owned(),
            example: example.to_owned(),
            problem: problem.into(),
        });
    }
}

struct Prover<'a> {
    pack: &'a LanguagePack,
    shared: &'a Shared,
}

impl Prover<'_> {
    fn work(&self, text: &str) -> Workings<'_> {
        let mut report = Report::new("example", text);
        report.published = Some(PUBLISHED);
        work(
            self.pack,
            self.shared,
            &self.shared.choices,
            &report,
            &CodingOptions::default(),
            0.0,
            &mut NoWatch,
        )
    }
}

fn check_language(pack: &LanguagePack, shared: &Shared, proof: &mut Proof) {
    let prover = Prover { pack, shared };
    check_triggers(&prover, proof);
    check_status(&prover, proof);
    check_claims(&prover, proof);
    check_links(&prover, proof);
    check_issues(&prover, proof);
    check_kinds(&prover, proof);
    check_stages(pack, shared, proof);
}

fn check_triggers(prover: &Prover, proof: &mut Proof) {
    for (id, trigger) in prover.pack.triggers.iter() {
        proof.entries += 1;
        for example in &trigger.examples {
            proof.sentences += 1;
            let marked = Marked::parse(example.text());
            let Some(span) = marked.span else {
                proof.fail(&trigger.id, example.text(), "no words are marked with brackets");
                continue;
            };
            let found = prover.work(&marked.text);
            let syntax = found.annotation.syntax(prover.pack);
            let near = |from: u32, to: u32| {
                let tokens = prover_tokens(&found);
                let start = tokens[from as usize].span.start;
                let end = tokens[to as usize - 1].span.end;
                Span::new(start, end).overlaps(span)
            };
            // It must hold by its own words, and a trigger of its kind must win there: of two that say the same, either may.
            let holds = find_hits(syntax, &prover.pack.triggers, &found.annotation.classes)
                .iter()
                .any(|(hit, _)| hit.trigger == id && near(hit.words.start, hit.words.end));
            let winner = found.drafts.iter().find(|d| d.span(syntax).overlaps(span));
            match winner {
                _ if !holds => {
                    proof.fail(&trigger.id, example.text(), "it does not hold at the marked words")
                }
                None => proof.fail(&trigger.id, example.text(), "nothing is found at the marked words"),
                Some(draft) if draft.kind != trigger.kind => {
                    let rival = &prover.pack.triggers.get(draft.trigger).id;
                    proof.fail(&trigger.id, example.text(), format!("{rival} wins at the marked words"));
                }
                Some(draft) => {
                    let got = draft.status.status.name();
                    if example.status().is_some_and(|wanted| wanted != got) {
                        let wanted = example.status().unwrap_or_default();
                        proof.fail(&trigger.id, example.text(), format!("its status is {got}, not {wanted}"));
                    }
                }
            }
        }
        for example in &trigger.counter_examples {
            proof.sentences += 1;
            let text = Marked::parse(example.text()).text;
            if prover.work(&text).drafts.iter().any(|d| d.trigger == id) {
                proof.fail(&trigger.id, example.text(), "it holds in its counter-example");
            }
        }
    }
}

fn prover_tokens<'a>(found: &'a Workings) -> &'a [doleance_text::Token] {
    found.annotation.document.tokens()
}

fn check_status(prover: &Prover, proof: &mut Proof) {
    for cue in prover.pack.status.cues() {
        proof.entries += 1;
        for (example, is_counter) in both(&cue.examples, &cue.counter_examples) {
            proof.sentences += 1;
            let marked = Marked::parse(example.text());
            let found = prover.work(&marked.text);
            let syntax = found.annotation.syntax(prover.pack);
            let Some(draft) =
                found.drafts.iter().find(|d| marked.span.is_none_or(|s| d.span(syntax).overlaps(s)))
            else {
                proof.fail(&cue.id, example.text(), "no action is found at the marked words");
                continue;
            };
            let got = draft.status.status.name();
            if example.status().is_some_and(|wanted| wanted != got) {
                proof.fail(&cue.id, example.text(), format!("the status is {got} by {}", draft.status.rule));
            } else if (draft.status.rule == cue.id) == is_counter {
                let by = &draft.status.rule;
                proof.fail(&cue.id, example.text(), format!("the status comes from {by}"));
            }
        }
    }
}

fn check_claims(prover: &Prover, proof: &mut Proof) {
    for cue in prover.pack.claims.cues() {
        proof.entries += 1;
        for (example, is_counter) in both(&cue.examples, &cue.counter_examples) {
            proof.sentences += 1;
            let marked = Marked::parse(example.text());
            let found = prover.work(&marked.text);
            let wanted = marked.span.unwrap_or(Span::new(0, u32::MAX));
            let holds = found.claims.iter().any(|c| c.rule == cue.id && c.span.overlaps(wanted));
            if holds == is_counter {
                let others: Vec<_> = found
                    .claims
                    .iter()
                    .map(|c| format!("{} by {}", c.span.of(&marked.text), c.rule))
                    .collect();
                proof.fail(&cue.id, example.text(), format!("claims found: [{}]", others.join("; ")));
            }
        }
    }
}

fn check_links(prover: &Prover, proof: &mut Proof) {
    for cue in prover.pack.links.cues() {
        proof.entries += 1;
        for (example, is_counter) in both(&cue.examples, &cue.counter_examples) {
            proof.sentences += 1;
            let text = Marked::parse(example.text()).text;
            let found = prover.work(&text);
            if found.links.iter().any(|l| l.rule == cue.id) == is_counter {
                let kinds: Vec<_> =
                    found.outlines.iter().map(|o| prover.shared.codebook.page(o.kind).id.as_str()).collect();
                proof.fail(&cue.id, example.text(), format!("records found: [{}]", kinds.join(", ")));
            }
        }
    }
}

fn check_issues(prover: &Prover, proof: &mut Proof) {
    for term in prover.pack.issues.terms() {
        proof.entries += 1;
        for (example, is_counter) in both(&term.examples, &term.counter_examples) {
            proof.sentences += 1;
            let text = Marked::parse(example.text()).text;
            let found = prover.work(&text);
            let annotation = &found.annotation;
            let all = 0..annotation.document.tokens().len() as u32;
            let mut hits =
                prover.pack.issues.matches(&annotation.document, &annotation.words, &annotation.classes, all);
            if hits.any(|(t, _, _)| t.id == term.id) == is_counter {
                let problem = if is_counter {
                    "its words stand in its counter-example"
                } else {
                    "none of its words is found"
                };
                proof.fail(&term.id, example.text(), problem);
            }
        }
    }
}

fn check_kinds(prover: &Prover, proof: &mut Proof) {
    let language = &prover.pack.language.0;
    for kind in prover.shared.codebook.kinds() {
        proof.entries += 1;
        let has_trigger =
            prover.pack.triggers.iter().any(|(_, t)| prover.shared.codebook.page(t.kind).id == kind.id);
        if !has_trigger {
            proof.fail(&kind.id, "", format!("it has no trigger in {language}"));
        }
        let Some(examples) = kind.examples.get(language) else {
            proof.fail(&kind.id, "", format!("its page has no examples in {language}"));
            continue;
        };
        for (example, is_counter) in both(&examples.positive, &examples.negative) {
            proof.sentences += 1;
            let marked = Marked::parse(example.text());
            let found = prover.work(&marked.text);
            let syntax = found.annotation.syntax(prover.pack);
            let wanted = marked.span.filter(|_| !is_counter).unwrap_or(Span::new(0, u32::MAX));
            let of_kind = |id| prover.shared.codebook.page(id).id == kind.id;
            let holds = found.drafts.iter().any(|d| of_kind(d.kind) && d.span(syntax).overlaps(wanted));
            if holds == is_counter {
                let kinds: Vec<_> =
                    found.drafts.iter().map(|d| prover.shared.codebook.page(d.kind).id.as_str()).collect();
                proof.fail(
                    &kind.id,
                    example.text(),
                    format!("({language}) kinds found: [{}]", kinds.join(", ")),
                );
            }
        }
    }
}

/// The crates that find times, places and actors prove their own data.
fn check_stages(pack: &LanguagePack, shared: &Shared, proof: &mut Proof) {
    let annotate = |text: &str| pack.annotate(text);
    for found in doleance_times::check(&pack.times, annotate) {
        proof.fail(&found.rule, &found.sentence, found.message);
    }
    for found in doleance_places::check(&pack.places, &shared.gazetteer, annotate) {
        proof.fail(&format!("{} line {}", found.table, found.line), "", found.message);
    }
    let numbers = |document: &doleance_text::Document| doleance_times::find_numbers(&pack.times, document);
    for found in doleance_actors::check(&pack.actors, annotate, numbers) {
        proof.fail(&found.rule, &found.sentence, found.message);
    }
}

fn both<'a>(yes: &'a [Example], no: &'a [Example]) -> impl Iterator<Item = (&'a Example, bool)> {
    yes.iter().map(|e| (e, false)).chain(no.iter().map(|e| (e, true)))
}
