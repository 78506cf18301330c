//! Passives that share one auxiliary: *Des magasins ont été pillés et une dizaine de voitures incendiées*.
//!
//! Trees hang the second noun on the first verb and take its participle for a description of it. A noun that is joined to
//! a verb has no other reading: it is the subject of its participle, and that is the second verb.

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, TokenId};

struct Gapped {
    first: TokenId,
    noun: TokenId,
    verb: TokenId,
}

/// Gives such participles their place beside the first verb, and their subject.
pub fn restore_gapped(document: &mut Document) {
    let found: Vec<Gapped> = document.token_ids().filter_map(|noun| gapped(document, noun)).collect();
    if found.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let [joined, undergoer, conjunction, mark] =
            ["conj", "nsubj:pass", "cc", "punct"].map(|name| strings.intern(name));
        for Gapped { first, noun, verb } in found {
            for token in tokens.iter_mut() {
                let joins = token.relation == conjunction || token.relation == mark;
                if token.head == Some(noun) && joins {
                    token.head = Some(verb);
                }
            }
            tokens[verb.index()].head = Some(first);
            tokens[verb.index()].relation = joined;
            tokens[noun.index()].head = Some(verb);
            tokens[noun.index()].relation = undergoer;
        }
    });
}

/// A noun that is joined to a passive verb, with the participle after it.
fn gapped(document: &Document, noun: TokenId) -> Option<Gapped> {
    if document.universal_relation(noun) != "conj" || !document.upos(noun).is_nominal() {
        return None;
    }
    let first = document.head(noun)?;
    let is_passive = document.children(first).iter().any(|&c| document.relation(c) == ud::AUX_PASS);
    if document.upos(first) != Upos::Verb || !is_passive || first > noun {
        return None;
    }
    // "une dizaine de voitures [incendiées]": it may hang on what is counted.
    let counted = document.children_by(noun, "nmod");
    let verb = std::iter::once(noun).chain(counted).find_map(|t| {
        document.children_by(t, "acl").find(|&p| {
            p > noun
                && document.upos(p) == Upos::Verb
                && document.has_feature(p, "VerbForm", "Part")
                && document.has_feature(p, "Tense", "Past")
                && document.children_by(p, "aux").next().is_none()
        })
    })?;
    Some(Gapped { first, noun, verb })
}

#[cfg(test)]
mod tests {
    use doleance_text::LanguageCode;

    use crate::LanguagePacks;

    #[test]
    fn a_participle_may_share_the_auxiliary_of_the_verb_before() {
        let pack = LanguagePacks::embedded().get(&LanguageCode("fr".to_owned())).unwrap().unwrap();
        let text = "Des magasins ont été pillés et une dizaine de voitures incendiées dans la nuit.";
        let document = pack.annotate(text);
        let find = |form: &str| document.token_ids().find(|&t| document.form(t) == form).unwrap();
        let (first, verb, noun) = (find("pillés"), find("incendiées"), find("dizaine"));
        assert_eq!((document.head(verb), document.universal_relation(verb)), (Some(first), "conj"));
        assert_eq!((document.head(noun), document.universal_relation(noun)), (Some(verb), "nsubj"));
        let text = "Des magasins et des voitures garées dans la rue ont été incendiés.";
        let document = pack.annotate(text);
        let parked = document.token_ids().find(|&t| document.form(t) == "garées").unwrap();
        assert_eq!(document.universal_relation(parked), "acl");
    }
}
