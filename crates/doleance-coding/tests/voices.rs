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
fn a_second_subject_behind_an_active_past_is_its_object() {
    let event = the("fr", "La police a arrêté le délégué syndical lundi à Lille.", "arrest");
    assert_eq!((roles(&event.actors), roles(&event.targets)), (vec!["police"], vec!["union_leaders"]));
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

#[test]
fn who_calls_acts_too_and_who_is_spoken_against_does_not() {
    for (language, text, kind, expected) in [
        ("en", "Miners walked out at the call of the union.", "strike", vec!["workers", "union"]),
        ("en", "Miners marched against the initiative of the minister.", "march", vec!["workers"]),
        ("fr", "Des étudiants ont défilé à l'appel de la CGT.", "march", vec!["students", "union"]),
        ("fr", "La grève, menée par la CGT, dure depuis lundi.", "strike", vec!["union"]),
        ("en", "Clashes pitted students against police in Leeds.", "clash", vec!["students", "police"]),
        ("en", "Protests opposed the president in Leeds.", "rally", vec![]),
    ] {
        let mut found = the(language, text, kind).actors;
        found.sort_by_key(|actor| actor.span);
        assert_eq!(roles(&found), expected, "{text}");
    }
}

#[test]
fn a_title_before_a_private_name_gives_the_role_alone() {
    let event = the("en", "Police arrested shop steward Des Halloran in Leeds on Monday.", "arrest");
    let written = serde_json::to_string(&event).unwrap();
    assert!(written.contains("shop steward") && !written.contains("Halloran"), "{written}");
}

#[test]
fn the_town_of_a_dateline_does_nothing() {
    let text = "HALIFAX, England, Nov 27 - About 140 porters and cleaners walked out on Thursday.";
    let event = the("en", text, "strike");
    assert!(roles(&event.actors).iter().all(|role| *role == "workers"), "{:?}", event.actors);
    assert!(!event.actors.is_empty());
}

#[test]
fn people_whom_nothing_names_act_all_the_same() {
    let kinds = |language, text| -> Vec<String> {
        coded(language, text).events.into_iter().map(|e| e.kind).collect()
    };
    assert_eq!(kinds("fr", "Certains ont affronté la police lundi à Brest."), ["clash"]);
    assert_eq!(kinds("fr", "D'autres ont affronté la police lundi à Brest."), ["clash"]);
    assert_eq!(kinds("fr", "Les autres matchs ont affronté la pluie lundi à Brest."), [""; 0]);
    assert_eq!(kinds("en", "Others went on strike in Hull on Monday."), ["strike"]);
    // What they are some of is named.
    assert_eq!(kinds("fr", "Certains des bateaux ont affronté la tempête lundi à Brest."), [""; 0]);
}

#[test]
fn a_relative_pronoun_is_no_source() {
    let text =
        "Le préfet a démenti les rumeurs selon lesquelles l'armée avait tiré sur la foule lundi à Brest.";
    assert_eq!(the("fr", text, "shooting").reported_by, None);
    let text = "Selon le préfet, l'armée a tiré sur la foule lundi à Brest.";
    assert!(the("fr", text, "shooting").reported_by.is_some_and(|said| said.contains("préfet")));
}
