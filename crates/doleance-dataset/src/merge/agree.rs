//! What the records of one event agree on: each value with its support, and the dissents beside it.
//!
//! Records that say something wider support the narrower value that it holds: January holds 3 January, a region its
//! town. Rival figures are not voted on: each stays, with its speaker and its records.

use doleance_records::{Actor, Claim, Event, Figure, Place, PlaceLevel, Status, Time};
use hashbrown::HashMap;
use serde_json::Value;

use super::features::folded;
use crate::event::{
    Agreed, Dissent, EventActor, EventFigure, EventIssue, EventPlace, EventTime, MergedEvent,
};
use crate::store::StoredRecord;

/// A record of the event, with the name of its report and its claims.
pub(crate) struct Voice<'a> {
    pub record: &'a StoredRecord,
    pub report: &'a str,
    pub claims: Vec<(&'a str, &'a Claim)>,
}

/// The event that these records tell of. There is one at least; they come in the order of their identifiers.
pub(crate) fn agree<'v>(
    id: String,
    voices: &[Voice<'_>],
    overrides: impl Iterator<Item = (&'v str, &'v Value)>,
) -> MergedEvent {
    let mut reports: Vec<String> = voices.iter().map(|voice| voice.report.to_owned()).collect();
    reports.sort();
    reports.dedup();
    let mut event = MergedEvent {
        id,
        // There is one record at least, and every record has a kind and a status.
        kind: vote(voices, |event| Some(event.kind.clone()), |_, _| false)
            .unwrap_or_else(|| set(String::new())),
        status: vote(voices, |event| Some(event.status), |_, _| false)
            .unwrap_or_else(|| set(Status::Happened)),
        time: vote(voices, |event| event.time.as_ref().map(time_of), holds_time),
        place: vote(voices, |event| event.place.as_ref().map(place_of), holds_place),
        actors: actors(voices, |event| &event.actors),
        targets: actors(voices, |event| &event.targets),
        size: figures(voices, |event| &event.size),
        killed: figures(voices, |event| &event.killed),
        injured: figures(voices, |event| &event.injured),
        arrested: figures(voices, |event| &event.arrested),
        issues: issues(voices),
        confidence: voices.iter().map(|voice| voice.record.coded.confidence).fold(0.0, f64::max),
        records: voices.iter().map(|voice| voice.record.uid.clone()).collect(),
        reports,
    };
    for (field, value) in overrides {
        override_field(&mut event, field, value);
    }
    event
}

fn time_of(time: &Time) -> EventTime {
    EventTime {
        start: time.start,
        end: time.end,
        granularity: time.granularity.clone(),
        part: time.part.clone(),
    }
}

fn place_of(place: &Place) -> EventPlace {
    EventPlace {
        name: place.name.clone(),
        id: place.id.clone(),
        level: place.level,
        country: place.country.clone(),
        admin1: place.admin1.clone(),
        lat: place.lat,
        lon: place.lon,
    }
}

