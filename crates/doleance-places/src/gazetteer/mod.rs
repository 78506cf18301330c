//! The gazetteer: places of the world with their names, read in place from one file.
//!
//! [`Gazetteer`] answers look-ups; [`build`](build::build) makes the file from [`Tables`], which
//! are read from tab-separated tables or from GeoNames' own dumps. Which of several places a text means is decided in
//! `resolve`, not here.

mod build;
mod geonames;
mod layout;
mod population;
mod tables;

use std::borrow::Cow;

use doleance_records::PlaceLevel;
use doleance_text::CountryCode;
use fst::raw::{Fst, Node, Output};

pub use build::{BuildReport, build};
pub use geonames::{GeoNamesDumps, read_geonames};
pub use tables::{Curation, NameRow, PlaceRow, TableError, Tables, read_tables};

use crate::fold::{Spellings, fold};

/// Number of a place in its gazetteer. Lower numbers are countries, then first-order divisions, then larger towns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// What a gazetteer entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum PlaceKind {
    /// A country or dependent territory with a code of its own.
    Country,
    /// First-order division: state, region, oblast, nation of the United Kingdom.
    Admin1,
    /// Second-order division: county, département, district.
    Admin2,
    /// Capital of a country.
    Capital,
    /// Any other populated place.
    Town,
    /// A named part of the world that is no division: a historic region, a basin, a continent.
    Area,
}

impl PlaceKind {
    const ALL: [PlaceKind; 6] = [
        PlaceKind::Country,
        PlaceKind::Admin1,
        PlaceKind::Admin2,
        PlaceKind::Capital,
        PlaceKind::Town,
        PlaceKind::Area,
    ];

    /// Reads the name used in the tables: N, A1, A2, C, P, R.
    pub fn parse(name: &str) -> Option<Self> {
        let position = ["N", "A1", "A2", "C", "P", "R"].iter().position(|n| *n == name)?;
        Some(Self::ALL[position])
    }

    /// Whether it is a populated place.
    pub const fn is_town(self) -> bool {
        matches!(self, PlaceKind::Capital | PlaceKind::Town)
    }

    /// The level of a record whose place this is.
    pub const fn level(self) -> PlaceLevel {
        match self {
            PlaceKind::Country => PlaceLevel::Country,
            PlaceKind::Admin1 | PlaceKind::Area => PlaceLevel::Admin1,
            PlaceKind::Admin2 => PlaceLevel::Admin2,
            PlaceKind::Capital | PlaceKind::Town => PlaceLevel::City,
        }
    }
}

/// How a place comes by a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NameSource {
    /// One of many untagged spellings.
    Alternate,
    /// The name in a language, or added by hand.
    Curated,
    /// The name in the gazetteer.
    Main,
}

/// One place of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceEntry<'g> {
    /// Its number.
    pub id: PlaceId,
    /// What it is.
    pub kind: PlaceKind,
    /// Its country.
    pub country: CountryCode,
    /// Its first-order division; itself for one.
    pub admin1: Option<PlaceId>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants, to one in two thousand; 0 where unknown.
    pub population: u32,
    /// Its name.
    pub name: &'g str,
}

/// A place that a name may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The place.
    pub place: PlaceId,
    /// How it comes by the name.
    pub source: NameSource,
}

/// The places of a name, larger ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Postings {
    rank: u32,
    key_len: u32,
}

/// Why a file is not a gazetteer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GazetteerError(String);

impl std::fmt::Display for GazetteerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "gazetteer: {}; make it again with `doleance gazetteer build`", self.0)
    }
}

impl std::error::Error for GazetteerError {}

/// The gazetteer, read where it lies.
#[derive(Clone)]
pub struct Gazetteer {
    bytes: Cow<'static, [u8]>,
    sections: [(usize, usize); layout::SECTIONS],
    keys: Fst<Cow<'static, [u8]>>,
    count: u32,
    width: usize,
    admin1_count: u32,
    spellings: Spellings,
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gazetteer({} places, {} names)", self.len(), self.name_count())
    }
}

