//! Prints the times of texts: `times LANGUAGE-FOLDER TEXT [PUBLISHED]`, one line a sentence with its mentions.

use std::path::Path;

use doleance_syntax::SyntaxModel;
use doleance_times::{TimePack, find_times};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, text, rest @ ..] = &arguments[..] else {
        eprintln!("usage: times LANGUAGE-FOLDER TEXT [PUBLISHED]");
        std::process::exit(2);
    };
    let read = |name: &str| std::fs::read_to_string(Path::new(folder).join(name)).expect("a language pack");
    let pack = TimePack::from_toml(&read("times.toml"), &read("numbers.toml")).expect("a sound pack");
    let model = std::fs::read(Path::new(folder).join("syntax.model")).expect("a syntax model");
    let model = SyntaxModel::from_bytes(model).expect("a sound model");
    let published = rest.first().and_then(|d| d.parse().ok());
    for line in std::fs::read_to_string(text).expect("a text").lines() {
        let annotation = find_times(&pack, &model.annotate(line), published);
        if annotation.mentions.is_empty() {
            println!("- {line}");
            continue;
        }
        println!("+ {line}");
        for m in &annotation.mentions {
            let days = m.interval.map_or(String::new(), |i| {
                let day = |d: Option<_>| d.map_or(String::new(), |d: doleance_text::Date| d.to_string());
                format!(" {}..{}", day(i.start), day(i.end))
            });
            println!("      [{}] {} {}{days} {}", m.span.of(line), m.timex.name(), m.value, m.rule);
        }
    }
}
