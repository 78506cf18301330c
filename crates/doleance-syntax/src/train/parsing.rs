//! Training of the parser with a dynamic oracle: it learns what to do after its own mistakes too.

use super::vocabulary::{Gold, Vocabulary};
use super::{Options, side_by_side};
use crate::linear::{Perceptron, argmax, epoch_order};
use crate::model::Section;
use crate::moves::MovesPerceptron;
use crate::parser::{best_move, only_move};
use crate::parser_features::{move_features, relation_features};
use crate::parser_state::{Move, State, cost};
use crate::punctuation::Phrases;
use crate::settings::Settings;
use crate::words::Sentence;

/// Empty classifiers, so that a model opens before it is trained.
pub(crate) fn placeholders(put: &mut impl FnMut(Section, Vec<u8>)) {
    put(Section::Moves, MovesPerceptron::default().freeze(0));
    put(Section::Relations, Perceptron::new(1).freeze(0));
    put(Section::Punctuation, Perceptron::new(1).freeze(0));
}

/// What a parser learns from.
struct Lesson<'t> {
    gold: &'t [Gold],
    tagged: &'t [Sentence],
    relations: usize,
    root: u8,
    /// Relations that stand for all of their subtypes too.
    lenient: Vec<bool>,
    /// The universal relation of each relation.
    universal: Vec<&'t str>,
    margin: i32,
}

/// Trains on sentences with gold trees and jackknifed tags.
pub(crate) fn train(
    gold: &[Gold],
    tagged: &[Sentence],
    vocabulary: &Vocabulary,
    settings: &Settings,
    options: &Options,
    report: &mut impl FnMut(&str),
) -> Vec<(Section, Vec<u8>)> {
    let underspecified = |r| settings.harmonise.underspecified_relations.contains(r);
    let lesson = Lesson {
        gold,
        tagged,
        relations: vocabulary.relations.len(),
        root: vocabulary.relation_numbers.get("root").copied().unwrap_or(0),
        lenient: vocabulary.relations.iter().map(underspecified).collect(),
        universal: vocabulary.relations.iter().map(|r| doleance_text::ud::universal(r)).collect(),
        margin: options.margin,
    };
    let mut learned_moves = Vec::new();
    let mut learned_relations = Vec::new();
    let learned = side_by_side(options.parsers, |seed| lesson.learn(options.parser_epochs, seed));
    for (seed, (moves, relations, mistakes)) in learned.into_iter().enumerate() {
        report(&format!("parser {}: {mistakes} wrong moves in the last pass", seed + 1));
        learned_moves.push(moves);
        learned_relations.push(relations);
    }
    vec![
        (Section::Punctuation, train_punctuation(gold, vocabulary)),
        (Section::Moves, crate::moves::freeze_sum(&learned_moves, options.most_moves)),
        (Section::Relations, crate::linear::freeze_sum(&learned_relations, options.most_relations)),
    ]
}

