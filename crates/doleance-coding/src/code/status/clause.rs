//! What the tree around a verb or noun says: its tense and mood, its clause, and what only tells where and when.

use doleance_records::Status;
use doleance_text::ud::Upos;
use doleance_text::{Document, TokenId};

use super::{Scope, StatusCue, StatusCues, StatusReading};
use crate::code::arguments::{Syntax, is_verb};
use crate::code::negation::negator;

/// Whether the cue, or an auxiliary of it, carries a feature.
pub(super) fn carries(doc: &Document, cue: TokenId, name: &str, value: &str) -> bool {
    doc.has_feature(cue, name, value)
        || doc
            .children(cue)
            .iter()
            .any(|&c| matches!(doc.universal_relation(c), "aux" | "cop") && doc.has_feature(c, name, value))
}

pub(super) fn is_participle(doc: &Document, verb: TokenId) -> bool {
    let form = |name| doc.has_feature(verb, "VerbForm", name);
    (form("Part") || form("Ger")) && doc.children_by(verb, "mark").next().is_none()
}

/// Whether a clause begins right after the word above it, with nothing between: *denied having fired*.
pub(super) fn follows_at_once(doc: &Document, clause: TokenId, above: TokenId) -> bool {
    above.0 + 1 == clause.0 || above.0 + 2 == clause.0 && doc.head(TokenId(above.0 + 1)) == Some(clause)
}

/// Whether a verb, or its auxiliary, is an infinitive: *to march*, *to be deployed*.
pub(super) fn is_infinitive(doc: &Document, verb: TokenId) -> bool {
    let is = |t: TokenId| doc.has_feature(t, "VerbForm", "Inf");
    is(verb) || doc.children_by(verb, "aux").any(is)
}

/// Whether a clause with a subject of its own is told in the past.
pub(super) fn is_told(doc: &Document, verb: TokenId) -> bool {
    let past = doc.has_feature(verb, "VerbForm", "Fin") && doc.has_feature(verb, "Tense", "Past");
    past && doc.children_by(verb, "nsubj").next().is_some()
}

fn is_past_participle(doc: &Document, verb: TokenId) -> bool {
    doc.has_feature(verb, "VerbForm", "Part") && doc.has_feature(verb, "Tense", "Past")
}

/// Whether a finite auxiliary is neither in the future nor in the conditional.
fn is_indicative(doc: &Document, aux: TokenId) -> bool {
    doc.has_feature(aux, "VerbForm", "Fin")
        && !doc.has_feature(aux, "Tense", "Fut")
        && !doc.has_feature(aux, "Mood", "Cnd")
}

/// Whether a verb says that something was done, by its own tense or that of an auxiliary: *began*, *was held*, *a eu lieu*.
pub(super) fn is_done(doc: &Document, verb: TokenId) -> bool {
    is_told(doc, verb) || doc.children_by(verb, "aux").any(|aux| is_indicative(doc, aux))
}

/// Whether an auxiliary makes a past of a participle: *had scrapped*, *ont cédé*.
pub(super) fn is_perfect(doc: &Document, verb: TokenId) -> bool {
    let told = |&aux: &TokenId| is_indicative(doc, aux) && doc.relation(aux) != doleance_text::ud::AUX_PASS;
    is_past_participle(doc, verb)
        && doc.children(verb).iter().filter(|&&c| doc.universal_relation(c) == "aux").any(told)
}

/// Whether a coordinated verb has no tense of its own: an infinitive or participle without an auxiliary.
pub(super) fn lacks_tense(doc: &Document, verb: TokenId) -> bool {
    let form = doc.feature(verb, "VerbForm");
    let has = |relation| doc.children_by(verb, relation).next().is_some();
    is_verb(doc, verb) && matches!(form, Some("Inf" | "Part")) && !has("aux") && !has("nsubj")
}

