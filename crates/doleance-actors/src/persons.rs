//! Names of persons: where they stand, and which belong to holders of public office.
//!
//! Used to keep names out of places, to join a title with its holder, and to redact. No gazetteer of people: a name is a
//! run of capitalised words with a first name, a title or an action of persons beside it.

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, Span, TokenId};
use rustc_hash::FxHashSet;

use crate::lexicon::{EntryId, Flags};
use crate::pack::ActorPack;
use crate::phrase::is_complement;
use crate::quantity_rules::Link;
use crate::tags::Tags;
use crate::words::DocumentWords;

/// The name of a person in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonMention {
    /// The name without title, in bytes.
    pub span: Span,
    /// First word of the name.
    pub first: TokenId,
    /// Last word of the name.
    pub last: TokenId,
    /// Whether the person is named in a public office; other names are never printed.
    pub is_public: bool,
    /// The office that it stands with, as a row of the lexicon.
    pub(crate) office: Option<Office>,
}

/// A title or another noun for the person, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Office {
    pub entry: EntryId,
    pub token: TokenId,
    pub is_public: bool,
}

/// Finds the names of persons. `places` are spans already read as places.
pub fn find_persons(pack: &ActorPack, document: &Document, places: &[Span]) -> Vec<PersonMention> {
    let words = DocumentWords::new(&pack.words, document);
    let tags = Tags::find(pack, document, &words);
    find_in(pack, document, &words, &tags, places)
}

pub(crate) fn find_in(
    pack: &ActorPack,
    document: &Document,
    words: &DocumentWords,
    tags: &Tags,
    places: &[Span],
) -> Vec<PersonMention> {
    let search = Search { pack, document, words, tags, places };
    let mut found = Vec::new();
    for sentence in document.sentences() {
        let mut at = sentence.words.start;
        while at < sentence.words.end {
            let Some(last) = search.run_from(TokenId(at), sentence.words.clone()) else {
                at += 1;
                continue;
            };
            // A title belongs to the first name behind it.
            let from = found.last().map_or(0, |p: &PersonMention| p.last.0 + 1).max(sentence.words.start);
            if let Some(mut person) = search.judge(TokenId(at), last, from..sentence.words.end) {
                search.share_office(found.last(), &mut person);
                found.push(person);
            }
            at = last.0 + 1;
        }
    }
    search.add_surnames(&mut found);
    found
}

struct Search<'a> {
    pack: &'a ActorPack,
    document: &'a Document,
    words: &'a DocumentWords,
    tags: &'a Tags,
    places: &'a [Span],
}

type Words = std::ops::Range<u32>;

