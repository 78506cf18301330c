//! ACLED: 31 columns in order, by the rules of its codebook, with a list of what they cannot hold.
//!
//! ACLED codes one event per day and place, no announcements, no strike without a demonstration, no event of a whole
//! country. Demands, dissents and relations have no column.

use std::io;

use doleance_records::{PlaceLevel, Status};
use doleance_text::Date;

use super::acled_sides::{INTER, interaction, sides};
use super::countries::country;
use super::csv::disarmed;
use super::flat::figure_in_words;
use super::{ExportOptions, ExportSummary, Exported, NotExpressed};
use crate::event::{EventPlace, EventTime, MergedEvent};

/// The columns of the codebook since March 2023.
pub const ACLED_COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

pub(super) fn write(
    events: &[Exported],
    options: &ExportOptions,
    summary: &mut ExportSummary,
) -> io::Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(ACLED_COLUMNS)?;
    for exported in events {
        let mut not = |field: &'static str, reason: String| {
            summary.not_expressed.push(NotExpressed {
                event: exported.event.id.clone(),
                kind: exported.event.kind.value.clone(),
                field,
                reason,
            });
        };
        match rows(exported, options, &mut not) {
            Ok(rows) => {
                for row in rows {
                    out.write_record(row.into_iter().map(|cell| {
                        let raw = options.raw_cells || is_number(&cell);
                        disarmed(cell, raw)
                    }))?;
                    summary.rows += 1;
                }
            }
            Err(reason) => not("event", reason),
        }
    }
    out.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// A negative longitude is no formula.
fn is_number(cell: &str) -> bool {
    cell.parse::<f64>().is_ok()
}

fn rows(
    exported: &Exported,
    options: &ExportOptions,
    not: &mut impl FnMut(&'static str, String),
) -> Result<Vec<Vec<String>>, String> {
    let event = &exported.event;
    let codes = options.codes.get(&event.kind.value);
    let (event_type, sub_event_type) = match codes.and_then(|codes| codes.acled.clone()) {
        Some(codes) => codes,
        None => {
            let note = codes.map(|codes| codes.acled_note.clone()).filter(|note| !note.is_empty());
            return Err(note.unwrap_or_else(|| "the codebook gives no ACLED code for this kind".to_owned()));
        }
    };
    if !matches!(event.status.value, Status::Happened | Status::Attempted) {
        return Err(format!("ACLED has no {} events, only what took place", event.status.value.name()));
    }
    let time = event.time.as_ref().ok_or("no report gives a day")?;
    let days = days(&time.value)?;
    let place = &event.place.as_ref().ok_or("no report gives a place")?.value;
    let geo_precision = match place.level {
        PlaceLevel::Country => return Err("ACLED has no country-level events".to_owned()),
        PlaceLevel::Admin1 => "3",
        PlaceLevel::Admin2 => "2",
        PlaceLevel::City | PlaceLevel::District | PlaceLevel::Site => "1",
    };
    let (lat, lon) = place.lat.zip(place.lon).ok_or("the place has no coordinates")?;
    let land = place.country.as_deref().and_then(country).ok_or("the country of the place is not known")?;
    list_losses(exported, not);
    let sub_event_type = sub_event(exported, &event_type, sub_event_type);
    let sides = sides(event, &event_type, &sub_event_type, land, options);
    let sources: Vec<&str> = once(exported.evidence.iter().map(|e| e.source.as_deref().unwrap_or(&e.report)));
    let fatalities = event.killed.iter().filter_map(|figure| figure.low.or(figure.high)).min();
    if event.killed.iter().any(|figure| figure.low.is_none() && figure.high.is_none()) {
        not("fatalities", "a vague number of deaths has no figure: 0 stands for it".to_owned());
    }
    let number = days.days.len();
    Ok(days
        .days
        .iter()
        .enumerate()
        .map(|(at, day)| {
            let suffix = if number > 1 { format!("-{}", at + 1) } else { String::new() };
            vec![
                format!("{}-{}{suffix}", land.alpha3, event.id),
                day.to_string(),
                day.year().to_string(),
                days.precision.to_owned(),
                disorder(&event_type, &sub_event_type).to_owned(),
                event_type.clone(),
                sub_event_type.clone(),
                sides.actor1.clone(),
                sides.assoc1.clone(),
                INTER[usize::from(sides.inter1)].to_owned(),
                sides.actor2.clone(),
                sides.assoc2.clone(),
                INTER[usize::from(sides.inter2)].to_owned(),
                interaction(sides.inter1, sides.inter2),
                if is_against_civilians(&event_type, &sub_event_type) { "Civilians targeted" } else { "" }
                    .to_owned(),
                land.numeric.to_owned(),
                land.region.to_owned(),
                land.name.to_owned(),
                place.admin1.clone().unwrap_or_default(),
                if place.level == PlaceLevel::Admin2 { place.name.clone() } else { String::new() },
                String::new(),
                place.name.clone(),
                format!("{lat:.4}"),
                format!("{lon:.4}"),
                geo_precision.to_owned(),
                sources.join("; "),
                String::new(),
                notes(exported),
                if at == 0 { fatalities.unwrap_or(0) } else { 0 }.to_string(),
                tags(event),
                options.now.to_string(),
            ]
        })
        .collect())
}

struct Days {
    days: Vec<Date>,
    precision: &'static str,
}

/// One record a day where days are known; the middle of a week or a month otherwise.
fn days(time: &EventTime) -> Result<Days, String> {
    let (Some(start), Some(end)) = (time.start.or(time.end), time.end.or(time.start)) else {
        return Err("no report gives a day".to_owned());
    };
    let last = start.until(end).map_or(0, |span| span.get_days().max(0));
    let day = |number: i32| start.checked_add(jiff::Span::new().days(number)).unwrap_or(start);
    let vague = matches!(time.granularity.as_str(), "week" | "weekend" | "month");
    match last {
        0..7 if !vague => Ok(Days { days: (0..=last).map(day).collect(), precision: "1" }),
        0..=10 => Ok(Days { days: vec![day(last / 2)], precision: "2" }),
        11..=31 => Ok(Days { days: vec![day(last / 2)], precision: "3" }),
        _ => Err("ACLED codes single days, and this lasts longer than a month".to_owned()),
    }
}

/// A protest that police broke up, or at which people were killed, has a sub-event of its own.
fn sub_event(exported: &Exported, event_type: &str, sub_event_type: String) -> String {
    let some = |figures: &[crate::EventFigure]| figures.iter().any(|f| f.low.or(f.high) != Some(0));
    if event_type != "Protests" {
        sub_event_type
    } else if some(&exported.event.killed) {
        "Excessive force against protesters".to_owned()
    } else if some(&exported.event.arrested) || exported.met_by.iter().any(|kind| is_intervention(kind)) {
        "Protest with intervention".to_owned()
    } else {
        sub_event_type
    }
}

/// Kinds of the codebook by which a force steps in.
fn is_intervention(kind: &str) -> bool {
    matches!(kind, "dispersal" | "arrest")
}

fn disorder(event_type: &str, sub_event_type: &str) -> &'static str {
    match (event_type, sub_event_type) {
        (_, "Excessive force against protesters") => "Political violence; Demonstrations",
        ("Protests", _) | (_, "Violent demonstration") => "Demonstrations",
        ("Strategic developments", _) => "Strategic developments",
        _ => "Political violence",
    }
}

