//! Negation: what a negator denies, and which arguments name nobody and nothing.
//!
//! Read from words that the grammar of a language lists; what follows for the status is decided in `status`.

use std::ops::Range;

use doleance_records::Status;
use doleance_text::TokenId;
use doleance_text::ud::Upos;

use crate::code::arguments::{Arguments, Syntax, is_verb};
use crate::grammar::WordSet;

/// The negative word by which an action has nobody who does it, or nobody and nothing that it is done to: *no one was
/// arrested*, *police made no arrests*, *nobody held a rally*. `matched` are the words that name the action: a negative among
/// them is part of the name (*went without food*).
pub(super) fn empty_argument(
    syntax: Syntax,
    head: TokenId,
    arguments: &Arguments,
    matched: &[TokenId],
) -> Option<TokenId> {
    let doc = syntax.document;
    let names_nothing = |syntax, noun| names_nothing(syntax, noun).filter(|word| !matched.contains(word));
    let among = |list: &[TokenId]| list.iter().find_map(|&noun| names_nothing(syntax, noun));
    let inside = || {
        let nouns = matched.iter().filter(|&&t| t != head && doc.upos(t).is_nominal());
        nouns.filter_map(|&noun| names_nothing(syntax, noun)).next()
    };
    if is_verb(doc, head) {
        let objects = || doc.children_by(head, "obj").find_map(|noun| names_nothing(syntax, noun));
        // "nobody may leave home" forbids, and that is told as a fact.
        let modal = doc
            .children_by(head, "aux")
            .any(|aux| doc.has_feature(aux, "VerbForm", "Fin") && doc.feature(aux, "Tense").is_none());
        // The subject of a passive is what the action is done to.
        let said = || doc.children_by(head, "nsubj").find_map(|noun| names_nothing(syntax, noun));
        let subjects = || said().or_else(|| among(&arguments.subject)).filter(|_| !modal);
        return inside().or_else(subjects).or_else(objects);
    }
    // "No road was blocked", where the participle was taken for an adjective.
    if doc.children_by(head, "cop").next().is_some()
        && let Some(word) = doc.children_by(head, "nsubj").find_map(|noun| names_nothing(syntax, noun))
    {
        return Some(word);
    }
    // "nobody held a rally" tells of none; "nobody died in the clashes" tells of clashes.
    let shared = || names_nothing(syntax, doc.head(head).filter(|_| doc.universal_relation(head) == "conj")?);
    let held = arguments.predicate.filter(|&verb| {
        doc.head(head) == Some(verb)
            && doc.universal_relation(head) == "obj"
            && syntax.grammar.support_verbs.holds(doc, syntax.words, verb)
    });
    let bare = !is_definite(syntax, head);
    inside()
        .or_else(|| shared().filter(|_| bare))
        .or_else(|| held.filter(|_| bare).and_then(|_| among(&arguments.subject)))
}

/// The word that makes a noun phrase name nobody or nothing: *no [union]*, *none [of them]*, *no injuries or [arrests]*; but
/// *no fewer than 200 people* are 200.
fn names_nothing(syntax: Syntax, noun: TokenId) -> Option<TokenId> {
    let (doc, grammar) = (syntax.document, syntax.grammar);
    if let Some(word) = negative_determiner(syntax, noun) {
        let next = TokenId(word.0 + 1);
        let compared = next.index() < doc.tokens().len()
            && (doc.has_feature(next, "Degree", "Cmp")
                || grammar.additive_negations.holds(doc, syntax.words, next));
        return (!compared).then_some(word);
    }
    // "personne" is nobody where it stands alone, and a person with an article or a numeral.
    let alone =
        !doc.children(noun).iter().any(|&c| matches!(doc.universal_relation(c), "det" | "nummod" | "amod"));
    let single = !doc.has_feature(noun, "Number", "Plur") || doc.upos(noun) == Upos::Pron;
    (alone && single && grammar.negative_pronouns.holds(doc, syntax.words, noun)).then_some(noun)
}

