//! Lemmas: rewriting the end of a form.
//!
//! A script says whether to start from the form as written or in lower case, how many characters to take off the end
//! and what to put there: `c5|er` gives *bloquer* for *bloquèrent*. Every lemma can be had so, the irregular ones by
//! taking off everything.

use crate::words::lower_into;

/// A rewriting of a form into its lemma.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Script<'s> {
    /// Starts from the form in lower case.
    pub lower: bool,
    /// Characters to take off.
    pub strip: u8,
    /// What to put in their place.
    pub append: &'s str,
}

impl<'s> Script<'s> {
    /// Reads the notation of model files.
    pub(crate) fn parse(text: &'s str) -> Option<Self> {
        let (head, append) = text.split_once('|')?;
        let (case, strip) = head.split_at_checked(1)?;
        let lower = match case {
            "l" => true,
            "c" => false,
            _ => return None,
        };
        Some(Script { lower, strip: strip.parse().ok()?, append })
    }

    /// Writes the lemma of `form` into `lemma`. False where the form is too short.
    pub(crate) fn apply(&self, form: &str, lemma: &mut String) -> bool {
        if self.lower {
            lower_into(form, lemma);
        } else {
            lemma.clear();
            lemma.push_str(form);
        }
        for _ in 0..self.strip {
            if lemma.pop().is_none() {
                return false;
            }
        }
        lemma.push_str(self.append);
        !lemma.is_empty()
    }
}

/// The notation of the script that takes off least. The lower case is taken where it serves as well.
pub(crate) fn script_for(form: &str, lemma: &str) -> String {
    let mut lower = String::new();
    lower_into(form, &mut lower);
    let as_written = ending(form, lemma);
    let lowered = ending(&lower, lemma);
    let (case, (strip, append)) = if as_written.0 < lowered.0 { ('c', as_written) } else { ('l', lowered) };
    format!("{case}{strip}|{append}")
}

/// What to strip and to append.
fn ending<'l>(form: &str, lemma: &'l str) -> (usize, &'l str) {
    let mut common = 0;
    for (a, b) in form.chars().zip(lemma.chars()) {
        if a != b {
            break;
        }
        common += a.len_utf8();
    }
    (form[common..].chars().count(), &lemma[common..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_rebuild_lemmas() {
        for (form, lemma, script) in [
            ("bloquèrent", "bloquer", "l5|er"),
            ("Grèves", "grève", "l1|"),
            ("Nice", "Nice", "c0|"),
            ("suis", "être", "l4|être"),
        ] {
            assert_eq!(script_for(form, lemma), script);
            let mut found = String::new();
            assert!(Script::parse(script).expect("well formed").apply(form, &mut found));
            assert_eq!(found, lemma);
        }
    }
}
