//! `doleance annotate`: what is found in a report before anything is coded.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use doleance_coding::annotate;
use doleance_syntax::conllu;
use doleance_times::timeml;

use super::code::About;
use crate::coding::settle_language;
use crate::input::{RawReport, RawReports};
use crate::outcome::{Outcome, Problem};
use crate::output::{mentions, neutral};

/// Print what was found in a report: trees, times, all mentions
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance annotate --format conllu report.txt
  doleance annotate --format timeml --published 2022-01-08 report.txt
  doleance annotate --format jsonl examples/ | jq 'select(.mention == \"place\")'")]
pub struct Arguments {
    /// Reports: files, folders, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub inputs: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum)]
    pub format: AnnotationFormat,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub about: About,
}

/// The forms in which annotation is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnnotationFormat {
    /// Words and trees, as the Universal Dependencies have them
    Conllu,
    /// The text with TIMEX3 tags in line
    Timeml,
    /// All mentions with spans, one JSON object a line
    Jsonl,
}

/// Annotates and prints, report by report.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut outcome = Outcome::Done;
    for raw in RawReports::new(&arguments.inputs) {
        match raw.and_then(|raw| annotate_one(raw, arguments)) {
            Ok(bytes) => out.write_all(&bytes)?,
            Err(problem) => {
                outcome = Outcome::Incomplete;
                out.flush()?;
                problem.print();
            }
        }
    }
    out.flush()?;
    Ok(outcome)
}

fn annotate_one(raw: RawReport, arguments: &Arguments) -> Result<Vec<u8>, Problem> {
    let (file, line) = (raw.file.clone(), raw.line);
    let problem = |reason: String, repair: String| Problem { file: file.clone(), line, reason, repair };
    let mut report = raw.read()?;
    arguments.about.defaults().complete(&mut report);
    let packs = crate::rules::packs();
    let language = settle_language(&mut report, packs).map_err(|(reason, repair)| problem(reason, repair))?;
    let broken =
        |error: &_| problem(format!("a language pack is broken ({error})"), "Run doleance check.".to_owned());
    let shared = packs.shared().map_err(broken)?;
    let Some(pack) = packs.get(&language).map_err(broken)? else { return Ok(Vec::new()) };
    let annotation = annotate(pack, shared, &report, &arguments.about.options());
    Ok(match arguments.format {
        AnnotationFormat::Conllu => {
            let mut trees = String::new();
            // Writing into a String cannot fail.
            let _ = conllu::write(&annotation.document, &mut trees);
            let id = report.id.replace(char::is_whitespace, "_");
            let trees = trees.replacen("# newdoc\n", &format!("# newdoc id = {id}\n"), 1);
            neutral(&trees).into_owned().into_bytes()
        }
        AnnotationFormat::Timeml => {
            let heading = timeml::Heading { id: Some(&report.id), title: report.title.as_deref() };
            let xml = timeml::write(heading, &annotation.document, &annotation.times);
            neutral(&xml).into_owned().into_bytes()
        }
        AnnotationFormat::Jsonl => mentions::render(&report, pack, &annotation),
    })
}
