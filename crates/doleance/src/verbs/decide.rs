//! `doleance decide`: what a reviewer says, one decision on the command line or many from JSON Lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use doleance_dataset::{Addition, Decision, Ruling, Store, Verdict};
use serde_json::{Map, Value, json};

use super::dataset::{DIM, Dataset, count};
use super::vocabulary::Vocabulary;
use crate::outcome::{Outcome, Problem};
use crate::output::one_line;

/// Take a reviewer's decisions: accept, reject, correct, merge, split, add
///
/// Decisions are kept in an append-only chain, and every later merge and recode replays them. All that is given at once
/// is taken, or nothing. Run `doleance merge` afterwards to bring decisions into the events.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance decide -d chronicle.db --coder ada accept ev-4k7q9m2xw1ta
  doleance decide -d chronicle.db --coder ada correct r-4k7q9m2xw1ta time 2024-03-04
  doleance decide -d chronicle.db --coder ada correct r-4k7q9m2xw1ta place FR:city:Lille
  doleance decide -d chronicle.db --coder ada merge ev-4k7q9m2xw1ta ev-8c2n5d0rj6pb
  doleance decide -d chronicle.db --coder ada split ev-4k7q9m2xw1ta r-4k7q9m2xw1ta,r-8c2n5d0rj6pb
  doleance decide -d chronicle.db --coder ada add echo.txt --words rallied --kind rally --time 2024-03-04
  doleance decide -d chronicle.db --coder ada lines decisions.jsonl
  doleance decide -d chronicle.db list")]
pub struct Arguments {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub dataset: Dataset,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub coder: Option<String>,
    /// Why, for whoever reads the decision later
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// When, like 2024-04-01T12:00:00Z; now unless given
    #[arg(long, value_name = "TIME")]
    pub at: Option<jiff::Timestamp>,
    /// What is decided
    #[command(subcommand)]
    pub what: What,
}

/// The decisions there are.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Records, or all records of an event, are right as they are
    Accept {
        /// Records (r-…) or events (ev-…)
        #[arg(required = true, value_name = "ID")]
        subjects: Vec<String>,
    },
    /// No such event is reported: the records take part in no merge
    Reject {
        /// Records (r-…) or events (ev-…)
        #[arg(required = true, value_name = "ID")]
        subjects: Vec<String>,
    },
    /// Take back what was accepted or rejected
    Reopen {
        /// Records (r-…) or events (ev-…)
        #[arg(required = true, value_name = "ID")]
        subjects: Vec<String>,
    },
    /// A field of a record, or the kind, status, time or place of an event, has another value
    Correct {
        /// A record (r-…) or an event (ev-…)
        #[arg(value_name = "ID")]
        subject: String,
        /// Its field, like kind, status, time, place, actors, size
        field: String,
        /// The value: a word, a day, a place like FR:city:Lille, or JSON in the form of the record; null for none
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Several events are one
    Merge {
        /// Events (ev-…)
        #[arg(required = true, num_args = 2.., value_name = "EVENT")]
        events: Vec<String>,
    },
    /// One event is several: each group of records is one, and what is left is one more
    Split {
        /// The event (ev-…)
        event: String,
        /// Records (r-…) that are one event, with commas between
        #[arg(required = true, value_name = "RECORD,RECORD…")]
        groups: Vec<String>,
    },
    /// The report tells of an event that was not found
    Add(Box<Added>),
    /// Take decisions from JSON Lines, one object a line
    ///
    /// Each line has `decide` (accept, reject, reopen, correct, merge, split, add) and what that decision needs: `subject`;
    /// `subject`, `field` and `value`; `events`; `event` and `groups`; or `report`, `words` and the fields of a record.
    /// `coder`, `note` and `time_of_decision` may stand beside it.
    #[command(after_help = r#"Example:
  {"decide":"accept","subject":"ev-4k7q9m2xw1ta"}
  {"decide":"correct","subject":"r-4k7q9m2xw1ta","field":"kind","value":"march","note":"they walked"}
  {"decide":"merge","events":["ev-4k7q9m2xw1ta","ev-8c2n5d0rj6pb"]}
  {"decide":"split","event":"ev-4k7q9m2xw1ta","groups":[["r-8c2n5d0rj6pb"]]}
  {"decide":"add","report":"echo.txt","words":"rallied","kind":"rally","time":"2024-03-04",
   "place":"FR:city:Lille","actors":[{"role":"workers","sector":"rail","words":"railway workers"}]}
  (each on one line)"#)]
    Lines {
        /// A file, or - for standard input
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
    },
    /// List the decisions that were taken
    List {
        /// Print JSON, one decision a line
        #[arg(long)]
        json: bool,
    },
}

