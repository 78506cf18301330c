//! When: the times that an action may have, each with what speaks for and against it.

use super::narrative::{Narrative, family, in_one_paragraph, is_told_after};
use doleance_text::ud::Upos;
use doleance_text::{Date, TokenId};

use super::{Candidate, Chosen, Source, Stage, TimeOption, bucket};
use crate::choices::Features;
use crate::code::arguments::is_verb;
use crate::code::draft::Draft;
use crate::code::nearness::{Nearness, measure};

pub(super) fn time_candidates(
    stage: &Stage,
    draft: &Draft,
    is_action: &[bool],
    narrative: &Narrative,
) -> Vec<Candidate> {
    let doc = stage.syntax.document;
    let kind = stage.codebook.page(draft.kind);
    let status = if draft.status.status == doleance_records::Status::Happened { "happened" } else { "other" };
    let tense = draft
        .arguments
        .predicate
        .map_or("none", |p| doc.feature(p, "Tense").or_else(|| doc.feature(p, "VerbForm")).unwrap_or("none"));
    let (_, of_kind, of_kind_age) = narrative.told_of(family(stage.codebook, draft.kind), draft.sentence);
    // "this day of strikes" was told of before.
    let demonstrative = doc.children_by(draft.head, "det").any(|det| doc.has_feature(det, "PronType", "Dem"));
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |option: Option<usize>, source: &str, near: Option<(Nearness, bool)>| {
        let mut features = Features::default();
        match option {
            None => {
                features.add(format_args!("open"));
                features.add(format_args!("open&status={status}"));
            }
            Some(option) => {
                let time = &stage.times[option];
                features.add(format_args!("source={source}"));
                features.add(format_args!("source={source}&day={}", time.is_day));
                features.add(format_args!("source={source}&tense={tense}"));
                features.add(format_args!("source={source}&sustained={}", kind.sustained));
                features.add(format_args!("can-date={}", time.can_date));
                let side = side(stage, time);
                features.add(format_args!("side={side}&status={status}"));
                features.add(format_args!("source={source}&side={side}"));
                if kind.speech {
                    features.add(format_args!("speech&side={side}"));
                }
                if same_time(stage, option, of_kind) {
                    features.add(format_args!("of-kind&source={source}"));
                    features.add(format_args!("of-kind={of_kind_age}&day={}", time.is_day));
                }
                if source == "narrative" {
                    let age = (draft.sentence.0.saturating_sub(narrative.time_sentence)).min(3);
                    features.add(format_args!("narrative={age}"));
                    features.add(format_args!("narrative={age}&side={side}"));
                    if let Some(same) = in_one_paragraph(stage, narrative.time_sentence, draft.sentence) {
                        features.add(format_args!("narrative&paragraph={same}"));
                    }
                }
                if demonstrative {
                    features.add(format_args!("demonstrative&source={source}"));
                }
                if let Some((near, nearest)) = near {
                    features.add(format_args!("nearest={nearest}"));
                    features.add(format_args!("edges={}", bucket(near.edges)));
                    features.add(format_args!("clauses={}", near.clauses.min(2)));
                    features.add(format_args!("actions={}", near.actions.min(2)));
                    features.add(format_args!("verbs={}", near.verbs.min(2)));
                    features.add(format_args!("before={}&below={}", near.before, near.below));
                    if near.below && near.clauses == 0 && near.actions == 0 {
                        features.add(format_args!("own-clause"));
                    }
                    if near.clauses > 0 && !near.below {
                        features.add(format_args!("aside&side={side}"));
                    }
                }
            }
        }
        let kind_of_source = match source {
            "sentence" => Source::Sentence,
            "narrative" | "kind" => Source::Narrative,
            _ => Source::Document,
        };
        let chosen = option.map(|option| Chosen { option, source: kind_of_source });
        found.push(Candidate { chosen, features, score: 0.0 });
    };
    // What was said or done does not lie after the report that tells of it.
    let done = status == "happened" && (kind.speech || tense == "Past");
    // "will lift the blockade on Friday": it stands until then.
    let stands = status == "happened" && draft.status.ends;
    let told = status == "happened" && draft.is_told_as_done(doc);
    // "have set a shutdown for Wednesday" does not: the verb is past, the action behind it is to come.
    let is_set_ahead = |n: usize, way: &Nearness| {
        !stands
            && (kind.collective || kind.sustained)
            && (draft.is_named_beside_a_verb(doc) || stage.times[n].is_open_ended())
            && stage.times[n].head > draft.head
            && way.actions == 0
            && way.clauses == 0
    };
    // "lèveront le blocage vendredi": a bare day is no noun's own, whatever the tree.
    let is_own =
        |day: TokenId| doc.dominates(draft.head, day) && doc.children_by(day, "case").next().is_some();
    let possible = |(n, way): &(usize, Nearness)| {
        let lies_ahead = side(stage, &stage.times[*n]) == "after";
        // "interdit la marche prévue samedi": the day is that of the march.
        let planned = status == "happened" && is_verb(doc, draft.head) && way.below && way.clauses > 0;
        // "a huissier saw the blockade, and the court will rule on Monday".
        let beside = status == "happened" && !way.below && way.clauses > 0 && way.verbs > 0;
        let aside = told && !way.below || planned || beside || stands && !is_own(stage.times[*n].head);
        !(lies_ahead && (done || aside)) || is_set_ahead(*n, way)
    };
    let ways: Vec<(usize, Nearness)> = (0..stage.times.len())
        .filter(|&n| stage.times[n].mention.is_some() && !stage.times[n].is_first_day)
        .filter(|&n| stage.times[n].sentence == draft.sentence)
        .filter(|&n| !is_told_after(stage, draft.head, stage.times[n].head, is_action))
        .filter(|&n| !is_of_another(stage, draft, n) && !is_compared(stage, draft, n))
        .map(|n| {
            let head = stage.times[n].head;
            (n, measure(stage.syntax, draft.head, draft.arguments.predicate, head, is_action))
        })
        .filter(possible)
        .collect();
    let nearest = ways.iter().map(|(_, way)| way.words).min();
    for &(number, way) in &ways {
        add(Some(number), "sentence", Some((way, nearest == Some(way.words))));
    }
    let other_sentence = |t: &usize| {
        let time = &stage.times[*t];
        // What other sentences plan does not date what happened, whatever the verb.
        let planned = status == "happened" && side(stage, time) == "after";
        (time.sentence != draft.sentence || time.mention.is_none()) && !planned
    };
    let last = narrative.time.filter(other_sentence);
    if let Some(time) = last {
        add(Some(time), "narrative", None);
    }
    let same = |a: usize, b: Option<usize>| same_time(stage, a, b);
    let of_kind = of_kind
        .filter(other_sentence)
        .filter(|&t| !same(t, last))
        .filter(|&t| !last.is_some_and(|now| moved_on(stage, t, now)));
    if let Some(time) = of_kind {
        add(Some(time), "kind", None);
    }
    let lede = narrative
        .first_day
        .or_else(|| lede_day(stage))
        .filter(|_| !narrative.is_labelled)
        .filter(other_sentence)
        .filter(|&l| !same(l, last) && !same(l, of_kind))
        .filter(|&l| !last.is_some_and(|now| moved_on(stage, l, now) || heads_paragraph(stage, draft, now)));
    if let Some(time) = lede {
        add(Some(time), "lede", None);
    }
    let today = stage.times.iter().rposition(|t| t.mention.is_none());
    if let Some(today) = today.filter(|&t| !same(t, last) && !same(t, lede) && !same(t, of_kind)) {
        add(Some(today), "today", None);
    }
    add(None, "open", None);
    found
}

