//! Status: whether an action took place, as the tree says it: tense and mood, negation, modality, governing words.

use doleance_packs::{Example, PackError, Vocabulary};
use doleance_records::Status;
use doleance_text::ud::Upos;
use doleance_text::{Document, TokenId};
use doleance_times::{Granularity, is_verbless};
use serde::Deserialize;

use crate::annotate::Annotation;
use crate::code::arguments::{Arguments, Syntax, is_verb};
use crate::code::draft::Draft;
use crate::code::negation::{
    denies, empty_argument, is_definite, negative_determiner, negator, under_negation, unwilling,
};
use crate::grammar::WordSet;

/// Where the action stands to a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The action is a complement of the cue (*refuse to disperse, a call for a strike*).
    Complement,
    /// The cue modifies the action (*a planned strike*).
    Modifier,
    /// The cue is an auxiliary of the action's verb (*may strike*).
    Auxiliary,
    /// The action is what the cue is said of (*a strike is likely*).
    Subject,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    lemmas: Vec<String>,
    effect: String,
    scope: Vec<Scope>,
    /// Only where the cue stands in this mood or tense (`Mood=Cnd`).
    #[serde(default)]
    feature: Option<String>,
    /// Only where the action is a noun (`noun`) or a verb (`verb`).
    #[serde(default)]
    action: Option<String>,
    /// Words that make another verb of the cue where they follow it (*call off*).
    #[serde(default)]
    unless_next: Vec<String>,
    examples: Vec<Example>,
    counter_examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    cue: Vec<Row>,
}

/// A word that sets the status of what stands in its scope.
#[derive(Clone, Debug)]
pub struct StatusCue {
    /// Stable identifier.
    pub id: String,
    /// The status it gives.
    pub effect: Status,
    /// Sentences in which it holds.
    pub examples: Vec<Example>,
    /// Sentences in which it must not.
    pub counter_examples: Vec<Example>,
    /// Its words, as written.
    pub lemmas: Vec<String>,
    words: WordSet,
    scope: Vec<Scope>,
    feature: Option<(String, String)>,
    action_is_verb: Option<bool>,
    unless_next: WordSet,
}

/// Identifiers of the mechanisms that need no cue, with what each does: their pages.
pub const MECHANISMS: [(&str, &str); 13] = [
    ("status.asserted", "Nothing in the sentence says otherwise: the action is told as having taken place."),
    (
        "status.negative-determiner",
        "A negative determiner stands before the noun: there was no such action, and none is recorded.",
    ),
    (
        "status.nobody",
        "Nobody does it, or it is done to nobody and nothing (no one was arrested, police made no arrests): none is recorded.",
    ),
    ("status.condition", "The action stands in a conditional clause: it is hypothetical."),
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
    ("status.purpose", "The action is only the purpose of another one: it is hypothetical."),
    (
        "status.after-publication",
        "The action is dated after the day of publication and not told in the past: it is planned.",
    ),
    (
        "status.appointment",
        "A noun names the action beside a time of day, in a sentence without a tense (Rally at 2 p.m. at the town hall): it is planned.",
    ),
];

/// The status cues of one language.
#[derive(Clone, Debug, Default)]
pub struct StatusCues {
    cues: Vec<StatusCue>,
    any: WordSet,
}

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
}

