//! Record format 1, one JSON object a line.
//!
//! Characters that a terminal would obey are written as `\u` escapes: a JSON reader gets the very same text.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::plain::is_obeyed;
use doleance_coding::CodedReport;

/// The records of one report, in the order events, claims, links.
pub(super) fn render(coded: &CodedReport) -> Vec<u8> {
    let mut lines = Vec::with_capacity(1024 * coded.events.len());
    for record in coded.records() {
        write_line(&mut lines, &record);
    }
    lines
}

/// One object and the end of its line.
pub(super) fn write_line(lines: &mut Vec<u8>, object: &impl Serialize) {
    let before = lines.len();
    match object.serialize(&mut Serializer::with_formatter(&mut *lines, Harmless)) {
        Ok(()) => lines.push(b'\n'),
        // Writing to memory does not fail, and what is printed holds nothing that JSON lacks; half a line is never printed.
        Err(_) => lines.truncate(before),
    }
}

/// The compact form, without characters that a terminal would obey.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut from = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| is_obeyed(c)) {
            writer.write_all(&fragment.as_bytes()[from..at])?;
            let mut units = [0u16; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
            from = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[from..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use doleance_records::{Link, Quote, Record, Relation};

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_reads_back() {
        let text = "a\u{1B}[2J\u{9B}m\u{202E}\u{7F} «é» \u{E0041}\"\n";
        let quote = Quote { start: 0, end: 9, text: text.to_owned() };
        let link = Link {
            doc: "d".into(),
            relation: Relation::PartOf,
            from: "e1".into(),
            to: "e2".into(),
            span: quote,
        };
        let mut line = Vec::new();
        write_line(&mut line, &Record::Link(link.clone()));
        let line = String::from_utf8(line).unwrap();
        assert!(!line.trim_end().chars().any(is_obeyed), "{line:?}");
        assert!(line.contains("«é»"));
        assert_eq!(serde_json::from_str::<Record>(&line).unwrap(), Record::Link(link));
    }
}
