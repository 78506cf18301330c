//! The committed bundle against its sources, and the words of the page against the codebook. Needs no Node.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use doleance::page::{LAND, SCRIPT};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// SHA-256 over every source: path, a zero, content, a zero; in the order of paths. As `page/vite.config.ts` counts it.
fn hash_of_sources() -> String {
    let page = root().join("page");
    let mut sources = Vec::from(
        ["package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"].map(|name| page.join(name)),
    );
    files(&page.join("src"), &mut sources);
    let mut named: Vec<(String, PathBuf)> = sources
        .into_iter()
        .map(|path| {
            let parts: Vec<String> = path
                .strip_prefix(&page)
                .unwrap()
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect();
            (parts.join("/"), path)
        })
        .collect();
    named.sort();
    let mut hash = Sha256::new();
    for (name, path) in named {
        hash.update(name);
        hash.update([0]);
        hash.update(std::fs::read(path).unwrap());
        hash.update([0]);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_bundle_was_built_from_these_sources() {
    let recorded = SCRIPT.lines().next().unwrap();
    assert_eq!(
        recorded,
        format!("/*! sources {} */", hash_of_sources()),
        "the committed page is stale: run `npm ci && npm run build` in page/ and commit what it writes"
    );
}

#[test]
fn the_script_cannot_end_its_element() {
    let small = SCRIPT.to_lowercase();
    assert!(!small.contains("</script") && !small.contains("<!--"));
}

#[test]
fn the_page_has_no_way_around_text_nodes() {
    let mut sources = Vec::new();
    files(&root().join("page/src"), &mut sources);
    let programs =
        sources.iter().filter(|path| path.extension().is_some_and(|end| end == "ts" || end == "tsx"));
    let mut read = 0;
    for path in programs {
        read += 1;
        let source = std::fs::read_to_string(path).unwrap();
        for banned in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "eval(",
            "new Function",
            "fetch(",
            "XMLHttpRequest",
            "import(",
        ] {
            assert!(!source.contains(banned), "{}: {banned}", path.display());
        }
    }
    assert!(read > 15, "the sources were not found");
}

#[test]
fn the_land_is_one_topology() {
    let land: Value = serde_json::from_str(LAND).unwrap();
    assert_eq!(land["type"], "Topology");
    assert!(land["objects"]["land"].is_object());
}

fn language(name: &str) -> Map<String, Value> {
    let path = root().join(format!("page/src/languages/{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Every key, with the places `{…}` of its phrase.
fn keys(sections: &Map<String, Value>) -> BTreeSet<(String, BTreeSet<String>)> {
    let mut all = BTreeSet::new();
    for (section, phrases) in sections {
        for (key, phrase) in phrases.as_object().unwrap() {
            let phrase = phrase.as_str().unwrap();
            assert!(!phrase.trim().is_empty(), "{section}.{key} is empty");
            let places =
                phrase.split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0.to_owned()).collect();
            all.insert((format!("{section}.{key}"), places));
        }
    }
    all
}

#[test]
fn the_three_languages_have_the_same_keys_and_places() {
    let english = keys(&language("en"));
    for other in ["fr", "ru"] {
        let these = keys(&language(other));
        let apart: Vec<_> = english.symmetric_difference(&these).collect();
        assert!(apart.is_empty(), "{other}: {apart:?}");
    }
}

#[test]
fn phrases_with_numbers_have_the_forms_of_their_language() {
    for (name, forms) in [("en", 2), ("fr", 2), ("ru", 3)] {
        for (key, phrase) in language(name)["counts"].as_object().unwrap() {
            assert_eq!(phrase.as_str().unwrap().split('|').count(), forms, "{name}: {key}");
        }
    }
}

#[test]
fn every_reason_for_a_join_has_a_name_on_the_page() {
    let table = std::fs::read_to_string(root().join("docs/merge.md")).unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.split('|').map(str::trim).collect())
        // | field | level | m | u | bits |
        .filter(|cells: &Vec<&str>| cells.len() == 7 && cells[3].parse::<f64>().is_ok())
        .collect();
    assert!(rows.len() > 40, "the table of weights was not found");
    for name in ["en", "fr", "ru"] {
        let words = language(name);
        for cells in &rows {
            assert!(words["fields"].get(cells[1]).is_some(), "{name}: no field {}", cells[1]);
            assert!(words["levels"].get(cells[2]).is_some(), "{name}: no level {}", cells[2]);
        }
    }
}

#[test]
fn all_that_is_left_out_for_the_public_has_a_name_on_the_page() {
    let path = root().join("crates/doleance-dataset/src/page/public.rs");
    let source = std::fs::read_to_string(path).unwrap();
    let counted: BTreeSet<&str> =
        source.split("left_out, \"").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
    assert!(counted.len() >= 7, "{counted:?}");
    for name in ["en", "fr", "ru"] {
        for what in &counted {
            assert!(language(name)["left_out"].get(*what).is_some(), "{name}: no name for {what}");
        }
    }
}

/// Identifiers of a table of the codebook.
fn ids(file: &str, table: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join("data/codebook").join(file)).unwrap();
    let value: toml::Value = toml::from_str(&text).unwrap();
    let all: Vec<String> = value[table]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(!all.is_empty());
    all
}

#[test]
fn every_code_of_the_codebook_has_a_name_on_the_page() {
    let mut kinds = Vec::new();
    files(&root().join("data/codebook/kinds"), &mut kinds);
    let kinds = kinds.iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let sections = [
        ("kinds", kinds),
        ("statuses", ids("statuses.toml", "status")),
        ("issues", ids("issues.toml", "issue")),
        ("relations", ids("relations.toml", "relation")),
        ("inverse_relations", ids("relations.toml", "relation")),
        ("roles", ids("roles.toml", "role")),
        ("sectors", ids("roles.toml", "sector")),
    ];
    for name in ["en", "fr", "ru"] {
        let words = language(name);
        for (section, codes) in &sections {
            for code in codes {
                assert!(words[*section].get(code).is_some(), "{name}: {section} has no {code}");
            }
        }
    }
}
