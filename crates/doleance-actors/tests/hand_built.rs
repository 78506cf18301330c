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

/// All quantities as `words low kind said_by`.
fn counted(language: &str, lines: &str) -> Vec<String> {
    let (pack, _) = pack(language);
    let times = common::time_pack(language);
    let document = sentence(lines);
    let actors = find_actors(&pack, &document, &[]);
    let numbers = doleance_times::find_numbers(&times, &document);
    doleance_actors::find_quantities(&pack, &document, &numbers, &actors)
        .iter()
        .map(|q| {
            let low = q.low.map_or("?".to_owned(), |n| n.to_string());
            let speaker = q.said_by.map_or(String::new(), |s| format!(" by {}", s.of(document.text())));
            format!("{}: {low} {:?}{speaker}", q.span.of(document.text()), q.kind)
        })
        .collect()
}

#[test]
fn two_figures_keep_their_speakers() {
    let lines = "
        2000 2000 NUM 2 nummod
        manifestants manifestant NOUN 0 root Number=Plur
        selon selon ADP 5 case
        la le DET 5 det
        police police NOUN 2 nmod Number=Sing
        +, , PUNCT 7 punct
        5000 5000 NUM 2 conj
        selon selon ADP 10 case
        les le DET 10 det
        organisateurs organisateur NOUN 7 nmod Number=Plur";
    assert_eq!(
        counted("fr", lines),
        ["2000 manifestants: 2000 People by police", "5000: 5000 People by organisateurs"]
    );
}

#[test]
fn verbs_decide_between_dead_and_wounded() {
    let lines = "
        The the DET 2 det
        blast blast NOUN 5 nsubj
        hit hit VERB 0 root
        +, , PUNCT 5 punct
        killing kill VERB 3 advcl VerbForm=Ger
        three three NUM 5 obj NumType=Card
        and and CCONJ 8 cc
        wounding wound VERB 5 conj VerbForm=Ger
        12 12 NUM 8 obj NumType=Card";
    assert_eq!(counted("en", lines), ["three: 3 Killed", "12: 12 Injured"]);
}

#[test]
fn a_single_person_counts_as_one() {
    let lines = "
        A a DET 2 det
        student student NOUN 4 nsubj:pass Number=Sing
        was be AUX 4 aux:pass
        killed kill VERB 0 root";
    assert_eq!(counted("en", lines), ["A student: 1 Killed"]);
}

#[test]
fn a_denied_verb_gives_no_casualties() {
    let lines = "
        Les le DET 2 det
        douze douze NUM 3 nummod
        manifestants manifestant NOUN 7 nsubj:pass Number=Plur
        n' ne ADV 7 advmod Polarity=Neg
        ont avoir AUX 7 aux
        pas pas ADV 7 advmod Polarity=Neg
        blessés blesser VERB 0 root";
    assert_eq!(counted("fr", lines), ["douze manifestants: 12 People"]);
}

#[test]
fn a_title_keeps_the_name_and_a_private_person_loses_it() {
    use doleance_actors::{Persons, to_record};
    let (pack, _) = pack("fr");
    let document = sentence(
        "
        Le le DET 2 det
        président président NOUN 9 nsubj Number=Sing
        Emmanuel Emmanuel PROPN 2 appos
        Durand Durand PROPN 3 flat:name
        et et CCONJ 6 cc
        Amélie Amélie PROPN 2 conj
        Vasseur Vasseur PROPN 6 flat:name
        ont avoir AUX 9 aux
        parlé parler VERB 0 root",
    );
    let actors = find_actors(&pack, &document, &[]);
    let points = doleance_text::CodePoints::new(document.text());
    let records: Vec<_> = (0..actors.mentions.len())
        .map(|i| to_record(&pack, &document, &actors, i, Persons::Public, &points))
        .collect();
    assert_eq!(records[0].role, "head_of_state");
    assert_eq!(records[0].name.as_deref(), Some("Emmanuel Durand"));
    assert_eq!(records[1].role, "people");
    assert_eq!(records[1].name, None);
    assert_eq!(records[1].text, "[personne]");
    assert_eq!(records.len(), 2);
    let hidden = to_record(&pack, &document, &actors, 0, Persons::None, &points);
    assert_eq!((hidden.name, hidden.text.as_str()), (None, "Le président"));
}

#[test]
fn strikers_take_up_the_workers_named_before() {
    let (pack, _) = pack("fr");
    let document = sentence(
        "
        Les le DET 2 det
        cheminots cheminot NOUN 4 nsubj Gender=Masc|Number=Plur
        ont avoir AUX 4 aux
        débrayé débrayer VERB 0 root
        +, , PUNCT 8 punct
        puis puis ADV 8 advmod
        ils il PRON 8 nsubj Gender=Masc|Number=Plur
        bloquent bloquer VERB 4 conj
        les le DET 10 det
        grévistes gréviste NOUN 8 obj Gender=Masc|Number=Plur",
    );
    let actors = find_actors(&pack, &document, &[]);
    let by = |word: &str| {
        actors
            .mentions
            .iter()
            .find(|m| m.span.of(document.text()) == word)
            .unwrap_or_else(|| panic!("{word}"))
    };
    assert!(by("ils").is_pronoun);
    assert_eq!(by("ils").antecedent, Some(0));
    assert_eq!(pack.roles().role(by("ils").role).id, "workers");
    assert_eq!(by("les grévistes").antecedent, Some(0));
    assert_eq!(pack.roles().role(by("les grévistes").role).id, "strikers");
}
