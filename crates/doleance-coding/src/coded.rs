//! The whole way from a report to its records.

use doleance_packs::{ArgumentRole, ClassSet, NumberRole};
use doleance_records::{Claim, Event, Link, Record, Relation};
use doleance_text::{CountryCode, Date, Diagnostic, Document, LanguageCode, Report, Severity, TokenId};

use crate::annotate::{Annotation, annotate};
use crate::choices::{Choices, Features};
use crate::code::claim_belief::{ClaimLooks, belief as claim_belief};
use crate::code::claims::FoundClaim;
use crate::code::days_apart::{look_ahead, set_days_apart};
use crate::code::draft::{Draft, find_drafts, of_sentence};
use crate::code::identity::{Identity, Outline};
use crate::code::keep::{Looks, belief, quoted_words};
use crate::code::novelty::Novelty;
use crate::code::outcomes::{take_back_demands, take_in, take_in_participants, yield_to_means};
use crate::code::parts::parts_of;
use crate::code::settle::{Chosen, Setting, Source, Stage, Watch, settle};
use crate::code::stage::{Options, collect};
use crate::code::telling::{Telling, Tellings};
use crate::language::detect_language;
use crate::pack::{LanguagePack, LanguagePacks, Shared};
use crate::relate::{Action, FoundLink};

pub use doleance_actors::Persons;

/// What the caller knows or wants beside the report itself.
#[derive(Clone, Debug, Default)]
pub struct CodingOptions {
    /// Day of publication of reports that do not state it.
    pub published: Option<Date>,
    /// Language of all reports; otherwise it is recognised for each.
    pub language: Option<LanguageCode>,
    /// Country of the source, where the report does not state it.
    pub country: Option<CountryCode>,
    /// Which names of persons are kept.
    pub persons: Persons,
    /// Trees made elsewhere.
    pub document: Option<Document>,
}

/// The records of one report.
#[derive(Clone, Debug, Default)]
pub struct CodedReport {
    /// Name of the report.
    pub doc: String,
    /// Its language.
    pub language: Option<LanguageCode>,
    /// Event records, in text order.
    pub events: Vec<Event>,
    /// Claims, in text order.
    pub claims: Vec<Claim>,
    /// Links.
    pub links: Vec<Link>,
    /// What stayed open or could not be done.
    pub diagnostics: Vec<Diagnostic>,
}

impl CodedReport {
    /// All records in the order in which they are printed.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        let events = self.events.iter().cloned().map(Record::Event);
        let claims = self.claims.iter().cloned().map(Record::Claim);
        let links = self.links.iter().cloned().map(Record::Link);
        events.chain(claims).chain(links)
    }

    fn failed(report: &Report, code: &'static str, message: String, hint: &str) -> Self {
        let diagnostic =
            Diagnostic { code, severity: Severity::Error, span: None, message, hint: Some(hint.to_owned()) };
        CodedReport { doc: report.id.clone(), diagnostics: vec![diagnostic], ..CodedReport::default() }
    }
}

/// Whether an action is done to one person, who is no group.
fn is_of_one(annotation: &Annotation, draft: &Draft) -> bool {
    let document = &annotation.document;
    let [patient] = draft.arguments.object[..] else { return false };
    let person = annotation.actors.mention_at(patient).filter(|m| !m.is_group && !m.is_pronoun);
    person.is_some() && document.has_feature(patient, "Number", "Sing")
}

/// Classes of those who are set over a place.
const AUTHORITIES: [&str; 2] = ["authority", "force"];

/// Classes of things that a headline says are to close.
const WORKS: [&str; 3] = ["company", "site", "building"];

/// Belief in a movement that is given a day.
const DATED_WEIGHT: f32 = 0.7;

/// Belief above which a draft is recorded.
pub(crate) const THRESHOLD: f32 = 0.3;

/// Belief above which a claim is recorded.
const CLAIM_THRESHOLD: f32 = 0.18;

/// Everything that coding a report makes on the way: what `trace` shows and training learns from.
pub struct Workings<'a> {
    /// The pack used.
    pub pack: &'a LanguagePack,
    /// Codebook and gazetteer.
    pub shared: &'a Shared,
    /// The annotation.
    pub annotation: Annotation,
    /// The options for place and time.
    pub options: Options,
    /// The drafts.
    pub drafts: Vec<Draft>,
    /// Place and time of each draft.
    pub settings: Vec<Setting>,
    /// Features of each draft for the `keep` choice.
    pub features: Vec<Features>,
    /// Belief in each draft.
    pub beliefs: Vec<f32>,
    /// The records in the making.
    pub outlines: Vec<Outline>,
    /// The claims.
    pub claims: Vec<FoundClaim>,
    /// The links, between outlines.
    pub links: Vec<FoundLink>,
}

