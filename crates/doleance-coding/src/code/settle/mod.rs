//! Where and when: one place and one time for each draft, chosen among the mentions of its sentence, the narrative so far
//! and the document as a whole; lists then distribute.
//!
//! `places` and `times` collect what may be chosen, each candidate with its features; `narrative` keeps what was told
//! last; `relative` reads *where*, `spread` tells what is in no one town; `lists` takes the others of a list along.

mod lists;
mod narrative;
mod places;
mod relative;
mod spread;
mod times;

use doleance_packs::Codebook;
use doleance_places::ResolvedPlace;
use doleance_records::{PlaceLevel, Status};
use doleance_text::ud::Upos;
use doleance_text::{Date, SentenceId, Span, TokenId};

pub use lists::number_lists;

use crate::choices::{Choices, Features};
use crate::code::arguments::Syntax;
use crate::code::claims::FoundClaim;
use crate::code::draft::Draft;
use lists::{give_lists_to_one_action, list_of_places, list_of_times};
use narrative::{Advance, Narrative};
use places::place_candidates;
use spread::{included_towns, is_all_over};
use times::{is_aside, time_candidates};

/// A place that a document mentions and that an action may have.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceOption {
    /// Number of the mention in the place annotation that it rests on; `None` for the country of the source.
    pub mention: Option<usize>,
    /// The place itself.
    pub resolved: ResolvedPlace,
    /// The word that the rest of the sentence attaches to.
    pub head: TokenId,
    /// The words.
    pub span: Span,
    /// Identity of the place: two mentions of one place share it.
    pub id: String,
    /// Level.
    pub level: PlaceLevel,
    /// Country code.
    pub country: Option<String>,
    /// Sentence.
    pub sentence: SentenceId,
    /// Mentions that stand in one list share a number.
    pub list: usize,
    /// Only the line of origin before the report.
    pub dateline: bool,
    /// Not named itself: the town of a site that is.
    pub implied: bool,
    /// The capital of its country: many a report on the rest of the country is written there.
    pub capital: bool,
    /// Names a place, rather than a government or a nationality.
    pub location: bool,
    /// Belongs to who says it: *selon le parquet de Bobigny*.
    pub of_source: bool,
    /// The people or body that it tells more of: *a retired policeman from Metz*, *the prefect of the Somme*.
    pub describes: Option<Described>,
    /// What something is shared with or turned against: *its border with Colombia*.
    pub counterpart: bool,
}

/// People or a body that a place describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Described {
    /// The word that bears their role.
    pub head: TokenId,
    /// Whether they are an authority or its force, so that the place is what they are set over.
    pub is_authority: bool,
}

/// A time that a document mentions and that an action may have.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeOption {
    /// Number of the mention in the time annotation; `None` for the day of publication.
    pub mention: Option<usize>,
    /// The word that the rest of the sentence attaches to.
    pub head: TokenId,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// Sentence.
    pub sentence: SentenceId,
    /// Mentions that stand in one list share a number.
    pub list: usize,
    /// A day, rather than a month or a year.
    pub is_day: bool,
    /// Can date an event by itself.
    pub can_date: bool,
    /// The first day of a stretch that opens its sentence (*From Monday, …*), as an option of its own: the story goes on
    /// from it.
    pub first_day: Option<usize>,
    /// Only the first day of another option, which the sentence does not offer by itself.
    pub is_first_day: bool,
}

impl TimeOption {
    /// Has gone on up to a day: *depuis lundi*.
    pub fn goes_on_until(&self, day: Option<Date>) -> bool {
        self.mention.is_some() && self.start < self.end && self.end == day
    }

    /// Begins on a day and has no end yet: *à partir de lundi*.
    pub fn is_open_ended(&self) -> bool {
        self.start.is_some() && self.end.is_none()
    }
}

/// How a value was come by, from the surest to the least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A mention in the same sentence.
    Sentence,
    /// What the narrative last spoke of.
    Narrative,
    /// What the document as a whole is about, or its day of publication.
    Document,
}

impl Source {
    fn name(self) -> &'static str {
        match self {
            Source::Sentence => "sentence",
            Source::Narrative => "narrative",
            Source::Document => "document",
        }
    }
}

