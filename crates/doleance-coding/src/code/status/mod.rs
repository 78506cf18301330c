//! Status: whether an action took place, as the tree says it: tense and mood, negation, modality, governing words.
//!
//! `cues` holds the words that a language lists, `clause` what the tree says without them, `announce` what follows from
//! the day or hour of the action, `plans` what became of what was planned; the way up the tree, on which all of them are asked, is here.

mod announce;
mod clause;
mod cues;
mod phrase;
mod plans;

use doleance_records::Status;
use doleance_text::TokenId;
use doleance_text::ud::Upos;

pub use announce::{
    announce_appointments, announce_future, announce_headlines, announce_progressives, announce_subjects,
};
pub use clause::{condition_below, ultimatum};
pub use cues::{Scope, StatusCue, StatusCues};

use crate::code::arguments::{Arguments, Syntax, is_verb};
use crate::code::negation::{
    denies, empty_argument, is_definite, is_occurrence, negative_determiner, negator, privative, unwilling,
};
use clause::{
    awaited, charge, condition, follows_at_once, is_circumstance, is_foretold, is_infinitive, is_participle,
    is_perfect, is_told, joins, lacks_tense, tense, topic_of,
};

/// Identifiers of the mechanisms that need no cue, with what each does: their pages.
pub const MECHANISMS: [(&str, &str); 20] = [
    ("status.asserted", "Nothing in the sentence says otherwise: the action is told as having taken place."),
    (
        "status.negative-determiner",
        "A negative determiner stands before the noun: there was no such action, and none is recorded.",
    ),
    (
        "status.nobody",
        "Nobody does it, or it is done to nobody and nothing (no one was arrested, police made no arrests): none is recorded.",
    ),
    (
        "status.privative",
        "The action stands after words that say that it did not take place (instead of negotiating, without a warning): none is recorded.",
    ),
    (
        "status.presupposed",
        "The words of the action say that it goes on, is prolonged or ended (want to prolong the strike): it has begun.",
    ),
    ("status.condition", "The action stands in a conditional clause: it is hypothetical."),
    (
        "status.ultimatum",
        "What is to be done comes on a condition (will strike unless they are paid; failing which they will strike): it is threatened.",
    ),
    (
        "status.tally",
        "Somebody gives the number of the arrests or deaths (announced thirteen arrests): they have taken place.",
    ),
    ("status.future", "The verb or its auxiliary is in the future: the action is planned."),
    (
        "status.conditional",
        "The verb is in the conditional, and no auxiliary makes it a report: the action is hypothetical.",
    ),
    ("status.imperative", "The verb is in the imperative: the action is called for."),
    (
        "status.negation",
        "The verb is negated, and the negation is not of the 'not only' kind: the action is denied.",
    ),
    ("status.unwilling", "Who would or will not do it refuses to: the action is refused."),
    (
        "status.charge",
        "A bare noun under a charge names a crime in law, not a deed that is told: none is recorded.",
    ),
    (
        "status.topic",
        "The action is only what a film, book or debate is about, with no place or year of its own: none is recorded.",
    ),
    ("status.purpose", "The action is only the purpose of another one: it is hypothetical."),
    (
        "status.headline",
        "An infinitive says of people what they will do, or of an action what is to become of it, and no verb has a tense (Bus drivers to strike on Friday, Rally to be held in Leeds): it is planned.",
    ),
    (
        "status.progressive",
        "Somebody is doing it, in the present, on a weekday that is not that of the report (we are holding a rally on Saturday): it is planned.",
    ),
    (
        "status.after-publication",
        "The action is dated after the day of publication and not told in the past: it is planned.",
    ),
    (
        "status.appointment",
        "A noun names the action beside a time of day, in a sentence without a tense (Rally at 2 p.m. at the town hall): it is planned.",
    ),
];

/// What was read, and which rule gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusReading {
    /// The status.
    pub status: Status,
    /// Identifier of the cue or of the mechanism.
    pub rule: String,
    /// The word that decided.
    pub word: Option<TokenId>,
    /// The action is plainly negated (*no incident*): nothing to record.
    pub absent: bool,
    /// The action is only a purpose (*gathered to block the road*).
    pub purpose: bool,
    /// The action goes on until what the deciding word tells: *will lift the blockade on Friday*.
    pub ends: bool,
}

