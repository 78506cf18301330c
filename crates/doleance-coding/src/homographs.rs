//! Past forms of verbs that a tagger takes for nouns: *Police shot dead three men*, *the weavers quit work*.
//!
//! A treebank of letters and reviews has few such sentences; wire copy is full of them. Where one of the forms that
//! `past_like_noun` in `grammar.toml` lists stands between two nouns of one phrase, and no other verb carries a tense
//! there, it is the verb, the noun before it its subject and the noun that the phrase hung on its object.
//!
//! Headlines tell in the present: *Farmers block airport road*. There the forms of `present_like_noun` are verbs in the
//! same place, where they agree with the noun before them: a plural with a bare form, a singular with the other.

use doleance_text::ud::Upos;
use doleance_text::{Document, TokenId};

/// A form with the dictionary form of its verb.
pub type Homograph = (String, String);

struct Found<'f> {
    is_present: bool,
    subject: TokenId,
    verb: TokenId,
    object: TokenId,
    lemma: &'f str,
}

/// Makes plurals nouns that were taken for other words: *Fishermen blocked the port*. One that hangs on a verb without a
/// subject is its subject.
///
/// With `is_plural_like_present`, a present of the third person that stands as a subject is a plural as well (*Riots broke
/// out*).
pub fn restore_nouns(document: &mut Document, plurals: &[Homograph], is_plural_like_present: bool) {
    if is_plural_like_present {
        restore_subjects(document);
    }
    if plurals.is_empty() {
        return;
    }
    let singular = |t: TokenId| {
        let form = document.form(t).to_lowercase();
        plurals.iter().find(|(plural, _)| *plural == form).map(|(_, lemma)| lemma)
    };
    let ends = |t: TokenId| plurals.iter().any(|(p, _)| p.ends_with(last_two(document.form(t))));
    let is_subject = |t: TokenId| {
        document.head(t).is_some_and(|verb| {
            verb > t
                && document.upos(verb) == Upos::Verb
                && matches!(document.universal_relation(t), "advmod" | "aux" | "det" | "discourse" | "obl")
                && document.children_by(verb, "nsubj").next().is_none()
        })
    };
    let found: Vec<(TokenId, &str, bool)> = document
        .token_ids()
        .filter(|&t| document.upos(t) != Upos::Noun && ends(t))
        .filter_map(|t| singular(t).map(|lemma| (t, lemma.as_str(), is_subject(t))))
        .collect();
    if found.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let (subject, plural) = (strings.intern("nsubj"), strings.intern("Number=Plur"));
        for (token, lemma, is_subject) in found {
            let lemma = strings.intern(lemma);
            let token = &mut tokens[token.index()];
            token.upos = Upos::Noun;
            token.features = plural;
            token.lemma = lemma;
            if is_subject {
                token.relation = subject;
            }
        }
    });
}

/// Makes finite verbs nouns that stand as subjects without a clause of their own.
fn restore_subjects(document: &mut Document) {
    let has_clause = |t: TokenId| {
        let in_clause = ["nsubj", "obj", "aux", "mark", "cop", "xcomp", "ccomp"];
        document.children(t).iter().any(|&c| in_clause.contains(&document.universal_relation(c)))
    };
    let found: Vec<TokenId> = document
        .token_ids()
        .filter(|&t| {
            document.upos(t) == Upos::Verb
                && document.universal_relation(t) == "nsubj"
                && document.has_feature(t, "Person", "3")
                && document.has_feature(t, "Tense", "Pres")
                && !has_clause(t)
        })
        .collect();
    if found.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let plural = strings.intern("Number=Plur");
        for token in found {
            tokens[token.index()].upos = Upos::Noun;
            tokens[token.index()].features = plural;
        }
    });
}

/// The last two bytes of a word, where they are letters of one byte.
fn last_two(form: &str) -> &str {
    form.get(form.len().saturating_sub(2)..).unwrap_or(form)
}

