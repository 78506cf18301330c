//! Annotation: one report's trees, times, places, actors, numbers and word classes, before anything is coded.

use doleance_actors::{Actors, QuantityKind, QuantityMention, find_actors, find_persons, find_quantities};
use doleance_packs::{ClassSet, Classes, DocumentWords, PEOPLE};
use doleance_places::{PlaceAnnotation, PlaceContext, PlaceMentionKind, PlaceUse, find_places};
use doleance_text::ud::Upos;
use doleance_text::{Date, Diagnostic, Document, Report, Severity, Span, TokenId};
use doleance_times::{Granularity, NumberMention, TimeAnnotation, find_times_and_numbers};

use crate::CodingOptions;
use crate::code::arguments::Syntax;
use crate::code::speakers::{Quoting, class_speakers};
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
    /// Number of the first word after the headline and the dateline; 0 where there is neither.
    pub headline_end: u32,
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
///
/// Where the text lost its line ends, so that headline, dateline and first sentence stand in one line, the lines are put
/// back and the report is read again.
pub fn annotate(
    pack: &LanguagePack,
    shared: &Shared,
    report: &Report,
    options: &CodingOptions,
) -> Annotation {
    if let Some(document) = &options.document {
        return annotate_document(pack, shared, report, options, document.clone());
    }
    let found = annotate_document(pack, shared, report, options, pack.annotate(&report.text));
    match with_line_ends(&found, &report.text) {
        Some(text) => annotate_document(pack, shared, report, options, pack.annotate(&text)),
        None => found,
    }
}

/// The text with a line end for the space before a dateline that stands inside a sentence, and for the one after it; no
/// offset changes.
fn with_line_ends(found: &Annotation, text: &str) -> Option<String> {
    let doc = &found.document;
    let dateline = found.places.mentions.iter().find(|m| m.use_ == PlaceUse::Dateline)?;
    let sentence = doc.sentence(doc.sentence_at(dateline.span.start)?);
    let inside = doc.tokens_in(dateline.span).start > sentence.words.start;
    if !inside || found.headline_end == 0 {
        return None;
    }
    let before = dateline.span.start.checked_sub(1)? as usize;
    let after = doc.tokens().get(found.headline_end as usize)?.span.start.checked_sub(1)? as usize;
    let mut bytes = text.as_bytes().to_vec();
    for space in [before, after] {
        if bytes.get(space) == Some(&b' ') {
            bytes[space] = b'\n';
        }
    }
    // One ASCII byte took another's place: the text is still UTF-8.
    String::from_utf8(bytes).ok()
}

