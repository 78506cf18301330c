//! `doleance train`: learn the weights of the statistical choices from coded reports.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use doleance_coding::choices::training::Descent;
use doleance_coding::train::{Coded, GoldReport, cross_validate, train};
use doleance_text::{CountryCode, Date, LanguageCode, Report};
use serde::Deserialize;

use crate::outcome::Outcome;

/// Which of the coded reports are learned from, by their order of name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Half {
    /// All of them.
    All,
    /// The first, third, fifth, …; the others stay for measuring.
    First,
    /// The second, fourth, sixth, …
    Second,
}

/// Learn the weights of the statistical choices from coded reports
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  doleance train --half first -o data/codebook/choices.tsv coded/\n  doleance train --parts 4 -o records.jsonl coded/"
)]
pub struct Arguments {
    /// Passes over the reports
    #[arg(long, default_value_t = Descent::default().epochs)]
    epochs: u32,
    /// Strength of the pull of every weight to zero
    #[arg(long, default_value_t = Descent::default().l2)]
    l2: f32,
    /// Learn from every other report only
    #[arg(long, value_enum, default_value = "all")]
    half: Half,
    /// Where to write the weights; with --parts, the records
    #[arg(short, long)]
    output: PathBuf,
    /// Measure instead: deal the reports into so many parts and write, as JSON Lines, the records of each part coded
    /// with weights learned from the others
    #[arg(long, value_name = "N")]
    parts: Option<usize>,
    /// A folder to learn from where, when and what is demanded, and nothing else; with --parts in every part, and not to
    /// measure on
    #[arg(long, value_name = "FOLDER")]
    with: Vec<PathBuf>,
    /// Folders of NAME.txt with NAME.gold.json
    #[arg(required = true)]
    folders: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Header {
    document: String,
    language: Option<String>,
    published: Option<String>,
    country: Option<String>,
}

/// Runs the verb.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let packs = crate::rules::packs();
    let shared = packs.shared().map_err(|e| e.clone())?;
    let (mut chosen, mut beside) = (Vec::new(), Vec::new());
    for language in packs.languages() {
        let Some(pack) = packs.get(language).map_err(|e| e.clone())? else { continue };
        let mut reports = Vec::new();
        for folder in &arguments.folders {
            reports.extend(read_folder(folder, &language.0)?);
        }
        for folder in &arguments.with {
            let read = read_folder(folder, &language.0)?.into_iter();
            beside.extend(read.map(|(report, gold)| Coded::new(pack, shared, report, gold)));
        }
        let taken = reports.into_iter().enumerate().filter(|(number, _)| match arguments.half {
            Half::All => true,
            Half::First => number % 2 == 0,
            Half::Second => number % 2 == 1,
        });
        chosen.extend(taken.map(|(_, (report, gold))| Coded::new(pack, shared, report, gold)));
    }
    let (chosen, beside): (Vec<&Coded>, Vec<&Coded>) = (chosen.iter().collect(), beside.iter().collect());
    let descent = Descent { epochs: arguments.epochs, l2: arguments.l2, ..Descent::default() };
    if let Some(parts) = arguments.parts {
        let mut text = String::new();
        for record in
            cross_validate(shared, &chosen, &beside, descent, parts).iter().flat_map(|r| r.records())
        {
            text.push_str(&serde_json::to_string(&record)?);
            text.push('\n');
        }
        return write(&arguments.output, &text);
    }
    let choices = train(shared, &chosen, &beside, descent);
    let text = format!(
        "# Weights of the statistical choices: model, feature, weight. Learned by `doleance train` from {} coded reports.\n{}",
        chosen.len(),
        choices.to_tsv()
    );
    write(&arguments.output, &text)
}

fn write(path: &Path, text: &str) -> anyhow::Result<Outcome> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(Outcome::Done)
}

fn read_folder(folder: &Path, language: &str) -> anyhow::Result<Vec<(Report, GoldReport)>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    files.retain(|p| p.to_string_lossy().ends_with(".gold.json"));
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let json = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let header: Header =
            serde_json::from_str(&json).with_context(|| format!("{} is no gold file", file.display()))?;
        if header.language.as_deref() != Some(language) {
            continue;
        }
        let gold: GoldReport = serde_json::from_str(&json)?;
        let text = fs::read_to_string(folder.join(&header.document))?;
        let mut report = Report::new(header.document, text);
        report.language = Some(LanguageCode(language.to_owned()));
        report.published = header.published.as_deref().and_then(|d| d.parse::<Date>().ok());
        report.country = header.country.as_deref().and_then(CountryCode::parse);
        found.push((report, gold));
    }
    Ok(found)
}
