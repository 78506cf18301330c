//! The command line: one definition from which help, completions and man pages come.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::outcome::Outcome;
use crate::verbs;

/// Codes reports of protest and labour conflict into checkable chronicles, offline.
#[derive(Debug, Parser)]
#[command(name = "doleance", version, about, max_term_width = 100)]
pub struct Command {
    /// What to do.
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// Rules from a folder laid out as data/; files that it lacks are those built in.
    #[arg(long, global = true, value_name = "DIR")]
    pub rules: Option<PathBuf>,
}

/// The verbs, each in its own file.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)]
pub enum Verb {
    Chronicle(verbs::chronicle::Arguments),
    Code(verbs::code::Arguments),
    Annotate(verbs::annotate::Arguments),
    Check(verbs::check::Arguments),
    Explain(verbs::explain::Arguments),
    Trace(verbs::trace::Arguments),
    Train(verbs::train::Arguments),
    Syntax(verbs::syntax::Arguments),
    Gazetteer(verbs::gazetteer::Arguments),
    Ingest(verbs::ingest::Arguments),
    Merge(verbs::merge::Arguments),
    List(verbs::list::Arguments),
    Show(verbs::show::Arguments),
    Search(verbs::search::Arguments),
    Decide(verbs::decide::Arguments),
    Export(verbs::export::Arguments),
    Report(verbs::report::Arguments),
    Recode(verbs::recode::Arguments),
    Forget(verbs::forget::Arguments),
    Completions(verbs::completions::Arguments),
    Man(verbs::man::Arguments),
}

impl Verb {
    /// Does it.
    pub fn run(&self) -> anyhow::Result<Outcome> {
        match self {
            Verb::Chronicle(arguments) => verbs::chronicle::run(arguments),
            Verb::Code(arguments) => verbs::code::run(arguments),
            Verb::Annotate(arguments) => verbs::annotate::run(arguments),
            Verb::Check(arguments) => verbs::check::run(arguments),
            Verb::Explain(arguments) => verbs::explain::run(arguments),
            Verb::Trace(arguments) => verbs::trace::run(arguments),
            Verb::Train(arguments) => verbs::train::run(arguments),
            Verb::Syntax(arguments) => verbs::syntax::run(arguments),
            Verb::Gazetteer(arguments) => verbs::gazetteer::run(arguments),
            Verb::Ingest(arguments) => verbs::ingest::run(arguments),
            Verb::Merge(arguments) => verbs::merge::run(arguments),
            Verb::List(arguments) => verbs::list::run(arguments),
            Verb::Show(arguments) => verbs::show::run(arguments),
            Verb::Search(arguments) => verbs::search::run(arguments),
            Verb::Decide(arguments) => verbs::decide::run(arguments),
            Verb::Export(arguments) => verbs::export::run(arguments),
            Verb::Report(arguments) => verbs::report::run(arguments),
            Verb::Recode(arguments) => verbs::recode::run(arguments),
            Verb::Forget(arguments) => verbs::forget::run(arguments),
            Verb::Completions(arguments) => verbs::completions::run(arguments),
            Verb::Man(arguments) => verbs::man::run(arguments),
        }
    }
}
