//! Prints the speed of times and numbers beside that of syntax: `speed LANGUAGE-FOLDER TEXT…`.

use std::path::Path;
use std::time::Instant;

use doleance_syntax::SyntaxModel;
use doleance_times::{TimePack, find_numbers, find_times};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, texts @ ..] = &arguments[..] else {
        eprintln!("usage: speed LANGUAGE-FOLDER TEXT…");
        std::process::exit(2);
    };
    let read = |name: &str| std::fs::read_to_string(Path::new(folder).join(name)).expect("a language pack");
    let (times, numbers) = (read("times.toml"), read("numbers.toml"));
    let start = Instant::now();
    let pack = TimePack::from_toml(&times, &numbers).expect("a sound pack");
    println!("pack loaded in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    let model = std::fs::read(Path::new(folder).join("syntax.model")).expect("a syntax model");
    let model = SyntaxModel::from_bytes(model).expect("a sound model");
    let texts: Vec<String> = texts.iter().map(|t| std::fs::read_to_string(t).expect("a text")).collect();
    let start = Instant::now();
    let documents: Vec<_> = texts.iter().map(|t| model.annotate(t)).collect();
    let syntax = start.elapsed().as_secs_f64();
    let words: usize = documents.iter().map(|d| d.tokens().len()).sum();
    let published = "2020-06-14".parse().ok();
    let mut found = 0;
    let start = Instant::now();
    for document in &documents {
        found += find_times(&pack, document, published).mentions.len();
    }
    let in_times = start.elapsed().as_secs_f64();
    let start = Instant::now();
    for document in &documents {
        found += find_numbers(&pack, document).len();
    }
    let in_numbers = start.elapsed().as_secs_f64();
    let per_word = |seconds: f64| seconds * 1e6 / words as f64;
    println!(
        "{words} words, {found} mentions; microseconds a word: syntax {:.2}, times {:.2}, numbers {:.2}",
        per_word(syntax),
        per_word(in_times),
        per_word(in_numbers)
    );
}
