//! Records to events: block, compare, weigh, cluster, agree, relate. Pure but for reading and writing the dataset.
//!
//! Whatever order reports came in and however many threads run, the same dataset comes out. A merge starts from records
//! and decisions every time: nothing that it joins is lost, and a decision replayed twice is a decision taken once.

mod agree;
mod block;
mod cluster;
mod compare;
mod features;
mod identity;
mod kinds;
mod relate;
mod weights;

pub use kinds::KindDistance;

pub(crate) use agree::{Voice, agree, fits_event_field};

use std::collections::BTreeMap;

use doleance_records::Claim;
use hashbrown::{HashMap, HashSet};

use crate::event::{Join, LinkSupport, MergedEvent, Reason};
use crate::store::{EventRow, Replay, Review, StoredClaim};
use crate::{Store, StoreError};
use block::{KindGroups, Pairs};
use cluster::{Constraints, Edge};
pub(crate) use features::{Characters, folded};
use features::{Features, ReportContext};
use identity::{Before, identify};
use weights::Weights;

/// What a merge goes by.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeRules {
    /// Days by which two reports may differ on the day of one event.
    pub days: u16,
    /// Kilometres between two towns that may be one place.
    pub km: f64,
    /// The codebook's tree of kinds, as far as two of them may name one event.
    pub kinds: KindDistance,
    /// Steps in that tree up to which two kinds may name one event.
    pub near_kinds: u32,
    /// Kinds of which the first may be a part of the second, as a rally of a strike.
    pub inside: Vec<(String, String)>,
}

impl Default for MergeRules {
    fn default() -> Self {
        let inside = ["strike", "general_strike"]
            .iter()
            .flat_map(|outer| ["rally", "march", "blockade", "occupation"].map(|inner| (inner, *outer)))
            .map(|(inner, outer)| (inner.to_owned(), outer.to_owned()))
            .collect();
        let kinds = KindDistance::from_parents([
            ("rally", "demonstration"),
            ("march", "demonstration"),
            ("strike", "work_stoppage"),
            ("general_strike", "work_stoppage"),
            ("riot", "confrontation"),
            ("clash", "confrontation"),
            ("dispersal", "confrontation"),
            ("blockade", "obstruction"),
            ("occupation", "obstruction"),
        ]);
        MergeRules { days: 1, km: 10.0, kinds, near_kinds: 2, inside }
    }
}

/// What a merge found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct MergeSummary {
    /// Records that took part.
    pub records: usize,
    /// Records that a reviewer rejected.
    pub rejected: usize,
    /// Events.
    pub events: usize,
    /// Events of more than one record.
    pub joined: usize,
    /// Pairs of records compared.
    pub pairs: usize,
    /// Pairs left out because too many records share a place and a time: 0 in all but huge datasets.
    pub cut: u64,
    /// Relations between events.
    pub links: usize,
    /// Decisions that speak of records that are there no more.
    pub without_effect: usize,
}

/// Rebuilds the events of a dataset from its records and decisions.
pub fn merge(store: &Store, rules: &MergeRules) -> Result<MergeSummary, StoreError> {
    store.write(|connection| {
        let replay = store.replay()?;
        let (features, mut summary) = features(store, &replay)?;
        let clustering = cluster(&features, &replay, rules);
        summary.pairs = clustering.pairs.pairs.len();
        summary.cut = clustering.pairs.cut;
        summary.events = clustering.clusters.len();
        summary.joined = clustering.clusters.iter().filter(|cluster| cluster.len() > 1).count();
        let known: HashSet<&str> = features.rows.iter().map(|row| row.uid.as_str()).collect();
        summary.without_effect = replay
            .records()
            .iter()
            .filter(|uid| replay.review(uid) != Some(Review::Rejected) && !known.contains(*uid))
            .count();
        drop(known);
        let joins = joins(&features, &clustering, &replay);
        drop(clustering.pairs);
        let before = before(store)?;
        let named: Vec<Vec<&str>> =
            clustering.clusters.iter().map(|cluster| founders_first(&features, cluster)).collect();
        let identities = identify(&before, &named);
        write(
            store,
            connection,
            &features,
            &clustering.clusters,
            joins,
            identities,
            &replay,
            rules,
            &mut summary,
        )?;
        Ok(summary)
    })
}

