//! Which names leave the program: actors of the record format, and quotations without the names of private persons.

use doleance_records::{Actor, Offsets};
use doleance_text::{CodePoints, Document, Span};

use crate::mention::Actors;
use crate::pack::ActorPack;

/// Whose names are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Persons {
    /// Names of office-holders as values, and quotations word for word.
    All,
    /// Only names of those who hold a public office or lead a public organisation.
    #[default]
    Public,
    /// No name of any person.
    None,
}

/// An actor mention as an actor of the record format.
///
/// A pronoun takes role, sector and organisation from what it refers to; *les grévistes* keeps its role and takes the rest.
/// Where the mention's words are nothing but a private name, the text is the pack's marker for a person.
pub fn to_record(
    pack: &ActorPack,
    document: &Document,
    actors: &Actors,
    index: usize,
    persons: Persons,
    points: &CodePoints,
) -> Actor {
    let text = document.text();
    let mention = &actors.mentions[index];
    let referent = &actors.mentions[actors.referent(index)];
    let role = if mention.is_pronoun { referent.role } else { mention.role };
    let name = mention.name.or(referent.name).filter(|_| persons != Persons::None);
    let span = without_private_tail(actors, mention.span, persons, text);
    let (start, end) = points.span(text, span);
    let roles = pack.roles();
    Actor {
        role: roles.role(role).id.clone(),
        sector: mention.sector.or(referent.sector).map(|s| roles.sector(s).id.clone()),
        name: name.map(|n| n.of(text).to_owned()),
        organisation: mention.organisation.or(referent.organisation).map(|o| o.of(text).to_owned()),
        text: redact(pack, document, actors, span, persons),
        span: Offsets(start, end),
    }
}

/// The words of a span, with the marker for a person in place of every name that `persons` does not allow.
pub fn redact(
    pack: &ActorPack,
    document: &Document,
    actors: &Actors,
    span: Span,
    persons: Persons,
) -> String {
    let text = document.text();
    let mut quoted = String::with_capacity(span.len() as usize);
    let mut at = span.start;
    for person in &actors.persons {
        if !is_hidden(person.is_public, persons) || !person.span.overlaps(span) || person.span.start < at {
            continue;
        }
        quoted.push_str(Span::new(at, person.span.start).of(text));
        quoted.push_str(&pack.persons.marker);
        at = person.span.end.min(span.end);
    }
    quoted.push_str(Span::new(at, span.end.max(at)).of(text));
    quoted
}

const fn is_hidden(is_public: bool, persons: Persons) -> bool {
    match persons {
        Persons::All => false,
        Persons::Public => !is_public,
        Persons::None => true,
    }
}

/// *le lycéen Paul Dupont* → *le lycéen*: a name at the end or the start is left out, so that the span still quotes.
fn without_private_tail(actors: &Actors, span: Span, persons: Persons, text: &str) -> Span {
    let mut kept = span;
    for person in &actors.persons {
        if !is_hidden(person.is_public, persons) || !kept.contains(person.span) || person.span == kept {
            continue;
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '(');
        if person.span.end == kept.end {
            let rest = Span::new(kept.start, person.span.start).of(text).trim_end_matches(ends);
            if rest.chars().any(char::is_alphabetic) {
                kept = Span::new(kept.start, kept.start + rest.len() as u32);
            }
        } else if person.span.start == kept.start {
            let rest = Span::new(person.span.end, kept.end).of(text).trim_start_matches(ends);
            if rest.chars().any(char::is_alphabetic) {
                kept = Span::new(kept.end - rest.len() as u32, kept.end);
            }
        }
    }
    kept
}
