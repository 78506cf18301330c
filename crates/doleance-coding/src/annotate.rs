//! Annotation: one report's trees, times, places, actors, numbers and word classes, before anything is coded.

use doleance_actors::{Actors, QuantityMention, find_actors, find_persons, find_quantities};
use doleance_packs::{Classes, DocumentWords};
use doleance_places::{PlaceAnnotation, PlaceContext, PlaceMentionKind, PlaceUse, find_places};
use doleance_text::{Date, Diagnostic, Document, Report, Severity, Span};
use doleance_times::{NumberMention, TimeAnnotation, find_numbers, find_times};

use crate::CodingOptions;
use crate::code::arguments::Syntax;
use crate::pack::{LanguagePack, Shared};

/// Everything found in a report before coding.
#[derive(Clone, Debug)]
pub struct Annotation {
    /// Trees.
    pub document: Document,
    /// Day of publication, given or read from the report.
    pub published: Option<Date>,
    /// Time expressions.
    pub times: TimeAnnotation,
    /// Numbers.
    pub numbers: Vec<NumberMention>,
    /// Places.
    pub places: PlaceAnnotation,
    /// Actors.
    pub actors: Actors,
    /// Numbers of people.
    pub quantities: Vec<QuantityMention>,
    /// Word classes, one set per word.
    pub classes: Classes,
    /// Words in the pack's vocabulary.
    pub words: DocumentWords,
    /// What stayed open.
    pub diagnostics: Vec<Diagnostic>,
}

impl Annotation {
    /// Trees and function words, for reading arguments.
    pub fn syntax<'a>(&'a self, pack: &'a LanguagePack) -> Syntax<'a> {
        Syntax { document: &self.document, words: &self.words, grammar: &pack.grammar }
    }
}

/// Annotates a report.
pub fn annotate(
    pack: &LanguagePack,
    shared: &Shared,
    report: &Report,
    options: &CodingOptions,
) -> Annotation {
    let document = options.document.clone().unwrap_or_else(|| pack.syntax.annotate(&report.text));
    let published = report.published.or(options.published);
    let times = find_times(&pack.times, &document, published);
    let numbers = find_numbers(&pack.times, &document);
    let context = PlaceContext { country: report.country.or(options.country) };
    let mut places = find_places(&pack.places, &shared.gazetteer, &document, &context);
    // "Assa Traoré" is a person, whatever town is called so: a name with a given name before it is not taken for a place.
    let persons = find_persons(&pack.actors, &document, &[]);
    for mention in &mut places.mentions {
        let named = persons.iter().any(|p| p.span.overlaps(mention.name_span) && p.first != p.last);
        if named && mention.kind == PlaceMentionKind::Name {
            mention.use_ = PlaceUse::PersonName;
            mention.resolved = None;
        }
    }
    let place_names: Vec<Span> = places
        .mentions
        .iter()
        .filter(|m| m.resolved.is_some() && m.kind == PlaceMentionKind::Name)
        .map(|m| m.name_span)
        .collect();
    let actors = find_actors(&pack.actors, &document, &place_names);
    let quantities = find_quantities(&pack.actors, &document, &numbers, &actors);
    let words = DocumentWords::new(&pack.vocabulary, &document);
    let mut classes = vec![Default::default(); document.tokens().len()];
    actors.add_to(&mut classes);
    pack.things.add_to(&document, &words, &mut classes);
    let mut diagnostics = Vec::new();
    diagnostics.extend(times.diagnostics.iter().cloned());
    diagnostics.extend(places.diagnostics.iter().cloned());
    if document.tokens().is_empty() {
        diagnostics.push(Diagnostic {
            code: "text.empty",
            severity: Severity::Warning,
            span: None,
            message: "the report has no words".to_owned(),
            hint: Some("check that the file holds the text of the report".to_owned()),
        });
    }
    Annotation {
        document,
        published,
        times,
        numbers,
        places,
        actors,
        quantities,
        classes,
        words,
        diagnostics,
    }
}
