//! Opens what was named on the command line and cuts it into raw reports, in a fixed order.
//!
//! Folders are walked in the order of their entries' names. A JSON Lines file is read line by line, so a file of
//! any length takes the memory of its longest line.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::{Form, LARGEST_REPORT, RawReport};
use crate::outcome::Problem;

/// File name endings of reports; other files in a folder are passed over.
const ENDINGS: [(&str, Shape); 9] = [
    ("txt", Shape::Text),
    ("text", Shape::Text),
    ("md", Shape::Text),
    ("markdown", Shape::Text),
    ("html", Shape::Html),
    ("htm", Shape::Html),
    ("xhtml", Shape::Html),
    ("jsonl", Shape::JsonLines),
    ("ndjson", Shape::JsonLines),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Text,
    Html,
    JsonLines,
}

/// A file still to be read.
#[derive(Clone, Debug)]
struct Named {
    path: PathBuf,
    /// Name of a report that has none of its own: the path below the folder that was named.
    id: String,
}

/// The raw reports of files, folders and standard input (`-`).
pub struct RawReports {
    waiting: VecDeque<Result<Named, Problem>>,
    lines: Option<Lines>,
}

struct Lines {
    input: Box<dyn BufRead + Send>,
    file: String,
    id: String,
    number: u64,
}

impl RawReports {
    /// Finds the files; opens none yet.
    pub fn new(inputs: &[PathBuf]) -> Self {
        let mut waiting = VecDeque::new();
        for input in inputs {
            if input.is_dir() {
                let before = waiting.len();
                walk(input, input, &mut waiting);
                if waiting.len() == before {
                    waiting.push_back(Err(Problem::new(
                        input.display().to_string(),
                        "the folder holds no reports",
                        "Reports end in .txt, .md, .html or .jsonl; name other files one by one.",
                    )));
                }
            } else {
                let id = input.file_name().unwrap_or(input.as_os_str()).to_string_lossy().into_owned();
                let id = if is_standard_input(input) { "stdin".to_owned() } else { id };
                waiting.push_back(Ok(Named { path: input.clone(), id }));
            }
        }
        RawReports { waiting, lines: None }
    }

    /// The lines of JSON Lines that are already open. `file` names them in messages.
    pub fn from_lines(file: &str, input: Box<dyn BufRead + Send>) -> Self {
        let lines = Lines { input, file: file.to_owned(), id: file.to_owned(), number: 0 };
        RawReports { waiting: VecDeque::new(), lines: Some(lines) }
    }
}

/// Bytes in all files named, for a progress bar. Standard input counts as nothing.
pub fn total_bytes(inputs: &[PathBuf]) -> u64 {
    let sizes = RawReports::new(inputs).waiting.into_iter().flatten();
    sizes.filter_map(|named| fs::metadata(&named.path).ok()).map(|metadata| metadata.len()).sum()
}

impl Iterator for RawReports {
    type Item = Result<RawReport, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(next) => return Some(next),
                    None => self.lines = None,
                }
            }
            let named = match self.waiting.pop_front()? {
                Ok(named) => named,
                Err(problem) => return Some(Err(problem)),
            };
            match open(&named) {
                Ok(Opened::Whole(raw)) => return Some(Ok(raw)),
                Ok(Opened::Lines(lines)) => self.lines = Some(lines),
                Err(problem) => return Some(Err(problem)),
            }
        }
    }
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn walk(root: &Path, folder: &Path, found: &mut VecDeque<Result<Named, Problem>>) {
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            let repair = "Check that the folder can be read.";
            found.push_back(Err(Problem::new(folder.display().to_string(), cannot_read(&error), repair)));
            return;
        }
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        // A link to a folder may lead back up; a link to a file is as good as the file.
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if hidden {
            continue;
        } else if is_folder {
            walk(root, &path, found);
        } else if shape_by_ending(&path).is_some() && path.is_file() {
            let below = path.strip_prefix(root).unwrap_or(&path);
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            found.push_back(Ok(Named { id: parts.join("/"), path }));
        }
    }
}

fn shape_by_ending(path: &Path) -> Option<Shape> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, shape)| *shape)
}

