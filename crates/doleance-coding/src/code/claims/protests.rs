//! What a protest is for or against, where no cue says so but its own words: *a march for jobs*, *struck against the law*.

use doleance_packs::ClassSet;
use doleance_records::Stance;
use doleance_text::TokenId;
use doleance_text::ud::Upos;

use super::cues::ClaimCue;
use super::{FoundClaim, Place, Reader};
use crate::code::arguments::is_verb;
use crate::code::draft::Draft;
use crate::grammar::WordSet;

const PROTEST_FOR: &str = "claim.protest-for";
const PROTEST_AGAINST: &str = "claim.protest-against";
const PROTEST_AGAINST_FURTHER: &str = "claim.protest-against-further-on";

/// How many words after a protest the words *against X* may stand.
const AGAINST_REACH: u32 = 16;

impl Reader<'_> {
    /// "a march against X", "a strike for Y": complements of the protest itself or of its predicate.
    pub(super) fn under_draft(&self, number: usize, draft: &Draft, found: &mut Vec<FoundClaim>) {
        let doc = self.syntax.document;
        // "a strike to denounce X": the verb has its own stance, and its object is what the claim names.
        let speaks_itself = |t: TokenId| {
            let mut cues = self.cues.phrases.matches_at(doc, self.syntax.words, self.classes, t);
            is_verb(doc, t) && cues.next().is_some()
        };
        let near = [Some(draft.head), draft.arguments.predicate.filter(|p| *p != draft.head)];
        for above in near.into_iter().flatten() {
            for &child in doc.children(above) {
                if draft.words.contains(&child.0)
                    || !matches!(doc.universal_relation(child), "obl" | "nmod" | "advcl")
                    || speaks_itself(child)
                {
                    continue;
                }
                let (id, stance) = if self.syntax.has_case(child, &self.cues.against) {
                    (PROTEST_AGAINST, Stance::Against)
                } else if above == draft.head && self.syntax.has_case(child, &self.cues.favour) {
                    (PROTEST_FOR, Stance::For)
                } else {
                    continue;
                };
                let needs_issue = stance == Stance::For || doc.upos(child) != Upos::Noun;
                let cue = own_cue(id, stance, needs_issue);
                let claimants = &draft.arguments.subject;
                let at = Place { cue: &cue, head: above, claimants, draft: Some(number) };
                self.push_coordinated(at, child, found);
            }
        }
        self.against_further_on(number, draft, found);
    }

    /// "a strike at the refinery on Tuesday against [the pension plan]": the tree often hangs such words on the last noun.
    fn against_further_on(&self, number: usize, draft: &Draft, found: &mut Vec<FoundClaim>) {
        let doc = self.syntax.document;
        let end = doc.sentence(draft.sentence).words.end.min(draft.words.end + AGAINST_REACH);
        for child in (draft.words.end..end).map(TokenId) {
            let Some(above) = doc.head(child).filter(|&h| h >= draft.head && !is_verb(doc, h)) else {
                continue;
            };
            let is_own = above == draft.head || Some(above) == draft.arguments.predicate;
            if is_own || !doc.upos(child).is_nominal() || !self.syntax.has_case(child, &self.cues.against) {
                continue;
            }
            let cue = own_cue(PROTEST_AGAINST_FURTHER, Stance::Against, true);
            let claimants = &draft.arguments.subject;
            let at = Place { cue: &cue, head: above, claimants, draft: Some(number) };
            self.push_coordinated(at, child, found);
        }
    }
}

/// A cue that is no word of the pack: the protest itself.
fn own_cue(id: &str, stance: Stance, needs_issue: bool) -> ClaimCue {
    ClaimCue {
        id: id.to_owned(),
        words: Vec::new(),
        stance,
        examples: Vec::new(),
        counter_examples: Vec::new(),
        content: Vec::new(),
        markers: WordSet::default(),
        subject: ClassSet::NONE,
        subject_unless: ClassSet::NONE,
        needs_issue,
    }
}
