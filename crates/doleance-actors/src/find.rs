//! From lexicon rows in the text to actor mentions: which rows are actors here, with which role and sector.
//!
//! Ambiguous nouns (*agent*, *direction*, *court*) count only with support from their surroundings; containers
//! (*une centaine de*, *members of*) take their role from the complement.

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, Span, TokenId};

use crate::coreference;
use crate::lexicon::{Entry, Flags};
use crate::mention::{ActorMention, Actors, RuleId};
use crate::organisations::{self, NameWords, span_of_name};
use crate::pack::ActorPack;
use crate::persons::{self, PersonMention};
use crate::phrase::{is_complement, noun_phrase, span_of};
use crate::role::{RoleId, SectorId};
use crate::tags::{Tag, Tags};
use crate::words::DocumentWords;

/// Finds the persons, groups and organisations that a document names.
///
/// `places` are the spans already read as places, by start: a proper noun there is no organisation.
pub fn find_actors(pack: &ActorPack, document: &Document, places: &[Span]) -> Actors {
    let words = DocumentWords::new(&pack.words, document);
    let tags = Tags::find(pack, document, &words);
    let persons = persons::find_in(pack, document, &words, &tags, places);
    let mut reader =
        Reader { pack, document, words: &words, tags: &tags, persons: &persons, places, names: Vec::new() };
    reader.names = tags.tags.iter().map(|tag| organisations::name_of(&reader, tag)).collect();
    let mut actors = Actors::new(document.tokens().len(), words.clone());
    for index in 0..tags.tags.len() {
        reader.read(index, &mut actors);
    }
    for person in &persons {
        reader.name(person, &mut actors);
    }
    organisations::add_unknown(&reader, &mut actors);
    actors.persons = persons;
    coreference::resolve(pack, document, &mut actors, pack.rules.pronoun_rule);
    actors
}

/// What is known while mentions are read.
pub(crate) struct Reader<'a> {
    pub pack: &'a ActorPack,
    pub document: &'a Document,
    pub words: &'a DocumentWords,
    pub tags: &'a Tags,
    pub persons: &'a [PersonMention],
    pub places: &'a [Span],
    /// For each tag, the words of the name that it carries.
    pub names: Vec<Option<NameWords>>,
}

/// The reading of a noun as an actor.
#[derive(Clone, Copy, Debug)]
struct Reading {
    core: TokenId,
    role: RoleId,
    sector: Option<SectorId>,
    organisation: Option<Span>,
    section: u16,
    is_group: bool,
}

impl<'a> Reader<'a> {
    fn read(&self, index: usize, actors: &mut Actors) {
        let tag = &self.tags.tags[index];
        let row = self.pack.lexicon.entry(tag.entry);
        if row.is_name && row.flags.has(Flags::OFFICE) || self.is_inside_other_name(index) {
            return;
        }
        if self.is_negated(tag.head) {
            return;
        }
        let Some(mut reading) = self.resolve(tag, 0) else { return };
        let attributive = self.is_attributive(tag);
        if attributive && self.head_is_actor(tag.head) || self.is_inside_container(tag) {
            return;
        }
        let own = span_of(self.document, (tag.first, tag.last));
        let mut words = if attributive {
            (tag.first, tag.last)
        } else if row.is_name {
            (self.determiner_before(tag.first), tag.last)
        } else {
            noun_phrase(self.pack, self.document, self.words, tag.head)
        };
        words = (words.0.min(tag.first), words.1.max(tag.last));
        if let Some(name) = self.names[index] {
            words = (words.0.min(name.0), words.1.max(name.1));
            reading.organisation = Some(span_of_name(self.document, name));
            // "L'organisation CGT" is what the table says of the CGT.
            if let Some(known) =
                self.tags.at(name.0).map(|t| self.pack.lexicon.entry(t.entry)).filter(|k| k.is_name)
            {
                (reading.role, reading.sector) = (known.role, known.sector.or(reading.sector));
            }
        }
        let mention = ActorMention {
            span: span_of(self.document, words),
            head: tag.head,
            core: reading.core,
            core_span: own,
            role: reading.role,
            sector: reading.sector,
            classes: self.pack.roles.role(reading.role).classes,
            organisation: reading.organisation,
            name: None,
            is_group: reading.is_group,
            attributive,
            is_pronoun: false,
            antecedent: None,
            rule: RuleId(reading.section),
        };
        let claimed = (tag.first.0..=tag.last.0).map(TokenId);
        let name = self.names[index].map_or(0..0, |(first, last)| first.0..last.0 + 1).map(TokenId);
        actors.push(mention, claimed.chain([reading.core]).chain(name));
    }

