//! Which way a time looks: read from the verbs that govern it.
//!
//! *Ils défileront mardi* lies ahead, *ils ont défilé mardi* behind; *appellent à défiler mardi* ahead whatever the
//! tense of the call. Trees may be wrong, so nothing is decided where no verb speaks.

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, SentenceId, TokenId};

use crate::expression::Cue;
use crate::grammar::Cues;

/// How many heads to climb.
const REACH: usize = 5;

/// Whether a bare weekday after a verb in the present looks ahead: *ils reprennent lundi*. Before it, it tells a
/// chronicle: *lundi, ils reprennent*.
pub(crate) fn present_looks_ahead(document: &Document, head: TokenId) -> bool {
    // A weekday after an object is often hung on it: climb over nouns.
    let governor = document.ancestors(head).take(3).find(|&g| !document.upos(g).is_nominal());
    governor.is_some_and(|verb| {
        verb < head
            && document.upos(verb) == Upos::Verb
            && document.has_feature(verb, "Tense", "Pres")
            && finite(document, verb)
            // "reduced to ashes Monday": after a preposition it is a noun in disguise.
            && document.children_by(verb, "case").next().is_none()
    })
}

/// Whether a time stands before the verb of a past that it hangs on: *by Friday it had reached Najaf*, not *they have until
/// Friday*.
pub(crate) fn opens_a_past(document: &Document, head: TokenId) -> bool {
    // "By 3 p.m. the street was empty": a predicate with its copula is as good as a verb.
    let tells = |word: TokenId| {
        document.upos(word) == Upos::Verb || document.children_by(word, "cop").next().is_some()
    };
    document.head(head).is_some_and(|verb| head < verb && tells(verb))
}

/// Whether a sentence has no verb that carries tense: with a time of day it announces (*Rally Saturday, 2 p.m., at the
/// town hall*).
pub fn is_verbless(document: &Document, sentence: SentenceId) -> bool {
    let mut is_tagged = false;
    for word in document.words(sentence) {
        let upos = document.upos(word);
        // English pasts are easily taken for participles: a subject makes them verbs of their own.
        let has_tense = || {
            document.has_feature(word, "VerbForm", "Fin")
                || document.children(word).iter().any(|&c| document.universal_relation(c) == "nsubj")
        };
        if matches!(upos, Upos::Verb | Upos::Aux) && has_tense() {
            return false;
        }
        is_tagged |= upos.is_nominal();
    }
    // Words without tags tell nothing about verbs.
    is_tagged
}

/// The direction that the words above a mention give it.
pub(crate) fn direction(cues: &Cues, document: &Document, head: TokenId) -> Option<Cue> {
    // "the Monday march"; after its noun a day is only hung there: "recevra les syndicats lundi".
    let modifies = matches!(document.universal_relation(head), "compound" | "amod" | "nummod");
    if modifies && document.head(head).is_some_and(|noun| head < noun) {
        return None;
    }
    let marked = |&c: &TokenId| {
        document.universal_relation(c) == "case" && contains(&cues.future_markers, document.lemma(c))
    };
    // "had called a strike for Monday" may lie behind.
    let before_past = |g: TokenId| {
        document.children_by(g, "aux").any(|aux| {
            document.relation(aux) != ud::AUX_PASS
                && contains(&cues.past_auxiliary, document.lemma(aux))
                && (document.has_feature(aux, "Tense", "Past") || document.has_feature(aux, "Tense", "Imp"))
        })
    };
    if document.children(head).iter().any(marked) && !document.ancestors(head).take(2).any(before_past) {
        return Some(Cue::Future);
    }
    let mut below = head;
    let (mut direct, mut inside) = (true, true);
    for governor in document.ancestors(head).take(REACH) {
        let lemma = document.lemma(governor);
        let verbal = matches!(document.upos(governor), Upos::Verb | Upos::Aux);
        if contains(&cues.future_direct, lemma) && undergone(cues, document, governor) {
            return Some(Cue::Future);
        }
        let opens = contains(&cues.future_with_infinitive, lemma)
            && document.has_feature(below, "VerbForm", "Inf")
            && below != head;
        if opens && undergone(cues, document, governor) {
            return Some(Cue::Future);
        }
        if direct && verbal && contains(&cues.future_passive, lemma) && is_present_passive(document, governor)
        {
            return Some(Cue::Future);
        }
        // "due to stand trial", where "due to" was taken for a preposition.
        let announced = |&c: &TokenId| {
            document.universal_relation(c) == "case" && contains(&cues.future_direct, document.lemma(c))
        };
        if document.has_feature(governor, "VerbForm", "Inf")
            && document.children(governor).iter().any(announced)
        {
            return Some(Cue::Future);
        }
        // What hangs on a clause beside is no part of what is called for.
        let clause =
            matches!(document.universal_relation(below), "acl" | "advcl" | "conj" | "parataxis" | "appos");
        inside &= !clause || document.has_feature(below, "VerbForm", "Inf");
        if contains(&cues.future_complement, lemma) && !direct && inside && complement(document, below) {
            // "sont allés manifester lundi", "a dû démissionner lundi".
            if contains(&cues.future_unless_past, lemma) && document.has_feature(governor, "Tense", "Past") {
                return Some(Cue::Past);
            }
            let wished = document.has_feature(governor, "Tense", "Imp");
            return (!wished).then_some(Cue::Future);
        }
        if let Some(cue) = tense(cues, document, governor) {
            return Some(cue);
        }
        if direct && verbal && document.has_feature(governor, "Tense", "Pres") && finite(document, governor) {
            return None;
        }
        if direct && verbal && past_participle(document, governor) {
            return Some(Cue::Past);
        }
        // An infinitive or participle says nothing by itself: its own governor does.
        direct &= !verbal && document.upos(governor) != Upos::Noun;
        below = governor;
    }
    None
}

