//! Relations between events: those that records state, and the rally inside a strike.

use doleance_records::Relation;
use hashbrown::HashMap;
use std::collections::BTreeMap;

use crate::event::{LinkSupport, MergedEvent};

use super::features::day_number;

/// Relations by events' numbers: from, relation, to.
pub(crate) type Relations = BTreeMap<(u32, &'static str, u32), LinkSupport>;

/// Lifts the links between records to the events that hold them. A link within one event says nothing.
pub(crate) fn stated<'a>(links: impl Iterator<Item = (&'a str, Relation, u32, u32)>) -> Relations {
    let mut relations = Relations::new();
    for (uid, relation, from, to) in links.filter(|&(_, _, from, to)| from != to) {
        relations.entry((from, relation.name(), to)).or_default().links.push(uid.to_owned());
    }
    relations
}

/// Adds `part_of` between an event of an inner kind and one of an outer kind that the same reports name at the same
/// place and on the same days, where both have actors in common: the rally of the strikers, not that of others.
pub(crate) fn infer_parts(relations: &mut Relations, events: &[MergedEvent], inside: &[(String, String)]) {
    let mut by_report: HashMap<&str, Vec<u32>> = HashMap::new();
    for (number, event) in events.iter().enumerate() {
        for report in &event.reports {
            by_report.entry(report).or_default().push(number as u32);
        }
    }
    let mut common: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for together in by_report.values() {
        for &inner in together {
            for &outer in together {
                if inner != outer && is_part(&events[inner as usize], &events[outer as usize], inside) {
                    *common.entry((inner, outer)).or_default() += 1;
                }
            }
        }
    }
    let mut outers: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
    for ((inner, outer), reports) in common {
        outers.entry(inner).or_default().push((outer, reports));
    }
    for (inner, outers) in outers {
        // A rally on a day of two strikes belongs to either: nothing is said.
        let [(outer, reports)] = outers[..] else { continue };
        let stated = |from, to| Relation::ALL.iter().any(|r| relations.contains_key(&(from, r.name(), to)));
        if stated(inner, outer) || stated(outer, inner) {
            continue;
        }
        let reason = format!("same place, days and actors, named together in {reports} report(s)");
        relations.insert(
            (inner, Relation::PartOf.name(), outer),
            LinkSupport { links: Vec::new(), inferred: Some(reason) },
        );
    }
}

fn is_part(inner: &MergedEvent, outer: &MergedEvent, inside: &[(String, String)]) -> bool {
    let kinds = inside.iter().any(|(a, b)| *a == inner.kind.value && *b == outer.kind.value);
    kinds
        && inner.status.value == outer.status.value
        && same_place(inner, outer)
        && within_days(inner, outer)
        && share_actor(inner, outer)
}

fn same_place(inner: &MergedEvent, outer: &MergedEvent) -> bool {
    match (&inner.place, &outer.place) {
        (Some(inner), Some(outer)) => {
            let (inner, outer) = (&inner.value, &outer.value);
            (inner.name == outer.name && inner.country == outer.country && inner.level == outer.level)
                || (outer.level < inner.level && outer.admin1.is_some() && outer.admin1 == inner.admin1)
        }
        _ => false,
    }
}

fn within_days(inner: &MergedEvent, outer: &MergedEvent) -> bool {
    let days = |event: &MergedEvent| {
        let time = &event.time.as_ref()?.value;
        Some((day_number(time.start.or(time.end)?), day_number(time.end.or(time.start)?)))
    };
    match (days(inner), days(outer)) {
        (Some(inner), Some(outer)) => outer.0 <= inner.0 && inner.1 <= outer.1,
        _ => false,
    }
}

fn share_actor(inner: &MergedEvent, outer: &MergedEvent) -> bool {
    inner.actors.iter().any(|a| {
        outer.actors.iter().any(|b| {
            let sectors = a.sector.is_none() || b.sector.is_none() || a.sector == b.sector;
            (a.organisation.is_some() && a.organisation == b.organisation) || (a.role == b.role && sectors)
        })
    })
}