/// Whether a day is that of what an action is compared with (*fewer than on Monday*), and the action is not told of that.
fn is_compared(stage: &Stage, draft: &Draft, time: usize) -> bool {
    let (doc, grammar) = (stage.syntax.document, &stage.syntax.grammar);
    let head = stage.times[time].head;
    // "58,000 against 160,000 two days before".
    let against = |t: TokenId| grammar.count_comparison_markers.holds(doc, stage.syntax.words, t);
    let numbers = (head.0.saturating_sub(5)..head.0).map(TokenId).filter(|&t| doc.upos(t) == Upos::Num);
    let counted = numbers.filter_map(|t| t.0.checked_sub(1).map(TokenId)).any(against);
    // "the first strike since 2012", "la pire émeute depuis mai".
    let ranks = |t: TokenId| grammar.rank_words.holds(doc, stage.syntax.words, t);
    let own = |&t: &TokenId| doc.dominates(draft.head, t) && ranks(t);
    let since = stage.syntax.has_case(head, &grammar.occasion_markers)
        && (draft.head.0.saturating_sub(5)..draft.head.0).map(TokenId).any(|t| own(&t));
    (counted
        || since
        || stage.syntax.has_case(head, &grammar.comparison_markers) && !doc.dominates(head, draft.head))
        && draft.head < head
}

