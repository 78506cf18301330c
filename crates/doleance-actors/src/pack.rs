//! What a language knows about actors, read from its data files.
//!
//! Made once per language and shared by all reports. Nothing here reads a file: the caller hands in the texts.

use doleance_packs::{ClassNames, ClassSet, PackError};
use doleance_text::{Document, TokenId};
use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::coreference::{Pronoun, PronounRow};
use crate::lexicon::Lexicon;
use crate::mention::RuleId;
use crate::quantity_rules::QuantityRules;
use crate::role::{RoleId, Roles};
use crate::words::{Candidates, Spelling, WordId, Words};

/// The texts of the data files that make an [`ActorPack`].
#[derive(Clone, Copy, Debug)]
pub struct ActorSources<'a> {
    /// `codebook/roles.toml`
    pub roles: &'a str,
    /// `languages/LL/actors.toml`
    pub settings: &'a str,
    /// `languages/LL/actors.tsv`
    pub nouns: &'a str,
    /// `languages/LL/actors-organisations.tsv`
    pub organisations: &'a str,
    /// `languages/LL/actors-sectors.tsv`
    pub sectors: &'a str,
    /// `languages/LL/actors-quantities.toml`
    pub quantities: &'a str,
    /// `languages/LL/actors-names.tsv`
    pub first_names: &'a str,
}

/// Actor lexicon and rules of one language.
#[derive(Clone, Debug)]
pub struct ActorPack {
    pub(crate) roles: Roles,
    pub(crate) words: Words,
    pub(crate) lexicon: Lexicon,
    pub(crate) rules: Rules,
    pub(crate) quantities: QuantityRules,
    pub(crate) persons: PersonRules,
    sector_of: Vec<Option<crate::role::SectorId>>,
}

/// Which end of a word sequence bears its meaning where the tree does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SequenceHead {
    First,
    Last,
}

/// A set of words.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordSet {
    members: Vec<bool>,
}

impl WordSet {
    fn new(list: &[String], words: &mut Words) -> Self {
        let mut set = WordSet::default();
        for word in list {
            let index = words.intern(word).0 as usize;
            if set.members.len() <= index {
                set.members.resize(index + 1, false);
            }
            set.members[index] = true;
        }
        set
    }

    /// Adds the sequences of one word.
    fn with(mut self, sequences: &[Vec<WordId>]) -> Self {
        for sequence in sequences {
            if let [word] = sequence[..] {
                let index = word.0 as usize;
                if self.members.len() <= index {
                    self.members.resize(index + 1, false);
                }
                self.members[index] = true;
            }
        }
        self
    }

    pub fn has(&self, word: WordId) -> bool {
        self.members.get(word.0 as usize).copied().unwrap_or(false)
    }

    pub fn has_any(&self, words: Candidates) -> bool {
        words.into_iter().any(|w| self.has(w))
    }
}

/// Word lists of `actors.toml`, numbered.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub sequence_head: SequenceHead,
    pub complement_cases: WordSet,
    pub human_verbs: WordSet,
    /// The class of persons and groups of persons.
    pub people: ClassSet,
    /// The classes of those who have an employer.
    pub employed: ClassSet,
    /// The role of persons of whom nothing more is known.
    pub people_role: Option<RoleId>,
    /// Small words inside the name of an organisation.
    pub name_links: WordSet,
    pub company_endings: WordSet,
    pub organisation_role: Option<RoleId>,
    pub company_role: Option<RoleId>,
    pub state_role: Option<RoleId>,
    pub organisations: ClassSet,
    /// Classes of those who give figures.
    pub speakers: ClassSet,
    pub company: ClassSet,
    pub force: ClassSet,
    pub authority: ClassSet,
    /// Classes that may have a sector.
    pub with_sector: ClassSet,
    /// Classes by which one noun phrase takes up another.
    pub comparable: ClassSet,
    pub organisation_rule: RuleId,
    pub definite: WordSet,
    pub takes_up: WordSet,
    pub pronouns: Vec<Pronoun>,
    pub pronoun_rule: RuleId,
    pub person_rule: RuleId,
}

/// How a language writes names of persons.
#[derive(Clone, Debug, Default)]
pub(crate) struct PersonRules {
    pub titles: WordSet,
    pub particles: WordSet,
    pub marker: String,
    first_names: FxHashSet<String>,
}

impl PersonRules {
    pub fn is_first_name(&self, form: &str) -> bool {
        self.first_names.contains(form)
    }
}

/// A rule with its examples, as `actors.toml` gives it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    id: String,
    examples: Vec<String>,
    counter_examples: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonRow {
    id: String,
    titles: Vec<String>,
    particles: Vec<String>,
    marker: String,
    examples: Vec<String>,
    counter_examples: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    sequence_head: SequenceHead,
    endings: Vec<(String, String)>,
    inclusive_endings: Vec<String>,
    inclusive_separators: String,
    prefixes: Vec<String>,
    name_links: Vec<String>,
    company_endings: Vec<String>,
    complement_cases: Vec<String>,
    human_verbs: Vec<String>,
    definite: Vec<String>,
    takes_up: Vec<String>,
    organisations: RuleRow,
    pronouns: RuleRow,
    pronoun: Vec<PronounRow>,
    persons: PersonRow,
}

impl ActorPack {
    /// The role of people of whom nothing more is said.
    pub fn people_role(&self) -> Option<RoleId> {
        self.rules.people_role
    }