    /// *aucun manifestant*, *no police*: nobody.
    fn is_negated(&self, head: TokenId) -> bool {
        self.document.children_by(head, "det").any(|d| {
            self.document.has_feature(d, "PronType", "Neg") || self.document.has_feature(d, "Polarity", "Neg")
        })
    }

    /// Whether the words belong to the name that another noun carries: *Socialiste* in *Mouvement Socialiste*.
    fn is_inside_other_name(&self, index: usize) -> bool {
        let tag = &self.tags.tags[index];
        let near = index.saturating_sub(6)..(index + 7).min(self.names.len());
        near.filter(|&other| other != index).any(|other| {
            let inside =
                self.names[other].is_some_and(|(first, last)| first <= tag.first && tag.last <= last);
            // Of two nouns in one name, the one that is not inside the other's own words speaks.
            inside
                && !(self.names[index].is_some() && other > index && self.names[index] == self.names[other])
        })
    }

    pub(crate) fn is_place(&self, token: TokenId) -> bool {
        let span = self.document.token(token).span;
        let after = self.places.partition_point(|p| p.end <= span.start);
        self.places.get(after).is_some_and(|p| p.overlaps(span))
    }

    pub(crate) fn is_person_start(&self, token: TokenId) -> bool {
        self.persons.iter().any(|p| p.first == token)
    }

    fn determiner_before(&self, first: TokenId) -> TokenId {
        let before = first.0.checked_sub(1).map(TokenId).filter(|&b| {
            self.document.upos(b) == Upos::Det
                && self.document.sentence_of(b) == self.document.sentence_of(first)
                && (b.0 == 0 || self.document.token(TokenId(b.0 - 1)).span != self.document.token(b).span)
        });
        before.unwrap_or(first)
    }

    pub(crate) fn with_determiner(&self, first: TokenId, span: Span) -> Span {
        self.document.token(self.determiner_before(first)).span.join(span)
    }

    /// Joins a person's name to the title beside it, or makes a mention of the name alone.
    fn name(&self, person: &PersonMention, actors: &mut Actors) {
        let document = self.document;
        let own = (person.first.0..=person.last.0).map(TokenId);
        let beside = person.office.and_then(|office| {
            let index = actors.at(office.token)?;
            let near = office.token.0.abs_diff(person.first.0) < 16
                && document.sentence_of(office.token) == document.sentence_of(person.first);
            (near && actors.mentions[index].name.is_none()).then_some(index)
        });
        if let Some(index) = beside {
            let mention = &mut actors.mentions[index];
            mention.span = mention.span.join(person.span);
            mention.name = person.is_public.then_some(person.span);
            mention.is_group = false;
            mention.head = document.head_of_span(mention.span).unwrap_or(mention.head);
            mention.attributive = false;
            let head = mention.head;
            actors.claim(index, own.chain([head]));
            return;
        }
        let known = self.tags.at(person.first).map(|tag| tag.entry);
        let office = person.office.map(|o| o.entry).or(known);
        let row = office.map(|id| self.pack.lexicon.entry(id));
        let Some(role) = row.map(|r| r.role).or(self.pack.rules.people_role) else { return };
        // A private name inside another mention ("le lycéen Paul Dupont") names the same person.
        let head = document.head_of_span(person.span).unwrap_or(person.first);
        if row.is_none()
            && let Some(index) = document
                .head(head)
                .and_then(|h| actors.at(h))
                .filter(|_| matches!(document.universal_relation(head), "appos" | "flat"))
        {
            actors.claim(index, own);
            return;
        }
        let mention = ActorMention {
            span: person.span,
            head,
            core: head,
            core_span: person.span,
            role,
            sector: row.and_then(|r| r.sector),
            classes: self.pack.roles.role(role).classes,
            organisation: None,
            name: person.is_public.then_some(person.span),
            is_group: false,
            attributive: matches!(document.relation(head), ud::COMPOUND | ud::NMOD_POSS),
            is_pronoun: false,
            antecedent: None,
            rule: row.map_or(self.pack.rules.person_rule, |r| RuleId(r.section)),
        };
        actors.push(mention, own);
    }

