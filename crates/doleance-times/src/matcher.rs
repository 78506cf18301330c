//! Runs the patterns over atoms: at each atom the rule with the longest match wins, earlier rules first among equals.

use std::collections::BTreeMap;

use doleance_text::{Document, Span};

use crate::atoms::{Atom, Shape};
use crate::expression::{Caught, Expression, Slot, build, item_fields};
use crate::fields::Field;
use crate::grammar::Grammar;
use crate::mention::NumberKind;
use crate::numeral_pack::NumeralPack;
use crate::numerals;
use crate::pattern::{Number, Step};

/// A rule's match.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    pub rule: usize,
    /// Atoms of the expression itself, without its context.
    pub first: usize,
    pub end: usize,
    /// The atom after the whole pattern.
    pub pattern_end: usize,
    pub expression: Expression,
    /// Atoms of the two ends of a range.
    pub ends: Option<[(usize, usize); 2]>,
    /// Atoms of the items of a list.
    pub items: Vec<(usize, usize)>,
}

/// A search over one text.
pub(crate) struct Matcher<'a> {
    pub grammar: &'a Grammar,
    pub numerals: &'a NumeralPack,
    pub atoms: &'a [Atom],
    pub text: &'a str,
    pub document: &'a Document,
    memo: BTreeMap<(usize, usize), Option<Match>>,
}

/// What a run has caught, with the atoms it covers.
#[derive(Clone, Debug, Default)]
struct State {
    caught: Vec<(Caught, usize, usize)>,
    open: Option<usize>,
    close: Option<usize>,
}

struct Best {
    end: usize,
    state: State,
}

/// How many steps one pattern may take at one place: far above what any pattern of a pack needs.
const STEP_LIMIT: u32 = 20_000;

impl<'a> Matcher<'a> {
    pub(crate) fn new(
        grammar: &'a Grammar,
        numerals: &'a NumeralPack,
        atoms: &'a [Atom],
        document: &'a Document,
    ) -> Self {
        Matcher { grammar, numerals, atoms, text: document.text(), document, memo: BTreeMap::new() }
    }

    /// All expressions in text order, none overlapping another; look-alikes are among them as
    /// [`Expression::Nothing`].
    pub(crate) fn find(&mut self) -> Vec<Match> {
        let mut found: Vec<Match> = Vec::new();
        let mut at = 0;
        while at < self.atoms.len() {
            match self.best_from(at) {
                Some(found_match) => {
                    at = if found_match.expression == Expression::Nothing {
                        found_match.pattern_end
                    } else {
                        found_match.end
                    }
                    .max(at + 1);
                    found.push(found_match);
                }
                None => at += 1,
            }
            self.memo.retain(|&(_, start), _| start >= at);
        }
        found
    }

    /// The best match whose context or expression begins at an atom. An expression that begins inside the context of
    /// another and reaches farther wins over it: *dans la nuit du 11 au 12* over *dans la nuit*.
    fn best_from(&mut self, at: usize) -> Option<Match> {
        let mut best = self.at(0, at)?;
        let mut next = at + 1;
        while next <= best.first {
            if let Some(other) = self.at(0, next)
                && other.end > best.end
                && other.first <= best.first
            {
                best = other;
            }
            next += 1;
        }
        Some(best)
    }

    /// Where a rule matches by itself, whatever others do.
    pub(crate) fn matches_of(&mut self, rule: usize) -> Vec<(usize, usize)> {
        let grammar = self.grammar;
        let mut found = Vec::new();
        for at in 0..self.atoms.len() {
            for steps in &grammar.rules[rule].programs {
                let mut run = Run { steps, start: at, best: None, left: STEP_LIMIT };
                self.run(&mut run, 0, at, &mut State::default());
                found.extend(run.best.map(|best| (at, best.end)));
            }
        }
        found
    }