impl StatusCues {
    /// Reads a `status.toml`.
    pub fn from_toml(file: &str, text: &str, vocabulary: &mut Vocabulary) -> Result<Self, PackError> {
        let rows: File = toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
        let mut cues = Vec::new();
        let mut all = Vec::new();
        for row in rows.cue {
            let error = |reason: String, repair: &str| PackError::new(file, &row.id, reason, repair);
            if row.examples.is_empty() || row.counter_examples.is_empty() {
                return Err(error("an example or a counter-example is missing".into(), "write one of each"));
            }
            let effect = Status::parse(&row.effect).ok_or_else(|| {
                error(format!("no status is called {}", row.effect), "use a status of the codebook")
            })?;
            let feature = match &row.feature {
                None => None,
                Some(text) => {
                    Some(text.split_once('=').map(|(n, v)| (n.to_owned(), v.to_owned())).ok_or_else(
                        || error(format!("{text} is no feature"), "write a UD feature such as Mood=Cnd"),
                    )?)
                }
            };
            all.extend(row.lemmas.iter().cloned());
            cues.push(StatusCue {
                effect,
                words: WordSet::new(&row.lemmas, vocabulary),
                lemmas: row.lemmas,
                scope: row.scope,
                unless_next: WordSet::new(&row.unless_next, vocabulary),
                feature,
                action_is_verb: row.action.as_deref().map(|a| a == "verb"),
                examples: row.examples,
                counter_examples: row.counter_examples,
                id: row.id,
            });
        }
        let any = WordSet::new(&all, vocabulary);
        Ok(StatusCues { cues, any })
    }

    /// All cues.
    pub fn cues(&self) -> &[StatusCue] {
        &self.cues
    }

