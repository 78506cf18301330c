//! Names whose spans are known beforehand, from a person's or another program's annotation: only which places they mean
//! is asked.

use doleance_text::{Document, Span};

use crate::find::annotate;
use crate::gazetteer::{Gazetteer, NameSource};
use crate::mention::{PlaceAnnotation, PlaceContext, PlaceMentionKind};
use crate::pack::PlacePack;
use crate::scan::Scan;
use crate::spot::Spot;
use crate::words::Words;

/// Resolves the names at some spans of a document and gives one mention for each that covers a word, by start.
///
/// The words around are read as by [`find_places`](crate::find_places), and what they say of countries counts; but every
/// span is taken for the name of a place.
pub fn resolve_places(
    pack: &PlacePack,
    gazetteer: &Gazetteer,
    document: &Document,
    names: &[Span],
    context: &PlaceContext,
) -> PlaceAnnotation {
    let words = Words::of(document, gazetteer.spellings());
    let mut scan = Scan::new(pack, gazetteer, document, &words);
    give(&mut scan, names);
    let mut annotation = annotate(scan, context);
    annotation.mentions.retain(|m| names.iter().any(|n| n.overlaps(m.name_span)));
    annotation
}

/// Puts spots for the names in the place of those found; demonyms and institutions stay as evidence.
fn give(scan: &mut Scan<'_>, names: &[Span]) {
    let mut spots: Vec<Spot> = names.iter().filter_map(|&name| given(scan, name)).collect();
    let apart = |found: &Spot| spots.iter().all(|s| found.to < s.from || s.to < found.from);
    let others: Vec<Spot> =
        scan.spots.iter().filter(|s| s.kind != PlaceMentionKind::Name && apart(s)).cloned().collect();
    spots.extend(others);
    spots.sort_by_key(|s| s.from);
    spots.dedup_by(|b, a| b.from <= a.to);
    scan.spots = spots;
}

/// The spot of one span: what the tables or the gazetteer have for just these words, whatever their case.
fn given(scan: &Scan<'_>, name: Span) -> Option<Spot> {
    let within = |w: &usize| name.overlaps(scan.words.list[*w].span);
    let from = (0..scan.words.list.len()).find(within)?;
    let to = (from..scan.words.list.len()).take_while(within).last()?;
    let whole = |s: &Spot| s.to == to && s.rule != "stop";
    let found = scan.phrase_spot(from).filter(whole).or_else(|| scan.gazetteer_spot(from).filter(whole));
    let mut spot = found.unwrap_or_else(|| {
        let mut spot = scan.spot(from, to, PlaceMentionKind::Name, "place.name");
        let postings = std::str::from_utf8(&spot.key).ok().and_then(|key| scan.gazetteer.look_up(key));
        spot.postings = postings.into_iter().flat_map(|p| scan.gazetteer.postings(p)).take(64).collect();
        spot.postings.retain(|p| p.source != NameSource::Alternate || scan.words.list[from].capital);
        spot
    });
    if spot.postings.is_empty() {
        spot.rule = "place.unknown";
    }
    spot.given = true;
    Some(spot)
}
