//! Which town a square, a street or a quarter is in, and which names of villages far off are quarters of the town told of.

use doleance_records::PlaceLevel;

use crate::gazetteer::{PlaceEntry, PlaceId, kilometres};
use crate::mention::{PlaceAnnotation, PlaceMention, PlaceMentionKind, PlaceUse, ResolvedPlace};
use crate::pack::Role;
use crate::scan::Scan;

/// *Le quartier de Sidi Abed* lies in the town told of, unless the gazetteer has it near there; *un quartier de Rabat* is Rabat.
pub(super) fn quarters(
    scan: &Scan<'_>,
    annotation: &mut PlaceAnnotation,
    main: Option<&ResolvedPlace>,
    leading: Option<&ResolvedPlace>,
) {
    for number in 0..annotation.mentions.len() {
        if annotation.mentions[number].rule != "place.quarter" {
            continue;
        }
        let Some(town) = town_for(scan, annotation, number, main, leading) else { continue };
        let mention = &mut annotation.mentions[number];
        let near = match (mention.resolved.as_ref().and_then(coordinates), coordinates(&town)) {
            (Some(own), Some(there)) => kilometres(own, there) <= NEAR,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if !near {
            mention.resolved = Some(quarter_of(mention.name_span.of(scan.document.text()), &town));
        }
    }
}

/// *The Florence hospital in Harare* is in the town that follows, not in the one that it is called after.
pub(super) fn move_sites(scan: &Scan<'_>, annotation: &mut PlaceAnnotation) {
    let words = &scan.words.list;
    for number in 0..annotation.mentions.len().saturating_sub(1) {
        let (site, next) = (&annotation.mentions[number], &annotation.mentions[number + 1]);
        let town = next.resolved.as_ref().filter(|p| {
            next.use_ == PlaceUse::Location
                && next.kind == PlaceMentionKind::Name
                && p.level == PlaceLevel::City
        });
        let Some((own, town)) = site.resolved.as_ref().filter(|_| site.rule == "place.site").zip(town) else {
            continue;
        };
        let far = coordinates(own).zip(coordinates(town)).is_some_and(|(a, b)| kilometres(a, b) > NEAR);
        let (first, last) = (
            words.partition_point(|w| w.span.start < site.span.start),
            words.partition_point(|w| w.span.start < site.span.end),
        );
        let linked = scan.starting(last, Role::Locative).is_some_and(|h| {
            matches!(&*h.entry.value, "city" | "any")
                && scan.after(h.to).is_some_and(|w| words[w].span == next.span)
        });
        // *de la gare de Tours à Paris* is a way.
        let way = scan.before(first).is_some_and(|w| scan.ending(w, Role::Genitive).is_some());
        if far && linked && !way && scan.words.joined(last) {
            let moved = site_in(site.span.of(scan.document.text()), town);
            annotation.mentions[number].resolved = Some(moved);
        }
    }
}

/// *Kakamega County General Hospital* stands in the town of that name, where the division has one.
pub(super) fn seat_sites(scan: &Scan<'_>, annotation: &mut PlaceAnnotation) {
    let (gazetteer, text, words) = (scan.gazetteer, scan.document.text(), &scan.words.list);
    for mention in annotation.mentions.iter_mut().filter(|m| m.rule == "place.site") {
        let division = |p: &&ResolvedPlace| matches!(p.level, PlaceLevel::Admin1 | PlaceLevel::Admin2);
        let Some(region) = mention.resolved.as_ref().filter(division) else { continue };
        // "Kakamega County": the town goes without the word for the division.
        let name = mention.name_span.of(text);
        let last = words.partition_point(|w| w.span.end < mention.name_span.end);
        let typed = last < words.len() && scan.ending(last, Role::Cue).is_some();
        let Some((town, _)) = name.rsplit_once(' ').filter(|_| typed) else { continue };
        let Some(found) = gazetteer.look_up(town) else { continue };
        let lies_there = |town: &PlaceEntry<'_>| {
            let there = coordinates(region).is_some_and(|at| kilometres(at, (town.lat, town.lon)) < DIVISION);
            let of_region = town.admin1.is_some_and(|id| gazetteer.place(id).name == region.name);
            town.kind.is_town()
                && Some(town.country) == region.country
                && (of_region || region.level == PlaceLevel::Admin2 && there)
        };
        let towns = gazetteer.postings(found).map(|p| gazetteer.place(p.place)).filter(lies_there);
        if let Some(town) = towns.max_by_key(|town| town.population) {
            let town = ResolvedPlace::of(gazetteer, town.id);
            mention.resolved = Some(site_in(mention.span.of(text), &town));
        }
    }
}