/// Whether a noun only says where or when its verb's action was: it stands before the verb, or has a preposition of
/// time or place.
pub(super) fn is_circumstance(syntax: Syntax, noun: TokenId, above: TokenId) -> bool {
    let doc = syntax.document;
    let fronted = doc.universal_relation(noun) == "obl" && noun < above && is_verb(doc, above);
    let marked = doc.children_by(noun, "case").next().is_some();
    // "were cancelled on the 44th day of a strike".
    let children = || doc.children(noun).iter().copied();
    let ordinal = |c: TokenId| {
        doc.has_feature(c, "NumType", "Ord")
            || doc.upos(c) == Upos::Adj && doc.form(c).starts_with(|c: char| c.is_ascii_digit())
    };
    let counted = children().any(ordinal) && children().any(|c| doc.has_feature(c, "Definite", "Def"));
    marked && (fronted || counted || syntax.has_case(noun, &syntax.grammar.circumstance_markers))
}

/// Whether a verb only says that somebody joins what it governs: *take part in a strike*, *participer à une grève*.
pub(super) fn joins(syntax: Syntax, verb: TokenId) -> bool {
    let (doc, grammar) = (syntax.document, syntax.grammar);
    grammar.joining_verbs.holds(doc, syntax.words, verb)
        || doc.children_by(verb, "obj").any(|object| grammar.joining_nouns.holds(doc, syntax.words, object))
}

/// Whether a verb tells what somebody said was to come: *said it would strike*, *a annoncé qu'il manifesterait*, *the
/// mine would close, the minister said*; a condition leaves it open.
pub(super) fn is_foretold(syntax: Syntax, verb: TokenId) -> bool {
    let doc = syntax.document;
    let reports = |word: TokenId| syntax.grammar.reporting_verbs.holds(doc, syntax.words, word);
    let above = doc.head(verb).filter(|_| doc.universal_relation(verb) == "ccomp");
    let tag = above
        .filter(|&above| reports(above))
        .or_else(|| doc.children_by(verb, "parataxis").find(|&t| reports(t)));
    let said = tag.is_some();
    // A tree may hang the condition on the verb of saying, as what is said.
    let open = std::iter::once(verb).chain(tag).any(|word| {
        let clauses = doc.children(word).iter().copied();
        let mut other =
            clauses.filter(|&c| c != verb && matches!(doc.universal_relation(c), "advcl" | "ccomp"));
        other.any(|clause| condition(syntax, clause).is_some())
    });
    said && !open && condition(syntax, verb).is_none()
}

/// A bare noun that stands under a charge: *charged with arson and looting*, but not *charged over the fire at the depot*.
pub(super) fn charge(syntax: Syntax, head: TokenId) -> Option<TokenId> {
    let doc = syntax.document;
    let told = |relation| matches!(relation, "det" | "nummod" | "nmod" | "obl" | "obj" | "acl");
    if !doc.upos(head).is_nominal() || doc.children(head).iter().any(|&c| told(doc.universal_relation(c))) {
        return None;
    }
    let mut below = head;
    for _ in 0..4 {
        let relation = doc.universal_relation(below);
        if !matches!(relation, "conj" | "obl" | "nmod" | "obj" | "compound") {
            return None;
        }
        below = doc.head(below)?;
        if syntax.grammar.charge_words.holds(doc, syntax.words, below) {
            return Some(below);
        }
    }
    None
}

/// The work that an action is only the topic of: *a film about the strike*; one with a year or a place of its own is told
/// by the way (*a book about the strike of 1984 in Yorkshire*).
pub(super) fn topic_of(syntax: Syntax, head: TokenId) -> Option<TokenId> {
    let doc = syntax.document;
    let own = |&c: &TokenId| {
        let nouns = matches!(doc.universal_relation(c), "nmod" | "nummod" | "acl");
        nouns && doc.subtree(c).into_iter().any(|t| matches!(doc.upos(t), Upos::Propn | Upos::Num))
    };
    let work = doc.head(head).filter(|&work| {
        doc.universal_relation(head) == "nmod" && syntax.grammar.work_nouns.holds(doc, syntax.words, work)
    })?;
    let about = syntax.has_case(head, &syntax.grammar.topic_markers);
    (about && !doc.children(head).iter().any(own)).then_some(work)
}

