//! The chronicle as a person reads it: by date, each action with who, where, how many, what for, and its words.
//!
//! What stayed open is said plainly. Nothing from a report reaches the terminal unfiltered ([`super::plain`]); styles
//! are always written and taken off again where the output is no terminal.

use anstyle::{AnsiColor, Style};
use doleance_records::{Actor, Claim, Event, Figure, Link, Place, Relation, Stance, Status, Time};
use doleance_text::Date;

use super::Counts;
use super::plain::one_line;
use super::wrap::Paragraph;
use crate::coding::Piece;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const WORDS: Style = Style::new().bold().underline();
const NOT_HAPPENED: Style = AnsiColor::Yellow.on_default();
const OPEN: Style = AnsiColor::Magenta.on_default();

/// Column of values; labels stand before it.
const INDENT: usize = 14;

/// The chronicle of one report, or of one part of it.
pub(super) fn render(piece: &Piece, width: usize) -> String {
    let mut out = String::new();
    let words = Words::new(&piece.report.text);
    if piece.is_first {
        head(&mut out, piece, width);
    }
    let coded = &piece.coded;
    let mut events: Vec<&Event> = coded.events.iter().collect();
    events.sort_by_key(|event| (day_of(event.time.as_ref()), event.trigger.start));
    let mut heading = None;
    for event in events {
        let date = date_in_words(event.time.as_ref());
        if heading.as_ref() != Some(&date) {
            out.push_str(&format!("\n  {BOLD}{date}{BOLD:#}\n"));
            heading = Some(date);
        }
        print_event(&mut out, event, &coded.claims, &words, width);
    }
    print_loose_claims(&mut out, &coded.claims, width);
    print_links(&mut out, &coded.links, &coded.events, width);
    print_open_questions(&mut out, piece, width);
    if coded.events.is_empty() && piece.is_first && piece.is_last {
        out.push_str("\n  No action was found in this report.\n");
    }
    if piece.is_last {
        out.push('\n');
    }
    out
}

/// The last line: what was coded, in numbers.
pub(super) fn foot(counts: &Counts) -> String {
    let Counts { reports, events, claims, links } = *counts;
    let count = |number: usize, name: &str| format!("{number} {name}{}", if number == 1 { "" } else { "s" });
    let parts = [
        count(reports, "report"),
        count(events, "event record"),
        count(claims, "claim"),
        count(links, "link"),
    ];
    format!("{DIM}{}{DIM:#}\n", parts.join(" · "))
}

fn head(out: &mut String, piece: &Piece, width: usize) {
    let report = &piece.report;
    let mut facts = Vec::new();
    facts.extend(report.source.as_deref().map(one_line));
    facts.extend(report.published.map(|date| format!("published {}", day_in_words(date))));
    facts.extend(
        piece.coded.language.as_ref().or(report.language.as_ref()).map(|language| language.0.clone()),
    );
    let title = report.title.as_deref().map(one_line);
    let style = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
    Paragraph::new().styled(&one_line(&report.id), style).print(out, "", 1, width);
    if let Some(title) = title {
        Paragraph::new().text(&title).print(out, "", 1, width);
    }
    if !facts.is_empty() {
        Paragraph::new().styled(&facts.join(" · "), DIM).print(out, "", 1, width);
    }
}

