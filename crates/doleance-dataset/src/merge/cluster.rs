//! Correlation clustering: groups of records such that evidence within is for, and between against.
//!
//! Greedy additive edge contraction joins the two groups with most evidence for it, as long as there is any, then single
//! records move where they fit better. Pairs that blocking kept apart count as evidence against, so that a vague record
//! between two days does not pull the days together. A reviewer's word comes before all.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;

use super::block::Pair;
use super::parts::Parts;

/// What a reviewer decided, by numbers of records.
#[derive(Clone, Debug, Default)]
pub(crate) struct Constraints {
    pub must: Vec<Vec<u32>>,
    pub cannot: HashSet<(u32, u32)>,
}

/// Bits against two records of which no block held both: their days or places exclude each other.
const APART: f64 = 8.0;
/// Bits a pair by which a vague group must fit one group better than any other to join it.
const AS_WELL: f64 = 2.0;
const ROUNDS: usize = 4;

/// Groups of records, and the pairs within them.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Clusters {
    /// Each sorted, in order of their first record.
    pub clusters: Vec<Vec<u32>>,
    pub inside: Vec<Pair>,
}

/// What is known of each record that bears on which others it may join.
pub(crate) struct Known<'a> {
    /// The report of each: two records of one report are never joined but by a reviewer.
    pub reports: &'a [u32],
    /// Records of several days or a whole division: one that fits several groups belongs to none, as the week of strikes
    /// is not its Monday.
    pub vague: &'a [bool],
    /// What each pattern says for two records being one event, in bits; negative against.
    pub bits: &'a [f64],
}

/// Groups records by the evidence of sorted pairs.
pub(crate) fn clusters(known: &Known<'_>, mut pairs: Vec<Pair>, constraints: &Constraints) -> Clusters {
    let parts = Parts::new(known, &pairs, constraints);
    // Evidence between parts is all against: it is not needed any more.
    pairs.retain(|pair| parts.of(pair.a) == parts.of(pair.b));
    pairs.par_sort_unstable_by_key(|pair| (parts.of(pair.a), pair.a, pair.b));
    let mut must: Vec<Vec<&[u32]>> = vec![Vec::new(); parts.members.len()];
    constraints.must.iter().for_each(|group| must[parts.of(group[0]) as usize].push(group));
    let mut rest = pairs.as_slice();
    let mut work = Vec::new();
    for (number, members) in parts.members.iter().enumerate() {
        let (own, others) = rest.split_at(rest.partition_point(|pair| parts.of(pair.a) <= number as u32));
        rest = others;
        work.push((members.as_slice(), own, must[number].as_slice()));
    }
    let mut clusters: Vec<Vec<u32>> = work
        .into_par_iter()
        .flat_map_iter(|(members, pairs, must)| match members {
            [_] => vec![members.to_vec()],
            _ => Contraction::new(known, members, pairs, must, constraints).run(),
        })
        .collect();
    clusters.par_sort_unstable();
    let mut cluster_of = vec![0u32; known.reports.len()];
    for (number, cluster) in clusters.iter().enumerate() {
        cluster.iter().for_each(|&record| cluster_of[record as usize] = number as u32);
    }
    pairs.retain(|pair| cluster_of[pair.a as usize] == cluster_of[pair.b as usize]);
    Clusters { clusters, inside: pairs }
}

/// Evidence for joining a group with another: the sum of bits, and over how many pairs.
#[derive(Clone, Copy, Debug, Default)]
struct Between {
    other: u32,
    pairs: u32,
    bits: f64,
}

/// The evidence on one group, sorted by the other: lists, as a tree of them takes three times the memory.
type Row = Vec<Between>;

fn place_in(row: &[Between], other: u32) -> Result<usize, usize> {
    row.binary_search_by_key(&other, |between| between.other)
}

struct Contraction<'a> {
    members: &'a [u32],
    pairs: &'a [Pair],
    bits: &'a [f64],
    reports: Vec<u32>,
    vague: Vec<bool>,
    /// Pairs that a reviewer keeps apart.
    cannot: HashSet<(u32, u32)>,
    /// Records that a reviewer joined with others: they do not move.
    fixed: Vec<bool>,
    groups: Vec<Vec<u32>>,
    /// Whether a group has vague records only.
    is_vague: Vec<bool>,
    between: Vec<Row>,
}

#[derive(PartialEq)]
struct Step {
    bits: f64,
    a: u32,
    b: u32,
    sizes: (u32, u32),
}

impl Eq for Step {}

