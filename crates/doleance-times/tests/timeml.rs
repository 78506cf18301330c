//! News paragraphs marked by hand by the TimeML guidelines (`tests/timeml/`), scored as TempEval-3 scores: relaxed (the
//! marked words overlap), strict (the same words), value (they overlap and have the same value).
//!
//! `LL-first.txt` was there while rules were written; each of the others was scored once before any rule was mended from
//! it. The figures of those first readings stand in `docs/times.md`.
//! `cargo test -p doleance-times --test timeml -- --nocapture` prints the figures and what differs.

use doleance_syntax::SyntaxModel;
use doleance_times::{TimePack, find_times, timeml};

/// One marked expression: its words in bytes, type and value.
#[derive(Debug, PartialEq)]
struct Marked {
    start: usize,
    end: usize,
    kind: String,
    value: String,
}

impl Marked {
    fn overlaps(&self, other: &Marked) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Reads a paragraph with `[words|type|value|mod]`: the bare text and what is marked.
fn read(line: &str) -> (String, Vec<Marked>) {
    let (mut text, mut marked) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, after) = after.split_once(']').expect("a closing bracket");
        let fields: Vec<&str> = inside.split('|').collect();
        text.push_str(before);
        let start = text.len();
        text.push_str(fields[0]);
        let kind = match fields[1] {
            "D" => "DATE",
            "T" => "TIME",
            "P" => "DURATION",
            "S" => "SET",
            other => panic!("{other} is no type: {inside}"),
        };
        marked.push(Marked { start, end: text.len(), kind: kind.into(), value: fields[2].into() });
        rest = after;
    }
    text.push_str(rest);
    (text, marked)
}

#[derive(Debug, Default)]
struct Score {
    gold: usize,
    found: usize,
    relaxed: usize,
    strict: usize,
    value: usize,
    kind: usize,
}

impl Score {
    fn f1(&self, right: usize) -> f64 {
        2.0 * right as f64 / (self.gold + self.found).max(1) as f64
    }

    /// Counts one paragraph, and prints what differs.
    fn add(&mut self, text: &str, gold: &[Marked], found: &[Marked]) {
        self.gold += gold.len();
        self.found += found.len();
        let mut used = vec![false; found.len()];
        for wanted in gold {
            let words = &text[wanted.start..wanted.end];
            let hit = (0..found.len()).find(|&n| !used[n] && found[n].overlaps(wanted));
            let Some(hit) = hit else {
                println!("missed [{words}] {} {}", wanted.kind, wanted.value);
                continue;
            };
            used[hit] = true;
            let had = &found[hit];
            let strict = (had.start, had.end) == (wanted.start, wanted.end);
            self.relaxed += 1;
            self.strict += usize::from(strict);
            self.value += usize::from(had.value == wanted.value);
            self.kind += usize::from(had.kind == wanted.kind);
            if had != wanted {
                let got = &text[had.start..had.end];
                println!(
                    "[{words}] {} {}, found [{got}] {} {}",
                    wanted.kind, wanted.value, had.kind, had.value
                );
            }
        }
        for (extra, _) in found.iter().zip(&used).filter(|(_, used)| !**used) {
            println!("extra [{}] {} {}", &text[extra.start..extra.end], extra.kind, extra.value);
        }
    }
}

fn load(path: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    std::fs::read_to_string(format!("{root}{path}")).unwrap()
}

fn score(language: &str, part: &str) -> Score {
    let data = format!("../../data/languages/{language}");
    let pack =
        TimePack::from_toml(&load(&format!("{data}/times.toml")), &load(&format!("{data}/numbers.toml")))
            .unwrap();
    let model = std::fs::read(format!("{}/{data}/syntax.model", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let model = SyntaxModel::from_bytes(model).unwrap();
    let mut score = Score::default();
    let mut published = None;
    for line in load(&format!("tests/timeml/{language}-{part}.txt")).lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            published = heading.split(' ').next().map(|day| day.parse().expect("a day"));
        } else if !line.is_empty() && !line.starts_with('#') {
            let (text, gold) = read(line);
            let annotation = find_times(&pack, &model.annotate(&text), published);
            let found: Vec<Marked> = timeml::elements(&annotation)
                .iter()
                .map(|timex| Marked {
                    start: timex.span.start as usize,
                    end: timex.span.end as usize,
                    kind: timex.kind.name().into(),
                    value: timex.value.into(),
                })
                .collect();
            score.add(&text, &gold, &found);
        }
    }
    println!(
        "{language}-{part}: {} marked, {} found; relaxed {:.3} strict {:.3} value {:.3} type {:.3}",
        score.gold,
        score.found,
        score.f1(score.relaxed),
        score.f1(score.strict),
        score.f1(score.value),
        score.f1(score.kind)
    );
    score
}

/// Fails below these F1 of relaxed, strict and value.
fn at_least(language: &str, part: &str, [relaxed, strict, value]: [f64; 3]) {
    let score = score(language, part);
    assert!(score.f1(score.relaxed) >= relaxed, "relaxed {:.3}", score.f1(score.relaxed));
    assert!(score.f1(score.strict) >= strict, "strict {:.3}", score.f1(score.strict));
    assert!(score.f1(score.value) >= value, "value {:.3}", score.f1(score.value));
}

#[test]
fn english_paragraphs_are_marked_as_timeml_marks_them() {
    at_least("en", "first", [0.98, 0.98, 0.97]);
    at_least("en", "second", [0.98, 0.98, 0.95]);
    at_least("en", "third", [0.98, 0.98, 0.93]);
    at_least("en", "fourth", [0.98, 0.98, 0.95]);
    at_least("en", "fifth", [0.98, 0.98, 0.94]);
}

#[test]
fn french_paragraphs_are_marked_as_timeml_marks_them() {
    at_least("fr", "first", [0.98, 0.98, 0.97]);
    at_least("fr", "second", [0.98, 0.98, 0.97]);
    at_least("fr", "third", [0.98, 0.98, 0.96]);
    at_least("fr", "fourth", [0.98, 0.98, 0.91]);
    at_least("fr", "fifth", [0.98, 0.98, 0.97]);
}
