//! The page for anybody: without text beyond the evidence, names of persons, and coordinates finer than the place level.
//!
//! The same is left out as by an export for the public. What stays of a report's text are the stretches that its event
//! records rest on, each with its place in the text, so that every span still points at the words it means.

use std::collections::{BTreeMap, BTreeSet};

use doleance_records::{Actor, Event, Figure, Offsets, Quote};

use super::Page;
use crate::event::{EventActor, EventFigure};
use crate::export::redact::{coarse, coarsen, hide_name, with_surnames};

/// What was left out, and how often.
type LeftOut = BTreeMap<&'static str, usize>;

impl Page {
    /// The page without what the public does not get; `left_out` counts it.
    pub fn for_the_public(mut self) -> Self {
        let mut left_out = LeftOut::new();
        let names = names_by_report(&self);
        let evidence = evidence_by_report(&self);
        for (at, report) in self.reports.iter_mut().enumerate() {
            count(&mut left_out, "headlines", report.title.take().is_some());
            let Some(text) = report.text.take() else { continue };
            let shown = pieces(&text, &evidence[at], &names[at], &mut left_out);
            let length: usize = shown.iter().map(|(_, piece)| piece.chars().count()).sum();
            count(&mut left_out, "texts beyond the evidence", length < text.chars().count());
            report.pieces = Some(shown);
        }
        for record in &mut self.records {
            hide_in_record(&mut record.coded, &mut left_out);
        }
        for claim in &mut self.claims {
            count(&mut left_out, "words of claims", empty(&mut claim.coded.span));
            for party in [&mut claim.coded.claimant, &mut claim.coded.addressee].into_iter().flatten() {
                party.text.clear();
                count(&mut left_out, "names of persons", party.name.take().is_some());
            }
        }
        for link in &mut self.links {
            count(&mut left_out, "words of links", empty(&mut link.coded.span));
        }
        for event in &mut self.events {
            for EventActor { name, .. } in event.actors.iter_mut().chain(&mut event.targets) {
                count(&mut left_out, "names of persons", name.take().is_some());
            }
            for figures in [&mut event.size, &mut event.killed, &mut event.injured, &mut event.arrested] {
                for EventFigure { said_by, texts, .. } in figures {
                    texts.clear();
                    count(&mut left_out, "speakers named otherwise than by role", hide_name(said_by));
                }
            }
            if let Some(place) = &mut event.place {
                let others = place.dissents.iter_mut().map(|dissent| &mut dissent.value);
                for value in std::iter::once(&mut place.value).chain(others) {
                    count(&mut left_out, "coordinates finer than the place level", coarsen(value));
                }
            }
        }
        self.left_out = left_out;
        self
    }
}

fn count(left_out: &mut LeftOut, what: &'static str, is_gone: bool) {
    if is_gone {
        *left_out.entry(what).or_default() += 1;
    }
}

/// Takes the words out of a quotation; the span stays.
fn empty(quote: &mut Quote) -> bool {
    let had_words = !quote.text.is_empty();
    quote.text.clear();
    had_words
}

fn hide_in_record(record: &mut Event, left_out: &mut LeftOut) {
    // The page slices the pieces by the spans: words that a span of the evidence holds are shown, others are not.
    record.trigger.text.clear();
    if let Some(time) = &mut record.time {
        time.text.clear();
    }
    if let Some(place) = &mut record.place {
        place.text.clear();
        let round = |degrees: f64| coarse(place.level, degrees);
        (place.lat, place.lon) = (place.lat.map(round), place.lon.map(round));
    }
    for Actor { name, text, .. } in record.actors.iter_mut().chain(&mut record.targets) {
        text.clear();
        count(left_out, "names of persons", name.take().is_some());
    }
    for figures in [&mut record.size, &mut record.killed, &mut record.injured, &mut record.arrested] {
        for Figure { text, said_by, .. } in figures {
            text.clear();
            count(left_out, "speakers named otherwise than by role", hide_name(said_by));
        }
    }
    count(left_out, "speakers named otherwise than by role", hide_name(&mut record.reported_by));
}

