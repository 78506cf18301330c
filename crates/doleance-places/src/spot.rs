//! A name in the text with its candidates still open, and what the words around it ask for.

use crate::gazetteer::{PlaceKind, Posting};
use crate::mention::{PlaceMentionKind, PlaceUse};

/// A name in the text: words `from..=to`.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub from: usize,
    pub to: usize,
    /// First and last word of the whole expression.
    pub whole: (usize, usize),
    pub kind: PlaceMentionKind,
    pub use_: PlaceUse,
    pub rule: &'static str,
    /// Places that the name may stand for.
    pub postings: Vec<Posting>,
    /// Folded name: mentions of one key mean one place.
    pub key: Vec<u8>,
    /// Levels that a type word asks for: any of these.
    pub levels: Vec<Level>,
    /// Whether the type word is a plural that goes for a whole list.
    pub spreads: bool,
    /// Its type word is a plural behind it, and goes for those listed before it.
    pub spreads_back: bool,
    /// What the preposition prefers.
    pub preferred: Option<Level>,
    /// Whether a preposition of place, a type word or a list stands before.
    pub located: bool,
    /// An article within a contraction was read as part of the name.
    pub prefixed: bool,
    /// A hundred kilometres and more from the place named.
    pub far: bool,
    /// Only a preposition that also goes with persons and things stands before: *from*, *to*.
    pub weakly: bool,
    /// The spot that contains this one, by number.
    pub container: Option<usize>,
    /// A full stop belongs to the name.
    pub dotted: bool,
    /// Known beforehand to be the name of a place.
    pub given: bool,
    /// Counts only as a container.
    pub abbreviation: bool,
    /// A building or square: its words, and whether its name is the town's.
    pub site: Option<Site>,
    /// Means its place only in a report that tells of the country (*the southern capital*).
    pub conditional: bool,
}

impl Spot {
    /// Names the rule that tells most; that a place is unknown tells more.
    pub(crate) fn set_rule(&mut self, rule: &'static str) {
        if !self.postings.is_empty() {
            self.rule = rule;
        }
    }
}

/// A square, street, station or building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// The name tells the town: *la gare de Tours*.
    OfTown,
    /// The name tells nothing about the town: *la place Tahrir*.
    Elsewhere,
    /// A landmark whose town the table knows.
    Known,
    /// A landmark that other towns have too: the report's town, else the table's.
    Shared,
}

/// What a type word or preposition asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Country,
    Admin1,
    Admin2,
    Town,
    /// Part of a town.
    Quarter,
    /// Country or division.
    Region,
}

impl Level {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "country" => Level::Country,
            "admin1" => Level::Admin1,
            "admin2" => Level::Admin2,
            "city" => Level::Town,
            "quarter" => Level::Quarter,
            "region" => Level::Region,
            _ => return None,
        })
    }

    pub(crate) fn fits(self, kind: PlaceKind) -> bool {
        match self {
            Level::Country => kind == PlaceKind::Country,
            Level::Admin1 => matches!(kind, PlaceKind::Admin1 | PlaceKind::Area),
            Level::Admin2 => kind == PlaceKind::Admin2,
            Level::Town | Level::Quarter => kind.is_town(),
            Level::Region => !kind.is_town(),
        }
    }
}
