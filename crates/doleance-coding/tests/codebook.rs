//! What the coding stage relies on in the codebook's pages.

use doleance_coding::LanguagePacks;

#[test]
fn the_pages_say_what_records_are_joined_and_split_by() {
    let codebook = &LanguagePacks::embedded().shared().unwrap().codebook;
    let page = |id: &str| codebook.page(codebook.kind(id).unwrap());
    assert_eq!(page("march").same_as.as_deref(), Some("rally"));
    assert_eq!(page("campaign").when_dated.as_deref(), Some("rally"));
    assert!(page("clash").casualties && page("shooting").casualties && page("dispersal").casualties);
    assert!(page("arson").split_by_target && page("occupation").split_by_target);
    assert!(page("call").speech);
    assert!(page("rally").scene && page("arrest").scene && !page("legislation").scene);
}

#[test]
fn every_kind_issue_status_and_relation_of_the_design_has_a_page() {
    let codebook = &LanguagePacks::embedded().shared().unwrap().codebook;
    assert_eq!(codebook.kinds().len(), 41);
    assert_eq!(codebook.issues().len(), 31);
    assert_eq!(codebook.statuses().len(), doleance_records::Status::ALL.len());
    assert_eq!(codebook.relations().len(), doleance_records::Relation::ALL.len());
    for status in doleance_records::Status::ALL {
        assert!(codebook.statuses().iter().any(|s| s.id == status.name()));
    }
}

#[test]
fn the_source_of_a_figure_is_no_demand() {
    let mut report = doleance_text::Report::new(
        "a.txt",
        "Quelque 3 000 enseignants ont défilé mardi à Toulouse contre la fermeture de classes, selon la préfecture.",
    );
    report.language = Some(doleance_text::LanguageCode("fr".to_owned()));
    let coded = doleance_coding::code_report(LanguagePacks::embedded(), &report, &Default::default());
    let claims: Vec<_> = coded.claims.iter().map(|c| (c.issue.as_str(), c.span.text.as_str())).collect();
    assert_eq!(claims, [("education", "la fermeture de classes")]);
}

#[test]
fn packs_without_examples_hold_the_same_triggers() {
    let (compact, full) = (LanguagePacks::embedded(), LanguagePacks::embedded_with_examples());
    for language in full.languages() {
        let triggers = |packs: &'static LanguagePacks| &packs.get(language).unwrap().unwrap().triggers;
        let told = |packs: &'static LanguagePacks| {
            let all = triggers(packs).iter();
            all.map(|(_, t)| (t.id.clone(), t.words.clone(), t.weight, t.status.clone())).collect::<Vec<_>>()
        };
        assert!(told(full).len() > 1000, "{language:?}");
        assert_eq!(told(compact), told(full), "{language:?}");
        assert!(triggers(full).iter().all(|(_, t)| !t.examples.is_empty()));
        assert!(triggers(compact).iter().all(|(_, t)| t.examples.is_empty()));
    }
}
