//! What only the run of the report tells: relative places, the town of a square or street, the country of a place that
//! the gazetteer does not hold.

mod island;
mod relative;
mod told;
mod towns;

use doleance_records::PlaceLevel;
use doleance_text::{CountryCode, Span};

use crate::classify::EMBASSY;
use crate::gazetteer::{Gazetteer, PlaceId, PlaceKind};
use crate::mention::{
    PlaceAnnotation, PlaceContext, PlaceMention, PlaceMentionKind, PlaceUse, ResolvedPlace,
};
use crate::pack::Role;
use crate::report::{document_country, document_place};
use crate::scan::Scan;
use island::island_told;
use relative::{described, relatives};
use told::{described_by, namesake_district, town_after, town_in};
pub(crate) use towns::site_in;
use towns::{doubt_far_namesakes, move_sites, quarter_of, quarters, seat_sites, town_for};

/// Adds relative places and gives squares and streets their town.
pub(crate) fn complete(scan: &Scan<'_>, annotation: &mut PlaceAnnotation, context: &PlaceContext) {
    let relatives = relatives(scan, annotation);
    describe_capitals(scan, annotation);
    describe_seats(annotation, &relatives);
    locate_towns(scan, annotation, &relatives);
    annotation.mentions.extend(relatives);
    annotation.mentions.sort_by_key(|m| (m.span.start, m.span.end));
    move_sites(scan, annotation);
    seat_sites(scan, annotation);
    let country = document_country(annotation).or(context.country);
    let main = document_place(annotation);
    // Where one town is told of most, a name that no table knows is a quarter of it rather than a place far off.
    let times_told = |town: &ResolvedPlace| {
        let of_it =
            |m: &&PlaceMention| m.resolved.as_ref().is_some_and(|p| p.is_local() && p.entry == town.entry);
        annotation.mentions.iter().filter(of_it).count()
    };
    let around = main.as_ref().filter(|m| m.share >= MAIN_SHARE && times_told(&m.place) > 1);
    let around = around.map(|m| m.place.clone());
    let leading = main.as_ref().filter(|m| m.share >= LEADING_SHARE).map(|m| m.place.clone());
    let main = main.map(|m| m.place);
    if let Some(around) = &around {
        doubt_far_namesakes(scan, annotation, around);
    }
    quarters(scan, annotation, main.as_ref(), leading.as_ref());
    let mut open = Vec::new();
    for number in 0..annotation.mentions.len() {
        let mention = &annotation.mentions[number];
        if mention.resolved.is_some() {
            continue;
        }
        let resolved = match (mention.kind, mention.rule) {
            (PlaceMentionKind::Site, _) => {
                town_for(scan, annotation, number, main.as_ref(), leading.as_ref())
                    .or_else(|| mention.candidates.first().map(|(place, _)| place.clone()))
                    .map(|town| site_in(mention.span.of(scan.document.text()), &town))
                    .or_else(|| {
                        Some(ResolvedPlace {
                            level: PlaceLevel::Site,
                            ..unknown(scan.document.text(), annotation, number, country, around.as_ref())
                        })
                    })
            }
            (_, "place.unknown" | "place.quarter") => {
                Some(unknown(scan.document.text(), annotation, number, country, around.as_ref()))
            }
            (_, "place.open") => Some(unknown(scan.document.text(), annotation, number, country, None)),
            (PlaceMentionKind::Relative, "place.relative.city" | "place.relative.here" | WRITTEN) => {
                // *BIRGUNJ: … said here on Monday*: where the report was written, if it is about that country.
                let dateline = |m: &&PlaceMention| mention.rule == WRITTEN && m.use_ == PlaceUse::Dateline;
                let written = annotation.mentions[..number].iter().find(dateline);
                let written = written.and_then(|m| m.resolved.clone());
                if let Some(town) = written.filter(|p| p.is_local() && p.country == country) {
                    annotation.mentions[number].resolved = Some(town);
                    continue;
                }
                if let Some(land) = described_by(annotation, mention.span) {
                    match town_in(scan, annotation, number, land) {
                        Some(town) => annotation.mentions[number].resolved = Some(town),
                        None => open.push(number),
                    }
                    continue;
                }
                // *The city* is the one that the report is about, before one that only a court or speaker sits in.
                before(annotation, number, |_, p| leading.as_ref().is_some_and(|town| p.entry == town.entry))
                    .or_else(|| before(annotation, number, |_, p| p.is_local()))
                    .or_else(|| main.clone())
                    .map(out_of_site(scan.gazetteer))
            }
            (PlaceMentionKind::Relative, "place.relative.that") => {
                // *In that city*, *in the latter town*: the one named last.
                before(annotation, number, |_, p| p.is_local())
                    .or_else(|| main.clone())
                    .map(out_of_site(scan.gazetteer))
            }
            (PlaceMentionKind::Relative, "place.relative.there") => {
                // *Un garçon y a été tué*: where the words before it were.
                let sentence = scan.document.sentence_at(annotation.mentions[number].span.start);
                let near = |m: &PlaceMention| {
                    let told = scan.document.sentence_at(m.span.start);
                    sentence.zip(told).is_some_and(|(here, there)| there.0 + 1 >= here.0)
                };
                before(annotation, number, |m, p| near(m) && p.level != PlaceLevel::Country)
                    .map(out_of_site(scan.gazetteer))
            }
            (PlaceMentionKind::Relative, "place.relative.capital") => {
                let capital = country_told(scan, annotation, number, country)
                    .and_then(|code| scan.gazetteer.capital(code));
                capital.map(|id| ResolvedPlace::of(scan.gazetteer, id))
            }
            (PlaceMentionKind::Relative, "place.relative.chamber" | "place.relative.palace") => {
                // *outside parliament*, *devant le palais présidentiel*: in the town where these are.
                let kind = mention.rule.rsplit('.').next().unwrap_or_default();
                let words = mention.name_span.of(scan.document.text());
                if let Some(town) = town_after(annotation, number) {
                    annotation.mentions[number].resolved = Some(site_in(words, &town));
                    continue;
                }
                let code = demonym_of(annotation, mention.span)
                    .or_else(|| country_told(scan, annotation, number, country));
                let town = code.and_then(|code| {
                    let seat = scan.pack.seat(kind, code).and_then(|s| scan.gazetteer.select(s));
                    seat.or_else(|| scan.gazetteer.capital(code))
                });
                town.map(|id| site_in(words, &ResolvedPlace::of(scan.gazetteer, id)))
            }
            (PlaceMentionKind::Relative, "place.relative.embassy") => {
                // In the town told of, else in the capital of the country that the report is about.
                let sender = demonym_of(annotation, mention.span);
                let abroad = country.filter(|&code| Some(code) != sender);
                let capital = || abroad.and_then(|code| scan.gazetteer.capital(code));
                let words = mention.name_span.of(scan.document.text());
                town_for(scan, annotation, number, main.as_ref(), leading.as_ref())
                    .filter(ResolvedPlace::is_local)
                    .or_else(|| capital().map(|id| ResolvedPlace::of(scan.gazetteer, id)))
                    .map(|town| site_in(words, &town))
            }
            (PlaceMentionKind::Relative, "place.relative.island") => {
                island_told(scan, annotation, number, main.as_ref(), country)
            }
            (PlaceMentionKind::Relative, "place.relative.seat") => {
                let last = before(annotation, number, |_, p| p.level != PlaceLevel::Country);
                let division = main.clone().or(last).and_then(|p| admin1_of(scan.gazetteer, &p));
                // No table tells seats: the largest town of the division that the report names, else the division.
                let towns = annotation.mentions.iter().filter_map(|m| m.resolved.as_ref()?.entry);
                let own = |&id: &PlaceId| {
                    let place = scan.gazetteer.place(id);
                    place.kind.is_town() && division.as_ref().is_some_and(|d| d.entry == place.admin1)
                };
                let seat = towns.filter(own).max_by_key(|&id| scan.gazetteer.place(id).population);
                seat.map(|id| ResolvedPlace::of(scan.gazetteer, id)).or(division)
            }
            (PlaceMentionKind::Relative, "place.relative.region" | "place.relative.division") => {
                let division = mention.rule == "place.relative.division";
                let told = before(annotation, number, |_, p| p.level == PlaceLevel::Admin2);
                if let Some(told) = told.filter(|_| division) {
                    annotation.mentions[number].resolved = Some(told);
                    continue;
                }
                // *Bahraich is quiet. In the district, …*: the one that has the town's name.
                let own = main.as_ref().and_then(|town| namesake_district(annotation, town));
                if let Some(own) = own.filter(|_| division) {
                    annotation.mentions[number].resolved = Some(own);
                    continue;
                }
                let sentence = scan.document.sentence_at(annotation.mentions[number].span.start);
                let told = |m: &PlaceMention, p: &ResolvedPlace| {
                    p.level != PlaceLevel::Country
                        && (around.is_none() || scan.document.sentence_at(m.span.start) == sentence)
                };
                let last = before(annotation, number, told);
                last.or_else(|| main.clone()).and_then(|p| admin1_of(scan.gazetteer, &p))
            }
            (PlaceMentionKind::Relative, _) => {
                let id = country.and_then(|c| scan.gazetteer.country(c));
                id.map(|id| ResolvedPlace::of(scan.gazetteer, id))
            }
            _ => None,
        };
        match resolved {
            Some(place) => annotation.mentions[number].resolved = Some(place),
            None => open.push(number),
        }
    }
    // A relative place without anything before it says nothing.
    let mut number = 0;
    annotation.mentions.retain(|m| {
        number += 1;
        !(m.kind == PlaceMentionKind::Relative && open.contains(&(number - 1)))
    });
}

