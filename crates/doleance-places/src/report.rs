//! What the report as a whole is about: its country and its main town.

use std::collections::BTreeMap;

use doleance_records::PlaceLevel;
use doleance_text::CountryCode;

use crate::classify::EMBASSY;
use crate::gazetteer::PlaceId;
use crate::mention::{PlaceAnnotation, PlaceMention, PlaceMentionKind, PlaceUse, ResolvedPlace};

/// A place with its weight in the report.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentPlace {
    /// The place.
    pub place: ResolvedPlace,
    /// Its share among all places of its level, 0 to 1.
    pub share: f32,
}

/// The country that the report speaks of, where one outweighs all others.
pub fn document_country(annotation: &PlaceAnnotation) -> Option<CountryCode> {
    let mut weights: BTreeMap<CountryCode, f32> = BTreeMap::new();
    for (number, mention) in annotation.mentions.iter().enumerate() {
        let Some(country) = mention.resolved.as_ref().and_then(|p| p.country) else { continue };
        *weights.entry(country).or_default() += weight(mention, number);
    }
    let (country, top) = heaviest(&weights)?;
    let second = weights.iter().filter(|(c, _)| **c != country).map(|(_, w)| *w).fold(0.0, f32::max);
    (top > second).then_some(country)
}

/// The town that the report speaks of most. Sites count for their town.
pub fn document_place(annotation: &PlaceAnnotation) -> Option<DocumentPlace> {
    let mut weights: BTreeMap<PlaceId, f32> = BTreeMap::new();
    let mut places: BTreeMap<PlaceId, &ResolvedPlace> = BTreeMap::new();
    for (number, mention) in annotation.mentions.iter().enumerate() {
        let Some(place) = mention.resolved.as_ref().filter(|p| p.is_local()) else { continue };
        let Some(id) = place.entry else { continue };
        *weights.entry(id).or_default() += weight(mention, number);
        if place.level == PlaceLevel::City {
            places.insert(id, place);
        }
    }
    weights.retain(|id, _| places.contains_key(id));
    let (id, top) = heaviest(&weights)?;
    let total: f32 = weights.values().sum();
    let place = (*places.get(&id)?).clone();
    Some(DocumentPlace { place, share: top / total })
}

/// Early mentions count more: news says first what it is about.
fn weight(mention: &PlaceMention, number: usize) -> f32 {
    let by_use = match mention.use_ {
        PlaceUse::Location => 1.0,
        PlaceUse::Attribute => 0.8,
        PlaceUse::Container | PlaceUse::Dateline => 0.7,
        PlaceUse::Metonym => 0.3,
        // Only the country's own institutions carry a place.
        PlaceUse::Organisation => 0.5,
        PlaceUse::PersonName => 0.0,
    };
    // Those abroad say nothing of where the report is.
    if mention.rule == EMBASSY {
        return 0.0;
    }
    let by_kind = if mention.kind == PlaceMentionKind::Relative { 0.0 } else { 1.0 };
    by_use * by_kind * (1.0 + 1.0 / (1.0 + number as f32 / 2.0))
}

fn heaviest<K: Copy + Ord>(weights: &BTreeMap<K, f32>) -> Option<(K, f32)> {
    let mut top: Option<(K, f32)> = None;
    for (&key, &weight) in weights {
        if weight > 0.0 && top.is_none_or(|(_, w)| weight > w) {
            top = Some((key, weight));
        }
    }
    top
}
