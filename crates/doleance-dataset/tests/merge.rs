//! What merging joins and what it keeps apart, on small cases; the gold is in `merge_gold.rs`.

mod common;

use common::{Told, action, rules, scratch, told};
use doleance_dataset::{MergedEvent, merge, page};

fn with(mut event: Told, change: impl FnOnce(&mut Told)) -> Told {
    change(&mut event);
    event
}

#[test]
fn two_outlets_on_one_rally_make_one_event_with_both_figures() {
    let reports = [
        told(
            "north.txt",
            "2024-03-05",
            "Police counted 300 people at the rally.",
            with(action("rally", "rally", "2024-03-04", "Lille"), |e| {
                e.size = vec![(300, Some("police".into()))]
            }),
        ),
        told(
            "south.txt",
            "2024-03-06",
            "Organisers put the march at 3000.",
            with(action("march", "march", "2024-03-04", "Lille"), |e| {
                e.size = vec![(3000, Some("organisers".into()))];
                e.actors = vec!["workers/rail".into()];
            }),
        ),
        told(
            "third.txt",
            "2024-03-06",
            "Some rallied in the north on Monday.",
            with(action("rally", "rallied", "2024-03-04", "Lille"), |e| {
                e.actors = vec!["workers/rail".into()]
            }),
        ),
    ];
    let scratch = scratch(&reports);
    let summary = merge(&scratch.store, &rules()).unwrap();
    assert_eq!((summary.records, summary.events, summary.joined), (3, 1, 1));
    let event: MergedEvent = scratch.store.events().unwrap().remove(0);
    let figures: Vec<_> = event.size.iter().map(|f| (f.low, f.said_by.as_deref())).collect();
    assert_eq!(figures, [(Some(300), Some("police")), (Some(3000), Some("organisers"))]);
    assert_eq!(event.reports, ["north.txt", "south.txt", "third.txt"]);
    assert_eq!((event.kind.value.as_str(), event.kind.records.len()), ("rally", 2));
    assert_eq!(event.kind.dissents[0].value, "march");
    let crosswalk = scratch.store.crosswalk().unwrap();
    assert_eq!(crosswalk.iter().filter(|(_, _, join)| join.with.is_none()).count(), 1);
    for (_, _, join) in crosswalk.iter().filter(|(_, _, join)| join.with.is_some()) {
        assert!(join.weight.unwrap() > 0.0 && !join.reasons.is_empty());
    }
    assert_eq!(scratch.store.check().unwrap().faults, []);
}

#[test]
fn ten_daily_strikes_are_ten_events() {
    let mut reports = Vec::new();
    for day in 1..=10 {
        for outlet in ["north", "south"] {
            let words = format!("The {outlet} of the harbour stood still as dockers struck, day {day}.");
            reports.push(told(
                &format!("{outlet}-{day}.txt"),
                &format!("2024-03-{:02}", day + 1),
                &words,
                with(action("strike", "struck", &format!("2024-03-{day:02}"), "Hull"), |e| {
                    e.actors = vec!["workers/docks/Unite".into()];
                    e.issues = vec!["wages".into()];
                }),
            ));
        }
    }
    let scratch = scratch(&reports);
    let summary = merge(&scratch.store, &rules()).unwrap();
    assert_eq!((summary.events, summary.joined), (10, 10));
}

#[test]
fn a_strike_and_the_rally_inside_it_are_two_events_linked() {
    let strike = |words| {
        with(action("strike", words, "2024-03-04", "Hull"), |e| e.actors = vec!["workers/docks/Unite".into()])
    };
    let rally = |words| {
        with(action("rally", words, "2024-03-04", "Hull"), |e| {
            e.id = "e2".into();
            e.actors = vec!["workers/docks/Unite".into()];
        })
    };
    let mut north =
        told("north.txt", "2024-03-05", "Dockers struck in Hull and rallied at the gate.", strike("struck"));
    north.records.extend(
        told("north.txt", "2024-03-05", "Dockers struck in Hull and rallied at the gate.", rally("rallied"))
            .records,
    );
    let mut south =
        told("south.txt", "2024-03-05", "A strike shut the port; hundreds met outside.", strike("strike"));
    south.records.extend(
        told(
            "south.txt",
            "2024-03-05",
            "A strike shut the port; hundreds met outside.",
            rally("met outside"),
        )
        .records,
    );
    let scratch = scratch(&[north, south]);
    let summary = merge(&scratch.store, &rules()).unwrap();
    assert_eq!((summary.events, summary.joined, summary.links), (2, 2, 1));
    let (from, relation, to, support) = scratch.store.event_links().unwrap().remove(0);
    assert_eq!(relation, "part_of");
    assert_eq!(scratch.store.event(&from).unwrap().kind.value, "rally");
    assert_eq!(scratch.store.event(&to).unwrap().kind.value, "strike");
    assert!(support.inferred.is_some());
}

