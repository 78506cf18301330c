//! Proper names of organisations: *le Mouvement socialiste du Kazakhstan*, *l'ONG OVD-Info*, *Kumtor Gold Ltd*, *la XYZ*.
//!
//! Three ways: a capitalised noun for an institution opens or closes its own name; a lower-case one stands beside the name;
//! a name without such a noun shows itself by its form (a company's ending, capitals only) and by acting as persons do.

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, Span, TokenId};

use crate::find::Reader;
use crate::lexicon::Flags;
use crate::mention::{ActorMention, Actors};
use crate::pack::SequenceHead;
use crate::role::RoleId;
use crate::tags::Tag;

/// The words of a name, first and last included.
pub(crate) type NameWords = (TokenId, TokenId);

/// The name that a noun for an institution or firm carries, if any.
pub(crate) fn name_of(reader: &Reader<'_>, tag: &Tag) -> Option<NameWords> {
    let row = reader.pack.lexicon.entry(tag.entry);
    let rules = &reader.pack.rules;
    let classes = reader.pack.roles.role(row.role).classes;
    if row.is_name {
        return extended_name(reader, tag);
    }
    if !row.flags.has(Flags::INSTITUTION) && !classes.meets(rules.company) {
        return None;
    }
    // Capitals only are an abbreviation of the noun (l'ONG), not the start of a name.
    let shouted = reader.document.form(tag.head).chars().nth(1).is_some_and(char::is_uppercase);
    if is_capital(reader.document, tag.head) && !shouted {
        let found = own_name(reader, tag);
        if found.is_some() {
            return found;
        }
    }
    if classes.meets(rules.authority.join(rules.force)) { None } else { name_beside(reader, tag) }
}

/// A capitalised institution and the words that belong to its name.
fn own_name(reader: &Reader<'_>, tag: &Tag) -> Option<NameWords> {
    let document = reader.document;
    let sentence = document.sentence(document.sentence_of(tag.head)).words.clone();
    let mut first = tag.first;
    if reader.pack.rules.sequence_head == SequenceHead::Last {
        while first.0 > sentence.start {
            let mut before = TokenId(first.0 - 1);
            // All-India: a hyphen that touches both sides.
            let touches = |a: TokenId, b: TokenId| document.token(a).span.end == document.token(b).span.start;
            if document.form(before) == "-"
                && before.0 > sentence.start
                && touches(before, first)
                && touches(TokenId(before.0 - 1), before)
            {
                before = TokenId(before.0 - 1);
            }
            let fits = is_capital(document, before)
                && matches!(
                    document.upos(before),
                    Upos::Propn | Upos::Noun | Upos::Adj | Upos::X | Upos::Num
                );
            if !fits {
                break;
            }
            first = before;
        }
    }
    let last = extend_right(reader, tag.last, sentence.end);
    let holds_office = (tag.last.0 + 1..=last.0)
        .filter_map(|t| reader.tags.at(TokenId(t)))
        .any(|t| reader.pack.lexicon.entry(t.entry).flags.has(Flags::OFFICE));
    // "Union Petroleum Minister" names no union.
    if holds_office {
        return None;
    }
    // A capital at the start of a sentence says nothing: more words of the name must have one.
    let capitals = (first.0..=last.0).map(TokenId).filter(|&t| is_capital(document, t)).count();
    let enough = if first.0 == sentence.start { 2 } else { 1 };
    (last > first && (first, last) != (tag.first, tag.last) && capitals >= enough).then_some((first, last))
}

/// The last word of a name that goes on after `from`: capitalised words, adjectives right behind a noun where the language
/// puts them there, and small words with a capital behind.
fn extend_right(reader: &Reader<'_>, from: TokenId, end: u32) -> TokenId {
    let document = reader.document;
    let adjectives = reader.pack.rules.sequence_head == SequenceHead::First;
    let mut last = from;
    let mut at = from.0 + 1;
    while at < end && at - from.0 < 10 {
        let token = TokenId(at);
        let is_word = matches!(document.upos(token), Upos::Propn | Upos::Noun | Upos::Adj | Upos::X);
        let follows_directly = at == last.0 + 1;
        if is_word && is_capital(document, token) && !reader.is_person_start(token)
            || adjectives && follows_directly && document.upos(token) == Upos::Adj
        {
            last = token;
        } else if !is_link(reader, token) || at - last.0 > 3 {
            break;
        }
        at += 1;
    }
    last
}

/// *le syndicat [CGT]*, *l'ONG [OVD-Info]*, *the [Unite] union*.
fn name_beside(reader: &Reader<'_>, tag: &Tag) -> Option<NameWords> {
    let document = reader.document;
    let sentence = document.sentence(document.sentence_of(tag.head)).words.clone();
    let is_name = |t: TokenId| {
        let tagged = reader.tags.at(t).map(|tag| reader.pack.lexicon.entry(tag.entry).is_name);
        tagged.unwrap_or_else(|| {
            is_capital(document, t)
                && matches!(document.upos(t), Upos::Propn | Upos::X)
                && !reader.is_place(t)
                && !reader.is_person_start(t)
        })
    };
    if reader.pack.rules.sequence_head == SequenceHead::Last {
        let mut first = tag.first;
        while first.0 > sentence.start && is_name(TokenId(first.0 - 1)) {
            first = TokenId(first.0 - 1);
        }
        if first < tag.first {
            return Some((first, TokenId(tag.first.0 - 1)));
        }
    }
    let mut start = tag.last.0 + 1;
    if start < sentence.end && is_quote(document.form(TokenId(start))) {
        start += 1;
    }
    let first = TokenId(start);
    if start >= sentence.end || !is_name(first) {
        return None;
    }
    let mut last = extend_right(reader, first, sentence.end);
    if let Some(known) = reader.tags.at(first) {
        last = last.max(known.last);
    }
    Some((first, last))
}

