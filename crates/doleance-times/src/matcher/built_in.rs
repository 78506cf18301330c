//! The built-in numbers of the pattern notation: what digits or words can be a day, a year, an hour, an amount.

use doleance_text::Span;

use crate::atoms::{Atom, Shape};
use crate::fields::Field;
use crate::mention::NumberKind;
use crate::numerals;
use crate::pattern::Number;

use super::Matcher;

impl Matcher<'_> {
    pub(super) fn number(&self, number: Number, at: usize) -> Option<(usize, i64)> {
        let field = match number {
            Number::Amount | Number::Several => Field::Amount,
            Number::Day => Field::Day,
            Number::Month => Field::Month,
            Number::Hour => Field::Hour,
            Number::Minute => Field::Minute,
            Number::Clock => Field::Clock,
            Number::Ordinal => Field::Ordinal,
            Number::Decade => Field::Decade,
            Number::Year | Number::RecentYear => Field::Year,
            Number::ShortYear => Field::ShortYear,
            Number::Digits => Field::Dateless,
        };
        if let Some((_, class)) = self.grammar.number_words.iter().find(|(f, _)| *f == field)
            && let Some((end, &value)) = self.grammar.classes[*class].longest(self.atoms, at)
        {
            return Some((end, value));
        }
        let atom = self.atoms.get(at)?;
        if matches!(number, Number::Amount | Number::Several) {
            return self.amount(at, number);
        }
        if atom.shape != Shape::Digits {
            return None;
        }
        // Digits glued to a word (A13, R2000) are names or money; only clock times (17h30) are written so.
        let (value, digits) = (atom.number as i64, atom.digits);
        let lettered = atom.glued && at.checked_sub(1).is_some_and(|i| self.atoms[i].shape == Shape::Word);
        if lettered && matches!(number, Number::Day | Number::Year | Number::RecentYear | Number::Decade) {
            return None;
        }
        let in_range = |low: i64, high: i64| (low..=high).contains(&value);
        let next = at + 1;
        match number {
            Number::Day => {
                if digits > 2 || !in_range(1, 31) {
                    return None;
                }
                let end = self.ordinal_end(next).unwrap_or(next);
                self.stands_alone(at, end).then_some((end, value))
            }
            Number::Month => (digits <= 2 && in_range(1, 12)).then_some((next, value)),
            Number::Hour => (digits <= 2 && in_range(0, 24)).then_some((next, value)),
            Number::Minute => (digits == 2 && in_range(0, 59)).then_some((next, value)),
            Number::Clock => (digits == 4 && in_range(0, 2400) && value % 100 < 60).then_some((next, value)),
            Number::ShortYear => (digits == 2 && self.is_year(at)).then_some((next, value)),
            Number::Ordinal => {
                let end = self.ordinal_end(next)?;
                (digits <= 3).then_some((end, value))
            }
            Number::Decade => ((digits == 4 && in_range(1000, 2090) || digits == 2) && value % 10 == 0)
                .then_some((next, value)),
            Number::Year => {
                (digits == 4 && in_range(1400, 2150) && self.is_year(at)).then_some((next, value))
            }
            Number::RecentYear => {
                (digits == 4 && in_range(1900, 2049) && self.is_year(at)).then_some((next, value))
            }
            Number::Digits | Number::Amount | Number::Several => Some((next, value)),
        }
    }

    /// A capital inside a sentence with another capital after it: *Avril Industrie*.
    pub(super) fn names(&self, at: usize, end: usize) -> bool {
        let inside = at.checked_sub(1).is_some_and(|i| {
            let before = &self.atoms[i];
            before.shape == Shape::Word || matches!(before.span.of(self.text), "'" | "’" | "-")
        });
        let atom = &self.atoms[at];
        let next = self.atoms.get(end);
        atom.capital
            && !atom.shouted
            && inside
            && next.is_some_and(|a| a.shape == Shape::Word && a.capital && !a.shouted)
    }

    pub(super) fn ordinal_end(&self, at: usize) -> Option<usize> {
        let glued = self.atoms.get(at).is_some_and(|a| a.glued && a.shape == Shape::Word);
        if !glued {
            return None;
        }
        self.numerals.ordinal.longest(self.atoms, at).map(|(end, ())| end)
    }

    /// Digits that are no part of a longer number: not *5* in *5.000*, *5,2* or *2:5*.
    pub(super) fn stands_alone(&self, at: usize, end: usize) -> bool {
        let joined = |sign: Option<&Atom>, digits: Option<&Atom>| {
            sign.is_some_and(|s| {
                s.shape == Shape::Sign && matches!(s.span.of(self.text), "." | "," | ":" | "%")
            }) && digits.is_some_and(|d| d.shape == Shape::Digits)
        };
        let after = self.atoms.get(end);
        let follows =
            after.is_some_and(|s| s.glued) && joined(after, self.atoms.get(end + 1).filter(|d| d.glued));
        let sign = at.checked_sub(1).and_then(|i| self.atoms.get(i));
        let precedes = self.atoms[at].glued
            && joined(sign.filter(|s| s.glued), at.checked_sub(2).and_then(|i| self.atoms.get(i)));
        let percent =
            after.is_some_and(|s| s.shape == Shape::Sign && matches!(s.span.of(self.text), "%" | "€" | "$"));
        let grouped = after.is_some_and(|a| a.shape == Shape::Digits && a.digits == 3 && a.spaced);
        let lettered = end == at + 1 && after.is_some_and(|a| a.shape == Shape::Word && a.glued);
        let counted = self.numerals.kind_after.longest(self.atoms, end).is_some_and(|(_, kind)| {
            matches!(kind, NumberKind::Duration | NumberKind::Money | NumberKind::Percentage)
        });
        !(follows || precedes || percent || grouped || lettered || counted)
    }

    /// Four digits that count nothing: *en 2018*, not *2018 manifestants*, *2.018* or *2018 €*.
    pub(super) fn is_year(&self, at: usize) -> bool {
        if !self.stands_alone(at, at + 1) && !self.decade_letter(at + 1) {
            return false;
        }
        if self
            .numerals
            .kind_after
            .longest(self.atoms, at + 1)
            .is_some_and(|(_, kind)| !matches!(kind, crate::mention::NumberKind::Ordinal))
        {
            return false;
        }
        let month_from =
            self.grammar.months.and_then(|class| self.grammar.classes[class].longest_before(self.atoms, at));
        // "In May 2005 soldiers fired", but "le 5 mai 2000 personnes".
        if let Some((from, _)) = month_from
            && self.atoms[at].span.len() == 4
            && from.checked_sub(1).is_none_or(|before| self.atoms[before].shape == Shape::Word)
            && self.grammar.counted.longest(self.atoms, at + 1).is_some()
        {
            return true;
        }
        if let Some((end, ())) = self.grammar.counted.longest(self.atoms, at + 1) {
            // "the 1984 miners' strike": a possessive is no count.
            let possessive = |a: &Atom| a.glued && matches!(a.span.of(self.text), "'" | "’");
            return self.atoms.get(end).is_some_and(possessive);
        }
        if self.grammar.year_before_noun.longest_before(self.atoms, at).is_some() {
            return true;
        }
        month_from.is_some() || !self.counts_a_noun(self.atoms[at].span)
    }

    pub(super) fn decade_letter(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|a| a.glued && a.shape == Shape::Word && a.span.len() == 1)
    }

    /// The tree says that the digits modify a noun after them.
    pub(super) fn counts_a_noun(&self, span: Span) -> bool {
        let tokens = self.document.tokens_in(span);
        let Some(token) = tokens.clone().next().map(doleance_text::TokenId) else { return false };
        self.document.head(token).is_some_and(|head| {
            head > token
                && self.document.universal_relation(token) == "nummod"
                && self.document.upos(head) == doleance_text::ud::Upos::Noun
        })
    }

    /// A numeral in hundredths, -1 where vague; takes the *de* of *une dizaine de* with it.
    pub(super) fn amount(&self, at: usize, number: Number) -> Option<(usize, i64)> {
        // "890 millions un an plus tôt": no numeral begins inside another.
        let inside = at.checked_sub(1).filter(|&i| self.atoms[i].shape == Shape::Digits).is_some_and(|i| {
            numerals::read(self.numerals, self.atoms, self.text, i).is_some_and(|before| before.end > at)
        });
        if inside {
            return None;
        }
        if let Some(figure) = numerals::read(self.numerals, self.atoms, self.text, at) {
            if figure.ordinal || (number == Number::Several && figure.singular) {
                return None;
            }
            let mut end = figure.end;
            if figure.collective
                && let Some((after, ())) = self.numerals.of.longest(self.atoms, end)
            {
                end = after;
            }
            return Some((end, i64::try_from(figure.hundredths).ok()?.min(1_000_000_000)));
        }
        if number == Number::Several {
            return None;
        }
        self.numerals.singular.longest(self.atoms, at).map(|(end, ())| (end, 100))
    }
}