    /// Reads the data files of one language. Classes get their bits in `names`, which all packs of a program share.
    pub fn parse(sources: ActorSources<'_>, names: &mut ClassNames) -> Result<Self, PackError> {
        let roles = Roles::from_toml("roles.toml", sources.roles, names)?;
        let settings: Settings =
            toml::from_str(sources.settings).map_err(|e| PackError::syntax("actors.toml", &e))?;
        let mut words = Words::new(Spelling {
            endings: settings.endings,
            inclusive: settings.inclusive_endings,
            separators: settings.inclusive_separators.chars().collect(),
            prefixes: settings.prefixes,
        });
        let mut lexicon = Lexicon::default();
        lexicon.add("actors.tsv", sources.nouns, false, &roles, &mut words)?;
        lexicon.add("actors-organisations.tsv", sources.organisations, true, &roles, &mut words)?;
        let sector_of = read_sectors(sources.sectors, &roles, &mut words)?;
        let PersonRow { id, titles, particles, marker, examples, counter_examples } = settings.persons;
        let person_rule = lexicon.add_rule("actors.toml", id, examples, counter_examples)?;
        let RuleRow { id, examples, counter_examples } = settings.pronouns;
        let pronoun_rule = lexicon.add_rule("actors.toml", id, examples, counter_examples)?;
        let RuleRow { id, examples, counter_examples } = settings.organisations;
        let organisation_rule = lexicon.add_rule("actors.toml", id, examples, counter_examples)?;
        let class = |name: &str| names.find(name).unwrap_or_default();
        let persons = PersonRules {
            titles: WordSet::new(&titles, &mut words),
            particles: WordSet::new(&particles, &mut words),
            marker,
            first_names: sources
                .first_names
                .lines()
                .filter(|l| !l.is_empty() && !l.starts_with('#'))
                .map(str::to_owned)
                .collect(),
        };
        let quantities = QuantityRules::from_toml("actors-quantities.toml", sources.quantities, &mut words)?;
        let rules = Rules {
            sequence_head: settings.sequence_head,
            complement_cases: WordSet::new(&settings.complement_cases, &mut words),
            human_verbs: WordSet::new(&settings.human_verbs, &mut words).with(&quantities.speaker_verbs),
            people: class("people"),
            employed: class("workers"),
            people_role: roles.find_role("people"),
            name_links: WordSet::new(&settings.name_links, &mut words),
            company_endings: WordSet::new(&settings.company_endings, &mut words),
            organisation_role: roles.find_role("organisation"),
            company_role: roles.find_role("company"),
            state_role: roles.find_role("state"),
            organisations: class("organisation"),
            speakers: ["organisation", "police", "authority", "leader", "company"]
                .into_iter()
                .fold(ClassSet::NONE, |set, name| set.join(class(name))),
            company: class("company"),
            force: class("force"),
            authority: class("authority"),
            with_sector: ["workers", "company", "union", "students"]
                .into_iter()
                .fold(ClassSet::NONE, |set, name| set.join(class(name))),
            comparable: [
                "protesters",
                "workers",
                "students",
                "residents",
                "police",
                "army",
                "prisoner",
                "union",
            ]
            .into_iter()
            .fold(ClassSet::NONE, |set, name| set.join(class(name))),
            organisation_rule,
            definite: WordSet::new(&settings.definite, &mut words),
            takes_up: WordSet::new(&settings.takes_up, &mut words),
            pronouns: Pronoun::read(settings.pronoun, &mut words),
            pronoun_rule,
            person_rule,
        };
        Ok(ActorPack { roles, words, lexicon, rules, quantities, persons, sector_of })
    }

    /// Roles and sectors of the codebook.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// The id of a rule, as printed in records.
    pub fn rule(&self, rule: RuleId) -> &str {
        self.lexicon.sections.get(usize::from(rule.0)).map_or("", |s| &s.id)
    }

    /// The id of a group of words that gives a quantity its kind.
    pub fn quantity_rule(&self, rule: RuleId) -> &str {
        self.quantities.groups.get(usize::from(rule.0)).map_or("", |g| &g.id)
    }

    /// How many words and word sequences name actors.
    pub fn len(&self) -> usize {
        self.lexicon.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lexicon.entries.is_empty()
    }

    pub(crate) fn sector_of(&self, words: Candidates) -> Option<crate::role::SectorId> {
        words.into_iter().find_map(|w| self.sector_of.get(w.0 as usize).copied().flatten())
    }

    /// The classes that a single word has by the lexicon alone, without its surroundings: fast, and blind to sequences,
    /// ambiguous words and pronouns. [`crate::Actors::classes`] knows these.
    pub fn classes_of(&self, document: &Document, token: TokenId) -> ClassSet {
        if !document.upos(token).is_nominal() {
            return ClassSet::NONE;
        }
        let form = self.words.read(document.form(token));
        let lemma = self.words.read(document.lemma(token));
        [form.exact, lemma.exact, lemma.plain, form.plain, form.derived, lemma.derived]
            .into_iter()
            .find_map(|w| self.lexicon.single(w))
            .map(|id| self.lexicon.entry(id))
            .filter(|e| !e.flags.has(crate::Flags::WEAK) && !e.flags.has(crate::Flags::CONTAINER))
            .map_or(ClassSet::NONE, |e| self.roles.role(e.role).classes)
    }
}

fn read_sectors(
    text: &str,
    roles: &Roles,
    words: &mut Words,
) -> Result<Vec<Option<crate::role::SectorId>>, PackError> {
    let file = "actors-sectors.tsv";
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let place = || format!("line {}", number + 1);
        let Some((word, name)) = line.split_once('\t') else {
            return Err(PackError::new(file, place(), "has no tab", "write word, tab, sector"));
        };
        let Some(sector) = roles.find_sector(name) else {
            let reason = format!("sector `{name}` is not in the codebook");
            return Err(PackError::new(file, place(), reason, "use one of roles.toml"));
        };
        let index = words.intern(word).0 as usize;
        if found.len() <= index {
            found.resize(index + 1, None);
        }
        found[index] = Some(sector);
    }
    Ok(found)
}
