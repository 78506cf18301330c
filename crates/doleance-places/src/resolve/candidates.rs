//! The places that a name may mean, with what speaks for each whatever else the report says.

use super::Candidate;
use super::weights::{
    ADMIN1, ADMIN2, ALTERNATE, AREA, CAPITAL, CONTAINED, COUNTRY, COUNTRY_NAMESAKE, CUE, CURATED,
    DIVISION_NAMESAKE, EXONYM, FIRM_PREFERENCE, NAMESAKE, PREFERENCE, SECOND_LEVEL, SHORTENED,
};
use crate::classify::contains;
use crate::fold::fold;
use crate::gazetteer::{NameSource, PlaceEntry, PlaceId, PlaceKind, Posting};
use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::scan::Scan;
use crate::spot::{Level, Spot};

pub(super) fn candidates(scan: &Scan<'_>, spots: &[usize]) -> Vec<Candidate> {
    let spots = &telling_apart(scan, spots)[..];
    let mut found: Vec<Candidate> = Vec::new();
    for &number in spots {
        let spot = &scan.spots[number];
        for posting in &spot.postings {
            let entry = scan.gazetteer.place(posting.place);
            let prior = prior(scan, spots, &entry, posting.source);
            match found.iter_mut().find(|c| c.id == posting.place) {
                Some(old) => old.prior = old.prior.max(prior),
                None => found.push(Candidate::new(&entry, posting.source == NameSource::Main, prior)),
            }
        }
    }
    add_longer(scan, spots, &mut found);
    let levels = || spots.iter().flat_map(|&s| &scan.spots[s].levels);
    let fits = |c: &Candidate| levels().any(|l| l.fits(scan.gazetteer.place(c.id).kind));
    if levels().any(|l| !matches!(l, Level::Town)) && !found.iter().any(fits) {
        // *la région d'Aktobe* where only the town has the name: the division of which it is the main town.
        let best = found.iter().filter(|c| c.town).max_by(|a, b| a.prior.total_cmp(&b.prior));
        // *Khurda district* is no state of which it were the main town.
        let leads = |c: &&Candidate| {
            let people = |id| scan.gazetteer.place(id).population;
            !levels().any(|l| *l == Level::Admin2)
                || c.admin1.is_some_and(|a| people(c.id) > people(a) / MAIN_PART)
        };
        let best = best.filter(leads);
        if let Some((admin1, prior)) = best.and_then(|c| Some((c.admin1?, c.prior))) {
            let entry = scan.gazetteer.place(admin1);
            found.push(Candidate::new(&entry, false, prior + CUE));
        }
    }
    let typed = levels().any(|l| *l != Level::Town);
    for number in 0..found.len() {
        let division = &found[number];
        if division.town || division.admin1 != Some(division.id) {
            continue;
        }
        let people = scan.gazetteer.place(division.id).population;
        let large = |c: &Candidate| {
            let own = scan.gazetteer.place(c.id).population;
            let within = c.admin1 == Some(division.id);
            // Almaty is no town of Almaty Region, though of its country.
            let beside = !typed && c.main && c.country == division.country && own > people / 2;
            // Sidi Bouzid is small, but half of its region lives there.
            let seat = own > 10_000 && own > people / 10 && (c.main || is_spelt_alike(scan, spots, c.id));
            c.town && (own > 50_000 && (within && (c.main || own > people / 2) || beside) || within && seat)
        };
        if let Some(town) = found.iter().filter(|c| large(c)).max_by(|a, b| a.prior.total_cmp(&b.prior)) {
            // The town of another spelling pays for that; its namesake pays with it.
            found[number].prior += NAMESAKE + if town.main { 0.0 } else { ALTERNATE };
        }
    }
    if typed {
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
    found.truncate(64);
    found
}

/// What part of a division's people live at least in its main town.
const MAIN_PART: u32 = 10;

/// Whether a name that a town also has is its own in another spelling (*Qena* for Qina), rather than that of the land
/// around it (*Bahia* for Salvador).
fn is_spelt_alike(scan: &Scan<'_>, spots: &[usize], town: PlaceId) -> bool {
    let own = fold(scan.gazetteer.place(town).name, scan.gazetteer.spellings());
    spots.iter().any(|&s| {
        let key = &scan.spots[s].key[..];
        // Oklahoma is the state, not Oklahoma City.
        let is_shortened = own.strip_prefix(key).is_some_and(|rest| rest.starts_with(b" "));
        key.first() == own.first() && !is_shortened
    })
}

/// Of spots that say the same, the last one only: what a name tells does not grow with the times that it is told, and a
/// long report may tell it thousands of times.
fn telling_apart(scan: &Scan<'_>, spots: &[usize]) -> Vec<usize> {
    let container = |spot: &Spot| spot.container.map(|outer| &scan.spots[outer].postings);
    let says_the_same = |a: &Spot, b: &Spot| {
        a.postings == b.postings
            && a.levels == b.levels
            && a.preferred == b.preferred
            && container(a) == container(b)
    };
    let mut apart: Vec<usize> = Vec::new();
    for &number in spots.iter().rev() {
        if !apart.iter().any(|&other| says_the_same(&scan.spots[other], &scan.spots[number])) {
            apart.push(number);
        }
    }
    apart.reverse();
    apart
}

impl Candidate {
    fn new(entry: &PlaceEntry<'_>, main: bool, prior: f32) -> Self {
        Candidate {
            id: entry.id,
            country: entry.country,
            admin1: entry.admin1,
            spot: (entry.lat, entry.lon),
            town: entry.kind.is_town(),
            main,
            renown: renown(entry),
            nearness: 0.0,
            prior,
            score: prior,
        }
    }
}

/// News of a whole country speaks of its cities: that a report is about the United States says little for a town of
/// eight hundred there.
fn renown(entry: &PlaceEntry<'_>) -> f32 {
    if !entry.kind.is_town() {
        return 1.0;
    }
    (((entry.population as f32 + 10.0).log10() - 2.5) / 3.0).clamp(0.4, 1.0)
}

/// *Beaumont* after *Beaumont-sur-Oise* is that town.
fn add_longer(scan: &Scan<'_>, spots: &[usize], found: &mut Vec<Candidate>) {
    let own = &scan.spots[spots[0]];
    // *Guatemala* beside *Guatemala City* is the country all the same, *Kansas* beside *Kansas City* the state.
    let divides = |p: &Posting| {
        p.source != NameSource::Alternate && scan.gazetteer.place(p.place).kind == PlaceKind::Admin1
    };
    if own.postings.iter().any(divides) {
        return;
    }
    if own.kind != PlaceMentionKind::Name || own.key.len() < 4 || scan.names_country(own) {
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
            let prior = prior(scan, spots, &entry, posting.source) + SHORTENED;
            found.push(Candidate::new(&entry, false, prior));
        }
    }
}

