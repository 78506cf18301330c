//! The codebook: kinds of action, issues of claims, statuses, relations, with their pages and crosswalks.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::PackError;
use crate::example::Example;

/// Number of a kind in its [`Codebook`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub u16);

/// What a number of people in an argument counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum NumberRole {
    Size,
    Killed,
    Injured,
    Arrested,
    #[default]
    None,
}

/// Executed sentences of one language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// Sentences that must yield the entry.
    #[serde(default)]
    pub positive: Vec<Example>,
    /// Sentences that must not.
    #[serde(default)]
    pub negative: Vec<Example>,
}

/// A kind of action with its page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Identifier, as printed in records.
    pub id: String,
    /// Title of the page.
    pub name: String,
    /// Node above it in the tree of kinds.
    pub parent: String,
    /// What it is.
    pub definition: String,
    /// When to code it.
    #[serde(default)]
    pub code_when: Vec<String>,
    /// When not to.
    #[serde(default)]
    pub do_not_code_when: Vec<String>,
    /// What a number of those who act counts.
    #[serde(default)]
    pub subject_number: NumberRole,
    /// What a number of those acted on counts.
    #[serde(default)]
    pub object_number: NumberRole,
    /// May last several days.
    #[serde(default)]
    pub sustained: bool,
    /// The kind under which mentions of this one are told again (*the protest* for a march).
    pub same_as: Option<String>,
    /// Refusing it is not doing it: a phrase of refusal among its triggers tells it as refused.
    #[serde(default)]
    pub refusable: bool,
    /// Said to be done on a condition (*promised to pay if the strike ends*) it is hypothetical.
    #[serde(default)]
    pub conditional: bool,
    /// Said to come on a condition (*will strike unless they are paid*) it is threatened.
    #[serde(default)]
    pub threat: bool,
    /// Only the way or reason of another collective action that it is said of (*marched in solidarity*), it is none itself.
    #[serde(default)]
    pub yields: bool,
    /// An act of speech: what it is about may lie later than the act itself.
    #[serde(default)]
    pub speech: bool,
    /// The kind that a mention with a day of its own has instead (a mobilisation on the 9th is a rally).
    pub when_dated: Option<String>,
    /// Deaths and injuries that it caused are told with it.
    #[serde(default)]
    pub casualties: bool,
    /// Kinds that take it in: a sentence that tells one of them too tells there where these people fell.
    #[serde(default)]
    pub falls_in: Vec<String>,
    /// Kinds whose means may be its object, which then tell what it was: *fired tear gas* is no shooting.
    #[serde(default)]
    pub yields_to: Vec<String>,
    /// Records of one place and day are told apart by what was acted on.
    #[serde(default)]
    pub split_by_target: bool,
    /// Happens at a spot, with those who act in person: a town, rather than a country, has it.
    #[serde(default)]
    pub scene: bool,
    /// An act of protest by a number of people.
    #[serde(default)]
    pub collective: bool,
    /// How other datasets would code it.
    #[serde(default)]
    pub crosswalk: BTreeMap<String, toml::Table>,
    /// Executed sentences by language.
    #[serde(default)]
    pub examples: BTreeMap<String, Examples>,
}

impl Kind {
    /// What bare numbers beside it count, as in *21 in Omsk and 13 in Kazan*: those acted on, or the crowd that acts.
    pub fn counted(&self) -> NumberRole {
        match self.object_number {
            NumberRole::None if self.collective => self.subject_number,
            role => role,
        }
    }
}

/// An issue, status or relation with its page.
#[derive(Clone, Debug, Deserialize)]
pub struct Entry {
    /// Identifier, as printed in records.
    pub id: String,
    /// Title of the page.
    pub name: String,
    /// What it is.
    pub definition: String,
    /// When to code it.
    #[serde(default)]
    pub code_when: Vec<String>,
    /// When not to.
    #[serde(default)]
    pub do_not_code_when: Vec<String>,
    /// Sentences by language.
    #[serde(default)]
    pub examples: BTreeMap<String, toml::Value>,
    /// How other datasets would code it.
    #[serde(default)]
    pub crosswalk: toml::Table,
}

