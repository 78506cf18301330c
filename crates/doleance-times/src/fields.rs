//! The meaning slots that patterns fill: which there are and how pack words are read into them.
//!
//! A class or a `set` entry of a pack names a field; its value is stored as a small number whatever its kind.

use crate::mention::{DayPart, Granularity, Modifier};

/// A slot of meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Field {
    Year,
    /// Two digits of a year.
    ShortYear,
    Decade,
    Century,
    Month,
    Day,
    /// ISO number of the weekday, Monday 1.
    Weekday,
    /// The how-manieth (*first Monday in May*).
    Ordinal,
    Season,
    Quarter,
    Half,
    Holiday,
    Part,
    Hour,
    Minute,
    /// Hour and minute in four digits (*0714 GMT*).
    Clock,
    Second,
    /// 0 before noon, 12 after.
    Meridiem,
    Edge,
    Modifier,
    /// -1 last, 0 this, 1 next.
    Direction,
    Unit,
    /// In hundredths; -1 where vague.
    Amount,
    Sign,
    Base,
    Cue,
    /// PAST, PRESENT, FUTURE of a reference without a unit.
    Reference,
    Dateless,
    FromDay,
    FromMonth,
    FromWeekday,
    FromYear,
    FromHour,
    FromMinute,
    FromMeridiem,
    FromZone,
    /// 1: a night that reaches into the next day.
    Overnight,
    /// 1: day and month may stand the other way round (*05/06/2018*).
    Swappable,
    /// Hundredths to add to the amount (*et demie*).
    Extra,
    /// The how-manieth week of a month.
    NthWeek,
    /// 1: the week that holds the day, 2: the weekend.
    WeekOf,
    /// A second, smaller amount of a duration (*three hours and 12 minutes*) and its unit.
    MinorAmount,
    MinorUnit,
    /// 1: a business year (*fiscal 2013*).
    Fiscal,
    /// A time zone after a clock time.
    Zone,
    /// 1: clock time and date stand apart, as two TIMEX3 (*at 8 p.m. on Monday*).
    Apart,
    /// EVERY or EACH of a set.
    Quantifier,
    /// How many times, in hundredths, in a set (*twice a week*).
    Frequency,
}

const FIELDS: [(&str, Field); 48] = [
    ("year", Field::Year),
    ("short-year", Field::ShortYear),
    ("decade", Field::Decade),
    ("century", Field::Century),
    ("month", Field::Month),
    ("day", Field::Day),
    ("weekday", Field::Weekday),
    ("ordinal", Field::Ordinal),
    ("season", Field::Season),
    ("quarter", Field::Quarter),
    ("half", Field::Half),
    ("holiday", Field::Holiday),
    ("part", Field::Part),
    ("hour", Field::Hour),
    ("minute", Field::Minute),
    ("clock", Field::Clock),
    ("second", Field::Second),
    ("meridiem", Field::Meridiem),
    ("edge", Field::Edge),
    ("modifier", Field::Modifier),
    ("direction", Field::Direction),
    ("unit", Field::Unit),
    ("amount", Field::Amount),
    ("sign", Field::Sign),
    ("base", Field::Base),
    ("cue", Field::Cue),
    ("reference", Field::Reference),
    ("dateless", Field::Dateless),
    ("from-day", Field::FromDay),
    ("from-month", Field::FromMonth),
    ("from-weekday", Field::FromWeekday),
    ("from-year", Field::FromYear),
    ("from-hour", Field::FromHour),
    ("from-minute", Field::FromMinute),
    ("from-meridiem", Field::FromMeridiem),
    ("from-zone", Field::FromZone),
    ("overnight", Field::Overnight),
    ("swappable", Field::Swappable),
    ("extra", Field::Extra),
    ("nth-week", Field::NthWeek),
    ("week-of", Field::WeekOf),
    ("minor-amount", Field::MinorAmount),
    ("minor-unit", Field::MinorUnit),
    ("fiscal", Field::Fiscal),
    ("zone", Field::Zone),
    ("apart", Field::Apart),
    ("quantifier", Field::Quantifier),
    ("frequency", Field::Frequency),
];

impl Field {
    pub(crate) fn parse(name: &str) -> Option<Field> {
        FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
    }

    pub(crate) fn names() -> String {
        FIELDS.map(|(name, _)| name).join(", ")
    }

