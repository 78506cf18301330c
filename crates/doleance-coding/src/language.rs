//! Which language a report is in: a short one by its function words, a longer one by trigram statistics (the whatlang
//! crate) of its first letters.

use std::collections::HashSet;

use doleance_text::LanguageCode;
use whatlang::{Detector, Lang};

use crate::LanguagePacks;

/// Bytes that are looked at: more tells no more.
const ENOUGH: usize = 4096;

/// Bytes up to which trigrams are too few, and function words are asked first.
const SHORT: usize = 300;

/// Words that tell each language from the others, in the order of the packs.
#[derive(Clone, Debug, Default)]
pub struct FunctionWords(Vec<HashSet<String>>);

impl FunctionWords {
    /// Reads one list a language: a word a line; lines that start with `#` say nothing.
    pub fn new<'a>(lists: impl IntoIterator<Item = &'a str>) -> Self {
        let words =
            |list: &str| list.lines().filter(|l| !l.starts_with('#')).map(|l| l.trim().to_owned()).collect();
        FunctionWords(lists.into_iter().map(words).collect())
    }

    /// The language of which a text has most words, as a number; `None` where two have as many or none has any.
    fn best(&self, text: &str) -> Option<usize> {
        let words = || text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
        let count = |list: &HashSet<String>| words().filter(|w| list.contains(&w.to_lowercase())).count();
        let counts: Vec<usize> = self.0.iter().map(count).collect();
        let most = counts.iter().copied().max().filter(|&most| most > 0)?;
        let mut found = counts.iter().enumerate().filter(|(_, count)| **count == most);
        let (number, _) = found.next()?;
        found.next().is_none().then_some(number)
    }
}

/// The language of a text, if there is a pack for it.
pub fn detect_language(packs: &LanguagePacks, text: &str) -> Option<LanguageCode> {
    recognise_language(packs, text).filter(|language| packs.languages().contains(language))
}

/// The language of a text: one of the packs', or another one where the text is long and plainly in it. `None` where the
/// text tells nothing.
pub fn recognise_language(packs: &LanguagePacks, text: &str) -> Option<LanguageCode> {
    let available = packs.languages();
    let head = &text[..text.floor_char_boundary(ENOUGH)];
    if head.len() < SHORT
        && let Some(number) = packs.function_words().best(head)
    {
        return available.get(number).cloned();
    }
    let known: Vec<Lang> =
        Lang::all().iter().copied().filter(|lang| subtag_of(*lang, available).is_some()).collect();
    let among_all = Detector::new().detect(head)?;
    if let Some(language) = subtag_of(among_all.lang(), available) {
        return Some(language);
    }
    // A short text in a language that we read is often taken for one of its neighbours; one in another script is not.
    let is_plainly_other = among_all.is_reliable() && head.len() > 200;
    let among_known = Detector::with_allowlist(known).detect(head).filter(|_| !is_plainly_other);
    match among_known {
        Some(known) => subtag_of(known.lang(), available),
        None => Some(LanguageCode(among_all.lang().code().to_owned())),
    }
}

/// whatlang names languages by ISO 639-3; packs by BCP 47, which prefers two letters where there are two.
fn subtag_of(lang: Lang, available: &[LanguageCode]) -> Option<LanguageCode> {
    let two = TWO_LETTERS.iter().find(|(three, _)| *three == lang.code()).map(|(_, two)| *two);
    available.iter().find(|code| Some(code.0.as_str()) == two || code.0 == lang.code()).cloned()
}

/// ISO 639-3 to ISO 639-1.
const TWO_LETTERS: [(&str, &str); 20] = [
    ("fra", "fr"),
    ("eng", "en"),
    ("rus", "ru"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("deu", "de"),
    ("nld", "nl"),
    ("cat", "ca"),
    ("ukr", "uk"),
    ("pol", "pl"),
    ("ces", "cs"),
    ("ron", "ro"),
    ("bul", "bg"),
    ("ell", "el"),
    ("tur", "tr"),
    ("ara", "ar"),
    ("pes", "fa"),
    ("kat", "ka"),
    ("swe", "sv"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn recognise(text: &str) -> Option<String> {
        recognise_language(LanguagePacks::embedded(), text).map(|code| code.0)
    }

    #[test]
    fn short_sentences_are_recognised() {
        for (text, language) in [
            ("Les dockers ont cessé le travail jeudi matin.", "fr"),
            ("Grève à la raffinerie de Feyzin", "fr"),
            ("Dockers walked out on Thursday morning.", "en"),
            ("Teachers march in Oakland over class sizes", "en"),
            ("Refuse collectors in Leeds walked out on Monday.", "en"),
            ("Cabinet resigns after protests in Leeds.", "en"),
            ("Strike leaders met ministers in Leeds.", "en"),
            ("Mali : ultimatum d'une coalition au président", "fr"),
            ("Aubervilliers en grève", "fr"),
        ] {
            assert_eq!(recognise(text).as_deref(), Some(language), "{text}");
        }
    }

    #[test]
    fn a_long_text_in_a_language_without_a_pack_is_named() {
        let text = "Die Beschäftigten des Werkes legten am Donnerstag die Arbeit nieder. ".repeat(5);
        assert_eq!(recognise(&text).as_deref(), Some("deu"));
        let text = "Рабочие завода объявили забастовку и требуют выплаты зарплаты. ".repeat(5);
        assert_eq!(recognise(&text).as_deref(), Some("rus"));
    }

    #[test]
    fn digits_tell_nothing() {
        assert_eq!(recognise("12 345 - 67"), None);
    }
}