    fn find(&self, syntax: Syntax, cue: TokenId, action: TokenId, scope: Scope) -> Option<&StatusCue> {
        let (doc, words) = (syntax.document, syntax.words);
        if !self.any.holds(doc, words, cue) {
            return None;
        }
        let next = Some(TokenId(cue.0 + 1)).filter(|next| next.index() < doc.tokens().len());
        self.cues.iter().find(|c| {
            c.scope.contains(&scope)
                && c.words.holds(doc, words, cue)
                && next.is_none_or(|next| !c.unless_next.holds(doc, words, next))
                && c.action_is_verb.is_none_or(|verb| verb == is_verb(doc, action))
                && c.feature.as_ref().is_none_or(|(name, value)| carries(doc, cue, name, value))
        })
    }

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
        let reading = |status, rule: &str, word| StatusReading {
            status,
            rule: rule.to_owned(),
            word: Some(word),
            absent: false,
            purpose: false,
        };
        if let Some(word) = negative_determiner(syntax, head) {
            return StatusReading {
                absent: true,
                ..reading(Status::Denied, "status.negative-determiner", word)
            };
        }
        if let Some(word) = empty_argument(syntax, head, arguments, matched) {
            return StatusReading { absent: true, ..reading(Status::Denied, "status.nobody", word) };
        }
        if let Some(word) = charge(syntax, head) {
            return StatusReading { absent: true, ..reading(Status::Denied, "status.charge", word) };
        }
        // "carried placards reading 'the mayor must go'": a clause with a subject of its own tells of something else.
        let is_clause = |t: TokenId| {
            doc.universal_relation(t) == "parataxis" && doc.children_by(t, "nsubj").next().is_some()
        };
        let modifies = |t: TokenId| {
            matches!(doc.universal_relation(t), "amod" | "acl" | "compound" | "advmod" | "parataxis")
        };
        let modifiers =
            doc.children(head).iter().copied().filter(|&t| !inside(t) && !is_clause(t) && modifies(t));
        let found = modifiers.filter_map(|t| Some((t, self.find(syntax, t, head, Scope::Modifier)?)));
        // "the strike planned for Monday, called off on Friday": what is called off is not planned any more.
        let last_word = |(_, cue): &(TokenId, &StatusCue)| cue.effect != Status::Denied;
        if let Some((word, cue)) = found.min_by_key(last_word) {
            // "the strike planned for Monday was called off".
            let above = doc.head(head).filter(|&t| is_verb(doc, t) && !inside(t));
            let called_off = above.and_then(|t| Some((t, self.find(syntax, t, head, Scope::Complement)?)));
            let called_off = called_off.filter(|(t, cue)| {
                let undergoes = syntax.is_passive(*t) || doc.universal_relation(head) == "obj";
                cue.effect == Status::Denied && undergoes
            });
            let (word, cue) = called_off.unwrap_or((word, cue));
            return reading(cue.effect, &cue.id, word);
        }
        // From the action upwards, as long as each step is a complement of the next.
        let mut below = head;
        let mut negated = None;
        let mut shares_tense = false;
        for step in 0..5 {
            if is_verb(doc, below) || doc.children_by(below, "cop").next().is_some() {
                if let Some(word) = unwilling(syntax, below).filter(|&t| !inside(t)) {
                    return reading(Status::Refused, "status.unwilling", word);
                }
                if let Some(found) = self.auxiliary(syntax, below, head) {
                    return found;
                }
                if negated.is_none() {
                    negated = negator(syntax, below).filter(|&t| !inside(t));
                }
                if let Some(word) = condition(syntax, below) {
                    return reading(Status::Hypothetical, "status.condition", word);
                }
            }
            let carries_tense = below == head || Some(below) == predicate || shares_tense;
            shares_tense = false;
            if carries_tense {
                if let Some(found) = tense(syntax, below) {
                    return found;
                }
                if let (Some(word), true) = (negated, is_verb(doc, below))
                    && (below == head || denies(syntax, below, head))
                {
                    // "did not stage a march": there was none; "an attack did not hurt anyone" tells of one.
                    let acted_on = matches!(doc.universal_relation(head), "obj" | "obl" | "nmod");
                    let absent = below != head && acted_on && !is_definite(syntax, head);
                    return StatusReading { absent, ..reading(Status::Denied, "status.negation", word) };
                }
            }
            let Some(above) = doc.head(below) else { break };
            let relation = doc.universal_relation(below);
            let scope = match relation {
                // "At a march women demanded equal pay", "went home after the strike": where and when, no complement.
                "obl" | "nmod" if is_circumstance(syntax, below, above) => break,
                "obj" | "xcomp" | "ccomp" | "obl" | "nmod" | "iobj" | "csubj" => Scope::Complement,
                // "turned the demands down, calling the rallies a plot": the participle tells of something else; so does
                // that of "two leaders, arrested on Monday, risk a sentence".
                "advcl" if is_participle(doc, below) => break,
                // "cancelled all flights after crowds had entered the hall": a clause of its own is no complement.
                "advcl" if !is_infinitive(doc, below) && is_verb(doc, below) => break,
                "acl" if is_participle(doc, below) && doc.universal_relation(above) != "obj" => break,
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
                if let Some(found) = self.find(syntax, above, head, scope) {
                    let refused = found.effect == Status::Happened;
                    if !refused || step == 0 {
                        let negated =
                            is_verb(doc, above) && negator(syntax, above).is_some_and(|t| !inside(t));
                        // "denied that cuts were planned".
                        let outer = doc.head(above).filter(|_| doc.universal_relation(above) == "ccomp");
                        let outer = outer.and_then(|t| self.find(syntax, t, head, Scope::Complement));
                        let disputed = outer.is_some_and(|cue| cue.effect == Status::Denied);
                        let effect =
                            if negated || disputed { under_negation(found.effect) } else { found.effect };
                        // Whom nobody called to a strike does not deny one: there is none.
                        let absent = negated && found.effect == Status::CalledFor && !is_verb(doc, head);
                        return StatusReading { absent, ..reading(effect, &found.id, above) };
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
                            return reading(found.effect, &found.id, said);
                        }
                    }
                }
            }
            if scope == Scope::Subject && Some(above) != predicate {
                break;
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
            let transparent = matches!(relation, "obj" | "xcomp" | "nsubj") && is_verb(doc, above)
                || matches!(relation, "ccomp" | "csubj" | "nmod" | "acl");
            if !transparent {
                break;
            }
            below = above;
        }
        StatusReading {
            status: Status::Happened,
            rule: "status.asserted".to_owned(),
            word: None,
            absent: false,
            purpose: false,
        }
    }

    /// The status that a phrase's own words give it: *refused to resign* is a resignation, refused.
    pub fn refusal_inside(&self, syntax: Syntax, words: std::ops::Range<u32>) -> Option<StatusReading> {
        let doc = syntax.document;
        let content = |t: &TokenId| is_verb(doc, *t) || doc.upos(*t).is_nominal();
        let last = words.clone().map(TokenId).rfind(content)?;
        words.clone().map(TokenId).filter(|t| *t < last).find_map(|cue| {
            let found = self.find(syntax, cue, last, Scope::Complement)?;
            (found.effect == Status::Refused).then(|| StatusReading {
                status: found.effect,
                rule: found.id.clone(),
                word: Some(cue),
                absent: false,
                purpose: false,
            })
        })
    }

    fn auxiliary(&self, syntax: Syntax, verb: TokenId, action: TokenId) -> Option<StatusReading> {
        let doc = syntax.document;
        let auxiliaries = doc.children(verb).iter().copied().filter(|&t| doc.universal_relation(t) == "aux");
        for auxiliary in auxiliaries {
            if let Some(found) = self.find(syntax, auxiliary, action, Scope::Auxiliary) {
                let foretold = found.effect == Status::Hypothetical
                    && syntax.grammar.volition_auxiliaries.holds(doc, syntax.words, auxiliary)
                    && is_foretold(syntax, verb);
                return Some(StatusReading {
                    status: if foretold { Status::Planned } else { found.effect },
                    rule: if foretold { "status.future".to_owned() } else { found.id.clone() },
                    word: Some(auxiliary),
                    absent: false,
                    purpose: false,
                });
            }
        }
        None
    }
}

