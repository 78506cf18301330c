//! Training of the statistical choices on coded reports: what the coders took is right, what they left is wrong.
//!
//! First the choices of place and time are learned from the actions that were coded; then, with these in force, the choice
//! whether a trigger is an event. The reports themselves are not kept: only weights come out.

use std::collections::BTreeMap;

use doleance_records::PlaceLevel;
use doleance_text::{Date, Report, SentenceId, Span};
use serde::Deserialize;

use crate::annotate::{Annotation, annotate};
use crate::choices::training::{Binary, Descent, Ranking, train_binary, train_ranking};
use crate::choices::{Choices, Features};
use crate::code::claims::FoundClaim;
use crate::code::keep::prior;
use crate::code::records::write;
use crate::code::settle::{Candidate, NoWatch, PlaceOption, TimeOption, Watch};
use crate::coded::{CodedReport, CodingOptions, THRESHOLD, Workings, code_annotation};
use crate::pack::{LanguagePack, Shared};

/// A report as a careful coder has coded it.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldReport {
    /// Places named, by the name that events use.
    #[serde(default)]
    pub places: BTreeMap<String, GoldPlace>,
    /// Event records.
    pub events: Vec<GoldEvent>,
    /// Claims.
    #[serde(default)]
    pub claims: Vec<GoldClaim>,
}

/// A claim of a gold file.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldClaim {
    issue: String,
    evidence: String,
}

/// A place of a gold file.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldPlace {
    level: Option<String>,
    country: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    #[serde(default)]
    names: Vec<String>,
}

/// An event of a gold file.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldEvent {
    kind: String,
    evidence: String,
    place: Option<String>,
    date_from: Option<String>,
    date_to: Option<String>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    place_any: bool,
    #[serde(default)]
    date_any: bool,
    #[serde(default)]
    date_to_open: bool,
    #[serde(default)]
    kinds_accepted: Vec<String>,
    #[serde(default)]
    status: Option<String>,
}

#[derive(Default)]
struct Recorder {
    places: Vec<Vec<Candidate>>,
    times: Vec<Vec<Candidate>>,
    pairs: Vec<(Vec<usize>, usize, Features)>,
    claims: Vec<(Span, String, Features)>,
}

impl Watch for Recorder {
    fn places(&mut self, _: usize, candidates: &[Candidate]) {
        self.places.push(candidates.to_vec());
    }

    fn times(&mut self, _: usize, candidates: &[Candidate]) {
        self.times.push(candidates.to_vec());
    }

    fn pair(&mut self, earlier: &[usize], later: usize, features: &Features) {
        self.pairs.push((earlier.to_vec(), later, features.clone()));
    }

    fn claim(&mut self, claim: &FoundClaim, features: &Features) {
        self.claims.push((claim.span, claim.issue.clone(), features.clone()));
    }
}

/// A report to learn from, annotated once.
#[derive(Debug)]
pub struct Coded<'a> {
    pack: &'a LanguagePack,
    report: Report,
    gold: GoldReport,
    annotation: Annotation,
}

impl<'a> Coded<'a> {
    /// Annotates a report that was coded by hand.
    pub fn new(pack: &'a LanguagePack, shared: &Shared, report: Report, gold: GoldReport) -> Self {
        let annotation = annotate(pack, shared, &report, &CodingOptions::default());
        Coded { pack, report, gold, annotation }
    }

    fn work(
        &self,
        shared: &'a Shared,
        choices: &Choices,
        threshold: f32,
        watch: &mut dyn Watch,
    ) -> Workings<'a> {
        let annotation = self.annotation.clone();
        code_annotation(self.pack, shared, choices, annotation, self.report.country, threshold, watch)
    }
}

