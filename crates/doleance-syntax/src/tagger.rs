//! Parts of speech, feature bundles and lemmas of a sentence, word by word from the left.

use crate::hash::{hash_bytes, mix};
use crate::linear::{Scores, argmax};
use crate::model::{Classifiers, SyntaxModel};
use crate::tagger_features::{bundle_features, lemma_features, upos_features};
use crate::words::{Sentence, lower_into};

/// Scratch space, kept from sentence to sentence.
#[derive(Debug)]
pub(crate) struct Scratch {
    pub features: Vec<u64>,
    pub scores: Scores,
    pub lemma: String,
}

impl Default for Scratch {
    fn default() -> Self {
        Scratch { features: Vec::new(), scores: [0; 256], lemma: String::new() }
    }
}

/// The dictionary key of a word with a part of speech.
pub(crate) fn word_key(lower: u64, upos: u8) -> u64 {
    mix(mix(lower, 0xA0), u64::from(upos))
}

/// The dictionary key of a word with a part of speech and a bundle.
pub(crate) fn bundle_key(lower: u64, upos: u8, bundle: u16) -> u64 {
    mix(mix(mix(lower, 0xB0), u64::from(upos)), u64::from(bundle))
}

/// Decides parts of speech and bundles of a sentence whose views are set.
pub(crate) fn tag(
    model: &SyntaxModel,
    weights: &Classifiers<'_>,
    sentence: &mut Sentence,
    scratch: &mut Scratch,
) {
    sentence.resize();
    for i in 0..sentence.len() {
        upos_features(sentence, i, &mut scratch.features);
        sentence.upos[i] = weights.upos.best(&scratch.features, &mut scratch.scores) as u8;
    }
    for i in 0..sentence.len() {
        sentence.bundles[i] = bundle(model, weights, sentence, i, scratch);
    }
}

fn bundle(
    model: &SyntaxModel,
    weights: &Classifiers<'_>,
    sentence: &Sentence,
    i: usize,
    scratch: &mut Scratch,
) -> u16 {
    let upos = sentence.upos[i];
    if let Some(known) = weights.bundle_dictionary.get(word_key(sentence.views[i].lower, upos)) {
        return known;
    }
    let Some(allowed) = model.bundles_of.get(upos as usize) else { return 0 };
    match allowed.as_slice() {
        [] => return 0,
        [only] => return *only,
        _ => {}
    }
    bundle_features(sentence, i, &mut scratch.features);
    let scores = weights.bundles.score(&scratch.features, &mut scratch.scores);
    let score = |bundle: u16| scores.get(bundle as usize).copied().unwrap_or(i32::MIN);
    let mut best = allowed[0];
    for &candidate in allowed {
        if score(candidate) > score(best) {
            best = candidate;
        }
    }
    best
}

/// Writes the lemma of word `i`, whose analysed form is `form`, into the scratch space and notes its hash.
pub(crate) fn lemmatize(
    model: &SyntaxModel,
    weights: &Classifiers<'_>,
    sentence: &mut Sentence,
    i: usize,
    form: &str,
    scratch: &mut Scratch,
) {
    let (view, upos, bundle) = (sentence.views[i], sentence.upos[i], sentence.bundles[i]);
    let known = weights
        .lemma_dictionary
        .get(bundle_key(view.lower, upos, bundle))
        .or_else(|| weights.lemma_dictionary.get(word_key(view.lower, upos)));
    let mut done = known.is_some_and(|script| model.apply_script(script, form, &mut scratch.lemma));
    if !done {
        lemma_features(&view, upos, bundle, &mut scratch.features);
        let scores = weights.lemmas.score(&scratch.features, &mut scratch.scores);
        // A script may ask for more characters than a form has: then the next best is tried.
        for _ in 0..3 {
            let best = argmax(scores);
            done = model.apply_script(best as u16, form, &mut scratch.lemma);
            match scores.get_mut(best) {
                Some(score) if !done => *score = i32::MIN,
                _ => break,
            }
        }
    }
    if !done {
        lower_into(form, &mut scratch.lemma);
    }
    sentence.lemmas[i] = hash_bytes(scratch.lemma.as_bytes());
}
