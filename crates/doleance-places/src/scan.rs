//! One walk over the words: names of the gazetteer and phrases of the pack, with the words around them.
//!
//! The result is a list of [`Spot`]s, each with its candidates still open. What a spot does in the text is decided in
//! `classify`, which place it is in `resolve`.

use doleance_text::Document;
use doleance_text::ud::Upos;

use crate::gazetteer::{Gazetteer, PlaceId, PlaceKind, Posting};
use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::pack::{Hit, PlacePack, Role};
use crate::words::{Gap, Words};

/// A name in the text: words `from..=to`.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub from: usize,
    pub to: usize,
    /// First and last word of the whole expression.
    pub whole: (usize, usize),
    pub kind: PlaceMentionKind,
    pub use_: PlaceUse,
    pub rule: &'static str,
    /// Places that the name may stand for.
    pub postings: Vec<Posting>,
    /// Folded name: mentions of one key mean one place.
    pub key: Vec<u8>,
    /// Levels that a type word asks for: any of these.
    pub levels: Vec<Level>,
    /// What the preposition prefers.
    pub preferred: Option<Level>,
    /// Whether a preposition of place, a type word or a list stands before.
    pub located: bool,
    /// The spot that contains this one, by number.
    pub container: Option<usize>,
    /// Counts only as a container.
    pub abbreviation: bool,
    /// A building or square: its words, and whether its name is the town's.
    pub site: Option<Site>,
}

/// A square, street, station or building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// The name tells the town: *la gare de Tours*.
    OfTown,
    /// The name tells nothing about the town: *la place Tahrir*.
    Elsewhere,
    /// A landmark whose town the table knows.
    Known,
}

/// What a type word or preposition asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Country,
    Admin1,
    Admin2,
    Town,
    /// Country or division.
    Region,
}

impl Level {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "country" => Level::Country,
            "admin1" => Level::Admin1,
            "admin2" => Level::Admin2,
            "city" => Level::Town,
            "region" => Level::Region,
            _ => return None,
        })
    }

    pub(crate) fn fits(self, kind: PlaceKind) -> bool {
        match self {
            Level::Country => kind == PlaceKind::Country,
            Level::Admin1 => matches!(kind, PlaceKind::Admin1 | PlaceKind::Area),
            Level::Admin2 => kind == PlaceKind::Admin2,
            Level::Town => kind.is_town(),
            Level::Region => !kind.is_town(),
        }
    }
}

/// A document on its way: its words, the pack's phrases in it, and the spots found.
pub(crate) struct Scan<'a> {
    pub pack: &'a PlacePack,
    pub gazetteer: &'a Gazetteer,
    pub document: &'a Document,
    pub words: &'a Words,
    /// All phrases of the pack, by first word.
    pub hits: Vec<Hit<'a>>,
    /// For each word the number of its first hit; one more at the end.
    first_hit: Vec<u32>,
    pub spots: Vec<Spot>,
}

const LONGEST_PHRASE: usize = 6;

impl<'a> Scan<'a> {
    pub(crate) fn new(
        pack: &'a PlacePack,
        gazetteer: &'a Gazetteer,
        document: &'a Document,
        words: &'a Words,
    ) -> Self {
        let mut hits = Vec::new();
        let mut first_hit = Vec::with_capacity(words.list.len() + 1);
        for at in 0..words.list.len() {
            first_hit.push(hits.len() as u32);
            hits.extend(pack.hits(words, at));
        }
        first_hit.push(hits.len() as u32);
        let mut scan = Scan { pack, gazetteer, document, words, hits, first_hit, spots: Vec::new() };
        scan.find_spots();
        scan
    }

