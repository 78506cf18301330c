//! What the narrative keeps: the dateline, the day and month last told, the weekdays of headlines.

use doleance_text::ud::Upos;
use doleance_text::{Date, Span, TokenId};

use crate::atoms::Shape;
use crate::calendar;
use crate::expression::Expression;
use crate::frame::{Frame, span};
use crate::matcher::Match;
use crate::mention::{Anchor, Granularity, Interval, TimeMention};
use crate::resolve::Anchors;

use super::Narrator;

/// How far into a text a dateline may stand, in bytes.
const DATELINE_REACH: u32 = 160;

/// How many words may stand before the head of a time that opens its sentence.
const OPENING: u32 = 2;

/// Words more that a marker of several may have: *à partir de*.
const LONG_MARKER: u32 = 3;

/// The longest word between a figure and its day (*on*, *le*), in bytes.
const LONGEST_PREPOSITION: u32 = 3;

/// The days that a weekday was said to be.
#[derive(Clone, Copy)]
enum Days {
    None,
    One(Date),
    Several,
}

impl Days {
    fn add(&mut self, day: Date) {
        *self = match *self {
            Days::None => Days::One(day),
            Days::One(other) if other == day => Days::One(day),
            _ => Days::Several,
        };
    }

    fn only(self) -> Option<Date> {
        match self {
            Days::One(day) => Some(day),
            _ => None,
        }
    }
}

