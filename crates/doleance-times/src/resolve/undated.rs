//! Times that leave their year, month or week unsaid: which one they mean.

use doleance_text::Date;

use crate::calendar;
use crate::expression::{Base, Cue, When};
use crate::frame::{Frame, span};
use crate::mention::{Anchor, Granularity};

use super::Anchors;

/// A date this many days before the report is as good as certain.
pub(super) const NEAR: i64 = 45;

/// Past candidates farther than this many days give way to a coming one, where no verb decides.
const FAR_BACK: i64 = 300;

/// Coming candidates farther than this many days give way to one just past.
const FAR_AHEAD: i64 = 240;

/// So do those farther than this even after a past tense, if the coming one is near: who means a day of a year ago says
/// so.
const FAR_BACK_IN_THE_PAST: i64 = 320;

/// What ended so many days before the report is not what *this* names.
const LONG_PAST: i64 = 200;

/// How far a narrative of years ago may go on into the next year, in days.
const HALF_A_YEAR: i64 = 183;

impl Anchors {
    /// *a year earlier*, told of a quarter or a month: that quarter or month of another year.
    pub(super) fn year_on(&self, when: &When, unit: Granularity, amount: i64) -> Option<(Frame, usize)> {
        if unit != Granularity::Year || when.base != Some(Base::Narrative) || !when.counted {
            return None;
        }
        let (_, frame, number) = self.recent?;
        Some(match frame {
            Frame::Month(year, month) => (Frame::Month(year + amount, month), number),
            Frame::Quarter(year, quarter) => (Frame::Quarter(year + amount, quarter), number),
            Frame::Half(year, half) => (Frame::Half(year + amount, half), number),
            Frame::Season(year, season) => (Frame::Season(year + amount, season), number),
            _ => return None,
        })
    }

    pub(super) fn stated_year(&self, when: &When) -> Option<i64> {
        when.year.or_else(|| {
            let short = when.short_year?;
            let latest = self.publication().map_or(30, |(day, _)| i64::from(day.year()) - 2000 + 1);
            Some(if short <= latest { 2000 + short } else { 1900 + short })
        })
    }

    /// A part of the year: in the year stated, or in the one that direction, cue and distance choose.
    pub(super) fn in_year(
        &self,
        year: Option<i64>,
        anchor: Anchor,
        when: &When,
        cue: Option<Cue>,
        part: impl Fn(i64) -> Option<Frame>,
    ) -> Option<(Frame, Anchor)> {
        if let Some(year) = year {
            return part(year).map(|frame| (frame, anchor));
        }
        if let Some(found) = self.in_year_told(when, cue, &part) {
            return Some(found);
        }
        let (today, anchor) = self.publication()?;
        let now = i64::from(today.year());
        let candidates = (now - 8..=now + 8).filter_map(|y| part(y).map(|frame| (frame, span(frame))));
        let frame = match when.direction {
            Some(back) if back < 0 => {
                let ended: Vec<Frame> =
                    candidates.filter(|(_, (_, end))| *end < today).map(|(f, _)| f).collect();
                ended.len().checked_sub(back.unsigned_abs() as usize).map(|i| ended[i])
            }
            // "this winter" in November has begun, or will soon.
            Some(0) => part(now).and_then(|frame| {
                let ended = calendar::number(today) - calendar::number(span(frame).1);
                if ended > LONG_PAST { part(now + 1) } else { Some(frame) }
            }),
            Some(ahead) => {
                candidates.filter(|(_, (start, _))| *start > today).map(|(f, _)| f).nth(ahead as usize - 1)
            }
            None => {
                let all: Vec<(Frame, (Date, Date))> = candidates.collect();
                let past = all.iter().rev().find(|(_, (start, _))| *start <= today);
                let coming = all.iter().find(|(_, (_, end))| *end >= today);
                match cue {
                    Some(Cue::Future) => match (past, coming) {
                        // What lies most of a year ahead and was a few days ago is what was: the verb looks elsewhere.
                        (Some(past), Some(coming))
                            if calendar::number(coming.1.0) - calendar::number(today) > FAR_AHEAD
                                && calendar::number(today) - calendar::number(past.1.1) < NEAR =>
                        {
                            Some(past)
                        }
                        _ => coming.or(past),
                    },
                    _ => match (past, coming) {
                        (Some(past), Some(coming)) => {
                            let back = calendar::number(today) - calendar::number(past.1.1);
                            let ahead = calendar::number(coming.1.0) - calendar::number(today);
                            let far = if cue.is_some() {
                                back > FAR_BACK_IN_THE_PAST && ahead < NEAR
                            } else {
                                back > FAR_BACK
                            };
                            Some(if far { coming } else { past })
                        }
                        (past, coming) => past.or(coming),
                    },
                }
                .map(|(frame, _)| *frame)
            }
        };
        frame.map(|frame| (frame, anchor))
    }