/// A record to be added.
#[derive(Debug, Args)]
pub struct Added {
    /// Name of the report, as `doleance search` prints it
    pub report: String,
    /// The words of the report that name the action
    #[arg(long, value_name = "WORDS")]
    pub words: String,
    /// Which time they stand there, from 1, where they do more than once
    #[arg(long, value_name = "N")]
    pub nth: Option<usize>,
    /// Further words that it rests on
    #[arg(long, value_name = "WORDS")]
    pub evidence: Vec<String>,
    /// Kind of action, like strike
    #[arg(long, value_name = "KIND")]
    pub kind: String,
    /// Whether it took place, like happened or called_for
    #[arg(long, value_name = "STATUS", default_value = "happened")]
    pub status: String,
    /// A day, or two with .. between
    #[arg(long, value_name = "DATE")]
    pub time: Option<String>,
    /// Where: FR:city:Lille, geonames:2998324, or a name that one place bears
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Who did it, as role/sector/organisation
    #[arg(long, value_name = "ACTOR")]
    pub actor: Vec<String>,
    /// To whom, as role/sector/organisation
    #[arg(long, value_name = "ACTOR")]
    pub target: Vec<String>,
    /// How many took part, as 300, 300-400 or 300/police
    #[arg(long, value_name = "FIGURE")]
    pub size: Vec<String>,
    /// Deaths
    #[arg(long, value_name = "FIGURE")]
    pub killed: Vec<String>,
    /// Injuries
    #[arg(long, value_name = "FIGURE")]
    pub injured: Vec<String>,
    /// Arrests
    #[arg(long, value_name = "FIGURE")]
    pub arrested: Vec<String>,
    /// Who says so
    #[arg(long, value_name = "SPEAKER")]
    pub reported_by: Option<String>,
}

/// Takes decisions, or lists them.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let path = &arguments.dataset.path;
    if let What::List { json } = arguments.what {
        return list(&Store::open_read_only(path)?.decisions()?, json);
    }
    let mut store = Store::open(path)?;
    let vocabulary = Vocabulary::embedded()?;
    let (file, given) = match rulings(arguments) {
        Ok(given) => given,
        Err(problem) => {
            problem.print();
            return Ok(Outcome::Incomplete);
        }
    };
    let lines: Vec<u64> = given.iter().map(|(line, _)| *line).collect();
    let at_line = |number: usize| lines.get(number).copied().unwrap_or_default();
    let mut rulings = Vec::with_capacity(given.len());
    for (number, (_, mut ruling)) in given.into_iter().enumerate() {
        if let Err(reason) = vocabulary.settle_places(&mut ruling.verdict) {
            refused(
                &file,
                at_line(number),
                &format!("the decision cannot be taken: {reason}. Nothing was changed"),
            );
            return Ok(Outcome::Incomplete);
        }
        rulings.push(ruling);
    }
    match store.rule(&rulings, |decision| vocabulary.allows(decision)) {
        Ok(numbers) => {
            let words = format!(
                "{} taken. `doleance merge -d {}` brings what was decided into the events\n",
                count(numbers.len(), "decision"),
                path.display()
            );
            anstream::stdout().write_all(words.as_bytes())?;
            Ok(Outcome::Done)
        }
        Err(error) => {
            refused(&file, at_line(error.number), &error.to_string());
            Ok(Outcome::Incomplete)
        }
    }
}

/// How the dataset's own refusals end.
const UNCHANGED: &str = "Nothing was changed";

fn refused(file: &str, line: u64, reason: &str) {
    let place = if file.is_empty() { String::new() } else { format!("{}:{line}: ", one_line(file)) };
    let end = if reason.ends_with(UNCHANGED) { "" } else { ". Nothing was changed" };
    anstream::eprintln!("doleance: {place}{}{end}", one_line(reason));
}

