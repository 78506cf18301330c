//! Which language a report is in.

use doleance_text::LanguageCode;

use crate::LanguagePacks;

/// How much of a text is looked at: enough to be sure, little enough to be quick.
const LOOKED_AT: usize = 4000;

/// The language of a text, if there is a pack for it. Trigram statistics by the whatlang crate, on the first characters.
///
/// A short text may look like a neighbour language: where the statistics are not sure, the languages that have a pack are
/// compared among themselves.
pub fn detect_language(packs: &LanguagePacks, text: &str) -> Option<LanguageCode> {
    let end = text.char_indices().map(|(i, _)| i).take_while(|&i| i <= LOOKED_AT).last().unwrap_or(0);
    let sample = if end + 4 >= text.len() { text } else { &text[..end] };
    let with_pack = |language: whatlang::Lang| {
        let code = two_letters(language)?;
        packs.languages().iter().find(|l| l.0 == code).cloned()
    };
    let found = whatlang::detect(sample)?;
    if let Some(code) = with_pack(found.lang()) {
        return Some(code);
    }
    if found.is_reliable() {
        return None;
    }
    let known = whatlang::Lang::all().iter().copied().filter(|&l| with_pack(l).is_some()).collect();
    let second = whatlang::Detector::with_allowlist(known).detect(sample)?;
    (second.script() == found.script()).then(|| with_pack(second.lang())).flatten()
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
