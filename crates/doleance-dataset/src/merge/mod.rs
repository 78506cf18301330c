//! Records to events: block, compare, weigh, cluster, agree, relate. Pure but for reading and writing the dataset.
//!
//! Whatever order reports came in and however many threads run, the same dataset comes out. A merge starts from records
//! and decisions every time: nothing that it joins is lost, and a decision replayed twice is a decision taken once.

mod agree;
mod block;
mod cluster;
mod compare;
mod features;
mod fields;
mod identity;
mod joins;
mod kinds;
mod parts;
mod relate;
mod weights;

pub use kinds::KindDistance;

pub(crate) use agree::{Voice, agree, fits_event_field};

use doleance_records::Claim;
use hashbrown::{HashMap, HashSet};

use crate::event::{Join, LinkSupport, MergedEvent};
use crate::store::{EventRow, Replay, Review, StoredClaim};
use crate::{Store, StoreError};
use block::{KindGroups, Pairs};
use cluster::{Clusters, Constraints};
pub(crate) use features::{Characters, folded};
use features::{Features, ReportContext};
use identity::{Before, identify};
use joins::{founder_of, joins};
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
        let (mut features, mut summary) = features(store, &replay)?;
        let mut clustering = cluster(&features, &replay, rules, &mut summary);
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
        clustering.inside = Vec::new();
        // Neither pairs nor words are needed any more, and writing takes memory of its own.
        features.forget_words();
        let before = Before { live: store.members()?, gone: store.tombstones()? };
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
    clusters: Vec<Vec<u32>>,
    /// The pairs within clusters.
    inside: Vec<block::Pair>,
    patterns: Vec<compare::Pattern>,
    weights: Weights,
}

fn cluster(
    features: &Features,
    replay: &Replay,
    rules: &MergeRules,
    summary: &mut MergeSummary,
) -> Clustering {
    let groups = KindGroups::new(features, &rules.kinds, rules.near_kinds);
    let Pairs { pairs, patterns, cut } = block::pairs(features, &groups, i32::from(rules.days), rules.km);
    summary.pairs = pairs.len();
    summary.cut = cut;
    let mut counts = vec![0.0; patterns.len()];
    pairs.iter().for_each(|pair| counts[pair.pattern as usize] += 1.0);
    let mut counted: Vec<(u64, f64)> = patterns.iter().copied().zip(counts).collect();
    // Sums of many numbers come out the same only in the same order.
    counted.sort_unstable_by_key(|&(pattern, _)| pattern);
    let weights = Weights::fitted(&counted);
    let bits: Vec<f64> = patterns.iter().map(|&pattern| weights.weigh(pattern)).collect();
    let reports: Vec<u32> = features.rows.iter().map(|row| row.report).collect();
    let vague: Vec<bool> = features.rows.iter().map(is_vague).collect();
    let known = cluster::Known { reports: &reports, vague: &vague, bits: &bits };
    let Clusters { clusters, inside } = cluster::clusters(&known, pairs, &constraints(features, replay));
    Clustering { clusters, inside, patterns, weights }
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

fn founders_first<'a>(features: &'a Features, cluster: &[u32]) -> Vec<&'a str> {
    let founder = founder_of(features, cluster);
    let rest = cluster.iter().copied().filter(|&record| record != founder);
    std::iter::once(founder).chain(rest).map(|record| features.rows[record as usize].uid.as_str()).collect()
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
