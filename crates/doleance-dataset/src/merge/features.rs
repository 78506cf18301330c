//! What merging compares, laid out flat: one row of numbers per record, strings named by numbers.

use doleance_records::{Actor, Event, Figure, PlaceLevel, Status};
use hashbrown::HashMap;
use jiff::civil::Date;
use rustc_hash::FxHasher;
use std::hash::Hasher;
use unicode_normalization::UnicodeNormalization;

/// The name of a string in a [`Features`] table.
pub(crate) type Code = u32;

/// Where a record's action took place, as numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PlaceRow {
    /// The place itself.
    pub key: Code,
    /// Its first-order division: country and name together.
    pub admin1: Option<Code>,
    pub country: Option<Code>,
    pub level: PlaceLevel,
    /// Degrees north and east.
    pub point: Option<(f32, f32)>,
}

/// One record.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub uid: String,
    pub report: u32,
    pub language: Option<Code>,
    pub source: Option<Code>,
    pub kind: Code,
    pub status: Status,
    /// First and last day, counted from 0000-01-01; an open end is closed at the other.
    pub days: Option<(i32, i32)>,
    /// Day of publication of the report.
    pub published: Option<i32>,
    pub place: Option<PlaceRow>,
    pub roles: Vec<Code>,
    pub sectors: Vec<Code>,
    pub organisations: Vec<Code>,
    pub target_roles: Vec<Code>,
    pub target_sectors: Vec<Code>,
    pub target_organisations: Vec<Code>,
    pub size: Vec<u64>,
    /// Deaths, injuries and arrests, each kept apart.
    pub toll: [Vec<u64>; 3],
    pub issues: Vec<Code>,
    /// Hashes of three words in a row around the trigger, sorted.
    pub shingles: Vec<u32>,
}

/// All records to be merged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    pub rows: Vec<Row>,
    codes: HashMap<String, Code>,
    names: Vec<String>,
}

/// What of a report matters to its records.
pub(crate) struct ReportContext<'a> {
    pub number: u32,
    pub published: Option<Date>,
    pub language: Option<&'a str>,
    pub source: Option<&'a str>,
    /// The text's characters as byte offsets.
    pub text: Characters<'a>,
}

/// A text in which characters are found by number.
pub(crate) struct Characters<'a> {
    text: &'a str,
    starts: Option<Vec<u32>>,
}

impl<'a> Characters<'a> {
    pub fn new(text: &'a str) -> Self {
        let starts = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at as u32).collect());
        Characters { text, starts }
    }

    /// The text from character `start` up to character `end`, as far as it reaches.
    pub fn between(&self, start: usize, end: usize) -> &'a str {
        let byte = |number: usize| match &self.starts {
            Some(starts) => starts.get(number).map_or(self.text.len(), |&at| at as usize),
            None => number.min(self.text.len()),
        };
        let (start, end) = (byte(start), byte(end));
        self.text.get(start..end).unwrap_or("")
    }
}

/// Characters on either side of the trigger that count as its surroundings: two sentences or so.
const SURROUNDINGS: usize = 160;

impl Features {
    pub fn name(&self, code: Code) -> &str {
        &self.names[code as usize]
    }

    fn code(&mut self, name: &str) -> Code {
        if let Some(&code) = self.codes.get(name) {
            return code;
        }
        let code = self.names.len() as Code;
        self.codes.insert(name.to_owned(), code);
        self.names.push(name.to_owned());
        code
    }

