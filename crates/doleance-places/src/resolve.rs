//! Which place each name means: population and kind, type words, containment, the countries and divisions that the
//! report speaks of, nearness to its other places, the country of the source.
//!
//! All mentions of one name mean one place (one sense per document), unless a type word sets one apart: *la région
//! d'Almaty* beside *Almaty*.

use std::collections::BTreeMap;

use doleance_text::CountryCode;

use crate::classify::{contains, is_part};
use crate::gazetteer::{NameSource, PlaceEntry, PlaceId, PlaceKind, kilometres};
use crate::mention::{PlaceContext, PlaceMentionKind, PlaceUse};
use crate::scan::{Level, Scan, Spot};

/// Readings of a spot with their scores, best first. Empty where it is no place.
pub(crate) type Readings = Vec<(PlaceId, f32)>;

/// Weights, in units of the logarithm of the population to base ten.
const COUNTRY: f32 = 8.6;
const ADMIN1: f32 = 4.4;
const ADMIN2: f32 = 3.6;
const AREA: f32 = 6.2;
const CAPITAL: f32 = 0.5;
/// A division that shares its name with a town of its own: the town unless something asks for the division.
const NAMESAKE: f32 = -1.5;
const ALTERNATE: f32 = -1.5;
const CURATED: f32 = -0.1;
const CUE: f32 = 6.0;
const PREFERENCE: f32 = 1.6;
const FIRM_PREFERENCE: f32 = 3.2;
const CONTAINED: f32 = 6.0;
const COUNTRY_SUPPORT: f32 = 3.0;
const DIVISION_SUPPORT: f32 = 2.0;
const NEARNESS: f32 = 1.2;
const NEAR_KILOMETRES: f64 = 150.0;
const SOURCE_COUNTRY: f32 = 2.0;
/// A name that the report gives in full elsewhere.
const SHORTENED: f32 = 2.5;
/// Below this difference the better of two places is no better.
const THIN_MARGIN: f32 = 0.08;

/// One name of the report with its candidates.
struct Sense {
    spots: Vec<usize>,
    candidates: Vec<Candidate>,
}

struct Candidate {
    id: PlaceId,
    country: CountryCode,
    admin1: Option<PlaceId>,
    spot: (f64, f64),
    town: bool,
    main: bool,
    prior: f32,
    score: f32,
}