    /// *On 15 May 1919 … On 9 June …*: in a narrative of years ago the next dates are of that year, or early in the next.
    fn in_year_told(
        &self,
        when: &When,
        cue: Option<Cue>,
        part: &impl Fn(i64) -> Option<Frame>,
    ) -> Option<(Frame, Anchor)> {
        when.direction.is_none().then_some(())?;
        let (year, month, mention) = self.last_year().filter(|_| self.keeps_year(cue))?;
        let told = calendar::date(year, month, 1)?;
        let (own, next) = (part(year)?, part(year + 1));
        let after = |frame: &Frame| calendar::number(span(*frame).0) - calendar::number(told);
        // December may go on in January; June does not go back to May of the next year.
        let next = next.filter(|frame| after(&own) < 0 && after(frame) < HALF_A_YEAR);
        Some((next.unwrap_or(own), Anchor::Narrative(mention)))
    }

    /// The year and month told of last; the first month where the sentence told only the year.
    fn last_year(&self) -> Option<(i64, i64, usize)> {
        match (self.month, self.year_here) {
            (Some(month), Some((_, number))) if month.2 > number => Some(month),
            (_, Some((year, number))) => Some((year, 1, number)),
            (month, None) => month,
        }
    }

    /// Whether a date without a year is of the year told last: of one named in its own sentence (*in 2018 … on 9 April*),
    /// or in a narrative of years ago.
    fn keeps_year(&self, cue: Option<Cue>) -> bool {
        let (Some((today, _)), Some((year, ..))) = (self.publication(), self.last_year()) else {
            return false;
        };
        let named_here = self.year_here.is_some_and(|(y, _)| y == year) && year < i64::from(today.year());
        named_here || self.tells_of_old(cue)
    }

    /// Whether what was told last lies years before the report, and nothing looks ahead. A sentence that begins with a
    /// day of years ago stays there, whatever its tense. A year alone (*since the revolt of 1988*) begins no such narrative
    /// in news: it is mostly told aside. It does where nothing of these days was told before it (*In the spring of 1940 …*).
    pub(crate) fn tells_of_old(&self, cue: Option<Cue>) -> bool {
        let recent = self.recent.is_none_or(|(day, ..)| self.is_of_old(i64::from(day.year())));
        let told = self.month.is_some_and(|(year, ..)| self.is_of_old(year));
        (cue != Some(Cue::Future) || self.told_here) && recent && told
    }

    /// Whether a year lies years before the report.
    pub(crate) fn is_of_old(&self, year: i64) -> bool {
        self.publication().is_some_and(|(today, _)| year + 2 <= i64::from(today.year()))
    }

