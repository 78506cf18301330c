//! Issue terms: the words by which the issue of a claim is recognised.

use doleance_text::{Document, TokenId};
use serde::Deserialize;

use crate::classes::{ClassNames, ClassSet};
use crate::example::Example;
use crate::phrase_table::PhraseTable;
use crate::vocabulary::{DocumentWords, Vocabulary};
use crate::{Codebook, PackError};

/// A group of words that speak for one issue.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Stable identifier.
    pub id: String,
    /// Issue of the codebook.
    pub issue: String,
    /// Lemma phrases.
    pub words: Vec<String>,
    /// Relative strength.
    #[serde(default = "one")]
    pub weight: f32,
    /// Sentences that hold one of the words; none in the compact form.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// Sentences that hold none of them; none in the compact form.
    #[serde(default)]
    pub counter_examples: Vec<Example>,
}

fn one() -> f32 {
    1.0
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    term: Vec<Term>,
}

/// A file of issue terms, read but not yet joined with the classes and words of its language.
#[derive(Debug)]
pub struct TermFile {
    file: String,
    rows: Vec<Term>,
}

impl TermFile {
    /// Reads an `issues.toml`.
    ///
    /// # Errors
    /// What of the file is no term.
    pub fn parse(file: &str, text: &str) -> Result<Self, PackError> {
        let read: File = toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
        let unproved = |term: &&Term| term.examples.is_empty() || term.counter_examples.is_empty();
        if let Some(term) = read.term.iter().find(unproved) {
            let reason = "an example or a counter-example is missing";
            return Err(PackError::new(file, &term.id, reason, "write one of each"));
        }
        Ok(TermFile { file: file.to_owned(), rows: read.term })
    }

    /// Reads the same as JSON, without examples.
    ///
    /// # Errors
    /// What of the file is no term.
    pub fn from_json(file: &str, json: &[u8]) -> Result<Self, PackError> {
        let read: File = serde_json::from_slice(json)
            .map_err(|e| PackError::new(file, "compact form", e.to_string(), "build the program anew"))?;
        Ok(TermFile { file: file.to_owned(), rows: read.term })
    }
}

/// All issue terms of one language.
#[derive(Clone, Debug, Default)]
pub struct IssueTerms {
    terms: Vec<Term>,
    phrases: PhraseTable<u32>,
}

impl IssueTerms {
    /// Joins the terms with classes and words.
    ///
    /// # Errors
    /// An issue that the codebook lacks, a phrase that is none.
    pub fn new(
        terms: TermFile,
        codebook: &Codebook,
        names: &mut ClassNames,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let mut all = IssueTerms::default();
        for term in terms.rows {
            let error = |reason: &str, repair: &str| PackError::new(&terms.file, &term.id, reason, repair);
            if codebook.issue(&term.issue).is_none() {
                return Err(error("the codebook has no such issue", "use an issue of codebook/issues.toml"));
            }
            let number = all.terms.len() as u32;
            for words in &term.words {
                let added = all.phrases.add(words, number, names, vocabulary);
                added.map_err(|e| error(&e, "mend the phrase"))?;
            }
            all.terms.push(term);
        }
        Ok(all)
    }

    /// All terms.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The terms found with their first word in `range` of tokens: term, first token, number of words.
    pub fn matches<'a>(
        &'a self,
        document: &'a Document,
        words: &'a DocumentWords,
        classes: &'a [ClassSet],
        range: std::ops::Range<u32>,
    ) -> impl Iterator<Item = (&'a Term, TokenId, usize)> + 'a {
        range.map(TokenId).flat_map(move |token| {
            let found = self.phrases.matches_at(document, words, classes, token);
            found.map(move |(_, length, term)| (&self.terms[term as usize], token, length))
        })
    }
}
