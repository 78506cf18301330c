//! Triggers: the words and constructions that name an action of a kind.

use std::ops::Range;

use doleance_text::{Document, TokenId, ud::Upos};
use serde::Deserialize;

use crate::classes::{ClassNames, ClassSet, slot};
use crate::example::Example;
use crate::pattern::{Bindings, Pattern};
use crate::phrase::Phrase;
use crate::trigger_file::{Row, TriggerFile};
use crate::vocabulary::{DocumentWords, Vocabulary, WordId};
use crate::{Codebook, KindId, PackError};

/// Number of a trigger in its [`Triggers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TriggerId(pub u32);

/// What an argument of a trigger is to the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArgumentRole {
    /// Who did it.
    #[default]
    Actor,
    /// To whom or against what.
    Target,
    /// Neither.
    None,
}

/// A trigger as the codebook defines it.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// Stable identifier: language, kind, slug.
    pub id: String,
    /// The kind that it names.
    pub kind: KindId,
    /// Classes one of which the logical subject must have; empty: anything, also none.
    pub subject: ClassSet,
    /// Classes one of which the logical object must have.
    pub object: ClassSet,
    /// Classes that the logical subject must not have.
    pub subject_unless: ClassSet,
    /// Classes that the logical object must not have.
    pub object_unless: ClassSet,
    /// The words name those who take part: where the action itself is told, they tell no further one.
    pub participants: bool,
    /// What a noun's genitive complement is.
    pub complement: ArgumentRole,
    /// What the logical subject is.
    pub subject_is: ArgumentRole,
    /// What the logical object is.
    pub object_is: ArgumentRole,
    /// Name of the status that the words themselves imply.
    pub status: Option<String>,
    /// Prior belief that a match is an event of the kind, 0 to 1.
    pub weight: f32,
    /// Sentences that must yield it.
    pub examples: Vec<Example>,
    /// Sentences that must not.
    pub counter_examples: Vec<Example>,
    /// The words listed, as written, for documentation and proof.
    pub words: Vec<String>,
    not_in: Vec<Phrase>,
    unless: Vec<Pattern>,
    form: Form,
}

#[derive(Clone, Debug)]
enum Form {
    Word(Wanted),
    Phrases(Vec<Phrase>),
    Pattern(Pattern),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Noun,
    Verb,
    Adjective,
}

impl Trigger {
    /// Whether the trigger is a single noun.
    pub fn is_noun(&self) -> bool {
        matches!(self.form, Form::Word(Wanted::Noun))
    }

    /// Whether it is a phrase or pattern, which says more than one word.
    pub fn is_construction(&self) -> bool {
        !matches!(self.form, Form::Word(_))
    }
}

/// Why a trigger does not hold where its words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Veto {
    /// The word has another part of speech.
    PartOfSpeech,
    /// A phrase of `not_in` covers it.
    NotIn,
    /// A pattern of `unless` holds: which one, from 0.
    Unless(u32),
    /// No logical subject is of the classes that `subject` wants.
    Subject,
    /// No logical object is of the classes that `object` wants.
    Object,
    /// A logical subject is of a class of `subject_unless`.
    SubjectUnless,
    /// A logical object is of a class of `object_unless`.
    ObjectUnless,
}

/// A place in a document where a trigger's words stand.
#[derive(Clone, Debug, PartialEq)]
pub struct TriggerMatch {
    /// The trigger.
    pub trigger: TriggerId,
    /// The trigger words, as numbers of tokens.
    pub words: Range<u32>,
    /// Those of them that the trigger itself matched.
    pub matched: Vec<TokenId>,
    /// The word that the rest of the sentence attaches to.
    pub head: TokenId,
    /// A word inside the phrase that it matched by class: an argument.
    pub by_class: Option<TokenId>,
    /// Words that a pattern named.
    pub actor: Option<TokenId>,
    /// Words that a pattern named.
    pub target: Option<TokenId>,
}

/// All triggers of one language, indexed by word.
#[derive(Clone, Debug, Default)]
pub struct Triggers {
    triggers: Vec<Trigger>,
    by_word: Vec<Vec<Entry>>,
    people: ClassSet,
}

