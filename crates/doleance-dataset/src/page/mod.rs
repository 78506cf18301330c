//! Everything that the chronicle's page shows, as one value. `docs/dataset.md` gives its form.
//!
//! [`page`] reads all of it, for those who hold the reports; [`Page::for_the_public`] takes out what the public does not
//! get, as an export does.

mod public;

use std::collections::BTreeMap;

use doleance_records::{Claim, Event, Link};
use hashbrown::HashMap;
use serde::Serialize;

use crate::event::{Join, LinkSupport, MergedEvent, Reason};
use crate::{Review, Store, StoreError};

/// The version of the page's form.
pub const PAGE_FORMAT: u32 = 1;

/// A dataset as the page reads it. Records, events, reports, claims and links are named by their index here.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Page {
    pub format: u32,
    /// Records that no merge has seen yet.
    pub unmerged: u64,
    /// What was left out for the public, and how often; empty on a page for those who hold the reports.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub left_out: BTreeMap<&'static str, usize>,
    pub reports: Vec<PageReport>,
    pub records: Vec<PageRecord>,
    pub claims: Vec<PageClaim>,
    pub links: Vec<PageLink>,
    pub events: Vec<MergedEvent<u32>>,
    pub event_links: Vec<PageEventLink>,
    pub crosswalk: Vec<PageJoin>,
}

/// A report with its text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct PageReport {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The whole text; left out on a page for the public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// On a page for the public: the stretches that are shown, each with the place of its first code point in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pieces: Option<Vec<(u32, String)>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<u32>,
}

/// An event record, corrections applied.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct PageRecord {
    pub uid: String,
    pub report: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Review>,
    pub coded: Event,
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct PageClaim {
    pub report: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<u32>,
    pub coded: Claim,
}

/// A link between two records.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct PageLink {
    pub report: u32,
    pub from: u32,
    pub to: u32,
    pub coded: Link,
}

/// A relation between two events.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct PageEventLink {
    pub relation: String,
    pub from: u32,
    pub to: u32,
    #[serde(flatten)]
    pub support: LinkSupport<u32>,
}

/// How a record came to its event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct PageJoin {
    pub event: u32,
    pub record: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub decided: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

/// The whole dataset as one JSON object.
pub fn page_json(store: &Store) -> Result<String, StoreError> {
    page(store)?.json().map_err(|error| StoreError::damaged(store.path(), error))
}

