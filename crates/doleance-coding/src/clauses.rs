//! Sentences that the syntax model reads as a noun with a participle, where they tell what somebody did.
//!
//! Where the past of a verb looks like its participle, "The union called for a walkout." has two readings, and a treebank
//! full of captions and headings prefers the noun phrase. A report writes whole sentences: one that ends with a full stop
//! and has no other tensed verb is a clause. Languages whose past never looks like a participle leave it be
//! (`past_like_participle` in `grammar.toml`).

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, SentenceId, Strings, Token, TokenId};

/// Gives such sentences their verb back, and the verb its subject.
pub fn restore_clauses(document: &mut Document) {
    let found: Vec<(TokenId, TokenId)> = (0..document.sentences().len() as u32)
        .filter_map(|sentence| noun_and_verb(document, SentenceId(sentence)))
        .collect();
    if found.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let subject = strings.intern("nsubj");
        let finite = strings.intern("Mood=Ind|Tense=Past|VerbForm=Fin");
        for (noun, verb) in found {
            hang_noun_on_verb(tokens, strings, noun, verb);
            tokens[verb.index()].features = finite;
            tokens[noun.index()].relation = subject;
        }
    });
}

/// Makes the participle of a noun the root, the noun its dependent, and what follows the verb the verb's own. The caller
/// says how the noun depends on it.
pub(crate) fn hang_noun_on_verb(tokens: &mut [Token], strings: &mut Strings, noun: TokenId, verb: TokenId) {
    let (modifier, oblique) = (strings.intern("nmod"), strings.intern("obl"));
    for token in &mut tokens[verb.index() + 1..] {
        if token.head == Some(noun) {
            token.head = Some(verb);
            if token.relation == modifier {
                token.relation = oblique;
            }
        }
    }
    tokens[verb.index()].head = None;
    tokens[verb.index()].relation = ud::ROOT;
    tokens[noun.index()].head = Some(verb);
}

/// Makes an object of the second subject of a verb: *la police a arrêté [le délégué]*, where an auxiliary of tense alone
/// says that the verb is active and the first subject stands before it.
pub fn restore_objects(document: &mut Document) {
    let named = |t: TokenId| document.strings().get(document.relation(t));
    let is_active = |verb: TokenId| {
        let has = |relation: &str| document.children(verb).iter().any(|&c| named(c) == relation);
        has("aux:tense") && !has("aux:pass") && !has("obj")
    };
    let is_object = |t: &TokenId| {
        named(*t) == "nsubj:pass"
            && document.head(*t).is_some_and(|verb| {
                let acts = |&c: &TokenId| c < verb && document.relation(c) == ud::NSUBJ;
                verb < *t && is_active(verb) && document.children(verb).iter().any(acts)
            })
    };
    let found: Vec<TokenId> = document.token_ids().filter(is_object).collect();
    if found.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let object = strings.intern("obj");
        for token in found {
            tokens[token.index()].relation = object;
        }
    });
}

/// Makes the title the head of a name that it stands before: *removed [President] Pedro Castillo* is about a president.
pub fn head_names_by_titles(document: &mut Document) {
    let is_title = |t: TokenId| document.strings().get(document.relation(t)) == "nmod:desc";
    let named = |t: &TokenId| {
        document.head(*t).is_some_and(|name| {
            name.0 == t.0 + 1 && document.upos(name) == Upos::Propn && document.upos(*t).is_nominal()
        })
    };
    let found: Vec<TokenId> = document.token_ids().filter(|&t| is_title(t)).filter(named).collect();
    if found.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let flat = strings.intern("flat");
        for title in found {
            let name = TokenId(title.0 + 1);
            let (above, relation) = (tokens[name.index()].head, tokens[name.index()].relation);
            for token in tokens.iter_mut() {
                if token.head == Some(name) && token.relation != flat {
                    token.head = Some(title);
                }
            }
            tokens[title.index()].head = above;
            tokens[title.index()].relation = relation;
            tokens[name.index()].head = Some(title);
            tokens[name.index()].relation = flat;
        }
    });
}

