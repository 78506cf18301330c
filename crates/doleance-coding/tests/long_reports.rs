//! A report four times as long takes about four times the time, also where it says the same again and again.

use std::time::{Duration, Instant};

use doleance_coding::{CodingOptions, LanguagePacks, code_report};
use doleance_text::{LanguageCode, Report};

/// The shortest of three runs.
fn time(packs: &LanguagePacks, sentence: &str, times: usize) -> Duration {
    let mut report = Report::new("long.txt", sentence.repeat(times));
    report.language = Some(LanguageCode("en".to_owned()));
    let run = |_| {
        let start = Instant::now();
        let coded = code_report(packs, &report, &CodingOptions::default());
        assert!(!coded.events.is_empty());
        start.elapsed()
    };
    (0..3).map(run).min().unwrap()
}

#[test]
fn time_grows_with_length_and_not_with_its_square() {
    let packs = LanguagePacks::embedded();
    for sentence in [
        "Dockers in Liverpool went on strike on Monday. ",
        "In Paris, Texas, 20 nurses marched on 3 May, and in Paris, France, 30 miners demanded higher pay. ",
    ] {
        let (short, long) = (time(packs, sentence, 200), time(packs, sentence, 800));
        let ratio = long.as_secs_f64() / short.as_secs_f64();
        // Four, and some room for a busy machine; the square would be sixteen.
        assert!(ratio < 9.0, "{sentence:?}: {ratio:.1} times the time for four times the text");
    }
}
