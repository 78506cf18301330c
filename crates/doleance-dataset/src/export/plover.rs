//! PLOVER records (draft 0.8), one JSON object a line. Demands, dissents and relations have no place there.

use std::io;

use doleance_records::{PlaceLevel, Status};
use serde_json::{Map, Value, json};

use super::countries::country;
use super::{ExportOptions, ExportSummary, Exported, NotExpressed};
use crate::event::{EventActor, EventFigure, EventPlace};

pub(super) fn write(
    events: &[Exported],
    options: &ExportOptions,
    summary: &mut ExportSummary,
) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for exported in events {
        let event = &exported.event;
        let mut not = |field: &'static str, reason: &str| {
            summary.not_expressed.push(NotExpressed {
                event: event.id.clone(),
                kind: event.kind.value.clone(),
                field,
                reason: reason.to_owned(),
            });
        };
        match record(exported, options) {
            Err(reason) => not("event", reason),
            Ok(record) => {
                if !event.issues.is_empty() {
                    not("issues", "PLOVER does not code what a protest is for");
                }
                if !exported.links.is_empty() {
                    not("relations", "PLOVER has no relations between events");
                }
                if event.status.value == Status::Refused || event.status.value == Status::Attempted {
                    not("status", "PLOVER does not tell attempts and refusals from what was done");
                }
                serde_json::to_writer(&mut out, &record)?;
                out.push(b'\n');
                summary.rows += 1;
            }
        }
    }
    Ok(out)
}

fn record(exported: &Exported, options: &ExportOptions) -> Result<Value, &'static str> {
    let event = &exported.event;
    let codes = options.codes.get(&event.kind.value).and_then(|codes| codes.plover.clone());
    let (kind, mode) = codes.ok_or("the codebook gives no PLOVER code for this kind")?;
    let time = event.time.as_ref().ok_or("no report gives a day, and PLOVER requires one")?;
    let first =
        time.value.start.or(time.value.end).ok_or("no report gives a day, and PLOVER requires one")?;
    let place = event.place.as_ref().map(|place| &place.value);
    let land = place.and_then(|place| place.country.as_deref()).and_then(country).map(|land| land.alpha3);
    let modes: Vec<String> =
        mode.into_iter().chain(auxiliary(event.status.value).map(str::to_owned)).collect();
    let entities = |actors: &[EventActor]| -> Vec<Value> {
        actors.iter().map(|actor| entity(actor, land, options)).collect()
    };
    let mut record = Map::new();
    let mut put = |field: &str, value: Value| {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty) || value == json!({});
        if !empty {
            record.insert(field.to_owned(), value);
        }
    };
    put("id", json!(event.id));
    put("date", json!(first.to_string()));
    put("enddate", json!(time.value.end.filter(|end| *end != first).map(|end| end.to_string())));
    // Required, so it is there even where nobody is named.
    let actors = entities(&event.actors);
    put("actor", if actors.is_empty() { json!([{ "sector": "UNK" }]) } else { json!(actors) });
    put("recipient", json!(entities(&event.targets)));
    put("event", json!([kind]));
    put("mode", json!(modes));
    put("quad_code", json!(quad(&kind)));
    put("event_loc", place.map_or(Value::Null, |place| location(place, land)));
    put("size", json!(sizes(exported)));
    put("event_text", json!(exported.evidence.first().map(|evidence| &evidence.text)));
    let stretches: Vec<Value> = exported
        .evidence
        .iter()
        .map(|e| json!({ "sequence": e.report, "start": e.start, "end": e.end }))
        .collect();
    put("text_info", json!(stretches));
    put("cite_info", json!(citations(exported)));
    put("coder", json!(concat!("doleance ", env!("CARGO_PKG_VERSION"))));
    let moment =
        jiff::Timestamp::from_second(options.now).map(|moment| moment.to_string()).unwrap_or_default();
    if let Some((date, time)) = moment.trim_end_matches('Z').split_once('T') {
        put("coded_date", json!(date));
        put("coded_time", json!(time));
    }
    Ok(Value::Object(record))
}

