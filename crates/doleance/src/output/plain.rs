//! Words of a report made harmless: what a terminal would obey is shown as �.

use std::borrow::Cow;

/// Whether a character would be obeyed rather than shown: control characters (among them the start of terminal
/// escapes), the overrides of writing direction, and invisible tags.
pub(super) fn is_obeyed(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E0000}'..='\u{E007F}')
}

/// The text with every character that would be obeyed replaced by �. Line ends and tabs stay.
pub fn neutral(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_obeyed) {
        Cow::Owned(text.chars().map(|c| if is_obeyed(c) { '\u{FFFD}' } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The text on one line: white space of any kind and length is one space, and nothing in it is obeyed.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&neutral(word));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_direction_overrides_are_shown_not_obeyed() {
        assert_eq!(neutral("\u{1B}[31mred\u{9B}2J\u{7}"), "\u{FFFD}[31mred\u{FFFD}2J\u{FFFD}");
        assert_eq!(neutral("a\u{202E}b\u{2066}"), "a\u{FFFD}b\u{FFFD}");
        assert_eq!(
            neutral("l’été à 10 %\u{A0}: «\u{202F}oui\u{202F}»"),
            "l’été à 10 %\u{A0}: «\u{202F}oui\u{202F}»"
        );
    }

    #[test]
    fn white_space_becomes_one_space() {
        assert_eq!(one_line("  la\r\n\n grève\t générale\u{2028}!"), "la grève générale !");
    }
}
