//! `doleance code`: reports in, records out.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use doleance_syntax::conllu;
use doleance_text::{CountryCode, Date, Document, LanguageCode};
use indicatif::ProgressBar;

use super::progress::progress;
use crate::coding::{Coder, Defaults, LONGEST_PART, code_reports, lay_over};
use crate::input::{RawReport, RawReports, decode, parse_country, parse_date, parse_language};
use crate::outcome::{Outcome, Problem};
use crate::output::{Counts, Format, Rendering};
use doleance_coding::{CodingOptions, Persons, code_report};

/// Code reports into records and print them
///
/// Reports are plain text, Markdown (with YAML front matter or without), HTML, or JSON Lines with one report a line;
/// folders are searched for files that end in .txt, .md, .html or .jsonl. The options on publication, language and
/// country hold for reports that do not state their own.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance code examples/
  doleance code --published 2022-01-08 --format jsonl statement.txt > records.jsonl
  cat reports.jsonl | doleance code --format csv - > events.csv")]
pub struct Arguments {
    /// Reports: files, folders, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub about: About,
    /// Form of the output; table on a terminal and jsonl elsewhere, unless given
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Trees made elsewhere, for the one report given
    #[arg(long, value_name = "FILE")]
    pub conllu: Option<PathBuf>,
    /// Leave CSV cells as they are even where a spreadsheet would run them as formulas
    #[arg(long)]
    pub raw: bool,
}

/// What holds for reports that do not say it themselves, and how to code; shared by all verbs that code.
#[derive(Clone, Debug, Args)]
pub struct About {
    /// Day of publication, like 2022-01-08: relative dates count from it
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<Date>,
    /// Language, like fr or en; auto recognises it in each report
    #[arg(long, default_value = "auto", value_parser = language, value_name = "LANGUAGE")]
    pub language: Language,
    /// Country of the source, in two letters: a hint for places
    #[arg(long, value_name = "CC", value_parser = country)]
    pub country: Option<CountryCode>,
    /// Whose names to keep: all, public (office-holders and leaders of organisations), or none
    #[arg(long, value_enum, default_value_t = PersonNames::Public)]
    pub persons: PersonNames,
    /// Threads; as many as the machine has cores unless given
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// A language, or `None` to recognise it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language(pub Option<LanguageCode>);

/// Whose names are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum PersonNames {
    All,
    Public,
    None,
}

fn date(text: &str) -> Result<Date, String> {
    parse_date(text).map_err(|(reason, repair)| format!("{reason}. {repair}"))
}

fn language(text: &str) -> Result<Language, String> {
    parse_language(text).map(Language).map_err(|(reason, repair)| format!("{reason}. {repair}"))
}

fn country(text: &str) -> Result<CountryCode, String> {
    parse_country(text).map_err(|(reason, repair)| format!("{reason}. {repair}"))
}

impl About {
    /// As the coding takes it.
    pub fn defaults(&self) -> Defaults {
        Defaults { published: self.published, language: self.language.0.clone(), country: self.country }
    }

    /// Number of threads.
    pub fn jobs(&self) -> usize {
        let cores = || std::thread::available_parallelism().ok();
        self.jobs.or_else(cores).map_or(1, NonZeroUsize::get)
    }

    /// As the coding core takes it.
    pub fn options(&self) -> CodingOptions {
        let persons = match self.persons {
            PersonNames::All => Persons::All,
            PersonNames::Public => Persons::Public,
            PersonNames::None => Persons::None,
        };
        CodingOptions { persons, ..CodingOptions::default() }
    }
}

/// Bytes of reports that take long enough for a bar.
const A_WHILE: u64 = 2 << 20;

