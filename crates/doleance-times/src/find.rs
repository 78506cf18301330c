//! Finds and resolves the times of a document, keeping the anchors of the narrative as it goes.

use doleance_text::ud::Upos;
use doleance_text::{Date, Diagnostic, Document, SentenceId, Severity, Span, TokenId};

use crate::atoms::{self, Atom, Shape};
use crate::calendar;
use crate::cues;
use crate::expression::{Base, Cue, Expression, Extent, Reference, When};
use crate::frame::{Frame, span};
use crate::matcher::{Match, Matcher};
use crate::mention::{
    Amount, Anchor, DayPart, Endpoint, Granularity, Interval, TimeAnnotation, TimeMention, TimexKind,
};
use crate::pack::TimePack;
use crate::resolve::{Anchors, Resolved};
use crate::value;

/// Finds all time expressions of a document and resolves them against its day of publication, its dateline and the
/// narrative. Without either day, relative times stay open and a diagnostic says so.
pub fn find_times(pack: &TimePack, document: &Document, published: Option<Date>) -> TimeAnnotation {
    let atoms = atoms::read(pack.vocabulary(), document.text());
    let matches = Matcher::new(pack.grammar(), pack.numerals(), &atoms, document).find();
    let mut narrator = Narrator {
        pack,
        document,
        atoms: &atoms,
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
    decided: Vec<(i64, Date)>,
}

/// How far into a text a dateline may stand, in bytes.
const DATELINE_REACH: u32 = 160;

impl Narrator<'_> {
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
            && when.is_bare_weekday()
            && cues::present_looks_ahead(self.document, head)
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
                let borrowed = self.day_ahead(&when, found, rest.first(), cue);
                let resolved = self.anchors_at(span).resolve(borrowed.as_ref().unwrap_or(&when), cue);
                frame = resolved.frame;
                if let (Some(weekday), Some(Frame::Day(day))) = (when.weekday, frame) {
                    if when.is_bare_weekday() && when.cue.or(cue).is_none() {
                        self.undecided.push((self.mentions.len(), weekday));
                    } else {
                        self.decided.push((weekday, day));
                    }
                }
                mention.is_event_time = resolved.interval.is_some();
                take(&mut mention, resolved);
            }
            Expression::From(when) => {
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
            }
            Expression::Until(when) => {
                let resolved = self.anchors_at(span).resolve(when, cue);
                let end = resolved.interval.and_then(|i| i.end);
                take(&mut mention, resolved);
                mention.interval = end.map(|end| Interval { start: None, end: Some(end) });
            }
            Expression::Lasting(extent) => self.lasting(&mut mention, extent),
            Expression::Window(extent, direction) => self.window(&mut mention, extent, *direction),
            Expression::Duration(extent) => duration(&mut mention, extent),
            Expression::Set { when, extent } => set(&mut mention, when, extent.as_ref()),
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
        let dateline = self.is_dateline(&mention, found);
        if dateline {
            mention.is_event_time = false;
            self.anchors.dateline =
                self.anchors.dateline.or_else(|| mention.interval.and_then(|interval| interval.start));
        } else {
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
        let mut anchors = self.anchors.clone();
        if let Some((sentence, local)) = &self.local
            && self.sentence(span.start) == Some(*sentence)
        {
            anchors.day = local.day.or(anchors.day);
            anchors.month = local.month.or(anchors.month);
        }
        anchors
    }

    /// *au lendemain de l'explosion du 4 août*, *three days after the May 2 vote*: counted from the date that follows in
    /// the sentence; without one it stays open.
    fn after_event(&mut self, when: &When, found: &Match, rest: &[Match], cue: Option<Cue>) -> Resolved {
        let here = self.span(found.first, found.end);
        let sentence = self.sentence(here.start);
        let years = matches!(when.shift, Some((Granularity::Year, n)) if n > 0);
        let event = rest
            .iter()
            .take_while(|m| {
                self.sentence(self.atoms[m.first].span.start) == sentence
                    && !self.comma_between(found.pattern_end, m.first)
            })
            .take(2)
            .find_map(|m| match &m.expression {
                Expression::When(day)
                    if m.first <= found.pattern_end + if years { 8 } else { 18 }
                        && (day.day.is_some() || day.weekday.is_some()) =>
                {
                    Some(day)
                }
                _ => None,
            });
        let mut anchors = self.anchors_at(here);
        if let Some(day) = event {
            if let (true, Some((_, amount)), Some((today, _)), None) =
                (years, when.shift, self.anchors.publication(), day.year)
                && day.weekday.is_none()
            {
                self.year_due = Some(i64::from(today.year()) - amount);
                return self.unresolved(when);
            }
            let resolved = anchors.resolve(day, cue.or(Some(Cue::Past)));
            if let Some(start) = resolved.interval.and_then(|i| i.start) {
                anchors.day = Some((start, self.mentions.len()));
                anchors.recent = Some((start, Frame::Day(start), self.mentions.len()));
                anchors.coming = anchors.day;
                let counted = When { base: Some(Base::Narrative), ..when.clone() };
                let mut resolved = anchors.resolve(&counted, cue);
                resolved.anchor = Anchor::Narrative(self.mentions.len() + 1);
                return resolved;
            }
        }
        self.unresolved(when)
    }

    /// *Grève mardi* in a headline is the *mardi 10 décembre* of the text, or the one its verbs decide.
    fn settle_weekdays(&mut self) {
        let Some(today) = self.anchors.published else { return };
        for &(number, weekday) in &self.undecided {
            let mut days = self
                .decided
                .iter()
                .filter(|(w, day)| {
                    *w == weekday && (calendar::number(*day) - calendar::number(today)).abs() <= 7
                })
                .map(|(_, day)| *day);
            let Some(day) = days.next() else { continue };
            let mention = &mut self.mentions[number];
            let Some(Interval { start: Some(start), end: Some(end) }) = mention.interval else { continue };
            if days.all(|other| other == day) && start != day {
                let length = calendar::number(end) - calendar::number(start);
                mention.interval = Some(Interval::days(day, calendar::plus_days(day, length)));
                mention.value = mention.value.replacen(&start.to_string(), &day.to_string(), 1);
            }
        }
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

    /// *à 17h30, mardi*: a time of day takes the day that follows it in its sentence, if none went before there.
    fn day_ahead(&self, when: &When, found: &Match, next: Option<&Match>, cue: Option<Cue>) -> Option<When> {
        let dateless = (when.hour.is_some() || when.part.is_some())
            && when.shift.is_none()
            && when.day.is_none()
            && when.weekday.is_none()
            && when.month.is_none()
            && when.holiday.is_none();
        if !dateless {
            return None;
        }
        let sentence = self.sentence(self.atoms[found.first].span.start)?;
        let told_before = self
            .mentions
            .iter()
            .rev()
            .take_while(|m| self.sentence(m.span.start) == Some(sentence))
            .any(|m| m.is_event_time && m.granularity <= Granularity::Day);
        let next = next?;
        let near = next.first.saturating_sub(found.end) <= 6
            && self.sentence(self.atoms[next.first].span.start) == Some(sentence);
        let Expression::When(day) = &next.expression else { return None };
        let is_day = day.day.is_some()
            || day.weekday.is_some()
            || day.holiday.is_some()
            || matches!(day.shift, Some((Granularity::Day, _)));
        if told_before || !near || !is_day || day.hour.is_some() {
            return None;
        }
        let mut whole = when.clone();
        whole.merge(day);
        whole.cue = whole.cue.or(cue);
        Some(whole)
    }

    fn range(&self, mention: &mut TimeMention, found: &Match, from: &When, to: &When, cue: Option<Cue>) {
        let anchors = self.anchors_at(mention.span);
        let mut last = anchors.resolve(to, cue);
        let mut from = from.clone();
        from.share(to);
        let mut first = anchors.resolve(&from, cue);
        // "du 28 février au 3 mars", "de vendredi à dimanche": the start is the nearest before the end.
        let (start, mut end) = (first.interval.and_then(|i| i.start), last.interval.and_then(|i| i.end));
        let mut start = start;
        if let (Some(s), Some(e)) = (start, end)
            && s > e
        {
            if from.weekday.is_some() && from.day.is_none() {
                let back = (calendar::weekday(e) - calendar::weekday(s)).rem_euclid(7);
                start = Some(calendar::plus_days(e, -back));
            } else if from.year.is_none() && from.month.is_some() && from.month != to.month {
                start = Some(calendar::shift_months(s, -12));
            } else if from.day.is_some() && from.month == to.month {
                start = Some(calendar::shift_months(s, -1));
            }
            if let Some(day) = start {
                first.value = day.to_string();
                if let Some(part) = first.part {
                    first.value.push('T');
                    first.value.push_str(part.code());
                }
            }
        }
        if let (Some(s), Some(e)) = (start, end)
            && s > e
        {
            end = Some(s);
            last.value.clone_from(&first.value);
        }
        // A Friday that lies a week after its Monday belongs to the same week.
        if let (Some(s), Some(e)) = (start, end)
            && from.weekday.is_some()
            && from.day.is_none()
            && calendar::number(e) - calendar::number(s) > 7
        {
            start = Some(calendar::plus_days(s, 7));
        }
        mention.timex = last.timex;
        mention.granularity = last.granularity;
        mention.part = last.part.or(first.part);
        mention.anchor = last.anchor;
        // "la nuit du 11 au 12": one night, named by the day on which it begins.
        let one_night = from.part == Some(DayPart::Night) && to.part == Some(DayPart::Night);
        mention.value =
            if one_night { first.value.clone() } else { format!("{}/{}", first.value, last.value) };
        mention.interval = start.zip(end).map(|(start, end)| Interval::days(start, end));
        mention.is_event_time = mention.interval.is_some();
        if let (Some([a, b]), false) = (found.ends, one_night) {
            mention.endpoints = [(a, first), (b, last)]
                .into_iter()
                .filter(|((from, to), _)| to > from)
                .map(|((from, to), resolved)| Endpoint {
                    span: self.span(from, to),
                    value: resolved.value,
                    timex: resolved.timex,
                })
                .collect();
        }
    }

    /// *depuis quatre jours*: the day of the report is the last of them.
    fn lasting(&self, mention: &mut TimeMention, extent: &Extent) {
        duration(mention, extent);
        let Some((today, anchor)) = self.anchors.publication() else { return };
        let Some(amount) = extent.amount else { return };
        let start = match extent.unit {
            Granularity::Day => calendar::plus_days(today, -(amount / 100 - 1).max(0)),
            _ => back(today, extent.unit, amount),
        };
        mention.anchor = anchor;
        mention.interval = Some(Interval::days(start, today));
        mention.is_event_time = extent.unit >= Granularity::Day && extent.unit < Granularity::Year;
    }

    fn window(&self, mention: &mut TimeMention, extent: &Extent, direction: i64) {
        duration(mention, extent);
        let Some((today, anchor)) = self.anchors.publication() else { return };
        mention.anchor = anchor;
        let Some(amount) = extent.amount else { return };
        mention.interval = Some(if direction > 0 {
            Interval::days(today, back(today, extent.unit, -amount))
        } else {
            Interval::days(back(today, extent.unit, amount), today)
        });
        mention.is_event_time = true;
    }

    /// A date that heads the text before an agency's name or a dash, or stands on a line of its own.
    fn is_dateline(&self, mention: &TimeMention, found: &Match) -> bool {
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
    fn remember(&mut self, mention: &TimeMention, expression: &Expression, frame: Option<Frame>) {
        let number = self.mentions.len();
        let told = match (expression, frame) {
            (Expression::When(_), Some(frame)) => Some(frame),
            (Expression::Range(..), _) => mention.interval.and_then(|i| i.end).map(Frame::Day),
            _ => None,
        };
        let Some(frame) = told.filter(|_| mention.is_event_time) else { return };
        let background = self.is_background(mention.head);
        let today = self.anchors.published;
        let sentence = self.sentence(mention.span.start);
        let mut local = match self.local.take() {
            Some((told_in, local)) if Some(told_in) == sentence => local,
            _ => Anchors::default(),
        };
        for anchors in [Some(&mut local), (!background).then_some(&mut self.anchors)].into_iter().flatten() {
            match frame {
                Frame::Day(day) | Frame::CountedWeek(day) => {
                    anchors.day = Some((day, number));
                    anchors.month = Some((i64::from(day.year()), i64::from(day.month()), number));
                }
                Frame::Month(year, month) => anchors.month = Some((year, month, number)),
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

    /// *les attentats du 13 novembre*, *un mouvement lancé le 5 mai*: the date belongs to a noun or to a clause beside
    /// it, the narrative stays where it is.
    fn is_background(&self, head: TokenId) -> bool {
        let Some(governor) = self.document.head(head) else { return false };
        let nominal = matches!(self.document.upos(governor), Upos::Noun | Upos::Propn)
            && matches!(self.document.universal_relation(head), "nmod" | "compound");
        nominal || self.document.universal_relation(governor) == "acl"
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

/// A time counted from an event without a date: a duration, if an amount was named.
fn not_dated(mention: &mut TimeMention, when: &When) {
    let (unit, amount) = when.shift.unwrap_or((Granularity::Day, 1));
    let extent = Extent { amount: (!when.vague_shift).then_some(amount.abs() * 100), unit, modifier: None };
    duration(mention, &extent);
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

fn duration(mention: &mut TimeMention, extent: &Extent) {
    mention.timex = TimexKind::Duration;
    mention.value = value::duration(extent);
    mention.modifier = extent.modifier;
    mention.granularity = extent.unit;
    mention.count = Some(Amount { count: extent.amount.map(|a| a as f64 / 100.0), unit: extent.unit });
}

fn set(mention: &mut TimeMention, when: &When, extent: Option<&Extent>) {
    mention.timex = TimexKind::Set;
    mention.value = match extent {
        Some(extent) => value::duration(extent),
        None => value::of(None, when),
    };
    mention.granularity = extent.map_or_else(|| value::open_granularity(when), |e| e.unit);
    mention.part = when.part;
}

/// The day so many hundredths of a unit earlier.
fn back(from: Date, unit: Granularity, amount: i64) -> Date {
    let days = |n: i64| calendar::plus_days(from, -(amount.saturating_mul(n) / 100));
    match unit {
        Granularity::Second | Granularity::Minute => from,
        Granularity::Hour => calendar::plus_days(from, -(amount / 2400)),
        Granularity::DayPart | Granularity::Day => days(1),
        Granularity::Weekend | Granularity::Week => days(7),
        Granularity::Month => calendar::shift_months(from, -(amount / 100)),
        Granularity::Quarter | Granularity::Season => calendar::shift_months(from, -(amount * 3 / 100)),
        Granularity::HalfYear => calendar::shift_months(from, -(amount * 6 / 100)),
        Granularity::Year | Granularity::Vague => calendar::shift_months(from, -(amount * 12 / 100)),
        Granularity::Decade => calendar::shift_months(from, -(amount * 120 / 100)),
        Granularity::Century => calendar::shift_months(from, -(amount * 1200 / 100)),
    }
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
