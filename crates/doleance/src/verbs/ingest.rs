//! `doleance ingest`: reports in, coded and stored.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use doleance_dataset::{CodedReport, Ingest, Store};

use super::code::About;
use super::dataset::{Dataset, count};
use super::interrupt::{is_interrupted, note_interrupts};
use super::progress::progress;
use crate::coding::{Coder, Piece, code_reports, shift};
use crate::input::RawReports;
use crate::outcome::Outcome;
use doleance_coding::{CodedReport as Coded, code_report};

/// Code reports and store them in a dataset
///
/// The dataset is made where there is none. The same report twice is one report. A run that was interrupted goes on
/// where it ended when it is started again: what was stored stays.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance ingest -d chronicle.db examples/
  cat reports.jsonl | doleance ingest -d chronicle.db -")]
pub struct Arguments {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub dataset: Dataset,
    /// Reports: files, folders, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub about: About,
}

/// Bytes of reports that take long enough for a bar.
const A_WHILE: u64 = 256 << 10;

/// The version of codebook and models, as stored beside each report.
pub(super) fn coder_version() -> String {
    concat!("doleance ", env!("CARGO_PKG_VERSION")).to_owned()
}

const INTERRUPTED: &str =
    "interrupted. What was stored is kept; the same command goes on where this run ended";

/// The end of a run that the user wanted to end.
#[derive(Debug, thiserror::Error)]
#[error("{INTERRUPTED}")]
struct Interrupted;

/// Codes and stores.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut store = Store::open_or_create(&arguments.dataset.path)?;
    let mut ingest = Ingest::new(&mut store, coder_version());
    let known = ingest.known()?;
    let packs = crate::rules::packs();
    let options = arguments.about.options();
    let code = |report: &_| {
        if known.contains(report) { Coded::default() } else { code_report(packs, report, &options) }
    };
    let coder = Coder { packs, code: &code };
    let bar = progress(&arguments.inputs, A_WHILE);
    let mut outcome = Outcome::Done;
    let mut long = None;
    note_interrupts(INTERRUPTED);
    let coded = code_reports(
        RawReports::new(&arguments.inputs),
        &arguments.about.defaults(),
        &coder,
        arguments.about.jobs(),
        |piece| (known.contains(&piece.report), piece),
        |coded| -> anyhow::Result<()> {
            if is_interrupted() {
                ingest.store_waiting()?;
                return Err(Interrupted.into());
            }
            match coded {
                Ok((true, piece)) => {
                    bar.inc(piece.report.text.len() as u64);
                    ingest.skip();
                }
                Ok((false, piece)) => {
                    bar.inc(piece.report.text.len() as u64);
                    if let Some(whole) = assemble(&mut long, piece) {
                        ingest.add(whole)?;
                    }
                }
                Err(problem) => {
                    outcome = Outcome::Incomplete;
                    bar.suspend(|| problem.print());
                }
            }
            Ok(())
        },
    );
    match coded {
        Err(error) if error.is::<Interrupted>() => {
            bar.suspend(|| anstream::eprintln!("doleance: {INTERRUPTED}"));
            outcome = Outcome::Incomplete;
        }
        other => other?,
    }
    let summary = ingest.finish()?;
    bar.finish_and_clear();
    let stored = format!(
        "{} stored with {}; {} already there\n",
        count(summary.new, "report"),
        count(summary.records, "record"),
        summary.already_there
    );
    anstream::stdout().write_all(stored.as_bytes())?;
    Ok(outcome)
}

/// Puts the parts of a very long report together. Returns each report once it is whole.
fn assemble(long: &mut Option<CodedReport>, mut piece: Piece) -> Option<CodedReport> {
    shift(&mut piece);
    let records = piece.coded.records();
    let whole = match long.take().filter(|_| !piece.is_first) {
        Some(mut before) => {
            before.report.text.push_str(&piece.report.text);
            before.records.extend(records);
            before
        }
        None => CodedReport { records: records.collect(), report: piece.report },
    };
    if piece.is_last {
        Some(whole)
    } else {
        *long = Some(whole);
        None
    }
}