enum Opened {
    Whole(RawReport),
    Lines(Lines),
}

fn open(named: &Named) -> Result<Opened, Problem> {
    let file = named.path.display().to_string();
    let failed = |error: io::Error| {
        Problem::new(file.clone(), cannot_read(&error), "Check the name, and that the file can be read.")
    };
    let input: Box<dyn Read + Send> = if is_standard_input(&named.path) {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(&named.path).map_err(failed)?)
    };
    let mut input = BufReader::with_capacity(64 << 10, input);
    let head = head(&mut input).map_err(failed)?;
    let is_wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    let shape = shape_by_ending(&named.path).unwrap_or_else(|| shape_by_sight(&head));
    let mut input = io::Cursor::new(head).chain(input);
    if shape == Shape::JsonLines && !is_wide {
        let lines = Lines { input: Box::new(input), file, id: named.id.clone(), number: 0 };
        return Ok(Opened::Lines(lines));
    }
    let mut bytes = Vec::new();
    (&mut input).take(LARGEST_REPORT + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST_REPORT {
        return Err(too_large(file));
    }
    if shape == Shape::JsonLines {
        let text = super::decode(bytes, None)
            .map_err(|not_text| Problem::new(file.clone(), not_text.reason, not_text.repair))?;
        let input = Box::new(io::Cursor::new(text.into_bytes()));
        return Ok(Opened::Lines(Lines { input, file, id: named.id.clone(), number: 0 }));
    }
    let form = if shape == Shape::Html { Form::Html } else { Form::Text };
    Ok(Opened::Whole(RawReport { file, line: None, id: named.id.clone(), form, bytes }))
}

/// The first bytes, at least up to the first that is not white space.
fn head(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while head.len() < 4096 && head.iter().all(u8::is_ascii_whitespace) {
        let mut chunk = [0; 1024];
        match input.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => head.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(head)
}

fn shape_by_sight(head: &[u8]) -> Shape {
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let begins = |tag: &[u8]| start.len() >= tag.len() && start[..tag.len()].eq_ignore_ascii_case(tag);
    if start.starts_with(b"{") && !start.starts_with(b"{\\rtf") {
        Shape::JsonLines
    } else if begins(b"<!doctype html") || begins(b"<html") || begins(b"<head") || begins(b"<?xml") {
        Shape::Html
    } else {
        Shape::Text
    }
}

impl Iterator for Lines {
    type Item = Result<RawReport, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut bytes = Vec::new();
            let read = (&mut self.input).take(LARGEST_REPORT + 1).read_until(b'\n', &mut bytes);
            self.number += 1;
            match read {
                Ok(0) if self.number == 1 => {
                    let repair = "Give one report a line as a JSON object with the field \"text\".";
                    return Some(Err(Problem::new(self.file.clone(), "the file is empty", repair)));
                }
                Ok(0) => return None,
                Ok(count) if count as u64 > LARGEST_REPORT => {
                    self.input = Box::new(io::empty());
                    return Some(Err(too_large(self.file.clone()).at_line(self.number)));
                }
                Ok(_) => {
                    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").filter(|_| self.number == 1);
                    let bytes = text.map_or(bytes.as_slice(), |text| text).trim_ascii();
                    if bytes.is_empty() {
                        continue;
                    }
                    return Some(Ok(RawReport {
                        file: self.file.clone(),
                        line: Some(self.number),
                        id: format!("{}:{}", self.id, self.number),
                        form: Form::JsonLine,
                        bytes: bytes.to_vec(),
                    }));
                }
                Err(error) => {
                    self.input = Box::new(io::empty());
                    let problem = Problem::new(self.file.clone(), cannot_read(&error), "Check the file.");
                    return Some(Err(problem.at_line(self.number)));
                }
            }
        }
    }
}

fn cannot_read(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "the file may not be read".to_owned(),
        io::ErrorKind::IsADirectory => "this is a folder".to_owned(),
        _ => format!("cannot be read ({error})"),
    }
}

fn too_large(file: String) -> Problem {
    let reason = format!("the report is larger than {} MiB", LARGEST_REPORT >> 20);
    Problem::new(file, reason, "Split it into several reports.")
}
