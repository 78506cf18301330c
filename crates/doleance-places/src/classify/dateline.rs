//! The place at a report's head, where it was written.

use crate::mention::PlaceMentionKind;
use crate::scan::Scan;
use crate::spot::Spot;

/// The place at a report's head, before a dash, a colon, a day or an agency's name.
///
/// Texts that lost their paragraphs have it after the headline: *… in court OAKLAND, Calif. (AP) — …*
pub(super) fn is_dateline(scan: &Scan<'_>, spot: &Spot) -> bool {
    let words = &scan.words.list;
    let capitals = words[spot.from..=spot.to].iter().all(|w| w.all_capitals);
    let heads = words[spot.from].starts;
    if spot.from > 60 || spot.kind != PlaceMentionKind::Name || !(capitals || heads && spot.from < 40) {
        return false;
    }
    let rest = scan.document.text().get(words[spot.to].span.end as usize..).unwrap_or("");
    has_dateline_mark(rest, capitals)
}

/// `(Reuters) -`, `, 12 June (AFP)`, `, Calif. --`, ` — `, or a colon after capitals.
fn has_dateline_mark(rest: &str, capitals: bool) -> bool {
    let end = rest.char_indices().nth(56).map_or(rest.len(), |(at, _)| at);
    let head = rest[..end].lines().next().unwrap_or("").trim_start_matches(['.', ' ']);
    let is_dash = |s: &str| {
        let s = s.trim_start();
        s.starts_with("--") || s.starts_with('—') || s.starts_with("– ") || s.starts_with("- ")
    };
    let after_place = match head.strip_prefix(',') {
        // A division's name or short form, then the mark: *, Calif. --*.
        Some(rest) => rest.trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, ' ' | '.')),
        None => head,
    };
    if is_dash(head) || capitals && (head.starts_with(':') || is_dash(after_place)) {
        return true;
    }
    if let Some((inside, after)) = after_place.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        let agency = inside.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        return inside.len() < 24 && (is_dash(after) || agency && capitals);
    }
    let Some(rest) = head.strip_prefix(',') else { return false };
    let Some(stop) = rest.find(['(', '-', '—', '–', ':']) else { return false };
    let dated = stop < 28 && rest[..stop].chars().any(|c| c.is_ascii_digit());
    let (agency, dash) = (rest[stop..].starts_with('('), is_dash(&rest[stop..]));
    dated && (agency && (capitals || rest[stop..].contains(") -") || rest[stop..].contains(") —")) || dash)
}
