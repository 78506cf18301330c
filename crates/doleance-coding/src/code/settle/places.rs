//! Where: the places that an action may have, each with what speaks for and against it.

use doleance_places::gazetteer::kilometres;
use doleance_records::{PlaceLevel, Status};
use doleance_text::ud::Upos;
use doleance_text::{SentenceId, TokenId};

use super::narrative::{Narrative, family, is_told_after};
use super::relative::taken_up;
use super::spread::{holds_many_towns, is_spread, many_towns};
use super::{Candidate, Chosen, PlaceOption, Source, Stage, bucket};
use crate::choices::Features;
use crate::code::arguments::is_verb;
use crate::code::draft::Draft;
use crate::code::nearness::{Nearness, measure};

pub(super) fn place_candidates(
    stage: &Stage,
    draft: &Draft,
    is_action: &[bool],
    narrative: &Narrative,
) -> Vec<Candidate> {
    let doc = stage.syntax.document;
    let kind = stage.codebook.page(draft.kind);
    let same = |a: usize, b: Option<usize>| b.is_some_and(|b| stage.places[a].id == stage.places[b].id);
    let mut in_sentence = found_options(stage, draft.sentence);
    // What has spread is where the verb says that it went, not where it came from.
    let is_goal = |&n: &usize| stage.places[n].head > draft.head;
    let has_goal = draft.has_spread && in_sentence.iter().any(is_goal);
    if has_goal {
        in_sentence.retain(is_goal);
    }
    in_sentence.retain(|&n| !is_of_an_occasion(stage, draft, stage.places[n].head));
    in_sentence.retain(|&n| !is_told_after(stage, draft.head, stage.places[n].head, is_action));
    let told = [narrative.place, last_town(stage, draft.sentence), stage.town];
    in_sentence.retain(|&n| !is_jurisdiction(stage, &stage.places[n], told));
    let story = [narrative.place, stage.town];
    in_sentence.retain(|&n| !is_remote_attribute(stage, draft, n, story));
    let others = in_sentence.clone();
    in_sentence.retain(|&n| !describes_others(stage, draft, n, &others, narrative.place));
    let taken_up = taken_up(stage, draft);
    if let Some(taken_up) = taken_up {
        in_sentence.retain(|&n| stage.places[n].head > taken_up.relative && stage.places[n].location);
        in_sentence.insert(0, taken_up.option);
    }
    let towns = many_towns(stage, draft);
    let may_be = |n: usize| towns.is_none_or(|towns| holds_many_towns(stage, &stage.places[n], towns));
    in_sentence.retain(|&n| may_be(n));
    let mut found: Vec<Candidate> = Vec::new();
    let last = last_town(stage, draft.sentence);
    let placed = in_sentence.iter().any(|&n| stage.places[n].location);
    let is_national =
        stage.syntax.is_national(draft.head) || !placed && stage.syntax.is_day_of_campaign(draft.head);
    let (of_kind, _, of_kind_age) = narrative.told_of(family(stage.codebook, draft.kind), draft.sentence);
    let mut add = |option: usize, source: Source, near: Option<(Nearness, bool)>| {
        let place = &stage.places[option];
        let mut features = Features::default();
        let source_name = source.name();
        let level = level_name(place.level);
        features.add(format_args!("source={source_name}"));
        features.add(format_args!("source={source_name}&level={level}"));
        features.add(format_args!("kind={}&level={level}", kind.parent));
        features.add(format_args!("scene={}&source={source_name}&level={level}", kind.scene));
        // A law is one of the country, a clash one of a town, wherever the report is.
        features.add(format_args!("kind-id={}&level={level}", kind.id));
        if source != Source::Sentence {
            features.add(format_args!("kind-id={}&level={level}&told", kind.id));
        }
        if is_national {
            features.add(format_args!("national&country={}", place.level == PlaceLevel::Country));
        }
        if same(option, narrative.place) {
            let age = (draft.sentence.0.saturating_sub(narrative.place_sentence)).min(3);
            features.add(format_args!("narrative={age}"));
            features.add(format_args!("narrative&source={source_name}&level={level}"));
        }
        if same(option, of_kind) {
            features.add(format_args!("of-kind&source={source_name}"));
            features.add(format_args!("of-kind={of_kind_age}&level={level}"));
        }
        if source != Source::Sentence && is_local(place) {
            // "across the region": no one town of it.
            let held = |&n: &usize| {
                let region = &stage.places[n];
                region.location && contains(region, place) && !is_spread(stage, region)
            };
            if in_sentence.iter().any(held) {
                features.add(format_args!("inside-region-of-sentence"));
            }
            let only = stage.places.iter().filter(|p| is_local(p)).all(|p| p.id == place.id);
            features.add(format_args!("only-town={only}&scene={}", kind.scene));
        }
        if source != Source::Sentence && same(option, last) {
            let age = draft.sentence.0.saturating_sub(stage.places[option].sentence.0).min(4);
            features.add(format_args!("last-town={age}"));
            features.add(format_args!("last-town&scene={}", kind.scene));
        }
        if same(option, stage.town) {
            features.add(format_args!("main-town&source={source_name}"));
            features.add(format_args!("main-town&share={}&source={source_name}", stage.town_share));
        }
        if source != Source::Sentence && place.level == PlaceLevel::Country {
            let said = is_named(stage, option);
            features.add(format_args!("country-named={said}&scene={}", kind.scene));
            let town = stage.town.is_some();
            features.add(format_args!("country-beside-town={town}&scene={}", kind.scene));
            if let Some(town) = stage.town {
                let (share, capital) = (stage.town_share, stage.places[town].capital);
                features.add(format_args!("country-beside-town&share={share}&capital={capital}"));
            }
            // A report sent from Lowell is more of Lowell than one sent from the capital.
            let dateline = match stage.dateline.map(|n| stage.places[n].capital) {
                Some(true) => "capital",
                Some(false) => "town",
                None => "none",
            };
            features.add(format_args!("country-beside-dateline={dateline}&scene={}", kind.scene));
        }
        if source != Source::Sentence && place.level == PlaceLevel::City {
            features.add(format_args!("capital={}&source={source_name}", place.capital));
            features.add(format_args!("capital={}&kind={}", place.capital, kind.parent));
        }
        if same(option, stage.country) {
            features.add(format_args!("main-country&source={source_name}"));
        } else if let (Some(country), Some(own)) = (stage.country, &place.country) {
            let home = stage.places[country].country.as_ref() == Some(own);
            features.add(format_args!("home={home}"));
        }
        // "across Catalonia" is no way to say where its town is.
        let spread = is_spread(stage, place);
        let holds_town = !spread && stage.town.is_some_and(|town| contains(place, &stage.places[town]));
        if source == Source::Sentence && holds_town {
            features.add(format_args!(
                "contains-main-town={}&source={source_name}&level={level}",
                stage.town_share
            ));
        }
        // After a sentence on Beirut, *the Lebanese protests* mostly went on there.
        if place.level == PlaceLevel::Country && last.is_some_and(|town| contains(place, &stage.places[town]))
        {
            let said = source == Source::Sentence && place.location;
            features.add(format_args!("holds-last-town&said={said}&scene={}", kind.scene));
        }
        if place.dateline {
            features.add(format_args!("dateline"));
            features.add(format_args!("dateline&capital={}", place.capital));
            let again = stage.places.iter().any(|p| p.id == place.id && p.location);
            features.add(format_args!("dateline&again={again}"));
        }
        // "Peru: miners block a road in Puno".
        let inside =
            |&n: &usize| stage.places[n].location && contains(place, &stage.places[n]) && n != option;
        if source == Source::Sentence && in_sentence.iter().any(inside) {
            features.add(format_args!("holds-place-of-sentence&level={level}"));
        }
        if source == Source::Sentence && place.of_source {
            features.add(format_args!("of-source&level={level}"));
        }
        if !place.location && !place.dateline {
            features.add(format_args!("no-location&level={level}"));
            let home = stage.country.and_then(|c| stage.places[c].country.as_ref()) == place.country.as_ref();
            features.add(format_args!("no-location&home={home}"));
            let town = stage.town.is_some();
            features.add(format_args!("no-location&town-told={town}&scene={}&level={level}", kind.scene));
        }
        if let Some((near, nearest)) = near {
            features.add(format_args!("nearest={nearest}"));
            features.add(format_args!("edges={}", bucket(near.edges)));
            features.add(format_args!("clauses={}", near.clauses.min(2)));
            features.add(format_args!("actions={}", near.actions.min(2)));
            features.add(format_args!("verbs={}", near.verbs.min(2)));
            features.add(format_args!("before={}&below={}", near.before, near.below));
            if is_in_relative_clause_of_another(stage, draft, place.head) {
                features.add(format_args!("relative-clause"));
            }
            features.add(format_args!("relation={}", doc.universal_relation(place.head)));
            // "walked out across Ontario", though the report is from Toronto.
            if spread {
                features.add(format_args!("throughout"));
                features.add(format_args!("throughout&below={}", near.below && near.actions == 0));
            }
            // A region that holds the town told of only says where that town is.
            let names_it = place.location && !holds_town;
            if names_it && !near.below && near.clauses == 0 && near.actions == 0 {
                features.add(format_args!("same-clause&location"));
            }
            if near.below && near.clauses == 0 && near.actions == 0 {
                features.add(format_args!("own-clause"));
                if names_it {
                    features.add(format_args!("own-clause&location"));
                }
            }
        }
        found.push(Candidate { chosen: Some(Chosen { option, source }), features, score: 0.0 });
    };
    let ways: Vec<Nearness> = in_sentence
        .iter()
        .map(|&n| {
            measure(stage.syntax, draft.head, draft.arguments.predicate, stage.places[n].head, is_action)
        })
        .collect();
    let nearest = ways.iter().map(|w| w.words).min();
    for (&number, near) in in_sentence.iter().zip(&ways) {
        add(number, Source::Sentence, Some((*near, nearest == Some(near.words))));
    }
    if has_goal || taken_up.is_some() {
        return found;
    }
    let at = doc.token(draft.head).span.start;
    let heading = stage.headings.iter().find(|(part, _)| part.start <= at && at < part.end);
    if let Some(&(_, place)) = heading {
        if !in_sentence.iter().any(|&n| same(n, Some(place))) {
            add(place, Source::Narrative, None);
        }
        return found;
    }
    // A police force named after the town does not say that it happened there; the report as a whole may.
    // "a new day of action on 5 December": the town that the story is in is only one of those meant.
    let announced = is_national && matches!(draft.status.status, Status::Planned | Status::CalledFor);
    let absent = |n: usize| {
        let is_town = stage.places[n].level > PlaceLevel::Admin2;
        may_be(n)
            && !(announced && is_town)
            && !in_sentence
                .iter()
                .any(|&s| stage.places[s].location && stage.places[s].id == stage.places[n].id)
    };
    if let Some(place) = narrative.place.filter(|&p| absent(p)) {
        add(place, Source::Narrative, None);
    }
    let last_town = last_town(stage, draft.sentence).filter(|&t| absent(t) && !same(t, narrative.place));
    if let Some(town) = last_town {
        add(town, Source::Narrative, None);
    }
    let of_kind = of_kind.filter(|&p| absent(p) && !same(p, narrative.place) && !same(p, last_town));
    if let Some(place) = of_kind {
        add(place, Source::Narrative, None);
    }
    for place in [stage.town, stage.country].into_iter().flatten() {
        let offered = [narrative.place, last_town, of_kind].into_iter().any(|o| same(place, o));
        if absent(place) && !offered {
            add(place, Source::Document, None);
        }
    }
    if narrative.place.is_none() && stage.town.is_none() {
        // The first place that the next sentences name: headlines are told again in full.
        let next = stage.places.iter().enumerate().find(|(n, p)| {
            p.sentence > draft.sentence && p.sentence.0 <= draft.sentence.0 + 2 && absent(*n) && p.location
        });
        if let Some((number, _)) = next {
            add(number, Source::Document, None);
        }
    }
    found
}

