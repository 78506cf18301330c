//! What a language brings for places, as data: cues, further names, demonyms, common words, tests.
//!
//! All phrases go into one table keyed by their first folded word, so that a text is read once. The form of the files is
//! described in `docs/places.md`.

use doleance_text::CountryCode;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::fold::Spellings;
use crate::gazetteer::TableError;
pub use crate::role::Role;
use crate::words::{Gap, Words};

/// One phrase of the tables.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub role: Role,
    pub value: Box<str>,
    /// The folded words after the first, each with whether it is glued to the one before.
    rest: Box<[Box<[u8]>]>,
    /// Whether the text must have a capital, as the table has.
    pub capital: bool,
    /// Whether all its letters must be capitals: *US* is not *us*.
    pub all_capitals: bool,
    /// Whether a full stop belongs to it: *Calif.*
    pub dotted: bool,
}

impl Entry {
    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.rest.len() + 1
    }
}

/// A phrase found in a text: words `from..=to`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit<'p> {
    pub from: usize,
    pub to: usize,
    pub entry: &'p Entry,
}

/// A sentence with the places it should give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceTest {
    /// Line in the table, from 1.
    pub line: usize,
    /// Country of the source, or empty.
    pub country: String,
    /// The report's text.
    pub text: String,
    /// Expected mentions in order: `words => use identifier-or-name`.
    pub expected: Vec<ExpectedPlace>,
}

/// One expected mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedPlace {
    /// The words of the name (for a name) or of the whole expression.
    pub words: String,
    /// The use, as [`PlaceUse::name`](crate::PlaceUse::name) prints it; empty for a location.
    pub use_: String,
    /// A selector as [`Gazetteer::select`](crate::gazetteer::Gazetteer::select) reads it, `-` for unresolved; `@` before it for a site there.
    pub place: String,
}

/// The tables of one language.
#[derive(Clone, Copy, Debug)]
pub struct PlaceTables<'a> {
    /// `places.tsv`: `role<TAB>value<TAB>form|form|…`.
    pub cues: &'a str,
    /// `places-names.tsv`: `role<TAB>selector<TAB>form|form|…`.
    pub names: &'a str,
    /// `places-demonyms.tsv`: `selector<TAB>form|stem/class|…`.
    pub demonyms: &'a str,
    /// `places-words.tsv`: one folded word a line that is also a common word.
    pub words: &'a str,
    /// `places-tests.tsv`: `country<TAB>text<TAB>words => selector; …`.
    pub tests: &'a str,
}

/// What a language brings for places.
#[derive(Clone, Debug, Default)]
pub struct PlacePack {
    entries: Vec<Entry>,
    by_first: FxHashMap<Box<[u8]>, Vec<u32>>,
    common: FxHashSet<Box<[u8]>>,
    home: Vec<(CountryCode, f32)>,
    /// Towns other than the capital where a country's chamber or government sits: kind, country, selector.
    seats: Vec<(Box<str>, CountryCode, Box<str>)>,
    /// Islands and countries that lie on islands of their own: selectors.
    islands: Vec<Box<str>>,
    tests: Vec<PlaceTest>,
}

impl PlacePack {
    /// Reads the tables. Fails at the first line that does not read.
    pub fn parse(tables: &PlaceTables<'_>, spellings: &Spellings) -> Result<Self, TableError> {
        let mut pack = PlacePack::default();
        let mut classes: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        for (number, columns) in rows("places.tsv", tables.cues, 3)? {
            if columns[0] == "home" {
                let form = "home reads: home, country, weight";
                let error = || TableError { table: "places.tsv".into(), line: number, reason: form.into() };
                let country = CountryCode::parse(columns[1]).ok_or_else(error)?;
                pack.home.push((country, columns[2].parse().map_err(|_| error())?));
                continue;
            }
            if matches!(columns[0], "chamber" | "palace") {
                let error = || TableError {
                    table: "places.tsv".into(),
                    line: number,
                    reason: format!("{} reads: {}, country, selector of a town", columns[0], columns[0]),
                };
                let country = CountryCode::parse(columns[1]).ok_or_else(error)?;
                pack.seats.push((columns[0].into(), country, columns[2].into()));
                continue;
            }
            if columns[0] == "island" {
                pack.islands.extend(columns[2].split('|').map(Box::from));
                continue;
            }
            if columns[0] == "inflection" {
                classes.insert(columns[1], columns[2].split('|').collect());
                continue;
            }
            pack.add_row("places.tsv", number, columns[0], columns[1], columns[2], &classes, spellings)?;
        }
        for (number, columns) in rows("places-names.tsv", tables.names, 3)? {
            pack.add_row(
                "places-names.tsv",
                number,
                columns[0],
                columns[1],
                columns[2],
                &classes,
                spellings,
            )?;
        }
        for (number, columns) in rows("places-demonyms.tsv", tables.demonyms, 2)? {
            pack.add_row(
                "places-demonyms.tsv",
                number,
                "demonym",
                columns[0],
                columns[1],
                &classes,
                spellings,
            )?;
        }
        pack.common = tables
            .words
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .map(|line| line.as_bytes().into())
            .collect();
        pack.tests = read_tests(tables.tests)?;
        for list in pack.by_first.values_mut() {
            let entries = &pack.entries;
            list.sort_by_key(|&at| std::cmp::Reverse(entries[at as usize].len()));
        }
        Ok(pack)
    }

