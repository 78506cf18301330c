//! Punctuation, attached anew when the tree of the words stands.
//!
//! Where a comma or quotation mark belongs depends on the whole phrase that it closes or opens, which a parser that
//! goes from left to right does not know yet. The candidates are those that cross no arc: the phrases that end just
//! before the mark, those that begin just after it, and the word above both. A ranker learned from treebanks chooses.

use doleance_text::ud::Upos;

use crate::hash::{hash_bytes, mix};
use crate::linear::Linear;
use crate::words::Sentence;

const PUNCTUATION: u8 = Upos::Punct as u8;

/// Most phrases looked at on each side of a mark.
const LONGEST_CHAIN: usize = 12;

/// Where a candidate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Above,
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    word: u32,
    side: Side,
    depth: u32,
    is_top: bool,
}

/// The tree of the words without the marks, and scratch space.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    is_mark: Vec<bool>,
    first: Vec<u32>,
    last: Vec<u32>,
    order: Vec<u32>,
    candidates: Vec<Candidate>,
    partner: Vec<u32>,
}

impl Phrases {
    /// Looks at a parsed sentence. `relation` is the number of the relation of punctuation.
    pub(crate) fn read(&mut self, sentence: &Sentence, relation: u8) {
        let words = sentence.len();
        let is_mark = |i: usize| sentence.upos[i] == PUNCTUATION && sentence.relations[i] == relation;
        self.is_mark.clear();
        self.is_mark.extend((0..words).map(is_mark));
        // A mark that a word depends on, directly or not, is a word of the tree.
        for i in 0..words {
            let mut at = i;
            while !self.is_mark[at] {
                at = sentence.heads[at] as usize;
                if at >= words || !self.is_mark[at] {
                    break;
                }
                self.is_mark[at] = false;
            }
        }
        self.first.clear();
        self.first.extend(0..words as u32);
        self.last.clone_from(&self.first);
        // Words below others first, so that one pass widens all spans.
        depth_order(&sentence.heads, &mut self.order);
        for &i in &self.order {
            let head = sentence.heads[i as usize] as usize;
            if head < words && !self.is_mark[i as usize] {
                self.first[head] = self.first[head].min(self.first[i as usize]);
                self.last[head] = self.last[head].max(self.last[i as usize]);
            }
        }
        pair_marks(sentence, &self.is_mark, &mut self.partner);
    }

    /// Whether a word is a mark to attach.
    pub(crate) fn is_mark(&self, i: usize) -> bool {
        self.is_mark[i]
    }

    /// Finds the candidates of the mark `i` and gives their words.
    pub(crate) fn candidates(&mut self, sentence: &Sentence, i: usize) -> usize {
        let words = sentence.len();
        self.candidates.clear();
        let left = (0..i).rev().find(|&w| !self.is_mark[w]);
        let right = (i + 1..words).find(|&w| !self.is_mark[w]);
        let mut above = words as u32;
        for (side, start) in [(Side::Left, left), (Side::Right, right)] {
            let Some(start) = start else { continue };
            let mut at = start;
            let mut depth = 0;
            loop {
                let beside = match side {
                    Side::Left => (self.last[at] as usize) < i,
                    _ => self.first[at] as usize > i,
                };
                if !beside || depth as usize == LONGEST_CHAIN {
                    above = at as u32;
                    break;
                }
                let word = at as u32;
                self.candidates.push(Candidate { word, side, depth, is_top: false });
                depth += 1;
                let head = sentence.heads[at] as usize;
                if head >= words {
                    break;
                }
                at = head;
            }
            if let Some(top) = self.candidates.last_mut()
                && top.side == side
            {
                top.is_top = true;
            }
        }
        if (above as usize) < words && self.candidates.iter().all(|c| c.word != above) {
            self.candidates.push(Candidate { word: above, side: Side::Above, depth: 0, is_top: false });
        }
        self.candidates.len()
    }

    /// The word of a candidate.
    pub(crate) fn word(&self, candidate: usize) -> u32 {
        self.candidates[candidate].word
    }