/// Gives back its noun to a participle that opens a sentence: *Protesting students were gassed*, which trees read as a
/// clause about gassing those who protest students.
///
/// The noun is a plural without an article, and the verb that follows is none of a singular: *Blocking roads is a crime*.
/// So do nouns that were read as commands: *Refuse collectors in Leeds walked out*.
pub fn restore_openings(document: &mut Document) {
    let found: Vec<Opening> = (0..document.sentences().len() as u32)
        .map(SentenceId)
        .filter_map(|sentence| opening(document, sentence).or_else(|| command(document, sentence)))
        .collect();
    if found.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let finite = strings.intern("Mood=Ind|Tense=Past|VerbForm=Fin");
        let (subject, modifier) = (strings.intern("nsubj"), strings.intern("amod"));
        let (undergoer, compound) = (strings.intern("nsubj:pass"), strings.intern("compound"));
        let singular = strings.intern("Number=Sing");
        for Opening { participle, noun, verb, is_passive, is_disguised, is_command } in found {
            let (above, relation) = (tokens[participle.index()].head, tokens[participle.index()].relation);
            for (number, token) in tokens.iter_mut().enumerate() {
                let of_participle = token.head == Some(participle);
                let of_noun = token.head == Some(noun) && number > verb.index();
                if of_participle || of_noun {
                    token.head = Some(verb);
                }
            }
            if above != Some(verb) {
                tokens[verb.index()].head = above;
                tokens[verb.index()].relation = relation;
            }
            if is_disguised {
                tokens[verb.index()].features = finite;
            }
            tokens[noun.index()].head = Some(verb);
            tokens[noun.index()].relation = if is_passive { undergoer } else { subject };
            tokens[participle.index()].head = Some(noun);
            tokens[participle.index()].relation = if is_command { compound } else { modifier };
            if is_command {
                tokens[participle.index()].upos = Upos::Noun;
                tokens[participle.index()].features = singular;
            }
        }
    });
}

struct Opening {
    participle: TokenId,
    noun: TokenId,
    verb: TokenId,
    is_passive: bool,
    /// The verb is a past that was read as a participle.
    is_disguised: bool,
    /// The first word is a noun that was read as a command.
    is_command: bool,
}

fn opening(document: &Document, sentence: SentenceId) -> Option<Opening> {
    let participle = document.words(sentence).find(|&t| document.upos(t) != Upos::Punct)?;
    let active = document.has_feature(participle, "VerbForm", "Ger")
        || document.has_feature(participle, "VerbForm", "Part")
            && document.has_feature(participle, "Tense", "Pres");
    let noun = TokenId(participle.0 + 1);
    let bare = |t: TokenId| {
        document.upos(t) == Upos::Noun
            && document.has_feature(t, "Number", "Plur")
            && document.children(t).iter().all(|&c| c > t)
    };
    if document.upos(participle) != Upos::Verb
        || !active
        || noun.index() >= document.tokens().len()
        || document.sentence_of(noun) != sentence
        || !bare(noun)
    {
        return None;
    }
    let is_object = document.head(noun) == Some(participle) && document.universal_relation(noun) == "obj";
    let (verb, is_disguised) = match document.head(participle) {
        // Protesting students were gassed: the clause is the subject of what follows.
        Some(verb) if is_object && document.universal_relation(participle) == "csubj" => (verb, false),
        // Protesting students [marched to the square]: all that follows describes them.
        None if is_object && ends_as_sentence(document, sentence) => {
            let past = document.children_by(noun, "acl").find(|&t| {
                document.has_feature(t, "VerbForm", "Part")
                    && document.has_feature(t, "Tense", "Past")
                    && document.children_by(t, "aux").next().is_none()
            })?;
            let mut others = document.words(sentence).filter(|&t| document.head(t) != Some(past));
            if others.any(|t| document.has_feature(t, "VerbForm", "Fin")) {
                return None;
            }
            (past, true)
        }
        // Striking [miners were sacked].
        None if !is_object => {
            let verb = document.head(noun).filter(|&v| document.head(v) == Some(participle))?;
            (verb, false)
        }
        _ => return None,
    };
    let of_verb = |t: TokenId| t == verb || matches!(document.universal_relation(t), "aux" | "cop");
    let singular = std::iter::once(verb)
        .chain(document.children(verb).iter().copied())
        .any(|t| of_verb(t) && document.has_feature(t, "Number", "Sing"));
    let passive = |&c: &TokenId| document.relation(c) == ud::AUX_PASS;
    (verb > noun && document.upos(verb) == Upos::Verb && !singular).then(|| Opening {
        participle,
        noun,
        verb,
        is_passive: document.children(verb).iter().any(passive),
        is_disguised,
        is_command: false,
    })
}

