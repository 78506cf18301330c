//! Told twice is one record: drafts of one kind, place, date and status are joined, and a mention that says less than an
//! earlier or later one joins it.

use doleance_packs::{Codebook, KindId};
use doleance_records::{PlaceLevel, Status};
use doleance_text::SentenceId;

use crate::code::draft::Draft;
use crate::code::settle::{Chosen, PlaceOption, Source, TimeOption};

/// A record in the making: one kind × place × date.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Numbers of the drafts that tell it; the one that carries most comes first.
    pub drafts: Vec<usize>,
    /// Kind.
    pub kind: KindId,
    /// Status.
    pub status: Status,
    /// Place.
    pub place: Option<Chosen>,
    /// Time.
    pub time: Option<Chosen>,
    /// Belief that it is an event.
    pub belief: f32,
    /// Figures that tell it apart from another of its kind, place and date.
    pub figure: Option<u64>,
    /// Lemma of the thing acted on, where that tells records apart.
    pub target: Option<String>,
    /// The number that counts this place alone, as part of a whole.
    pub part: Option<usize>,
    /// One of several places or dates that one trigger lists.
    pub is_listed: bool,
    /// The noun is introduced as new (*another strike*).
    pub is_new: bool,
    /// The noun refers back (*the strike*).
    pub is_back_reference: bool,
}

/// What joining looks up.
pub struct Identity<'a> {
    /// The codebook.
    pub codebook: &'a Codebook,
    /// The drafts.
    pub drafts: &'a [Draft],
    /// Places of the document.
    pub places: &'a [PlaceOption],
    /// Times of the document.
    pub times: &'a [TimeOption],
    /// Number of the first word after headline and dateline.
    pub headline_end: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Conflict,
    /// One of the two says nothing of its own.
    Silent,
    Same,
}

