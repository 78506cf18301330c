//! `doleance ingest`: reports in, coded and stored.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use doleance_dataset::{CodedReport, Ingest, Store};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::code::About;
use super::dataset::{Dataset, count};
use crate::coding::{Coder, Piece, code_reports, shift};
use crate::input::{RawReports, total_bytes};
use crate::outcome::Outcome;
use doleance_coding::{CodedReport as Coded, LanguagePacks, code_report};

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

/// The version of codebook and models, as stored beside each report.
pub(super) fn coder_version() -> String {
    concat!("doleance ", env!("CARGO_PKG_VERSION")).to_owned()
}

/// Codes and stores.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut store = Store::open_or_create(&arguments.dataset.path)?;
    let mut ingest = Ingest::new(&mut store, coder_version());
    let known = ingest.known()?;
    let packs = LanguagePacks::embedded();
    let options = arguments.about.options();
    let code = |report: &_| {
        if known.contains(report) { Coded::default() } else { code_report(packs, report, &options) }
    };
    let coder = Coder { languages: packs.languages().to_vec(), code: &code };
    let bar = progress(&arguments.inputs);
    let mut outcome = Outcome::Done;
    let mut long = None;
    code_reports(
        RawReports::new(&arguments.inputs),
        &arguments.about.defaults(),
        &coder,
        arguments.about.jobs(),
        |piece| (known.contains(&piece.report), piece),
        |coded| -> anyhow::Result<()> {
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
    )?;
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

/// A bar on standard error where that is a terminal and the work takes a while.
fn progress(inputs: &[PathBuf]) -> ProgressBar {
    const A_WHILE: u64 = 256 << 10;
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let total = total_bytes(inputs);
    if total < A_WHILE {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {eta}");
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(5));
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
