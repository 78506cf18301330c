//! Everything that an export needs of each event, read once.

use hashbrown::HashMap;

use crate::event::{LinkSupport, MergedEvent};
use crate::{Selection, Store, StoreError};
use doleance_records::{Claim, Event};

/// A stretch of a report that an event rests on.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[allow(missing_docs)]
pub struct Evidence {
    pub report: String,
    pub record: String,
    /// Code points in the report's text.
    pub start: u32,
    pub end: u32,
    /// The words.
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// An event with what it rests on and what it stands in relation to.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported {
    /// The event.
    pub event: MergedEvent,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Relations from it to others: relation, event, support.
    pub links: Vec<(String, String, LinkSupport)>,
    /// Kinds of the events that stand in a relation to it.
    pub met_by: Vec<String>,
    /// Its records as coded.
    pub records: Vec<Event>,
    /// Claims raised at it.
    pub claims: Vec<Claim>,
}

pub(super) fn gather(store: &Store, selection: &Selection) -> Result<Vec<Exported>, StoreError> {
    let all = store.events()?;
    let kinds: HashMap<&str, &str> =
        all.iter().map(|event| (event.id.as_str(), event.kind.value.as_str())).collect();
    let mut met_by: HashMap<String, Vec<String>> = HashMap::new();
    let mut links: HashMap<String, Vec<(String, String, LinkSupport)>> = HashMap::new();
    for (from, relation, to, support) in store.event_links()? {
        if let Some(kind) = kinds.get(from.as_str()) {
            met_by.entry(to.clone()).or_default().push((*kind).to_owned());
        }
        links.entry(from).or_default().push((relation, to, support));
    }
    drop(kinds);
    let languages = store.report_languages()?;
    let mut events = all;
    events.retain(|event| selection.holds(event, &languages));
    let mut evidence: HashMap<String, (Vec<Evidence>, Event)> = HashMap::new();
    let replay = store.replay()?;
    let mut claims: HashMap<String, Claim> = HashMap::new();
    store.each_report(|stored| {
        let characters = crate::merge::Characters::new(&stored.report.text);
        for (uid, record) in store.records_of(stored.key)? {
            match record {
                doleance_records::Record::Event(event) => {
                    let coded = replay.corrected(&uid, event);
                    let spans = coded
                        .evidence
                        .iter()
                        .map(|span| Evidence {
                            report: stored.report.id.clone(),
                            record: uid.clone(),
                            start: span.0,
                            end: span.1,
                            text: characters.between(span.0 as usize, span.1 as usize).to_owned(),
                            source: stored.report.source.clone(),
                            published: stored.report.published.map(|date| date.to_string()),
                            url: stored.report.url.clone(),
                            language: stored.report.language.as_ref().map(|language| language.0.clone()),
                            title: stored.report.title.clone(),
                        })
                        .collect();
                    evidence.insert(uid, (spans, coded));
                }
                doleance_records::Record::Claim(claim) => drop(claims.insert(uid, claim)),
                doleance_records::Record::Link(_) => {}
            }
        }
        Ok(())
    })?;
    Ok(events
        .into_iter()
        .map(|event| {
            let mut exported = Exported {
                evidence: Vec::new(),
                links: links.remove(&event.id).unwrap_or_default(),
                met_by: met_by.remove(&event.id).unwrap_or_default(),
                records: Vec::new(),
                claims: event
                    .issues
                    .iter()
                    .flat_map(|issue| &issue.claims)
                    .filter_map(|uid| claims.get(uid).cloned())
                    .collect(),
                event,
            };
            for uid in &exported.event.records {
                if let Some((spans, coded)) = evidence.remove(uid) {
                    exported.evidence.extend(spans);
                    exported.records.push(coded);
                }
            }
            exported
        })
        .collect())
}
