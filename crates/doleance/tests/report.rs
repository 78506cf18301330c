//! The chronicle's page, written by the program and taken apart again.

use std::io::Read;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use doleance_dataset::{Store, page_json};
use serde_json::Value;
use sha2::{Digest, Sha256};

const DISPUTE: &str = r#"{"id":"a.en","published":"2021-06-03","language":"en","country":"GB","source":"Harbour Post","title":"Cranes stand still","text":"Dockers in Liverpool walked out on Tuesday over pay. Some 400 of them marched to the town hall, the union said; police put the crowd at 250. The weather was mild for the season. A second strike is planned for Monday."}
{"id":"b.fr","published":"2021-06-03","language":"fr","country":"GB","source":"La Jetée","text":"Les dockers de Liverpool ont cessé le travail mardi pour leurs salaires. La lecture du ministre, </script><script>alert(1)</script>, n'a rien changé.\u001b[31m"}
"#;

struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }
}

fn doleance(scratch: &Scratch) -> Command {
    let mut command = Command::cargo_bin("doleance").expect("cargo builds the binary before the tests");
    command.current_dir(scratch.folder.path());
    command
}

/// A dataset of the reports, not merged yet.
fn ingested(reports: &str) -> Scratch {
    let scratch = Scratch { folder: tempfile::tempdir().unwrap() };
    std::fs::write(scratch.path("reports.jsonl"), reports).unwrap();
    doleance(&scratch).args(["ingest", "-d", "c.db", "reports.jsonl"]).assert().success();
    scratch
}

fn merged(reports: &str) -> Scratch {
    let scratch = ingested(reports);
    doleance(&scratch).args(["merge", "-d", "c.db"]).assert().success();
    scratch
}

/// Runs `report` and gives its exit status and what it said on standard error.
fn report(scratch: &Scratch, arguments: &[&str]) -> (i32, String) {
    let output = doleance(scratch).arg("report").args(arguments).output().unwrap();
    assert!(output.stdout.is_empty(), "standard output stays free");
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// What stands between two marks of the page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let rest = page.split_once(before).unwrap_or_else(|| panic!("no {before} on the page")).1;
    rest.split_once(after).unwrap_or_else(|| panic!("no {after} on the page")).0
}

fn block(page: &str, id: &str) -> String {
    let packed =
        between(page, &format!(r#"<script type="application/octet-stream" id="{id}">"#), "</script>");
    let mut text = String::new();
    flate2::read::DeflateDecoder::new(STANDARD.decode(packed).unwrap().as_slice())
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[test]
fn the_page_holds_the_dataset_whole_for_those_who_hold_the_reports() {
    let scratch = merged(DISPUTE);
    assert_eq!(report(&scratch, &["-d", "c.db", "--internal", "-o", "c.html"]).0, 0);
    let store = Store::open_read_only(scratch.path("c.db")).unwrap();
    assert_eq!(block(&scratch.read("c.html"), "dataset"), page_json(&store).unwrap());
}

#[test]
fn the_same_dataset_gives_the_same_bytes() {
    let scratch = merged(DISPUTE);
    report(&scratch, &["-d", "c.db", "-o", "one.html"]);
    report(&scratch, &["-d", "c.db", "-o", "two.html"]);
    assert_eq!(scratch.read("one.html"), scratch.read("two.html"));
}

#[test]
fn the_policy_lets_only_this_script_and_this_style_in() {
    let scratch = merged(DISPUTE);
    report(&scratch, &["-d", "c.db", "-o", "c.html"]);
    let page = scratch.read("c.html");
    let policy = between(&page, r#"http-equiv="Content-Security-Policy" content=""#, "\"");
    let script = between(
        page.rsplit_once("</script>\n<script>").map(|_| &page[..]).unwrap(),
        "</script>\n<script>",
        "</script>\n</body>",
    );
    let style = between(&page, "<style>", "</style>");
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
            hash(script),
            hash(style)
        )
    );
    // The policy comes before anything that it governs.
    assert!(page.find("Content-Security-Policy") < page.find("<style>"));
}

#[test]
fn no_word_of_a_report_is_ever_markup() {
    let scratch = merged(DISPUTE);
    report(&scratch, &["-d", "c.db", "--internal", "-o", "hostile.html"]);
    let hostile = scratch.read("hostile.html");
    let other = merged(DISPUTE.lines().next().unwrap());
    report(&other, &["-d", "c.db", "--internal", "-o", "calm.html"]);
    let calm = other.read("calm.html");
    let frame = |page: &str| {
        let data = between(page, r#"id="dataset">"#, "</script>");
        assert!(data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)));
        page.replacen(data, "", 1)
    };
    assert_eq!(frame(&hostile), frame(&calm), "all that differs between two pages is base64");
    assert!(
        block(&hostile, "dataset").contains("</script><script>alert(1)</script>"),
        "and nothing was lost"
    );
}

#[test]
fn what_was_read_is_not_obeyed_by_the_terminal() {
    let scratch = merged(DISPUTE);
    let (_, said) = report(&scratch, &["-d", "c.db", "-o", "c.html"]);
    assert!(said.contains("written to c.html") && !said.contains('\u{1B}'), "{said}");
}

#[test]
fn the_public_gets_the_evidence_and_no_more_of_a_text() {
    let scratch = merged(DISPUTE);
    let (status, said) = report(&scratch, &["-d", "c.db", "-o", "c.html"]);
    assert_eq!(status, 0);
    assert!(said.contains("left out for the public: texts beyond the evidence (2)"), "{said}");
    let json = block(&scratch.read("c.html"), "dataset");
    assert!(!json.contains("The weather was mild"), "{json}");
    assert!(!json.contains("Cranes stand still"), "the headline goes too");
    let page: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(page["left_out"]["texts beyond the evidence"], 2);
    let texts: Vec<Vec<char>> = DISPUTE
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["text"].as_str().unwrap().chars().collect())
        .collect();
    for (report, text) in page["reports"].as_array().unwrap().iter().zip(&texts) {
        assert_eq!(report.get("text"), None);
        for piece in report["pieces"].as_array().unwrap() {
            let (start, words) = (piece[0].as_u64().unwrap() as usize, piece[1].as_str().unwrap());
            assert_eq!(text[start..start + words.chars().count()].iter().collect::<String>(), words);
        }
    }
    let triggers: Vec<&Value> =
        page["records"].as_array().unwrap().iter().map(|r| &r["coded"]["trigger"]).collect();
    assert!(!triggers.is_empty() && triggers.iter().all(|trigger| trigger["text"] == ""));
}

