//! Interned strings: each distinct string of a document is stored once and named by a number.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use crate::ud;

/// The name of an interned string, valid in the [`Strings`] that made it.
///
/// Symbols below [`ud::COMMON`]'s length are the same in every [`Strings`]: relations can be compared
/// with constants such as [`ud::NSUBJ`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

/// A table of interned strings, laid end to end in one buffer.
#[derive(Clone, Debug)]
pub struct Strings {
    buffer: String,
    ends: Vec<u32>,
    table: HashTable<u32>,
}

impl Default for Strings {
    fn default() -> Self {
        Self::new()
    }
}

impl Strings {
    /// A table that holds the relations of Universal Dependencies under their constant symbols.
    pub fn new() -> Self {
        let mut strings = Strings {
            buffer: String::with_capacity(4096),
            ends: Vec::with_capacity(512),
            table: HashTable::new(),
        };
        for (number, name) in ud::COMMON.iter().enumerate() {
            let symbol = strings.intern(name);
            debug_assert_eq!(symbol.0 as usize, number);
        }
        strings
    }

    /// The symbol of `text`, which is stored if it is new.
    pub fn intern(&mut self, text: &str) -> Symbol {
        let hash = FxBuildHasher.hash_one(text);
        if let Some(&found) = self.table.find(hash, |&i| self.get(Symbol(i)) == text) {
            return Symbol(found);
        }
        let number = self.ends.len() as u32;
        self.buffer.push_str(text);
        self.ends.push(self.buffer.len() as u32);
        let (buffer, ends) = (&self.buffer, &self.ends);
        self.table.insert_unique(hash, number, |&i| FxBuildHasher.hash_one(slice(buffer, ends, i)));
        Symbol(number)
    }

    /// The symbol of `text` if it has one.
    pub fn find(&self, text: &str) -> Option<Symbol> {
        let hash = FxBuildHasher.hash_one(text);
        self.table.find(hash, |&i| self.get(Symbol(i)) == text).map(|&i| Symbol(i))
    }

    /// The string that `symbol` names.
    ///
    /// # Panics
    /// If `symbol` comes from another table with more strings.
    pub fn get(&self, symbol: Symbol) -> &str {
        slice(&self.buffer, &self.ends, symbol.0)
    }

    /// The number of distinct strings.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none: never, as the common ones are always there.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

fn slice<'a>(buffer: &'a str, ends: &[u32], number: u32) -> &'a str {
    let start = if number == 0 { 0 } else { ends[number as usize - 1] };
    &buffer[start as usize..ends[number as usize] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_string_has_one_symbol_and_reads_back() {
        let mut strings = Strings::new();
        let words = ["grève", "", "nsubj", "штурм", "grève"];
        let symbols: Vec<_> = words.iter().map(|w| strings.intern(w)).collect();
        assert_eq!(symbols[0], symbols[4]);
        assert_eq!(symbols[1], ud::EMPTY);
        assert_eq!(symbols[2], ud::NSUBJ);
        for (word, symbol) in words.iter().zip(&symbols) {
            assert_eq!(strings.get(*symbol), *word);
        }
        assert_eq!(strings.find("absent"), None);
    }
}
