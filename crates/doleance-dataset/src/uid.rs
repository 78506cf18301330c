//! Names that outlive a run: content hashes of reports, and identifiers of records and events.
//!
//! They depend on content alone, so that the same reports give the same identifiers in any order and on any machine.
//! A record keeps its identifier through recoding (see `store::recode`); an event is named after its founding record.

use doleance_text::Report;
use sha2::{Digest, Sha256};

/// Crockford's base 32: no i, l, o, u, so that identifiers can be read aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Sixty bits: among a million records two share one with probability below one in two million.
const LENGTH: usize = 12;

/// SHA-256 over fields that are kept apart by their lengths.
#[derive(Default)]
pub(crate) struct Fields(Sha256);

impl Fields {
    pub(crate) fn add(mut self, field: impl AsRef<[u8]>) -> Self {
        let field = field.as_ref();
        self.0.update((field.len() as u64).to_le_bytes());
        self.0.update(field);
        self
    }

    pub(crate) fn add_optional(self, field: Option<impl AsRef<[u8]>>) -> Self {
        match field {
            Some(field) => self.add([1u8]).add(field),
            None => self.add([0u8]),
        }
    }

    pub(crate) fn hex(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(crate) fn short(self) -> String {
        let digest = self.0.finalize();
        let mut bits = u64::from_be_bytes(digest[..8].try_into().expect("a SHA-256 digest has 32 bytes"));
        (0..LENGTH)
            .map(|_| {
                let letter = ALPHABET[(bits >> 59) as usize] as char;
                bits <<= 5;
                letter
            })
            .collect()
    }
}

/// The content hash of a report: its text, day of publication, outlet and address. The same article under two file
/// names is one report; the same text from two outlets is two, as each is a voice of its own.
pub fn content_hash(report: &Report) -> String {
    Fields::default()
        .add("doleance report 1")
        .add(&report.text)
        .add_optional(report.published.map(|date| date.to_string()))
        .add_optional(report.source.as_deref())
        .add_optional(report.url.as_deref())
        .hex()
}

/// The identifier of an event founded by the record with this identifier.
pub(crate) fn event_id(founder: &str) -> String {
    format!("ev-{}", founder.strip_prefix("r-").unwrap_or(founder))
}

/// The founding record of an event, from the event's identifier.
pub(crate) fn founder(event: &str) -> String {
    format!("r-{}", event.strip_prefix("ev-").unwrap_or(event))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_report_is_not_its_content() {
        let hash = |id: &str, text: &str| content_hash(&Report::new(id, text));
        assert_eq!(hash("a.txt", "On strike."), hash("b.txt", "On strike."));
        assert_ne!(hash("a.txt", "On strike."), hash("a.txt", "On strike"));
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        let short = |a: &str, b: &str| Fields::default().add(a).add(b).short();
        assert_ne!(short("ab", "c"), short("a", "bc"));
        assert_eq!(short("ab", "c").len(), LENGTH);
    }

    #[test]
    fn an_event_names_its_founder() {
        assert_eq!(founder(&event_id("r-4k7q9m2xw1ta")), "r-4k7q9m2xw1ta");
    }
}