    /// The best match of a group's rules at an atom.
    fn at(&mut self, group: usize, at: usize) -> Option<Match> {
        let atom = self.atoms.get(at)?;
        let starts = match atom.shape {
            Shape::Digits => self.grammar.groups[group].at_digits(),
            _ => self.grammar.groups[group].at_word(atom.word),
        };
        if starts.is_empty() {
            return None;
        }
        if group > 0 {
            if let Some(known) = self.memo.get(&(group, at)) {
                return known.clone();
            }
            // A rule that asks for its own group at its own start finds nothing there.
            self.memo.insert((group, at), None);
        }
        let mut best: Option<Match> = None;
        for &(rule, program) in starts {
            let rule = usize::from(rule);
            let grammar = self.grammar;
            let steps = &grammar.rules[rule].programs[usize::from(program)];
            let mut run = Run { steps, start: at, best: None, left: STEP_LIMIT };
            let mut state = State::default();
            self.run(&mut run, 0, at, &mut state);
            let Some(found) = run.best else { continue };
            if best.as_ref().is_some_and(|b| b.pattern_end >= found.end) {
                continue;
            }
            if let Some(made) = self.make(rule, at, found) {
                best = Some(made);
            }
        }
        if group > 0 {
            self.memo.insert((group, at), best.clone());
        }
        best
    }

    fn make(&self, rule: usize, at: usize, found: Best) -> Option<Match> {
        let definition = &self.grammar.rules[rule];
        let mut caught: Vec<Caught> = definition.set.iter().map(|&(f, v)| Caught::Field(f, v)).collect();
        let mut ends: [Option<(usize, usize)>; 2] = [None, None];
        let mut places: Vec<(usize, usize)> = Vec::new();
        let mut widen = |end: usize, from: usize, to: usize| {
            let known = ends[end].get_or_insert((from, to));
            *known = (known.0.min(from), known.1.max(to));
        };
        for (item, from, to) in found.state.caught {
            let is_from = matches!(
                item,
                Caught::Inner(Slot::From, _)
                    | Caught::Field(
                        Field::FromDay
                            | Field::FromHour
                            | Field::FromMinute
                            | Field::FromMonth
                            | Field::FromWeekday
                            | Field::FromYear,
                        _
                    )
            );
            widen(usize::from(!is_from), from, to);
            places.push((from, to));
            caught.push(item);
        }
        let expression = build(definition.operation, &caught)?;
        let items = match (&expression, ends[1]) {
            (Expression::List(_), Some(last)) => list_items(&caught[definition.set.len()..], &places, last),
            _ => Vec::new(),
        };
        Some(Match {
            rule,
            first: found.state.open.unwrap_or(at),
            end: found.state.close.unwrap_or(found.end),
            pattern_end: found.end,
            expression,
            ends: match ends {
                [Some(from), Some(to)] => Some([from, to]),
                _ => None,
            },
            items,
        })
    }

    fn run(&mut self, run: &mut Run<'_>, mut pc: usize, mut at: usize, state: &mut State) {
        loop {
            if run.left == 0 {
                return;
            }
            run.left -= 1;
            // No expression reaches over a blank line.
            if at > run.start && run.steps[pc].consumes() && self.atoms.get(at).is_some_and(|a| a.fresh) {
                return;
            }
            match &run.steps[pc] {
                Step::Done => {
                    if run.best.as_ref().is_none_or(|b| at > b.end) {
                        run.best = Some(Best { end: at, state: state.clone() });
                    }
                    return;
                }
                Step::Piece(piece) => match self.atoms.get(at) {
                    Some(atom) if piece.matches(atom) => at += 1,
                    _ => return,
                },
                Step::Glued => match self.atoms.get(at) {
                    Some(atom) if atom.glued => {}
                    _ => return,
                },
                Step::List(list) => {
                    let Some((end, ())) = self.grammar.lists[*list].longest(self.atoms, at) else { return };
                    at = end;
                }
                Step::Class(class, field) => {
                    let Some((end, &value)) = self.grammar.classes[*class].longest(self.atoms, at) else {
                        return;
                    };
                    if self.grammar.capitalised[*class] && !self.atoms[at].capital
                        || self.grammar.lower[*class] && self.names(at, end)
                    {
                        return;
                    }
                    state.caught.push((Caught::Field(*field, value), at, end));
                    at = end;
                }
                Step::Number(number, field) => {
                    let Some((end, value)) = self.number(*number, at) else { return };
                    state.caught.push((Caught::Field(*field, value), at, end));
                    at = end;
                }
                Step::Group(group, slot) => {
                    let Some(inner) = self.at(*group, at) else { return };
                    if inner.expression == Expression::Nothing {
                        return;
                    }
                    state.caught.push((Caught::Inner(*slot, inner.expression), at, inner.pattern_end));
                    at = inner.pattern_end;
                }
                Step::Split(other) => {
                    let mut branch = state.clone();
                    self.run(run, pc + 1, at, &mut branch);
                    pc = *other;
                    continue;
                }
                Step::Jump(to) => {
                    pc = *to;
                    continue;
                }
                Step::Open => state.open = Some(at),
                Step::Close => state.close = Some(at),
            }
            pc += 1;
        }
    }

