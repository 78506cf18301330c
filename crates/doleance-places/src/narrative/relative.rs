//! Expressions that take up a place told before, or say where it is by what is there: *the city*, *sur place*, *outside
//! Kenya's parliament*. Which place is meant is decided in `narrative`.

use doleance_text::ud::Upos;
use doleance_text::{Span, TokenId};

use doleance_records::PlaceLevel;

use crate::mention::{PlaceAnnotation, PlaceMention, PlaceMentionKind, PlaceUse, ResolvedPlace};
use crate::pack::{Hit, Role};
use crate::scan::Scan;
use crate::words::Gap;

/// The expressions that take up a place told before, those for capitals with their place.
pub(super) fn relatives(scan: &Scan<'_>, annotation: &PlaceAnnotation) -> Vec<PlaceMention> {
    let words = &scan.words.list;
    let mut found: Vec<PlaceMention> = Vec::new();
    let describes =
        |word: usize| scan.upos(word) == Upos::Adj || scan.starting(word, Role::Demonym).is_some();
    let apart = (0..words.len()).flat_map(|at| scan.pack.hits_apart(scan.words, at, describes));
    let mut hits: Vec<Hit<'_>> =
        scan.hits.iter().filter(|h| h.entry.role == Role::Relative).copied().collect();
    hits.extend(apart);
    let names = |word: usize| country_at(scan, annotation, word);
    hits.extend((0..words.len()).flat_map(|at| scan.pack.hits_around(scan.words, at, names)));
    hits.sort_by_key(|h| h.from);
    for hit in &hits {
        let span = scan.words.span(hit.from, hit.to);
        // The value counts the words of the preposition: *in front of* the palace.
        let preposition = hit.entry.value.rsplit_once(':').and_then(|(_, words)| words.parse::<usize>().ok());
        // The country of *outside Kenya's parliament* stands within, so does the demonym of *the Bavarian town*.
        let town = matches!(&*hit.entry.value, "city" | "that");
        let inner = |m: &PlaceMention| {
            let apart = preposition.is_some() || town && m.kind == PlaceMentionKind::Demonym;
            // *devant l'Assemblée nationale* is at the body that the table knows by its name.
            let ends = m.span.end < span.end || m.use_ == PlaceUse::Organisation && m.span.end == span.end;
            apart && span.start < m.span.start && ends
        };
        let taken = annotation.mentions.iter().any(|m| m.span.overlaps(span) && !inner(m));
        let longer = found.last().is_some_and(|m| m.span.overlaps(span));
        // *la ville de Lyon* and *the city of Lyon* name their town themselves.
        let next = scan.after(hit.to);
        let demonym = next.and_then(|w| scan.starting(w, Role::Demonym)).filter(|h| town && !h.entry.capital);
        let named = preposition.is_none()
            && demonym.map_or(next, |h| scan.after(h.to)).is_some_and(|w| {
                scan.starting(w, Role::Linker).is_some()
                    && (&*hit.entry.value == "capital"
                        || words.get(w + 1).is_some_and(|next| next.capital && next.gap <= Gap::Space))
            });
        if taken
            || longer
            || is_no_place(scan, hit)
            || named && &*hit.entry.value != "capital"
            || apposed(scan, annotation, span)
        {
            continue;
        }
        let (rule, place) = match &*hit.entry.value {
            "city" => ("place.relative.city", None),
            "that" => ("place.relative.that", None),
            // *Here is what we saw* presents it.
            "here" | "written"
                if words[hit.from].starts
                    && scan.after(hit.to).is_some_and(|w| scan.upos(w) == Upos::Aux) =>
            {
                continue;
            }
            "written" => ("place.relative.written", None),
            "here" => ("place.relative.here", None),
            // *y* and *there* stand for a place where they are no expletive.
            "there" if stands_for_place(scan, hit) => ("place.relative.there", None),
            "island" => ("place.relative.island", None),
            "region" => ("place.relative.region", None),
            "division" => ("place.relative.division", None),
            // *the state capital, Bhubaneswar*: the name that follows says it.
            "seat" => ("place.relative.seat", capital_beside(scan, annotation, span.end)),
            "country" => ("place.relative.country", None),
            value if value.starts_with("chamber:") => ("place.relative.chamber", None),
            value if value.starts_with("embassy:") => ("place.relative.embassy", None),
            value if value.starts_with("palace:") => ("place.relative.palace", None),
            "capital-of" => {
                let country = described(scan, annotation, hit).and_then(|m| m.resolved.as_ref()?.country);
                let Some(capital) = country.and_then(|c| scan.gazetteer.capital(c)).filter(|_| !named) else {
                    continue;
                };
                ("place.relative.capital", Some(ResolvedPlace::of(scan.gazetteer, capital)))
            }
            "capital" => {
                let capital = capital_beside(scan, annotation, span.end);
                // *la capitale de l'aéronautique* is none.
                if named && capital.is_none() {
                    continue;
                }
                ("place.relative.capital", capital)
            }
            _ => continue,
        };
        let noun = hit.from + preposition.unwrap_or(0).min(hit.to - hit.from);
        found.push(PlaceMention {
            span,
            name_span: scan.words.span(noun, hit.to),
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

/// *Ils y ont manifesté*, *clashes broke out there*; not *il y a*, *there were*.
fn stands_for_place(scan: &Scan<'_>, hit: &Hit<'_>) -> bool {
    let token = scan.words.list[hit.from].token;
    matches!(scan.document.universal_relation(token), "iobj" | "obl" | "advmod")
}

/// *À Rangoun, la capitale économique, …*, *in Oran, the country's second city*: it says again what the name before it says.
fn apposed(scan: &Scan<'_>, annotation: &PlaceAnnotation, span: Span) -> bool {
    let text = scan.document.text();
    annotation.mentions.iter().any(|m| {
        let between = text.get(m.span.end as usize..span.start as usize);
        m.use_ == PlaceUse::Location && m.kind != PlaceMentionKind::Demonym && between == Some(", ")
    })
}

/// Whether an expression of the tables takes its words: *d'ici vendredi*, *opération ville morte*.
fn is_no_place(scan: &Scan<'_>, hit: &Hit<'_>) -> bool {
    let stops = |h: &&Hit<'_>| h.entry.role == Role::Stop && !h.entry.capital;
    (hit.from..=hit.to).any(|w| scan.hits_ending(w).any(|h| stops(&h)))
        || scan.hits_at(hit.to).iter().any(|h| stops(&h))
}

/// So many mentions may begin before a name that one of them holds.
const NESTED: usize = 3;

/// The last word of a country's name in the genitive, or of its demonym, that starts at a word.
fn country_at(scan: &Scan<'_>, annotation: &PlaceAnnotation, word: usize) -> Option<usize> {
    let start = scan.words.list.get(word)?.span.start;
    // Mentions stand in text order; a name stands at most a few words behind the start of its expression.
    let behind = annotation.mentions.partition_point(|m| m.span.start <= start);
    let mut near = annotation.mentions[..behind].iter().rev().take(NESTED);
    let mention = near.find(|m| m.name_span.start == start)?;
    mention.resolved.as_ref().filter(|p| p.level == PlaceLevel::Country)?;
    let last =
        word + scan.words.list[word..].iter().take_while(|w| w.span.end < mention.name_span.end).count();
    if mention.kind == PlaceMentionKind::Demonym {
        return Some(last);
    }
    scan.after(last).and_then(|w| scan.starting(w, Role::Possessive)).map(|h| h.to)
}

/// The demonym right before a word for the capital: *the Belgian capital*.
pub(super) fn described<'m>(
    scan: &Scan<'_>,
    annotation: &'m PlaceAnnotation,
    hit: &Hit<'_>,
) -> Option<&'m PlaceMention> {
    let word = scan.before(hit.from).map(|w| scan.words.list[w].span)?;
    annotation.mentions.iter().find(|m| m.kind == PlaceMentionKind::Demonym && m.span.end == word.end)
}

/// *la capitale kazakhe*, *the capital of Peru*: the country right after; *the capital, Lima*: the town.
fn capital_beside(scan: &Scan<'_>, annotation: &PlaceAnnotation, end: u32) -> Option<ResolvedPlace> {
    let next = annotation.mentions.iter().find(|m| m.span.start >= end && m.span.start - end < 12)?;
    let between = scan.document.text().get(end as usize..next.span.start as usize)?;
    let apposed = next.resolved.as_ref().filter(|p| p.level == PlaceLevel::City && between.trim() == ",");
    if let Some(town) = apposed {
        return Some(town.clone());
    }
    if between.contains([',', '.', ';', '(']) {
        return None;
    }
    let country = next.resolved.as_ref().filter(|p| p.level == PlaceLevel::Country)?.country?;
    scan.gazetteer.capital(country).map(|id| ResolvedPlace::of(scan.gazetteer, id))
}
