//! Finds and resolves the times of a document, keeping the anchors of the narrative as it goes.

mod ahead;
mod extents;
mod habits;
mod narrative;
mod ranges;

use self::extents::{duration, not_dated, set};
use doleance_text::ud::Upos;
use doleance_text::{Date, Diagnostic, Document, SentenceId, Severity, Span, TokenId};

use crate::atoms::{self, Atom};
use crate::cues;
use crate::expression::{Base, Cue, Expression, Reference, When};
use crate::frame::Frame;
use crate::matcher::Match;
use crate::mention::{Anchor, Granularity, Interval, NumberMention, TimeAnnotation, TimeMention, TimexKind};
use crate::numbers::numbers_beside;
use crate::pack::TimePack;
use crate::resolve::{Anchors, Resolved};

/// Finds all time expressions of a document and resolves them against its day of publication, its dateline and the
/// narrative. Without either day, relative times stay open and a diagnostic says so.
pub fn find_times(pack: &TimePack, document: &Document, published: Option<Date>) -> TimeAnnotation {
    let atoms = atoms::read(pack.vocabulary(), document.text());
    narrate(pack, document, published, &atoms, &pack.matches(&atoms, document))
}

/// Finds times and numbers at once: both look for what is a date, and matching is most of the work.
pub fn find_times_and_numbers(
    pack: &TimePack,
    document: &Document,
    published: Option<Date>,
) -> (TimeAnnotation, Vec<NumberMention>) {
    let atoms = atoms::read(pack.vocabulary(), document.text());
    let matches = pack.matches(&atoms, document);
    let numbers = numbers_beside(pack, document, &atoms, &matches);
    (narrate(pack, document, published, &atoms, &matches), numbers)
}

fn narrate(
    pack: &TimePack,
    document: &Document,
    published: Option<Date>,
    atoms: &[Atom],
    matches: &[Match],
) -> TimeAnnotation {
    let mut narrator = Narrator {
        pack,
        document,
        atoms,
        anchors: Anchors { published, ..Anchors::default() },
        mentions: Vec::with_capacity(matches.len()),
        open: Vec::new(),
        local: None,
        year_due: None,
        undecided: Vec::new(),
        decided: Vec::new(),
    };
    for (number, found) in matches.iter().enumerate() {
        narrator.tell(found, &matches[number + 1..]);
    }
    narrator.settle_weekdays();
    narrator.settle_apposed();
    let diagnostics = narrator.diagnostics();
    TimeAnnotation { mentions: narrator.mentions, published, diagnostics }
}

struct Narrator<'a> {
    pack: &'a TimePack,
    document: &'a Document,
    atoms: &'a [Atom],
    anchors: Anchors,
    mentions: Vec<TimeMention>,
    /// Mentions that had nothing to count from.
    open: Vec<Span>,
    /// The last day and month told in a sentence, also in its background.
    local: Option<(SentenceId, Anchors)>,
    /// *un an après le vote du 1er octobre*: the year that the next date is due to lie in.
    year_due: Option<i64>,
    /// Bare weekdays that no verb decided, and weekdays that something did.
    undecided: Vec<(usize, i64)>,
    decided: Vec<Decided>,
}

/// A weekday of which the text says which day it is.
struct Decided {
    weekday: i64,
    day: Date,
    /// The mention, where only a verb or preposition says so; a date written out (*mardi 10 décembre*) is surer.
    by_cue: Option<usize>,
}

