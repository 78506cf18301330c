//! Times that take their day from a date which follows in their sentence: *au lendemain de l'explosion du 4 août*, *at
//! 5:30 p.m., Tuesday*.

use doleance_text::TokenId;

use crate::calendar;
use crate::expression::{Base, Cue, Expression, When};
use crate::frame::Frame;
use crate::matcher::Match;
use crate::mention::{Anchor, Granularity};
use crate::resolve::Resolved;

use super::Narrator;

/// *The term ends in June*: a month that begins within so many days is the coming one.
const SOON: i64 = 120;

impl Narrator<'_> {
    /// Whether the next month of that name begins soon.
    pub(super) fn comes_soon(&self, when: &When) -> bool {
        let Some(today) = self.anchors.published else { return false };
        let coming = self.anchors.resolve(when, Some(Cue::Future)).interval.and_then(|i| i.start);
        coming.is_some_and(|day| (1..=SOON).contains(&(calendar::number(day) - calendar::number(today))))
    }

    /// *Samedi, concours de boules à partir de 14 h ; dimanche, marche*: in its sentence a clock time follows, or a day was
    /// announced before.
    pub(super) fn stands_in_a_programme(&self, head: TokenId, rest: &[Match]) -> bool {
        let sentence = self.document.sentence_of(head);
        let clock_follows = rest
            .iter()
            .take_while(|m| self.sentence(self.atoms[m.first].span.start) == Some(sentence))
            .any(|m| match &m.expression {
                Expression::When(w) | Expression::From(w) | Expression::Range(w, _) => w.hour.is_some(),
                _ => false,
            });
        let announced = self.decided.iter().filter_map(|d| d.by_cue).any(|number| {
            let told = &self.mentions[number];
            self.document.sentence_of(told.head) == sentence
                && told.interval.and_then(|i| i.start) > self.anchors.published
        });
        clock_follows || announced
    }

    /// *au lendemain de l'explosion du 4 août*, *three days after the May 2 vote*: counted from the date that follows in
    /// the sentence; without one it stays open.
    pub(super) fn after_event(
        &mut self,
        when: &When,
        found: &Match,
        rest: &[Match],
        cue: Option<Cue>,
    ) -> Resolved {
        let here = self.span(found.first, found.end);
        let sentence = self.sentence(here.start);
        let years = !when.vague_shift && matches!(when.shift, Some((Granularity::Year, n)) if n > 0);
        let event = rest
            .iter()
            .take_while(|m| {
                self.sentence(self.atoms[m.first].span.start) == sentence
                    && !self.comma_between(found.pattern_end, m.first)
            })
            .take(2)
            .find_map(|m| match &m.expression {
                Expression::When(day)
                    if m.first <= found.pattern_end + if years { 8 } else { 18 }
                        && (day.day.is_some() || day.weekday.is_some()) =>
                {
                    Some(day)
                }
                _ => None,
            });
        let mut anchors = self.anchors_at(here);
        if let Some(day) = event {
            if let (true, Some((_, amount)), Some((today, _)), None) =
                (years, when.shift, self.anchors.publication(), day.year)
                && day.weekday.is_none()
            {
                self.year_due = Some(i64::from(today.year()) - amount);
                return self.unresolved(when);
            }
            let resolved = anchors.resolve(day, cue.or(Some(Cue::Past)));
            if let Some(start) = resolved.interval.and_then(|i| i.start) {
                anchors.day = Some((start, self.mentions.len()));
                anchors.recent = Some((start, Frame::Day(start), self.mentions.len()));
                anchors.coming = anchors.day;
                let counted = When { base: Some(Base::Narrative), ..when.clone() };
                let mut resolved = anchors.resolve(&counted, cue);
                resolved.anchor = Anchor::Narrative(self.mentions.len() + 1);
                return resolved;
            }
        }
        self.unresolved(when)
    }

    /// *à 17h30, mardi*: a time of day takes the day that follows it in its sentence, if none went before there.
    pub(super) fn day_ahead(
        &self,
        when: &When,
        found: &Match,
        next: Option<&Match>,
        cue: Option<Cue>,
    ) -> Option<When> {
        let dateless = (when.hour.is_some() || when.part.is_some())
            && when.shift.is_none()
            && when.day.is_none()
            && when.weekday.is_none()
            && when.month.is_none()
            && when.holiday.is_none();
        if !dateless {
            return None;
        }
        let sentence = self.sentence(self.atoms[found.first].span.start)?;
        let told_before = self
            .mentions
            .iter()
            .rev()
            .take_while(|m| self.sentence(m.span.start) == Some(sentence))
            .any(|m| m.is_event_time && m.granularity <= Granularity::Day);
        let next = next?;
        let near = next.first.saturating_sub(found.end) <= 6
            && self.sentence(self.atoms[next.first].span.start) == Some(sentence);
        let Expression::When(day) = &next.expression else { return None };
        let is_day = day.day.is_some()
            || day.weekday.is_some()
            || day.holiday.is_some()
            || matches!(day.shift, Some((Granularity::Day, _)));
        if told_before || !near || !is_day || day.hour.is_some() {
            return None;
        }
        let mut whole = when.clone();
        whole.merge(day);
        whole.cue = whole.cue.or(cue);
        Some(whole)
    }
}
