//! Which events are meant: by kind, place, days, status, actor, issue, language of the reports.

use doleance_records::Status;
use hashbrown::HashMap;
use jiff::civil::Date;

use crate::event::{EventActor, MergedEvent};
use crate::merge::folded;
use crate::{Store, StoreError};

/// Conditions that an event must meet, all of them; one that is not given is met. Names are compared without case and
/// accents, and a part of a name is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Kind of the codebook.
    pub kind: Option<String>,
    /// Name of the place, its division, or the letters of its country.
    pub place: Option<String>,
    /// Not over before this day.
    pub from: Option<Date>,
    /// Begun by this day.
    pub to: Option<Date>,
    /// Whether it took place.
    pub status: Option<Status>,
    /// Role, sector, organisation or public name of an actor or target.
    pub actor: Option<String>,
    /// Issue raised.
    pub issue: Option<String>,
    /// Language of one of its reports.
    pub language: Option<String>,
}

impl Selection {
    /// Whether every event is meant.
    pub fn is_all(&self) -> bool {
        *self == Selection::default()
    }

    /// Whether this event is meant. `languages` gives the language of each report by name.
    pub fn holds(&self, event: &MergedEvent, languages: &HashMap<String, String>) -> bool {
        let language = |wanted: &String| {
            event
                .reports
                .iter()
                .any(|report| languages.get(report).is_some_and(|language| language == wanted))
        };
        self.kind.as_ref().is_none_or(|kind| *kind == event.kind.value)
            && self.status.is_none_or(|status| status == event.status.value)
            && self.place.as_ref().is_none_or(|place| is_at(event, place))
            && self.is_in_days(event)
            && self.actor.as_ref().is_none_or(|actor| has_actor(event, actor))
            && self.issue.as_ref().is_none_or(|issue| event.issues.iter().any(|i| i.issue == *issue))
            && self.language.as_ref().is_none_or(language)
    }

    fn is_in_days(&self, event: &MergedEvent) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let Some(time) = event.time.as_ref().map(|time| &time.value) else { return false };
        let (first, last) = (time.start.or(time.end), time.end.or(time.start));
        self.from.is_none_or(|from| last.is_some_and(|last| last >= from))
            && self.to.is_none_or(|to| first.is_some_and(|first| first <= to))
    }
}

fn is_at(event: &MergedEvent, wanted: &str) -> bool {
    let Some(place) = event.place.as_ref().map(|place| &place.value) else { return false };
    let wanted = folded(wanted);
    let named = |name: &Option<String>| name.as_ref().is_some_and(|name| folded(name).contains(&wanted));
    folded(&place.name).contains(&wanted)
        || named(&place.admin1)
        || place.country.as_deref().is_some_and(|country| folded(country) == wanted)
}

fn has_actor(event: &MergedEvent, wanted: &str) -> bool {
    let wanted = folded(wanted);
    let is = |actor: &EventActor| {
        [Some(&actor.role), actor.sector.as_ref(), actor.organisation.as_ref(), actor.name.as_ref()]
            .into_iter()
            .flatten()
            .any(|name| folded(name).contains(&wanted))
    };
    event.actors.iter().chain(&event.targets).any(is)
}

impl Store {
    /// The events that are meant, in the order of [`Store::events`].
    pub fn select(&self, selection: &Selection) -> Result<Vec<MergedEvent>, StoreError> {
        let mut events = self.events()?;
        if !selection.is_all() {
            let languages = self.report_languages()?;
            events.retain(|event| selection.holds(event, &languages));
        }
        Ok(events)
    }
}
