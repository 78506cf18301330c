//! The stage itself: a document in, its mentions of places out.

use doleance_records::PlaceLevel;
use doleance_text::{Diagnostic, Document, Severity, TokenId};

use crate::classify::{adopt, classify, is_part};
use crate::gazetteer::Gazetteer;
use crate::mention::{
    PlaceAnnotation, PlaceContext, PlaceMention, PlaceMentionKind, PlaceUse, ResolvedPlace,
};
use crate::narrative::{complete, site_in};
use crate::pack::PlacePack;
use crate::resolve::{Readings, resolve};
use crate::scan::Scan;
use crate::spot::{Level, Site, Spot};
use crate::words::Words;

/// Finds the places of a document and resolves them against the gazetteer.
///
/// Works on a bare tokenization; parts of speech and heads, where there are some, make it surer.
pub fn find_places(
    pack: &PlacePack,
    gazetteer: &Gazetteer,
    document: &Document,
    context: &PlaceContext,
) -> PlaceAnnotation {
    let words = Words::of(document, gazetteer.spellings());
    annotate(Scan::new(pack, gazetteer, document, &words), context)
}

/// Decides use and place of the spots of a scan.
pub(crate) fn annotate(mut scan: Scan<'_>, context: &PlaceContext) -> PlaceAnnotation {
    let document = scan.document;
    classify(&mut scan);
    let mut readings = resolve(&scan, context);
    if adopt(&mut scan, &readings) {
        readings = resolve(&scan, context);
    }
    let mut annotation = PlaceAnnotation::default();
    for (spot, readings) in scan.spots.iter().zip(&readings) {
        let open = readings.is_empty() && !spot.postings.is_empty() && spot.use_ == PlaceUse::Location;
        if open && !spot.given && spot.site.is_none() && (!spot.located || is_part(&scan, spot)) {
            continue;
        }
        let mention = mention(&scan, spot, readings);
        if mention.resolved.is_none() && !readings.is_empty() && spot.site.is_none() {
            annotation.diagnostics.push(unresolved(&mention, document));
        }
        annotation.mentions.push(mention);
    }
    complete(&scan, &mut annotation, context);
    annotation
}

fn mention(scan: &Scan<'_>, spot: &Spot, readings: &Readings) -> PlaceMention {
    let mut span = scan.words.span(spot.whole.0, spot.whole.1);
    let mut name_span = scan.words.span(spot.from, spot.to);
    if spot.dotted && scan.document.text().as_bytes().get(name_span.end as usize) == Some(&b'.') {
        name_span.end += 1;
        span.end = span.end.max(name_span.end);
    }
    let first = readings.first().map(|&(id, _)| ResolvedPlace::of(scan.gazetteer, id));
    let text = scan.document.text();
    let resolved = match spot.site {
        None => first,
        Some(Site::Known) => first.map(|town| site_in(span.of(text), &town)),
        Some(Site::OfTown) => first.map(|place| match place.level {
            PlaceLevel::City => site_in(span.of(text), &place),
            _ => place,
        }),
        // The town of a square comes from the narrative.
        Some(Site::Elsewhere | Site::Shared) => None,
    };
    let named = !matches!(spot.use_, PlaceUse::PersonName | PlaceUse::Organisation)
        || spot.rule == "place.institution";
    let candidates = readings.iter().map(|&(id, share)| (ResolvedPlace::of(scan.gazetteer, id), share));
    PlaceMention {
        span,
        name_span,
        head: scan.document.head_of_span(span).unwrap_or(TokenId(scan.words.list[spot.from].token.0)),
        kind: if spot.site.is_some() { PlaceMentionKind::Site } else { spot.kind },
        use_: spot.use_,
        resolved: resolved.filter(|_| named),
        candidates: if named { candidates.collect() } else { Vec::new() },
        rule: if spot.levels.contains(&Level::Quarter) && named && spot.site.is_none() {
            "place.quarter"
        } else if readings.is_empty() && spot.rule == "place.name" && named {
            // The gazetteer has the name, but not where the report could mean it.
            "place.open"
        } else {
            spot.rule
        },
    }
}

fn unresolved(mention: &PlaceMention, document: &Document) -> Diagnostic {
    Diagnostic {
        code: "place.unresolved",
        severity: Severity::Note,
        span: Some(mention.span),
        message: format!("the place of \"{}\" stays open", mention.span.of(document.text())),
        hint: Some("give the country of the source".into()),
    }
}
