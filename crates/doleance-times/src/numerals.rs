//! Reads one numeral: digits with separators, number words, approximate numerals.
//!
//! A numeral is only its figure; approximators, ranges and what is counted are in `numbers`.

use crate::atoms::{Atom, Shape};
use crate::numeral_pack::{Numeral, NumeralPack};

/// A figure read from the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// The atom after it.
    pub end: usize,
    /// Its value; the fraction is cut where `fraction` is set.
    pub value: u64,
    /// Has a fraction that no multiplier made whole.
    pub fraction: bool,
    /// Value in hundredths, for durations such as *1,5 heure*.
    pub hundredths: u64,
    /// Written with an approximate numeral (*une centaine*).
    pub collective: bool,
    /// Plain digits without separators or multiplier.
    pub plain_digits: bool,
    /// Only an article or *one*.
    pub singular: bool,
    /// The factor of the last multiplier or collective, 1 without.
    pub scale: u64,
    /// An ordinal ending is glued to it (*14e*).
    pub ordinal: bool,
}

/// Reads the numeral that begins at atom `at`.
pub(crate) fn read(pack: &NumeralPack, atoms: &[Atom], text: &str, at: usize) -> Option<Figure> {
    let atom = atoms.get(at)?;
    match atom.shape {
        Shape::Digits => read_digits(pack, atoms, text, at),
        _ => read_words(pack, atoms, at),
    }
}

fn separator(atom: &Atom, text: &str, allowed: &[char]) -> bool {
    atom.shape == Shape::Sign && atom.glued && atom.span.of(text).chars().all(|c| allowed.contains(&plain(c)))
}

fn plain(c: char) -> char {
    if c == '’' { '\'' } else { c }
}

fn glued_digits(atoms: &[Atom], at: usize) -> Option<&Atom> {
    atoms.get(at).filter(|a| a.shape == Shape::Digits && a.glued)
}

fn read_digits(pack: &NumeralPack, atoms: &[Atom], text: &str, at: usize) -> Option<Figure> {
    let first = &atoms[at];
    if first.glued
        && at > 0
        && atoms[at - 1].shape == Shape::Word
        && first.span.start == atoms[at - 1].span.end
    {
        // "A13", "COVID19", but "R2000" is money: the caller looks at the words before.
        let before = pack.kind_before.longest_before(atoms, at);
        before?;
    }
    let (mut value, mut end) = (first.number, at + 1);
    let mut grouped = false;
    if first.digits <= 3 && (first.number > 0 || first.digits == 1) {
        let mut used = None;
        loop {
            let next = if pack.group.contains(&' ')
                && (used.is_none() || used == Some(' '))
                && atoms.get(end).is_some_and(|a| a.shape == Shape::Digits && a.digits == 3 && a.spaced)
                && first.number > 0
            {
                used = Some(' ');
                end
            } else if atoms.get(end).is_some_and(|a| separator(a, text, &pack.group))
                && glued_digits(atoms, end + 1).is_some_and(|a| a.digits == 3)
            {
                let sign = atoms[end].span.of(text).chars().next().map(plain);
                if used.is_some() && used != sign {
                    break;
                }
                used = sign;
                end + 1
            } else {
                break;
            };
            value = value.saturating_mul(1000).saturating_add(atoms[next].number);
            end = next + 1;
            grouped = true;
        }
    }
    let mut hundredths = value.saturating_mul(100);
    let (mut numerator, mut denominator) = (0u64, 1u64);
    if atoms.get(end).is_some_and(|a| separator(a, text, &pack.decimal))
        && let Some(fraction) = glued_digits(atoms, end + 1)
        && fraction.digits <= 9
        && !atoms
            .get(end + 2)
            .is_some_and(|a| separator(a, text, &pack.decimal) && glued_digits(atoms, end + 3).is_some())
    {
        numerator = fraction.number;
        denominator = 10u64.pow(u32::from(fraction.digits));
        hundredths = hundredths.saturating_add(numerator.saturating_mul(100) / denominator);
        end += 2;
    }
    let mut figure = Figure {
        end,
        value,
        fraction: numerator > 0,
        hundredths,
        collective: false,
        plain_digits: !grouped && denominator == 1,
        singular: false,
        scale: 1,
        ordinal: false,
    };
    scale_digits(pack, atoms, text, &mut figure, numerator, denominator);
    if figure.plain_digits
        && let Some((end, ())) = pack.ordinal.longest(atoms, figure.end)
        && atoms[figure.end].glued
    {
        figure.ordinal = true;
        figure.end = end;
    }
    Some(figure)
}