fn print_event(out: &mut String, event: &Event, claims: &[Claim], words: &Words<'_>, width: usize) {
    let status = event.status.name().replace('_', " ");
    let status_style = if event.status == Status::Happened { Style::new() } else { NOT_HAPPENED };
    let title = Paragraph::new()
        .styled(&event.kind.replace('_', " "), BOLD)
        .text(" · ")
        .styled(&status, status_style);
    title.print(out, "", 4, width);
    let mut line = |label: &str, paragraph: Paragraph| {
        paragraph.print(out, &format!("      {label}"), INDENT, width);
    };
    if let Some(place) = &event.place {
        line("where", Paragraph::new().text(&place_in_words(place)));
    }
    for (label, actors) in [("who", &event.actors), ("to whom", &event.targets)] {
        if !actors.is_empty() {
            line(label, Paragraph::new().text(&join(actors.iter().map(actor_in_words))));
        }
    }
    let figures = [
        ("size", &event.size),
        ("killed", &event.killed),
        ("injured", &event.injured),
        ("arrested", &event.arrested),
    ];
    for (label, figures) in figures {
        if !figures.is_empty() {
            line(label, Paragraph::new().text(&join(figures.iter().map(figure_in_words))));
        }
    }
    for claim in claims.iter().filter(|claim| event.claims.contains(&claim.id)) {
        line("demand", Paragraph::new().text(&claim_in_words(claim)));
    }
    if let Some(speaker) = &event.reported_by {
        line("said by", Paragraph::new().text(&one_line(speaker)));
    }
    let (before, trigger, after) = words.around(event.trigger.start, event.trigger.end);
    // The brackets tell the trigger without colour too, as in the codebook's examples.
    let (before, after) = (format!("“{before}["), format!("]{after}”"));
    line("words", Paragraph::new().text(&before).styled(&trigger, WORDS).text(&after));
    let open = open_questions(event);
    if !open.is_empty() {
        line("open", Paragraph::new().styled(&join(open), OPEN));
    }
}

fn print_loose_claims(out: &mut String, claims: &[Claim], width: usize) {
    let mut loose = claims.iter().filter(|claim| claim.events.is_empty()).peekable();
    if loose.peek().is_some() {
        out.push_str(&format!("\n  {BOLD}Demands not tied to one action{BOLD:#}\n"));
    }
    for claim in loose {
        Paragraph::new().text(&claim_in_words(claim)).print(out, "    -", 6, width);
    }
}

fn print_links(out: &mut String, links: &[Link], events: &[Event], width: usize) {
    let named = |id: &str| events.iter().find(|event| event.id == id).map(short_name);
    let mut lines = links.iter().filter_map(|link| {
        let (from, to) = (named(&link.from)?, named(&link.to)?);
        Some(format!("{from} {} {to}: “{}”", relation_in_words(link.relation), one_line(&link.span.text)))
    });
    let Some(first) = lines.next() else { return };
    out.push_str(&format!("\n  {BOLD}How one led to another{BOLD:#}\n"));
    for line in std::iter::once(first).chain(lines) {
        Paragraph::new().text(&line).print(out, "    -", 6, width);
    }
}

fn print_open_questions(out: &mut String, piece: &Piece, width: usize) {
    let text = &piece.report.text;
    for (number, diagnostic) in piece.coded.diagnostics.iter().enumerate() {
        if number == 0 {
            out.push_str(&format!("\n  {BOLD}What stayed open{BOLD:#}\n"));
        }
        let words = diagnostic.span.map(|span| one_line(span.of(text))).filter(|words| !words.is_empty());
        let words = words.map(|words| format!(" “{words}”")).unwrap_or_default();
        let hint = diagnostic.hint.as_deref().map(|hint| format!(" {}", one_line(hint))).unwrap_or_default();
        let line = format!("{}{words}.{hint} [{}]", one_line(&diagnostic.message), diagnostic.code);
        Paragraph::new().text(&line).print(out, "    -", 6, width);
    }
}

fn open_questions(event: &Event) -> Vec<String> {
    let mut open = Vec::new();
    if event.time.is_none() {
        open.push("no date given".to_owned());
    }
    match &event.place {
        None => open.push("no place given".to_owned()),
        Some(place) if place.id.is_none() => {
            open.push(format!("“{}” is in no gazetteer", one_line(&place.text)));
        }
        Some(place) => {
            let others = rival_readings(place);
            if !others.is_empty() {
                open.push(format!("“{}” may also be {}", one_line(&place.text), others.join(" or ")));
            }
        }
    }
    open
}