impl Lesson<'_> {
    /// Trains one parser. Also tells how many moves were wrong in the last epoch.
    fn learn(&self, epochs: usize, seed: usize) -> (MovesPerceptron, Perceptron, usize) {
        let mut moves = MovesPerceptron::default();
        let mut relations = Perceptron::new(self.relations);
        let mut state = State::default();
        let (mut features, mut scores) = (Vec::new(), Vec::new());
        let mut mistakes = 0;
        for epoch in 0..epochs {
            mistakes = 0;
            for place in epoch_order(self.gold.len(), epoch + 1000 * seed) {
                let tree = &self.gold[place].sentence;
                let words = tree.len() as u32;
                let heads = &tree.heads;
                state.start(&self.tagged[place]);
                while !state.is_done() {
                    let chosen = match only_move(&state) {
                        Some(only) => only,
                        None => {
                            move_features(&state, &mut features);
                            let scored = moves.score(&features);
                            let guess = best_move(&state, &scored);
                            let costs = Move::ALL
                                .map(|m| if state.allows(m) { cost(&state, heads, m) } else { u32::MAX });
                            let right = cheapest(&costs, &scored);
                            moves.tick();
                            let least = costs[right as usize];
                            mistakes += usize::from(costs[guess as usize] > least);
                            let rival = Move::ALL
                                .into_iter()
                                .filter(|&m| costs[m as usize] != u32::MAX && costs[m as usize] > least)
                                .reduce(|a, b| if scored[b as usize] > scored[a as usize] { b } else { a });
                            if let Some(rival) = rival
                                && scored[rival as usize] + self.margin >= scored[right as usize]
                            {
                                moves.adjust(&features, right as usize, rival as usize);
                            }
                            if epoch == 0 { right } else { guess }
                        }
                    };
                    let relation = match state.arc(chosen) {
                        None => 0,
                        Some((head, _)) if head == words => self.root,
                        Some((head, dependent)) => {
                            relation_features(&state, chosen, head, dependent, &mut features);
                            relations.score(&features, &mut scores);
                            let guess = argmax(&scores);
                            let right = tree.relations[dependent as usize];
                            let same = self.lenient[right as usize]
                                && self.universal[guess] == self.universal[right as usize];
                            if heads[dependent as usize] == head && right != self.root && !same {
                                relations.learn(&features, right as usize, None, &mut scores);
                            }
                            argmax(&scores) as u8
                        }
                    };
                    state.make(chosen, relation);
                }
            }
        }
        (moves, relations, mistakes)
    }
}

/// Passes over the treebank for the ranker of punctuation.
const PUNCTUATION_EPOCHS: usize = 8;

/// Score by which the right head of a mark must lead.
const PUNCTUATION_MARGIN: i32 = 3;

/// Most features of the ranker of punctuation.
const MOST_PUNCTUATION: usize = 40_000;

fn train_punctuation(gold: &[Gold], vocabulary: &Vocabulary) -> Vec<u8> {
    let mut ranker = Perceptron::new(1);
    let Some(&mark) = vocabulary.relation_numbers.get("punct") else { return ranker.freeze(0) };
    let mut phrases = Phrases::default();
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    for epoch in 0..PUNCTUATION_EPOCHS {
        for place in epoch_order(gold.len(), epoch) {
            let sentence = &gold[place].sentence;
            phrases.read(sentence, mark);
            for i in 0..sentence.len() {
                if !phrases.is_mark(i) {
                    continue;
                }
                let count = phrases.candidates(sentence, i);
                let Some(right) = (0..count).find(|&c| phrases.word(c) == sentence.heads[i]) else {
                    continue;
                };
                let mut best: Option<(i32, usize)> = None;
                for candidate in (0..count).filter(|&c| c != right) {
                    phrases.features(sentence, i, candidate, &mut features);
                    ranker.score(&features, &mut scores);
                    if best.is_none_or(|(score, _)| scores[0] > score) {
                        best = Some((scores[0], candidate));
                    }
                }
                phrases.features(sentence, i, right, &mut features);
                ranker.score(&features, &mut scores);
                if let Some((score, wrong)) = best
                    && score + PUNCTUATION_MARGIN >= scores[0]
                {
                    ranker.adjust(&features, 0, 1);
                    phrases.features(sentence, i, wrong, &mut features);
                    ranker.adjust(&features, 0, -1);
                }
                ranker.tick();
            }
        }
    }
    ranker.freeze(MOST_PUNCTUATION)
}

/// Of the allowed moves that lose least, the one the classifier likes best.
fn cheapest(costs: &[u32; 3], scores: &[i32; 3]) -> Move {
    let mut best = Move::Shift;
    for candidate in Move::ALL {
        let (c, b) = (candidate as usize, best as usize);
        if costs[c] < costs[b] || costs[c] == costs[b] && scores[c] > scores[b] {
            best = candidate;
        }
    }
    best
}
