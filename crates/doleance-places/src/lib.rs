//! Places of a report: names found in the text and resolved against a gazetteer of the world.
//!
//! [`find_places`] reads a document once and gives its [`PlaceMention`]s; [`document_country`] and [`document_place`] say
//! what the report as a whole is about. Everything of a language comes from a [`PlacePack`], everything of the world from a
//! [`Gazetteer`]. [`resolve_places`] takes names whose spans are known. Times are found in `doleance-times`; which mention
//! is an event's place is decided in `doleance-coding`.

mod check;
mod classify;
mod find;
mod fold;
pub mod gazetteer;
mod given;
mod mention;
mod narrative;
mod pack;
mod report;
mod resolve;
mod role;
mod scan;
pub mod shipped;
mod spot;
mod street;
mod unknown;
mod words;

pub use check::{Finding, check};
pub use find::find_places;
pub use fold::{Spellings, fold};
pub use gazetteer::Gazetteer;
pub use given::resolve_places;
pub use mention::{PlaceAnnotation, PlaceContext, PlaceMention, PlaceMentionKind, PlaceUse, ResolvedPlace};
pub use pack::{ExpectedPlace, PlacePack, PlaceTables, PlaceTest, Role};
pub use report::{DocumentPlace, document_country, document_place};