/// Gives the readings of every spot.
pub(crate) fn resolve(scan: &Scan<'_>, context: &PlaceContext) -> Vec<Readings> {
    let mut senses = senses(scan, context);
    for _ in 0..2 {
        let support = Support::of(&senses, scan);
        let bests: Vec<(f64, f64)> = senses
            .iter()
            .map(|s| best(s).map_or((f64::NAN, 0.0), |c| if c.town { c.spot } else { (f64::NAN, 0.0) }))
            .collect();
        for (number, sense) in senses.iter_mut().enumerate() {
            rescore(sense, number, &support, &bests);
        }
    }
    let support = Support::of(&senses, scan);
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
    let named = sense.spots.iter().any(|&s| typed(&scan.spots[s]) || scan.is_phrase(&scan.spots[s]));
    let here = |c: &Candidate| share(support.countries.get(&c.country), number);
    let reach = sense.candidates.iter().map(here).fold(0.0, f32::max);
    let points =
        sense.spots.iter().all(|&s| is_part(scan, &scan.spots[s]) && scan.spots[s].from == scan.spots[s].to);
    if points && sense.spots.iter().all(|&s| scan.spots[s].use_ != PlaceUse::Container) {
        return reach < 0.3;
    }
    let small = |c: &Candidate| c.town && scan.gazetteer.place(c.id).population < 30_000;
    if named || !sense.candidates.iter().all(small) {
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

fn senses(scan: &Scan<'_>, context: &PlaceContext) -> Vec<Sense> {
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
        let candidates = candidates(scan, &spots, context);
        if !candidates.is_empty() {
            senses.push(Sense { spots, candidates });
        }
    }
    senses
}

fn candidates(scan: &Scan<'_>, spots: &[usize], context: &PlaceContext) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for &number in spots {
        let spot = &scan.spots[number];
        for posting in &spot.postings {
            let entry = scan.gazetteer.place(posting.place);
            let prior = prior(scan, spots, &entry, posting.source, context);
            match found.iter_mut().find(|c| c.id == posting.place) {
                Some(old) => old.prior = old.prior.max(prior),
                None => found.push(Candidate {
                    id: entry.id,
                    country: entry.country,
                    admin1: entry.admin1,
                    spot: (entry.lat, entry.lon),
                    town: entry.kind.is_town(),
                    main: posting.source == NameSource::Main,
                    prior,
                    score: prior,
                }),
            }
        }
    }
    add_longer(scan, spots, context, &mut found);
    let levels = || spots.iter().flat_map(|&s| &scan.spots[s].levels);
    let fits = |c: &Candidate| levels().any(|l| l.fits(scan.gazetteer.place(c.id).kind));
    if levels().any(|l| !matches!(l, Level::Town)) && !found.iter().any(fits) {
        // *la région d'Aktobe* where only the town has the name: the division of which it is the main town.
        let best = found.iter().filter(|c| c.town).max_by(|a, b| a.prior.total_cmp(&b.prior));
        if let Some((admin1, prior)) = best.and_then(|c| Some((c.admin1?, c.prior))) {
            let entry = scan.gazetteer.place(admin1);
            found.push(Candidate {
                id: admin1,
                country: entry.country,
                admin1: Some(admin1),
                spot: (entry.lat, entry.lon),
                town: false,
                main: false,
                prior: prior + CUE,
                score: prior + CUE,
            });
        }
    }
    for number in 0..found.len() {
        let division = &found[number];
        if division.town || division.admin1 != Some(division.id) {
            continue;
        }
        let people = scan.gazetteer.place(division.id).population;
        let large = |c: &Candidate| {
            let own = scan.gazetteer.place(c.id).population;
            c.town && c.admin1 == Some(division.id) && own > 50_000 && (c.main || own > people / 2)
        };
        if found.iter().any(large) {
            found[number].prior += NAMESAKE;
        }
    }
    if levels().any(|l| *l != Level::Town) {
        // *la région d'Almaty* is not the town that is a division of its own.
        let own = |c: &Candidate| {
            let people = scan.gazetteer.place(c.id).population;
            let fills = |t: &Candidate| scan.gazetteer.place(t.id).population > people / 10 * 8;
            found.iter().any(|t| t.town && t.admin1 == Some(c.id) && fills(t))
        };
        let urban: Vec<bool> = found.iter().map(|c| !c.town && own(c)).collect();
        if urban.iter().any(|u| *u) {
            found.iter_mut().zip(urban).filter(|(_, u)| *u).for_each(|(c, _)| c.prior += NAMESAKE);
        }
    }
    found.sort_by(|a, b| b.prior.total_cmp(&a.prior).then(a.id.cmp(&b.id)));
    found.truncate(24);
    found
}

/// *Beaumont* after *Beaumont-sur-Oise* is that town.
fn add_longer(scan: &Scan<'_>, spots: &[usize], context: &PlaceContext, found: &mut Vec<Candidate>) {
    let own = &scan.spots[spots[0]];
    if own.kind != PlaceMentionKind::Name || own.key.len() < 4 {
        return;
    }
    for longer in &scan.spots {
        let starts = longer.key.strip_prefix(&own.key[..]).is_some_and(|rest| rest.starts_with(b" "));
        if !starts || longer.use_ == PlaceUse::PersonName || longer.kind != PlaceMentionKind::Name {
            continue;
        }
        for posting in &longer.postings {
            let entry = scan.gazetteer.place(posting.place);
            if !entry.kind.is_town() || found.iter().any(|c| c.id == entry.id) {
                continue;
            }
            let prior = prior(scan, spots, &entry, posting.source, context) + SHORTENED;
            let (id, country, admin1, spot) = (entry.id, entry.country, entry.admin1, (entry.lat, entry.lon));
            found.push(Candidate { id, country, admin1, spot, town: true, main: false, prior, score: prior });
        }
    }
}

