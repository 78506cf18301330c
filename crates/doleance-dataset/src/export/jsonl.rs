//! JSON Lines: one event a line with all its values, dissents, evidence and relations; nothing is flattened away.

use std::io;

use serde::Serialize;

use super::{Evidence, ExportSummary, Exported};
use crate::event::MergedEvent;
use doleance_records::{Claim, Event};

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    event: &'a MergedEvent,
    evidence: &'a [Evidence],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<Relation<'a>>,
    #[serde(skip_serializing_if = "<[Event]>::is_empty")]
    coded: &'a [Event],
    #[serde(skip_serializing_if = "<[Claim]>::is_empty")]
    claims: &'a [Claim],
}

#[derive(Serialize)]
struct Relation<'a> {
    relation: &'a str,
    to: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    inferred: Option<&'a str>,
}

pub(super) fn write(events: &[Exported], summary: &mut ExportSummary) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for exported in events {
        let line = Line {
            event: &exported.event,
            evidence: &exported.evidence,
            relations: exported
                .links
                .iter()
                .map(|(relation, to, support)| Relation {
                    relation,
                    to,
                    inferred: support.inferred.as_deref(),
                })
                .collect(),
            coded: &exported.records,
            claims: &exported.claims,
        };
        serde_json::to_writer(&mut out, &line)?;
        out.push(b'\n');
        summary.rows += 1;
    }
    Ok(out)
}