fn is_against_civilians(event_type: &str, sub_event_type: &str) -> bool {
    event_type == "Violence against civilians" || sub_event_type == "Excessive force against protesters"
}

/// The words that the event rests on, each with its report and stretch.
fn notes(exported: &Exported) -> String {
    let quotes: Vec<String> = exported
        .evidence
        .iter()
        .map(|e| {
            format!(
                "{}:{}-{} “{}”",
                e.report,
                e.start,
                e.end,
                e.text.split_whitespace().collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    quotes.join("; ")
}

fn tags(event: &MergedEvent) -> String {
    if event.size.is_empty() {
        return String::new();
    }
    let sizes: Vec<String> = event.size.iter().map(figure_in_words).collect();
    format!("crowd size={}", sizes.join(", "))
}

/// What the event says and no column holds.
fn list_losses(exported: &Exported, not: &mut impl FnMut(&'static str, String)) {
    let event = &exported.event;
    if !event.issues.is_empty() {
        not("issues", "ACLED has no column for demands".to_owned());
    }
    if !exported.links.is_empty() {
        not("relations", "ACLED has no column for relations between events".to_owned());
    }
    let place_dissents =
        event.place.as_ref().is_some_and(|place: &crate::Agreed<EventPlace>| !place.dissents.is_empty());
    let time_dissents = event.time.as_ref().is_some_and(|time| !time.dissents.is_empty());
    if place_dissents || time_dissents || !event.kind.dissents.is_empty() {
        not("dissents", "ACLED holds one value per column".to_owned());
    }
    if event.killed.len() > 1 {
        not("fatalities", "of rival figures ACLED takes the lowest".to_owned());
    }
    if event.status.value == Status::Attempted {
        not("status", "ACLED does not tell attempts from what succeeded".to_owned());
    }
}

/// Values in their order, each once.
pub(super) fn once<'a>(values: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen: Vec<&str> = Vec::new();
    values.for_each(|value| {
        if !seen.contains(&value) {
            seen.push(value);
        }
    });
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(start: &str, end: &str, granularity: &str) -> EventTime {
        EventTime {
            start: Some(start.parse().unwrap()),
            end: Some(end.parse().unwrap()),
            granularity: granularity.into(),
            part: None,
        }
    }

    #[test]
    fn a_week_has_its_middle_and_three_days_have_three_records() {
        let three = days(&time("2024-03-04", "2024-03-06", "day")).unwrap();
        assert_eq!((three.days.len(), three.precision), (3, "1"));
        let week = days(&time("2024-03-04", "2024-03-10", "week")).unwrap();
        assert_eq!((week.days[0].to_string().as_str(), week.precision), ("2024-03-07", "2"));
        let month = days(&time("2024-03-01", "2024-03-31", "month")).unwrap();
        assert_eq!((month.days[0].to_string().as_str(), month.precision), ("2024-03-16", "3"));
        assert!(days(&time("2024-01-01", "2024-12-31", "year")).is_err());
    }
}