impl Gazetteer {
    /// Reads the header only; the columns stay where they are. `spellings` must be those it was built with.
    pub fn open(bytes: Cow<'static, [u8]>, spellings: Spellings) -> Result<Self, GazetteerError> {
        let fail = |why: &str| Err(GazetteerError(why.to_owned()));
        if bytes.len() < layout::HEADER || &bytes[..8] != layout::MAGIC {
            return fail("not a gazetteer file of version 1");
        }
        let width = usize::from(bytes[12]);
        if !(3..=4).contains(&width) {
            return fail("the header is damaged");
        }
        let mut sections = [(0, 0); layout::SECTIONS];
        for (number, section) in sections.iter_mut().enumerate() {
            let start = layout::read(&bytes, 16 + 8 * number, 4) as usize;
            let len = layout::read(&bytes, 20 + 8 * number, 4) as usize;
            if start + len > bytes.len() {
                return fail("the file is cut short");
            }
            *section = (start, start + len);
        }
        let (from, to) = sections[layout::KEYS];
        let keys = match &bytes {
            Cow::Borrowed(all) => Cow::Borrowed(&all[from..to]),
            Cow::Owned(all) => Cow::Owned(all[from..to].to_vec()),
        };
        let keys = Fst::new(keys).map_err(|e| GazetteerError(format!("the names cannot be read ({e})")))?;
        let count = layout::read(&bytes, 8, 4);
        let (from, to) = sections[layout::PLACES];
        if to - from != count as usize * layout::PLACE_BYTES {
            return fail("the places and their number disagree");
        }
        let (from, to) = sections[layout::COUNTRIES];
        let admin1_count = layout::read(&bytes, from, 4);
        if to - from < 4 + 2 * admin1_count as usize || (to - from) % 2 != 0 {
            return fail("the list of countries is cut short");
        }
        sections[layout::COUNTRIES].0 += 4;
        Ok(Gazetteer { bytes, sections, keys, count, width, admin1_count, spellings })
    }

    fn section(&self, number: usize) -> &[u8] {
        let (from, to) = self.sections[number];
        &self.bytes[from..to]
    }

    /// The number of places.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether it holds no place.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The number of distinct folded names.
    pub fn name_count(&self) -> usize {
        self.keys.len()
    }

    /// The spellings that names are folded with.
    pub fn spellings(&self) -> &Spellings {
        &self.spellings
    }

