//! Days that hang on what an action is: two actions of a sentence of which the words tell how many days lie between them
//! (*marched on Friday, a day after a general strike*, *au lendemain de la manifestation, les syndicats ont été reçus*),
//! and the weekday of what is still to come (*workers are to march on Friday*).

use doleance_records::Status;
use doleance_text::{Date, Document, TokenId};
use doleance_times::TimeMention;

use crate::code::draft::Draft;
use crate::code::settle::{Chosen, Setting, Source, TimeOption};

/// Gives the action that such words count from its own day, where it has none but that of the other. New days are added
/// behind the options.
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
        let Some(pair) = pair_at(document, drafts, mention.head) else { continue };
        let (Some(own), told) = (day_of(settings, times, pair.counted), settings[pair.from].times.clone())
        else {
            continue;
        };
        let sentence = drafts[pair.from].sentence;
        let has_own = told.first().is_some_and(|t| {
            let option = &times[t.option];
            t.source == Source::Sentence && option.sentence == sentence && option.start != Some(own)
        });
        let Some(day) = mention.day_of_event(own).filter(|_| !has_own) else { continue };
        times.push(TimeOption {
            mention: Some(number),
            head: mention.head,
            start: Some(day),
            end: Some(day),
            sentence,
            list: usize::MAX,
            is_day: true,
            can_date: true,
        });
        settings[pair.from].times = vec![Chosen { option: times.len() - 1, source: Source::Sentence }];
    }
}

/// The weekday of an action that is announced is the coming one, though it was read as the last one: verbs in the present
/// leave both open.
pub fn look_ahead(
    document: &Document,
    mentions: &[TimeMention],
    drafts: &[Draft],
    settings: &mut [Setting],
    times: &mut Vec<TimeOption>,
    published: Option<Date>,
) {
    let Some(published) = published else { return };
    for (draft, setting) in drafts.iter().zip(settings) {
        let announced =
            matches!(draft.status.status, Status::Planned | Status::CalledFor | Status::Threatened);
        let [chosen] = setting.times[..] else { continue };
        let option = &times[chosen.option];
        let coming = option.mention.filter(|_| announced).and_then(|m| mentions[m].coming());
        let Some(coming) = coming.filter(|&day| day >= published) else { continue };
        let is_past = option.start == option.end && option.start.is_some_and(|day| day < published);
        if !is_past || !is_told_of(document, draft, option.head) {
            continue;
        }
        let option = TimeOption { start: Some(coming), end: Some(coming), ..option.clone() };
        times.push(option);
        setting.times = vec![Chosen { option: times.len() - 1, ..chosen }];
    }
}

/// Whether a time hangs on the action itself, rather than on who announces it.
fn is_told_of(document: &Document, draft: &Draft, time: TokenId) -> bool {
    let said_of = draft.arguments.predicate.filter(|&predicate| {
        predicate == draft.head
            || document.head(draft.head) == Some(predicate)
                && document.universal_relation(draft.head) == "nsubj"
    });
    document.dominates(draft.head, time) || said_of.is_some_and(|verb| document.head(time) == Some(verb))
}

/// The action that the days are counted from, and the one that comes so many days after it.
struct Pair {
    from: usize,
    counted: usize,
}

/// The actions that words at a token relate: the next one told after them, and the one told before them, or, at the head
/// of a sentence, the one after the next.
fn pair_at(document: &Document, drafts: &[Draft], token: TokenId) -> Option<Pair> {
    let sentence = document.sentence_of(token);
    let here = |d: &Draft| d.sentence == sentence;
    let from = drafts.iter().position(|d| here(d) && d.head > token)?;
    let inside = document.dominates(token, drafts[from].head)
        || document.head(token).is_some_and(|above| document.dominates(above, drafts[from].head));
    let before = drafts[..from].iter().rposition(|d| here(d) && d.head < token);
    let counted = before.or_else(|| {
        let after = |d: &Draft| here(d) && !document.dominates(drafts[from].head, d.head);
        drafts[from + 1..].iter().position(after).map(|n| from + 1 + n)
    })?;
    inside.then_some(Pair { from, counted })
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
