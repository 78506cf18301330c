//! Lists every file under `data/` so that the binary carries it: a language pack is a folder, with no Rust of its own.

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
