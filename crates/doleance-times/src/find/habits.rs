//! What is so every day or week: hours and weekdays of a habit, and rates (*10 hours a day*).

use doleance_text::Span;

use crate::expression::{Extent, When};
use crate::matcher::Match;
use crate::mention::{Endpoint, Granularity, TimeMention, TimexKind};
use crate::value;

use super::Narrator;
use super::extents::set;

impl Narrator<'_> {
    /// *Ouvert du lundi au vendredi*: two sets, and no days.
    pub(super) fn habitual(&self, mention: &mut TimeMention, found: &Match, from: &When, to: &When) {
        set(mention, to, None);
        let first = value::of(None, from);
        if let Some(ends) = found.ends {
            mention.endpoints = ends
                .into_iter()
                .zip([first.clone(), mention.value.clone()])
                .map(|((from, to), value)| Endpoint {
                    span: self.span(from, to),
                    value,
                    timex: TimexKind::Set,
                })
                .collect();
        }
        mention.value = format!("{first}/{}", mention.value);
    }

    /// *Ouvert tous les jours de 10 h à 19 h*: hours of no one day.
    pub(super) fn habitual_hours(
        &self,
        mention: &mut TimeMention,
        found: &Match,
        from: &When,
        to: &When,
        base: &str,
    ) {
        let values = [from, to].map(|when| format!("{base}{}", value::time_of_day(when)));
        mention.timex = TimexKind::Time;
        mention.value = values.join("/");
        mention.granularity = Granularity::Hour;
        if let Some(ends) = found.ends {
            mention.endpoints = ends
                .into_iter()
                .zip(values)
                .map(|((from, to), value)| Endpoint {
                    span: self.span(from, to),
                    value,
                    timex: TimexKind::Time,
                })
                .collect();
        }
    }

    /// In a sentence that has told of a habit (*tous les jours*), another weekday with its article (*sauf le lundi*) and
    /// hours are of that habit too.
    pub(super) fn is_habit(&self, mention: &mut TimeMention, found: &Match, when: &When) -> bool {
        let weekday = when.is_bare_weekday() && when.hour.is_none() && found.end > found.first + 1;
        if !weekday && !when.is_bare_clock() {
            return false;
        }
        let Some(base) = self.habit_here(mention.span) else { return false };
        if weekday && when.part.is_none() {
            set(mention, when, None);
            return true;
        }
        if when.is_bare_clock() {
            mention.timex = TimexKind::Time;
            mention.value = format!("{base}{}", value::time_of_day(when));
            mention.granularity = Granularity::Hour;
            return true;
        }
        false
    }

    /// The day that a set before in the sentence names: `XXXX-WXX-2`, or any.
    pub(super) fn habit_here(&self, span: Span) -> Option<String> {
        let sentence = self.sentence(span.start)?;
        let told = self.mentions.last().filter(|m| self.sentence(m.span.start) == Some(sentence))?;
        let is_day = |value: &str| value.starts_with("XXXX-WXX-") && !value.contains('/');
        match told.timex {
            TimexKind::Set if is_day(&told.value) => Some(told.value.clone()),
            TimexKind::Set if told.granularity <= Granularity::Week => Some("XXXX-XX-XX".to_owned()),
            // Further hours: "de 9 h à 12 h et de 14 h à 17 h".
            TimexKind::Time if told.value.starts_with("XXXX-") && told.interval.is_none() => {
                told.value.split_once('T').map(|(day, _)| day.to_owned())
            }
            _ => None,
        }
    }

    /// *10 hours a day*: one unit right behind a smaller amount.
    pub(super) fn is_rate(&self, mention: &TimeMention, extent: &Extent) -> bool {
        let text = self.document.text();
        extent.amount == Some(100)
            && extent.minor.is_none()
            && self.mentions.last().is_some_and(|before| {
                before.timex == TimexKind::Duration
                    && before.granularity < extent.unit
                    && text.get(before.span.end as usize..mention.span.start as usize) == Some(" ")
            })
    }
}