    #[allow(clippy::too_many_arguments)]
    fn add_row(
        &mut self,
        table: &str,
        line: usize,
        role: &str,
        value: &str,
        forms: &str,
        classes: &FxHashMap<&str, Vec<&str>>,
        spellings: &Spellings,
    ) -> Result<(), TableError> {
        let fail = |reason: String| TableError { table: table.into(), line, reason };
        let role = Role::parse(role).ok_or_else(|| fail(format!("no role is called {role}")))?;
        for form in forms.split('|') {
            match form.split_once('/') {
                None => self.add(role, value, form, spellings),
                Some((stem, class)) => {
                    let endings =
                        classes.get(class).ok_or_else(|| fail(format!("no inflection is called {class}")))?;
                    for ending in endings {
                        self.add(role, value, &format!("{stem}{ending}"), spellings);
                    }
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, role: Role, value: &str, form: &str, spellings: &Spellings) {
        let words = Words::of_phrase(form, spellings);
        if words.list.is_empty() {
            return;
        }
        let rest = (1..words.list.len()).map(|at| words.folded(at).into()).collect();
        let (capital, all_capitals) = (words.list[0].capital, words.list[0].all_capitals);
        let number = self.entries.len() as u32;
        self.entries.push(Entry {
            role,
            value: value.into(),
            rest,
            capital,
            all_capitals,
            dotted: form.ends_with('.'),
        });
        self.by_first.entry(words.folded(0).into()).or_default().push(number);
    }

    /// The phrases that start at a word, longest first.
    pub(crate) fn hits<'p>(&'p self, words: &'p Words, from: usize) -> impl Iterator<Item = Hit<'p>> + 'p {
        let list = self.by_first.get(words.folded(from)).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(move |&number| {
            let entry = &self.entries[number as usize];
            if entry.capital && !words.list[from].capital
                || entry.all_capitals && !words.list[from].all_capitals
            {
                return None;
            }
            let fits = entry.rest.iter().enumerate().all(|(i, part)| {
                let at = from + 1 + i;
                words.list.get(at).is_some_and(|w| w.gap <= Gap::Stop) && words.folded(at) == &**part
            });
            fits.then_some(Hit { from, to: from + entry.rest.len(), entry })
        })
    }

    /// The relative phrases of two words that start at a word, with one or two words between that `describes` allows:
    /// *the restive northern city*.
    pub(crate) fn hits_apart<'p>(
        &'p self,
        words: &'p Words,
        from: usize,
        describes: impl Fn(usize) -> bool + 'p,
    ) -> impl Iterator<Item = Hit<'p>> + 'p {
        let list = self.by_first.get(words.folded(from)).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(move |&number| {
            let entry = &self.entries[number as usize];
            let [noun] = &entry.rest[..] else { return None };
            let joined = |at: usize| words.list.get(at).is_some_and(|w| w.gap <= Gap::Space);
            let ends = |&to: &usize| {
                (from + 1..=to).all(joined) && words.folded(to) == &**noun && (from + 1..to).all(&describes)
            };
            let to = (entry.role == Role::Relative).then(|| (from + 2..=from + 3).find(ends)).flatten()?;
            Some(Hit { from, to, entry })
        })
    }

    /// The relative phrases with a preposition that start at a word, with a country before their noun, whose last word
    /// `country` gives: *outside Kenya's parliament*, *outside the Kenyan parliament*.
    pub(crate) fn hits_around<'p>(
        &'p self,
        words: &'p Words,
        from: usize,
        country: impl Fn(usize) -> Option<usize> + 'p,
    ) -> impl Iterator<Item = Hit<'p>> + 'p {
        let list = self.by_first.get(words.folded(from)).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(move |&number| {
            let entry = &self.entries[number as usize];
            let (_, preposition) = entry.value.rsplit_once(':').filter(|_| entry.role == Role::Relative)?;
            let least: usize = preposition.parse().ok()?;
            let same = |at: usize, part: &[u8]| {
                words.list.get(at).is_some_and(|w| w.gap <= Gap::Space) && words.folded(at) == part
            };
            // An article may stand before the country.
            (least..=least + 1).find_map(|length| {
                let (head, noun) = entry.rest.split_at_checked(length - 1)?;
                let fits = head.iter().enumerate().all(|(i, part)| same(from + 1 + i, part));
                let last = country(from + length).filter(|_| fits && !noun.is_empty())?;
                // *near Serbia's presidential palace*: the genitive takes the article's place.
                let bare =
                    noun.split_first().filter(|(first, rest)| self.is_article(first) && !rest.is_empty());
                [Some(noun), bare.map(|(_, rest)| rest)].into_iter().flatten().find_map(|noun| {
                    let ends = noun.iter().enumerate().all(|(i, part)| same(last + 1 + i, part));
                    ends.then_some(Hit { from, to: last + noun.len(), entry })
                })
            })
        })
    }

