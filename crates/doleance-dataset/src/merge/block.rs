//! Which pairs of records are worth comparing: those whose days and places may be the same, by their precision.
//!
//! Records are found by place and first day; a city's record also looks at its division and its country, and around
//! itself within the given distance. Seasons and undated records meet others at the same place only. Records without a
//! place are found through a shared organisation, and syndicated copy through its rarest words.

use doleance_records::PlaceLevel;
use hashbrown::HashMap;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::compare::{Pattern, compare};
use super::features::{Code, Features, Row};
use super::kinds::KindDistance;

/// A pair of records, the smaller number first, and how they compare: twelve bytes, as there are millions of them where
/// many reports tell of one town and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub a: u32,
    pub b: u32,
    /// Which of the patterns that were met.
    pub pattern: u32,
}

/// All pairs to be weighed, sorted.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    pub pairs: Vec<Pair>,
    /// The patterns that were met, in the order in which they were.
    pub patterns: Vec<Pattern>,
    /// Pairs left out because too many records share one place and time.
    pub cut: u64,
}

/// Kinds as groups of near ones: records meet within their group only.
pub(crate) struct KindGroups {
    /// By code of the kind.
    group: HashMap<Code, u32>,
    steps: HashMap<(Code, Code), u32, FxBuildHasher>,
}

impl KindGroups {
    /// Kinds at most `near` steps apart may name one event.
    pub fn new(features: &Features, kinds: &KindDistance, near: u32) -> Self {
        let mut codes: Vec<Code> = features.rows.iter().map(|row| row.kind).collect();
        codes.sort_unstable();
        codes.dedup();
        let mut group: HashMap<Code, u32> = codes.iter().map(|&code| (code, code)).collect();
        let mut steps = HashMap::default();
        for &a in &codes {
            for &b in &codes {
                let apart = kinds.steps(features.name(a), features.name(b));
                if let Some(apart) = apart.filter(|&apart| apart <= near) {
                    steps.insert((a, b), apart);
                    let (from, to) = (group[&a].max(group[&b]), group[&a].min(group[&b]));
                    group.values_mut().filter(|group| **group == from).for_each(|group| *group = to);
                }
            }
        }
        KindGroups { group, steps }
    }
}

/// What records are found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Place(Code),
    /// Records of a division whose place in it is not known to the metre.
    Vague(Code),
    Cell(i32, i32),
    /// By organisation: only records without a place look here.
    Organisation(Code),
    Wording(u32),
}

#[derive(Default)]
struct Block {
    /// First day and number of records of up to a week, sorted.
    short: Vec<(i32, u32)>,
    /// Longer ones.
    long: Vec<u32>,
    undated: Vec<u32>,
}

type Index = HashMap<(Key, u32), Block, FxBuildHasher>;

const SHORT: i32 = 8;
/// More records than this at one place and time are compared with their neighbours in the list only.
const CROWD: usize = 400;
/// More records than this with the same run of words share a set phrase, not a source.
const SET_PHRASE: usize = 60;
const RAREST: usize = 3;

/// Records that are searched for partners at a time: what they find is held twice for a moment.
const STRETCH: usize = 2048;

/// Finds and compares all pairs. The rows must be sorted.
pub(crate) fn pairs(features: &Features, groups: &KindGroups, days: i32, km: f64) -> Pairs {
    let rows = &features.rows;
    let search = Search { rows, groups, index: index(rows, groups, km), days, km };
    let mut found = Pairs::default();
    let mut numbers: HashMap<Pattern, u32, FxBuildHasher> = HashMap::default();
    let mut later = Later::default();
    let mut backward: Vec<Pair> = Vec::new();
    for first in (0..rows.len()).step_by(STRETCH) {
        let stretch: Vec<Partners> = (first..rows.len().min(first + STRETCH))
            .into_par_iter()
            .map(|number| search.partners(number as u32))
            .collect();
        for partners in &stretch {
            later.push(&partners.later);
            found.cut += partners.cut;
        }
        // A pair that the earlier of the two found as well is there already.
        let only_backward: Vec<Vec<(u32, Pattern)>> = stretch
            .par_iter()
            .enumerate()
            .map(|(at, partners)| {
                let number = (first + at) as u32;
                let unknown = partners.earlier.iter().copied().filter(|&other| !later.holds(other, number));
                unknown.filter_map(|other| Some((other, search.compare(other, number)?))).collect()
            })
            .collect();
        for (at, (partners, earlier)) in stretch.iter().zip(&only_backward).enumerate() {
            let number = (first + at) as u32;
            let mut counted = |pattern: Pattern| {
                *numbers.entry(pattern).or_insert_with(|| {
                    found.patterns.push(pattern);
                    found.patterns.len() as u32 - 1
                })
            };
            let forward = &partners.compared;
            found.pairs.extend(forward.iter().map(|&(b, p)| Pair { a: number, b, pattern: counted(p) }));
            backward.extend(earlier.iter().map(|&(a, p)| Pair { a, b: number, pattern: counted(p) }));
        }
    }
    if !backward.is_empty() {
        found.pairs.append(&mut backward);
        found.pairs.par_sort_unstable_by_key(|pair| (pair.a, pair.b));
    }
    found
}

