//! From what an expression says to days: which anchor it counts from, which year or month it means.
//!
//! News looks back: a weekday, day or month without a year is the last one on or before publication, unless a cue
//! says otherwise. The narrative gives the day of *le lendemain* and the month of *le 6*.

use doleance_text::Date;

use crate::calendar;
use crate::expression::{Base, Cue, Edge, When};
use crate::frame::{Frame, cut, granularity, span};
use crate::mention::{Anchor, DayPart, Granularity, Interval, Modifier, TimexKind};
use crate::value;

/// What times are counted from, strongest last: publication, dateline, the narrative so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Anchors {
    pub published: Option<Date>,
    pub dateline: Option<Date>,
    /// The last day told of, with its mention.
    pub day: Option<(Date, usize)>,
    /// The last stretch named at all, also in the background, by its first day.
    pub recent: Option<(Date, Frame, usize)>,
    /// The last day told of that is not before the report.
    pub coming: Option<(Date, usize)>,
    /// The last month told of, with its mention.
    pub month: Option<(i64, i64, usize)>,
}

/// A resolved time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Resolved {
    pub value: String,
    pub interval: Option<Interval>,
    pub granularity: Granularity,
    pub part: Option<DayPart>,
    pub anchor: Anchor,
    pub timex: TimexKind,
    pub modifier: Option<Modifier>,
    pub frame: Option<Frame>,
}

/// A date this many days before the report is as good as certain.
const NEAR: i64 = 45;

/// Past candidates farther than this many days give way to a coming one, where no verb decides.
const FAR_BACK: i64 = 300;

/// Coming candidates farther than this many days give way to one just past.
const FAR_AHEAD: i64 = 240;

/// So do those farther than this even after a past tense, if the coming one is near: who means a day of a year ago says
/// so.
const FAR_BACK_IN_THE_PAST: i64 = 320;

impl Anchors {
    /// The day that deictic words count from.
    pub(crate) fn publication(&self) -> Option<(Date, Anchor)> {
        self.published
            .map(|day| (day, Anchor::Publication))
            .or_else(|| self.dateline.map(|day| (day, Anchor::Dateline)))
    }

    /// The day to count from. `unit` is what a shift counts in, `ahead` whether it counts forward: that needs something
    /// told (*deux ans plus tard*), while *la veille* can also be the eve of the report.
    fn base(
        &self,
        base: Option<Base>,
        cue: Option<Cue>,
        unit: Option<Granularity>,
        ahead: bool,
    ) -> Option<(Date, Anchor)> {
        if base != Some(Base::Narrative) {
            return self.publication();
        }
        let told = match unit {
            Some(unit) => self
                .recent
                .filter(|(_, frame, _)| granularity(*frame) <= unit.max(Granularity::Day))
                .map(|(day, _, number)| (day, number))
                .or(self.day),
            None => self.day.or(self
                .recent
                .and_then(|(day, frame, number)| matches!(frame, Frame::Day(_)).then_some((day, number)))),
        };
        let told = match (cue, self.published) {
            (Some(Cue::Future), Some(_)) => self.coming.or(if ahead { told } else { None }),
            (Some(Cue::Past), Some(today)) => told.filter(|(day, _)| *day <= today),
            _ => told,
        };
        let told = told.map(|(day, mention)| (day, Anchor::Narrative(mention)));
        if ahead { told } else { told.or_else(|| self.publication()) }
    }

    /// Resolves a calendar time.
    pub(crate) fn resolve(&self, when: &When, cue: Option<Cue>) -> Resolved {
        let cue = when.cue.or(cue);
        let swapped = self.swapped(when);
        let when = swapped.as_ref().unwrap_or(when);
        let found = self.frame(when, cue).map(|(frame, anchor)| match (frame, when.week_of) {
            (Frame::Day(day), 1) => (Frame::Week(calendar::week(day).0), anchor),
            (Frame::Day(day), 2) => (Frame::Weekend(calendar::plus_days(calendar::week(day).0, 5)), anchor),
            _ => (frame, anchor),
        });
        let timed = when.hour.is_some() || when.part.is_some();
        let mut modifier = when.modifier;
        let (interval, granularity, anchor, frame) = match found {
            Some((frame, anchor)) => {
                let (mut start, mut end) = span(frame);
                // "cette semaine": Monday to the day of the report, unless what is told lies ahead. So months and years.
                if let (
                    Frame::Week(_) | Frame::Month(..) | Frame::Year(_),
                    Some((Granularity::Week | Granularity::Month | Granularity::Year, 0)),
                ) = (frame, when.shift)
                    && when.edge.is_none()
                    && when.base.is_none()
                    && cue != Some(Cue::Future)
                    && let Some((today, _)) = self.publication()
                    && start <= today
                    && today < end
                {
                    end = today;
                }
                if let Some(edge) = when.edge {
                    (start, end) = cut(frame, edge, (start, end));
                    modifier = modifier.or(Some(match edge {
                        Edge::Start => Modifier::Start,
                        Edge::Mid => Modifier::Mid,
                        Edge::End => Modifier::End,
                    }));
                }
                if when.overnight && matches!(frame, Frame::Day(_)) {
                    end = calendar::plus_days(start, 1);
                }
                (Some(Interval::days(start, end)), granularity(frame), anchor, Some(frame))
            }
            None => (None, value::open_granularity(when), Anchor::None, None),
        };
        let granularity = match (when.hour, when.minute, when.second, when.part) {
            (Some(_), _, Some(_), _) => Granularity::Second,
            (Some(_), Some(_), _, _) => Granularity::Minute,
            (Some(_), None, _, _) => Granularity::Hour,
            (None, _, _, Some(_)) => Granularity::DayPart,
            _ => granularity,
        };
        let vague = when.vague_shift;
        Resolved {
            value: if vague { vague_value(when) } else { value::of(frame, when) },
            interval: if vague { None } else { interval },
            granularity: if vague { Granularity::Vague } else { granularity },
            part: when.part.or_else(|| when.hour.map(|hour| part_of_hour(hour, when.meridiem))),
            anchor,
            timex: if timed && !vague { TimexKind::Time } else { TimexKind::Date },
            modifier,
            frame: frame.filter(|_| !vague),
        }
    }