    /// How much a country is expected in texts of the language whatever they say, in units of a tenfold population.
    pub(crate) fn home(&self, country: CountryCode) -> f32 {
        self.home.iter().find(|(code, _)| *code == country).map_or(0.0, |(_, weight)| *weight)
    }

    /// The town, if it is not the capital, where a country's `chamber` sits, or the `palace` and ministries of its government
    /// are.
    pub(crate) fn seat(&self, kind: &str, country: CountryCode) -> Option<&str> {
        let seat = self.seats.iter().find(|(own, code, _)| **own == *kind && *code == country);
        seat.map(|(_, _, selector)| &**selector)
    }

    fn is_article(&self, word: &[u8]) -> bool {
        let entries =
            self.by_first.get(word).into_iter().flatten().map(|&number| &self.entries[number as usize]);
        entries.into_iter().any(|e| e.role == Role::Article && e.rest.is_empty())
    }

    /// Islands, and countries that lie on islands of their own.
    pub(crate) fn islands(&self) -> impl Iterator<Item = &str> {
        self.islands.iter().map(|selector| &**selector)
    }

    /// Whether a folded word is also a common word of the language.
    pub(crate) fn is_common(&self, folded: &[u8]) -> bool {
        self.common.contains(folded)
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The sentences that the pack must read rightly.
    pub fn tests(&self) -> &[PlaceTest] {
        &self.tests
    }

    /// The selectors that the tables use, each with its role.
    pub fn selectors(&self) -> impl Iterator<Item = (Role, &str)> {
        let named = |role| {
            matches!(
                role,
                Role::Name
                    | Role::Abbreviation
                    | Role::Demonym
                    | Role::Periphrase
                    | Role::Seat
                    | Role::Landmark
            )
        };
        let phrases = self.entries.iter().filter(move |e| named(e.role));
        let phrases = phrases.map(|e| (e.role, e.value.trim_start_matches('?')));
        phrases.chain(self.islands().map(|island| (Role::Relative, island)))
    }
}

type Row<'a> = (usize, Vec<&'a str>);

fn rows<'a>(table: &str, text: &'a str, count: usize) -> Result<Vec<Row<'a>>, TableError> {
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != count {
            let reason = format!("{count} columns expected, {} found", columns.len());
            return Err(TableError { table: table.into(), line: number + 1, reason });
        }
        rows.push((number + 1, columns));
    }
    Ok(rows)
}

fn read_tests(table: &str) -> Result<Vec<PlaceTest>, TableError> {
    let mut tests = Vec::new();
    for (line, columns) in rows("places-tests.tsv", table, 3)? {
        let fail =
            |reason: &str| TableError { table: "places-tests.tsv".into(), line, reason: reason.into() };
        let mut expected = Vec::new();
        for part in columns[2].split(';').map(str::trim).filter(|p| !p.is_empty() && *p != "-") {
            let (words, value) = part
                .split_once(" => ")
                .ok_or_else(|| fail("write `words => place` or `words => use place`"))?;
            let (use_, place) = match value.split_once(' ') {
                Some((use_, place)) if use_.chars().all(char::is_lowercase) => (use_, place),
                _ => ("", value),
            };
            expected.push(ExpectedPlace { words: words.into(), use_: use_.into(), place: place.into() });
        }
        let (country, text) = (columns[0].to_owned(), columns[1].to_owned());
        tests.push(PlaceTest { line, country, text, expected });
    }
    Ok(tests)
}