impl Identity<'_> {
    /// Joins outlines that tell the same event, in text order.
    pub fn join(&self, outlines: Vec<Outline>) -> Vec<Outline> {
        let mut kept: Vec<Outline> = Vec::new();
        for outline in outlines {
            let best = kept
                .iter()
                .enumerate()
                .filter_map(|(number, earlier)| self.closeness(earlier, &outline).map(|c| (c, number)))
                .max();
            match best {
                Some((_, number)) => self.absorb(&mut kept[number], outline),
                None => kept.push(outline),
            }
        }
        kept
    }

    /// How well two outlines agree; `None` where they tell two events.
    fn closeness(&self, a: &Outline, b: &Outline) -> Option<(u32, u32)> {
        if self.family(a.kind) != self.family(b.kind) || !self.statuses_agree(a, b) {
            return None;
        }
        // The places of one list are told by one trigger: they are never joined with each other.
        if a.drafts.iter().any(|d| b.drafts.contains(d)) {
            return None;
        }
        if b.is_new && self.drafts[a.drafts[0]].sentence != SentenceId(0) {
            return None;
        }
        if let (Some(x), Some(y)) = (a.figure, b.figure)
            && x != y
        {
            return None;
        }
        if let (Some(x), Some(y)) = (&a.target, &b.target)
            && x != y
        {
            return None;
        }
        let own = |c: Option<Chosen>| c.is_some_and(|c| c.source == Source::Sentence);
        let opening = self.drafts[a.drafts[0]].sentence.0 < 2;
        // What names its own place after a mention without one is told anew, unless the report's opening announced it.
        if own(b.place) && !own(a.place) && !opening && !b.is_back_reference {
            return None;
        }
        let mut place = self.place_fit(a.place, b.place);
        let time = self.time_fit(a.time, b.time);
        // "two journalists arrested in Caracas": the same two are told again with the country alone.
        let same_figure = a.figure.is_some() && a.figure == b.figure && time == Fit::Same;
        if same_figure && self.contained(a.place, b.place) {
            place = Fit::Silent;
        }
        if (a.is_listed || b.is_listed) && place != Fit::Same {
            return None;
        }
        if place == Fit::Conflict || time == Fit::Conflict {
            return None;
        }
        let strength = (place as u32) + (time as u32) + u32::from(b.is_back_reference);
        Some((strength, b.drafts[0] as u32 - b.drafts[0].abs_diff(a.drafts[0]).min(b.drafts[0]) as u32))
    }

    /// Rally and march are one family: what moves in one mention may stand in the next.
    fn family(&self, kind: KindId) -> &str {
        let page = self.codebook.page(kind);
        page.same_as.as_deref().unwrap_or(&page.id)
    }

    fn statuses_agree(&self, a: &Outline, b: &Outline) -> bool {
        let announced = |s| matches!(s, Status::Planned | Status::CalledFor | Status::Threatened);
        a.status == b.status
            || (announced(a.status) && announced(b.status) && self.time_fit(a.time, b.time) == Fit::Same)
    }

    /// Only what two mentions say themselves can tell them apart; what is understood agrees with anything.
    fn place_fit(&self, a: Option<Chosen>, b: Option<Chosen>) -> Fit {
        let (Some(a), Some(b)) = (a, b) else { return Fit::Silent };
        let (x, y) = (&self.places[a.option], &self.places[b.option]);
        if x.id == y.id {
            return Fit::Same;
        }
        let said = a.source == Source::Sentence && b.source == Source::Sentence;
        if is_site_in(x, y) || is_site_in(y, x) {
            return Fit::Silent;
        }
        let wide = |p: &PlaceOption| p.level == PlaceLevel::Country;
        // A headline names the country where the report names the town.
        let contained = x.country == y.country && (wide(x) || wide(y));
        let headline = contained && (x.sentence.0 == 0 || y.sentence.0 == 0);
        if said && !headline { Fit::Conflict } else { Fit::Silent }
    }

    /// Whether one of two places is the country of the other.
    fn contained(&self, a: Option<Chosen>, b: Option<Chosen>) -> bool {
        let (Some(a), Some(b)) = (a, b) else { return false };
        let (x, y) = (&self.places[a.option], &self.places[b.option]);
        x.country == y.country && (x.level == PlaceLevel::Country || y.level == PlaceLevel::Country)
    }

    fn time_fit(&self, a: Option<Chosen>, b: Option<Chosen>) -> Fit {
        let (Some(a), Some(b)) = (a, b) else { return Fit::Silent };
        let (x, y) = (&self.times[a.option], &self.times[b.option]);
        if (x.start, x.end) == (y.start, y.end) {
            return Fit::Same;
        }
        let inside =
            |p: &TimeOption, q: &TimeOption| p.start >= q.start && p.end <= q.end && p.start.is_some();
        let said = a.source == Source::Sentence && b.source == Source::Sentence;
        if said && !(inside(x, y) || inside(y, x)) { Fit::Conflict } else { Fit::Silent }
    }

    /// The surer place and time stay; the mention that brought most of them leads.
    fn absorb(&self, into: &mut Outline, other: Outline) {
        let surer = |a: Option<Chosen>, b: Option<Chosen>| match (a, b) {
            (Some(x), Some(y)) if y.source < x.source => Some(y),
            (None, y) => y,
            (x, _) => x,
        };
        let said = |o: &Outline| {
            let own = |c: Option<Chosen>| u8::from(c.is_some_and(|c| c.source == Source::Sentence));
            own(o.place) + own(o.time) + u8::from(o.figure.is_some())
        };
        // A headline never leads where the report tells the same in full.
        let is_headline = |o: &Outline| self.drafts[o.drafts[0]].head.0 < self.headline_end;
        let other_leads = said(&other) > said(into) || (is_headline(into) && !is_headline(&other));
        into.place = surer(into.place, other.place);
        into.time = surer(into.time, other.time);
        into.figure = into.figure.or(other.figure);
        into.target = into.target.take().or(other.target);
        into.belief = into.belief.max(other.belief);
        if other_leads {
            let mut drafts = other.drafts;
            drafts.append(&mut into.drafts);
            into.drafts = drafts;
        } else {
            into.drafts.extend(other.drafts);
        }
    }
}

/// Whether a place is a square or building of a town, which carries the town's coordinates.
fn is_site_in(site: &PlaceOption, town: &PlaceOption) -> bool {
    let point = |p: &PlaceOption| Some((p.resolved.lat?, p.resolved.lon?));
    site.level == PlaceLevel::Site
        && town.level == PlaceLevel::City
        && matches!((point(site), point(town)), (Some(a), Some(b)) if doleance_places::gazetteer::kilometres(a, b) < SITE_KM)
}

/// How far from a town's point one of its sites may lie.
const SITE_KM: f64 = 10.0;
