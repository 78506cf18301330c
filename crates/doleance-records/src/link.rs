//! Links: relations between two event records.

use serde::{Deserialize, Serialize};

use crate::Quote;

/// How `from` stands to `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// `from` was set off by `to`.
    TriggeredBy,
    /// `from` is what `to` spread to.
    SpreadFrom,
    /// `from` answers `to`.
    InResponseTo,
    /// `from` supports `to`.
    InSupportOf,
    /// `from` is a part of `to`.
    PartOf,
}

impl Relation {
    /// The name as printed.
    pub const fn name(self) -> &'static str {
        match self {
            Relation::TriggeredBy => "triggered_by",
            Relation::SpreadFrom => "spread_from",
            Relation::InResponseTo => "in_response_to",
            Relation::InSupportOf => "in_support_of",
            Relation::PartOf => "part_of",
        }
    }

    /// All five.
    pub const ALL: [Relation; 5] = [
        Relation::TriggeredBy,
        Relation::SpreadFrom,
        Relation::InResponseTo,
        Relation::InSupportOf,
        Relation::PartOf,
    ];

    /// Reads a name as printed.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.name() == name)
    }
}

/// A relation between two event records of one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The report.
    pub doc: String,
    /// The relation.
    pub relation: Relation,
    /// The event that stands in it.
    pub from: String,
    /// The event that it stands to.
    pub to: String,
    /// The words that state it.
    pub span: Quote,
}