    fn number(&self, number: Number, at: usize) -> Option<(usize, i64)> {
        let field = match number {
            Number::Amount | Number::Several => Field::Amount,
            Number::Day => Field::Day,
            Number::Month => Field::Month,
            Number::Hour => Field::Hour,
            Number::Minute => Field::Minute,
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
    fn names(&self, at: usize, end: usize) -> bool {
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

    fn ordinal_end(&self, at: usize) -> Option<usize> {
        let glued = self.atoms.get(at).is_some_and(|a| a.glued && a.shape == Shape::Word);
        if !glued {
            return None;
        }
        self.numerals.ordinal.longest(self.atoms, at).map(|(end, ())| end)
    }

    /// Digits that are no part of a longer number: not *5* in *5.000*, *5,2* or *2:5*.
    fn stands_alone(&self, at: usize, end: usize) -> bool {
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
    fn is_year(&self, at: usize) -> bool {
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
        if let Some((end, ())) = self.grammar.counted.longest(self.atoms, at + 1) {
            // "the 1984 miners' strike": a possessive is no count.
            let possessive = |a: &Atom| a.glued && matches!(a.span.of(self.text), "'" | "’");
            return self.atoms.get(end).is_some_and(possessive);
        }
        if self.grammar.year_before_noun.longest_before(self.atoms, at).is_some() {
            return true;
        }
        let after_month = self
            .grammar
            .months
            .is_some_and(|class| self.grammar.classes[class].longest_before(self.atoms, at).is_some());
        after_month || !self.counts_a_noun(self.atoms[at].span)
    }

    fn decade_letter(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|a| a.glued && a.shape == Shape::Word && a.span.len() == 1)
    }

    /// The tree says that the digits modify a noun after them.
    fn counts_a_noun(&self, span: Span) -> bool {
        let tokens = self.document.tokens_in(span);
        let Some(token) = tokens.clone().next().map(doleance_text::TokenId) else { return false };
        self.document.head(token).is_some_and(|head| {
            head > token
                && self.document.universal_relation(token) == "nummod"
                && self.document.upos(head) == doleance_text::ud::Upos::Noun
        })
    }

    /// A numeral in hundredths, -1 where vague; takes the *de* of *une dizaine de* with it.
    fn amount(&self, at: usize, number: Number) -> Option<(usize, i64)> {
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

/// The atoms of each item of a list: those before the last by their `from-` fields, then the last.
fn list_items(caught: &[Caught], places: &[(usize, usize)], last: (usize, usize)) -> Vec<(usize, usize)> {
    let from_places = caught.iter().zip(places).filter_map(|(c, place)| {
        matches!(
            c,
            Caught::Field(Field::FromDay | Field::FromMonth | Field::FromWeekday | Field::FromYear, _)
        )
        .then_some(*place)
    });
    let mut items: Vec<(usize, usize)> = Vec::new();
    for ((begins, _, _), (from, to)) in item_fields(caught).zip(from_places) {
        match items.last_mut() {
            Some(item) if !begins => item.1 = to,
            _ => items.push((from, to)),
        }
    }
    items.push(last);
    items
}

struct Run<'p> {
    steps: &'p [Step],
    start: usize,
    best: Option<Best>,
    left: u32,
}
