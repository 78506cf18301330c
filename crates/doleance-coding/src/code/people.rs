//! Actor mentions → actors of the record format, with the policy on names of persons.

use doleance_actors::{ActorMention, ActorPack};
use doleance_records::{Actor, Offsets};
use doleance_text::{CodePoints, Document};

use crate::Persons;

/// Writes an actor. Role and sector come from what a pronoun refers to; names only as the policy allows.
pub fn to_record(
    pack: &ActorPack,
    document: &Document,
    mention: &ActorMention,
    referent: &ActorMention,
    persons: Persons,
    points: &CodePoints,
) -> Actor {
    let text = document.text();
    let (start, end) = points.span(text, mention.span);
    let keep_name = persons != Persons::None;
    Actor {
        role: pack.roles().role(referent.role).id.clone(),
        sector: referent.sector.map(|s| pack.roles().sector(s).id.clone()),
        name: referent.name.filter(|_| keep_name).map(|s| s.of(text).to_owned()),
        organisation: referent.organisation.map(|s| s.of(text).to_owned()),
        text: mention.span.of(text).to_owned(),
        span: Offsets(start, end),
    }
}