    /// Adds a record, with the issues of its claims.
    pub fn push<'i>(
        &mut self,
        uid: String,
        event: &Event,
        issues: impl Iterator<Item = &'i str>,
        report: &ReportContext<'_>,
    ) {
        let mut sorted_codes = |names: &mut dyn Iterator<Item = String>| {
            let mut codes: Vec<Code> = names.map(|name| self.code(&name)).collect();
            codes.sort_unstable();
            codes.dedup();
            codes
        };
        let roles = sorted_codes(&mut event.actors.iter().map(|a| a.role.clone()));
        let sectors = sorted_codes(&mut event.actors.iter().filter_map(|a| a.sector.clone()));
        let organisations = sorted_codes(&mut organisation_names(&event.actors));
        let target_roles = sorted_codes(&mut event.targets.iter().map(|a| a.role.clone()));
        let target_sectors = sorted_codes(&mut event.targets.iter().filter_map(|a| a.sector.clone()));
        let target_organisations = sorted_codes(&mut organisation_names(&event.targets));
        let issues = sorted_codes(&mut issues.map(str::to_owned));
        let around = report.text.between(
            (event.trigger.start as usize).saturating_sub(SURROUNDINGS),
            event.trigger.end as usize + SURROUNDINGS,
        );
        let row = Row {
            uid,
            report: report.number,
            language: report.language.map(|language| self.code(language)),
            source: report.source.map(|source| self.code(source)),
            kind: self.code(&event.kind),
            status: event.status,
            days: event.time.as_ref().and_then(|time| interval(time.start, time.end)),
            published: report.published.map(day_number),
            place: event.place.as_ref().map(|place| self.place(place)),
            roles,
            sectors,
            organisations,
            target_roles,
            target_sectors,
            target_organisations,
            size: figures(&event.size),
            toll: [figures(&event.killed), figures(&event.injured), figures(&event.arrested)],
            issues,
            shingles: shingles(around),
        };
        self.rows.push(row);
    }

    fn place(&mut self, place: &doleance_records::Place) -> PlaceRow {
        let country = place.country.as_deref();
        let admin1 = place.admin1.as_deref().or((place.level == PlaceLevel::Admin1).then_some(&place.name));
        // A country or a division is the same place whether the gazetteer's identifier came with it or not.
        let key = match place.level {
            PlaceLevel::Country => country_key(country.unwrap_or(&place.name)),
            PlaceLevel::Admin1 => admin1_key(country, admin1.unwrap_or(&place.name)),
            _ => match &place.id {
                Some(id) => id.clone(),
                None => format!("{}/{}/{}", country.unwrap_or(""), admin1.unwrap_or(""), folded(&place.name)),
            },
        };
        let point = place.lat.zip(place.lon).map(|(lat, lon)| (lat as f32, lon as f32));
        PlaceRow {
            key: self.code(&key),
            admin1: admin1.map(|name| self.code(&admin1_key(country, name))),
            country: country.map(|country| self.code(&country_key(country))),
            level: place.level,
            point,
        }
    }

    /// Lets go of what only comparing needs much room for.
    pub fn forget_words(&mut self) {
        self.rows.iter_mut().for_each(|row| row.shingles = Vec::new());
    }

    /// Puts the rows in an order that does not depend on the order in which reports came.
    pub fn sort(&mut self) {
        self.rows.sort_by(|a, b| a.uid.cmp(&b.uid));
    }
}

fn country_key(country: &str) -> String {
    format!("country/{country}")
}

fn admin1_key(country: Option<&str>, name: &str) -> String {
    format!("admin1/{}/{}", country.unwrap_or(""), folded(name))
}

fn organisation_names(actors: &[Actor]) -> impl Iterator<Item = String> + '_ {
    actors
        .iter()
        .filter_map(|actor| actor.organisation.as_deref().map(folded))
        .filter(|name| !name.is_empty())
}

fn figures(figures: &[Figure]) -> Vec<u64> {
    let mut numbers: Vec<u64> = figures.iter().filter_map(|figure| figure.low.or(figure.high)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Letters and digits only, in lower case and without accents.
pub(crate) fn folded(name: &str) -> String {
    name.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Days since 0000-01-01.
pub(crate) fn day_number(date: Date) -> i32 {
    // The difference of two civil dates in days always fits: jiff's dates span less than 20,000 years.
    date.since(jiff::civil::date(0, 1, 1)).map_or(0, |span| span.get_days())
}

fn interval(start: Option<Date>, end: Option<Date>) -> Option<(i32, i32)> {
    let first = day_number(start.or(end)?);
    let last = day_number(end.or(start)?);
    Some((first.min(last), first.max(last)))
}

/// Hashes of all runs of three words, sorted, each once.
fn shingles(text: &str) -> Vec<u32> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut hasher = FxHasher::default();
            for c in word.chars().flat_map(char::to_lowercase) {
                hasher.write_u32(c as u32);
            }
            hasher.finish()
        })
        .collect();
    let mut hashes: Vec<u32> = words
        .windows(3)
        .map(|run| {
            let mut hasher = FxHasher::default();
            run.iter().for_each(|&word| hasher.write_u64(word));
            (hasher.finish() >> 16) as u32
        })
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_by_number() {
        let text = Characters::new("à Лилль!");
        assert_eq!(text.between(2, 7), "Лилль");
        assert_eq!(text.between(7, 90), "!");
        assert_eq!(text.between(90, 95), "");
    }

    #[test]
    fn names_fold_to_letters() {
        assert_eq!(folded("C.G.T. – Énergie"), "cgtenergie");
    }

    #[test]
    fn days_are_counted_without_gaps() {
        let day = |y, m, d| day_number(jiff::civil::date(y, m, d));
        assert_eq!(day(2024, 3, 1) - day(2024, 2, 28), 2);
        assert_eq!(day(2022, 1, 1) - day(2021, 12, 31), 1);
    }
}
