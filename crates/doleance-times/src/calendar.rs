//! Calendar arithmetic on civil dates that never fails: months, weeks, seasons, holidays.

use doleance_text::Date;

use crate::expression::Holiday;

/// A date from numbers, if there is such a day.
pub(crate) fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Days since 1970-01-01 (Howard Hinnant's days_from_civil).
pub(crate) fn number(date: Date) -> i64 {
    let (year, month, day) = (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The date of a day number; clamped to the years that [`Date`] holds.
pub(crate) fn of_number(number: i64) -> Date {
    let shifted = number.clamp(-4_000_000, 2_932_000) + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096).div_euclid(365);
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    date(year, month, day).unwrap_or(Date::MAX)
}

/// The day so many days later (earlier if negative).
pub(crate) fn plus_days(from: Date, days: i64) -> Date {
    of_number(number(from).saturating_add(days.clamp(-3_000_000, 3_000_000)))
}

/// The ISO number of the weekday, Monday 1.
pub(crate) fn weekday(date: Date) -> i64 {
    (number(date) + 3).rem_euclid(7) + 1
}

/// The month so many months later as `(year, month)`.
pub(crate) fn plus_months(year: i64, month: i64, months: i64) -> (i64, i64) {
    let total = year.saturating_mul(12).saturating_add(month - 1).saturating_add(months);
    (total.div_euclid(12), total.rem_euclid(12) + 1)
}

/// The number of days in a month.
pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    date(year, month, 1).map_or(30, |first| i64::from(first.days_in_month()))
}

/// The same day so many months later, at most the last of the month.
pub(crate) fn shift_months(from: Date, months: i64) -> Date {
    let (year, month) = plus_months(i64::from(from.year()), i64::from(from.month()), months);
    let day = i64::from(from.day()).min(days_in_month(year, month));
    date(year, month, day).unwrap_or(from)
}

/// First and last day of a month.
pub(crate) fn month(year: i64, month: i64) -> Option<(Date, Date)> {
    Some((date(year, month, 1)?, date(year, month, days_in_month(year, month))?))
}

/// First and last day of the ISO week that holds a day.
pub(crate) fn week(day: Date) -> (Date, Date) {
    let monday = plus_days(day, 1 - weekday(day));
    (monday, plus_days(monday, 6))
}

/// ISO 8601 year and number of the week that holds a day.
pub(crate) fn iso_week(day: Date) -> (i64, i64) {
    let thursday = plus_days(day, 4 - weekday(day));
    let year = i64::from(thursday.year());
    let first = date(year, 1, 1).map_or(0, number);
    (year, (number(thursday) - first) / 7 + 1)
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher).
pub(crate) fn easter(year: i64) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    date(year, sum / 31, sum % 31 + 1)
}

/// The nth weekday of a month.
pub(crate) fn nth_weekday(year: i64, month: i64, weekday_wanted: i64, nth: i64) -> Option<Date> {
    let first = date(year, month, 1)?;
    let offset = (weekday_wanted - weekday(first)).rem_euclid(7) + 7 * (nth - 1);
    date(year, month, 1 + offset)
}

/// The last such weekday of a month.
pub(crate) fn last_weekday(year: i64, month_wanted: i64, weekday_wanted: i64) -> Option<Date> {
    let (_, last) = month(year, month_wanted)?;
    Some(plus_days(last, -(weekday(last) - weekday_wanted).rem_euclid(7)))
}

/// The day of a holiday in a year.
pub(crate) fn holiday(holiday: Holiday, year: i64) -> Option<Date> {
    match holiday {
        Holiday::Fixed { month, day } => date(year, i64::from(month), i64::from(day)),
        Holiday::Easter { offset } => easter(year).map(|day| plus_days(day, offset)),
        Holiday::Nth { month, weekday, nth } => {
            nth_weekday(year, i64::from(month), i64::from(weekday), i64::from(nth))
        }
        Holiday::AfterNth { month, weekday, nth } => {
            nth_weekday(year, i64::from(month), i64::from(weekday), i64::from(nth))
                .map(|day| plus_days(day, 1))
        }
        Holiday::Last { month, weekday } => last_weekday(year, i64::from(month), i64::from(weekday)),
    }
}

/// First and last day of a season, by its number from winter: the astronomical seasons, beginning on 21 December of
/// the year before, 20 March, 21 June and 23 September. The true beginnings waver by a day.
pub(crate) fn season(year: i64, season: i64) -> Option<(Date, Date)> {
    Some(match season {
        0 => (date(year - 1, 12, 21)?, date(year, 3, 19)?),
        1 => (date(year, 3, 20)?, date(year, 6, 20)?),
        2 => (date(year, 6, 21)?, date(year, 9, 22)?),
        _ => (date(year, 9, 23)?, date(year, 12, 20)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date of the test")
    }

    #[test]
    fn day_numbers_go_back_and_forth() {
        for n in (-200_000..200_000).step_by(37) {
            assert_eq!(number(of_number(n)), n);
        }
        assert_eq!(number(day("1970-01-01")), 0);
        assert_eq!(plus_days(day("2020-02-28"), 2), day("2020-03-01"));
    }

    #[test]
    fn easter_and_its_feasts_fall_right() {
        assert_eq!(easter(2018), Some(day("2018-04-01")));
        assert_eq!(easter(2024), Some(day("2024-03-31")));
        assert_eq!(easter(1961), Some(day("1961-04-02")));
        assert_eq!(nth_weekday(2019, 11, 4, 4), Some(day("2019-11-28")));
        assert_eq!(last_weekday(2020, 5, 1), Some(day("2020-05-25")));
    }

    #[test]
    fn weeks_follow_iso() {
        assert_eq!(iso_week(day("2021-01-03")), (2020, 53));
        assert_eq!(iso_week(day("2018-06-05")), (2018, 23));
        assert_eq!(weekday(day("2018-06-05")), 2);
        assert_eq!(season(2019, 0), Some((day("2018-12-21"), day("2019-03-19"))));
    }
}