impl Narrator<'_> {
    /// *Grève mardi* in a headline is the *mardi 10 décembre* of the text, or the one its verbs decide. A date written
    /// out also overrules a verb, where it is nearer to the day of publication: *a demandé d'annuler des vols mardi*.
    pub(super) fn settle_weekdays(&mut self) {
        let Some(today) = self.anchors.published else { return };
        let far = |day: Date| (calendar::number(day) - calendar::number(today)).abs();
        // For each weekday the one day that dates written out give it, and that all words give it.
        let mut days = [[Days::None; 2]; 7];
        for decided in self.decided.iter().filter(|d| far(d.day) <= 7) {
            let [written, any] = &mut days[decided.weekday.rem_euclid(7) as usize];
            any.add(decided.day);
            if decided.by_cue.is_none() {
                written.add(decided.day);
            }
        }
        let only_day =
            |weekday: i64, written: bool| days[weekday.rem_euclid(7) as usize][usize::from(!written)].only();
        let undecided = self.undecided.iter().filter_map(|&(number, weekday)| {
            Some((number, only_day(weekday, true).or_else(|| only_day(weekday, false))?))
        });
        let by_cue = self.decided.iter().filter_map(|d| {
            let day = only_day(d.weekday, true).filter(|&day| far(day) < far(d.day))?;
            Some((d.by_cue?, day))
        });
        let settled: Vec<(usize, Date)> = undecided.chain(by_cue).collect();
        for (number, day) in settled {
            let mention = &mut self.mentions[number];
            let Some(Interval { start: Some(start), end: Some(end) }) = mention.interval else { continue };
            if start != day {
                let length = calendar::number(end) - calendar::number(start);
                mention.interval = Some(Interval::days(day, calendar::plus_days(day, length)));
                mention.value = mention.value.replacen(&start.to_string(), &day.to_string(), 1);
            }
        }
    }

    /// *A week later, on June 25*, *deux jours plus tard, le 5 mai*: the date written out says which day the count led to.
    pub(super) fn settle_apposed(&mut self) {
        let text = self.document.text();
        for number in 1..self.mentions.len() {
            let (before, after) = self.mentions.split_at(number);
            let (counted, written) = (&before[number - 1], &after[0]);
            let between = text.get(counted.span.end as usize..written.span.start as usize);
            let apposed = between.and_then(|b| b.strip_prefix(", ")).is_some_and(|word| {
                word.len() <= LONGEST_PREPOSITION as usize + 1
                    && word.chars().all(|c| c == ' ' || c.is_lowercase())
            });
            let narrative = match counted.anchor {
                Anchor::Narrative(_) => true,
                // "a week later" at the head of a story; days and months of a list stand beside each other.
                Anchor::Publication => counted.granularity == Granularity::Week,
                _ => false,
            };
            let explicit = written.granularity == Granularity::Day
                && written.interval.is_some_and(|i| i.start.is_some() && i.start == i.end)
                && !written.is_bare_weekday
                && !matches!(written.anchor, Anchor::Narrative(_));
            let is_count = counted.granularity >= Granularity::Day && !counted.is_bare_weekday;
            if apposed
                && narrative
                && explicit
                && is_count
                && counted.interval.is_some()
                && counted.interval != written.interval
            {
                let (interval, value) = (written.interval, written.value.clone());
                let mention = &mut self.mentions[number - 1];
                mention.interval = interval;
                mention.value = value;
                mention.granularity = Granularity::Day;
            }
        }
    }

    /// A date that heads the text before an agency's name or a dash, or stands on a line of its own.
    pub(super) fn is_dateline(&self, mention: &TimeMention, found: &Match) -> bool {
        let Expression::When(when) = &found.expression else { return false };
        let dated = when.day.is_some() && when.month.is_some() || when.weekday.is_some() && found.first == 0;
        if !dated || mention.span.start > DATELINE_REACH || !self.mentions.iter().all(|m| !m.is_event_time) {
            return false;
        }
        let text = self.document.text();
        let after = self.atoms.get(found.end);
        let own_line = line_of(text, mention.span).trim().len() <= (mention.span.len() as usize + 24);
        let dash = after.is_some_and(|a| {
            a.shape == Shape::Sign && !a.glued && matches!(a.span.of(text), "-" | "–" | "—" | "(")
        });
        let shouted_before = found.first.checked_sub(1).is_some_and(|i| {
            let place = if self.atoms[i].span.of(text) == "," { i.checked_sub(1) } else { Some(i) };
            place.is_some_and(|i| self.atoms[i].shouted)
        });
        (own_line && (found.first == 0 || self.atoms[found.first].fresh || line_start(text, mention.span)))
            || dash && (shouted_before || found.first <= 4)
    }

    /// Lets the narrative move on to a day or month told.
    pub(super) fn remember(&mut self, mention: &TimeMention, expression: &Expression, frame: Option<Frame>) {
        let number = self.mentions.len();
        if let (Expression::Since(_), true) = (expression, mention.granularity <= Granularity::Day) {
            let first = mention.interval.and_then(|i| i.start);
            self.anchors.since = first.map(|day| (day, number)).or(self.anchors.since);
        }
        let told = match (expression, frame) {
            (Expression::When(_), Some(frame)) => Some(frame),
            (Expression::From(_), _) if mention.begins => {
                mention.interval.and_then(|i| i.start).map(Frame::Day)
            }
            (Expression::Range(..) | Expression::Until(_), _) => {
                mention.interval.and_then(|i| i.end).map(|end| reached(end, mention.granularity))
            }
            _ => None,
        };
        // "before dawn on April 11, 2012": a bound dates nothing, but what follows may count from it.
        if let (Expression::Until(_), Some(frame), Some(today)) = (expression, told, self.anchors.published)
            && !mention.is_event_time
            && mention.anchor == Anchor::Absolute
            && span(frame).1 < today
        {
            self.anchors.recent = Some((span(frame).0, frame, number));
        }
        let Some(frame) = told.filter(|_| mention.is_event_time) else { return };
        let background = self.is_background(mention.head, mention.granularity);
        let today = self.anchors.published;
        let sentence = self.sentence(mention.span.start);
        let mut local = match self.local.take() {
            Some((told_in, local)) if Some(told_in) == sentence => local,
            _ => Anchors::default(),
        };
        let states_year = matches!(expression, Expression::When(when) if when.year.is_some());
        self.begin_history(mention, frame, states_year);
        // A year in the background (*the law adopted in 2018*) dates nothing else, not even in its sentence.
        let dates_others = !background || !matches!(frame, Frame::Year(_) | Frame::Season(..));
        let local_too = dates_others.then_some(&mut local);
        for anchors in [local_too, (!background).then_some(&mut self.anchors)].into_iter().flatten() {
            match frame {
                Frame::Day(day) | Frame::CountedWeek(day) => {
                    anchors.day = Some((day, number));
                    anchors.month = Some((i64::from(day.year()), i64::from(day.month()), number));
                }
                Frame::Month(year, month) => anchors.month = Some((year, month, number)),
                Frame::Year(year) => anchors.year_here = Some((year, number)),
                Frame::Season(year, _) if states_year => anchors.year_here = Some((year, number)),
                Frame::Weekend(day) => anchors.day = Some((day, number)),
                _ => {}
            }
        }
        let (start, _) = span(frame);
        self.anchors.recent = Some((start, frame, number));
        if matches!(frame, Frame::Day(_)) && today.is_some_and(|today| start >= today) {
            self.anchors.coming = Some((start, number));
        }
        self.local = sentence.map(|sentence| (sentence, local));
    }

    /// Whether a day is the one that its sentence begins with: *À partir du 16 février, des barrages ont été dressés*.
    pub(super) fn begins(&self, mention: &TimeMention, expression: &Expression) -> bool {
        let sentence = self.document.sentence(self.document.sentence_of(mention.head)).words.clone();
        let opens = mention.head.0.saturating_sub(sentence.start) <= OPENING + LONG_MARKER;
        matches!(expression, Expression::From(_)) && mention.granularity <= Granularity::Day && opens
    }

    /// *In the spring of 1940 … On 10 May*: where nothing of these days was told yet, a year of long ago that opens its
    /// sentence begins a history.
    fn begin_history(&mut self, mention: &TimeMention, frame: Frame, states_year: bool) {
        let year = i64::from(span(frame).0.year());
        if !self.anchors.is_of_old(year) {
            self.anchors.lately = true;
        }
        let sentence = self.document.sentence(self.document.sentence_of(mention.head)).words.clone();
        let opens = mention.head.0.saturating_sub(sentence.start) <= OPENING;
        if opens && states_year && !self.anchors.lately && matches!(frame, Frame::Year(_) | Frame::Season(..))
        {
            let first = span(frame).0;
            self.anchors.month =
                Some((i64::from(first.year()), i64::from(first.month()), self.mentions.len()));
        }
    }

    /// *50.000 personnes, contre 32.000 le 29 décembre*: the day of a figure that the one told of is compared with.
    pub(super) fn dates_a_comparison(&self, found: &Match) -> bool {
        let text = self.document.text();
        let mut before = self.atoms[..found.first].iter().rev().peekable();
        before.next_if(|atom| atom.shape == Shape::Word && atom.span.len() <= LONGEST_PREPOSITION);
        let mut figure = None;
        // "32.000", "32 000" and "32,000" are several atoms.
        while let Some(atom) = before.next_if(|atom| {
            atom.shape == Shape::Digits || figure.is_some() && atom.glued && atom.span.len() == 1
        }) {
            figure = Some(atom.span.start);
        }
        let Some(head) = figure.and_then(|start| text.get(..start as usize)).map(str::trim_end) else {
            return false;
        };
        self.pack.grammar().cues.comparison.iter().any(|words| {
            let Some(at) = head.len().checked_sub(words.len()).filter(|&at| head.is_char_boundary(at)) else {
                return false;
            };
            head[at..].eq_ignore_ascii_case(words) && !head[..at].ends_with(char::is_alphanumeric)
        })
    }

    /// *la dictature (1973-1990)*: years in parentheses are of what stands before them.
    pub(super) fn is_lifetime(&self, mention: &TimeMention) -> bool {
        let text = self.document.text();
        let years = mention.interval.is_some_and(|i| {
            let year = |day: Option<Date>| day.map(|d| d.year());
            i.start.is_some() && year(i.start) != year(i.end)
        });
        years
            && text[..mention.span.start as usize].ends_with('(')
            && text[mention.span.end as usize..].starts_with(')')
    }

    /// *les attentats du 13 novembre*, *un mouvement lancé le 5 mai*: the date belongs to a noun or to a clause beside
    /// it, the narrative stays where it is.
    pub(super) fn is_background(&self, head: TokenId, granularity: Granularity) -> bool {
        let Some(governor) = self.document.head(head) else { return false };
        // "They were boys on Dec. 30, 1936": a noun with a copula tells as a verb does.
        let is_predicate = self.document.children_by(governor, "cop").next().is_some();
        // "On Wednesday morning police fired": what opens a sentence dates it, whatever it was hung on.
        let sentence = self.document.sentence(self.document.sentence_of(head)).words.clone();
        let opens = head < governor && head.0.saturating_sub(sentence.start) <= OPENING;
        // "marched to the ministry on Monday": a day is said of what was done, not of where that led.
        let of_clause = granularity <= Granularity::Day
            && self.document.universal_relation(governor) == "obl"
            && self.document.children_by(head, "case").all(|case| {
                self.pack.grammar().cues.day_markers.iter().any(|m| m == self.document.lemma(case))
            });
        let nominal = !is_predicate
            && !opens
            && !of_clause
            && matches!(self.document.upos(governor), Upos::Noun | Upos::Propn)
            && matches!(self.document.universal_relation(head), "nmod" | "compound");
        nominal
            || self.document.universal_relation(governor) == "acl"
            || !opens && self.document.ancestors(head).any(|t| self.document.universal_relation(t) == "acl")
    }
}

/// What a range or bound led up to: its last day, or the month or year that was named as its end.
fn reached(end: Date, named: Granularity) -> Frame {
    let year = i64::from(end.year());
    match named {
        Granularity::Month => Frame::Month(year, i64::from(end.month())),
        Granularity::Year => Frame::Year(year),
        _ => Frame::Day(end),
    }
}

fn line_of(text: &str, span: Span) -> &str {
    let start = text.get(..span.start as usize).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    let end = text
        .get(span.end as usize..)
        .and_then(|t| t.find('\n'))
        .map_or(text.len(), |i| i + span.end as usize);
    text.get(start..end).unwrap_or("")
}

fn line_start(text: &str, span: Span) -> bool {
    text.get(..span.start as usize).is_none_or(|before| before.trim_end_matches([' ', '\t']).ends_with('\n'))
}
