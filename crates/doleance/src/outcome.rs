//! How a run ended: exit statuses, and the one way in which problems reach standard error.
//!
//! 0 means that all was done, 2 that something could not be. A closed pipe is not a failure: whoever reads has had
//! enough. No message here may carry text of a report.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// How much of what was asked a verb has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All of it.
    Done,
    /// A part: each problem has been printed to standard error.
    Incomplete,
}

impl Outcome {
    /// Done only where both are.
    pub fn and(self, other: Outcome) -> Outcome {
        if self == Outcome::Done { other } else { self }
    }
}

/// What could not be done, where, why, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// File, or `-` for standard input; empty where the problem belongs to no file.
    pub file: String,
    /// Line in that file, from 1.
    pub line: Option<u64>,
    /// What is the matter.
    pub reason: String,
    /// What the user can do about it.
    pub repair: String,
}

impl Problem {
    /// A problem with a whole file.
    pub fn new(file: impl Into<String>, reason: impl Into<String>, repair: impl Into<String>) -> Self {
        Problem { file: file.into(), line: None, reason: reason.into(), repair: repair.into() }
    }

    /// The same problem at a line.
    pub fn at_line(self, line: u64) -> Self {
        Problem { line: Some(line), ..self }
    }

    /// Prints it to standard error.
    pub fn print(&self) {
        anstream::eprintln!("doleance: {self}");
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            let file: String =
                self.file.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
            write!(out, "{file}:")?;
            if let Some(line) = self.line {
                write!(out, "{line}:")?;
            }
            out.write_str(" ")?;
        }
        write!(out, "{}. {}", self.reason, self.repair)
    }
}

impl std::error::Error for Problem {}

/// Turns the end of a verb into an exit status, printing an error that nobody has printed.
pub fn exit_status(result: anyhow::Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Incomplete) => ExitCode::from(2),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("doleance: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether an error says that the reader of our output has gone.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|e| e.io_error_kind() == Some(io::ErrorKind::BrokenPipe))
    })
}

/// Lets a panic print its place only: its message may quote the report.
pub fn hide_panic_messages() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        anstream::eprintln!("doleance: internal error at {place}. Please report this line.");
    }));
}