/// Makes such words verbs again.
pub fn restore_verbs(document: &mut Document, forms: &[Homograph], presents: &[Homograph]) {
    if forms.is_empty() && presents.is_empty() {
        return;
    }
    let found: Vec<Found> = document
        .token_ids()
        .filter_map(|t| {
            let past = verb_at(document, forms, t);
            let present = || verb_at(document, presents, t).filter(|found| agrees(document, found));
            past.or_else(|| present().map(|found| Found { is_present: true, ..found }))
        })
        .collect();
    // A past that differs from its dictionary form is never a present.
    let present = |t: TokenId| {
        document.upos(t) == Upos::Verb
            && document.has_feature(t, "Tense", "Pres")
            && forms.iter().any(|(form, lemma)| form != lemma && document.form(t) == form)
    };
    let mistaken: Vec<TokenId> = document.token_ids().filter(|&t| present(t)).collect();
    if found.is_empty() && mistaken.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let [subject_of, object_of, oblique, clause, complement] =
            ["nsubj", "obj", "obl", "acl:relcl", "xcomp"].map(|name| strings.intern(name));
        let (modifier, unmarked) = (strings.intern("nmod"), strings.intern("nmod:unmarked"));
        let finite = strings.intern("Mood=Ind|Tense=Past|VerbForm=Fin");
        let finite_present = strings.intern("Mood=Ind|Tense=Pres|VerbForm=Fin");
        for verb in mistaken {
            tokens[verb.index()].features = finite;
        }
        for Found { is_present, subject, verb, object, lemma } in found {
            let (above, relation) = (tokens[object.index()].head, tokens[object.index()].relation);
            let nominal = [modifier, unmarked].contains(&relation);
            let lemma = strings.intern(lemma);
            for (number, token) in tokens.iter_mut().enumerate() {
                let at = number as u32;
                if token.head != Some(object) && token.head != Some(verb) || at == verb.0 || at == object.0 {
                    continue;
                }
                if at < subject.0
                    && matches!(token.upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn)
                {
                    token.head = Some(subject);
                } else if at < verb.0 || at > object.0 {
                    token.head = Some(verb);
                    if token.relation == modifier {
                        token.relation = oblique;
                    }
                } else if token.upos == Upos::Adj && at == verb.0 + 1 {
                    // "shot dead three men": what became of them.
                    token.head = Some(verb);
                    token.relation = complement;
                }
            }
            tokens[verb.index()].head = above;
            tokens[verb.index()].relation = if nominal { clause } else { relation };
            tokens[verb.index()].upos = Upos::Verb;
            tokens[verb.index()].features = if is_present { finite_present } else { finite };
            tokens[verb.index()].lemma = lemma;
            tokens[object.index()].head = Some(verb);
            tokens[object.index()].relation = object_of;
            tokens[subject.index()].head = Some(verb);
            tokens[subject.index()].relation = subject_of;
        }
    });
}

fn verb_at<'f>(document: &Document, forms: &'f [Homograph], verb: TokenId) -> Option<Found<'f>> {
    if !matches!(document.upos(verb), Upos::Noun | Upos::Propn | Upos::Adj) {
        return None;
    }
    let form = document.form(verb);
    let (_, lemma) = forms.iter().find(|(f, _)| f == form)?;
    let mut object = document.head(verb).filter(|&noun| noun > verb && document.upos(noun).is_nominal())?;
    let nearest = object;
    // "block [airport road]": the object is the whole phrase.
    while document.universal_relation(object) == "compound"
        && let Some(above) = document.head(object).filter(|&a| a > object && document.upos(a).is_nominal())
    {
        object = above;
    }
    if !matches!(document.universal_relation(verb), "compound" | "amod" | "nmod") {
        return None;
    }
    let words = document.sentence(document.sentence_of(verb)).words.clone();
    let subject = verb.0.checked_sub(1).map(TokenId).filter(|t| words.contains(&t.0))?;
    let joined = document.head(subject).is_some_and(|head| head == object || head == verb || head == nearest);
    if !document.upos(subject).is_nominal() || !joined {
        return None;
    }
    let is_punctuation = |t: &TokenId| document.upos(*t) == Upos::Punct;
    let from = (words.start..verb.0).rev().map(TokenId).find(is_punctuation).map_or(words.start, |t| t.0 + 1);
    let to = (object.0..words.end).map(TokenId).find(is_punctuation).map_or(words.end, |t| t.0);
    let tensed = |t: TokenId| {
        matches!(document.upos(t), Upos::Verb | Upos::Aux) && document.has_feature(t, "VerbForm", "Fin")
    };
    let tensed = (from..to).map(TokenId).any(tensed);
    // In a phrase of its own ("at a shot putter contest") a preposition or article would open what it modifies.
    let opened = (verb.0 + 1..object.0).map(TokenId).any(|t| document.upos(t) == Upos::Adp);
    let case = document.children_by(object, "case").next().is_some();
    (!tensed && !opened && !case).then_some(Found { is_present: false, subject, verb, object, lemma })
}