/// What one record finds.
struct Partners {
    /// Records before it in the table.
    earlier: Vec<u32>,
    /// Records after it, sorted.
    later: Vec<u32>,
    /// Those after it that may be the same event, with how they compare.
    compared: Vec<(u32, Pattern)>,
    cut: u64,
}

/// For each record those after it that it found: one list after the other.
#[derive(Default)]
struct Later {
    ends: Vec<usize>,
    found: Vec<u32>,
}

impl Later {
    fn push(&mut self, found: &[u32]) {
        self.found.extend_from_slice(found);
        self.ends.push(self.found.len());
    }

    fn holds(&self, record: u32, other: u32) -> bool {
        let at = record as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        self.found[start..self.ends[at]].binary_search(&other).is_ok()
    }
}

fn index(rows: &[Row], groups: &KindGroups, km: f64) -> Index {
    let mut index = Index::default();
    for (number, row) in rows.iter().enumerate() {
        let number = number as u32;
        let group = groups.group[&row.kind];
        let mut add = |key: Key| {
            let block = index.entry((key, group)).or_default();
            match row.days {
                Some((first, last)) if last - first < SHORT => block.short.push((first, number)),
                Some(_) => block.long.push(number),
                None => block.undated.push(number),
            }
        };
        if let Some(place) = row.place {
            add(Key::Place(place.key));
            if let Some(cell) = own_cell(row, km) {
                add(cell);
            } else if let Some(admin1) = place.admin1.filter(|_| place.level > PlaceLevel::Admin1) {
                add(Key::Vague(admin1));
            }
        }
        row.organisations.iter().for_each(|&code| add(Key::Organisation(code)));
        row.shingles.iter().take(RAREST).for_each(|&hash| add(Key::Wording(hash)));
    }
    index.values_mut().for_each(|block| block.short.sort_unstable());
    index
}

/// What records are searched by.
struct Search<'a> {
    rows: &'a [Row],
    groups: &'a KindGroups,
    index: Index,
    days: i32,
    km: f64,
}