/// What a word may begin: a trigger, and of a trigger with phrases the number of the phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    trigger: TriggerId,
    phrase: u32,
}

/// The class of words for persons and bodies of persons.
pub const PEOPLE: &str = "people";

impl Triggers {
    /// Whether a word is one for persons, bodies of persons included.
    pub fn is_people(&self, classes: ClassSet) -> bool {
        classes.meets(self.people)
    }

    /// Joins the trigger files of a language.
    ///
    /// # Errors
    /// The first entry that does not hold together, with its file.
    pub fn new(
        files: impl IntoIterator<Item = TriggerFile>,
        codebook: &Codebook,
        names: &mut ClassNames,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let people = names.intern(PEOPLE).unwrap_or_default();
        let mut all = Triggers { people, ..Triggers::default() };
        let mut seen = rustc_hash::FxHashSet::default();
        for TriggerFile { file, kind, rows } in files {
            let number = codebook.kind(&kind).ok_or_else(|| {
                PackError::new(&file, &kind, "the codebook has no such kind", "name the file after a kind")
            })?;
            for row in rows {
                if !seen.insert(row.id.clone()) {
                    return Err(PackError::new(
                        &file,
                        row.id,
                        "the id is used twice",
                        "give it another slug",
                    ));
                }
                all.add(&file, number, row, names, vocabulary)?;
            }
        }
        Ok(all)
    }

    fn add(
        &mut self,
        file: &str,
        kind: KindId,
        row: Row,
        names: &mut ClassNames,
        vocabulary: &mut Vocabulary,
    ) -> Result<(), PackError> {
        let error = |reason: String, repair: &str| PackError::new(file, &row.id, reason, repair);
        let mut set = |list: &[String]| -> Result<ClassSet, PackError> {
            let mut set = ClassSet::NONE;
            for name in list {
                if name.contains(['{', ' ']) {
                    return Err(error(
                        format!("{name} is no class"),
                        "patterns stand in unless, classes are single words",
                    ));
                }
                let class = names.intern(name);
                set =
                    set.join(class.ok_or_else(|| error("more than 64 classes".into(), "merge two classes"))?);
            }
            Ok(set)
        };
        let (subject, object) = (set(&row.subject)?, set(&row.object)?);
        let (subject_unless, object_unless) = (set(&row.subject_unless)?, set(&row.object_unless)?);
        let mut phrases = |list: &[String], names: &mut ClassNames| -> Result<Vec<Phrase>, PackError> {
            list.iter()
                .map(|p| Phrase::parse(p, names, vocabulary).map_err(|e| error(e, "mend the phrase")))
                .collect()
        };
        let not_in = phrases(&row.not_in, names)?;
        let own_phrases = phrases(&row.phrase, names)?;
        let compile = |p: &String, names: &mut ClassNames| {
            Pattern::parse(p, names).map_err(|e| error(format!("pattern {p}: {e}"), "mend the pattern"))
        };
        let unless = row.unless.iter().map(|p| compile(p, names)).collect::<Result<Vec<_>, _>>()?;
        let id = TriggerId(self.triggers.len() as u32);
        let mut first_of_phrases: Vec<(WordId, u32)> = Vec::new();
        let (form, first, words) =
            match (&row.noun[..], &row.verb[..], &row.adjective[..], &row.phrase[..], &row.pattern) {
                ([_, ..], [], [], [], None) => {
                    (Form::Word(Wanted::Noun), intern_all(&row.noun, vocabulary), row.noun.clone())
                }
                ([], [_, ..], [], [], None) => {
                    (Form::Word(Wanted::Verb), intern_all(&row.verb, vocabulary), row.verb.clone())
                }
                ([], [], [_, ..], [], None) => (
                    Form::Word(Wanted::Adjective),
                    intern_all(&row.adjective, vocabulary),
                    row.adjective.clone(),
                ),
                ([], [], [], [_, ..], None) => {
                    let numbered = own_phrases.iter().zip(0..);
                    first_of_phrases
                        .extend(numbered.flat_map(|(p, number)| p.first_words().map(move |w| (w, number))));
                    let first = Vec::new();
                    (Form::Phrases(own_phrases), first, row.phrase.clone())
                }
                ([], [], [], [], Some(text)) => {
                    let pattern = compile(text, names)?;
                    let first: Vec<WordId> = pattern.anchor_lemmas().map(|w| vocabulary.intern(w)).collect();
                    if first.is_empty() {
                        return Err(error(
                            "the pattern's first node names no lemma".into(),
                            "begin the pattern at a word with {lemma:…}, so that it can be looked up",
                        ));
                    }
                    (Form::Pattern(pattern), first, vec![text.clone()])
                }
                _ => {
                    return Err(error(
                        "it must have exactly one of noun, verb, adjective, phrase and pattern".into(),
                        "split it into several triggers",
                    ));
                }
            };
        let mut first: Vec<(WordId, u32)> =
            first.into_iter().map(|word| (word, 0)).chain(first_of_phrases).collect();
        first.sort_unstable();
        first.dedup();
        for (word, phrase) in first {
            slot(&mut self.by_word, word).push(Entry { trigger: id, phrase });
        }
        self.triggers.push(Trigger {
            kind,
            subject,
            object,
            subject_unless,
            object_unless,
            participants: row.participants,
            complement: row.complement,
            subject_is: row.subject_is,
            object_is: row.object_is,
            status: row.status,
            weight: row.weight,
            examples: row.examples,
            counter_examples: row.counter_examples,
            words,
            not_in,
            unless,
            form,
            id: row.id,
        });
        Ok(())
    }

