//! GeoNames' own dumps as tables: allCountries or citiesN, admin1CodesASCII, admin2Codes, alternateNamesV2, countryInfo.
//!
//! Formats as described in GeoNames' readme.txt (download.geonames.org/export/dump). Only populated places and divisions
//! of the first two orders are taken.

use std::collections::HashMap;

use doleance_text::CountryCode;

use super::tables::{NameRow, PlaceRow, TableError, Tables};
use super::{NameSource, PlaceKind};

/// The texts of the dumps.
#[derive(Clone, Copy, Debug)]
pub struct GeoNamesDumps<'a> {
    /// `allCountries.txt` or `citiesN.txt`.
    pub places: &'a str,
    /// `countryInfo.txt`.
    pub countries: &'a str,
    /// `admin1CodesASCII.txt`.
    pub admin1: &'a str,
    /// `admin2Codes.txt`.
    pub admin2: &'a str,
    /// `alternateNamesV2.txt`; may be empty.
    pub names: &'a str,
    /// Languages whose names count as given on purpose, such as `fr`.
    pub languages: &'a [&'a str],
    /// Populated places with fewer inhabitants are left out.
    pub least_population: u32,
}

/// Reads the dumps. Lines of other feature classes are skipped; a line that does not read stops with its number.
pub fn read_geonames(dumps: &GeoNamesDumps<'_>) -> Result<Tables, TableError> {
    let mut tables = Tables::default();
    let mut by_id: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut add = |tables: &mut Tables, row: PlaceRow| {
        by_id.entry(row.geonames).or_default().push(tables.places.len() as u32);
        tables.places.push(row);
    };
    let mut spots: HashMap<u32, (f64, f64, u32)> = HashMap::new();
    let mut division_names: Vec<(u32, String)> = Vec::new();
    for (number, line) in dumps.places.lines().enumerate() {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() < 15 {
            return Err(error("places", number, "nineteen columns expected, as in allCountries.txt"));
        }
        let id = parse(columns[0], "places", number, "the first column must be GeoNames' number")?;
        let lat: f64 = parse(columns[4], "places", number, "the fifth column must be a latitude")?;
        let lon: f64 = parse(columns[5], "places", number, "the sixth column must be a longitude")?;
        let population = columns[14].parse().unwrap_or(0);
        match (columns[6], columns[7]) {
            ("A", code) if code.starts_with("ADM") || code.starts_with("PCL") => {
                spots.insert(id, (lat, lon, population));
                division_names.push((id, columns[3].to_owned()));
            }
            ("P", "PPLH" | "PPLQ" | "PPLW") => {}
            ("P", code) if code == "PPLC" || population >= dumps.least_population => {
                let Some(country) = CountryCode::parse(columns[8]) else { continue };
                let at = tables.places.len() as u32;
                add(
                    &mut tables,
                    PlaceRow {
                        geonames: id,
                        kind: if code == "PPLC" { PlaceKind::Capital } else { PlaceKind::Town },
                        country,
                        admin1: columns[10].to_owned(),
                        admin2: columns[11].to_owned(),
                        lat,
                        lon,
                        population,
                        name: columns[1].to_owned(),
                    },
                );
                push_alternates(&mut tables, at, columns[3]);
            }
            _ => {}
        }
    }
    read_divisions(dumps, &spots, &mut tables, &mut add)?;
    for (id, alternates) in &division_names {
        for &at in by_id.get(id).into_iter().flatten() {
            push_alternates(&mut tables, at, alternates);
        }
    }
    read_alternate_names(dumps, &by_id, &mut tables)?;
    Ok(tables)
}

fn push_alternates(tables: &mut Tables, place: u32, names: &str) {
    for name in names.split(',').filter(|n| !n.is_empty()) {
        tables.names.push(NameRow { place, name: name.to_owned(), source: NameSource::Alternate });
    }
}

