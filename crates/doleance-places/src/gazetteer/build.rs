//! Tables in, gazetteer file out: the same bytes each time, whatever the order of the rows.

use std::collections::{BTreeMap, HashMap};

use doleance_text::CountryCode;

use super::tables::{Curation, NameRow, PlaceRow, TableError, Tables};
use super::{NameSource, PlaceKind, kilometres, layout, population};
use crate::fold::{Spellings, fold};

/// What a build took and left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BuildReport {
    /// Places in the file.
    pub places: usize,
    /// Distinct folded names in the file.
    pub names: usize,
    /// Name rows left out as noise.
    pub dropped: usize,
    /// Size of the file in bytes.
    pub bytes: usize,
}

/// Builds the gazetteer file. Fails where a line of the curation names no place or does not read.
pub fn build(mut tables: Tables, curation: &Curation<'_>) -> Result<(Vec<u8>, BuildReport), TableError> {
    let spellings = curation.spellings();
    let affixes = Affixes::parse(curation.divisions);
    leave_out(&mut tables, &affixes);
    rename(&mut tables, &affixes);
    order(&mut tables);
    apply_additions(&mut tables, curation.additions, &spellings)?;
    order(&mut tables);
    let mut dropped = 0;
    let names = collect_names(&tables, &affixes, &spellings, &mut dropped);
    let bytes = write_file(&tables.places, &names);
    let report = BuildReport { places: tables.places.len(), names: names.len(), dropped, bytes: bytes.len() };
    Ok((bytes, report))
}

/// Gives divisions the name that people use: *Haute-Vienne* for *Departement de la Haute-Vienne*.
fn rename(tables: &mut Tables, affixes: &Affixes) {
    for (number, place) in tables.places.iter_mut().enumerate() {
        let division = matches!(place.kind, PlaceKind::Admin1 | PlaceKind::Admin2);
        let own = |(country, words): &&(CountryCode, String)| {
            *country == place.country && place.name.starts_with(words.as_str())
        };
        if !division || !affixes.renamed.iter().any(|row| own(&row)) {
            continue;
        }
        if let Some(bare) = affixes.strip(place.country, &place.name).map(str::to_owned) {
            let old = std::mem::replace(&mut place.name, bare);
            tables.names.push(NameRow { place: number as u32, name: old, source: NameSource::Curated });
        }
    }
}

/// Leaves out the divisions that only repeat their main town, as the table says.
fn leave_out(tables: &mut Tables, affixes: &Affixes) {
    let keep: Vec<bool> = tables.places.iter().map(|p| !affixes.leaves(p)).collect();
    let mut new_number = Vec::with_capacity(keep.len());
    let mut next = 0;
    for kept in &keep {
        new_number.push(next);
        next += u32::from(*kept);
    }
    let mut kept = keep.iter();
    tables.places.retain(|_| kept.next().copied().unwrap_or(true));
    tables.names.retain(|n| keep[n.place as usize]);
    for name in &mut tables.names {
        name.place = new_number[name.place as usize];
    }
}

/// Sorts places by rank and renumbers the names: countries by code, then first-order divisions, capitals, then by population.
fn order(tables: &mut Tables) {
    let mut numbers: Vec<u32> = (0..tables.places.len() as u32).collect();
    let rank = |p: &PlaceRow| match p.kind {
        PlaceKind::Country => 0u8,
        PlaceKind::Admin1 => 1,
        PlaceKind::Capital => 2,
        _ => 3,
    };
    numbers.sort_by(|&a, &b| {
        let (a, b) = (&tables.places[a as usize], &tables.places[b as usize]);
        let key = |p: &PlaceRow| {
            let by_code = if rank(p) < 2 { p.country.0 } else { [0; 2] };
            (rank(p), by_code, std::cmp::Reverse(p.population), p.geonames)
        };
        key(a)
            .cmp(&key(b))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.country.cmp(&b.country))
            .then_with(|| {
                (a.kind, a.lat.to_bits(), a.lon.to_bits()).cmp(&(b.kind, b.lat.to_bits(), b.lon.to_bits()))
            })
    });
    let mut new_number = vec![0u32; numbers.len()];
    for (new, &old) in numbers.iter().enumerate() {
        new_number[old as usize] = new as u32;
    }
    let mut places: Vec<Option<PlaceRow>> =
        std::mem::take(&mut tables.places).into_iter().map(Some).collect();
    tables.places = numbers.iter().filter_map(|&old| places[old as usize].take()).collect();
    for name in &mut tables.names {
        name.place = new_number[name.place as usize];
    }
}

