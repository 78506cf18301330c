//! What only the run of the report tells: the dateline, relative places, the town of a square or street.

use doleance_records::PlaceLevel;
use doleance_text::{Document, TokenId};

use crate::gazetteer::{Gazetteer, PlaceId, PlaceKind};
use crate::mention::{
    PlaceAnnotation, PlaceContext, PlaceMention, PlaceMentionKind, PlaceUse, ResolvedPlace,
};
use crate::pack::Role;
use crate::report::{document_country, document_place};
use crate::scan::Scan;
use crate::words::Gap;

/// Marks the place at the report's head that is followed by a dash, a colon, a day or an agency's name.
pub(crate) fn mark_dateline(scan: &mut Scan<'_>) {
    let words = &scan.words.list;
    let Some(number) = scan.spots.iter().position(|s| s.use_ == PlaceUse::Location) else { return };
    let spot = &scan.spots[number];
    let lines_before =
        words[..spot.from].iter().rev().take_while(|w| w.sentence == words[spot.from].sentence).count();
    // At the head of the text, or of one of its first lines: a headline may stand before.
    if spot.from > 60 || lines_before > 0 || spot.kind != PlaceMentionKind::Name {
        return;
    }
    let mut last = spot.to;
    if let Some(container) = spot.container {
        last = scan.spots[container].to.max(last);
    }
    let text = scan.document.text();
    let rest = text.get(words[last].span.end as usize..).unwrap_or("");
    let capitals = words[spot.from..=spot.to].iter().all(|w| w.all_capitals);
    if !has_dateline_mark(rest, capitals) {
        return;
    }
    scan.spots[number].use_ = PlaceUse::Dateline;
    scan.spots[number].rule = "place.dateline";
}

/// `(Reuters) -`, `, 12 June (AFP)`, `--`, ` — `, or a colon after capitals.
fn has_dateline_mark(rest: &str, capitals: bool) -> bool {
    let head: String = rest.chars().take(48).collect();
    let head = head.lines().next().unwrap_or("").trim_start_matches(['.', ' ']);
    let is_dash = |s: &str| {
        let s = s.trim_start();
        s.starts_with("--") || s.starts_with('—') || s.starts_with("– ") || s.starts_with("- ")
    };
    if is_dash(head) || capitals && head.starts_with(':') {
        return true;
    }
    if let Some(rest) = head.strip_prefix('(')
        && let Some((inside, after)) = rest.split_once(')')
    {
        return inside.len() < 24
            && (is_dash(after) || inside.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase));
    }
    if let Some(rest) = head.strip_prefix(',') {
        let dated = rest.chars().take(16).any(|c| c.is_ascii_digit());
        let agency = rest.find('(').is_some_and(|at| rest[at..].find(')').is_some());
        let dash = rest.find(['-', '—', '–']).is_some_and(|at| is_dash(&rest[at..]));
        return dated && (agency || dash) || capitals && dash;
    }
    false
}