/// Codes one report.
///
/// Never fails because of the text: what could not be done is said in the diagnostics.
pub fn code_report(packs: &LanguagePacks, report: &Report, options: &CodingOptions) -> CodedReport {
    let stated = report.language.clone().or_else(|| options.language.clone());
    let Some(language) = stated.or_else(|| detect_language(packs, &report.text)) else {
        let known: Vec<&str> = packs.languages().iter().map(|l| l.0.as_str()).collect();
        return CodedReport::failed(
            report,
            "language.unknown",
            format!("the language was not recognised as one of {}", known.join(", ")),
            "state it with --language, if the report is in one of these",
        );
    };
    let (shared, pack) = match (packs.shared(), packs.get(&language)) {
        (Ok(shared), Ok(Some(pack))) => (shared, pack),
        (_, Ok(None)) => {
            return CodedReport::failed(
                report,
                "language.no-pack",
                format!("there is no language pack for {}", language.0),
                "see docs/how-to-add-a-language.md",
            );
        }
        (Err(error), _) | (_, Err(error)) => {
            return CodedReport::failed(report, "pack.broken", error.to_string(), "mend the file named");
        }
    };
    let workings =
        work(pack, shared, &shared.choices, report, options, THRESHOLD, &mut crate::code::settle::NoWatch);
    crate::code::records::write(&workings, report, options)
}

/// Does everything up to the records.
pub fn work<'a>(
    pack: &'a LanguagePack,
    shared: &'a Shared,
    choices: &Choices,
    report: &Report,
    options: &CodingOptions,
    threshold: f32,
    watch: &mut dyn Watch,
) -> Workings<'a> {
    let home = report.country.or(options.country);
    code_annotation(pack, shared, choices, annotate(pack, shared, report, options), home, threshold, watch)
}

