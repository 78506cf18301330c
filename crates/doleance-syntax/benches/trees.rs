//! From raw text to trees, on one thread: the example reports of a language with its shipped model.
//!
//! `cargo bench -p doleance-syntax` prints the words read a second, counted as treebanks and CoNLL-U do: the two words of
//! a contraction are two, and a mark is one. Their number is asserted to be that of a first reading.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use doleance_syntax::SyntaxModel;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

/// The texts of the examples in one language, which their names end with.
fn texts(language: &str) -> Vec<String> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder("examples"))
        .expect("the examples are there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with(language)))
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("an example can be read")).collect()
}

/// Words of the trees.
fn words(model: &SyntaxModel, texts: &[String]) -> u64 {
    texts.iter().map(|text| model.annotate(text).token_ids().len() as u64).sum()
}

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("trees");
    for language in ["en", "fr"] {
        let path = folder("data/languages").join(language).join("syntax.model");
        let bytes = std::fs::read(path).expect("the model is there");
        let model = SyntaxModel::from_bytes(bytes).expect("the model is sound");
        let texts = texts(language);
        let expected = words(&model, &texts);
        assert!(expected > 500, "the examples of {language} are read");
        group.throughput(Throughput::Elements(expected));
        group.bench_function(format!("examples in {language}, words"), |bencher| {
            bencher.iter(|| assert_eq!(words(&model, black_box(&texts)), expected));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
