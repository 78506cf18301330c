//! What a report says about who acts or is acted on.

use doleance_packs::{ClassSet, Classes};
use doleance_text::{Span, TokenId};

use crate::persons::PersonMention;
use crate::role::{RoleId, SectorId};
use crate::words::DocumentWords;

/// A noun phrase or pronoun that names persons, groups or organisations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorMention {
    /// The whole noun phrase without relative clauses, in bytes.
    pub span: Span,
    /// The word on which the phrase hangs in the tree (*centaines* in *des centaines de manifestants*).
    pub head: TokenId,
    /// The word that bears the role (*manifestants*).
    pub core: TokenId,
    /// The words that bear the role, without determiner and complement (*gilets jaunes*), in bytes.
    pub core_span: Span,
    /// Role of the codebook.
    pub role: RoleId,
    /// Sector of the codebook.
    pub sector: Option<SectorId>,
    /// Classes that triggers select by.
    pub classes: ClassSet,
    /// Name of an organisation that they are or belong to.
    pub organisation: Option<Span>,
    /// Name of a person in public office or leading a public organisation. Names of others are never kept.
    pub name: Option<Span>,
    /// Whether a singular form names several people (*crowd*, *la police*) or an organisation.
    pub is_group: bool,
    /// Whether it stands before the noun that it modifies (*police raid*, *student protest*): an argument of that noun.
    pub attributive: bool,
    /// Whether it is a pronoun.
    pub is_pronoun: bool,
    /// The earlier mention that it refers to, as an index into [`Actors::mentions`].
    pub antecedent: Option<usize>,
    /// Number of the rule that found it; [`crate::ActorPack::rule`] gives its id.
    pub rule: RuleId,
}

/// Number of a rule of an [`crate::ActorPack`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u16);

/// The actors of a document, in text order, with the way from words to them.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    /// All mentions, by the start of their span.
    pub mentions: Vec<ActorMention>,
    /// Names of persons, public and private, in text order: what the policy on persons hides.
    pub persons: Vec<PersonMention>,
    of_token: Vec<u32>,
    pub(crate) words: DocumentWords,
}

impl Actors {
    pub(crate) fn new(tokens: usize, words: DocumentWords) -> Self {
        Actors { mentions: Vec::new(), persons: Vec::new(), of_token: vec![0; tokens], words }
    }

    /// Adds a mention for which the given words stand. A word keeps the first mention that claimed it.
    pub(crate) fn push(&mut self, mention: ActorMention, words: impl IntoIterator<Item = TokenId>) -> usize {
        self.mentions.push(mention);
        let number = self.mentions.len() as u32;
        for word in words {
            let slot = &mut self.of_token[word.index()];
            if *slot == 0 {
                *slot = number;
            }
        }
        self.mentions.len() - 1
    }

    /// The mention whose head, core or name a word is, as an index into [`Actors::mentions`].
    pub fn at(&self, token: TokenId) -> Option<usize> {
        self.of_token.get(token.index())?.checked_sub(1).map(|i| i as usize)
    }

    /// The mention whose head, core or name a word is.
    pub fn mention_at(&self, token: TokenId) -> Option<&ActorMention> {
        self.at(token).map(|i| &self.mentions[i])
    }

    /// The classes of a word, through its mention and, for a pronoun, what it refers to.
    pub fn classes(&self, token: TokenId) -> ClassSet {
        self.mention_at(token).map_or(ClassSet::NONE, |m| m.classes)
    }

    /// The first mention in the chain of antecedents that says most about who is meant.
    pub fn referent(&self, index: usize) -> usize {
        let mut at = index;
        // Antecedents always come earlier, so the walk ends.
        while let Some(earlier) = self.mentions[at].antecedent.filter(|&e| e < at) {
            at = earlier;
        }
        at
    }

    /// Adds the classes of persons to `classes`, which has one set per token.
    pub fn add_to(&self, classes: &mut Classes) {
        for (slot, &number) in classes.iter_mut().zip(&self.of_token) {
            if let Some(index) = number.checked_sub(1) {
                *slot = slot.join(self.mentions[index as usize].classes);
            }
        }
    }

    /// Lets further words stand for a mention.
    pub(crate) fn claim(&mut self, index: usize, words: impl IntoIterator<Item = TokenId>) {
        for word in words {
            self.of_token[word.index()] = index as u32 + 1;
        }
    }

    /// Keeps only some mentions.
    pub(crate) fn retain(&mut self, keep: impl Fn(&ActorMention) -> bool) {
        let mut new_number = vec![None; self.mentions.len()];
        let mut count = 0;
        for (old, mention) in self.mentions.iter().enumerate() {
            if keep(mention) {
                new_number[old] = Some(count);
                count += 1;
            }
        }
        for slot in &mut self.of_token {
            if let Some(old) = slot.checked_sub(1) {
                *slot = new_number[old as usize].map_or(0, |new: usize| new as u32 + 1);
            }
        }
        self.mentions.retain(keep);
        for mention in &mut self.mentions {
            mention.antecedent = mention.antecedent.and_then(|old| new_number[old]);
        }
    }

    /// Puts the mentions in text order.
    pub(crate) fn sort(&mut self) {
        let mut order: Vec<u32> = (0..self.mentions.len() as u32).collect();
        order.sort_by_key(|&i| {
            let mention = &self.mentions[i as usize];
            (mention.span.start, mention.head)
        });
        let mut new_number = vec![0u32; order.len()];
        for (new, &old) in order.iter().enumerate() {
            new_number[old as usize] = new as u32;
        }
        for slot in &mut self.of_token {
            if let Some(old) = slot.checked_sub(1) {
                *slot = new_number[old as usize] + 1;
            }
        }
        let mut sorted: Vec<ActorMention> =
            order.iter().map(|&i| self.mentions[i as usize].clone()).collect();
        for mention in &mut sorted {
            mention.antecedent = mention.antecedent.map(|old| new_number[old] as usize);
        }
        self.mentions = sorted;
    }
}