/// A word before a noun that says that there is none: *no, without*, *ni heurts [ni] arrestations*.
///
/// *No state of emergency*: a bare noun has that of the noun it completes.
pub(super) fn negative_determiner(syntax: Syntax, noun: TokenId) -> Option<TokenId> {
    let doc = syntax.document;
    let above = doc.head(noun).filter(|&above| {
        doc.universal_relation(noun) == "nmod"
            && above.0 + 2 == noun.0
            && syntax.has_case(noun, &syntax.grammar.complement_markers)
    });
    own_determiner(syntax, noun).or_else(|| above.and_then(|above| own_determiner(syntax, above)))
}

fn own_determiner(syntax: Syntax, noun: TokenId) -> Option<TokenId> {
    let doc = syntax.document;
    let before_article = |c: TokenId| {
        let next = TokenId(c.0 + 1);
        doc.upos(noun).is_nominal()
            && syntax.grammar.negatives_before_article.holds(doc, syntax.words, c)
            && doc.children_by(noun, "det").any(|article| article == next)
    };
    doc.children(noun).iter().copied().find(|&c| {
        matches!(doc.universal_relation(c), "det" | "advmod" | "case" | "cc")
            && (syntax.grammar.negative_determiners.holds(doc, syntax.words, c) || before_article(c))
            && !(doc.universal_relation(c) == "case" && is_doubled(syntax, c))
    })
}

/// The last word of a phrase before an action that says that it did not take place: *instead of [meeting] them*, *sans
/// [négocier]*. Between the two stand only small words; *not without clashes* had clashes.
pub(super) fn privative(syntax: Syntax, trigger: &Range<u32>) -> Option<TokenId> {
    let (doc, grammar) = (syntax.document, syntax.grammar);
    let sentence = &doc.sentence(doc.sentence_of(TokenId(trigger.start))).words;
    let is_small = |t: TokenId| {
        matches!(
            doc.upos(t),
            Upos::Det | Upos::Adj | Upos::Adv | Upos::Part | Upos::Pron | Upos::Aux | Upos::Num | Upos::Adp
        )
    };
    let mut last = trigger.start.checked_sub(1)?;
    for _ in 0..=SMALL_WORDS {
        for phrase in &grammar.privative_phrases {
            let Some(first) = (last + 1).checked_sub(phrase.len() as u32).filter(|&f| f >= sentence.start)
            else {
                continue;
            };
            let stands =
                (first..=last).zip(phrase).all(|(t, word)| word.holds(doc, syntax.words, TokenId(t)));
            if stands && !is_doubled(syntax, TokenId(first)) {
                return Some(TokenId(last));
            }
        }
        if last <= sentence.start || !is_small(TokenId(last)) {
            return None;
        }
        last -= 1;
    }
    None
}

/// Whether a negation right before a privative word takes it back: *did not pass without clashes*, *non sans heurts*.
fn is_doubled(syntax: Syntax, privative: TokenId) -> bool {
    let (doc, grammar) = (syntax.document, syntax.grammar);
    let from =
        doc.sentence(doc.sentence_of(privative)).words.start.max(privative.0.saturating_sub(SMALL_WORDS));
    let mut before = (from..privative.0).rev().map(TokenId).take_while(|&t| doc.upos(t) != Upos::Punct);
    before.any(|t| {
        grammar.negators.holds(doc, syntax.words, t) || grammar.negative_words.holds(doc, syntax.words, t)
    })
}

/// How many small words may stand between a privative phrase and the action.
const SMALL_WORDS: u32 = 3;

/// Whether a negated verb denies the action that a noun names: *no strike took place*, *did not organise a strike*; but
/// *the strike was not lawful* and *did not settle the strike* tell of one.
pub(super) fn denies(syntax: Syntax, verb: TokenId, noun: TokenId) -> bool {
    let doc = syntax.document;
    let grammar = syntax.grammar;
    !is_definite(syntax, noun)
        || grammar.support_verbs.holds(doc, syntax.words, verb)
        || grammar.opening_verbs.holds(doc, syntax.words, verb)
}

