//! Correlation clustering: groups of records such that evidence within is for, and between against.
//!
//! Greedy additive edge contraction joins the two groups with most evidence for it, as long as there is any, then single
//! records move where they fit better. Pairs that blocking kept apart count as evidence against, so that a vague record
//! between two days does not pull the days together. A reviewer's word comes before all.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use hashbrown::{HashMap, HashSet};

/// Evidence for two records being one event, in bits; negative against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Edge {
    pub a: u32,
    pub b: u32,
    pub bits: f64,
}

/// What a reviewer decided, by numbers of records.
#[derive(Clone, Debug, Default)]
pub(crate) struct Constraints {
    pub must: Vec<Vec<u32>>,
    pub cannot: HashSet<(u32, u32)>,
}

/// Bits against two records of which no block held both: their days or places exclude each other.
const APART: f64 = 8.0;
/// Bits by which one group must hold a vague record better than any other to keep it.
const AS_WELL: f64 = 2.0;
const ROUNDS: usize = 4;

/// Groups of records, each sorted, in order of their first. `reports` gives the report of each record: two records of
/// one report are never joined but by a reviewer.
/// `vague` marks records of several days or a whole division: one that fits several groups belongs to none, as the week
/// of strikes is not its Monday.
pub(crate) fn clusters(
    reports: &[u32],
    vague: &[bool],
    edges: &[Edge],
    constraints: &Constraints,
) -> Vec<Vec<u32>> {
    let mut clusters = Vec::new();
    for component in components(reports.len(), edges, constraints) {
        if component.members.len() == 1 {
            clusters.push(component.members);
        } else {
            clusters.extend(Contraction::new(reports, vague, &component, constraints).run());
        }
    }
    clusters.sort();
    clusters
}

/// Records that evidence for, or a reviewer, connects, with all the evidence among them.
struct Component {
    members: Vec<u32>,
    edges: Vec<Edge>,
    must: Vec<Vec<u32>>,
}

fn components(count: usize, edges: &[Edge], constraints: &Constraints) -> Vec<Component> {
    let mut root: Vec<u32> = (0..count as u32).collect();
    fn find(root: &mut [u32], mut at: u32) -> u32 {
        while root[at as usize] != at {
            root[at as usize] = root[root[at as usize] as usize];
            at = root[at as usize];
        }
        at
    }
    let mut join = |a: u32, b: u32| {
        let (a, b) = (find(&mut root, a), find(&mut root, b));
        root[a.max(b) as usize] = a.min(b);
    };
    edges.iter().filter(|edge| edge.bits > 0.0).for_each(|edge| join(edge.a, edge.b));
    constraints.must.iter().for_each(|group| group.windows(2).for_each(|two| join(two[0], two[1])));
    let roots: Vec<u32> = (0..count as u32).map(|at| find(&mut root, at)).collect();
    let mut number = vec![u32::MAX; count];
    let mut components: Vec<Component> = Vec::new();
    for (record, &root) in roots.iter().enumerate() {
        if number[root as usize] == u32::MAX {
            number[root as usize] = components.len() as u32;
            components.push(Component { members: Vec::new(), edges: Vec::new(), must: Vec::new() });
        }
        components[number[root as usize] as usize].members.push(record as u32);
    }
    let of = |record: u32| number[roots[record as usize] as usize] as usize;
    for edge in edges.iter().filter(|edge| of(edge.a) == of(edge.b)) {
        components[of(edge.a)].edges.push(*edge);
    }
    for group in constraints.must.iter().filter(|group| !group.is_empty()) {
        components[of(group[0])].must.push(group.clone());
    }
    components
}

/// Evidence between two groups: the sum of bits, and over how many pairs.
#[derive(Clone, Copy, Debug, Default)]
struct Between {
    bits: f64,
    pairs: u32,
}

