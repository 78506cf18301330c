//! `annotate`, `trace`, `explain`, `check` and `--conllu`, as their users run them.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use doleance_records::Record;

const STRIKE: &str =
    "Dockers in Liverpool walked out on Tuesday, demanding higher wages. Police arrested 12 people.";

struct Run {
    status: i32,
    out: String,
    err: String,
}

fn doleance(arguments: &[&str], input: &str) -> Run {
    let output = Command::cargo_bin("doleance").unwrap().args(arguments).write_stdin(input).output().unwrap();
    Run {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn annotate(format: &str) -> String {
    let run = doleance(&["annotate", "--format", format, "--published", "2019-05-16", "-"], STRIKE);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    run.out
}

/// The text of the one XML element of this name, without tags, unescaped as far as the test needs it.
fn without_tags(element: &str, xml: &str) -> String {
    let inside =
        xml.split_once(&format!("<{element}>")).unwrap().1.split_once(&format!("</{element}>")).unwrap().0;
    inside.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect()
}

#[test]
fn timeml_tags_times_in_line_and_keeps_the_text() {
    let xml = annotate("timeml");
    assert!(xml.contains("type=\"DATE\" value=\"2019-05-14\" "), "{xml}");
    assert!(xml.contains("functionInDocument=\"CREATION_TIME\""), "{xml}");
    assert_eq!(without_tags("TEXT", &xml), STRIKE);
}

#[test]
fn mentions_have_their_spans_in_code_points() {
    let lines = annotate("jsonl");
    let text: Vec<char> = STRIKE.chars().collect();
    let mut kinds = Vec::new();
    for line in lines.lines() {
        let mention: serde_json::Value = serde_json::from_str(line).unwrap();
        let offset = |name: &str| mention["span"][name].as_u64().unwrap() as usize;
        let words: String = text[offset("start")..offset("end")].iter().collect();
        assert_eq!(mention["span"]["text"], words.as_str());
        kinds.push(mention["mention"].as_str().unwrap().to_owned());
        if mention["mention"] == "place" {
            assert_eq!(mention["place"]["country"], "GB", "{line}");
        }
    }
    for kind in ["time", "place", "actor", "quantity"] {
        assert!(kinds.iter().any(|found| found == kind), "no {kind} in {lines}");
    }
}

#[test]
fn trees_printed_can_be_taken_back_and_give_the_same_records() {
    let folder = tempfile::tempdir().unwrap();
    let (report, trees) = (folder.path().join("a.txt"), folder.path().join("a.conllu"));
    fs::write(&report, STRIKE).unwrap();
    fs::write(&trees, annotate("conllu")).unwrap();
    let code = |more: &[&str]| {
        let report = report.to_str().unwrap();
        doleance(&[&["code", "--format", "jsonl", "--published", "2019-05-16", report], more].concat(), "")
    };
    let own = code(&[]);
    let taken = code(&["--conllu", trees.to_str().unwrap()]);
    assert_eq!((own.status, taken.status, taken.err.as_str()), (0, 0, ""));
    assert!(own.out.contains("\"kind\":\"strike\""), "{}", own.out);
    assert_eq!(own.out, taken.out);
}

#[test]
fn trees_of_another_text_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let trees = folder.path().join("a.conllu");
    fs::write(&trees, annotate("conllu")).unwrap();
    let run = doleance(&["code", "--conllu", trees.to_str().unwrap(), "-"], "Miners in Leeds walked out.");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("word 1 does not follow in the report"), "{}", run.err);
    fs::write(&trees, "1\tDockers\n").unwrap();
    let run = doleance(&["code", "--conllu", trees.to_str().unwrap(), "-"], "Dockers");
    assert!(run.status == 2 && run.err.contains("a.conllu:1: "), "{}", run.err);
}

#[test]
fn rules_of_a_record_have_pages() {
    let run = doleance(&["code", "--format", "jsonl", "-"], STRIKE);
    let mut explained = 0;
    for line in run.out.lines() {
        if let Record::Event(event) = serde_json::from_str(line).unwrap() {
            for name in event.rules.iter().chain([&event.kind]) {
                let page = doleance(&["explain", name], "");
                assert_eq!(page.status, 0, "{name}: {}", page.err);
                assert!(page.out.len() > 40, "{name}: {}", page.out);
                explained += 1;
            }
        }
    }
    assert!(explained > 2);
}

#[test]
fn diagnostics_have_pages() {
    for code in ["time.no-anchor", "place.unresolved", "text.empty", "language.no-pack"] {
        let page = doleance(&["explain", code], "");
        assert!(page.status == 0 && page.out.contains(code), "{code}: {}", page.err);
    }
}

#[test]
fn an_unknown_name_is_not_explained() {
    let run = doleance(&["explain", "no.such.rule"], "");
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("no.such.rule"));
}

#[test]
fn trace_names_the_trigger_rule_and_the_tree() {
    let run = doleance(&["trace", "--published", "2019-05-16", "The dockers went on strike on Tuesday."], "");
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(
        run.out.contains("nsubj") && run.out.contains("en.strike.") && run.out.contains("2019-05-14"),
        "{}",
        run.out
    );
}

#[test]
fn trace_says_which_condition_kept_a_trigger_from_firing() {
    let near_misses = |text: &str| {
        let run = doleance(&["trace", "--language", "en", text], "");
        assert_eq!(run.status, 0, "{}", run.err);
        let from = run.out.find("DID NOT FIRE").expect("the section");
        let to = run.out.find("TOLD TWICE").expect("the next section");
        run.out[from..to].to_owned()
    };
    let puppies = near_misses("Puppies occupied the sofa on Tuesday.");
    assert!(puppies.contains("\"occupied\" occupation by en.occupation."), "{puppies}");
    assert!(puppies.contains("no subject is of people"), "{puppies}");
    let students = near_misses("Students occupied the town hall on Tuesday.");
    assert!(!students.contains("no subject is of people"), "{students}");
}

#[test]
fn a_folder_of_rules_is_checked_in_place_of_those_built_in() {
    let empty = tempfile::tempdir().unwrap();
    let run = doleance(&["check", empty.path().to_str().unwrap()], "");
    assert_eq!(run.status, 2);
    assert!(run.err.contains("no language packs"), "{}", run.err);
    let missing = Path::new(empty.path()).join("none");
    assert_eq!(doleance(&["check", missing.to_str().unwrap()], "").status, 2);
}

#[test]
fn a_folder_of_rules_that_does_not_load_says_what_to_mend() {
    let folder = tempfile::tempdir().unwrap();
    let triggers = folder.path().join("languages/en/triggers");
    std::fs::create_dir_all(&triggers).unwrap();
    let dead = "[[trigger]]\nid = \"en.strike.x\"\nphrase = [\"(go on|begin) stoppage\"]\n\
                examples = [\"They [begin stoppage].\"]\ncounter_examples = [\"No.\"]\n";
    std::fs::write(triggers.join("strike.toml"), dead).unwrap();
    let rules = folder.path().to_str().unwrap();
    let run = doleance(&["--rules", rules, "code", "--language", "en", "-"], "Dockers went on strike.");
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.err);
    assert!(run.err.contains("triggers/strike.toml") && run.err.contains("en.strike.x"), "{}", run.err);
}