/// Whether a day long past stands in a clause that tells which person or thing is meant (*the governor arrested on 9
/// July*; *the council, which took power on April 11*; *the union, which has led protests since December*): it dates
/// nothing outside that clause. After an action (*the march held in 2016*) it may.
fn is_of_another(stage: &Stage, draft: &Draft, time: usize) -> bool {
    let doc = stage.syntax.document;
    let option = &stage.times[time];
    let goes_on = option.is_open_ended() || option.goes_on_until(stage.published);
    // What goes on counts from its first day.
    let last = if goes_on { option.start } else { option.end };
    if side_of(stage, option.start, last) != "long-before" {
        return false;
    }
    // "the president, in power since 1994": what goes on is told of a noun of its own.
    let nominal = doc.head(option.head).filter(|&t| doc.upos(t).is_nominal());
    if let Some(noun) = nominal.filter(|_| goes_on)
        && noun != draft.head
        && !doc.dominates(noun, draft.head)
        && !doc.dominates(draft.head, noun)
    {
        return true;
    }
    // Trees hang a relative clause on the verb at times.
    let is_relative = |&t: &TokenId| {
        doc.universal_relation(t) == "acl"
            || doc.universal_relation(t) == "parataxis"
                && doc.children(t).iter().any(|&c| doc.has_feature(c, "PronType", "Rel"))
    };
    let Some(clause) = doc.ancestors(option.head).find(is_relative) else { return false };
    let noun = doc.head(clause).filter(|_| doc.universal_relation(clause) == "acl");
    let own = draft.arguments.predicate.unwrap_or(draft.head);
    let inside = doc.dominates(clause, draft.head) || doc.dominates(clause, own);
    noun != Some(draft.head) && noun != Some(own) && !inside
}

/// Days before publication that are still those the news is about.
const JUST_BEFORE: i32 = 8;

/// Whether a time belongs to a clause beside the action's (*the movement launched on 17 October*): it is background, and
/// the narrative stays where it was.
pub(super) fn is_aside(stage: &Stage, draft: &Draft, time: Chosen, is_action: &[bool]) -> bool {
    let option = &stage.times[time.option];
    if time.source != Source::Sentence || side(stage, option) != "long-before" {
        return false;
    }
    let near = measure(stage.syntax, draft.head, draft.arguments.predicate, option.head, is_action);
    // "It was on 23 April 1968 that students gathered": the clause around the action is dated with it.
    let doc = stage.syntax.document;
    let around = doc.head(option.head).is_some_and(|above| doc.dominates(above, draft.head));
    near.clauses > 0 && !near.below && !around
}

/// Whether a story has gone on from one day to a later one, before that of the report: it does not go back by itself.
fn moved_on(stage: &Stage, first: usize, now: usize) -> bool {
    let (first, now) = (&stage.times[first], &stage.times[now]);
    now.mention.is_some() && now.is_day && first.start < now.start && now.start < stage.published
}

