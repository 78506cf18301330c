//! `doleance completions`: completion scripts from the command line's own definition.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::command::Command;
use crate::outcome::Outcome;

/// Print the completion script of a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  doleance completions bash > ~/.local/share/bash-completion/completions/doleance"
)]
pub struct Arguments {
    /// The shell that will read the script
    pub shell: Shell,
}

/// Prints the script.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Command::command(), "doleance", &mut script);
    std::io::Write::write_all(&mut std::io::stdout().lock(), &script)?;
    Ok(Outcome::Done)
}
