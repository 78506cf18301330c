//! What the public does not get: text beyond the evidence, names of persons, coordinates finer than the place level.

use doleance_records::PlaceLevel;

use super::{ExportSummary, Exported};
use crate::event::{EventFigure, EventPlace};

/// What stands for a name that was taken out of a quotation.
const NAME: &str = "[…]";

pub(super) fn redact(events: &mut [Exported], summary: &mut ExportSummary) {
    let mut count = |what: &'static str, number: usize| {
        if number > 0 {
            *summary.left_out.entry(what).or_default() += number;
        }
    };
    for exported in events {
        let names = person_names(exported);
        count("records as coded, with their words", exported.records.len());
        exported.records.clear();
        count("words of claims", exported.claims.len());
        exported.claims.clear();
        let event = &mut exported.event;
        for actor in event.actors.iter_mut().chain(&mut event.targets) {
            count("names of persons", usize::from(actor.name.take().is_some()));
        }
        for evidence in &mut exported.evidence {
            count("headlines", usize::from(evidence.title.take().is_some()));
            for name in &names {
                let found = evidence.text.matches(name.as_str()).count();
                if found > 0 {
                    evidence.text = evidence.text.replace(name.as_str(), NAME);
                    count("names of persons", found);
                }
            }
        }
        for figures in [&mut event.size, &mut event.killed, &mut event.injured, &mut event.arrested] {
            for figure in figures {
                count("words of figures", figure.texts.len());
                figure.texts.clear();
                count("speakers named otherwise than by role", usize::from(hide_speaker(figure)));
            }
        }
        if let Some(place) = &mut event.place {
            count("coordinates finer than the place level", usize::from(coarsen(&mut place.value)));
            for dissent in &mut place.dissents {
                count("coordinates finer than the place level", usize::from(coarsen(&mut dissent.value)));
            }
        }
    }
}

/// Names of persons in the records, longest first, so that a surname does not leave its first name behind.
fn person_names(exported: &Exported) -> Vec<String> {
    let actors = exported.event.actors.iter().chain(&exported.event.targets);
    let named = actors.filter_map(|actor| actor.name.clone());
    let parties = exported.claims.iter().flat_map(|claim| [&claim.claimant, &claim.addressee]);
    let parties = parties.flatten().filter_map(|party| party.name.clone());
    with_surnames(named.chain(parties))
}

/// The names and their last words, longest first.
pub(crate) fn with_surnames(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.filter(|name| name.chars().count() > 2).collect();
    let surnames: Vec<String> = names
        .iter()
        .filter_map(|name| name.split_whitespace().last())
        .filter(|name| name.chars().count() > 2)
        .map(str::to_owned)
        .collect();
    names.extend(surnames);
    names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    names.dedup();
    names
}

/// A speaker given by role (`police`, `organisers`) stays; one that may be a name does not.
fn hide_speaker(figure: &mut EventFigure) -> bool {
    hide_name(&mut figure.said_by)
}

/// Takes away a speaker that is not given by role.
pub(crate) fn hide_name(speaker: &mut Option<String>) -> bool {
    let is_role = |speaker: &str| speaker.chars().all(|c| c.is_lowercase() || c == '_' || c == ' ');
    speaker.take_if(|speaker| !is_role(speaker)).is_some()
}

/// A coordinate rounded to what the level of the place bears out: a degree for a country, a kilometre for a town.
pub(crate) fn coarse(level: PlaceLevel, degrees: f64) -> f64 {
    let grain = match level {
        PlaceLevel::Country | PlaceLevel::Admin1 => 1.0,
        PlaceLevel::Admin2 => 10.0,
        PlaceLevel::City | PlaceLevel::District | PlaceLevel::Site => 100.0,
    };
    (degrees * grain).round() / grain
}

/// Rounds both coordinates and says whether that took anything away.
pub(crate) fn coarsen(place: &mut EventPlace) -> bool {
    let round = |degrees: f64| coarse(place.level, degrees);
    let rounded = (place.lat.map(round), place.lon.map(round));
    let finer = rounded != (place.lat, place.lon);
    (place.lat, place.lon) = rounded;
    finer
}
