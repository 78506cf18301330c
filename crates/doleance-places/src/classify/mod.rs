//! What a spot does in the text: a location, a container, a government, part of a person's or organisation's name.
//!
//! Only the words around decide, with parts of speech and heads where a parser has been; which place a name means is
//! decided afterwards. One file a question: what stands around the name (`attach`), whether it is a place's name at all
//! (`name`, `person`), if need be in the light of the places told of elsewhere (`adopt`), what it does there (`usage`, `dateline`, `road`, `embassy`, `quoted`), which of two contains the other (`container`).

mod adopt;
mod attach;
mod container;
mod dateline;
mod embassy;
mod name;
mod person;
mod quoted;
mod road;
mod usage;

use crate::mention::PlaceUse;
use crate::scan::Scan;
use crate::spot::Spot;

use attach::{attach, follow_list, lead_list, yield_sites};
use container::{contain, describe, stand_beside};
use dateline::is_dateline;
use embassy::send;
use name::{Verdict, is_shouted, judge};
use person::spread_persons;
use quoted::quote;
use road::lead_away;
use usage::use_of;

pub(crate) use adopt::adopt;
pub(crate) use container::contains;
pub(crate) use embassy::EMBASSY;
pub(crate) use name::is_part;

/// Decides the use of every spot and drops those that are no names of places.
pub(crate) fn classify(scan: &mut Scan<'_>) {
    let mut spots = std::mem::take(&mut scan.spots);
    let text = scan.document.text();
    let shouted: Vec<bool> = scan.document.sentences().iter().map(|s| is_shouted(s.span.of(text))).collect();
    let mut kept: Vec<Spot> = Vec::with_capacity(spots.len());
    for mut spot in spots.drain(..) {
        // *Hill Cart Road* was read whole.
        if kept.last().is_some_and(|b| b.site.is_some() && spot.from <= b.whole.1) {
            continue;
        }
        attach(scan, &mut spot, kept.last());
        follow_list(scan, &mut spot, kept.last());
        let sentence = scan.words.list[spot.from].sentence.index();
        if is_dateline(scan, &spot) {
            spot.use_ = PlaceUse::Dateline;
            spot.rule = "place.dateline";
            kept.push(spot);
        } else {
            match judge(scan, &mut spot, &kept, shouted.get(sentence).copied().unwrap_or(false)) {
                Verdict::Place => kept.push(spot),
                Verdict::Doubtful => scan.doubtful.push(spot),
                Verdict::No => {}
            }
        }
    }
    yield_sites(&mut kept);
    drop_conditional(scan, &mut kept);
    lead_list(scan, &mut kept);
    for spot in &mut kept {
        use_of(scan, spot);
    }
    lead_away(scan, &mut kept);
    send(scan, &mut kept);
    quote(scan, &mut kept);
    spread_persons(scan, &mut kept);
    let misread = |s: &&mut Spot| s.given && matches!(s.use_, PlaceUse::PersonName | PlaceUse::Organisation);
    for spot in kept.iter_mut().filter(misread) {
        spot.use_ = PlaceUse::Location;
        spot.rule = "place.name";
    }
    contain(scan, &mut kept);
    kept.retain(|s| s.given || !s.abbreviation || s.use_ == PlaceUse::Container);
    // *du Nord et du Sud* are no divisions unless something lies in them.
    kept.retain(|s| {
        s.given
            || s.use_ == PlaceUse::Container
            || s.from < s.to
            || !s.levels.is_empty()
            || s.located && !s.prefixed
            || !is_part(scan, s)
    });
    scan.spots = kept;
    contain_anew(scan);
}

/// Drops what means its place in one country only, where the report does not tell of that country.
fn drop_conditional(scan: &Scan<'_>, spots: &mut Vec<Spot>) {
    let place = |posting: &crate::gazetteer::Posting| scan.gazetteer.place(posting.place);
    let told: Vec<_> = spots
        .iter()
        .filter(|s| !s.conditional)
        .filter_map(|s| {
            let country = place(s.postings.first()?).country;
            s.postings.iter().all(|p| place(p).country == country).then_some(country)
        })
        .collect();
    spots.retain(|s| !s.conditional || s.postings.iter().any(|p| told.contains(&place(p).country)));
}

/// Finds containers again: their numbers move with the spots that come and go.
fn contain_anew(scan: &mut Scan<'_>) {
    let mut spots = std::mem::take(&mut scan.spots);
    for spot in &mut spots {
        spot.container = None;
    }
    contain(scan, &mut spots);
    describe(scan, &mut spots);
    stand_beside(scan, &mut spots);
    scan.spots = spots;
}
