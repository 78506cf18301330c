//! Where and when: one place and one time for each draft, chosen among the mentions of its sentence, the narrative so far
//! and the document as a whole; lists then distribute.

use doleance_packs::{Codebook, KindId};
use doleance_places::ResolvedPlace;
use doleance_records::PlaceLevel;
use doleance_text::{Date, SentenceId, Span, TokenId};

use crate::choices::{Choices, Features};
use crate::code::arguments::Syntax;
use crate::code::claims::FoundClaim;
use crate::code::draft::Draft;
use crate::code::nearness::{Nearness, measure};

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
    /// Names a place, rather than a government or a nationality.
    pub location: bool,
    /// Belongs to who says it: *selon le parquet de Bobigny*.
    pub of_source: bool,
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
    for (number, draft) in drafts.iter().enumerate() {
        let mut places = place_candidates(stage, draft, &is_action, &narrative);
        rank(&stage.choices.place, &mut places);
        watch.places(number, &places);
        let mut times = time_candidates(stage, draft, &is_action, &narrative);
        rank(&stage.choices.time, &mut times);
        watch.times(number, &times);
        let place = places.first().and_then(|c| c.chosen);
        let time = times.first().and_then(|c| c.chosen);
        let setting = Setting { places: list_of_places(stage, place), times: list_of_times(stage, time) };
        let moves_on = !time.is_some_and(|time| is_aside(stage, draft, time, &is_action));
        narrative.advance(stage, draft, place, time, moves_on);
        settings.push(setting);
        scores.push(places.first().map_or(f32::MIN, |c| c.score));
    }
    give_lists_to_one_action(stage, drafts, &mut settings, &scores);
    settings
}

/// A list of places belongs to one action of its sentence: the one that it suits best. Another action of the sentence
/// keeps only the one place that it chose.
fn give_lists_to_one_action(stage: &Stage, drafts: &[Draft], settings: &mut [Setting], scores: &[f32]) {
    let list_of = |setting: &Setting| {
        let chosen = setting.places.first().filter(|_| setting.places.len() > 2)?;
        Some(stage.places[chosen.option].list)
    };
    for number in 0..drafts.len() {
        let Some(list) = list_of(&settings[number]) else { continue };
        let outdone = (0..drafts.len()).any(|other| {
            other != number
                && list_of(&settings[other]) == Some(list)
                && (scores[other], std::cmp::Reverse(other)) > (scores[number], std::cmp::Reverse(number))
        });
        if outdone {
            let nearest = settings[number]
                .places
                .iter()
                .min_by_key(|c| stage.places[c.option].head.0.abs_diff(drafts[number].head.0))
                .copied();
            settings[number].places = nearest.into_iter().collect();
        }
    }
}

#[derive(Default)]
struct Narrative {
    place: Option<usize>,
    place_sentence: u32,
    time: Option<usize>,
    time_sentence: u32,
    /// For each family of kinds, where and when it was last said to have been, and in which sentence.
    of_family: Vec<(KindId, Option<usize>, Option<usize>, u32)>,
}

impl Narrative {
    /// Where and when the report last told of the same kind of action, and how many sentences ago.
    fn told_of(&self, family: KindId, sentence: SentenceId) -> (Option<usize>, Option<usize>, u32) {
        let last = self.of_family.iter().find(|f| f.0 == family);
        last.map_or((None, None, 0), |f| (f.1, f.2, sentence.0.saturating_sub(f.3).min(3)))
    }
}

/// The kind that mentions of a kind are told again under.
fn family(codebook: &Codebook, kind: KindId) -> KindId {
    codebook.page(kind).same_as.as_deref().and_then(|k| codebook.kind(k)).unwrap_or(kind)
}

