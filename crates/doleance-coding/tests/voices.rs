//! Who acts and who is acted on, whatever auxiliary the verb has.

mod common;

use doleance_records::Event;

use common::coded;

fn the(language: &str, text: &str, kind: &str) -> Event {
    let found = coded(language, text).events;
    found.into_iter().find(|e| e.kind == kind).unwrap_or_else(|| panic!("no {kind} in {text}"))
}

fn roles(actors: &[doleance_records::Actor]) -> Vec<&str> {
    actors.iter().map(|a| a.role.as_str()).collect()
}

#[test]
fn a_reflexive_or_a_past_with_be_has_an_actor() {
    for (text, kind) in [
        ("Des étudiants se sont rassemblés lundi à Lille.", "rally"),
        ("Des étudiants sont descendus lundi dans la rue à Lille.", "rally"),
    ] {
        let event = the("fr", text, kind);
        assert_eq!((roles(&event.actors), roles(&event.targets)), (vec!["students"], vec![]), "{text}");
    }
}

#[test]
fn a_bare_participle_and_a_passive_have_a_target() {
    for text in ["Trois étudiants arrêtés à Brest.", "Trois étudiants ont été arrêtés lundi à Brest."]
    {
        let event = the("fr", text, "arrest");
        assert_eq!((roles(&event.actors), roles(&event.targets)), (vec![], vec!["students"]), "{text}");
    }
}

#[test]
fn a_past_with_an_object_is_active_whatever_the_tree_calls_its_subject() {
    let text = "La police les a dispersés et en a arrêté une dizaine.";
    for kind in ["dispersal", "arrest"] {
        let event = the("fr", text, kind);
        assert_eq!((roles(&event.actors), roles(&event.targets)), (vec!["police"], vec![]), "{kind}");
    }
}

#[test]
fn who_acts_may_be_among_the_words_of_the_trigger() {
    let event = the("en", "Police dispersed the crowd and arrested three.", "dispersal");
    assert_eq!((roles(&event.actors), roles(&event.targets)), (vec!["police"], vec!["protesters"]));
}
