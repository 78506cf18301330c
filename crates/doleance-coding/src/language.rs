//! Which language a report is in, from its first letters. Trigram statistics by the whatlang crate.

use doleance_text::LanguageCode;
use whatlang::{Detector, Lang};

use crate::LanguagePacks;

/// Bytes that are looked at: more tells no more.
const ENOUGH: usize = 4096;

/// The language of a text, if there is a pack for it.
pub fn detect_language(packs: &LanguagePacks, text: &str) -> Option<LanguageCode> {
    recognise_language(packs.languages(), text).filter(|language| packs.languages().contains(language))
}

/// The language of a text: one of `available`, or another one where the text is long and plainly in it. `None` where
/// the text tells nothing.
pub fn recognise_language(available: &[LanguageCode], text: &str) -> Option<LanguageCode> {
    let head = &text[..text.floor_char_boundary(ENOUGH)];
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
        let available = [LanguageCode("en".into()), LanguageCode("fr".into())];
        recognise_language(&available, text).map(|code| code.0)
    }

    #[test]
    fn short_sentences_are_recognised() {
        for (text, language) in [
            ("Les dockers ont cessé le travail jeudi matin.", "fr"),
            ("Grève à la raffinerie de Feyzin", "fr"),
            ("Dockers walked out on Thursday morning.", "en"),
            ("Teachers march in Oakland over class sizes", "en"),
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