/// What speaks for a place whatever else the report says.
fn prior(
    scan: &Scan<'_>,
    spots: &[usize],
    entry: &PlaceEntry<'_>,
    source: NameSource,
    context: &PlaceContext,
) -> f32 {
    let inhabitants = (entry.population as f32 + 10.0).log10();
    let mut score = match entry.kind {
        PlaceKind::Country => COUNTRY,
        PlaceKind::Admin1 => ADMIN1 + 0.35 * inhabitants,
        PlaceKind::Admin2 => ADMIN2 + 0.25 * inhabitants,
        PlaceKind::Area => AREA,
        PlaceKind::Capital => 1.2 * inhabitants + CAPITAL,
        PlaceKind::Town => 1.2 * inhabitants,
    };
    score += match source {
        NameSource::Alternate => ALTERNATE,
        NameSource::Curated => CURATED,
        NameSource::Main => 0.0,
    };
    score += scan.pack.home(entry.country);
    if context.country == Some(entry.country) {
        score += SOURCE_COUNTRY;
    }
    let mut asked = 0.0f32;
    let mut preferred = 0.0f32;
    let mut contained = 0.0f32;
    for &number in spots {
        let spot = &scan.spots[number];
        if spot.levels.iter().any(|l| l.fits(entry.kind)) {
            asked = CUE;
        }
        if let Some(level) = spot.preferred {
            // *à Luxembourg* is the town, but *à Cuba* is no village of that name.
            let firm = level == Level::Town && entry.population > 50_000;
            let weight = if firm { FIRM_PREFERENCE } else { PREFERENCE };
            preferred = if level.fits(entry.kind) { weight } else { preferred };
        }
        if let Some(outer) = spot.container {
            let outer = &scan.spots[outer];
            if outer.postings.iter().any(|o| contains(scan, o.place, entry.id)) {
                contained = CONTAINED;
            }
        }
    }
    score + asked + preferred + contained
}

/// How much the report speaks of each country and division: 0 to 1, and of which other senses.
struct Support {
    countries: BTreeMap<CountryCode, Vec<(usize, f32)>>,
    divisions: BTreeMap<PlaceId, Vec<(usize, f32)>>,
}

impl Support {
    fn of(senses: &[Sense], scan: &Scan<'_>) -> Self {
        let mut support = Support { countries: BTreeMap::new(), divisions: BTreeMap::new() };
        for (number, sense) in senses.iter().enumerate() {
            let demonym = sense.spots.iter().all(|&s| scan.spots[s].kind == PlaceMentionKind::Demonym);
            let times = 1.0 + (sense.spots.len() as f32).ln();
            let top = sense.candidates.iter().map(|c| c.score).fold(f32::MIN, f32::max);
            // A village's name says little about where the report is: it may be no name of a place at all.
            let sure = if demonym { 0.7 } else { ((top - 3.0) / 5.0).clamp(0.1, 1.5) };
            let weight = sure * times;
            let total: f32 = sense.candidates.iter().map(|c| (2.0 * (c.score - top)).exp()).sum();
            for candidate in &sense.candidates {
                let belief = weight * (2.0 * (candidate.score - top)).exp() / total;
                if belief < 0.02 {
                    continue;
                }
                support.countries.entry(candidate.country).or_default().push((number, belief));
                if let Some(admin1) = candidate.admin1 {
                    support.divisions.entry(admin1).or_default().push((number, belief));
                }
            }
        }
        support
    }
}

/// The sum of the other senses' belief.
fn belief(list: Option<&Vec<(usize, f32)>>, but: usize) -> f32 {
    list.into_iter().flatten().filter(|(n, _)| *n != but).map(|(_, b)| b).sum()
}

/// The share of the other senses' belief: one sense more counts less than the one before.
fn share(list: Option<&Vec<(usize, f32)>>, but: usize) -> f32 {
    let sum = belief(list, but);
    sum / (sum + 0.8)
}

fn rescore(sense: &mut Sense, number: usize, support: &Support, bests: &[(f64, f64)]) {
    for candidate in &mut sense.candidates {
        let country = share(support.countries.get(&candidate.country), number);
        let division = candidate.admin1.map_or(0.0, |a| share(support.divisions.get(&a), number));
        let near = candidate.town
            && bests.iter().enumerate().any(|(other, &spot)| {
                other != number && !spot.0.is_nan() && kilometres(spot, candidate.spot) < NEAR_KILOMETRES
            });
        let near = if near { NEARNESS } else { 0.0 };
        candidate.score = candidate.prior + COUNTRY_SUPPORT * country + DIVISION_SUPPORT * division + near;
    }
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
    {
        return None;
    }
    match (first.admin1, second.admin1) {
        (Some(a), Some(b)) if a == b => Some(a),
        _ => scan.gazetteer.country(first.country),
    }
}
