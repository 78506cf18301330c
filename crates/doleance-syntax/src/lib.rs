//! The syntax engine: raw text in, Universal Dependencies trees out.
//!
//! [`SyntaxModel::annotate`] runs five stages: atoms, tokens and sentences (`segment`), parts of speech and features
//! (`tagger`), lemmas (`lemma`), trees (`parser`). All are linear classifiers over hashed features whose weights lie in
//! one model file that is read in place. [`train`] makes such files from treebanks, the same bytes each time;
//! [`evaluate`] measures them as the CoNLL 2018 shared task did; [`conllu`] reads and writes trees made elsewhere.
//! Nothing here knows a language, reads a file or decides what a text means.

mod annotate;
mod atoms;
mod breaks;
mod bytes;
pub mod conllu;
mod contractions;
mod dictionary;
mod doubt;
pub mod evaluate;
mod hash;
mod inclusive;
mod lemma;
mod linear;
mod model;
mod moves;
mod parser;
mod parser_features;
mod parser_state;
mod punctuation;
mod segment;
mod settings;
mod table;
mod tagger;
mod tagger_features;
pub mod train;
mod words;

pub use annotate::{Retagged, Tagged};
pub use conllu::ConlluError;
pub use model::{ModelError, SyntaxModel};
pub use settings::{Harmonise, Settings};
