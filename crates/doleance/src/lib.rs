//! The shell of Doléance: command line, files, clock and terminal.
//!
//! This is the only crate with input and output. It reads reports, hands them to `doleance-coding`, and prints
//! what comes back; it decides nothing about what a report says. One file per verb is in [`verbs`].

pub mod coding;
pub mod command;
pub mod fuzzing;
pub mod input;
pub mod outcome;
pub mod output;
pub mod page;
pub mod rules;
pub mod verbs;

use std::process::ExitCode;

use clap::Parser;

/// Runs the command line of this process and gives its exit status: 0 done, 2 could not do all of it.
pub fn main() -> ExitCode {
    outcome::hide_panic_messages();
    let command = command::Command::parse();
    let chosen = command.rules.as_deref().map_or(Ok(()), rules::choose);
    let result = chosen.and_then(|()| match &command.verb {
        Some(verb) => verb.run(),
        None => verbs::welcome(),
    });
    outcome::exit_status(result)
}
