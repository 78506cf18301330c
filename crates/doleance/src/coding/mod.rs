//! From raw reports to coded ones: in parallel, in order, in bounded memory.
//!
//! [`code_reports`] is the only way through. It decodes and codes on several threads and hands each result over in
//! the order of the input, so that what is printed does not depend on the number of threads.

mod in_order;
mod language;
mod parts;
mod trees;

use std::panic::{AssertUnwindSafe, catch_unwind};

use doleance_text::{CountryCode, Date, LanguageCode, Report};

pub use self::in_order::in_order;
pub use self::language::settle_language;
pub use self::parts::{LONGEST_PART, Part, cut, shift};
pub use self::trees::{Misfit, lay_over};
use crate::input::RawReport;
use crate::outcome::Problem;
use doleance_coding::{CodedReport, LanguagePacks};

/// What the command line says about reports that say nothing themselves.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Day of publication.
    pub published: Option<Date>,
    /// Language.
    pub language: Option<LanguageCode>,
    /// Country of the source.
    pub country: Option<CountryCode>,
}

impl Defaults {
    /// Fills in what a report does not say itself.
    pub fn complete(&self, report: &mut Report) {
        report.published = report.published.or(self.published);
        report.country = report.country.or(self.country);
        report.language = report.language.take().or_else(|| self.language.clone());
    }
}

/// A report, or a part of a very long one, with its records. Offsets count from the beginning of this text.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The report; its text is the part's.
    pub report: Report,
    /// The records.
    pub coded: CodedReport,
    /// Code points of the report before this part: 0 for a whole report.
    pub first_point: u32,
    /// Whether this is the first or only part of its report.
    pub is_first: bool,
    /// Whether this is the last or only part of its report.
    pub is_last: bool,
}

/// How to code: what to do with one report, and for which languages that can be done.
pub struct Coder<'a> {
    /// The packs of the languages that are read.
    pub packs: &'a LanguagePacks,
    /// Codes one report.
    pub code: &'a (dyn Fn(&Report) -> CodedReport + Sync),
}

/// Codes raw reports on `jobs` threads. `render` runs beside the coding, `each` on the calling thread in the order of
/// the input. An error of `each` ends the run.
pub fn code_reports<T: Send, E: Send>(
    raw: impl Iterator<Item = Result<RawReport, Problem>> + Send,
    defaults: &Defaults,
    coder: &Coder<'_>,
    jobs: usize,
    render: impl Fn(Piece) -> T + Sync,
    mut each: impl FnMut(Result<T, Problem>) -> Result<(), E>,
) -> Result<(), E> {
    let mut numbering = parts::Numbering::default();
    let work = raw.flat_map(|raw| parts::divide(raw, defaults, coder.packs));
    in_order(
        work,
        jobs,
        parts::Work::weight,
        |work| {
            let file = work.file();
            let piece = catch_unwind(AssertUnwindSafe(|| work.code(defaults, coder)))
                .unwrap_or_else(|_| Err(internal_error(file)))?;
            if piece.is_first && piece.is_last {
                Ok(Made::Rendered(render(piece)))
            } else {
                Ok(Made::Part(Box::new(piece)))
            }
        },
        |made| {
            each(made.map(|made| match made {
                Made::Rendered(rendered) => rendered,
                Made::Part(mut piece) => {
                    numbering.continue_with(&mut piece);
                    render(*piece)
                }
            }))
        },
    )
}

enum Made<T> {
    Rendered(T),
    /// Its records' names depend on how many came before.
    Part(Box<Piece>),
}

fn internal_error(file: (String, Option<u64>)) -> Problem {
    let problem = Problem::new(
        file.0,
        "coding this report failed by a fault of the program",
        "Please report the place named above; the other reports are not affected.",
    );
    Problem { line: file.1, ..problem }
}

#[cfg(test)]
mod tests;