/// The value that most records say or allow; of two equally supported the narrower, then the one of the more confident
/// record, then the one that comes first.
fn vote<T: Clone + PartialEq>(
    voices: &[Voice<'_>],
    value_of: impl Fn(&Event) -> Option<T>,
    holds: impl Fn(&T, &T) -> bool,
) -> Option<Agreed<T>> {
    let mut values: Vec<(T, Vec<usize>)> = Vec::new();
    for (number, voice) in voices.iter().enumerate() {
        let Some(value) = value_of(&voice.record.coded) else { continue };
        match values.iter_mut().find(|(known, _)| *known == value) {
            Some((_, records)) => records.push(number),
            None => values.push((value, vec![number])),
        }
    }
    let supporters = |value: &T| -> Vec<usize> {
        let mut numbers: Vec<usize> = values
            .iter()
            .filter(|(other, _)| other == value || holds(other, value))
            .flat_map(|(_, records)| records.iter().copied())
            .collect();
        numbers.sort_unstable();
        numbers
    };
    let confidence = |records: &[usize]| {
        records.iter().map(|&number| voices[number].record.coded.confidence).fold(0.0, f64::max)
    };
    let mut best: Option<(usize, Vec<usize>)> = None;
    for (number, (value, records)) in values.iter().enumerate() {
        let support = supporters(value);
        let better = match &best {
            None => true,
            Some((chosen, most)) => match support.len().cmp(&most.len()) {
                std::cmp::Ordering::Equal => {
                    let (known, others) = &values[*chosen];
                    holds(known, value) || (!holds(value, known) && confidence(records) > confidence(others))
                }
                more => more.is_gt(),
            },
        };
        if better {
            best = Some((number, support));
        }
    }
    let (chosen, support) = best?;
    let uid = |number: &usize| voices[*number].record.uid.clone();
    let dissents = values
        .iter()
        .filter(|(value, _)| *value != values[chosen].0 && !holds(value, &values[chosen].0))
        .map(|(value, records)| Dissent { value: value.clone(), records: records.iter().map(uid).collect() })
        .collect();
    Some(Agreed {
        value: values[chosen].0.clone(),
        records: support.iter().map(uid).collect(),
        dissents,
        decided: false,
    })
}

fn holds_time(wide: &EventTime, narrow: &EventTime) -> bool {
    let first = |time: &EventTime| time.start.or(time.end);
    let last = |time: &EventTime| time.end.or(time.start);
    let inside = first(wide) <= first(narrow) && last(narrow) <= last(wide);
    let same_days = (wide.start, wide.end) == (narrow.start, narrow.end);
    // A day without its part holds its evening.
    inside && (!same_days || wide.part.is_none() && narrow.part.is_some())
}

fn holds_place(wide: &EventPlace, narrow: &EventPlace) -> bool {
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    wide.level < narrow.level
        && match wide.level {
            PlaceLevel::Country => same(&wide.country, &narrow.country),
            PlaceLevel::Admin1 => {
                same(&wide.country, &narrow.country)
                    && narrow.admin1.as_deref().map(folded)
                        == Some(folded(wide.admin1.as_deref().unwrap_or(&wide.name)))
            }
            _ => same(&wide.country, &narrow.country) && same(&wide.admin1, &narrow.admin1),
        }
}

fn actors(voices: &[Voice<'_>], of: impl Fn(&Event) -> &Vec<Actor>) -> Vec<EventActor> {
    let mut actors: Vec<EventActor> = Vec::new();
    for voice in voices {
        for actor in of(&voice.record.coded) {
            let same = actors.iter_mut().find(|known| {
                (&known.role, &known.sector, &known.name) == (&actor.role, &actor.sector, &actor.name)
                    && known.organisation.as_deref().map(folded) == actor.organisation.as_deref().map(folded)
            });
            match same {
                Some(known) => push_once(&mut known.records, &voice.record.uid),
                None => actors.push(EventActor {
                    role: actor.role.clone(),
                    sector: actor.sector.clone(),
                    name: actor.name.clone(),
                    organisation: actor.organisation.clone(),
                    records: vec![voice.record.uid.clone()],
                }),
            }
        }
    }
    actors.sort_by_key(|actor| std::cmp::Reverse(actor.records.len()));
    actors
}

fn figures(voices: &[Voice<'_>], of: impl Fn(&Event) -> &Vec<Figure>) -> Vec<EventFigure> {
    let mut figures: Vec<EventFigure> = Vec::new();
    for voice in voices {
        for figure in of(&voice.record.coded) {
            let same = figures.iter_mut().find(|known| {
                let vague = figure.low.is_none() && figure.high.is_none();
                (known.low, known.high) == (figure.low, figure.high)
                    && known.said_by == figure.said_by
                    && (!vague || known.texts.contains(&figure.text))
            });
            match same {
                Some(known) => {
                    push_once(&mut known.records, &voice.record.uid);
                    push_once(&mut known.texts, &figure.text);
                }
                None => figures.push(EventFigure {
                    low: figure.low,
                    high: figure.high,
                    said_by: figure.said_by.clone(),
                    texts: vec![figure.text.clone()],
                    records: vec![voice.record.uid.clone()],
                }),
            }
        }
    }
    figures.sort_by(|a, b| {
        let number = |figure: &EventFigure| figure.low.or(figure.high);
        (number(a).is_none(), number(a), &a.said_by).cmp(&(number(b).is_none(), number(b), &b.said_by))
    });
    figures
}

fn issues(voices: &[Voice<'_>]) -> Vec<EventIssue> {
    let mut issues: Vec<EventIssue> = Vec::new();
    let mut seen: HashMap<&str, ()> = HashMap::new();
    for voice in voices {
        for (uid, claim) in &voice.claims {
            if seen.insert(uid, ()).is_some() {
                continue;
            }
            let same =
                issues.iter_mut().find(|known| (&known.issue, known.stance) == (&claim.issue, claim.stance));
            match same {
                Some(known) => known.claims.push((*uid).to_owned()),
                None => issues.push(EventIssue {
                    issue: claim.issue.clone(),
                    stance: claim.stance,
                    claims: vec![(*uid).to_owned()],
                }),
            }
        }
    }
    issues.sort_by(|a, b| b.claims.len().cmp(&a.claims.len()).then_with(|| a.issue.cmp(&b.issue)));
    issues
}

fn push_once(list: &mut Vec<String>, item: &str) {
    if !list.iter().any(|known| known == item) {
        list.push(item.to_owned());
    }
}

fn set<T>(value: T) -> Agreed<T> {
    Agreed { value, records: Vec::new(), dissents: Vec::new(), decided: true }
}

/// Sets a value that a reviewer decided; what records said before becomes a dissent.
fn override_field(event: &mut MergedEvent, field: &str, value: &Value) {
    fn decide<T: PartialEq>(agreed: &mut Agreed<T>, value: T) {
        let records = std::mem::take(&mut agreed.records);
        let before = std::mem::replace(&mut agreed.value, value);
        agreed.decided = true;
        if before == agreed.value {
            agreed.records = records;
        } else {
            if let Some(at) = agreed.dissents.iter().position(|dissent| dissent.value == agreed.value) {
                agreed.records = agreed.dissents.remove(at).records;
            }
            agreed.dissents.insert(0, Dissent { value: before, records });
        }
    }
    fn decide_optional<T: PartialEq>(agreed: &mut Option<Agreed<T>>, value: Option<T>) {
        match (agreed.as_mut(), value) {
            (Some(agreed), Some(value)) => decide(agreed, value),
            (None, Some(value)) => *agreed = Some(set(value)),
            (_, None) => *agreed = None,
        }
    }
    let value = value.clone();
    match field {
        "kind" => serde_json::from_value(value).map(|value| decide(&mut event.kind, value)),
        "status" => serde_json::from_value(value).map(|value| decide(&mut event.status, value)),
        "time" => serde_json::from_value(value).map(|value| decide_optional(&mut event.time, value)),
        "place" => serde_json::from_value(value).map(|value| decide_optional(&mut event.place, value)),
        _ => Ok(()),
    }
    // The form was checked when the decision was taken; a value of an older form is passed over.
    .unwrap_or(());
}

/// Whether a value has the form of an event's field that a reviewer may set.
pub(crate) fn fits_event_field(field: &str, value: &Value) -> bool {
    let value = value.clone();
    match field {
        "kind" => value.as_str().is_some_and(|kind| !kind.is_empty()),
        "status" => serde_json::from_value::<Status>(value).is_ok(),
        "time" => serde_json::from_value::<Option<EventTime>>(value).is_ok(),
        "place" => serde_json::from_value::<Option<EventPlace>>(value).is_ok(),
        _ => false,
    }
}
