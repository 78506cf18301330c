//! Told twice is one record: drafts of one kind, place, date and status are joined, and a mention that says less than an
//! earlier or later one joins it.

use doleance_packs::{Codebook, KindId};
use doleance_records::{PlaceLevel, Status};

use crate::choices::{Choices, Features};
use crate::code::draft::Draft;
use crate::code::settle::{Chosen, PlaceOption, Source, TimeOption, Watch};
use crate::code::telling::Tellings;

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
    /// It does so plainly (*this strike*).
    pub is_demonstrative: bool,
    /// It is said to be of the whole country (*the nationwide strike*).
    pub is_national: bool,
    /// It is done to one person (*the governor was arrested*).
    pub is_of_one: bool,
    /// It is said to go on all over its place (*across Lebanon*, *in dozens of towns*).
    pub is_spread: bool,
}

/// What joining looks up.
pub struct Identity<'a> {
    /// The codebook.
    pub codebook: &'a Codebook,
    /// The trained models.
    pub choices: &'a Choices,
    /// The drafts.
    pub drafts: &'a [Draft],
    /// Places of the document.
    pub places: &'a [PlaceOption],
    /// Times of the document.
    pub times: &'a [TimeOption],
    /// What each draft says of who acts, on what, how many.
    pub tellings: Tellings<'a>,
    /// Number of the first word after headline and dateline.
    pub headline_end: u32,
}

/// How what one mention says of its place or time stands to what another says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Same,
    /// One holds the other: the country of a town, the month of a day, the square of a town.
    Inside,
    Other,
    /// At least one of the two has none at all.
    Open,
}

impl Fit {
    fn name(self) -> &'static str {
        match self {
            Fit::Same => "same",
            Fit::Inside => "inside",
            Fit::Other => "other",
            Fit::Open => "open",
        }
    }
}

/// Days in a month, at most.
const MONTH: i32 = 31;

/// How many sentences below a headline tell it in full.
const LEAD: u32 = 5;

/// How many of the last records of a kind a mention is compared with: reports do not reach back further.
const REACH: usize = 48;

