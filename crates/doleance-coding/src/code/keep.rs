//! Is this trigger an event here? The trigger's prior belief, moved by what stands around it.

use doleance_packs::{ClassSet, Codebook, Trigger};
use doleance_text::{SentenceId, TokenId};

use crate::choices::{Choices, Features, linear::logistic};
use crate::code::arguments::{Syntax, is_verb};
use crate::code::draft::Draft;
use crate::code::quotes::quotations;
use crate::code::settle::{Setting, Source};

/// The features of one draft.
pub struct Looks<'a> {
    /// Words and trees.
    pub syntax: Syntax<'a>,
    /// The codebook.
    pub codebook: &'a Codebook,
    /// Classes of every word.
    pub classes: &'a [ClassSet],
    /// Which words stand inside quotation marks.
    pub quoted: &'a [bool],
}

/// Log-odds of the trigger's prior belief.
pub fn prior(weight: f32) -> f32 {
    let weight = weight.clamp(0.02, 0.98);
    (weight / (1.0 - weight)).ln()
}

/// Belief, 0 to 1, that a draft is an event.
pub fn belief(choices: &Choices, draft: &Draft, features: &Features) -> f32 {
    logistic(prior(draft.weight) + choices.keep.score(features))
}

impl Looks<'_> {
    /// What stands around draft `number`: `earlier` is how many drafts of its kind came before.
    pub fn features(
        &self,
        draft: &Draft,
        trigger: &Trigger,
        setting: &Setting,
        earlier: usize,
        features: &mut Features,
    ) {
        let doc = self.syntax.document;
        let kind = self.codebook.page(draft.kind).id.as_str();
        let head = draft.head;
        features.clear();
        features.add(format_args!("bias"));
        features.add(format_args!("trigger={}", trigger.id));
        features.add(format_args!("kind={kind}"));
        let upos = doc.upos(head).name();
        features.add(format_args!("upos={upos}"));
        features.add(format_args!("construction={}", trigger.is_construction()));
        let status = draft.status.status.name();
        features.add(format_args!("status={status}"));
        if draft.status.purpose {
            features.add(format_args!("purpose"));
        }
        let relation = doc.universal_relation(head);
        features.add(format_args!("relation={relation}&upos={upos}"));
        features.add(format_args!("definite={}&upos={upos}", self.definiteness(head)));
        let number = doc.feature(head, "Number").unwrap_or("none");
        features.add(format_args!("number={number}&upos={upos}"));
        let sources = |list: &[crate::code::settle::Chosen]| {
            list.first().map_or("none", |c| match c.source {
                Source::Sentence => "sentence",
                Source::Narrative => "narrative",
                Source::Document => "document",
            })
        };
        features.add(format_args!("place={}", sources(&setting.places)));
        features.add(format_args!("time={}", sources(&setting.times)));
        let known = |list: &[TokenId]| {
            if list.is_empty() {
                "none"
            } else if list.iter().any(|t| !self.classes[t.index()].is_empty()) {
                "known"
            } else {
                "other"
            }
        };
        features.add(format_args!("subject={}&upos={upos}", known(&draft.arguments.subject)));
        features.add(format_args!("object={}&upos={upos}", known(&draft.arguments.object)));
        if self.quoted[head.index()] {
            features.add(format_args!("quoted"));
        }
        features.add(format_args!("earlier={}", earlier.min(3)));
        let tense = draft.arguments.predicate.map_or("none", |p| {
            doc.feature(p, "Tense").or_else(|| doc.feature(p, "VerbForm")).unwrap_or("bare")
        });
        features.add(format_args!("tense={tense}&upos={upos}"));
        if let Some(above) = doc.head(head).filter(|_| !is_verb(doc, head)) {
            features.add(format_args!("under={}&relation={relation}", doc.upos(above).name()));
            if !self.classes[above.index()].is_empty() {
                features.add(format_args!("under-people"));
            }
        }
    }

    fn definiteness(&self, noun: TokenId) -> &'static str {
        let doc = self.syntax.document;
        if is_verb(doc, noun) {
            return "verb";
        }
        let grammar = self.syntax.grammar;
        for &child in doc.children(noun) {
            if doc.universal_relation(child) != "det" {
                continue;
            }
            if grammar.anaphoric_determiners.holds(doc, self.syntax.words, child) {
                return "anaphoric";
            }
            return if grammar.definite_determiners.holds(doc, self.syntax.words, child) {
                "definite"
            } else {
                "other"
            };
        }
        "bare"
    }
}

/// Which words stand between quotation marks of the given kinds.
pub fn quoted_words(syntax: Syntax, open: &[String], close: &[String]) -> Vec<bool> {
    let doc = syntax.document;
    let mut quoted = vec![false; doc.tokens().len()];
    for sentence in 0..doc.sentences().len() as u32 {
        for quotation in quotations(doc, SentenceId(sentence), open, close) {
            quoted[quotation.words.start as usize..quotation.words.end as usize].fill(true);
        }
    }
    quoted
}
