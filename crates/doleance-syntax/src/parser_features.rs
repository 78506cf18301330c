//! The features from which the parser's moves and relations are decided.
//!
//! Names follow the literature (Zhang and Nivre 2011): `s0` is the top of the stack, `b0` the first word of the buffer,
//! `s0l` its leftmost dependent.

use crate::hash::mix;
use crate::parser_state::{Move, Node, State};

struct Collector<'f> {
    features: &'f mut Vec<u64>,
    template: u64,
}

impl Collector<'_> {
    #[inline(always)]
    fn one(&mut self, a: u64) {
        self.template += 1;
        self.features.push(mix(mix(self.template << 40, a), 0x22));
    }

    #[inline(always)]
    fn two(&mut self, a: u64, b: u64) {
        self.template += 1;
        self.features.push(mix(mix(self.template << 40, a), b));
    }

    #[inline(always)]
    fn three(&mut self, a: u64, b: u64, c: u64) {
        self.template += 1;
        self.features.push(mix(mix(mix(self.template << 40, a), b), c));
    }

    #[inline(always)]
    fn four(&mut self, a: u64, b: u64, c: u64, d: u64) {
        self.template += 1;
        self.features.push(mix(mix(mix(mix(self.template << 40, a), b), c), d));
    }
}

/// Distance between two words in a few steps.
fn distance(from: u32, to: u32) -> u64 {
    match from.abs_diff(to) {
        d @ 0..=4 => u64::from(d),
        5..=6 => 5,
        7..=10 => 6,
        11..=20 => 7,
        _ => 8,
    }
}

/// What lies between two words: verbs, commas and conjunctions, counted up to three, two and one.
fn between(first: &Node, second: &Node) -> u64 {
    let count = |a: u16, b: u16, most: u16| u64::from(b.saturating_sub(a).min(most));
    count(first.verbs_before, second.verbs_before, 3) * 16
        + count(first.commas_before, second.commas_before, 3) * 4
        + count(first.conjunctions_before, second.conjunctions_before, 2)
}

