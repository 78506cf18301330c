//! What a text is: spans, reports, documents with Universal Dependencies trees, diagnostics.
//!
//! Every other crate speaks in these types. Nothing here reads a file, knows a language or decides anything;
//! trees are made in `doleance-syntax`, mentions in `doleance-times`, `doleance-places` and `doleance-coding`.

mod diagnostic;
mod document;
mod offsets;
mod report;
mod span;
mod strings;
pub mod ud;

pub use diagnostic::{Diagnostic, Severity};
pub use document::{Document, DocumentBuilder, Sentence, SentenceId, SurfaceToken, Token, TokenId};
pub use jiff::civil::Date;
pub use offsets::CodePoints;
pub use report::{CountryCode, LanguageCode, Report};
pub use span::Span;
pub use strings::{Strings, Symbol};