/// A noun that opens a sentence and was read as a command, whose object is followed by a tensed verb without a subject.
fn command(document: &Document, sentence: SentenceId) -> Option<Opening> {
    let first = document.words(sentence).find(|&t| document.upos(t) != Upos::Punct)?;
    if !document.has_feature(first, "Mood", "Imp") || document.head(first).is_some() {
        return None;
    }
    let noun = document.children_by(first, "obj").find(|&t| document.upos(t) == Upos::Noun);
    // "Strike [action hit schools]".
    let next = TokenId(first.0 + 1);
    let subject = || {
        let verb = document.head(next).filter(|&v| document.head(v) == Some(first))?;
        let bare = document.upos(next) == Upos::Noun && document.children(next).is_empty();
        let past = document.has_feature(verb, "Tense", "Past") && document.has_feature(verb, "Mood", "Ind");
        let opens = bare && past && document.universal_relation(verb) == "ccomp";
        (opens && document.universal_relation(next) == "nsubj").then_some((next, verb))
    };
    if noun.is_none() && next.index() < document.tokens().len() {
        let (noun, verb) = subject()?;
        return Some(Opening {
            participle: first,
            noun,
            verb,
            is_passive: false,
            is_disguised: false,
            is_command: true,
        });
    }
    let noun = noun?;
    // "Refuse [lorry] drivers", but "Block [the] port".
    let between = (first.0 + 1..noun.0).map(TokenId);
    if between.clone().any(|t| document.universal_relation(t) != "compound") {
        return None;
    }
    let is_tensed = |v: TokenId| {
        document.has_feature(v, "Tense", "Past") || document.children_by(v, "aux").next().is_some()
    };
    let opens = |v: TokenId, relation: &str| document.children_by(v, relation).next().is_some();
    let verb = document.children(first).iter().copied().find(|&v| {
        v > noun
            && document.upos(v) == Upos::Verb
            && matches!(document.universal_relation(v), "xcomp" | "ccomp" | "advcl")
            && is_tensed(v)
            && !opens(v, "nsubj")
            && !opens(v, "mark")
    })?;
    let passive = |&c: &TokenId| document.relation(c) == ud::AUX_PASS;
    Some(Opening {
        participle: first,
        noun,
        verb,
        is_passive: document.children(verb).iter().any(passive),
        is_disguised: document.has_feature(verb, "VerbForm", "Part") && !opens(verb, "aux"),
        is_command: true,
    })
}

