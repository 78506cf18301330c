//! Training of parts of speech, feature bundles and lemmas.

use hashbrown::HashMap;

use super::vocabulary::{Gold, Vocabulary};
use super::{Options, side_by_side};
use crate::dictionary::freeze_dictionary;
use crate::lemma::Script;
use crate::linear::{MOST_CLASSES, Perceptron, argmax, epoch_order, freeze_sum};
use crate::model::{Section, SyntaxModel};
use crate::tagger::{self, bundle_key, word_key};
use crate::tagger_features::{bundle_features, lemma_features, upos_features};
use crate::words::Sentence;

/// Empty classifiers, so that a model opens before it is trained.
pub(crate) fn placeholders(put: &mut impl FnMut(Section, Vec<u8>)) {
    put(Section::Upos, Perceptron::new(17).freeze(0));
    put(Section::Bundles, Perceptron::new(1).freeze(0));
    put(Section::Lemmas, Perceptron::new(1).freeze(0));
    put(Section::BundleDictionary, freeze_dictionary(Vec::new()));
    put(Section::LemmaDictionary, freeze_dictionary(Vec::new()));
}

/// A word seen this often with one bundle only always has it.
const SURE: usize = 4;

/// Trains on the chosen sentences; the weights of several taggers of parts of speech are added up.
pub(crate) fn train(
    gold: &[Gold],
    chosen: &[usize],
    vocabulary: &Vocabulary,
    options: &Options,
    epochs: usize,
    taggers: usize,
) -> Vec<(Section, Vec<u8>)> {
    let upos = side_by_side(taggers, |seed| train_upos(gold, chosen, epochs, seed));
    vec![
        (Section::Upos, freeze_sum(&upos, options.most_upos)),
        (Section::BundleDictionary, bundle_dictionary(gold, chosen)),
        (Section::Bundles, train_bundles(gold, chosen, vocabulary, options, epochs)),
        (Section::LemmaDictionary, lemma_dictionary(gold, chosen, vocabulary)),
        (Section::Lemmas, train_lemmas(gold, chosen, options, epochs)),
    ]
}

fn train_upos(gold: &[Gold], chosen: &[usize], epochs: usize, seed: usize) -> Perceptron {
    let mut perceptron = Perceptron::new(17);
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    for epoch in 0..epochs {
        for place in epoch_order(chosen.len(), epoch + 1000 * seed) {
            let gold = &gold[chosen[place]].sentence;
            let mut sentence = gold.clone();
            for i in 0..gold.len() {
                upos_features(&sentence, i, &mut features);
                perceptron.learn(&features, gold.upos[i] as usize, None, &mut scores);
                sentence.upos[i] = argmax(&scores) as u8;
            }
        }
    }
    perceptron
}

fn train_bundles(
    gold: &[Gold],
    chosen: &[usize],
    vocabulary: &Vocabulary,
    options: &Options,
    epochs: usize,
) -> Vec<u8> {
    let mut allowed: Vec<Vec<usize>> = vec![Vec::new(); 17];
    for (number, set) in vocabulary.bundle_parts.iter().enumerate() {
        (0..17).filter(|upos| set >> upos & 1 == 1).for_each(|upos| allowed[upos].push(number));
    }
    let mut perceptron = Perceptron::new(vocabulary.bundles.len());
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    for epoch in 0..epochs {
        for place in epoch_order(chosen.len(), epoch) {
            let gold = &gold[chosen[place]].sentence;
            let mut sentence = gold.clone();
            for i in 0..gold.len() {
                let allowed = &allowed[gold.upos[i] as usize];
                if allowed.len() < 2 {
                    continue;
                }
                bundle_features(&sentence, i, &mut features);
                perceptron.learn(&features, gold.bundles[i] as usize, Some(allowed), &mut scores);
                let best = allowed.iter().copied().reduce(|a, b| if scores[b] > scores[a] { b } else { a });
                sentence.bundles[i] = best.unwrap_or(0) as u16;
            }
        }
    }
    perceptron.freeze(options.most_tags)
}

/// Counts values by key and keeps the most frequent value of each; of equals the lesser.
struct Majority(HashMap<u64, HashMap<u16, usize>>);

impl Majority {
    fn count(&mut self, key: u64, value: u16) {
        *self.0.entry(key).or_default().entry(value).or_default() += 1;
    }

