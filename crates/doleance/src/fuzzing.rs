//! What the fuzz targets in `fuzz/` run, and what the tests replay on their corpus: any bytes through every reader,
//! and through all of `code`. Each panics where a law of the readers or of the records is broken.

use std::convert::Infallible;
use std::io::Cursor;

use doleance_records::{Offsets, Record};
use doleance_text::LanguageCode;

use crate::coding::{Coder, Defaults, Piece, code_reports, shift};
use crate::input::{Form, RawReport, RawReports};
use crate::output::{Format, Rendering};
use doleance_coding::{CodingOptions, LanguagePacks, code_report};

fn read(form: Form, bytes: &[u8]) {
    let raw =
        RawReport { file: "fuzz".into(), line: Some(1), id: "fuzz".into(), form, bytes: bytes.to_vec() };
    match raw.read() {
        Ok(report) => assert!(!report.text.trim().is_empty() && !report.id.is_empty()),
        Err(problem) => assert!(!problem.reason.is_empty() && !problem.repair.is_empty()),
    }
}

/// Any bytes as plain text or Markdown: encodings and front matter.
pub fn text(bytes: &[u8]) {
    read(Form::Text, bytes);
}

/// Any bytes as a web page.
pub fn html(bytes: &[u8]) {
    read(Form::Html, bytes);
}

/// Any bytes as a JSON Lines file.
pub fn json_lines(bytes: &[u8]) {
    for raw in RawReports::from_lines("fuzz", Box::new(Cursor::new(bytes.to_vec()))) {
        match raw.and_then(RawReport::read) {
            Ok(report) => assert!(!report.text.trim().is_empty()),
            Err(problem) => assert!(!problem.repair.is_empty()),
        }
    }
}

/// Any bytes through all of `code`, once for each language that has a pack, to every form of output.
pub fn code(bytes: &[u8]) {
    let packs = LanguagePacks::embedded();
    let options = CodingOptions::default();
    let code = |report: &_| code_report(packs, report, &options);
    for language in packs.languages() {
        let raw = RawReport {
            file: "fuzz".into(),
            line: None,
            id: "fuzz".into(),
            form: Form::Text,
            bytes: bytes.to_vec(),
        };
        let coder = Coder { packs, code: &code };
        code_one(raw, language.clone(), &coder);
    }
}

fn code_one(raw: RawReport, language: LanguageCode, coder: &Coder<'_>) {
    let published = jiff::civil::date(2022, 1, 8);
    let defaults = Defaults { published: Some(published), language: Some(language), country: None };
    let render = |mut piece: Piece| {
        for format in [Format::Table, Format::Csv, Format::Jsonl] {
            let bytes = Rendering { format, width: 80, raw_cells: false }.piece(piece.clone());
            assert!(std::str::from_utf8(&bytes).is_ok());
        }
        let text: Vec<char> = piece.report.text.chars().collect();
        piece.coded.records().for_each(|record| check_quotes(&record, &text));
        shift(&mut piece);
    };
    let done: Result<(), Infallible> =
        code_reports(std::iter::once(Ok(raw)), &defaults, coder, 1, render, |coded| {
            if let Err(problem) = coded {
                assert!(!problem.reason.contains("fault"), "{problem}");
            }
            Ok(())
        });
    match done {
        Ok(()) => {}
    }
}

/// Slicing the text by a span gives the quoted words.
fn check_quotes(record: &Record, text: &[char]) {
    let check = |span: Offsets, words: &str| {
        let found: Option<String> =
            text.get(span.0 as usize..span.1 as usize).map(|words| words.iter().collect());
        assert!(found.is_some_and(|found| quotes(&found, words)));
    };
    match record {
        Record::Event(event) => {
            check(Offsets(event.trigger.start, event.trigger.end), &event.trigger.text);
            event.time.iter().for_each(|time| check(time.span, &time.text));
            event.place.iter().for_each(|place| check(place.span, &place.text));
            event.actors.iter().chain(&event.targets).for_each(|actor| check(actor.span, &actor.text));
            let figures = event.size.iter().chain(&event.killed).chain(&event.injured).chain(&event.arrested);
            figures.for_each(|figure| check(figure.span, &figure.text));
            assert!(event.evidence.iter().all(|span| span.0 <= span.1 && span.1 as usize <= text.len()));
        }
        Record::Claim(claim) => {
            check(Offsets(claim.span.start, claim.span.end), &claim.span.text);
            claim.claimant.iter().chain(&claim.addressee).for_each(|party| check(party.span, &party.text));
        }
        Record::Link(link) => check(Offsets(link.span.start, link.span.end), &link.span.text),
    }
}

/// Whether quoted words are those of the text, but for names that stand hidden as one word in brackets.
pub fn quotes(found: &str, quoted: &str) -> bool {
    let mut pieces = Vec::new();
    let mut rest = quoted;
    while let Some((before, word, after)) = next_marker(rest) {
        // A bracketed word that the text has too is no marker.
        if found.contains(word) {
            return found == quoted;
        }
        pieces.push(before);
        rest = after;
    }
    let Some(first) = pieces.first() else { return found == quoted };
    let Some(mut between) = found.strip_prefix(first).and_then(|found| found.strip_suffix(rest)) else {
        return false;
    };
    pieces[1..].iter().all(|piece| match between.find(piece) {
        Some(at) => {
            between = &between[at + piece.len()..];
            true
        }
        None => false,
    })
}

/// The first word in square brackets: what is before it, the word with its brackets, what is after it.
fn next_marker(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('[').find_map(|(open, _)| {
        let length = text[open..].find(']')? + 1;
        let word = &text[open..open + length];
        let is_word = length > 2 && word[1..length - 1].chars().all(char::is_alphabetic);
        is_word.then(|| (&text[..open], word, &text[open + length..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_names_are_the_only_difference_allowed() {
        assert!(quotes("the boy John Ramey of Lawrence", "the boy [person] of Lawrence"));
        assert!(quotes("John Ramey", "[person]") && quotes("a [sic] b", "a [sic] b"));
        assert!(!quotes("the boy John Ramey of Lawrence", "the boy [person] of Boston"));
        assert!(!quotes("the boy", "the girl"));
    }
}
