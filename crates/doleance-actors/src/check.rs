//! Executes the examples and counter-examples that every section, group and rule of the actor data carries.
//!
//! An example marks with brackets the words that the rule must find; a counter-example is a sentence in which the rule must
//! find nothing.

use doleance_packs::Marked;
use doleance_text::{Document, Span};
use doleance_times::NumberMention;

use crate::find::find_actors;
use crate::mention::{Actors, RuleId};
use crate::pack::ActorPack;
use crate::quantities::{QuantityMention, find_quantities};

/// An example that does not come out as it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: String,
    /// Its example or counter-example.
    pub sentence: String,
    /// What came out instead.
    pub message: String,
}

/// Runs all examples and counter-examples. `annotate` makes a document of a sentence, `numbers` finds its numbers.
pub fn check(
    pack: &ActorPack,
    annotate: impl Fn(&str) -> Document,
    numbers: impl Fn(&Document) -> Vec<NumberMention>,
) -> Vec<Finding> {
    let mut prover = Prover { pack, annotate, numbers, findings: Vec::new() };
    for (number, section) in pack.lexicon.sections.iter().enumerate() {
        let rule = RuleId(number as u16);
        for sentence in &section.examples {
            prover.expect(&section.id, sentence, |found, span| found.has_actor(pack, rule, span));
        }
        for sentence in &section.counter_examples {
            prover.refuse(&section.id, sentence, |found| found.any_actor(pack, rule));
        }
    }
    for (number, group) in pack.quantities.groups.iter().enumerate() {
        let rule = RuleId(number as u16);
        for sentence in &group.examples {
            prover.expect(&group.id, sentence, |found, span| {
                found
                    .quantities
                    .iter()
                    .any(|q| q.rule == Some(rule) && q.kind == group.kind && q.span == span)
            });
        }
        for sentence in &group.counter_examples {
            prover.refuse(&group.id, sentence, |found| {
                found.quantities.iter().find(|q| q.rule == Some(rule)).map(|q| q.span)
            });
        }
    }
    for example in &pack.quantities.speaker_examples {
        prover.expect("speakers", &example.text, |found, span| {
            found.quantities.iter().any(|q| {
                q.span == span && q.said_by.is_some_and(|s| s.of(found.document.text()) == example.said_by)
            })
        });
    }
    for sentence in &pack.quantities.speaker_counter_examples {
        prover.refuse("speakers", sentence, |found| found.quantities.iter().find_map(|q| q.said_by));
    }
    prover.findings
}

impl ActorPack {
    /// How many rules, examples and counter-examples the pack has.
    pub fn counts(&self) -> (usize, usize, usize) {
        let sections = &self.lexicon.sections;
        let groups = &self.quantities.groups;
        let speakers = &self.quantities;
        (
            sections.len() + groups.len() + 1,
            sections.iter().map(|s| s.examples.len()).sum::<usize>()
                + groups.iter().map(|g| g.examples.len()).sum::<usize>()
                + speakers.speaker_examples.len(),
            sections.iter().map(|s| s.counter_examples.len()).sum::<usize>()
                + groups.iter().map(|g| g.counter_examples.len()).sum::<usize>()
                + speakers.speaker_counter_examples.len(),
        )
    }
}

/// What was found in one sentence.
struct Found {
    document: Document,
    actors: Actors,
    quantities: Vec<QuantityMention>,
}

impl Found {
    fn has_actor(&self, pack: &ActorPack, rule: RuleId, span: Span) -> bool {
        if rule == pack.rules.person_rule {
            return self.actors.persons.iter().any(|p| p.span == span);
        }
        self.actors.mentions.iter().any(|m| {
            m.rule == rule
                && m.core_span.overlaps(span)
                && (m.span.contains(span) || span.contains(m.core_span))
        })
    }

    fn any_actor(&self, pack: &ActorPack, rule: RuleId) -> Option<Span> {
        if rule == pack.rules.person_rule {
            return self.actors.persons.first().map(|p| p.span);
        }
        self.actors.mentions.iter().find(|m| m.rule == rule).map(|m| m.span)
    }
}

struct Prover<'a, A, N> {
    pack: &'a ActorPack,
    annotate: A,
    numbers: N,
    findings: Vec<Finding>,
}

impl<A: Fn(&str) -> Document, N: Fn(&Document) -> Vec<NumberMention>> Prover<'_, A, N> {
    fn find(&self, text: &str) -> Found {
        let document = (self.annotate)(text);
        let actors = find_actors(self.pack, &document, &[]);
        let quantities = find_quantities(self.pack, &document, &(self.numbers)(&document), &actors);
        Found { document, actors, quantities }
    }

    fn expect(&mut self, rule: &str, example: &str, holds: impl Fn(&Found, Span) -> bool) {
        let marked = Marked::parse(example);
        let Some(span) = marked.span else {
            return self.fail(rule, example, "marks no words with brackets".to_owned());
        };
        let found = self.find(&marked.text);
        if !holds(&found, span) {
            let text = found.document.text();
            let actors = found
                .actors
                .mentions
                .iter()
                .map(|m| format!("{} ({})", m.span.of(text), self.pack.rule(m.rule)));
            let quantities = found.quantities.iter().map(|q| {
                let speaker = q.said_by.map_or("", |s| s.of(text));
                format!("{} {:?} {speaker}", q.span.of(text), q.kind)
            });
            let seen: Vec<String> = actors.chain(quantities).collect();
            self.fail(rule, example, format!("not found; found instead: {}", seen.join("; ")));
        }
    }

    fn refuse(&mut self, rule: &str, sentence: &str, finds: impl Fn(&Found) -> Option<Span>) {
        let found = self.find(sentence);
        if let Some(span) = finds(&found) {
            self.fail(rule, sentence, format!("the rule finds \"{}\"", span.of(found.document.text())));
        }
    }

    fn fail(&mut self, rule: &str, sentence: &str, message: String) {
        self.findings.push(Finding { rule: rule.to_owned(), sentence: sentence.to_owned(), message });
    }
}
