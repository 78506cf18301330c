//! The options that places and times give to the choice of where and when.

use doleance_actors::RoleId;
use doleance_packs::Codebook;
use doleance_places::gazetteer::Gazetteer;
use doleance_places::{PlaceMentionKind, PlaceUse, ResolvedPlace};
use doleance_records::PlaceLevel;
use doleance_text::{CountryCode, Date, SentenceId, Span, TokenId};
use doleance_times::Granularity;

use crate::annotate::Annotation;
use crate::choices::Choices;
use crate::code::arguments::Syntax;
use crate::code::bearing::{acts, described, is_attributive, is_counterpart, is_origin, names_branch};
use crate::code::settle::{PlaceOption, Stage, TimeOption, number_lists};

/// Options of one document.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Places, in text order; options understood from the whole report come last.
    pub places: Vec<PlaceOption>,
    /// Times, in text order, then the day of publication; days that are worked out later stand behind it.
    pub times: Vec<TimeOption>,
    /// The country the report is about.
    pub country: Option<usize>,
    /// The town the report is about.
    pub town: Option<usize>,
    /// How much of what the report says about towns is about that one.
    pub town_share: &'static str,
    /// Places that head a part of the report each, with the text of that part.
    pub headings: Vec<(Span, usize)>,
}

impl Options {
    /// What the choice of where and when looks at.
    pub fn stage<'a>(
        &'a self,
        syntax: Syntax<'a>,
        codebook: &'a Codebook,
        choices: &'a Choices,
        published: Option<Date>,
    ) -> Stage<'a> {
        Stage {
            syntax,
            codebook,
            choices,
            places: &self.places,
            times: &self.times,
            country: self.country,
            town: self.town,
            town_share: self.town_share,
            headings: &self.headings,
            dateline: self.places.iter().position(|p| p.dateline),
            published,
        }
    }
}

/// Collects the options; `is_authority` tells the roles of those who are set over a place.
pub fn collect(
    syntax: Syntax,
    annotation: &Annotation,
    gazetteer: &Gazetteer,
    home: Option<CountryCode>,
    is_authority: &dyn Fn(RoleId) -> bool,
) -> Options {
    let mut options = Options {
        places: places(syntax, annotation, gazetteer, is_authority),
        times: times(syntax, annotation),
        ..Options::default()
    };
    options.headings = headings(syntax.document.text(), &options.places);
    options.town = main_town(&options.places);
    options.town_share = town_share(&options.places, options.town);
    options.country = main_country(&mut options.places, gazetteer)
        .or_else(|| home_country(&mut options.places, gazetteer, home?));
    options
}

fn sentence(syntax: Syntax, offset: u32) -> SentenceId {
    syntax.document.sentence_at(offset).unwrap_or(SentenceId(0))
}