fn apply_additions(tables: &mut Tables, additions: &str, spellings: &Spellings) -> Result<(), TableError> {
    let mut finder = Finder::new(tables, spellings);
    for (number, line) in additions.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let fail = |reason: String| TableError { table: "additions".into(), line: number + 1, reason };
        let columns: Vec<&str> = line.split('\t').collect();
        let [selector, role, value, ..] = columns[..] else {
            return Err(fail("three columns expected: selector, role, value".into()));
        };
        if role == "place" {
            let row = read_new_place(selector, value).map_err(fail)?;
            finder.add(&row, tables.places.len() as u32, spellings);
            tables.places.push(row);
            continue;
        }
        let place = finder.find(selector, spellings).ok_or_else(|| {
            fail(format!("no place is called {selector}; write COUNTRY:city|admin1|admin2|area:NAME"))
        })?;
        if !matches!(role, "drop" | "capital") {
            finder.rename(&tables.places[place as usize], place, value, spellings);
        }
        match role {
            "name" => tables.names.push(NameRow { place, name: value.into(), source: NameSource::Curated }),
            "canonical" => {
                let old = std::mem::replace(&mut tables.places[place as usize].name, value.into());
                tables.names.push(NameRow { place, name: old, source: NameSource::Curated });
            }
            "capital" => tables.places[place as usize].kind = PlaceKind::Capital,
            "drop" => {
                let key = fold(value, spellings);
                tables.names.retain(|n| n.place != place || fold(&n.name, spellings) != key);
            }
            other => {
                return Err(fail(format!(
                    "role must be name, canonical, capital, drop or place, not {other}"
                )));
            }
        }
    }
    Ok(())
}

fn read_new_place(country: &str, value: &str) -> Result<PlaceRow, String> {
    let form = "a place reads KIND LAT LON POPULATION ADMIN1 NAME, with spaces between and - for no division";
    let parts: Vec<&str> = value.splitn(6, ' ').collect();
    let [kind, lat, lon, inhabitants, admin1, name] = parts[..] else { return Err(form.into()) };
    Ok(PlaceRow {
        geonames: 0,
        kind: PlaceKind::parse(kind).ok_or(form)?,
        country: CountryCode::parse(country).ok_or("the country must be two letters")?,
        admin1: if admin1 == "-" { String::new() } else { admin1.into() },
        admin2: String::new(),
        lat: lat.parse().map_err(|_| form)?,
        lon: lon.parse().map_err(|_| form)?,
        population: inhabitants.parse().map_err(|_| form)?,
        name: name.into(),
    })
}

/// Country, level and folded name.
type FinderKey = (CountryCode, u8, Vec<u8>);

/// Places by country, level and folded name; the first place of a name is the largest.
struct Finder(HashMap<FinderKey, u32>);

impl Finder {
    fn new(tables: &Tables, spellings: &Spellings) -> Self {
        let mut finder = Finder(HashMap::new());
        for (number, place) in tables.places.iter().enumerate() {
            finder.add(place, number as u32, spellings);
        }
        for name in &tables.names {
            let place = &tables.places[name.place as usize];
            let key = (place.country, level_group(place.kind), fold(&name.name, spellings));
            finder.0.entry(key).or_insert(name.place);
        }
        finder
    }

    fn add(&mut self, place: &PlaceRow, number: u32, spellings: &Spellings) {
        let key = (place.country, level_group(place.kind), fold(&place.name, spellings));
        self.0.entry(key).or_insert(number);
        if place.kind == PlaceKind::Country {
            self.0.entry((place.country, 0, Vec::new())).or_insert(number);
        }
    }

    fn rename(&mut self, place: &PlaceRow, number: u32, name: &str, spellings: &Spellings) {
        self.0.entry((place.country, level_group(place.kind), fold(name, spellings))).or_insert(number);
    }

    fn find(&self, selector: &str, spellings: &Spellings) -> Option<u32> {
        let mut parts = selector.splitn(3, ':');
        let country = CountryCode::parse(parts.next()?)?;
        let group = match parts.next() {
            None => return self.0.get(&(country, 0, Vec::new())).copied(),
            Some("admin1") => 1,
            Some("admin2") => 2,
            Some("city") => 3,
            Some("area") => 4,
            Some(_) => return None,
        };
        self.0.get(&(country, group, fold(parts.next()?, spellings))).copied()
    }
}

fn level_group(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Country => 0,
        PlaceKind::Admin1 => 1,
        PlaceKind::Admin2 => 2,
        PlaceKind::Capital | PlaceKind::Town => 3,
        PlaceKind::Area => 4,
    }
}

