//! Greedy parsing: the best allowed move at every step, and a relation for every arc as it is drawn.

use crate::linear::{Scores, argmax};
use crate::model::Classifiers;
use crate::parser_features::{move_features, relation_features};
use crate::parser_state::{Move, State};
use crate::words::Sentence;

/// Scratch space, kept from sentence to sentence.
#[derive(Debug)]
pub(crate) struct Scratch {
    pub state: State,
    pub features: Vec<u64>,
    pub scores: Scores,
}

impl Default for Scratch {
    fn default() -> Self {
        Scratch { state: State::default(), features: Vec::new(), scores: [0; 256] }
    }
}

/// Fills in the heads and relations of a tagged sentence. `root` is the number of the root relation.
pub(crate) fn parse(weights: &Classifiers<'_>, root: u8, sentence: &mut Sentence, scratch: &mut Scratch) {
    let Scratch { state, features, scores } = scratch;
    state.start(sentence);
    while !state.is_done() {
        let chosen = only_move(state).unwrap_or_else(|| {
            move_features(state, features);
            best_move(state, &weights.moves.score(features))
        });
        let relation = match state.arc(chosen) {
            None => 0,
            Some((head, _)) if head == state.words() => root,
            Some((head, dependent)) => {
                relation_features(state, chosen, head, dependent, features);
                let scores = weights.relations.score(features, scores);
                if let Some(score) = scores.get_mut(root as usize) {
                    *score = i32::MIN;
                }
                argmax(scores) as u8
            }
        };
        state.make(chosen, relation);
    }
    for (word, node) in state.nodes[..sentence.len()].iter().enumerate() {
        sentence.heads[word] = node.head;
        sentence.relations[word] = node.relation;
    }
}

/// The move to make where there is no choice.
pub(crate) fn only_move(state: &State) -> Option<Move> {
    let mut allowed = Move::ALL.into_iter().filter(|&m| state.allows(m));
    let only = allowed.next();
    if allowed.next().is_some() { None } else { only }
}

/// The allowed move with the highest score.
pub(crate) fn best_move<S: PartialOrd + Copy>(state: &State, scores: &[S; 3]) -> Move {
    let mut best: Option<Move> = None;
    for candidate in Move::ALL {
        if state.allows(candidate) && best.is_none_or(|b| scores[candidate as usize] > scores[b as usize]) {
            best = Some(candidate);
        }
    }
    best.unwrap_or(Move::Shift)
}
