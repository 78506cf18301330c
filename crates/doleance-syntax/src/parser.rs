//! Parsing: the best allowed move at every step and a relation for every arc as it is drawn; then, for the steps that
//! were least sure, the same again with the second-best move there, and the surest tree of all is kept.
//!
//! A wrong turn shows later: after it the classifiers are less sure at every step. A tree's doubt adds up over its
//! steps, so a new try is given up as soon as its doubt is greater than that of the best tree so far.

use crate::doubt;
use crate::linear::{Scores, argmax};
use crate::model::Classifiers;
use crate::parser_features::{move_features, relation_features};
use crate::parser_state::{Move, State};
use crate::words::Sentence;

/// Most steps of a sentence that are taken the other way.
const MOST_TURNS: usize = 5;

/// Steps after two ways have met before the rest of one is taken over by the other: what differs between them is then
/// mostly out of sight.
const TOGETHER: usize = 2;

/// Scratch space, kept from sentence to sentence.
#[derive(Debug)]
pub(crate) struct Scratch {
    pub state: State,
    pub features: Vec<u64>,
    pub scores: Scores,
    first: Vec<Step>,
    best: Vec<Step>,
    trial: Vec<Step>,
    turns: Vec<Turn>,
}

impl Default for Scratch {
    fn default() -> Self {
        Scratch {
            state: State::default(),
            features: Vec::new(),
            scores: [0; 256],
            first: Vec::new(),
            best: Vec::new(),
            trial: Vec::new(),
            turns: Vec::new(),
        }
    }
}

/// A move that was made, the relation of its arc, and the doubt about both.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The stack and the buffer before the move.
    place: u64,
    chosen: Move,
    relation: u8,
    doubt: f32,
}

/// A step at which another move was nearly as good.
#[derive(Clone, Copy, Debug)]
struct Turn {
    step: usize,
    other: Move,
    /// How far behind the other move's score is.
    behind: i32,
    doubt: f32,
}

/// Fills in the heads and relations of a tagged sentence. `root` is the number of the root relation.
pub(crate) fn parse(weights: &Classifiers<'_>, root: u8, sentence: &mut Sentence, scratch: &mut Scratch) {
    let Scratch { state, features, scores, first, best, trial, turns } = scratch;
    let mut reader = Reader { weights, root, state, features, scores };
    first.clear();
    turns.clear();
    reader.state.start(sentence);
    let mut least = reader.read(first, turns);
    turns.sort_unstable_by_key(|turn| (turn.behind, turn.step));
    turns.truncate(MOST_TURNS);
    best.clone_from(first);
    for turn in turns.iter() {
        trial.clear();
        reader.state.start(sentence);
        let mut doubt = 0.0;
        for step in &first[..turn.step] {
            reader.state.make(step.chosen, step.relation);
            trial.push(*step);
            doubt += step.doubt;
        }
        doubt += reader.make(turn.other, turn.doubt, trial);
        if let Some(doubt) = reader.go_another_way(trial, doubt, least, first)
            && doubt < least
        {
            least = doubt;
            std::mem::swap(best, trial);
        }
    }
    if !turns.is_empty() {
        reader.state.start(sentence);
        best.iter().for_each(|step| reader.state.make(step.chosen, step.relation));
    }
    for (word, node) in state.nodes[..sentence.len()].iter().enumerate() {
        sentence.heads[word] = node.head;
        sentence.relations[word] = node.relation;
    }
}

/// What reading takes.
struct Reader<'r, 'm> {
    weights: &'r Classifiers<'m>,
    root: u8,
    state: &'r mut State,
    features: &'r mut Vec<u64>,
    scores: &'r mut Scores,
}

impl Reader<'_, '_> {
    /// Goes to the end with the best move at each step. Gives the doubt of the tree, and notes the steps where another
    /// move was nearly as good.
    fn read(&mut self, steps: &mut Vec<Step>, turns: &mut Vec<Turn>) -> f32 {
        let mut doubt = 0.0;
        while !self.state.is_done() {
            let step = steps.len();
            let note = |other, behind, doubt| {
                if doubt < doubt::WORTH_A_TRY {
                    turns.push(Turn { step, other, behind, doubt });
                }
            };
            let (chosen, own) = self.choose(note);
            doubt += self.make(chosen, own, steps);
        }
        doubt
    }

    /// Goes on with the best move at each step until the way meets the first one again, whose rest is then taken over.
    /// Gives the doubt of the tree, or nothing once that reaches `least`.
    fn go_another_way(
        &mut self,
        steps: &mut Vec<Step>,
        doubt: f32,
        least: f32,
        first: &[Step],
    ) -> Option<f32> {
        let mut doubt = doubt;
        let mut together = 0;
        while !self.state.is_done() {
            if doubt >= least {
                return None;
            }
            let step = steps.len();
            together = if self.state.place() == first[step].place { together + 1 } else { 0 };
            if together > TOGETHER {
                let rest = &first[step..];
                steps.extend_from_slice(rest);
                return Some(doubt + rest.iter().map(|step| step.doubt).sum::<f32>());
            }
            let (chosen, own) = self.choose(|_, _, _| {});
            doubt += self.make(chosen, own, steps);
        }
        Some(doubt)
    }

    /// The best move and the doubt about it; tells of the second-best, how far behind it is, and the doubt about it.
    fn choose(&mut self, mut tell: impl FnMut(Move, i32, f32)) -> (Move, f32) {
        if let Some(only) = only_move(self.state) {
            return (only, 0.0);
        }
        move_features(self.state, self.features);
        let scored = self.weights.moves.score(self.features);
        let best = best_move(self.state, &scored);
        let behind = |m: Move| scored[best as usize] - scored[m as usize];
        let rivals = || Move::ALL.into_iter().filter(|&m| m != best && self.state.allows(m));
        let own = doubt::of_best(rivals().map(behind));
        if let Some(other) = rivals().min_by_key(|&m| behind(m)) {
            tell(other, behind(other), doubt::of_other(own, behind(other)));
        }
        (best, own)
    }

    /// Makes a move, with the best relation for the arc it draws; gives the doubt about both.
    fn make(&mut self, chosen: Move, mut doubt: f32, steps: &mut Vec<Step>) -> f32 {
        let relation = match self.state.arc(chosen) {
            None => 0,
            Some((head, _)) if head == self.state.words() => self.root,
            Some((head, dependent)) => {
                relation_features(self.state, chosen, head, dependent, self.features);
                let scores = self.weights.relations.score(self.features, self.scores);
                if let Some(score) = scores.get_mut(self.root as usize) {
                    *score = i32::MIN;
                }
                let best = argmax(scores);
                doubt += doubt::of_best_among(scores, best);
                best as u8
            }
        };
        steps.push(Step { place: self.state.place(), chosen, relation, doubt });
        self.state.make(chosen, relation);
        doubt
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
