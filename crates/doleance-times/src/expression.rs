//! What an expression says before it is resolved: calendar fields, shifts, ranges, durations.

mod build;

pub(crate) use self::build::{build, item_fields};
use crate::fields::{self, Field};
use crate::mention::{DayPart, Granularity, Modifier, Quantifier};

/// A stretch of a larger unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    Start,
    Mid,
    End,
}

/// What a shift counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    Publication,
    Narrative,
    /// The date that follows in the sentence (*au lendemain de l'explosion du 4 août*).
    Ahead,
}

/// Which way an expression without a year or month is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    Past,
    Future,
}

/// A day of the year that a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holiday {
    Fixed {
        month: i8,
        day: i8,
    },
    Easter {
        offset: i64,
    },
    Nth {
        month: i8,
        weekday: i8,
        nth: i8,
    },
    Last {
        month: i8,
        weekday: i8,
    },
    /// The day after the nth weekday (*Black Friday*).
    AfterNth {
        month: i8,
        weekday: i8,
        nth: i8,
    },
}

/// A calendar time, partly given.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct When {
    pub base: Option<Base>,
    pub shift: Option<(Granularity, i64)>,
    /// The shift came with a vague amount (*il y a quelques jours*).
    pub vague_shift: bool,
    /// The shift counts back an amount (*six weeks ago*), not a unit (*last week*).
    pub counted: bool,
    pub year: Option<i64>,
    pub short_year: Option<i64>,
    pub decade: Option<i64>,
    pub century: Option<i64>,
    pub month: Option<i64>,
    pub day: Option<i64>,
    pub weekday: Option<i64>,
    pub ordinal: Option<i64>,
    pub nth_week: Option<i64>,
    pub season: Option<i64>,
    pub quarter: Option<i64>,
    pub half: Option<i64>,
    pub holiday: Option<Holiday>,
    pub part: Option<DayPart>,
    pub hour: Option<i64>,
    pub minute: Option<i64>,
    pub second: Option<i64>,
    pub meridiem: Option<i64>,
    pub edge: Option<Edge>,
    pub modifier: Option<Modifier>,
    pub direction: Option<i64>,
    pub cue: Option<Cue>,
    /// A bare time of day that takes its day from the narrative.
    pub dateless: bool,
    /// A night that reaches into the next day.
    pub overnight: bool,
    /// Day and month may stand the other way round.
    pub swappable: bool,
    /// 1: the week that holds the day, 2: the weekend.
    pub week_of: i64,
    /// A business year, named by its number.
    pub fiscal: bool,
    /// Each such day (*du lundi au vendredi*), not one of them.
    pub habitual: bool,
}

/// Amount and unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Extent {
    /// In hundredths; `None` where vague.
    pub amount: Option<i64>,
    pub unit: Granularity,
    /// A second amount in a smaller unit (*three hours and 12 minutes*), in hundredths.
    pub minor: Option<(i64, Granularity)>,
    pub modifier: Option<Modifier>,
}

/// What a rule read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    When(Box<When>),
    Range(Box<When>, Box<When>),
    /// Several days in one breath (*les 3, 5 et 7 mars*).
    List(Vec<When>),
    /// From then to the day of the report.
    Since(Box<When>),
    /// From then on: to the day of the report, or open where it lies ahead.
    From(Box<When>),
    /// From the day of the report (or open) to then.
    Until(Box<When>),
    /// Going on for that long up to the day of the report.
    Lasting(Extent),
    /// The last or next so-many units, counted from the day of the report.
    Window(Extent, i64),
    Duration(Extent),
    /// How old somebody is: a duration that nothing lasted.
    Age(Extent),
    Set {
        when: Box<When>,
        extent: Option<Extent>,
        quantifier: Option<Quantifier>,
        /// How often in each period.
        frequency: Option<u32>,
    },
    Reference(Reference),
    /// Looks like a time and is none.
    Nothing,
}

/// The TIMEX3 values without a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    Past,
    Present,
    Future,
}

/// How a rule makes its expression from what its pattern caught.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    When,
    Range,
    List,
    Since,
    From,
    Until,
    Lasting,
    Window,
    Duration,
    Age,
    Set,
    Reference,
    Nothing,
}

const OPERATIONS: [(&str, Operation); 13] = [
    ("when", Operation::When),
    ("range", Operation::Range),
    ("list", Operation::List),
    ("since", Operation::Since),
    ("from", Operation::From),
    ("until", Operation::Until),
    ("lasting", Operation::Lasting),
    ("window", Operation::Window),
    ("duration", Operation::Duration),
    ("age", Operation::Age),
    ("set", Operation::Set),
    ("reference", Operation::Reference),
    ("nothing", Operation::Nothing),
];

impl Operation {
    pub(crate) fn parse(name: &str) -> Option<Operation> {
        OPERATIONS.iter().find(|(known, _)| *known == name).map(|(_, operation)| *operation)
    }

    pub(crate) fn names() -> String {
        OPERATIONS.map(|(name, _)| name).join(", ")
    }
}

