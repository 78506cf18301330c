//! Shifts from a day: *hier*, *la semaine dernière*, *il y a trois mois*.

use doleance_text::Date;

use crate::calendar;
use crate::expression::{Cue, When};
use crate::frame::Frame;
use crate::mention::Granularity;

/// A shift from a base: *hier*, *la semaine dernière*, *il y a trois mois*.
pub(super) fn shifted(
    when: &When,
    unit: Granularity,
    amount: i64,
    base: Date,
    cue: Option<Cue>,
) -> Option<Frame> {
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
