//! Parts of a whole: "55 arrests, of which 21 in Saint Petersburg, 13 in Moscow": a bare number with a place of its own,
//! after an action that counts people, tells a record of that place. So do crowds: "they marched, 100,000 in Melbourne and
//! 80,000 in Sydney".

use doleance_text::ud::Upos;
use doleance_text::{Span, TokenId};

use crate::annotate::Annotation;
use crate::code::draft::Draft;
use crate::code::settle::PlaceOption;

/// A number with the place it counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Number of the number mention.
    pub number: usize,
    /// Number of the place option.
    pub place: usize,
}

/// How many words may stand between the number and its place.
const REACH: u32 = 4;

/// The parts that a draft's sentence counts after it. None for a single one: that is the action's own figure and place.
pub fn parts_of(annotation: &Annotation, draft: &Draft, places: &[PlaceOption]) -> Vec<Part> {
    let doc = &annotation.document;
    let sentence = doc.sentence(draft.sentence).span;
    let after = doc.token(draft.head).span.end;
    let mut parts = Vec::new();
    // Mentions stand in text order.
    let first = annotation.numbers.partition_point(|n| n.span.start < after);
    let last = first + annotation.numbers[first..].partition_point(|n| n.span.start < sentence.end);
    if last - first < 2 {
        return parts;
    }
    let quantities: Vec<_> = annotation.quantities.iter().filter(|q| sentence.contains(q.span)).collect();
    let places_from = places.partition_point(|p| p.sentence < draft.sentence);
    let own = places[places_from..].iter().take_while(|p| p.sentence == draft.sentence).count();
    let places = &places[..places_from + own];
    for (number, mention) in annotation.numbers.iter().enumerate().take(last).skip(first) {
        // A number that counts a noun of its own is another figure.
        // "120 of them" counts those told of before.
        let counts_known = |span: Span| {
            doc.tokens_in(span).map(TokenId).all(|t| {
                mention.span.contains(doc.token(t).span) || matches!(doc.upos(t), Upos::Adp | Upos::Pron)
            })
        };
        let bare = quantities.iter().all(|q| q.number != Some(number) || counts_known(q.span));
        if !sentence.contains(mention.span) || mention.figure().is_none() || !bare {
            continue;
        }
        let place = (places_from..places.len()).find(|&p| {
            let p = &places[p];
            p.location && p.span.start >= mention.span.end && {
                let between = doc.tokens_in(Span::new(mention.span.end, p.span.start));
                between.len() as u32 <= REACH
                    && between.map(TokenId).all(|t| matches!(doc.upos(t), Upos::Adp | Upos::Det | Upos::Pron))
            }
        });
        if let Some(place) = place.filter(|p| parts.iter().all(|part: &Part| part.place != *p)) {
            parts.push(Part { number, place });
        }
    }
    if parts.len() > 1 { parts } else { Vec::new() }
}
