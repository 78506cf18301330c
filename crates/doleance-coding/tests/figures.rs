//! How many took part, where an action is said to have drawn them; what it only touched is no crowd.

mod common;

use common::coded;

/// The sizes of the first event of a sentence.
fn sizes(language: &str, text: &str) -> Vec<u64> {
    let first =
        coded(language, text).events.into_iter().next().unwrap_or_else(|| panic!("no event in {text:?}"));
    first.size.into_iter().filter_map(|figure| figure.low).collect()
}

#[test]
fn an_action_has_those_that_it_drew() {
    for (language, text, size) in [
        ("fr", "La manifestation a réuni 20.000 personnes à Paris samedi.", 20_000),
        ("fr", "Le rassemblement avait attiré 400 personnes devant la mairie de Brest.", 400),
        ("fr", "Une manifestation rassemblant 2 000 personnes a traversé Lille.", 2_000),
        ("en", "The march drew 2,000 people in Leeds on Monday.", 2_000),
        ("en", "A rally attracting 300 teachers was held in York.", 300),
    ] {
        assert_eq!(sizes(language, text), [size], "{text}");
    }
}

#[test]
fn what_an_action_touched_is_no_crowd() {
    for (language, text) in [
        ("fr", "La grève a touché 2 000 voyageurs à Paris."),
        ("en", "The march delayed 2,000 passengers in Leeds on Monday."),
    ] {
        assert_eq!(sizes(language, text), [0u64; 0], "{text}");
    }
}

#[test]
fn those_who_act_are_not_acted_on() {
    let text = "Lundi, 150 personnes se sont rassemblées devant la mairie de Brest.";
    let rally = coded("fr", text).events.into_iter().find(|e| e.kind == "rally").unwrap();
    assert_eq!(rally.actors.len(), 1, "{rally:?}");
    assert!(rally.targets.is_empty(), "{rally:?}");
    let text = "Police arrested two men in Leeds on Monday.";
    let arrest = coded("en", text).events.into_iter().find(|e| e.kind == "arrest").unwrap();
    assert_eq!((arrest.actors.len(), arrest.targets.len()), (1, 1), "{arrest:?}");
}

#[test]
fn the_age_of_one_who_died_is_no_number_of_dead() {
    let found = coded("en", "A soldier killed a boy of 18 in Leeds on Monday.");
    let killing = found.events.iter().find(|e| e.kind == "killing").unwrap();
    assert_eq!(killing.killed.iter().map(|f| f.low).collect::<Vec<_>>(), [Some(1)]);
}

#[test]
fn a_bare_number_stands_for_people() {
    for (language, text, kind, number) in [
        ("fr", "Les gendarmes en ont interpellé une dizaine samedi.", "arrest", 10),
        ("fr", "Les gendarmes ont interpellé une dizaine de jeunes samedi.", "arrest", 10),
        ("fr", "Trois d'entre eux ont été tués à Lille.", "killing", 3),
        ("en", "Police detained at least 40 on Saturday.", "arrest", 40),
    ] {
        let found = coded(language, text).events;
        let event = found.iter().find(|e| e.kind == kind).unwrap_or_else(|| panic!("no {kind} in {text}"));
        let figures = if kind == "arrest" { &event.arrested } else { &event.killed };
        assert_eq!(figures.iter().map(|f| f.low).collect::<Vec<_>>(), [Some(number)], "{text}");
    }
}
