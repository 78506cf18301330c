//! Record format, version 1: what `doleance code --format jsonl` prints, one JSON object a line.
//!
//! Offsets are Unicode code points in the report's text as given. Nothing here codes anything: `doleance-coding` fills
//! these types, `doleance-dataset` stores and merges them.

mod claim;
mod event;
mod link;

pub use claim::{Claim, Party, Stance};
pub use event::{Actor, Event, Figure, Place, PlaceAlternative, PlaceLevel, Status, Time};
pub use link::{Link, Relation};
use serde::{Deserialize, Serialize};

/// The version of the record format.
pub const FORMAT_VERSION: u32 = 1;

/// A stretch of the report with its words: `{"start":812,"end":817,"text":"grève"}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quote {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// A stretch of the report as `[start, end]` in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Offsets(pub u32, pub u32);

/// One line of record format 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "lowercase")]
// Records are made, printed and dropped one at a time; boxing the common variant would cost an allocation each.
#[allow(clippy::large_enum_variant)]
pub enum Record {
    /// One action coded from one report.
    Event(Event),
    /// A demand or grievance stated in a report.
    Claim(Claim),
    /// A relation between two event records of a report.
    Link(Link),
}

impl Record {
    /// The report that the record was coded from.
    pub fn doc(&self) -> &str {
        match self {
            Record::Event(event) => &event.doc,
            Record::Claim(claim) => &claim.doc,
            Record::Link(link) => &link.doc,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_design_reads_and_prints_itself() {
        let line = concat!(
            r#"{"record":"event","doc":"strike.fr.txt","id":"e3","kind":"strike","status":"happened","#,
            r#""trigger":{"start":812,"end":817,"text":"grève"},"#,
            r#""time":{"start":"2022-01-03","end":"2022-01-03","part":null,"granularity":"day","text":"le 3 janvier","span":[770,782]},"#,
            r#""place":{"name":"Mangystau Region","id":"geonames:609529","level":"admin1","country":"KZ","admin1":null,"#,
            r#""lat":44.5,"lon":53.5,"text":"la région de Mangistau","span":[784,806],"alternatives":[]},"#,
            r#""actors":[{"role":"workers","sector":"oil","name":null,"organisation":null,"text":"les pétroliers","span":[1,15]}],"#,
            r#""targets":[],"#,
            r#""size":[{"low":2000,"high":null,"text":"2 000 manifestants","said_by":"police","span":[20,38]}],"#,
            r#""killed":[],"injured":[],"arrested":[],"reported_by":null,"claims":["c1"],"#,
            r#""confidence":0.86,"evidence":[[770,817]],"rules":["fr.strike.greve"]}"#
        );
        let record: Record = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&record).unwrap(), line);
    }
}