/// Belief in another reading above which a reader should know of it.
const RIVAL: f64 = 0.2;

/// The other readings of a place's name that are nearly as likely, told apart from the one taken.
fn rival_readings(place: &Place) -> Vec<String> {
    let taken = (&place.name, &place.country);
    let rivals = place.alternatives.iter().filter(|other| other.score >= RIVAL);
    let rivals = rivals.filter(|other| (&other.name, &other.country) != taken);
    let named = rivals.take(3).map(|other| match &other.country {
        Some(country) => format!("{} ({})", one_line(&other.name), one_line(country)),
        None => one_line(&other.name),
    });
    named.collect()
}

fn join(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join("; ")
}

fn place_in_words(place: &Place) -> String {
    let mut parts = vec![one_line(&place.name)];
    parts.extend(place.admin1.as_deref().filter(|admin1| *admin1 != place.name).map(one_line));
    parts.extend(place.country.as_deref().map(one_line));
    parts.join(", ")
}

fn actor_in_words(actor: &Actor) -> String {
    let role = actor.role.replace('_', " ");
    let sector =
        actor.sector.as_deref().map(|sector| format!(" ({})", sector.replace('_', " "))).unwrap_or_default();
    format!("{role}{sector} “{}”", one_line(&actor.text))
}

fn figure_in_words(figure: &Figure) -> String {
    let number = match (figure.low, figure.high) {
        (Some(low), Some(high)) if low != high => format!("{}–{} ", thousands(low), thousands(high)),
        (Some(low), _) => format!("{} ", thousands(low)),
        (None, Some(high)) => format!("up to {} ", thousands(high)),
        (None, None) => String::new(),
    };
    let speaker = figure.said_by.as_deref().map(|by| format!(", says {}", one_line(by))).unwrap_or_default();
    format!("{number}“{}”{speaker}", one_line(&figure.text))
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn claim_in_words(claim: &Claim) -> String {
    let stance = match claim.stance {
        Stance::For => "for",
        Stance::Against => "against",
    };
    let party = |label: &str, party: Option<&doleance_records::Party>| {
        party.map(|party| format!(", {label} {}", one_line(&party.text))).unwrap_or_default()
    };
    format!(
        "{} · {stance} “{}”{}{}",
        claim.issue.replace('_', " "),
        one_line(&claim.span.text),
        party("from", claim.claimant.as_ref()),
        party("to", claim.addressee.as_ref())
    )
}

fn short_name(event: &Event) -> String {
    let place =
        event.place.as_ref().map(|place| format!(" in {}", one_line(&place.name))).unwrap_or_default();
    let day = event.time.as_ref().and_then(|time| time.start);
    let day = day.map(|day| format!(" ({})", day.strftime("%-d %b %Y"))).unwrap_or_default();
    format!("{}{place}{day}", event.kind.replace('_', " "))
}

fn relation_in_words(relation: Relation) -> &'static str {
    match relation {
        Relation::TriggeredBy => "was set off by",
        Relation::SpreadFrom => "spread from",
        Relation::InResponseTo => "answers",
        Relation::InSupportOf => "supports",
        Relation::PartOf => "is part of",
    }
}

/// Undated actions come last.
fn day_of(time: Option<&Time>) -> (Date, Date) {
    let start = time.and_then(|time| time.start.or(time.end)).unwrap_or(Date::MAX);
    (start, time.and_then(|time| time.end).unwrap_or(Date::MAX))
}

fn date_in_words(time: Option<&Time>) -> String {
    let Some(time) = time else { return "No date given".to_owned() };
    match (time.start, time.end) {
        (Some(start), Some(end)) if start == end => start.strftime("%A %-d %B %Y").to_string(),
        (Some(start), Some(end)) if start == start.first_of_month() && end == start.last_of_month() => {
            start.strftime("%B %Y").to_string()
        }
        (Some(start), Some(end)) if start == start.first_of_year() && end == start.last_of_year() => {
            start.strftime("%Y").to_string()
        }
        (Some(start), Some(end)) => format!("{} to {}", day_in_words(start), day_in_words(end)),
        (Some(start), None) => format!("From {}", day_in_words(start)),
        (None, Some(end)) => format!("Up to {}", day_in_words(end)),
        (None, None) => "No date given".to_owned(),
    }
}

