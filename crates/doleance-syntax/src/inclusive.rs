//! Inclusive spelling: *manifestant.e.s*, *étudiant·es*, *délégué(e)s*, *travailleurs-travailleuses* are one word, read
//! as its first, masculine form. The endings are the language's; the marks are the same everywhere.

use crate::settings::Writing;

/// Marks before an ending.
const MARKS: [char; 9] = ['.', '·', '•', '⋅', '‧', '-', '(', '/', '’'];

/// Letters that two full forms must share at their start.
const SHARED: usize = 4;

/// If an inclusive spelling starts here: its length in bytes and the form to read it as.
pub(crate) fn inclusive(text: &str, writing: &Writing) -> Option<(usize, String)> {
    if writing.inclusive_endings.is_empty() {
        return None;
    }
    let stem_length = letters(text);
    let stem = &text[..stem_length];
    stem.chars().nth(2)?;
    with_endings(text, stem, writing).or_else(|| doubled(text, stem))
}

/// The length of the letters at the start.
fn letters(text: &str) -> usize {
    text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())
}

fn with_endings(text: &str, stem: &str, writing: &Writing) -> Option<(usize, String)> {
    let mut end = stem.len();
    let mut plural = false;
    let mut open = false;
    loop {
        let rest = &text[end..];
        let mark = rest.chars().next().filter(|c| MARKS.contains(c) || (open && *c == ')'));
        let after = mark.map_or("", |c| &rest[c.len_utf8()..]);
        let ending = &after[..letters(after)];
        let known = writing.inclusive_endings.iter().any(|e| e == ending);
        if mark == Some(')') && open {
            open = false;
            let is_plural = writing.inclusive_plurals.iter().any(|p| p == ending);
            if ending.is_empty() || is_plural {
                end += 1 + ending.len();
                plural |= is_plural;
                continue;
            }
            return None;
        }
        if !known || open {
            break;
        }
        open = mark == Some('(');
        // Proven by `mark` being Some: `ending` is not empty, so `rest` starts with the mark.
        end += mark.map_or(0, char::len_utf8) + ending.len();
        plural |= writing.inclusive_plurals.iter().any(|p| ending.ends_with(p.as_str()));
    }
    if end == stem.len() || open || text[end..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let mut form = stem.to_owned();
    if plural && !writing.inclusive_plurals.iter().any(|p| stem.ends_with(p.as_str())) {
        form.push_str(writing.inclusive_plurals.first().map_or("", String::as_str));
    }
    Some((end, form))
}

/// Two full forms of one word, parted by a mark.
fn doubled(text: &str, stem: &str) -> Option<(usize, String)> {
    let rest = &text[stem.len()..];
    let mark = rest.chars().next().filter(|c| MARKS.contains(c) && !matches!(c, '(' | '’'))?;
    let after = &rest[mark.len_utf8()..];
    let second = &after[..letters(after)];
    let shared = stem.chars().zip(second.chars()).take_while(|(a, b)| a == b).count();
    let shortest = stem.chars().count().min(second.chars().count());
    let lower_end = second.chars().all(char::is_lowercase);
    let goes_on = after[second.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
    (shared >= SHARED && shared * 10 >= shortest * 6 && stem != second && lower_end && !goes_on)
        .then(|| (stem.len() + mark.len_utf8() + second.len(), stem.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inclusive_spellings_are_read_as_their_first_form() {
        let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
        let writing = Writing {
            inclusive_endings: list(&["e", "es", "s", "ne", "trice"]),
            inclusive_plurals: list(&["s"]),
            ..Writing::default()
        };
        for (text, form) in [
            ("manifestant.e.s", "manifestants"),
            ("étudiant·es.", "étudiants"),
            ("salarié-e-s", "salariés"),
            ("délégué(e)s", "délégués"),
            ("délégué(e)", "délégué"),
            ("travailleurs-travailleuses", "travailleurs"),
        ] {
            let (length, found) = inclusive(text, &writing).expect(text);
            assert_eq!(found, form);
            assert_eq!(length, text.trim_end_matches('.').len());
        }
        for text in ["fin.Le", "rendez-vous", "est-ce", "grève.", "au-delà", "Lens-Liévin"] {
            assert_eq!(inclusive(text, &writing), None, "{text}");
        }
    }
}