/// *Farmers block*, *Mob stones*, but not *Farmer block*, *Police raids*.
fn agrees(document: &Document, found: &Found) -> bool {
    let is_bare = document.form(found.verb) == found.lemma;
    let number = if is_bare { "Plur" } else { "Sing" };
    let subject = document.upos(found.subject) == Upos::Noun;
    subject && document.has_feature(found.subject, "Number", number)
}

#[cfg(test)]
mod tests {
    use doleance_text::LanguageCode;

    use super::*;
    use crate::LanguagePacks;

    fn read(text: &str) -> Document {
        let pack = LanguagePacks::embedded().get(&LanguageCode("en".to_owned())).unwrap().unwrap();
        pack.annotate(text)
    }

    fn find(document: &Document, form: &str) -> TokenId {
        document.token_ids().find(|&t| document.form(t) == form).unwrap()
    }

    #[test]
    fn a_past_between_subject_and_object_is_a_verb() {
        for (text, form, lemma, subject, object) in [
            ("Police shot dead 34 miners in Marikana.", "shot", "shoot", "Police", "miners"),
            ("The weavers quit work at noon.", "quit", "quit", "weavers", "work"),
            (
                "They met at the mine, where police shot dead 34 miners on Friday.",
                "shot",
                "shoot",
                "police",
                "miners",
            ),
        ] {
            let document = read(text);
            let verb = find(&document, form);
            assert_eq!((document.upos(verb), document.lemma(verb)), (Upos::Verb, lemma), "{text}");
            let of = |relation| document.children_by(verb, relation).next().map(|t| document.form(t));
            assert_eq!((of("nsubj"), of("obj")), (Some(subject), Some(object)), "{text}");
        }
    }

    #[test]
    fn a_headline_tells_in_the_present() {
        for (text, form, subject, object) in [
            ("Farmers block airport road", "block", "Farmers", "road"),
            ("Mob stones bus in Kasese", "stones", "Mob", "bus"),
            ("Gunmen kill activist", "kill", "Gunmen", "activist"),
        ] {
            let document = read(text);
            let verb = find(&document, form);
            assert_eq!(document.upos(verb), Upos::Verb, "{text}");
            let of = |relation| document.children_by(verb, relation).next().map(|t| document.form(t));
            assert_eq!((of("nsubj"), of("obj")), (Some(subject), Some(object)), "{text}");
        }
        for (text, form) in [
            ("Tower block fire", "block"),
            ("Police raids net ten suspects", "raids"),
            ("Student block bookings rose in May.", "block"),
        ] {
            let document = read(text);
            assert_ne!(document.upos(find(&document, form)), Upos::Verb, "{text}");
        }
    }

    #[test]
    fn a_plural_of_man_is_a_noun() {
        for (text, form, lemma) in [
            ("Fishermen blocked the port on Monday.", "Fishermen", "fisherman"),
            ("The police said herdsmen attacked the port.", "herdsmen", "herdsman"),
            ("Midwives walked out on Monday.", "Midwives", "midwife"),
        ] {
            let document = read(text);
            let noun = find(&document, form);
            assert_eq!((document.upos(noun), document.lemma(noun)), (Upos::Noun, lemma), "{text}");
            assert_eq!(document.universal_relation(noun), "nsubj", "{text}");
        }
        let document = read("Yemen and Bremen signed the accord.");
        assert_eq!(document.upos(find(&document, "Yemen")), Upos::Propn);
    }

    #[test]
    fn a_past_is_no_present() {
        let document = read("Soldiers shot dead two students on Friday.");
        assert!(document.has_feature(find(&document, "shot"), "Tense", "Past"));
    }

    #[test]
    fn beside_another_verb_it_stays_a_noun() {
        for text in ["The warning shot alarm rang twice.", "The shot putter contest was held in Leeds."] {
            let document = read(text);
            assert_ne!(document.upos(find(&document, "shot")), Upos::Verb, "{text}");
        }
    }
}
