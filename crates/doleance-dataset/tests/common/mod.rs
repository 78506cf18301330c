//! Reports and hand-coded records in a short notation, so that a test shows what it is about and nothing else.
#![allow(dead_code)]

use doleance_dataset::{CodedReport, MergeRules, Refused, Ruling, Store, Verdict};
use doleance_records::{
    Actor, Claim, Event, Figure, Link, Offsets, Place, PlaceLevel, Quote, Record, Relation, Stance, Status,
    Time,
};
use doleance_text::{CountryCode, LanguageCode, Report};
use serde::Deserialize;

/// One line of a fixture: a report and what a careful coder takes from it.
#[derive(Deserialize)]
pub struct Line {
    pub name: String,
    pub published: String,
    #[serde(default)]
    pub source: Option<String>,
    pub language: String,
    pub text: String,
    pub events: Vec<Told>,
    #[serde(default)]
    pub links: Vec<(String, String, String, String)>,
}

/// An event as told in one report. Words are found in the text, so that offsets cannot be wrong.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Told {
    pub id: String,
    /// The event of the gold that this record tells of.
    #[serde(default)]
    pub gold: String,
    pub kind: String,
    #[serde(default = "happened")]
    pub status: Status,
    pub words: String,
    /// First and last day; `2024-03-04` alone is that day.
    #[serde(default)]
    pub time: Option<String>,
    #[serde(default)]
    pub place: Option<String>,
    /// role, role/sector, role/sector/organisation
    #[serde(default)]
    pub actors: Vec<String>,
    #[serde(default)]
    pub targets: Vec<String>,
    /// figure and speaker
    #[serde(default)]
    pub size: Vec<(u64, Option<String>)>,
    #[serde(default)]
    pub killed: Vec<(u64, Option<String>)>,
    #[serde(default)]
    pub injured: Vec<(u64, Option<String>)>,
    #[serde(default)]
    pub arrested: Vec<(u64, Option<String>)>,
    /// Issues claimed.
    #[serde(default)]
    pub issues: Vec<String>,
}

fn happened() -> Status {
    Status::Happened
}

/// Places of the fixtures: name, identifier, level, country, division, degrees.
const PLACES: &[(&str, &str, PlaceLevel, &str, &str, f64, f64)] = &[
    ("Lille", "geonames:2998324", PlaceLevel::City, "FR", "Hauts-de-France", 50.63297, 3.05858),
    ("Villeneuve-d'Ascq", "geonames:2968254", PlaceLevel::City, "FR", "Hauts-de-France", 50.61669, 3.16664),
    ("Dunkerque", "geonames:3020686", PlaceLevel::City, "FR", "Hauts-de-France", 51.0344, 2.37681),
    ("Calais", "geonames:3029162", PlaceLevel::City, "FR", "Hauts-de-France", 50.95194, 1.85635),
    ("Hauts-de-France", "geonames:11071624", PlaceLevel::Admin1, "FR", "Hauts-de-France", 49.92, 2.70),
    ("Paris", "geonames:2988507", PlaceLevel::City, "FR", "Île-de-France", 48.85341, 2.3488),
    ("Lyon", "geonames:2996944", PlaceLevel::City, "FR", "Auvergne-Rhône-Alpes", 45.74846, 4.84671),
    (
        "Marseille",
        "geonames:2995469",
        PlaceLevel::City,
        "FR",
        "Provence-Alpes-Côte d'Azur",
        43.29695,
        5.38107,
    ),
    ("France", "geonames:3017382", PlaceLevel::Country, "FR", "", 46.0, 2.0),
    ("Liverpool", "geonames:2644210", PlaceLevel::City, "GB", "England", 53.41058, -2.97794),
    ("Hull", "geonames:2645425", PlaceLevel::City, "GB", "England", 53.7446, -0.33525),
    ("Southampton", "geonames:2637487", PlaceLevel::City, "GB", "England", 50.90395, -1.40428),
    ("United Kingdom", "geonames:2635167", PlaceLevel::Country, "GB", "", 54.75844, -2.69531),
];

pub fn place(name: &str) -> Place {
    let &(name, id, level, country, admin1, lat, lon) = PLACES
        .iter()
        .find(|place| place.0 == name)
        .unwrap_or_else(|| panic!("no place {name} in the fixtures"));
    Place {
        name: name.into(),
        id: Some(id.into()),
        level,
        country: Some(country.into()),
        admin1: (!admin1.is_empty()).then(|| admin1.into()),
        lat: Some(lat),
        lon: Some(lon),
        text: name.into(),
        span: Offsets(0, 0),
        alternatives: Vec::new(),
    }
}

fn quote(text: &str, words: &str) -> Quote {
    let at = text.find(words).unwrap_or_else(|| panic!("«{words}» is not in «{text}»"));
    let start = text[..at].chars().count() as u32;
    Quote { start, end: start + words.chars().count() as u32, text: words.into() }
}