fn places(
    syntax: Syntax,
    annotation: &Annotation,
    gazetteer: &Gazetteer,
    is_authority: &dyn Fn(RoleId) -> bool,
) -> Vec<PlaceOption> {
    let mut found = Vec::new();
    for (number, mention) in annotation.places.mentions.iter().enumerate() {
        let Some(resolved) = &mention.resolved else { continue };
        // A seat of government that acts (*Matignon a annoncé*) is its country, not the town of its desks.
        let acting =
            mention.use_ == PlaceUse::Metonym && acts(syntax, mention.head, mention.rule == "place.seat");
        let country = resolved.country.filter(|_| acting).and_then(|c| gazetteer.country(c));
        let resolved = country.map_or_else(|| resolved.clone(), |id| ResolvedPlace::of(gazetteer, id));
        let usable = match mention.use_ {
            PlaceUse::Location | PlaceUse::Dateline | PlaceUse::Metonym | PlaceUse::Attribute => true,
            PlaceUse::Container | PlaceUse::PersonName | PlaceUse::Organisation => false,
        };
        if !usable || is_origin(syntax, mention.head) || names_branch(annotation, mention) {
            continue;
        }
        let of_source = std::iter::once(mention.head)
            .chain(syntax.document.ancestors(mention.head).take(3))
            .take_while(|&t| syntax.document.upos(t).is_nominal())
            .any(|t| syntax.is_source(t));
        // "selon des journalistes sur place": where they stand is told already.
        if of_source && mention.kind == PlaceMentionKind::Relative {
            continue;
        }
        let counterpart = resolved.level == PlaceLevel::Country && is_counterpart(syntax, mention.head);
        let id = resolved.id.clone().unwrap_or_else(|| format!("site:{}", resolved.name.to_lowercase()));
        found.push(PlaceOption {
            mention: Some(number),
            head: mention.head,
            span: mention.span,
            id,
            level: resolved.level,
            country: resolved.country.map(|c: CountryCode| c.as_str().to_owned()),
            sentence: sentence(syntax, mention.span.start),
            list: 0,
            dateline: mention.use_ == PlaceUse::Dateline,
            implied: false,
            capital: is_capital(gazetteer, &resolved),
            of_source,
            describes: described(syntax, annotation, is_authority, mention),
            counterpart,
            location: mention.use_ == PlaceUse::Location
                && !counterpart
                && mention.kind != PlaceMentionKind::Demonym
                && !is_attributive(
                    syntax,
                    annotation,
                    mention.kind,
                    resolved.level,
                    mention.head,
                    mention.span,
                ),
            resolved,
        });
    }
    let spans: Vec<_> = found.iter().map(|p| (p.span, p.sentence)).collect();
    for (place, list) in found.iter_mut().zip(number_lists(syntax, &spans, true)) {
        place.list = list;
    }
    with_towns_of_sites(found, gazetteer)
}

/// The places that stand at the head of a line or paragraph of their own (*Naryn. On 10 March, …*, *Sokodé:*), as
/// bulletins on several towns have them, each with what it heads. One alone is no way of ordering a report.
fn headings(text: &str, places: &[PlaceOption]) -> Vec<(Span, usize)> {
    let mut found: Vec<(Span, usize)> = Vec::new();
    for (number, place) in places.iter().enumerate() {
        if place.implied || place.dateline || place.level == PlaceLevel::Country {
            continue;
        }
        let before = text.get(..place.span.start as usize).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let opens = before[line_start..].chars().all(|c| !c.is_alphanumeric());
        let after = text.get(place.span.end as usize..).unwrap_or("");
        let line = after.split('\n').next().unwrap_or("");
        // "Naryn (north)."
        let rest = match line.trim_start().strip_prefix('(') {
            Some(inside) => inside.split_once(')').map_or(line, |(_, rest)| rest),
            None => line,
        };
        let rest = rest.trim_start();
        let is_mark = |c: char| matches!(c, '.' | ':' | '–' | '—');
        let marked = rest.strip_prefix(is_mark).or_else(|| rest.strip_prefix("- "));
        let Some(told) = marked.or(rest.is_empty().then_some("")).filter(|_| opens) else { continue };
        let end = place.span.end + line.len() as u32;
        let alone = told.trim().is_empty();
        // A heading on a line of its own heads all up to the next one.
        let end = if alone { text.len() as u32 } else { end };
        if let Some((last, _)) = found.last_mut() {
            last.end = last.end.min(place.span.start);
        }
        found.push((Span::new(place.span.start, end), number));
    }
    if found.len() > 1 { found } else { Vec::new() }
}

fn is_capital(gazetteer: &Gazetteer, place: &ResolvedPlace) -> bool {
    place.entry.is_some() && place.country.and_then(|c| gazetteer.capital(c)) == place.entry
}