/// Whether a mention stands in a clause that tells more of a person or thing (*the leader, who spoke in Soweto, called for
/// a strike*), and the action does not.
fn is_in_relative_clause_of_another(stage: &Stage, draft: &Draft, mention: TokenId) -> bool {
    let doc = stage.syntax.document;
    let Some(clause) = doc.ancestors(mention).find(|&t| doc.universal_relation(t) == "acl") else {
        return false;
    };
    let own = draft.arguments.predicate.unwrap_or(draft.head);
    let noun = doc.head(clause);
    !doc.dominates(clause, draft.head) && !doc.dominates(clause, own) && noun != Some(draft.head)
}

/// Whether a region is only that of the authority which speaks or acts (*la préfecture de la Loire*), while the report
/// tells of a town in it.
fn is_jurisdiction(stage: &Stage, place: &PlaceOption, told: [Option<usize>; 3]) -> bool {
    matches!(place.level, PlaceLevel::Admin1 | PlaceLevel::Admin2)
        && place.describes.is_some_and(|d| d.is_authority)
        && told.into_iter().flatten().any(|town| contains(place, &stage.places[town]))
}

/// Whether a place is an adjective of a thing in a relative clause that the action is not in (*protested …, blamed on a
/// Russian embargo*), while the story is somewhere else.
fn is_remote_attribute(stage: &Stage, draft: &Draft, number: usize, story: [Option<usize>; 2]) -> bool {
    let doc = stage.syntax.document;
    let place = &stage.places[number];
    let mut told = story.into_iter().flatten().peekable();
    if told.peek().is_none() || told.any(|n| stage.places[n].id == place.id) {
        return false;
    }
    // "in Durban today": a preposition before it says where.
    let first = doc.tokens_in(place.span).next();
    let before = first.and_then(|t| t.checked_sub(1)).map(TokenId);
    let attributive = matches!(doc.universal_relation(place.head), "amod" | "compound")
        && before.is_none_or(|t| doc.upos(t) != Upos::Adp);
    let own = draft.arguments.predicate.unwrap_or(draft.head);
    let clause = doc.ancestors(place.head).find(|&t| doc.universal_relation(t) == "acl");
    let holds = |c: TokenId| [draft.head, own].iter().any(|&t| c == t || doc.dominates(c, t));
    attributive && clause.is_some_and(|c| !holds(c))
}