/// Learns the choices from reports in all languages: places and times are chosen alike in each.
///
/// From the reports `beside` only where, when and what is demanded is learned: that does not hang on how much background
/// their coders code and how finely they part it, while what is an event, and which mentions are one, does.
pub fn train<'a>(
    shared: &'a Shared,
    reports: &[&Coded<'a>],
    beside: &[&Coded<'a>],
    descent: Descent,
) -> Choices {
    let start = &shared.choices_start;
    let mut choices = start.clone();
    // Twice, because the narrative that the first pass chose from was not yet the trained one.
    for _ in 0..2 {
        let (mut places, mut times) = (Vec::new(), Vec::new());
        for coded in reports.iter().chain(beside) {
            let mut recorder = Recorder::default();
            let workings = coded.work(shared, &choices, 0.0, &mut recorder);
            collect_rankings(&workings, &coded.gold, &recorder, &mut places, &mut times);
        }
        choices.place = train_ranking(&places, descent, &start.place);
        choices.time = train_ranking(&times, descent, &start.time);
    }
    let mut examples = Vec::new();
    for coded in reports {
        let workings = coded.work(shared, &choices, 0.0, &mut NoWatch);
        collect_keeps(&workings, &coded.gold, &mut examples);
    }
    // A trigger's own belief counts for much: what stands around it may only move it so far.
    choices.keep = train_binary(&examples, descent.more_cautious(KEEP_CAUTION), &start.keep);
    let (mut pairs, mut claims) = (Vec::new(), Vec::new());
    for (number, coded) in reports.iter().chain(beside).enumerate() {
        let mut recorder = Recorder::default();
        let workings = coded.work(shared, &choices, THRESHOLD, &mut recorder);
        if number < reports.len() {
            collect_pairs(&workings, &coded.gold, &choices, &recorder, &mut pairs);
        }
        if !coded.gold.claims.is_empty() {
            collect_claims(&workings, &coded.gold, &recorder, &mut claims);
        }
    }
    choices.same = train_binary(&pairs, descent.more_cautious(SAME_CAUTION), &start.same);
    choices.claim = train_binary(&claims, descent.more_cautious(CLAIM_CAUTION), &start.claim);
    choices
}

/// How much harder than those of `place` and `time` the weights of `keep` are pulled back to what was believed
/// beforehand. Measured on reports that were not learned from.
const KEEP_CAUTION: f32 = 15.0;

/// The same for the weights of `same`.
const SAME_CAUTION: f32 = 3.0;

/// The same for the weights of `claim`.
const CLAIM_CAUTION: f32 = 2.0;

/// A claim is right where the coders have one of its issue in its sentence.
fn collect_claims(workings: &Workings, gold: &GoldReport, recorder: &Recorder, claims: &mut Vec<Binary>) {
    let doc = &workings.annotation.document;
    let stated: Vec<(&str, Option<SentenceId>)> = gold
        .claims
        .iter()
        .flat_map(|c| {
            let places = doc.text().match_indices(&c.evidence);
            places.map(|(start, _)| (c.issue.as_str(), doc.sentence_at(start as u32)))
        })
        .collect();
    for (span, issue, features) in &recorder.claims {
        let sentence = doc.sentence_at(span.start);
        claims.push(Binary {
            features: features.iter().map(str::to_owned).collect(),
            prior: 0.0,
            positive: stated.iter().any(|(i, s)| *i == issue.as_str() && *s == sentence),
        });
    }
}

/// Two mentions that the coders took as one event are one, of two events are two. A mention that the coders passed over
/// tells nothing new: it belongs to the earlier one that it is most like.
fn collect_pairs(
    workings: &Workings,
    gold: &GoldReport,
    choices: &Choices,
    recorder: &Recorder,
    pairs: &mut Vec<Binary>,
) {
    let told = matches(workings, gold);
    let mut start = 0;
    while start < recorder.pairs.len() {
        let later = recorder.pairs[start].1;
        let end = start + recorder.pairs[start..].iter().take_while(|p| p.1 == later).count();
        let group = &recorder.pairs[start..end];
        start = end;
        let closest = group
            .iter()
            .map(|p| choices.same.score(&p.2))
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(number, _)| number);
        for (number, (earlier, _, features)) in group.iter().enumerate() {
            let events: Vec<usize> = earlier.iter().flat_map(|&d| told[d].iter().copied()).collect();
            if events.is_empty() {
                continue;
            }
            let positive = match told[later].is_empty() {
                true if Some(number) == closest => true,
                true => continue,
                false => told[later].iter().any(|e| events.contains(e)),
            };
            pairs.push(Binary {
                features: features.iter().map(str::to_owned).collect(),
                prior: 0.0,
                positive,
            });
        }
    }
}