/// What speaks for a place whatever else the report says.
fn prior(scan: &Scan<'_>, spots: &[usize], entry: &PlaceEntry<'_>, source: NameSource) -> f32 {
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
        // A town that has a name of its own in the language is known abroad: *Geneva*, *Genève*.
        NameSource::Curated if entry.kind.is_town() => EXONYM,
        NameSource::Curated => CURATED,
        NameSource::Main => 0.0,
    };
    score += scan.pack.home(entry.country);
    if entry.kind == PlaceKind::Town && spots.iter().any(|&s| scan.names_country(&scan.spots[s])) {
        score += COUNTRY_NAMESAKE;
    }
    let division = |p: &Posting| {
        let other = scan.gazetteer.place(p.place);
        let large = other.kind == PlaceKind::Admin1 && other.population > 1_000_000;
        large && other.country == entry.country && p.source != NameSource::Alternate
    };
    let small = entry.kind == PlaceKind::Town && entry.population < 100_000;
    if small && spots.iter().any(|&s| scan.spots[s].postings.iter().any(division)) {
        score += DIVISION_NAMESAKE;
    }
    let mut asked = 0.0f32;
    let mut preferred = 0.0f32;
    let mut contained = 0.0f32;
    for &number in spots {
        let spot = &scan.spots[number];
        if let Some(place) = spot.levels.iter().position(|l| l.fits(entry.kind)) {
            // *the third city of Venezuela* is no hamlet of that name.
            let hamlet = entry.kind.is_town() && entry.population < 50_000 && scan.names_country(spot);
            // A type word tells the level that it mostly has first.
            let weight = if place == 0 { CUE } else { CUE + SECOND_LEVEL };
            asked = if hamlet { asked } else { asked.max(weight) };
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
