//! Tables of fixed phrases, found by their first word and matched on atoms.

use doleance_text::{Strings, Symbol};

use crate::atoms::{self, Atom, Shape};

/// One atom of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Word(Symbol),
    Digits { number: u64, digits: u8 },
}

impl Piece {
    pub(crate) fn of(atom: &Atom) -> Self {
        match atom.shape {
            Shape::Digits => Piece::Digits { number: atom.number, digits: atom.digits },
            _ => Piece::Word(atom.word),
        }
    }

    pub(crate) fn matches(self, atom: &Atom) -> bool {
        match self {
            Piece::Word(word) => atom.shape != Shape::Digits && atom.word == word,
            Piece::Digits { number, digits } => {
                atom.shape == Shape::Digits && atom.number == number && atom.digits == digits
            }
        }
    }
}

/// The atoms of a phrase as written in a pack.
pub(crate) fn pieces(vocabulary: &mut Strings, phrase: &str) -> Box<[Piece]> {
    atoms::read_into(vocabulary, phrase).iter().map(Piece::of).collect()
}

/// Phrases with a value each. Phrases that begin with digits are not found.
#[derive(Clone, Debug)]
pub(crate) struct PhraseTable<V> {
    by_first: Vec<Vec<(Box<[Piece]>, V)>>,
}

impl<V> Default for PhraseTable<V> {
    fn default() -> Self {
        PhraseTable { by_first: Vec::new() }
    }
}

impl<V> PhraseTable<V> {
    /// Adds a phrase; `false` if it holds no word to be found by.
    pub(crate) fn insert(&mut self, vocabulary: &mut Strings, phrase: &str, value: V) -> bool {
        let pieces = pieces(vocabulary, phrase);
        let Some(&Piece::Word(first)) = pieces.first() else { return false };
        let slot = first.0 as usize;
        if self.by_first.len() <= slot {
            self.by_first.resize_with(slot + 1, Vec::new);
        }
        self.by_first[slot].push((pieces, value));
        // Longest first, so that the first match is the longest.
        self.by_first[slot].sort_by_key(|(pieces, _)| std::cmp::Reverse(pieces.len()));
        true
    }

    /// The longest phrase that begins at atom `at`: the atom after it and its value.
    pub(crate) fn longest(&self, atoms: &[Atom], at: usize) -> Option<(usize, &V)> {
        let first = atoms.get(at)?;
        let candidates = self.by_first.get(first.word.0 as usize)?;
        candidates.iter().find_map(|(pieces, value)| {
            let stretch = atoms.get(at..at + pieces.len())?;
            let matches = pieces.iter().zip(stretch).all(|(piece, atom)| piece.matches(atom))
                && stretch[1..].iter().all(|atom| !atom.fresh);
            matches.then_some((at + pieces.len(), value))
        })
    }

    /// The longest phrase that ends before atom `end`: its first atom and its value.
    pub(crate) fn longest_before(&self, atoms: &[Atom], end: usize) -> Option<(usize, &V)> {
        (end.saturating_sub(6)..end).find_map(|start| {
            self.longest(atoms, start).and_then(|(stop, value)| (stop == end).then_some((start, value)))
        })
    }

    /// The symbols that phrases begin with.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = Symbol> + '_ {
        self.by_first
            .iter()
            .enumerate()
            .filter(|(_, entries)| !entries.is_empty())
            .map(|(number, _)| Symbol(number as u32))
    }
}
