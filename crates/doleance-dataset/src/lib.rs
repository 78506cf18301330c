//! Many coded reports in one dataset: store, merge, decisions, search, export.
//!
//! Reports come in with the records that a coder made of them ([`Ingest`]); [`merge`] finds which records tell of one
//! event; [`Store`] keeps all of it in one SQLite file, with every decision of a reviewer. This crate knows no language
//! and no coder: coded reports are values, the codebook's tree of kinds a value.

mod coded;
mod error;
mod event;
mod export;
mod ingest;
mod merge;
mod page;
mod review;
mod selection;
mod store;
mod uid;

pub use coded::CodedReport;
pub use error::StoreError;
pub use event::{
    Agreed, Dissent, EventActor, EventFigure, EventIssue, EventPlace, EventTime, Join, LinkSupport,
    MergedEvent, Reason,
};
pub use export::{
    ACLED_COLUMNS, Audience, Evidence, ExportFormat, ExportOptions, ExportSummary, Exported, KindCodes,
    NotExpressed, RoleCodes, export,
};
pub use ingest::{Ingest, IngestSummary, Known};
pub use merge::{KindDistance, MergeRules, MergeSummary, merge};
pub use page::{
    PAGE_FORMAT, Page, PageClaim, PageEventLink, PageJoin, PageLink, PageRecord, PageReport, page, page_json,
};
pub use review::{Addition, Refused, Ruling, Verdict};
pub use selection::Selection;
pub use store::{
    CheckReport, Counts, Decision, FORMAT, Fault, Forgotten, Hit, Ingested, NewDecision, PATIENCE,
    RecodeDifference, RecodeSummary, Replay, Review, Store, StoredClaim, StoredLink, StoredRecord,
    StoredReport, record_codes,
};
pub use uid::content_hash;
