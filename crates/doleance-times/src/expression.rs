//! What an expression says before it is resolved: calendar fields, shifts, ranges, durations.

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
    Fixed { month: i8, day: i8 },
    Easter { offset: i64 },
    Nth { month: i8, weekday: i8, nth: i8 },
    Last { month: i8, weekday: i8 },
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
    Set,
    Reference,
    Nothing,
}

const OPERATIONS: [(&str, Operation); 12] = [
    ("when", Operation::When),
    ("range", Operation::Range),
    ("list", Operation::List),
    ("since", Operation::Since),
    ("from", Operation::From),
    ("until", Operation::Until),
    ("lasting", Operation::Lasting),
    ("window", Operation::Window),
    ("duration", Operation::Duration),
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

    /// A month and nothing that says which.
    pub(crate) fn is_bare_month(&self) -> bool {
        self.month.is_some()
            && self.day.is_none()
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
                nth => Holiday::Nth { month, weekday, nth: nth as i8 },
            }
        }
        _ => return None,
    })
}

/// The days of a list: each begins where a `from-` field is caught a second time; what they lack, the last one has.
fn items(caught: &[Caught], last: &When) -> Vec<When> {
    let mut items: Vec<When> = Vec::new();
    for (begins, field, value) in item_fields(caught) {
        if begins || items.is_empty() {
            items.push(When { day: None, weekday: None, ..last.clone() });
        }
        if let Some(item) = items.last_mut() {
            item.put(field, value);
        }
    }
    items.push(last.clone());
    // "June 5, 7 and 9": the month stands with the first.
    let (month, year) = (items[0].month, items[0].year);
    for item in &mut items {
        item.month = item.month.or(month);
        item.year = item.year.or(year);
    }
    items
}

/// The fields of the items before the last of a list, as fields of a day, and whether each begins an item.
pub(crate) fn item_fields(caught: &[Caught]) -> impl Iterator<Item = (bool, Field, i64)> + '_ {
    let mut seen: Vec<Field> = Vec::new();
    caught.iter().filter_map(move |c| {
        let Caught::Field(field, value) = c else { return None };
        let plain = match field {
            Field::FromDay => Field::Day,
            Field::FromMonth => Field::Month,
            Field::FromWeekday => Field::Weekday,
            Field::FromYear => Field::Year,
            _ => return None,
        };
        // A weekday stands before its day, a month after it: only a day or a weekday begins an item.
        let begins = seen.contains(&plain) || (plain == Field::Weekday && !seen.is_empty());
        if begins {
            seen.clear();
        }
        seen.push(plain);
        Some((begins, plain, *value))
    })
}

/// Puts together what a rule's pattern caught.
pub(crate) fn build(operation: Operation, caught: &[Caught]) -> Option<Expression> {
    let field = |wanted: Field| {
        caught.iter().rev().find_map(|c| match c {
            Caught::Field(field, value) if *field == wanted => Some(*value),
            _ => None,
        })
    };
    let inner = |wanted: Slot| {
        caught.iter().find_map(|c| match c {
            Caught::Inner(slot, expression) if *slot == wanted => Some(expression),
            _ => None,
        })
    };
    let amount = field(Field::Amount);
    let extent = field(Field::Unit).map(|unit| Extent {
        amount: match amount {
            None => Some(100),
            Some(vague) if vague < 0 => None,
            Some(amount) => Some(amount + field(Field::Extra).unwrap_or(0)),
        },
        unit: fields::unit(unit),
        minor: field(Field::MinorAmount).zip(field(Field::MinorUnit).map(fields::unit)),
        modifier: field(Field::Modifier).map(fields::modifier),
    });
    match operation {
        Operation::Nothing => return Some(Expression::Nothing),
        Operation::Reference => {
            return Some(Expression::Reference(match field(Field::Reference)? {
                0 => Reference::Past,
                1 => Reference::Present,
                _ => Reference::Future,
            }));
        }
        Operation::Duration => return extent.map(Expression::Duration),
        Operation::Lasting => return extent.map(Expression::Lasting),
        Operation::Window => {
            return extent.map(|e| Expression::Window(e, field(Field::Direction).unwrap_or(-1)));
        }
        _ => {}
    }
    let mut when = When::default();
    for c in caught {
        if let Caught::Field(field, value) = c {
            when.put(*field, *value);
        }
    }
    if operation != Operation::Set
        && let Some(extent) = extent
    {
        let sign = field(Field::Sign).unwrap_or(1);
        when.vague_shift = extent.amount.is_none();
        when.counted = amount.is_some_and(|amount| amount != 0);
        let whole = extent.amount.unwrap_or(0);
        // "il y a un an et demi": halves are counted in the next smaller unit.
        when.shift = Some(match (extent.unit, whole % 100) {
            // Of a vague amount only the direction is known.
            (unit, _) if when.vague_shift => (unit, sign),
            (unit, 0) => (unit, sign * whole / 100),
            (Granularity::Year, _) => (Granularity::Month, sign * whole * 12 / 100),
            (Granularity::Month, _) => (Granularity::Day, sign * whole * 30 / 100),
            (Granularity::Week, _) => (Granularity::Day, sign * whole * 7 / 100),
            (Granularity::Day, _) => (Granularity::Hour, sign * whole * 24 / 100),
            (unit, _) => (unit, sign * whole / 100),
        });
    }
    if let Some(Expression::When(other)) = inner(Slot::Main) {
        when.merge(other);
    }
    let ends = |when: &When| -> Option<(When, When)> {
        let end_of = |slot| match inner(slot) {
            Some(Expression::When(end)) => Some((**end).clone()),
            _ => None,
        };
        let mut to = end_of(Slot::To).or_else(|| end_of(Slot::Main)).unwrap_or_else(|| when.clone());
        let mut from = match end_of(Slot::From) {
            Some(from) => from,
            None => {
                let mut from = When { weekday: None, ..to.clone() };
                from.day = field(Field::FromDay).or(from.day);
                from.weekday = field(Field::FromWeekday);
                from.hour = field(Field::FromHour).or(from.hour);
                from.minute =
                    field(Field::FromMinute).or(if from.hour == to.hour { from.minute } else { None });
                if let Some(month) = field(Field::FromMonth) {
                    from.month = Some(month);
                    from.day = field(Field::FromDay);
                }
                if let Some(year) = field(Field::FromYear) {
                    from.year = Some(year);
                }
                from
            }
        };
        from.part = from.part.or(when.part);
        to.part = to.part.or(when.part);
        to.cue = to.cue.or(when.cue);
        from.cue = from.cue.or(to.cue);
        from.share(&to);
        to.share(&from);
        Some((from, to))
    };
    Some(match operation {
        Operation::Range => {
            let (from, to) = ends(&when)?;
            Expression::Range(Box::new(from), Box::new(to))
        }
        Operation::List => Expression::List(items(caught, &when)),
        Operation::Since => Expression::Since(Box::new(when)),
        Operation::From => Expression::From(Box::new(when)),
        Operation::Until => Expression::Until(Box::new(when)),
        Operation::Set => Expression::Set {
            when: Box::new(when),
            extent,
            quantifier: field(Field::Quantifier).map(|q| match q {
                0 => Quantifier::Every,
                _ => Quantifier::Each,
            }),
            frequency: field(Field::Frequency).and_then(|times| u32::try_from(times / 100).ok()),
        },
        _ => Expression::When(Box::new(when)),
    })
}
