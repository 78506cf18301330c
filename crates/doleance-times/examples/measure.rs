//! Measures resolved days against coded reports: `measure LANGUAGE-FOLDER GOLD-FOLDER [LANGUAGE] [-v]`.
//!
//! For each coded event with a date and evidence: is its interval among those of the times in its sentence (`same`), or
//! else among the times told before it or its day of publication (`told`)? Also prints every time with `-v`.

use std::path::Path;

use doleance_syntax::SyntaxModel;
use doleance_text::{Date, Document};
use doleance_times::{Interval, TimePack, find_times};
use serde_json::Value;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [languages, gold, ..] = &arguments[..] else {
        eprintln!("usage: measure LANGUAGE-FOLDER GOLD-FOLDER [LANGUAGE] [-v]");
        std::process::exit(2);
    };
    let verbose = arguments.iter().any(|a| a == "-v");
    let only = arguments.get(2).filter(|a| a.len() == 2);
    for language in ["fr", "en"] {
        if only.is_none_or(|o| o == language) {
            measure(Path::new(languages), Path::new(gold), language, verbose);
        }
    }
}

fn measure(languages: &Path, gold: &Path, language: &str, verbose: bool) {
    let folder = languages.join(language);
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a language pack");
    let pack = TimePack::from_toml(&read("times.toml"), &read("numbers.toml")).expect("a sound pack");
    let model = std::fs::read(folder.join("syntax.model")).ok().and_then(|b| SyntaxModel::from_bytes(b).ok());
    let (mut events, mut with_time, mut same, mut told) = (0, 0, 0, 0);
    let mut files: Vec<_> =
        std::fs::read_dir(gold).expect("the gold folder").flatten().map(|f| f.path()).collect();
    files.sort();
    for path in files.iter().filter(|p| p.to_string_lossy().ends_with(".gold.json")) {
        let json: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        if json["language"] != language {
            continue;
        }
        let text_path = path.with_file_name(json["document"].as_str().unwrap_or(""));
        let Ok(text) = std::fs::read_to_string(&text_path) else { continue };
        let Some(model) = &model else { continue };
        let document = model.annotate(&text);
        let published: Option<Date> = json["published"].as_str().and_then(|d| d.parse().ok());
        let annotation = find_times(&pack, &document, published);
        if verbose {
            println!("## {} ({published:?})", text_path.display());
            for m in &annotation.mentions {
                let days = m.interval.map_or("-".into(), |i| format!("{}..{}", show(i.start), show(i.end)));
                println!(
                    "   [{}] {} {days} {}{}",
                    m.span.of(&text),
                    m.value,
                    m.rule,
                    if m.is_event_time { "" } else { " (no event time)" }
                );
            }
        }
        for event in json["events"].as_array().into_iter().flatten() {
            let day = |key: &str| event[key].as_str().and_then(|d| d.parse::<Date>().ok());
            let (from, to) = (day("date_from"), day("date_to"));
            let Some(evidence) = event["evidence"].as_str() else { continue };
            let Some(at) = text.find(evidence) else { continue };
            if from.is_none() && to.is_none() {
                continue;
            }
            events += 1;
            let sentence = document.sentence_at(at as u32);
            let here: Vec<_> = annotation
                .mentions
                .iter()
                .filter(|m| m.is_event_time && document.sentence_at(m.span.start) == sentence)
                .collect();
            let fits = |i: Option<Interval>| i.is_some_and(|i| right(i, from, to));
            if verbose && !here.is_empty() && !here.iter().any(|m| fits(m.interval)) {
                println!("   ELSEWHERE {from:?} {to:?} «{evidence}» in: {}", sentence_text(&document, at));
            }
            if !here.is_empty() {
                with_time += 1;
                if here.iter().any(|m| fits(m.interval)) {
                    same += 1;
                    told += 1;
                    continue;
                }
            }
            let today = published.map(|d| Interval::days(d, d));
            let before = annotation.mentions.iter().filter(|m| m.is_event_time).any(|m| fits(m.interval));
            if before || fits(today) {
                told += 1;
            } else if verbose {
                println!("   MISSED {from:?} {to:?} «{evidence}» in: {}", sentence_text(&document, at));
            }
        }
    }
    println!(
        "{language}: {events} dated events; {with_time} with a time in the sentence, {same} of them right there ({:.1} %); \
         {told} right there or elsewhere in the report ({:.1} %)",
        100.0 * f64::from(same) / f64::from(with_time.max(1)),
        100.0 * f64::from(told) / f64::from(events.max(1)),
    );
}

fn show(day: Option<Date>) -> String {
    day.map_or(String::new(), |d| d.to_string())
}

fn sentence_text(document: &Document, at: usize) -> &str {
    document.sentence_at(at as u32).map_or("", |s| document.sentence(s).span.of(document.text()))
}

/// Exactly the day for a day; inside for a longer stretch.
fn right(found: Interval, from: Option<Date>, to: Option<Date>) -> bool {
    let (Some(start), Some(end)) = (found.start.or(found.end), found.end.or(found.start)) else {
        return false;
    };
    match (from, to) {
        (Some(from), Some(to)) if from == to => start == from && end == to,
        (from, to) => from.is_none_or(|f| start >= f) && to.is_none_or(|t| end <= t),
    }
}
