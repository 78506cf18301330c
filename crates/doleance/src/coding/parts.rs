//! Very long reports are coded in parts, so that memory stays bounded.
//!
//! A part ends at a paragraph where there is one, else at a line, a sentence or a word. Records name their stretches
//! of the whole text and are numbered through. What a part leaves open (*they*, *the next day*) is not looked up in
//! the part before; articles are far shorter than a part.

use doleance_coding::LanguagePacks;
use doleance_records::{Offsets, Quote};
use doleance_text::{Report, Severity};

use super::{Coder, Defaults, Piece, settle_language};
use crate::input::{Form, RawReport};
use crate::outcome::Problem;

/// The longest stretch that is coded as one, in bytes: some 40,000 words.
pub const LONGEST_PART: usize = 256 << 10;

/// One stretch of a report to be coded.
#[derive(Clone, Debug)]
pub struct Part {
    /// The report, with the text of this part.
    pub report: Report,
    /// Code points before the part.
    pub first_point: u32,
    /// Whether another part follows.
    pub is_last: bool,
}

/// What a mapping thread is given.
pub(super) enum Work {
    Raw(RawReport),
    Part { part: Part, file: String, line: Option<u64> },
    Problem(Problem),
}

impl Work {
    pub(super) fn weight(&self) -> usize {
        match self {
            // A floor, so that a million tiny lines do not queue up.
            Work::Raw(raw) => raw.bytes.len() + 4096,
            Work::Part { part, .. } => part.report.text.len(),
            Work::Problem(_) => 4096,
        }
    }

    pub(super) fn file(&self) -> (String, Option<u64>) {
        match self {
            Work::Raw(raw) => (raw.file.clone(), raw.line),
            Work::Part { file, line, .. } => (file.clone(), *line),
            Work::Problem(problem) => (problem.file.clone(), problem.line),
        }
    }

    pub(super) fn code(self, defaults: &Defaults, coder: &Coder<'_>) -> Result<Piece, Problem> {
        let (file, line) = self.file();
        let (report, first_point, is_last) = match self {
            Work::Raw(raw) => (prepare(raw, defaults, coder.packs)?, 0, true),
            Work::Part { part, .. } => (part.report, part.first_point, part.is_last),
            Work::Problem(problem) => return Err(problem),
        };
        let coded = (coder.code)(&report);
        // A pack that does not load: the report is not coded, and the file to mend is said.
        if let Some(failed) = coded.diagnostics.iter().find(|d| d.severity == Severity::Error) {
            let repair = failed.hint.clone().unwrap_or_default();
            return Err(Problem { file, line, reason: failed.message.clone(), repair });
        }
        Ok(Piece { report, coded, first_point, is_first: first_point == 0, is_last })
    }
}

/// Passes a raw report on, or cuts it where it is very long.
pub(super) fn divide(
    raw: Result<RawReport, Problem>,
    defaults: &Defaults,
    packs: &LanguagePacks,
) -> Box<dyn Iterator<Item = Work> + Send> {
    match raw {
        Err(problem) => Box::new(std::iter::once(Work::Problem(problem))),
        // The text of a page is shorter than the page, and finding it is work for the other threads.
        Ok(raw) if raw.bytes.len() <= LONGEST_PART || raw.form == Form::Html => {
            Box::new(std::iter::once(Work::Raw(raw)))
        }
        Ok(raw) => {
            let (file, line) = (raw.file.clone(), raw.line);
            match prepare(raw, defaults, packs) {
                Err(problem) => Box::new(std::iter::once(Work::Problem(problem))),
                Ok(report) => {
                    Box::new(cut(report).map(move |part| Work::Part { part, file: file.clone(), line }))
                }
            }
        }
    }
}

/// Reads a raw report and settles its metadata and its language.
fn prepare(raw: RawReport, defaults: &Defaults, packs: &LanguagePacks) -> Result<Report, Problem> {
    let (file, line) = (raw.file.clone(), raw.line);
    let mut report = raw.read()?;
    defaults.complete(&mut report);
    match settle_language(&mut report, packs) {
        Ok(_) => Ok(report),
        Err((reason, repair)) => Err(Problem { file, line, reason, repair }),
    }
}

/// Cuts a report into parts no longer than [`LONGEST_PART`].
pub fn cut(report: Report) -> impl Iterator<Item = Part> + Send {
    let mut at = 0;
    let mut first_point = 0u32;
    std::iter::from_fn(move || {
        if at >= report.text.len() {
            return None;
        }
        let rest = &report.text[at..];
        let text = &rest[..part_length(rest)];
        let part = Part {
            report: Report { text: text.to_owned(), ..without_text(&report) },
            first_point,
            is_last: text.len() == rest.len(),
        };
        at += text.len();
        first_point += text.chars().count() as u32;
        Some(part)
    })
}