/// Features of a state, for the choice of a move.
pub(crate) fn move_features(state: &State, features: &mut Vec<u64>) {
    features.clear();
    let node = |i: u32| &state.nodes[i as usize];
    let (s0i, s1i, s2i) = (state.stack_at(0), state.stack_at(1), state.stack_at(2));
    let (b0i, b1i, b2i) = (state.buffer_at(0), state.buffer_at(1), state.buffer_at(2));
    let (s0, s1, s2) = (node(s0i), node(s1i), node(s2i));
    let (b0, b1, b2) = (node(b0i), node(b1i), node(b2i));
    let (s0l, s0r) = (node(s0.left[0]), node(s0.right[0]));
    let (s1l, s1r) = (node(s1.left[0]), node(s1.right[0]));
    let b0l = node(b0.left[0]);
    let (s0l2, s0r2, s1r2, b0l2) = (node(s0.left[1]), node(s0.right[1]), node(s1.right[1]), node(b0.left[1]));
    let label = |n: &Node| u64::from(n.relation);
    let mut c = Collector { features, template: 1000 };

    c.one(s0.lower_tag);
    c.one(s0.lower);
    c.one(s0.bundle);
    c.two(s0.lemma, s0.tag);
    c.one(b0.lower_tag);
    c.one(b0.lower);
    c.one(b0.bundle);
    c.two(b0.lemma, b0.tag);
    c.one(b1.lower_tag);
    c.one(b1.bundle);
    c.one(b2.lower_tag);
    c.one(b2.tag);
    c.one(s1.lower_tag);
    c.one(s1.bundle);
    c.two(s1.lemma, s1.tag);
    c.one(s2.lower_tag);
    c.one(s2.tag);

    c.two(s0.lower_tag, b0.lower_tag);
    c.two(s0.lower_tag, b0.tag);
    c.two(s0.tag, b0.lower_tag);
    c.two(s0.bundle, b0.bundle);
    c.two(s0.lemma, b0.lemma);
    c.two(s0.lemma, b0.bundle);
    c.two(s0.bundle, b0.lemma);
    c.two(s1.lower_tag, s0.lower_tag);
    c.two(s1.lower_tag, s0.tag);
    c.two(s1.tag, s0.lower_tag);
    c.two(s1.bundle, s0.bundle);
    c.two(s1.lemma, s0.lemma);
    c.two(s1.lemma, s0.bundle);
    c.two(s1.bundle, s0.lemma);
    c.two(s1.lower_tag, b0.tag);
    c.two(s1.tag, b0.lower_tag);
    c.two(b0.lower_tag, b1.tag);
    c.two(b0.tag, b1.lower_tag);

    c.three(s0.tag, b0.tag, b1.tag);
    c.four(s0.tag, b0.tag, b1.tag, b2.tag);
    c.three(s1.tag, s0.tag, b0.tag);
    c.four(s1.tag, s0.tag, b0.tag, b1.tag);
    c.three(s2.tag, s1.tag, s0.tag);
    c.four(s2.tag, s1.tag, s0.tag, b0.tag);
    c.three(s1.lemma, s0.tag, b0.tag);
    c.three(s1.tag, s0.lemma, b0.tag);
    c.three(s1.tag, s0.tag, b0.lemma);
    c.three(s0.bundle, b0.bundle, b1.bundle);
    c.three(s1.bundle, s0.bundle, b0.bundle);
    c.three(s0.lemma, b0.tag, b1.tag);
    c.three(s0.tag, b0.lemma, b1.tag);
    c.three(s0.tag, b0.tag, b1.lemma);

    c.three(s0.tag, s0l.tag, b0.tag);
    c.three(s0.tag, s0r.tag, b0.tag);
    c.three(s0.tag, b0.tag, b0l.tag);
    c.three(s1.tag, s1r.tag, s0.tag);
    c.three(s1.tag, s1l.tag, s0.tag);
    c.three(s1.tag, s0.tag, s0l.tag);
    c.three(s1.tag, s0.tag, s0r.tag);
    c.three(s0.tag, s0l.lower, b0.tag);
    c.three(s1.lemma, s0.tag, s0l.lower);
    c.four(s1.lemma, s0.lemma, s0l.lower, s0.tag);
    c.three(s1.tag, s0.lemma, s0l.lower);
    c.four(s1.tag, s0.tag, s0l.lower, b0.tag);
    c.three(s0.lemma, b0.tag, b0l.lower);
    c.three(s0.tag, b0.tag, b0l.lower);
    c.three(s0.tag, b0.lemma, b0l.lower);
    c.four(s1.tag, s1r.lower, s0.tag, s0l.lower);

    let (near, far) = (distance(s0i, b0i), distance(s1i, s0i));
    c.two(s0.lower_tag, near);
    c.two(s0.tag, near);
    c.two(b0.lower_tag, near);
    c.three(s0.tag, b0.tag, near);
    c.three(s1.tag, s0.tag, far);
    c.two(s1.lower_tag, far);
    c.two(s0.lower_tag, far);
    c.three(s0.tag, b0.tag, between(s0, b0));
    c.three(s1.tag, s0.tag, between(s1, s0));
    c.three(s1.tag, b0.tag, between(s1, b0));
    c.four(s1.tag, s0.tag, b0.tag, between(s0, b0));

    let right = |n: &Node| u64::from(n.right_count);
    let left = |n: &Node| u64::from(n.left_count);
    c.two(s0.lower_tag, right(s0));
    c.two(s0.tag, right(s0));
    c.two(s0.lower_tag, left(s0));
    c.two(s0.tag, left(s0));
    c.two(s1.lower_tag, right(s1));
    c.two(s1.tag, right(s1));
    c.two(b0.lower_tag, left(b0));
    c.two(b0.tag, left(b0));

    c.two(s0.lemma, s0.right_set);
    c.two(s0.tag, s0.right_set);
    c.two(s0.tag, s0.left_set);
    c.three(s0.bundle, s0.left_set, b0.tag);
    c.two(s1.lemma, s1.right_set);
    c.two(s1.tag, s1.right_set);
    c.three(s1.tag, s1.right_set, s0.tag);
    c.three(s1.bundle, s1.left_set, s0.tag);
    c.two(b0.lemma, b0.left_set);
    c.three(s0.tag, b0.tag, b0.left_set);
    c.four(s0.tag, s0.right_set, b0.tag, b0.left_set);
    c.four(s0.tag, s0.left_set, b0.tag, b0.left_set);
    c.four(s1.tag, s0.tag, s0.left_set, b0.tag);

    c.three(s0.tag, label(s0l), label(s0l2));
    c.three(s0.tag, label(s0r), label(s0r2));
    c.three(s1.tag, label(s1r), label(s1r2));
    c.three(b0.tag, label(b0l), label(b0l2));
    c.three(s1.tag, s0.tag, label(s1r));
    c.three(s0.tag, b0.tag, label(s0r));
    c.four(s0.tag, s0r.tag, b0.tag, label(s0r));
    c.four(s0.lower, s0r.lower, b0.tag, label(s0r));
    c.two(s0.tag, (s1i == state.nobody()) as u64 * 2 + (b0i == state.words()) as u64);
}

