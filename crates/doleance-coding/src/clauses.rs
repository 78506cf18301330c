//! Sentences that the syntax model reads as a noun with a participle, where they tell what somebody did.
//!
//! Where the past of a verb looks like its participle, "The union called for a walkout." has two readings, and a treebank
//! full of captions and headings prefers the noun phrase. A report writes whole sentences: one that ends with a full stop
//! and has no other tensed verb is a clause. Languages whose past never looks like a participle leave it be
//! (`past_like_participle` in `grammar.toml`).

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, SentenceId, TokenId};

/// Gives such sentences their verb back, and the verb its subject.
pub fn restore_clauses(document: &mut Document) {
    let found: Vec<(TokenId, TokenId)> = (0..document.sentences().len() as u32)
        .filter_map(|sentence| noun_and_verb(document, SentenceId(sentence)))
        .collect();
    if found.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let (subject, oblique) = (strings.intern("nsubj"), strings.intern("obl"));
        let modifier = strings.intern("nmod");
        let finite = strings.intern("Mood=Ind|Tense=Past|VerbForm=Fin");
        for (noun, verb) in found {
            for (number, token) in tokens.iter_mut().enumerate() {
                if token.head == Some(noun) && number > verb.index() {
                    token.head = Some(verb);
                    if token.relation == modifier {
                        token.relation = oblique;
                    }
                }
            }
            tokens[verb.index()].head = None;
            tokens[verb.index()].relation = ud::ROOT;
            tokens[verb.index()].features = finite;
            tokens[noun.index()].head = Some(verb);
            tokens[noun.index()].relation = subject;
        }
    });
}

/// Makes participles that carry a subject of their own tensed verbs: *Police arrested 15 people*, *as the king filed out*.
///
/// A tagger that looks at the neighbours alone takes every second such past for a passive. The tree knows better: a
/// participle has its subject through an auxiliary, and one that only describes a noun has none.
pub fn restore_tenses(document: &mut Document) {
    let found: Vec<TokenId> = document.token_ids().filter(|&t| is_past_in_disguise(document, t)).collect();
    if found.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let finite = strings.intern("Mood=Ind|Tense=Past|VerbForm=Fin");
        for verb in found {
            tokens[verb.index()].features = finite;
        }
    });
}

fn is_past_in_disguise(document: &Document, verb: TokenId) -> bool {
    let past = document.upos(verb) == Upos::Verb
        && document.has_feature(verb, "VerbForm", "Part")
        && document.has_feature(verb, "Tense", "Past");
    if !past {
        return false;
    }
    let has = |relation: &str| document.children_by(verb, relation).next().is_some();
    let has_agent =
        document.children(verb).iter().any(|&c| document.strings().get(document.relation(c)) == "obl:agent");
    let subject = document.children_by(verb, "nsubj").any(|s| s < verb && document.relation(s) == ud::NSUBJ);
    if !subject || has("aux") || has("cop") || has_agent {
        return false;
    }
    match document.universal_relation(verb) {
        "root" | "ccomp" => true,
        "advcl" => has("mark") || has("advmod") || has("obj"),
        "acl" => document.strings().get(document.relation(verb)) == "acl:relcl" || has("mark"),
        // "14 people were killed and scores injured": the auxiliary stands for both.
        "conj" | "parataxis" => has("obj"),
        _ => false,
    }
}

/// The noun at the root and the participle after it, where the sentence is a clause in disguise.
fn noun_and_verb(document: &Document, sentence: SentenceId) -> Option<(TokenId, TokenId)> {
    let mut words = document.words(sentence);
    let last = words.next_back()?;
    if document.upos(last) != Upos::Punct || !matches!(document.form(last), "." | "!") {
        return None;
    }
    let is_finite = |t: TokenId| document.feature(t, "VerbForm") == Some("Fin");
    if document.words(sentence).any(is_finite) {
        return None;
    }
    let mut roots = document.words(sentence).filter(|&t| document.head(t).is_none());
    let noun = roots.next().filter(|_| roots.next().is_none())?;
    let has = |token: TokenId, relation: &str| document.children_by(token, relation).next().is_some();
    if !document.upos(noun).is_nominal() || ["case", "cop", "mark"].iter().any(|r| has(noun, r)) {
        return None;
    }
    let verb = document.children_by(noun, "acl").find(|&t| t > noun)?;
    let past = document.upos(verb) == Upos::Verb
        && document.feature(verb, "VerbForm") == Some("Part")
        && document.feature(verb, "Tense") == Some("Past");
    (past && !has(verb, "aux") && !has(verb, "nsubj")).then_some((noun, verb))
}

#[cfg(test)]
mod tests {
    use doleance_text::LanguageCode;

    use super::*;
    use crate::LanguagePacks;

    fn read(language: &str, text: &str) -> Document {
        let pack = LanguagePacks::embedded().get(&LanguageCode(language.to_owned())).unwrap().unwrap();
        pack.annotate(text)
    }

    fn root(document: &Document) -> &str {
        document.form(document.words(SentenceId(0)).find(|&t| document.head(t).is_none()).unwrap())
    }

    #[test]
    fn a_whole_sentence_is_what_somebody_did() {
        for (text, verb, subject) in [
            ("The union called for a walkout.", "called", "union"),
            ("The bill passed by two votes on Tuesday.", "passed", "bill"),
            ("Three hundred troops reached the valley on Friday.", "reached", "troops"),
        ] {
            let document = read("en", text);
            assert_eq!(root(&document), verb, "{text}");
            let verb = document.token_ids().find(|&t| document.form(t) == verb).unwrap();
            let found = document.children_by(verb, "nsubj").next().map(|t| document.form(t));
            assert_eq!(found, Some(subject), "{text}");
            let end = document.token_ids().next_back().unwrap();
            assert_eq!(document.head(end), Some(verb), "{text}: the full stop hangs on the verb");
        }
    }

    #[test]
    fn a_participle_beside_a_tensed_verb_or_without_a_full_stop_stays_one() {
        assert_eq!(root(&read("en", "The strike called by the union was long.")), "long");
        assert_eq!(root(&read("en", "A strike called by the union")), "strike");
    }

    #[test]
    fn a_participle_with_a_subject_of_its_own_is_a_past() {
        for (text, form) in [
            ("Police arrested 15 people for public violence.", "arrested"),
            ("The rules say that state aid tied the hands of the mill.", "tied"),
        ] {
            let document = read("en", text);
            let verb = document.token_ids().find(|&t| document.form(t) == form).unwrap();
            assert!(document.has_feature(verb, "VerbForm", "Fin"), "{text}");
            assert!(!document.has_feature(verb, "Voice", "Pass"), "{text}");
        }
        let text = "Nine people were killed and scores injured.";
        let document = read("en", text);
        let verb = document.token_ids().find(|&t| document.form(t) == "injured").unwrap();
        assert!(document.has_feature(verb, "VerbForm", "Part"), "{text}");
    }

    #[test]
    fn french_participles_are_participles() {
        let text = "Les militants arrêtés lundi. Une grève décidée hier par la base.";
        let pack = LanguagePacks::embedded().get(&LanguageCode("fr".to_owned())).unwrap().unwrap();
        let (raw, whole) = (pack.syntax.annotate(text), read("fr", text));
        assert!(raw.token_ids().len() > 10);
        assert!(raw.token_ids().all(|t| raw.head(t) == whole.head(t)));
    }
}