impl Narrative {
    /// Takes over what a draft tells; its time only where the narrative `moves_on` to it.
    fn advance(
        &mut self,
        stage: &Stage,
        draft: &Draft,
        place: Option<Chosen>,
        time: Option<Chosen>,
        moves_on: bool,
    ) {
        if let Some(chosen) = place {
            let said = chosen.source == Source::Sentence && stage.places[chosen.option].location;
            if said && (stage.places[chosen.option].level != PlaceLevel::Country || self.place.is_none()) {
                self.place = Some(chosen.option);
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
        (last.1, last.2) = (place_said.or(last.1), said(time).or(last.2));
        if place_said.is_some() || said(time).is_some() {
            last.3 = draft.sentence.0;
        }
        if let Some(chosen) = time.filter(|_| moves_on)
            && (chosen.source == Source::Sentence || self.time.is_none())
        {
            self.time = Some(chosen.option);
            self.time_sentence = draft.sentence.0;
        }
    }
}

/// Whether a time belongs to a clause beside the action's (*the movement launched on 17 October*): it is background, and
/// the narrative stays where it was.
fn is_aside(stage: &Stage, draft: &Draft, time: Chosen, is_action: &[bool]) -> bool {
    let option = &stage.times[time.option];
    if time.source != Source::Sentence || side(stage, option) != "long-before" {
        return false;
    }
    let near = measure(stage.syntax, draft.head, draft.arguments.predicate, option.head, is_action);
    near.clauses > 0 && !near.below
}

/// Whether a day long past stands in a clause that tells which person or thing is meant (*the governor arrested on 9
/// July*): it dates nothing outside that clause. After an action (*the march held in 2016*) it may.
fn is_of_another(stage: &Stage, draft: &Draft, time: usize) -> bool {
    let doc = stage.syntax.document;
    let option = &stage.times[time];
    if side(stage, option) != "long-before" {
        return false;
    }
    let clause = doc.ancestors(option.head).find(|&t| doc.universal_relation(t) == "acl");
    let Some((clause, noun)) = clause.and_then(|clause| Some((clause, doc.head(clause)?))) else {
        return false;
    };
    let own = draft.arguments.predicate.unwrap_or(draft.head);
    let inside = doc.dominates(clause, draft.head) || doc.dominates(clause, own);
    noun != draft.head && noun != own && !inside
}

/// Whether a mention stands in a clause that tells more of a person or thing (*the leader, who spoke in Soweto, called for
/// a strike*), and the action does not.
fn is_in_relative_clause_of_another(stage: &Stage, draft: &Draft, mention: TokenId) -> bool {
    let doc = stage.syntax.document;
    let Some(clause) = doc.ancestors(mention).find(|&t| doc.universal_relation(t) == "acl") else {
        return false;
    };
    let own = draft.arguments.predicate.unwrap_or(draft.head);
    let noun = doc.head(clause);
    !doc.dominates(clause, draft.head) && !doc.dominates(clause, own) && noun != Some(draft.head)
}

fn rank(model: &crate::choices::LinearModel, candidates: &mut [Candidate]) {
    for candidate in candidates.iter_mut() {
        candidate.score = model.score(&candidate.features);
    }
    // Stable: the first of equals, which is the one that stands first in the text.
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
}

fn level_name(level: PlaceLevel) -> &'static str {
    match level {
        PlaceLevel::Country => "country",
        PlaceLevel::Admin1 => "admin1",
        PlaceLevel::Admin2 => "admin2",
        PlaceLevel::City => "city",
        PlaceLevel::District => "district",
        PlaceLevel::Site => "site",
    }
}

fn place_candidates(
    stage: &Stage,
    draft: &Draft,
    is_action: &[bool],
    narrative: &Narrative,
) -> Vec<Candidate> {
    let doc = stage.syntax.document;
    let kind = stage.codebook.page(draft.kind);
    let same = |a: usize, b: Option<usize>| b.is_some_and(|b| stage.places[a].id == stage.places[b].id);
    let mut in_sentence = found_options(stage, draft.sentence);
    // What has spread is where the verb says that it went, not where it came from.
    let is_goal = |&n: &usize| stage.places[n].head > draft.head;
    let has_goal = draft.has_spread && in_sentence.iter().any(is_goal);
    if has_goal {
        in_sentence.retain(is_goal);
    }
    let mut found: Vec<Candidate> = Vec::new();
    let last = last_town(stage, draft.sentence);
    let (of_kind, _, of_kind_age) = narrative.told_of(family(stage.codebook, draft.kind), draft.sentence);
    let mut add = |option: usize, source: Source, near: Option<(Nearness, bool)>| {
        let place = &stage.places[option];
        let mut features = Features::default();
        let source_name = source.name();
        let level = level_name(place.level);
        features.add(format_args!("source={source_name}"));
        features.add(format_args!("source={source_name}&level={level}"));
        features.add(format_args!("kind={}&level={level}", kind.parent));
        features.add(format_args!("scene={}&source={source_name}&level={level}", kind.scene));
        if same(option, narrative.place) {
            let age = (draft.sentence.0.saturating_sub(narrative.place_sentence)).min(3);
            features.add(format_args!("narrative={age}"));
            features.add(format_args!("narrative&source={source_name}&level={level}"));
        }
        if same(option, of_kind) {
            features.add(format_args!("of-kind&source={source_name}"));
            features.add(format_args!("of-kind={of_kind_age}&level={level}"));
        }
        if source != Source::Sentence && is_local(place) {
            let held = |&n: &usize| stage.places[n].location && contains(&stage.places[n], place);
            if in_sentence.iter().any(held) {
                features.add(format_args!("inside-region-of-sentence"));
            }
            let only = stage.places.iter().filter(|p| is_local(p)).all(|p| p.id == place.id);
            features.add(format_args!("only-town={only}&scene={}", kind.scene));
        }
        if source != Source::Sentence && same(option, last) {
            let age = draft.sentence.0.saturating_sub(stage.places[option].sentence.0).min(4);
            features.add(format_args!("last-town={age}"));
            features.add(format_args!("last-town&scene={}", kind.scene));
        }
        if same(option, stage.town) {
            features.add(format_args!("main-town&source={source_name}"));
            features.add(format_args!("main-town&share={}&source={source_name}", town_share(stage)));
        }
        if source != Source::Sentence && place.level == PlaceLevel::Country {
            let said = is_named(stage, option);
            features.add(format_args!("country-named={said}&scene={}", kind.scene));
            let town = stage.town.is_some();
            features.add(format_args!("country-beside-town={town}&scene={}", kind.scene));
        }
        if same(option, stage.country) {
            features.add(format_args!("main-country&source={source_name}"));
        } else if let (Some(country), Some(own)) = (stage.country, &place.country) {
            let home = stage.places[country].country.as_ref() == Some(own);
            features.add(format_args!("home={home}"));
        }
        let holds_town = stage.town.is_some_and(|town| contains(place, &stage.places[town]));
        if source == Source::Sentence && holds_town {
            features.add(format_args!(
                "contains-main-town={}&source={source_name}&level={level}",
                town_share(stage)
            ));
        }
        // After a sentence on Beirut, *the Lebanese protests* mostly went on there.
        if place.level == PlaceLevel::Country && last.is_some_and(|town| contains(place, &stage.places[town]))
        {
            let said = source == Source::Sentence && place.location;
            features.add(format_args!("holds-last-town&said={said}&scene={}", kind.scene));
        }
        if place.dateline {
            features.add(format_args!("dateline"));
        }
        // "Peru: miners block a road in Puno".
        let inside =
            |&n: &usize| stage.places[n].location && contains(place, &stage.places[n]) && n != option;
        if source == Source::Sentence && in_sentence.iter().any(inside) {
            features.add(format_args!("holds-place-of-sentence&level={level}"));
        }
        if source == Source::Sentence && place.of_source {
            features.add(format_args!("of-source&level={level}"));
        }
        if !place.location && !place.dateline {
            features.add(format_args!("no-location&level={level}"));
            let home = stage.country.and_then(|c| stage.places[c].country.as_ref()) == place.country.as_ref();
            features.add(format_args!("no-location&home={home}"));
            let town = stage.town.is_some();
            features.add(format_args!("no-location&town-told={town}&scene={}&level={level}", kind.scene));
        }
        if let Some((near, nearest)) = near {
            features.add(format_args!("nearest={nearest}"));
            features.add(format_args!("edges={}", bucket(near.edges)));
            features.add(format_args!("clauses={}", near.clauses.min(2)));
            features.add(format_args!("actions={}", near.actions.min(2)));
            features.add(format_args!("verbs={}", near.verbs.min(2)));
            features.add(format_args!("before={}&below={}", near.before, near.below));
            if is_in_relative_clause_of_another(stage, draft, place.head) {
                features.add(format_args!("relative-clause"));
            }
            features.add(format_args!("relation={}", doc.universal_relation(place.head)));
            // A region that holds the town told of only says where that town is.
            let names_it = place.location && !holds_town;
            if names_it && !near.below && near.clauses == 0 && near.actions == 0 {
                features.add(format_args!("same-clause&location"));
            }
            if near.below && near.clauses == 0 && near.actions == 0 {
                features.add(format_args!("own-clause"));
                if names_it {
                    features.add(format_args!("own-clause&location"));
                }
            }
        }
        found.push(Candidate { chosen: Some(Chosen { option, source }), features, score: 0.0 });
    };
    let ways: Vec<Nearness> = in_sentence
        .iter()
        .map(|&n| {
            measure(stage.syntax, draft.head, draft.arguments.predicate, stage.places[n].head, is_action)
        })
        .collect();
    let nearest = ways.iter().map(|w| w.words).min();
    for (&number, near) in in_sentence.iter().zip(&ways) {
        add(number, Source::Sentence, Some((*near, nearest == Some(near.words))));
    }
    if has_goal {
        return found;
    }
    // A police force named after the town does not say that it happened there; the report as a whole may.
    let absent = |n: usize| {
        !in_sentence.iter().any(|&s| stage.places[s].location && stage.places[s].id == stage.places[n].id)
    };
    if let Some(place) = narrative.place.filter(|&p| absent(p)) {
        add(place, Source::Narrative, None);
    }
    let last_town = last_town(stage, draft.sentence).filter(|&t| absent(t) && !same(t, narrative.place));
    if let Some(town) = last_town {
        add(town, Source::Narrative, None);
    }
    let of_kind = of_kind.filter(|&p| absent(p) && !same(p, narrative.place) && !same(p, last_town));
    if let Some(place) = of_kind {
        add(place, Source::Narrative, None);
    }
    for place in [stage.town, stage.country].into_iter().flatten() {
        let offered = [narrative.place, last_town, of_kind].into_iter().any(|o| same(place, o));
        if absent(place) && !offered {
            add(place, Source::Document, None);
        }
    }
    if narrative.place.is_none() && stage.town.is_none() {
        // The first place that the next sentences name: headlines are told again in full.
        let next = stage.places.iter().enumerate().find(|(n, p)| {
            p.sentence > draft.sentence && p.sentence.0 <= draft.sentence.0 + 2 && absent(*n) && p.location
        });
        if let Some((number, _)) = next {
            add(number, Source::Document, None);
        }
    }
    found
}

/// The town that the report last told of before a sentence.
fn last_town(stage: &Stage, sentence: SentenceId) -> Option<usize> {
    stage.places.iter().rposition(|p| p.sentence < sentence && p.location && is_local(p))
}

fn is_local(place: &PlaceOption) -> bool {
    matches!(place.level, PlaceLevel::City | PlaceLevel::District) && (place.location || place.dateline)
}

/// Whether the report names a country as a place, rather than leave it to be understood.
fn is_named(stage: &Stage, country: usize) -> bool {
    let own = &stage.places[country].id;
    stage.places.iter().any(|p| p.id == *own && p.location && p.sentence != SentenceId(u32::MAX))
}

/// Whether a country or region holds a town.
fn contains(region: &PlaceOption, town: &PlaceOption) -> bool {
    match region.level {
        PlaceLevel::Country => region.country == town.country,
        PlaceLevel::Admin1 => town.resolved.admin1.as_deref() == Some(region.resolved.name.as_str()),
        _ => false,
    }
}

/// How much of what the report says about towns is about its main one.
fn town_share(stage: &Stage) -> &'static str {
    let Some(town) = stage.town else { return "none" };
    // "Oakland police" tells of Oakland, though it is no place of an action.
    let is_town = |p: &PlaceOption| matches!(p.level, PlaceLevel::City | PlaceLevel::District);
    let all = stage.places.iter().filter(|p| is_town(p)).count();
    let own = stage.places.iter().filter(|p| is_town(p)).filter(|p| p.id == stage.places[town].id).count();
    let early = stage.places[town].sentence.0 < 2;
    match (2 * own >= all, early) {
        (true, true) => "most-early",
        (true, false) => "most-late",
        (false, true) => "part-early",
        (false, false) => "part-late",
    }
}

