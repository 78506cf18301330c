//! The page in headless Chromium, driven by `page/test/browser.mjs`.
//!
//! Runs where Chromium, Node and the modules of `page/` are there (`npm ci` in `page/`); elsewhere it says on standard
//! error that it was skipped. `DOLEANCE_BROWSER=required` makes a missing browser a failure.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Beside the examples: markup that must stay text, offsets beyond the basic plane, and a link between two towns.
const REPORTS: &str = r#"{"id":"hostile.en","published":"2014-06-03","language":"en","country":"GB","source":"<b>Harbour</b>","title":"<img src=x onerror=\"globalThis.hostile=1\">","text":"Dockers in Liverpool walked out on Tuesday <img src=x onerror=\"globalThis.hostile=1\"><script>globalThis.hostile=1</script> over pay."}
{"id":"pictograph.en","published":"2014-06-03","language":"en","country":"GB","source":"Quay 🚢 News","text":"Live from the quay 🚢. Bus drivers in Bristol walked out on Monday over pensions."}
{"id":"support.en","published":"2014-06-09","language":"en","country":"GB","source":"Post","text":"On 5 June dockers in Hull went on strike. On 8 June students in Bristol marched in support of the strike in Southampton."}
{"id":"calm.en","published":"2014-06-10","language":"en","country":"GB","source":"Post","text":"The weather was mild in Hull, and the tide came in at noon."}
"#;

/// Comes in after the merge.
const LATE: &str = r#"{"id":"late.en","published":"2014-07-01","language":"en","country":"GB","text":"Teachers in Leeds went on strike on Monday."}"#;

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()))
}

fn doleance(folder: &Path, arguments: &[&str]) {
    let mut command =
        assert_cmd::Command::cargo_bin("doleance").expect("cargo builds the binary before the tests");
    command.current_dir(folder).args(arguments).assert().success();
}

#[test]
fn the_page_keeps_its_promises_in_a_browser() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let modules = root.join("page/node_modules/puppeteer-core");
    let (node, chromium) = (on_path(&["node"]), on_path(&["chromium", "chromium-browser", "google-chrome"]));
    let (Some(node), Some(chromium), true) = (node, chromium, modules.is_dir()) else {
        assert!(
            std::env::var_os("DOLEANCE_BROWSER").is_none(),
            "Chromium, Node or page/node_modules is missing"
        );
        // Written past the capture of the test harness: a skipped test is said, not hidden.
        let said = b"page_in_browser: SKIPPED, as Chromium, Node or page/node_modules (npm ci in page/) is missing\n";
        let _ = std::io::stderr().write_all(said);
        return;
    };
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    std::fs::write(folder.join("reports.jsonl"), REPORTS).unwrap();
    let examples = root.join("examples").canonicalize().unwrap();
    doleance(folder, &["ingest", "-d", "c.db", examples.to_str().unwrap(), "reports.jsonl"]);
    doleance(folder, &["merge", "-d", "c.db"]);
    doleance(folder, &["report", "-d", "c.db", "--internal", "-o", "desk.html"]);
    doleance(folder, &["report", "-d", "c.db", "--public", "-o", "public.html"]);
    std::fs::write(folder.join("late.jsonl"), LATE).unwrap();
    doleance(folder, &["ingest", "-d", "c.db", "late.jsonl"]);
    let mut report =
        assert_cmd::Command::cargo_bin("doleance").expect("cargo builds the binary before the tests");
    report.current_dir(folder).args(["report", "-d", "c.db", "-o", "unmerged.html"]).assert().code(2);
    let output = Command::new(node)
        .arg(root.join("page/test/browser.mjs"))
        .args([folder.join("desk.html"), folder.join("public.html"), folder.join("unmerged.html")])
        .env("CHROMIUM", chromium)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