#[test]
fn names_of_persons_stay_inside() {
    let named = r#"{"id":"n","published":"2021-06-03","language":"en","country":"GB","text":"Prime minister Keir Starmer resigned in London on Tuesday."}"#;
    let scratch = merged(named);
    report(&scratch, &["-d", "c.db", "--internal", "-o", "desk.html"]);
    let desk: Value = serde_json::from_str(&block(&scratch.read("desk.html"), "dataset")).unwrap();
    assert_eq!(desk["events"][0]["actors"][0]["name"], "Keir Starmer", "{desk}");
    let (_, said) = report(&scratch, &["-d", "c.db", "--public", "-o", "c.html"]);
    assert!(!block(&scratch.read("c.html"), "dataset").contains("Starmer"));
    assert!(said.contains("left out for the public: names of persons"), "{said}");
}

#[test]
fn records_that_no_merge_has_seen_are_named() {
    let scratch = merged(DISPUTE.lines().next().unwrap());
    std::fs::write(scratch.path("more.jsonl"), DISPUTE.lines().nth(1).unwrap()).unwrap();
    doleance(&scratch).args(["ingest", "-d", "c.db", "more.jsonl"]).assert().success();
    let (status, said) = report(&scratch, &["-d", "c.db", "-o", "c.html"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("doleance merge -d c.db"), "{said}");
    let page: Value = serde_json::from_str(&block(&scratch.read("c.html"), "dataset")).unwrap();
    assert!(page["unmerged"].as_u64().unwrap() > 0);
}

#[test]
fn what_cannot_be_done_exits_with_2_and_leaves_the_old_page() {
    let unmerged = ingested(DISPUTE);
    std::fs::write(unmerged.path("c.html"), "old").unwrap();
    std::fs::write(unmerged.path("no.db"), "not a dataset, whatever its name says").unwrap();
    std::fs::create_dir(unmerged.path("folder")).unwrap();
    let cases = [
        (["-d", "c.db", "-o", "c.html"], "doleance merge -d c.db"),
        (["-d", "no.db", "-o", "c.html"], "no dataset of Doléance"),
        (["-d", "missing.db", "-o", "c.html"], "doleance ingest"),
    ];
    for (arguments, expected) in cases {
        let (status, said) = report(&unmerged, &arguments);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains(expected), "{said}");
        assert_eq!(unmerged.read("c.html"), "old");
    }
    doleance(&unmerged).args(["merge", "-d", "c.db"]).assert().success();
    for (target, expected) in
        [("folder", "folder: "), ("nowhere/c.html", "nowhere/c.html: the folder does not exist")]
    {
        let (status, said) = report(&unmerged, &["-d", "c.db", "-o", target]);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains(expected), "{said}");
    }
    let left: Vec<String> = std::fs::read_dir(unmerged.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn an_empty_dataset_has_no_page() {
    let scratch = merged(r#"{"id":"n","published":"2021-06-03","language":"en","text":"The sky is blue."}"#);
    let (status, said) = report(&scratch, &["-d", "c.db", "-o", "c.html"]);
    assert_eq!(status, 2);
    assert!(said.contains("no event to show"), "{said}");
    assert!(!Path::new(&scratch.path("c.html")).exists());
}

#[test]
fn chronicle_goes_from_reports_to_the_same_page_and_leaves_nothing_else() {
    let scratch = merged(DISPUTE);
    report(&scratch, &["-d", "c.db", "--internal", "-o", "steps.html"]);
    let before: Vec<_> = names_in(&scratch);
    let output = doleance(&scratch)
        .args(["chronicle", "--internal", "-o", "once.html", "reports.jsonl"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.ends_with("written to once.html\n"), "{said}");
    assert_eq!(scratch.read("once.html"), scratch.read("steps.html"));
    let new: Vec<_> = names_in(&scratch).into_iter().filter(|name| !before.contains(name)).collect();
    assert_eq!(new, ["once.html"]);
}

#[test]
fn chronicle_of_nothing_says_so() {
    let scratch = ingested(DISPUTE);
    std::fs::write(scratch.path("calm.txt"), "The sky is blue.").unwrap();
    let output = doleance(&scratch).args(["chronicle", "-o", "c.html", "calm.txt"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("no event was found"));
    assert!(!names_in(&scratch).iter().any(|name| name.starts_with("c.html")));
}

fn names_in(scratch: &Scratch) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(scratch.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
