//! The arc-hybrid transition system: a stack, a buffer, three moves.
//!
//! `Shift` moves the first word of the buffer to the stack; `Left` makes the top of the stack a dependent of the first
//! word of the buffer; `Right` makes it a dependent of the word below it. The root stands behind the last word and
//! takes exactly one dependent. A sentence of n words is read in 2n moves.

use crate::hash::mix;
use crate::words::Sentence;

/// A move of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Move {
    Shift,
    Left,
    Right,
}

impl Move {
    /// All moves, in the order of their numbers.
    pub(crate) const ALL: [Move; 3] = [Move::Shift, Move::Left, Move::Right];
}

/// No relation yet.
pub(crate) const NO_RELATION: u8 = u8::MAX;

/// What the parser sees of a word, and the arcs it has got so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub lower: u64,
    pub lemma: u64,
    pub tag: u64,
    pub bundle: u64,
    /// Form and part of speech.
    pub lower_tag: u64,
    pub left: [u32; 2],
    pub right: [u32; 2],
    pub left_set: u64,
    pub right_set: u64,
    pub left_count: u8,
    pub right_count: u8,
    pub relation: u8,
    pub head: u32,
    /// Verbs, commas and conjunctions before this word, to tell what lies between two words.
    pub verbs_before: u16,
    pub commas_before: u16,
    pub conjunctions_before: u16,
}

/// Numbers of the parts of speech that count as barriers between two words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Barriers {
    pub verb: u8,
    pub punctuation: u8,
    pub conjunction: u8,
}

/// Barriers in Universal Dependencies.
pub(crate) const BARRIERS: Barriers = Barriers {
    verb: doleance_text::ud::Upos::Verb as u8,
    punctuation: doleance_text::ud::Upos::Punct as u8,
    conjunction: doleance_text::ud::Upos::Cconj as u8,
};

/// A sentence half read.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// The words, then the root, then a node that stands for "no such word".
    pub nodes: Vec<Node>,
    pub stack: Vec<u32>,
    /// First word of the buffer; the number of words when only the root is left.
    pub next: u32,
}

impl State {
    /// Sets up for a tagged sentence.
    pub(crate) fn start(&mut self, sentence: &Sentence) {
        let words = sentence.len();
        let nobody = words as u32 + 1;
        let empty = Node {
            lower: 7,
            lemma: 7,
            tag: 77,
            bundle: 777,
            lower_tag: 7777,
            left: [nobody; 2],
            right: [nobody; 2],
            left_set: 0,
            right_set: 0,
            left_count: 0,
            right_count: 0,
            relation: NO_RELATION,
            head: nobody,
            verbs_before: 0,
            commas_before: 0,
            conjunctions_before: 0,
        };
        self.nodes.clear();
        let (mut verbs, mut commas, mut conjunctions) = (0u16, 0u16, 0u16);
        for i in 0..words {
            let upos = sentence.upos[i];
            let lower = sentence.views[i].lower;
            self.nodes.push(Node {
                lower,
                lemma: sentence.lemmas[i],
                tag: u64::from(upos),
                bundle: u64::from(upos) << 16 | u64::from(sentence.bundles[i]) | 1 << 32,
                lower_tag: mix(lower, u64::from(upos)),
                verbs_before: verbs,
                commas_before: commas,
                conjunctions_before: conjunctions,
                ..empty
            });
            verbs = verbs.saturating_add(u16::from(upos == BARRIERS.verb));
            commas = commas.saturating_add(u16::from(upos == BARRIERS.punctuation));
            conjunctions = conjunctions.saturating_add(u16::from(upos == BARRIERS.conjunction));
        }
        self.nodes.push(Node {
            lower: 3,
            lemma: 3,
            tag: 33,
            bundle: 333,
            lower_tag: 3333,
            verbs_before: verbs,
            commas_before: commas,
            conjunctions_before: conjunctions,
            ..empty
        });
        self.nodes.push(empty);
        self.stack.clear();
        self.next = 0;
    }

    /// The number of words.
    pub(crate) fn words(&self) -> u32 {
        self.nodes.len() as u32 - 2
    }

    /// The number of the node that stands for "no such word".
    pub(crate) fn nobody(&self) -> u32 {
        self.nodes.len() as u32 - 1
    }

    /// The word at a depth of the stack, from zero for the top.
    pub(crate) fn stack_at(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(depth + 1).map_or(self.nobody(), |i| self.stack[i])
    }