fn bucket(edges: u32) -> u32 {
    match edges {
        0 | 1 => 1,
        2 => 2,
        3 | 4 => 3,
        _ => 5,
    }
}

fn found_options(stage: &Stage, sentence: SentenceId) -> Vec<usize> {
    (0..stage.places.len())
        .filter(|&n| stage.places[n].sentence == sentence && !stage.places[n].dateline)
        .collect()
}

fn time_candidates(
    stage: &Stage,
    draft: &Draft,
    is_action: &[bool],
    narrative: &Narrative,
) -> Vec<Candidate> {
    let doc = stage.syntax.document;
    let kind = stage.codebook.page(draft.kind);
    let status = if draft.status.status == doleance_records::Status::Happened { "happened" } else { "other" };
    let tense = draft
        .arguments
        .predicate
        .map_or("none", |p| doc.feature(p, "Tense").or_else(|| doc.feature(p, "VerbForm")).unwrap_or("none"));
    let (_, of_kind, of_kind_age) = narrative.told_of(family(stage.codebook, draft.kind), draft.sentence);
    // "this day of strikes" was told of before.
    let demonstrative = doc.children_by(draft.head, "det").any(|det| doc.has_feature(det, "PronType", "Dem"));
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |option: Option<usize>, source: &str, near: Option<(Nearness, bool)>| {
        let mut features = Features::default();
        match option {
            None => {
                features.add(format_args!("open"));
                features.add(format_args!("open&status={status}"));
            }
            Some(option) => {
                let time = &stage.times[option];
                features.add(format_args!("source={source}"));
                features.add(format_args!("source={source}&day={}", time.is_day));
                features.add(format_args!("source={source}&tense={tense}"));
                features.add(format_args!("source={source}&sustained={}", kind.sustained));
                features.add(format_args!("can-date={}", time.can_date));
                let side = side(stage, time);
                features.add(format_args!("side={side}&status={status}"));
                features.add(format_args!("source={source}&side={side}"));
                if kind.speech {
                    features.add(format_args!("speech&side={side}"));
                }
                if same_time(stage, option, of_kind) {
                    features.add(format_args!("of-kind&source={source}"));
                    features.add(format_args!("of-kind={of_kind_age}&day={}", time.is_day));
                }
                if source == "narrative" {
                    let age = (draft.sentence.0.saturating_sub(narrative.time_sentence)).min(3);
                    features.add(format_args!("narrative={age}"));
                    features.add(format_args!("narrative={age}&side={side}"));
                }
                if demonstrative {
                    features.add(format_args!("demonstrative&source={source}"));
                }
                if let Some((near, nearest)) = near {
                    features.add(format_args!("nearest={nearest}"));
                    features.add(format_args!("edges={}", bucket(near.edges)));
                    features.add(format_args!("clauses={}", near.clauses.min(2)));
                    features.add(format_args!("actions={}", near.actions.min(2)));
                    features.add(format_args!("verbs={}", near.verbs.min(2)));
                    features.add(format_args!("before={}&below={}", near.before, near.below));
                    if near.below && near.clauses == 0 && near.actions == 0 {
                        features.add(format_args!("own-clause"));
                    }
                    if near.clauses > 0 && !near.below {
                        features.add(format_args!("aside&side={side}"));
                    }
                }
            }
        }
        let kind_of_source = match source {
            "sentence" => Source::Sentence,
            "narrative" | "kind" => Source::Narrative,
            _ => Source::Document,
        };
        let chosen = option.map(|option| Chosen { option, source: kind_of_source });
        found.push(Candidate { chosen, features, score: 0.0 });
    };
    // What was said or done does not lie after the report that tells of it.
    let done = status == "happened" && (kind.speech || tense == "Past");
    let possible = |&n: &usize| !(done && side(stage, &stage.times[n]) == "after");
    let ways: Vec<(usize, Nearness)> = (0..stage.times.len())
        .filter(|&n| stage.times[n].mention.is_some() && stage.times[n].sentence == draft.sentence)
        .filter(possible)
        .filter(|&n| !is_of_another(stage, draft, n))
        .map(|n| {
            let head = stage.times[n].head;
            (n, measure(stage.syntax, draft.head, draft.arguments.predicate, head, is_action))
        })
        .collect();
    let nearest = ways.iter().map(|(_, way)| way.words).min();
    for &(number, way) in &ways {
        add(Some(number), "sentence", Some((way, nearest == Some(way.words))));
    }
    let other_sentence = |t: &usize| {
        let time = &stage.times[*t];
        // What other sentences plan does not date what happened, whatever the verb.
        let planned = status == "happened" && side(stage, time) == "after";
        (time.sentence != draft.sentence || time.mention.is_none()) && !planned
    };
    let last = narrative.time.filter(other_sentence);
    if let Some(time) = last {
        add(Some(time), "narrative", None);
    }
    let same = |a: usize, b: Option<usize>| same_time(stage, a, b);
    let of_kind = of_kind.filter(other_sentence).filter(|&t| !same(t, last));
    if let Some(time) = of_kind {
        add(Some(time), "kind", None);
    }
    let lede = lede_day(stage).filter(other_sentence).filter(|&l| !same(l, last) && !same(l, of_kind));
    if let Some(time) = lede {
        add(Some(time), "lede", None);
    }
    let today = stage.times.iter().rposition(|t| t.mention.is_none());
    if let Some(today) = today.filter(|&t| !same(t, last) && !same(t, lede) && !same(t, of_kind)) {
        add(Some(today), "today", None);
    }
    add(None, "open", None);
    found
}

