//! The features from which parts of speech, feature bundles and lemmas are decided.

use crate::hash::mix;
use crate::words::{Sentence, WordView};

/// Hashes that stand for the places before the first and after the last word.
const BEFORE: u64 = 0x5151;
const AFTER: u64 = 0xE4E4;

fn outside(hash: u64) -> WordView {
    WordView {
        lower: hash,
        suffix: [hash; 5],
        prefix: [hash; 3],
        shape: hash,
        lexical: hash,
        inflection: hash,
    }
}

fn view(sentence: &Sentence, at: isize) -> WordView {
    if at < 0 {
        outside(BEFORE)
    } else {
        sentence.views.get(at as usize).copied().unwrap_or_else(|| outside(AFTER))
    }
}

struct Collector<'f> {
    features: &'f mut Vec<u64>,
    template: u64,
}

impl Collector<'_> {
    #[inline(always)]
    fn one(&mut self, a: u64) {
        self.template += 1;
        self.features.push(mix(mix(self.template << 40, a), 0x11));
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
}

/// Features for the part of speech of word `i`; those of the words before are decided, and so are, in a second
/// reading, those of the words after.
pub(crate) fn upos_features(sentence: &Sentence, i: usize, features: &mut Vec<u64>) {
    features.clear();
    let at = i as isize;
    let word = sentence.views[i];
    let (before, before2) = (view(sentence, at - 1), view(sentence, at - 2));
    let (after, after2) = (view(sentence, at + 1), view(sentence, at + 2));
    let tag = |at: isize| if at < 0 { 99 } else { u64::from(sentence.upos[at as usize]) };
    let (tag1, tag2) = (tag(at - 1), tag(at - 2));
    let start = u64::from(i == 0);
    let mut c = Collector { features, template: 0 };
    c.one(word.lower);
    c.two(word.lower, word.shape);
    for suffix in word.suffix {
        c.one(suffix);
    }
    for prefix in &word.prefix[1..] {
        c.one(*prefix);
    }
    c.two(word.shape, start);
    c.two(word.shape, word.suffix[2]);
    c.two(word.shape, before.lower);
    c.two(word.shape, tag1);
    c.one(before.lower);
    c.one(before2.lower);
    c.one(after.lower);
    c.one(after2.lower);
    c.two(before.lower, word.lower);
    c.two(word.lower, after.lower);
    c.two(before.lower, after.lower);
    c.two(before2.lower, before.lower);
    c.one(tag1);
    c.two(tag1, tag2);
    c.two(tag1, word.lower);
    c.three(tag1, tag2, word.lower);
    c.three(tag1, word.lower, after.lower);
    c.two(tag1, after.lower);
    c.two(tag1, word.suffix[2]);
    c.two(tag1, after.suffix[2]);
    c.one(after.suffix[2]);
    c.one(before.suffix[2]);
    c.one(after2.suffix[1]);
    c.two(after.shape, word.shape);
    c.two(word.suffix[1], after.suffix[1]);
    c.two(word.suffix[2], after.suffix[2]);
    c.one(word.inflection);
    c.two(word.inflection, tag1);
    if word.lexical != 0 {
        c.one(word.lexical);
        c.two(word.lexical, word.shape);
        c.two(word.lexical, tag1);
        c.three(word.lexical, tag1, tag2);
        c.two(word.lexical, after.lexical);
        c.three(word.lexical, tag1, after.lexical);
        c.two(word.lexical, after.lower);
    }
    c.template = 60;
    c.one(after.lexical);
    c.one(before.lexical);
    c.two(tag1, after.lexical);
    c.two(after.lexical, after2.lexical);
}

/// Features for the bundle of word `i`: parts of speech are decided for all words, bundles for the words before.
pub(crate) fn bundle_features(sentence: &Sentence, i: usize, features: &mut Vec<u64>) {
    features.clear();
    let at = i as isize;
    let word = sentence.views[i];
    let upos = u64::from(sentence.upos[i]);
    let tag = |at: isize| match usize::try_from(at).ok().and_then(|at| sentence.upos.get(at)) {
        Some(tag) => u64::from(*tag),
        None => 99,
    };
    let bundle = |at: isize| if at < 0 { 999 } else { u64::from(sentence.bundles[at as usize]) };
    let (before, before2, before3) = (view(sentence, at - 1), view(sentence, at - 2), view(sentence, at - 3));
    let (after, after2) = (view(sentence, at + 1), view(sentence, at + 2));
    let mut c = Collector { features, template: 100 };
    c.two(upos, word.lower);
    for suffix in word.suffix {
        c.two(upos, suffix);
    }
    c.two(upos, word.shape);
    c.three(upos, word.shape, word.suffix[2]);
    c.two(upos, word.inflection);
    c.three(upos, word.inflection, word.suffix[1]);
    c.three(upos, word.inflection, bundle(at - 1));
    c.three(upos, word.inflection, bundle(at - 2));
    c.three(upos, word.inflection, after.inflection);
    c.three(upos, word.inflection, before.lower);
    c.three(upos, word.lower, before.lower);
    c.three(upos, word.lower, after.lower);
    c.two(upos, before.lower);
    c.two(upos, before2.lower);
    c.two(upos, after.lower);
    c.two(upos, after2.lower);
    c.two(upos, bundle(at - 1));
    c.three(upos, bundle(at - 1), bundle(at - 2));
    c.three(upos, word.suffix[1], bundle(at - 1));
    c.three(upos, word.suffix[2], bundle(at - 1));
    c.three(upos, word.lower, bundle(at - 1));
    c.three(upos, word.lower, bundle(at - 2));
    c.three(upos, word.suffix[1], bundle(at - 2));
    c.three(upos, word.suffix[1], after.suffix[1]);
    c.three(upos, after.suffix[1], tag(at + 1));
    c.three(upos, word.lower, tag(at - 1));
    c.three(upos, word.lower, tag(at + 1));
    c.three(upos, tag(at - 1), tag(at + 1));
    c.three(upos, word.suffix[1], before.lower);
    c.three(upos, word.suffix[1], before2.lower);
    c.three(upos, word.suffix[1], before3.lower);
    c.three(upos, before.lower, before2.lower);
}

/// Features for the lemma of a form that is in no dictionary.
pub(crate) fn lemma_features(view: &WordView, upos: u8, bundle: u16, features: &mut Vec<u64>) {
    features.clear();
    let upos = u64::from(upos);
    let bundle = u64::from(bundle);
    let mut c = Collector { features, template: 200 };
    c.one(upos);
    c.two(upos, bundle);
    for suffix in view.suffix {
        c.two(upos, suffix);
        c.three(upos, suffix, bundle);
    }
    for prefix in &view.prefix[1..] {
        c.two(upos, *prefix);
    }
    c.two(upos, view.lower);
    c.two(upos, view.shape);
    c.three(upos, view.shape, view.suffix[2]);
}
