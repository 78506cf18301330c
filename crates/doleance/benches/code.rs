//! All of `code`, from the bytes of the example reports to JSON Lines, on one thread.
//!
//! `cargo bench -p doleance` prints the time of one pass over `examples/` and the words coded a second. The number of
//! records is asserted: a change that is faster because it finds less does not pass.

use std::convert::Infallible;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use doleance::coding::{Coder, Defaults, code_reports};
use doleance::input::{RawReport, RawReports};
use doleance::output::{Format, Rendering};
use doleance_coding::{CodingOptions, LanguagePacks, code_report};

/// Records in the examples. Change it together with the rules that change it.
const RECORDS: usize = 218;

fn examples() -> Vec<RawReport> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    RawReports::new(&[folder]).map(|raw| raw.expect("the examples can be read")).collect()
}

/// Lines of JSON that the reports give.
fn code(reports: &[RawReport], jobs: usize) -> usize {
    let packs = LanguagePacks::embedded();
    let options = CodingOptions::default();
    let code = |report: &_| code_report(packs, report, &options);
    let coder = Coder { packs, code: &code };
    let rendering = Rendering { format: Format::Jsonl, width: 100, raw_cells: false };
    let mut lines = 0;
    let raw = reports.iter().cloned().map(Ok);
    let done: Result<(), Infallible> = code_reports(
        raw,
        &Defaults::default(),
        &coder,
        jobs,
        |piece| rendering.piece(piece),
        |coded| {
            let coded = coded.expect("the examples can be coded");
            lines += black_box(coded).iter().filter(|&&byte| byte == b'\n').count();
            Ok(())
        },
    );
    match done {
        Ok(()) => lines,
    }
}

fn bench(criterion: &mut Criterion) {
    let reports = examples();
    assert_eq!(code(&reports, 1), RECORDS, "the examples give another number of records");
    let words = |raw: &RawReport| String::from_utf8_lossy(&raw.bytes).split_whitespace().count() as u64;
    let mut group = criterion.benchmark_group("code");
    group.throughput(Throughput::Elements(reports.iter().map(words).sum()));
    group.bench_function("examples, one thread, words", |bencher| bencher.iter(|| code(&reports, 1)));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