/// Words that a division's name may go without.
struct Affixes {
    rows: Vec<(bool, Option<CountryCode>, String)>,
    left_out: Vec<(CountryCode, String)>,
    renamed: Vec<(CountryCode, String)>,
}

impl Affixes {
    fn parse(table: &str) -> Self {
        let (mut rows, mut left_out, mut renamed) = (Vec::new(), Vec::new(), Vec::new());
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [side, country, words] = columns[..] else { continue };
            let country = CountryCode::parse(country);
            if let ("rename", Some(country)) = (side, country) {
                renamed.push((country, words.to_owned()));
            }
            match (side, country) {
                ("leave", Some(country)) => left_out.push((country, words.to_owned())),
                _ => rows.push((side != "suffix", country, words.to_owned())),
            }
        }
        Affixes { rows, left_out, renamed }
    }

    fn leaves(&self, place: &PlaceRow) -> bool {
        place.kind == PlaceKind::Admin2
            && self
                .left_out
                .iter()
                .any(|(country, words)| *country == place.country && place.name.starts_with(words.as_str()))
    }

    fn strip<'n>(&self, country: CountryCode, name: &'n str) -> Option<&'n str> {
        self.rows.iter().find_map(|(prefix, only, words)| {
            if only.is_some_and(|c| c != country) {
                return None;
            }
            let bare =
                if *prefix { name.strip_prefix(words.as_str()) } else { name.strip_suffix(words.as_str()) }?;
            let bare = bare.trim_matches([' ', '-', '’', '\'']);
            (bare.chars().count() > 1).then_some(bare)
        })
    }
}

/// Untagged spellings of smaller places than this are left out: most of them only name something else.
const SMALL_TOWN: u32 = 2000;

type Names = BTreeMap<Vec<u8>, Vec<(u32, NameSource)>>;

fn collect_names(tables: &Tables, affixes: &Affixes, spellings: &Spellings, dropped: &mut usize) -> Names {
    let mut names = Names::new();
    let add = |names: &mut Names, key: Vec<u8>, place: u32, source: NameSource| {
        if key.len() < 2 {
            return;
        }
        let list = names.entry(key).or_default();
        match list.iter_mut().find(|(p, _)| *p == place) {
            Some((_, old)) => *old = (*old).max(source),
            None => list.push((place, source)),
        }
    };
    let mut rows: Vec<(u32, &str, NameSource)> = tables
        .places
        .iter()
        .enumerate()
        .map(|(n, p)| (n as u32, p.name.as_str(), NameSource::Main))
        .collect();
    rows.extend(tables.names.iter().map(|n| (n.place, n.name.as_str(), n.source)));
    rows.sort_by_key(|(place, _, source)| (std::cmp::Reverse(*source), *place));
    for (number, name, source) in rows {
        let place = &tables.places[number as usize];
        let key = fold(name, spellings);
        if source == NameSource::Alternate && is_noise(name, &key, place, tables, &names) {
            *dropped += 1;
            continue;
        }
        add(&mut names, key, number, source);
        if matches!(place.kind, PlaceKind::Admin1 | PlaceKind::Admin2)
            && let Some(bare) = affixes.strip(place.country, name)
        {
            add(&mut names, fold(bare, spellings), number, source.min(NameSource::Curated));
        }
    }
    for list in names.values_mut() {
        list.sort_unstable();
    }
    names
}

/// Untagged spellings hold airport codes, lower-case romanisations and names of other, larger places
/// (Temirtau is not "Samarkand").
fn is_noise(name: &str, key: &[u8], place: &PlaceRow, tables: &Tables, names: &Names) -> bool {
    let mut letters = name.chars();
    let lower_case = letters.next().is_some_and(|c| c.is_lowercase() || !c.is_alphanumeric())
        && !name.chars().any(char::is_uppercase);
    let code = name.len() <= 4 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    // Other scripts cost twice the bytes, and few texts in them name villages elsewhere.
    let least = if name.chars().all(|c| u32::from(c) < 0x370) { SMALL_TOWN } else { 5 * SMALL_TOWN };
    let minor = place.kind == PlaceKind::Town && place.population < least;
    if minor || lower_case || code || key.len() < 3 || name.len() > 60 {
        return true;
    }
    let Some(owners) = names.get(key) else { return false };
    owners.iter().any(|&(number, source)| {
        let owner = &tables.places[number as usize];
        source == NameSource::Main
            && owner.population >= place.population
            && kilometres((owner.lat, owner.lon), (place.lat, place.lon)) > 100.0
    })
}

