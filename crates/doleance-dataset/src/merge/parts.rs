//! Parts of a dataset that can be clustered one by one: what no evidence connects.

use super::block::Pair;
use super::cluster::{Constraints, Known};

/// Records that evidence for, or a reviewer, connects: no group reaches beyond its part.
pub(super) struct Parts {
    /// The records of each part, sorted.
    pub members: Vec<Vec<u32>>,
    part_of: Vec<u32>,
}

impl Parts {
    pub fn new(known: &Known<'_>, pairs: &[Pair], constraints: &Constraints) -> Self {
        let count = known.reports.len();
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
        let speaks_for = |pair: &&Pair| known.bits[pair.pattern as usize] > 0.0;
        pairs.iter().filter(speaks_for).for_each(|pair| join(pair.a, pair.b));
        constraints.must.iter().for_each(|group| group.windows(2).for_each(|two| join(two[0], two[1])));
        let mut part_of = vec![0u32; count];
        let mut members: Vec<Vec<u32>> = Vec::new();
        for record in 0..count as u32 {
            // The root is the smallest of its part, and has been met.
            let root = find(&mut root, record);
            if root == record {
                part_of[record as usize] = members.len() as u32;
                members.push(vec![record]);
            } else {
                part_of[record as usize] = part_of[root as usize];
                members[part_of[root as usize] as usize].push(record);
            }
        }
        Parts { members, part_of }
    }

    /// The part of a record.
    pub fn of(&self, record: u32) -> u32 {
        self.part_of[record as usize]
    }
}