/// The country of a demonym or name that stands within or right behind a place: *devant le Parlement suédois*, *outside
/// Kenya's parliament*.
fn demonym_of(annotation: &PlaceAnnotation, span: Span) -> Option<CountryCode> {
    let next = |m: &&PlaceMention| m.kind == PlaceMentionKind::Demonym && m.span.start == span.end + 1;
    let tells = |m: &PlaceMention| m.kind != PlaceMentionKind::Relative && m.use_ != PlaceUse::Organisation;
    let within = |m: &&PlaceMention| span.contains(m.span) && tells(m);
    // *devant l'ambassade d'Iran*.
    let sender =
        |m: &&PlaceMention| m.rule == EMBASSY && m.span.start >= span.end && m.span.start - span.end < BESIDE;
    let found = annotation.mentions.iter().find(|m| within(m) || next(m) || sender(m))?;
    found.resolved.as_ref()?.country
}

/// *near Serbia's presidential palace*: the country only tells which palace.
fn describe_seats(annotation: &mut PlaceAnnotation, relatives: &[PlaceMention]) {
    let within = |m: &PlaceMention| relatives.iter().any(|r| r.span.contains(m.span));
    for mention in annotation.mentions.iter_mut().filter(|m| m.use_ == PlaceUse::Location && within(m)) {
        mention.use_ = PlaceUse::Container;
    }
}

