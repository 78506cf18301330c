//! Training of the choices: logistic regression for `keep`, a softmax ranker for `place` and `time`.
//!
//! Stochastic gradient descent with L2 regularisation, in the order given: the same examples give the same bytes.

use rustc_hash::FxHashMap;

use super::linear::{LinearModel, logistic};

/// One yes-or-no example.
#[derive(Clone, Debug)]
pub struct Binary {
    /// Names of the features that hold.
    pub features: Vec<String>,
    /// Log-odds believed before any feature is looked at.
    pub prior: f32,
    /// The answer.
    pub positive: bool,
}

/// One choice among candidates, of which at least one is right.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// Features of each candidate.
    pub candidates: Vec<Vec<String>>,
    /// Which candidates are right.
    pub right: Vec<bool>,
}

/// How to descend.
#[derive(Clone, Copy, Debug)]
pub struct Descent {
    /// Passes over the examples.
    pub epochs: u32,
    /// First step width; it falls with the square root of the pass.
    pub rate: f32,
    /// Strength of the pull to zero.
    pub l2: f32,
    /// Features seen in fewer examples are left out.
    pub min_count: u32,
}

impl Descent {
    /// The same descent with weights pulled back so many times as hard.
    pub fn more_cautious(self, times: f32) -> Self {
        Descent { l2: self.l2 * times, ..self }
    }
}

impl Default for Descent {
    fn default() -> Self {
        Descent { epochs: 20, rate: 0.1, l2: 0.03, min_count: 4 }
    }
}

/// Weights that start from what was believed beforehand, are pulled back to it, and are averaged over the descent.
struct Table {
    names: Vec<String>,
    numbers: FxHashMap<String, usize>,
    start: Vec<f32>,
    weights: Vec<f32>,
    sums: Vec<f64>,
    passes: f64,
}

impl Table {
    fn new<'a>(features: impl Iterator<Item = &'a String>, min_count: u32, start: &LinearModel) -> Self {
        let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
        let mut order = Vec::new();
        for name in features {
            let count = counts.entry(name).or_insert(0);
            if *count == 0 {
                order.push(name.as_str());
            }
            *count += 1;
        }
        let names: Vec<String> =
            order.iter().filter(|n| counts[**n] >= min_count).map(|n| (*n).to_owned()).collect();
        let numbers = names.iter().enumerate().map(|(i, n)| (n.clone(), i)).collect();
        let start: Vec<f32> = names.iter().map(|n| start.weight(n)).collect();
        let sums = vec![0.0; names.len()];
        Table { names, numbers, weights: start.clone(), start, sums, passes: 0.0 }
    }

    fn numbers_of(&self, features: &[String]) -> Vec<usize> {
        features.iter().filter_map(|f| self.numbers.get(f).copied()).collect()
    }

    fn score(&self, numbers: &[usize]) -> f32 {
        numbers.iter().map(|&n| self.weights[n]).sum()
    }

    fn step(&mut self, number: usize, gradient: f32, descent: Descent, rate: f32) {
        let pull = descent.l2 * (self.weights[number] - self.start[number]);
        self.weights[number] += rate * (gradient - pull);
    }

    fn end_pass(&mut self) {
        self.passes += 1.0;
        for (sum, weight) in self.sums.iter_mut().zip(&self.weights) {
            *sum += f64::from(*weight);
        }
    }

    /// The averaged weights; what was believed beforehand of features never met stays.
    fn into_model(self, start: &LinearModel) -> LinearModel {
        let mut model = start.clone();
        for (name, sum) in self.names.iter().zip(&self.sums) {
            model.set(name, (sum / self.passes.max(1.0)) as f32);
        }
        model
    }
}

/// Logistic regression.
pub fn train_binary(examples: &[Binary], descent: Descent, start: &LinearModel) -> LinearModel {
    let mut table = Table::new(examples.iter().flat_map(|e| &e.features), descent.min_count, start);
    let rows: Vec<_> =
        examples.iter().map(|e| (table.numbers_of(&e.features), e.prior, e.positive)).collect();
    for epoch in 0..descent.epochs {
        let rate = descent.rate / (1.0 + epoch as f32).sqrt();
        for (numbers, prior, positive) in &rows {
            let error = f32::from(u8::from(*positive)) - logistic(prior + table.score(numbers));
            for &n in numbers {
                table.step(n, error, descent, rate);
            }
        }
        table.end_pass();
    }
    table.into_model(start)
}

/// Softmax over the candidates of each choice; all right candidates share the belief.
pub fn train_ranking(examples: &[Ranking], descent: Descent, start: &LinearModel) -> LinearModel {
    let mut table =
        Table::new(examples.iter().flat_map(|e| e.candidates.iter().flatten()), descent.min_count, start);
    let rows: Vec<Vec<Vec<usize>>> =
        examples.iter().map(|e| e.candidates.iter().map(|c| table.numbers_of(c)).collect()).collect();
    for epoch in 0..descent.epochs {
        let rate = descent.rate / (1.0 + epoch as f32).sqrt();
        for (candidates, example) in rows.iter().zip(examples) {
            let scores: Vec<f32> = candidates.iter().map(|c| table.score(c)).collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let weights: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
            let total: f32 = weights.iter().sum();
            let right: f32 = weights.iter().zip(&example.right).filter(|(_, r)| **r).map(|(w, _)| w).sum();
            if right == 0.0 {
                continue;
            }
            for ((numbers, weight), is_right) in candidates.iter().zip(&weights).zip(&example.right) {
                let wanted = if *is_right { weight / right } else { 0.0 };
                let error = wanted - weight / total;
                for &n in numbers {
                    table.step(n, error, descent, rate);
                }
            }
        }
        table.end_pass();
    }
    table.into_model(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choices::Features;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|s| (*s).to_owned()).collect()
    }

    fn score(model: &LinearModel, list: &[&str]) -> f32 {
        let mut features = Features::default();
        for name in list {
            features.add(format_args!("{name}"));
        }
        model.score(&features)
    }

    #[test]
    fn a_feature_of_the_positive_examples_gets_a_positive_weight() {
        let mut examples = Vec::new();
        for _ in 0..10 {
            examples.push(Binary { features: names(&["bias", "dated"]), prior: 0.0, positive: true });
            examples.push(Binary { features: names(&["bias", "quoted"]), prior: 0.0, positive: false });
        }
        let model = train_binary(&examples, Descent::default(), &LinearModel::default());
        assert!(score(&model, &["bias", "dated"]) > 0.5);
        assert!(score(&model, &["bias", "quoted"]) < -0.5);
    }

    #[test]
    fn the_ranker_prefers_what_was_right() {
        let example =
            Ranking { candidates: vec![names(&["near"]), names(&["far"])], right: vec![true, false] };
        let model = train_ranking(&vec![example; 10], Descent::default(), &LinearModel::default());
        assert!(score(&model, &["near"]) > score(&model, &["far"]));
    }
}
