//! Data files → checked, typed values: patterns, phrases, word classes, triggers, issue terms, the codebook.
//!
//! Everything here is made from text handed in by the caller; no file is read and no language is known. What a language
//! pack says about times, places and actors is read by `doleance-times`, `doleance-places` and `doleance-actors`.

mod classes;
mod codebook;
mod error;
mod example;
mod issues;
mod pattern;
mod phrase;
mod phrase_table;
mod trigger_file;
mod triggers;
mod vocabulary;

pub use classes::{ClassNames, ClassSet, Classes, ThingClasses};
pub use codebook::{Codebook, Entry, Examples, Kind, KindId, NumberRole};
pub use error::PackError;
pub use example::{Example, Marked};
pub use issues::{IssueTerms, Term, TermFile};
pub use pattern::{Bindings, Pattern};
pub use phrase::{Phrase, PhraseMatch};
pub use phrase_table::PhraseTable;
pub use trigger_file::TriggerFile;
pub use triggers::{ArgumentRole, PEOPLE, Trigger, TriggerId, TriggerMatch, Triggers, Veto};
pub use vocabulary::{DocumentWords, Vocabulary, WordId};
