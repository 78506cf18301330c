//! Finds the numbers of a document: figures, bounds, ranges, and what kind of thing each counts.
//!
//! Crowd sizes and casualties are read from these mentions elsewhere; here nothing is known of people. Figures are
//! read in `numerals`; numbers inside dates and clock times are marked with the time patterns of the pack.

use doleance_text::ud::Upos;
use doleance_text::{Document, Span, TokenId};

use crate::atoms::{self, Atom, Shape};
use crate::expression::Expression;
use crate::matcher::Match;
use crate::mention::{Bound, NumberKind, NumberMention};
use crate::numeral_pack::{Numeral, NumeralPack};
use crate::numerals::{self, Figure};
use crate::pack::TimePack;
use crate::phrases::Piece;

/// Finds all numbers in text order. Numbers of dates and clock times are among them, marked by their kind.
pub fn find_numbers(pack: &TimePack, document: &Document) -> Vec<NumberMention> {
    let atoms = atoms::read(pack.vocabulary(), document.text());
    numbers_beside(pack, document, &atoms, &pack.matches(&atoms, document))
}

/// The numbers of a text whose times are matched already.
pub(crate) fn numbers_beside(
    pack: &TimePack,
    document: &Document,
    atoms: &[Atom],
    matches: &[Match],
) -> Vec<NumberMention> {
    let times: Vec<(Span, NumberKind)> = matches
        .iter()
        .filter(|found| found.end > found.first)
        .map(|found| {
            (Span::new(atoms[found.first].span.start, atoms[found.end - 1].span.end), kind_inside(found))
        })
        .collect();
    let text = document.text();
    let mut search = Search { pack: pack.numerals(), atoms, text, document, times: &times };
    let mut found = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        match search.number_at(at) {
            Some((mention, end)) => {
                found.push(mention);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// What a number inside a time is.
fn kind_inside(found: &Match) -> NumberKind {
    match found.expression {
        Expression::Nothing => NumberKind::Label,
        Expression::Age(_) => NumberKind::Age,
        Expression::Duration(_) | Expression::Lasting(_) | Expression::Window(..) => NumberKind::Duration,
        _ => NumberKind::CalendarTime,
    }
}

struct Search<'a> {
    pack: &'a NumeralPack,
    atoms: &'a [Atom],
    text: &'a str,
    document: &'a Document,
    times: &'a [(Span, NumberKind)],
}

/// A numeral with or without a range, before bounds and kinds.
struct Core {
    first: usize,
    end: usize,
    low: u64,
    high: Option<u64>,
    vague: bool,
    collective: bool,
    figure: Option<Figure>,
}

impl Search<'_> {
    fn number_at(&mut self, at: usize) -> Option<(NumberMention, usize)> {
        let atom = &self.atoms[at];
        if atom.shape == Shape::Word && atom.word == atoms::UNKNOWN {
            return None;
        }
        let (first, bound) = match self.pack.bound_before.longest(self.atoms, at) {
            Some((next, &bound)) => (self.skip_articles(next), bound),
            None => (at, Bound::Exact),
        };
        let core = self
            .range_at(first)
            .or_else(|| self.vague_at(first))
            .or_else(|| self.figure_at(first))
            .filter(|core| first == at || core.first == first)?;
        let (mut end, mut bound) = (core.end, bound);
        if let Some((next, &after)) = self.pack.bound_after.longest(self.atoms, end)
            && !self.atoms[end].fresh
            && (after != Bound::About || bound == Bound::Exact)
            && numerals::read(self.pack, self.atoms, self.text, next).is_none()
        {
            (end, bound) = (next, after);
        }
        let kind = self.kind(&core);
        if core.collective && bound == Bound::Exact {
            bound = Bound::About;
        }
        if matches!(kind, NumberKind::Ordinal | NumberKind::CalendarTime | NumberKind::ClockTime) {
            bound = Bound::Exact;
        }
        let start =
            if matches!(kind, NumberKind::CalendarTime | NumberKind::ClockTime) { core.first } else { at };
        let span = Span::new(self.atoms[start].span.start, self.atoms[end - 1].span.end);
        let head = self.document.head_of_span(span)?;
        if self.mere_article(&core, head) {
            return None;
        }
        let mention = NumberMention {
            span,
            head,
            low: core.low,
            high: core.high,
            approximate: bound != Bound::Exact || core.high.is_some() || core.vague,
            vague: core.vague,
            bound,
            kind,
        };
        Some((mention, end))
    }

    /// *un*, *a*, *one* alone are numbers only where the tagger says so.
    fn mere_article(&self, core: &Core, head: TokenId) -> bool {
        core.figure.is_some_and(|f| f.singular)
            && core.high.is_none()
            && self.document.upos(head) != Upos::Num
    }

    /// *près des 40.000*: an article between approximator and figure is skipped through the `of` words only.
    fn skip_articles(&self, at: usize) -> usize {
        match self.pack.of.longest(self.atoms, at) {
            Some((next, ())) if numerals::read(self.pack, self.atoms, self.text, next).is_some() => next,
            _ => at,
        }
    }

    fn figure_at(&self, at: usize) -> Option<Core> {
        let figure = numerals::read(self.pack, self.atoms, self.text, at)?;
        Some(Core {
            first: at,
            end: figure.end,
            low: figure.value,
            high: None,
            vague: false,
            collective: figure.collective,
            figure: Some(figure),
        })
    }

    /// *plusieurs milliers*, *a few hundred*, *dozens*, *des dizaines de milliers*.
    fn vague_at(&self, at: usize) -> Option<Core> {
        let vague = &self.pack.vague;
        let mut from = at;
        let quantified = vague.quantifiers.longest(self.atoms, at);
        if let Some((next, ())) = quantified {
            from = next;
            while let Some((next, ())) = vague.adjectives.longest(self.atoms, from) {
                from = next;
            }
            let mut end = match self.pack.numerals.longest(self.atoms, from)? {
                (end, Numeral::Multiplier(_) | Numeral::Collective(_)) => end,
                _ => return None,
            };
            while let Some((further, Numeral::Multiplier(_))) = self.pack.numerals.longest(self.atoms, end) {
                end = further;
            }
            return Some(self.vague_core(at, end));
        }
        let (end, ()) = vague.bare.longest(self.atoms, from)?;
        Some(self.vague_core(at, end))
    }

    fn vague_core(&self, first: usize, end: usize) -> Core {
        let mut end = end;
        while let Some((next, ())) = self.pack.of.longest(self.atoms, end)
            && let Some((further, Numeral::Multiplier(_) | Numeral::Collective(_))) =
                self.pack.numerals.longest(self.atoms, next)
        {
            end = further;
        }
        Core { first, end, low: 0, high: None, vague: true, collective: false, figure: None }
    }

    fn range_at(&self, at: usize) -> Option<Core> {
        self.pack.ranges.iter().find_map(|frame| {
            let from = self.literal(&frame.before, at)?;
            let mut low = numerals::read(self.pack, self.atoms, self.text, from)?;
            let between = self.literal(&frame.between, low.end)?;
            if frame.between.len() == 1 && self.atoms[low.end].shape == Shape::Sign {
                // "300-500" but no "vingt - cinq", no score, no date "3-0".
                let digits = low.plain_digits || self.atoms[from].shape == Shape::Digits;
                if !digits || !self.atoms[low.end].glued || !self.atoms[between].glued {
                    return None;
                }
            }
            let between = self.skip_articles(between);
            let between = match self.pack.bound_before.longest(self.atoms, between) {
                Some((next, Bound::About)) => next,
                _ => between,
            };
            let high = numerals::read(self.pack, self.atoms, self.text, between)?;
            if low.ordinal || high.ordinal || (low.singular && frame.before.is_empty() && high.scale == 1) {
                return None;
            }
            distribute(&mut low, &high);
            let ordered = low.value < high.value && !low.fraction && !high.fraction;
            ordered.then_some(Core {
                first: at,
                end: high.end,
                low: low.value,
                high: Some(high.value),
                vague: false,
                collective: low.collective || high.collective,
                figure: Some(Figure {
                    singular: false,
                    plain_digits: low.plain_digits && high.plain_digits,
                    ..high
                }),
            })
        })
    }

    fn literal(&self, pieces: &[Piece], at: usize) -> Option<usize> {
        let stretch = self.atoms.get(at..at + pieces.len())?;
        let matches = pieces.iter().zip(stretch).all(|(p, a)| p.matches(a))
            && stretch.iter().skip(1).all(|a| !a.fresh)
            && (pieces.is_empty() || self.atoms.get(at + pieces.len()).is_some_and(|a| !a.fresh));
        matches.then_some(at + pieces.len())
    }

    fn kind(&self, core: &Core) -> NumberKind {
        let figure = core.figure;
        if figure.is_some_and(|f| f.ordinal) {
            return NumberKind::Ordinal;
        }
        let span = Span::new(self.atoms[core.first].span.start, self.atoms[core.end - 1].span.end);
        let after = self.pack.of.longest(self.atoms, core.end).map_or(core.end, |(next, ())| next);
        let named = self.pack.kind_after.longest(self.atoms, core.end);
        let named = named.or_else(|| self.pack.kind_after.longest(self.atoms, after));
        if let Some((end, &kind)) = named
            && !self.atoms[core.end].fresh
            && self.unit_stands(core.end, end)
        {
            return kind;
        }
        let inside_time = self.times.partition_point(|(time, _)| time.end <= span.start);
        if let Some((_, kind)) = self.times.get(inside_time).filter(|(time, _)| time.overlaps(span)) {
            return *kind;
        }
        if core.vague {
            return NumberKind::Count;
        }
        if let Some((start, &kind)) = self.pack.kind_before.longest_before(self.atoms, core.first)
            && self.name_stands(start, core, kind)
        {
            return kind;
        }
        if figure.is_some_and(|f| f.fraction) {
            return NumberKind::Decimal;
        }
        if self.bare_age(core) {
            return NumberKind::Age;
        }
        NumberKind::Count
    }

    /// A one-letter unit must end the word it is in and stand near: *12 m*, not *12 m'ont dit*.
    fn unit_stands(&self, from: usize, end: usize) -> bool {
        let short = self.atoms[from].span.len() == 1 && self.atoms[from].shape == Shape::Word;
        let next = self.atoms.get(end);
        !short
            || !next.is_some_and(|a| {
                a.glued && a.shape == Shape::Sign && !matches!(a.span.of(self.text), "." | "," | ")" | ";")
            })
    }

    /// *article 49*, *n° 5*, *R2000*; not *place 300 policiers* and not *route 2 000*.
    fn name_stands(&self, start: usize, core: &Core, kind: NumberKind) -> bool {
        let first = &self.atoms[start];
        let last = &self.atoms[core.first - 1];
        let close = self.atoms[core.first].glued || last.span.len() > 1 || last.shape == Shape::Sign;
        let separate = start == 0
            || !first.glued
            || self.atoms[start - 1].shape == Shape::Sign
            || first.shape == Shape::Sign;
        let plain = core.figure.is_some_and(|f| f.plain_digits || f.fraction) && core.low < 10_000;
        close && separate && (kind != NumberKind::Label || plain)
    }

    /// *Anna Weil, 68, says*; *(42)* after a name.
    fn bare_age(&self, core: &Core) -> bool {
        let plain = core.figure.is_some_and(|f| f.plain_digits) && core.high.is_none() && core.low < 120;
        let sign = |at: Option<usize>, signs: &[&str]| {
            at.and_then(|i| self.atoms.get(i)).is_some_and(|a| signs.contains(&a.span.of(self.text)))
        };
        let opens = sign(core.first.checked_sub(1), &[",", "("]);
        let closes = sign(Some(core.end), &[",", ")"]);
        let named = core
            .first
            .checked_sub(2)
            .is_some_and(|i| self.atoms[i].shape == Shape::Word && self.atoms[i].capital);
        plain && opens && closes && named
    }
}

/// *2 à 3 millions*, *deux ou trois cents*, *entre 5 et 10 000*: the factor belongs to both.
fn distribute(low: &mut Figure, high: &Figure) {
    let grouped =
        high.scale == 1 && high.value >= 1000 && high.value.is_multiple_of(1000) && !high.plain_digits;
    let factor = if grouped { 1000 } else { high.scale };
    if factor > 1 && low.scale == 1 && low.hundredths < (high.value / factor).saturating_mul(100) {
        low.value = low.hundredths.saturating_mul(factor) / 100;
        low.fraction = false;
    }
}