impl Ord for Step {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bits.total_cmp(&other.bits).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Step {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Contraction<'a> {
    fn new(
        known: &Known<'a>,
        members: &'a [u32],
        pairs: &'a [Pair],
        must: &[&[u32]],
        constraints: &Constraints,
    ) -> Self {
        let local = |record: u32| place_among(members, record);
        let cannot = constraints
            .cannot
            .iter()
            .filter_map(|&(a, b)| local(a).zip(local(b)))
            .flat_map(|(a, b)| [(a, b), (b, a)])
            .collect();
        let mut contraction = Contraction {
            members,
            pairs,
            bits: known.bits,
            reports: members.iter().map(|&record| known.reports[record as usize]).collect(),
            is_vague: members.iter().map(|&record| known.vague[record as usize]).collect(),
            vague: members.iter().map(|&record| known.vague[record as usize]).collect(),
            cannot,
            fixed: vec![false; members.len()],
            groups: (0..members.len() as u32).map(|at| vec![at]).collect(),
            between: Vec::new(),
        };
        // Pairs are sorted, so that each row comes out sorted: first those before, then those after.
        contraction.between = contraction.by_record(|other, pattern| Between {
            other,
            pairs: 1,
            bits: known.bits[pattern as usize],
        });
        for group in must {
            let group: Vec<u32> = group.iter().filter_map(|&record| local(record)).collect();
            for &record in &group {
                contraction.fixed[record as usize] = true;
                let (a, b) = (contraction.group_of(group[0]), contraction.group_of(record));
                if a != b {
                    contraction.contract(a.min(b), a.max(b));
                }
            }
        }
        contraction
    }

    /// The pairs of each record, with the other and the pattern.
    fn by_record<T>(&self, entry: impl Fn(u32, u32) -> T) -> Vec<Vec<T>> {
        let ends = |pair: &Pair| place_among(self.members, pair.a).zip(place_among(self.members, pair.b));
        let mut counts = vec![0usize; self.members.len()];
        for (a, b) in self.pairs.iter().filter_map(ends) {
            counts[a as usize] += 1;
            counts[b as usize] += 1;
        }
        let mut rows: Vec<Vec<T>> = counts.into_iter().map(Vec::with_capacity).collect();
        for pair in self.pairs {
            if let Some((a, b)) = ends(pair) {
                rows[a as usize].push(entry(b, pair.pattern));
                rows[b as usize].push(entry(a, pair.pattern));
            }
        }
        rows
    }

    fn group_of(&self, record: u32) -> u32 {
        // Only asked while must-links are drawn, of which there are few.
        self.groups.iter().position(|group| group.contains(&record)).unwrap_or(record as usize) as u32
    }

    fn run(mut self) -> Vec<Vec<u32>> {
        let mut steps: BinaryHeap<Step> = BinaryHeap::new();
        for a in 0..self.groups.len() as u32 {
            let later = self.between[a as usize].iter().map(|between| between.other).filter(|&b| b > a);
            steps.extend(later.filter_map(|b| self.step(a, b)));
        }
        while let Some(step) = steps.pop() {
            let sizes = (self.size(step.a), self.size(step.b));
            // Either group has grown or gone since: its newer steps are in the heap.
            if sizes != step.sizes {
                continue;
            }
            self.contract(step.a, step.b);
            let others = self.between[step.a as usize].iter().map(|between| between.other);
            steps.extend(others.filter_map(|b| self.step(step.a.min(b), step.a.max(b))));
        }
        drop(steps);
        self.place_vague();
        self.between = Vec::new();
        self.settle();
        self.groups
            .iter()
            .filter(|group| !group.is_empty())
            .map(|group| {
                let mut group: Vec<u32> = group.iter().map(|&at| self.members[at as usize]).collect();
                group.sort_unstable();
                group
            })
            .collect()
    }

    fn size(&self, group: u32) -> u32 {
        self.groups[group as usize].len() as u32
    }

    /// What there is for joining two groups; none where more is against, or two of their records may not be joined.
    fn evidence(&self, a: u32, b: u32) -> Option<f64> {
        let row = &self.between[a as usize];
        let between = row[place_in(row, b).ok()?];
        let (one, other) = (&self.groups[a as usize], &self.groups[b as usize]);
        let unseen = (one.len() * other.len()) as f64 - f64::from(between.pairs);
        let bits = between.bits - APART * unseen;
        let excluded = || one.iter().any(|&x| other.iter().any(|&y| self.excluded(x, y)));
        (bits > 0.0 && !excluded()).then_some(bits)
    }

