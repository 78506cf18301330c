//! Only the shell touches files, environment, clock, network and terminal: the sources of the core are read for it.

use std::fs;
use std::path::{Path, PathBuf};

/// Crates whose sources must be pure. `doleance-dataset` is handed a database, which is a file.
const CORE: [&str; 8] = [
    "doleance-text",
    "doleance-records",
    "doleance-syntax",
    "doleance-packs",
    "doleance-times",
    "doleance-places",
    "doleance-actors",
    "doleance-coding",
];

const IMPURE: [&str; 14] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::io::stdin",
    "std::io::stdout",
    "io::stdout()",
    "io::stderr()",
    "SystemTime",
    "Instant::now",
    "println!(",
    "eprintln!(",
    "dbg!(",
    "Zoned::now",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                let is_rust = path.extension().is_some_and(|ending| ending == "rs");
                // Programs beside a library and modules of tests may read files.
                let is_apart = path.components().any(|part| part.as_os_str() == "bin")
                    || path.file_stem().is_some_and(|name| name.to_string_lossy().ends_with("tests"));
                Vec::from_iter((is_rust && !is_apart).then_some(path))
            }
        })
        .collect()
}

/// The lines before the tests of a file, without comments.
fn code_lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines =
        source.lines().enumerate().take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn only_the_shell_touches_the_world() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    let mut read = 0;
    for name in CORE {
        for path in sources(&crates.join(name).join("src")) {
            read += 1;
            let source = fs::read_to_string(&path).unwrap();
            for (number, line) in code_lines(&source) {
                if let Some(impure) = IMPURE.iter().find(|impure| line.contains(**impure)) {
                    found.push(format!("{}:{}: {impure}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(read > 20, "the sources were not found");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
