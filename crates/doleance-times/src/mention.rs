//! What the two searches give: time mentions with TIMEX3 values, number mentions with figures.

use doleance_text::{Date, Diagnostic, Span, TokenId};

/// What a number counts or names, so that callers can skip what is no count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberKind {
    /// Persons or things counted (*2 000 manifestants*, *a dozen arrests*).
    Count,
    /// *75 %*, *ten percent*.
    Percentage,
    /// *30.000 euros*, *$5*.
    Money,
    /// *12 km*, *3,5 tonnes*, *40 degrees*.
    Measure,
    /// *three days*, *68 ans*.
    Duration,
    /// Part of a date or a year by itself.
    CalendarTime,
    /// *17h30*, *11:30*.
    ClockTime,
    /// *la 14e*, *5th*.
    Ordinal,
    /// The age of a person given bare: *Anna Weil, 68, says*.
    Age,
    /// A number that names: *article 49.3*, *n° 5*, *A13*, *page 2*.
    Label,
    /// A number with a fraction that no multiplier makes whole.
    Decimal,
}

/// How a figure bounds what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// The figure itself.
    Exact,
    /// *environ*, *some*, *une centaine*.
    About,
    /// *plus de*, *at least*.
    AtLeast,
    /// *moins de*, *up to*.
    AtMost,
}

/// A number as the text gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberMention {
    /// The numeral with its approximator (*environ 30.000*, *entre 300 et 500*), in bytes.
    pub span: Span,
    /// The word inside the span on which the others depend.
    pub head: TokenId,
    /// The figure, or the lower one of a range. 0 where `vague`: see [`NumberMention::figure`].
    pub low: u64,
    /// The upper figure of a range.
    pub high: Option<u64>,
    /// Not meant as exact: any bound but [`Bound::Exact`], or a range.
    pub approximate: bool,
    /// Without a figure: *plusieurs milliers*, *dozens*.
    pub vague: bool,
    /// How the figure bounds the count.
    pub bound: Bound,
    /// What is counted or named.
    pub kind: NumberKind,
}

impl NumberMention {
    /// The figures, `None` where the words give none.
    pub fn figure(&self) -> Option<(u64, Option<u64>)> {
        (!self.vague).then_some((self.low, self.high))
    }
}

/// The four types of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimexKind {
    /// A calendar time of a day or longer.
    Date,
    /// A time of day.
    Time,
    /// An extent of time.
    Duration,
    /// A recurring time.
    Set,
}

impl TimexKind {
    /// The name as written in TimeML.
    pub const fn name(self) -> &'static str {
        match self {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        }
    }
}

/// The TIMEX3 attribute `mod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Modifier {
    Before,
    After,
    OnOrBefore,
    OnOrAfter,
    LessThan,
    MoreThan,
    EqualOrLess,
    EqualOrMore,
    Start,
    Mid,
    End,
    Approx,
}

const MODIFIER_NAMES: [(Modifier, &str); 12] = [
    (Modifier::Before, "BEFORE"),
    (Modifier::After, "AFTER"),
    (Modifier::OnOrBefore, "ON_OR_BEFORE"),
    (Modifier::OnOrAfter, "ON_OR_AFTER"),
    (Modifier::LessThan, "LESS_THAN"),
    (Modifier::MoreThan, "MORE_THAN"),
    (Modifier::EqualOrLess, "EQUAL_OR_LESS"),
    (Modifier::EqualOrMore, "EQUAL_OR_MORE"),
    (Modifier::Start, "START"),
    (Modifier::Mid, "MID"),
    (Modifier::End, "END"),
    (Modifier::Approx, "APPROX"),
];

impl Modifier {
    /// The name as written in TimeML.
    pub fn name(self) -> &'static str {
        MODIFIER_NAMES.iter().find(|(modifier, _)| *modifier == self).map_or("APPROX", |(_, name)| name)
    }

    /// Reads a TimeML name.
    pub fn parse(name: &str) -> Option<Self> {
        MODIFIER_NAMES.iter().find(|(_, known)| *known == name).map(|(modifier, _)| *modifier)
    }
}

/// A stretch of days, both ends included; an end left open is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
}

impl Interval {
    /// From `start` to `end`, both included.
    pub const fn days(start: Date, end: Date) -> Self {
        Interval { start: Some(start), end: Some(end) }
    }
}

/// The size of the calendar unit that an expression names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Granularity {
    Second,
    Minute,
    Hour,
    DayPart,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Season,
    HalfYear,
    Year,
    Decade,
    Century,
    /// No unit: *récemment*, *now*.
    Vague,
}

/// A part of the day, with the TIMEX3 codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum DayPart {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Daytime,
}

impl DayPart {
    /// The TIMEX3 code: `MO`, `MI`, `AF`, `EV`, `NI`, `DT`.
    pub const fn code(self) -> &'static str {
        match self {
            DayPart::Morning => "MO",
            DayPart::Midday => "MI",
            DayPart::Afternoon => "AF",
            DayPart::Evening => "EV",
            DayPart::Night => "NI",
            DayPart::Daytime => "DT",
        }
    }

    /// Reads a TIMEX3 code.
    pub fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "MO" => DayPart::Morning,
            "MI" => DayPart::Midday,
            "AF" => DayPart::Afternoon,
            "EV" => DayPart::Evening,
            "NI" => DayPart::Night,
            "DT" => DayPart::Daytime,
            _ => return None,
        })
    }
}

