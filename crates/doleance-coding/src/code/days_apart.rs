//! Two actions of a sentence of which the words tell how many days lie between them: *marched on Friday, a day after a
//! general strike*, *au lendemain de la manifestation, les syndicats ont été reçus*.

use doleance_text::{Date, Document, TokenId};
use doleance_times::TimeMention;

use crate::code::draft::Draft;
use crate::code::settle::{Chosen, Setting, Source, TimeOption};

/// Gives the action that such words count from its own day, where it has none but that of the other. New days are added
/// to the options; `published` lies last among them, or nowhere.
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