/// Does everything after annotation; `home` is the country of the source, where it is known.
pub fn code_annotation<'a>(
    pack: &'a LanguagePack,
    shared: &'a Shared,
    choices: &Choices,
    annotation: Annotation,
    home: Option<CountryCode>,
    threshold: f32,
    watch: &mut dyn Watch,
) -> Workings<'a> {
    let syntax = annotation.syntax(pack);
    let home = home.or(pack.grammar.home_country);
    let classes = |names: &[&str]| {
        names.iter().filter_map(|name| pack.classes.find(name)).fold(ClassSet::NONE, ClassSet::join)
    };
    let authorities = classes(&AUTHORITIES);
    let is_authority = |role| pack.actors.roles().role(role).classes.meets(authorities);
    let mut place_time = collect(syntax, &annotation, &shared.gazetteer, home, &is_authority);
    let mut drafts = find_drafts(syntax, &pack.triggers, &pack.status, &annotation.classes, &shared.codebook);
    drafts.retain(|d| !d.status.absent);
    crate::code::status::announce_appointments(&mut drafts, &annotation, &|d| {
        shared.codebook.page(d.kind).collective
    });
    // "Bus drivers to strike", "Steelworks to close".
    let works = classes(&WORKS);
    let acts = |t: TokenId| {
        let classes = annotation.classes[t.index()];
        pack.triggers.is_people(classes) || classes.meets(works) || annotation.actors.at(t).is_some()
    };
    crate::code::status::announce_headlines(&mut drafts, &annotation, &acts);
    crate::code::status::announce_subjects(&mut drafts, syntax);
    crate::code::status::announce_progressives(&mut drafts, &annotation);
    let kind_name = |d: &Draft| shared.codebook.page(d.kind).id.clone();
    pack.links.add_spread(syntax, &annotation.classes, &kind_name, &mut drafts);
    let published = annotation.published;
    let stage = place_time.stage(syntax, &shared.codebook, choices, published);
    let mut settings = settle(&stage, &drafts, watch);
    set_days_apart(
        &annotation.document,
        &annotation.times.mentions,
        &drafts,
        &mut settings,
        &mut place_time.times,
    );
    look_ahead(syntax, &annotation.times.mentions, &drafts, &mut settings, &mut place_time.times, published);
    let stage = place_time.stage(syntax, &shared.codebook, choices, published);
    // A movement that is given a day is the rally of that day, unless the construction says that it began or lasted.
    for (draft, setting) in drafts.iter_mut().zip(&settings) {
        if draft.words.len() == 1 && pack.triggers.get(draft.trigger).is_construction() {
            continue;
        }
        let dated =
            setting.times.iter().any(|t| t.source == Source::Sentence && place_time.times[t.option].is_day);
        let instead = shared.codebook.page(draft.kind).when_dated.as_deref();
        // "The movement was called off at ten": what is known already is no rally of that day, but "the mobilisation of
        // the 9th" is.
        let own = setting.times.iter().any(|t| {
            let time = &place_time.times[t.option];
            time.mention.is_some() && syntax.document.dominates(draft.head, time.head)
        });
        let told = draft.status.status == doleance_records::Status::Happened;
        let known = told && syntax.refers_back(draft.head) && !own;
        if let Some(kind) = instead.filter(|_| dated && !known).and_then(|k| shared.codebook.kind(k)) {
            draft.kind = kind;
            draft.weight = draft.weight.max(DATED_WEIGHT);
        }
    }
    let is_speech = |d: &Draft| shared.codebook.page(d.kind).speech;
    crate::code::status::announce_future(
        &mut drafts,
        &settings,
        &place_time.times,
        annotation.published,
        &annotation.document,
        &is_speech,
    );
    let (open, close) = pack.claims.quotation_marks();
    let quoted = quoted_words(syntax, open, close);
    let novelty = Novelty {
        codebook: &shared.codebook,
        drafts: &drafts,
        settings: &settings,
        places: &place_time.places,
        times: &place_time.times,
    };
    let looks = Looks { syntax, codebook: &shared.codebook, classes: &annotation.classes, quoted: &quoted };
    let mut features = Vec::with_capacity(drafts.len());
    let mut beliefs = Vec::with_capacity(drafts.len());
    for (number, draft) in drafts.iter().enumerate() {
        let earlier = drafts[..number].iter().filter(|d| d.kind == draft.kind).count();
        let mut own = Features::default();
        looks.features(draft, pack.triggers.get(draft.trigger), &settings[number], earlier, &mut own);
        novelty.features(number, &mut own);
        beliefs.push(belief(choices, draft, &own));
        features.push(own);
    }
    let mut claims =
        pack.claims.find(syntax, &pack.issues, &annotation.classes, &drafts, &|draft: &Draft| {
            shared.codebook.page(draft.kind).collective
        });
    let claim_looks = ClaimLooks {
        syntax,
        codebook: &shared.codebook,
        classes: &annotation.classes,
        names: &pack.classes,
        drafts: &drafts,
        quoted: &quoted,
    };
    let mut own = Features::default();
    claims.retain(|claim| {
        claim_looks.features(claim, &mut own);
        watch.claim(claim, &own);
        claim_belief(choices, &own) >= CLAIM_THRESHOLD
    });
    take_back_demands(&stage, &drafts, &settings, &claims, &mut beliefs);
    yield_to_means(&annotation.document, &shared.codebook, &drafts, &mut beliefs, threshold);
    take_in(&stage, &drafts, &settings, &mut beliefs, threshold);
    let names_people = |draft: &Draft| pack.triggers.get(draft.trigger).participants;
    take_in_participants(&shared.codebook, &drafts, &mut beliefs, threshold, &names_people);
    let outlines = outline(&stage, &annotation, pack, &drafts, &settings, &beliefs, threshold, watch);
    let mut actions: Vec<Action> = Vec::new();
    for (record, outline) in outlines.iter().enumerate() {
        let kind = shared.codebook.page(outline.kind).id.as_str();
        let place = outline.place.map(|p| place_time.places[p.option].id.as_str());
        let day = outline.time.and_then(|t| place_time.times[t.option].start);
        actions.extend(outline.drafts.iter().map(|&d| Action {
            head: drafts[d].head,
            kind,
            record,
            place,
            day,
        }));
    }
    actions.sort_by_key(|a| (a.head, a.record));
    let mut links = pack.links.find(syntax, &annotation.classes, &actions);
    links.extend(links_of_parts(&outlines, &drafts, syntax));
    Workings {
        pack,
        shared,
        options: place_time,
        drafts,
        settings,
        features,
        beliefs,
        outlines,
        claims,
        links,
        annotation,
    }
}

/// "55 arrests, of which 21 in the capital": a part that is counted apart belongs to its whole.
fn links_of_parts<'a>(
    outlines: &'a [Outline],
    drafts: &'a [Draft],
    syntax: crate::code::arguments::Syntax<'a>,
) -> impl Iterator<Item = FoundLink> + 'a {
    let parts = outlines.iter().enumerate().filter(|(_, o)| o.part.is_some());
    parts.filter_map(move |(from, part)| {
        let shares = |o: &Outline| o.part.is_none() && o.drafts.iter().any(|d| part.drafts.contains(d));
        let to = outlines.iter().position(shares)?;
        let span = drafts[part.drafts[0]].span(syntax);
        Some(FoundLink { relation: Relation::PartOf, from, to, span, rule: "link.part-of-whole".to_owned() })
    })
}

