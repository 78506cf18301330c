//! One report → its coded records.
//!
//! [`code_report`] is the whole way: annotate, find triggers, read arguments and status, choose place and time, join what
//! is told twice, find claims and links. It is pure: no file, no clock; the same report gives the same records.
//!
//! ```
//! use doleance_coding::{CodingOptions, LanguagePacks, code_report};
//! use doleance_text::{Date, Report};
//!
//! let mut report = Report::new("strike.txt", "Dockers went on strike in Le Havre on Monday, demanding higher wages.");
//! report.published = Some(Date::constant(2018, 6, 6));
//! let coded = code_report(LanguagePacks::embedded(), &report, &CodingOptions::default());
//! let strike = &coded.events[0];
//! assert_eq!(strike.kind, "strike");
//! assert_eq!(strike.place.as_ref().unwrap().name, "Le Havre");
//! assert_eq!(strike.time.as_ref().unwrap().start, Some(Date::constant(2018, 6, 4)));
//! assert_eq!(coded.claims[0].issue, "wages");
//! ```

mod annotate;
pub mod check;
pub mod choices;
mod clauses;
pub mod code;
mod coded;
mod explain;
mod gapping;
mod grammar;
mod headlines;
mod homographs;
mod language;
mod main_clauses;
mod pack;
pub mod relate;
mod trace;
pub mod train;
mod verbs;

pub use annotate::{Annotation, annotate};
pub use coded::{CodedReport, CodingOptions, Persons, Workings, code_report, work};
pub use explain::explain;
pub use grammar::Grammar;
pub use language::{FunctionWords, detect_language, recognise_language};
pub use pack::{EmbeddedFiles, LanguagePack, LanguagePacks, PackFiles, Shared};
pub use trace::trace;
pub use verbs::VerbForms;
