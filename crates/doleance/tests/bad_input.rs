//! What cannot be read is named with file, line and repair; the rest is coded; the exit status is 2.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;

struct Run {
    status: i32,
    out: String,
    err: String,
}

fn code(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    let mut command = Command::cargo_bin("doleance").unwrap();
    let output = command
        .current_dir(folder)
        .arg("code")
        .args(arguments)
        .write_stdin(input)
        .output()
        .expect("the program runs");
    Run {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

const GOOD: &[u8] = b"Dockers went on strike in Liverpool on Monday.";

/// The reports named in a chronicle, in order.
fn reports(chronicle: &str) -> Vec<&str> {
    let names = chronicle.lines().filter(|line| line.starts_with(' ') && !line.starts_with("  "));
    names.map(str::trim).filter(|name| name.contains('.')).collect()
}

#[test]
fn each_bad_file_is_named_and_the_others_are_coded() {
    let folder = folder(&[
        ("r/a.txt", GOOD),
        ("r/b.txt", b""),
        ("r/c.txt", &[0, 1, 2, 3, 0, 9, 0]),
        ("r/d.md", b"---\nid: d\npublished: yesterday\n---\nDockers went on strike."),
        ("r/e.md", b"---\nid: \"e\n---\nDockers went on strike."),
        ("r/sub/z.txt", GOOD),
        ("r/picture.png", b"\x89PNG"),
    ]);
    let run = code(folder.path(), &["--format", "table", "r"], b"");
    assert_eq!(run.status, 2);
    assert_eq!(reports(&run.out), ["a.txt", "sub/z.txt"], "{}", run.out);
    let lines: Vec<_> = run.err.lines().collect();
    assert_eq!(lines.len(), 4, "{}", run.err);
    assert!(lines[0].starts_with("doleance: r/b.txt: the report is empty. "), "{}", run.err);
    assert!(lines[1].starts_with("doleance: r/c.txt: is binary, not text. "), "{}", run.err);
    assert!(lines[2].starts_with("doleance: r/d.md:3: the date of publication “yesterday” is not a date. "));
    assert!(lines[3].starts_with("doleance: r/e.md:") && lines[3].contains("not valid YAML"), "{}", run.err);
}

#[test]
fn a_broken_json_line_does_not_stop_the_lines_after_it() {
    let lines = b"{\"id\":\"one.x\",\"text\":\"Dockers went on strike.\"}\n\n{\"id\":\"two\",\"text\":\"secret\n\
        {\"id\":\"three.x\",\"text\":\"Dockers went on strike.\"}\n{\"id\":4,\"published\":\"2022-13-01\",\"text\":\"x\"}\n";
    let run = code(Path::new("."), &["--format", "table", "--language", "en", "-"], lines);
    assert_eq!(run.status, 2);
    assert_eq!(reports(&run.out), ["one.x", "three.x"], "{}", run.out);
    assert!(
        run.err.contains("-:3: ") && run.err.contains("-:5: ") && !run.err.contains("secret"),
        "{}",
        run.err
    );
}

#[test]
fn a_language_without_a_pack_is_said() {
    let german = "Die Beschäftigten des Werkes legten am Donnerstag die Arbeit nieder. ".repeat(5);
    let folder = folder(&[("de.txt", german.as_bytes()), ("en.txt", GOOD)]);
    let run = code(folder.path(), &["--format", "table", "de.txt", "en.txt"], b"");
    assert_eq!((run.status, reports(&run.out)), (2, vec!["en.txt"]));
    assert!(
        run.err.starts_with("doleance: de.txt: the report is in a language without a pack"),
        "{}",
        run.err
    );
}

#[test]
fn a_missing_file_and_an_empty_folder_are_said() {
    let folder = folder(&[("en.txt", GOOD)]);
    fs::create_dir(folder.path().join("empty")).unwrap();
    let run = code(folder.path(), &["--format", "table", "none.txt", "empty", "en.txt"], b"");
    assert_eq!((run.status, reports(&run.out)), (2, vec!["en.txt"]));
    assert!(
        run.err.contains("none.txt: there is no such file")
            && run.err.contains("empty: the folder holds no reports")
    );
}

#[test]
fn a_wrong_option_is_explained() {
    for arguments in [["--published", "monday"], ["--language", "french"], ["--country", "France"]] {
        let run = code(Path::new("."), &[&arguments[..], &["-"]].concat(), b"");
        assert_eq!(run.status, 2);
        assert!(run.err.contains(arguments[1]) && run.err.contains("Write "), "{}", run.err);
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = folder(&[]);
    let path = folder.path().join("many.jsonl");
    let line = format!("{{\"text\":\"{}\"}}\n", "Dockers went on strike in Liverpool on Monday. ".repeat(40));
    fs::write(&path, line.repeat(2000)).unwrap();
    let mut child = Process::new(assert_cmd::cargo::cargo_bin("doleance"))
        .args(["code", "--format", "table"])
        .arg(&path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0; 10]).unwrap();
    drop(out);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[test]
fn terminal_escapes_in_a_report_stay_inside() {
    let text = "Dockers \u{1B}[31mwent on strike\u{9B}2J in \u{1B}]0;x\u{7}Liverpool\u{202E} on Monday.";
    for format in ["table", "jsonl", "csv"] {
        let run = code(Path::new("."), &["--format", format, "--language", "en", "-"], text.as_bytes());
        assert_eq!(run.status, 0, "{}", run.err);
        assert!(!run.out.contains(['\u{1B}', '\u{9B}', '\u{7}', '\u{202E}']), "{format}: {:?}", run.out);
    }
}