/// A known name with what makes it more precise: *Parti communiste [du Kazakhstan]*, *ArcelorMittal [Temirtau]*.
fn extended_name(reader: &Reader<'_>, tag: &Tag) -> Option<NameWords> {
    let document = reader.document;
    let end = document.sentence(document.sentence_of(tag.head)).words.end;
    let mut last = tag.last;
    let next = TokenId(last.0 + 1);
    if next.0 < end
        && matches!(document.relation(next), ud::FLAT | ud::FLAT_NAME)
        && is_capital(document, next)
        && document.head(next).is_some_and(|h| tag.first <= h && h <= tag.last)
        && !reader.is_person_start(next)
    {
        last = next;
    } else if tag.last > tag.first {
        let further = extend_right(reader, tag.last, end.min(tag.last.0 + 4));
        if further.0 > tag.last.0 + 1 && is_link(reader, next) {
            last = further;
        }
    }
    (last > tag.last).then_some((tag.first, last))
}

/// Adds organisations that no lexicon row names, and states that act through the name of a country or capital.
pub(crate) fn add_unknown(reader: &Reader<'_>, actors: &mut Actors) {
    let document = reader.document;
    let rules = &reader.pack.rules;
    let mut at = 0;
    while at < document.tokens().len() as u32 {
        let first = TokenId(at);
        at += 1;
        if actors.at(first).is_some() || !is_capital(document, first) {
            continue;
        }
        if let Some((role, last)) = company(reader, first).or_else(|| acronym(reader, first)) {
            push(reader, actors, role, (first, last), true);
            at = last.0 + 1;
        } else if let Some(role) = rules.state_role
            && reader.is_place(first)
            && reader.is_subject_of_human_verb(first)
            && document.children_by(first, "case").next().is_none()
        {
            push(reader, actors, role, (first, first), false);
        }
    }
}

/// A run of capitalised words with a company's ending: *Kumtor Gold Ltd*.
fn company(reader: &Reader<'_>, first: TokenId) -> Option<(RoleId, TokenId)> {
    let document = reader.document;
    let end = document.sentence(document.sentence_of(first)).words.end;
    let last = (first.0 + 1..end.min(first.0 + 6))
        .map(TokenId)
        .take_while(|&t| is_capital(document, t))
        .filter(|&t| reader.pack.rules.company_endings.has_any(reader.words.of(document, t)))
        .last()?;
    Some((reader.pack.rules.company_role?, last))
}

/// Capitals only, acting as persons do or with people of its own: *la XYZ appelle*, *les militants de la XYZ*.
fn acronym(reader: &Reader<'_>, token: TokenId) -> Option<(RoleId, TokenId)> {
    let document = reader.document;
    let form = document.form(token);
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    let fits = (2..=7).contains(&letters)
        && form.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '.' | '&') || c.is_ascii_digit())
        && !form.starts_with(|c: char| c.is_ascii_digit())
        && matches!(document.upos(token), Upos::Propn | Upos::Noun | Upos::X)
        && !reader.is_place(token)
        && !reader.persons.iter().any(|p| p.first <= token && token <= p.last);
    let neighbours_shout = |t: Option<u32>| {
        t.filter(|&t| (t as usize) < document.tokens().len()).is_some_and(|t| {
            let form = document.form(TokenId(t));
            form.len() > 3 && form.chars().all(char::is_uppercase)
        })
    };
    // A headline in capitals holds no acronyms.
    let shouted = neighbours_shout(token.0.checked_sub(1)) || neighbours_shout(Some(token.0 + 1));
    if !fits || shouted {
        return None;
    }
    let acts = reader.is_subject_of_human_verb(token);
    let has_people = matches!(document.universal_relation(token), "nmod" | "compound")
        && document.head(token).and_then(|h| reader.tags.at(h)).is_some();
    (acts || has_people).then_some((reader.pack.rules.organisation_role?, token))
}

fn push(
    reader: &Reader<'_>,
    actors: &mut Actors,
    role: RoleId,
    (first, last): NameWords,
    is_organisation: bool,
) {
    let document = reader.document;
    let name = document.token(first).span.join(document.token(last).span);
    let head = document.head_of_span(name).unwrap_or(first);
    let mention = ActorMention {
        span: reader.with_determiner(first, name),
        head,
        core: head,
        core_span: name,
        role,
        sector: None,
        classes: reader.pack.roles.role(role).classes,
        organisation: is_organisation.then_some(name),
        name: None,
        is_group: true,
        attributive: document.relation(head) == ud::COMPOUND,
        is_pronoun: false,
        antecedent: None,
        rule: reader.pack.rules.organisation_rule,
    };
    actors.push(mention, (first.0..=last.0).map(TokenId));
}

fn is_link(reader: &Reader<'_>, token: TokenId) -> bool {
    reader.pack.rules.name_links.has_any(reader.words.of(reader.document, token))
}

pub(crate) fn is_capital(document: &Document, token: TokenId) -> bool {
    document.form(token).chars().next().is_some_and(char::is_uppercase)
}

fn is_quote(form: &str) -> bool {
    matches!(form, "\"" | "«" | "“" | "‘" | "'")
}

/// The span of a name.
pub(crate) fn span_of_name(document: &Document, (first, last): NameWords) -> Span {
    document.token(first).span.join(document.token(last).span)
}