/// What a time was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// Nothing: the words give the whole date.
    Absolute,
    /// The day of publication.
    Publication,
    /// The date that heads the report's text.
    Dateline,
    /// An earlier mention, by its number in [`TimeAnnotation::mentions`].
    Narrative(usize),
    /// It stayed open: there was nothing to count from.
    None,
}

/// The TIMEX3 attribute `quant` of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Quantifier {
    Every,
    Each,
}

impl Quantifier {
    /// The name as written in TimeML.
    pub const fn name(self) -> &'static str {
        match self {
            Quantifier::Every => "EVERY",
            Quantifier::Each => "EACH",
        }
    }
}

/// Amount and unit of a duration (*three days*).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// How many; `None` where the words give no figure (*several weeks*).
    pub count: Option<f64>,
    /// Of what.
    pub unit: Granularity,
}

/// A part of an expression that TimeML marks as a TIMEX3 of its own: one end of a range, a date beside its clock time.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// Its words, in bytes.
    pub span: Span,
    /// Its TIMEX3 value.
    pub value: String,
    /// Its type.
    pub timex: TimexKind,
}

/// A time expression with its TIMEX3 reading and the days it covers.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    /// Its words, in bytes.
    pub span: Span,
    /// The word inside the span by which it hangs in the tree.
    pub head: TokenId,
    /// TIMEX3 type.
    pub timex: TimexKind,
    /// TIMEX3 value; for a range `first/last` as in ISO 8601.
    pub value: String,
    /// TIMEX3 `mod`.
    pub modifier: Option<Modifier>,
    /// The days covered; `None` where they are not known.
    pub interval: Option<Interval>,
    /// The unit named.
    pub granularity: Granularity,
    /// The part of the day named.
    pub part: Option<DayPart>,
    /// What it was counted from.
    pub anchor: Anchor,
    /// The rule that read it.
    pub rule: String,
    /// Whether it can date an event: no duration, set, age or vague reference.
    pub is_event_time: bool,
    /// Amount and unit of a duration or of a window (*les trois derniers jours*).
    pub count: Option<Amount>,
    /// Days from the event that the words go on to tell, where that has no date of its own: 2 in *two days after the
    /// riot*, -1 in *on the eve of the march*.
    pub from_event: Option<i32>,
    /// A weekday alone, which of two weeks only the verb tells: *on Friday*.
    pub is_bare_weekday: bool,
    /// Begins on its first day and opens its sentence (*From Monday, workers blocked …*): the story goes on from that day,
    /// as after *since Monday* it does not.
    pub begins: bool,
    /// TIMEX3 `quant` of a set (*every Monday*).
    pub quantifier: Option<Quantifier>,
    /// How often in each period of a set (*twice a week*): TIMEX3 `freq`.
    pub frequency: Option<u32>,
    /// The parts that TimeML marks one by one: the two ends of a range, or a date and a clock time that stand apart (*at 8
    /// p.m. on Monday*). Empty otherwise.
    pub endpoints: Vec<Endpoint>,
}

impl TimeMention {
    /// The day of the event that the words count from, where they lead to the day `told`.
    pub fn day_of_event(&self, told: Date) -> Option<Date> {
        self.from_event.map(|days| crate::calendar::plus_days(told, -i64::from(days)))
    }
}

impl TimeMention {
    /// The day that a weekday alone names in the other of the two weeks, where it was read as the last one.
    pub fn coming(&self) -> Option<Date> {
        let day = self.interval.filter(|_| self.is_bare_weekday)?.start?;
        Some(crate::calendar::plus_days(day, 7))
    }
}

/// All times of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeAnnotation {
    /// In text order; none overlaps another.
    pub mentions: Vec<TimeMention>,
    /// Day of publication that was given.
    pub published: Option<Date>,
    /// What stayed open.
    pub diagnostics: Vec<Diagnostic>,
}

impl TimeAnnotation {
    /// Leaves out mentions that are none after all, such as *Mai* in *Chiang Mai*. What was counted from one of them has
    /// no anchor any more.
    pub fn leave_out(&mut self, is_none: impl Fn(&TimeMention) -> bool) {
        if !self.mentions.iter().any(&is_none) {
            return;
        }
        let mut left = 0;
        let numbers: Vec<Option<usize>> = self
            .mentions
            .iter()
            .map(|mention| {
                let kept = !is_none(mention);
                left += usize::from(kept);
                kept.then(|| left - 1)
            })
            .collect();
        self.mentions.retain(|mention| !is_none(mention));
        for mention in &mut self.mentions {
            if let Anchor::Narrative(told) = mention.anchor {
                mention.anchor = numbers.get(told).copied().flatten().map_or(Anchor::None, Anchor::Narrative);
            }
        }
    }
}
