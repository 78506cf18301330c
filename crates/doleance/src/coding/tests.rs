//! The way through with a coder that codes one word, so that order, numbers and offsets can be seen.

use doleance_records::{Event, Offsets, Quote, Status};

use super::*;
use crate::input::Form;

const WORD: &str = "strike";

/// Codes every occurrence of [`WORD`].
pub(crate) fn toy_code(report: &Report) -> CodedReport {
    let mut coded = CodedReport { doc: report.id.clone(), ..CodedReport::default() };
    for (number, (at, _)) in report.text.match_indices(WORD).enumerate() {
        let start = report.text[..at].chars().count() as u32;
        let end = start + WORD.len() as u32;
        coded.events.push(Event {
            doc: report.id.clone(),
            id: format!("e{}", number + 1),
            kind: WORD.to_owned(),
            status: Status::Happened,
            trigger: Quote { start, end, text: WORD.to_owned() },
            time: None,
            place: None,
            actors: Vec::new(),
            targets: Vec::new(),
            size: Vec::new(),
            killed: Vec::new(),
            injured: Vec::new(),
            arrested: Vec::new(),
            reported_by: None,
            claims: Vec::new(),
            confidence: 0.5,
            evidence: vec![Offsets(start, end)],
            rules: Vec::new(),
        });
    }
    coded
}

fn raw(id: &str, text: String) -> Result<RawReport, Problem> {
    let bytes = text.into_bytes();
    Ok(RawReport { file: id.to_owned(), line: None, id: id.to_owned(), form: Form::Text, bytes })
}

fn coder(code: &(dyn Fn(&Report) -> CodedReport + Sync)) -> Coder<'_> {
    Coder { packs: LanguagePacks::embedded(), code }
}

fn run(
    reports: Vec<Result<RawReport, Problem>>,
    jobs: usize,
    coder: &Coder<'_>,
) -> (Vec<Event>, Vec<Problem>) {
    let defaults = Defaults { language: Some(LanguageCode("en".into())), ..Defaults::default() };
    let (mut events, mut problems) = (Vec::new(), Vec::new());
    let render = |mut piece: Piece| {
        shift(&mut piece);
        piece.coded.events
    };
    let done: Result<(), ()> = code_reports(reports.into_iter(), &defaults, coder, jobs, render, |coded| {
        match coded {
            Ok(mut coded) => events.append(&mut coded),
            Err(problem) => problems.push(problem),
        }
        Ok(())
    });
    done.unwrap();
    (events, problems)
}

#[test]
fn one_long_line_is_coded_in_parts_as_if_it_were_one() {
    let text = "Dès l’aube, une strike à Brest. ".repeat(50_000);
    let whole = toy_code(&Report::new("long", text.clone())).events.len();
    let (events, problems) = run(vec![raw("long", text.clone())], 4, &coder(&toy_code));
    assert_eq!((events.len(), problems.len()), (whole, 0));
    let points: Vec<char> = text.chars().collect();
    for (number, event) in events.iter().enumerate() {
        assert_eq!(event.id, format!("e{}", number + 1));
        let words: String = points[event.trigger.start as usize..event.trigger.end as usize].iter().collect();
        assert_eq!(words, WORD);
    }
}

#[test]
fn any_number_of_jobs_gives_the_same_records() {
    let reports = || {
        (0..200)
            .map(|n| raw(&format!("r{n}"), format!("A strike. {}", "Strike! strike. ".repeat(n))))
            .collect()
    };
    let (one, _) = run(reports(), 1, &coder(&toy_code));
    let (eight, _) = run(reports(), 8, &coder(&toy_code));
    assert_eq!(one.len(), 200 + 199 * 200 / 2);
    assert_eq!(one, eight);
}

#[test]
fn a_report_that_cannot_be_read_does_not_stop_the_others() {
    let reports = vec![raw("a", "A strike.".into()), raw("b", " ".into()), raw("c", "A strike.".into())];
    let (events, problems) = run(reports, 2, &coder(&toy_code));
    assert_eq!(events.iter().map(|event| event.doc.as_str()).collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(problems[0].file, "b");
}

#[test]
fn a_fault_of_the_coder_is_a_problem_of_one_report() {
    let faulty = |report: &Report| if report.id == "b" { panic!("fault") } else { toy_code(report) };
    let reports = ["a", "b", "c"].map(|id| raw(id, "A strike.".into())).into();
    let (events, problems) = run(reports, 2, &coder(&faulty));
    assert_eq!(events.len(), 2);
    assert_eq!(problems[0].file, "b");
}

#[test]
fn a_language_without_a_pack_is_a_problem() {
    let german = "Die Beschäftigten des Werkes legten am Donnerstag die Arbeit nieder. ".repeat(5);
    let defaults = Defaults::default();
    let mut problems = Vec::new();
    let done: Result<(), ()> = code_reports(
        std::iter::once(raw("d", german)),
        &defaults,
        &coder(&toy_code),
        1,
        |_| (),
        |coded| {
            problems.extend(coded.err());
            Ok(())
        },
    );
    done.unwrap();
    assert!(
        problems[0].to_string().contains("without a pack") && problems[0].to_string().contains("Packs: en")
    );
}
