//! The actor lexicon of one language: words and word sequences with role, sector and flags.
//!
//! The file is described in `docs/actors.md`. A section is a rule with its own examples and counter-examples, which
//! [`crate::check`] executes.

use doleance_packs::PackError;
use rustc_hash::FxHashMap;

use crate::mention::RuleId;
use crate::role::{RoleId, Roles, SectorId};
use crate::words::{WordId, Words};

/// What a lexicon row says about its word beyond role and sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Flags(u16);

impl Flags {
    /// Also when tagged as an adjective or participle.
    pub const ADJECTIVE: Flags = Flags(1);
    /// A collective noun.
    pub const COLLECTIVE: Flags = Flags(2);
    /// Its role comes from its complement (*a group of students*).
    pub const CONTAINER: Flags = Flags(4);
    /// An institution, which may carry a proper name.
    pub const INSTITUTION: Flags = Flags(8);
    /// A public office, whose holder's name is kept.
    pub const OFFICE: Flags = Flags(16);
    /// Only in the plural.
    pub const PLURAL: Flags = Flags(32);
    /// In the singular only with a determiner (*personne* by itself is "nobody").
    pub const DETERMINED: Flags = Flags(128);
    /// No actor: keeps the words in it from being read as one (*customs union*).
    pub const NOBODY: Flags = Flags(256);
    /// Only with a complement, a number, a name or a verb of human action.
    pub const WEAK: Flags = Flags(64);

    /// Whether all of `other` are set.
    pub const fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    fn parse(name: &str) -> Option<Flags> {
        Some(match name {
            "adj" => Flags::ADJECTIVE,
            "coll" => Flags::COLLECTIVE,
            "container" => Flags::CONTAINER,
            "det" => Flags::DETERMINED,
            "inst" => Flags::INSTITUTION,
            "nobody" => Flags::NOBODY,
            "office" => Flags::OFFICE,
            "plural" => Flags::PLURAL,
            "weak" => Flags::WEAK,
            _ => return None,
        })
    }
}

/// Number of a row of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct EntryId(pub u32);

/// A row of the lexicon.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub text: String,
    pub role: RoleId,
    pub sector: Option<SectorId>,
    pub flags: Flags,
    pub section: u16,
    /// Whether it names one organisation (*CGT*, *Force ouvrière*).
    pub is_name: bool,
}

/// A group of rows under one rule id.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub id: String,
    pub examples: Vec<String>,
    pub counter_examples: Vec<String>,
}

/// A row of several words.
#[derive(Clone, Debug)]
pub(crate) struct Sequence {
    pub words: Vec<WordId>,
    pub entry: EntryId,
}

/// All rows of a language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    pub entries: Vec<Entry>,
    pub sections: Vec<Section>,
    single: Vec<Option<EntryId>>,
    sequences: Vec<Sequence>,
    starting: FxHashMap<WordId, Vec<u32>>,
}

impl Lexicon {
    /// Adds the rows of one file. `is_name` says that they are names of organisations.
    pub fn add(
        &mut self,
        file: &str,
        text: &str,
        is_name: bool,
        roles: &Roles,
        words: &mut Words,
    ) -> Result<(), PackError> {
        for (number, line) in text.lines().enumerate() {
            let place = || format!("line {}", number + 1);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(id) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                self.sections.push(Section {
                    id: id.to_owned(),
                    examples: Vec::new(),
                    counter_examples: Vec::new(),
                });
                continue;
            }
            let Some(section) = self.sections.last_mut() else {
                let repair = "open a section with its rule id in brackets";
                return Err(PackError::new(file, place(), "a row stands before any section", repair));
            };
            let mut fields = line.split('\t');
            let word = fields.next().unwrap_or_default();
            let field = fields.next().unwrap_or_default();
            match word {
                "+" => section.examples.push(field.to_owned()),
                "-" => section.counter_examples.push(field.to_owned()),
                _ => {
                    let unknown = |what: &str, name: &str| {
                        let reason = format!("{what} `{name}` is not in the codebook");
                        PackError::new(file, format!("{} ({word})", place()), reason, "use one of roles.toml")
                    };
                    let role = roles.find_role(field).ok_or_else(|| unknown("role", field))?;
                    let sector = match fields.next().filter(|s| !s.is_empty()) {
                        None => None,
                        Some(name) => Some(roles.find_sector(name).ok_or_else(|| unknown("sector", name))?),
                    };
                    let mut flags = Flags::default();
                    for name in fields.next().unwrap_or_default().split(',').filter(|f| !f.is_empty()) {
                        flags.0 |= Flags::parse(name).ok_or_else(|| unknown("flag", name))?.0;
                    }
                    let section = self.sections.len() as u16 - 1;
                    let entry = Entry { text: word.to_owned(), role, sector, flags, section, is_name };
                    self.insert(entry, words).map_err(|reason| {
                        PackError::new(file, format!("{} ({word})", place()), reason, "keep one of them")
                    })?;
                }
            }
        }
        for section in &self.sections {
            if section.examples.is_empty() || section.counter_examples.is_empty() {
                let repair = "add a line with + and one with -";
                return Err(PackError::new(
                    file,
                    &section.id,
                    "lacks an example or a counter-example",
                    repair,
                ));
            }
        }
        Ok(())
    }

    /// Adds a rule without rows.
    pub fn add_rule(
        &mut self,
        file: &str,
        id: String,
        examples: Vec<String>,
        counter_examples: Vec<String>,
    ) -> Result<RuleId, PackError> {
        if examples.is_empty() || counter_examples.is_empty() {
            return Err(PackError::new(file, id, "lacks an example or a counter-example", "add one of each"));
        }
        self.sections.push(Section { id, examples, counter_examples });
        Ok(RuleId(self.sections.len() as u16 - 1))
    }

    fn insert(&mut self, entry: Entry, words: &mut Words) -> Result<(), String> {
        let id = EntryId(self.entries.len() as u32);
        // Some tokenizers split at hyphens: "passer-by" is also three words.
        if entry.text.contains('-') {
            let split: Vec<WordId> = entry
                .text
                .replace('-', " - ")
                .split(' ')
                .filter(|w| !w.is_empty())
                .map(|w| words.intern(w))
                .collect();
            if let Some(&first) = split.first() {
                self.starting.entry(first).or_default().push(self.sequences.len() as u32);
                self.sequences.push(Sequence { words: split, entry: id });
            }
        }
        let sequence: Vec<WordId> = entry.text.split(' ').map(|w| words.intern(w)).collect();
        if let [word] = sequence[..] {
            let index = word.0 as usize;
            if self.single.len() <= index {
                self.single.resize(index + 1, None);
            }
            if self.single[index].is_some() {
                return Err("the word is listed twice".to_owned());
            }
            self.single[index] = Some(id);
            words.mark_entry(word);
        } else if let Some(&first) = sequence.first() {
            let rivals = self.starting.entry(first).or_default();
            if rivals.iter().any(|&r| self.sequences[r as usize].words == sequence) {
                return Err("the words are listed twice".to_owned());
            }
            rivals.push(self.sequences.len() as u32);
            self.sequences.push(Sequence { words: sequence, entry: id });
        }
        self.entries.push(entry);
        Ok(())
    }

    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    pub fn single(&self, word: WordId) -> Option<EntryId> {
        self.single.get(word.0 as usize).copied().flatten()
    }

    pub fn starting_with(&self, word: WordId) -> impl Iterator<Item = &Sequence> {
        self.starting.get(&word).into_iter().flatten().map(|&i| &self.sequences[i as usize])
    }
}
