//! A leaflet names time and place of what is to come, without a verb; a report tells with a verb what took place.

mod common;

use common::coded;

/// Status and first day of the first event of a sentence published on Tuesday 3 December 2019.
fn first(language: &str, text: &str) -> (String, Option<String>) {
    let event =
        coded(language, text).events.into_iter().next().unwrap_or_else(|| panic!("no event in {text:?}"));
    let day = event.time.and_then(|time| time.start).map(|day| day.to_string());
    (event.status.name().to_owned(), day)
}

#[test]
fn a_time_of_day_without_a_verb_is_an_appointment() {
    for (language, text, day) in [
        ("fr", "Manifestation samedi à 14h30 place Bellecour à Lyon.", "2019-12-07"),
        ("fr", "Rassemblement vendredi à 10 h devant la gare de Lille.", "2019-12-06"),
        ("en", "Rally Saturday at 2 p.m. outside Leeds Town Hall.", "2019-12-07"),
    ] {
        assert_eq!(first(language, text), ("planned".to_owned(), Some(day.to_owned())), "{text}");
    }
}

#[test]
fn with_a_verb_or_without_a_time_of_day_it_is_told() {
    for (language, text) in [
        ("fr", "La manifestation de samedi à 14h30 a réuni 300 personnes à Lyon."),
        ("fr", "Manifestation samedi à Lyon : trois blessés."),
        ("en", "The rally on Saturday at 2 p.m. drew 300 people in Leeds."),
    ] {
        assert_eq!(first(language, text), ("happened".to_owned(), Some("2019-11-30".to_owned())), "{text}");
    }
}
