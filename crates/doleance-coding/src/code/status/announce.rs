//! What is still to come by its day or by the hour that it is announced for, whatever the verb says.

use doleance_records::Status;
use doleance_text::{Document, TokenId};
use doleance_times::{Granularity, is_verbless};

use crate::annotate::Annotation;
use crate::clauses::ends_as_sentence;
use crate::code::arguments::is_verb;
use crate::code::draft::{Draft, is_past};

/// A noun for an action in a sentence without a tense, with a time of day, announces it: *Rally at 2 p.m. at the town
/// hall*. So does the noun that heads a line with a bare weekday, where people do it together: *Grève générale lundi en
/// Guinée*, but not *Deux morts lundi dans des heurts*.
pub fn announce_appointments(
    drafts: &mut [Draft],
    annotation: &Annotation,
    is_collective: &dyn Fn(&Draft) -> bool,
) {
    let document = &annotation.document;
    for draft in
        drafts.iter_mut().filter(|d| d.status.status == Status::Happened && !is_verb(document, d.head))
    {
        let timed = annotation.times.mentions.iter().any(|time| {
            let heads_line =
                document.head(draft.head).is_none() && !ends_as_sentence(document, draft.sentence);
            let bare = time.is_bare_weekday && heads_line && is_collective(draft);
            (time.granularity <= Granularity::Hour || bare)
                && document.sentence_of(time.head) == draft.sentence
        });
        if timed && is_verbless(document, draft.sentence) {
            draft.status.status = Status::Planned;
            "status.appointment".clone_into(&mut draft.status.rule);
        }
    }
}

/// An infinitive that says of people what they will do, where no verb has a tense, announces it: *Bus drivers to strike on
/// Friday*, but not *a call to strike*.
pub fn announce_headlines(drafts: &mut [Draft], annotation: &Annotation, acts: &dyn Fn(TokenId) -> bool) {
    let document = &annotation.document;
    for draft in drafts.iter_mut().filter(|d| d.status.rule == "status.purpose") {
        let verb = draft.head;
        let announced = document.universal_relation(verb) == "acl"
            && document
                .head(verb)
                .is_some_and(|people| people < verb && document.head(people).is_none() && acts(people));
        let tensed = |t: TokenId| document.has_feature(t, "VerbForm", "Fin");
        if announced && !document.words(draft.sentence).any(tensed) {
            draft.status.status = Status::Planned;
            draft.status.purpose = false;
            "status.headline".clone_into(&mut draft.status.rule);
        }
    }
}

/// What is dated after the day of publication has not taken place yet.
pub fn announce_future(
    drafts: &mut [Draft],
    settings: &[crate::code::settle::Setting],
    times: &[crate::code::settle::TimeOption],
    published: Option<doleance_text::Date>,
    document: &Document,
    is_speech: &dyn Fn(&Draft) -> bool,
) {
    let Some(published) = published else { return };
    for (draft, setting) in drafts.iter_mut().zip(settings) {
        // "have set a shutdown for Wednesday": a noun beside a verb in the past has a day of its own, and
        // "a lancé une grève à partir de lundi" tells of what begins then.
        let opens = setting.times.first().is_some_and(|t| times[t.option].is_open_ended());
        let is_done = |p: TokenId| is_past(document, p) && !draft.is_named_beside_a_verb(document) && !opens;
        if is_speech(draft) || draft.arguments.predicate.is_some_and(is_done) {
            continue;
        }
        let starts = setting.times.iter().filter_map(|t| times[t.option].start);
        let later = starts.min().is_some_and(|start| start > published);
        if later && draft.status.status == Status::Happened {
            draft.status.status = Status::Planned;
            "status.after-publication".clone_into(&mut draft.status.rule);
        }
    }
}