impl StatusReading {
    fn new(status: Status, rule: &str, word: TokenId) -> Self {
        StatusReading {
            status,
            rule: rule.to_owned(),
            word: Some(word),
            absent: false,
            purpose: false,
            ends: false,
        }
    }

    /// Another status that a rule gives instead, and the word that decided it.
    pub fn change(&mut self, status: Status, rule: &str, word: Option<TokenId>) {
        self.status = status;
        rule.clone_into(&mut self.rule);
        self.word = word;
    }
}

impl StatusCues {
    /// Reads the status of the action named by `head`; the words from the first to the last one that names it, `trigger`,
    /// are no cues to their own status; `matched` are those that name it.
    pub fn read(
        &self,
        syntax: Syntax,
        head: TokenId,
        arguments: &Arguments,
        trigger: std::ops::Range<u32>,
        matched: &[TokenId],
    ) -> StatusReading {
        let doc = syntax.document;
        let predicate = arguments.predicate;
        let inside = |t: TokenId| trigger.contains(&t.0);
        // "was not suspended": the words of a name may stand around a negation, which is none of them.
        let names = |t: TokenId| matched.contains(&t);
        let reading = StatusReading::new;
        if let Some(word) = negative_determiner(syntax, head).filter(|&t| !names(t)) {
            return StatusReading {
                absent: true,
                ..reading(Status::Denied, "status.negative-determiner", word)
            };
        }
        if let Some(word) = privative(syntax, &trigger) {
            return StatusReading { absent: true, ..reading(Status::Denied, "status.privative", word) };
        }
        if let Some(word) = empty_argument(syntax, head, arguments, matched) {
            return StatusReading { absent: true, ..reading(Status::Denied, "status.nobody", word) };
        }
        if let Some(word) = charge(syntax, head) {
            return StatusReading { absent: true, ..reading(Status::Denied, "status.charge", word) };
        }
        if let Some(word) = topic_of(syntax, head) {
            return StatusReading { absent: true, ..reading(Status::Denied, "status.topic", word) };
        }
        if let Some(found) = self.modified(syntax, head, &trigger) {
            return found;
        }
        if let Some((word, effect, rule)) = self.relative(syntax, head) {
            let above = doc.head(head).filter(|&t| is_verb(doc, t) && !inside(t));
            let outer = above.and_then(|t| self.find(syntax, t, head, Scope::Complement));
            if outer.is_none_or(|cue| cue.effect != Status::Denied) {
                return reading(effect, &rule, word);
            }
        }
        // From the action upwards, as long as each step is a complement of the next.
        let mut below = head;
        let mut negated = None;
        let mut shares_tense = false;
        let mut implied: Option<(&StatusCue, TokenId)> = None;
        // Who "wants to stage a rally", or "workers to take part in a march", plans what that verb says, not a thing.
        let mut action = head;
        for step in 0..5 {
            if is_verb(doc, below) || doc.children_by(below, "cop").next().is_some() {
                // "will not call off the strike": it is still to come.
                let kept = below != head && self.find(syntax, below, head, Scope::Planned).is_some();
                if let Some(word) = unwilling(syntax, below).filter(|&t| !inside(t)) {
                    if kept {
                        return reading(Status::Planned, "status.future", word);
                    }
                    return reading(Status::Refused, "status.unwilling", word);
                }
                if let Some(found) = self.auxiliary(syntax, below, head) {
                    return self.warned(syntax, below).unwrap_or(found);
                }
                if negated.is_none() {
                    negated = negator(syntax, below).filter(|&t| !names(t));
                }
                if let Some(word) = condition(syntax, below).or_else(|| awaited(syntax, below)) {
                    return reading(Status::Hypothetical, "status.condition", word);
                }
            }
            let carries_tense = below == head || Some(below) == predicate || shares_tense;
            shares_tense = false;
            if carries_tense {
                if let Some(found) = tense(syntax, below) {
                    // "the march will not take place", "ils ne manifesteront jamais".
                    let opens =
                        || below == head || syntax.grammar.opening_verbs.holds(doc, syntax.words, below);
                    let fails = found.status == Status::Planned && opens();
                    if let Some(word) = negated.filter(|_| fails) {
                        return reading(Status::Denied, "status.negation", word);
                    }
                    return self.warned(syntax, below).unwrap_or(found);
                }
                // "vowed not to resign": what somebody undertakes not to do is refused.
                if let Some(word) = negated.filter(|_| self.forsworn(syntax, below, head)) {
                    return reading(Status::Refused, "status.unwilling", word);
                }
                if let (Some(word), true) = (negated, is_verb(doc, below))
                    && (below == head || denies(syntax, below, head))
                {
                    // "did not stage a march": there was none; "an attack did not hurt anyone" tells of one.
                    let acted_on = matches!(doc.universal_relation(head), "obj" | "obl" | "nmod");
                    // "Strikes never solve anything" is said of no strike.
                    let is_general = doc.upos(head) == Upos::Noun
                        && doc.universal_relation(head) == "nsubj"
                        && doc.has_feature(head, "Number", "Plur")
                        && doc.children(head).is_empty()
                        && !is_occurrence(syntax, below);
                    let absent = below != head && (acted_on && !is_definite(syntax, head) || is_general);
                    return StatusReading { absent, ..reading(Status::Denied, "status.negation", word) };
                }
            }
            let Some(above) = doc.head(below) else { break };
            let relation = doc.universal_relation(below);
            if let Some((cue, word)) = self.disputed(syntax, below, above).filter(|(_, word)| !inside(*word))
            {
                return reading(Status::Denied, &cue.id, word);
            }
            let scope = match relation {
                // "announced at the end of a meeting".
                "nmod"
                    if syntax.grammar.occasion_nouns.holds(doc, syntax.words, above)
                        && doc.universal_relation(above) == "obl"
                        && doc.children_by(above, "case").next().is_some() =>
                {
                    break;
                }
                // "At a march women demanded equal pay", "went home after the strike": where and when, no complement.
                "obl" | "nmod" if is_circumstance(syntax, below, above) => break,
                "obj" | "xcomp" | "ccomp" | "obl" | "nmod" | "iobj" | "csubj" => Scope::Complement,
                // "were dissuaded from blocking the road".
                "advcl" | "acl" if syntax.has_case(below, &syntax.grammar.hindrance_markers) => {
                    Scope::Complement
                }
                // "turned the demands down, calling the rallies a plot": the participle tells of something else; so does
                // that of "two leaders, arrested on Monday, risk a sentence".
                "advcl" if is_participle(doc, below) && !follows_at_once(doc, below, above) => break,
                "advcl" if is_participle(doc, below) => Scope::Complement,
                // "cancelled all flights after crowds had entered the hall": a clause of its own is no complement.
                "advcl" if !is_infinitive(doc, below) && is_verb(doc, below) => break,
                "acl" if is_participle(doc, below) && doc.universal_relation(above) != "obj" => {
                    let denies = |cue: &StatusCue| cue.effect == Status::Denied;
                    let cue = self.find(syntax, above, action, Scope::Complement);
                    if !follows_at_once(doc, below, above) || !cue.is_some_and(denies) {
                        break;
                    }
                    Scope::Complement
                }
                // "the barriers that had made the government yield": a clause that tells what was done.
                "acl" if is_told(doc, below) || is_perfect(doc, below) => break,
                "acl" | "advcl" if !doc.strings().get(doc.relation(below)).ends_with("relcl") => {
                    Scope::Complement
                }
                "nsubj" if syntax.is_passive(above) => Scope::Complement,
                "nsubj" => Scope::Subject,
                // "the unit would be dissolved, but the protests continued": the second clause is told as done.
                "conj" if is_told(doc, below) => break,
                "conj" | "appos" | "flat" | "fixed" | "compound" => {
                    // "will close its mill and shed jobs": the second verb goes by the auxiliary of the first.
                    shares_tense = relation == "conj" && carries_tense && lacks_tense(doc, below);
                    below = above;
                    continue;
                }
                _ => break,
            };
            if !inside(above) {
                let found = self.find(syntax, above, action, scope);
                // "announced that the council had scrapped the plan": what is announced is done.
                let done = |cue: &&StatusCue| {
                    let told = relation == "ccomp" && (is_told(doc, below) || is_perfect(doc, below));
                    cue.effect == Status::Planned && told
                };
                let found = found.filter(|cue| !done(cue));
                if let Some(cue) = found.filter(|cue| cue.implicative) {
                    implied = Some((cue, above));
                    below = above;
                    shares_tense = true;
                    continue;
                }
                if let Some(found) = found {
                    // "abandoned its plan to strike".
                    let dropped = doc.head(above).filter(|_| {
                        let undergoes = |&verb: &TokenId| {
                            doc.universal_relation(above) == "nsubj" && syntax.is_passive(verb)
                        };
                        found.effect == Status::Planned
                            && (doc.universal_relation(above) == "obj"
                                || doc.head(above).as_ref().is_some_and(undergoes))
                    });
                    if let Some((verb, cue)) =
                        dropped.and_then(|t| Some((t, self.gives_up(syntax, t, head)?)))
                    {
                        return reading(cue.effect, &cue.id, verb);
                    }
                    // "ended the strike", but not what stands further below.
                    let shields = found.effect == Status::Happened && found.negated.is_none();
                    if !shields || step == 0 {
                        // "n'a pas l'intention de démissionner": the verb of the noun is negated.
                        let has = |&t: &TokenId| syntax.grammar.support_verbs.holds(doc, syntax.words, t);
                        let verb =
                            doc.head(above).filter(|_| doc.universal_relation(above) == "obj").filter(has);
                        let is_negated = |t| negator(syntax, t).is_some_and(|n| !names(n));
                        let negated = std::iter::once(above).chain(verb).any(is_negated);
                        // "denied that cuts were planned".
                        let outer = doc.head(above).filter(|_| doc.universal_relation(above) == "ccomp");
                        let outer = outer.and_then(|t| self.find(syntax, t, head, Scope::Complement));
                        let disputed = outer.is_some_and(|cue| cue.effect == Status::Denied);
                        // "threatened to call a strike": the strike is threatened too.
                        let governs = matches!(doc.universal_relation(above), "xcomp" | "ccomp");
                        let threat = doc
                            .head(above)
                            .filter(|_| {
                                governs && matches!(found.effect, Status::CalledFor | Status::Planned)
                            })
                            .and_then(|t| self.find(syntax, t, above, Scope::Complement))
                            .is_some_and(|cue| cue.effect == Status::Threatened);
                        // "may call a strike": what is called for is open too; but "would call a strike unless".
                        let would = &syntax.grammar.volition_auxiliaries;
                        let threatens = |word: Option<TokenId>| {
                            word.is_some_and(|t| would.holds(doc, syntax.words, t))
                                && condition_below(syntax, above).is_some()
                        };
                        let open = matches!(found.effect, Status::CalledFor | Status::Planned)
                            && is_verb(doc, above)
                            && self
                                .auxiliary(syntax, above, action)
                                .is_some_and(|a| a.status == Status::Hypothetical && !threatens(a.word));
                        let effect = match found.effect {
                            _ if open && !negated => Status::Hypothetical,
                            _ if threat && !negated => Status::Threatened,
                            _ if negated || disputed => found.under_negation(),
                            effect => effect,
                        };
                        // Whom nobody called to a strike does not deny one: there is none.
                        let absent = negated && found.effect == Status::CalledFor && !is_verb(doc, head);
                        return StatusReading {
                            absent,
                            ends: found.ends,
                            ..reading(effect, &found.id, above)
                        };
                    }
                }
                if scope == Scope::Complement && is_verb(doc, above) {
                    // "met en garde contre des débrayages": the noun that the verb is one expression with.
                    let phrase = doc
                        .children_by(above, "obl")
                        .find(|&t| t.0.checked_sub(2) == Some(above.0) && t < below && !inside(t));
                    if let Some(found) = phrase.and_then(|t| self.find(syntax, t, head, Scope::Complement)) {
                        return reading(found.effect, &found.id, phrase.unwrap_or(above));
                    }
                }
                // "attempts were made to storm": the noun that the verb is said of carries the cue.
                if scope == Scope::Complement && is_verb(doc, above) && relation != "obj" {
                    for said in doc.children(above).iter().copied() {
                        if said != below
                            && matches!(doc.universal_relation(said), "nsubj" | "obj")
                            && !inside(said)
                            && let Some(found) = self.find(syntax, said, head, Scope::Complement)
                        {
                            let dropped = self
                                .gives_up(syntax, above, head)
                                .filter(|_| found.effect == Status::Planned);
                            let (word, cue) = dropped.map_or((said, found), |cue| (above, cue));
                            return reading(cue.effect, &cue.id, word);
                        }
                    }
                }
            }
            if scope == Scope::Subject && Some(above) != predicate {
                break;
            }
            // "urged workers to strike": trees hang the infinitive on those who are urged.
            let urged = relation == "acl"
                && doc.has_feature(below, "VerbForm", "Inf")
                && matches!(doc.universal_relation(above), "obj" | "iobj" | "obl");
            let urging = doc.head(above).filter(|&verb| urged && is_verb(doc, verb) && !inside(verb));
            let found =
                urging.and_then(|verb| Some((verb, self.find(syntax, verb, action, Scope::Complement)?)));
            match found {
                Some((verb, cue)) if cue.implicative => {
                    implied = Some((cue, verb));
                    below = verb;
                    shares_tense = true;
                    continue;
                }
                Some((verb, cue)) if cue.effect == Status::CalledFor && negator(syntax, verb).is_none() => {
                    return reading(cue.effect, &cue.id, verb);
                }
                _ => {}
            }
            let purpose = matches!(relation, "advcl" | "acl" | "xcomp")
                && doc.has_feature(below, "VerbForm", "Inf")
                && below == head
                && syntax.has_case(below, &syntax.grammar.purpose_markers);
            if purpose {
                return StatusReading {
                    purpose: true,
                    ..reading(Status::Hypothetical, "status.purpose", above)
                };
            }
            let carries_out =
                relation == "obj" && syntax.grammar.support_verbs.holds(doc, syntax.words, above);
            if carries_out || matches!(relation, "obl" | "obj") && joins(syntax, above) {
                action = above;
            }
            let transparent = matches!(relation, "obj" | "xcomp" | "nsubj") && is_verb(doc, above)
                || matches!(relation, "ccomp" | "csubj" | "nmod" | "acl")
                || relation == "obl" && joins(syntax, above);
            if !transparent {
                break;
            }
            // "Come to the rally on Sunday!"
            shares_tense |=
                relation == "obl" && doc.has_feature(above, "Mood", "Imp") && joins(syntax, above);
            below = above;
        }
        StatusReading {
            status: Status::Happened,
            rule: implied.map_or_else(|| "status.asserted".to_owned(), |(cue, _)| cue.id.clone()),
            word: implied.map(|(_, word)| word),
            absent: false,
            purpose: false,
            ends: false,
        }
    }

