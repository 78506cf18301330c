//! `doleance report`: the dataset as one page for the browser.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use doleance_dataset::{Page, Store, page};

use super::dataset::{Dataset, count};
use crate::outcome::{Outcome, Problem};
use crate::page::html;

/// Write a dataset's chronicle as one HTML page
///
/// Map, timeline, table, and each report's text with its evidence. The page is one file, opens in any browser and loads
/// nothing. For the public, text beyond the evidence, names of persons and coordinates finer than the place level are
/// left out; what was left out is said on standard error and on the page.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance report -d chronicle.db -o chronicle.html
  doleance report -d chronicle.db --internal -o desk.html")]
pub struct Arguments {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub dataset: Dataset,
    /// File to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// For those who hold the reports: whole texts, nothing is left out
    #[arg(long, conflicts_with = "public")]
    pub internal: bool,
    /// For anybody; this holds unless --internal is given
    #[arg(long)]
    pub public: bool,
}

/// Writes the page.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let store = Store::open_read_only(&arguments.dataset.path)?;
    let all = page(&store)?;
    let shown = if arguments.internal { all } else { all.for_the_public() };
    let unmerged = unmerged(&shown, &arguments.dataset.path)?;
    write(&shown, &arguments.output)?;
    anstream::stderr().write_all(in_words(&shown, &arguments.output).as_bytes())?;
    Ok(match unmerged {
        Some(problem) => {
            problem.print();
            Outcome::Incomplete
        }
        None => Outcome::Done,
    })
}

/// What stands between the records and a whole page: nothing to show is an error, a part that is missing a problem.
fn unmerged(page: &Page, dataset: &Path) -> Result<Option<Problem>, Problem> {
    let file = dataset.display().to_string();
    let merge = format!("Run `doleance merge -d {file}`, then this command again");
    if page.events.is_empty() {
        return Err(if page.unmerged > 0 {
            let reason = format!(
                "{} and no event yet, so that there is nothing to show",
                count(page.unmerged as usize, "record")
            );
            Problem::new(&file, reason, merge)
        } else {
            let repair = format!("Put reports into it with `doleance ingest -d {file} FILE|DIR`, then merge");
            Problem::new(&file, "the dataset has no event to show", repair)
        });
    }
    Ok((page.unmerged > 0).then(|| {
        let reason = format!(
            "{} of no merged event: the page says so and does not show them",
            count(page.unmerged as usize, "record")
        );
        Problem::new(&file, reason, merge)
    }))
}

/// Writes the page beside its place and puts it there once it is whole.
pub(super) fn write(page: &Page, path: &Path) -> anyhow::Result<()> {
    let html = html(&page.json()?)?;
    let mut beside = OsString::from(path);
    beside.push(".part");
    let written = fs::write(&beside, html).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // A half-written file helps nobody; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&beside);
        problem(path, &error).into()
    })
}

fn problem(path: &Path, error: &io::Error) -> Problem {
    let (reason, repair) = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (
            "the file or its folder is read-only".to_owned(),
            "Allow writing there, or name another place with -o",
        ),
        io::ErrorKind::NotFound => {
            ("the folder does not exist".to_owned(), "Make it, or name another place with -o")
        }
        io::ErrorKind::IsADirectory => ("this is a folder".to_owned(), "Name a file in it with -o"),
        io::ErrorKind::StorageFull => {
            ("the disk is full".to_owned(), "Make room and run the same command again")
        }
        _ => (format!("the page cannot be written ({error})"), "Name another place with -o"),
    };
    Problem::new(path.display().to_string(), reason, repair)
}

/// What was written and what was left out.
pub(super) fn in_words(page: &Page, path: &Path) -> String {
    let mut words = String::new();
    for (what, number) in &page.left_out {
        words.push_str(&format!("  left out for the public: {what} ({number})\n"));
    }
    words.push_str(&format!(
        "{} from {} written to {}\n",
        count(page.events.len(), "event"),
        count(page.reports.len(), "report"),
        path.display()
    ));
    words
}