/// PLOVER's auxiliary modes for what did not simply happen.
fn auxiliary(status: Status) -> Option<&'static str> {
    match status {
        Status::Happened | Status::Attempted | Status::Refused => None,
        Status::Planned | Status::CalledFor | Status::Threatened => Some("future"),
        Status::Denied => Some("negation"),
        Status::Hypothetical => Some("hypothetical"),
    }
}

fn entity(actor: &EventActor, land: Option<&str>, options: &ExportOptions) -> Value {
    let sector = options.roles.get(&actor.role).map_or("UNK", |codes| codes.plover.as_str());
    let mut entity = Map::new();
    if let Some(land) = land {
        entity.insert("code".to_owned(), json!(land));
    }
    entity.insert("sector".to_owned(), json!(sector));
    let text = actor.organisation.as_ref().or(actor.name.as_ref()).unwrap_or(&actor.role);
    entity.insert("entity_text".to_owned(), json!(text));
    Value::Object(entity)
}

/// Verbal and material cooperation, verbal and material conflict.
fn quad(kind: &str) -> Option<u8> {
    Some(match kind {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => 1,
        "COOPERATE" | "AID" | "RETREAT" => 2,
        "REQUEST" | "REJECT" | "ACCUSE" | "THREATEN" => 3,
        "PROTEST" | "SANCTION" | "MOBILIZE" | "COERCE" | "ASSAULT" => 4,
        _ => return None,
    })
}

fn location(place: &EventPlace, land: Option<&str>) -> Value {
    let resolution = match place.level {
        PlaceLevel::Country => 1,
        PlaceLevel::Admin1 => 2,
        PlaceLevel::Admin2 => 3,
        PlaceLevel::City => 4,
        PlaceLevel::District | PlaceLevel::Site => 5,
    };
    let mut location = Map::new();
    let mut put = |field: &str, value: Value| {
        if !value.is_null() {
            location.insert(field.to_owned(), value);
        }
    };
    put("resolved_place", json!(place.name));
    put("geonameid", json!(place.id.as_deref().and_then(|id| id.strip_prefix("geonames:"))));
    put("lat", json!(place.lat));
    put("lon", json!(place.lon));
    put("city", json!((place.level == PlaceLevel::City).then_some(&place.name)));
    put("district", json!((place.level == PlaceLevel::Admin2).then_some(&place.name)));
    put("province", json!(place.admin1));
    put("country_code", json!(land));
    put("resolution", json!(resolution));
    Value::Object(location)
}

/// The lowest figure of each count: PLOVER holds one.
fn sizes(exported: &Exported) -> Map<String, Value> {
    let event = &exported.event;
    let lowest =
        |figures: &[EventFigure]| figures.iter().filter_map(|figure| figure.low.or(figure.high)).min();
    [("dead", &event.killed), ("injured", &event.injured), ("arrested", &event.arrested)]
        .into_iter()
        .filter_map(|(name, figures)| lowest(figures).map(|number| (name.to_owned(), json!(number))))
        .collect()
}

fn citations(exported: &Exported) -> Vec<Value> {
    let mut seen: Vec<&str> = Vec::new();
    let mut citations = Vec::new();
    for e in &exported.evidence {
        if seen.contains(&e.report.as_str()) {
            continue;
        }
        seen.push(&e.report);
        let mut citation = Map::new();
        let fields = [
            ("citation", Some(&e.report)),
            ("publication", e.source.as_ref()),
            ("url", e.url.as_ref()),
            ("title", e.title.as_ref()),
            ("language", e.language.as_ref()),
        ];
        for (field, value) in fields {
            if let Some(value) = value {
                citation.insert(field.to_owned(), json!(value));
            }
        }
        citations.push(Value::Object(citation));
    }
    citations
}
