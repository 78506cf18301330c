//! Links between the event records of one report, from connectives and verbs.
//!
//! A cue stands between two actions of a sentence, or refers back to what was told before. Which side is which is data.

use doleance_packs::{ClassNames, ClassSet, Example, PackError, PhraseTable, Vocabulary};
use doleance_records::Relation;
use doleance_text::ud::Upos;
use doleance_text::{Date, Span, TokenId};
use serde::Deserialize;

use crate::code::arguments::{Arguments, Syntax};
use crate::code::draft::Draft;
use crate::grammar::WordSet;

/// Which action an end of a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The nearest action of the sentence before the cue.
    Left,
    /// The nearest one after it.
    Right,
    /// The nearest one after it, else the nearest before it.
    Clause,
    /// The last action told before the cue's sentence, or before it within the sentence.
    Previous,
    /// The nearest one told anywhere that has the place and the day of the other end: "to disperse the crowd".
    Scene,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    words: Vec<String>,
    relation: Relation,
    from: Side,
    to: Side,
    /// Kinds that `from` may have; empty: any.
    #[serde(default)]
    from_kinds: Vec<String>,
    /// Kinds that `to` may have; empty: any.
    #[serde(default)]
    to_kinds: Vec<String>,
    /// Words before the cue that make it say something else: *three years after*.
    #[serde(default)]
    not_after: Vec<String>,
    examples: Vec<Example>,
    counter_examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    cue: Vec<Row>,
}

/// Words that relate two actions.
#[derive(Clone, Debug)]
pub struct LinkCue {
    /// Stable identifier.
    pub id: String,
    /// The relation.
    pub relation: Relation,
    /// The words, as written.
    pub words: Vec<String>,
    /// Sentences that yield the relation.
    pub examples: Vec<Example>,
    /// Sentences that do not.
    pub counter_examples: Vec<Example>,
    from: Side,
    to: Side,
    from_kinds: Vec<String>,
    to_kinds: Vec<String>,
    not_after: WordSet,
}

/// The link cues of one language.
#[derive(Clone, Debug, Default)]
pub struct LinkCues {
    cues: Vec<LinkCue>,
    phrases: PhraseTable<usize>,
}

/// An action as the links see it.
#[derive(Clone, Copy, Debug)]
pub struct Action<'a> {
    /// Its trigger's head.
    pub head: TokenId,
    /// Kind of the codebook.
    pub kind: &'a str,
    /// Number of the record.
    pub record: usize,
    /// Identity of its place.
    pub place: Option<&'a str>,
    /// The day on which it began.
    pub day: Option<Date>,
}

/// A link between two records.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundLink {
    /// The relation.
    pub relation: Relation,
    /// Number of the record that stands in it.
    pub from: usize,
    /// Number of the record that it stands to.
    pub to: usize,
    /// The words that state it.
    pub span: Span,
    /// Identifier of the rule.
    pub rule: String,
}

impl LinkCues {
    /// Reads a `links.toml`.
    pub fn from_toml(
        file: &str,
        text: &str,
        names: &mut ClassNames,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let rows: File = toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
        let mut all = LinkCues::default();
        for row in rows.cue {
            let error = |reason: String, repair: &str| PackError::new(file, &row.id, reason, repair);
            if row.examples.is_empty() || row.counter_examples.is_empty() {
                return Err(error("an example or a counter-example is missing".into(), "write one of each"));
            }
            for words in &row.words {
                let added = all.phrases.add(words, all.cues.len(), names, vocabulary);
                added.map_err(|e| error(e, "mend the phrase"))?;
            }
            all.cues.push(LinkCue {
                not_after: WordSet::new(&row.not_after, vocabulary),
                id: row.id,
                relation: row.relation,
                words: row.words,
                examples: row.examples,
                counter_examples: row.counter_examples,
                from: row.from,
                to: row.to,
                from_kinds: row.from_kinds,
                to_kinds: row.to_kinds,
            });
        }
        Ok(all)
    }

    /// All cues.
    pub fn cues(&self) -> &[LinkCue] {
        &self.cues
    }

    /// Adds what an action spread to: "the strike spread to the next region" tells a second strike, with its own place.
    pub fn add_spread(
        &self,
        syntax: Syntax,
        classes: &[ClassSet],
        kind_name: &dyn Fn(&Draft) -> String,
        drafts: &mut Vec<Draft>,
    ) {
        let (doc, words) = (syntax.document, syntax.words);
        let mut added = Vec::new();
        for token in doc.token_ids() {
            for (hit, _, cue) in self.phrases.matches_at(doc, words, classes, token) {
                let cue = &self.cues[cue];
                if cue.relation != Relation::SpreadFrom {
                    continue;
                }
                let verb = hit.words.clone().map(TokenId).rfind(|&t| doc.upos(t) == Upos::Verb);
                let Some(verb) = verb else { continue };
                let told = |d: &&Draft| d.head == verb || added.iter().any(|a: &Draft| a.head == verb);
                if drafts.iter().any(|d| told(&d)) {
                    continue;
                }
                // "The strike did not spread to other mines."
                if crate::code::negation::negator(syntax, verb).is_some() {
                    continue;
                }
                let source = drafts.iter().rev().find(|d| {
                    d.sentence == doc.sentence_of(verb)
                        && d.head < verb
                        && cue.to_kinds.contains(&kind_name(d))
                });
                if let Some(source) = source {
                    added.push(Draft {
                        words: hit.words.clone(),
                        head: verb,
                        has_spread: true,
                        arguments: Arguments { predicate: Some(verb), ..source.arguments.clone() },
                        ..source.clone()
                    });
                }
            }
        }
        drafts.extend(added);
        drafts.sort_by_key(|d| (d.words.start, d.words.end));
    }

