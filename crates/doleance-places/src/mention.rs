//! What is found: mentions of places with their resolution.

use doleance_records::PlaceLevel;
use doleance_text::{CountryCode, Diagnostic, Span, TokenId};

use crate::gazetteer::{Gazetteer, PlaceId};

/// How the text refers to the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceMentionKind {
    /// By a name.
    Name,
    /// By a word for its people or what belongs to it.
    Demonym,
    /// By a description or the name of a seat of power.
    Periphrase,
    /// By what was said before: *the city*, *sur place*.
    Relative,
    /// By a square, street or building within a town.
    Site,
}

/// What the mention does in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceUse {
    /// Where something is or happens.
    Location,
    /// The larger place that tells where a smaller one lies: *Maubeuge (Nord)*. No location of its own.
    Container,
    /// Those who rule the place: *Paris condamne*.
    Metonym,
    /// Part of a person's name.
    PersonName,
    /// Part of an organisation's name.
    Organisation,
    /// What belongs to a place: *les grévistes lyonnais*, *the Oakland mayor*.
    Attribute,
    /// Where the report was written, at its head.
    Dateline,
}

impl PlaceUse {
    /// The name as the tables write it.
    pub const fn name(self) -> &'static str {
        match self {
            PlaceUse::Location => "location",
            PlaceUse::Container => "container",
            PlaceUse::Metonym => "metonym",
            PlaceUse::PersonName => "person",
            PlaceUse::Organisation => "organisation",
            PlaceUse::Attribute => "attribute",
            PlaceUse::Dateline => "dateline",
        }
    }
}

/// A place as records name it.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedPlace {
    /// Number in the gazetteer; `None` for a place that it does not hold.
    pub entry: Option<PlaceId>,
    /// Stable identifier (`geonames:609529`, `country:KZ`); `None` for a place that the gazetteer does not hold.
    pub id: Option<String>,
    /// Name in the gazetteer; for a site, its words.
    pub name: String,
    /// How precisely the place is known.
    pub level: PlaceLevel,
    /// Its country, where known.
    pub country: Option<CountryCode>,
    /// Name of its first-order division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

impl ResolvedPlace {
    /// The record of a gazetteer entry.
    pub fn of(gazetteer: &Gazetteer, id: PlaceId) -> Self {
        let entry = gazetteer.place(id);
        let level = entry.kind.level();
        let admin1 = entry.admin1.filter(|_| level != PlaceLevel::Country);
        ResolvedPlace {
            entry: Some(id),
            id: Some(gazetteer.identifier(id)),
            name: entry.name.to_owned(),
            level,
            country: (entry.country != CountryCode(*b"ZZ")).then_some(entry.country),
            admin1: admin1.map(|a| gazetteer.place(a).name.to_owned()),
            lat: Some(entry.lat),
            lon: Some(entry.lon),
        }
    }

    /// Whether it is a town or something within one.
    pub const fn is_local(&self) -> bool {
        matches!(self.level, PlaceLevel::City | PlaceLevel::District | PlaceLevel::Site)
    }
}

/// A stretch of text that refers to a place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// The whole expression with its type word: *la région de Mangistau*.
    pub span: Span,
    /// The name alone: *Mangistau*.
    pub name_span: Span,
    /// The word of the expression that the others depend on.
    pub head: TokenId,
    /// How the text refers to the place.
    pub kind: PlaceMentionKind,
    /// What the mention does.
    pub use_: PlaceUse,
    /// The place; `None` for persons, organisations and what stays open.
    pub resolved: Option<ResolvedPlace>,
    /// Other readings with their share of the belief, best first; the resolved one included where it is a name's.
    pub candidates: Vec<(ResolvedPlace, f32)>,
    /// The rule that gave the mention.
    pub rule: &'static str,
}

impl PlaceMention {
    /// Whether an action may be said to happen here.
    pub fn is_location(&self) -> bool {
        self.use_ == PlaceUse::Location && self.resolved.is_some()
    }
}

/// All mentions of a report, in text order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceAnnotation {
    /// The mentions, by start.
    pub mentions: Vec<PlaceMention>,
    /// What stayed open.
    pub diagnostics: Vec<Diagnostic>,
}

/// What is known beside the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlaceContext {
    /// Country of the source: a weak hint.
    pub country: Option<CountryCode>,
}
