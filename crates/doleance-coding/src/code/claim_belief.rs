//! Is this stretch of text a demand or grievance? The cue's prior belief, moved by who speaks, of what, and in which words.

use doleance_packs::{ClassNames, ClassSet, Codebook};
use doleance_text::TokenId;

use crate::choices::{Choices, Features, linear::logistic};
use crate::code::arguments::{Syntax, is_verb};
use crate::code::claims::FoundClaim;
use crate::code::draft::Draft;

/// What the choice looks at.
pub struct ClaimLooks<'a> {
    /// Words and trees.
    pub syntax: Syntax<'a>,
    /// The codebook.
    pub codebook: &'a Codebook,
    /// Classes of every word.
    pub classes: &'a [ClassSet],
    /// Names of the classes.
    pub names: &'a ClassNames,
    /// The drafts, by which a claim may stand.
    pub drafts: &'a [Draft],
    /// Which words stand inside quotation marks.
    pub quoted: &'a [bool],
}

/// Belief, 0 to 1, that a claim is one.
pub fn belief(choices: &Choices, features: &Features) -> f32 {
    logistic(choices.claim.score(features))
}

impl ClaimLooks<'_> {
    /// What stands around a claim.
    pub fn features(&self, claim: &FoundClaim, features: &mut Features) {
        let doc = self.syntax.document;
        features.clear();
        features.add(format_args!("bias"));
        features.add(format_args!("rule={}", claim.rule));
        let stance = if claim.stance == doleance_records::Stance::For { "for" } else { "against" };
        features.add(format_args!("stance={stance}"));
        features.add(format_args!("issue-known={}&stance={stance}", claim.has_issue));
        let upos = doc.upos(claim.head).name();
        features.add(format_args!("content={upos}&issue-known={}", claim.has_issue));
        for class in self.names.names(self.classes[claim.head.index()]) {
            features.add(format_args!("content-class={class}"));
        }
        let claimant = claim.claimants.first();
        features.add(format_args!("claimant={}", if claimant.is_some() { "known" } else { "none" }));
        // *We* say nothing of who we are.
        let is_we = |t: &&TokenId| self.syntax.grammar.speaker_pronouns.holds(doc, self.syntax.words, **t);
        let named = claimant.filter(|t| !is_we(t));
        for class in named.into_iter().flat_map(|t| self.names.names(self.classes[t.index()])) {
            features.add(format_args!("claimant-class={class}"));
        }
        let parent = claim.draft.map_or("none", |d| self.codebook.page(self.drafts[d].kind).parent.as_str());
        features.add(format_args!("under={parent}"));
        features.add(format_args!("cue-is-verb={}&stance={stance}", is_verb(doc, claim.cue)));
        let collective = |d: &&Draft| d.sentence == claim.sentence && self.codebook.page(d.kind).collective;
        features.add(format_args!("protest-in-sentence={}", self.drafts.iter().any(|d| collective(&d))));
        // "walked out to denounce the closure": what an act of protest is for.
        let purpose = self.syntax.has_case(claim.cue, &self.syntax.grammar.purpose_markers)
            && self.drafts.iter().filter(collective).any(|d| {
                let acts = d.arguments.predicate.unwrap_or(d.head);
                doc.dominates(d.head, claim.cue) || doc.dominates(acts, claim.cue)
            });
        features.add(format_args!("purpose-of-protest={purpose}"));
        features.add(format_args!("purpose-of-protest={purpose}&stance={stance}"));
        features.add(format_args!("quoted={}", self.quoted[claim.head.index()]));
        let words = doc.tokens_in(claim.span).len();
        let length = match words {
            0..=1 => "1",
            2..=4 => "4",
            5..=12 => "12",
            _ => "long",
        };
        features.add(format_args!("length={length}"));
        if self.is_negated(claim.cue) {
            features.add(format_args!("negated"));
        }
    }

    fn is_negated(&self, cue: TokenId) -> bool {
        let doc = self.syntax.document;
        let negators = &self.syntax.grammar.negators;
        doc.children(cue).iter().any(|&c| negators.holds(doc, self.syntax.words, c))
    }
}