/// A chosen option with its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Number of the option.
    pub option: usize,
    /// How it was come by.
    pub source: Source,
}

/// What is chosen for one draft: every place of a list, every day of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Places; empty where the report does not say.
    pub places: Vec<Chosen>,
    /// Times; empty where the report does not say.
    pub times: Vec<Chosen>,
    /// It went on all over the first place: *across Lebanon*, *in dozens of towns*.
    pub is_spread: bool,
}

/// Everything the choice looks at.
pub struct Stage<'a> {
    /// Words and trees.
    pub syntax: Syntax<'a>,
    /// The codebook.
    pub codebook: &'a Codebook,
    /// The trained models.
    pub choices: &'a Choices,
    /// Places of the document.
    pub places: &'a [PlaceOption],
    /// Times of the document. One of them is the day of publication, where that is known: it has no mention.
    pub times: &'a [TimeOption],
    /// The country the document is about, as an option.
    pub country: Option<usize>,
    /// The town the document is about, as an option.
    pub town: Option<usize>,
    /// How much of what the document says about towns is about that one, as a value of features.
    pub town_share: &'static str,
    /// Places that head a part of the report each, with the text of that part.
    pub headings: &'a [(Span, usize)],
    /// The first line of origin, as an option.
    pub dateline: Option<usize>,
    /// Day of publication.
    pub published: Option<Date>,
}

/// A candidate with its features, as the trainer and `trace` see it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What would be chosen; `None` to leave it open.
    pub chosen: Option<Chosen>,
    /// Its features.
    pub features: Features,
    /// Its score.
    pub score: f32,
}

/// Which of the choices a caller wants to look into.
pub trait Watch {
    /// Called with the place candidates of a draft, before the best is taken.
    fn places(&mut self, draft: usize, candidates: &[Candidate]);
    /// Called with the time candidates of a draft.
    fn times(&mut self, draft: usize, candidates: &[Candidate]);
    /// Called with two mentions of one kind, before they are joined or kept apart: the drafts of the earlier record, the
    /// later draft, and what speaks for and against.
    fn pair(&mut self, earlier: &[usize], later: usize, features: &Features);
    /// Called with each claim, before it is kept or dropped.
    fn claim(&mut self, claim: &FoundClaim, features: &Features);
}

/// Looks at nothing.
pub struct NoWatch;

impl Watch for NoWatch {
    fn places(&mut self, _: usize, _: &[Candidate]) {}
    fn times(&mut self, _: usize, _: &[Candidate]) {}
    fn pair(&mut self, _: &[usize], _: usize, _: &Features) {}
    fn claim(&mut self, _: &FoundClaim, _: &Features) {}
}

