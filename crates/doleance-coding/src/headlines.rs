//! Headlines, before their trees are built and after: the tagger learned from whole sentences, and takes *Rail strike hits commuters*
//! for four nouns and *Strike by drivers enters second week* for a command.
//!
//! A headline is a sentence without a closing mark. Where it has no tensed verb, a word of `presents` that follows its
//! subject and agrees with it is the verb. The first word is a noun where `nouns` lists it and what follows belongs to a
//! noun. A past of `passives` without an object tells what was done to its subject. The lists are those of
//! `[headlines]` in `grammar.toml`; a language without them has nothing changed. Words that are mistaken in whole
//! sentences as well are the matter of `homographs`.

use doleance_syntax::{Retagged, Tagged};
use doleance_text::ud::Upos;
use doleance_text::{Document, SentenceId, TokenId};
use serde::Deserialize;

use crate::clauses::hang_noun_on_verb;

const NOUN: &str = "Number=Sing";
const PAST: &str = "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin";
const PARTICIPLE: &str = "Tense=Past|VerbForm=Part|Voice=Pass";
const BARE_PRESENT: &str = "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin";
const THIRD_PERSON: &str = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin";

/// Longer sentences are no headlines.
const LONGEST: usize = 24;

/// What headlines use otherwise than sentences do.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headlines {
    /// Verbs whose present looks like a noun: bare form and third person.
    presents: Vec<(String, String)>,
    /// Nouns that look like another word where they stand first.
    nouns: Vec<String>,
    /// Pasts that stand for a passive.
    passives: Vec<String>,
    /// Nouns in the singular that take a verb in the plural.
    collectives: Vec<String>,
}