/// Reads all records into the table that is compared.
fn features(store: &Store, replay: &Replay) -> Result<(Features, MergeSummary), StoreError> {
    let mut features = Features::default();
    let mut summary = MergeSummary::default();
    let mut number = 0;
    store.each_report(|stored| {
        let context = ReportContext {
            number,
            published: stored.report.published,
            language: stored.report.language.as_ref().map(|language| language.0.as_str()),
            source: stored.report.source.as_deref(),
            text: Characters::new(&stored.report.text),
        };
        number += 1;
        let records = store.records_of(stored.key)?;
        let claims: HashMap<&str, &Claim> = records
            .iter()
            .filter_map(|(_, record)| match record {
                doleance_records::Record::Claim(claim) => Some((claim.id.as_str(), claim)),
                _ => None,
            })
            .collect();
        for (uid, record) in &records {
            let doleance_records::Record::Event(event) = record else { continue };
            if replay.review(uid) == Some(Review::Rejected) {
                summary.rejected += 1;
                continue;
            }
            let event = replay.corrected(uid, event.clone());
            let issues =
                event.claims.iter().filter_map(|id| claims.get(id.as_str())).map(|c| c.issue.as_str());
            features.push(uid.clone(), &event, issues, &context);
        }
        Ok(())
    })?;
    features.sort();
    summary.records = features.rows.len();
    Ok((features, summary))
}

struct Clustering {
    pairs: Pairs,
    weights: Weights,
    clusters: Vec<Vec<u32>>,
}

fn cluster(features: &Features, replay: &Replay, rules: &MergeRules) -> Clustering {
    let groups = KindGroups::new(features, &rules.kinds, rules.near_kinds);
    let pairs = block::pairs(features, &groups, i32::from(rules.days), rules.km);
    let mut counted: BTreeMap<u64, f64> = BTreeMap::new();
    for pair in &pairs.pairs {
        *counted.entry(pair.pattern).or_default() += 1.0;
    }
    let counted: Vec<(u64, f64)> = counted.into_iter().collect();
    let weights = Weights::fitted(&counted);
    let edges: Vec<Edge> = pairs
        .pairs
        .iter()
        .map(|pair| Edge { a: pair.a, b: pair.b, bits: weights.weigh(pair.pattern) })
        .collect();
    let reports: Vec<u32> = features.rows.iter().map(|row| row.report).collect();
    let vague: Vec<bool> = features.rows.iter().map(is_vague).collect();
    let clusters = cluster::clusters(&reports, &vague, &edges, &constraints(features, replay));
    Clustering { pairs, weights, clusters }
}

/// Whether a record covers several days or a whole division: it may be the whole of which others are parts.
fn is_vague(row: &features::Row) -> bool {
    row.days.is_some_and(|(first, last)| first != last)
        || row.place.is_some_and(|place| place.level <= doleance_records::PlaceLevel::Admin1)
}

fn constraints(features: &Features, replay: &Replay) -> Constraints {
    let number = |uid: &String| {
        features.rows.binary_search_by(|row| row.uid.as_str().cmp(uid)).ok().map(|number| number as u32)
    };
    Constraints {
        must: replay
            .must_link()
            .iter()
            .map(|group| group.iter().filter_map(number).collect::<Vec<u32>>())
            .filter(|group| group.len() > 1)
            .collect(),
        cannot: replay.cannot_link().iter().filter_map(|(a, b)| Some((number(a)?, number(b)?))).collect(),
    }
}

