//! Which language a report is in.

use doleance_text::LanguageCode;

use crate::LanguagePacks;

/// How much of a text is looked at: enough to be sure, little enough to be quick.
const LOOKED_AT: usize = 4000;

/// The language of a text, if there is a pack for it. Trigram statistics by the whatlang crate, on the first characters.
pub fn detect_language(packs: &LanguagePacks, text: &str) -> Option<LanguageCode> {
    let end = text.char_indices().map(|(i, _)| i).take_while(|&i| i <= LOOKED_AT).last().unwrap_or(0);
    let sample = if end + 4 >= text.len() { text } else { &text[..end] };
    let found = whatlang::detect(sample)?;
    let code = two_letters(found.lang())?;
    packs.languages().iter().find(|l| l.0 == code).cloned()
}

/// ISO 639-1 code of a language that whatlang knows by its ISO 639-3 code.
fn two_letters(language: whatlang::Lang) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("eng", "en"),
        ("fra", "fr"),
        ("rus", "ru"),
        ("spa", "es"),
        ("deu", "de"),
        ("ita", "it"),
        ("por", "pt"),
        ("ukr", "uk"),
        ("pol", "pl"),
        ("nld", "nl"),
        ("tur", "tr"),
        ("ron", "ro"),
        ("cat", "ca"),
        ("bul", "bg"),
        ("arb", "ar"),
        ("ara", "ar"),
        ("pes", "fa"),
        ("ell", "el"),
        ("hin", "hi"),
        ("ben", "bn"),
        ("ces", "cs"),
    ];
    CODES.iter().find(|(three, _)| *three == language.code()).map(|(_, two)| *two)
}