fn annotate_document(
    pack: &LanguagePack,
    shared: &Shared,
    report: &Report,
    options: &CodingOptions,
    document: Document,
) -> Annotation {
    let published = report.published.or(options.published);
    let (mut times, numbers) = find_times_and_numbers(&pack.times, &document, published);
    let context = PlaceContext { country: report.country.or(options.country) };
    let mut places = find_places(&pack.places, &shared.gazetteer, &document, &context);
    // "Assa Traoré" is a person, whatever town is called so: a name with a given name before it is not taken for a place.
    let persons = find_persons(&pack.actors, &document, &[]);
    for mention in &mut places.mentions {
        // "Alice Springs", "the Gaza Strip": a name of several words that a place has as a whole is that place.
        let is_person = |p: &doleance_actors::PersonMention| {
            p.span.overlaps(mention.name_span) && p.first != p.last && !mention.name_span.contains(p.span)
        };
        let named = persons.iter().any(is_person)
            || times.mentions.iter().any(|t| t.span.contains(mention.name_span));
        if named && mention.kind == PlaceMentionKind::Name {
            mention.use_ = PlaceUse::PersonName;
            mention.resolved = None;
        }
    }
    // "Chiang Mai", "la place du 1er-Mai": a month or day within the name of a place dates nothing.
    let within_name = |t: &doleance_times::TimeMention| {
        let longer = |m: &doleance_places::PlaceMention| {
            let name = if m.kind == PlaceMentionKind::Site { m.span } else { m.name_span };
            m.resolved.is_some() && name.contains(t.span) && name.len() > t.span.len()
        };
        places.mentions.iter().any(longer)
    };
    times.leave_out(within_name);
    let place_names: Vec<Span> = places
        .mentions
        .iter()
        .filter(|m| m.resolved.is_some() && m.kind == PlaceMentionKind::Name)
        .map(|m| m.name_span)
        .collect();
    let actors = find_actors(&pack.actors, &document, &place_names);
    let quantities = find_quantities(&pack.actors, &document, &numbers, &actors);
    let headline_end = mark_dateline(&document, &mut places, &mut times);
    let mut words = DocumentWords::new(&pack.vocabulary, &document);
    let is_day = |t: &&doleance_times::TimeMention| t.is_event_time && t.granularity <= Granularity::Day;
    for time in times.mentions.iter().filter(is_day) {
        words.set_aside(&document, with_preposition(&document, time.span));
    }
    let mut classes = vec![Default::default(); document.tokens().len()];
    actors.add_to(&mut classes);
    pack.things.add_to(&document, &words, &mut classes);
    if let Some(people) = pack.classes.find(PEOPLE) {
        let stands = numbers.iter().map(|n| n.head).filter(|&t| stands_for_people(&document, &actors, t));
        let unnamed = document.token_ids().filter(|&t| {
            pack.grammar.people_pronouns.holds(&document, &words, t) && is_unnamed(&document, t)
        });
        for token in stands.chain(unnamed) {
            classes[token.index()] = classes[token.index()].join(people);
        }
    }
    if let Some(inhabitants) = pack.classes.find(INHABITANTS) {
        for quantity in quantities.iter().filter(|q| is_crowd(&actors, pack, q)) {
            let counted = quantity.of.map(|index| &actors.mentions[index]);
            // "a group of some 60 people" acts as they do.
            let group = document.head(quantity.head).filter(|&t| {
                document.universal_relation(quantity.head) == "nmod" && actors.mention_at(t).is_some()
            });
            let heads = counted.into_iter().flat_map(|m| [m.head, m.core]);
            for token in heads.chain([quantity.head]).chain(group) {
                classes[token.index()] = classes[token.index()].join(inhabitants);
            }
        }
    }
    let unnamed = [PEOPLE, INHABITANTS].iter().filter_map(|name| pack.classes.find(name));
    let unnamed = unnamed.fold(ClassSet::NONE, ClassSet::join);
    let (open, close) = pack.claims.quotation_marks();
    let quoting = Quoting { pronouns: &pack.grammar.speaker_pronouns, open, close };
    class_speakers(&document, &words, &quoting, unnamed, &mut classes);
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
        headline_end,
        classes,
        words,
        diagnostics,
    }
}

/// The tokens of a stretch of text, with the preposition and article before it.
fn with_preposition(document: &Document, span: Span) -> std::ops::Range<u32> {
    let tokens = document.tokens_in(span);
    let before = (0..tokens.start).rev();
    let joins = |&t: &u32| matches!(document.upos(TokenId(t)), Upos::Adp | Upos::Det);
    let first = before.take(2).take_while(joins).last().unwrap_or(tokens.start);
    first..tokens.end
}

/// The class of those who live somewhere. A counted crowd of whom no more is said may do what they do: *some 200 people
/// stormed the airport*.
const INHABITANTS: &str = "residents";

/// People without a role of their own, ten or more of them.
fn is_crowd(actors: &Actors, pack: &LanguagePack, quantity: &QuantityMention) -> bool {
    let counts = matches!(quantity.kind, QuantityKind::People | QuantityKind::Unknown);
    let many = quantity.low.is_none_or(|low| low >= LEAST_CROWD);
    let people = |index: usize| Some(actors.mentions[index].role) == pack.actors.people_role();
    counts && many && quantity.of.is_none_or(people)
}

/// Fewer are no crowd.
const LEAST_CROWD: u64 = 10;

