//! Which place each name means: population and kind, type words, containment, the countries and divisions that the
//! report speaks of, nearness to its other places, the country of the source.
//!
//! All mentions of one name mean one place (one sense per document), unless a type word sets one apart: *la région
//! d'Almaty* beside *Almaty*.

mod candidates;
mod nearness;
mod support;
mod weights;

use std::collections::BTreeMap;

use doleance_text::CountryCode;

use crate::classify::is_part;
use crate::gazetteer::{PlaceId, kilometres};
use crate::mention::{PlaceContext, PlaceMentionKind, PlaceUse};
use crate::scan::Scan;
use crate::spot::{Level, Site, Spot};

use candidates::candidates;
use nearness::Anchors;
use support::{Support, belief, part, share};
use weights::{COUNTRY_SUPPORT, DIVISION_SUPPORT, NEARBY, REGION_BESIDE, ROUNDS, THIN_MARGIN};

/// Readings of a spot with their scores, best first. Empty where it is no place.
pub(crate) type Readings = Vec<(PlaceId, f32)>;

/// One name of the report with its candidates.
struct Sense {
    spots: Vec<usize>,
    /// Numbers of the sentences that it stands in, ascending.
    sentences: Vec<u32>,
    candidates: Vec<Candidate>,
}

impl Sense {
    /// Only squares, streets and buildings whose town the tables tell.
    fn is_landmark(&self, scan: &Scan<'_>) -> bool {
        self.spots.iter().all(|&s| matches!(scan.spots[s].site, Some(Site::Known | Site::Shared)))
    }
}

struct Candidate {
    id: PlaceId,
    country: CountryCode,
    admin1: Option<PlaceId>,
    spot: (f64, f64),
    town: bool,
    main: bool,
    /// How much of what speaks for its country goes for the place itself.
    renown: f32,
    /// What nearness to the report's other places gave.
    nearness: f32,
    prior: f32,
    score: f32,
}

/// Gives the readings of every spot.
pub(crate) fn resolve(scan: &Scan<'_>, context: &PlaceContext) -> Vec<Readings> {
    let mut senses = senses(scan);
    for round in 0..ROUNDS {
        let support = Support::of(&senses, scan, context);
        let anchors = Anchors::of(&senses, scan);
        for number in 0..senses.len() {
            let neighbours = anchors.seen_from(number, &senses);
            let all: f32 = support.countries.values().map(|list| belief(Some(list), number)).sum();
            let sense = &mut senses[number];
            for candidate in &mut sense.candidates {
                let country = share(support.countries.get(&candidate.country), number);
                let division = candidate.admin1.map_or(0.0, |a| part(support.divisions.get(&a), number, all));
                // Countries and divisions speak first: two namesakes abroad must not vouch for each other.
                let has_point = candidate.town || candidate.admin1 != Some(candidate.id);
                candidate.nearness =
                    if round > 0 && has_point { neighbours.nearness(candidate.spot) } else { 0.0 };
                candidate.score = candidate.prior
                    + COUNTRY_SUPPORT * candidate.renown * country
                    + DIVISION_SUPPORT * division
                    + candidate.nearness
                    + REGION_BESIDE * neighbours.hold(scan, candidate);
            }
        }
    }
    let support = Support::of(&senses, scan, context);
    let mut readings = vec![Readings::new(); scan.spots.len()];
    for (number, sense) in senses.iter_mut().enumerate() {
        sense.candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        if is_elsewhere(scan, sense, number, &support) {
            continue;
        }
        let mut list: Readings = shares(&sense.candidates);
        if let Some(upward) = thin(scan, &sense.candidates) {
            list.insert(0, (upward, list.first().map_or(0.0, |l| l.1)));
        }
        for &spot in &sense.spots {
            readings[spot].clone_from(&list);
        }
    }
    readings
}