/// Adds relative places and gives squares and streets their town.
pub(crate) fn complete(scan: &Scan<'_>, annotation: &mut PlaceAnnotation, context: &PlaceContext) {
    let relatives = relatives(scan, annotation);
    annotation.mentions.extend(relatives);
    annotation.mentions.sort_by_key(|m| (m.span.start, m.span.end));
    let country = document_country(annotation).or(context.country);
    let main = document_place(annotation).map(|m| m.place);
    let mut open = Vec::new();
    for number in 0..annotation.mentions.len() {
        let mention = &annotation.mentions[number];
        if mention.resolved.is_some() {
            continue;
        }
        let resolved = match (mention.kind, mention.rule) {
            (PlaceMentionKind::Site, _) => town_for(scan.document, annotation, number, main.as_ref())
                .map(|town| site_in(mention.span.of(scan.document.text()), &town)),
            (PlaceMentionKind::Relative, "place.relative.city" | "place.relative.here") => {
                before(annotation, number, |p| p.is_local())
                    .or_else(|| main.clone())
                    .map(out_of_site(scan.gazetteer))
            }
            (PlaceMentionKind::Relative, "place.relative.capital") => {
                let last = before(annotation, number, |p| p.country.is_some()).and_then(|p| p.country);
                let capital = last.or(country).and_then(|c| scan.gazetteer.capital(c));
                capital.map(|id| ResolvedPlace::of(scan.gazetteer, id))
            }
            (PlaceMentionKind::Relative, "place.relative.region") => {
                let last = before(annotation, number, |p| p.level != PlaceLevel::Country);
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

fn relatives(scan: &Scan<'_>, annotation: &PlaceAnnotation) -> Vec<PlaceMention> {
    let words = &scan.words.list;
    let mut found: Vec<PlaceMention> = Vec::new();
    for hit in &scan.hits {
        if hit.entry.role != Role::Relative {
            continue;
        }
        let span = scan.words.span(hit.from, hit.to);
        let taken = annotation.mentions.iter().any(|m| m.span.overlaps(span));
        let longer = found.last().is_some_and(|m| m.span.overlaps(span));
        // *la ville de Lyon* and *the city of Lyon* name their town themselves.
        let named = scan.after(hit.to).is_some_and(|w| {
            scan.starting(w, Role::Linker).is_some()
                && words.get(w + 1).is_some_and(|next| next.capital && next.gap <= Gap::Space)
        });
        if taken || longer || named && &*hit.entry.value != "capital" {
            continue;
        }
        let (rule, place) = match &*hit.entry.value {
            "city" => ("place.relative.city", None),
            "here" => ("place.relative.here", None),
            "region" => ("place.relative.region", None),
            "country" => ("place.relative.country", None),
            "capital" => ("place.relative.capital", capital_beside(scan, annotation, span.end)),
            _ => continue,
        };
        found.push(PlaceMention {
            span,
            name_span: span,
            head: scan.document.head_of_span(span).unwrap_or(TokenId(words[hit.from].token.0)),
            kind: PlaceMentionKind::Relative,
            use_: PlaceUse::Location,
            resolved: place,
            candidates: Vec::new(),
            rule,
        });
    }
    found
}

/// *la capitale kazakhe*, *the capital of Peru*: the country right after.
fn capital_beside(scan: &Scan<'_>, annotation: &PlaceAnnotation, end: u32) -> Option<ResolvedPlace> {
    let next = annotation.mentions.iter().find(|m| m.span.start >= end && m.span.start - end < 12)?;
    let between = scan.document.text().get(end as usize..next.span.start as usize)?;
    if between.contains([',', '.', ';', '(']) {
        return None;
    }
    let country = next.resolved.as_ref().filter(|p| p.level == PlaceLevel::Country)?.country?;
    scan.gazetteer.capital(country).map(|id| ResolvedPlace::of(scan.gazetteer, id))
}

/// The last place told before a mention; datelines only where nothing else was.
fn before(
    annotation: &PlaceAnnotation,
    number: usize,
    fits: impl Fn(&ResolvedPlace) -> bool,
) -> Option<ResolvedPlace> {
    let earlier = &annotation.mentions[..number];
    let find = |uses: &[PlaceUse]| {
        let mut rev = earlier.iter().rev().filter(|m| uses.contains(&m.use_));
        rev.find_map(|m| m.resolved.clone().filter(&fits))
    };
    find(&[PlaceUse::Location, PlaceUse::Attribute])
        .or_else(|| find(&[PlaceUse::Dateline, PlaceUse::Container]))
}

/// A square's town: named after it or before it in its sentence, else the last one told, else the report's main town.
fn town_for(
    document: &Document,
    annotation: &PlaceAnnotation,
    number: usize,
    main: Option<&ResolvedPlace>,
) -> Option<ResolvedPlace> {
    let mention = &annotation.mentions[number];
    let sentence = document.sentence_at(mention.span.start).map(|s| document.sentence(s).span);
    let is_town = |m: &&PlaceMention| {
        m.kind != PlaceMentionKind::Site
            && matches!(m.use_, PlaceUse::Location | PlaceUse::Attribute)
            && m.resolved.as_ref().is_some_and(|p| p.level == PlaceLevel::City)
    };
    let after = annotation.mentions[number + 1..]
        .iter()
        .take_while(|m| sentence.is_some_and(|s| s.contains(m.span)) && m.span.start < mention.span.end + 24)
        .find(is_town);
    let before = || annotation.mentions[..number].iter().rev().find(is_town);
    let found = after.or_else(before).and_then(|m| m.resolved.clone());
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
