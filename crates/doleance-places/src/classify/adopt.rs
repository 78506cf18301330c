//! Doubtful names that the report's own neighbourhood makes sure: *Blossom* and *Bonham* are a word and a surname, but
//! beside Paris and Reno in a paper of Lamar County they are towns.

use super::attach::is_listed;
use super::container::preceded_by_genitive;
use super::{contain_anew, use_of};
use crate::gazetteer::{NameSource, PlaceId, PlaceKind, kilometres};
use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::resolve::Readings;
use crate::scan::Scan;
use crate::spot::Spot;

/// How far a town may lie from two others of the report to be of their neighbourhood.
const REACH: f64 = 80.0;

/// Takes in doubtful spots now that the other names of the report have readings. Whether there were any.
pub(crate) fn adopt(scan: &mut Scan<'_>, readings: &[Readings]) -> bool {
    let doubtful = std::mem::take(&mut scan.doubtful);
    if doubtful.is_empty() {
        return false;
    }
    let told = told(scan, readings);
    let places: Vec<Place> = doubtful.iter().map(|spot| place_of(scan, &told, spot)).collect();
    let mut taken: Vec<Spot> = Vec::new();
    for (number, spot) in doubtful.iter().enumerate() {
        // *Pornichet, Savenay ou Trignac*: each doubtful, yet all of one neighbourhood.
        let beside = |other: usize| {
            let other = doubtful.get(other).filter(|_| places.get(other).is_some_and(|p| p.nearby));
            other.is_some_and(|o| is_listed(scan, o, spot) || is_listed(scan, spot, o))
        };
        let among = number.checked_sub(1).is_some_and(&beside) || beside(number + 1);
        let listed = among || is_listed_with(scan, &taken, spot);
        let common = (spot.from..=spot.to).all(|w| scan.pack.is_common(scan.words.folded(w)));
        let fits = places[number].nearby && (listed || is_signed(scan, spot, common))
            || places[number].in_division && (listed || !common && is_signed(scan, spot, common))
            || places[number].in_country && listed && !common;
        if fits || is_told(scan, spot) {
            let mut spot = spot.clone();
            use_of(scan, &mut spot);
            spot.located = true;
            taken.push(spot);
        }
    }
    if taken.is_empty() {
        return false;
    }
    scan.spots.extend(taken);
    scan.spots.sort_by_key(|s| s.from);
    contain_anew(scan);
    true
}

/// What the sure places of the report say of a doubtful one.
struct Place {
    /// Two of them lie close to it.
    nearby: bool,
    /// Three of them lie in its division.
    in_division: bool,
    /// Two of them lie in its country.
    in_country: bool,
}

/// The sure towns and counties of the report, each once.
fn told(scan: &Scan<'_>, readings: &[Readings]) -> Vec<PlaceId> {
    let mut ids: Vec<_> =
        scan.spots.iter().zip(readings).filter_map(|(_, r)| r.first()).map(|r| r.0).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|&id| {
        let kind = scan.gazetteer.place(id).kind;
        kind.is_town() || kind == PlaceKind::Admin2
    });
    ids
}

fn place_of(scan: &Scan<'_>, told: &[PlaceId], spot: &Spot) -> Place {
    let mut found = Place { nearby: false, in_division: false, in_country: false };
    for posting in &spot.postings {
        let place = scan.gazetteer.place(posting.place);
        if !place.kind.is_town() {
            continue;
        }
        let others = || told.iter().map(|&id| scan.gazetteer.place(id));
        found.in_country |= others().filter(|o| o.country == place.country).take(2).count() == 2;
        if posting.source == NameSource::Alternate {
            continue;
        }
        let near = others().filter(|o| kilometres((o.lat, o.lon), (place.lat, place.lon)) < REACH);
        found.nearby |= near.take(2).count() == 2;
        found.in_division |=
            place.admin1.is_some() && others().filter(|o| o.admin1 == place.admin1).take(3).count() == 3;
    }
    found
}

/// Whether the same name is surely a place elsewhere in the report.
fn is_told(scan: &Scan<'_>, spot: &Spot) -> bool {
    let sure = |s: &Spot| s.key == spot.key && s.located && !s.weakly && s.use_ == PlaceUse::Location;
    scan.spots.iter().any(|s| s.kind == PlaceMentionKind::Name && sure(s))
}

/// Whether a preposition or an article within one stands before the name.
fn is_signed(scan: &Scan<'_>, spot: &Spot, common: bool) -> bool {
    // *Chamber of Commerce* is no chamber of that town.
    let titled =
        scan.before(spot.from).and_then(|w| scan.before(w)).is_some_and(|w| scan.words.list[w].capital);
    let genitive = preceded_by_genitive(scan, spot) && !(common && titled);
    genitive || spot.located && !(common && spot.weakly)
}

/// Whether it stands in a list with sure places.
fn is_listed_with(scan: &Scan<'_>, taken: &[Spot], spot: &Spot) -> bool {
    let before = scan.spots.iter().chain(taken).filter(|s| s.to < spot.from).max_by_key(|s| s.to);
    let after = scan.spots.iter().filter(|s| s.from > spot.to).min_by_key(|s| s.from);
    before.is_some_and(|b| b.use_ == PlaceUse::Location && is_listed(scan, b, spot))
        || after.is_some_and(|a| a.use_ == PlaceUse::Location && is_listed(scan, spot, a))
}