/// What a pattern caught, in order: fields and nested expressions.
#[derive(Clone, Debug)]
pub(crate) enum Caught {
    Field(Field, i64),
    Inner(Slot, Expression),
}

/// Which end of a range a nested expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Main,
    From,
    To,
}

impl When {
    /// Writes a field. Shifts and amounts are put together by [`build`].
    fn put(&mut self, field: Field, value: i64) {
        match field {
            Field::Year => self.year = Some(value),
            Field::ShortYear => self.short_year = Some(value),
            Field::Decade => self.decade = Some(value),
            Field::Century => self.century = Some(value),
            Field::Month => self.month = Some(value),
            Field::Day => self.day = Some(value),
            Field::Weekday => self.weekday = Some(value),
            Field::Ordinal => self.ordinal = Some(value),
            Field::NthWeek => self.nth_week = Some(value),
            Field::Season => self.season = Some(value),
            Field::Quarter => self.quarter = Some(value),
            Field::Half => self.half = Some(value),
            Field::Holiday => self.holiday = holiday(value),
            Field::Part => self.part = Some(fields::part(value)),
            Field::Hour => self.hour = Some(value),
            Field::Minute => self.minute = Some(value),
            Field::Clock => (self.hour, self.minute) = (Some(value / 100), Some(value % 100)),
            Field::Second => self.second = Some(value),
            Field::Meridiem => self.meridiem = Some(value),
            Field::Edge => self.edge = Some([Edge::Start, Edge::Mid, Edge::End][value.clamp(0, 2) as usize]),
            Field::Modifier => self.modifier = Some(fields::modifier(value)),
            Field::Direction => self.direction = Some(value),
            Field::Base => {
                self.base =
                    Some([Base::Publication, Base::Narrative, Base::Ahead][value.clamp(0, 2) as usize])
            }
            Field::Cue => self.cue = Some(if value == 1 { Cue::Future } else { Cue::Past }),
            Field::Dateless => self.dateless = value != 0,
            Field::Overnight => self.overnight = value != 0,
            Field::WeekOf => self.week_of = value,
            Field::Swappable => self.swappable = value != 0,
            Field::Fiscal => self.fiscal = value != 0,
            Field::Quantifier => self.habitual = true,
            _ => {}
        }
    }

    /// A weekday and nothing that says which (a part of the day apart).
    pub(crate) fn is_bare_weekday(&self) -> bool {
        self.weekday.is_some()
            && self.day.is_none()
            && self.month.is_none()
            && self.shift.is_none()
            && self.base.is_none()
            && self.direction.is_none()
    }

    /// A clock time and nothing that says of which day.
    pub(crate) fn is_bare_clock(&self) -> bool {
        self.hour.is_some()
            && self.shift.is_none()
            && self.weekday.is_none()
            && self.day.is_none()
            && self.month.is_none()
            && self.holiday.is_none()
    }

    /// A month, perhaps with a day, and nothing that says of which year.
    pub(crate) fn is_month_without_year(&self) -> bool {
        self.month.is_some()
            && self.year.is_none()
            && self.short_year.is_none()
            && self.shift.is_none()
            && self.direction.is_none()
    }

    /// Takes over what another expression gives and this one lacks.
    pub(crate) fn merge(&mut self, other: &When) {
        macro_rules! fill {
            ($($field:ident),*) => { $( if self.$field.is_none() { self.$field = other.$field.clone(); } )* };
        }
        fill!(
            base, year, short_year, decade, century, month, day, weekday, ordinal, nth_week, season, quarter,
            half, holiday, part, hour, minute, second, meridiem, edge, modifier, direction, cue, shift
        );
        self.vague_shift |= other.vague_shift;
        self.counted |= other.counted;
        self.overnight |= other.overnight;
        self.swappable |= other.swappable;
        self.fiscal |= other.fiscal;
    }

    /// Gives the year, month and base that only the other end of a range states.
    pub(crate) fn share(&mut self, other: &When) {
        if self.year.is_none() && self.short_year.is_none() && self.shift.is_none() {
            (self.year, self.short_year) = (other.year, other.short_year);
            if self.direction.is_none() {
                self.direction = other.direction.filter(|_| other.month.is_some());
            }
        }
        if self.month.is_none() && self.day.is_some() && self.shift.is_none() {
            self.month = other.month;
            if other.month.is_none() && other.shift.is_some() {
                self.shift = other.shift;
            }
        }
    }
}

fn holiday(value: i64) -> Option<Holiday> {
    Some(match value {
        101..=1231 => Holiday::Fixed { month: (value / 100) as i8, day: (value % 100) as i8 },
        99_000..=101_000 => Holiday::Easter { offset: value - 100_000 },
        200_000.. => {
            let (month, weekday) = (((value - 200_000) / 1000) as i8, (value % 1000 / 10) as i8);
            match value % 10 {
                9 => Holiday::Last { month, weekday },
                nth if value >= 300_000 => Holiday::AfterNth { month: month - 100, weekday, nth: nth as i8 },
                nth => Holiday::Nth { month, weekday, nth: nth as i8 },
            }
        }
        _ => return None,
    })
}