/// For each record the join that brought it to its event: the strongest evidence to a record that is there already,
/// starting from the founder, as in a spanning tree.
fn joins(features: &Features, clustering: &Clustering, replay: &Replay) -> Vec<Join> {
    let mut cluster_of = vec![0u32; features.rows.len()];
    for (number, cluster) in clustering.clusters.iter().enumerate() {
        cluster.iter().for_each(|&record| cluster_of[record as usize] = number as u32);
    }
    let mut near: HashMap<u32, Vec<(u32, f64, u64)>> = HashMap::new();
    for pair in &clustering.pairs.pairs {
        if cluster_of[pair.a as usize] == cluster_of[pair.b as usize] {
            let bits = clustering.weights.weigh(pair.pattern);
            near.entry(pair.a).or_default().push((pair.b, bits, pair.pattern));
            near.entry(pair.b).or_default().push((pair.a, bits, pair.pattern));
        }
    }
    let decided: HashSet<&str> = replay.must_link().iter().flatten().map(String::as_str).collect();
    let mut joins = vec![Join::default(); features.rows.len()];
    for cluster in clustering.clusters.iter().filter(|cluster| cluster.len() > 1) {
        let founder = founder_of(features, cluster);
        let mut inside: HashSet<u32> = HashSet::from([founder]);
        let mut outside: Vec<u32> = cluster.iter().copied().filter(|&record| record != founder).collect();
        while !outside.is_empty() {
            let mut best: Option<(f64, usize, u32, u64)> = None;
            for (at, record) in outside.iter().enumerate() {
                for &(other, bits, pattern) in near.get(record).into_iter().flatten() {
                    if inside.contains(&other) && best.is_none_or(|(most, ..)| bits > most) {
                        best = Some((bits, at, other, pattern));
                    }
                }
            }
            let (at, with, weight, pattern) = match best {
                Some((bits, at, with, pattern)) => (at, with, bits, Some(pattern)),
                // Only a reviewer joins what no block held.
                None => (0, founder, 0.0, None),
            };
            let record = outside.swap_remove(at);
            inside.insert(record);
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
fn founder_of(features: &Features, cluster: &[u32]) -> u32 {
    let order = |&record: &u32| {
        let row = &features.rows[record as usize];
        (row.published.is_none(), row.published, &row.uid)
    };
    // A cluster has one record at least.
    cluster.iter().copied().min_by(|a, b| order(a).cmp(&order(b))).unwrap_or_default()
}

fn founders_first<'a>(features: &'a Features, cluster: &[u32]) -> Vec<&'a str> {
    let founder = founder_of(features, cluster);
    let rest = cluster.iter().copied().filter(|&record| record != founder);
    std::iter::once(founder).chain(rest).map(|record| features.rows[record as usize].uid.as_str()).collect()
}

fn before(store: &Store) -> Result<Before, StoreError> {
    let mut live: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for event in store.events_where("1", [])? {
        live.insert(event.id, event.records);
    }
    Ok(Before { live: live.into_iter().collect(), gone: store.tombstones()? })
}

#[allow(clippy::too_many_arguments)]
fn write(
    store: &Store,
    connection: &rusqlite::Connection,
    features: &Features,
    clusters: &[Vec<u32>],
    mut joins: Vec<Join>,
    identities: identity::Identities,
    replay: &Replay,
    rules: &MergeRules,
    summary: &mut MergeSummary,
) -> Result<(), StoreError> {
    let of_path = |error| store.error(error);
    let claims = ClaimsByReport::read(store)?;
    let names = store.report_names()?;
    crate::store::clear_events(connection).map_err(of_path)?;
    let mut order: Vec<usize> = (0..clusters.len()).collect();
    order.sort_by(|&a, &b| identities.ids[a].cmp(&identities.ids[b]));
    let mut events: Vec<MergedEvent> = Vec::with_capacity(clusters.len());
    let mut rows: Vec<i64> = Vec::with_capacity(clusters.len());
    let mut event_of: HashMap<(i64, String), u32> = HashMap::new();
    for number in order {
        let records = clusters[number]
            .iter()
            .map(|&record| store.record_with(replay, &features.rows[record as usize].uid))
            .collect::<Result<Vec<_>, _>>()?;
        let voices: Vec<Voice<'_>> = records.iter().map(|record| claims.voice(record, &names)).collect();
        let id = &identities.ids[number];
        let overrides: Vec<_> = records.iter().flat_map(|record| replay.overrides(&record.uid)).collect();
        let event = agree(id.clone(), &voices, overrides.into_iter());
        for record in &records {
            event_of.insert((record.report, record.coded.id.clone()), events.len() as u32);
        }
        let joins = clusters[number]
            .iter()
            .zip(&records)
            .map(|(&row, record)| (record.key, std::mem::take(&mut joins[row as usize])))
            .collect();
        let row = EventRow { event, joins };
        rows.push(crate::store::put_event(connection, &row).map_err(of_path)?);
        events.push(row.event);
    }
    let links = store.links()?;
    let mut relations = relate::stated(links.iter().filter_map(|link| {
        let event = |id: &str| event_of.get(&(link.report, id.to_owned())).copied();
        Some((link.uid.as_str(), link.coded.relation, event(&link.coded.from)?, event(&link.coded.to)?))
    }));
    relate::infer_parts(&mut relations, &events, &rules.inside);
    summary.links = relations.len();
    for ((from, relation, to), support) in &mut relations {
        support.links.sort();
        let support: &LinkSupport = support;
        crate::store::put_event_link(connection, rows[*from as usize], relation, rows[*to as usize], support)
            .map_err(of_path)?;
    }
    crate::store::put_tombstones(connection, &identities.gone).map_err(of_path)
}

/// Claims of all reports, found by report and name.
pub(crate) struct ClaimsByReport(HashMap<(i64, String), StoredClaim>);

impl ClaimsByReport {
    pub fn read(store: &Store) -> Result<Self, StoreError> {
        let claims = store.claims()?;
        Ok(ClaimsByReport(claims.into_iter().map(|c| ((c.report, c.coded.id.clone()), c)).collect()))
    }

    pub fn voice<'a>(
        &'a self,
        record: &'a crate::store::StoredRecord,
        names: &'a HashMap<i64, String>,
    ) -> Voice<'a> {
        let claims = record
            .coded
            .claims
            .iter()
            .filter_map(|id| self.0.get(&(record.report, id.clone())))
            .map(|claim| (claim.uid.as_str(), &claim.coded))
            .collect();
        Voice { record, report: names.get(&record.report).map_or("", String::as_str), claims }
    }
}
