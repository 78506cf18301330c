//! Where and when a report last told of, as it goes on from action to action.

use doleance_packs::{Codebook, KindId};
use doleance_records::PlaceLevel;
use doleance_text::{SentenceId, TokenId};

use super::{Chosen, Source, Stage};
use crate::code::draft::Draft;

/// What the report told of last.
#[derive(Default)]
pub(super) struct Narrative {
    pub(super) place: Option<usize>,
    pub(super) place_sentence: u32,
    pub(super) time: Option<usize>,
    pub(super) time_sentence: u32,
    /// The day of the first action of which the first sentences name one.
    pub(super) first_day: Option<usize>,
    /// Whether days head the parts of the report, so that its first day is not that of the rest.
    pub(super) is_labelled: bool,
    /// For each family of kinds, where and when it was last said to have been, and in which sentence.
    of_family: Vec<(KindId, Option<usize>, Option<usize>, u32)>,
}

/// In what the story moves on to where and when a draft is; a first place it takes over in any case.
#[derive(Clone, Copy)]
pub(super) struct Advance {
    pub(super) in_time: bool,
    /// Whether the day is taken over for further mentions of the same kind.
    pub(super) of_kind: bool,
    pub(super) in_place: bool,
}

impl Narrative {
    /// Where and when the report last told of the same kind of action, and how many sentences ago.
    pub(super) fn told_of(
        &self,
        family: KindId,
        sentence: SentenceId,
    ) -> (Option<usize>, Option<usize>, u32) {
        let last = self.of_family.iter().find(|f| f.0 == family);
        last.map_or((None, None, 0), |f| (f.1, f.2, sentence.0.saturating_sub(f.3).min(3)))
    }

    /// Goes on at a time that heads what follows.
    pub(super) fn move_to(&mut self, stage: &Stage, time: usize) {
        self.time = Some(time);
        self.time_sentence = stage.times[time].sentence.0;
        self.is_labelled = true;
    }

    /// Goes on at a day at the head of a sentence.
    pub(super) fn go_on_at(&mut self, stage: &Stage, time: usize) {
        self.time = Some(time);
        self.time_sentence = stage.times[time].sentence.0;
    }

    /// Takes over what a draft tells, so far as the narrative moves on to it.
    pub(super) fn advance(
        &mut self,
        stage: &Stage,
        draft: &Draft,
        place: Option<Chosen>,
        time: Option<Chosen>,
        advance: Advance,
    ) {
        if let Some(chosen) = place {
            // A story comes back to its own country as a whole; another country it only speaks of.
            let own = &stage.places[chosen.option].id;
            let is_home = stage.country.is_some_and(|home| stage.places[home].id == *own);
            let said = chosen.source == Source::Sentence && stage.places[chosen.option].location;
            if said
                && (advance.in_place || self.place.is_none())
                && (is_home
                    || stage.places[chosen.option].level != PlaceLevel::Country
                    || self.place.is_none())
            {
                self.place = Some(town_of(stage, chosen.option));
                self.place_sentence = draft.sentence.0;
            }
        }
        let said = |c: Option<Chosen>| c.filter(|c| c.source == Source::Sentence).map(|c| c.option);
        let family = family(stage.codebook, draft.kind);
        let last = match self.of_family.iter().position(|f| f.0 == family) {
            Some(number) => &mut self.of_family[number],
            None => {
                self.of_family.push((family, None, None, 0));
                let end = self.of_family.len() - 1;
                &mut self.of_family[end]
            }
        };
        let place_said = said(place).filter(|&p| stage.places[p].location);
        // What is told aside dates neither what follows nor what is told of the same kind again.
        let time_said = said(time).filter(|_| advance.of_kind);
        (last.1, last.2) = (place_said.or(last.1), time_said.or(last.2));
        if place_said.is_some() || time_said.is_some() {
            last.3 = draft.sentence.0;
        }
        if let Some(day) = time_said.filter(|&t| super::times::is_lede_day(stage, t))
            && self.first_day.is_none()
        {
            self.first_day = Some(day);
        }
        if let Some(chosen) = time.filter(|_| advance.in_time)
            && (chosen.source == Source::Sentence || self.time.is_none())
        {
            self.time = Some(chosen.option);
            self.time_sentence = draft.sentence.0;
        }
    }
}

/// Whether a mention stands behind a semicolon that ends the clause of an action, beside another one: *was held in his
/// office; seven workers were sentenced in 2015*.
pub(super) fn is_told_after(stage: &Stage, action: TokenId, mention: TokenId, is_action: &[bool]) -> bool {
    let doc = stage.syntax.document;
    let Some(mark) = (action.0..mention.0).map(TokenId).find(|&t| doc.form(t) == ";") else { return false };
    doc.ancestors(mention).any(|t| t > mark && is_action[t.index()])
}

/// Whether two sentences stand in one paragraph of a report that has several: `None` where it has but one.
pub(super) fn in_one_paragraph(stage: &Stage, earlier: u32, later: SentenceId) -> Option<bool> {
    let doc = stage.syntax.document;
    let text = doc.text();
    if !text.trim().contains('\n') || earlier as usize >= doc.sentences().len() {
        return None;
    }
    let (from, to) = (doc.sentence(SentenceId(earlier)).span.end, doc.sentence(later).span.start);
    Some(!text.get(from as usize..to as usize).unwrap_or("\n").contains('\n'))
}

/// The town of a square or prison, whose own actions are told with its name; another place is what it is.
fn town_of(stage: &Stage, place: usize) -> usize {
    let is_site = stage.places[place].level == PlaceLevel::Site;
    let is_its_town = |p: &super::PlaceOption| p.implied && p.span == stage.places[place].span;
    if is_site && stage.places.get(place + 1).is_some_and(is_its_town) { place + 1 } else { place }
}

/// The kind that mentions of a kind are told again under.
pub(super) fn family(codebook: &Codebook, kind: KindId) -> KindId {
    codebook.page(kind).same_as.as_deref().and_then(|k| codebook.kind(k)).unwrap_or(kind)
}
