//! Which island *l'île*, *the island* or *l'archipel* is.

use doleance_text::CountryCode;

use super::before;
use crate::gazetteer::PlaceId;
use crate::mention::{PlaceAnnotation, ResolvedPlace};
use crate::scan::Scan;

/// The island told of last, else the one that the report is about: of several that hold a place the smallest.
pub(super) fn island_told(
    scan: &Scan<'_>,
    annotation: &PlaceAnnotation,
    number: usize,
    main: Option<&ResolvedPlace>,
    country: Option<CountryCode>,
) -> Option<ResolvedPlace> {
    let islands: Vec<PlaceId> = scan.pack.islands().filter_map(|s| scan.gazetteer.select(s)).collect();
    let held = |place: &ResolvedPlace| {
        let admin1 = place.entry.and_then(|id| scan.gazetteer.place(id).admin1);
        let land = place.country.and_then(|code| scan.gazetteer.country(code));
        [place.entry, admin1, land].into_iter().flatten().find(|id| islands.contains(id))
    };
    let told = before(annotation, number, |_, place| held(place).is_some());
    let of_country = || country.and_then(|c| scan.gazetteer.country(c)).filter(|id| islands.contains(id));
    let island = told.as_ref().or(main).and_then(held).or_else(of_country)?;
    Some(ResolvedPlace::of(scan.gazetteer, island))
}