fn read_divisions(
    dumps: &GeoNamesDumps<'_>,
    spots: &HashMap<u32, (f64, f64, u32)>,
    tables: &mut Tables,
    add: &mut impl FnMut(&mut Tables, PlaceRow),
) -> Result<(), TableError> {
    // Where a division has no row of its own (citiesN holds none), its largest town stands for it.
    let mut largest: HashMap<(CountryCode, String, String), (f64, f64, u32)> = HashMap::new();
    for place in &tables.places {
        for (admin1, admin2) in [("", ""), (&*place.admin1, ""), (&*place.admin1, &*place.admin2)] {
            let spot = largest
                .entry((place.country, admin1.into(), admin2.into()))
                .or_insert((place.lat, place.lon, 0));
            if place.population > spot.2 {
                *spot = (place.lat, place.lon, place.population);
            }
        }
    }
    let spot = |id: u32, country: CountryCode, admin1: &str, admin2: &str| {
        let key = (country, admin1.to_owned(), admin2.to_owned());
        spots.get(&id).or_else(|| largest.get(&key)).copied().unwrap_or_default()
    };
    for (number, line) in dumps.countries.lines().enumerate() {
        let columns: Vec<&str> = line.split('\t').collect();
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        if columns.len() < 17 {
            return Err(error("countryInfo", number, "nineteen columns expected"));
        }
        let id = columns[16].parse().unwrap_or(0);
        let Some(country) = CountryCode::parse(columns[0]) else { continue };
        let (lat, lon, _) = spot(id, country, "", "");
        let (admin1, admin2) = Default::default();
        let population = columns[7].parse().unwrap_or(0);
        let name = columns[4].to_owned();
        add(
            tables,
            PlaceRow {
                geonames: id,
                kind: PlaceKind::Country,
                country,
                admin1,
                admin2,
                lat,
                lon,
                population,
                name,
            },
        );
    }
    for (kind, table, lines) in [
        (PlaceKind::Admin1, "admin1CodesASCII", dumps.admin1),
        (PlaceKind::Admin2, "admin2Codes", dumps.admin2),
    ] {
        for (number, line) in lines.lines().enumerate() {
            let columns: Vec<&str> = line.split('\t').collect();
            let [code, name, _, id] = columns[..] else {
                return Err(error(table, number, "four columns expected: code, name, ascii name, number"));
            };
            let id = parse(id, table, number, "the last column must be GeoNames' number")?;
            let mut codes = code.splitn(3, '.');
            let Some(country) = codes.next().and_then(CountryCode::parse) else {
                return Err(error(table, number, "the code must start with two letters and a full stop"));
            };
            let (admin1, admin2) = (codes.next().unwrap_or(""), codes.next().unwrap_or(""));
            let (lat, lon, population) = spot(id, country, admin1, admin2);
            let (admin1, admin2, name) = (admin1.to_owned(), admin2.to_owned(), name.to_owned());
            add(tables, PlaceRow { geonames: id, kind, country, admin1, admin2, lat, lon, population, name });
        }
    }
    Ok(())
}

fn read_alternate_names(
    dumps: &GeoNamesDumps<'_>,
    by_id: &HashMap<u32, Vec<u32>>,
    tables: &mut Tables,
) -> Result<(), TableError> {
    for (number, line) in dumps.names.lines().enumerate() {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() < 4 {
            return Err(error("alternateNames", number, "at least four columns expected"));
        }
        if !columns[2].is_empty() && !dumps.languages.contains(&columns[2]) {
            continue;
        }
        let id = parse(columns[1], "alternateNames", number, "the second column must be GeoNames' number")?;
        let source = if columns[2].is_empty() { NameSource::Alternate } else { NameSource::Curated };
        for &place in by_id.get(&id).into_iter().flatten() {
            tables.names.push(NameRow { place, name: columns[3].to_owned(), source });
        }
    }
    Ok(())
}

fn parse<T: std::str::FromStr>(
    text: &str,
    table: &str,
    number: usize,
    reason: &str,
) -> Result<T, TableError> {
    text.parse().map_err(|_| error(table, number, reason))
}

fn error(table: &str, number: usize, reason: &str) -> TableError {
    TableError { table: table.into(), line: number + 1, reason: reason.into() }
}