/// Whether a place only tells more of people who have no part in the action (*a retired policeman from Metz says …*).
/// The subject of a sentence may yet tell where its actions are (*Coventry bin drivers step up …*), unless the sentence or
/// the story has a place of its own.
fn describes_others(
    stage: &Stage,
    draft: &Draft,
    number: usize,
    others: &[usize],
    narrative: Option<usize>,
) -> bool {
    let doc = stage.syntax.document;
    let place = &stage.places[number];
    // "the Ibis of avenue de Clichy": a street is where something stands.
    let tells_more = place.location && place.level != PlaceLevel::Site;
    let Some(people) = place.describes.filter(|_| tells_more).map(|d| d.head) else { return false };
    let own = draft.arguments.predicate.unwrap_or(draft.head);
    let arguments = &draft.arguments;
    // "joined the miners of Kimberley when they walked out".
    let taken_up = arguments.subject.iter().any(|&t| doc.upos(t) == Upos::Pron);
    // "drivers employed by Coventry council".
    let takes_part = [&arguments.subject, &arguments.object, &arguments.complement, &arguments.marked]
        .iter()
        .any(|list| list.iter().any(|&t| t == people || doc.dominates(t, people)));
    let belongs = |t: TokenId| t == people || doc.dominates(people, t) || doc.dominates(t, people);
    let is_scene = |&n: &usize| {
        let other = &stage.places[n];
        n != number && other.location && other.describes.is_none() && other.id != place.id
    };
    let elsewhere =
        doc.universal_relation(people) != "nsubj" || narrative.is_some() || others.iter().any(is_scene);
    elsewhere && !taken_up && !takes_part && !belongs(draft.head) && !doc.dominates(own, people)
}

