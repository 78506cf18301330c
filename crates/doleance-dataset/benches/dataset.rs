//! Ingest, merge and search at the size of a large project, on generated reports.
//!
//! `cargo bench -p doleance-dataset` prints the figures. Each is one run on a fresh file: what is measured takes seconds,
//! so that repeating it would add patience and no precision.

use std::time::Instant;

use doleance_dataset::{CodedReport, Ingest, MergeRules, Store, merge};
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

/// Seconds that the process has had a processor; more to the point than the clock where others work on the machine too.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    // User and system time, in hundredths of a second on Linux.
    (ticks(11) + ticks(12)) / 100.0
}

/// Does `work` and says how long it took by the clock and on the processor.
fn timed<T>(work: impl FnOnce() -> T) -> (T, String) {
    let (begun, before) = (Instant::now(), processor_seconds());
    let result = work();
    let (clock, processor) = (begun.elapsed().as_secs_f64(), processor_seconds() - before);
    (result, format!("{clock:.2} s ({processor:.2} s of processor)"))
}

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let count = if std::env::args().any(|argument| argument == "--bench") { 10_000 } else { 50 };
    let folder = tempfile::tempdir().expect("a folder for the bench");
    measure(count, &folder.path().join("chronicle.db"));
}

fn measure(count: usize, path: &std::path::Path) {
    let mut store = Store::open_or_create(path).expect("a new dataset");
    let generated = reports(count);
    let words: usize = generated.iter().map(|coded| coded.report.text.split_whitespace().count()).sum();
    let (summary, time) = timed(|| {
        let mut ingest = Ingest::new(&mut store, "bench");
        for coded in generated {
            ingest.add(coded).expect("the report is stored");
        }
        ingest.finish().expect("the last batch is stored")
    });
    println!(
        "ingest without coding: {} reports, {} records, {words} words in {time}",
        summary.new, summary.records
    );
    let (merged, time) = timed(|| merge(&store, &MergeRules::default()).expect("the records merge"));
    println!(
        "merge: {} records, {} pairs, {} events in {time}; peak memory {} MiB",
        merged.records,
        merged.pairs,
        merged.events,
        peak_mib().map_or_else(|| "?".to_owned(), |mib| mib.to_string())
    );
    for query in ["rail", "blockade docks mayor", "\"town 77\"", "witn* health"] {
        const TIMES: u32 = 20;
        let before = processor_seconds();
        let begun = Instant::now();
        let mut hits = 0;
        for _ in 0..TIMES {
            hits = store.search(query, 20).expect("the search runs").len();
        }
        let processor = (processor_seconds() - before) * 1e3 / f64::from(TIMES);
        let clock = begun.elapsed().as_secs_f64() * 1e3 / f64::from(TIMES);
        println!("search {query}: {hits} hits in {clock:.1} ms ({processor:.1} ms of processor)");
    }
    let (page, time) = timed(|| doleance_dataset::page_json(&store).expect("the page is read"));
    println!("page: {:.1} MB in {time}", page.len() as f64 / 1e6);
}
