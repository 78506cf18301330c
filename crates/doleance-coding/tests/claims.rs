//! What a protest is held for: a verb of demanding or denouncing has its own stance, and the claim names its object.

mod common;

use common::coded;

/// Issue, stance and words of the claims of a French sentence.
fn claims(text: &str) -> Vec<(String, String, String)> {
    coded("fr", text).claims.into_iter().map(|c| (c.issue, format!("{:?}", c.stance), c.span.text)).collect()
}

#[test]
fn a_verb_after_a_protest_has_its_own_stance() {
    for (text, issue, stance, words) in [
        (
            "Les ouvriers ont débrayé mercredi pour dénoncer la fermeture du site.",
            "employment",
            "Against",
            "la fermeture du site",
        ),
        (
            "Ils ont manifesté pour exiger la libération des prisonniers.",
            "political_prisoners",
            "For",
            "la libération des prisonniers",
        ),
        ("Ils ont manifesté pour de meilleurs salaires.", "wages", "For", "de meilleurs salaires"),
    ] {
        assert_eq!(claims(text), [(issue.to_owned(), stance.to_owned(), words.to_owned())], "{text}");
    }
}
