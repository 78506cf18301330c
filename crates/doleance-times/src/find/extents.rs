//! Durations, sets and windows: what has an amount and a unit rather than a date.

use doleance_text::Date;

use crate::calendar;
use crate::expression::{Extent, When};
use crate::mention::{Amount, Granularity, Interval, TimeMention, TimexKind};
use crate::value;

use super::Narrator;

impl Narrator<'_> {
    /// *depuis quatre jours*: the day of the report is the last of them.
    pub(super) fn lasting(&self, mention: &mut TimeMention, extent: &Extent) {
        duration(mention, extent);
        let Some((today, anchor)) = self.anchors.publication() else { return };
        let Some(amount) = extent.amount else { return };
        let start = match extent.unit {
            Granularity::Day => calendar::plus_days(today, -(amount / 100 - 1).max(0)),
            _ => back(today, extent.unit, amount),
        };
        mention.anchor = anchor;
        mention.interval = Some(Interval::days(start, today));
        mention.is_event_time = extent.unit >= Granularity::Day && extent.unit < Granularity::Year;
    }

    pub(super) fn window(&self, mention: &mut TimeMention, extent: &Extent, direction: i64) {
        duration(mention, extent);
        let Some((today, anchor)) = self.anchors.publication() else { return };
        mention.anchor = anchor;
        let Some(amount) = extent.amount else { return };
        mention.interval = Some(if direction > 0 {
            Interval::days(today, back(today, extent.unit, -amount))
        } else {
            Interval::days(back(today, extent.unit, amount), today)
        });
        mention.is_event_time = true;
    }
}

/// A time counted from an event without a date: a duration, if an amount was named.
pub(super) fn not_dated(mention: &mut TimeMention, when: &When) {
    let (unit, amount) = when.shift.unwrap_or((Granularity::Day, 1));
    let extent = Extent {
        amount: (!when.vague_shift).then_some(amount.abs() * 100),
        unit,
        minor: None,
        modifier: None,
    };
    duration(mention, &extent);
    if !when.vague_shift && unit == Granularity::Day {
        mention.from_event = i32::try_from(amount).ok();
    }
}

pub(super) fn duration(mention: &mut TimeMention, extent: &Extent) {
    mention.timex = TimexKind::Duration;
    mention.value = value::duration(extent);
    mention.modifier = extent.modifier;
    mention.granularity = extent.unit;
    mention.count = Some(Amount { count: extent.amount.map(|a| a as f64 / 100.0), unit: extent.unit });
}

pub(super) fn set(mention: &mut TimeMention, when: &When, extent: Option<&Extent>) {
    mention.timex = TimexKind::Set;
    mention.value = match extent {
        Some(extent) => value::duration(extent),
        None => value::of(None, when),
    };
    mention.granularity = extent.map_or_else(|| value::open_granularity(when), |e| e.unit);
    mention.part = when.part;
}

/// The day so many hundredths of a unit earlier.
fn back(from: Date, unit: Granularity, amount: i64) -> Date {
    let days = |n: i64| calendar::plus_days(from, -(amount.saturating_mul(n) / 100));
    match unit {
        Granularity::Second | Granularity::Minute => from,
        Granularity::Hour => calendar::plus_days(from, -(amount / 2400)),
        Granularity::DayPart | Granularity::Day => days(1),
        Granularity::Weekend | Granularity::Week => days(7),
        Granularity::Month => calendar::shift_months(from, -(amount / 100)),
        Granularity::Quarter | Granularity::Season => calendar::shift_months(from, -(amount * 3 / 100)),
        Granularity::HalfYear => calendar::shift_months(from, -(amount * 6 / 100)),
        Granularity::Year | Granularity::Vague => calendar::shift_months(from, -(amount * 12 / 100)),
        Granularity::Decade => calendar::shift_months(from, -(amount * 120 / 100)),
        Granularity::Century => calendar::shift_months(from, -(amount * 1200 / 100)),
    }
}