/// The country whose capital a relative place is in: the last one told, unless another sentence only names it, without a
/// town of it (*comme au Brésil. Dans la capitale, …*).
fn country_told(
    scan: &Scan<'_>,
    annotation: &PlaceAnnotation,
    number: usize,
    country: Option<CountryCode>,
) -> Option<CountryCode> {
    let sentence = scan.document.sentence_at(annotation.mentions[number].span.start);
    let last = before(annotation, number, |m, p| m.kind != PlaceMentionKind::Demonym && p.country.is_some());
    let last = last.or_else(|| before(annotation, number, |_, p| p.country.is_some()));
    let here = |m: &PlaceMention| scan.document.sentence_at(m.span.start) == sentence;
    let told = |code: CountryCode| {
        annotation.mentions[..number].iter().any(|m| {
            let of_it = m.resolved.as_ref().filter(|p| p.country == Some(code));
            of_it.is_some_and(|p| p.is_local() || here(m))
        })
    };
    last.and_then(|p| p.country).filter(|&code| country.is_none() || told(code)).or(country)
}

/// *the Belgian capital*, *the Macedonian capital of Skopje*: the demonym only tells which capital.
fn describe_capitals(scan: &Scan<'_>, annotation: &mut PlaceAnnotation) {
    for hit in scan.hits.iter().filter(|h| h.entry.role == Role::Relative && &*h.entry.value == "capital-of")
    {
        let span = described(scan, annotation, hit).map(|m| m.span);
        for mention in annotation.mentions.iter_mut().filter(|m| Some(m.span) == span) {
            mention.use_ = PlaceUse::Container;
        }
    }
}

