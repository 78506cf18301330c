//! Sentences whose subject was read as a noun alone because a relative clause stands behind it: *The workers, who have not
//! been paid since May, camped outside the office.*
//!
//! Trees then hang the main verb into the relative clause. A verb in the past right behind the comma that ends a relative
//! clause, without a subject of its own, is what the noun before did; two commas set the clause apart.

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, SentenceId, TokenId};

struct Clause {
    noun: TokenId,
    relative: TokenId,
    verb: TokenId,
}

/// Gives such sentences their main verb back, and the verb its subject.
pub fn restore_main_verbs(document: &mut Document) {
    let found: Vec<Clause> = (0..document.sentences().len() as u32)
        .filter_map(|sentence| main_clause(document, SentenceId(sentence)))
        .collect();
    if found.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let subject = strings.intern("nsubj");
        let finite = strings.intern("Mood=Ind|Tense=Past|VerbForm=Fin");
        for Clause { noun, relative, verb } in found {
            for (number, token) in tokens.iter_mut().enumerate() {
                let hung = token.head == Some(relative) || token.head == Some(noun);
                if hung && number > verb.index() {
                    token.head = Some(verb);
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

fn main_clause(document: &Document, sentence: SentenceId) -> Option<Clause> {
    let noun = document.words(sentence).find(|&t| document.head(t).is_none())?;
    let has = |token: TokenId, relation: &str| document.children_by(token, relation).next().is_some();
    if !document.upos(noun).is_nominal() || has(noun, "cop") || has(noun, "case") {
        return None;
    }
    let is_comma = |t: TokenId| document.form(t) == ",";
    let relative = document.children_by(noun, "acl").find(|&clause| {
        let opens = |&c: &TokenId| {
            document.has_feature(c, "PronType", "Rel") && c > noun && is_comma(TokenId(c.0.saturating_sub(1)))
        };
        clause > noun && document.children(clause).iter().any(opens)
    })?;
    let words = document.sentence(sentence).words.clone();
    let verb = (relative.0 + 1..words.end).map(TokenId).find(|&v| {
        document.upos(v) == Upos::Verb
            && document.head(v).is_some_and(|above| above == relative || above == noun)
            && matches!(
                document.universal_relation(v),
                "advcl" | "conj" | "parataxis" | "ccomp" | "xcomp" | "acl"
            )
            && document.has_feature(v, "Tense", "Past")
            && is_comma(TokenId(v.0 - 1))
            && !["nsubj", "mark", "aux", "cc"].iter().any(|relation| has(v, relation))
    })?;
    Some(Clause { noun, relative, verb })
}

#[cfg(test)]
mod tests {
    use doleance_text::LanguageCode;

    use super::*;
    use crate::LanguagePacks;

    #[test]
    fn a_verb_behind_a_relative_clause_is_the_main_one() {
        let pack = LanguagePacks::embedded().get(&LanguageCode("en".to_owned())).unwrap().unwrap();
        let root = |document: &Document| {
            let root = document.token_ids().find(|&t| document.head(t).is_none()).unwrap();
            document.form(root).to_owned()
        };
        let text = "The health workers, who have not been paid since December, camped outside the governor's office.";
        let document = pack.annotate(text);
        assert_eq!(root(&document), "camped");
        let workers = document.token_ids().find(|&t| document.form(t) == "workers").unwrap();
        assert_eq!(document.universal_relation(workers), "nsubj");
        let text = "Workers, who struck for a week, and their families.";
        assert_eq!(root(&pack.annotate(text)), "Workers");
    }
}
