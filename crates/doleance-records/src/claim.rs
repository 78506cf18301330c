//! Claims: demands and grievances.

use serde::{Deserialize, Serialize};

use crate::{Offsets, Quote};

/// The attitude of the claimant to what the claim's words name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Stance {
    For,
    Against,
}

/// Who makes a claim, or to whom it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Role of the codebook.
    pub role: String,
    /// Name of an organisation, or of a person in public office.
    pub name: Option<String>,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Offsets,
}

/// A demand or grievance stated in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The report.
    pub doc: String,
    /// Name within the report: c1, c2, …
    pub id: String,
    /// Issue of the codebook.
    pub issue: String,
    /// For or against what the words name.
    pub stance: Stance,
    /// The words: the content, without *for* or *against*.
    pub span: Quote,
    /// Who makes it.
    pub claimant: Option<Party>,
    /// To whom it is made.
    pub addressee: Option<Party>,
    /// Event records that it belongs to.
    pub events: Vec<String>,
}
