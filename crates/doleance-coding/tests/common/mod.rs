//! Coding one sentence, for the tests beside this folder.

use doleance_coding::{CodedReport, CodingOptions, LanguagePacks, code_report};
use doleance_text::{Date, LanguageCode, Report};

/// A text in a language, published on Tuesday 3 December 2019, with the shipped rules.
pub fn coded(language: &str, text: &str) -> CodedReport {
    let mut report = Report::new("sentence.txt", text);
    report.language = Some(LanguageCode(language.to_owned()));
    report.published = Some(Date::constant(2019, 12, 3));
    code_report(LanguagePacks::embedded(), &report, &CodingOptions::default())
}
