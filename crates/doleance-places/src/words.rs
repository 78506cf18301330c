//! The words of a report as folded strings, cut at spaces, hyphens, apostrophes and punctuation.
//!
//! Names must be found whatever the tokenizer makes of *Val-de-Reuil* or *d’Aktobe*, so look-ups read these words rather
//! than tokens; each word knows its token for tags and trees.

use doleance_text::{Document, SentenceId, Span, TokenId};

use crate::fold::{Fold, Spellings, fold_char};

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing but an apostrophe.
    Apostrophe,
    /// A hyphen.
    Hyphen,
    /// Blanks within a line.
    Space,
    /// A full stop that may end an abbreviation, then blanks.
    Stop,
    /// A comma.
    Comma,
    /// An opening parenthesis.
    Open,
    /// A closing parenthesis.
    Close,
    /// Other punctuation, or the end of a line or sentence.
    Other,
}

/// One word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub span: Span,
    folded: (u32, u32),
    pub gap: Gap,
    pub token: TokenId,
    pub sentence: SentenceId,
    /// Starts with an upper-case letter, or is written in a script without case.
    pub capital: bool,
    /// All its letters are upper-case, and there are at least two.
    pub all_capitals: bool,
    /// No word stands before it in its sentence or after a colon, dash or opening quote.
    pub starts: bool,
}

/// The words of a document.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub list: Vec<Word>,
    folded: Vec<u8>,
}

impl Words {
    /// Cuts a document into words.
    pub(crate) fn of(document: &Document, spellings: &Spellings) -> Self {
        let mut words = Words {
            list: Vec::with_capacity(document.tokens().len() + 16),
            folded: Vec::with_capacity(document.text().len()),
        };
        let mut token = 0u32;
        for (number, sentence) in document.sentences().iter().enumerate() {
            let before = words.list.len();
            words.cut(sentence.span.of(document.text()), sentence.span.start, spellings);
            // A cut between two words of one line is a slip of the segmenter: names run on over it.
            let slip = number > 0 && is_slip(document, number);
            if let Some(first) = words.list.get_mut(before) {
                first.gap = if slip { Gap::Space } else { Gap::Other };
                first.starts = !slip;
            }
            for word in &mut words.list[before..] {
                while token + 1 < sentence.words.end
                    && document.token(TokenId(token)).span.end <= word.span.start
                {
                    token += 1;
                }
                word.token = TokenId(token);
                word.sentence = SentenceId(number as u32);
            }
            token = sentence.words.end.min(document.tokens().len().saturating_sub(1) as u32);
        }
        words
    }

    /// Cuts a phrase of a table into words.
    pub(crate) fn of_phrase(phrase: &str, spellings: &Spellings) -> Self {
        let mut words = Words::default();
        words.cut(phrase, 0, spellings);
        words
    }

    fn cut(&mut self, text: &str, offset: u32, spellings: &Spellings) {
        let mut gap = Gap::Other;
        let mut starts = true;
        let mut from = self.folded.len();
        let mut open: Option<(usize, bool, bool, u32)> = None;
        let mut end = 0;
        let ends = std::iter::once((text.len(), '\n'));
        for (at, c) in text.char_indices().chain(ends) {
            let apostrophe = matches!(c, '\'' | '’' | 'ʼ');
            let folded = if apostrophe { Fold::End } else { fold_char(c, &mut self.folded) };
            match folded {
                Fold::Letters => {
                    let upper = c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase());
                    let state = open.get_or_insert((at, upper, true, 0));
                    state.2 &= upper || !c.is_alphabetic();
                    state.3 += u32::from(c.is_alphabetic());
                    end = at + c.len_utf8();
                    continue;
                }
                Fold::Nothing if c != '.' => continue,
                _ => {}
            }
            if let Some((start, capital, all_capitals, letters)) = open.take() {
                self.push(
                    start,
                    end,
                    from,
                    offset,
                    (gap, starts),
                    (capital, all_capitals && letters > 1),
                    spellings,
                );
                gap = Gap::Apostrophe;
                starts = false;
            }
            from = self.folded.len();
            let here = match c {
                '\'' | '’' | 'ʼ' => Gap::Apostrophe,
                '-' | '\u{2010}' | '\u{2011}' => Gap::Hyphen,
                ' ' | '\t' | '\u{A0}' | '\u{202F}' => Gap::Space,
                '.' => Gap::Stop,
                ',' => Gap::Comma,
                '(' | '[' => Gap::Open,
                ')' | ']' => Gap::Close,
                _ => Gap::Other,
            };
            // A hyphen with a blank beside it is a dash.
            gap = match (gap, here) {
                (Gap::Space, Gap::Hyphen) | (Gap::Hyphen, Gap::Space) => Gap::Other,
                (gap, here) => gap.max(here),
            };
            starts |= matches!(c, ':' | '«' | '“' | '"' | '—' | '–' | '•' | '!' | '?' | '\n');
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn push(
        &mut self,
        start: usize,
        end: usize,
        from: usize,
        offset: u32,
        (gap, starts): (Gap, bool),
        (capital, all_capitals): (bool, bool),
        spellings: &Spellings,
    ) {
        let long = spellings.long(&self.folded[from..]);
        if long.len() != self.folded.len() - from {
            let long = long.to_vec();
            self.folded.truncate(from);
            self.folded.extend_from_slice(&long);
        }
        self.list.push(Word {
            span: Span::new(offset + start as u32, offset + end as u32),
            folded: (from as u32, self.folded.len() as u32),
            gap,
            token: TokenId(0),
            sentence: SentenceId(0),
            capital,
            all_capitals,
            starts,
        });
    }

    /// The folded word.
    pub(crate) fn folded(&self, at: usize) -> &[u8] {
        let (from, to) = self.list[at].folded;
        &self.folded[from as usize..to as usize]
    }

    /// Whether a name may go on from the word before to this one.
    pub(crate) fn joined(&self, at: usize) -> bool {
        let Some(word) = self.list.get(at) else { return false };
        match word.gap {
            Gap::Apostrophe | Gap::Hyphen | Gap::Space => true,
            // "St. Louis" and "U.S. Steel", but no name runs over a sentence's end.
            Gap::Stop => {
                at > 0 && self.list[at - 1].span.len() <= 3 && self.list[at - 1].sentence == word.sentence
            }
            _ => false,
        }
    }

    /// The span from one word to another, both included.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        self.list[from].span.join(self.list[to].span)
    }
}

/// Whether a sentence starts after nothing but a blank: no full stop, no end of a line.
fn is_slip(document: &Document, number: usize) -> bool {
    let [before, sentence] = [&document.sentences()[number - 1], &document.sentences()[number]];
    let text = document.text();
    let between = text.get(before.span.end as usize..sentence.span.start as usize);
    let ends = before.span.of(text).chars().next_back();
    between.is_some_and(|b| b == " " || b == "\u{A0}") && ends.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_at_apostrophes_and_hyphens_and_know_their_gap() {
        let words = Words::of_phrase("À St-Étienne, l’Haÿ (Nord)", &Spellings::parse("st\tsaint"));
        let cut: Vec<_> = (0..words.list.len())
            .map(|i| {
                (std::str::from_utf8(words.folded(i)).unwrap(), words.list[i].gap, words.list[i].capital)
            })
            .collect();
        assert_eq!(
            cut,
            [
                ("a", Gap::Other, true),
                ("saint", Gap::Space, true),
                ("etienne", Gap::Hyphen, true),
                ("l", Gap::Comma, false),
                ("hay", Gap::Apostrophe, true),
                ("nord", Gap::Open, true),
            ]
        );
    }
}