/// Whether a number stands alone for those counted: *arrested three*, *trois d'entre eux ont été tués*, *en a arrêté une
/// dizaine*. What it is done to tells whether they are people.
fn stands_for_people(document: &Document, actors: &Actors, number: TokenId) -> bool {
    let place = document.universal_relation(number);
    let counts_nothing = document.children_by(number, "nmod").all(|c| {
        document.upos(c) == Upos::Pron
            || actors.mention_at(c).is_some_and(|m| m.is_pronoun)
            || document.children_by(c, "case").next().is_none()
    });
    let is_number = document.upos(number) == Upos::Num
        || document.upos(number) == Upos::Noun && document.children_by(number, "nummod").next().is_none();
    let bare = place == "obl" && document.children(number).is_empty();
    is_number && (matches!(place, "nsubj" | "obj") || bare) && counts_nothing
}

/// Whether an indefinite pronoun does something and stands for whom the text has not named: *others clashed with police*.
fn is_unnamed(document: &Document, pronoun: TokenId) -> bool {
    let pronominal = matches!(document.upos(pronoun), Upos::Pron | Upos::Det | Upos::Adj | Upos::Noun);
    pronominal
        && document.universal_relation(pronoun) == "nsubj"
        && document.children_by(pronoun, "nmod").next().is_none()
}

/// How far into a report a dateline may stand, in words.
const DATELINE_WITHIN: u32 = 60;

/// Finds "Headline PLACE, March 10 (Agency) –" or a headline on a line of its own: place and date of the dateline say where
/// and when the report was written, not where anything happened. Gives the number of the first word of the report proper.
fn mark_dateline(document: &Document, places: &mut PlaceAnnotation, times: &mut TimeAnnotation) -> u32 {
    let text = document.text();
    for mention in &mut places.mentions {
        let words = document.tokens_in(mention.span);
        if words.start > DATELINE_WITHIN {
            break;
        }
        if mention.resolved.is_none() || mention.kind != PlaceMentionKind::Name {
            continue;
        }
        let follows = document.tokens().get(words.end as usize).map_or("", |t| t.span.of(text));
        if !matches!(follows, "," | "(" | "–" | "—" | "--" | "-" | ":") {
            continue;
        }
        let shouted =
            mention.name_span.of(text).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let mut at = words.end;
        let mut date = None;
        let mut agency = false;
        let end = (words.end + 14).min(document.tokens().len() as u32);
        let dash = loop {
            if at >= end {
                break None;
            }
            let token = document.token(TokenId(at));
            let form = token.span.of(text);
            // "CHENNAI: …", "IMPHAL, JULY 30: …".
            if matches!(form, "–" | "—" | "--" | "-") || form == ":" && shouted {
                break Some(at);
            }
            if let Some(number) = times.mentions.iter().position(|t| t.span.contains(token.span)) {
                date = Some(number);
            } else if form == "(" {
                agency = true;
            } else if !agency && document.upos(TokenId(at)) != Upos::Punct && places_word_is_lower(form) {
                break None;
            }
            at += 1;
        };
        if let Some(dash) = dash.filter(|_| date.is_some() || agency || shouted) {
            mention.use_ = PlaceUse::Dateline;
            if let Some(date) = date {
                // TIMEX3 keeps it; it dates no event.
                times.mentions[date].is_event_time = false;
                times.mentions[date].interval = None;
            }
            return dash + 1;
        }
    }
    headline_line(document)
}

/// A word in small letters ends the search for a dateline: it belongs to a sentence.
fn places_word_is_lower(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_lowercase)
}

/// The words of a first line that has no full stop.
fn headline_line(document: &Document) -> u32 {
    let Some(first) = document.sentences().first() else { return 0 };
    let text = document.text();
    let ended = first.span.of(text).trim_end().ends_with(['.', '!', '?', '…', '"', '»', '”']);
    let alone = text[first.span.end as usize..].trim_start_matches(' ').starts_with('\n');
    if !ended && alone { first.words.end } else { 0 }
}