    /// Reads a word of the pack for this field (`EV`, `last`, `week`).
    pub(crate) fn read(self, word: &str) -> Option<i64> {
        let of = |names: &[&str]| names.iter().position(|n| *n == word).map(|i| i as i64);
        match self {
            Field::Part => DayPart::parse(word).map(|part| part as i64),
            Field::Season => of(&["WI", "SP", "SU", "FA"]),
            Field::Edge => of(&["start", "mid", "end"]),
            Field::Direction => of(&["before-last", "last", "this", "next", "after-next"]).map(|i| i - 2),
            Field::Unit | Field::MinorUnit => {
                UNITS.iter().position(|(name, _)| *name == word).map(|i| i as i64)
            }
            Field::Modifier => Modifier::parse(word).map(|m| m as i64),
            Field::Base => of(&["publication", "narrative", "ahead"]),
            Field::Cue => of(&["past", "future"]),
            Field::Reference => of(&["past", "present", "future"]),
            Field::Holiday => holiday(word),
            Field::Quantifier => of(&["EVERY", "EACH"]),
            _ => None,
        }
    }
}

const UNITS: [(&str, Granularity); 15] = [
    ("second", Granularity::Second),
    ("minute", Granularity::Minute),
    ("hour", Granularity::Hour),
    ("part", Granularity::DayPart),
    ("day", Granularity::Day),
    ("weekend", Granularity::Weekend),
    ("week", Granularity::Week),
    ("month", Granularity::Month),
    ("quarter", Granularity::Quarter),
    ("season", Granularity::Season),
    ("half", Granularity::HalfYear),
    ("year", Granularity::Year),
    ("decade", Granularity::Decade),
    ("century", Granularity::Century),
    ("vague", Granularity::Vague),
];

/// The unit that a field value stands for.
pub(crate) fn unit(value: i64) -> Granularity {
    usize::try_from(value).ok().and_then(|i| UNITS.get(i)).map_or(Granularity::Vague, |(_, unit)| *unit)
}

/// The part of day that a field value stands for.
pub(crate) fn part(value: i64) -> DayPart {
    const PARTS: [DayPart; 6] = [
        DayPart::Morning,
        DayPart::Midday,
        DayPart::Afternoon,
        DayPart::Evening,
        DayPart::Night,
        DayPart::Daytime,
    ];
    usize::try_from(value).ok().and_then(|i| PARTS.get(i)).copied().unwrap_or(DayPart::Daytime)
}

/// The modifier that a field value stands for.
pub(crate) fn modifier(value: i64) -> Modifier {
    const MODIFIERS: [Modifier; 12] = [
        Modifier::Before,
        Modifier::After,
        Modifier::OnOrBefore,
        Modifier::OnOrAfter,
        Modifier::LessThan,
        Modifier::MoreThan,
        Modifier::EqualOrLess,
        Modifier::EqualOrMore,
        Modifier::Start,
        Modifier::Mid,
        Modifier::End,
        Modifier::Approx,
    ];
    usize::try_from(value).ok().and_then(|i| MODIFIERS.get(i)).copied().unwrap_or(Modifier::Approx)
}

/// A holiday as a number: `12-25` is 1225; `easter-47` is 100 000 - 47; `11-thu-4` is the fourth Thursday of November,
/// `05-mon-last` the last Monday of May: 200 000 + month × 1000 + weekday × 10 + nth (9 = last); `11-thu-4+1` is the day after: 100 000
/// more.
fn holiday(word: &str) -> Option<i64> {
    if let Some(offset) = word.strip_prefix("easter") {
        return if offset.is_empty() {
            Some(100_000)
        } else {
            offset.parse::<i64>().ok().map(|n| 100_000 + n)
        };
    }
    let mut parts = word.split('-');
    let month: i64 = parts.next()?.parse().ok().filter(|m| (1..=12).contains(m))?;
    let second = parts.next()?;
    match parts.next() {
        None => second.parse::<i64>().ok().filter(|d| (1..=31).contains(d)).map(|day| month * 100 + day),
        Some(nth) => {
            let weekday =
                ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|w| *w == second)? as i64;
            let (nth, after) = nth.strip_suffix("+1").map_or((nth, 0), |nth| (nth, 100_000));
            let nth: i64 =
                if nth == "last" { 9 } else { nth.parse().ok().filter(|n| (1..=5).contains(n))? };
            Some(200_000 + after + month * 1000 + (weekday + 1) * 10 + nth)
        }
    }
}
