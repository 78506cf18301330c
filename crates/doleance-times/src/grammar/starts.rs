//! Which rules can begin at a word or at digits, computed once from their patterns.

use doleance_text::Symbol;

use crate::fields::Field;
use crate::numeral_pack::NumeralPack;
use crate::pattern::{Node, Number};
use crate::phrases::Piece;

use super::Grammar;

/// The rules that can begin at a word, at digits, anywhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Starts {
    by_word: Vec<Vec<(u16, u8)>>,
    by_digits: Vec<(u16, u8)>,
}

impl Starts {
    pub(crate) fn at_word(&self, word: Symbol) -> &[(u16, u8)] {
        self.by_word.get(word.0 as usize).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn at_digits(&self) -> &[(u16, u8)] {
        &self.by_digits
    }

    pub(super) fn add(&mut self, first: &First, rule: u16, program: u8) {
        for symbol in &first.words {
            let slot = symbol.0 as usize;
            if self.by_word.len() <= slot {
                self.by_word.resize_with(slot + 1, Vec::new);
            }
            self.by_word[slot].push((rule, program));
        }
        if first.digits {
            self.by_digits.push((rule, program));
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct First {
    pub(super) words: std::collections::BTreeSet<Symbol>,
    pub(super) digits: bool,
}

impl Grammar {
    /// Computes what each group can begin with, to a fixed point, and fills the indexes.
    pub(super) fn index(
        &mut self,
        nodes: &[Vec<Node>],
        members: &[Vec<usize>],
        numerals: &NumeralPack,
    ) -> Result<(), usize> {
        let mut firsts: Vec<First> = vec![First::default(); members.len()];
        loop {
            let before: Vec<(usize, bool)> = firsts.iter().map(|f| (f.words.len(), f.digits)).collect();
            for (group, rules) in members.iter().enumerate() {
                let mut first = First::default();
                for &rule in rules {
                    for node in &nodes[rule] {
                        self.first(node, &firsts, numerals, &mut first);
                    }
                }
                firsts[group] = first;
            }
            if firsts.iter().map(|f| (f.words.len(), f.digits)).eq(before) {
                break;
            }
        }
        let mut groups = vec![Starts::default(); members.len()];
        for (group, rules) in members.iter().enumerate() {
            for &rule in rules {
                for (program, node) in nodes[rule].iter().enumerate() {
                    let mut first = First::default();
                    if self.first(node, &firsts, numerals, &mut first) {
                        return Err(rule);
                    }
                    groups[group].add(&first, rule as u16, program as u8);
                }
            }
        }
        self.groups = groups;
        Ok(())
    }

    /// Adds what a node can begin with; whether it can match nothing.
    pub(super) fn first(
        &self,
        node: &Node,
        groups: &[First],
        numerals: &NumeralPack,
        into: &mut First,
    ) -> bool {
        match node {
            Node::Piece(Piece::Word(word)) => {
                into.words.insert(*word);
                false
            }
            Node::Piece(Piece::Digits { .. }) => {
                into.digits = true;
                false
            }
            Node::Glued | Node::Open | Node::Close => true,
            Node::List(list) => {
                into.words.extend(self.lists[*list].first_words());
                false
            }
            Node::Class(class, _) => {
                into.words.extend(self.classes[*class].first_words());
                false
            }
            Node::Number(number, field) => {
                into.digits = true;
                if let Some((_, class)) = self.number_words.iter().find(|(f, _)| f == field) {
                    into.words.extend(self.classes[*class].first_words());
                }
                if matches!(number, Number::Amount | Number::Several) {
                    into.words.extend(numerals.numerals.first_words());
                    into.words.extend(numerals.singular.first_words());
                    into.words.extend(numerals.half_before.first_words());
                    if let Some((_, class)) = self.number_words.iter().find(|(f, _)| *f == Field::Amount) {
                        into.words.extend(self.classes[*class].first_words());
                    }
                }
                false
            }
            Node::Group(group, _) => {
                let first = &groups[*group];
                into.words.extend(first.words.iter().copied());
                into.digits |= first.digits;
                false
            }
            Node::Optional(inner) => {
                self.first(inner, groups, numerals, into);
                true
            }
            Node::Choice(choices) => {
                choices.iter().fold(false, |empty, c| self.first(c, groups, numerals, into) | empty)
            }
            Node::Sequence(nodes) => nodes.iter().all(|n| self.first(n, groups, numerals, into)),
        }
    }
}
