//! Training of the parser with a dynamic oracle: it learns what to do after its own mistakes too.

use super::Options;
use super::vocabulary::{Gold, Vocabulary};
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

/// Trains on sentences with gold trees and jackknifed tags.
pub(crate) fn train(
    gold: &[Gold],
    tagged: &[Sentence],
    vocabulary: &Vocabulary,
    settings: &Settings,
    options: &Options,
    report: &mut impl FnMut(&str),
) -> Vec<(Section, Vec<u8>)> {
    let root = vocabulary.relation_numbers.get("root").copied().unwrap_or(0);
    let lenient: Vec<bool> = vocabulary
        .relations
        .iter()
        .map(|r| settings.harmonise.underspecified_relations.contains(r))
        .collect();
    let universal: Vec<&str> = vocabulary.relations.iter().map(|r| doleance_text::ud::universal(r)).collect();
    let mut all_moves = Vec::new();
    let mut all_relations = Vec::new();
    for parser in 0..options.parsers {
        let mut moves = MovesPerceptron::default();
        let mut relations = Perceptron::new(vocabulary.relations.len());
        let mut state = State::default();
        let (mut features, mut scores) = (Vec::new(), Vec::new());
        for epoch in 0..options.parser_epochs {
            let mut mistakes = 0;
            for place in epoch_order(gold.len(), epoch + 1000 * parser) {
                let tree = &gold[place].sentence;
                state.start(&tagged[place]);
                while !state.is_done() {
                    let chosen = match only_move(&state) {
                        Some(only) => only,
                        None => {
                            move_features(&state, &mut features);
                            let scored = moves.score(&features);
                            let guess = best_move(&state, &scored);
                            let right = cheapest(&state, &tree.heads, &scored);
                            moves.tick();
                            let least = cost(&state, &tree.heads, right);
                            if cost(&state, &tree.heads, guess) > least {
                                mistakes += 1;
                            }
                            let rival = Move::ALL
                                .into_iter()
                                .filter(|&m| state.allows(m) && cost(&state, &tree.heads, m) > least)
                                .reduce(|a, b| if scored[b as usize] > scored[a as usize] { b } else { a });
                            if let Some(rival) = rival
                                && scored[rival as usize] + options.margin >= scored[right as usize]
                            {
                                moves.adjust(&features, right as usize, rival as usize);
                            }
                            if epoch == 0 { right } else { guess }
                        }
                    };
                    let relation = match state.arc(chosen) {
                        None => 0,
                        Some((head, _)) if head == state.words() => root,
                        Some((head, dependent)) => {
                            relation_features(&state, chosen, head, dependent, &mut features);
                            let right = tree.relations[dependent as usize];
                            if tree.heads[dependent as usize] == head && right != root {
                                relations.score(&features, &mut scores);
                                let guess = argmax(&scores);
                                let same =
                                    lenient[right as usize] && universal[guess] == universal[right as usize];
                                if !same {
                                    relations.learn(&features, right as usize, None, &mut scores);
                                }
                            } else {
                                relations.score(&features, &mut scores);
                            }
                            argmax(&scores) as u8
                        }
                    };
                    state.make(chosen, relation);
                }
            }
            report(&format!("parser {}, pass {}: {mistakes} wrong moves", parser + 1, epoch + 1));
        }
        all_moves.push(moves);
        all_relations.push(relations);
    }
    vec![
        (Section::Punctuation, train_punctuation(gold, vocabulary)),
        (Section::Moves, crate::moves::freeze_sum(&all_moves, options.most_moves)),
        (Section::Relations, crate::linear::freeze_sum(&all_relations, options.most_relations)),
    ]
}

/// Passes over the treebank for the ranker of punctuation.
const PUNCTUATION_EPOCHS: usize = 8;

/// Score by which the right head of a mark must lead.
const PUNCTUATION_MARGIN: f32 = 3.0;

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
                let mut best: Option<(f32, usize)> = None;
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
                    ranker.adjust(&features, 0, 1.0);
                    phrases.features(sentence, i, wrong, &mut features);
                    ranker.adjust(&features, 0, -1.0);
                }
                ranker.tick();
            }
        }
    }
    ranker.freeze(MOST_PUNCTUATION)
}

/// Of the allowed moves that lose least, the one the classifier likes best.
fn cheapest(state: &State, heads: &[u32], scores: &[f32; 3]) -> Move {
    let mut best: Option<(u32, Move)> = None;
    for candidate in Move::ALL {
        if !state.allows(candidate) {
            continue;
        }
        let loss = cost(state, heads, candidate);
        let better = best.is_none_or(|(least, chosen)| {
            loss < least || loss == least && scores[candidate as usize] > scores[chosen as usize]
        });
        if better {
            best = Some((loss, candidate));
        }
    }
    best.map_or(Move::Shift, |(_, chosen)| chosen)
}