/// Multiplies digits by the words after them: *1,5 million*, *30 mille*, *2 dozen*, *10k*.
fn scale_digits(
    pack: &NumeralPack,
    atoms: &[Atom],
    text: &str,
    figure: &mut Figure,
    numerator: u64,
    denominator: u64,
) {
    let times = |figure: &mut Figure, factor: u64, end: usize| {
        figure.value = figure
            .value
            .saturating_mul(factor)
            .saturating_add(numerator.saturating_mul(factor) / denominator);
        figure.fraction = !numerator.saturating_mul(factor).is_multiple_of(denominator);
        figure.hundredths = figure.value.saturating_mul(100);
        figure.scale = factor;
        figure.plain_digits = false;
        figure.end = end;
    };
    if let Some(atom) = atoms.get(figure.end).filter(|a| a.shape == Shape::Word && a.glued) {
        let letters = atom.span.of(text);
        if let Some((_, factor)) = pack.glued_multipliers.iter().find(|(word, _)| word == letters) {
            times(figure, *factor, figure.end + 1);
        }
        return;
    }
    match pack.numerals.longest(atoms, figure.end) {
        Some((end, &Numeral::Multiplier(factor))) => {
            times(figure, factor, end);
            // *2 millions 300 000*, *5 lakh crore*: rare, but a second multiplier is part of the figure.
            if let Some((end, &Numeral::Multiplier(second))) = pack.numerals.longest(atoms, end) {
                figure.value = figure.value.saturating_mul(second);
                figure.scale = second;
                figure.end = end;
            }
            half_after(pack, atoms, figure);
        }
        Some((end, &Numeral::Collective(factor))) => {
            times(figure, factor, end);
            figure.collective = true;
            of_collective(pack, atoms, figure);
        }
        _ => {}
    }
}

/// *deux millions et demi*, *two and a half million* is read from the words.
fn half_after(pack: &NumeralPack, atoms: &[Atom], figure: &mut Figure) {
    if let Some((end, ())) = pack.half.longest(atoms, figure.end) {
        figure.value = figure.value.saturating_add(figure.scale / 2);
        figure.hundredths = figure.value.saturating_mul(100);
        figure.end = end;
    }
}

/// *une centaine de milliers*, *tens of thousands* after a numeral.
fn of_collective(pack: &NumeralPack, atoms: &[Atom], figure: &mut Figure) {
    if let Some((next, ())) = pack.of.longest(atoms, figure.end)
        && let Some((end, &(Numeral::Collective(factor) | Numeral::Multiplier(factor)))) =
            pack.numerals.longest(atoms, next)
        && factor > figure.scale
    {
        figure.value = figure.value.saturating_mul(factor);
        figure.hundredths = figure.value.saturating_mul(100);
        figure.scale = factor;
        figure.end = end;
    }
}

/// A number in words, built as `total + group`, the group below the next multiplier.
struct Words {
    total: u64,
    group: u64,
    /// The lowest unit still open in the group: a smaller word may follow.
    open: u64,
    /// The last multiplier of the total, above which nothing may follow.
    ceiling: u64,
    scale: u64,
}

impl Words {
    fn add(&mut self, value: u64, vigesimal: bool) -> bool {
        let low = self.group % 100;
        let fits = match low {
            0 => value < 100 && self.open >= 100,
            // "twenty-five"; "soixante-dix", "quatre-vingt-onze" where the language counts by twenties.
            20..=99 if low.is_multiple_of(10) => {
                value > 0 && (value < 10 || (vigesimal && value < 20 && (low == 60 || low == 80)))
            }
            // "dix-sept"
            10 => vigesimal && (7..=9).contains(&value),
            70 | 90 => vigesimal && (7..=9).contains(&value),
            _ => false,
        };
        if fits {
            self.group += value;
            self.open = 1;
        }
        fits
    }

    fn multiply(&mut self, factor: u64) -> bool {
        if factor >= self.ceiling {
            return false;
        }
        if factor == 100 {
            if self.group >= 100 {
                return false;
            }
            self.group = self.group.max(1).saturating_mul(100);
            self.open = 100;
        } else {
            let group = if self.group == 0 { 1 } else { self.group };
            self.total = self.total.saturating_add(group.saturating_mul(factor));
            self.group = 0;
            self.open = 1000;
            self.ceiling = factor;
        }
        self.scale = factor;
        true
    }
}