struct Contraction<'a> {
    members: &'a [u32],
    reports: Vec<u32>,
    vague: Vec<bool>,
    edges: Vec<(u32, u32, f64)>,
    /// Pairs that a reviewer keeps apart.
    cannot: HashSet<(u32, u32)>,
    /// Records that a reviewer joined with others: they do not move.
    fixed: Vec<bool>,
    groups: Vec<Vec<u32>>,
    between: Vec<BTreeMap<u32, Between>>,
}

#[derive(PartialEq)]
struct Step {
    bits: f64,
    a: u32,
    b: u32,
    sizes: (usize, usize),
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
    fn new(reports: &[u32], vague: &[bool], component: &'a Component, constraints: &Constraints) -> Self {
        let members = component.members.as_slice();
        // Members are sorted, so that a record's place among them is found by halving.
        let local = |record: u32| members.binary_search(&record).ok().map(|at| at as u32);
        let both = |a: u32, b: u32| local(a).zip(local(b));
        let edges: Vec<(u32, u32, f64)> = component
            .edges
            .iter()
            .filter_map(|edge| both(edge.a, edge.b).map(|(a, b)| (a, b, edge.bits)))
            .collect();
        let cannot = if constraints.cannot.is_empty() {
            HashSet::new()
        } else {
            constraints
                .cannot
                .iter()
                .filter_map(|&(a, b)| both(a, b))
                .flat_map(|(a, b)| [(a, b), (b, a)])
                .collect()
        };
        let mut between = vec![BTreeMap::new(); members.len()];
        for &(a, b, bits) in &edges {
            between[a as usize].insert(b, Between { bits, pairs: 1 });
            between[b as usize].insert(a, Between { bits, pairs: 1 });
        }
        let mut contraction = Contraction {
            members,
            reports: members.iter().map(|&record| reports[record as usize]).collect(),
            vague: members.iter().map(|&record| vague[record as usize]).collect(),
            edges,
            cannot,
            fixed: vec![false; members.len()],
            groups: (0..members.len() as u32).map(|at| vec![at]).collect(),
            between,
        };
        for group in &component.must {
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

    fn group_of(&self, record: u32) -> u32 {
        // Only asked while must-links are drawn, of which there are few.
        self.groups.iter().position(|group| group.contains(&record)).unwrap_or(record as usize) as u32
    }

    fn run(mut self) -> Vec<Vec<u32>> {
        let mut steps: BinaryHeap<Step> = BinaryHeap::new();
        for a in 0..self.groups.len() as u32 {
            let next: Vec<u32> = self.between[a as usize].range(a + 1..).map(|(&b, _)| b).collect();
            steps.extend(next.into_iter().filter_map(|b| self.step(a, b)));
        }
        while let Some(step) = steps.pop() {
            let sizes = (self.groups[step.a as usize].len(), self.groups[step.b as usize].len());
            // Either group has grown or gone since: its newer steps are in the heap.
            if sizes != step.sizes {
                continue;
            }
            self.contract(step.a, step.b);
            let next: Vec<u32> = self.between[step.a as usize].keys().copied().collect();
            steps.extend(next.into_iter().filter_map(|b| self.step(step.a.min(b), step.a.max(b))));
        }
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

    /// Joining two groups, if there is more for it than against it.
    fn step(&self, a: u32, b: u32) -> Option<Step> {
        let between = self.between[a as usize].get(&b)?;
        let (one, other) = (&self.groups[a as usize], &self.groups[b as usize]);
        let unseen = (one.len() * other.len()) as f64 - f64::from(between.pairs);
        let bits = between.bits - APART * unseen;
        if bits <= 0.0 || one.iter().any(|&x| other.iter().any(|&y| self.excluded(x, y))) {
            return None;
        }
        Some(Step { bits, a, b, sizes: (one.len(), other.len()) })
    }

    fn excluded(&self, x: u32, y: u32) -> bool {
        self.reports[x as usize] == self.reports[y as usize] || self.cannot.contains(&(x, y))
    }

    /// Puts group `b` into group `a`.
    fn contract(&mut self, a: u32, b: u32) {
        let moved = std::mem::take(&mut self.groups[b as usize]);
        self.groups[a as usize].extend(moved);
        let evidence = std::mem::take(&mut self.between[b as usize]);
        self.between[a as usize].remove(&b);
        for (other, more) in evidence {
            self.between[other as usize].remove(&b);
            if other == a {
                continue;
            }
            let sum = self.between[a as usize].entry(other).or_default();
            sum.bits += more.bits;
            sum.pairs += more.pairs;
            let sum = *sum;
            self.between[other as usize].insert(a, sum);
        }
    }

    /// Moves single records where they fit better, until none does.
    fn settle(&mut self) {
        let mut group = vec![0u32; self.members.len()];
        for (number, members) in self.groups.iter().enumerate() {
            members.iter().for_each(|&record| group[record as usize] = number as u32);
        }
        let mut near: Vec<Vec<(u32, f64)>> = vec![Vec::new(); self.members.len()];
        for &(a, b, bits) in &self.edges {
            near[a as usize].push((b, bits));
            near[b as usize].push((a, bits));
        }
        for _ in 0..ROUNDS {
            let mut moved = false;
            for record in 0..self.members.len() as u32 {
                if !self.fixed[record as usize] {
                    moved |= self.settle_one(record, &mut group, &near[record as usize]);
                }
            }
            if !moved {
                break;
            }
        }
        for record in 0..self.members.len() as u32 {
            if self.vague[record as usize] && !self.fixed[record as usize] {
                self.single_out(record, &mut group, &near[record as usize]);
            }
        }
    }

    /// Puts a vague record alone where another group would hold it about as well as its own does.
    fn single_out(&mut self, record: u32, group: &mut [u32], near: &[(u32, f64)]) {
        let own = group[record as usize];
        let mut best: HashMap<u32, f64> = HashMap::new();
        for &(other, bits) in near {
            let most = best.entry(group[other as usize]).or_insert(f64::MIN);
            *most = most.max(bits);
        }
        let Some(here) = best.remove(&own) else { return };
        let elsewhere = best.values().copied().fold(f64::MIN, f64::max);
        if elsewhere <= 0.0 || elsewhere < here - AS_WELL {
            return;
        }
        if let Some(empty) = self.groups.iter().position(Vec::is_empty) {
            self.groups[own as usize].retain(|&other| other != record);
            self.groups[empty].push(record);
            group[record as usize] = empty as u32;
        }
    }

    fn settle_one(&mut self, record: u32, group: &mut [u32], near: &[(u32, f64)]) -> bool {
        let own = group[record as usize];
        let mut evidence: HashMap<u32, Between> = HashMap::new();
        for &(other, bits) in near {
            let sum = evidence.entry(group[other as usize]).or_default();
            sum.bits += bits;
            sum.pairs += 1;
        }
        let fit = |number: u32, without: usize| {
            let sum = evidence.get(&number).copied().unwrap_or_default();
            let unseen = (self.groups[number as usize].len() - without) as f64 - f64::from(sum.pairs);
            sum.bits - APART * unseen
        };
        let here = fit(own, 1);
        let mut best = (0.0, None);
        let mut targets: Vec<u32> = evidence.keys().copied().filter(|&number| number != own).collect();
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
        group[record as usize] = target;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(reports: &[u32], edges: &[Edge], constraints: &Constraints) -> Vec<Vec<u32>> {
        super::clusters(reports, &vec![false; reports.len()], edges, constraints)
    }

    fn edge(a: u32, b: u32, bits: f64) -> Edge {
        Edge { a, b, bits }
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
        let found = super::clusters(&[0, 1, 2, 3, 4], &vague, &edges, &Constraints::default());
        assert_eq!(found, [vec![0, 1], vec![2, 3], vec![4]]);
        // Where it fits one event only, it tells of that.
        let found = super::clusters(&[0, 1, 2, 3, 4], &vague, &edges[..4], &Constraints::default());
        assert_eq!(found, [vec![0, 1, 4], vec![2, 3]]);
    }
}
