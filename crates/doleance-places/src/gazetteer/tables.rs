//! The tables that a gazetteer is built from: places, names, and what is added or dropped by hand.
//!
//! [`read_tables`] reads `places.tsv` and `names.tsv`; GeoNames' own dumps are read in `geonames`. Reading is strict about
//! the form of a line and says where it stopped.

use std::collections::HashMap;

use doleance_text::CountryCode;

use super::{NameSource, PlaceKind};
use crate::fold::Spellings;

/// A place as the tables give it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRow {
    /// Number in GeoNames; 0 where unknown.
    pub geonames: u32,
    /// What it is.
    pub kind: PlaceKind,
    /// Its country.
    pub country: CountryCode,
    /// Code of its first-order division within the country; empty where unknown.
    pub admin1: String,
    /// Code of its second-order division within the first; empty where unknown.
    pub admin2: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants; 0 where unknown.
    pub population: u32,
    /// Its name.
    pub name: String,
}

/// A name of a place beside its main one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRow {
    /// Index of the place in [`Tables::places`].
    pub place: u32,
    /// The name.
    pub name: String,
    /// Whether it is one of many untagged spellings or given for a language.
    pub source: NameSource,
}

/// Places and their names.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// All places.
    pub places: Vec<PlaceRow>,
    /// All names but the main ones.
    pub names: Vec<NameRow>,
}

/// What people add to the sources, as tab-separated text.
#[derive(Clone, Copy, Debug)]
pub struct Curation<'a> {
    /// `selector<TAB>name|canonical|capital|drop|place<TAB>value`: historic names, exonyms, noise, further places.
    pub additions: &'a str,
    /// `prefix|suffix<TAB>country or *<TAB>words`: what may be left out of a division's name (`Departement de la`);
    /// `rename<TAB>country<TAB>words`: the same, and records print the name without;
    /// `leave<TAB>country<TAB>words`: second-order divisions that start so are left out, as they only repeat a town.
    pub divisions: &'a str,
    /// `short<TAB>long`: words that are one spelling (`st`, `saint`).
    pub spellings: &'a str,
}

impl Curation<'_> {
    /// The spellings as folding uses them.
    pub fn spellings(&self) -> Spellings {
        Spellings::parse(self.spellings)
    }
}

/// A line that does not read as its table's form asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// Which table.
    pub table: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and how to mend it.
    pub reason: String,
}

impl std::fmt::Display for TableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, line {}: {}", self.table, self.line, self.reason)
    }
}

impl std::error::Error for TableError {}

/// Reads `places.tsv` (pid, kind, country, admin1, lat, lon, population, name) and `names.tsv` (pid, name, language,
/// source). A heading line is skipped.
pub fn read_tables(places: &str, names: &str) -> Result<Tables, TableError> {
    let mut tables = Tables::default();
    let mut number_of: HashMap<&str, u32> = HashMap::new();
    for (number, line) in places.lines().enumerate() {
        let fail =
            |reason: &str| TableError { table: "places".into(), line: number + 1, reason: reason.into() };
        let columns: Vec<&str> = line.split('\t').collect();
        if line.is_empty() || columns[0] == "pid" {
            continue;
        }
        let [pid, kind, country, admin1, lat, lon, population, name] = columns[..] else {
            return Err(fail("eight columns expected: pid, kind, cc, admin1, lat, lon, pop, name"));
        };
        let kind = PlaceKind::parse(kind).ok_or_else(|| fail("kind must be N, A1, A2, C, P or R"))?;
        let country = CountryCode::parse(country).ok_or_else(|| fail("country must be two letters"))?;
        let row = PlaceRow {
            geonames: geonames_number(pid, kind),
            kind,
            country,
            admin1: admin1.to_owned(),
            admin2: String::new(),
            lat: lat.parse().map_err(|_| fail("latitude must be decimal degrees"))?,
            lon: lon.parse().map_err(|_| fail("longitude must be decimal degrees"))?,
            population: population.parse().unwrap_or(0),
            name: name.to_owned(),
        };
        number_of.insert(pid, tables.places.len() as u32);
        tables.places.push(row);
    }
    for (number, line) in names.lines().enumerate() {
        let fail =
            |reason: &str| TableError { table: "names".into(), line: number + 1, reason: reason.into() };
        let columns: Vec<&str> = line.split('\t').collect();
        if line.is_empty() || columns[0] == "pid" {
            continue;
        }
        let [pid, name, language, source] = columns[..] else {
            return Err(fail("four columns expected: pid, name, lang, source"));
        };
        // Names of uninhabited territories and of unions stand in the table without a place.
        let Some(&place) = number_of.get(pid) else { continue };
        let source = match (source, language) {
            ("main", _) => NameSource::Main,
            ("translit", _) | (_, "" | "cyr") => NameSource::Alternate,
            _ => NameSource::Curated,
        };
        tables.names.push(NameRow { place, name: name.to_owned(), source });
    }
    Ok(tables)
}

/// Second-order divisions of these tables carry a running number, not GeoNames'.
fn geonames_number(pid: &str, kind: PlaceKind) -> u32 {
    match kind {
        PlaceKind::Admin1 => pid.strip_prefix("a1:").and_then(|n| n.parse().ok()).unwrap_or(0),
        PlaceKind::Capital | PlaceKind::Town => {
            pid.strip_prefix('g').and_then(|n| n.parse().ok()).unwrap_or(0)
        }
        _ => 0,
    }
}