impl Search<'_> {
    /// Steps between the kinds of two records that may be one event. Told twice in one report is one record already: two
    /// records of a report are two events.
    fn steps(&self, a: u32, b: u32) -> Option<u32> {
        let (x, y) = (&self.rows[a as usize], &self.rows[b as usize]);
        if x.report == y.report { None } else { self.groups.steps.get(&(x.kind, y.kind)).copied() }
    }

    fn compare(&self, a: u32, b: u32) -> Option<Pattern> {
        let steps = self.steps(a, b)?;
        compare(&self.rows[a as usize], &self.rows[b as usize], steps, self.days, self.km)
    }

    fn partners(&self, number: u32) -> Partners {
        let (mut found, cut) = self.candidates(number);
        found.retain(|&other| self.steps(number, other).is_some());
        found.sort_unstable();
        found.dedup();
        let later = found.split_off(found.partition_point(|&other| other < number));
        let compared =
            later.iter().filter_map(|&other| Some((other, self.compare(number, other)?))).collect();
        Partners { earlier: found, later, compared, cut }
    }

    fn candidates(&self, number: u32) -> (Vec<u32>, u64) {
        let (days, km) = (self.days, self.km);
        let row = &self.rows[number as usize];
        let group = self.groups.group[&row.kind];
        let mut found = Vec::new();
        let mut cut = 0;
        let mut take = |others: &mut dyn Iterator<Item = u32>| {
            for (count, other) in others.filter(|&other| other != number).enumerate() {
                if count < CROWD {
                    found.push(other);
                } else {
                    cut += 1;
                }
            }
        };
        let block = |key: Key| self.index.get(&(key, group));
        let mut keys = Vec::with_capacity(16);
        if let Some(place) = row.place {
            if let Some(own) = block(Key::Place(place.key)) {
                match row.days {
                    // Each pair once: whoever comes later in the list finds the earlier.
                    Some(_) => {
                        take(&mut own.undated.iter().copied());
                        take(&mut own.long.iter().copied().filter(|&other| other > number || is_short(row)));
                    }
                    None => take(&mut own.undated.iter().copied().filter(|&other| other > number)),
                }
            }
            keys.push(Key::Place(place.key));
            if is_short(row) {
                keys.extend(place.admin1.map(Key::Place));
                keys.extend(place.country.map(Key::Place));
                keys.extend(cells_around(row, km));
                if place.level > PlaceLevel::Admin1 {
                    keys.extend(place.admin1.map(Key::Vague));
                }
            }
        } else {
            keys.extend(row.organisations.iter().map(|&code| Key::Organisation(code)));
        }
        if let Some((first, last)) = row.days.filter(|_| is_short(row)) {
            for key in keys {
                let Some(block) = block(key) else { continue };
                let start = block.short.partition_point(|&(day, _)| day < first - SHORT - days);
                let end = block.short.partition_point(|&(day, _)| day <= last + days);
                let own = block.short.partition_point(|&at| at < (first, number)).clamp(start, end);
                // Nearest in the list first, so that a crowd is cut evenly.
                let (before, after) = (&block.short[start..own], &block.short[own..end]);
                take(&mut after.iter().map(|&(_, other)| other));
                take(&mut before.iter().rev().map(|&(_, other)| other));
            }
        }
        for &hash in row.shingles.iter().take(RAREST) {
            if let Some(block) = block(Key::Wording(hash)) {
                let all = block.short.len() + block.long.len() + block.undated.len();
                if all <= SET_PHRASE {
                    take(&mut block.short.iter().map(|&(_, other)| other));
                    take(&mut block.long.iter().chain(&block.undated).copied());
                }
            }
        }
        (found, cut)
    }
}

fn is_short(row: &Row) -> bool {
    row.days.is_some_and(|(first, last)| last - first < SHORT)
}

/// Kilometres in a degree of latitude.
const DEGREE: f64 = 111.2;

fn cell(lat: f64, lon: f64, row: i32, size: f64) -> Key {
    let _ = lat;
    let shrink = ((f64::from(row) + 0.5) * size).to_radians().cos().max(0.01);
    Key::Cell(row, (lon * shrink / size).floor() as i32)
}

fn own_cell(row: &Row, km: f64) -> Option<Key> {
    let place = row.place.filter(|place| place.level >= PlaceLevel::City && km > 0.0)?;
    let (lat, lon) = place.point.map(|(lat, lon)| (f64::from(lat), f64::from(lon)))?;
    let size = km / DEGREE;
    Some(cell(lat, lon, (lat / size).floor() as i32, size))
}

/// The cells in which a record at most `km` away may lie.
fn cells_around(row: &Row, km: f64) -> Vec<Key> {
    let Some(Key::Cell(..)) = own_cell(row, km) else { return Vec::new() };
    let Some((lat, lon)) = row.place.and_then(|place| place.point) else { return Vec::new() };
    let (lat, lon) = (f64::from(lat), f64::from(lon));
    let size = km / DEGREE;
    let own = (lat / size).floor() as i32;
    let mut cells = Vec::with_capacity(9);
    for row in own - 1..=own + 1 {
        if let Key::Cell(row, column) = cell(lat, lon, row, size) {
            cells.extend((column - 1..=column + 1).map(|column| Key::Cell(row, column)));
        }
    }
    cells
}