/// Whether the cue, or an auxiliary of it, carries a feature.
fn carries(doc: &Document, cue: TokenId, name: &str, value: &str) -> bool {
    doc.has_feature(cue, name, value)
        || doc
            .children(cue)
            .iter()
            .any(|&c| matches!(doc.universal_relation(c), "aux" | "cop") && doc.has_feature(c, name, value))
}

fn is_participle(doc: &Document, verb: TokenId) -> bool {
    let form = |name| doc.has_feature(verb, "VerbForm", name);
    (form("Part") || form("Ger")) && doc.children_by(verb, "mark").next().is_none()
}

/// Whether a verb, or its auxiliary, is an infinitive: *to march*, *to be deployed*.
fn is_infinitive(doc: &Document, verb: TokenId) -> bool {
    let is = |t: TokenId| doc.has_feature(t, "VerbForm", "Inf");
    is(verb) || doc.children_by(verb, "aux").any(is)
}

/// Whether a clause with a subject of its own is told in the past.
fn is_told(doc: &Document, verb: TokenId) -> bool {
    let past = doc.has_feature(verb, "VerbForm", "Fin") && doc.has_feature(verb, "Tense", "Past");
    past && doc.children_by(verb, "nsubj").next().is_some()
}

/// Whether a coordinated verb has no tense of its own: an infinitive or participle without an auxiliary.
fn lacks_tense(doc: &Document, verb: TokenId) -> bool {
    let form = doc.feature(verb, "VerbForm");
    let has = |relation| doc.children_by(verb, relation).next().is_some();
    is_verb(doc, verb) && matches!(form, Some("Inf" | "Part")) && !has("aux") && !has("nsubj")
}

