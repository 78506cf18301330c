//! Stretches of the calendar: which days a unit covers, and which of them *début*, *mi-* and *fin* name.

use doleance_text::Date;

use crate::calendar;
use crate::expression::Edge;
use crate::mention::Granularity;

/// A calendar stretch by its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Frame {
    Day(Date),
    /// A day counted in weeks (*six weeks ago*): the value is a week.
    CountedWeek(Date),
    Weekend(Date),
    Week(Date),
    Month(i64, i64),
    Quarter(i64, i64),
    Half(i64, i64),
    Season(i64, i64),
    Year(i64),
    Decade(i64),
    Century(i64),
}

/// First and last day of a frame.
pub(crate) fn span(frame: Frame) -> (Date, Date) {
    let whole = |first: Option<Date>, last: Option<Date>| {
        let first = first.unwrap_or(Date::MIN);
        (first, last.unwrap_or(first))
    };
    match frame {
        Frame::Day(day) | Frame::CountedWeek(day) => (day, day),
        Frame::Weekend(saturday) => (saturday, calendar::plus_days(saturday, 1)),
        Frame::Week(monday) => (monday, calendar::plus_days(monday, 6)),
        Frame::Month(y, m) => whole(calendar::date(y, m, 1), calendar::month(y, m).map(|(_, last)| last)),
        Frame::Quarter(y, q) => {
            whole(calendar::date(y, q * 3 - 2, 1), calendar::month(y, q * 3).map(|(_, last)| last))
        }
        Frame::Half(y, h) => {
            whole(calendar::date(y, h * 6 - 5, 1), calendar::month(y, h * 6).map(|(_, last)| last))
        }
        Frame::Season(y, s) => calendar::season(y, s).unwrap_or((Date::MIN, Date::MIN)),
        Frame::Year(y) => whole(calendar::date(y, 1, 1), calendar::date(y, 12, 31)),
        Frame::Decade(y) => whole(calendar::date(y, 1, 1), calendar::date(y + 9, 12, 31)),
        Frame::Century(y) => whole(calendar::date(y + 1, 1, 1), calendar::date(y + 100, 12, 31)),
    }
}

/// The part of a frame that *début*, *mi-* and *fin* name. Months: 1–10, 10–20, 20–end; others: thirds.
pub(crate) fn cut(frame: Frame, edge: Edge, (start, end): (Date, Date)) -> (Date, Date) {
    let days = calendar::number(end) - calendar::number(start) + 1;
    let at = |offset: i64| calendar::plus_days(start, offset);
    match frame {
        Frame::Day(_) | Frame::CountedWeek(_) => (start, end),
        Frame::Month(..) => match edge {
            Edge::Start => (start, at(9)),
            Edge::Mid => (at(9), at(19)),
            Edge::End => (at(19), end),
        },
        Frame::Week(_) => match edge {
            Edge::Start => (start, at(2)),
            Edge::Mid => (at(1), at(3)),
            Edge::End => (at(3), end),
        },
        Frame::Year(y) => {
            let months = |from: i64, to: i64| {
                (
                    calendar::date(y, from, 1).unwrap_or(start),
                    calendar::month(y, to).map_or(end, |(_, last)| last),
                )
            };
            match edge {
                Edge::Start => months(1, 3),
                Edge::Mid => months(5, 8),
                Edge::End => months(10, 12),
            }
        }
        _ => match edge {
            Edge::Start => (start, at(days / 3)),
            Edge::Mid => (at(days / 3), at(2 * days / 3)),
            Edge::End => (at(2 * days / 3), end),
        },
    }
}

pub(crate) fn granularity(frame: Frame) -> Granularity {
    match frame {
        Frame::Day(_) => Granularity::Day,
        Frame::CountedWeek(_) | Frame::Week(_) => Granularity::Week,
        Frame::Weekend(_) => Granularity::Weekend,
        Frame::Month(..) => Granularity::Month,
        Frame::Quarter(..) => Granularity::Quarter,
        Frame::Half(..) => Granularity::HalfYear,
        Frame::Season(..) => Granularity::Season,
        Frame::Year(_) => Granularity::Year,
        Frame::Decade(_) => Granularity::Decade,
        Frame::Century(_) => Granularity::Century,
    }
}