    /// The role and sector of a row in its surroundings; `None` where it is no actor here.
    fn resolve(&self, tag: &Tag, depth: u8) -> Option<Reading> {
        let row = self.pack.lexicon.entry(tag.entry);
        // A person's own name is joined to its title elsewhere; it is no complement.
        let is_person_name = row.is_name && row.flags.has(Flags::OFFICE);
        if depth > 3 || row.flags.has(Flags::NOBODY) || is_person_name {
            return None;
        }
        let mut reading = Reading {
            core: tag.head,
            role: row.role,
            sector: row.sector,
            organisation: row.is_name.then(|| span_of(self.document, (tag.first, tag.last))),
            section: row.section,
            is_group: row.is_name
                || row.flags.has(Flags::COLLECTIVE)
                || row.flags.has(Flags::INSTITUTION)
                || !self.pack.roles.role(row.role).classes.meets(self.pack.rules.people),
        };
        let complement = self.complement(tag, depth);
        if row.flags.has(Flags::CONTAINER) {
            return match complement {
                Some(inner) => Some(Reading {
                    section: reading.section,
                    is_group: inner.is_group || row.flags.has(Flags::COLLECTIVE),
                    ..inner
                }),
                None => row.flags.has(Flags::INSTITUTION).then_some(reading),
            };
        }
        let may_have_sector = self.pack.roles.role(row.role).classes.meets(self.pack.rules.with_sector);
        if reading.sector.is_none() && may_have_sector {
            reading.sector = self.sector(tag.head, tag, 0).or(complement.and_then(|c| c.sector));
        }
        // The president of a union is no head of state.
        if let Some(led) = complement.filter(|_| row.flags.has(Flags::OFFICE))
            && self.pack.roles.role(row.role).is_leader
            && let Some(role) = self.pack.roles.role(led.role).leaders
        {
            reading.role = role;
        }
        if reading.organisation.is_none() {
            reading.organisation = complement
                .and_then(|c| c.organisation)
                .or_else(|| self.employer(tag.head, reading.role))
                .or_else(|| self.nested_organisation(tag.head, reading.role));
        }
        let is_actor =
            !row.flags.has(Flags::WEAK) || self.is_supported(tag, row, &reading, complement.as_ref());
        is_actor.then_some(reading)
    }

    /// The actor that a noun's complement names: *un groupe de [jeunes]*, *les agents de la [RATP]*.
    fn complement(&self, tag: &Tag, depth: u8) -> Option<Reading> {
        self.document.children(tag.head).iter().copied().find_map(|child| {
            let inside = tag.first <= child && child <= tag.last;
            let relation = self.document.universal_relation(child);
            if inside || !matches!(relation, "nmod" | "compound" | "appos" | "flat") {
                return None;
            }
            if relation == "nmod" && !is_complement(self.pack, self.document, self.words, child) {
                return None;
            }
            self.resolve(self.tags.at(child)?, depth + 1)
        })
    }

    /// The sector that modifiers and complements name: *ouvriers du [textile]*, *[railway] workers*.
    fn sector(&self, head: TokenId, tag: &Tag, depth: u8) -> Option<SectorId> {
        if depth > 2 {
            return None;
        }
        self.document.children(head).iter().copied().find_map(|child| {
            if tag.first <= child && child <= tag.last {
                return None;
            }
            let fits = match self.document.universal_relation(child) {
                "amod" | "compound" | "flat" => true,
                "nmod" => is_complement(self.pack, self.document, self.words, child),
                "conj" => depth > 0,
                _ => false,
            };
            if !fits {
                return None;
            }
            self.pack
                .sector_of(self.words.of(self.document, child))
                .or_else(|| self.sector(child, tag, depth + 1))
        })
    }

    /// *Les travailleurs du pétrole de [Tengiz]*: the organisation below the sector's noun.
    fn nested_organisation(&self, head: TokenId, role: RoleId) -> Option<Span> {
        if !self.pack.roles.role(role).classes.meets(self.pack.rules.employed) {
            return None;
        }
        let document = self.document;
        let of = |t: TokenId| {
            document.children_by(t, "nmod").filter(|&c| is_complement(self.pack, document, self.words, c))
        };
        of(head).flat_map(of).find_map(|inner| {
            let tag = self.tags.at(inner)?;
            let row = self.pack.lexicon.entry(tag.entry);
            row.is_name.then(|| span_of(document, (tag.first, tag.last)))
        })
    }

