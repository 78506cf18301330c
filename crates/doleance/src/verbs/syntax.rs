//! `doleance syntax`: train the models that make trees, and measure them as the CoNLL 2018 shared task did.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::{Args, Subcommand};
use doleance_syntax::evaluate::Evaluation;
use doleance_syntax::train::{LexiconEntry, Options, train};
use doleance_syntax::{Settings, SyntaxModel, conllu};
use doleance_text::{Document, LanguageCode};

use crate::outcome::Outcome;

/// Train and evaluate syntax models
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance syntax evaluate --language fr gold.conllu")]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Train a model from treebanks: the same files give the same bytes
    Train(TrainArguments),
    /// Compare a model's analyses with gold trees
    Evaluate(EvaluateArguments),
}

#[derive(Debug, Args)]
struct TrainArguments {
    /// Language of the treebanks: names the settings that are read
    #[arg(long)]
    language: String,
    /// Treebanks to learn from, as CoNLL-U
    #[arg(long, required = true, num_args = 1..)]
    train: Vec<PathBuf>,
    /// Treebanks to measure the finished model on
    #[arg(long, num_args = 1..)]
    dev: Vec<PathBuf>,
    /// Morphological lexicon: a form in lower case, a tab, its class
    #[arg(long)]
    lexicon: Option<PathBuf>,
    /// How the language is written [default: data/languages/LANGUAGE/syntax.toml]
    #[arg(long)]
    settings: Option<PathBuf>,
    /// Where to write the model
    #[arg(short, long)]
    output: PathBuf,
}

#[derive(Debug, Args)]
struct EvaluateArguments {
    /// Language whose shipped model is measured
    #[arg(long)]
    language: String,
    /// A model file to measure instead of the shipped one
    #[arg(long)]
    model: Option<PathBuf>,
    /// Take sentences, tokens and words from the gold files
    #[arg(long)]
    gold_tokens: bool,
    /// Gold trees, as CoNLL-U
    #[arg(required = true)]
    gold: Vec<PathBuf>,
}

/// Runs the verb.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    match &arguments.verb {
        Verb::Train(arguments) => run_train(arguments),
        Verb::Evaluate(arguments) => run_evaluate(arguments),
    }
}

fn run_train(arguments: &TrainArguments) -> anyhow::Result<Outcome> {
    let settings = match &arguments.settings {
        Some(path) => read(path)?,
        None => read(Path::new(&format!("data/languages/{}/syntax.toml", arguments.language)))?,
    };
    let settings: Settings = toml::from_str(&settings).context("the settings are not well formed")?;
    let mut treebanks = Vec::new();
    for path in &arguments.train {
        treebanks.extend(read_trees(path)?);
    }
    let lexicon = match &arguments.lexicon {
        Some(path) => read_lexicon(&read(path)?),
        None => Vec::new(),
    };
    let bytes = train(&treebanks, &lexicon, &settings, &Options::default(), |line| {
        anstream::eprintln!("{line}");
    });
    fs::write(&arguments.output, &bytes)
        .with_context(|| format!("cannot write {}", arguments.output.display()))?;
    let model = SyntaxModel::from_bytes(bytes)?;
    for path in &arguments.dev {
        evaluate(&model, path, true)?;
    }
    Ok(Outcome::Done)
}

fn run_evaluate(arguments: &EvaluateArguments) -> anyhow::Result<Outcome> {
    let own;
    let model = match &arguments.model {
        Some(path) => {
            let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            own = SyntaxModel::from_bytes(bytes)?;
            &own
        }
        None => {
            let pack = crate::rules::packs()
                .get(&LanguageCode(arguments.language.clone()))
                .map_err(|e| e.clone())?
                .with_context(|| format!("there is no language pack for {}", arguments.language))?;
            &pack.syntax
        }
    };
    for path in &arguments.gold {
        evaluate(model, path, arguments.gold_tokens)?;
    }
    Ok(Outcome::Done)
}

/// Prints the table of one file, and on standard error how fast its text was read on one thread.
fn evaluate(model: &SyntaxModel, path: &Path, gold_tokens: bool) -> anyhow::Result<()> {
    let mut sum = Evaluation::default();
    let (mut words, mut time) = (0, Duration::ZERO);
    for gold in read_trees(path)? {
        let start = Instant::now();
        let system = if gold_tokens { model.annotate_segmented(&gold) } else { model.annotate(gold.text()) };
        time += start.elapsed();
        words += system.token_ids().len();
        let evaluation = Evaluation::new(&gold, &system)
            .with_context(|| format!("{} cannot be compared", path.display()))?;
        sum.add(&evaluation);
    }
    write!(anstream::stdout(), "{}\n{sum}\n", path.display())?;
    let rate = words as f64 / time.as_secs_f64().max(f64::MIN_POSITIVE);
    anstream::eprintln!("{words} words read in {:.3} s: {rate:.0} words a second", time.as_secs_f64());
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn read_trees(path: &Path) -> anyhow::Result<Vec<Document>> {
    conllu::read(&read(path)?).with_context(|| format!("{} is no CoNLL-U", path.display()))
}

fn read_lexicon(text: &str) -> Vec<LexiconEntry> {
    text.lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(form, class)| LexiconEntry { form: form.to_owned(), class: class.to_owned() })
        .collect()
}
