//! Proves a pack: every selector names a place, every role and rule is exercised, every test sentence reads as written.
//!
//! A test fails on a mention that is missing, on another place or use than the one written, and on a location that the
//! test does not list: so each sentence is a counter-example to whatever it does not name.

use std::collections::BTreeSet;

use doleance_text::{CountryCode, Document};

use crate::find::find_places;
use crate::gazetteer::Gazetteer;
use crate::mention::{PlaceAnnotation, PlaceContext, PlaceMention, PlaceUse, ResolvedPlace};
use crate::pack::{ExpectedPlace, PlacePack, PlaceTest, Role};
use crate::words::Words;

/// Something in a pack that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The table.
    pub table: &'static str,
    /// Line in the table, from 1; 0 for the whole table.
    pub line: usize,
    /// What does not hold.
    pub message: String,
}

/// The rules that every pack must exercise.
const RULES: [&str; 21] = [
    "place.contained",
    "place.container",
    "place.cue",
    "place.dateline",
    "place.demonym",
    "place.embassy",
    "place.landmark",
    "place.metonym",
    "place.name",
    "place.near",
    "place.office",
    "place.open",
    "place.quarter",
    "place.relative.city",
    "place.relative.division",
    "place.relative.seat",
    "place.relative.that",
    "place.road",
    "place.site",
    "place.slogan",
    "place.unknown",
];

/// Checks a pack. `annotate` makes a document of a sentence, with trees or without.
pub fn check(pack: &PlacePack, gazetteer: &Gazetteer, annotate: impl Fn(&str) -> Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (role, selector) in pack.selectors() {
        if gazetteer.select(selector).is_none() {
            let message = format!("{}: {selector} names no place of the gazetteer", role.name());
            findings.push(Finding { table: "places", line: 0, message });
        }
    }
    let mut rules = BTreeSet::new();
    let mut roles = BTreeSet::new();
    for test in pack.tests() {
        let document = annotate(&test.text);
        let words = Words::of(&document, gazetteer.spellings());
        for word in 0..words.list.len() {
            roles.extend(pack.hits(&words, word).map(|h| h.entry.role));
        }
        let context = PlaceContext { country: CountryCode::parse(&test.country) };
        let annotation = find_places(pack, gazetteer, &document, &context);
        rules.extend(annotation.mentions.iter().map(|m| m.rule));
        for message in differences(test, &annotation, gazetteer, document.text()) {
            findings.push(Finding { table: "places-tests.tsv", line: test.line, message });
        }
    }
    for rule in RULES.iter().filter(|r| !rules.contains(*r)) {
        let message = format!("no test sentence fires {rule}");
        findings.push(Finding { table: "places-tests.tsv", line: 0, message });
    }
    for role in pack.roles().filter(|r| !roles.contains(r)) {
        let message = format!("no test sentence holds a phrase of the role {}", role.name());
        findings.push(Finding { table: "places-tests.tsv", line: 0, message });
    }
    findings
}

fn differences(
    test: &PlaceTest,
    annotation: &PlaceAnnotation,
    gazetteer: &Gazetteer,
    text: &str,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut used = vec![false; annotation.mentions.len()];
    for expected in &test.expected {
        let words =
            |m: &PlaceMention| m.span.of(text) == expected.words || m.name_span.of(text) == expected.words;
        let free = annotation.mentions.iter().enumerate().find(|(number, m)| !used[*number] && words(m));
        let Some((number, mention)) = free else {
            found.push(format!("\"{}\" is not found in: {text}", expected.words));
            continue;
        };
        used[number] = true;
        if let Some(difference) = difference(expected, mention, gazetteer) {
            found.push(format!("\"{}\" {difference} in: {text}", expected.words));
        }
    }
    let locations =
        annotation.mentions.iter().zip(used).filter(|(m, used)| !used && m.use_ == PlaceUse::Location);
    for (mention, _) in locations {
        let place = mention.resolved.as_ref().map_or("nothing", |p| p.name.as_str());
        found.push(format!(
            "\"{}\" is taken for {place} ({}) in: {text}",
            mention.span.of(text),
            mention.rule
        ));
    }
    found
}

fn difference(expected: &ExpectedPlace, mention: &PlaceMention, gazetteer: &Gazetteer) -> Option<String> {
    let wanted = if expected.use_.is_empty() { PlaceUse::Location.name() } else { &expected.use_ };
    if mention.use_.name() != wanted {
        return Some(format!("is {}, not {wanted} ({})", mention.use_.name(), mention.rule));
    }
    let place = mention.resolved.as_ref();
    let found = place.and_then(|p| p.entry);
    // A quarter that no table knows has the coordinates of its town.
    if let Some(town) = expected.place.strip_prefix('~') {
        let want = gazetteer.select(town).map(|id| ResolvedPlace::of(gazetteer, id));
        let right = place.zip(want).is_some_and(|(own, town)| {
            own.level == doleance_records::PlaceLevel::District && (own.lat, own.lon) == (town.lat, town.lon)
        });
        return (!right).then(|| format!("is no quarter of {town} ({})", mention.rule));
    }
    let (site, selector) = match expected.place.strip_prefix('@') {
        Some(selector) => (true, selector),
        None => (false, expected.place.as_str()),
    };
    let name =
        || place.map_or("nothing".into(), |p| format!("{} ({})", p.name, p.id.as_deref().unwrap_or("no id")));
    if selector == "-" {
        return found.map(|_| format!("is {}, not open ({})", name(), mention.rule));
    }
    let Some(want) = gazetteer.select(selector) else {
        return Some(format!("is tested against {selector}, which names no place"));
    };
    let is_site = place.is_some_and(|p| p.level == doleance_records::PlaceLevel::Site);
    if found != Some(want) || site != is_site {
        return Some(format!("is {}, not {} ({})", name(), expected.place, mention.rule));
    }
    None
}

impl PlacePack {
    /// The roles that the tables use.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        let roles: BTreeSet<Role> = self.entries().map(|e| e.role).collect();
        roles.into_iter()
    }
}
