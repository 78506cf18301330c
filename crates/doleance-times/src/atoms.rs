//! Atoms: runs of letters, runs of digits and single signs, the units that patterns are written in.
//!
//! Finer than tokens on purpose: `17h30`, `mi-avril`, `40.000` and `J+3` come apart the same way whatever tokenizer
//! made the document, so a rule means the same over any annotation. Atoms keep byte offsets into the text.

use doleance_text::{Span, Strings, Symbol};

use crate::fold::{fold_char, is_word_char};

/// What kind of character run an atom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Word,
    Digits,
    Sign,
}

/// One run of letters, one run of digits or one sign.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    pub span: Span,
    /// Symbol in the pack's vocabulary; [`UNKNOWN`] for a word that no rule mentions.
    pub word: Symbol,
    pub shape: Shape,
    /// Value of a run of digits (0 for others); saturates.
    pub number: u64,
    /// Length of a run of digits.
    pub digits: u8,
    /// No white space before it.
    pub glued: bool,
    /// Only a single blank (any kind of space, no line break) before it.
    pub spaced: bool,
    /// A blank line (or the start of the text) before it: nothing is matched across.
    pub fresh: bool,
    /// Begins with a capital letter.
    pub capital: bool,
    /// All letters are capitals, at least two.
    pub shouted: bool,
}

/// The symbol of words outside the vocabulary. No vocabulary holds the empty string as a word.
pub(crate) const UNKNOWN: Symbol = doleance_text::ud::EMPTY;

/// Words longer than this are not looked up: no pack has one.
const LONGEST_WORD: usize = 40;

/// Reads a text into atoms, looking words up in the vocabulary.
pub(crate) fn read(vocabulary: &Strings, text: &str) -> Vec<Atom> {
    read_with(text, |word| vocabulary.find(word).unwrap_or(UNKNOWN))
}

/// Reads pack text into atoms, adding its words to the vocabulary.
pub(crate) fn read_into(vocabulary: &mut Strings, text: &str) -> Vec<Atom> {
    read_with(text, |word| vocabulary.intern(word))
}

fn read_with(text: &str, mut symbol: impl FnMut(&str) -> Symbol) -> Vec<Atom> {
    let mut atoms = Vec::with_capacity(text.len() / 4);
    let mut folded = String::with_capacity(64);
    let mut chars = text.char_indices().peekable();
    let (mut blanks, mut breaks) = (0u32, 2u32);
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' {
            blanks += 1;
            breaks += u32::from(c == '\n' || c == '\u{2029}');
            continue;
        }
        folded.clear();
        fold_char(c, &mut folded);
        let mut end = start + c.len_utf8();
        let (mut number, mut digits) = (0u64, 0u8);
        let capital = c.is_uppercase();
        let mut shouted = capital;
        let mut letters = 1u32;
        let shape = if c.is_ascii_digit() {
            number = u64::from(c as u32 - u32::from(b'0'));
            digits = 1;
            while let Some(&(at, d)) = chars.peek() {
                let Some(digit) = d.to_digit(10) else { break };
                number = number.saturating_mul(10).saturating_add(u64::from(digit));
                digits = digits.saturating_add(1);
                end = at + 1;
                chars.next();
            }
            Shape::Digits
        } else if is_word_char(c) {
            while let Some(&(at, d)) = chars.peek() {
                if !is_word_char(d) {
                    break;
                }
                shouted &= d.is_uppercase() || !d.is_alphabetic();
                letters += 1;
                if folded.len() <= LONGEST_WORD {
                    fold_char(d, &mut folded);
                }
                end = at + d.len_utf8();
                chars.next();
            }
            Shape::Word
        } else {
            Shape::Sign
        };
        let word = if shape == Shape::Digits || folded.is_empty() || folded.len() > LONGEST_WORD {
            UNKNOWN
        } else {
            symbol(&folded)
        };
        atoms.push(Atom {
            span: Span::new(start as u32, end as u32),
            word,
            shape,
            number,
            digits,
            glued: blanks == 0 && start > 0,
            spaced: blanks == 1 && breaks == 0,
            fresh: breaks > 1,
            capital,
            shouted: shouted && letters > 1,
        });
        (blanks, breaks) = (0, 0);
    }
    atoms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_atom_is_a_stretch_of_the_text_in_order() {
        let text = "Le 1er mai, à 17h30\u{a0}: 40.000 à l’appel\n\nde J+3";
        let mut vocabulary = Strings::new();
        let atoms = read_into(&mut vocabulary, text);
        let words: Vec<_> = atoms.iter().map(|a| a.span.of(text)).collect();
        let expected = [
            "Le", "1", "er", "mai", ",", "à", "17", "h", "30", ":", "40", ".", "000", "à", "l", "’", "appel",
            "de", "J", "+", "3",
        ];
        assert_eq!(words, expected);
        assert!(atoms[2].glued && !atoms[3].glued && atoms[9].spaced && atoms[17].fresh);
    }
}