/// Puts the town of every site behind it: a report on *Galle Prison* tells of Galle.
fn with_towns_of_sites(places: Vec<PlaceOption>, gazetteer: &Gazetteer) -> Vec<PlaceOption> {
    let mut found = Vec::with_capacity(places.len());
    for place in places {
        let town = place.resolved.entry.filter(|_| place.level == PlaceLevel::Site && place.location);
        let town = town.map(|entry| ResolvedPlace::of(gazetteer, entry));
        let town = town.and_then(|t| match t.level {
            PlaceLevel::City => Some(t),
            // Hong Kong is a city: it has no capital but itself.
            _ => {
                let country = gazetteer.country(t.country?)?;
                let name = &gazetteer.place(country).name;
                let capital = gazetteer.capital(t.country?);
                capital
                    .is_none_or(|c| gazetteer.place(c).name == *name)
                    .then(|| ResolvedPlace::of(gazetteer, country))
            }
        });
        let town = town.and_then(|resolved| {
            Some(PlaceOption {
                id: resolved.id.clone()?,
                level: resolved.level,
                capital: is_capital(gazetteer, &resolved),
                resolved,
                implied: true,
                list: usize::MAX,
                ..place.clone()
            })
        });
        found.push(place);
        found.extend(town);
    }
    found
}

fn times(syntax: Syntax, annotation: &Annotation) -> Vec<TimeOption> {
    let mut found = Vec::new();
    for (number, mention) in annotation.times.mentions.iter().enumerate() {
        let Some(interval) = mention.interval else { continue };
        // *la dictature (1973-1990)*: years that date no event are no day to choose.
        let aside = !mention.is_event_time && mention.granularity >= Granularity::Year;
        if interval.start.is_none() && interval.end.is_none() || aside {
            continue;
        }
        found.push((
            mention.span,
            TimeOption {
                mention: Some(number),
                head: mention.head,
                start: interval.start,
                end: interval.end,
                sentence: sentence(syntax, mention.span.start),
                list: 0,
                is_day: interval.start == interval.end || mention.granularity <= Granularity::Day,
                can_date: mention.is_event_time,
                first_day: None,
                is_first_day: false,
            },
        ));
    }
    let spans: Vec<_> = found.iter().map(|(span, t)| (*span, t.sentence)).collect();
    for ((_, time), list) in found.iter_mut().zip(number_lists(syntax, &spans, false)) {
        time.list = list;
    }
    let mut times: Vec<TimeOption> = found.into_iter().map(|(_, t)| t).collect();
    sharpen(&mut times, annotation.published);
    add_first_days(&mut times, annotation);
    if let Some(published) = annotation.published {
        times.push(TimeOption {
            mention: None,
            head: doleance_text::TokenId(0),
            start: Some(published),
            end: Some(published),
            sentence: SentenceId(0),
            list: usize::MAX,
            is_day: true,
            can_date: true,
            first_day: None,
            is_first_day: false,
        });
    }
    times
}

/// Gives every stretch that opens its sentence an option for its first day, behind all that are named.
fn add_first_days(times: &mut Vec<TimeOption>, annotation: &Annotation) {
    for number in 0..times.len() {
        let begins = times[number].mention.is_some_and(|m| annotation.times.mentions[m].begins);
        if !begins || times[number].start.is_none() || times[number].start == times[number].end {
            continue;
        }
        let first = TimeOption {
            end: times[number].start,
            list: usize::MAX,
            is_day: true,
            is_first_day: true,
            ..times[number].clone()
        };
        times.push(first);
        times[number].first_day = Some(times.len() - 1);
    }
}

/// Gives a year or month the one day of it that the report told before: *the 1 October vote … last year police tried to
/// stop it*.
fn sharpen(times: &mut [TimeOption], published: Option<Date>) {
    for number in 0..times.len() {
        let (start, end) = (times[number].start, times[number].end);
        if times[number].is_day || start.is_none() || end.is_none() || end >= published {
            continue;
        }
        let within = |t: &&TimeOption| t.is_day && t.start == t.end && t.start >= start && t.end <= end;
        let mut days = times[..number].iter().filter(within);
        let Some(day) = days.next().cloned() else { continue };
        if days.all(|other| other.start == day.start) {
            let own = &mut times[number];
            (own.mention, own.start, own.end, own.is_day) = (day.mention, day.start, day.end, true);
        }
    }
}