    /// Features of a candidate for the mark `i`.
    pub(crate) fn features(&self, sentence: &Sentence, i: usize, candidate: usize, features: &mut Vec<u64>) {
        features.clear();
        let words = sentence.len();
        let c = self.candidates[candidate];
        let word = c.word as usize;
        let relation = |w: usize| sentence.relations.get(w).map_or(99, |&r| u64::from(r) + 1);
        let tag = |w: Option<usize>| w.and_then(|w| sentence.upos.get(w)).map_or(98, |&t| u64::from(t));
        let lower = |w: usize| sentence.views.get(w).map_or(97, |v| v.lower);
        let top = |side: Side| {
            let top = self.candidates.iter().rev().find(|t| t.side == side);
            top.map_or(96, |t| relation(t.word as usize))
        };
        let mark = lower(i);
        let side = c.side as u64;
        let depth = u64::from(c.depth.min(4)) * 2 + u64::from(c.is_top);
        let own = relation(word);
        let above = if (sentence.heads[word] as usize) < words {
            relation(sentence.heads[word] as usize)
        } else {
            95
        };
        let other_end = match c.side {
            Side::Left => (self.first[word] as usize).checked_sub(1),
            Side::Right => Some(self.last[word] as usize + 1),
            Side::Above => None,
        };
        let closing = other_end.filter(|&w| w < words && self.is_mark[w]).map_or(94, lower);
        let partner = self.partner[i] as usize;
        let inside = if partner >= words {
            3
        } else {
            let (from, to) = (partner.min(i), partner.max(i));
            let (first, last) = (self.first[word] as usize, self.last[word] as usize);
            let head = sentence.heads[word] as usize;
            let head_outside = head >= words || head < from || head > to;
            if first > from && last < to {
                4 + u64::from(head_outside)
            } else if word > from && word < to {
                6 + u64::from(head_outside)
            } else {
                8
            }
        };
        let (before, after) = (i.checked_sub(1), Some(i + 1));
        let next = after.map_or(93, lower);
        let at_end = u64::from((i + 1..words).all(|w| self.is_mark[w]));
        let upos = tag(Some(word));
        let length = u64::from((self.last[word] - self.first[word]).min(9));
        let (left_top, right_top) = (top(Side::Left), top(Side::Right));
        let mut template = 8000u64;
        let mut push = |values: &[u64]| {
            template += 1;
            let seed = mix(mix(template << 40, mark), side);
            features.push(values.iter().fold(seed, |hash, &value| mix(hash, value)));
        };
        push(&[depth]);
        push(&[own]);
        push(&[own, depth]);
        push(&[own, upos]);
        push(&[own, above]);
        push(&[own, above, depth]);
        push(&[own, tag(after)]);
        push(&[own, tag(before)]);
        push(&[own, next]);
        push(&[own, closing]);
        push(&[own, closing, depth]);
        push(&[inside]);
        push(&[inside, depth]);
        push(&[inside, own]);
        push(&[at_end, own]);
        push(&[at_end, depth]);
        push(&[at_end, length, depth]);
        push(&[left_top, right_top]);
        push(&[left_top, right_top, depth]);
        push(&[left_top, right_top, own]);
        push(&[left_top, right_top, own, depth]);
        push(&[own, upos, tag(before), tag(after)]);
        push(&[own, length]);
        push(&[depth, tag(after), tag(before)]);
        push(&[hash_bytes(b"first"), u64::from(i == 0), own]);
    }
}

/// Orders words so that each comes before its head. Words in a circle are left out.
fn depth_order(heads: &[u32], order: &mut Vec<u32>) {
    let words = heads.len();
    let mut open = vec![0u32; words];
    heads.iter().filter(|&&h| (h as usize) < words).for_each(|&h| open[h as usize] += 1);
    order.clear();
    order.extend((0..words as u32).filter(|&w| open[w as usize] == 0));
    let mut next = 0;
    while next < order.len() {
        let head = heads[order[next] as usize] as usize;
        if head < words {
            open[head] -= 1;
            if open[head] == 0 {
                order.push(head as u32);
            }
        }
        next += 1;
    }
}

/// Finds for each mark the mark of the same or the mirrored form that pairs with it; the number of words where none.
fn pair_marks(sentence: &Sentence, is_mark: &[bool], partner: &mut Vec<u32>) {
    let words = sentence.len();
    partner.clear();
    partner.resize(words, words as u32);
    let known: [(u64, u64); 9] = [
        ("(", ")"),
        ("[", "]"),
        ("«", "»"),
        ("“", "”"),
        ("\"", "\""),
        ("``", "''"),
        ("'", "'"),
        ("—", "—"),
        ("–", "–"),
    ]
    .map(|(a, b)| (hash_bytes(a.as_bytes()), hash_bytes(b.as_bytes())));
    let mut open: [Option<usize>; 9] = [None; 9];
    for i in (0..words).filter(|&i| is_mark[i]) {
        let lower = sentence.views[i].lower;
        for (kind, (opening, closing)) in known.iter().enumerate() {
            match open[kind] {
                Some(start) if lower == *closing => {
                    partner[start] = i as u32;
                    partner[i] = start as u32;
                    open[kind] = None;
                }
                _ if lower == *opening => open[kind] = Some(i),
                _ => {}
            }
        }
    }
}

/// Attaches the marks of a parsed sentence anew.
pub(crate) fn attach(
    ranker: &Linear<'_>,
    relation: u8,
    sentence: &mut Sentence,
    phrases: &mut Phrases,
    features: &mut Vec<u64>,
) {
    if !sentence.upos.contains(&PUNCTUATION) {
        return;
    }
    phrases.read(sentence, relation);
    let mut scores = [0; 256];
    for i in 0..sentence.len() {
        if !phrases.is_mark(i) {
            continue;
        }
        let mut best: Option<(i32, u32)> = None;
        for candidate in 0..phrases.candidates(sentence, i) {
            phrases.features(sentence, i, candidate, features);
            let found = ranker.score(features, &mut scores).first().copied().unwrap_or(0);
            if best.is_none_or(|(score, _)| found > score) {
                best = Some((found, phrases.word(candidate)));
            }
        }
        if let Some((_, head)) = best {
            sentence.heads[i] = head;
        }
    }
}