/// Kinds, issues, statuses, relations.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    kinds: Vec<Kind>,
    parents: BTreeMap<String, String>,
    issues: Vec<Entry>,
    statuses: Vec<Entry>,
    relations: Vec<Entry>,
}

impl Codebook {
    /// Reads the kind pages `(file name, text)`, in any order; they are kept sorted by identifier.
    pub fn with_kinds<'a>(pages: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, PackError> {
        let mut kinds = Vec::new();
        for (file, text) in pages {
            let kind: Kind = toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
            kinds.push(kind);
        }
        kinds.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Codebook { kinds, ..Codebook::default() })
    }

    /// Adds the upper nodes of the tree of kinds.
    pub fn add_tree(&mut self, file: &str, text: &str) -> Result<(), PackError> {
        for node in entries(file, text)? {
            let (Some(id), parent) = (text_of(&node, "id"), text_of(&node, "parent")) else { continue };
            self.parents.insert(id, parent.unwrap_or_default());
        }
        Ok(())
    }

    /// Adds the issues.
    pub fn add_issues(&mut self, file: &str, text: &str) -> Result<(), PackError> {
        self.issues = read_entries(file, text)?;
        Ok(())
    }

    /// Adds the statuses.
    pub fn add_statuses(&mut self, file: &str, text: &str) -> Result<(), PackError> {
        self.statuses = read_entries(file, text)?;
        Ok(())
    }

    /// Adds the relations.
    pub fn add_relations(&mut self, file: &str, text: &str) -> Result<(), PackError> {
        self.relations = read_entries(file, text)?;
        Ok(())
    }

    /// The kind with an identifier.
    pub fn kind(&self, id: &str) -> Option<KindId> {
        self.kinds.binary_search_by(|k| k.id.as_str().cmp(id)).ok().map(|i| KindId(i as u16))
    }

    /// One kind's page.
    pub fn page(&self, kind: KindId) -> &Kind {
        &self.kinds[kind.0 as usize]
    }

    /// All kinds, by identifier.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The issue with an identifier.
    pub fn issue(&self, id: &str) -> Option<&Entry> {
        self.issues.iter().find(|e| e.id == id)
    }

    /// All issues.
    pub fn issues(&self) -> &[Entry] {
        &self.issues
    }

    /// All statuses.
    pub fn statuses(&self) -> &[Entry] {
        &self.statuses
    }

    /// All relations.
    pub fn relations(&self) -> &[Entry] {
        &self.relations
    }

    /// The number of steps between two kinds in the tree: 0 for the same kind, 2 for siblings.
    pub fn distance(&self, a: &str, b: &str) -> usize {
        let path = |id: &str| {
            let mut path = vec![id.to_owned()];
            let mut at = self.kind(id).map(|k| self.page(k).parent.clone());
            while let Some(node) = at.filter(|n| !n.is_empty() && path.len() < 16) {
                at = self.parents.get(&node).cloned();
                path.push(node);
            }
            path
        };
        let (a, b) = (path(a), path(b));
        for (up, node) in a.iter().enumerate() {
            if let Some(down) = b.iter().position(|n| n == node) {
                return up + down;
            }
        }
        a.len() + b.len()
    }
}

fn entries(file: &str, text: &str) -> Result<Vec<toml::Table>, PackError> {
    let table: toml::Table = toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
    let mut found = Vec::new();
    for value in table.values() {
        for item in value.as_array().into_iter().flatten() {
            found.extend(item.as_table().cloned());
        }
    }
    Ok(found)
}

fn text_of(table: &toml::Table, key: &str) -> Option<String> {
    table.get(key)?.as_str().map(str::to_owned)
}

fn read_entries(file: &str, text: &str) -> Result<Vec<Entry>, PackError> {
    entries(file, text)?
        .into_iter()
        .map(|t| Entry::deserialize(t).map_err(|e| PackError::syntax(file, &e)))
        .collect()
}