/// The stretches that the event records of each report rest on, in order and apart.
fn evidence_by_report(page: &Page) -> Vec<Vec<(u32, u32)>> {
    let mut all = vec![Vec::new(); page.reports.len()];
    for record in &page.records {
        // A rejected record belongs to no event: its words are not evidence of anything shown.
        if record.event.is_some() {
            let spans = record.coded.evidence.iter().map(|&Offsets(start, end)| (start, end));
            all[record.report as usize].extend(spans);
        }
    }
    for spans in &mut all {
        spans.sort_unstable();
        let mut apart: Vec<(u32, u32)> = Vec::with_capacity(spans.len());
        for &(start, end) in spans.iter() {
            match apart.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => apart.push((start, end)),
            }
        }
        *spans = apart;
    }
    all
}

/// Names of persons that a report may hold: those of its own records and claims, and those that other reports give in the
/// events it shares with them.
fn names_by_report(page: &Page) -> Vec<Vec<String>> {
    let mut names: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); page.reports.len()];
    let mut organisations: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); page.reports.len()];
    for event in &page.events {
        for actor in event.actors.iter().chain(&event.targets) {
            for &report in &event.reports {
                names[report as usize].extend(actor.name.as_deref());
                organisations[report as usize].extend(actor.organisation.as_deref());
            }
        }
    }
    for record in &page.records {
        for actor in record.coded.actors.iter().chain(&record.coded.targets) {
            names[record.report as usize].extend(actor.name.as_deref());
            organisations[record.report as usize].extend(actor.organisation.as_deref());
        }
    }
    for claim in &page.claims {
        for party in [&claim.coded.claimant, &claim.coded.addressee].into_iter().flatten() {
            names[claim.report as usize].extend(party.name.as_deref());
        }
    }
    // A party's name may be that of an organisation, which stays.
    let persons = names.into_iter().zip(organisations).map(|(names, organisations)| {
        with_surnames(names.difference(&organisations).map(|&name| name.to_owned()))
    });
    persons.collect()
}

/// The evidence without the names: each piece with the place of its first code point in the text.
fn pieces(
    text: &str,
    evidence: &[(u32, u32)],
    names: &[String],
    left_out: &mut LeftOut,
) -> Vec<(u32, String)> {
    let mut shown = Vec::new();
    let mut characters = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    // The place of the next character that the iterator gives.
    let mut next = 0;
    let mut byte_of = |character: u32| {
        let at = characters.nth((character - next) as usize).unwrap_or(text.len());
        next = character + 1;
        at
    };
    for &(start, end) in evidence.iter().filter(|(start, end)| start < end) {
        let from = byte_of(start);
        let words = &text[from..byte_of(end).max(from)];
        let mut place = start;
        for (words, name) in around_names(words, names) {
            if !words.is_empty() {
                shown.push((place, words.to_owned()));
            }
            count(left_out, "names of persons", !name.is_empty());
            place += (words.chars().count() + name.chars().count()) as u32;
        }
    }
    shown
}

/// The words before each name with the name; the last words with none.
fn around_names<'a>(mut words: &'a str, names: &[String]) -> Vec<(&'a str, &'a str)> {
    let mut parts = Vec::new();
    // Names come longest first: of two that begin at one place the longer is taken.
    let first = |words: &str| {
        let found = names.iter().filter_map(|name| words.find(name.as_str()).map(|at| (at, name.len())));
        found.min_by_key(|&(at, length)| (at, usize::MAX - length))
    };
    while let Some((at, length)) = first(words) {
        parts.push((&words[..at], &words[at..at + length]));
        words = &words[at + length..];
    }
    parts.push((words, ""));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, evidence: &[(u32, u32)], names: &[&str]) -> Vec<(u32, String)> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        pieces(text, evidence, &names, &mut LeftOut::new())
    }

    fn piece(start: u32, text: &str) -> (u32, String) {
        (start, text.to_owned())
    }

    #[test]
    fn pieces_keep_their_place_in_the_text() {
        assert_eq!(
            shown("Été : la grève dure. Il pleut. Ils défilent.", &[(6, 20), (31, 44)], &[]),
            [piece(6, "la grève dure."), piece(31, "Ils défilent.")]
        );
    }

    #[test]
    fn a_name_is_a_gap_between_two_pieces() {
        assert_eq!(
            shown("So Ann Lee spoke, then Lee left.", &[(3, 32)], &["Ann Lee", "Lee"]),
            [piece(10, " spoke, then "), piece(26, " left.")]
        );
    }

    #[test]
    fn spans_beyond_the_text_show_what_there_is() {
        assert_eq!(shown("court", &[(2, 99), (120, 130)], &[]), [piece(2, "urt")]);
    }
}
