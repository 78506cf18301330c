//! What nobody did, and what was done to nobody, is no event; a negative word that is part of a name or a number denies
//! nothing.

mod common;

use common::coded;

/// Kind and status of the events of one sentence.
fn events(language: &str, text: &str) -> Vec<(String, String)> {
    coded(language, text)
        .events
        .into_iter()
        .map(|event| (event.kind, event.status.name().to_owned()))
        .collect()
}

#[test]
fn what_nobody_did_is_no_event() {
    for (language, text) in [
        ("en", "Campus police said no arrests were made."),
        ("en", "Police made no arrests."),
        ("en", "No injuries or arrests were reported."),
        ("en", "None of the protesters was arrested."),
        ("en", "Nobody held a rally in Leeds."),
        ("en", "No workers walked out on Monday."),
        ("fr", "Aucune interpellation n'a été effectuée."),
        ("fr", "Personne n'a été interpellé."),
        ("fr", "La police n'a interpellé personne."),
        ("fr", "Aucun syndicat n'a appelé à la grève."),
        ("fr", "Ni heurts ni arrestations samedi à Nantes."),
    ] {
        assert_eq!(events(language, text), [], "{text}");
    }
}

#[test]
fn what_a_work_is_about_is_no_event_unless_it_has_a_place_or_a_year() {
    assert_eq!(events("fr", "Un film sur la grève des mineurs sort mercredi."), []);
    assert_eq!(events("fr", "Un livre sur les émeutes de la faim paraît en mai."), []);
    let strike = ("strike".to_owned(), "happened".to_owned());
    assert!(events("fr", "Un film sur la grève de 1963 à Decazeville sort mercredi.").contains(&strike));
}

#[test]
fn a_negative_word_of_a_name_or_a_number_denies_nothing() {
    for (language, text, kind) in [
        ("en", "No fewer than 200 people were arrested.", "arrest"),
        ("en", "Nobody died in clashes in Leeds.", "clash"),
        ("en", "Forty miners went without food for three days.", "hunger_strike"),
        ("en", "No police attended as 300 students marched in York.", "march"),
        ("fr", "Pas moins de 200 personnes ont défilé à Lille.", "march"),
        ("fr", "Une personne a été interpellée.", "arrest"),
    ] {
        assert_eq!(events(language, text), [(kind.to_owned(), "happened".to_owned())], "{text}");
    }
}

#[test]
fn what_was_done_without_or_instead_is_no_event() {
    for (language, text, kind) in [
        ("en", "Instead of meeting the delegates, the minister left.", "negotiation"),
        ("en", "They signed a letter rather than go on strike.", "strike"),
        ("en", "The patrol left without arresting a soul.", "arrest"),
        ("fr", "Au lieu de négocier avec les délégués, la direction est partie.", "negotiation"),
        ("fr", "Plutôt que de faire grève, les infirmières ont écrit au maire.", "strike"),
        ("fr", "La soirée s'est achevée sans heurts.", "clash"),
    ] {
        assert!(events(language, text).iter().all(|(k, _)| k != kind), "{text}");
    }
}

#[test]
fn a_privative_that_is_itself_denied_denies_nothing() {
    for (language, text) in [
        ("en", "The evening did not pass without clashes in Leeds."),
        ("fr", "La soirée s'est achevée non sans heurts à Lyon."),
    ] {
        assert!(events(language, text).contains(&("clash".to_owned(), "happened".to_owned())), "{text}");
    }
}