fn day_in_words(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// The report's text by code points.
struct Words<'a> {
    text: &'a str,
    /// Byte of each code point; empty where every code point is one byte.
    starts: Vec<u32>,
}

/// Code points shown on either side of a trigger.
const AROUND: usize = 80;

/// Whether a character ends a sentence: a line end, or a mark before white space. *20.000* goes on, and so does *M. Petit*:
/// a stop after two or three letters with a capital belongs to them.
fn ends_sentence(mark: char, next: Option<char>, before: impl Iterator<Item = char>) -> bool {
    let closes = next.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | '»' | '’' | ')'));
    match mark {
        '\n' => true,
        '!' | '?' => closes,
        '.' => {
            let word: Vec<char> = before.take_while(|c| c.is_alphabetic()).take(4).collect();
            let has_capital = word.last().is_some_and(|first| first.is_uppercase());
            // "Gov." is cut short, "CGT." is not.
            let is_short = word.len() < 3 || word.len() == 3 && word[0].is_lowercase();
            closes && !(has_capital && is_short)
        }
        _ => false,
    }
}

impl<'a> Words<'a> {
    fn new(text: &'a str) -> Self {
        let starts = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(byte, _)| byte as u32).collect()
        };
        Words { text, starts }
    }

    fn byte(&self, point: u32) -> usize {
        let byte =
            if self.starts.is_empty() { Some(point) } else { self.starts.get(point as usize).copied() };
        (byte.map_or(self.text.len(), |byte| byte as usize)).min(self.text.len())
    }

    /// The words before, at and after a stretch, as far as they belong to its sentence and are near.
    fn around(&self, start: u32, end: u32) -> (String, String, String) {
        let (start, end) = (self.byte(start), self.byte(end.max(start)));
        let before: Vec<char> = self.text[..start].chars().rev().take(AROUND + 1).collect();
        let cut = (0..before.len()).find(|&i| {
            let next = if i == 0 { self.text[start..].chars().next() } else { Some(before[i - 1]) };
            ends_sentence(before[i], next, before[i + 1..].iter().copied())
        });
        let before = match cut {
            Some(cut) => before[..cut].iter().rev().collect(),
            None if before.len() <= AROUND => before.iter().rev().collect(),
            None => {
                let near: String = before.iter().rev().collect();
                format!("…{}", near.split_once(' ').map_or(near.as_str(), |(_, words)| words))
            }
        };
        let after: Vec<char> = self.text[end..].chars().take(AROUND + 1).collect();
        let own = self.text[..end].chars().rev();
        let cut = (0..after.len()).find(|&i| {
            let before = after[..i].iter().rev().copied().chain(own.clone());
            ends_sentence(after[i], self.text[end..].chars().nth(i + 1), before)
        });
        let after = match cut {
            Some(cut) => after[..cut].iter().collect(),
            None if after.len() <= AROUND => after.iter().collect(),
            None => {
                let near: String = after.iter().collect();
                format!("{}…", near.rsplit_once(' ').map_or(near.as_str(), |(words, _)| words))
            }
        };
        // The space that parts the trigger from its neighbours must survive.
        let keep = |text: String, leading: bool| {
            let line = one_line(&text);
            let spaced = if leading {
                text.starts_with(char::is_whitespace)
            } else {
                text.ends_with(char::is_whitespace)
            };
            match (spaced, leading) {
                (true, true) => format!(" {line}"),
                (true, false) if !line.is_empty() => format!("{line} "),
                _ => line,
            }
        };
        (keep(before, false), one_line(&self.text[start..end]), keep(after, true))
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
