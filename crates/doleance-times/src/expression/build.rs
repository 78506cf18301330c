//! Puts an expression together from the fields and nested expressions that a pattern caught.

use crate::fields::{self, Field};
use crate::mention::{Granularity, Quantifier};

use super::{Caught, Expression, Extent, Operation, Reference, Slot, When};

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
            None => Some(100 + field(Field::Extra).unwrap_or(0)),
            Some(vague) if vague < 0 => None,
            Some(amount) => Some(amount + field(Field::Extra).unwrap_or(0)),
        },
        unit: fields::unit(unit),
        minor: field(Field::MinorAmount).zip(field(Field::MinorUnit).map(fields::unit)),
        modifier: field(Field::Modifier).map(fields::modifier),
    });
    // "two hours and 12 minutes", but not "a day, six days".
    if extent.is_some_and(|e| e.minor.is_some_and(|(_, unit)| unit >= e.unit)) {
        return None;
    }
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
        Operation::Age => return extent.map(Expression::Age),
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
                from.meridiem = field(Field::FromMeridiem).or(from.meridiem);
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