fn read_words(pack: &NumeralPack, atoms: &[Atom], at: usize) -> Option<Figure> {
    let mut words = Words { total: 0, group: 0, open: 1000, ceiling: u64::MAX, scale: 1 };
    let mut end = at;
    let (mut read, mut collective) = (0u32, false);
    let mut singular = false;
    // "half a million", "a half-dozen"
    if let Some((next, ())) = pack.half_before.longest(atoms, at)
        && let Some((end, &(Numeral::Multiplier(factor) | Numeral::Collective(factor)))) =
            pack.numerals.longest(atoms, skip_hyphen(pack, atoms, next))
    {
        return Some(Figure {
            end,
            value: factor / 2,
            fraction: false,
            hundredths: factor * 50,
            collective: true,
            plain_digits: false,
            singular: false,
            scale: factor,
            ordinal: false,
        });
    }
    loop {
        let mut from = end;
        if read > 0 {
            from = skip_hyphen(pack, atoms, from);
            let tens = words.group % 100;
            if (20..100).contains(&tens)
                && let Some((next, ())) = pack.connector_tens.longest(atoms, from)
                && let Some((_, Numeral::Word(1 | 11))) =
                    pack.numerals.longest(atoms, skip_hyphen(pack, atoms, next))
            {
                from = skip_hyphen(pack, atoms, next);
            } else if words.open >= 100
                && words.scale > 1
                && let Some((next, ())) = pack.connector_hundreds.longest(atoms, from)
                && let Some((_, Numeral::Word(_))) = pack.numerals.longest(atoms, next)
            {
                from = next;
            }
        }
        if read > 0 && atoms.get(from).is_some_and(|a| a.fresh) {
            break;
        }
        let entry = pack.numerals.longest(atoms, from);
        let single = pack.singular.longest(atoms, from);
        let (next, accepted) = match (entry, single) {
            (Some((next, &Numeral::Word(value))), _) => (next, words.add(value, pack.vigesimal)),
            (Some((next, &Numeral::Multiplier(factor))), _) => (next, words.multiply(factor)),
            (Some((next, &Numeral::Collective(factor))), _) if read > 0 => {
                let group = if words.group == 0 { 1 } else { words.group };
                words.total = words.total.saturating_add(group.saturating_mul(factor));
                words.group = 0;
                words.scale = factor;
                collective = true;
                (next, true)
            }
            (None, Some((next, ()))) if read == 0 => {
                // An article before a multiplier or collective counts one: "a hundred", "une bonne centaine".
                let mut after = next;
                while let Some((further, ())) = pack.vague.adjectives.longest(atoms, after) {
                    after = further;
                }
                match pack.numerals.longest(atoms, after) {
                    Some((_, Numeral::Multiplier(_) | Numeral::Collective(_))) => {
                        (after, words.add(1, false))
                    }
                    _ => return None,
                }
            }
            _ => break,
        };
        if !accepted {
            break;
        }
        if read == 0 {
            singular = single.is_some();
        } else {
            singular = false;
        }
        end = next;
        read += 1;
        if read == 1
            && single.is_some()
            && let Some((after, ())) = pack.vague.adjectives.longest(atoms, end)
            && matches!(pack.numerals.longest(atoms, after), Some((_, Numeral::Collective(_))))
        {
            end = after;
        }
        if collective {
            break;
        }
    }
    if read == 0 {
        return None;
    }
    let value = words.total.saturating_add(words.group);
    let mut figure = Figure {
        end,
        value,
        fraction: false,
        hundredths: value.saturating_mul(100),
        collective,
        plain_digits: false,
        singular,
        scale: words.scale,
        ordinal: false,
    };
    if collective {
        of_collective(pack, atoms, &mut figure);
    } else if let Some((next, ())) = pack.half.longest(atoms, figure.end) {
        figure.hundredths = figure.hundredths.saturating_add(figure.scale.saturating_mul(50));
        figure.end = next;
        if figure.scale > 1 {
            figure.value = figure.value.saturating_add(figure.scale / 2);
        } else if let Some((end, &Numeral::Multiplier(factor))) = pack.numerals.longest(atoms, next) {
            figure.value = figure.value.saturating_mul(factor).saturating_add(factor / 2);
            figure.hundredths = figure.value.saturating_mul(100);
            figure.scale = factor;
            figure.end = end;
        } else {
            figure.fraction = true;
        }
    }
    Some(figure)
}

/// *vingt-cinq*: the hyphen inside a number word, only if a number word follows.
fn skip_hyphen(pack: &NumeralPack, atoms: &[Atom], at: usize) -> usize {
    let hyphen = atoms.get(at).is_some_and(|a| a.word == pack.hyphen && a.glued)
        && atoms.get(at + 1).is_some_and(|a| a.glued);
    if hyphen
        && (pack.numerals.longest(atoms, at + 1).is_some()
            || pack.connector_tens.longest(atoms, at + 1).is_some())
    {
        at + 1
    } else {
        at
    }
}