    /// Joining two groups, if there is more for it than against it.
    fn step(&self, a: u32, b: u32) -> Option<Step> {
        // A week would draw its days together: what is vague waits until the days are told apart.
        if self.is_vague[a as usize] != self.is_vague[b as usize] {
            return None;
        }
        let bits = self.evidence(a, b)?;
        Some(Step { bits, a, b, sizes: (self.size(a), self.size(b)) })
    }

    fn excluded(&self, x: u32, y: u32) -> bool {
        self.reports[x as usize] == self.reports[y as usize] || self.cannot.contains(&(x, y))
    }

    /// Puts group `b` into group `a`, which comes before it.
    fn contract(&mut self, a: u32, b: u32) {
        let moved = std::mem::take(&mut self.groups[b as usize]);
        self.groups[a as usize].extend(moved);
        self.is_vague[a as usize] &= self.is_vague[b as usize];
        let own = std::mem::take(&mut self.between[a as usize]);
        let brought = std::mem::take(&mut self.between[b as usize]);
        let mut sum: Row = Vec::with_capacity(own.len() + brought.len());
        let mut own = own.into_iter().filter(|between| between.other != b).peekable();
        for more in brought.into_iter().filter(|between| between.other != a) {
            while let Some(before) = own.next_if(|between| between.other < more.other) {
                sum.push(before);
            }
            let here = own.next_if(|between| between.other == more.other).unwrap_or_default();
            let both =
                Between { other: more.other, pairs: here.pairs + more.pairs, bits: here.bits + more.bits };
            sum.push(both);
            replace(&mut self.between[more.other as usize], b, Between { other: a, ..both });
        }
        sum.extend(own);
        sum.shrink_to_fit();
        self.between[a as usize] = sum;
    }

    /// Puts each vague group into the one group that it fits; where it fits another about as well, it stays by itself.
    fn place_vague(&mut self) {
        for vague in 0..self.groups.len() as u32 {
            if self.groups[vague as usize].is_empty() || !self.is_vague[vague as usize] {
                continue;
            }
            let mut fits: Vec<(f64, u32)> = self.between[vague as usize]
                .iter()
                .filter(|between| !self.is_vague[between.other as usize])
                .map(|between| (between.bits / f64::from(between.pairs.max(1)), between.other))
                .filter(|&(mean, _)| mean > 0.0)
                .collect();
            fits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let Some(&(best, other)) = fits.first() else { continue };
            let fits_another = fits.get(1).is_some_and(|&(second, _)| second >= best - AS_WELL);
            if !fits_another && self.evidence(vague, other).is_some() {
                self.contract(vague.min(other), vague.max(other));
            }
        }
    }

    /// Moves single records where they fit better, until none does.
    fn settle(&mut self) {
        let mut group = vec![0u32; self.members.len()];
        for (number, members) in self.groups.iter().enumerate() {
            members.iter().for_each(|&record| group[record as usize] = number as u32);
        }
        let near = self.by_record(|other, pattern| (other, pattern));
        for _ in 0..ROUNDS {
            let mut moved = false;
            for record in 0..self.members.len() as u32 {
                if !self.fixed[record as usize] && !self.vague[record as usize] {
                    moved |= self.settle_one(record, &mut group, &near[record as usize]);
                }
            }
            if !moved {
                break;
            }
        }
    }

