//! TIMEX3 values: ISO 8601 with the extensions of TimeML (`2018-W23-WE`, `2018-SU`, `2018-06-05TEV`, `P2W`).

use crate::calendar;
use crate::expression::{Extent, When};
use crate::frame::Frame;
use crate::mention::Granularity;

/// The value of a calendar time; unknown parts are `X`.
pub(crate) fn of(frame: Option<Frame>, when: &When) -> String {
    let mut value = match frame {
        Some(Frame::Year(year)) if when.fiscal => format!("FY{year:04}"),
        Some(frame) => of_frame(frame),
        None => open(when),
    };
    value.push_str(&time_of_day(when));
    value
}

/// What follows the day in a value: `T17:30`, `TEV`, or nothing.
pub(crate) fn time_of_day(when: &When) -> String {
    let mut value = String::new();
    if let Some(hour) = when.hour {
        let hour = hour_of_day(hour, when.meridiem);
        value.push_str(&format!("T{hour:02}"));
        if let Some(minute) = when.minute {
            value.push_str(&format!(":{minute:02}"));
        } else {
            value.push_str(":00");
        }
        if let Some(second) = when.second {
            value.push_str(&format!(":{second:02}"));
        }
    } else if let Some(part) = when.part {
        value.push('T');
        value.push_str(part.code());
    }
    value
}

/// The value of a stretch of the calendar.
pub(crate) fn of_frame(frame: Frame) -> String {
    match frame {
        Frame::Day(day) => day.to_string(),
        Frame::CountedWeek(day) | Frame::Week(day) => {
            let (year, week) = calendar::iso_week(day);
            format!("{year:04}-W{week:02}")
        }
        Frame::Weekend(day) => {
            let (year, week) = calendar::iso_week(day);
            format!("{year:04}-W{week:02}-WE")
        }
        Frame::Month(y, m) => format!("{y:04}-{m:02}"),
        Frame::Quarter(y, q) => format!("{y:04}-Q{q}"),
        Frame::Half(y, h) => format!("{y:04}-H{h}"),
        Frame::Season(y, s) => format!("{y:04}-{}", ["WI", "SP", "SU", "FA"][s.clamp(0, 3) as usize]),
        Frame::Year(y) => format!("{y:04}"),
        Frame::Decade(y) => format!("{:03}", y / 10),
        Frame::Century(y) => format!("{:02}", y / 100),
    }
}

/// What can be said without an anchor.
fn open(when: &When) -> String {
    let year = when.year.map_or("XXXX".to_owned(), |y| format!("{y:04}"));
    if let Some((unit, _)) = when.shift {
        return match unit {
            Granularity::Day | Granularity::DayPart => "XXXX-XX-XX".to_owned(),
            Granularity::Week => "XXXX-WXX".to_owned(),
            Granularity::Weekend => "XXXX-WXX-WE".to_owned(),
            Granularity::Month => "XXXX-XX".to_owned(),
            Granularity::Quarter => "XXXX-QX".to_owned(),
            Granularity::HalfYear => "XXXX-HX".to_owned(),
            Granularity::Second | Granularity::Minute | Granularity::Hour => "XXXX-XX-XXTXX".to_owned(),
            Granularity::Decade => "XXX".to_owned(),
            Granularity::Century => "XX".to_owned(),
            _ => match when.month {
                Some(month) => format!("XXXX-{month:02}"),
                None => "XXXX".to_owned(),
            },
        };
    }
    match (when.month, when.day, when.weekday) {
        (Some(month), Some(day), _) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None, _) => format!("{year}-{month:02}"),
        (None, Some(day), _) => format!("{year}-XX-{day:02}"),
        (None, None, Some(weekday)) => format!("XXXX-WXX-{weekday}"),
        _ => match (when.season, when.quarter, when.half) {
            (Some(season), _, _) => {
                format!("{year}-{}", ["WI", "SP", "SU", "FA"][season.clamp(0, 3) as usize])
            }
            (_, Some(quarter), _) => format!("{year}-Q{quarter}"),
            (_, _, Some(half)) => format!("{year}-H{half}"),
            _ => "XXXX-XX-XX".to_owned(),
        },
    }
}

/// The unit named, where nothing could be resolved.
pub(crate) fn open_granularity(when: &When) -> Granularity {
    if let Some((unit, _)) = when.shift {
        return unit;
    }
    if when.day.is_some() || when.weekday.is_some() || when.holiday.is_some() || when.part.is_some() {
        return Granularity::Day;
    }
    if when.month.is_some() {
        return Granularity::Month;
    }
    match (when.season, when.quarter, when.half) {
        (Some(_), _, _) => Granularity::Season,
        (_, Some(_), _) => Granularity::Quarter,
        (_, _, Some(_)) => Granularity::HalfYear,
        _ => Granularity::Vague,
    }
}

/// The hour on a clock of 24.
pub(crate) fn hour_of_day(hour: i64, meridiem: Option<i64>) -> i64 {
    match meridiem {
        Some(12..) if hour < 12 => hour + 12,
        Some(0) if hour == 12 => 0,
        _ => hour,
    }
}

/// The value of a duration: `P3D`, `PT2H`, `PXW`.
pub(crate) fn duration(extent: &Extent) -> String {
    let mut value = plain_duration(extent);
    if let Some((amount, unit)) = extent.minor {
        let minor = plain_duration(&Extent { amount: Some(amount), unit, minor: None, modifier: None });
        // "P1DT2H", "PT3H12M": the mark of the clock stands once.
        let clock = value.starts_with("PT");
        value.push_str(minor.strip_prefix(if clock { "PT" } else { "P" }).unwrap_or(""));
    }
    value
}

fn plain_duration(extent: &Extent) -> String {
    let (unit, factor) = match extent.unit {
        Granularity::Second => ("S", 1),
        Granularity::Minute => ("M", 1),
        Granularity::Hour => ("H", 1),
        Granularity::DayPart => ("D", 1),
        Granularity::Day => ("D", 1),
        Granularity::Weekend => ("WE", 1),
        Granularity::Week => ("W", 1),
        Granularity::Month => ("M", 1),
        Granularity::Quarter => ("Q", 1),
        Granularity::Season => ("SX", 1),
        Granularity::HalfYear => ("H", 1),
        Granularity::Year | Granularity::Vague => ("Y", 1),
        // Whole decades are counted as such, half a century is 50 years.
        Granularity::Decade if extent.amount.is_none_or(|a| a % 100 == 0) => ("DE", 1),
        Granularity::Century if extent.amount.is_none_or(|a| a % 100 == 0) => ("CE", 1),
        Granularity::Decade => ("Y", 10),
        Granularity::Century => ("Y", 100),
    };
    let clock = matches!(extent.unit, Granularity::Second | Granularity::Minute | Granularity::Hour);
    let mark = if clock { "PT" } else { "P" };
    match extent.amount {
        None => format!("{mark}X{unit}"),
        Some(amount) => {
            let amount = amount.saturating_mul(factor);
            let (whole, rest) = (amount / 100, amount % 100);
            match (extent.unit, rest) {
                (_, 0) => format!("{mark}{whole}{unit}"),
                (Granularity::Hour, rest) if whole == 0 => format!("PT{}M", rest * 60 / 100),
                (Granularity::Hour, rest) => format!("PT{whole}H{}M", rest * 60 / 100),
                (Granularity::Year, _) => format!("P{}M", amount * 12 / 100),
                _ => format!("{mark}{}.{}{unit}", whole, format!("{rest:02}").trim_end_matches('0')),
            }
        }
    }
}
