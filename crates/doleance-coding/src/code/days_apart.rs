//! Days that hang on what an action is: two actions of a sentence of which the words tell how many days lie between them
//! (*marched on Friday, a day after a general strike*, *au lendemain de la manifestation, les syndicats ont été reçus*),
//! and the weekday of what is still to come (*workers are to march on Friday*).

use doleance_records::Status;
use doleance_text::ud::Upos;
use doleance_text::{Date, Document, SentenceId, TokenId};
use doleance_times::TimeMention;

use crate::code::arguments::Syntax;
use crate::code::draft::Draft;
use crate::code::settle::{Chosen, Setting, Source, TimeOption};

/// Gives the actions that such words count from their own day, where they have none but that of the other. New days are
/// added behind the options.
pub fn set_days_apart(
    document: &Document,
    mentions: &[TimeMention],
    drafts: &[Draft],
    settings: &mut [Setting],
    times: &mut Vec<TimeOption>,
) {
    for (number, mention) in mentions.iter().enumerate() {
        if mention.from_event.is_none() {
            continue;
        }
        let from = told_from(document, drafts, mention.head);
        let Some(&first) = from.first() else { continue };
        let sentence = drafts[first].sentence;
        let counted = counted_from(document, drafts, mention.head, first);
        // "resembled a war zone on Thursday, a day after": no action, but a day that its sentence names before.
        let own = counted.map_or_else(
            || {
                // "Two days after the bandh, the union said on Monday": the day of who speaks.
                let before = day_before(times, sentence, mention.head);
                before.or_else(|| day_after(document, times, sentence, drafts[first].head))
            },
            |c| day_of(settings, times, c),
        );
        let Some((own, day)) = own.and_then(|own| Some((own, mention.day_of_event(own)?))) else { continue };
        let mut option = None;
        for draft in from {
            let has_own = settings[draft].times.first().is_some_and(|t| {
                let option = &times[t.option];
                t.source == Source::Sentence && option.sentence == sentence && option.start != Some(own)
            });
            if has_own {
                continue;
            }
            let option = *option.get_or_insert_with(|| {
                times.push(TimeOption {
                    mention: Some(number),
                    head: mention.head,
                    start: Some(day),
                    end: Some(day),
                    sentence,
                    list: usize::MAX,
                    is_day: true,
                    can_date: true,
                    first_day: None,
                    is_first_day: false,
                });
                times.len() - 1
            });
            settings[draft].times = vec![Chosen { option, source: Source::Sentence }];
        }
    }
}

/// The weekday of an action that is announced is the coming one, though it was read as the last one: verbs in the present
/// leave both open.
pub fn look_ahead(
    syntax: Syntax,
    mentions: &[TimeMention],
    drafts: &[Draft],
    settings: &mut [Setting],
    times: &mut Vec<TimeOption>,
    published: Option<Date>,
) {
    let Some(published) = published else { return };
    let today = times.iter().position(|t| t.mention.is_none());
    let mut moved: Vec<(TokenId, usize)> = Vec::new();
    for (draft, setting) in drafts.iter().zip(settings.iter_mut()) {
        let announced =
            matches!(draft.status.status, Status::Planned | Status::CalledFor | Status::Threatened);
        let [chosen] = setting.times[..] else { continue };
        let option = &times[chosen.option];
        let coming = option.mention.filter(|_| announced).and_then(|m| mentions[m].coming());
        let Some(coming) = coming.filter(|&day| day >= published) else { continue };
        let is_past = option.start == option.end && option.start.is_some_and(|day| day < published);
        // "We are holding a rally on Saturday", "Unions to meet on Thursday": the sentence has no other day or verb.
        let is_certain = matches!(draft.status.rule.as_str(), "status.progressive" | "status.headline");
        let follows = is_certain || follows_closely(syntax, draft, option.head);
        if !is_past || !(follows || is_told_of(syntax, draft, option.head)) {
            continue;
        }
        moved.push((draft.head, chosen.option));
        let option = TimeOption { start: Some(coming), end: Some(coming), first_day: None, ..option.clone() };
        times.push(option);
        setting.times = vec![Chosen { option: times.len() - 1, ..chosen }];
    }
    // "called for a march on Thursday": the call was not made on that day.
    for (draft, setting) in drafts.iter().zip(settings) {
        let [chosen] = setting.times[..] else { continue };
        let above = |&(head, option): &(TokenId, usize)| {
            option == chosen.option && syntax.document.dominates(draft.head, head) && draft.head != head
        };
        if let Some(today) =
            today.filter(|_| draft.status.status == Status::Happened && moved.iter().any(above))
        {
            setting.times = vec![Chosen { option: today, source: Source::Document }];
        }
    }
}

