//! The claim cues of a language, as `claims.toml` lists them.

use doleance_packs::{ClassNames, ClassSet, Example, PackError, PhraseTable, Vocabulary};
use doleance_records::Stance;
use serde::Deserialize;

use crate::grammar::WordSet;

/// Where the content of a claim stands to its cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Object, clause or infinitive of a verb; genitive complement of a noun.
    Object,
    /// A complement with one of the cue's markers.
    Marked,
    /// Words in quotation marks.
    Quote,
    /// A list after a colon, on one line or on the next ones.
    List,
    /// The clause that the cue introduces: *until the levy is withdrawn*.
    Clause,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    words: Vec<String>,
    stance: Stance,
    content: Vec<Content>,
    #[serde(default)]
    markers: Vec<String>,
    /// Classes one of which the subject must have, where there is a subject.
    #[serde(default)]
    subject: Vec<String>,
    /// Classes that the subject must not have.
    #[serde(default)]
    subject_unless: Vec<String>,
    /// A content whose issue no term tells is left out.
    #[serde(default)]
    needs_issue: bool,
    examples: Vec<Example>,
    counter_examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Markers {
    /// What follows a protest: *against X*.
    against: Vec<String>,
    /// *for X*.
    favour: Vec<String>,
    /// Opening quotation marks.
    open_quotes: Vec<String>,
    /// Closing quotation marks.
    close_quotes: Vec<String>,
    /// Marks that begin an item of a list.
    bullets: Vec<String>,
    /// Words that a demand is said to be addressed by: *to the government*.
    addressee: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    markers: Markers,
    #[serde(default)]
    cue: Vec<Row>,
}

/// A word or phrase that introduces a claim.
#[derive(Clone, Debug)]
pub struct ClaimCue {
    /// Stable identifier.
    pub id: String,
    /// The words, as written.
    pub words: Vec<String>,
    /// Attitude to the content.
    pub stance: Stance,
    /// Sentences that hold a claim.
    pub examples: Vec<Example>,
    /// Sentences that hold none.
    pub counter_examples: Vec<Example>,
    pub(super) content: Vec<Content>,
    pub(super) markers: WordSet,
    pub(super) subject: ClassSet,
    pub(super) subject_unless: ClassSet,
    pub(super) needs_issue: bool,
}

/// The claim cues of one language.
#[derive(Clone, Debug, Default)]
pub struct ClaimCues {
    pub(super) cues: Vec<ClaimCue>,
    pub(super) phrases: PhraseTable<usize>,
    pub(super) against: WordSet,
    pub(super) favour: WordSet,
    pub(super) addressee: WordSet,
    pub(super) open_quotes: Vec<String>,
    pub(super) close_quotes: Vec<String>,
    pub(super) bullets: Vec<String>,
}

impl ClaimCues {
    /// Reads a `claims.toml`.
    pub fn from_toml(
        file: &str,
        text: &str,
        names: &mut ClassNames,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let rows: File = toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
        let mut all = ClaimCues {
            against: WordSet::new(&rows.markers.against, vocabulary),
            favour: WordSet::new(&rows.markers.favour, vocabulary),
            addressee: WordSet::new(&rows.markers.addressee, vocabulary),
            open_quotes: rows.markers.open_quotes,
            close_quotes: rows.markers.close_quotes,
            bullets: rows.markers.bullets,
            ..ClaimCues::default()
        };
        for row in rows.cue {
            let error = |reason: String, repair: &str| PackError::new(file, &row.id, reason, repair);
            if row.examples.is_empty() || row.counter_examples.is_empty() {
                return Err(error("an example or a counter-example is missing".into(), "write one of each"));
            }
            let mut set = |list: &[String]| {
                list.iter().try_fold(ClassSet::NONE, |set, name| {
                    let class = names.intern(name);
                    class
                        .map(|c| set.join(c))
                        .ok_or_else(|| error("more than 64 classes".into(), "merge two"))
                })
            };
            let (subject, subject_unless) = (set(&row.subject)?, set(&row.subject_unless)?);
            for words in &row.words {
                let added = all.phrases.add(words, all.cues.len(), names, vocabulary);
                added.map_err(|e| error(e, "mend the phrase"))?;
            }
            all.cues.push(ClaimCue {
                stance: row.stance,
                content: row.content,
                markers: WordSet::new(&row.markers, vocabulary),
                subject,
                subject_unless,
                needs_issue: row.needs_issue,
                examples: row.examples,
                counter_examples: row.counter_examples,
                words: row.words,
                id: row.id,
            });
        }
        Ok(all)
    }

    /// All cues.
    pub fn cues(&self) -> &[ClaimCue] {
        &self.cues
    }

    /// Opening and closing quotation marks of the language.
    pub fn quotation_marks(&self) -> (&[String], &[String]) {
        (&self.open_quotes, &self.close_quotes)
    }
}