    fn settle_one(&mut self, record: u32, group: &mut [u32], near: &[(u32, u32)]) -> bool {
        let own = group[record as usize];
        let mut evidence: HashMap<u32, Between> = HashMap::new();
        for &(other, pattern) in near {
            let sum = evidence.entry(group[other as usize]).or_default();
            sum.bits += self.bits[pattern as usize];
            sum.pairs += 1;
        }
        let fit = |number: u32, without: usize| {
            let sum = evidence.get(&number).copied().unwrap_or_default();
            let unseen = (self.groups[number as usize].len() - without) as f64 - f64::from(sum.pairs);
            sum.bits - APART * unseen
        };
        let here = fit(own, 1);
        let mut best = (0.0, None);
        // What is vague takes nothing in: it was left by itself for fitting more than one.
        let may_take = |&number: &u32| number != own && !self.is_vague[number as usize];
        let mut targets: Vec<u32> = evidence.keys().copied().filter(may_take).collect();
        targets.sort_unstable();
        for number in targets {
            let fits = fit(number, 0);
            let allowed = || !self.groups[number as usize].iter().any(|&other| self.excluded(record, other));
            if fits > best.0 + 1e-9 && allowed() {
                best = (fits, Some(number));
            }
        }
        if best.0 <= here + 1e-9 {
            return false;
        }
        let target = match best.1 {
            Some(number) => number,
            // Alone is best: an empty group is there, as each record began with one of its own.
            None => match self.groups.iter().position(Vec::is_empty) {
                Some(empty) => empty as u32,
                None => return false,
            },
        };
        self.groups[own as usize].retain(|&other| other != record);
        self.groups[target as usize].push(record);
        self.is_vague[target as usize] = false;
        group[record as usize] = target;
        true
    }
}

/// A record's place among the sorted members of its part.
fn place_among(members: &[u32], record: u32) -> Option<u32> {
    members.binary_search(&record).ok().map(|at| at as u32)
}

/// Puts evidence on a group in the place of that on a later one which it has taken in.
fn replace(row: &mut Row, gone: u32, sum: Between) {
    let Ok(from) = place_in(row, gone) else { return };
    match place_in(row, sum.other) {
        Ok(at) => {
            row[at] = sum;
            row.remove(from);
        }
        Err(at) => {
            row[at..=from].rotate_right(1);
            row[at] = sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters_of(
        reports: &[u32],
        vague: &[bool],
        edges: &[(u32, u32, f64)],
        constraints: &Constraints,
    ) -> Vec<Vec<u32>> {
        let bits: Vec<f64> = edges.iter().map(|edge| edge.2).collect();
        let mut pairs: Vec<Pair> =
            edges.iter().zip(0..).map(|(&(a, b, _), pattern)| Pair { a, b, pattern }).collect();
        pairs.sort_by_key(|pair| (pair.a, pair.b));
        super::clusters(&Known { reports, vague, bits: &bits }, pairs, constraints).clusters
    }

    fn clusters(reports: &[u32], edges: &[(u32, u32, f64)], constraints: &Constraints) -> Vec<Vec<u32>> {
        clusters_of(reports, &vec![false; reports.len()], edges, constraints)
    }

    fn edge(a: u32, b: u32, bits: f64) -> (u32, u32, f64) {
        (a, b, bits)
    }

    #[test]
    fn a_chain_is_not_one_event() {
        // Monday–Tuesday and Tuesday–Wednesday may each be taken for one; Monday–Wednesday not.
        let edges = [edge(0, 1, 2.0), edge(1, 2, 1.5)];
        assert_eq!(clusters(&[0, 1, 2], &edges, &Constraints::default()), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn three_that_agree_are_one() {
        let edges = [edge(0, 1, 2.0), edge(1, 2, 1.5), edge(0, 2, -1.0)];
        assert_eq!(clusters(&[0, 1, 2], &edges, &Constraints::default()), [vec![0, 1, 2]]);
    }

    #[test]
    fn two_records_of_one_report_stay_two() {
        let edges = [edge(0, 2, 3.0), edge(1, 2, 2.0)];
        assert_eq!(clusters(&[7, 7, 8], &edges, &Constraints::default()), [vec![0, 2], vec![1]]);
    }

    #[test]
    fn a_reviewer_is_obeyed() {
        let edges = [edge(0, 1, 9.0)];
        let apart = Constraints { cannot: HashSet::from([(0, 1)]), ..Constraints::default() };
        assert_eq!(clusters(&[0, 1, 2], &edges, &apart), [vec![0], vec![1], vec![2]]);
        let together = Constraints { must: vec![vec![0, 2]], ..Constraints::default() };
        assert_eq!(clusters(&[0, 1, 0], &edges, &together), [vec![0, 1, 2]]);
        assert_eq!(clusters(&[0, 1, 0], &[edge(0, 1, 2.0)], &together), [vec![0, 2], vec![1]]);
    }

    #[test]
    fn a_record_moves_to_where_it_fits_better() {
        // 1 joins 0 first, but 2 and 3 together hold it more.
        let edges = [edge(0, 1, 3.0), edge(1, 2, 2.5), edge(1, 3, 2.5), edge(2, 3, 2.0)];
        assert_eq!(clusters(&[0, 1, 2, 3], &edges, &Constraints::default()), [vec![0], vec![1, 2, 3]]);
    }

    #[test]
    fn a_week_of_strikes_is_not_its_monday() {
        let edges = [edge(0, 1, 3.0), edge(2, 3, 3.0), edge(0, 4, 1.0), edge(1, 4, 1.0), edge(2, 4, 0.5)];
        let vague = [false, false, false, false, true];
        let found = clusters_of(&[0, 1, 2, 3, 4], &vague, &edges, &Constraints::default());
        assert_eq!(found, [vec![0, 1], vec![2, 3], vec![4]]);
        // Where it fits one event only, it tells of that.
        let found = clusters_of(&[0, 1, 2, 3, 4], &vague, &edges[..4], &Constraints::default());
        assert_eq!(found, [vec![0, 1, 4], vec![2, 3]]);
    }
}
