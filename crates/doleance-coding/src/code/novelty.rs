//! What a mention says that earlier mentions of the same kind of action did not: a place or a day of its own speaks for a
//! new event, the same ones or none for one that was told before.

use doleance_packs::Codebook;
use doleance_records::PlaceLevel;

use crate::choices::Features;
use crate::code::draft::Draft;
use crate::code::settle::{Chosen, PlaceOption, Setting, Source, TimeOption};

/// What novelty is read from.
pub struct Novelty<'a> {
    /// The codebook.
    pub codebook: &'a Codebook,
    /// The drafts, in text order.
    pub drafts: &'a [Draft],
    /// Place and time of each.
    pub settings: &'a [Setting],
    /// Places of the document.
    pub places: &'a [PlaceOption],
    /// Times of the document.
    pub times: &'a [TimeOption],
}

/// How a mention's place or time stands to that of an earlier mention, from the most alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stand {
    Same,
    Unsaid,
    Inside,
    Other,
}

impl Stand {
    fn name(self) -> &'static str {
        match self {
            Stand::Same => "same",
            Stand::Unsaid => "unsaid",
            Stand::Inside => "inside",
            Stand::Other => "other",
        }
    }
}

impl Novelty<'_> {
    /// Adds the features of draft `number`: how it stands to the earlier one that it is most like.
    pub fn features(&self, number: usize, features: &mut Features) {
        let family = self.family(number);
        let nearest = (0..number)
            .filter(|&earlier| self.family(earlier) == family)
            .map(|earlier| (self.time(earlier, number), self.place(earlier, number)))
            .min();
        match nearest {
            Some((time, place)) => {
                features.add(format_args!("told-before&time={}&place={}", time.name(), place.name()));
            }
            None => features.add(format_args!("first-told")),
        }
    }

    fn family(&self, number: usize) -> &str {
        let page = self.codebook.page(self.drafts[number].kind);
        page.same_as.as_deref().unwrap_or(&page.id)
    }

    fn place(&self, earlier: usize, later: usize) -> Stand {
        let first = |number: usize| self.settings[number].places.first().copied();
        let Some(own) = said(first(later)) else { return Stand::Unsaid };
        let Some(before) = first(earlier) else { return Stand::Inside };
        let (x, y) = (&self.places[before.option], &self.places[own.option]);
        if x.id == y.id {
            return Stand::Same;
        }
        let wide = |p: &PlaceOption| p.level == PlaceLevel::Country;
        if x.country == y.country && (wide(x) || wide(y)) { Stand::Inside } else { Stand::Other }
    }

    fn time(&self, earlier: usize, later: usize) -> Stand {
        let first = |number: usize| self.settings[number].times.first().copied();
        let Some(own) = said(first(later)) else { return Stand::Unsaid };
        let Some(before) = first(earlier) else { return Stand::Inside };
        let (x, y) = (&self.times[before.option], &self.times[own.option]);
        if (x.start, x.end) == (y.start, y.end) {
            return Stand::Same;
        }
        let inside =
            |p: &TimeOption, q: &TimeOption| p.start >= q.start && p.end <= q.end && p.start.is_some();
        if inside(x, y) || inside(y, x) { Stand::Inside } else { Stand::Other }
    }
}

fn said(chosen: Option<Chosen>) -> Option<Chosen> {
    chosen.filter(|c| c.source == Source::Sentence)
}
