//! What a stage could not do, said as a value: the core never fails because of a text.

use crate::Span;

/// How much a diagnostic matters to the reader of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something stayed open (an unresolved place, a relative date without an anchor).
    Note,
    /// The result is likely poorer than it could be.
    Warning,
    /// A part of the input could not be used.
    Error,
}

/// A message about one report: what, where, why and how to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable identifier such as `time.no-anchor`; `doleance explain` has its page.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where in the report, in bytes.
    pub span: Option<Span>,
    /// What is the matter, in English.
    pub message: String,
    /// How to mend it, in English.
    pub hint: Option<String>,
}
