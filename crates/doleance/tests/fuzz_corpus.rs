//! Replays the corpus of the fuzz targets, and puts generated inputs through the same functions.

use std::fs;
use std::path::{Path, PathBuf};

use doleance::fuzzing;
use proptest::prelude::*;

fn corpus(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn replay(target: &str, run: fn(&[u8])) {
    let files = corpus(target);
    assert!(files.len() >= 10, "the corpus of {target} is missing");
    for file in files {
        eprintln!("{}", file.display());
        run(&fs::read(&file).unwrap());
    }
}

#[test]
fn the_corpus_of_texts_is_read() {
    replay("text", fuzzing::text);
}

#[test]
fn the_corpus_of_pages_is_read() {
    replay("html", fuzzing::html);
}

#[test]
fn the_corpus_of_json_lines_is_read() {
    replay("json_lines", fuzzing::json_lines);
}

#[test]
fn the_corpus_of_reports_is_coded() {
    replay("code", fuzzing::code);
}

/// Bytes that are more often near to text than chance would have it.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let snippets: &[&[u8]] = &[
        b"---\n",
        b"published: ",
        b"2022-01-08",
        b"language: fr\n",
        b"\r\n",
        b"\xEF\xBB\xBF",
        b"\xFF\xFE",
        b"\xE9",
        b"\0",
        b"<p>",
        b"</p>",
        b"<div",
        b"<table><td>",
        b"charset=utf-16",
        b"&amp;",
        b"{\"text\":\"",
        b"\"}",
        b"\\u12",
        b"\\ud800",
        b"gr\xC3\xA8ve ",
        b"strike ",
        b". ",
        b"\n- ",
        b"\xE2\x80\x99",
        b"\xD0\xB7",
        b"1.000 ",
        b"12 ",
        b"\x1B[2J",
    ];
    let snippet = prop::sample::select(snippets).prop_map(<[u8]>::to_vec);
    let piece = prop_oneof![3 => snippet, 1 => prop::collection::vec(any::<u8>(), 0..12)];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Text made of the words, marks and numbers that coding looks for, in any order.
fn news() -> impl Strategy<Value = String> {
    let words: &[&str] = &[
        "grève",
        "Les ouvriers",
        "ouvrières",
        "de",
        "du",
        "l’",
        "d'",
        "à Paris",
        "le 6 janvier",
        "hier",
        "lundi",
        "100",
        "2 000",
        "manifestants",
        "n'ont pas",
        "arrêté",
        "la police",
        "ont été",
        "tués",
        "strike",
        "The dockers",
        "in London",
        "on Monday",
        "were killed",
        "demanding",
        "higher wages",
        "said",
        "will",
        "march",
        "riot",
        ".",
        ",",
        ":",
        "\n",
        "\n\n- ",
        "«",
        "»",
        "“",
        "(",
        ")",
        "…",
        "travailleur·euses",
        "manifestant.e.s",
        "\u{301}",
        "\u{200D}",
        "🚩",
        "İ",
        "ß",
        "\u{1B}[31m",
        "\u{FEFF}",
        "’",
        "-",
    ];
    prop::collection::vec(prop::sample::select(words), 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic_in_a_reader(bytes in bytes()) {
        fuzzing::text(&bytes);
        fuzzing::html(&bytes);
        fuzzing::json_lines(&bytes);
    }

    #[test]
    fn no_text_panics_in_coding(text in news()) {
        fuzzing::code(text.as_bytes());
    }

    #[test]
    fn no_bytes_panic_in_coding(bytes in bytes()) {
        fuzzing::code(&bytes);
    }
}
