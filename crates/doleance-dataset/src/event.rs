//! Events: what several records agree to have happened, each value with its support and its dissents.
//!
//! `R` names records, claims and reports: by identifier in the dataset, by index on the page.

use doleance_records::{PlaceLevel, Stance, Status};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A value that records agree on, with those that say so and those that say otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>, R: Deserialize<'de>"))]
pub struct Agreed<T, R = String> {
    /// The value.
    pub value: T,
    /// Records that say so, or that say something wider that holds it (January holds 3 January).
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<R>,
    /// What other records say instead.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub dissents: Vec<Dissent<T, R>>,
    /// Whether a reviewer set the value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decided: bool,
}

/// Another value, with the records that give it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dissent<T, R = String> {
    /// The value.
    pub value: T,
    /// Records that say so.
    pub records: Vec<R>,
}

/// When an event took place; both ends belong to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventTime {
    /// First day; none where only the end is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// Last day; none where it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    /// day, week, month, …
    pub granularity: String,
    /// Part of the day: MO, AF, EV, NI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

/// Where an event took place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventPlace {
    /// Name in the gazetteer.
    pub name: String,
    /// Stable identifier, such as `geonames:609529`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How precisely the place is known.
    pub level: PlaceLevel,
    /// ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Name of the first-order division.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin1: Option<String>,
    /// Degrees north, WGS 84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
}

/// An actor or target, with the records that name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventActor<R = String> {
    /// Role of the codebook.
    pub role: String,
    /// Sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// Person in public office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Records that name it.
    pub records: Vec<R>,
}

/// A figure as one speaker gives it. Rival figures stay side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventFigure<R = String> {
    /// The figure, or the lower end of a range; none for a vague word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<u64>,
    /// The upper end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<u64>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_by: Option<String>,
    /// The words, each once.
    pub texts: Vec<String>,
    /// Records that give it.
    pub records: Vec<R>,
}

/// An issue raised at the event, with the claims that raise it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventIssue<R = String> {
    /// Issue of the codebook.
    pub issue: String,
    /// For or against.
    pub stance: Stance,
    /// The claims.
    pub claims: Vec<R>,
}

/// What several records agree to have happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "R: Deserialize<'de>"))]
pub struct MergedEvent<R = String> {
    /// Stable identifier: `ev-` and the rest of the founding record's.
    pub id: String,
    /// Kind of the codebook.
    pub kind: Agreed<String, R>,
    /// Whether it took place.
    pub status: Agreed<Status, R>,
    /// When; none where no record says.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub time: Option<Agreed<EventTime, R>>,
    /// Where; none where no record says.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub place: Option<Agreed<EventPlace, R>>,
    /// Who did it.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<EventActor<R>>,
    /// To whom or against what.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<EventActor<R>>,
    /// How many took part.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub size: Vec<EventFigure<R>>,
    /// Deaths.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub killed: Vec<EventFigure<R>>,
    /// Injuries.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub injured: Vec<EventFigure<R>>,
    /// Arrests.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub arrested: Vec<EventFigure<R>>,
    /// Issues raised.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<EventIssue<R>>,
    /// Highest confidence of its records.
    pub confidence: f64,
    /// All its records.
    pub records: Vec<R>,
    /// The reports that they come from.
    pub reports: Vec<R>,
}

fn none<T>() -> Option<T> {
    None
}

impl<R> MergedEvent<R> {
    /// The same event with records, claims and reports named otherwise.
    pub fn renamed<Q>(
        self,
        record: impl Fn(&R) -> Q,
        claim: impl Fn(&R) -> Q,
        report: impl Fn(&R) -> Q,
    ) -> MergedEvent<Q> {
        let records = |all: Vec<R>| all.iter().map(&record).collect::<Vec<Q>>();
        let actors = |all: Vec<EventActor<R>>| -> Vec<EventActor<Q>> {
            all.into_iter()
                .map(|a| EventActor {
                    role: a.role,
                    sector: a.sector,
                    name: a.name,
                    organisation: a.organisation,
                    records: records(a.records),
                })
                .collect()
        };
        let figures = |all: Vec<EventFigure<R>>| -> Vec<EventFigure<Q>> {
            all.into_iter()
                .map(|f| EventFigure {
                    low: f.low,
                    high: f.high,
                    said_by: f.said_by,
                    texts: f.texts,
                    records: records(f.records),
                })
                .collect()
        };
        MergedEvent {
            id: self.id,
            kind: self.kind.renamed(&record),
            status: self.status.renamed(&record),
            time: self.time.map(|time| time.renamed(&record)),
            place: self.place.map(|place| place.renamed(&record)),
            actors: actors(self.actors),
            targets: actors(self.targets),
            size: figures(self.size),
            killed: figures(self.killed),
            injured: figures(self.injured),
            arrested: figures(self.arrested),
            issues: self
                .issues
                .into_iter()
                .map(|i| EventIssue {
                    issue: i.issue,
                    stance: i.stance,
                    claims: i.claims.iter().map(&claim).collect(),
                })
                .collect(),
            confidence: self.confidence,
            records: records(self.records),
            reports: self.reports.iter().map(&report).collect(),
        }
    }
}

impl<T, R> Agreed<T, R> {
    fn renamed<Q>(self, record: &impl Fn(&R) -> Q) -> Agreed<T, Q> {
        Agreed {
            value: self.value,
            records: self.records.iter().map(record).collect(),
            dissents: self
                .dissents
                .into_iter()
                .map(|d| Dissent { value: d.value, records: d.records.iter().map(record).collect() })
                .collect(),
            decided: self.decided,
        }
    }
}

/// How one record came to its event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Join<R = String> {
    /// The record of the same event that speaks most for it; none for the founding record.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub with: Option<R>,
    /// Bits of evidence for the two being one event: the sum of the reasons and of the prior.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// Whether a reviewer joined them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decided: bool,
    /// What each field says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

/// What one field says about two records being one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The field compared.
    pub field: String,
    /// How it compares.
    pub level: String,
    /// Bits of evidence, negative against.
    pub bits: f64,
}

/// Why an event stands in a relation to another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LinkSupport<R = String> {
    /// Record links that state it.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<R>,
    /// Why it was inferred, where no record states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inferred: Option<String>,
}
