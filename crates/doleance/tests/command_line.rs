//! The command line as its users meet it.

use assert_cmd::Command;

const VERBS: [&str; 20] = [
    "chronicle",
    "code",
    "annotate",
    "check",
    "explain",
    "trace",
    "syntax",
    "gazetteer",
    "ingest",
    "merge",
    "list",
    "show",
    "search",
    "decide",
    "export",
    "report",
    "recode",
    "forget",
    "completions",
    "man",
];

fn doleance() -> Command {
    Command::cargo_bin("doleance").expect("cargo builds the binary before the tests")
}

fn stdout(command: &mut Command) -> String {
    String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
}

#[test]
fn alone_it_says_in_ten_lines_what_to_try() {
    let said = stdout(&mut doleance());
    assert!(said.lines().count() <= 10, "{said}");
    assert!(said.contains("doleance code examples/"));
}

#[test]
fn the_help_of_every_verb_has_an_example() {
    for verb in VERBS {
        let help = stdout(doleance().args([verb, "--help"]));
        assert!(help.contains("Example") && help.contains(&format!("doleance {verb}")), "{verb}: {help}");
    }
}

#[test]
fn completions_name_every_verb() {
    for shell in ["bash", "zsh", "fish"] {
        let script = stdout(doleance().args(["completions", shell]));
        for verb in VERBS {
            assert!(script.contains(verb), "{shell} does not complete {verb}");
        }
    }
}

#[test]
fn every_verb_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    doleance().arg("man").arg("--output").arg(folder.path()).assert().success();
    for verb in VERBS {
        let page = std::fs::read_to_string(folder.path().join(format!("doleance-{verb}.1"))).unwrap();
        assert!(page.contains(".TH") && page.contains("Example"), "{verb}");
    }
}

#[test]
fn an_unknown_verb_exits_with_2() {
    doleance().arg("codify").assert().code(2);
}