/// Codes and prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let packs = crate::rules::packs();
    let mut options = arguments.about.options();
    let mut raw: Box<dyn Iterator<Item = Result<RawReport, Problem>> + Send> =
        Box::new(RawReports::new(&arguments.inputs));
    if let Some(trees) = &arguments.conllu {
        match read_trees(trees, &arguments.inputs) {
            Ok((only, document)) => {
                options.document = Some(document);
                raw = Box::new(std::iter::once(Ok(only)));
            }
            Err(problem) => {
                problem.print();
                return Ok(Outcome::Incomplete);
            }
        }
    }
    let code = |report: &_| code_report(packs, report, &options);
    let coder = Coder { packs, code: &code };
    let rendering = rendering(arguments);
    // What is printed on a terminal shows how far it has come.
    let bar =
        if io::stdout().is_terminal() { ProgressBar::hidden() } else { progress(&arguments.inputs, A_WHILE) };
    let mut out: Box<dyn Write> = match rendering.format {
        Format::Table => Box::new(BufWriter::new(anstream::stdout())),
        Format::Jsonl | Format::Csv => Box::new(BufWriter::with_capacity(64 << 10, io::stdout())),
    };
    let mut counts = Counts::default();
    let mut outcome = Outcome::Done;
    out.write_all(&rendering.head())?;
    code_reports(
        raw,
        &arguments.about.defaults(),
        &coder,
        arguments.about.jobs(),
        |piece| {
            let read = piece.report.text.len() as u64;
            (Counts::of(&piece), read, rendering.piece(piece))
        },
        |coded| -> io::Result<()> {
            match coded {
                Ok((more, read, bytes)) => {
                    counts += more;
                    bar.inc(read);
                    bar.suspend(|| out.write_all(&bytes)).inspect_err(end_on_closed_pipe)
                }
                Err(problem) => {
                    outcome = Outcome::Incomplete;
                    bar.suspend(|| report(&mut out, &problem))
                }
            }
        },
    )?;
    bar.finish_and_clear();
    out.write_all(&rendering.foot(&counts))?;
    out.flush()?;
    Ok(outcome)
}

/// Ends at once where nobody reads on: the thread that draws reports may wait for standard input for ever.
fn end_on_closed_pipe(error: &io::Error) {
    if error.kind() == io::ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
}

/// The one report that trees made elsewhere belong to, and the trees over its text.
fn read_trees(trees: &Path, inputs: &[PathBuf]) -> Result<(RawReport, Document), Problem> {
    let file = trees.display().to_string();
    let mut reports = RawReports::new(inputs);
    let Some(only) = reports.next().transpose()? else {
        return Err(Problem::new(
            file,
            "there is no report for the trees",
            "Name the report that they were made from.",
        ));
    };
    if reports.next().is_some() {
        let repair = "Give one report with --conllu, or code without it.";
        return Err(Problem::new(file, "the trees are for one report, and several were given", repair));
    }
    let text = only.clone().read()?.text;
    if text.len() > LONGEST_PART {
        let reason = format!(
            "the report is longer than {} KiB, the most that trees are taken for",
            LONGEST_PART >> 10
        );
        return Err(Problem::new(only.file, reason, "Split it, or code without --conllu."));
    }
    let failed = |error: io::Error| {
        Problem::new(
            file.clone(),
            format!("cannot be read ({error})"),
            "Check the name, and that the file can be read.",
        )
    };
    let bytes = fs::read(trees).map_err(failed)?;
    let decoded = decode(bytes, None)
        .map_err(|not_text| Problem::new(file.clone(), not_text.reason, not_text.repair))?;
    let documents = conllu::read(&decoded).map_err(|error| {
        let repair = "Give ten columns parted by tabs, as the Universal Dependencies have them.";
        Problem::new(file.clone(), error.reason, repair).at_line(error.line as u64)
    })?;
    let document = lay_over(&text, &documents).map_err(|misfit| {
        let reason = format!("word {} does not follow in the report, at its byte {}", misfit.word, misfit.at);
        Problem::new(file.clone(), reason, "Make the trees from the text of this very report.")
    })?;
    Ok((only, document))
}

/// What was printed before the problem is seen before it.
fn report(out: &mut impl Write, problem: &Problem) -> io::Result<()> {
    out.flush()?;
    problem.print();
    Ok(())
}

fn rendering(arguments: &Arguments) -> Rendering {
    let is_terminal = io::stdout().is_terminal();
    let format = arguments.format.unwrap_or(if is_terminal { Format::Table } else { Format::Jsonl });
    let columns = console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
    let width = columns.filter(|_| is_terminal).unwrap_or(100).clamp(40, 120);
    Rendering { format, width, raw_cells: arguments.raw }
}