/// Small places of that name lie only in countries that the report does not speak of: its own is not in the gazetteer.
/// *dans le Sud* is a division only where the report's country has one of that name.
fn is_elsewhere(scan: &Scan<'_>, sense: &Sense, number: usize, support: &Support) -> bool {
    let typed = |spot: &Spot| {
        spot.container.is_some()
            || spot.use_ == PlaceUse::Dateline
            || spot.use_ == PlaceUse::Container
            || spot.rule != "place.name"
    };
    // *le commissariat de Poa*: a site tells that the name is a place's, not that it is the place of that name abroad.
    let lone_site = |s: &Spot| s.site == Some(Site::OfTown) && s.container.is_none();
    let sites = sense
        .spots
        .iter()
        .all(|&s| lone_site(&scan.spots[s]) && scan.spots[s].kind == PlaceMentionKind::Site);
    let named = !sites && sense.spots.iter().any(|&s| typed(&scan.spots[s]))
        || sense.spots.iter().any(|&s| scan.is_phrase(&scan.spots[s]));
    let here = |c: &Candidate| share(support.countries.get(&c.country), number);
    let reach = sense.candidates.iter().map(here).fold(0.0, f32::max);
    let points = sense.spots.iter().all(|&s| is_bare_point(scan, &scan.spots[s]));
    if points && sense.spots.iter().all(|&s| scan.spots[s].use_ != PlaceUse::Container) {
        return reach < 0.3;
    }
    // Readers at home know the towns of their country: *l'usine de Sochaux*.
    let most = |c: &Candidate| match sites && scan.pack.home(c.country) == 0.0 {
        true if !c.main => FAMOUS,
        true => KNOWN,
        false => SMALL,
    };
    let small = |c: &Candidate| c.town && scan.gazetteer.place(c.id).population < most(c);
    let nearby = sense.candidates.iter().any(|c| c.nearness > NEARBY);
    let landmark = sense.is_landmark(scan);
    if !landmark && (named || nearby || !sense.candidates.iter().all(small)) {
        return false;
    }
    let home = support.countries.values().map(|list| belief(Some(list), number)).fold(0.0, f32::max);
    let told = sense
        .candidates
        .iter()
        .map(|c| belief(support.countries.get(&c.country), number))
        .fold(0.0, f32::max);
    home > 1.0 && home > 3.0 * told
}

/// *dans le Nord*; but *le département du Nord* is one.
fn is_bare_point(scan: &Scan<'_>, spot: &Spot) -> bool {
    is_part(scan, spot) && spot.from == spot.to && spot.levels.is_empty()
}

/// Inhabitants below which a town abroad is hardly meant.
const SMALL: u32 = 30_000;
/// The same for the town that a site is named after.
const KNOWN: u32 = 150_000;
/// The same where that is only another name of the town.
const FAMOUS: u32 = 1_000_000;

fn senses(scan: &Scan<'_>) -> Vec<Sense> {
    let mut by_key: BTreeMap<(&[u8], bool), Vec<usize>> = BTreeMap::new();
    for (number, spot) in scan.spots.iter().enumerate() {
        let organisation = spot.use_ == PlaceUse::Organisation && spot.rule != "place.institution";
        if spot.use_ == PlaceUse::PersonName || organisation {
            continue;
        }
        let divided = spot.levels.iter().any(|l| *l != Level::Town);
        by_key.entry((&spot.key, divided)).or_default().push(number);
    }
    let mut senses = Vec::with_capacity(by_key.len());
    for ((_, _), spots) in by_key {
        let candidates = candidates(scan, &spots);
        if !candidates.is_empty() {
            let sentence = |&s: &usize| scan.words.list[scan.spots[s].from].sentence.0;
            let sentences = spots.iter().map(sentence).collect();
            senses.push(Sense { spots, sentences, candidates });
        }
    }
    senses
}

fn best(sense: &Sense) -> Option<&Candidate> {
    sense.candidates.iter().max_by(|a, b| a.score.total_cmp(&b.score).then(b.id.cmp(&a.id)))
}

/// Scores as shares of belief.
fn shares(sorted: &[Candidate]) -> Readings {
    let top = sorted.first().map_or(0.0, |c| c.score);
    let beliefs: Vec<f32> = sorted.iter().map(|c| (1.5 * (c.score - top)).exp()).collect();
    let total: f32 = beliefs.iter().sum();
    sorted.iter().zip(beliefs).map(|(c, b)| (c.id, b / total)).filter(|(_, s)| *s > 0.01).take(6).collect()
}

/// Where two towns of one country are as likely, the division that holds both, or the country.
fn thin(scan: &Scan<'_>, sorted: &[Candidate]) -> Option<PlaceId> {
    let [first, second, ..] = sorted else { return None };
    let apart = kilometres(first.spot, second.spot) > 50.0;
    if !(first.town && second.town && apart && first.score - second.score < THIN_MARGIN)
        || first.country != second.country
        // *Menlo Park* is that town rather than the one that is also called so.
        || first.main != second.main
    {
        return None;
    }
    match (first.admin1, second.admin1) {
        (Some(a), Some(b)) if a == b => Some(a),
        _ => scan.gazetteer.country(first.country),
    }
}
