//! A further language is a folder of data and a model: a made-up language is coded with no change to Rust.

use std::borrow::Cow;
use std::path::Path;

use doleance_coding::{CodingOptions, EmbeddedFiles, LanguagePacks, PackFiles, code_report};
use doleance_records::Status;
use doleance_syntax::train::{Options, train};
use doleance_syntax::{Settings, conllu};
use doleance_text::{LanguageCode, Report};

/// What the program carries, and the folder of one more language.
struct WithFolder {
    model: Vec<u8>,
}

const FOLDER: &str = "languages/zz/";

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/zz")
}

impl PackFiles for WithFolder {
    fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        match path.strip_prefix(FOLDER) {
            Some("syntax.model") => Some(Cow::Owned(self.model.clone())),
            Some(name) => std::fs::read(folder().join(name)).ok().map(Cow::Owned),
            None => EmbeddedFiles.read(path),
        }
    }

    fn list(&self) -> Vec<String> {
        let mut all = EmbeddedFiles.list();
        all.push(format!("{FOLDER}grammar.toml"));
        all.push(format!("{FOLDER}triggers/strike.toml"));
        all
    }
}

fn packs() -> LanguagePacks {
    let treebank = std::fs::read_to_string(folder().join("treebank.conllu")).unwrap();
    // Often enough for what the learner needs to have seen a thing to believe it.
    let trees = conllu::read(&treebank.repeat(20)).unwrap();
    let options = Options { tagger_epochs: 12, parser_epochs: 12, folds: 2, ..Options::default() };
    let model = train(&trees, &[], &Settings::default(), &options, |_| {});
    LanguagePacks::new(Box::new(WithFolder { model }))
}

fn report(text: &str) -> Report {
    let mut report = Report::new("zz.txt", text);
    report.language = Some(LanguageCode("zz".to_owned()));
    report
}

#[test]
fn a_sentence_of_a_made_up_language_is_coded_through_its_own_pack() {
    let packs = packs();
    let coded = code_report(&packs, &report("Radvari tolme ot Lyon."), &CodingOptions::default());
    assert_eq!(coded.diagnostics, []);
    let [strike] = &coded.events[..] else { panic!("{:?}", coded.events) };
    assert_eq!((strike.kind.as_str(), strike.status), ("strike", Status::Happened));
    assert_eq!(strike.trigger.text, "tolme");
    assert_eq!(strike.actors[0].role, "workers");
    assert_eq!(strike.place.as_ref().unwrap().name, "Lyon");
}

#[test]
fn its_selection_and_its_negation_hold_too() {
    let packs = packs();
    let students = code_report(&packs, &report("Skolani tolme ot Lille."), &CodingOptions::default());
    assert!(students.events.is_empty());
    let denied = code_report(&packs, &report("Radvari nu tolme."), &CodingOptions::default());
    let [strike] = &denied.events[..] else { panic!("{:?}", denied.events) };
    assert_eq!(strike.status, Status::Denied);
}
