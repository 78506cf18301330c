//! Doubtful names that the report's own neighbourhood makes sure: *Blossom* and *Bonham* are a word and a surname, but
//! beside Paris and Reno in a paper of Lamar County they are towns.

use super::attach::is_listed;
use super::container::preceded_by_genitive;
use super::{contain_anew, use_of};
use crate::gazetteer::{NameSource, PlaceKind, kilometres};
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
    let mut taken: Vec<Spot> = Vec::new();
    for mut spot in doubtful {
        let again = is_told(scan, &spot);
        if again || is_signed(scan, &taken, &spot) && is_nearby(scan, &told, &spot) {
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

/// Where the sure towns and counties of the report lie, each once.
fn told(scan: &Scan<'_>, readings: &[Readings]) -> Vec<(f64, f64)> {
    let mut ids: Vec<_> =
        scan.spots.iter().zip(readings).filter_map(|(_, r)| r.first()).map(|r| r.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let places = ids.into_iter().map(|id| scan.gazetteer.place(id));
    places.filter(|p| p.kind.is_town() || p.kind == PlaceKind::Admin2).map(|p| (p.lat, p.lon)).collect()
}

/// Whether the same name is surely a place elsewhere in the report.
fn is_told(scan: &Scan<'_>, spot: &Spot) -> bool {
    let sure = |s: &Spot| s.key == spot.key && s.located && !s.weakly && s.use_ == PlaceUse::Location;
    scan.spots.iter().any(|s| s.kind == PlaceMentionKind::Name && sure(s))
}

/// Whether anything before the name may tell a place: a preposition, an article in it, a list of places.
fn is_signed(scan: &Scan<'_>, taken: &[Spot], spot: &Spot) -> bool {
    let common = (spot.from..=spot.to).all(|w| scan.pack.is_common(scan.words.folded(w)));
    let before = scan.spots.iter().chain(taken).filter(|s| s.to < spot.from).max_by_key(|s| s.to);
    let after = scan.spots.iter().filter(|s| s.from > spot.to).min_by_key(|s| s.from);
    let listed = before.is_some_and(|b| b.use_ == PlaceUse::Location && is_listed(scan, b, spot))
        || after.is_some_and(|a| a.use_ == PlaceUse::Location && is_listed(scan, spot, a));
    // *Chamber of Commerce* is no chamber of that town.
    let titled =
        scan.before(spot.from).and_then(|w| scan.before(w)).is_some_and(|w| scan.words.list[w].capital);
    let genitive = preceded_by_genitive(scan, spot) && !(common && titled);
    listed || genitive || spot.located && !(common && spot.weakly)
}

fn is_nearby(scan: &Scan<'_>, told: &[(f64, f64)], spot: &Spot) -> bool {
    spot.postings.iter().filter(|p| p.source != NameSource::Alternate).any(|p| {
        let place = scan.gazetteer.place(p.place);
        let near = |&&other: &&(f64, f64)| kilometres(other, (place.lat, place.lon)) < REACH;
        place.kind.is_town() && told.iter().filter(near).take(2).count() == 2
    })
}