    /// A place. An id from another gazetteer gives some other place, or the last one.
    pub fn place(&self, id: PlaceId) -> PlaceEntry<'_> {
        let number = (id.0 as usize).min(self.len().saturating_sub(1));
        let row = self.section(layout::PLACES);
        let at = number * layout::PLACE_BYTES;
        let seat = layout::read(row, at + 8, 2);
        let kind = (seat >> layout::SEAT_BITS) as usize;
        let seat = seat & ((1 << layout::SEAT_BITS) - 1);
        let (country, admin1) = match seat.checked_sub(self.admin1_count) {
            Some(country) => (self.country_code(country as usize), None),
            None => {
                let division = self.countries() as u32 + seat;
                (self.country_of_admin1(division), Some(PlaceId(division)))
            }
        };
        PlaceEntry {
            id: PlaceId(number as u32),
            kind: PlaceKind::ALL[kind.min(PlaceKind::ALL.len() - 1)],
            country,
            admin1,
            lat: layout::read_degrees(row, at),
            lon: layout::read_degrees(row, at + 3),
            population: population::unpack(layout::read(row, at + 6, 2) as u16),
            name: self.name(number),
        }
    }

    fn name(&self, number: usize) -> &str {
        let block = self.section(layout::NAME_STARTS);
        let at = number / layout::NAME_BLOCK * (4 + layout::NAME_BLOCK);
        let lengths = at + 4;
        let within = number % layout::NAME_BLOCK;
        let Some(before) = block.get(lengths..lengths + within + 1) else { return "" };
        let (len, before) = (usize::from(before[within]), &before[..within]);
        let from =
            layout::read(block, at, 4) as usize + before.iter().map(|&b| usize::from(b)).sum::<usize>();
        let name = self.section(layout::NAME_TEXT).get(from..from + len).unwrap_or_default();
        std::str::from_utf8(name).unwrap_or("")
    }

    /// First-order divisions follow the countries in order of their codes; their own country is kept apart.
    fn country_of_admin1(&self, division: u32) -> CountryCode {
        let at = 2 * (division as usize);
        match self.section(layout::COUNTRIES).get(at..at + 2) {
            Some(&[a, b]) => CountryCode([a, b]),
            _ => CountryCode(*b"ZZ"),
        }
    }

    fn countries(&self) -> usize {
        self.section(layout::COUNTRIES).len() / 2 - self.admin1_count as usize
    }

    fn country_code(&self, number: usize) -> CountryCode {
        match self.section(layout::COUNTRIES).get(2 * number..2 * number + 2) {
            Some(&[a, b]) => CountryCode([a, b]),
            _ => CountryCode(*b"ZZ"),
        }
    }

    /// The place of a country.
    pub fn country(&self, code: CountryCode) -> Option<PlaceId> {
        let codes = &self.section(layout::COUNTRIES)[..2 * self.countries()];
        let at = codes.chunks_exact(2).position(|c| c == code.0)?;
        (code.0 != *b"ZZ").then_some(PlaceId(at as u32))
    }

    /// The capital of a country: the largest one where it has several.
    pub fn capital(&self, code: CountryCode) -> Option<PlaceId> {
        let first = self.countries() as u32 + self.admin1_count;
        let capitals =
            (first..self.count).map(|n| self.place(PlaceId(n))).take_while(|p| p.kind == PlaceKind::Capital);
        capitals.filter(|p| p.country == code).map(|p| p.id).next()
    }

    /// What a selector names: `KZ`, `KZ:admin1:Mangystau`, `FR:admin2:Nord` or
    /// `KZ:city:Oral`, or `US:city:Springfield:Illinois` for the one in a division. Of several towns the largest.
    pub fn select(&self, selector: &str) -> Option<PlaceId> {
        let mut parts = selector.splitn(4, ':');
        let country = CountryCode::parse(parts.next()?)?;
        let Some(level) = parts.next() else { return self.country(country) };
        let fits = |kind: PlaceKind| match level {
            "admin1" => kind == PlaceKind::Admin1,
            "admin2" => kind == PlaceKind::Admin2,
            "city" => kind.is_town(),
            "area" => kind == PlaceKind::Area,
            _ => false,
        };
        let found = self.look_up(parts.next()?)?;
        let division = parts.next();
        let within = |admin1: Option<PlaceId>| match division {
            None => true,
            Some(name) => admin1.is_some_and(|a| self.place(a).name == name),
        };
        let fitting = self.postings(found).filter(|posting| {
            let place = self.place(posting.place);
            place.country == country && fits(place.kind) && within(place.admin1)
        });
        // Of equals the largest: places are ordered so.
        fitting
            .min_by_key(|posting| (std::cmp::Reverse(posting.source), posting.place))
            .map(|posting| posting.place)
    }

    /// The identifier printed in records: `geonames:609529`, `country:KZ`, or `a2:FR:nord`, `area:UA:donbas` and
    /// `town:BO:el-alto` where GeoNames' number is unknown.
    pub fn identifier(&self, id: PlaceId) -> String {
        let entry = self.place(id);
        let number = layout::read(self.section(layout::IDS), id.0 as usize * 4, 4);
        let country = entry.country.as_str();
        match (entry.kind, number) {
            (PlaceKind::Country, _) => format!("country:{country}"),
            (kind, 0) => {
                let level = match kind {
                    PlaceKind::Area => "area",
                    kind if kind.is_town() => "town",
                    _ => "a2",
                };
                let slug = fold(entry.name, &self.spellings);
                format!("{level}:{country}:{}", String::from_utf8_lossy(&slug).replace(' ', "-"))
            }
            (_, number) => format!("geonames:{number}"),
        }
    }

    /// The place of an identifier as printed by [`identifier`](Self::identifier). Reads through all places: rare use only.
    pub fn by_identifier(&self, identifier: &str) -> Option<PlaceId> {
        if let Some(code) = identifier.strip_prefix("country:") {
            return self.country(CountryCode::parse(code)?);
        }
        if let Some(number) = identifier.strip_prefix("geonames:") {
            let number: u32 = number.parse().ok().filter(|&n| n > 0)?;
            let ids = self.section(layout::IDS);
            return ids
                .chunks_exact(4)
                .position(|id| layout::read(id, 0, 4) == number)
                .map(|at| PlaceId(at as u32));
        }
        (0..self.count).map(PlaceId).find(|&id| {
            layout::read(self.section(layout::IDS), id.0 as usize * 4, 4) == 0
                && self.identifier(id) == identifier
        })
    }

    /// The second-order division of a place, where the gazetteer was built with them.
    pub fn admin2(&self, id: PlaceId) -> Option<PlaceId> {
        let section = self.section(layout::ADMIN2);
        let width = self.width;
        let number = layout::read(section, id.0 as usize * width, width);
        (number > 0).then(|| PlaceId(number - 1))
    }

    /// The places of a name as written, whatever its case, diacritics, hyphens and apostrophes.
    pub fn look_up(&self, name: &str) -> Option<Postings> {
        let key = fold(name, &self.spellings);
        let mut walk = self.walk();
        if walk.feed(&key) { walk.found() } else { None }
    }

    /// The places that a look-up found.
    pub fn postings(&self, found: Postings) -> impl Iterator<Item = Posting> + '_ {
        let entry = layout::read(self.section(layout::ENTRIES), found.rank as usize * self.width, self.width);
        let source_bits = 8 * self.width as u32 - 2;
        let (own_source, entry) = (source(entry >> source_bits), entry & ((1 << source_bits) - 1));
        let (count, lists, at) = match entry.checked_sub(self.count) {
            None => (1, &[][..], 0),
            Some(at) => {
                let lists = self.section(layout::LISTS);
                (layout::read(lists, at as usize, 2) as usize, lists, at as usize + 2)
            }
        };
        (0..count).map(move |i| {
            if lists.is_empty() {
                return Posting { place: PlaceId(entry), source: own_source };
            }
            let at = at + i * (self.width + 1);
            let source = source(layout::read(lists, at + self.width, 1));
            Posting { place: PlaceId(layout::read(lists, at, self.width)), source }
        })
    }

    /// Starts a look-up that is fed word by word.
    pub(crate) fn walk(&self) -> Walk<'_> {
        Walk { gazetteer: self, node: self.keys.root(), sum: Output::zero(), len: 0 }
    }
}

