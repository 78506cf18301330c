//! Many coded reports in one dataset: store, merge, decisions, search, export.
//!
//! Reports come in with the records that a coder made of them ([`ingest`]); [`merge`] finds which records tell of one
//! event; [`Store`] keeps all of it in one SQLite file, with every decision of a reviewer. This crate knows no language
//! and no coder: coding is a closure, the codebook's tree of kinds a value.

mod coded;
mod error;
mod event;
mod ingest;
mod merge;
mod page;
mod store;
mod uid;

pub use coded::CodedReport;
pub use error::StoreError;
pub use event::{
    Agreed, Dissent, EventActor, EventFigure, EventIssue, EventPlace, EventTime, Join, LinkSupport,
    MergedEvent, Reason,
};
pub use ingest::{IngestSummary, ingest};
pub use merge::{KindDistance, MergeRules, MergeSummary, merge};
pub use page::{
    PAGE_FORMAT, Page, PageClaim, PageEventLink, PageJoin, PageLink, PageRecord, PageReport, page, page_json,
};
pub use store::{
    CheckReport, Counts, Decision, FORMAT, Fault, Hit, Ingested, NewDecision, PATIENCE, Replay, Review,
    Store, StoredClaim, StoredLink, StoredRecord, StoredReport, record_codes,
};
pub use uid::content_hash;