    /// *05/06/2018* read the other way round, where only that is a date, or only that lies shortly
    /// before the report.
    fn swapped(&self, when: &When) -> Option<When> {
        let (day, month, year) = (when.day?, when.month?, self.stated_year(when)?);
        if !when.swappable || day > 12 {
            return None;
        }
        let other = When { day: Some(month), month: Some(day), ..when.clone() };
        let (today, _) = self.publication()?;
        let distance = |month: i64, day: i64| {
            let back = calendar::number(today) - calendar::number(calendar::date(year, month, day)?);
            Some(if back < 0 { 30 - back } else { back })
        };
        let Some(as_written) = distance(month, day) else { return Some(other) };
        let turned = distance(day, month)?;
        (turned <= NEAR && turned < as_written).then_some(other)
    }

    fn frame(&self, when: &When, cue: Option<Cue>) -> Option<(Frame, Anchor)> {
        let finer = when.month.is_some()
            || when.season.is_some()
            || when.holiday.is_some()
            || when.quarter.is_some()
            || when.half.is_some();
        let (mut year, mut anchor) = (self.stated_year(when), Anchor::Absolute);
        if let Some((unit, amount)) = when.shift {
            let (base, base_anchor) = self.base(when.base, cue, Some(unit), amount > 0)?;
            if unit == Granularity::Year && finer {
                year = Some(i64::from(base.year()) + amount);
                anchor = base_anchor;
            } else {
                return shifted(when, unit, amount, base, cue).map(|frame| (frame, base_anchor));
            }
        }
        if let Some(decade) = when.decade {
            let decade = if decade < 100 { 1900 + decade } else { decade };
            return Some((Frame::Decade(decade), Anchor::Absolute));
        }
        if let Some(century) = when.century {
            return Some((Frame::Century((century - 1) * 100), Anchor::Absolute));
        }
        if let (Some(month), Some(weekday), Some(nth)) = (when.month, when.weekday, when.ordinal) {
            return self.in_year(year, anchor, when, cue, |y| {
                calendar::nth_weekday(y, month, weekday, nth).map(Frame::Day)
            });
        }
        if let (Some(month), Some(nth)) = (when.month, when.nth_week) {
            return self.in_year(year, anchor, when, cue, |y| {
                // The week that holds the first of the month counts as its first if most of it lies in the month.
                let first = calendar::date(y, month, 1)?;
                let skipped = i64::from(calendar::weekday(first) > 4);
                Some(Frame::Week(calendar::plus_days(calendar::week(first).0, 7 * (nth - 1 + skipped))))
            });
        }
        if let (Some(month), Some(day)) = (when.month, when.day) {
            if year.is_none()
                && let Some(weekday) = when.weekday
                && let Some(found) = self.year_of_weekday(month, day, weekday, cue)
            {
                return Some(found);
            }
            return self.in_year(year, anchor, when, cue, |y| calendar::date(y, month, day).map(Frame::Day));
        }
        if let Some(month) = when.month {
            return self.in_year(year, anchor, when, cue, |y| Some(Frame::Month(y, month)));
        }
        if let Some(holiday) = when.holiday {
            return self.in_year(year, anchor, when, cue, |y| calendar::holiday(holiday, y).map(Frame::Day));
        }
        if let Some(season) = when.season {
            return self.in_year(year, anchor, when, cue, |y| Some(Frame::Season(y, season)));
        }
        if let Some(quarter) = when.quarter {
            return self.in_year(year, anchor, when, cue, |y| Some(Frame::Quarter(y, quarter)));
        }
        if let Some(half) = when.half {
            return self.in_year(year, anchor, when, cue, |y| Some(Frame::Half(y, half)));
        }
        if let Some(day) = when.day {
            return self.bare_day(day, when.weekday, cue);
        }
        if let Some(weekday) = when.weekday {
            return self.bare_weekday(weekday, when, cue);
        }
        if let Some(year) = year {
            return Some((Frame::Year(year), anchor));
        }
        if when.part.is_some() || when.hour.is_some() {
            let base = when.base.or(Some(Base::Narrative));
            return self.base(base, cue, None, false).map(|(day, anchor)| (Frame::Day(day), anchor));
        }
        None
    }

