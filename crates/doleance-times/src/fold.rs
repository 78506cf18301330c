//! Folding of words: lower case, no diacritics, one apostrophe and one hyphen.
//!
//! Applied alike to the packs and to the texts, so that `DÉCEMBRE`, `décembre` in NFC or NFD and an unaccented
//! `DECEMBRE` are one word. Offsets are not touched here: `atoms` keeps them.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Appends the folded form of a character.
pub(crate) fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    let plain = match c {
        '’' | '‘' | 'ʼ' | '′' | '＇' => '\'',
        '–' | '—' | '‐' | '‑' | '−' | '―' => '-',
        _ => c,
    };
    if plain != c {
        out.push(plain);
        return;
    }
    decompose_canonical(c, |part| {
        if !is_combining_mark(part) {
            out.extend(part.to_lowercase());
        }
    });
}

/// Whether a character continues the word before it: letters and the marks that sit on them.
pub(crate) fn is_word_char(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|c| fold_char(c, &mut out));
        out
    }

    #[test]
    fn case_accents_apostrophes_and_composition_do_not_matter() {
        assert_eq!(fold("L’Été"), "l'ete");
        assert_eq!(fold("e\u{301}te\u{301}"), "ete");
        assert_eq!(fold("5–6"), "5-6");
        assert_eq!(fold("Среда"), "среда");
    }
}
