//! What makes a record, and what only goes with one that is told elsewhere.

mod common;

use common::coded;

/// Kinds and places of the events, in text order.
fn records(language: &str, text: &str) -> Vec<(String, String)> {
    let place = |e: &doleance_records::Event| e.place.as_ref().map_or(String::new(), |p| p.name.clone());
    coded(language, text).events.iter().map(|e| (e.kind.clone(), place(e))).collect()
}

fn kinds(language: &str, text: &str) -> Vec<String> {
    records(language, text).into_iter().map(|(kind, _)| kind).collect()
}

#[test]
fn what_a_headline_says_of_the_country_the_report_tells_of_the_town() {
    let text = "Tunisie : reprise des heurts dans le Sud\n\nDes heurts ont repris lundi à Tataouine entre policiers et manifestants.\nLa police a arrêté dix manifestants.\n";
    let found = records("fr", text);
    let clashes: Vec<&str> = found.iter().filter(|(k, _)| k == "clash").map(|(_, p)| p.as_str()).collect();
    assert_eq!(clashes, ["Tataouine"], "{found:?}");
    // Within a report two towns are two.
    let text = "Des heurts ont repris lundi à Tataouine. Des heurts ont repris lundi à Sfax.";
    assert_eq!(kinds("fr", text), ["clash", "clash"]);
}

#[test]
fn gas_that_is_fired_is_no_shooting() {
    for text in [
        "National Guardsmen fired tear gas on Monday at hundreds of migrants in Lima.",
        "On Monday 87 rounds of tear gas were fired at demonstrators in Lima.",
        "Police turned a water cannon on demonstrators in Lima.",
    ] {
        let found = kinds("en", text);
        assert!(
            found.iter().any(|k| k == "dispersal") && !found.iter().any(|k| k == "shooting"),
            "{found:?} {text}"
        );
    }
    let text = "La police a répliqué par des tirs de lacrymogène lundi à Caen.";
    assert_eq!(kinds("fr", text), ["dispersal"]);
    let text = "Police fired live rounds and tear gas at students in Lima.";
    assert!(kinds("en", text).iter().any(|k| k == "shooting"), "{text}");
}

#[test]
fn strikers_tell_no_strike_beside_one_that_is_told() {
    let text = "Dockers went on strike in Leith on Monday. The strikers marched through Hull on Tuesday.";
    assert_eq!(kinds("en", text), ["strike", "march"]);
    let text = "The strikers marched through Hull on Tuesday.";
    assert!(kinds("en", text).iter().any(|k| k == "strike"), "{text}");
}

#[test]
fn what_was_done_on_a_day_gone_by_is_told_beside_a_demand() {
    let text = "Teachers in Lima marched on Monday, demanding that the ministry honour a 2011 agreement on overtime.";
    assert!(kinds("en", text).iter().any(|k| k == "agreement"), "{:?}", kinds("en", text));
    let text = "Teachers in Lima marched on Monday to demand the arrest of the minister.";
    assert!(!kinds("en", text).iter().any(|k| k == "arrest"), "{:?}", kinds("en", text));
}

#[test]
fn a_day_may_stand_anywhere_within_a_phrase() {
    for (language, plain, dated, kind) in [
        (
            "fr",
            "Le syndicat a déposé un préavis de grève à Brest.",
            "Le syndicat a déposé lundi un préavis de grève à Brest.",
            "strike",
        ),
        (
            "en",
            "Officials asked a labour court to stop the walkout in Hull.",
            "Officials asked a labour court on Monday to stop the walkout in Hull.",
            "other",
        ),
    ] {
        for text in [plain, dated] {
            assert!(kinds(language, text).iter().any(|k| k == kind), "{:?} {text}", kinds(language, text));
        }
    }
}

#[test]
fn what_is_done_to_an_end_of_its_own_kind_is_one_action() {
    let text =
        "La police a procédé lundi à des tirs de gaz lacrymogènes pour disperser des retraités à Athènes.";
    assert_eq!(kinds("fr", text), ["dispersal"]);
}

#[test]
fn one_person_seized_is_not_the_many_seized_later() {
    let text =
        "Police arrested the governor in Khabarovsk on 9 July. Police have arrested 55 people across Russia.";
    let found = coded("en", text).events;
    let arrests: Vec<_> = found.iter().filter(|e| e.kind == "arrest").collect();
    assert_eq!(arrests.len(), 2, "{arrests:?}");
}