/// Chooses for every draft, in text order.
pub fn settle(stage: &Stage, drafts: &[Draft], watch: &mut dyn Watch) -> Vec<Setting> {
    let mut is_action = vec![false; stage.syntax.document.tokens().len()];
    for draft in drafts {
        is_action[draft.head.index()] = true;
    }
    let mut settings: Vec<Setting> = Vec::with_capacity(drafts.len());
    let mut scores: Vec<f32> = Vec::with_capacity(drafts.len());
    let mut narrative = Narrative::default();
    let labels = labels(stage);
    let mut labels = labels.iter().peekable();
    let scenes = days_of_scenes(stage, drafts);
    let mut scenes = scenes.iter().peekable();
    for (number, draft) in drafts.iter().enumerate() {
        while let Some(&label) = labels.next_if(|&&l| stage.times[l].sentence < draft.sentence) {
            narrative.move_to(stage, label);
        }
        while let Some(&scene) = scenes.next_if(|&&s| stage.times[s].sentence < draft.sentence) {
            narrative.go_on_at(stage, scene);
        }
        let mut places = place_candidates(stage, draft, &is_action, &narrative);
        rank(&stage.choices.place, &mut places);
        watch.places(number, &places);
        let mut times = time_candidates(stage, draft, &is_action, &narrative);
        rank(&stage.choices.time, &mut times);
        watch.times(number, &times);
        let best = places.first().and_then(|c| c.chosen);
        let is_said = best.is_some_and(|c| c.source == Source::Sentence && stage.places[c.option].location);
        let same = acted_on(drafts, number).filter(|_| !is_said);
        let place = same.and_then(|other| settings[other].places.first().copied()).or(best);
        let time = times.first().and_then(|c| c.chosen);
        let alone = relative::taken_up(stage, draft).is_some_and(|t| !t.with_list);
        let listed = if alone { place.into_iter().collect() } else { list_of_places(stage, place) };
        let is_spread = place.is_some_and(|p| is_all_over(stage, draft, p));
        let mut setting = Setting { places: listed, times: list_of_times(stage, time), is_spread };
        setting.places.extend(included_towns(stage, draft));
        let moves_on = !time.is_some_and(|time| is_aside(stage, draft, time, &is_action));
        // What is only announced, and what went on in several towns as well, leaves the story where it is.
        let announced = matches!(
            draft.status.status,
            Status::Planned | Status::CalledFor | Status::Threatened | Status::Hypothetical
        );
        let is_elsewhere = announced || setting.places.len() > 1;
        // What has gone on since Monday says nothing of when other things happened.
        let goes_on = time.is_some_and(|t| stage.times[t.option].goes_on_until(stage.published));
        let advance = Advance { in_time: moves_on && !goes_on, of_kind: moves_on, in_place: !is_elsewhere };
        narrative.advance(stage, draft, place, time, advance);
        let begins = time.filter(|t| t.source == Source::Sentence && moves_on);
        if let Some(first) = begins.and_then(|t| stage.times[t.option].first_day) {
            narrative.go_on_at(stage, first);
        }
        settings.push(setting);
        scores.push(places.first().map_or(f32::MIN, |c| c.score));
    }
    give_lists_to_one_action(stage, drafts, &mut settings, &scores);
    settings
}

/// The earlier action of the same sentence that an action is done to: *the movement was put down*, *the march was banned*.
fn acted_on(drafts: &[Draft], number: usize) -> Option<usize> {
    let draft = &drafts[number];
    let before = drafts[..number].iter().enumerate().rev().take_while(|(_, d)| d.sentence == draft.sentence);
    let objects = &draft.arguments.object;
    before.filter(|(_, d)| objects.contains(&d.head)).map(|(n, _)| n).next()
}

/// The days that stand as a sentence or heading of their own (*Monday.*, *6 novembre 1971*): what follows happened then.
fn labels(stage: &Stage) -> Vec<usize> {
    let doc = stage.syntax.document;
    let is_label = |&number: &usize| {
        let time = &stage.times[number];
        let words = || doc.words(time.sentence).filter(|&w| doc.upos(w) != Upos::Punct);
        time.mention.is_some()
            && !time.is_first_day
            && time.is_day
            && time.can_date
            && words().count() <= LABEL
            && words().all(|w| w == time.head || doc.dominates(time.head, w))
    };
    (0..stage.times.len()).filter(is_label).collect()
}

/// The days at the head of a sentence that tells of no action (*On Wednesday afternoon a group of men emptied bins.*):
/// what follows happened then.
fn days_of_scenes(stage: &Stage, drafts: &[Draft]) -> Vec<usize> {
    let doc = stage.syntax.document;
    let is_scene = |&number: &usize| {
        let time = &stage.times[number];
        let is_recent = matches!(times::side(stage, time), "at" | "just-before");
        let verb = doc.head(time.head).filter(|&v| doc.universal_relation(v) == "root" && time.head < v);
        time.mention.is_some()
            && !time.is_first_day
            && time.is_day
            && time.can_date
            && is_recent
            && verb.is_some()
            && !drafts.iter().any(|d| d.sentence == time.sentence)
    };
    (0..stage.times.len()).filter(is_scene).collect()
}

/// Words of the longest label: *le vendredi 6 novembre 1971*.
const LABEL: usize = 5;

fn rank(model: &crate::choices::LinearModel, candidates: &mut [Candidate]) {
    for candidate in candidates.iter_mut() {
        candidate.score = model.score(&candidate.features);
    }
    // Stable: the first of equals, which is the one that stands first in the text.
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
}

fn bucket(edges: u32) -> u32 {
    match edges {
        0 | 1 => 1,
        2 => 2,
        3 | 4 => 3,
        _ => 5,
    }
}
