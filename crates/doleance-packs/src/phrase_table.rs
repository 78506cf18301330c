//! Phrases that are looked up by their first word: what every table of cues and terms matches with.

use doleance_text::{Document, TokenId};

use crate::classes::{ClassNames, ClassSet, slot};
use crate::phrase::{Phrase, PhraseMatch};
use crate::vocabulary::{DocumentWords, Vocabulary, WordId};

/// Phrases, each with what it stands for: a class, the number of a cue.
#[derive(Clone, Debug)]
pub struct PhraseTable<T> {
    phrases: Vec<(Phrase, T)>,
    by_first_word: Vec<Vec<u32>>,
}

impl<T> Default for PhraseTable<T> {
    fn default() -> Self {
        PhraseTable { phrases: Vec::new(), by_first_word: Vec::new() }
    }
}

impl<T: Copy> PhraseTable<T> {
    /// Compiles a phrase and adds it. The error says what is wrong with the notation.
    pub fn add(
        &mut self,
        words: &str,
        meaning: T,
        names: &mut ClassNames,
        vocabulary: &mut Vocabulary,
    ) -> Result<(), String> {
        let phrase = Phrase::parse(words, names, vocabulary)?;
        let number = self.phrases.len() as u32;
        for word in phrase.first_words() {
            slot(&mut self.by_first_word, word).push(number);
        }
        self.phrases.push((phrase, meaning));
        Ok(())
    }

    /// The phrases that begin at a word, by its lemma and by its form: what matched, how many words the phrase has, what
    /// it stands for.
    pub fn matches_at<'a>(
        &'a self,
        document: &'a Document,
        words: &'a DocumentWords,
        classes: &'a [ClassSet],
        token: TokenId,
    ) -> impl Iterator<Item = (PhraseMatch, usize, T)> + 'a {
        let lemma = words.lemma(document, token);
        let form = words.form(document, token);
        let second = if form == lemma { WordId::OTHER } else { form };
        self.beginning_with(lemma).iter().chain(self.beginning_with(second)).filter_map(move |&number| {
            let (phrase, meaning) = &self.phrases[number as usize];
            let found = phrase.match_at(document, words, classes, token)?;
            Some((found, phrase.len(), *meaning))
        })
    }

    fn beginning_with(&self, word: WordId) -> &[u32] {
        let known = (word != WordId::OTHER).then(|| self.by_first_word.get(word.0 as usize)).flatten();
        known.map_or(&[][..], |numbers| numbers)
    }
}
