//! What pronouns and taken-up noun phrases refer to: *ils*, *ces derniers*, *they*, *les grévistes*.
//!
//! Agreement in number, gender and role, then grammatical function, then recency, within the last few sentences. No
//! attempt at things: a pronoun without a fitting person before it stays out.

use doleance_packs::ClassSet;
use doleance_text::ud::{self, Upos};
use doleance_text::{Document, TokenId};
use serde::Deserialize;

use crate::mention::{ActorMention, Actors, RuleId};
use crate::pack::ActorPack;
use crate::words::{WordId, Words};

/// Pronouns of one kind, as a language pack lists them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PronounRow {
    /// Forms, or sequences of words.
    pub forms: Vec<String>,
    pub plural: bool,
    /// Value of the UD feature Gender, where the form shows it.
    pub gender: Option<String>,
    /// Whether it also stands for groups named in the singular (*the union … they*).
    #[serde(default)]
    pub groups: bool,
    /// Whether it points at the last persons named rather than at the topic (*ces derniers*, *the latter*).
    #[serde(default)]
    pub nearest: bool,
}

/// A pronoun with its words numbered.
#[derive(Clone, Debug)]
pub(crate) struct Pronoun {
    pub words: Vec<WordId>,
    pub plural: bool,
    pub gender: Option<String>,
    pub groups: bool,
    pub nearest: bool,
}

impl Pronoun {
    pub fn read(rows: Vec<PronounRow>, words: &mut Words) -> Vec<Pronoun> {
        let mut found = Vec::new();
        for row in rows {
            for form in &row.forms {
                found.push(Pronoun {
                    words: form.split(' ').map(|w| words.intern(w)).collect(),
                    plural: row.plural,
                    gender: row.gender.clone(),
                    groups: row.groups,
                    nearest: row.nearest,
                });
            }
        }
        found
    }
}

/// How many sentences back a pronoun reaches.
const PRONOUN_REACH: u32 = 2;
/// How many sentences back a noun phrase reaches.
const NOUN_REACH: u32 = 8;

/// Adds pronouns to the mentions and links them, and links noun phrases that take up earlier ones.
pub(crate) fn resolve(pack: &ActorPack, document: &Document, actors: &mut Actors, rule: RuleId) {
    add_pronouns(pack, document, actors, rule);
    actors.sort();
    for index in 0..actors.mentions.len() {
        let mention = &actors.mentions[index];
        let antecedent = if mention.is_pronoun {
            pronoun_antecedent(pack, document, actors, index)
        } else if is_definite(pack, document, actors, mention) {
            noun_antecedent(pack, document, actors, index)
        } else {
            None
        };
        actors.mentions[index].antecedent = antecedent;
        if let Some(earlier) = antecedent.filter(|_| actors.mentions[index].is_pronoun) {
            let (role, sector, classes) = {
                let e = &actors.mentions[actors.referent(earlier)];
                (e.role, e.sector, e.classes)
            };
            let mention = &mut actors.mentions[index];
            (mention.role, mention.sector, mention.classes) = (role, sector, classes);
        }
    }
    let kept = |m: &ActorMention| !m.is_pronoun || m.antecedent.is_some();
    actors.retain(kept);
}

fn add_pronouns(pack: &ActorPack, document: &Document, actors: &mut Actors, rule: RuleId) {
    let Some(people) = pack.rules.people_role else { return };
    for token in document.token_ids() {
        if actors.at(token).is_some() {
            continue;
        }
        let Some((kind, last)) = pronoun_at(pack, document, actors, token) else { continue };
        if document.universal_relation(token) == "expl" {
            continue;
        }
        // Singular pronouns mostly stand for things: only what does as persons do is followed.
        if !kind.plural && !kind.nearest && !acts(pack, document, actors, token) {
            continue;
        }
        // "ces derniers jours" is no pronoun.
        let end = document.sentence(document.sentence_of(token)).words.end;
        if last > token && last.0 + 1 < end && document.upos(TokenId(last.0 + 1)) == Upos::Noun {
            continue;
        }
        let head = document.head_of_span(document.token(token).span.join(document.token(last).span));
        let mention = ActorMention {
            span: document.token(token).span.join(document.token(last).span),
            head: head.unwrap_or(token),
            core: token,
            core_span: document.token(token).span.join(document.token(last).span),
            role: people,
            sector: None,
            classes: pack.roles.role(people).classes,
            organisation: None,
            name: None,
            is_group: false,
            attributive: false,
            is_pronoun: true,
            antecedent: None,
            rule,
        };
        actors.push(mention, (token.0..=last.0).map(TokenId));
    }
}

fn acts(pack: &ActorPack, document: &Document, actors: &Actors, token: TokenId) -> bool {
    let subject_or_patient = matches!(document.universal_relation(token), "nsubj" | "obj" | "iobj");
    subject_or_patient
        && document.head(token).is_some_and(|verb| {
            let words = actors.words.of(document, verb);
            pack.rules.human_verbs.has_any(words) || pack.quantities.cues(words).next().is_some()
        })
}

