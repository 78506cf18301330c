//! Stable identifiers of events through merge after merge.
//!
//! An identifier stays with the event that holds its founding record; where two meet in one event, the one that brought
//! more records stays and the other becomes a tombstone that points to it. A split gives a tombstone its event back.

use hashbrown::{HashMap, HashSet};

use crate::uid::{event_id, founder};

/// What there was before: live events with their records, and tombstones.
#[derive(Debug, Default)]
pub(crate) struct Before {
    pub live: Vec<(String, Vec<String>)>,
    pub gone: Vec<(String, Option<String>)>,
}

/// Identifiers for the clusters, in their order, and every identifier that is live no more with its successor.
pub(crate) struct Identities {
    pub ids: Vec<String>,
    pub gone: HashMap<String, Option<String>>,
}

/// Names clusters of records. Each cluster gives its records' identifiers, the one that would found it first.
pub(crate) fn identify(before: &Before, clusters: &[Vec<&str>]) -> Identities {
    let cluster_of: HashMap<&str, usize> = clusters
        .iter()
        .enumerate()
        .flat_map(|(number, records)| records.iter().map(move |&record| (record, number)))
        .collect();
    // What each cluster may be called: live names first, then those that brought most records, then in order.
    let mut names: Vec<Vec<(bool, usize, &str)>> = vec![Vec::new(); clusters.len()];
    for (id, records) in &before.live {
        let mut brought: HashMap<usize, usize> = HashMap::new();
        for record in records {
            if let Some(&cluster) = cluster_of.get(record.as_str()) {
                *brought.entry(cluster).or_default() += 1;
            }
        }
        let home = cluster_of.get(founder(id).as_str()).copied().or_else(|| {
            // The founding record is gone: the name goes where most of its company went.
            brought
                .iter()
                .map(|(&cluster, &count)| (count, std::cmp::Reverse(cluster)))
                .max()
                .map(|(_, c)| c.0)
        });
        if let Some(home) = home {
            names[home].push((false, usize::MAX - brought.get(&home).copied().unwrap_or(0), id));
        }
    }
    for (id, _) in &before.gone {
        if let Some(&home) = cluster_of.get(founder(id).as_str()) {
            names[home].push((true, 0, id));
        }
    }
    let ids: Vec<String> = clusters
        .iter()
        .zip(&names)
        .map(|(records, names)| match names.iter().min() {
            Some((_, _, id)) => (*id).to_owned(),
            None => event_id(records.first().copied().unwrap_or_default()),
        })
        .collect();
    let live: HashSet<String> = ids.iter().cloned().collect();
    let mut gone: HashMap<String, Option<String>> = HashMap::new();
    for (number, names) in names.iter().enumerate() {
        for (_, _, id) in names {
            if !live.contains(*id) {
                gone.insert((*id).to_owned(), Some(ids[number].clone()));
            }
        }
    }
    let ended =
        before.live.iter().map(|(id, _)| (id, &None)).chain(before.gone.iter().map(|(id, into)| (id, into)));
    for (id, into) in ended {
        if !live.contains(id.as_str()) && !gone.contains_key(id) {
            gone.insert(id.clone(), into.clone());
        }
    }
    // A successor may have ended since: follow it to one that lives.
    let known = gone.clone();
    for into in gone.values_mut() {
        let mut steps = 0;
        while let Some(next) = into.as_ref().filter(|id| !live.contains(id.as_str())) {
            steps += 1;
            *into = if steps > known.len() { None } else { known.get(next).cloned().flatten() };
        }
    }
    Identities { ids, gone }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(events: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
        events
            .iter()
            .map(|(id, records)| ((*id).to_owned(), records.iter().map(|&r| r.to_owned()).collect()))
            .collect()
    }

    #[test]
    fn a_merge_leaves_a_tombstone_and_a_split_opens_it() {
        let before = Before { live: live(&[("ev-a", &["r-a", "r-x"]), ("ev-b", &["r-b"])]), gone: vec![] };
        let merged = identify(&before, &[vec!["r-a", "r-b", "r-x"]]);
        assert_eq!(merged.ids, ["ev-a"]);
        assert_eq!(merged.gone["ev-b"], Some("ev-a".to_owned()));
        let after = Before {
            live: live(&[("ev-a", &["r-a", "r-b", "r-x"])]),
            gone: merged.gone.into_iter().collect(),
        };
        let split = identify(&after, &[vec!["r-a", "r-x"], vec!["r-b"]]);
        assert_eq!(split.ids, ["ev-a", "ev-b"]);
        assert!(split.gone.is_empty());
    }

    #[test]
    fn a_name_survives_its_founding_record() {
        let before = Before { live: live(&[("ev-a", &["r-a", "r-x", "r-y"])]), gone: vec![] };
        assert_eq!(identify(&before, &[vec!["r-x", "r-y"]]).ids, ["ev-a"]);
    }

    #[test]
    fn an_event_without_records_ends_without_successor() {
        let before =
            Before { live: live(&[("ev-a", &["r-a"])]), gone: vec![("ev-z".into(), Some("ev-a".into()))] };
        let after = identify(&before, &[]);
        assert_eq!(after.gone["ev-a"], None);
        assert_eq!(after.gone["ev-z"], None);
    }
}