/// Whether a verb goes on with an assertion (*broke in and set fire to the files*): a tagger sees an imperative there
/// where the form could be one.
pub(super) fn follows_assertion(doc: &Document, verb: TokenId) -> bool {
    let mut first = verb;
    while doc.universal_relation(first) == "conj" {
        let Some(above) = doc.head(first) else { break };
        first = above;
    }
    first != verb && is_verb(doc, first) && !doc.has_feature(first, "Mood", "Imp")
}

pub(super) fn condition(syntax: Syntax, verb: TokenId) -> Option<TokenId> {
    let doc = syntax.document;
    doc.children(verb).iter().copied().find(|&c| {
        // "s'en est prise aux policiers": a reflexive is no "if".
        doc.universal_relation(c) == "mark"
            && syntax.grammar.condition_markers.holds(doc, syntax.words, c)
            && !doc.has_feature(c, "Reflex", "Yes")
    })
}

/// The word that makes a clause what is waited for rather than told: *no talks [before] the troops leave*, *will not return
/// [until] they are paid*.
pub(super) fn awaited(syntax: Syntax, verb: TokenId) -> Option<TokenId> {
    let doc = syntax.document;
    let marks = doc.children_by(verb, "mark").chain(doc.children_by(verb, "advmod"));
    let marker = marks.into_iter().find(|&t| syntax.grammar.awaiting_markers.holds(doc, syntax.words, t))?;
    let main = doc.head(verb).filter(|_| doc.universal_relation(verb) == "advcl")?;
    let has_none = |t: TokenId| doc.children_by(t, "det").any(|d| doc.has_feature(d, "PronType", "Neg"));
    let none = doc.children(main).iter().any(|&c| {
        matches!(doc.universal_relation(c), "nsubj" | "obj")
            && (has_none(c) || doc.has_feature(c, "PronType", "Neg"))
    });
    // "tant que le préfet n'aura pas cédé".
    let until = negator(syntax, verb).is_some();
    (until || none || has_none(main) || negator(syntax, main).is_some()).then_some(marker)
}

/// The word that makes what a verb says, or the infinitives and clauses that it governs, depend on a condition: *promised
/// to pay [if] the strike ends*.
pub fn condition_below(syntax: Syntax, verb: TokenId) -> Option<TokenId> {
    let doc = syntax.document;
    doc.children(verb).iter().find_map(|&child| match doc.universal_relation(child) {
        // A tree may hang the clause on the object before it.
        "advcl" | "acl" => condition(syntax, child),
        "xcomp" | "ccomp" | "obj" => condition_below(syntax, child),
        _ => None,
    })
}

/// The word that makes a threat of what somebody will or would do: the condition it comes on, or the end that an ultimatum
/// leads to (*failing which they will strike*).
pub fn ultimatum(syntax: Syntax, status: &StatusReading) -> Option<TokenId> {
    let (doc, grammar) = (syntax.document, syntax.grammar);
    let word = status.word?;
    let would = || grammar.volition_auxiliaries.holds(doc, syntax.words, word);
    let foreseen = match status.rule.as_str() {
        "status.future" | "status.conditional" => true,
        _ => status.status == Status::Hypothetical && would(),
    };
    if !foreseen {
        return None;
    }
    let verb = match doc.universal_relation(word) {
        "aux" | "cop" => doc.head(word)?,
        _ => word,
    };
    let concedes = |t: TokenId| grammar.concession_words.holds(doc, syntax.words, t);
    let counts =
        |marker: &TokenId| !concedes(*marker) && !marker.0.checked_sub(1).map(TokenId).is_some_and(concedes);
    let conditional = |head: TokenId| {
        let mut clauses = doc.children_by(head, "advcl");
        clauses.find_map(|clause| condition(syntax, clause).filter(counts))
    };
    // "If they get nowhere, they say, classes will stop": a tree may hang the condition on the verb of saying.
    let fronted = || {
        let above =
            doc.head(verb).filter(|_| matches!(doc.universal_relation(verb), "ccomp" | "parataxis"))?;
        conditional(above).filter(|&marker| marker < verb)
    };
    let sentence = &doc.sentence(doc.sentence_of(verb)).words;
    let announced = || {
        (sentence.start..verb.0).rev().find_map(|first| {
            let stands = |phrase: &Vec<crate::grammar::WordSet>| {
                let end = first + phrase.len() as u32;
                let words = (first..end).zip(phrase);
                end <= verb.0 && words.into_iter().all(|(t, word)| word.holds(doc, syntax.words, TokenId(t)))
            };
            grammar.ultimatum_phrases.iter().any(stands).then_some(TokenId(first))
        })
    };
    conditional(verb).or_else(fronted).or_else(announced)
}