/// Kilometres from the middle of a division of the second order within which its seat lies.
const DIVISION: f64 = 60.0;

/// A part of a town that no table knows: its own words, the town's coordinates.
pub(super) fn quarter_of(words: &str, town: &ResolvedPlace) -> ResolvedPlace {
    ResolvedPlace {
        entry: None,
        id: None,
        name: words.to_owned(),
        level: PlaceLevel::District,
        ..town.clone()
    }
}

fn coordinates(place: &ResolvedPlace) -> Option<(f64, f64)> {
    Some((place.lat?, place.lon?))
}

/// Kilometres within which a quarter lies from its town.
const NEAR: f64 = 40.0;

/// A village of another country that nothing else in the report speaks for is the namesake of a quarter: *Fisher*, a plant
/// of Flint in Michigan, is not the one near Canberra.
pub(super) fn doubt_far_namesakes(scan: &Scan<'_>, annotation: &mut PlaceAnnotation, around: &ResolvedPlace) {
    let gazetteer = scan.gazetteer;
    let Some(home) = coordinates(around) else { return };
    // A report that otherwise tells of one country alone means a suburb there rather than a town abroad: *Epping* and
    // *Arcadia* in South Africa.
    let local =
        |m: &PlaceMention| m.resolved.as_ref().filter(|p| p.is_local()).and_then(|p| p.entry.zip(p.country));
    let towns: Vec<_> = annotation.mentions.iter().filter_map(local).collect();
    let at_home = towns.iter().filter(|(_, country)| Some(*country) == around.country).count();
    let abroad = |own: PlaceId| towns.iter().any(|&(id, c)| id != own && Some(c) != around.country);
    let least = |own: PlaceId| if at_home >= AT_HOME && !abroad(own) { LARGE } else { VILLAGE };
    let far = |m: &PlaceMention| {
        let place = m.resolved.as_ref()?;
        let entry = gazetteer.place(place.entry?);
        let small = entry.kind.is_town() && entry.population < least(entry.id);
        let by_name = matches!(
            (m.kind, m.rule),
            (PlaceMentionKind::Name, "place.name") | (PlaceMentionKind::Site, "place.site")
        );
        let named = by_name && m.use_ == PlaceUse::Location;
        let here = coordinates(place)?;
        // A village of the country that the report is about may well be meant.
        let foreign = place.country != around.country;
        (small && foreign && named && kilometres(home, here) > FAR).then_some(here)
    };
    let speaks_for = |other: &PlaceMention, own: &PlaceMention, here: (f64, f64)| {
        let (Some(theirs), Some(place)) = (&other.resolved, &own.resolved) else { return false };
        if theirs.entry == place.entry || other.use_ == PlaceUse::PersonName {
            return false;
        }
        match theirs.level {
            PlaceLevel::Country => theirs.country == place.country && theirs.country != around.country,
            PlaceLevel::Admin1 | PlaceLevel::Admin2 => theirs.name == place.admin1.as_deref().unwrap_or(""),
            _ => coordinates(theirs).is_some_and(|there| kilometres(here, there) <= FAR),
        }
    };
    for number in 0..annotation.mentions.len() {
        let own = &annotation.mentions[number];
        let Some(here) = far(own) else { continue };
        if annotation.mentions.iter().any(|other| speaks_for(other, own, here)) {
            continue;
        }
        // *Murray Barracks*: its town is looked for anew.
        if own.kind == PlaceMentionKind::Site {
            annotation.mentions[number].resolved = None;
            annotation.mentions[number].candidates.clear();
            continue;
        }
        let quarter = quarter_of(own.name_span.of(scan.document.text()), around);
        annotation.mentions[number].resolved = Some(quarter);
        annotation.mentions[number].rule = "place.unknown";
    }
}