/// *prévue mardi*, *est prévue mardi*, but not *a prévu mardi*: the word is no active verb in a past tense.
fn undergone(cues: &Cues, document: &Document, word: TokenId) -> bool {
    if document.upos(word) != Upos::Verb {
        return true;
    }
    let active = document.children_by(word, "aux").any(|aux| {
        document.relation(aux) != ud::AUX_PASS && contains(&cues.past_auxiliary, document.lemma(aux))
    });
    let passive = document.children(word).iter().any(|&c| document.relation(c) == ud::AUX_PASS);
    document.has_feature(word, "VerbForm", "Part") && (passive || !active)
}

/// *est organisée*, but not *a organisé*.
fn is_present_passive(document: &Document, verb: TokenId) -> bool {
    document.has_feature(verb, "VerbForm", "Part")
        && document
            .children(verb)
            .iter()
            .any(|&c| document.relation(c) == ud::AUX_PASS && document.has_feature(c, "Tense", "Pres"))
}

/// *présenté vendredi* after a noun: a bare participle tells what is done.
fn past_participle(document: &Document, verb: TokenId) -> bool {
    document.has_feature(verb, "VerbForm", "Part")
        && (document.has_feature(verb, "Tense", "Past") || document.has_feature(verb, "Voice", "Pass"))
        && document.universal_relation(verb) == "acl"
}

/// Whether a word is the content of a call or promise, not its setting.
fn complement(document: &Document, word: TokenId) -> bool {
    matches!(document.universal_relation(word), "xcomp" | "ccomp" | "obj" | "obl" | "nmod" | "acl" | "advcl")
}

/// The tense of a verb with its auxiliaries.
fn tense(cues: &Cues, document: &Document, verb: TokenId) -> Option<Cue> {
    let mut past = document.has_feature(verb, "Tense", "Past") && finite(document, verb)
        || document.has_feature(verb, "Tense", "Imp");
    let obliges = || {
        contains(&cues.future_modal, document.lemma(verb))
            && document.has_feature(verb, "Tense", "Pres")
            && document.children_by(verb, "xcomp").next().is_some()
    };
    if document.has_feature(verb, "Tense", "Fut")
        || document.has_feature(verb, "Mood", "Imp")
        || is_to_be(document, verb)
        || obliges()
    {
        return Some(Cue::Future);
    }
    for &child in document.children(verb) {
        if !matches!(document.universal_relation(child), "aux" | "cop") {
            continue;
        }
        let lemma = document.lemma(child);
        if document.has_feature(child, "Tense", "Fut") || contains(&cues.future_auxiliary, lemma) {
            return Some(Cue::Future);
        }
        let participle =
            document.has_feature(verb, "VerbForm", "Part") || document.has_feature(verb, "Tense", "Past");
        past |= document.has_feature(child, "Tense", "Past")
            || document.has_feature(child, "Tense", "Imp")
            || contains(&cues.past_auxiliary, lemma)
                && participle
                // "is to be launched Saturday": a passive infinitive has not been.
                && !document.has_feature(child, "VerbForm", "Inf");
    }
    past.then_some(Cue::Past)
}

/// *is to be launched*, *are to meet*: an infinitive with its mark under a finite auxiliary.
fn is_to_be(document: &Document, verb: TokenId) -> bool {
    let Some(mark) = document.children_by(verb, "mark").next() else { return false };
    let infinitive = |token: TokenId| document.has_feature(token, "VerbForm", "Inf");
    // "is to begin": taken for a copula, it is surer in the present than in "was to have been".
    let announced = document.children(verb).iter().any(|&c| {
        let is_aux = document.universal_relation(c) == "aux";
        let is_copula = document.universal_relation(c) == "cop" && document.has_feature(c, "Tense", "Pres");
        (is_aux || is_copula) && c < mark && finite(document, c)
    });
    announced
        && (infinitive(verb) || document.children_by(verb, "aux").any(|aux| aux > mark && infinitive(aux)))
}

fn finite(document: &Document, verb: TokenId) -> bool {
    document.has_feature(verb, "VerbForm", "Fin") || document.feature(verb, "Mood").is_some()
}

fn contains(lemmas: &[String], lemma: &str) -> bool {
    lemmas.iter().any(|known| known == lemma)
}
