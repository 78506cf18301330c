//! Storing, merging and searching at the size of a large project, on generated reports.
//!
//! `cargo bench -p doleance-dataset` prints the times and the most memory that was held. What comes out is asserted: a
//! change that is faster because it finds less does not pass. Coding has its own bench, in the crate `doleance`.

use std::path::Path;
use std::time::Duration;

use criterion::{BatchSize, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use doleance_dataset::{CodedReport, Ingest, MergeRules, Selection, Store, merge};
use doleance_records::{Actor, Event, Figure, Offsets, Place, PlaceLevel, Quote, Record, Status, Time};
use doleance_text::{LanguageCode, Report};

const KINDS: [&str; 6] = ["strike", "rally", "march", "blockade", "arrest", "clash"];
const SECTORS: [&str; 7] = ["rail", "docks", "health", "education", "oil", "post", "mines"];
const PER_REPORT: usize = 10;

/// A small generator of numbers: the bench needs variety, and the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % limit
    }
}

/// `count` reports, each on ten of some 28,000 events in 800 towns over two years: an event is told three or four times.
fn reports(count: usize) -> Vec<CodedReport> {
    let mut numbers = Numbers(7);
    let happened = count * PER_REPORT * 2 / 7;
    (0..count)
        .map(|number| {
            let name = format!("report-{number}.txt");
            let mut text = String::new();
            let mut records = Vec::new();
            for at in 0..PER_REPORT {
                let event = numbers.below(happened.max(1));
                let mut of = Numbers(event as u64 * 977 + 5);
                let (kind, sector) = (KINDS[of.below(KINDS.len())], SECTORS[of.below(SECTORS.len())]);
                let (town, day, size) = (of.below(800), of.below(730), 50 + of.below(4000));
                let start = text.chars().count() as u32;
                let opening = ["On that day", "Witnesses said", "Late in the week", "As announced"][numbers.below(4)];
                text.push_str(&format!(
                    "{opening}, a {kind} of {sector} workers drew {size} people to the gates of town {town}, the \
                     {} told outlet {} in words that nobody else printed, number {}. ",
                    ["union", "police", "mayor"][numbers.below(3)],
                    number % 40,
                    numbers.below(100_000),
                ));
                let offset = opening.len() as u32 + 4;
                let trigger = Quote { start: start + offset, end: start + offset + kind.len() as u32, text: kind.into() };
                records.push(Record::Event(coded(&name, at, kind, sector, town, day, size, trigger)));
            }
            let mut report = Report::new(name, text);
            report.language = Some(LanguageCode("en".into()));
            report.source = Some(format!("Outlet {}", number % 40));
            report.published = Some(date(numbers.below(730)));
            CodedReport { report, records }
        })
        .collect()
}

fn date(day: usize) -> doleance_text::Date {
    jiff::civil::date(2022, 1, 1).checked_add(jiff::Span::new().days(day as i32)).expect("a day of two years")
}

#[allow(clippy::too_many_arguments)]
fn coded(
    doc: &str,
    at: usize,
    kind: &str,
    sector: &str,
    town: usize,
    day: usize,
    size: usize,
    trigger: Quote,
) -> Event {
    let span = Offsets(trigger.start, trigger.end);
    Event {
        doc: doc.into(),
        id: format!("e{}", at + 1),
        kind: kind.into(),
        status: Status::Happened,
        time: Some(Time {
            start: Some(date(day)),
            end: Some(date(day)),
            part: None,
            granularity: "day".into(),
            text: "that day".into(),
            span,
        }),
        place: Some(Place {
            name: format!("Town {town}"),
            id: Some(format!("geonames:{}", 1_000_000 + town)),
            level: PlaceLevel::City,
            country: Some(["FR", "GB", "DE", "ES"][town % 4].into()),
            admin1: Some(format!("Division {}", town % 60)),
            lat: Some(42.0 + (town % 80) as f64 * 0.2),
            lon: Some(-4.0 + (town / 80) as f64 * 0.7),
            text: format!("town {town}"),
            span,
            alternatives: Vec::new(),
        }),
        actors: vec![Actor {
            role: "workers".into(),
            sector: Some(sector.into()),
            name: None,
            organisation: None,
            text: format!("{sector} workers"),
            span,
        }],
        targets: Vec::new(),
        size: vec![Figure {
            low: Some(size as u64),
            high: None,
            text: format!("{size} people"),
            said_by: None,
            span,
        }],
        killed: Vec::new(),
        injured: Vec::new(),
        arrested: Vec::new(),
        reported_by: None,
        claims: Vec::new(),
        confidence: 0.8,
        evidence: vec![span],
        rules: vec!["bench.generated".into()],
        trigger,
    }
}

/// The most memory that the process has held, in MiB; none where the system does not say.
fn peak_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

/// Stores coded reports as an ingest does. Gives the number of records.
fn ingest(path: &Path, coded: Vec<CodedReport>) -> usize {
    let mut store = Store::open_or_create(path).expect("a new dataset");
    let mut ingest = Ingest::new(&mut store, "bench");
    for coded in coded {
        ingest.add(coded).expect("the report is stored");
    }
    ingest.finish().expect("the last batch is stored").records
}

fn storing(criterion: &mut Criterion) {
    let some = reports(1_000);
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let mut files = (0..).map(|number| folder.path().join(format!("{number}.db")));
    let mut group = criterion.benchmark_group("store");
    group.sample_size(10).throughput(Throughput::Elements(some.len() as u64));
    group.bench_function("1,000 coded reports with 10,000 records", |bencher| {
        bencher.iter_batched(
            || (files.next().expect("names do not end"), some.clone()),
            |(path, coded)| assert_eq!(ingest(&path, coded), 10 * some.len()),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn merging(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let path = folder.path().join("chronicle.db");
    assert_eq!(ingest(&path, reports(10_000)), 100_000);
    let store = Store::open(&path).expect("the dataset opens");
    let mut group = criterion.benchmark_group("dataset of 100,000 records");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(1));
    group.bench_function("merge", |bencher| {
        bencher.iter(|| {
            let merged = merge(&store, &MergeRules::default()).expect("the records merge");
            assert_eq!(merged.records, 100_000);
            assert!((25_000..32_000).contains(&merged.events), "{} events of some 28,000", merged.events);
        });
    });
    println!("most memory so far: {} MiB", peak_mib().map_or_else(|| "?".to_owned(), |mib| mib.to_string()));
    for query in ["rail", "blockade docks mayor", "\"town 77\"", "witn* health"] {
        group.bench_function(format!("search {query}"), |bencher| {
            bencher.iter(|| {
                let hits = store.search(query, &Selection::default(), 20).expect("the search runs");
                assert!(!hits.is_empty());
            });
        });
    }
    group.bench_function("page", |bencher| {
        bencher.iter(|| {
            let page = doleance_dataset::page_json(&store).expect("the page is read");
            assert!(page.len() > 100_000_000);
        });
    });
    group.finish();
}

criterion_group!(benches, storing, merging);
criterion_main!(benches);