impl Identity<'_> {
    /// Joins outlines that tell the same event, in text order.
    pub fn join(&self, outlines: Vec<Outline>, watch: &mut dyn Watch) -> Vec<Outline> {
        let mut kept: Vec<Outline> = Vec::new();
        let mut features = Features::default();
        for outline in outlines {
            let mut best: Option<(f32, usize)> = None;
            let alike = |a: &Outline| self.family(a.kind) == self.family(outline.kind);
            for (number, earlier) in kept.iter().enumerate().rev().filter(|(_, a)| alike(a)).take(REACH) {
                if !self.may_join(earlier, &outline) {
                    continue;
                }
                self.features(earlier, &outline, &mut features);
                watch.pair(&earlier.drafts, outline.drafts[0], &features);
                let score = self.choices.same.score(&features);
                if score > 0.0 && best.is_none_or(|(b, _)| score > b) {
                    best = Some((score, number));
                }
            }
            match best {
                Some((_, number)) => self.absorb(&mut kept[number], outline),
                None => kept.push(outline),
            }
        }
        kept
    }

    /// What no weight may overrule: the places of one list are told by one trigger, and are never joined with each other;
    /// nor is what has spread with what it spread from, or what counts other people; nor what goes on in the whole country
    /// with what goes on in a town of it; nor what is said to have been in another month.
    fn may_join(&self, a: &Outline, b: &Outline) -> bool {
        let shares = a.drafts.iter().any(|d| b.drafts.contains(d));
        let later = &self.drafts[b.drafts[0]];
        let same_sentence = |&d: &usize| self.drafts[d].sentence == later.sentence;
        let same_place = self.place_fit(a.place, b.place) == Fit::Same;
        let summed_up = self.is_of_headline(&self.drafts[a.drafts[0]])
            && !a.drafts.iter().any(same_sentence)
            && !b.is_listed
            && self.place_fit(a.place, b.place) == Fit::Inside;
        let listed = (a.is_listed || b.is_listed) && !same_place && !summed_up;
        let origin = later.has_spread && !same_place && a.drafts.iter().any(same_sentence);
        let counted_apart = a.figure.zip(b.figure).is_some_and(|(x, y)| x != y);
        let is_in_town = |o: &Outline| {
            let place = o.place.filter(|c| c.source == Source::Sentence).map(|c| &self.places[c.option]);
            !o.is_national
                && !o.is_spread
                && place.is_some_and(|p| p.location && p.level > PlaceLevel::Country)
        };
        // "the governor was arrested … 55 people have been arrested".
        let several = |o: &Outline| o.figure.is_some_and(|figure| figure > 1);
        let of_others = a.is_of_one && several(b) || b.is_of_one && several(a);
        // A national march is held in one town, a national strike in none.
        let part_of_country = !self.codebook.page(b.kind).scene
            && (a.is_national && is_in_town(b) || b.is_national && is_in_town(a));
        let part_of_spread = a.is_spread && is_in_town(b) || b.is_spread && is_in_town(a);
        let says_when = b.time.is_some_and(|c| c.source == Source::Sentence);
        let long_apart = says_when && self.is_long_apart(a.time, b.time);
        !shares
            && !listed
            && !origin
            && !counted_apart
            && !of_others
            && !part_of_country
            && !part_of_spread
            && !long_apart
    }

    /// What speaks for and against two mentions telling one event.
    fn features(&self, a: &Outline, b: &Outline, features: &mut Features) {
        features.clear();
        features.add(format_args!("bias"));
        let (place, time) = (self.place_fit(a.place, b.place), self.time_fit(a.time, b.time));
        let own = |c: Option<Chosen>| c.is_some_and(|c| c.source == Source::Sentence);
        let said = |a: bool, b: bool| match (a, b) {
            (true, true) => "both",
            (true, false) => "earlier",
            (false, true) => "later",
            (false, false) => "none",
        };
        let (place_said, time_said) = (said(own(a.place), own(b.place)), said(own(a.time), own(b.time)));
        let scene = self.codebook.page(b.kind).scene;
        features.add(format_args!("place={}&said={place_said}", place.name()));
        features.add(format_args!("place={}&said={place_said}&scene={scene}", place.name()));
        features.add(format_args!("time={}&said={time_said}", time.name()));
        features.add(format_args!("place={}&time={}", place.name(), time.name()));
        let announced = |s| matches!(s, Status::Planned | Status::CalledFor | Status::Threatened);
        let status = match (a.status == b.status, announced(a.status) && announced(b.status)) {
            (true, _) => "same",
            (false, true) => "both-announced",
            (false, false) => "other",
        };
        features.add(format_args!("status={status}"));
        features.add(format_args!("status={status}&time={}", time.name()));
        let compared = |same: Option<bool>| match same {
            Some(true) => "same",
            Some(false) => "other",
            None => "open",
        };
        let figure = match (a.figure, b.figure) {
            (Some(x), Some(y)) => compared(Some(x == y)),
            (None, Some(_)) => "later",
            (Some(_), None) => "earlier",
            (None, None) => "open",
        };
        features.add(format_args!("figure={figure}"));
        let targets = a.target.as_ref().zip(b.target.as_ref());
        features.add(format_args!("target={}", compared(targets.map(|(x, y)| x == y))));
        let back = if b.is_demonstrative && !b.is_new {
            "demonstrative"
        } else if b.is_back_reference {
            "back"
        } else if b.is_new {
            "new"
        } else {
            "plain"
        };
        let opening = self.drafts[a.drafts[0]].sentence.0 < 2;
        features.add(format_args!("reference={back}"));
        features.add(format_args!("reference={back}&place={place_said}&opening={opening}"));
        let first = &self.drafts[a.drafts[0]];
        let later = &self.drafts[b.drafts[0]];
        features.add(format_args!("trigger-same={}", first.trigger == later.trigger));
        features.add(format_args!("kind-same={}", a.kind == b.kind));
        let nearest = a.drafts.iter().map(|&d| self.drafts[d].sentence.0.abs_diff(later.sentence.0)).min();
        let distance = match nearest.unwrap_or(0) {
            0 => "0",
            1 => "1",
            2 | 3 => "2",
            _ => "4",
        };
        features.add(format_args!("distance={distance}"));
        features.add(format_args!("place={}&said={place_said}&distance={distance}", place.name()));
        features.add(format_args!("opening={opening}&distance={distance}"));
        // Arrests are told one by one, a strike again and again.
        let parent = &self.codebook.page(b.kind).parent;
        features.add(format_args!("parent={parent}&time={}&said={time_said}", time.name()));
        // "fired tear gas to disperse the crowd": what is done to an end of its own kind is one action.
        if later.status.purpose && a.drafts.iter().any(|&d| self.drafts[d].sentence == later.sentence) {
            features.add(format_args!("purpose"));
        }
        if self.is_of_headline(first) {
            features.add(format_args!("headline"));
        }
        // What a headline says of a country or town, the report soon tells of the town or square.
        let soon = later.sentence.0 <= first.sentence.0 + LEAD;
        if self.is_of_headline(first) && !self.is_of_headline(later) && soon {
            features.add(format_args!("headline&place={}", place.name()));
        }
        self.tellings.compare(&a.drafts, b.drafts[0], features);
    }

    fn is_of_headline(&self, draft: &Draft) -> bool {
        draft.head.0 < self.headline_end
    }

    /// Rally and march are one family: what moves in one mention may stand in the next.
    fn family(&self, kind: KindId) -> &str {
        let page = self.codebook.page(kind);
        page.same_as.as_deref().unwrap_or(&page.id)
    }

    fn place_fit(&self, a: Option<Chosen>, b: Option<Chosen>) -> Fit {
        let (Some(a), Some(b)) = (a, b) else { return Fit::Open };
        let (x, y) = (&self.places[a.option], &self.places[b.option]);
        if x.id == y.id {
            return Fit::Same;
        }
        let wide = |p: &PlaceOption| p.level == PlaceLevel::Country;
        let inside = x.country == y.country && (wide(x) || wide(y)) || is_site_in(x, y) || is_site_in(y, x);
        if inside { Fit::Inside } else { Fit::Other }
    }

    fn time_fit(&self, a: Option<Chosen>, b: Option<Chosen>) -> Fit {
        let (Some(a), Some(b)) = (a, b) else { return Fit::Open };
        let (x, y) = (&self.times[a.option], &self.times[b.option]);
        if (x.start, x.end) == (y.start, y.end) {
            return Fit::Same;
        }
        let inside =
            |p: &TimeOption, q: &TimeOption| p.start >= q.start && p.end <= q.end && p.start.is_some();
        if inside(x, y) || inside(y, x) { Fit::Inside } else { Fit::Other }
    }

    /// Whether the times of two mentions lie more than a month apart.
    fn is_long_apart(&self, a: Option<Chosen>, b: Option<Chosen>) -> bool {
        let (Some(a), Some(b)) = (a, b) else { return false };
        let (x, y) = (&self.times[a.option], &self.times[b.option]);
        let (first, second) = if x.start <= y.start { (x, y) } else { (y, x) };
        let days = first.end.or(first.start).zip(second.start).and_then(|(end, start)| end.until(start).ok());
        days.is_some_and(|days| days.get_days() > MONTH)
    }

    /// Whether a mention says of its own a town, and the other only names the country around it.
    fn is_narrower_place(&self, a: Chosen, b: Chosen) -> bool {
        let (x, y) = (&self.places[a.option], &self.places[b.option]);
        let narrow = a.source == Source::Sentence && x.location && x.level > PlaceLevel::Country;
        narrow && y.level == PlaceLevel::Country && x.country == y.country
    }

    /// Whether a mention says of its own a shorter time within that of the other.
    fn is_narrower_time(&self, a: Chosen, b: Chosen) -> bool {
        let (x, y) = (&self.times[a.option], &self.times[b.option]);
        a.source == Source::Sentence
            && (x.start, x.end) != (y.start, y.end)
            && x.start.is_some()
            && x.start >= y.start
            && x.end <= y.end
    }

    /// The narrower place and time stay, else the surer; the mention that brought most of them leads.
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
        let is_headline = |o: &Outline| self.is_of_headline(&self.drafts[o.drafts[0]]);
        let other_leads = said(&other) > said(into) || (is_headline(into) && !is_headline(&other));
        // "used water cannon to disperse the crowd": the purpose is told as a fact by the means.
        if into.status == Status::Hypothetical {
            into.status = other.status;
        }
        let narrower = |a, b, is_narrower: &dyn Fn(Chosen, Chosen) -> bool| match (a, b) {
            (Some(x), Some(y)) if is_narrower(y, x) => Some(y),
            (Some(x), Some(y)) if is_narrower(x, y) => Some(x),
            (x, y) => surer(x, y),
        };
        into.place = narrower(into.place, other.place, &|a, b| self.is_narrower_place(a, b));
        into.time = narrower(into.time, other.time, &|a, b| self.is_narrower_time(a, b));
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
pub(crate) fn is_site_in(site: &PlaceOption, town: &PlaceOption) -> bool {
    let point = |p: &PlaceOption| Some((p.resolved.lat?, p.resolved.lon?));
    site.level == PlaceLevel::Site
        && town.level == PlaceLevel::City
        && matches!((point(site), point(town)), (Some(a), Some(b)) if doleance_places::gazetteer::kilometres(a, b) < SITE_KM)
}

/// How far from a town's point one of its sites may lie.
const SITE_KM: f64 = 10.0;