    /// The proper noun after a noun for staff, where it is no place: *les salariés de [Verlane]*, *[Verlane] employees*.
    fn employer(&self, head: TokenId, role: RoleId) -> Option<Span> {
        let document = self.document;
        if !self.pack.roles.role(role).classes.meets(self.pack.rules.employed) {
            return None;
        }
        document.children(head).iter().copied().find_map(|child| {
            let fits = document.upos(child) == Upos::Propn
                && matches!(document.universal_relation(child), "nmod" | "compound")
                && is_complement(self.pack, document, self.words, child);
            let span = document
                .children(child)
                .iter()
                .filter(|&&c| matches!(document.universal_relation(c), "flat" | "compound"))
                .map(|&c| document.token(c).span)
                .fold(document.token(child).span, Span::join);
            (fits && !self.is_place(child) && !self.is_person_start(child)).then_some(span)
        })
    }

    fn is_supported(&self, tag: &Tag, row: &Entry, reading: &Reading, complement: Option<&Reading>) -> bool {
        let document = self.document;
        let head = tag.head;
        if complement.is_some() || self.persons.iter().any(|p| p.office.is_some_and(|o| o.token == head)) {
            return true;
        }
        let people = self.pack.rules.people;
        let is_person =
            self.pack.roles.role(row.role).classes.meets(people) && !row.flags.has(Flags::INSTITUTION);
        if is_person && reading.sector.is_some() && row.sector.is_none() {
            return true;
        }
        if is_person && document.children_by(head, "nummod").next().is_some() {
            return true;
        }
        if self.is_subject_of_human_verb(head) {
            return true;
        }
        if row.is_name && self.is_complement_of_actor(head) {
            return true;
        }
        // A capital inside a sentence makes a name of an institution's noun (le Front, la Chambre).
        row.flags.has(Flags::INSTITUTION)
            && document.children(head).iter().any(|&c| {
                document.upos(c) == Upos::Propn
                    && matches!(document.universal_relation(c), "flat" | "appos" | "compound")
            })
    }

    pub(crate) fn is_subject_of_human_verb(&self, head: TokenId) -> bool {
        let relation = self.document.relation(head);
        let by_agent = relation == ud::OBL_AGENT;
        (self.document.universal_relation(head) == "nsubj" && relation != ud::NSUBJ_PASS || by_agent)
            && self
                .document
                .head(head)
                .is_some_and(|verb| self.pack.rules.human_verbs.has_any(self.words.of(self.document, verb)))
    }

    /// Whether an organisation's name stands with a noun for persons: *les salariés de Total*.
    fn is_complement_of_actor(&self, token: TokenId) -> bool {
        matches!(self.document.universal_relation(token), "nmod" | "compound" | "flat" | "appos")
            && self.document.head(token).is_some_and(|h| self.tags.at(h).is_some())
    }

    fn is_attributive(&self, tag: &Tag) -> bool {
        matches!(self.document.relation(tag.head), ud::COMPOUND | ud::AMOD | ud::NMOD_UNMARKED)
            && self.document.head(tag.head).is_none_or(|h| self.document.upos(h) != Upos::Num)
    }

    fn head_is_actor(&self, token: TokenId) -> bool {
        self.document
            .head(token)
            .and_then(|h| self.tags.at(h))
            .is_some_and(|tag| self.resolve(tag, 0).is_some())
    }

    /// Whether a container above speaks for this noun already.
    fn is_inside_container(&self, tag: &Tag) -> bool {
        let is_of = |t: TokenId| {
            self.document.universal_relation(t) == "nmod"
                && is_complement(self.pack, self.document, self.words, t)
        };
        if !is_of(tag.head) {
            return false;
        }
        let Some(outer) = self.document.head(tag.head).and_then(|h| self.tags.at(h)) else { return false };
        self.pack.lexicon.entry(outer.entry).flags.has(Flags::CONTAINER)
            && self.resolve(outer, 0).is_some_and(|r| r.core == tag.head)
    }
}