    fn stated_year(&self, when: &When) -> Option<i64> {
        when.year.or_else(|| {
            let short = when.short_year?;
            let latest = self.publication().map_or(30, |(day, _)| i64::from(day.year()) - 2000 + 1);
            Some(if short <= latest { 2000 + short } else { 1900 + short })
        })
    }

    /// A part of the year: in the year stated, or in the one that direction, cue and distance choose.
    fn in_year(
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
        let (today, anchor) = self.publication()?;
        let now = i64::from(today.year());
        let candidates = (now - 8..=now + 8).filter_map(|y| part(y).map(|frame| (frame, span(frame))));
        let frame = match when.direction {
            Some(back) if back < 0 => {
                let ended: Vec<Frame> =
                    candidates.filter(|(_, (_, end))| *end < today).map(|(f, _)| f).collect();
                ended.len().checked_sub(back.unsigned_abs() as usize).map(|i| ended[i])
            }
            Some(0) => part(now),
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

    /// *mardi 5 juin*: the nearest year in which that day is that weekday.
    fn year_of_weekday(
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
    fn bare_day(&self, day: i64, weekday: Option<i64>, cue: Option<Cue>) -> Option<(Frame, Anchor)> {
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

    fn bare_weekday(&self, weekday: i64, when: &When, cue: Option<Cue>) -> Option<(Frame, Anchor)> {
        let (today, anchor) = self.base(when.base, cue, Some(Granularity::Day), false)?;
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

/// A shift from a base: *hier*, *la semaine dernière*, *il y a trois mois*.
fn shifted(when: &When, unit: Granularity, amount: i64, base: Date, cue: Option<Cue>) -> Option<Frame> {
    let (year, month) = (i64::from(base.year()), i64::from(base.month()));
    Some(match unit {
        Granularity::Second | Granularity::Minute | Granularity::Hour => {
            Frame::Day(calendar::plus_days(base, if amount.abs() >= 24 { amount / 24 } else { 0 }))
        }
        Granularity::Day | Granularity::DayPart => Frame::Day(calendar::plus_days(base, amount)),
        Granularity::Week => {
            let day = calendar::plus_days(base, amount.saturating_mul(7));
            match when.weekday {
                Some(weekday) => Frame::Day(calendar::plus_days(calendar::week(day).0, weekday - 1)),
                None if when.counted => Frame::CountedWeek(day),
                None => Frame::Week(calendar::week(day).0),
            }
        }
        Granularity::Weekend => {
            let weekday = calendar::weekday(base);
            let saturday_before = calendar::plus_days(base, -((weekday - 6).rem_euclid(7)));
            let inside = weekday >= 6;
            let first = match (amount, inside) {
                (0, true) => saturday_before,
                (0, false) if cue == Some(Cue::Future) => calendar::plus_days(saturday_before, 7),
                (0, false) => saturday_before,
                (n, true) => calendar::plus_days(saturday_before, 7 * n),
                (n, false) if n < 0 => calendar::plus_days(saturday_before, 7 * (n + 1)),
                (n, false) => calendar::plus_days(saturday_before, 7 * n),
            };
            match when.weekday {
                Some(weekday @ 5..) => Frame::Day(calendar::plus_days(first, weekday - 6)),
                _ => Frame::Weekend(first),
            }
        }
        Granularity::Month => {
            let (y, m) = calendar::plus_months(year, month, amount);
            match when.day {
                Some(day) => Frame::Day(calendar::date(y, m, day)?),
                None => Frame::Month(y, m),
            }
        }
        Granularity::Quarter => {
            let (y, m) = calendar::plus_months(year, month, amount.saturating_mul(3));
            Frame::Quarter(y, (m - 1) / 3 + 1)
        }
        Granularity::HalfYear => {
            let (y, m) = calendar::plus_months(year, month, amount.saturating_mul(6));
            Frame::Half(y, (m - 1) / 6 + 1)
        }
        Granularity::Season => Frame::Season(year + amount, when.season?),
        Granularity::Year => Frame::Year(year + amount),
        Granularity::Decade => Frame::Decade((year.div_euclid(10) + amount) * 10),
        Granularity::Century => Frame::Century((year.div_euclid(100) + amount) * 100),
        Granularity::Vague => return None,
    })
}

fn vague_value(when: &When) -> String {
    let past = when.shift.is_none_or(|(_, sign)| sign <= 0);
    if past { "PAST_REF" } else { "FUTURE_REF" }.to_owned()
}

fn part_of_hour(hour: i64, meridiem: Option<i64>) -> DayPart {
    match value::hour_of_day(hour, meridiem) {
        5..=11 => DayPart::Morning,
        12..=17 => DayPart::Afternoon,
        18..=22 => DayPart::Evening,
        _ => DayPart::Night,
    }
}