    /// One trigger.
    pub fn get(&self, id: TriggerId) -> &Trigger {
        &self.triggers[id.0 as usize]
    }

    /// All triggers in the order of their files.
    pub fn iter(&self) -> impl Iterator<Item = (TriggerId, &Trigger)> {
        self.triggers.iter().enumerate().map(|(i, t)| (TriggerId(i as u32), t))
    }

    /// A trigger by its identifier.
    pub fn find(&self, id: &str) -> Option<TriggerId> {
        self.triggers.iter().position(|t| t.id == id).map(|i| TriggerId(i as u32))
    }

    /// Every place where a trigger's words stand, in text order. Selection by subject and object is the caller's, who
    /// knows the arguments.
    pub fn matches(
        &self,
        document: &Document,
        words: &DocumentWords,
        classes: &[ClassSet],
    ) -> Vec<TriggerMatch> {
        let all = self.collect(document, words, classes, false).into_iter();
        all.map(|(hit, _)| hit).collect()
    }

    /// Every place where a trigger's words stand, with the condition of its own that does not hold, if one does not.
    pub fn considered(
        &self,
        document: &Document,
        words: &DocumentWords,
        classes: &[ClassSet],
    ) -> Vec<(TriggerMatch, Option<Veto>)> {
        self.collect(document, words, classes, true)
    }

    fn collect(
        &self,
        document: &Document,
        words: &DocumentWords,
        classes: &[ClassSet],
        vetoed_too: bool,
    ) -> Vec<(TriggerMatch, Option<Veto>)> {
        let mut found: Vec<(TriggerMatch, Option<Veto>)> = Vec::new();
        for token in document.token_ids() {
            let lemma = words.lemma(document, token);
            let form = words.form(document, token);
            for word in std::iter::once(lemma).chain((form != lemma).then_some(form)) {
                for entries in self.entries_of(word).chunk_by(|a, b| a.trigger == b.trigger) {
                    let id = entries[0].trigger;
                    let trigger = self.get(id);
                    let Some((hit, veto)) = trigger.match_at(entries, document, words, classes, token) else {
                        continue;
                    };
                    if veto.is_some() && !vetoed_too
                        || found.iter().rev().take(8).any(|(f, _)| f.trigger == id && f.words == hit.words)
                    {
                        continue;
                    }
                    let veto = veto.or_else(|| trigger.excluded_by(&hit, document, words, classes));
                    if veto.is_none() || vetoed_too {
                        found.push((hit, veto));
                    }
                }
            }
        }
        found
    }

