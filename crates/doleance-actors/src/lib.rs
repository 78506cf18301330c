//! Who acts and who is acted on: actors with role and sector, from the tree and a language's lexicon.
//!
//! Takes an annotated document and a language's actor data, gives mentions. Which action they take part in is decided in
//! `doleance-coding`; times and places have their own crates. No file is read and no language is known here.

mod check;
mod coreference;
mod find;
mod lexicon;
mod mention;
mod organisations;
mod pack;
mod persons;
mod phrase;
mod policy;
mod quantities;
mod quantity_rules;
mod role;
mod speakers;
mod tags;
mod words;

pub use check::{Finding, check};
pub use find::find_actors;
pub use lexicon::Flags;
pub use mention::{ActorMention, Actors, RuleId};
pub use pack::{ActorPack, ActorSources};
pub use persons::{PersonMention, find_persons};
pub use policy::{Persons, redact, to_record};
pub use quantities::{QuantityMention, find_quantities};
pub use quantity_rules::QuantityKind;
pub use role::{Role, RoleId, Roles, Sector, SectorId};
