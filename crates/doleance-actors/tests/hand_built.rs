//! Actors in trees built by hand: no syntax model is needed.

mod common;

use common::{pack, sentence};
use doleance_actors::find_actors;

/// All mentions as `words role/sector`, with `@` before attributive ones.
fn found(language: &str, lines: &str) -> Vec<String> {
    let (pack, _) = pack(language);
    let document = sentence(lines);
    let actors = find_actors(&pack, &document, &[]);
    let roles = pack.roles();
    actors
        .mentions
        .iter()
        .map(|m| {
            let sector = m.sector.map_or(String::new(), |s| format!("/{}", roles.sector(s).id));
            let mark = if m.attributive { "@" } else { "" };
            format!("{mark}{} {}{sector}", m.span.of(document.text()), roles.role(m.role).id)
        })
        .collect()
}

#[test]
fn inclusive_spelling_and_sector_of_the_complement() {
    let lines = "
        Les le DET 2 det
        travailleurs-travailleuses travailleurs-travailleuses NOUN 7 nsubj Number=Plur
        du de ADP 4 case
        pétrole pétrole NOUN 2 nmod
        se se PRON 7 expl:pv
        sont être AUX 7 aux
        mis mettre VERB 0 root
        en en ADP 9 case
        grève grève NOUN 7 obl";
    assert_eq!(found("fr", lines), ["Les travailleurs-travailleuses du pétrole workers/oil"]);
}

#[test]
fn a_container_takes_the_role_of_its_complement() {
    let lines = "
        Des un DET 2 det
        centaines centaine NOUN 6 nsubj Number=Plur
        de de ADP 4 case
        manifestant.e.s manifestant.e.s NOUN 2 nmod Number=Plur
        ont avoir AUX 6 aux
        défilé défiler VERB 0 root";
    assert_eq!(found("fr", lines), ["Des centaines de manifestant.e.s protesters"]);
}

#[test]
fn an_ambiguous_noun_needs_support() {
    let changed = "
        La le DET 2 det
        direction direction NOUN 6 nsubj
        du de ADP 4 case
        vent vent NOUN 2 nmod
        a avoir AUX 6 aux
        changé changer VERB 0 root";
    assert_eq!(found("fr", changed), Vec::<String>::new());
    let refused = "
        La le DET 2 det
        direction direction NOUN 3 nsubj
        refuse refuser VERB 0 root";
    assert_eq!(found("fr", refused), ["La direction management"]);
}

#[test]
fn compounds_give_one_actor_and_its_sector() {
    let lines = "
        Police police NOUN 2 compound
        officers officer NOUN 4 nsubj Number=Plur
        and and CCONJ 4 cc
        arrested arrest VERB 0 root
        railway railway NOUN 6 compound
        workers worker NOUN 4 obj Number=Plur
        at at ADP 9 case
        the the DET 9 det
        station station NOUN 4 obl";
    assert_eq!(found("en", lines), ["Police officers police", "railway workers workers/rail"]);
}

#[test]
fn a_noun_before_a_noun_is_attributive() {
    let lines = "
        Student student NOUN 2 compound
        protests protest NOUN 3 nsubj Number=Plur
        spread spread VERB 0 root";
    assert_eq!(found("en", lines), ["@Student students"]);
}

#[test]
fn names_of_organisations_are_matched_as_written() {
    let lines = "
        Les le DET 2 det
        cheminots cheminot NOUN 8 nsubj Number=Plur
        de de ADP 5 case
        la le DET 5 det
        CGT CGT PROPN 2 nmod
        et et CCONJ 7 cc
        FO FO PROPN 5 conj
        refusent refuser VERB 0 root";
    assert_eq!(
        found("fr", lines),
        ["Les cheminots de la CGT et FO workers/rail", "la CGT union", "FO union"]
    );
    let lower = "
        Le le DET 2 det
        sud sud NOUN 3 nsubj
        refuse refuser VERB 0 root";
    assert_eq!(found("fr", lower), Vec::<String>::new());
}

#[test]
fn adjectives_are_actors_only_as_nouns() {
    let lines = "
        Le le DET 2 det
        mouvement mouvement NOUN 4 nsubj
        ouvrier ouvrier ADJ 2 amod
        grandit grandir VERB 0 root";
    assert_eq!(found("fr", lines), Vec::<String>::new());
}
