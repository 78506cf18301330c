//! From files, folders and standard input to reports.
//!
//! [`RawReports`] opens what was named and cuts it into raw reports in a fixed order, holding one at a time;
//! [`RawReport::read`] then decodes one, which may happen on another thread. Neither looks into what a report says.

mod encoding;
mod files;
mod front_matter;
mod html;
mod json_lines;
mod metadata;
mod raw;

pub use encoding::decode;
pub use files::{RawReports, total_bytes};
pub use front_matter::{FrontMatter, split_front_matter};
pub use html::read_html;
pub use json_lines::read_json_line;
pub use metadata::{BadValue, Metadata, parse_country, parse_date, parse_language};
pub use raw::{Form, RawReport};

/// The largest file, line or standard input that is read as one report: 512 MiB.
///
/// Offsets inside the program are 32 bits wide; a text of this size leaves room for what is computed from them.
pub const LARGEST_REPORT: u64 = 512 << 20;

/// The largest web page, 16 MiB: its tree takes many times its size in memory.
pub const LARGEST_PAGE: usize = 16 << 20;