/// Whether a place is that of an occasion which only says since when an action has gone on (*protests since the death
/// of a man in Minneapolis*).
fn is_of_an_occasion(stage: &Stage, draft: &Draft, place: TokenId) -> bool {
    let doc = stage.syntax.document;
    if doc.universal_relation(place) != "nmod" {
        return false;
    }
    let nouns = doc.ancestors(place).take_while(|&t| doc.upos(t).is_nominal());
    let Some(occasion) = nouns.last().filter(|&t| doc.universal_relation(t) == "obl") else { return false };
    occasion != draft.head
        && !doc.dominates(occasion, draft.head)
        && stage.syntax.has_case(occasion, &stage.syntax.grammar.occasion_markers)
}

fn level_name(level: PlaceLevel) -> &'static str {
    match level {
        PlaceLevel::Country => "country",
        PlaceLevel::Admin1 => "admin1",
        PlaceLevel::Admin2 => "admin2",
        PlaceLevel::City => "city",
        PlaceLevel::District => "district",
        PlaceLevel::Site => "site",
    }
}

/// The town that the report last told of before a sentence: one that a clause is about, rather than one in the
/// description of a person or thing (*a mechanic from Bari*, *the line to Bari*), where there is such a one.
fn last_town(stage: &Stage, sentence: SentenceId) -> Option<usize> {
    // Mentions stand in text order, before what is only understood.
    let before = stage.places.partition_point(|p| p.sentence < sentence);
    let is_town = |&n: &usize| stage.places[n].location && is_local(&stage.places[n]);
    let recent = before.saturating_sub(REACH)..before;
    let last = recent.rev().filter(is_town).find(|&n| stands_in_a_clause(stage, &stage.places[n]));
    last.or_else(|| (0..before).rev().find(is_town))
}