impl Headlines {
    /// The words of a sentence that are to be tagged otherwise.
    ///
    /// With no tensed verb, a whole sentence has one of the `pasts` that look like nouns.
    pub fn retag(&self, words: &[Tagged<'_>], pasts: &[(String, String)]) -> Vec<Retagged> {
        let is_headline = words.len() >= 3
            && words.len() <= LONGEST
            && words.last().is_some_and(|w| w.upos != Upos::Punct || w.form == ")");
        if self.presents.is_empty() || words.len() > LONGEST {
            return Vec::new();
        }
        if !is_headline {
            return self.past(words, pasts).into_iter().collect();
        }
        let mut found = Vec::new();
        let first = self.first_noun(words);
        found.extend(first.map(|word| Retagged { word, upos: Upos::Noun, features: NOUN }));
        // "Students boo minister and [walk] out": what follows an "and" may have a verb before it.
        let follows = |i: usize| {
            i > 1 && words[i - 1].upos == Upos::Cconj && self.present_form(words[i].form).is_some()
        };
        // "Council faces [strike] by caterers": a noun after a present.
        let object = |i: usize| {
            i > 1
                && words[i - 1].upos == Upos::Noun
                && self.present_form(words[i - 1].form) == Some(true)
                && self.nouns.iter().any(|n| n == words[i].form)
        };
        let misread = (0..words.len()).find(|&i| words[i].upos == Upos::Verb && object(i));
        found.extend(misread.map(|word| Retagged { word, upos: Upos::Noun, features: NOUN }));
        let is_finite = |&i: &usize| {
            first != Some(i)
                && misread != Some(i)
                && words[i].features.contains("VerbForm=Fin")
                && !follows(i)
        };
        let finite: Vec<usize> = (0..words.len()).filter(is_finite).collect();
        match finite.as_slice() {
            [] => {
                let verb = self.present(words, first);
                found.extend(verb);
                found.extend(verb.and_then(|verb| self.second(words, verb)));
            }
            [only] if self.is_passive(words, *only) => {
                found.push(Retagged { word: *only, upos: Upos::Verb, features: PARTICIPLE });
            }
            _ => {}
        }
        // "Government [bans] rally in Leeds": what a verb is followed by is its object.
        let verb = found.iter().find(|r| r.upos == Upos::Verb && r.features != PARTICIPLE).map(|r| r.word);
        let object = verb.map(|word| word + 1).filter(|&i| {
            words.get(i).is_some_and(|w| w.upos != Upos::Noun && self.nouns.iter().any(|n| n == w.form))
        });
        found.extend(object.map(|word| Retagged { word, upos: Upos::Noun, features: NOUN }));
        found
    }

    /// *[Strike] by drivers*, *[Curfew] to be imposed*, *[Steel] company locks out workers*; not *[Boycott] Israel*.
    fn first_noun(&self, words: &[Tagged<'_>]) -> Option<usize> {
        let (first, next) = (words.first()?, words.get(1)?);
        let lower = first.form.to_lowercase();
        if first.upos == Upos::Noun || !self.nouns.contains(&lower) {
            return None;
        }
        let is_present = |i: usize| self.present_form(words[i].form).is_some();
        let has_verb =
            || (2..words.len()).any(|i| words[i].features.contains("VerbForm=Fin") || is_present(i));
        let belongs = match next.upos {
            Upos::Adp | Upos::Verb | Upos::Part => true,
            Upos::Noun => is_present(1) || has_verb(),
            _ => false,
        };
        belongs.then_some(0)
    }

    /// The verb of a headline that has none.
    fn present(&self, words: &[Tagged<'_>], noun: Option<usize>) -> Option<Retagged> {
        let fits = |i: usize| {
            let (before, word) = (&words[i - 1], &words[i]);
            let is_third = self.present_form(word.form)?;
            let open = matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adv | Upos::Verb);
            let ends = words.get(i + 1).is_some_and(|w| w.upos == Upos::Punct);
            let is_subject = matches!(before.upos, Upos::Noun | Upos::Propn) || noun == Some(i - 1);
            let is_name = before.upos == Upos::Propn;
            let is_plural = before.features.contains("Number=Plur");
            let lower = before.form.to_lowercase();
            let is_collective = self.collectives.contains(&lower);
            let agrees =
                if is_third { !is_plural && !is_collective || is_name } else { is_plural || is_collective };
            (open && !ends && is_subject && agrees).then_some((i, is_third))
        };
        let (mut word, mut is_third) = (1..words.len()).find_map(fits)?;
        // "Teachers strike [hits] schools".
        if let Some((next, true)) = words.get(word + 1).and_then(|_| {
            let is_third = self.present_form(words[word + 1].form)?;
            Some((word + 1, is_third))
        }) {
            (word, is_third) = (next, true);
        }
        let features = if is_third { THIRD_PERSON } else { BARE_PRESENT };
        Some(Retagged { word, upos: Upos::Verb, features })
    }

    /// *Police stop march and [arrest] dozens*.
    fn second(&self, words: &[Tagged<'_>], verb: Retagged) -> Option<Retagged> {
        let is_third = verb.features == THIRD_PERSON;
        let follows = |&i: &usize| {
            words[i - 1].upos == Upos::Cconj
                && words[i].upos == Upos::Noun
                && self.present_form(words[i].form) == Some(is_third)
                && words.get(i + 1).is_some_and(|w| w.upos != Upos::Adp)
        };
        (verb.word + 2..words.len()).find(follows).map(|word| Retagged { word, ..verb })
    }

    /// *Guards at the mine [shot] two men.*
    fn past(&self, words: &[Tagged<'_>], pasts: &[(String, String)]) -> Option<Retagged> {
        let is_sentence = words.last().is_some_and(|w| w.upos == Upos::Punct && w.form == ".");
        if !is_sentence || words.iter().any(|w| w.features.contains("VerbForm=Fin")) {
            return None;
        }
        let fits = |&i: &usize| {
            let before = &words[i - 1];
            let noun = |w: &Tagged<'_>| matches!(w.upos, Upos::Noun | Upos::Propn);
            let has_object = words.get(i + 1).is_some_and(|w| {
                matches!(w.upos, Upos::Det | Upos::Num | Upos::Pron | Upos::Adj)
                    || noun(w) && w.features.contains("Number=Plur")
            });
            noun(&words[i])
                && noun(before)
                && has_object
                && pasts.iter().any(|(past, _)| past == words[i].form)
        };
        let word = (1..words.len()).find(fits)?;
        Some(Retagged { word, upos: Upos::Verb, features: PAST })
    }

    /// Whether a form is a present of the third person, if it is a present at all.
    fn present_form(&self, form: &str) -> Option<bool> {
        self.presents.iter().find_map(|(bare, third)| {
            if third == form { Some(true) } else { (bare == form).then_some(false) }
        })
    }

    /// *Shop steward [sacked] at plant*, but not *Police [arrested] two*.
    fn is_passive(&self, words: &[Tagged<'_>], verb: usize) -> bool {
        let word = &words[verb];
        let opens_object = |w: &Tagged<'_>| {
            matches!(w.upos, Upos::Det | Upos::Num | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron)
        };
        verb > 0
            && word.upos == Upos::Verb
            && word.features.contains("Tense=Past")
            && self.passives.iter().any(|p| p == word.form)
            && !words.get(verb + 1).is_some_and(opens_object)
    }
}

/// Makes clauses of headlines that a tree reads as a noun with a participle: *[Demonstration banned] in Minsk*. One with an
/// article names a thing: *A strike called by the union*.
pub fn restore_passives(document: &mut Document) {
    let found: Vec<(TokenId, TokenId)> = (0..document.sentences().len() as u32)
        .filter_map(|sentence| passive_of_headline(document, SentenceId(sentence)))
        .collect();
    if found.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let undergoer = strings.intern("nsubj:pass");
        for (noun, verb) in found {
            hang_noun_on_verb(tokens, strings, noun, verb);
            tokens[noun.index()].relation = undergoer;
        }
    });
}

/// The noun at the root of a headline and the passive participle after it.
fn passive_of_headline(document: &Document, sentence: SentenceId) -> Option<(TokenId, TokenId)> {
    let closes = document.words(sentence).next_back().is_some_and(|t| document.upos(t) == Upos::Punct);
    if closes || document.words(sentence).any(|t| document.has_feature(t, "VerbForm", "Fin")) {
        return None;
    }
    let mut roots = document.words(sentence).filter(|&t| document.head(t).is_none());
    let noun = roots.next().filter(|_| roots.next().is_none())?;
    let has = |token: TokenId, relation: &str| document.children_by(token, relation).next().is_some();
    if document.upos(noun) != Upos::Noun || ["case", "cop", "mark", "det"].iter().any(|r| has(noun, r)) {
        return None;
    }
    let verb = document.children_by(noun, "acl").find(|&t| t > noun)?;
    let passive = document.upos(verb) == Upos::Verb
        && document.feature(verb, "VerbForm") == Some("Part")
        && document.feature(verb, "Tense") == Some("Past");
    (passive && !has(verb, "aux") && !has(verb, "nsubj") && !has(verb, "obj")).then_some((noun, verb))
}

#[cfg(test)]
mod tests {
    use doleance_text::LanguageCode;

    use super::*;
    use crate::LanguagePacks;

    fn read(text: &str) -> Document {
        LanguagePacks::embedded().get(&LanguageCode("en".to_owned())).unwrap().unwrap().annotate(text)
    }

    fn find(document: &Document, form: &str) -> TokenId {
        document.token_ids().find(|&t| document.form(t) == form).unwrap()
    }

    #[test]
    fn a_headline_without_a_verb_has_one_that_looks_like_a_noun() {
        for (text, verb, subject) in [
            ("Rail strike hits commuters in Milan", "hits", "strike"),
            ("Court outlaws teachers' strike in Kenya", "outlaws", "Court"),
            ("Hong Kong police storm university campus", "storm", "police"),
        ] {
            let document = read(text);
            let verb = find(&document, verb);
            assert_eq!(document.upos(verb), Upos::Verb, "{text}");
            let found = document.children_by(verb, "nsubj").next().map(|t| document.form(t));
            assert_eq!(found, Some(subject), "{text}");
        }
        for (text, noun) in [
            ("Police raids net ten suspects", "raids"),
            ("Rail strike hits were few.", "hits"),
            ("Cleaners on strike in Lille", "strike"),
        ] {
            let document = read(text);
            assert_eq!(document.upos(find(&document, noun)), Upos::Noun, "{text}");
        }
    }

    #[test]
    fn what_looks_like_a_command_is_a_noun() {
        for (text, noun) in [
            ("Strike by lorry drivers enters second week", "Strike"),
            ("Curfew to be imposed in Jos from Wednesday", "Curfew"),
            ("Steel company locks out 1,000 workers", "Steel"),
        ] {
            let document = read(text);
            assert_eq!(document.upos(find(&document, noun)), Upos::Noun, "{text}");
        }
        let document = read("Block the port until they win");
        assert_eq!(document.upos(find(&document, "Block")), Upos::Verb);
    }

    #[test]
    fn a_past_without_an_object_is_a_passive() {
        let document = read("Shop steward sacked at Liverpool plant");
        assert!(document.has_feature(find(&document, "sacked"), "Voice", "Pass"));
        let document = read("Managers sacked two men at Liverpool plant");
        assert!(!document.has_feature(find(&document, "sacked"), "Voice", "Pass"));
    }

    #[test]
    fn a_headline_leaves_out_the_auxiliary_of_a_passive() {
        for (text, verb, noun) in [
            ("Demonstration banned in Minsk", "banned", "Demonstration"),
            ("Union rep fired for speaking to press", "fired", "rep"),
        ] {
            let document = read(text);
            let root = document.token_ids().find(|&t| document.head(t).is_none()).unwrap();
            assert_eq!(document.form(root), verb, "{text}");
            let noun = document.token_ids().find(|&t| document.form(t) == noun).unwrap();
            assert_eq!(document.strings().get(document.relation(noun)), "nsubj:pass", "{text}");
        }
    }
}
