//! Why each record is in its event: the evidence that brought it there, field by field.
//!
//! This is what a reader is shown beside a merged event; what decided is in `cluster`.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use hashbrown::{HashMap, HashSet};

use super::Clustering;
use super::features::Features;
use super::weights::Weights;
use crate::event::{Join, Reason};
use crate::store::Replay;

/// For each record the join that brought it to its event: the strongest evidence to a record that is there already,
/// starting from the founder, as in a spanning tree.
pub(super) fn joins(features: &Features, clustering: &Clustering, replay: &Replay) -> Vec<Join> {
    let mut near: HashMap<u32, Vec<(u32, u32)>> = HashMap::new();
    for pair in &clustering.inside {
        near.entry(pair.a).or_default().push((pair.b, pair.pattern));
        near.entry(pair.b).or_default().push((pair.a, pair.pattern));
    }
    let bits: Vec<f64> =
        clustering.patterns.iter().map(|&pattern| clustering.weights.weigh(pattern)).collect();
    let decided: HashSet<&str> = replay.must_link().iter().flatten().map(String::as_str).collect();
    let mut joins = vec![Join::default(); features.rows.len()];
    for cluster in clustering.clusters.iter().filter(|cluster| cluster.len() > 1) {
        let founder = founder_of(features, cluster);
        let mut inside: HashSet<u32> = HashSet::from([founder]);
        let mut waiting = cluster.iter().copied().filter(|&record| record != founder);
        let mut reach: BinaryHeap<Reach> = BinaryHeap::new();
        let mut newest = founder;
        while inside.len() < cluster.len() {
            let from_newest = near.get(&newest).into_iter().flatten().map(|&(record, pattern)| Reach {
                bits: bits[pattern as usize],
                record,
                with: newest,
                pattern,
            });
            reach.extend(from_newest.filter(|reach| !inside.contains(&reach.record)));
            let next = std::iter::from_fn(|| reach.pop()).find(|reach| !inside.contains(&reach.record));
            let (record, with, weight, pattern) = match next {
                Some(Reach { bits, record, with, pattern }) => {
                    (record, with, bits, Some(clustering.patterns[pattern as usize]))
                }
                // Only a reviewer joins what no block held.
                None => match waiting.find(|record| !inside.contains(record)) {
                    Some(record) => (record, founder, 0.0, None),
                    None => break,
                },
            };
            inside.insert(record);
            newest = record;
            let by_reviewer = |record: u32| decided.contains(features.rows[record as usize].uid.as_str());
            joins[record as usize] = Join {
                with: Some(features.rows[with as usize].uid.clone()),
                weight: Some(round(weight)),
                decided: by_reviewer(record) && by_reviewer(with) && (pattern.is_none() || weight <= 0.0),
                reasons: pattern.map_or_else(Vec::new, |pattern| reasons(&clustering.weights, pattern)),
            };
        }
    }
    joins
}

/// A record that evidence reaches from one that is in the event already.
#[derive(PartialEq)]
struct Reach {
    bits: f64,
    record: u32,
    with: u32,
    pattern: u32,
}

impl Eq for Reach {}

impl Ord for Reach {
    /// Most evidence first, then the earlier records.
    fn cmp(&self, other: &Self) -> Ordering {
        let earlier = (other.record, other.with).cmp(&(self.record, self.with));
        self.bits.total_cmp(&other.bits).then(earlier)
    }
}

impl PartialOrd for Reach {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn reasons(weights: &Weights, pattern: u64) -> Vec<Reason> {
    weights
        .reasons(pattern)
        .filter(|(_, level, _)| *level != "missing")
        .map(|(field, level, bits)| Reason {
            field: field.to_owned(),
            level: level.to_owned(),
            bits: round(bits),
        })
        .collect()
}

/// Two decimals: more would only show in which order sums were made.
fn round(bits: f64) -> f64 {
    let rounded = (bits * 100.0).round() / 100.0;
    // No minus zero in an output.
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// The record of the earliest report, then the first by identifier.
pub(super) fn founder_of(features: &Features, cluster: &[u32]) -> u32 {
    let order = |&record: &u32| {
        let row = &features.rows[record as usize];
        (row.published.is_none(), row.published, &row.uid)
    };
    // A cluster has one record at least.
    cluster.iter().copied().min_by(|a, b| order(a).cmp(&order(b))).unwrap_or_default()
}