/// Whether nothing but a preposition stands between an action's noun and a day: *called for a march on Thursday*.
fn follows_closely(syntax: Syntax, draft: &Draft, time: TokenId) -> bool {
    let document = syntax.document;
    let between = draft.words.end..time.0;
    document.upos(draft.head).is_nominal()
        && between.len() == 1
        && document.upos(TokenId(between.start)) == Upos::Adp
}

/// Whether a time hangs on the action itself, rather than on who announces it.
fn is_told_of(syntax: Syntax, draft: &Draft, time: TokenId) -> bool {
    let document = syntax.document;
    let is_bare = || document.children_by(time, "case").next().is_none();
    let follows_object = syntax.grammar.bare_day_dates_object
        && document.universal_relation(draft.head) == "obj"
        && draft.head < time
        && document.ancestors(time).find(|&t| !document.upos(t).is_nominal()) == document.head(draft.head)
        && is_bare();
    if follows_object {
        return true;
    }
    let said_of = draft.arguments.predicate.filter(|&predicate| {
        predicate == draft.head
            || document.head(draft.head) == Some(predicate)
                && document.universal_relation(draft.head) == "nsubj"
    });
    document.dominates(draft.head, time) || said_of.is_some_and(|verb| document.head(time) == Some(verb))
}

/// How far up the tree the clause is looked for that the words and the action share.
const CLIMB: usize = 3;

/// The actions that the days at a token are counted from: the next one told after them, and those told in one clause with
/// it (*two days after the president suspended the constitution and sacked a judge*).
fn told_from(document: &Document, drafts: &[Draft], token: TokenId) -> Vec<usize> {
    let sentence = document.sentence_of(token);
    let here = |d: &Draft| d.sentence == sentence;
    let Some(first) = drafts.iter().position(|d| here(d) && d.head > token) else { return Vec::new() };
    let head = drafts[first].head;
    let around = |t: TokenId| document.dominates(t, head);
    let nearest = || document.ancestors(token).take(CLIMB).find(|&t| around(t));
    let Some(above) = Some(token).filter(|&t| around(t)).or_else(nearest) else { return Vec::new() };
    // The clause or noun that follows the words; the words may have been hung on its verb.
    let path = std::iter::once(head).chain(document.ancestors(head)).take_while(|&t| t != above);
    let clause = path.last().filter(|&clause| clause > token).or((above == head).then_some(head));
    let told = |d: &Draft| {
        d.head == head
            || clause.is_some_and(|c| d.head > token && (d.head == c || document.dominates(c, d.head)))
    };
    (first..drafts.len()).filter(|&n| here(&drafts[n]) && told(&drafts[n])).collect()
}

/// The action that comes so many days after: the one told before the words, or, at the head of a sentence, the one after
/// the next.
fn counted_from(document: &Document, drafts: &[Draft], token: TokenId, from: usize) -> Option<usize> {
    let here = |d: &Draft| d.sentence == drafts[from].sentence;
    let before = drafts[..from].iter().rposition(|d| here(d) && d.head < token);
    before.or_else(|| {
        let after = |d: &Draft| here(d) && !document.dominates(drafts[from].head, d.head);
        drafts[from + 1..].iter().position(after).map(|n| from + 1 + n)
    })
}

/// The last day that a sentence names before a token.
fn day_before(times: &[TimeOption], sentence: SentenceId, token: TokenId) -> Option<Date> {
    let named = |t: &&TimeOption| t.mention.is_some() && t.sentence == sentence && t.head < token;
    let option = times.iter().filter(named).max_by_key(|t| t.head)?;
    option.start.filter(|&start| option.is_day && option.can_date && option.end == Some(start))
}

/// The first day that a sentence names after an action and not of it.
fn day_after(
    document: &Document,
    times: &[TimeOption],
    sentence: SentenceId,
    action: TokenId,
) -> Option<Date> {
    let named = |t: &&TimeOption| {
        t.mention.is_some()
            && t.sentence == sentence
            && t.head > action
            && !document.dominates(action, t.head)
    };
    let option = times.iter().filter(named).min_by_key(|t| t.head)?;
    option.start.filter(|&start| option.is_day && option.can_date && option.end == Some(start))
}

/// The one day of an action.
fn day_of(settings: &[Setting], times: &[TimeOption], draft: usize) -> Option<Date> {
    match settings[draft].times[..] {
        [chosen] => {
            let option = &times[chosen.option];
            option.start.filter(|&start| option.is_day && option.end == Some(start))
        }
        _ => None,
    }
}
