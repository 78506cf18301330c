//! One walk over the words: names of the gazetteer and phrases of the pack, with the words around them.
//!
//! The result is a list of [`Spot`]s, each with its candidates still open. What a spot does in the text is decided in
//! `classify`, which place it is in `resolve`.

use doleance_text::Document;
use doleance_text::ud::Upos;

use crate::gazetteer::{Gazetteer, NameSource, PlaceKind, Posting};
use crate::mention::{PlaceMentionKind, PlaceUse};
use crate::pack::{Hit, PlacePack, Role};
use crate::spot::{Site, Spot};
use crate::street::street_spot;
use crate::words::{Gap, Words};

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
    /// Spots that may be names of places, but are not surely.
    pub doubtful: Vec<Spot>,
}

const LONGEST_PHRASE: usize = 6;

/// Inhabitants from which a town is meant by its name, whatever name follows it.
const LEAST_BARE: u32 = 20_000;

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
        let mut scan = Scan {
            pack,
            gazetteer,
            document,
            words,
            hits,
            first_hit,
            spots: Vec::new(),
            doubtful: Vec::new(),
        };
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

    /// All phrases whose last word this is.
    pub(crate) fn hits_ending(&self, word: usize) -> impl Iterator<Item = &Hit<'a>> {
        let first = word.saturating_sub(LONGEST_PHRASE);
        (first..=word).flat_map(move |at| self.hits_at(at)).filter(move |h| h.to == word)
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
            let name = || self.gazetteer_spot(at).or_else(|| self.unknown_spot(at));
            let spot = match (self.phrase_spot(at), street_spot(self, at).or_else(name)) {
                // Of equal length the table knows better: *Kazakh* is also a town's name.
                (Some(phrase), Some(name))
                    if name.to > phrase.to || self.is_country_not_people(&phrase, &name) =>
                {
                    Some(name)
                }
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

    /// *en Argentine*, *la Corse*, but *les Argentines*: the country where a preposition asks for one.
    fn is_country_not_people(&self, phrase: &Spot, name: &Spot) -> bool {
        phrase.kind == PlaceMentionKind::Demonym
            && name.to == phrase.to
            && self.starting(phrase.from, Role::Demonym).is_some_and(|h| !h.entry.capital)
            && self.before(phrase.from).is_some_and(|w| self.ending(w, Role::Locative).is_some())
            && name.postings.iter().any(|p| {
                let kind = self.gazetteer.place(p.place).kind;
                p.source != NameSource::Alternate && matches!(kind, PlaceKind::Country | PlaceKind::Admin1)
            })
    }

    pub(crate) fn phrase_spot(&self, at: usize) -> Option<Spot> {
        let hit = self.hits_at(at).iter().find(|h| {
            matches!(
                h.entry.role,
                Role::Name
                    | Role::Abbreviation
                    | Role::Demonym
                    | Role::Periphrase
                    | Role::Seat
                    | Role::Landmark
                    | Role::Institution
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
            Role::Institution => (PlaceMentionKind::Periphrase, "place.institution"),
            _ => (PlaceMentionKind::Name, "stop"),
        };
        let mut spot = self.spot(hit.from, hit.to, kind, rule);
        if rule == "stop" {
            return Some(spot);
        }
        // Several entries of one form: each is a candidate (*américain*, *congolais*).
        let targets = self.hits_at(at).iter().filter(|h| h.entry.role == hit.entry.role && h.to == hit.to);
        for target in targets {
            if let Some(place) = self.gazetteer.select(target.entry.value.trim_start_matches('?')) {
                spot.postings.push(Posting { place, source: NameSource::Main });
            }
        }
        spot.use_ = match hit.entry.role {
            Role::Demonym => PlaceUse::Attribute,
            Role::Seat => PlaceUse::Metonym,
            Role::Institution => PlaceUse::Organisation,
            _ => PlaceUse::Location,
        };
        spot.abbreviation = hit.entry.role == Role::Abbreviation;
        spot.dotted = hit.entry.dotted;
        if hit.entry.role == Role::Landmark {
            let shared = hit.entry.value.starts_with('?');
            spot.site = Some(if shared { Site::Shared } else { Site::Known });
        }
        spot.conditional = hit.entry.role == Role::Periphrase && hit.entry.value.starts_with('?');
        (!spot.postings.is_empty()).then_some(spot)
    }

    pub(crate) fn spot(&self, from: usize, to: usize, kind: PlaceMentionKind, rule: &'static str) -> Spot {
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
            spreads: false,
            spreads_back: false,
            conditional: false,
            preferred: None,
            located: false,
            weakly: false,
            prefixed: false,
            far: false,
            container: None,
            abbreviation: false,
            dotted: false,
            given: false,
            site: None,
        }
    }

    /// The longest name of the gazetteer that starts at a capital, with the article of a contraction before it if so.
    pub(crate) fn gazetteer_spot(&self, at: usize) -> Option<Spot> {
        let word = &self.words.list[at];
        // At a sentence's head the capital of an article says nothing: *La Guadeloupe* is not the village *La Guadeloupe*.
        if !word.capital || word.starts && self.starting(at, Role::Contraction).is_some() {
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
        // *l'hôpital de La Providence*: the capital makes the article a part of the name, and no town is called so.
        let own = |hit: &Hit<'_>| self.words.list[hit.from].capital && !self.words.list[hit.from].starts;
        if !prefixed && contracted.as_ref().is_some_and(own) {
            spot.postings.retain(|p| !self.gazetteer.place(p.place).kind.is_town());
            if spot.postings.is_empty() {
                return None;
            }
        }
        if prefixed && let (Some(hit), Some((_, found))) = (contracted, plain) {
            // *au Mans* is Le Mans, yet *du Nord* may be the Nord.
            let others = self.gazetteer.postings(found).take(64);
            spot.postings.extend(others.filter(|p| self.gazetteer.place(p.place).kind != PlaceKind::Town));
            spot.key.splice(0..0, hit.entry.value.bytes());
        } else if prefixed && let Some(hit) = contracted {
            spot.key.splice(0..0, hit.entry.value.bytes());
        }
        if !prefixed && let Some(hit) = contracted.filter(|h| self.takes_no_town(h)) {
            // *au Québec*, *le Luxembourg*: towns take no article, so it is the division or country; *à Québec* is not told
            // by it.
            let wide = |p: &Posting| {
                let kind = self.gazetteer.place(p.place).kind;
                p.source != NameSource::Alternate
                    && matches!(kind, PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Admin2)
            };
            if spot.postings.iter().any(wide)
                && spot.postings.iter().any(|p| self.gazetteer.place(p.place).kind.is_town())
            {
                spot.postings.retain(|p| !self.gazetteer.place(p.place).kind.is_town());
                spot.key.splice(0..0, hit.entry.value.bytes());
            }
        }
        // *le blocage du Havre*: the article within the contraction tells the name; *la Croix-Rouge* tells nothing.
        spot.prefixed = prefixed;
        if self.is_part_of_longer(&spot) {
            return None;
        }
        spot.located = prefixed
            && contracted.is_some_and(|h| self.words.folded(h.from) != h.entry.value.trim_end().as_bytes());
        Some(spot)
    }

    /// Whether an article before a name tells that it is no town's. *The Quebec government*: in English it may be another
    /// noun's.
    fn takes_no_town(&self, article: &Hit<'_>) -> bool {
        self.ending(article.to, Role::Article).is_none_or(|h| !h.entry.value.starts_with("no-town"))
    }

    /// *Villa Tunari*, where the gazetteer knows *Villa* alone: a small town's name that an unknown one goes on with.
    fn is_part_of_longer(&self, spot: &Spot) -> bool {
        spot.from == spot.to
            && self.weight(spot) < LEAST_BARE
            && self.goes_on(spot.to)
            // Names of persons have rules of their own.
            && self.starting(spot.from, Role::Given).is_none()
    }

    /// Whether the next word is a further one of an unknown name.
    pub(crate) fn goes_on(&self, word: usize) -> bool {
        self.words.joined(word + 1)
            && self.words.list[word + 1].gap == Gap::Space
            && self.is_unknown_name(word + 1)
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
            if let Some(found) = walk.found()
                && (self.words.list[word].capital || self.ends_in_lower_case(word, found))
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

    /// *Kazakhstan occidental*: a name on purpose whose last word is no function word.
    fn ends_in_lower_case(&self, word: usize, found: crate::gazetteer::Postings) -> bool {
        self.words.folded(word).len() > 3
            && self.hits_at(word).is_empty()
            && self.gazetteer.postings(found).any(|p| p.source == NameSource::Curated)
    }

    /// Whether a spot is a phrase of the pack rather than a name of the gazetteer alone.
    pub(crate) fn is_phrase(&self, spot: &Spot) -> bool {
        self.hits_at(spot.from).iter().any(|h| h.to == spot.to && h.entry.role == Role::Name)
    }

    /// Whether a country has the name.
    pub(crate) fn names_country(&self, spot: &Spot) -> bool {
        let known = spot.postings.iter().filter(|p| p.source != NameSource::Alternate);
        known.map(|p| self.gazetteer.place(p.place).kind).any(|kind| kind == PlaceKind::Country)
    }

    /// The largest population among a spot's candidates; countries and divisions count as large.
    pub(crate) fn weight(&self, spot: &Spot) -> u32 {
        let weigh = |posting: &Posting| {
            let place = self.gazetteer.place(posting.place);
            let weight = match place.kind {
                PlaceKind::Country => 10_000_000,
                PlaceKind::Admin1 => 1_000_000.max(place.population),
                PlaceKind::Area => 1_000_000,
                PlaceKind::Admin2 => place.population / 4,
                _ => place.population,
            };
            if posting.source == NameSource::Alternate { weight / 50 } else { weight }
        };
        spot.postings.iter().map(weigh).max().unwrap_or(0)
    }
}
