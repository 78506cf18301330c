//! Pack data about numbers of people: which words make them dead, injured or arrested, and who gives the figure.

use doleance_packs::PackError;
use serde::Deserialize;

use crate::words::{Candidates, WordId, Words};

/// What a number of people stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuantityKind {
    /// Persons of whom nothing more is said: the size of what they do.
    People,
    /// The dead.
    Killed,
    /// The injured.
    Injured,
    /// Those arrested or held.
    Arrested,
    /// Jobs.
    Jobs,
    /// A figure whose noun is left out and could not be found.
    Unknown,
}

/// How a rule's word and the persons counted stand to each other in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    Counted,
    PatientOf,
    SubjectOf,
    ComplementOf,
    State,
    PhraseSubject,
    PhrasePatient,
}

/// One word or word sequence of a group.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub link: Link,
    pub kind: QuantityKind,
    pub group: u16,
    /// Words after the first.
    pub rest: Vec<WordId>,
}

/// A group with its examples.
#[derive(Clone, Debug)]
pub(crate) struct QuantityGroup {
    pub id: String,
    pub kind: QuantityKind,
    pub examples: Vec<String>,
    pub counter_examples: Vec<String>,
}

/// An example with the speaker expected.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpeakerExample {
    pub text: String,
    pub said_by: String,
}

/// All cues of a language, by their first word.
#[derive(Clone, Debug, Default)]
pub(crate) struct QuantityRules {
    pub groups: Vec<QuantityGroup>,
    cues: Vec<Vec<Cue>>,
    /// Verbs before a number that is the predicate (*ils étaient 5 000*).
    pub copulas: Vec<WordId>,
    /// Possessives of one person (*son*, *her*).
    pub possessives: Vec<WordId>,
    pub speaker_before: Vec<Vec<WordId>>,
    pub speaker_rival: Vec<Vec<WordId>>,
    pub speaker_verbs: Vec<Vec<WordId>>,
    pub speaker_sources: Vec<Vec<WordId>>,
    pub speaker_examples: Vec<SpeakerExample>,
    pub speaker_counter_examples: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuantityFile {
    possessives: Vec<String>,
    copulas: Vec<String>,
    group: Vec<Group>,
    speakers: Speakers,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    id: String,
    kind: QuantityKind,
    counted: Vec<String>,
    patient_of: Vec<String>,
    subject_of: Vec<String>,
    complement_of: Vec<String>,
    states: Vec<String>,
    phrases: Vec<String>,
    phrases_of: Vec<String>,
    examples: Vec<String>,
    counter_examples: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speakers {
    sources: Vec<String>,
    before: Vec<String>,
    rival: Vec<String>,
    verbs: Vec<String>,
    examples: Vec<SpeakerExample>,
    counter_examples: Vec<String>,
}

impl QuantityRules {
    pub fn from_toml(file: &str, text: &str, words: &mut Words) -> Result<Self, PackError> {
        let read: QuantityFile = toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
        let mut rules = QuantityRules {
            possessives: read.possessives.iter().map(|w| words.intern(w)).collect(),
            copulas: read.copulas.iter().map(|w| words.intern(w)).collect(),
            ..QuantityRules::default()
        };
        for group in read.group {
            if group.examples.is_empty() || group.counter_examples.is_empty() {
                let reason = "lacks an example or a counter-example";
                return Err(PackError::new(file, &group.id, reason, "add one of each"));
            }
            let number = rules.groups.len() as u16;
            for (link, list) in [
                (Link::Counted, &group.counted),
                (Link::PatientOf, &group.patient_of),
                (Link::SubjectOf, &group.subject_of),
                (Link::ComplementOf, &group.complement_of),
                (Link::State, &group.states),
                (Link::PhraseSubject, &group.phrases),
                (Link::PhrasePatient, &group.phrases_of),
            ] {
                for text in list {
                    let mut ids = text.split(' ').map(|w| words.intern(w));
                    let Some(first) = ids.next() else { continue };
                    let cue = Cue { link, kind: group.kind, group: number, rest: ids.collect() };
                    let index = first.0 as usize;
                    if rules.cues.len() <= index {
                        rules.cues.resize_with(index + 1, Vec::new);
                    }
                    rules.cues[index].push(cue);
                }
            }
            let Group { id, kind, examples, counter_examples, .. } = group;
            rules.groups.push(QuantityGroup { id, kind, examples, counter_examples });
        }
        let mut sequences = |list: &[String]| -> Vec<Vec<WordId>> {
            list.iter().map(|text| text.split(' ').map(|w| words.intern(w)).collect()).collect()
        };
        rules.speaker_before = sequences(&read.speakers.before);
        rules.speaker_rival = sequences(&read.speakers.rival);
        rules.speaker_verbs = sequences(&read.speakers.verbs);
        rules.speaker_sources = sequences(&read.speakers.sources);
        rules.speaker_examples = read.speakers.examples;
        rules.speaker_counter_examples = read.speakers.counter_examples;
        Ok(rules)
    }

    /// The cues that begin with one of these words.
    pub fn cues(&self, candidates: Candidates) -> impl Iterator<Item = &Cue> {
        candidates
            .into_iter()
            .enumerate()
            .filter(move |&(i, w)| w != WordId::OTHER && !candidates[..i].contains(&w))
            .flat_map(|(_, w)| self.cues.get(w.0 as usize).into_iter().flatten())
    }
}
