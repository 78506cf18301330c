//! Reports in, coded and stored: the loop around a coder that this crate does not know.
//!
//! Coding runs on all cores while the previous batch is being written. A batch is one transaction: what was reported as
//! finished stays, whatever happens to the process, and a second run goes on where the first ended.

use std::sync::mpsc::sync_channel;

use doleance_records::Record;
use doleance_text::Report;
use rayon::prelude::*;

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

/// Codes `reports` with `code` and stores them. `coder` names the version of codebook and models; `finished` hears of
/// every batch after it has been committed.
pub fn ingest(
    store: &mut Store,
    reports: impl Iterator<Item = Report> + Send,
    coder: &str,
    code: impl Fn(&Report) -> Vec<Record> + Sync,
    mut finished: impl FnMut(&IngestSummary),
) -> Result<IngestSummary, StoreError> {
    let mut known = store.content_hashes()?;
    let mut summary = IngestSummary::default();
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<(Vec<CodedReport>, usize)>(2);
        let code = &code;
        scope.spawn(move || {
            let mut reports = reports.peekable();
            while reports.peek().is_some() {
                let (batch, repeated) = next_batch(&mut reports, |report| known.insert(content_hash(report)));
                let coded = batch
                    .into_par_iter()
                    .map(|report| CodedReport { records: code(&report), report })
                    .collect();
                // The writer has stopped: so do we. It says why.
                if sender.send((coded, repeated)).is_err() {
                    return;
                }
            }
        });
        for (batch, repeated) in receiver {
            summary.already_there += repeated;
            for (ingested, coded) in store.put(&batch, coder)?.iter().zip(&batch) {
                match ingested {
                    Ingested::New => {
                        summary.new += 1;
                        summary.records += coded.records.len();
                    }
                    // Another process stored it between our look and our write.
                    Ingested::AlreadyThere => summary.already_there += 1,
                }
            }
            finished(&summary);
        }
        Ok(summary)
    })
}

fn next_batch(
    reports: &mut impl Iterator<Item = Report>,
    mut is_new: impl FnMut(&Report) -> bool,
) -> (Vec<Report>, usize) {
    let mut batch = Vec::with_capacity(BATCH_REPORTS);
    let (mut bytes, mut repeated) = (0, 0);
    for report in reports {
        if is_new(&report) {
            bytes += report.text.len();
            batch.push(report);
        } else {
            repeated += 1;
        }
        if batch.len() + repeated >= BATCH_REPORTS || bytes >= BATCH_BYTES {
            break;
        }
    }
    (batch, repeated)
}
