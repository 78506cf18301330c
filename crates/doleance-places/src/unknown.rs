//! Names that the gazetteer does not hold: found after a type word, a preposition of place or in a list of places.

use doleance_text::ud::Upos;

use crate::mention::PlaceMentionKind;
use crate::pack::Role;
use crate::scan::Scan;
use crate::spot::Spot;
use crate::words::Gap;

impl Scan<'_> {
    /// A name that the gazetteer does not hold, after a type word, a preposition of place or beside a noun for a site.
    pub(crate) fn unknown_spot(&self, at: usize) -> Option<Spot> {
        let words = &self.words.list;
        let opens = |w: usize| {
            words[w].capital
                && !words[w].starts
                && words[w].span.len() > 3
                && self.hits_at(w).is_empty()
                && self.goes_on(w)
        };
        if !self.is_unknown_name(at) && !opens(at) {
            return None;
        }
        let mut cue = self.before(at);
        let mut typed = false;
        let roles = [Role::Linker, Role::Article, Role::Demonym];
        for _ in 0..3 {
            let Some(word) = cue else { break };
            // *le village d'Ogossagou*, but not *the city Smith runs*.
            typed |= self.ending(word, Role::Cue).is_some() && !words[word].capital && word + 1 < at;
            typed |= self.ending(word, Role::Site).is_some();
            let passes = roles.into_iter().any(|role| self.ending(word, role).is_some());
            if typed || !passes {
                break;
            }
            cue = self.before(word);
        }
        let locative = self.before(at).and_then(|w| self.ending(w, Role::Locative));
        let firm = locative.is_some_and(|h| &*h.entry.value == "any");
        let mut to = at;
        while self.words.joined(to + 1)
            && words[to + 1].capital
            && words[to + 1].gap != Gap::Apostrophe
            && self.hits_at(to + 1).iter().all(|h| h.entry.role == Role::Stop)
        {
            to += 1;
        }
        // *Factory Strike Committee* is no factory.
        let names_body = self.ending(to, Role::Organisation).is_some()
            || self
                .after(to)
                .is_some_and(|w| words[w].capital && self.starting(w, Role::Organisation).is_some());
        if typed && names_body {
            return None;
        }
        let single = (at + 1..=to).all(|w| words[w].gap != Gap::Space);
        let weak = locative.is_some_and(|h| &*h.entry.value == "city") && single && self.always_located(at);
        let listed = single && self.follows_place(at);
        let site = self
            .after(to)
            .is_some_and(|w| self.starting(w, Role::Site).is_some_and(|h| h.entry.value.ends_with("after")));
        // *outside Motshekga's office* is at somebody's.
        let owns = self.after(to).is_some_and(|w| self.starting(w, Role::Possessive).is_some());
        if !(typed || firm || weak || listed || site) || owns && !typed {
            return None;
        }
        let mut spot = self.spot(at, to, PlaceMentionKind::Name, "place.unknown");
        spot.located = true;
        Some(spot)
    }

    /// Further on in a list whose first stands after a preposition of place: *à Bassora, Amara et Kout*.
    fn follows_place(&self, at: usize) -> bool {
        let words = &self.words.list;
        let is_conjunction = |word: usize| self.starting(word, Role::Conjunction).is_some();
        // "in Basra, Sadrists marched": a comma alone makes no list.
        let goes_on = words.get(at + 1).is_some_and(|next| {
            matches!(next.gap, Gap::Comma | Gap::Space) && is_conjunction(at + 1)
                || next.gap == Gap::Comma && next.capital
        });
        let mut after_comma = false;
        let mut from = at;
        for earlier in self.spots.iter().rev() {
            let is_next = earlier.to < from
                && match from - earlier.to {
                    1 => words[from].gap == Gap::Comma && (goes_on || from != at),
                    2 => words[from].gap == Gap::Space && is_conjunction(from - 1),
                    _ => false,
                };
            if !is_next {
                return false;
            }
            after_comma |= from == earlier.to + 1;
            let locative = self.before(earlier.from).filter(|&w| self.ending(w, Role::Locative).is_some());
            if let Some(locative) = locative {
                // "In Kut, Kaseman and Humperdin spoke".
                return !(after_comma && words[locative].starts);
            }
            from = earlier.from;
        }
        false
    }

    pub(crate) fn is_unknown_name(&self, at: usize) -> bool {
        let word = &self.words.list[at];
        word.capital
            && !word.starts
            && !word.all_capitals
            && word.span.len() > 3
            && self.hits_at(at).is_empty()
            && !self.pack.is_common(self.words.folded(at))
            && matches!(self.upos(at), Upos::Propn | Upos::X)
    }

    /// Whether a word never stands without a preposition before it: a person's name would.
    fn always_located(&self, at: usize) -> bool {
        let same = (0..self.words.list.len()).filter(|&w| self.words.folded(w) == self.words.folded(at));
        let roles = [Role::Locative, Role::Genitive, Role::Contraction];
        let mut others = same.map(|w| self.before(w));
        others.all(|b| b.is_some_and(|b| roles.into_iter().any(|role| self.ending(b, role).is_some())))
    }
}