    fn entries_of(&self, word: WordId) -> &[Entry] {
        if word == WordId::OTHER {
            return &[];
        }
        self.by_word.get(word.0 as usize).map_or(&[][..], |v| v)
    }
}

impl Trigger {
    /// The trigger at a word that begins it, or, of several phrases, those of `entries`.
    fn match_at(
        &self,
        entries: &[Entry],
        document: &Document,
        words: &DocumentWords,
        classes: &[ClassSet],
        token: TokenId,
    ) -> Option<(TriggerMatch, Option<Veto>)> {
        let at = |range: Range<u32>, head: TokenId| TriggerMatch {
            trigger: entries[0].trigger,
            matched: range.clone().map(TokenId).collect(),
            words: range,
            head,
            by_class: None,
            actor: None,
            target: None,
        };
        match &self.form {
            Form::Word(wanted) => {
                let upos = document.upos(token);
                let fits = match wanted {
                    Wanted::Noun => matches!(upos, Upos::Noun | Upos::Propn),
                    Wanted::Verb => upos == Upos::Verb,
                    Wanted::Adjective => matches!(upos, Upos::Adj | Upos::Verb),
                };
                Some((at(token.0..token.0 + 1, token), (!fits).then_some(Veto::PartOfSpeech)))
            }
            Form::Phrases(phrases) => {
                let best = entries
                    .iter()
                    .filter_map(|e| phrases[e.phrase as usize].match_at(document, words, classes, token))
                    .max_by_key(|m| m.words.len())?;
                let head = head_of(document, best.words.clone());
                let found =
                    TriggerMatch { by_class: best.by_class, matched: best.matched, ..at(best.words, head) };
                Some((found, None))
            }
            Form::Pattern(pattern) => {
                let bound = pattern.match_at(document, classes, token)?;
                let named = |name: &str, b: &Bindings| b.get(pattern, name);
                let head = named("trigger", &bound).unwrap_or(token);
                let (actor, target) = (named("actor", &bound), named("target", &bound));
                Some((TriggerMatch { actor, target, ..at(head.0..head.0 + 1, head) }, None))
            }
        }
    }

    /// Whether a phrase that must not cover the trigger does, or a pattern that must not hold does.
    fn excluded_by(
        &self,
        hit: &TriggerMatch,
        document: &Document,
        words: &DocumentWords,
        classes: &[ClassSet],
    ) -> Option<Veto> {
        let sentence = document.sentence(document.sentence_of(hit.head)).words.clone();
        let from = hit.words.start.saturating_sub(8).max(sentence.start);
        let covered = self.not_in.iter().any(|phrase| {
            (from..hit.words.end).any(|start| {
                phrase
                    .match_at(document, words, classes, TokenId(start))
                    .is_some_and(|m| m.words.start <= hit.words.start && hit.head.0 < m.words.end)
            })
        });
        if covered {
            return Some(Veto::NotIn);
        }
        let holds = self.unless.iter().position(|p| p.match_at(document, classes, hit.head).is_some());
        holds.map(|number| Veto::Unless(number as u32))
    }
}

/// The word of a phrase that the sentence hangs on: the verb whose head lies outside, else the first such word.
fn head_of(document: &Document, words: Range<u32>) -> TokenId {
    let outside = |t: &TokenId| document.head(*t).is_none_or(|h| !words.contains(&h.0));
    let content =
        |t: &TokenId| matches!(document.upos(*t), Upos::Verb | Upos::Noun | Upos::Propn | Upos::Adj);
    let first_verb = words.clone().map(TokenId).find(|t| document.upos(*t) == Upos::Verb);
    if let Some(verb) = first_verb {
        return verb;
    }
    words
        .clone()
        .map(TokenId)
        .find(|t| outside(t) && content(t))
        .or_else(|| words.clone().map(TokenId).find(content))
        .unwrap_or(TokenId(words.start))
}

fn intern_all(list: &[String], vocabulary: &mut Vocabulary) -> Vec<WordId> {
    list.iter().map(|w| vocabulary.intern(w)).collect()
}