/// Whether a verb says of an action that it took place: *broke out*, *began*.
pub(super) fn is_occurrence(syntax: Syntax, verb: TokenId) -> bool {
    syntax.grammar.occurrence_verbs.holds(syntax.document, syntax.words, verb)
}

/// Whether a noun has an article or another word that points at what is known.
pub(super) fn is_definite(syntax: Syntax, noun: TokenId) -> bool {
    let (doc, grammar) = (syntax.document, syntax.grammar);
    doc.children(noun).iter().any(|&c| {
        grammar.definite_determiners.holds(doc, syntax.words, c)
            || grammar.anaphoric_determiners.holds(doc, syntax.words, c)
    })
}

/// The auxiliary by which a negated verb tells unwillingness: *would not pay*.
pub(super) fn unwilling(syntax: Syntax, verb: TokenId) -> Option<TokenId> {
    let doc = syntax.document;
    negator(syntax, verb)?;
    // "would not have marched if": what might have been.
    if doc.children_by(verb, "aux").count() > 1 && doc.has_feature(verb, "Tense", "Past") {
        return None;
    }
    doc.children(verb).iter().copied().find(|&c| {
        doc.universal_relation(c) == "aux" && syntax.grammar.volition_auxiliaries.holds(doc, syntax.words, c)
    })
}

/// A negator of this verb, unless it is of the *not only* kind.
pub(crate) fn negator(syntax: Syntax, verb: TokenId) -> Option<TokenId> {
    let doc = syntax.document;
    let additive = |t: TokenId| syntax.grammar.additive_negations.holds(doc, syntax.words, t);
    let children = doc.children(verb);
    let found = children.iter().copied().find(|&c| {
        // "votée au pas de charge": a noun with a preposition negates nothing.
        let bare = || doc.children_by(c, "case").next().is_none();
        (matches!(doc.universal_relation(c), "advmod" | "aux" | "det" | "mark" | "obl" | "discourse")
            && bare()
            && syntax.grammar.negators.holds(doc, syntax.words, c))
            // A tagger is sometimes wrong about it where the negation is a word of its own (*since* is none).
            || doc.has_feature(c, "Polarity", "Neg")
                && doc.universal_relation(c) == "advmod"
                && !syntax.grammar.circumstance_markers.holds(doc, syntax.words, c)
    })?;
    if syntax.grammar.bare_negators.holds(doc, syntax.words, found) && !is_completed(syntax, found) {
        return None;
    }
    let near = found.0.saturating_sub(1)..found.0 + 4;
    let softened = near.map(TokenId).any(|t| t.index() < doc.tokens().len() && additive(t));
    (!softened).then_some(found)
}

/// Whether a bare negator has its second half: "n'ont pas annoncé", "aucun n'a été arrêté"; but "n'ont annoncé de grève
/// que pour mardi" restricts, and "avant que la police ne charge" says nothing by it.
fn is_completed(syntax: Syntax, bare: TokenId) -> bool {
    let (doc, grammar) = (syntax.document, syntax.grammar);
    let sentence = doc.sentence(doc.sentence_of(bare)).words.clone();
    let near = bare.0.saturating_sub(NEGATION_REACH).max(sentence.start)
        ..(bare.0 + NEGATION_REACH + 1).min(sentence.end);
    near.map(TokenId).filter(|&t| t != bare).any(|t| {
        let holds = |set: &WordSet| set.holds(doc, syntax.words, t);
        !holds(&grammar.bare_negators) && (holds(&grammar.negators) || holds(&grammar.negative_words))
    })
}

/// How many words may stand between the halves of a negation: "aucun des douze manifestants arrêtés n'a".
const NEGATION_REACH: u32 = 6;

/// What a cue makes of the action when it is itself negated: who does not plan to strike denies it, who does not rule
/// it out leaves it open.
pub(super) fn under_negation(effect: Status) -> Status {
    match effect {
        Status::Planned | Status::CalledFor | Status::Threatened | Status::Attempted => Status::Denied,
        Status::Refused => Status::Hypothetical,
        other => other,
    }
}