/// Whether a noun only says where or when its verb's action was: it stands before the verb, or has a preposition of
/// time or place.
fn is_circumstance(syntax: Syntax, noun: TokenId, above: TokenId) -> bool {
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

/// Whether a verb tells what somebody said was to come: *said it would strike*, *a annoncé qu'il manifesterait*; a
/// condition leaves it open.
fn is_foretold(syntax: Syntax, verb: TokenId) -> bool {
    let doc = syntax.document;
    let said = doc.universal_relation(verb) == "ccomp"
        && doc.head(verb).is_some_and(|above| syntax.grammar.reporting_verbs.holds(doc, syntax.words, above));
    let open = doc.children_by(verb, "advcl").any(|clause| condition(syntax, clause).is_some());
    said && !open && condition(syntax, verb).is_none()
}

/// A bare noun that stands under a charge: *charged with arson and looting*, but not *charged over the fire at the depot*.
fn charge(syntax: Syntax, head: TokenId) -> Option<TokenId> {
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

/// Whether a verb goes on with an assertion (*broke in and set fire to the files*): a tagger sees an imperative there
/// where the form could be one.
fn follows_assertion(doc: &Document, verb: TokenId) -> bool {
    let mut first = verb;
    while doc.universal_relation(first) == "conj" {
        let Some(above) = doc.head(first) else { break };
        first = above;
    }
    first != verb && is_verb(doc, first) && !doc.has_feature(first, "Mood", "Imp")
}

fn condition(syntax: Syntax, verb: TokenId) -> Option<TokenId> {
    let doc = syntax.document;
    doc.children(verb).iter().copied().find(|&c| {
        doc.universal_relation(c) == "mark" && syntax.grammar.condition_markers.holds(doc, syntax.words, c)
    })
}

fn tense(syntax: Syntax, verb: TokenId) -> Option<StatusReading> {
    let doc = syntax.document;
    let reading = |status, rule: &str, word| {
        Some(StatusReading { status, rule: rule.to_owned(), word: Some(word), absent: false, purpose: false })
    };
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
    for carrier in carriers() {
        if doc.has_feature(carrier, "Tense", "Fut")
            || (carrier != verb && syntax.grammar.future_auxiliaries.holds(doc, syntax.words, carrier))
        {
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
            if carrier == verb && is_foretold(syntax, verb) {
                return reading(Status::Planned, "status.future", carrier);
            }
            if !reports {
                return reading(Status::Hypothetical, "status.conditional", carrier);
            }
        }
    }
    None
}

/// A noun for an action in a sentence without a tense, with a time of day, announces it: *Rally at 2 p.m. at the town
/// hall*.
pub fn announce_appointments(drafts: &mut [Draft], annotation: &Annotation) {
    let document = &annotation.document;
    for draft in
        drafts.iter_mut().filter(|d| d.status.status == Status::Happened && !is_verb(document, d.head))
    {
        let timed = annotation.times.mentions.iter().any(|time| {
            time.granularity <= Granularity::Hour && document.sentence_of(time.head) == draft.sentence
        });
        if timed && is_verbless(document, draft.sentence) {
            draft.status.status = Status::Planned;
            "status.appointment".clone_into(&mut draft.status.rule);
        }
    }
}

/// What is dated after the day of publication has not taken place yet.
pub fn announce_future(
    drafts: &mut [Draft],
    settings: &[crate::code::settle::Setting],
    times: &[crate::code::settle::TimeOption],
    published: Option<doleance_text::Date>,
    document: &Document,
    is_speech: &dyn Fn(&Draft) -> bool,
) {
    let Some(published) = published else { return };
    for (draft, setting) in drafts.iter_mut().zip(settings) {
        if is_speech(draft) || draft.arguments.predicate.is_some_and(|p| is_past(document, p)) {
            continue;
        }
        let starts = setting.times.iter().filter_map(|t| times[t.option].start);
        let later = starts.min().is_some_and(|start| start > published);
        if later && draft.status.status == Status::Happened {
            draft.status.status = Status::Planned;
            "status.after-publication".clone_into(&mut draft.status.rule);
        }
    }
}

/// Whether a verb tells something as done: a past tense, or a past participle with its auxiliary.
fn is_past(doc: &Document, verb: TokenId) -> bool {
    let has_auxiliary = doc.children_by(verb, "aux").any(|a| !doc.has_feature(a, "Tense", "Fut"));
    doc.has_feature(verb, "Tense", "Past") && (doc.has_feature(verb, "VerbForm", "Fin") || has_auxiliary)
}