/// Inhabitants below which a town may be the namesake of a quarter.
const VILLAGE: u32 = 5_000;

/// The same where a report tells of no other town abroad.
const LARGE: u32 = 100_000;

/// How often a report must tell of towns of its country for that.
const AT_HOME: usize = 4;

/// Kilometres from which two places of one report lie far apart.
const FAR: f64 = 150.0;

/// A square's town: named after it or before it in its sentence, else the last one told, else the report's main town. A
/// division named before it in its sentence is nearer than a town of an earlier one.
pub(super) fn town_for(
    scan: &Scan<'_>,
    annotation: &PlaceAnnotation,
    number: usize,
    main: Option<&ResolvedPlace>,
    leading: Option<&ResolvedPlace>,
) -> Option<ResolvedPlace> {
    let document = scan.document;
    let mention = &annotation.mentions[number];
    let sentence = document.sentence_at(mention.span.start).map(|s| document.sentence(s).span);
    let within = |m: &PlaceMention| sentence.is_some_and(|s| s.contains(m.span));
    let level = |m: &PlaceMention| {
        let located = m.kind != PlaceMentionKind::Site
            && matches!(m.use_, PlaceUse::Location | PlaceUse::Attribute | PlaceUse::Container);
        // A name that no table knows lies nowhere, and tells nothing of the square's town.
        m.resolved.as_ref().filter(|p| located && p.lat.is_some()).map(|p| p.level)
    };
    // Hong Kong is a city: it has no capital but itself.
    let is_city_state = |m: &PlaceMention| {
        let country = m.resolved.as_ref().filter(|_| level(m) == Some(PlaceLevel::Country));
        let namesake = |p: &ResolvedPlace, c| {
            scan.gazetteer.capital(c).is_none_or(|capital| scan.gazetteer.place(capital).name == p.name)
        };
        country.is_some_and(|p| p.country.is_some_and(|c| namesake(p, c)))
    };
    let is_town = |m: &&PlaceMention| level(m) == Some(PlaceLevel::City) || is_city_state(m);
    let near_after = |m: &&PlaceMention| within(m) && m.span.start < mention.span.end + 24;
    let is_division = |m: &&PlaceMention| matches!(level(m), Some(PlaceLevel::Admin1 | PlaceLevel::Admin2));
    let next = || annotation.mentions[number + 1..].iter().take_while(near_after);
    // *Hamra, à Beyrouth*: the name is that of the region too.
    let beside = || next().find(|m| is_division(m) && m.use_ == PlaceUse::Container);
    let after = next().find(is_town).or_else(beside);
    let earlier = || annotation.mentions[..number].iter().rev();
    let found = after
        .or_else(|| earlier().take_while(|m| within(m)).find(is_town))
        .or_else(|| earlier().take_while(|m| within(m)).find(is_division));
    // "BIRGUNJ, Nov 2 - Police opened fire near the Old Gate": where no town was told yet, the report's first line.
    let dateline = || {
        earlier().find(|m| {
            m.use_ == PlaceUse::Dateline && m.resolved.as_ref().is_some_and(|p| p.level == PlaceLevel::City)
        })
    };
    let last = earlier().find(is_town);
    let told = || last.or_else(dateline).and_then(|m| m.resolved.clone());
    let found = match found {
        Some(town) => town.resolved.clone(),
        None => {
            let is_leading = |m: &&PlaceMention| {
                m.resolved.as_ref().zip(leading).is_some_and(|(own, town)| own.entry == town.entry)
            };
            // A town that is told of only later is not meant yet, nor the government's after a country that is a city.
            if last.is_none_or(|m| !is_city_state(m)) && earlier().any(|m| is_leading(&m)) {
                leading.cloned()
            } else {
                told()
            }
        }
    };
    found.or_else(|| main.cloned().filter(ResolvedPlace::is_local))
}

/// A site within a town: its own words, the town's coordinates.
pub(crate) fn site_in(words: &str, town: &ResolvedPlace) -> ResolvedPlace {
    ResolvedPlace {
        entry: town.entry,
        id: None,
        name: words.to_owned(),
        level: PlaceLevel::Site,
        ..town.clone()
    }
}
