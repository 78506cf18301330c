//! Settles the language of a report before it is coded.

use doleance_coding::{LanguagePacks, recognise_language};
use doleance_text::{LanguageCode, Report};

use crate::input::BadValue;

/// Gives a report its language: the one stated, or the one recognised. The error says why there is none that is read.
pub fn settle_language(report: &mut Report, packs: &LanguagePacks) -> Result<LanguageCode, BadValue> {
    let available = packs.languages();
    let language = report.language.take().or_else(|| recognise_language(packs, &report.text));
    let reason = match language {
        Some(language) if available.contains(&language) => {
            report.language = Some(language.clone());
            return Ok(language);
        }
        Some(language) => format!("the report is in a language without a pack ({})", language.0),
        None => "the report's language is not recognised".to_owned(),
    };
    let known: Vec<_> = available.iter().map(|language| language.0.as_str()).collect();
    Err((
        reason,
        format!("Packs: {}. State the language with --language if this is wrong.", known.join(", ")),
    ))
}
