//! All mentions of a report, one JSON object a line, in text order: times, places with candidates, actors, numbers of
//! people. Offsets count code points, as in records.

use doleance_actors::{ActorPack, QuantityKind};
use doleance_coding::{Annotation, LanguagePack};
use doleance_places::ResolvedPlace;
use doleance_records::Quote;
use doleance_text::{CodePoints, Date, Report, Span};
use serde::Serialize;

use super::jsonl::write_line;

#[derive(Serialize)]
#[serde(tag = "mention", rename_all = "lowercase")]
enum Mention<'a> {
    Time {
        doc: &'a str,
        span: Quote,
        timex: &'static str,
        value: &'a str,
        modifier: Option<&'static str>,
        start: Option<Date>,
        end: Option<Date>,
        can_date_an_event: bool,
        rule: &'a str,
    },
    Place {
        doc: &'a str,
        span: Quote,
        #[serde(rename = "use")]
        use_: &'static str,
        place: Option<Place>,
        candidates: Vec<Candidate>,
        rule: &'static str,
    },
    Actor {
        doc: &'a str,
        span: Quote,
        role: &'a str,
        sector: Option<&'a str>,
        organisation: Option<&'a str>,
        name: Option<&'a str>,
        refers_to: Option<Quote>,
        rule: &'a str,
    },
    Quantity {
        doc: &'a str,
        span: Quote,
        counts: &'static str,
        low: Option<u64>,
        high: Option<u64>,
        said_by: Option<&'a str>,
        rule: Option<&'a str>,
    },
}

#[derive(Serialize)]
struct Place {
    name: String,
    id: Option<String>,
    level: doleance_records::PlaceLevel,
    country: Option<String>,
    admin1: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
}

#[derive(Serialize)]
struct Candidate {
    #[serde(flatten)]
    place: Place,
    score: f64,
}

impl From<&ResolvedPlace> for Place {
    fn from(place: &ResolvedPlace) -> Self {
        Place {
            name: place.name.clone(),
            id: place.id.clone(),
            level: place.level,
            country: place.country.map(|country| country.as_str().to_owned()),
            admin1: place.admin1.clone(),
            lat: place.lat,
            lon: place.lon,
        }
    }
}

/// The mentions of one report as JSON Lines.
pub fn render(report: &Report, pack: &LanguagePack, annotation: &Annotation) -> Vec<u8> {
    let quotes =
        Quotes { text: annotation.document.text(), points: CodePoints::new(annotation.document.text()) };
    let doc = report.id.as_str();
    let mut mentions: Vec<(Span, Mention<'_>)> = Vec::new();
    for time in &annotation.times.mentions {
        let (start, end) = time.interval.map_or((None, None), |interval| (interval.start, interval.end));
        let mention = Mention::Time {
            doc,
            span: quotes.of(time.span),
            timex: time.timex.name(),
            value: &time.value,
            modifier: time.modifier.map(doleance_times::Modifier::name),
            start,
            end,
            can_date_an_event: time.is_event_time,
            rule: &time.rule,
        };
        mentions.push((time.span, mention));
    }
    for place in &annotation.places.mentions {
        let candidate = |(place, score): &(ResolvedPlace, f32)| Candidate {
            place: place.into(),
            score: (f64::from(*score) * 1000.0).round() / 1000.0,
        };
        let mention = Mention::Place {
            doc,
            span: quotes.of(place.span),
            use_: place.use_.name(),
            place: place.resolved.as_ref().map(Place::from),
            candidates: place.candidates.iter().map(candidate).collect(),
            rule: place.rule,
        };
        mentions.push((place.span, mention));
    }
    add_people(&mut mentions, doc, &pack.actors, annotation, &quotes);
    mentions.sort_by_key(|(span, _)| (span.start, span.end));
    let mut lines = Vec::new();
    mentions.iter().for_each(|(_, mention)| write_line(&mut lines, mention));
    lines
}

fn add_people<'a>(
    mentions: &mut Vec<(Span, Mention<'a>)>,
    doc: &'a str,
    pack: &'a ActorPack,
    annotation: &'a Annotation,
    quotes: &Quotes<'a>,
) {
    let actors = &annotation.actors.mentions;
    for actor in actors {
        let mention = Mention::Actor {
            doc,
            span: quotes.of(actor.span),
            role: &pack.roles().role(actor.role).id,
            sector: actor.sector.map(|sector| pack.roles().sector(sector).id.as_str()),
            organisation: actor.organisation.map(|span| span.of(quotes.text)),
            name: actor.name.map(|span| span.of(quotes.text)),
            refers_to: actor
                .antecedent
                .and_then(|number| actors.get(number))
                .map(|other| quotes.of(other.span)),
            rule: pack.rule(actor.rule),
        };
        mentions.push((actor.span, mention));
    }
    for quantity in &annotation.quantities {
        let mention = Mention::Quantity {
            doc,
            span: quotes.of(quantity.span),
            counts: counted(quantity.kind),
            low: quantity.low,
            high: quantity.high,
            said_by: quantity.said_by.map(|span| span.of(quotes.text)),
            rule: quantity.rule.map(|rule| pack.quantity_rule(rule)),
        };
        mentions.push((quantity.span, mention));
    }
}

fn counted(kind: QuantityKind) -> &'static str {
    match kind {
        QuantityKind::People => "people",
        QuantityKind::Killed => "killed",
        QuantityKind::Injured => "injured",
        QuantityKind::Arrested => "arrested",
        QuantityKind::Jobs => "jobs",
        QuantityKind::Unknown => "unknown",
    }
}

struct Quotes<'a> {
    text: &'a str,
    points: CodePoints,
}

impl Quotes<'_> {
    fn of(&self, span: Span) -> Quote {
        let (start, end) = self.points.span(self.text, span);
        Quote { start, end, text: span.of(self.text).to_owned() }
    }
}
