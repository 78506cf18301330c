//! `doleance man`: manual pages from the command line's own definition.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, CommandFactory};

use crate::command::Command;
use crate::outcome::Outcome;

/// Print the manual page, or write the pages of all verbs into a folder
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  doleance man --output ~/.local/share/man/man1")]
pub struct Arguments {
    /// Write doleance.1 and one page per verb into this folder instead of printing
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// Prints or writes the pages.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut command = Command::command();
    command.build();
    match &arguments.output {
        None => std::io::stdout().lock().write_all(&page(command)?)?,
        Some(folder) => write_pages(&command, folder)?,
    }
    Ok(Outcome::Done)
}

fn write_pages(command: &clap::Command, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let verbs = command.get_subcommands().map(|verb| (format!("doleance-{}.1", verb.get_name()), verb));
    for (name, verb) in std::iter::once(("doleance.1".to_owned(), command)).chain(verbs) {
        let path = folder.join(name);
        fs::write(&path, page(verb.clone())?).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn page(command: clap::Command) -> anyhow::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(page)
}
