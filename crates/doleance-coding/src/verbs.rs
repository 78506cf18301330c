//! Verb forms whose dictionary form the syntax model gets wrong.
//!
//! A model learns lemmas from the endings that its treebanks show, and makes up an infinitive for a form that they do
//! not: *stationnent* becomes one of *tenir*. The table sets those forms right, and holds no others. It is looked up in
//! the bytes of the pack as they lie there, so that a start costs nothing. Trees made elsewhere keep their own lemmas.

use std::borrow::Cow;
use std::cmp::Ordering;

use doleance_packs::PackError;
use doleance_text::Document;
use doleance_text::ud::Upos;

/// The table of one language: lines of a form, a tab and its dictionary form, sorted by form.
#[derive(Clone, Debug, Default)]
pub struct VerbForms {
    lines: Cow<'static, [u8]>,
}

impl VerbForms {
    /// Takes the bytes of `verbs.tsv`, after a look at every line.
    ///
    /// # Errors
    /// The first line that is not a form, a tab and a dictionary form, or that is out of order.
    pub fn from_tsv(file: &str, lines: Cow<'static, [u8]>) -> Result<Self, PackError> {
        let text = std::str::from_utf8(&lines)
            .map_err(|_| PackError::new(file, "whole file", "it is not UTF-8", "save it as UTF-8"))?;
        let mut last = "";
        for (number, line) in text.lines().enumerate() {
            let entry = || format!("line {}", number + 1);
            let form = match line.split_once('\t') {
                Some((form, lemma)) if !form.is_empty() && !lemma.is_empty() && !lemma.contains('\t') => form,
                _ => {
                    let reason = "it is not a form, a tab and a dictionary form";
                    return Err(PackError::new(file, entry(), reason, "write the two, and nothing else"));
                }
            };
            if form <= last {
                return Err(PackError::new(
                    file,
                    entry(),
                    "it does not come after the line before it",
                    "sort the lines by the bytes of their forms, each form once",
                ));
            }
            last = form;
        }
        Ok(VerbForms { lines })
    }

    /// The dictionary form of a verb form in lower case, where the table has it.
    pub fn lemma(&self, form: &str) -> Option<&str> {
        let (mut low, mut high) = (0, self.lines.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start =
                self.lines[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
            let end =
                self.lines[middle..high].iter().position(|&b| b == b'\n').map_or(high, |at| middle + at);
            let line = &self.lines[start..end];
            let tab = line.iter().position(|&b| b == b'\t')?;
            match line[..tab].cmp(form.as_bytes()) {
                Ordering::Equal => return std::str::from_utf8(&line[tab + 1..]).ok(),
                Ordering::Less => low = (end + 1).min(high),
                Ordering::Greater => high = start,
            }
        }
        None
    }

    /// Sets the verbs of a document right.
    pub fn mend(&self, document: &mut Document) {
        if self.lines.is_empty() {
            return;
        }
        let mut lower = String::new();
        for id in document.token_ids() {
            if !matches!(document.upos(id), Upos::Verb | Upos::Aux) {
                continue;
            }
            lower.clear();
            lower.extend(document.form(id).chars().flat_map(char::to_lowercase));
            if let Some(lemma) = self.lemma(&lower)
                && lemma != document.lemma(id)
            {
                document.set_lemma(id, lemma);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(lines: &'static str) -> Result<VerbForms, PackError> {
        VerbForms::from_tsv("verbs.tsv", Cow::Borrowed(lines.as_bytes()))
    }

    #[test]
    fn every_line_is_found_and_nothing_between() {
        let lines = "abattent\tabattre\nrompu\trompre\nélisent\télire\nôterait\tôter\n";
        let forms = table(lines).unwrap();
        for line in lines.lines() {
            let (form, lemma) = line.split_once('\t').unwrap();
            assert_eq!(forms.lemma(form), Some(lemma));
        }
        for other in ["", "a", "abattentes", "rompre", "rompus", "z", "ôterais", "\t", "\n"] {
            assert_eq!(forms.lemma(other), None, "{other:?}");
        }
        assert_eq!(VerbForms::default().lemma("rompu"), None);
        assert_eq!(table("rompu\trompre").unwrap().lemma("rompu"), Some("rompre"), "without a last line end");
    }

    #[test]
    fn a_line_out_of_order_or_of_one_word_does_not_load() {
        assert!(table("rompu\trompre\nabattent\tabattre\n").is_err());
        assert!(table("rompu\trompre\nrompu\trompre\n").is_err());
        assert!(table("rompu\n").is_err());
        assert!(table("\trompre\n").is_err());
    }

    #[test]
    fn the_shipped_tables_mend_what_the_models_make_up() {
        let packs = crate::LanguagePacks::embedded();
        let pack = packs.get(&doleance_text::LanguageCode("fr".to_owned())).unwrap().unwrap();
        for (sentence, form, lemma) in [
            ("Les tracteurs stationnent devant la sous-préfecture.", "stationnent", "stationner"),
            ("Deux élus démissionnent.", "démissionnent", "démissionner"),
            ("Les conducteurs débraieront lundi.", "débraieront", "débrayer"),
        ] {
            let raw = pack.syntax.annotate(sentence);
            let mended = pack.annotate(sentence);
            let at = raw.token_ids().find(|&id| raw.form(id) == form).unwrap();
            assert_ne!(raw.lemma(at), lemma, "the model knows it: the line can go");
            assert_eq!(mended.lemma(at), lemma);
        }
    }
}
