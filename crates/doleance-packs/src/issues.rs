//! Issue terms: the words by which the issue of a claim is recognised.

use doleance_text::{Document, TokenId};
use serde::Deserialize;

use crate::classes::{ClassNames, ClassSet, slot};
use crate::example::Example;
use crate::phrase::Phrase;
use crate::vocabulary::{DocumentWords, Vocabulary, WordId};
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
    /// Sentences that hold one of the words.
    pub examples: Vec<Example>,
    /// Sentences that hold none of them.
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

/// All issue terms of one language.
#[derive(Clone, Debug, Default)]
pub struct IssueTerms {
    terms: Vec<Term>,
    phrases: Vec<(Phrase, u32)>,
    by_word: Vec<Vec<u32>>,
}

impl IssueTerms {
    /// Reads an `issues.toml`.
    pub fn from_toml(
        file: &str,
        text: &str,
        codebook: &Codebook,
        names: &mut ClassNames,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let rows: File = toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
        let mut all = IssueTerms::default();
        for term in rows.term {
            let error = |reason: &str, repair: &str| PackError::new(file, &term.id, reason, repair);
            if codebook.issue(&term.issue).is_none() {
                return Err(error("the codebook has no such issue", "use an issue of codebook/issues.toml"));
            }
            if term.examples.is_empty() || term.counter_examples.is_empty() {
                return Err(error("an example or a counter-example is missing", "write one of each"));
            }
            let number = all.terms.len() as u32;
            for words in &term.words {
                let phrase =
                    Phrase::parse(words, names, vocabulary).map_err(|e| error(&e, "mend the phrase"))?;
                let phrase_number = all.phrases.len() as u32;
                for word in phrase.first_words() {
                    slot(&mut all.by_word, word).push(phrase_number);
                }
                all.phrases.push((phrase, number));
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
            let lemma = words.lemma(document, token);
            let form = words.form(document, token);
            let numbers = |w: WordId| {
                let known = (w != WordId::OTHER).then(|| self.by_word.get(w.0 as usize)).flatten();
                known.map_or(&[][..], |v| v).iter().copied()
            };
            let second = if form == lemma { WordId::OTHER } else { form };
            numbers(lemma).chain(numbers(second)).filter_map(move |number| {
                let (phrase, term) = &self.phrases[number as usize];
                phrase.match_at(document, words, classes, token)?;
                Some((&self.terms[*term as usize], token, phrase.len()))
            })
        })
    }
}
