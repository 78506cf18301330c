//! Coding: triggers → drafts → outlines → event records and claims.

pub mod arguments;
mod bearing;
pub mod claim_belief;
pub mod claims;
pub mod days_apart;
pub mod draft;
pub mod figures;
pub mod identity;
pub mod keep;
pub mod nearness;
pub(crate) mod negation;
pub mod novelty;
pub mod outcomes;
pub mod parts;
pub mod quotes;
pub mod records;
pub mod settle;
pub mod source;
pub mod speakers;
pub mod stage;
pub mod status;
pub mod telling;