fn pronoun_at<'a>(
    pack: &'a ActorPack,
    document: &Document,
    actors: &Actors,
    token: TokenId,
) -> Option<(&'a Pronoun, TokenId)> {
    let end = document.sentence(document.sentence_of(token)).words.end;
    let form = |t: TokenId| actors.words.forms(document, t);
    pack.rules
        .pronouns
        .iter()
        .filter(|p| {
            (p.words.len() > 1 || document.upos(token) == Upos::Pron)
                && token.0 + p.words.len() as u32 <= end
                && p.words.iter().zip(token.0..).all(|(&w, at)| form(TokenId(at)).contains(&w))
        })
        .max_by_key(|p| p.words.len())
        .map(|p| (p, TokenId(token.0 + p.words.len() as u32 - 1)))
}

fn pronoun_antecedent(pack: &ActorPack, document: &Document, actors: &Actors, index: usize) -> Option<usize> {
    let pronoun = &actors.mentions[index];
    let (kind, _) = pronoun_at(pack, document, actors, pronoun.core)?;
    let sentence = document.sentence_of(pronoun.head).0;
    let mut best: Option<(i32, usize)> = None;
    for (earlier, mention) in actors.mentions[..index].iter().enumerate() {
        let distance = sentence.saturating_sub(document.sentence_of(mention.head).0);
        if distance > PRONOUN_REACH || mention.attributive || mention.span.overlaps(pronoun.span) {
            continue;
        }
        if mention.is_pronoun && mention.antecedent.is_none() {
            continue;
        }
        let referent = &actors.mentions[actors.referent(earlier)];
        if !referent.classes.meets(pack.rules.people) {
            continue;
        }
        let plural = is_plural(document, mention);
        let fits_number = plural == kind.plural || kind.plural && kind.groups && mention.is_group;
        let gender = document.feature(mention.core, "Gender");
        let fits_gender = match (&kind.gender, gender) {
            (Some(wanted), Some(found)) => wanted == found || referent.name.is_some(),
            _ => true,
        };
        // "La police les arrête": the subject of a verb is not its own object.
        let same_clause = document.head(mention.head).is_some()
            && document.head(mention.head) == document.head(pronoun.head)
            && document.universal_relation(mention.head) == "nsubj";
        if !fits_number || !fits_gender || same_clause {
            continue;
        }
        let mut score = -10 * distance as i32;
        if !kind.nearest {
            let relation = document.universal_relation(mention.head);
            score += match relation {
                "nsubj" => 6,
                "obj" | "obl" => 2,
                _ => 0,
            };
            if relation == document.universal_relation(pronoun.head) {
                score += 2;
            }
            if mention.is_group && !plural {
                score -= 3;
            }
        }
        if best.is_none_or(|(b, _)| score >= b) {
            best = Some((score, earlier));
        }
    }
    best.map(|(_, earlier)| earlier)
}

fn is_plural(document: &Document, mention: &ActorMention) -> bool {
    document.has_feature(mention.head, "Number", "Plur")
        || document.has_feature(mention.core, "Number", "Plur")
        || document.children(mention.head).iter().any(|&c| document.universal_relation(c) == "conj")
}

/// *les grévistes*, *the protesters*, *ce syndicat*: definite, without a complement or number of its own.
fn is_definite(pack: &ActorPack, document: &Document, actors: &Actors, mention: &ActorMention) -> bool {
    if mention.attributive || mention.name.is_some() || mention.organisation.is_some() {
        return false;
    }
    let children = document.children(mention.head);
    let definite = children.iter().any(|&c| {
        document.relation(c) == ud::DET && pack.rules.definite.has_any(actors.words.of(document, c))
    });
    definite
        && !children.iter().any(|&c| {
            c > mention.head && matches!(document.universal_relation(c), "nmod" | "acl" | "amod" | "nummod")
        })
}

fn noun_antecedent(pack: &ActorPack, document: &Document, actors: &Actors, index: usize) -> Option<usize> {
    let mention = &actors.mentions[index];
    let sentence = document.sentence_of(mention.head).0;
    let plural = is_plural(document, mention);
    let same_word = |m: &ActorMention| document.lemma(m.core) == document.lemma(mention.core);
    let is_generic = pack.rules.takes_up.has_any(actors.words.of(document, mention.core));
    let mut found = None;
    for (earlier, candidate) in actors.mentions[..index].iter().enumerate().rev() {
        if sentence.saturating_sub(document.sentence_of(candidate.head).0) > NOUN_REACH {
            break;
        }
        if candidate.is_pronoun || candidate.attributive || candidate.span.overlaps(mention.span) {
            continue;
        }
        if is_plural(document, candidate) != plural {
            continue;
        }
        if same_word(candidate) {
            return Some(earlier);
        }
        // Strikers are the workers named before; protesters are whoever was named as a crowd of people.
        let fits =
            candidate.name.is_none() && (candidate.role == mention.role || shares(pack, mention, candidate));
        if is_generic && fits && found.is_none() {
            found = Some(earlier);
        }
    }
    found
}

fn shares(pack: &ActorPack, mention: &ActorMention, candidate: &ActorMention) -> bool {
    let both = mention.classes.0 & candidate.classes.0;
    ClassSet(both).meets(pack.rules.comparable)
}
