//! `doleance trace`.

use anyhow::Context;
use clap::Args;
use doleance_coding::{CodingOptions, LanguagePacks, detect_language, trace};
use doleance_text::{Date, LanguageCode, Report};
use std::io::Write;

use crate::outcome::Outcome;

/// Show which rule gave which value of a sentence
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance trace 'The dockers walked out on Monday.'")]
pub struct Arguments {
    /// Language of the sentence; recognised where it is not given
    #[arg(long)]
    language: Option<String>,
    /// Day of publication, which relative times are counted from
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    /// The sentence
    sentence: String,
}

/// Runs the verb.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let packs = LanguagePacks::embedded();
    let language = match &arguments.language {
        Some(code) => LanguageCode(code.clone()),
        None => detect_language(packs, &arguments.sentence)
            .context("the language was not recognised; state it with --language")?,
    };
    let shared = packs.shared().map_err(|e| e.clone())?;
    let pack = packs
        .get(&language)
        .map_err(|e| e.clone())?
        .with_context(|| format!("there is no language pack for {}", language.0))?;
    let mut report = Report::new("sentence", arguments.sentence.clone());
    report.published = arguments.published;
    let text = trace(pack, shared, &report, &CodingOptions::default());
    anstream::stdout().write_all(text.as_bytes())?;
    Ok(Outcome::Done)
}