fn main_town(places: &[PlaceOption]) -> Option<usize> {
    let local = |p: &PlaceOption| {
        matches!(p.level, PlaceLevel::City | PlaceLevel::District) && (p.location || p.dateline)
    };
    most_told(places, |p| local(p).then_some(p.id.as_str()), |p| if p.sentence.0 < 2 { 2 } else { 1 })
}

/// How much of what the report says about towns is about its main one.
fn town_share(places: &[PlaceOption], town: Option<usize>) -> &'static str {
    let Some(town) = town else { return "none" };
    // "Oakland police" tells of Oakland, though it is no place of an action.
    let is_town = |p: &PlaceOption| matches!(p.level, PlaceLevel::City | PlaceLevel::District);
    let all = places.iter().filter(|p| is_town(p)).count();
    let own = places.iter().filter(|p| is_town(p)).filter(|p| p.id == places[town].id).count();
    let early = places[town].sentence.0 < 2;
    match (2 * own >= all, early) {
        (true, true) => "most-early",
        (true, false) => "most-late",
        (false, true) => "part-early",
        (false, false) => "part-late",
    }
}

/// The country told of most, as an option: one of the mentions, or understood from the towns named.
fn main_country(places: &mut Vec<PlaceOption>, gazetteer: &Gazetteer) -> Option<usize> {
    let weight = |p: &PlaceOption| if p.level == PlaceLevel::Country && p.location { 2 } else { 1 };
    let teller = most_told(places, |p| p.country.as_deref(), weight)?;
    let code = places[teller].country.clone();
    if let Some(named) = places.iter().position(|p| p.level == PlaceLevel::Country && p.country == code) {
        return Some(named);
    }
    let country = gazetteer.country(CountryCode::parse(code.as_deref()?)?)?;
    let resolved = ResolvedPlace::of(gazetteer, country);
    places.push(PlaceOption {
        id: resolved.id.clone()?,
        level: PlaceLevel::Country,
        resolved,
        // Beyond every sentence: it is understood, not said.
        sentence: SentenceId(u32::MAX),
        list: usize::MAX,
        dateline: false,
        implied: false,
        capital: false,
        location: true,
        ..places[teller].clone()
    });
    Some(places.len() - 1)
}

/// The country of the source, for a report that names none: no words of the text give it.
fn home_country(places: &mut Vec<PlaceOption>, gazetteer: &Gazetteer, home: CountryCode) -> Option<usize> {
    let resolved = ResolvedPlace::of(gazetteer, gazetteer.country(home)?);
    places.push(PlaceOption {
        mention: None,
        head: TokenId(0),
        span: Span::new(0, 0),
        id: resolved.id.clone()?,
        level: PlaceLevel::Country,
        country: Some(home.as_str().to_owned()),
        resolved,
        sentence: SentenceId(u32::MAX),
        list: usize::MAX,
        dateline: false,
        implied: false,
        capital: false,
        location: true,
        of_source: false,
        describes: None,
        counterpart: false,
    });
    Some(places.len() - 1)
}

/// The first option of the key with the greatest sum of weights; the earliest of equals.
fn most_told<'a>(
    places: &'a [PlaceOption],
    key: impl Fn(&'a PlaceOption) -> Option<&'a str>,
    weight: impl Fn(&PlaceOption) -> u32,
) -> Option<usize> {
    let mut sums: Vec<(&str, u32, usize)> = Vec::new();
    for (number, place) in places.iter().enumerate() {
        let Some(name) = key(place) else { continue };
        match sums.iter_mut().find(|(n, _, _)| *n == name) {
            Some((_, sum, _)) => *sum += weight(place),
            None => sums.push((name, weight(place), number)),
        }
    }
    sums.iter().max_by(|a, b| a.1.cmp(&b.1).then(b.2.cmp(&a.2))).map(|s| s.2)
}