    /// *mardi 5 juin*: the nearest year in which that day is that weekday.
    pub(super) fn year_of_weekday(
        &self,
        month: i64,
        day: i64,
        weekday: i64,
        cue: Option<Cue>,
    ) -> Option<(Frame, Anchor)> {
        let (today, anchor) = self.publication()?;
        let now = i64::from(today.year());
        let fits = |year: i64| calendar::date(year, month, day).filter(|d| calendar::weekday(*d) == weekday);
        // A weekday that does not fit a day of these very days is a slip of the pen.
        if let Some(these_days) = calendar::date(now, month, day)
            && (calendar::number(these_days) - calendar::number(today)).abs() <= 10
        {
            return Some((Frame::Day(these_days), anchor));
        }
        let mut candidates: Vec<Date> = (now - 11..=now + 2).filter_map(fits).collect();
        candidates.sort_by_key(|d| {
            let distance = calendar::number(*d) - calendar::number(today);
            let wrong_way =
                matches!((cue, distance.signum()), (Some(Cue::Past), 1) | (Some(Cue::Future), -1));
            distance.abs() + if wrong_way { 200 } else { 0 }
        });
        candidates.first().map(|day| (Frame::Day(*day), anchor))
    }

    /// *le 6*: in the month told of, else the last one on or before the report (the next where a cue says so).
    pub(super) fn bare_day(
        &self,
        day: i64,
        weekday: Option<i64>,
        cue: Option<Cue>,
    ) -> Option<(Frame, Anchor)> {
        let near = |today: Date, months: &[i64]| {
            months.iter().find_map(|&shift| {
                let (y, m) = calendar::plus_months(i64::from(today.year()), i64::from(today.month()), shift);
                calendar::date(y, m, day).filter(|found| {
                    weekday.is_none_or(|w| calendar::weekday(*found) == w)
                        && match (weekday, cue) {
                            (Some(_), _) => true,
                            (None, Some(Cue::Future)) => *found >= today,
                            (None, _) => *found <= today,
                        }
                })
            })
        };
        if weekday.is_none()
            && let Some((year, month, mention)) = self.month
            && let Some(found) = calendar::date(year, month, day)
        {
            return Some((Frame::Day(found), Anchor::Narrative(mention)));
        }
        let (today, anchor) = self.publication()?;
        let months: &[i64] = match (cue, weekday) {
            (Some(Cue::Future), _) => &[0, 1, 2, 3, -1],
            (_, Some(_)) => &[0, -1, 1, -2, 2, -3, 3, -4, -5, -6],
            _ => &[0, -1, -2],
        };
        near(today, months).map(|found| (Frame::Day(found), anchor))
    }

    pub(super) fn bare_weekday(
        &self,
        weekday: i64,
        when: &When,
        cue: Option<Cue>,
    ) -> Option<(Frame, Anchor)> {
        let old_day = self.day.filter(|(day, _)| self.is_of_old(i64::from(day.year())));
        if let Some((told, mention)) = old_day.filter(|_| when.direction.is_none() && self.tells_of_old(cue))
        {
            let ahead = (weekday - calendar::weekday(told)).rem_euclid(7);
            return Some((Frame::Day(calendar::plus_days(told, ahead)), Anchor::Narrative(mention)));
        }
        let (today, anchor) = self.base(when.base, cue, Some((Granularity::Day, -1)))?;
        let ahead = (weekday - calendar::weekday(today)).rem_euclid(7);
        let back = (7 - ahead) % 7;
        let days = match (when.direction, cue) {
            (Some(0), Some(Cue::Future)) => ahead,
            (Some(0), Some(Cue::Past)) => -back,
            // "ce jeudi" without a verb: the nearest.
            (Some(0), None) => {
                if ahead <= 3 {
                    ahead
                } else {
                    -back
                }
            }
            (Some(last), _) if last < 0 => (if back == 0 { -7 } else { -back }) + 7 * (last + 1),
            (Some(next), _) => (if ahead == 0 { 7 } else { ahead }) + 7 * (next - 1),
            // The weekday of the report itself is that very day: agencies name days so.
            (None, Some(Cue::Future)) => ahead,
            (None, _) => -back,
        };
        Some((Frame::Day(calendar::plus_days(today, days)), anchor))
    }
}
