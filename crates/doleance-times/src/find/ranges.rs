//! Ranges and what else stands in two parts, each of them a TIMEX3.

use crate::calendar;
use crate::expression::{Cue, When};
use crate::matcher::Match;
use crate::mention::{DayPart, Endpoint, Interval, TimeMention, TimexKind};

use super::Narrator;

impl Narrator<'_> {
    pub(super) fn range(
        &self,
        mention: &mut TimeMention,
        found: &Match,
        from: &When,
        to: &When,
        cue: Option<Cue>,
    ) {
        if to.habitual {
            return self.habitual(mention, found, from, to);
        }
        if let (Some(base), true) =
            (self.habit_here(mention.span), from.is_bare_clock() && to.is_bare_clock())
        {
            return self.habitual_hours(mention, found, from, to, &base);
        }
        let anchors = self.anchors_at(mention.span);
        let mut last = anchors.resolve(to, cue);
        let mut from = from.clone();
        from.share(to);
        let mut first = anchors.resolve(&from, cue);
        // "du 28 février au 3 mars", "de vendredi à dimanche": the start is the nearest before the end.
        let (start, mut end) = (first.interval.and_then(|i| i.start), last.interval.and_then(|i| i.end));
        let mut start = start;
        if let (Some(s), Some(e)) = (start, end)
            && s > e
        {
            if from.weekday.is_some() && from.day.is_none() {
                let back = (calendar::weekday(e) - calendar::weekday(s)).rem_euclid(7);
                start = Some(calendar::plus_days(e, -back));
            // "du 1er au 30 juin", a little after May: both days are of the year of the end.
            } else if from.year.is_none()
                && from.month.is_some()
                && (from.month != to.month || s.year() > e.year())
            {
                start = Some(calendar::shift_months(s, -12));
            } else if from.day.is_some() && from.month == to.month {
                start = Some(calendar::shift_months(s, -1));
            }
            if let Some(day) = start {
                first.value = day.to_string();
                if let Some(part) = first.part {
                    first.value.push('T');
                    first.value.push_str(part.code());
                }
            }
        }
        if let (Some(s), Some(e)) = (start, end)
            && s > e
        {
            end = Some(s);
            last.value.clone_from(&first.value);
        }
        // A Friday that lies a week after its Monday belongs to the same week.
        if let (Some(s), Some(e)) = (start, end)
            && from.weekday.is_some()
            && from.day.is_none()
            && calendar::number(e) - calendar::number(s) > 7
        {
            start = Some(calendar::plus_days(s, 7));
        }
        mention.timex = last.timex;
        mention.granularity = last.granularity;
        mention.part = last.part.or(first.part);
        mention.anchor = last.anchor;
        // "la nuit du 11 au 12": one night, named by the day on which it begins.
        let one_night = from.part == Some(DayPart::Night) && to.part == Some(DayPart::Night);
        mention.value =
            if one_night { first.value.clone() } else { format!("{}/{}", first.value, last.value) };
        mention.interval = start.zip(end).map(|(start, end)| Interval::days(start, end));
        mention.is_event_time = mention.interval.is_some();
        if let (Some([a, b]), false) = (found.ends, one_night) {
            mention.endpoints = [(a, first), (b, last)]
                .into_iter()
                .filter(|((from, to), _)| to > from)
                .map(|((from, to), resolved)| Endpoint {
                    span: self.span(from, to),
                    value: resolved.value,
                    timex: resolved.timex,
                })
                .collect();
        }
    }

    /// *The 12 months through June*: what an amount of time led up to has been.
    pub(super) fn ends_a_stretch(&self, found: &Match) -> bool {
        let Some(before) = self.mentions.last().filter(|m| m.timex == TimexKind::Duration) else {
            return false;
        };
        let between = self
            .document
            .text()
            .get(before.span.end as usize..self.atoms[found.first].span.start as usize)
            .map(str::trim);
        let counted = before.span.of(self.document.text());
        // "the 12 months", but not "12 months until the vote".
        let definite = counted.split_whitespace().count() > 2;
        definite && between.is_some_and(|word| !word.is_empty() && word.chars().all(char::is_alphabetic))
    }

    /// *at 8 p.m. on Monday*, *hier matin à 5 heures*: the date and the clock time are two TIMEX3.
    pub(super) fn set_apart(&self, mention: &mut TimeMention, found: &Match, when: &When) {
        let Some([date, clock]) = found.ends else { return };
        let Some((day, _)) = mention.value.split_once('T') else { return };
        let (first, last) = (date.0.min(clock.0), date.1.max(clock.1));
        // An expression around it may have words of its own, and then is one.
        if first != found.first || last > found.end || date.0 < clock.1 && clock.0 < date.1 {
            return;
        }
        // "hier matin" keeps its part of the day.
        let (date_value, date_kind) = match when.part.filter(|_| when.hour.is_some()) {
            Some(part) => (format!("{day}T{}", part.code()), TimexKind::Time),
            None => (day.to_owned(), TimexKind::Date),
        };
        let mut parts = [(date, date_value, date_kind), (clock, mention.value.clone(), TimexKind::Time)];
        parts.sort_by_key(|((first, _), _, _)| *first);
        // "11 heures": what the last part says after its number is its own.
        parts[1].0.1 = found.end;
        mention.endpoints = parts
            .into_iter()
            .map(|((first, end), value, timex)| Endpoint { span: self.span(first, end), value, timex })
            .collect();
    }
}