/// Whether a day gone by stands at the head of the draft's paragraph or of the sentence right before it: *Le 4 mai, à
/// Vienne, la police a tiré. … 109 personnes ont été arrêtées.*
fn heads_paragraph(stage: &Stage, draft: &Draft, now: usize) -> bool {
    // "The worst day was January 29. Crowds attacked streetcars in the evening.": the evening is of that day.
    let same_day = |&t: &usize| stage.times[t].start == stage.times[now].start && stage.times[t].is_day;
    // Options stand in text order, but for first days and the day of publication at the end.
    let around = now.saturating_sub(NEIGHBOURS)..(now + NEIGHBOURS).min(stage.times.len());
    around.filter(same_day).any(|t| opens_part(stage, draft, t))
}

/// How many times of a report before and behind one are looked at for the same day.
const NEIGHBOURS: usize = 16;

fn opens_part(stage: &Stage, draft: &Draft, time: usize) -> bool {
    let doc = stage.syntax.document;
    let time = &stage.times[time];
    if time.mention.is_none() || !time.is_day || time.sentence.0 >= draft.sentence.0 {
        return false;
    }
    let (earlier, own) = (doc.sentence(time.sentence).span, doc.sentence(draft.sentence).span);
    let between = doc.text().get(earlier.end as usize..own.start as usize).unwrap_or("\n");
    if between.contains('\n') {
        return false;
    }
    let before = doc.text().get(..earlier.start as usize).unwrap_or("");
    let first = before.trim_end_matches([' ', '\t']).ends_with('\n');
    // "58,000 against 160,000 two days before": a day told aside heads nothing.
    let of_main = doc.universal_relation(time.head) == "root"
        || doc.head(time.head).is_some_and(|verb| doc.universal_relation(verb) == "root");
    let words = doc.sentence(time.sentence).words.clone();
    let mut opening = (words.start..time.head.0).map(TokenId);
    // "When he led it on 28 March, …": the day stands before all that was done.
    let subordinate = matches!(doc.upos(TokenId(words.start)), Upos::Sconj | Upos::Adv)
        && opening.clone().all(|t| doc.upos(t) != Upos::Punct);
    let fronted = subordinate || opening.nth(FRONT).is_none();
    first && of_main || time.sentence.0 + 1 == draft.sentence.0 && fronted
}

/// So many words may stand before a day at the head of its sentence: *Then, on 4 May*.
const FRONT: usize = 3;

fn same_time(stage: &Stage, a: usize, b: Option<usize>) -> bool {
    b.is_some_and(|b| {
        (stage.times[a].start, stage.times[a].end) == (stage.times[b].start, stage.times[b].end)
    })
}

/// Where a time lies, seen from the day of publication.
pub(super) fn side(stage: &Stage, time: &TimeOption) -> &'static str {
    side_of(stage, time.start, time.end)
}

fn side_of(stage: &Stage, first: Option<Date>, last: Option<Date>) -> &'static str {
    let (Some(published), Some(start)) = (stage.published, first.or(last)) else { return "unknown" };
    let end = last.unwrap_or(published);
    if start > published {
        return "after";
    }
    if end >= published {
        return "at";
    }
    let days = published.since(end).map_or(i32::MAX, |span| span.get_days());
    if days <= JUST_BEFORE { "just-before" } else { "long-before" }
}

/// The day that the first sentences tell of: what news is about unless it says otherwise.
fn lede_day(stage: &Stage) -> Option<usize> {
    (0..stage.times.len()).find(|&t| is_lede_day(stage, t))
}

/// Whether a time is a recent day that the first sentences name.
pub(super) fn is_lede_day(stage: &Stage, time: usize) -> bool {
    let time = &stage.times[time];
    time.mention.is_some()
        && !time.is_first_day
        && time.can_date
        && time.is_day
        && !time.goes_on_until(stage.published)
        && time.sentence.0 < 4
        && matches!(side(stage, time), "at" | "just-before" | "unknown")
}
