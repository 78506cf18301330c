//! Coded reports as bytes: a chronicle to read, JSON Lines, or a table for other programs.
//!
//! Each piece is rendered by itself, so rendering runs beside the coding; what stands before the first and after the
//! last piece is rendered apart.

mod csv;
mod jsonl;
pub mod mentions;
mod plain;
mod table;
mod wrap;

use std::ops::AddAssign;

use clap::ValueEnum;

pub use self::plain::{neutral, one_line};
use crate::coding::{Piece, shift};

/// The forms in which records are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A chronicle to read
    Table,
    /// Record format 1, one JSON object a line
    Jsonl,
    /// One row per event record, for spreadsheets and R
    Csv,
}

/// How to render.
#[derive(Clone, Copy, Debug)]
pub struct Rendering {
    /// The form.
    pub format: Format,
    /// Columns of the terminal, for [`Format::Table`].
    pub width: usize,
    /// Whether cells of [`Format::Csv`] stay as they are even where a spreadsheet would run them.
    pub raw_cells: bool,
}

/// What was coded, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Reports; only its last part counts a report.
    pub reports: usize,
    /// Event records.
    pub events: usize,
    /// Claims.
    pub claims: usize,
    /// Links.
    pub links: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.reports += more.reports;
        self.events += more.events;
        self.claims += more.claims;
        self.links += more.links;
    }
}

impl Counts {
    /// Of one piece.
    pub fn of(piece: &Piece) -> Self {
        Counts {
            reports: usize::from(piece.is_last),
            events: piece.coded.events.len(),
            claims: piece.coded.claims.len(),
            links: piece.coded.links.len(),
        }
    }
}

impl Rendering {
    /// What stands before the first piece.
    pub fn head(&self) -> Vec<u8> {
        match self.format {
            Format::Csv => csv::head(),
            Format::Table | Format::Jsonl => Vec::new(),
        }
    }

    /// One piece.
    pub fn piece(&self, mut piece: Piece) -> Vec<u8> {
        if self.format == Format::Table {
            return table::render(&piece, self.width).into_bytes();
        }
        shift(&mut piece);
        match self.format {
            Format::Csv => csv::render(&piece.coded, self.raw_cells),
            Format::Table | Format::Jsonl => jsonl::render(&piece.coded),
        }
    }

    /// What stands after the last piece.
    pub fn foot(&self, counts: &Counts) -> Vec<u8> {
        match self.format {
            Format::Table => table::foot(counts).into_bytes(),
            Format::Csv | Format::Jsonl => Vec::new(),
        }
    }
}