    /// The links that the cues state between `actions`, which are in text order; a record told by several triggers stands
    /// once for each. A list of places or dates shares a trigger: each of its records takes the link.
    pub fn find(&self, syntax: Syntax, classes: &[ClassSet], actions: &[Action]) -> Vec<FoundLink> {
        let mut found: Vec<FoundLink> = Vec::new();
        for token in syntax.document.token_ids() {
            self.at_token(syntax, classes, actions, token, &mut found);
        }
        found
    }

    fn at_token(
        &self,
        syntax: Syntax,
        classes: &[ClassSet],
        actions: &[Action],
        token: TokenId,
        found: &mut Vec<FoundLink>,
    ) {
        let (doc, words) = (syntax.document, syntax.words);
        // Of cues that begin at one word the longest speaks: "triggered by" turns what "trigger" says.
        let hits = self.phrases.matches_at(doc, words, classes, token);
        let hits: Vec<_> = hits.map(|(hit, _, cue)| (hit, &self.cues[cue])).collect();
        let longest = hits.iter().map(|(hit, _)| hit.words.len()).max().unwrap_or(0);
        for (hit, cue) in hits.into_iter().filter(|(hit, _)| hit.words.len() == longest) {
            let before = hit.words.start.checked_sub(1).map(TokenId);
            if before.is_some_and(|t| cue.not_after.holds(doc, words, t)) {
                continue;
            }
            let from = side(syntax, actions, cue.from, &hit.words, &cue.from_kinds, None);
            let to = match cue.to {
                Side::Scene => from.and_then(|from| scene(actions, from, &cue.to_kinds)),
                other => side(syntax, actions, other, &hit.words, &cue.to_kinds, from),
            };
            let from = from.or_else(|| {
                let is_left = cue.from == Side::Left && cue.to == Side::Right;
                to.filter(|_| is_left).and_then(|to| main_clause(syntax, actions, to, &cue.from_kinds))
            });
            let (Some(from), Some(to)) = (from, to) else { continue };
            let span = doc.tokens()[hit.words.start as usize]
                .span
                .join(doc.tokens()[hit.words.end as usize - 1].span);
            let all = |head: TokenId| actions.iter().filter(move |a| a.head == head).collect::<Vec<_>>();
            let (from, to) = (all(from), all(to));
            // Between two lists only what happened in one place belongs together.
            let both_lists = from.len() > 1 && to.len() > 1;
            for from in &from {
                for to in to.iter().filter(|to| !both_lists || to.place == from.place) {
                    let repeated = found
                        .iter()
                        .any(|l| l.relation == cue.relation && l.from == from.record && l.to == to.record);
                    if from.record != to.record && !repeated {
                        found.push(FoundLink {
                            relation: cue.relation,
                            from: from.record,
                            to: to.record,
                            span,
                            rule: cue.id.clone(),
                        });
                    }
                }
            }
        }
    }
}

/// The first action after the comma that closes a phrase in front: "after the arrests, [students marched]".
fn main_clause(syntax: Syntax, actions: &[Action], fronted: TokenId, kinds: &[String]) -> Option<TokenId> {
    let doc = syntax.document;
    let end = doc.sentence(doc.sentence_of(fronted)).words.end;
    let comma = (fronted.0 + 1..end).find(|&t| doc.form(TokenId(t)) == ",")?;
    let fits = |a: &&Action| kinds.is_empty() || kinds.iter().any(|k| k == a.kind);
    actions.iter().filter(fits).map(|a| a.head).find(|h| h.0 > comma && h.0 < end)
}

/// The nearest action in the text that shares place and day with the one at `from`.
fn scene(actions: &[Action], from: TokenId, kinds: &[String]) -> Option<TokenId> {
    let own = actions.iter().find(|a| a.head == from)?;
    let shares = |a: &&Action| {
        a.record != own.record
            && a.place.is_some()
            && (a.place, a.day) == (own.place, own.day)
            && (kinds.is_empty() || kinds.iter().any(|k| k == a.kind))
    };
    actions.iter().filter(shares).map(|a| a.head).min_by_key(|h| h.0.abs_diff(from.0))
}

fn side(
    syntax: Syntax,
    actions: &[Action],
    side: Side,
    cue: &std::ops::Range<u32>,
    kinds: &[String],
    other_end: Option<TokenId>,
) -> Option<TokenId> {
    let doc = syntax.document;
    let sentence = doc.sentence(doc.sentence_of(TokenId(cue.start))).words.clone();
    let fits =
        |a: &&Action| Some(a.head) != other_end && (kinds.is_empty() || kinds.iter().any(|k| k == a.kind));
    let left =
        || actions.iter().rev().filter(fits).find(|a| a.head.0 < cue.start && sentence.contains(&a.head.0));
    let right = || actions.iter().filter(fits).find(|a| a.head.0 >= cue.end && sentence.contains(&a.head.0));
    // A cue may itself be a trigger: "supported by" is the solidarity that it links.
    let own = || actions.iter().filter(fits).find(|a| cue.contains(&a.head.0));
    let previous = || actions.iter().rev().filter(fits).find(|a| a.head.0 < cue.start);
    match side {
        Side::Left => left(),
        Side::Right => right().or_else(own),
        Side::Clause => own().or_else(right).or_else(left),
        Side::Previous => previous(),
        Side::Scene => None,
    }
    .map(|a| a.head)
}