/// How many mentions back a town of a clause of its own is looked for.
const REACH: usize = 64;

/// Whether a place hangs on a verb that is not in a relative clause, or heads the report.
fn stands_in_a_clause(stage: &Stage, place: &PlaceOption) -> bool {
    let doc = stage.syntax.document;
    place.dateline
        || doc.head(place.head).is_none_or(|above| is_verb(doc, above))
            && doc.ancestors(place.head).all(|t| doc.universal_relation(t) != "acl")
}

/// Whether the report names a country as a place, rather than leave it to be understood.
fn is_named(stage: &Stage, country: usize) -> bool {
    let own = &stage.places[country].id;
    stage.places.iter().any(|p| p.id == *own && p.location && p.sentence != SentenceId(u32::MAX))
}

/// Whether a country or region holds a town.
pub(super) fn contains(region: &PlaceOption, town: &PlaceOption) -> bool {
    match region.level {
        PlaceLevel::Country => region.country == town.country,
        PlaceLevel::Admin1 => town.resolved.admin1.as_deref() == Some(region.resolved.name.as_str()),
        PlaceLevel::Admin2 => {
            let point = |p: &PlaceOption| p.resolved.lat.zip(p.resolved.lon);
            let near = point(region).zip(point(town)).is_some_and(|(a, b)| kilometres(a, b) < DIVISION);
            let same = region.resolved.admin1.is_none() || region.resolved.admin1 == town.resolved.admin1;
            near && same && region.country == town.country && is_local(town)
        }
        _ => false,
    }
}

/// Kilometres from the middle of a division of the second order within which its towns lie: the tables do not say
/// which are its own.
const DIVISION: f64 = 90.0;

fn found_options(stage: &Stage, sentence: SentenceId) -> Vec<usize> {
    (0..stage.places.len())
        .filter(|&n| {
            let place = &stage.places[n];
            place.sentence == sentence && !place.dateline && !place.implied && !place.counterpart
        })
        .collect()
}

fn is_local(place: &PlaceOption) -> bool {
    matches!(place.level, PlaceLevel::City | PlaceLevel::District) && (place.location || place.dateline)
}
