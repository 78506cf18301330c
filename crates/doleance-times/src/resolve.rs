//! From what an expression says to days: which anchor it counts from, which year or month it means.
//!
//! News looks back: a weekday, day or month without a year is the last one on or before publication, unless a cue
//! says otherwise. The narrative gives the day of *le lendemain* and the month of *le 6*.

mod shift;
mod undated;

use self::shift::shifted;
use self::undated::NEAR;
use doleance_text::Date;

use crate::calendar;
use crate::expression::{Base, Cue, Edge, When};
use crate::frame::{Frame, cut, granularity, span};
use crate::mention::{Anchor, DayPart, Granularity, Interval, Modifier, TimexKind};
use crate::value;

/// Counts of more years than this lead to no year that has a number.
const LONGEST: i64 = 1_500;

/// What times are counted from, strongest last: publication, dateline, the narrative so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Anchors {
    pub published: Option<Date>,
    pub dateline: Option<Date>,
    /// The last day told of, with its mention.
    pub day: Option<(Date, usize)>,
    /// The last stretch named at all, also in the background, by its first day.
    pub recent: Option<(Date, Frame, usize)>,
    /// The last day that something was said to go on since.
    pub since: Option<(Date, usize)>,
    /// The last day told of that is not before the report.
    pub coming: Option<(Date, usize)>,
    /// The last month told of, with its mention.
    pub month: Option<(i64, i64, usize)>,
    /// Something of these days was told: no history, but news.
    pub lately: bool,
    /// The sentence itself has told a day or month, which is the last one in `day` and `month`.
    pub told_here: bool,
    /// The year that the sentence itself has told as a whole (*in 1976*, *l'an passé*), with its mention.
    pub year_here: Option<(i64, usize)>,
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

impl Anchors {
    /// The day that deictic words count from.
    pub(crate) fn publication(&self) -> Option<(Date, Anchor)> {
        self.published
            .map(|day| (day, Anchor::Publication))
            .or_else(|| self.dateline.map(|day| (day, Anchor::Dateline)))
    }

    /// The day to count from. To count forward something must be told (*deux ans plus tard*), while *la veille* can also
    /// be the eve of the report.
    fn base(
        &self,
        base: Option<Base>,
        cue: Option<Cue>,
        shift: Option<(Granularity, i64)>,
    ) -> Option<(Date, Anchor)> {
        if base != Some(Base::Narrative) {
            return self.publication();
        }
        let ahead = shift.is_some_and(|(_, amount)| amount > 0);
        let last = self.recent.map(|(_, _, number)| number);
        let told = match shift {
            // "six hours later" goes on with the story, whatever was told aside.
            Some((Granularity::Second | Granularity::Minute | Granularity::Hour, _))
                if self.day.is_some() =>
            {
                self.day
            }
            // "They have camped there since May 28. That day, …"
            Some((Granularity::Day, 0)) if self.since.is_some_and(|(_, since)| Some(since) > last) => {
                self.since
            }
            // "sacked 86 nurses in 2017 … reinstated five months later": of that year, whose day is not known.
            Some(_) if ahead && self.is_of_another_year() => None,
            Some((unit, _)) => self
                .recent
                .filter(|(_, frame, _)| granularity(*frame) <= unit.max(Granularity::Day))
                .map(|(day, _, number)| (day, number))
                .or(self.day),
            None => self.day.or(self
                .recent
                .and_then(|(day, frame, number)| matches!(frame, Frame::Day(_)).then_some((day, number)))),
        };
        let told = match (cue, self.published) {
            // "the rally planned for the same day": the day told last, which way the verb may look.
            _ if matches!(shift, Some((_, 0))) => told,
            (Some(Cue::Future), Some(_)) => self.coming.or(if ahead { told } else { None }),
            (Some(Cue::Past), Some(today)) => told.filter(|(day, _)| *day <= today),
            _ => told,
        };
        let told = told.map(|(day, mention)| (day, Anchor::Narrative(mention)));
        if ahead { told } else { told.or_else(|| self.publication()) }
    }

    /// Whether a whole year was told last that the last day told is not in.
    fn is_of_another_year(&self) -> bool {
        let Some((_, Frame::Year(year), number)) = self.recent else { return false };
        self.day.is_some_and(|(day, told)| told < number && i64::from(day.year()) != year)
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
        // "3.5 million years ago" is no year of any calendar.
        let vague =
            when.vague_shift || matches!(when.shift, Some((Granularity::Year, n)) if n.abs() > LONGEST);
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
            let (base, base_anchor) = self.base(when.base, cue, Some((unit, amount)))?;
            if unit == Granularity::Year && finer {
                year = Some(i64::from(base.year()) + amount);
                anchor = base_anchor;
            } else if let Some((frame, number)) = self.year_on(when, unit, amount) {
                return Some((frame, Anchor::Narrative(number)));
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
            return self.base(base, cue, None).map(|(day, anchor)| (Frame::Day(day), anchor));
        }
        None
    }
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