/// One outline per kept draft, place and date, then joined.
#[allow(clippy::too_many_arguments)]
fn outline(
    stage: &Stage,
    annotation: &Annotation,
    pack: &LanguagePack,
    drafts: &[Draft],
    settings: &[Setting],
    beliefs: &[f32],
    threshold: f32,
    watch: &mut dyn Watch,
) -> Vec<Outline> {
    let doc = &annotation.document;
    let mut outlines = Vec::new();
    for (number, draft) in drafts.iter().enumerate() {
        if beliefs[number] < threshold {
            continue;
        }
        let page = stage.codebook.page(draft.kind);
        let syntax = stage.syntax;
        let has = |set: &crate::grammar::WordSet| syntax.has_child_of(draft.head, set);
        let demonstrative = has(&pack.grammar.anaphoric_determiners);
        let definite = syntax.refers_back(draft.head);
        let target = page
            .split_by_target
            .then(|| {
                let objects = &mut draft.arguments.object.iter();
                objects
                    .find(|t| stage.places.iter().all(|p| p.head != **t))
                    .map(|&t| doc.lemma(t).to_lowercase())
            })
            .flatten();
        let figure = figure_of(syntax, annotation, pack, draft, page.object_number);
        let counts_people = |d: usize| stage.codebook.page(drafts[d].kind).object_number != NumberRole::None;
        // "55 arrests during rallies, of which 21 in Omsk": the numbers count the arrests.
        let others_count =
            || of_sentence(drafts, number).any(|d| beliefs[d] >= threshold && counts_people(d));
        let counts = page.counted() != NumberRole::None && (counts_people(number) || !others_count());
        let parts = if counts { parts_of(annotation, draft, stage.places) } else { Vec::new() };
        let counted_apart = |c: &Chosen| parts.iter().any(|p| p.place == c.option);
        let none = [None];
        let wrap = |list: &[Chosen]| list.iter().copied().map(Some).collect::<Vec<_>>();
        let mut whole = settings[number].places.clone();
        whole.retain(|c| !counted_apart(c));
        if whole.is_empty() && !parts.is_empty() {
            whole.extend(stage.country.map(|option| Chosen { option, source: Source::Document }));
        }
        let (places, times) = (wrap(&whole), wrap(&settings[number].times));
        for place in if places.is_empty() { &none[..] } else { &places[..] } {
            for time in if times.is_empty() { &none[..] } else { &times[..] } {
                outlines.push(Outline {
                    drafts: vec![number],
                    kind: draft.kind,
                    status: draft.status.status,
                    place: *place,
                    time: *time,
                    belief: beliefs[number],
                    figure,
                    target: target.clone(),
                    part: None,
                    is_listed: places.len() > 1,
                    is_new: has(&pack.grammar.novelty_words),
                    is_back_reference: definite,
                    is_demonstrative: demonstrative,
                    is_national: syntax.is_national(draft.head),
                    is_spread: settings[number].is_spread && *place == places[0],
                    is_of_one: is_of_one(annotation, draft),
                });
            }
        }
        for part in &parts {
            outlines.push(Outline {
                drafts: vec![number],
                kind: draft.kind,
                status: draft.status.status,
                place: Some(Chosen { option: part.place, source: Source::Sentence }),
                time: settings[number].times.first().copied(),
                belief: beliefs[number],
                figure: Some(annotation.numbers[part.number].low),
                target: None,
                part: Some(part.number),
                is_listed: true,
                is_new: false,
                is_back_reference: false,
                is_demonstrative: false,
                is_national: false,
                is_spread: false,
                is_of_one: false,
            });
        }
    }
    let told = drafts.iter().map(|draft| Telling::of(stage.syntax, annotation, draft)).collect();
    let identity = Identity {
        codebook: stage.codebook,
        choices: stage.choices,
        drafts,
        places: stage.places,
        times: stage.times,
        tellings: Tellings { syntax: stage.syntax, drafts, told },
        headline_end: annotation.headline_end,
    };
    identity.join(outlines, watch)
}

/// The figure that tells a record of arrests, deaths or job cuts apart from another of the same day and place.
fn figure_of(
    syntax: crate::code::arguments::Syntax,
    annotation: &Annotation,
    pack: &LanguagePack,
    draft: &Draft,
    role: NumberRole,
) -> Option<u64> {
    if role == NumberRole::None {
        return None;
    }
    let trigger = pack.triggers.get(draft.trigger);
    let complement_counts = trigger.is_noun() && trigger.complement == ArgumentRole::Target;
    let mut heads = draft.arguments.object.clone();
    if trigger.is_noun() {
        heads.push(draft.head);
    }
    if complement_counts {
        heads.extend(&draft.arguments.complement);
    }
    annotation
        .numbers
        .iter()
        .find(|n| {
            n.figure().is_some()
                && (heads.contains(&n.head)
                    || syntax.document.head(n.head).is_some_and(|h| heads.contains(&h)))
        })
        .map(|n| n.low)
}
