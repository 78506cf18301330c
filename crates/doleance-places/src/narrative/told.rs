//! Which town or district a relative place means by the words beside it: *the Bavarian town*, *outside the parliament in
//! Stockholm*, *the district* of a town that gives it its name.

use doleance_records::PlaceLevel;
use doleance_text::Span;

use super::{before, out_of_site};
use crate::gazetteer::PlaceKind;
use crate::mention::{PlaceAnnotation, PlaceMention, PlaceMentionKind, PlaceUse, ResolvedPlace};
use crate::scan::Scan;

/// The place of a demonym that stands within or right behind a relative place: *la ville allemande*, *the Bavarian town*.
pub(super) fn described_by(annotation: &PlaceAnnotation, span: Span) -> Option<ResolvedPlace> {
    let tells = |m: &&PlaceMention| {
        m.kind == PlaceMentionKind::Demonym && (span.contains(m.span) || m.span.start == span.end + 1)
    };
    annotation.mentions.iter().find(tells)?.resolved.clone()
}

/// The town told of last in the land of a demonym, no capital; *l'agglomération parisienne* is Paris.
pub(super) fn town_in(
    scan: &Scan<'_>,
    annotation: &PlaceAnnotation,
    number: usize,
    land: ResolvedPlace,
) -> Option<ResolvedPlace> {
    if land.is_local() {
        return Some(land);
    }
    let there = |p: &ResolvedPlace| {
        let capital = p.entry.is_some_and(|id| scan.gazetteer.place(id).kind == PlaceKind::Capital);
        let held = land.level == PlaceLevel::Country || p.admin1 == land.admin1;
        p.is_local() && !capital && p.country == land.country && held
    };
    before(annotation, number, |_, p| there(p)).map(out_of_site(scan.gazetteer))
}

/// The division of the second order that the name of a town may also mean.
pub(super) fn namesake_district(annotation: &PlaceAnnotation, town: &ResolvedPlace) -> Option<ResolvedPlace> {
    let of_it = |m: &&PlaceMention| m.resolved.as_ref().is_some_and(|p| p.entry == town.entry);
    let mentions = annotation.mentions.iter().filter(of_it);
    let district = |p: &&ResolvedPlace| p.level == PlaceLevel::Admin2 && p.country == town.country;
    mentions.flat_map(|m| m.candidates.iter().map(|(place, _)| place)).find(district).cloned()
}

/// The town that stands right behind a place: *outside the parliament in Stockholm*.
pub(super) fn town_after(annotation: &PlaceAnnotation, number: usize) -> Option<ResolvedPlace> {
    let end = annotation.mentions[number].span.end;
    let next = annotation.mentions[number + 1..].iter().find(|m| m.span.start >= end)?;
    let close = next.use_ == PlaceUse::Location && next.span.start - end < TOWN_BESIDE;
    next.resolved.clone().filter(|p| close && p.level == PlaceLevel::City)
}

/// How far behind a seat of power, in bytes, its town stands.
const TOWN_BESIDE: u32 = 6;