    fn entries(self, keep: impl Fn(usize, usize) -> bool) -> Vec<(u64, u16)> {
        let best = |counts: HashMap<u16, usize>| {
            let total: usize = counts.values().sum();
            let (value, count) = counts.into_iter().max_by_key(|&(v, c)| (c, std::cmp::Reverse(v)))?;
            keep(count, total).then_some(value)
        };
        self.0.into_iter().filter_map(|(key, counts)| Some((key, best(counts)?))).collect()
    }
}

fn bundle_dictionary(gold: &[Gold], chosen: &[usize]) -> Vec<u8> {
    let mut majority = Majority(HashMap::new());
    for &place in chosen {
        let sentence = &gold[place].sentence;
        for i in 0..sentence.len() {
            majority.count(word_key(sentence.views[i].lower, sentence.upos[i]), sentence.bundles[i]);
        }
    }
    freeze_dictionary(majority.entries(|count, total| count == total && count >= SURE))
}

/// The forms of a word as written with their lemma scripts, counted.
type Spellings<'g> = HashMap<(&'g str, u16), usize>;

/// For each word the script that gives most of its occurrences their lemma: *i* and *I* share one that does both.
fn lemma_dictionary(gold: &[Gold], chosen: &[usize], vocabulary: &Vocabulary) -> Vec<u8> {
    let mut words: HashMap<u64, Spellings<'_>> = HashMap::new();
    for &place in chosen {
        let Gold { sentence, scripts, forms } = &gold[place];
        for i in 0..sentence.len() {
            let (lower, upos) = (sentence.views[i].lower, sentence.upos[i]);
            for key in [word_key(lower, upos), bundle_key(lower, upos, sentence.bundles[i])] {
                *words.entry(key).or_default().entry((forms[i].as_str(), scripts[i])).or_default() += 1;
            }
        }
    }
    let entries = words.into_iter().map(|(key, spellings)| (key, best_script(&spellings, vocabulary)));
    freeze_dictionary(entries.collect())
}

fn best_script(spellings: &Spellings<'_>, vocabulary: &Vocabulary) -> u16 {
    let mut candidates: Vec<u16> = spellings.keys().map(|&(_, script)| script).collect();
    candidates.sort_unstable();
    candidates.dedup();
    if let [only] = candidates[..] {
        return only;
    }
    let lemma = |form: &str, script: u16| {
        let mut lemma = String::new();
        let script = Script::parse(&vocabulary.scripts[script as usize]);
        script.is_some_and(|s| s.apply(form, &mut lemma)).then_some(lemma)
    };
    let right = |candidate: u16| -> usize {
        let agrees = |form, script| lemma(form, script) == lemma(form, candidate);
        spellings.iter().filter(|&(&(form, script), _)| agrees(form, script)).map(|(_, count)| count).sum()
    };
    let best = candidates.iter().copied().max_by_key(|&c| (right(c), std::cmp::Reverse(c)));
    best.unwrap_or(0)
}

fn train_lemmas(gold: &[Gold], chosen: &[usize], options: &Options, epochs: usize) -> Vec<u8> {
    let mut perceptron = Perceptron::new(MOST_CLASSES);
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    for epoch in 0..epochs.min(6) {
        for place in epoch_order(chosen.len(), epoch) {
            let Gold { sentence, scripts, .. } = &gold[chosen[place]];
            for (i, &script) in scripts.iter().enumerate().take(sentence.len()) {
                if script as usize >= MOST_CLASSES {
                    continue;
                }
                lemma_features(&sentence.views[i], sentence.upos[i], sentence.bundles[i], &mut features);
                perceptron.learn(&features, script as usize, None, &mut scores);
            }
        }
    }
    perceptron.freeze(options.most_tags / 2)
}

/// A sentence as a trained model tags it.
pub(crate) fn retag(model: &SyntaxModel, gold: &Gold) -> Sentence {
    let mut sentence = gold.sentence.clone();
    let weights = model.classifiers();
    let mut scratch = tagger::Scratch::default();
    tagger::tag(model, &weights, &mut sentence, &mut scratch);
    for i in 0..sentence.len() {
        tagger::lemmatize(model, &weights, &mut sentence, i, &gold.forms[i], &mut scratch);
    }
    sentence
}
