//! Words that set the status of what stands in their scope, as `status.toml` lists them.

use doleance_packs::{Example, PackError, Vocabulary};
use doleance_records::Status;
use doleance_text::TokenId;
use doleance_text::ud::Upos;
use serde::Deserialize;

use super::clause::carries;
use crate::code::arguments::{Syntax, is_verb};
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
    /// The action is a complement of the cue and planned by a word of its own (*called off a strike planned for Monday*).
    Planned,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    lemmas: Vec<String>,
    effect: String,
    /// The status it gives where it is negated, if that is not what negation makes of its effect.
    #[serde(default)]
    negated: Option<String>,
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
    /// Words of which one must stand right before the cue.
    #[serde(default)]
    only_after: Vec<String>,
    /// Words of which one must stand right after the cue.
    #[serde(default)]
    only_before: Vec<String>,
    /// The verb that it governs goes by its own status: *could force them to resign*.
    #[serde(default)]
    implicative: bool,
    /// Kinds of action that it undoes though nothing says that they were only planned: *call off* a rally, not a strike.
    #[serde(default)]
    cancels: Vec<String>,
    /// What it governs ends with it, so that its own day is not that of the action: *will lift the blockade on Friday*.
    #[serde(default)]
    ends: bool,
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
    /// The status it gives under negation: whoever did not manage to march has tried to.
    pub negated: Option<Status>,
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
    only_after: Option<WordSet>,
    only_before: Option<WordSet>,
    /// What it governs has the status that the cue itself has: who is forced to resign has resigned, who may be forced may.
    pub implicative: bool,
    /// Kinds of action that it undoes though nothing says that they were only planned.
    pub cancels: Vec<String>,
    /// What it governs ends with it.
    pub ends: bool,
}

impl StatusCue {
    /// The status it gives where it is negated.
    pub fn under_negation(&self) -> Status {
        self.negated.unwrap_or_else(|| crate::code::negation::under_negation(self.effect))
    }
}

/// The status cues of one language.
#[derive(Clone, Debug, Default)]
pub struct StatusCues {
    cues: Vec<StatusCue>,
    any: WordSet,
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
            let status = |name: &str| {
                Status::parse(name).ok_or_else(|| {
                    error(format!("no status is called {name}"), "use a status of the codebook")
                })
            };
            let effect = status(&row.effect)?;
            let negated = row.negated.as_deref().map(status).transpose()?;
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
                negated,
                words: WordSet::new(&row.lemmas, vocabulary),
                lemmas: row.lemmas,
                scope: row.scope,
                unless_next: WordSet::new(&row.unless_next, vocabulary),
                only_after: (!row.only_after.is_empty()).then(|| WordSet::new(&row.only_after, vocabulary)),
                only_before: (!row.only_before.is_empty())
                    .then(|| WordSet::new(&row.only_before, vocabulary)),
                implicative: row.implicative,
                cancels: row.cancels,
                ends: row.ends,
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

    /// The cue at a word that stands so to an action.
    pub(super) fn find(
        &self,
        syntax: Syntax,
        cue: TokenId,
        action: TokenId,
        scope: Scope,
    ) -> Option<&StatusCue> {
        let (doc, words) = (syntax.document, syntax.words);
        if !self.any.holds(doc, words, cue) {
            return None;
        }
        let next = Some(TokenId(cue.0 + 1)).filter(|next| next.index() < doc.tokens().len());
        self.cues.iter().find(|c| {
            c.scope.contains(&scope)
                && c.words.holds(doc, words, cue)
                && next.is_none_or(|next| {
                    // "called in troops", but "called in Ecuador".
                    let opens_name = doc.universal_relation(next) == "case"
                        && doc.head(next).is_some_and(|name| doc.upos(name) == Upos::Propn);
                    opens_name || !c.unless_next.holds(doc, words, next)
                })
                && c.only_before
                    .as_ref()
                    .is_none_or(|set| next.is_some_and(|next| set.holds(doc, words, next)))
                && c.only_after.as_ref().is_none_or(|set| {
                    cue.0.checked_sub(1).is_some_and(|before| set.holds(doc, words, TokenId(before)))
                })
                && c.action_is_verb.is_none_or(|verb| verb == is_verb(doc, action))
                && c.feature.as_ref().is_none_or(|(name, value)| carries(doc, cue, name, value))
        })
    }
}