pub(super) fn tense(syntax: Syntax, verb: TokenId) -> Option<StatusReading> {
    let doc = syntax.document;
    let reading = |status, rule: &str, word| Some(StatusReading::new(status, rule, word));
    let carriers = || {
        std::iter::once(verb).chain(
            doc.children(verb)
                .iter()
                .copied()
                .filter(|&t| matches!(doc.universal_relation(t), "aux" | "cop")),
        )
    };
    // "Workers are to march on Friday".
    let finite = |t: &TokenId| doc.universal_relation(*t) == "cop" && doc.has_feature(*t, "VerbForm", "Fin");
    if doc.has_feature(verb, "VerbForm", "Inf")
        && syntax.has_case(verb, &syntax.grammar.purpose_markers)
        && let Some(copula) = doc.children(verb).iter().copied().find(finite)
    {
        return reading(Status::Planned, "status.future", copula);
    }
    // "was to have begun", "is to be held": the auxiliaries are infinitives, the first is not.
    let auxiliary = |form: &str| doc.children_by(verb, "aux").find(|&t| doc.has_feature(t, "VerbForm", form));
    if let (Some(first), Some(_)) = (auxiliary("Fin"), auxiliary("Inf"))
        && syntax.has_case(verb, &syntax.grammar.purpose_markers)
    {
        return reading(Status::Planned, "status.future", first);
    }
    // "MPs to debate bill": the infinitive is all the verb that a headline has.
    let announced = doc.head(verb).is_none()
        && doc.has_feature(verb, "VerbForm", "Inf")
        && doc.children_by(verb, "nsubj").any(|t| t < verb)
        && !doc.children(verb).iter().any(|&t| doc.has_feature(t, "VerbForm", "Fin"));
    if announced && syntax.has_case(verb, &syntax.grammar.purpose_markers) {
        return reading(Status::Planned, "status.headline", verb);
    }
    for carrier in carriers() {
        if doc.has_feature(carrier, "Tense", "Fut")
            || (carrier != verb && syntax.grammar.future_auxiliaries.holds(doc, syntax.words, carrier))
        {
            // "le blocage n'aura duré que deux heures" is over.
            let is_done = carrier != verb
                && doc.has_feature(carrier, "Tense", "Fut")
                && is_past_participle(doc, verb)
                && doc.relation(carrier) != doleance_text::ud::AUX_PASS;
            if is_done {
                continue;
            }
            return reading(Status::Planned, "status.future", carrier);
        }
        let is_subject = |t: TokenId| doc.upos(t).is_nominal();
        let commands = carrier == verb
            && !follows_assertion(doc, verb)
            // "The riots spread to Hull": a form that could be one, with its subject before it.
            && !doc.children_by(verb, "nsubj").any(|t| t < verb && is_subject(t));
        if doc.has_feature(carrier, "Mood", "Imp") && commands {
            return reading(Status::CalledFor, "status.imperative", carrier);
        }
        if doc.has_feature(carrier, "Mood", "Cnd") {
            let reports = carrier != verb
                && syntax.grammar.reported_conditional_auxiliaries.holds(doc, syntax.words, carrier);
            let passive = doc.relation(carrier) == doleance_text::ud::AUX_PASS;
            if (carrier == verb || passive) && is_foretold(syntax, verb) {
                return reading(Status::Planned, "status.future", carrier);
            }
            if !reports {
                return reading(Status::Hypothetical, "status.conditional", carrier);
            }
        }
    }
    None
}