/// Codes every report with choices learned from the other parts of `parts`: what the choices are worth on reports that
/// they have not seen. Reports are dealt to the parts in turn; those `beside` are learned from in every part.
pub fn cross_validate<'a>(
    shared: &'a Shared,
    reports: &[&Coded<'a>],
    beside: &[&Coded<'a>],
    descent: Descent,
    parts: usize,
) -> Vec<CodedReport> {
    let parts = parts.max(2);
    let options = CodingOptions::default();
    let mut coded: Vec<(usize, CodedReport)> = Vec::with_capacity(reports.len());
    for part in 0..parts {
        let numbered = || reports.iter().copied().enumerate();
        let seen: Vec<_> = numbered().filter(|(number, _)| number % parts != part).map(|(_, r)| r).collect();
        let choices = train(shared, &seen, beside, descent);
        for (number, own) in numbered().filter(|(number, _)| number % parts == part) {
            let workings = own.work(shared, &choices, THRESHOLD, &mut NoWatch);
            coded.push((number, write(&workings, &own.report, &options)));
        }
    }
    coded.sort_by_key(|(number, _)| *number);
    coded.into_iter().map(|(_, report)| report).collect()
}

/// For each draft, the gold events that it tells.
fn matches(workings: &Workings, gold: &GoldReport) -> Vec<Vec<usize>> {
    let doc = &workings.annotation.document;
    let syntax = workings.annotation.syntax(workings.pack);
    let mut found = vec![Vec::new(); workings.drafts.len()];
    for (number, event) in gold.events.iter().enumerate() {
        let mut best: Option<(u32, bool, u32, usize)> = None;
        for (start, _) in doc.text().match_indices(&event.evidence) {
            let evidence = Span::new(start as u32, (start + event.evidence.len()) as u32);
            let from = doc.sentence_at(evidence.start);
            let to = doc.sentence_at(evidence.end.saturating_sub(1));
            for (draft_number, draft) in workings.drafts.iter().enumerate() {
                let kind = &workings.shared.codebook.page(draft.kind).id;
                let in_sentence =
                    from.is_some_and(|f| f <= draft.sentence) && to.is_some_and(|t| draft.sentence <= t);
                if !in_sentence || !kind_agrees(event, kind) {
                    continue;
                }
                let span = draft.span(syntax);
                let status = draft.status.status.name() != event.status.as_deref().unwrap_or("happened");
                let key = (
                    u32::from(!span.overlaps(evidence)),
                    status,
                    span.start.abs_diff(evidence.start),
                    draft_number,
                );
                if best.is_none_or(|b| key < b) {
                    best = Some(key);
                }
            }
        }
        if let Some((_, _, _, draft)) = best {
            found[draft].push(number);
        }
    }
    found
}

fn kind_agrees(event: &GoldEvent, kind: &str) -> bool {
    let family = |k: &str| if k == "march" { "rally".to_owned() } else { k.to_owned() };
    family(&event.kind) == family(kind) || event.kinds_accepted.iter().any(|k| k == kind)
}

fn names(candidate: &Candidate) -> Vec<String> {
    candidate.features.iter().map(str::to_owned).collect()
}

fn collect_rankings(
    workings: &Workings,
    gold: &GoldReport,
    recorder: &Recorder,
    places: &mut Vec<Ranking>,
    times: &mut Vec<Ranking>,
) {
    for (draft, events) in matches(workings, gold).into_iter().enumerate() {
        let events: Vec<&GoldEvent> = events.iter().map(|&e| &gold.events[e]).collect();
        if events.is_empty() {
            continue;
        }
        let right: Vec<bool> = recorder.places[draft]
            .iter()
            .map(|c| {
                let option = c.chosen.map(|c| &workings.options.places[c.option]);
                events.iter().any(|e| place_agrees(gold, e, option))
            })
            .collect();
        push(&recorder.places[draft], right, events.iter().all(|e| !e.place_any), places);
        let dated = events.iter().all(|e| !e.date_any && (e.date_from.is_some() || e.date_to.is_some()));
        let right: Vec<bool> = recorder.times[draft]
            .iter()
            .map(|c| {
                let option = c.chosen.map(|c| &workings.options.times[c.option]);
                events.iter().any(|e| date_agrees(e, option))
            })
            .collect();
        push(&recorder.times[draft], right, dated, times);
    }
}

fn push(candidates: &[Candidate], right: Vec<bool>, usable: bool, into: &mut Vec<Ranking>) {
    let decides = right.iter().any(|r| *r) && right.iter().any(|r| !*r);
    if usable && decides {
        into.push(Ranking { candidates: candidates.iter().map(names).collect(), right });
    }
}

fn collect_keeps(workings: &Workings, gold: &GoldReport, examples: &mut Vec<Binary>) {
    let told = matches(workings, gold);
    for (number, draft) in workings.drafts.iter().enumerate() {
        let required = told[number].iter().any(|&e| !gold.events[e].optional);
        let joined_with_told = workings
            .outlines
            .iter()
            .filter(|o| o.drafts.contains(&number))
            .any(|o| o.drafts.iter().any(|&d| d != number && !told[d].is_empty()));
        if !required && (!told[number].is_empty() || joined_with_told) {
            continue;
        }
        examples.push(Binary {
            features: workings.features[number].iter().map(str::to_owned).collect(),
            prior: prior(draft.weight),
            positive: required,
        });
    }
}

/// The letters of a name, without case and accents.
fn fold(name: &str) -> String {
    name.to_lowercase().chars().map(plain).filter(char::is_ascii_alphabetic).collect()
}

/// Whether two names are one, but for a word such as *Region* after the shorter.
fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    !a.is_empty() && !b.is_empty() && (a.starts_with(&b) || b.starts_with(&a))
}

fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' | 'ā' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'ē' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' => 'i',
        'ñ' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ō' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' => 'u',
        other => other,
    }
}

fn place_agrees(gold: &GoldReport, event: &GoldEvent, option: Option<&PlaceOption>) -> bool {
    let Some(name) = &event.place else { return option.is_none_or(|o| o.level == PlaceLevel::Country) };
    let Some(option) = option else { return false };
    let found = gold.places.get(name);
    let country = found.and_then(|p| p.country.as_deref());
    if country.is_some() && option.country.is_some() && country != option.country.as_deref() {
        return false;
    }
    let local = matches!(option.level, PlaceLevel::City | PlaceLevel::District | PlaceLevel::Site);
    let level = found.and_then(|p| p.level.as_deref());
    if let Some(level) = level {
        let own = match option.level {
            PlaceLevel::Country => "country",
            PlaceLevel::Admin1 => "admin1",
            PlaceLevel::Admin2 => "admin2",
            PlaceLevel::City | PlaceLevel::District | PlaceLevel::Site => "city",
        };
        if (level == "city") != local || (!local && own != level) {
            return false;
        }
    }
    if let Some(GoldPlace { lat: Some(lat), lon: Some(lon), .. }) = found.filter(|_| local)
        && let (Some(y), Some(x)) = (option.resolved.lat, option.resolved.lon)
        && doleance_places::gazetteer::kilometres((*lat, *lon), (y, x)) <= 25.0
    {
        return true;
    }
    let own = option.resolved.name.as_str();
    let head = name.split(',').next().unwrap_or(name);
    same_name(head, own) || found.is_some_and(|p| p.names.iter().any(|n| same_name(n, own)))
}

fn date_agrees(event: &GoldEvent, option: Option<&TimeOption>) -> bool {
    let day = |text: &Option<String>| text.as_deref().and_then(|t| t.get(..10)?.parse::<Date>().ok());
    let (from, to) = (day(&event.date_from), day(&event.date_to));
    let Some(option) = option else { return false };
    let (Some(start), Some(end)) = (option.start.or(option.end), option.end.or(option.start)) else {
        return false;
    };
    match (from, to) {
        (None, None) => true,
        (None, Some(to)) => start <= to,
        (Some(from), _) if event.date_to_open => start >= from,
        (Some(from), Some(to)) if from != to => start >= from && end <= to,
        (Some(from), to) => start == from && end == to.unwrap_or(from),
    }
}
