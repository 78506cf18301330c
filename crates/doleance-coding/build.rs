//! Lists every file under `data/` so that the binary carries it: a language pack is a folder, with no Rust of its own.
//!
//! Files of triggers and issue terms are carried a second time without their examples, as JSON: a run that only codes
//! reads these, in a tenth of the time.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../data");
    let root = root.canonicalize().expect("the data folder stands beside the crates");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    list(&root, &mut files);
    let name = |file: &PathBuf| {
        file.strip_prefix(&root).expect("listed below it").to_string_lossy().replace('\\', "/")
    };
    // In the order of the names as text, which look-up relies on.
    files.sort_by_key(name);
    let mut table = String::from("&[\n");
    for file in &files {
        let name = name(file);
        writeln!(table, "    ({name:?}, include_bytes!({:?})),", file.display().to_string())
            .expect("a String takes all");
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("embedded.rs"), table).expect("the build folder is writable");

    let mut table = String::from("&[\n");
    for (number, file) in files.iter().filter(|f| is_large(f)).enumerate() {
        // A file that is no TOML is left to the program to complain of, which names the line.
        let text = fs::read_to_string(file).expect("a readable file");
        let Ok(rows) = toml::from_str::<serde_json::Value>(&text) else { continue };
        let compact = out.join(format!("compact-{number}.json"));
        fs::write(&compact, without_examples(rows).to_string()).expect("the build folder is writable");
        let name = name(file);
        writeln!(table, "    ({name:?}, include_bytes!({:?})),", compact.display().to_string())
            .expect("a String takes all");
    }
    table.push_str("]\n");
    fs::write(out.join("compact.rs"), table).expect("the build folder is writable");
}

/// Triggers and the issue terms of a language.
fn is_large(file: &Path) -> bool {
    let folder = |name: &str| file.parent().is_some_and(|p| p.ends_with(name));
    let is_toml = file.extension().is_some_and(|e| e == "toml");
    is_toml && folder("triggers") || file.ends_with("issues.toml") && !folder("codebook")
}

fn without_examples(mut file: serde_json::Value) -> serde_json::Value {
    for kind in ["trigger", "term"] {
        let rows = file.get_mut(kind).and_then(serde_json::Value::as_array_mut);
        for row in rows.into_iter().flatten().filter_map(serde_json::Value::as_object_mut) {
            row.remove("examples");
            row.remove("counter_examples");
        }
    }
    file
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            list(&path, files);
        } else if path.extension().is_none_or(|e| e != "md") {
            files.push(path);
        }
    }
}