    /// A word of the buffer, from zero; the root after the last word.
    pub(crate) fn buffer_at(&self, place: u32) -> u32 {
        let at = self.next + place;
        if at <= self.words() { at } else { self.nobody() }
    }

    /// A number that tells where in a sentence two ways of reading it meet: the same next word and the same words on top
    /// of a stack of the same depth.
    pub(crate) fn place(&self) -> u64 {
        let top = self.stack.iter().rev().take(4);
        let place = u64::from(self.next) << 32 | self.stack.len() as u64;
        top.fold(place, |place, &word| mix(place, u64::from(word)))
    }

    /// Whether all words have their head.
    pub(crate) fn is_done(&self) -> bool {
        self.next == self.words() && self.stack.is_empty()
    }

    /// Whether a move can be made. Until the end at least one can.
    pub(crate) fn allows(&self, candidate: Move) -> bool {
        let at_root = self.next == self.words();
        match candidate {
            Move::Shift => !at_root,
            Move::Left => !self.stack.is_empty() && (!at_root || self.stack.len() == 1),
            Move::Right => self.stack.len() >= 2,
        }
    }

    /// Head and dependent of the arc that a move would draw.
    pub(crate) fn arc(&self, candidate: Move) -> Option<(u32, u32)> {
        match candidate {
            Move::Shift => None,
            Move::Left => Some((self.next, self.stack_at(0))),
            Move::Right => Some((self.stack_at(1), self.stack_at(0))),
        }
    }

    /// Makes a move; `relation` names the arc it draws.
    pub(crate) fn make(&mut self, chosen: Move, relation: u8) {
        let Some((head, dependent)) = self.arc(chosen) else {
            self.stack.push(self.next);
            self.next += 1;
            return;
        };
        self.stack.pop();
        let node = &mut self.nodes[dependent as usize];
        node.head = head;
        node.relation = relation;
        let head = &mut self.nodes[head as usize];
        let bit = 1u64 << (relation & 63);
        if chosen == Move::Left {
            head.left = [dependent, head.left[0]];
            head.left_set |= bit;
            head.left_count = head.left_count.saturating_add(1);
        } else {
            head.right = [dependent, head.right[0]];
            head.right_set |= bit;
            head.right_count = head.right_count.saturating_add(1);
        }
    }
}

/// How many gold arcs a move makes unreachable (Goldberg and Nivre 2013). `gold` holds heads, the root as the number of
/// words.
pub(crate) fn cost(state: &State, gold: &[u32], candidate: Move) -> u32 {
    let top = state.stack_at(0);
    let next = state.next;
    let words = state.words();
    let in_buffer = |word: u32| word >= next && word <= words;
    match candidate {
        Move::Left | Move::Right => {
            let head = gold[top as usize];
            let below = state.stack_at(1);
            let lost_head = match candidate {
                Move::Left => head != next && (head == below || in_buffer(head)),
                _ => in_buffer(head),
            };
            let lost_dependents = (next..words).filter(|&w| gold[w as usize] == top).count() as u32;
            u32::from(lost_head) + lost_dependents
        }
        Move::Shift => {
            let head = gold[next as usize];
            let deep = state.stack.len().saturating_sub(1);
            let lost_head = state.stack[..deep].contains(&head);
            let lost_dependents = state.stack.iter().filter(|&&w| gold[w as usize] == next).count() as u32;
            u32::from(lost_head) + lost_dependents
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::WordView;

    fn sentence(words: usize) -> Sentence {
        let mut sentence = Sentence { views: vec![WordView::default(); words], ..Sentence::default() };
        sentence.resize();
        sentence
    }

    #[test]
    fn following_moves_without_cost_rebuilds_the_tree() {
        // Les grévistes bloquent le port: heads 1, 2, root, 4, 2.
        let gold = [1, 2, 5, 4, 2];
        let mut state = State::default();
        state.start(&sentence(5));
        let mut moves = 0;
        while !state.is_done() {
            let best = Move::ALL
                .into_iter()
                .find(|&m| state.allows(m) && cost(&state, &gold, m) == 0)
                .expect("a projective tree has a path without cost");
            state.make(best, 0);
            moves += 1;
        }
        assert_eq!(moves, 10);
        for (word, head) in gold.iter().enumerate() {
            assert_eq!(state.nodes[word].head, *head);
        }
    }
}