/// A walk through the folded names, byte by byte.
pub(crate) struct Walk<'g> {
    gazetteer: &'g Gazetteer,
    node: Node<'g>,
    sum: Output,
    len: u32,
}

impl Walk<'_> {
    /// Goes on by some bytes; false where no name goes on so.
    pub(crate) fn feed(&mut self, bytes: &[u8]) -> bool {
        for &byte in bytes {
            let Some(at) = self.node.find_input(byte) else {
                return false;
            };
            let step = self.node.transition(at);
            self.sum = self.sum.cat(step.out);
            self.node = self.gazetteer.keys.node(step.addr);
        }
        self.len += bytes.len() as u32;
        true
    }

    /// The places of the name read so far, if it is one.
    pub(crate) fn found(&self) -> Option<Postings> {
        let rank = self.sum.cat(self.node.final_output()).value() as u32;
        self.node.is_final().then_some(Postings { rank, key_len: self.len })
    }
}

impl Postings {
    /// The length of the folded name in bytes.
    pub fn key_len(self) -> usize {
        self.key_len as usize
    }
}

fn source(number: u32) -> NameSource {
    match number {
        0 => NameSource::Alternate,
        1 => NameSource::Curated,
        _ => NameSource::Main,
    }
}

/// Distance between two points in kilometres.
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let radians = std::f64::consts::PI / 180.0;
    let h = ((b.0 - a.0) * radians / 2.0).sin().powi(2)
        + (a.0 * radians).cos() * (b.0 * radians).cos() * ((b.1 - a.1) * radians / 2.0).sin().powi(2);
    12_742.0 * h.sqrt().min(1.0).asin()
}
