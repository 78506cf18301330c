//! Times and numbers of a text: TIMEX3 expressions resolved to days, numerals read as figures.
//!
//! [`find_times`] gives every time expression with its TIMEX3 value, the days it covers and what it was counted from;
//! [`find_numbers`] gives every numeral with its figure and what kind of thing it counts. All language is in the
//! [`TimePack`]: patterns, number words, calendar tables. Whether an event happened at a time is decided in
//! `doleance-coding`; trees come from `doleance-syntax`.

mod atoms;
mod calendar;
mod check;
mod cues;
mod error;
mod expression;
mod fields;
mod find;
mod fold;
mod frame;
mod grammar;
mod matcher;
mod mention;
mod numbers;
mod numeral_pack;
mod numerals;
mod pack;
mod pattern;
mod phrases;
mod resolve;
pub mod timeml;
mod value;

pub use check::{Finding, check};
pub use cues::is_verbless;
pub use error::PackError;
pub use find::{find_times, find_times_and_numbers};
pub use mention::{
    Amount, Anchor, Bound, DayPart, Endpoint, Granularity, Interval, Modifier, NumberKind, NumberMention,
    Quantifier, TimeAnnotation, TimeMention, TimexKind,
};
pub use numbers::find_numbers;
pub use pack::TimePack;