#[test]
fn what_was_announced_is_not_what_happened() {
    let mut announced = action("strike", "will strike", "2024-03-04", "Hull");
    announced.status = doleance_records::Status::Planned;
    let scratch = scratch(&[
        told("before.txt", "2024-03-01", "Dockers will strike on Monday.", announced),
        told(
            "after.txt",
            "2024-03-05",
            "Dockers struck in Hull.",
            action("strike", "struck", "2024-03-04", "Hull"),
        ),
    ]);
    assert_eq!(merge(&scratch.store, &rules()).unwrap().events, 2);
}

#[test]
fn whom_the_police_cleared_tells_two_clearings_apart() {
    let cleared = |target: &str| {
        with(action("dispersal", "cleared", "2024-03-04", "Hull"), |e| {
            e.actors = vec!["police".into()];
            e.targets = vec![target.into()];
        })
    };
    let events = |one: Told, other: Told| {
        let scratch = scratch(&[
            told("one.txt", "2024-03-05", "By noon the police had cleared the gate of the yard.", one),
            told("two.txt", "2024-03-05", "A crowd outside was cleared by officers on horses.", other),
        ]);
        merge(&scratch.store, &rules()).unwrap().events
    };
    assert_eq!(events(cleared("workers/docks"), cleared("workers/docks")), 1);
    assert_eq!(events(cleared("workers/docks"), cleared("workers/health")), 2);
    // An outlet that names no day, and only has it denied, still tells of the same dockers.
    let denied = with(cleared("workers/docks"), |e| {
        e.time = None;
        e.status = doleance_records::Status::Denied;
    });
    assert_eq!(events(cleared("workers/docks"), denied.clone()), 1);
    assert_eq!(events(cleared("workers/health"), denied), 2);
}

#[test]
fn syndicated_copy_is_one_event_though_a_day_is_off() {
    let wire = "Hundreds of dockers blocked the northern gate of the port with pallets early on Monday, \
                demanding that forty dismissed crane drivers be taken back, and left at noon.";
    let event = |day: &str| {
        with(action("blockade", "blocked", day, "Hull"), |e| e.actors = vec!["workers/docks".into()])
    };
    let scratch = scratch(&[
        told("one.txt", "2024-03-05", wire, event("2024-03-04")),
        told("two.txt", "2024-03-06", &format!("{wire} More follows."), event("2024-03-05")),
    ]);
    let summary = merge(&scratch.store, &rules()).unwrap();
    assert_eq!(summary.events, 1);
    let event = scratch.store.events().unwrap().remove(0);
    assert_eq!(event.time.unwrap().dissents.len(), 1);
}

#[test]
fn the_page_names_everything_by_index() {
    let scratch = scratch(&[
        told(
            "a.txt",
            "2024-03-05",
            "Dockers struck in Hull.",
            with(action("strike", "struck", "2024-03-04", "Hull"), |e| e.issues = vec!["wages".into()]),
        ),
        told(
            "b.txt",
            "2024-03-04",
            "Dockers strike in Hull today.",
            action("strike", "strike", "2024-03-04", "Hull"),
        ),
        told("c.txt", "2024-03-07", "Teachers march.", action("march", "march", "", "")),
    ]);
    merge(&scratch.store, &rules()).unwrap();
    let page = page(&scratch.store).unwrap();
    assert_eq!(page.reports.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["b.txt", "a.txt", "c.txt"]);
    assert_eq!(page.events.len(), 2);
    assert_eq!(page.events[0].records.len(), 2);
    assert_eq!(page.claims[0].events, [0]);
    for (number, record) in page.records.iter().enumerate() {
        assert!(page.events[record.event.unwrap() as usize].records.contains(&(number as u32)));
        assert!(page.reports[record.report as usize].records.contains(&(number as u32)));
    }
    let json: serde_json::Value =
        serde_json::from_str(&doleance_dataset::page_json(&scratch.store).unwrap()).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(json["events"][0]["kind"]["value"], "strike");
    assert_eq!(json["crosswalk"].as_array().unwrap().len(), 3);
}