fn write_file(places: &[PlaceRow], names: &Names) -> Vec<u8> {
    let countries: Vec<CountryCode> =
        places.iter().take_while(|p| p.kind == PlaceKind::Country).map(|p| p.country).collect();
    let country_number: HashMap<CountryCode, usize> =
        countries.iter().enumerate().map(|(i, c)| (*c, i)).collect();
    let divisions: Vec<&PlaceRow> = places.iter().filter(|p| p.kind == PlaceKind::Admin1).collect();
    let admin1_number: HashMap<(CountryCode, &str), u32> =
        divisions.iter().enumerate().map(|(rank, p)| ((p.country, p.admin1.as_str()), rank as u32)).collect();
    let admin2_number: HashMap<(CountryCode, &str, &str), u32> = places
        .iter()
        .enumerate()
        .filter(|(_, p)| p.kind == PlaceKind::Admin2 && !p.admin2.is_empty())
        .map(|(number, p)| ((p.country, p.admin1.as_str(), p.admin2.as_str()), number as u32 + 1))
        .collect();
    let list_bytes: usize = names.values().filter(|l| l.len() > 1).map(|l| 2 + 5 * l.len()).sum();
    let width = if places.len() + list_bytes < 1 << 22 { 3 } else { 4 };

    let mut sections: [Vec<u8>; layout::SECTIONS] = Default::default();
    layout::write(&mut sections[layout::COUNTRIES], divisions.len() as u32, 4);
    for code in countries.iter().copied().chain(divisions.iter().map(|d| d.country)) {
        sections[layout::COUNTRIES].extend_from_slice(&code.0);
    }
    for place in places {
        layout::write(&mut sections[layout::IDS], place.geonames, 4);
        let row = &mut sections[layout::PLACES];
        layout::write_degrees(row, place.lat);
        layout::write_degrees(row, place.lon);
        layout::write(row, u32::from(population::pack(place.population)), 2);
        let seat = match admin1_number.get(&(place.country, place.admin1.as_str())) {
            Some(&rank) => rank,
            // A code without a country row gets a number that no country has.
            None => (divisions.len() + country_number.get(&place.country).unwrap_or(&countries.len())) as u32,
        };
        let seat = seat.min((1 << layout::SEAT_BITS) - 1);
        layout::write(row, (place.kind as u32) << layout::SEAT_BITS | seat, 2);
    }
    for block in places.chunks(layout::NAME_BLOCK) {
        let start = sections[layout::NAME_TEXT].len() as u32;
        layout::write(&mut sections[layout::NAME_STARTS], start, 4);
        for number in 0..layout::NAME_BLOCK {
            let name = block.get(number).map_or("", |p| p.name.as_str());
            let name = &name[..name.floor_char_boundary(255)];
            sections[layout::NAME_STARTS].push(name.len() as u8);
            sections[layout::NAME_TEXT].extend_from_slice(name.as_bytes());
        }
    }
    if !admin2_number.is_empty() {
        for place in places {
            let key = (place.country, place.admin1.as_str(), place.admin2.as_str());
            let number = admin2_number.get(&key).copied().unwrap_or(0);
            layout::write(&mut sections[layout::ADMIN2], number, width);
        }
    }
    let mut keys = fst::MapBuilder::memory();
    for (rank, (key, list)) in names.iter().enumerate() {
        // Keys of a BTreeMap come sorted and once each, and memory does not fail: the only two errors there are.
        let _ = keys.insert(key, rank as u64);
        match list[..] {
            [(place, source)] => {
                let source = (source as u32) << (8 * width - 2);
                layout::write(&mut sections[layout::ENTRIES], source | place, width);
            }
            _ => {
                let lists = &mut sections[layout::LISTS];
                let at = (places.len() + lists.len()) as u32;
                layout::write(lists, list.len() as u32, 2);
                for (place, source) in list {
                    layout::write(lists, *place, width);
                    layout::write(lists, *source as u32, 1);
                }
                layout::write(&mut sections[layout::ENTRIES], at, width);
            }
        }
    }
    sections[layout::KEYS] = keys.into_inner().unwrap_or_default();

    let mut file = Vec::with_capacity(layout::HEADER + sections.iter().map(Vec::len).sum::<usize>());
    file.extend_from_slice(layout::MAGIC);
    layout::write(&mut file, places.len() as u32, 4);
    file.extend_from_slice(&[width as u8, 0, 0, 0]);
    let mut offset = layout::HEADER;
    for section in &sections {
        layout::write(&mut file, offset as u32, 4);
        layout::write(&mut file, section.len() as u32, 4);
        offset += section.len();
    }
    for section in &sections {
        file.extend_from_slice(section);
    }
    file
}