fn same_time(stage: &Stage, a: usize, b: Option<usize>) -> bool {
    b.is_some_and(|b| {
        (stage.times[a].start, stage.times[a].end) == (stage.times[b].start, stage.times[b].end)
    })
}

/// Where a time lies, seen from the day of publication.
fn side(stage: &Stage, time: &TimeOption) -> &'static str {
    let (Some(published), Some(start)) = (stage.published, time.start.or(time.end)) else { return "unknown" };
    let end = time.end.unwrap_or(published);
    if start > published {
        return "after";
    }
    if end >= published {
        return "at";
    }
    let days = published.since(end).map_or(i32::MAX, |span| span.get_days());
    if days <= 8 { "just-before" } else { "long-before" }
}

/// The day that the first sentences tell of: what news is about unless it says otherwise.
fn lede_day(stage: &Stage) -> Option<usize> {
    stage.times.iter().position(|t| {
        t.mention.is_some()
            && t.can_date
            && t.is_day
            && t.sentence.0 < 4
            && matches!(side(stage, t), "at" | "just-before" | "unknown")
    })
}

/// The chosen place and, where it stands in a list in the sentence, the others of the list.
fn list_of_places(stage: &Stage, chosen: Option<Chosen>) -> Vec<Chosen> {
    let Some(chosen) = chosen else { return Vec::new() };
    if chosen.source != Source::Sentence {
        return vec![chosen];
    }
    let list = stage.places[chosen.option].list;
    let mut all: Vec<Chosen> = Vec::new();
    for (option, place) in stage.places.iter().enumerate() {
        let repeated = all.iter().any(|c| stage.places[c.option].id == place.id);
        if place.list == list && place.location && !repeated {
            all.push(Chosen { option, source: chosen.source });
        }
    }
    if all.is_empty() { vec![chosen] } else { all }
}