    /// What somebody warns will or would be done is threatened: *warned that strikers would be fired*.
    fn warned(&self, syntax: Syntax, verb: TokenId) -> Option<StatusReading> {
        let doc = syntax.document;
        let above = doc.head(verb).filter(|_| doc.universal_relation(verb) == "ccomp")?;
        let cue = self.find(syntax, above, verb, Scope::Complement)?;
        (cue.effect == Status::Threatened).then(|| StatusReading::new(cue.effect, &cue.id, above))
    }

    fn auxiliary(&self, syntax: Syntax, verb: TokenId, action: TokenId) -> Option<StatusReading> {
        let doc = syntax.document;
        let auxiliaries = doc.children(verb).iter().copied().filter(|&t| doc.universal_relation(t) == "aux");
        for auxiliary in auxiliaries {
            if let Some(found) = self.find(syntax, auxiliary, action, Scope::Auxiliary) {
                let foretold = found.effect == Status::Hypothetical
                    && syntax.grammar.volition_auxiliaries.holds(doc, syntax.words, auxiliary)
                    && is_foretold(syntax, verb);
                let (status, rule) =
                    if foretold { (Status::Planned, "status.future") } else { (found.effect, &*found.id) };
                return Some(StatusReading::new(status, rule, auxiliary));
            }
        }
        None
    }
}