/// What was given, each with its line; and the name of the file, where it came from one.
fn rulings(arguments: &Arguments) -> Result<(String, Vec<(u64, Ruling)>), Problem> {
    let time = arguments.at.unwrap_or_else(jiff::Timestamp::now);
    if let What::Lines { file } = &arguments.what {
        let name = file.display().to_string();
        return read_lines(file, &name, arguments, time).map(|rulings| (name, rulings));
    }
    let Some(coder) = &arguments.coder else {
        let repair = "Name whoever decides, as in `--coder ada`.";
        return Err(Problem::new("", "a decision needs someone who takes it", repair));
    };
    let of = |verdict| (0, Ruling { verdict, coder: coder.clone(), time, note: arguments.note.clone() });
    let of_each = |subjects: &[String], verdict: fn(String) -> Verdict| {
        subjects.iter().map(|subject| of(verdict(subject.clone()))).collect()
    };
    let rulings = match &arguments.what {
        What::Accept { subjects } => of_each(subjects, |subject| Verdict::Accept { subject }),
        What::Reject { subjects } => of_each(subjects, |subject| Verdict::Reject { subject }),
        What::Reopen { subjects } => of_each(subjects, |subject| Verdict::Reopen { subject }),
        What::Correct { subject, field, value } => vec![of(Verdict::Correct {
            subject: subject.clone(),
            field: field.clone(),
            // What is no JSON is a word.
            value: serde_json::from_str(value).unwrap_or_else(|_| json!(value)),
        })],
        What::Merge { events } => vec![of(Verdict::Merge { events: events.clone() })],
        What::Split { event, groups } => vec![of(Verdict::Split {
            event: event.clone(),
            groups: groups.iter().map(|group| group.split(',').map(str::to_owned).collect()).collect(),
        })],
        What::Add(added) => vec![of(Verdict::Add(added.addition()))],
        What::Lines { .. } | What::List { .. } => Vec::new(),
    };
    Ok((String::new(), rulings))
}

fn read_lines(
    file: &Path,
    name: &str,
    arguments: &Arguments,
    time: jiff::Timestamp,
) -> Result<Vec<(u64, Ruling)>, Problem> {
    let unread = |error: io::Error| {
        let reason = format!("cannot be read ({error})");
        Problem::new(name, reason, "Check the name, and that the file is text in UTF-8.")
    };
    let reader: Box<dyn BufRead> = if name == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file).map_err(unread)?))
    };
    let mut rulings = Vec::new();
    for (number, line) in (1u64..).zip(reader.lines()) {
        let line = line.map_err(unread)?;
        if line.trim().is_empty() {
            continue;
        }
        let mut ruling = Ruling::from_json(&line, arguments.coder.as_deref(), time).map_err(|reason| {
            Problem::new(name, reason, "`doleance decide lines --help` shows the form. Nothing was changed.")
                .at_line(number)
        })?;
        ruling.note = ruling.note.or_else(|| arguments.note.clone());
        rulings.push((number, ruling));
    }
    Ok(rulings)
}

impl Added {
    fn addition(&self) -> Addition {
        let mut values = Map::new();
        values.insert("kind".to_owned(), json!(self.kind));
        values.insert("status".to_owned(), json!(self.status));
        let optional = [("time", &self.time), ("place", &self.place), ("reported_by", &self.reported_by)];
        for (field, value) in optional {
            if let Some(value) = value {
                values.insert(field.to_owned(), json!(value));
            }
        }
        let lists = [
            ("actors", &self.actor),
            ("targets", &self.target),
            ("size", &self.size),
            ("killed", &self.killed),
            ("injured", &self.injured),
            ("arrested", &self.arrested),
        ];
        for (field, list) in lists {
            values.insert(field.to_owned(), json!(list));
        }
        Addition {
            report: self.report.clone(),
            words: self.words.clone(),
            nth: self.nth,
            evidence: self.evidence.clone(),
            values,
        }
    }
}

fn list(decisions: &[Decision], as_json: bool) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(anstream::stdout());
    for decision in decisions {
        if as_json {
            let line = json!({
                "number": decision.number, "subject": decision.subject, "field": decision.field,
                "before": decision.before, "after": decision.after, "coder": decision.coder,
                "time": decision.time, "note": decision.note, "forgotten": decision.forgotten,
            });
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "{}", in_words(decision))?;
        }
    }
    if !as_json {
        writeln!(out, "{DIM}{}{DIM:#}", count(decisions.len(), "decision"))?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn in_words(decision: &Decision) -> String {
    if decision.forgotten {
        return format!("{:>4}  forgotten with its report", decision.number);
    }
    // A whole record would hide the decision.
    let after = match decision.after.get("kind") {
        Some(Value::String(kind)) if decision.field == "add" => {
            format!("{kind} in {}", decision.after["doc"].as_str().unwrap_or_default())
        }
        _ => decision.after.to_string(),
    };
    let note = decision.note.as_deref().map(|note| format!("  “{}”", one_line(note))).unwrap_or_default();
    format!(
        "{:>4}  {} {}  {} {}: {} → {}{note}",
        decision.number,
        one_line(&decision.time),
        one_line(&decision.coder),
        one_line(&decision.subject),
        one_line(&decision.field),
        one_line(&decision.before.to_string()),
        one_line(&after),
    )
}