impl StatusCues {
    /// The word that denies what a noun says somebody claims, in a clause of its own: *dismissed rumours that troops had
    /// fired*; *les informations selon lesquelles il aurait démissionné sont fausses*.
    pub(super) fn disputed(
        &self,
        syntax: Syntax,
        clause: TokenId,
        noun: TokenId,
    ) -> Option<(&StatusCue, TokenId)> {
        let doc = syntax.document;
        // "Le ministère dément que": the verb of denial may be taken for an adjective of its own subject.
        if doc.universal_relation(clause) == "acl" {
            let mark = doc.children_by(clause, "mark").next().and_then(|mark| mark.0.checked_sub(1));
            let before = mark.map(TokenId).filter(|&t| doc.head(t) == Some(noun) && t > noun);
            let cue = before.and_then(|t| Some((self.find(syntax, t, clause, Scope::Complement)?, t)));
            if let Some(found) = cue.filter(|(cue, _)| cue.effect == Status::Denied) {
                return Some(found);
            }
        }
        let is_relative = |t: TokenId| doc.has_feature(t, "PronType", "Rel");
        if doc.universal_relation(clause) != "acl"
            || !syntax.grammar.claim_nouns.holds(doc, syntax.words, noun)
            || doc.children_by(clause, "nsubj").all(is_relative)
        {
            return None;
        }
        let word = doc.head(noun)?;
        let scope = match doc.universal_relation(noun) {
            "nsubj" if !syntax.is_passive(word) => Scope::Subject,
            _ => Scope::Complement,
        };
        let cue = self.find(syntax, word, noun, scope)?;
        matches!(cue.effect, Status::Denied | Status::Refused).then_some((cue, word))
    }

    /// What a relative clause says of when a noun's action is to be: *the march, which will take place on Saturday*; *la
    /// grève, qui devait débuter à minuit*. What only goes on (*which could last for weeks*) has begun.
    pub(super) fn relative(&self, syntax: Syntax, noun: TokenId) -> Option<(TokenId, Status, String)> {
        let (doc, grammar) = (syntax.document, syntax.grammar);
        let takes_place = |verb: TokenId| grammar.opening_verbs.holds(doc, syntax.words, verb);
        let subject = |verb: TokenId| {
            let is_relative =
                |&c: &TokenId| doc.universal_relation(c) == "nsubj" && doc.has_feature(c, "PronType", "Rel");
            doc.children(verb).iter().copied().find(is_relative)
        };
        // Trees hang such a clause on the verb at times, though its pronoun follows the noun.
        let follows = |verb: TokenId| {
            subject(verb).is_some_and(|pronoun| {
                noun < pronoun && (noun.0 + 1..pronoun.0).all(|t| doc.upos(TokenId(t)) == Upos::Punct)
            })
        };
        // "Chez Bosch, la grève n'aura pas lieu": trees make a clause of the noun of what is said of it.
        let said = |verb: TokenId| {
            doc.has_feature(verb, "VerbForm", "Fin") && doc.children_by(verb, "nsubj").next().is_none()
        };
        let own = doc.children_by(noun, "acl").filter(|&clause| subject(clause).is_some() || said(clause));
        let beside = doc.head(noun).into_iter().flat_map(|verb| doc.children_by(verb, "parataxis"));
        own.chain(beside.filter(|&clause| follows(clause))).find_map(|clause| {
            if takes_place(clause) {
                if let Some(word) = negator(syntax, clause) {
                    return Some((word, Status::Denied, "status.negation".to_owned()));
                }
                let found = tense(syntax, clause).or_else(|| self.auxiliary(syntax, clause, clause))?;
                return Some((clause, found.status, found.rule));
            }
            let below = doc.children_by(clause, "xcomp").find(|&verb| takes_place(verb))?;
            let cue = self.find(syntax, clause, below, Scope::Complement)?;
            (cue.effect != Status::Happened).then(|| (clause, cue.effect, cue.id.clone()))
        })
    }
}