fn without_text(report: &Report) -> Report {
    let Report { id, text: _, published, language, country, source, url, title } = report;
    Report {
        id: id.clone(),
        text: String::new(),
        published: *published,
        language: language.clone(),
        country: *country,
        source: source.clone(),
        url: url.clone(),
        title: title.clone(),
    }
}

/// Where the first part of a text ends: in its second half, after the strongest break there.
fn part_length(text: &str) -> usize {
    if text.len() <= LONGEST_PART {
        return text.len();
    }
    let longest = text.floor_char_boundary(LONGEST_PART);
    let second_half = text.floor_char_boundary(LONGEST_PART / 2);
    let window = &text[second_half..longest];
    let breaks: [&str; 6] = ["\n\n", "\n", ". ", "! ", "? ", " "];
    let found = breaks.iter().find_map(|mark| window.rfind(mark).map(|found| found + mark.len()));
    found.map_or(longest, |found| second_half + found)
}

/// Numbers the records of a report's parts through.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    events: usize,
    claims: usize,
}

impl Numbering {
    pub(super) fn continue_with(&mut self, piece: &mut Piece) {
        if piece.is_first {
            *self = Numbering::default();
        }
        let (events, claims) = (self.events, self.claims);
        let coded = &mut piece.coded;
        self.events += coded.events.len();
        self.claims += coded.claims.len();
        for event in &mut coded.events {
            add(&mut event.id, events);
            event.claims.iter_mut().for_each(|claim| add(claim, claims));
        }
        for claim in &mut coded.claims {
            add(&mut claim.id, claims);
            claim.events.iter_mut().for_each(|event| add(event, events));
        }
        for link in &mut coded.links {
            add(&mut link.from, events);
            add(&mut link.to, events);
        }
    }
}

/// Adds to the number of a name such as `e3`.
fn add(id: &mut String, more: usize) {
    let digits = id.find(|c: char| c.is_ascii_digit()).unwrap_or(id.len());
    if let Ok(number) = id[digits..].parse::<usize>() {
        id.truncate(digits);
        id.push_str(&(number + more).to_string());
    }
}

/// Moves every offset of a piece's records by the code points before it, so that they count in the whole report.
pub fn shift(piece: &mut Piece) {
    let by = std::mem::take(&mut piece.first_point);
    if by == 0 {
        return;
    }
    let move_offsets = |span: &mut Offsets| *span = Offsets(span.0 + by, span.1 + by);
    let move_quote = |quote: &mut Quote| {
        quote.start += by;
        quote.end += by;
    };
    for event in &mut piece.coded.events {
        move_quote(&mut event.trigger);
        event.time.iter_mut().for_each(|time| move_offsets(&mut time.span));
        event.place.iter_mut().for_each(|place| move_offsets(&mut place.span));
        event.actors.iter_mut().chain(&mut event.targets).for_each(|actor| move_offsets(&mut actor.span));
        let figures = event.size.iter_mut().chain(&mut event.killed);
        let figures = figures.chain(&mut event.injured).chain(&mut event.arrested);
        figures.for_each(|figure| move_offsets(&mut figure.span));
        event.evidence.iter_mut().for_each(move_offsets);
    }
    for claim in &mut piece.coded.claims {
        move_quote(&mut claim.span);
        let parties = claim.claimant.iter_mut().chain(&mut claim.addressee);
        parties.for_each(|party| move_offsets(&mut party.span));
    }
    piece.coded.links.iter_mut().for_each(|link| move_quote(&mut link.span));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_concatenate_to_the_text_and_know_their_place() {
        let paragraph = "Les ouvrières ont débrayé à l’aube. Elles réclament leur dû.\n\n";
        for text in [paragraph.repeat(9000), paragraph.replace('\n', " ").repeat(9000), "é".repeat(400_000)]
        {
            let parts: Vec<_> = cut(Report::new("r", text.clone())).collect();
            assert!(parts.len() > 1);
            assert_eq!(parts.iter().map(|part| part.report.text.as_str()).collect::<String>(), text);
            let mut points = 0;
            for part in &parts {
                assert!(part.report.text.len() <= LONGEST_PART);
                assert_eq!(part.first_point, points);
                points += part.report.text.chars().count() as u32;
            }
            assert_eq!(parts.iter().filter(|part| part.is_last).count(), 1);
        }
    }

    #[test]
    fn a_part_ends_with_a_paragraph_where_there_is_one() {
        let text = "Un. Deux.\nTrois.\n\n".repeat(30_000);
        for part in cut(Report::new("r", text)) {
            assert!(part.report.text.ends_with("\n\n"));
        }
    }

    #[test]
    fn names_are_numbered_through() {
        let mut id = "e3".to_owned();
        add(&mut id, 40);
        assert_eq!(id, "e43");
    }
}
