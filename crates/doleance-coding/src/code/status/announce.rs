//! What is still to come by its day or by the hour that it is announced for, whatever the verb says.

use doleance_records::Status;
use doleance_text::ud;
use doleance_text::{Document, TokenId};
use doleance_times::{Granularity, is_verbless};

use crate::annotate::Annotation;
use crate::clauses::ends_as_sentence;
use crate::code::arguments::{Syntax, is_verb};
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

/// In a headline without a tense, a noun of which an infinitive says what is to become of it, or what people are to meet
/// for, names what is to come: *Protest to be held in Leeds*, *Unions to meet employers for talks*.
pub fn announce_subjects(drafts: &mut [Draft], syntax: Syntax) {
    let document = syntax.document;
    let is_to_be = |noun: TokenId| {
        document.children_by(noun, "acl").find(|&verb| {
            let passive = document.children(verb).iter().any(|&c| document.relation(c) == ud::AUX_PASS);
            let marked = syntax.has_case(verb, &syntax.grammar.purpose_markers);
            let opens = syntax.grammar.opening_verbs.holds(document, syntax.words, verb);
            let infinitive = document.has_feature(verb, "VerbForm", "Inf");
            noun < verb && marked && (passive || infinitive && opens)
        })
    };
    let tensed = |t: TokenId| document.has_feature(t, "VerbForm", "Fin");
    for draft in drafts.iter_mut().filter(|d| d.status.status == Status::Happened) {
        let noun = draft.head;
        let own = || document.head(noun).is_none().then(|| is_to_be(noun)).flatten();
        // "to be imposed" may be part of the words that name it.
        let named =
            || document.head(noun).filter(|&n| document.head(n).is_none() && is_to_be(n) == Some(noun));
        let purpose = || {
            let verb = document.ancestors(noun).find(|&t| is_verb(document, t))?;
            let people = document.head(verb).filter(|&p| p < verb && document.head(p).is_none())?;
            let meant = document.upos(noun).is_nominal()
                && syntax.has_case(noun, &syntax.grammar.purpose_markers)
                && document.universal_relation(verb) == "acl"
                && document.has_feature(verb, "VerbForm", "Inf");
            meant.then_some(people)
        };
        // "Farmers to hold second protest".
        let held = || {
            let verb = document.head(noun).filter(|_| document.universal_relation(noun) == "obj")?;
            let people = document.head(verb).filter(|&p| p < verb && document.head(p).is_none())?;
            let meant = document.universal_relation(verb) == "acl"
                && document.has_feature(verb, "VerbForm", "Inf")
                && syntax.grammar.opening_verbs.holds(document, syntax.words, verb);
            meant.then_some(people)
        };
        let word = own().or_else(named).or_else(purpose).or_else(held);
        if word.is_some() && !document.words(draft.sentence).any(tensed) {
            draft.status.change(Status::Planned, "status.headline", word);
        }
    }
}

/// What people are doing on a day that is told by its name alone is to come: *We are holding a rally on Saturday*.
pub fn announce_progressives(drafts: &mut [Draft], annotation: &Annotation) {
    let document = &annotation.document;
    let is_going_on = |verb: TokenId| {
        let present = |t: TokenId| {
            document.has_feature(t, "Tense", "Pres") && document.has_feature(t, "VerbForm", "Fin")
        };
        let participle = document.has_feature(verb, "VerbForm", "Ger")
            || document.has_feature(verb, "VerbForm", "Part") && document.has_feature(verb, "Tense", "Pres");
        let mut auxiliaries = document.children_by(verb, "aux");
        participle && auxiliaries.next().is_some_and(present) && auxiliaries.next().is_none()
    };
    for draft in drafts.iter_mut().filter(|d| d.status.rule == "status.asserted") {
        let Some(verb) = draft.arguments.predicate.or(Some(draft.head)).filter(|&v| is_going_on(v)) else {
            continue;
        };
        let named = |time: &doleance_times::TimeMention| {
            let today = |day| time.interval.is_some_and(|days| days.start == Some(day));
            time.is_bare_weekday
                && [verb, draft.head].map(Some).contains(&document.head(time.head))
                && !annotation.published.is_some_and(today)
        };
        if annotation.times.mentions.iter().any(named) {
            draft.status.change(Status::Planned, "status.progressive", Some(verb));
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
