//! Runs the patterns over atoms: at each atom the rule with the longest match wins, earlier rules first among equals.

mod built_in;

use std::collections::BTreeMap;

use doleance_text::Document;

use crate::atoms::{Atom, Shape};
use crate::expression::{Caught, Expression, Slot, build, item_fields};
use crate::fields::Field;
use crate::grammar::Grammar;
use crate::numeral_pack::NumeralPack;
use crate::pattern::Step;

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
    /// The parts of a nested expression that TimeML marks one by one.
    inner_ends: Option<[(usize, usize); 2]>,
    /// Where the last nested pattern ended, and where its expression did before the words it only looks at.
    inner_close: Option<(usize, usize)>,
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
        let apart = definition.set.contains(&(Field::Apart, 1));
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
                            | Field::FromMeridiem
                            | Field::FromZone
                            | Field::FromMonth
                            | Field::FromWeekday
                            | Field::FromYear,
                        _
                    )
            );
            let is_first = is_from || apart && matches!(item, Caught::Inner(Slot::Main, _));
            // Bare digits are only looked at.
            if !matches!(item, Caught::Field(Field::Dateless, _)) {
                widen(usize::from(!is_first), from, to);
            }
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
                _ => found.state.inner_ends,
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
                    state.inner_ends = inner.ends.filter(|_| *slot == Slot::Main).or(state.inner_ends);
                    state.inner_close = Some((inner.pattern_end, inner.end));
                    state.caught.push((Caught::Inner(*slot, inner.expression), at, inner.end));
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
                // "since [the Tuesday before] ,": what the inner pattern only looks at stays outside.
                Step::Close => {
                    let inner = state.inner_close.filter(|&(pattern_end, _)| pattern_end == at);
                    state.close = Some(inner.map_or(at, |(_, end)| end));
                }
            }
            pc += 1;
        }
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