fn list_of_times(stage: &Stage, chosen: Option<Chosen>) -> Vec<Chosen> {
    let Some(chosen) = chosen else { return Vec::new() };
    if chosen.source != Source::Sentence || !stage.times[chosen.option].is_day {
        return vec![chosen];
    }
    let list = stage.times[chosen.option].list;
    let all: Vec<Chosen> = stage
        .times
        .iter()
        .enumerate()
        .filter(|(_, t)| t.list == list && t.is_day && t.mention.is_some())
        .map(|(option, _)| Chosen { option, source: chosen.source })
        .collect();
    if all.is_empty() { vec![chosen] } else { all }
}

/// Numbers the lists: mentions of one sentence that only function words and commas part share a number.
pub fn number_lists(syntax: Syntax, spans: &[(Span, SentenceId)]) -> Vec<usize> {
    use doleance_text::ud::Upos;
    let doc = syntax.document;
    let is_place_noun = |token: TokenId| syntax.grammar.place_nouns.holds(doc, syntax.words, token);
    let mut lists = Vec::with_capacity(spans.len());
    for (number, (span, sentence)) in spans.iter().enumerate() {
        let joined = number > 0 && spans[number - 1].1 == *sentence && {
            let between = doc.tokens_in(Span::new(spans[number - 1].0.end, span.start));
            let mut separated = false;
            let mut only_function_words = true;
            for token in between.map(TokenId) {
                match doc.upos(token) {
                    Upos::Punct => separated |= matches!(doc.form(token), "," | ";" | "/" | "-" | "–"),
                    Upos::Cconj => separated = true,
                    Upos::Adp | Upos::Det => {}
                    // "in Atyrau and in the southern towns of the Almaty region": these only say what the names are.
                    _ if is_place_noun(token) => {}
                    Upos::Adj if doc.head(token).is_some_and(is_place_noun) => {}
                    _ => only_function_words = false,
                }
            }
            separated && only_function_words
        };
        let last = lists.last().copied();
        lists.push(match last {
            Some(list) if joined => list,
            Some(list) => list + 1,
            None => 0,
        });
    }
    lists
}
