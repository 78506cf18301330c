//! Trains, evaluates and runs syntax models from the command line, for work on the engine itself.
//!
//! syntax train SETTINGS OUT FILE… | syntax evaluate MODEL [--gold-tokens] FILE… | syntax annotate MODEL FILE

use std::time::Instant;

use doleance_syntax::evaluate::Evaluation;
use doleance_syntax::train::{LexiconEntry, Options, train};
use doleance_syntax::{Settings, SyntaxModel, conllu};
use doleance_text::Document;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let read = |path: &str| conllu::read(&std::fs::read_to_string(path).expect(path)).expect(path);
    match arguments.first().map(String::as_str) {
        Some("train") => {
            let settings: Settings =
                toml::from_str(&std::fs::read_to_string(&arguments[1]).expect("settings")).expect("settings");
            let mut treebanks = Vec::new();
            let mut lexicon = Vec::new();
            for path in &arguments[3..] {
                if path.ends_with(".tsv") {
                    for line in std::fs::read_to_string(path).expect(path).lines() {
                        if let Some((form, class)) = line.split_once('\t') {
                            lexicon.push(LexiconEntry { form: form.to_owned(), class: class.to_owned() });
                        }
                    }
                } else {
                    treebanks.extend(read(path));
                }
            }
            let start = Instant::now();
            let bytes = train(&treebanks, &lexicon, &settings, &Options::default(), |line| {
                eprintln!("{:6.1} s  {line}", start.elapsed().as_secs_f64());
            });
            println!("{} bytes in {:.1} s", bytes.len(), start.elapsed().as_secs_f64());
            std::fs::write(&arguments[2], bytes).expect("model written");
        }
        Some("evaluate") => {
            let model = SyntaxModel::from_bytes(std::fs::read(&arguments[1]).expect("model")).expect("model");
            let gold_tokens = arguments.iter().any(|a| a == "--gold-tokens");
            for path in arguments[2..].iter().filter(|a| !a.starts_with("--")) {
                let gold: Vec<Document> = read(path);
                let mut all = Evaluation::default();
                let mut words = 0;
                let mut seconds = 0.0;
                for gold in &gold {
                    let start = Instant::now();
                    let system = if gold_tokens {
                        model.annotate_segmented(gold)
                    } else {
                        model.annotate(gold.text())
                    };
                    seconds += start.elapsed().as_secs_f64();
                    words += system.tokens().len();
                    match Evaluation::new(gold, &system) {
                        Ok(evaluation) => all.add(&evaluation),
                        Err(error) => eprintln!("{error}"),
                    }
                }
                println!("{path}: {words} words, {:.0} words a second\n{all}", words as f64 / seconds);
            }
        }
        Some("annotate") => {
            let model = SyntaxModel::from_bytes(std::fs::read(&arguments[1]).expect("model")).expect("model");
            let document = model.annotate(&std::fs::read_to_string(&arguments[2]).expect("text"));
            let mut out = String::new();
            conllu::write(&document, &mut out).expect("strings take all");
            print!("{out}");
        }
        _ => eprintln!("train, evaluate or annotate"),
    }
}