impl Search<'_> {
    /// Whether a word can be part of a name: capitalised, no organisation, no place, no noun of the lexicon.
    fn can_be_name(&self, token: TokenId) -> bool {
        let document = self.document;
        let form = document.form(token);
        let mut letters = form.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let fits = matches!(document.upos(token), Upos::Propn | Upos::Noun | Upos::X | Upos::Adj);
        if !capital || !fits && !self.pack.persons.is_first_name(form) {
            return false;
        }
        let span = document.token(token).span;
        let is_company = self.pack.rules.company_endings.has_any(self.words.of(document, token));
        let tagged = self.tags.at(token).is_some_and(|tag| {
            let row = self.pack.lexicon.entry(tag.entry);
            !(row.is_name && row.flags.has(Flags::OFFICE))
        });
        let sector = self.pack.sector_of(self.words.of(document, token)).is_some();
        !tagged
            && !is_company
            && !sector
            && !self.places.iter().any(|p| p.overlaps(span))
            && !self.is_title(token)
    }

    fn is_title(&self, token: TokenId) -> bool {
        self.pack.persons.titles.has_any(self.words.of(self.document, token))
    }

    fn is_first_name(&self, token: TokenId) -> bool {
        let form = self.document.form(token);
        self.pack.persons.is_first_name(form)
            || form.split_once('-').is_some_and(|(a, _)| self.pack.persons.is_first_name(a))
    }

    /// The last word of a run of name words that starts at `first`.
    fn run_from(&self, first: TokenId, sentence: Words) -> Option<TokenId> {
        if !self.can_be_name(first) {
            return None;
        }
        let mut last = first;
        let mut at = first.0 + 1;
        while at < sentence.end && at - first.0 < 6 {
            let token = TokenId(at);
            if self.can_be_name(token) {
                last = token;
            } else if !self.pack.persons.particles.has_any(self.words.of(self.document, token)) {
                break;
            }
            at += 1;
        }
        Some(last)
    }

    fn judge(&self, first: TokenId, last: TokenId, sentence: Words) -> Option<PersonMention> {
        let document = self.document;
        let before = first.0.checked_sub(1).filter(|&b| b >= sentence.start).map(TokenId);
        let office =
            self.office_before(first, sentence.clone()).or_else(|| self.office_behind(last, sentence));
        let is_known = self.tags.at(first).is_some();
        let titled = before.is_some_and(|b| {
            self.is_title(b) || document.form(b) == "." && b.0 > 0 && self.is_title(TokenId(b.0 - 1))
        });
        let several = last > first;
        let proper = (first.0..=last.0).map(TokenId).all(|t| document.upos(t) != Upos::Noun);
        // A preposition or article before a name of one word makes it a place or a thing.
        let after_preposition = before.is_some_and(|b| matches!(document.upos(b), Upos::Adp | Upos::Det));
        let is_person = is_known
            || titled
            || office.is_some_and(|o| o.is_public) && (several || !after_preposition)
            || office.is_some() && several
            || several && self.is_first_name(first)
            || several && proper && self.acts(first, last) && !after_preposition
            || !several && self.is_first_name(first) && self.acts(first, last)
            || proper && self.suffers(first);
        is_person.then(|| PersonMention {
            span: document.token(first).span.join(document.token(last).span),
            first,
            last,
            is_public: office.is_some_and(|o| o.is_public) || is_known,
            office,
        })
    }

    /// Whether the name is the subject of a verb of human action.
    fn acts(&self, first: TokenId, last: TokenId) -> bool {
        (first.0..=last.0).map(TokenId).any(|t| {
            self.document.universal_relation(t) == "nsubj"
                && self.document.head(t).is_some_and(|verb| {
                    self.pack.rules.human_verbs.has_any(self.words.of(self.document, verb))
                })
        })
    }

    /// *les ministres Jeanne Morel et Paul Durand*: a title in the plural belongs to both names.
    fn share_office(&self, before: Option<&PersonMention>, person: &mut PersonMention) {
        let document = self.document;
        let Some(before) = before.filter(|b| b.is_public && !person.is_public) else { return };
        let Some(office) = before.office else { return };
        let joined = person.first.0 - before.last.0 == 2
            && (document.upos(TokenId(before.last.0 + 1)) == Upos::Cconj
                || document.form(TokenId(before.last.0 + 1)) == ",");
        if joined && document.has_feature(office.token, "Number", "Plur") {
            (person.is_public, person.office) = (true, before.office);
        }
    }

    /// Whether something befalls the name that befalls persons only: *la mort de [X]*, *[X]'s arrest*, *[X] was killed*.
    fn suffers(&self, first: TokenId) -> bool {
        let document = self.document;
        let relation = document.relation(first);
        let link = match document.universal_relation(first) {
            "nmod" if is_complement(self.pack, document, self.words, first) => Link::ComplementOf,
            "nsubj" if relation == ud::NSUBJ_PASS => Link::PatientOf,
            "nsubj" => Link::SubjectOf,
            "obj" => Link::PatientOf,
            _ => return false,
        };
        document.head(first).is_some_and(|above| {
            self.pack
                .quantities
                .cues(self.words.of(document, above))
                .any(|cue| cue.link == link && cue.rest.is_empty())
        })
    }

    fn office_at(&self, token: TokenId) -> Option<Office> {
        let tag = self.tags.at(token)?;
        let row = self.pack.lexicon.entry(tag.entry);
        let is_office = row.flags.has(Flags::OFFICE);
        let is_person = self.pack.roles.role(row.role).classes.meets(self.pack.rules.people)
            && !row.flags.has(Flags::INSTITUTION)
            && !row.flags.has(Flags::COLLECTIVE)
            && !row.flags.has(Flags::CONTAINER)
            && !self.document.has_feature(tag.head, "Number", "Plur");
        (!row.is_name && (is_office || is_person)).then_some(Office {
            entry: tag.entry,
            token: tag.head,
            is_public: is_office,
        })
    }

    /// *le ministre de l'Intérieur [Paul Durand]*, *Prime Minister [John Doe]*, *le secrétaire général de la CGT, [X Y],*.
    fn office_before(&self, first: TokenId, sentence: Words) -> Option<Office> {
        let document = self.document;
        let mut comma = false;
        let mut verbless = 0;
        let mut at = first;
        while at.0 > sentence.start && verbless < 9 {
            at = TokenId(at.0 - 1);
            if let Some(office) = self.office_at(at) {
                // Directly, or with its complement between, which may end in a comma.
                let adjacent = first.0 - at.0 <= 1;
                if !office.is_public {
                    return adjacent.then_some(office);
                }
                return (adjacent || comma || self.is_complement_between(at, first)).then_some(office);
            }
            match document.upos(at) {
                Upos::Punct if document.form(at) == "," && at.0 + 1 == first.0 => comma = true,
                Upos::Adj | Upos::Adp | Upos::Det | Upos::Noun | Upos::Propn | Upos::Cconj | Upos::X => {}
                _ => return None,
            }
            verbless += 1;
        }
        None
    }

    fn is_complement_between(&self, office: TokenId, first: TokenId) -> bool {
        (office.0 + 1..first.0).map(TokenId).all(|t| {
            let document = self.document;
            self.tags.at(t).is_some()
                || matches!(
                    document.upos(t),
                    Upos::Adj | Upos::Det | Upos::Noun | Upos::Propn | Upos::X | Upos::Cconj
                )
                || self.pack.rules.complement_cases.has_any(self.words.of(document, t))
        }) && !matches!(self.document.upos(TokenId(first.0 - 1)), Upos::Adp | Upos::Det)
    }

    /// *[Paul Durand], ministre de l'Intérieur*.
    fn office_behind(&self, last: TokenId, sentence: Words) -> Option<Office> {
        let document = self.document;
        let comma = TokenId(last.0 + 1);
        if comma.0 >= sentence.end || document.form(comma) != "," && document.form(comma) != "(" {
            return None;
        }
        (comma.0 + 1..sentence.end.min(comma.0 + 9)).map(TokenId).find_map(|t| {
            let only_article_before = (comma.0 + 1..t.0).map(TokenId).all(|b| {
                let before_hyphen = document.form(TokenId(b.0 + 1)) == "-";
                matches!(document.upos(b), Upos::Det | Upos::Adj | Upos::Num)
                    || matches!(document.form(b), "," | "-")
                    || before_hyphen
            });
            self.office_at(t).filter(|_| only_article_before)
        })
    }

    /// Later mentions by surname alone are the same person.
    fn add_surnames(&self, found: &mut Vec<PersonMention>) {
        let document = self.document;
        let mut taken: FxHashSet<TokenId> = FxHashSet::default();
        for person in found.iter() {
            taken.extend((person.first.0..=person.last.0).map(TokenId));
        }
        let known = found.len();
        for token in document.token_ids() {
            if taken.contains(&token) || !self.can_be_name(token) {
                continue;
            }
            let form = document.form(token);
            let same = found[..known]
                .iter()
                .find(|p| (p.last > p.first || p.is_public) && document.form(p.last) == form);
            if let Some(person) = same {
                let (is_public, office) = (person.is_public, person.office);
                let mut first = token;
                while first.0 > 0
                    && !taken.contains(&TokenId(first.0 - 1))
                    && document.sentence_of(TokenId(first.0 - 1)) == document.sentence_of(token)
                    && (document.upos(TokenId(first.0 - 1)) == Upos::Propn
                        && self.can_be_name(TokenId(first.0 - 1))
                        || crate::organisations::is_capital(document, TokenId(first.0 - 1))
                            && self
                                .pack
                                .persons
                                .particles
                                .has_any(self.words.of(document, TokenId(first.0 - 1)))
                            && first.0 > 1)
                {
                    first = TokenId(first.0 - 1);
                }
                let span = document.token(first).span.join(document.token(token).span);
                found.push(PersonMention { span, first, last: token, is_public, office });
            }
        }
        found.sort_by_key(|p| p.first);
        // A surname is public wherever the same name stands with an office somewhere in the report.
        let public: Vec<(String, Option<Office>)> = found
            .iter()
            .filter(|p| p.is_public)
            .map(|p| (document.form(p.last).to_owned(), p.office))
            .collect();
        for person in found.iter_mut().filter(|p| !p.is_public) {
            let form = document.form(person.last);
            if let Some((_, office)) = public.iter().find(|(name, _)| name == form) {
                person.is_public = true;
                person.office = *office;
            }
        }
    }
}
