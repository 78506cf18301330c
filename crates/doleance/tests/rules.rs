//! `--rules FOLDER`: a codebook that was changed is used without building the program anew.

use std::fs;

use assert_cmd::Command;

const REPORT: &str = "Pilots held a lullathon in Denver on 3 May 2019.";

const TRIGGER: &str = r#"
[[trigger]]
id = "en.boycott.lullathon"
noun = ["lullathon"]
weight = 0.95
examples = ["Nurses held a [lullathon] at the ministry."]
counter_examples = ["The ministry is asleep."]
"#;

fn code(folder: Option<&std::path::Path>) -> (String, String, Option<i32>) {
    let mut command = Command::cargo_bin("doleance").unwrap();
    if let Some(folder) = folder {
        command.arg("--rules").arg(folder);
    }
    let output = command.args(["code", "--language", "en", "-"]).write_stdin(REPORT).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

#[test]
fn a_trigger_in_the_folder_names_an_action_and_other_files_stay_as_built_in() {
    let folder = tempfile::tempdir().unwrap();
    let triggers = folder.path().join("languages/en/triggers");
    fs::create_dir_all(&triggers).unwrap();
    fs::write(triggers.join("boycott.toml"), TRIGGER).unwrap();
    assert!(!code(None).0.contains("lullathon"));
    let (records, _, status) = code(Some(folder.path()));
    assert!(records.contains(r#""kind":"boycott""#), "{records}");
    assert!(records.contains("geonames:5419384"), "Denver comes from the built-in gazetteer: {records}");
    assert_eq!(status, Some(0));
}

#[test]
fn a_folder_without_rules_is_refused_with_its_name_and_a_repair() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.txt"), "no rules here").unwrap();
    let (records, message, status) = code(Some(folder.path()));
    assert!(records.is_empty());
    assert!(
        message.contains(&folder.path().display().to_string()) && message.contains("codebook/"),
        "{message}"
    );
    assert_eq!(status, Some(2));
}