impl Page {
    /// As one JSON object.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

/// The whole dataset as one value.
pub fn page(store: &Store) -> Result<Page, StoreError> {
    let mut page = Page {
        format: PAGE_FORMAT,
        unmerged: store.counts()?.unmerged,
        left_out: BTreeMap::new(),
        reports: Vec::new(),
        records: Vec::new(),
        claims: Vec::new(),
        links: Vec::new(),
        events: Vec::new(),
        event_links: Vec::new(),
        crosswalk: Vec::new(),
    };
    let reports = add_reports(store, &mut page)?;
    let names = add_records(store, &mut page, &reports)?;
    add_events(store, &mut page, &names)?;
    Ok(page)
}

/// Indexes of records and claims by identifier, and of links.
struct Names {
    records: HashMap<String, u32>,
    claims: HashMap<String, u32>,
    links: HashMap<String, u32>,
    reports: HashMap<String, u32>,
}

fn add_reports(store: &Store, page: &mut Page) -> Result<HashMap<i64, u32>, StoreError> {
    let mut number_of = HashMap::new();
    store.each_report(|stored| {
        number_of.insert(stored.key, page.reports.len() as u32);
        let report = stored.report;
        page.reports.push(PageReport {
            name: report.id,
            title: report.title,
            published: report.published.map(|date| date.to_string()),
            source: report.source,
            url: report.url,
            language: report.language.map(|language| language.0),
            country: report.country.map(|country| country.as_str().to_owned()),
            text: Some(report.text),
            pieces: None,
            records: Vec::new(),
            claims: Vec::new(),
        });
        Ok(())
    })?;
    Ok(number_of)
}

fn add_records(store: &Store, page: &mut Page, reports: &HashMap<i64, u32>) -> Result<Names, StoreError> {
    // Every record's report is there: the file's foreign keys see to it.
    let report_of = |key: i64| reports.get(&key).copied().unwrap_or_default();
    let mut by_name: HashMap<(u32, String), u32> = HashMap::new();
    let mut records = store.records()?;
    // The sort is stable: within a report records keep their order.
    records.sort_by_key(|record| report_of(record.report));
    let mut names = Names {
        records: HashMap::new(),
        claims: HashMap::new(),
        links: HashMap::new(),
        reports: page
            .reports
            .iter()
            .enumerate()
            .map(|(at, report)| (report.name.clone(), at as u32))
            .collect(),
    };
    for stored in records {
        let (number, report) = (page.records.len() as u32, report_of(stored.report));
        names.records.insert(stored.uid.clone(), number);
        by_name.insert((report, stored.coded.id.clone()), number);
        page.reports[report as usize].records.push(number);
        page.records.push(PageRecord {
            uid: stored.uid,
            report,
            event: None,
            reviewed: stored.review,
            coded: stored.coded,
        });
    }
    let mut claims = store.claims()?;
    claims.sort_by_key(|claim| report_of(claim.report));
    for stored in claims {
        let (number, report) = (page.claims.len() as u32, report_of(stored.report));
        let mut records: Vec<u32> =
            stored.coded.events.iter().filter_map(|id| by_name.get(&(report, id.clone())).copied()).collect();
        records.extend(
            page.reports[report as usize]
                .records
                .iter()
                .copied()
                .filter(|&record| page.records[record as usize].coded.claims.contains(&stored.coded.id)),
        );
        records.sort_unstable();
        records.dedup();
        names.claims.insert(stored.uid, number);
        page.reports[report as usize].claims.push(number);
        page.claims.push(PageClaim { report, records, events: Vec::new(), coded: stored.coded });
    }
    let mut links = store.links()?;
    links.sort_by_key(|link| report_of(link.report));
    for stored in links {
        let report = report_of(stored.report);
        let record = |id: &str| by_name.get(&(report, id.to_owned())).copied();
        if let (Some(from), Some(to)) = (record(&stored.coded.from), record(&stored.coded.to)) {
            names.links.insert(stored.uid, page.links.len() as u32);
            page.links.push(PageLink { report, from, to, coded: stored.coded });
        }
    }
    Ok(names)
}

fn add_events(store: &Store, page: &mut Page, names: &Names) -> Result<(), StoreError> {
    // `check -d` proves that events name only what is there; a damaged file shows the first instead of failing here.
    let find = |map: &HashMap<String, u32>, name: &String| map.get(name).copied().unwrap_or_default();
    let mut number_of: HashMap<String, u32> = HashMap::new();
    for event in store.events()? {
        let number = page.events.len() as u32;
        number_of.insert(event.id.clone(), number);
        let event = event.renamed(
            |record| find(&names.records, record),
            |claim| find(&names.claims, claim),
            |report| find(&names.reports, report),
        );
        for &record in &event.records {
            page.records[record as usize].event = Some(number);
        }
        page.events.push(event);
    }
    for claim in &mut page.claims {
        claim.events =
            claim.records.iter().filter_map(|&record| page.records[record as usize].event).collect();
        claim.events.sort_unstable();
        claim.events.dedup();
    }
    for (from, relation, to, support) in store.event_links()? {
        page.event_links.push(PageEventLink {
            relation,
            from: find(&number_of, &from),
            to: find(&number_of, &to),
            support: LinkSupport {
                links: support.links.iter().filter_map(|link| names.links.get(link).copied()).collect(),
                inferred: support.inferred,
            },
        });
    }
    page.event_links.sort_by(|a, b| (a.from, a.to, &a.relation).cmp(&(b.from, b.to, &b.relation)));
    for (event, record, join) in store.crosswalk()? {
        let Join { with, weight, decided, reasons } = join;
        page.crosswalk.push(PageJoin {
            event: find(&number_of, &event),
            record: find(&names.records, &record),
            with: with.map(|record| find(&names.records, &record)),
            weight,
            decided,
            reasons,
        });
    }
    page.crosswalk.sort_by_key(|join| (join.event, join.record));
    Ok(())
}
