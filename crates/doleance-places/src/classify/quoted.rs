//! Places in slogans: *« Iran dehors ! »*, *"Hands off Venezuela"*. Who shouts so is not there.

use crate::mention::PlaceUse;
use crate::pack::Role;
use crate::scan::Scan;
use crate::spot::Spot;

/// The most words of a slogan.
const LONGEST_SLOGAN: usize = 5;

/// Takes the names in slogans for what is spoken of, unless a preposition tells that something is there.
pub(super) fn quote(scan: &Scan<'_>, spots: &mut [Spot]) {
    if spots.is_empty() {
        return;
    }
    let slogans = slogans(scan);
    for spot in spots {
        let before = scan.before(spot.whole.0).and_then(|w| scan.ending(w, Role::Locative));
        let weak = before.is_some_and(|h| &*h.entry.value == "weak");
        let told = spot.located && !weak || spot.given;
        let (first, last) = (scan.words.list[spot.from].span, scan.words.list[spot.to].span);
        let within = |&(from, to): &(u32, u32)| from <= first.start && last.end <= to;
        if spot.use_ == PlaceUse::Location && !told && slogans.iter().any(within) {
            spot.use_ = PlaceUse::Attribute;
            spot.rule = "place.slogan";
        }
    }
}

/// The short quotations of a report, from quotation mark to quotation mark.
fn slogans(scan: &Scan<'_>) -> Vec<(u32, u32)> {
    let text = scan.document.text();
    let mut found = Vec::new();
    let mut open: Option<(u32, char)> = None;
    for (at, c) in text.char_indices() {
        let at = at as u32;
        match (c, open) {
            ('\n', _) => open = None,
            ('»' | '”', Some((from, '«' | '“'))) | ('"', Some((from, '"'))) => {
                open = None;
                let within = |s: doleance_text::Span| from <= s.start && s.end <= at;
                let words = scan.words.list.partition_point(|w| w.span.start < from);
                let count = scan.words.list[words..].iter().take_while(|w| within(w.span)).count();
                // The name alone is what something is called.
                if (2..=LONGEST_SLOGAN).contains(&count) {
                    found.push((from, at));
                }
            }
            ('«' | '“' | '"', None) => open = Some((at, c)),
            _ => {}
        }
    }
    found
}