fn actor(notation: &str) -> Actor {
    let mut parts = notation.split('/').map(|part| (!part.is_empty()).then(|| part.to_owned()));
    Actor {
        role: parts.next().flatten().expect("an actor has a role"),
        sector: parts.next().flatten(),
        organisation: parts.next().flatten(),
        name: parts.next().flatten(),
        text: notation.into(),
        span: Offsets(0, 0),
    }
}

fn figure((number, said_by): &(u64, Option<String>)) -> Figure {
    Figure {
        low: Some(*number),
        high: None,
        text: number.to_string(),
        said_by: said_by.clone(),
        span: Offsets(0, 0),
    }
}

pub fn time(notation: &str) -> Time {
    let (start, end) = notation.split_once("..").unwrap_or((notation, notation));
    let date = |text: &str| (!text.is_empty()).then(|| text.parse().expect("a date"));
    let granularity = if start == end { "day" } else { "span" };
    Time {
        start: date(start),
        end: date(end),
        part: None,
        granularity: granularity.into(),
        text: notation.into(),
        span: Offsets(0, 0),
    }
}

impl Line {
    /// The event with these words as its evidence.
    pub fn whole(event: Told, words: &str) -> Told {
        Told { words: words.into(), ..event }
    }

    pub fn coded(&self) -> CodedReport {
        let mut report = Report::new(&self.name, &self.text);
        report.published = Some(self.published.parse().expect("a date"));
        report.language = Some(LanguageCode(self.language.clone()));
        report.country = CountryCode::parse("FR");
        report.source = self.source.clone();
        let mut records = Vec::new();
        let mut claims = Vec::new();
        for told in &self.events {
            let words = quote(&self.text, &told.words);
            let own: Vec<String> = told
                .issues
                .iter()
                .map(|issue| {
                    let id = format!("c{}", claims.len() + 1);
                    claims.push(Record::Claim(Claim {
                        doc: self.name.clone(),
                        id: id.clone(),
                        issue: issue.clone(),
                        stance: Stance::For,
                        span: words.clone(),
                        claimant: None,
                        addressee: None,
                        events: vec![told.id.clone()],
                    }));
                    id
                })
                .collect();
            records.push(Record::Event(Event {
                doc: self.name.clone(),
                id: told.id.clone(),
                kind: told.kind.clone(),
                status: told.status,
                evidence: vec![Offsets(words.start, words.end)],
                trigger: words,
                time: told.time.as_deref().map(time),
                place: told.place.as_deref().map(place),
                actors: told.actors.iter().map(|a| actor(a)).collect(),
                targets: told.targets.iter().map(|a| actor(a)).collect(),
                size: told.size.iter().map(figure).collect(),
                killed: told.killed.iter().map(figure).collect(),
                injured: told.injured.iter().map(figure).collect(),
                arrested: told.arrested.iter().map(figure).collect(),
                reported_by: None,
                claims: own,
                confidence: 0.8,
                rules: vec!["fixture.by_hand".into()],
            }));
        }
        records.extend(claims);
        for (relation, from, to, words) in &self.links {
            records.push(Record::Link(Link {
                doc: self.name.clone(),
                relation: Relation::parse(relation).expect("a relation"),
                from: from.clone(),
                to: to.clone(),
                span: quote(&self.text, words),
            }));
        }
        CodedReport { report, records }
    }
}

/// Reads a fixture of `tests/gold`.
pub fn fixture(text: &str) -> Vec<Line> {
    text.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with("//"))
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

pub fn rules() -> MergeRules {
    MergeRules::default()
}

/// A dataset in a folder that goes with it.
pub struct Scratch {
    pub folder: tempfile::TempDir,
    pub store: Store,
}

pub fn scratch(reports: &[CodedReport]) -> Scratch {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open_or_create(folder.path().join("chronicle.db")).unwrap();
    store.put(reports, "codebook-1").unwrap();
    Scratch { folder, store }
}

/// One event told in words of its own by one report.
pub fn told(name: &str, published: &str, text: &str, event: Told) -> CodedReport {
    Line {
        name: name.into(),
        published: published.into(),
        source: Some(name.into()),
        language: "en".into(),
        text: text.into(),
        events: vec![event],
        links: Vec::new(),
    }
    .coded()
}

/// An event of this kind on this day in this town.
pub fn action(kind: &str, words: &str, time: &str, place: &str) -> Told {
    Told {
        id: "e1".into(),
        gold: String::new(),
        kind: kind.into(),
        status: Status::Happened,
        words: words.into(),
        time: (!time.is_empty()).then(|| time.into()),
        place: (!place.is_empty()).then(|| place.into()),
        actors: Vec::new(),
        targets: Vec::new(),
        size: Vec::new(),
        killed: Vec::new(),
        injured: Vec::new(),
        arrested: Vec::new(),
        issues: Vec::new(),
    }
}

/// Ada says so.
pub fn rule(store: &mut Store, verdict: Verdict) -> Result<Vec<i64>, Refused> {
    let time = "2024-04-01T12:00:00Z".parse().expect("a moment");
    store.rule(&[Ruling { verdict, coder: "ada".into(), time, note: None }], |_| Ok(()))
}
