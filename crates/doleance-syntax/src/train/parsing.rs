//! Training of the parser with a dynamic oracle: it learns what to do after its own mistakes too.

use super::Options;
use super::vocabulary::{Gold, Vocabulary};
use crate::linear::{Perceptron, argmax, epoch_order};
use crate::model::Section;
use crate::moves::MovesPerceptron;
use crate::parser::{best_move, only_move};
use crate::parser_features::{move_features, relation_features};
use crate::parser_state::{Move, State, cost};
use crate::settings::Settings;
use crate::words::Sentence;

/// Empty classifiers, so that a model opens before it is trained.
pub(crate) fn placeholders(put: &mut impl FnMut(Section, Vec<u8>)) {
    put(Section::Moves, MovesPerceptron::default().freeze(0));
    put(Section::Relations, Perceptron::new(1).freeze(0));
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
    let mut moves = MovesPerceptron::default();
    let mut relations = Perceptron::new(vocabulary.relations.len());
    let mut state = State::default();
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    for epoch in 0..options.parser_epochs {
        let mut mistakes = 0;
        for place in epoch_order(gold.len(), epoch) {
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
                        if cost(&state, &tree.heads, guess) > cost(&state, &tree.heads, right) {
                            mistakes += 1;
                            moves.adjust(&features, right as usize, guess as usize);
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
        report(&format!("parser, pass {}: {mistakes} wrong moves", epoch + 1));
    }
    vec![
        (Section::Moves, moves.freeze(options.most_moves)),
        (Section::Relations, relations.freeze(options.most_relations)),
    ]
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