/// Makes participles that carry a subject of their own tensed verbs: *Police arrested 15 people*, *as the king filed out*.
///
/// A tagger that looks at the neighbours alone takes every second such past for a passive. The tree knows better: a
/// participle has its subject through an auxiliary, and one that only describes a noun has none.
pub fn restore_tenses(document: &mut Document) {
    // "Shop steward sacked at plant": the headline's verb is a passive without its auxiliary.
    let (passive, found): (Vec<TokenId>, Vec<TokenId>) = document
        .token_ids()
        .filter(|&t| is_past_in_disguise(document, t))
        .partition(|&t| is_passive_of_headline(document, t));
    if found.is_empty() && passive.is_empty() {
        return;
    }
    document.redraw(|tokens, strings| {
        let (subject, undergoer) = (strings.intern("nsubj"), strings.intern("nsubj:pass"));
        for token in tokens.iter_mut() {
            if token.relation == subject && token.head.is_some_and(|head| passive.contains(&head)) {
                token.relation = undergoer;
            }
        }
        let finite = strings.intern("Mood=Ind|Tense=Past|VerbForm=Fin");
        for verb in found {
            tokens[verb.index()].features = finite;
        }
    });
}

/// Whether a verb without an object is the only one of a sentence without a full stop, and tagged as a passive there.
fn is_passive_of_headline(document: &Document, verb: TokenId) -> bool {
    let sentence = document.sentence_of(verb);
    let closes = document.words(sentence).next_back().is_some_and(|t| document.upos(t) == Upos::Punct);
    document.head(verb).is_none()
        && document.has_feature(verb, "Voice", "Pass")
        && document.children_by(verb, "obj").next().is_none()
        && !closes
        && !document.words(sentence).any(|t| document.has_feature(t, "VerbForm", "Fin"))
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

/// Whether a sentence ends with a full stop: a headline or caption does not.
pub(crate) fn ends_as_sentence(document: &Document, sentence: SentenceId) -> bool {
    let last = document.words(sentence).next_back();
    last.is_some_and(|t| document.upos(t) == Upos::Punct && matches!(document.form(t), "." | "!"))
}

/// The noun at the root and the participle after it, where the sentence is a clause in disguise.
fn noun_and_verb(document: &Document, sentence: SentenceId) -> Option<(TokenId, TokenId)> {
    if !ends_as_sentence(document, sentence) {
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
    fn a_title_is_the_head_of_the_name_after_it() {
        let document = read("en", "Congress removed President Pedro Castillo on 7 December.");
        let verb = document.token_ids().find(|&t| document.form(t) == "removed").unwrap();
        let object = document.children_by(verb, "obj").next().map(|t| document.form(t));
        assert_eq!(object, Some("President"));
    }

    #[test]
    fn a_participle_that_opens_a_sentence_describes_its_noun() {
        for (text, verb) in [
            ("Protesting students were gassed on Monday.", "gassed"),
            ("Striking miners were sacked.", "sacked"),
            ("Protesting students marched to parliament.", "marched"),
        ] {
            let document = read("en", text);
            assert_eq!(root(&document), verb, "{text}");
            let (participle, noun) = (TokenId(0), TokenId(1));
            assert_eq!(document.head(participle), Some(noun), "{text}");
            assert_eq!(document.head(noun).map(|t| document.form(t)), Some(verb), "{text}");
            assert_eq!(document.universal_relation(noun), "nsubj", "{text}");
        }
        for (text, verb, noun) in [
            ("Refuse collectors in Leeds walked out on Monday.", "walked", "collectors"),
            ("Strike action hit Leeds schools on Monday.", "hit", "action"),
            ("Refuse lorry drivers employed by the council will remain on strike.", "remain", "drivers"),
        ] {
            let document = read("en", text);
            assert_eq!(root(&document), verb, "{text}");
            let verb = document.token_ids().find(|&t| document.form(t) == verb).unwrap();
            let subject = document.children_by(verb, "nsubj").next().map(|t| document.form(t));
            assert_eq!((subject, document.upos(TokenId(0))), (Some(noun), Upos::Noun), "{text}");
        }
        assert_eq!(root(&read("en", "Block the port until they win.")), "Block");
        assert_eq!(root(&read("en", "Supporting students accused of arson")), "Supporting");
        let document = read("en", "Blocking roads is a crime.");
        assert_eq!(document.head(TokenId(1)), Some(TokenId(0)), "roads are what is blocked");
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
