//! Coded reports into a dataset, some at a time.
//!
//! A batch is one transaction: what was counted as finished stays, whatever happens to the process, and a second run
//! goes on where the first ended, as reports that are there already need not be coded again.

use doleance_text::Report;
use hashbrown::HashSet;

use crate::store::Ingested;
use crate::uid::content_hash;
use crate::{CodedReport, Store, StoreError};

/// Reports in a batch: enough to spread the cost of a transaction, few enough that a killed run loses little work.
const BATCH_REPORTS: usize = 128;
/// Bytes of text after which a batch is closed early.
const BATCH_BYTES: usize = 1 << 20;

/// What an ingest has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IngestSummary {
    /// Reports stored.
    pub new: usize,
    /// Reports whose content was there already.
    pub already_there: usize,
    /// Records stored: events, claims and links.
    pub records: usize,
}

/// The content hashes of a dataset, to ask before coding whether a report is there. It may be shared among threads.
#[derive(Clone, Debug)]
pub struct Known(HashSet<String>);

impl Known {
    /// Whether a report of this content was there when the ingest began.
    pub fn contains(&self, report: &Report) -> bool {
        self.0.contains(&content_hash(report))
    }
}

/// An ingest under way. Dropping it without [`Ingest::finish`] loses the last unfinished batch.
#[derive(Debug)]
pub struct Ingest<'s> {
    store: &'s mut Store,
    coder: String,
    waiting: Vec<CodedReport>,
    bytes: usize,
    summary: IngestSummary,
}

impl<'s> Ingest<'s> {
    /// Begins. `coder` names the version of codebook and models.
    pub fn new(store: &'s mut Store, coder: impl Into<String>) -> Self {
        Ingest {
            store,
            coder: coder.into(),
            waiting: Vec::with_capacity(BATCH_REPORTS),
            bytes: 0,
            summary: IngestSummary::default(),
        }
    }

    /// What is there already.
    pub fn known(&self) -> Result<Known, StoreError> {
        self.store.content_hashes().map(Known)
    }

    /// Takes a coded report. Returns what has been stored for good so far.
    pub fn add(&mut self, coded: CodedReport) -> Result<IngestSummary, StoreError> {
        self.bytes += coded.report.text.len();
        self.waiting.push(coded);
        if self.waiting.len() >= BATCH_REPORTS || self.bytes >= BATCH_BYTES {
            self.store_waiting()?;
        }
        Ok(self.summary)
    }

    /// Counts a report that was known before it was coded.
    pub fn skip(&mut self) {
        self.summary.already_there += 1;
    }

    /// Stores what is waiting. Returns what the ingest has done.
    pub fn finish(mut self) -> Result<IngestSummary, StoreError> {
        self.store_waiting()?;
        Ok(self.summary)
    }

    /// Stores what is waiting for its batch to fill.
    pub fn store_waiting(&mut self) -> Result<(), StoreError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        for (ingested, coded) in self.store.put(&self.waiting, &self.coder)?.iter().zip(&self.waiting) {
            match ingested {
                Ingested::New => {
                    self.summary.new += 1;
                    self.summary.records += coded.records.len();
                }
                Ingested::AlreadyThere => self.summary.already_there += 1,
            }
        }
        self.waiting.clear();
        self.bytes = 0;
        Ok(())
    }
}
