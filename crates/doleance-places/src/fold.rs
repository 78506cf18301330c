//! Folding: the one spelling under which a name is stored and looked up.
//!
//! Case, diacritics, ligatures, apostrophes and full stops go; hyphens and spaces become one space. Nothing here knows a
//! language: abbreviations such as *St* for *Saint* come as a list of word pairs.
//! `doléance`, `Doléance` and `DOLEANCE` fold alike; `Val-d’Oise` folds to `val doise`.

use unicode_normalization::UnicodeNormalization;

/// What a character contributes to a folded name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Nothing: a mark, an apostrophe, a full stop.
    Nothing,
    /// A boundary between two words.
    Space,
    /// Letters or digits, already appended.
    Letters,
    /// A character that no name contains: the name ends before it.
    End,
}

/// Appends the folded form of one character to `out` and says what it was.
pub fn fold_char(c: char, out: &mut Vec<u8>) -> Fold {
    match c {
        'a'..='z' | '0'..='9' => {
            out.push(c as u8);
            Fold::Letters
        }
        'A'..='Z' => {
            out.push(c.to_ascii_lowercase() as u8);
            Fold::Letters
        }
        ' ' | '-' | '\u{A0}' | '\u{202F}' | '\u{2010}' | '\u{2011}' => Fold::Space,
        '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʹ' | '`' | '´' | '.' | '·' | '\u{AD}' | 'ˌ' | 'ʿ' | 'ʾ' | 'ʽ'
        | '′' => Fold::Nothing,
        c if c.is_ascii() => Fold::End,
        c => fold_other(c, out),
    }
}

fn fold_other(c: char, out: &mut Vec<u8>) -> Fold {
    let plain = match c {
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        'ß' | 'ẞ' => "ss",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ł' | 'Ł' => "l",
        'ı' | 'İ' => "i",
        'ħ' | 'Ħ' => "h",
        'þ' | 'Þ' => "th",
        'ŋ' | 'Ŋ' => "n",
        'ə' | 'Ə' => "a",
        _ => "",
    };
    if !plain.is_empty() {
        out.extend_from_slice(plain.as_bytes());
        return Fold::Letters;
    }
    let before = out.len();
    let mut buffer = [0u8; 4];
    for part in std::iter::once(c).nfd() {
        if unicode_normalization::char::is_combining_mark(part) {
            continue;
        }
        for lower in part.to_lowercase() {
            if lower.is_alphanumeric() {
                out.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
            }
        }
    }
    if out.len() > before {
        Fold::Letters
    } else if unicode_normalization::char::is_combining_mark(c) {
        Fold::Nothing
    } else {
        Fold::End
    }
}

/// Word pairs that count as one spelling, such as `st` and `saint`. Both sides are folded.
#[derive(Clone, Debug, Default)]
pub struct Spellings(Vec<(Vec<u8>, Vec<u8>)>);

impl Spellings {
    /// Reads lines of `short<TAB>long`; empty lines and lines that start with `#` say nothing.
    pub fn parse(table: &str) -> Self {
        let mut pairs: Vec<_> = table
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .map(|(short, long)| (fold_word(short.trim()), fold_word(long.trim())))
            .collect();
        pairs.sort();
        Spellings(pairs)
    }

    /// The long spelling of a folded word, or the word itself.
    pub fn long<'a>(&'a self, word: &'a [u8]) -> &'a [u8] {
        match self.0.iter().find(|(short, _)| short == word) {
            Some((_, long)) => long,
            None => word,
        }
    }
}

fn fold_word(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for c in text.chars() {
        fold_char(c, &mut out);
    }
    out
}

/// The folded form of a whole name: words with one space between them. Characters that end a name are left out.
pub fn fold(name: &str, spellings: &Spellings) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    let mut word = Vec::new();
    for c in name.chars().chain(std::iter::once(' ')) {
        if fold_char(c, &mut word) == Fold::Space && !word.is_empty() {
            if !out.is_empty() {
                out.push(b' ');
            }
            out.extend_from_slice(spellings.long(&word));
            word.clear();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(name: &str) -> String {
        String::from_utf8(fold(name, &Spellings::parse("st\tsaint\nste\tsainte"))).unwrap()
    }

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (name, want) in [
            ("L’Haÿ-les-Roses", "lhay les roses"),
            ("L'HAY LES ROSES", "lhay les roses"),
            ("St-Étienne", "saint etienne"),
            ("Saint-Etienne", "saint etienne"),
            ("St. Louis", "saint louis"),
            ("Ste-Anne", "sainte anne"),
            ("N’Djamena", "ndjamena"),
            ("Oblast’", "oblast"),
            ("Łódź", "lodz"),
            ("Sœurs", "soeurs"),
            ("Кызылорда", "кызылорда"),
            ("Mangghystau\u{304}", "mangghystau"),
            ("Mangghystaū", "mangghystau"),
            ("  Le   Havre ", "le havre"),
        ] {
            assert_eq!(folded(name), want, "{name}");
        }
    }
}
