//! Event records: one action coded from one report, kind × place × date.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Offsets, Quote};

/// Whether the action took place, as the text asserts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Asserted to have taken place or to be going on.
    Happened,
    /// Announced or scheduled by those who would do it.
    Planned,
    /// Only called for.
    CalledFor,
    /// Tried, without success or with unknown effect.
    Attempted,
    /// Those who should do it refuse to.
    Refused,
    /// Announced under a condition, as a threat.
    Threatened,
    /// Said not to have taken place.
    Denied,
    /// Only supposed, feared or conditional.
    Hypothetical,
}

impl Status {
    /// The name as printed.
    pub const fn name(self) -> &'static str {
        match self {
            Status::Happened => "happened",
            Status::Planned => "planned",
            Status::CalledFor => "called_for",
            Status::Attempted => "attempted",
            Status::Refused => "refused",
            Status::Threatened => "threatened",
            Status::Denied => "denied",
            Status::Hypothetical => "hypothetical",
        }
    }

    /// All eight.
    pub const ALL: [Status; 8] = [
        Status::Happened,
        Status::Planned,
        Status::CalledFor,
        Status::Attempted,
        Status::Refused,
        Status::Threatened,
        Status::Denied,
        Status::Hypothetical,
    ];

    /// Reads a name as printed.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// How precisely a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PlaceLevel {
    Country,
    Admin1,
    Admin2,
    City,
    District,
    Site,
}

/// When an action took place. Both ends belong to the interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// First day; null where only the end is given.
    pub start: Option<Date>,
    /// Last day; null where it goes on.
    pub end: Option<Date>,
    /// Part of the day as in TIMEX3: MO, AF, EV, NI.
    pub part: Option<String>,
    /// day, week, weekend, month, season, quarter, half, year, decade, …
    pub granularity: String,
    /// The words that give it.
    pub text: String,
    /// Where they stand.
    pub span: Offsets,
}

/// Where an action took place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Name in the gazetteer.
    pub name: String,
    /// Stable identifier, such as `geonames:609529`; null for a place that the gazetteer does not hold.
    pub id: Option<String>,
    /// How precisely the place is known.
    pub level: PlaceLevel,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Name of the first-order division.
    pub admin1: Option<String>,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
    /// The words that name it.
    pub text: String,
    /// Where they stand.
    pub span: Offsets,
    /// Other readings of the name, best first.
    pub alternatives: Vec<PlaceAlternative>,
}

/// Another place that the same words may mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceAlternative {
    /// Name in the gazetteer.
    pub name: String,
    /// Stable identifier.
    pub id: Option<String>,
    /// Country code.
    pub country: Option<String>,
    /// Share of the belief, 0 to 1.
    pub score: f64,
}

/// Who acted or was acted on, by role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Role of the codebook: workers, students, police, government, …
    pub role: String,
    /// Sector: oil, rail, health, …
    pub sector: Option<String>,
    /// Name of a person in public office or leading a public organisation; otherwise null.
    pub name: Option<String>,
    /// Name of an organisation.
    pub organisation: Option<String>,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Offsets,
}

/// A number of people, as one speaker gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The figure, or the lower end of a range; null where the text gives only a vague word.
    pub low: Option<u64>,
    /// The upper end of a range.
    pub high: Option<u64>,
    /// The words.
    pub text: String,
    /// Who says so.
    pub said_by: Option<String>,
    /// Where the words stand.
    pub span: Offsets,
}

/// One action coded from one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The report.
    pub doc: String,
    /// Name within the report: e1, e2, …
    pub id: String,
    /// Kind of the codebook.
    pub kind: String,
    /// Whether it took place.
    pub status: Status,
    /// The word or words that name the action.
    pub trigger: Quote,
    /// When; null where the report does not say.
    pub time: Option<Time>,
    /// Where; null where the report does not say.
    pub place: Option<Place>,
    /// Who did it.
    pub actors: Vec<Actor>,
    /// To whom or against what.
    pub targets: Vec<Actor>,
    /// How many took part.
    pub size: Vec<Figure>,
    /// Deaths.
    pub killed: Vec<Figure>,
    /// Injuries.
    pub injured: Vec<Figure>,
    /// Arrests.
    pub arrested: Vec<Figure>,
    /// Who says so, where the text attributes the statement.
    pub reported_by: Option<String>,
    /// Claims that belong to it, by id.
    pub claims: Vec<String>,
    /// 0 to 1, two decimals.
    pub confidence: f64,
    /// Stretches of the text that the record rests on.
    pub evidence: Vec<Offsets>,
    /// Rules that gave the values.
    pub rules: Vec<String>,
}