/// *cette grande ville du nord du Liban*, *the town in Ohio*: the region or country only tells where the town lies.
fn locate_towns(scan: &Scan<'_>, annotation: &mut PlaceAnnotation, relatives: &[PlaceMention]) {
    for town in relatives.iter().filter(|m| matches!(m.rule, "place.relative.city" | "place.relative.that")) {
        let next = annotation.mentions.iter_mut().find(|m| m.span.start >= town.span.end);
        let Some(region) = next.filter(|m| m.use_ == PlaceUse::Location) else { continue };
        let between = scan.document.text().get(town.span.end as usize..region.span.start as usize);
        let linked = between.is_some_and(|b| {
            b.len() <= LINK && b.trim() != "" && b.chars().all(|c| c == ' ' || c.is_lowercase())
        });
        if linked && region.resolved.as_ref().is_some_and(|p| !p.is_local()) {
            region.use_ = PlaceUse::Container;
        }
    }
}

/// The rule of *here*.
const WRITTEN: &str = "place.relative.written";

/// Bytes of the longest preposition, with its blanks, that links a town to where it lies.
const LINK: usize = 8;

/// How far behind a place, in bytes, the one stands that says where it is. Mentions may overlap.
const BESIDE: u32 = 24;

/// The share of what a report says about towns from which *the city* is its main one.
const LEADING_SHARE: f32 = 0.5;

/// The share of what a report says about towns from which a name that no table knows is looked for in its main one.
const MAIN_SHARE: f32 = 0.3;

/// A place that the gazetteer does not hold: its own words, in the division or near the town that follows it, else in the
/// town that the report is about.
fn unknown(
    text: &str,
    annotation: &PlaceAnnotation,
    number: usize,
    country: Option<CountryCode>,
    around: Option<&ResolvedPlace>,
) -> ResolvedPlace {
    let mention = &annotation.mentions[number];
    let after = annotation
        .mentions
        .get(number + 1)
        .filter(|m| m.span.start.saturating_sub(mention.span.end) < BESIDE);
    let beside = after.filter(|m| matches!(m.use_, PlaceUse::Container | PlaceUse::Location));
    let beside = beside.and_then(|m| m.resolved.as_ref());
    let town = beside.filter(|p| p.is_local());
    // "The town of Villa Tunari" is a town of its own.
    let quarter = around.filter(|_| mention.span.start == mention.name_span.start);
    if let (None, Some(around)) = (beside, quarter) {
        return quarter_of(mention.name_span.of(text), around);
    }
    ResolvedPlace {
        entry: None,
        id: None,
        name: mention.name_span.of(text).to_owned(),
        level: PlaceLevel::City,
        country: beside.and_then(|p| p.country).or(country),
        admin1: beside.and_then(|p| {
            if p.level == PlaceLevel::Admin1 { Some(p.name.clone()) } else { p.admin1.clone() }
        }),
        lat: town.and_then(|p| p.lat),
        lon: town.and_then(|p| p.lon),
    }
}

/// The last place told before a mention; datelines only where nothing else was.
fn before(
    annotation: &PlaceAnnotation,
    number: usize,
    fits: impl Fn(&PlaceMention, &ResolvedPlace) -> bool,
) -> Option<ResolvedPlace> {
    let earlier = &annotation.mentions[..number];
    let find = |uses: &[PlaceUse]| {
        let mut rev = earlier.iter().rev().filter(|m| uses.contains(&m.use_));
        rev.find_map(|m| m.resolved.clone().filter(|p| fits(m, p)))
    };
    find(&[PlaceUse::Location, PlaceUse::Attribute])
        .or_else(|| find(&[PlaceUse::Dateline, PlaceUse::Container]))
}

fn out_of_site(gazetteer: &Gazetteer) -> impl Fn(ResolvedPlace) -> ResolvedPlace + '_ {
    |place| match (place.level, place.entry) {
        (PlaceLevel::Site, Some(id)) => ResolvedPlace::of(gazetteer, id),
        _ => place,
    }
}

fn admin1_of(gazetteer: &Gazetteer, place: &ResolvedPlace) -> Option<ResolvedPlace> {
    let id: PlaceId = place.entry?;
    let admin1 = gazetteer.place(id).admin1?;
    (gazetteer.place(admin1).kind == PlaceKind::Admin1).then(|| ResolvedPlace::of(gazetteer, admin1))
}