    /// The phrases that start at a word.
    pub(crate) fn hits_at(&self, word: usize) -> &[Hit<'a>] {
        match (self.first_hit.get(word), self.first_hit.get(word + 1)) {
            (Some(&from), Some(&to)) => &self.hits[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The phrase of a role that starts at a word.
    pub(crate) fn starting(&self, word: usize, role: Role) -> Option<Hit<'a>> {
        self.hits_at(word).iter().find(|h| h.entry.role == role).copied()
    }

    /// The phrase of a role whose last word this is.
    pub(crate) fn ending(&self, word: usize, role: Role) -> Option<Hit<'a>> {
        let first = word.saturating_sub(LONGEST_PHRASE);
        (first..=word)
            .find_map(|at| self.hits_at(at).iter().find(|h| h.to == word && h.entry.role == role).copied())
    }

    /// The word before, where nothing but a blank, hyphen or apostrophe stands between.
    pub(crate) fn before(&self, word: usize) -> Option<usize> {
        (word > 0 && self.words.joined(word)).then(|| word - 1)
    }

    /// The word after, likewise.
    pub(crate) fn after(&self, word: usize) -> Option<usize> {
        self.words.joined(word + 1).then_some(word + 1)
    }

    /// Part of speech of a word; [`Upos::X`] where no tagger has been.
    pub(crate) fn upos(&self, word: usize) -> Upos {
        self.document.upos(self.words.list[word].token)
    }

    fn find_spots(&mut self) {
        let mut at = 0;
        while at < self.words.list.len() {
            let spot = match (self.phrase_spot(at), self.gazetteer_spot(at)) {
                // Of equal length the table knows better: *Kazakh* is also a town's name.
                (Some(phrase), Some(name)) if name.to > phrase.to => Some(name),
                (Some(phrase), _) => Some(phrase),
                (None, name) => name,
            };
            match spot {
                Some(spot) => {
                    at = spot.to + 1;
                    // A stop phrase only takes its words out of the way.
                    if spot.rule != "stop" {
                        self.spots.push(spot);
                    }
                }
                None => at += 1,
            }
        }
    }

    fn phrase_spot(&self, at: usize) -> Option<Spot> {
        let hit = self.hits_at(at).iter().find(|h| {
            matches!(
                h.entry.role,
                Role::Name
                    | Role::Abbreviation
                    | Role::Demonym
                    | Role::Periphrase
                    | Role::Seat
                    | Role::Landmark
                    | Role::Stop
            )
        })?;
        let (kind, rule) = match hit.entry.role {
            Role::Name => (PlaceMentionKind::Name, "place.name"),
            Role::Abbreviation => (PlaceMentionKind::Name, "place.abbreviation"),
            Role::Demonym => (PlaceMentionKind::Demonym, "place.demonym"),
            Role::Periphrase => (PlaceMentionKind::Periphrase, "place.periphrase"),
            Role::Seat => (PlaceMentionKind::Periphrase, "place.seat"),
            Role::Landmark => (PlaceMentionKind::Site, "place.landmark"),
            _ => (PlaceMentionKind::Name, "stop"),
        };
        let mut spot = self.spot(hit.from, hit.to, kind, rule);
        if rule == "stop" {
            return Some(spot);
        }
        // Several entries of one form: each is a candidate (*américain*, *congolais*).
        let targets = self.hits_at(at).iter().filter(|h| h.entry.role == hit.entry.role && h.to == hit.to);
        for target in targets {
            if let Some(place) = self.gazetteer.select(&target.entry.value) {
                spot.postings.push(Posting { place, source: crate::gazetteer::NameSource::Main });
            }
        }
        spot.use_ = match hit.entry.role {
            Role::Demonym => PlaceUse::Attribute,
            Role::Seat => PlaceUse::Metonym,
            _ => PlaceUse::Location,
        };
        spot.abbreviation = hit.entry.role == Role::Abbreviation;
        if hit.entry.role == Role::Landmark {
            spot.site = Some(Site::Known);
        }
        (!spot.postings.is_empty()).then_some(spot)
    }

    fn spot(&self, from: usize, to: usize, kind: PlaceMentionKind, rule: &'static str) -> Spot {
        let mut key = Vec::new();
        for word in from..=to {
            if word > from && self.words.list[word].gap != Gap::Apostrophe {
                key.push(b' ');
            }
            key.extend_from_slice(self.words.folded(word));
        }
        Spot {
            from,
            to,
            whole: (from, to),
            kind,
            use_: PlaceUse::Location,
            rule,
            postings: Vec::new(),
            key,
            levels: Vec::new(),
            preferred: None,
            located: false,
            container: None,
            abbreviation: false,
            site: None,
        }
    }

    /// The longest name of the gazetteer that starts at a capital, with the article of a contraction before it if so.
    fn gazetteer_spot(&self, at: usize) -> Option<Spot> {
        if !self.words.list[at].capital {
            return None;
        }
        let plain = self.longest(at, "");
        let contracted = self.before(at).and_then(|b| self.starting(b, Role::Contraction));
        let with_article = contracted.and_then(|hit| self.longest(at, &hit.entry.value));
        let (to, postings, prefixed) = match (plain, with_article) {
            (Some((to, _)), Some((longer, found))) if longer >= to => (longer, found, true),
            (Some((to, found)), _) => (to, found, false),
            (None, Some((to, found))) => (to, found, true),
            (None, None) => return None,
        };
        let mut spot = self.spot(at, to, PlaceMentionKind::Name, "place.name");
        spot.postings.extend(self.gazetteer.postings(postings).take(64));
        if prefixed && let (Some(hit), Some((_, found))) = (contracted, plain) {
            // *au Mans* is Le Mans, yet *du Nord* may be the Nord.
            let others = self.gazetteer.postings(found).take(64);
            spot.postings.extend(others.filter(|p| self.gazetteer.place(p.place).kind != PlaceKind::Town));
            spot.key.splice(0..0, hit.entry.value.bytes());
        }
        Some(spot)
    }

    fn longest(&self, at: usize, prefix: &str) -> Option<(usize, crate::gazetteer::Postings)> {
        let mut walk = self.gazetteer.walk();
        if !walk.feed(prefix.as_bytes()) {
            return None;
        }
        let mut longest = None;
        let mut word = at;
        loop {
            if !walk.feed(self.words.folded(word)) {
                return longest;
            }
            if self.words.list[word].capital
                && let Some(found) = walk.found()
            {
                longest = Some((word, found));
            }
            word += 1;
            if !self.words.joined(word) {
                return longest;
            }
            if self.words.list[word].gap != Gap::Apostrophe && !walk.feed(b" ") {
                return longest;
            }
        }
    }

    /// The largest population among a spot's candidates; countries and divisions count as large.
    pub(crate) fn weight(&self, spot: &Spot) -> u32 {
        let weigh = |id: PlaceId| {
            let place = self.gazetteer.place(id);
            match place.kind {
                PlaceKind::Country => 10_000_000,
                PlaceKind::Admin1 => 1_000_000.max(place.population),
                PlaceKind::Area => 1_000_000,
                PlaceKind::Admin2 => place.population / 4,
                _ => place.population,
            }
        };
        spot.postings.iter().map(|p| weigh(p.place)).max().unwrap_or(0)
    }
}