/// Features of an arc about to be drawn, for the choice of its relation.
pub(crate) fn relation_features(
    state: &State,
    chosen: Move,
    head: u32,
    dependent: u32,
    features: &mut Vec<u64>,
) {
    features.clear();
    let node = |i: u32| &state.nodes[i as usize];
    let (h, d) = (node(head), node(dependent));
    let nobody = state.nobody();
    let words = state.words();
    let before = |i: u32| node(if i == 0 { nobody } else { i - 1 });
    let after = |i: u32| node(if i < words { i + 1 } else { nobody });
    let (d_before, d_after) = (before(dependent), after(dependent));
    let (h_before, h_after) = (before(head), after(head));
    let (dl, dr) = (node(d.left[0]), node(d.right[0]));
    let (inner, outer_set) =
        if chosen == Move::Left { (node(h.left[0]), h.right_set) } else { (node(h.right[0]), h.left_set) };
    let inner_set = if chosen == Move::Left { h.left_set } else { h.right_set };
    let side = chosen as u64;
    let far = distance(head, dependent) * 2 + side;
    let label = |n: &Node| u64::from(n.relation);
    let mut c = Collector { features, template: 2000 };
    c.two(side, d.lower_tag);
    c.three(side, d.lemma, d.tag);
    c.two(side, d.bundle);
    c.two(side, h.lower_tag);
    c.two(side, h.bundle);
    c.three(side, h.lemma, h.tag);
    c.three(side, h.tag, d.tag);
    c.three(side, h.bundle, d.bundle);
    c.three(side, h.lemma, d.tag);
    c.three(side, h.tag, d.lemma);
    c.three(side, h.lemma, d.lemma);
    c.three(side, h.lower_tag, d.lower_tag);
    c.three(side, h.lower, d.bundle);
    c.three(side, h.bundle, d.lower);
    c.three(far, h.tag, d.tag);
    c.two(far, d.tag);
    c.two(far, d.lower_tag);
    c.three(side, d.tag, between(if side == 1 { d } else { h }, if side == 1 { h } else { d }));
    c.four(side, h.tag, d.tag, between(if side == 1 { d } else { h }, if side == 1 { h } else { d }));
    c.four(side, h.tag, d.tag, dl.lower);
    c.four(side, h.lemma, d.tag, dl.lower);
    c.four(side, h.tag, d.lemma, dl.lower);
    c.four(side, h.lemma, d.lemma, dl.lower);
    c.four(side, h.bundle, d.tag, dl.lemma);
    c.three(side, d.bundle, dl.lower);
    c.three(side, d.bundle, dl.tag);
    c.four(side, h.tag, d.tag, d.left_set);
    c.four(side, h.tag, d.bundle, d.left_set);
    c.four(side, h.tag, d.tag, d.right_set);
    c.four(side, h.tag, d.bundle, label(dr));
    c.four(side, h.tag, d.tag, dr.tag);
    c.four(side, h.tag, d.tag, inner_set);
    c.four(side, h.bundle, d.tag, inner_set);
    c.four(side, h.lemma, d.tag, inner_set);
    c.four(side, h.tag, d.tag, outer_set);
    c.four(side, h.bundle, d.tag, outer_set);
    c.four(side, h.tag, d.tag, label(inner));
    c.four(side, h.tag, d.bundle, label(inner));
    c.four(side, h.tag, inner.tag, d.tag);
    c.four(side, h.tag, d.tag, d_before.tag);
    c.four(side, h.tag, d.tag, d_after.tag);
    c.four(side, h.tag, d.tag, h_before.tag);
    c.four(side, h.tag, d.tag, h_after.tag);
    c.three(side, d.tag, d_before.lower);
    c.three(side, d.tag, d_after.lower);
    c.three(side, d.lower_tag, d_before.tag);
    c.three(side, d.lower_tag, d_after.tag);
    c.three(side, h.lower_tag, h_after.tag);
    c.three(side, h.lower_tag, h_before.tag);
}