impl Narrator<'_> {
    /// *Members voted last night to hold a rally on Saturday*: of two times, one tells of the verb and the other of the
    /// infinitive below it, which comes after.
    fn is_of_what_was_decided(&self, head: TokenId) -> bool {
        let document = self.document;
        let verb_above = |token: TokenId| document.ancestors(token).find(|&g| document.upos(g) == Upos::Verb);
        let Some(infinitive) = verb_above(head).filter(|&v| document.has_feature(v, "VerbForm", "Inf"))
        else {
            return false;
        };
        let Some(decides) = document.head(infinitive).filter(|&g| g < infinitive) else { return false };
        let sentence = document.sentence_of(head);
        self.mentions.iter().rev().take_while(|m| document.sentence_of(m.head) == sentence).any(|m| {
            m.is_event_time && m.head > decides && m.head < infinitive && verb_above(m.head) == Some(decides)
        })
    }

    fn tell(&mut self, found: &Match, rest: &[Match]) {
        if found.expression == Expression::Nothing || found.end <= found.first {
            return;
        }
        if let Expression::List(days) = &found.expression {
            for (day, &(first, end)) in days.iter().zip(&found.items) {
                let one = Match {
                    first,
                    end,
                    expression: Expression::When(Box::new(day.clone())),
                    items: Vec::new(),
                    ends: None,
                    ..found.clone()
                };
                self.tell(&one, &[]);
            }
            return;
        }
        let span = self.span(found.first, found.end);
        let Some(head) = self.document.head_of_span(span) else { return };
        let mut cue = cues::direction(&self.pack.grammar().cues, self.document, head);
        if let (None, Expression::When(when)) = (cue, &found.expression)
            && (when.is_bare_weekday() || when.is_month_without_year() && self.comes_soon(when))
            && cues::present_looks_ahead(self.document, head)
        {
            cue = Some(Cue::Future);
        }
        if let (Some(Cue::Past), Expression::When(when)) = (cue, &found.expression)
            && when.is_bare_weekday()
            && self.is_of_what_was_decided(head)
        {
            cue = Some(Cue::Future);
        }
        if let (None, Expression::When(when)) = (cue, &found.expression)
            && when.is_bare_weekday()
            && (when.hour.is_some() || self.stands_in_a_programme(head, rest))
            && cues::is_verbless(self.document, self.document.sentence_of(head))
        {
            cue = Some(Cue::Future);
        }
        let mut mention = TimeMention {
            span,
            head,
            timex: TimexKind::Date,
            value: String::new(),
            modifier: None,
            interval: None,
            granularity: Granularity::Vague,
            part: None,
            anchor: Anchor::None,
            rule: self.pack.grammar().rules[found.rule].id.clone(),
            is_event_time: false,
            count: None,
            from_event: None,
            is_bare_weekday: false,
            quantifier: None,
            frequency: None,
            begins: false,
            endpoints: Vec::new(),
        };
        let mut frame = None;
        match &found.expression {
            Expression::When(when) if when.base == Some(Base::Ahead) => {
                let resolved = self.after_event(when, found, rest, cue);
                if resolved.interval.is_none() {
                    not_dated(&mut mention, when);
                } else {
                    mention.is_event_time = true;
                    frame = resolved.frame;
                    take(&mut mention, resolved);
                }
            }
            Expression::When(when) => {
                let mut when = when.clone();
                if let Some(year) = self.year_due.take()
                    && when.year.is_none()
                    && when.short_year.is_none()
                    && when.month.is_some()
                {
                    when.year = Some(year);
                }
                if self.is_habit(&mut mention, found, &when) {
                    self.mentions.push(mention);
                    return;
                }
                let borrowed = self.day_ahead(&when, found, rest.first(), cue);
                let resolved = self.anchors_at(span).resolve(borrowed.as_ref().unwrap_or(&when), cue);
                frame = resolved.frame;
                if let (Some(weekday), Some(Frame::Day(day))) = (when.weekday, frame) {
                    let number = self.mentions.len();
                    match (when.is_bare_weekday(), when.cue.or(cue)) {
                        (true, None) => self.undecided.push((number, weekday)),
                        (true, Some(_)) => self.decided.push(Decided { weekday, day, by_cue: Some(number) }),
                        // "vendredi en huit" is not the Friday that others name.
                        (false, _) if when.direction.is_some_and(|d| d.abs() > 1) => {}
                        (false, _) => self.decided.push(Decided { weekday, day, by_cue: None }),
                    }
                }
                mention.is_event_time = resolved.interval.is_some();
                mention.is_bare_weekday = when.is_bare_weekday() && when.cue.is_none();
                take(&mut mention, resolved);
                self.set_apart(&mut mention, found, &when);
            }
            Expression::From(when) => {
                // *a lancé une grève à partir de lundi*: what begins on a weekday to be named is to come.
                let cue = if when.is_bare_weekday() { Some(Cue::Future) } else { cue };
                let resolved = self.anchors_at(span).resolve(when, cue);
                let today = self.anchors.publication().map(|(day, _)| day);
                let start = resolved.interval.and_then(|i| i.start);
                take(&mut mention, resolved);
                mention.interval = start.map(|s| Interval { start, end: today.filter(|t| *t >= s) });
                mention.is_event_time = start.is_some();
            }
            Expression::Range(from, to) => self.range(&mut mention, found, from, to, cue),
            Expression::Since(when) => {
                let cue = when.cue.or(Some(Cue::Past));
                let resolved = self.anchors_at(span).resolve(when, cue);
                let end = self.anchors.publication().map(|(day, _)| day);
                let start = resolved.interval.and_then(|i| i.start);
                take(&mut mention, resolved);
                mention.interval =
                    start.map(|start| Interval { start: Some(start), end: end.filter(|e| *e >= start) });
                mention.is_event_time = start.is_some();
                self.set_apart(&mut mention, found, when);
            }
            Expression::Until(when) => {
                let mut when = when.clone();
                let tells = cue == Some(Cue::Past) && cues::opens_a_past(self.document, head);
                // "They lay in the woods until the spring": in a history it has come.
                let of_old = cue == Some(Cue::Past) && self.anchors_at(span).tells_of_old(cue);
                if tells || of_old || self.ends_a_stretch(found) {
                    when.cue = Some(Cue::Past);
                }
                let resolved = self.anchors_at(span).resolve(&when, cue);
                let end = resolved.interval.and_then(|i| i.end);
                // "By 8 a.m. on Friday the street was full": the hour is told of.
                let start = resolved.interval.and_then(|i| i.start).filter(|_| tells && when.hour.is_some());
                take(&mut mention, resolved);
                mention.interval = end.map(|end| Interval { start, end: Some(end) });
                mention.is_event_time = tells && end.is_some();
                self.set_apart(&mut mention, found, &when);
            }
            Expression::Lasting(extent) => self.lasting(&mut mention, extent),
            Expression::Window(extent, direction) => self.window(&mut mention, extent, *direction),
            Expression::Duration(extent) => {
                duration(&mut mention, extent);
                if self.is_rate(&mention, extent) {
                    set(&mut mention, &When::default(), Some(extent));
                    mention.count = None;
                }
            }
            Expression::Age(extent) => {
                duration(&mut mention, extent);
                mention.count = None;
            }
            Expression::Set { when, extent, quantifier, frequency } => {
                set(&mut mention, when, extent.as_ref());
                (mention.quantifier, mention.frequency) = (*quantifier, *frequency);
            }
            Expression::Reference(reference) => {
                mention.value = match reference {
                    Reference::Past => "PAST_REF",
                    Reference::Present => "PRESENT_REF",
                    Reference::Future => "FUTURE_REF",
                }
                .to_owned();
            }
            Expression::List(_) | Expression::Nothing => return,
        }
        mention.is_event_time &= !self.dates_a_comparison(found) && !self.is_lifetime(&mention);
        let dateline = self.is_dateline(&mention, found);
        if dateline {
            mention.is_event_time = false;
            self.anchors.dateline =
                self.anchors.dateline.or_else(|| mention.interval.and_then(|interval| interval.start));
        } else {
            mention.begins = self.begins(&mention, &found.expression);
            self.remember(&mention, &found.expression, frame);
        }
        if mention.anchor == Anchor::None && needs_anchor(&found.expression) {
            self.open.push(span);
        }
        self.mentions.push(mention);
    }

    fn span(&self, first: usize, end: usize) -> Span {
        Span::new(self.atoms[first].span.start, self.atoms[end - 1].span.end)
    }

    /// The anchors inside a sentence: what it has told so far goes before what the narrative told.
    fn anchors_at(&self, span: Span) -> Anchors {
        let mut anchors = Anchors { year_here: None, ..self.anchors.clone() };
        if let Some((sentence, local)) = &self.local
            && self.sentence(span.start) == Some(*sentence)
        {
            anchors.day = local.day.or(anchors.day);
            anchors.month = local.month.or(anchors.month);
            anchors.told_here = local.day.is_some() || local.month.is_some();
            // "in 1997 they struck; his successor met them on 28 August": each clause has its year.
            let said =
                |&(_, number): &(i64, usize)| self.mentions.get(number).map_or(span.start, |m| m.span.end);
            let parted = |year: &(i64, usize)| {
                let between = self.document.text().get(said(year) as usize..span.start as usize);
                between.is_some_and(|b| b.contains(';'))
            };
            anchors.year_here = local.year_here.filter(|year| !parted(year));
        }
        anchors
    }

    fn comma_between(&self, from: usize, to: usize) -> bool {
        self.atoms
            .get(from..to)
            .is_some_and(|between| between.iter().any(|a| a.span.of(self.document.text()) == ","))
    }

    fn unresolved(&self, when: &When) -> Resolved {
        Anchors::default().resolve(when, None)
    }

    fn sentence(&self, offset: u32) -> Option<SentenceId> {
        self.document.sentence_at(offset)
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        if self.open.is_empty() || self.anchors.publication().is_some() {
            return Vec::new();
        }
        let first = self.open[0];
        vec![Diagnostic {
            code: "time.no-anchor",
            severity: Severity::Warning,
            span: Some(first),
            message: format!(
                "{} relative time(s) stay open, beginning with \"{}\": the report has no day of publication",
                self.open.len(),
                first.of(self.document.text())
            ),
            hint: Some("give the report's day of publication (published: 2018-06-06)".to_owned()),
        }]
    }
}

fn take(mention: &mut TimeMention, resolved: Resolved) {
    mention.timex = resolved.timex;
    mention.value = resolved.value;
    mention.modifier = resolved.modifier;
    mention.interval = resolved.interval;
    mention.granularity = resolved.granularity;
    mention.part = resolved.part;
    mention.anchor = resolved.anchor;
}

fn needs_anchor(expression: &Expression) -> bool {
    match expression {
        Expression::When(when)
        | Expression::Since(when)
        | Expression::From(when)
        | Expression::Until(when) => {
            !when.vague_shift
                && (when.shift.is_some() || !matches!(when.base, Some(Base::Narrative | Base::Ahead)))
        }
        Expression::Range(..) => true,
        _ => false,
    }
}
