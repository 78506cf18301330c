//! The function words of a language that the tree alone does not tell apart: agent and genitive markers, negators,
//! support verbs, future auxiliaries. Read from a pack's `grammar.toml`.

use doleance_packs::{DocumentWords, PackError, Vocabulary, WordId};
use doleance_text::{CountryCode, Document, TokenId};
use serde::Deserialize;

use crate::headlines::Headlines;

/// A set of words of the pack's vocabulary.
#[derive(Clone, Debug, Default)]
pub struct WordSet {
    sorted: Vec<WordId>,
}

impl WordSet {
    pub(crate) fn new(list: &[String], vocabulary: &mut Vocabulary) -> Self {
        let mut sorted: Vec<_> = list.iter().map(|w| vocabulary.intern(w)).collect();
        sorted.sort_unstable();
        WordSet { sorted }
    }

    /// Whether the token's lemma or form is in the set.
    pub fn holds(&self, document: &Document, words: &DocumentWords, token: TokenId) -> bool {
        self.holds_word(words.lemma(document, token)) || self.holds_word(words.form(document, token))
    }

    fn holds_word(&self, word: WordId) -> bool {
        word != WordId::OTHER && self.sorted.binary_search(&word).is_ok()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    home_country: Option<String>,
    verb_endings: Vec<(String, String)>,
    #[serde(default)]
    plural_like_present: bool,
    #[serde(default)]
    past_like_participle: bool,
    #[serde(default)]
    bare_day_dates_object: bool,
    agent_markers: Vec<String>,
    complement_markers: Vec<String>,
    between_markers: Vec<String>,
    with_markers: Vec<String>,
    against_markers: Vec<String>,
    target_markers: Vec<String>,
    purpose_markers: Vec<String>,
    condition_markers: Vec<String>,
    awaiting_markers: Vec<String>,
    rank_words: Vec<String>,
    occasion_nouns: Vec<String>,
    negators: Vec<String>,
    #[serde(default)]
    bare_negators: Vec<String>,
    #[serde(default)]
    negative_words: Vec<String>,
    #[serde(default)]
    negative_pronouns: Vec<String>,
    negative_determiners: Vec<String>,
    negatives_before_article: Vec<String>,
    #[serde(default)]
    privative_phrases: Vec<String>,
    #[serde(default)]
    ultimatum_phrases: Vec<String>,
    #[serde(default)]
    people_pronouns: Vec<String>,
    speaker_pronouns: Vec<String>,
    #[serde(default)]
    concession_words: Vec<String>,
    #[serde(default)]
    claim_nouns: Vec<String>,
    additive_negations: Vec<String>,
    future_auxiliaries: Vec<String>,
    reported_conditional_auxiliaries: Vec<String>,
    support_verbs: Vec<String>,
    occurrence_verbs: Vec<String>,
    reporting_verbs: Vec<String>,
    source_markers: Vec<String>,
    #[serde(default)]
    source_phrase_ends: Vec<String>,
    definite_determiners: Vec<String>,
    anaphoric_determiners: Vec<String>,
    novelty_words: Vec<String>,
    #[serde(default)]
    place_nouns: Vec<String>,
    #[serde(default)]
    counting_nouns: Vec<String>,
    #[serde(default)]
    gathering_verbs: Vec<String>,
    #[serde(default)]
    pitting_verbs: Vec<String>,
    #[serde(default)]
    calling_nouns: Vec<String>,
    #[serde(default)]
    calling_markers: Vec<String>,
    #[serde(default)]
    active_with_be: Vec<String>,
    #[serde(default)]
    volition_auxiliaries: Vec<String>,
    #[serde(default)]
    charge_words: Vec<String>,
    #[serde(default)]
    circumstance_markers: Vec<String>,
    occasion_markers: Vec<String>,
    comparison_markers: Vec<String>,
    count_comparison_markers: Vec<String>,
    #[serde(default)]
    origin_markers: Vec<String>,
    #[serde(default)]
    origin_words: Vec<String>,
    #[serde(default)]
    body_nouns: Vec<String>,
    #[serde(default)]
    spread_markers: Vec<String>,
    #[serde(default)]
    coming_words: Vec<String>,
    #[serde(default)]
    coming_markers: Vec<String>,
    #[serde(default)]
    national_words: Vec<String>,
    #[serde(default)]
    day_nouns: Vec<String>,
    #[serde(default)]
    campaign_nouns: Vec<String>,
    #[serde(default)]
    relative_places: Vec<String>,
    #[serde(default)]
    settlement_nouns: Vec<String>,
    #[serde(default)]
    many_words: Vec<String>,
    #[serde(default)]
    whole_words: Vec<String>,
    #[serde(default)]
    inclusion_markers: Vec<String>,
    #[serde(default)]
    hindrance_markers: Vec<String>,
    #[serde(default)]
    work_nouns: Vec<String>,
    #[serde(default)]
    topic_markers: Vec<String>,
    #[serde(default)]
    opening_verbs: Vec<String>,
    #[serde(default)]
    joining_verbs: Vec<String>,
    #[serde(default)]
    joining_nouns: Vec<String>,
    #[serde(default)]
    past_like_noun: Vec<(String, String)>,
    #[serde(default)]
    present_like_noun: Vec<(String, String)>,
    #[serde(default)]
    plural_nouns: Vec<(String, String)>,
    #[serde(default)]
    headlines: Headlines,
}

/// The function words of one language.
#[derive(Clone, Debug, Default)]
pub struct Grammar {
    /// Where reports in this language are from that name no country and whose source is not known: ISO 3166-1 alpha-2.
    pub home_country: Option<CountryCode>,
    /// Whether a present of the third person has the form of a plural noun: *riots*.
    pub plural_like_present: bool,
    /// The past of many verbs looks like their participle: *called*.
    pub past_like_participle: bool,
    /// A day without adposition behind an announced action is the day of the action, not that of the announcement: *ont
    /// annoncé une grève lundi*, unlike *announced a strike Monday*.
    pub bare_day_dates_object: bool,
    /// Adpositions of the agent of a passive: *by*.
    pub agent_markers: WordSet,
    /// Genitive adpositions: *of*.
    pub complement_markers: WordSet,
    /// *between*: both sides act.
    pub between_markers: WordSet,
    /// *with*: the other side acts too.
    pub with_markers: WordSet,
    /// *against*: the other side is the target.
    pub against_markers: WordSet,
    /// Adpositions that mark a target after a verb: *at, on*.
    pub target_markers: WordSet,
    /// *in order to*.
    pub purpose_markers: WordSet,
    /// *if, unless*.
    pub condition_markers: WordSet,
    /// Nouns of prepositions that say when or whence: *at the [end] of a meeting*, *à la [suite] de*.
    pub occasion_nouns: WordSet,
    /// What ranks an action among those since a day: *the [first] strike since 2012*.
    pub rank_words: WordSet,
    /// What opens a clause that is waited for: *before*, *until*.
    pub awaiting_markers: WordSet,
    /// *not, never*.
    pub negators: WordSet,
    /// Negators that deny only beside another negative word, and alone restrict or are idle: French *ne*.
    pub bare_negators: WordSet,
    /// Negative words beside the negators and determiners that complete a bare negator: French *personne, rien*.
    pub negative_words: WordSet,
    /// Words that name nobody or nothing: *none, nobody*.
    pub negative_pronouns: WordSet,
    /// *no* before a noun.
    pub negative_determiners: WordSet,
    /// *not*, which before an article does the same: *not a shot was fired*.
    pub negatives_before_article: WordSet,
    /// What stands before an action that did not take place, word by word: *instead of*, *without*.
    pub privative_phrases: Vec<Vec<WordSet>>,
    /// What stands before what is threatened, word by word: *failing which*.
    pub ultimatum_phrases: Vec<Vec<WordSet>>,
    /// Pronouns that stand for people whom nothing names: *others, some*.
    pub people_pronouns: WordSet,
    /// *we*: those for whom a speaker speaks.
    pub speaker_pronouns: WordSet,
    /// A condition that one of these is or follows does not count: *even if, whether*.
    pub concession_words: WordSet,
    /// Nouns for what somebody says: *rumour, allegation*.
    pub claim_nouns: WordSet,
    /// Words that take the edge off a negator beside them: *not only*.
    pub additive_negations: WordSet,
    /// *will, shall*.
    pub future_auxiliaries: WordSet,
    /// Auxiliaries whose conditional reports rather than supposes.
    pub reported_conditional_auxiliaries: WordSet,
    /// Verbs whose object names the action: *stage, hold*.
    pub support_verbs: WordSet,
    /// Verbs whose subject names the action: *take place, break out*.
    pub occurrence_verbs: WordSet,
    /// Verbs of saying.
    pub reporting_verbs: WordSet,
    /// *according to*.
    pub source_markers: WordSet,
    /// Words that do the same after a genitive marker only: French *d'après*.
    pub source_phrase_ends: WordSet,
    /// *the*.
    pub definite_determiners: WordSet,
    /// *this, these, the same*.
    pub anaphoric_determiners: WordSet,
    /// *new, another, further*: what they modify is told for the first time.
    pub novelty_words: WordSet,
    /// *city, suburb, province*: what stands between two places of one list.
    pub place_nouns: WordSet,
    /// *dozen, half, part*: nouns that only say how many of what follows them.
    pub counting_nouns: WordSet,
    /// Verbs by which an action has those who take part: *the march drew 2,000 people*.
    pub gathering_verbs: WordSet,
    /// Verbs that name both sides of a fight: *clashes pitted youths against police*.
    pub pitting_verbs: WordSet,
    /// Nouns of who called for what was done: *at the call of the unions*.
    pub calling_nouns: WordSet,
    /// Adpositions before such a noun.
    pub calling_markers: WordSet,
    /// Verbs whose past is formed with *be* and is no passive: *ils sont morts*.
    pub active_with_be: WordSet,
    /// *will, would*: negated they refuse.
    pub volition_auxiliaries: WordSet,
    /// *charge, count*: a bare crime below one is a name in law, not a deed that the report tells.
    pub charge_words: WordSet,
    /// *during, after*: what they mark is when or where another action was.
    pub circumstance_markers: WordSet,
    /// *since*: prepositions of what only says since when something has gone on.
    pub occasion_markers: WordSet,
    /// *than*: what stands before the day of what is compared.
    pub comparison_markers: WordSet,
    /// What stands before the number of another day: *58,000 against 160,000 on Tuesday*.
    pub count_comparison_markers: WordSet,
    /// Adpositions that tell where people or things come from: *from*.
    pub origin_markers: WordSet,
    /// Words beside a place where people come from, with any adposition: *born*, *originaire*.
    pub origin_words: WordSet,
    /// Nouns of actions that name a body where they have a capital: *le Rassemblement pour la culture*.
    pub body_nouns: WordSet,
    /// Markers of a whole region that something goes on in: *across Ontario*.
    pub spread_markers: WordSet,
    /// Verbs of coming, which say whence by one of `coming_markers`: *troops flown in from Lae*.
    pub coming_words: WordSet,
    /// Markers of whence somebody comes.
    pub coming_markers: WordSet,
    /// Adjectives that spread an action over its country: *a national strike*.
    pub national_words: WordSet,
    /// Nouns for the day of a campaign: *a [day] of action*.
    pub day_nouns: WordSet,
    /// What such a day is of: *a day of [action]*.
    pub campaign_nouns: WordSet,
    /// Relative words for a place: *Lyon, [where] dockers struck*.
    pub relative_places: WordSet,
    /// What a country has many of: *in dozens of [towns]*.
    pub settlement_nouns: WordSet,
    /// Words for an open number: *in [several] towns*.
    pub many_words: WordSet,
    /// Words for all of a place: *the [whole] region*.
    pub whole_words: WordSet,
    /// Words before some of a number: *in dozens of towns, [including] York*.
    pub inclusion_markers: WordSet,
    /// What stands before an action that somebody is kept from: *dissuaded from blocking*.
    pub hindrance_markers: WordSet,
    /// Works and events that are about something: *a film about the strike*.
    pub work_nouns: WordSet,
    /// What stands before the topic of a work.
    pub topic_markers: WordSet,
    /// Verbs of which an action is the subject when it begins or is held: *which will start on Monday*.
    pub opening_verbs: WordSet,
    /// Verbs that say that somebody joins an action: *participate*.
    pub joining_verbs: WordSet,
    /// Objects that make such verbs of others: *take part*.
    pub joining_nouns: WordSet,
    /// Past forms that a tagger takes for nouns (*shot*), each with the dictionary form of its verb.
    pub past_like_noun: Vec<(String, String)>,
    /// Present forms that a tagger takes for nouns in headlines (*Farmers block road*), each with its dictionary form.
    pub present_like_noun: Vec<(String, String)>,
    /// Plurals that a tagger takes for other words (*fishermen*), each with its singular.
    pub plural_nouns: Vec<(String, String)>,
    /// Words that headlines use otherwise than sentences do.
    pub headlines: Headlines,
}

impl Grammar {
    /// Reads a `grammar.toml`.
    pub fn from_toml(file: &str, text: &str, vocabulary: &mut Vocabulary) -> Result<Self, PackError> {
        let rows: File = toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
        vocabulary.set_verb_endings(rows.verb_endings);
        let mut set = |list: &[String]| WordSet::new(list, vocabulary);
        let mut phrases = |list: &[String]| -> Vec<Vec<WordSet>> {
            let words =
                |phrase: &String| phrase.split_whitespace().map(|word| set(&[word.to_owned()])).collect();
            list.iter().map(words).collect()
        };
        let privative_phrases = phrases(&rows.privative_phrases);
        let ultimatum_phrases = phrases(&rows.ultimatum_phrases);
        Ok(Grammar {
            plural_like_present: rows.plural_like_present,
            past_like_participle: rows.past_like_participle,
            bare_day_dates_object: rows.bare_day_dates_object,
            home_country: rows.home_country.as_deref().and_then(CountryCode::parse),
            agent_markers: set(&rows.agent_markers),
            complement_markers: set(&rows.complement_markers),
            between_markers: set(&rows.between_markers),
            with_markers: set(&rows.with_markers),
            against_markers: set(&rows.against_markers),
            target_markers: set(&rows.target_markers),
            purpose_markers: set(&rows.purpose_markers),
            condition_markers: set(&rows.condition_markers),
            awaiting_markers: set(&rows.awaiting_markers),
            rank_words: set(&rows.rank_words),
            occasion_nouns: set(&rows.occasion_nouns),
            negators: set(&rows.negators),
            bare_negators: set(&rows.bare_negators),
            negative_words: set(&rows.negative_words),
            negative_pronouns: set(&rows.negative_pronouns),
            negative_determiners: set(&rows.negative_determiners),
            negatives_before_article: set(&rows.negatives_before_article),
            privative_phrases,
            ultimatum_phrases,
            people_pronouns: set(&rows.people_pronouns),
            speaker_pronouns: set(&rows.speaker_pronouns),
            concession_words: set(&rows.concession_words),
            claim_nouns: set(&rows.claim_nouns),
            additive_negations: set(&rows.additive_negations),
            future_auxiliaries: set(&rows.future_auxiliaries),
            reported_conditional_auxiliaries: set(&rows.reported_conditional_auxiliaries),
            support_verbs: set(&rows.support_verbs),
            occurrence_verbs: set(&rows.occurrence_verbs),
            reporting_verbs: set(&rows.reporting_verbs),
            source_markers: set(&rows.source_markers),
            source_phrase_ends: set(&rows.source_phrase_ends),
            definite_determiners: set(&rows.definite_determiners),
            anaphoric_determiners: set(&rows.anaphoric_determiners),
            novelty_words: set(&rows.novelty_words),
            place_nouns: set(&rows.place_nouns),
            counting_nouns: set(&rows.counting_nouns),
            gathering_verbs: set(&rows.gathering_verbs),
            pitting_verbs: set(&rows.pitting_verbs),
            calling_nouns: set(&rows.calling_nouns),
            calling_markers: set(&rows.calling_markers),
            active_with_be: set(&rows.active_with_be),
            volition_auxiliaries: set(&rows.volition_auxiliaries),
            charge_words: set(&rows.charge_words),
            circumstance_markers: set(&rows.circumstance_markers),
            occasion_markers: set(&rows.occasion_markers),
            comparison_markers: set(&rows.comparison_markers),
            count_comparison_markers: set(&rows.count_comparison_markers),
            origin_markers: set(&rows.origin_markers),
            origin_words: set(&rows.origin_words),
            body_nouns: set(&rows.body_nouns),
            spread_markers: set(&rows.spread_markers),
            coming_words: set(&rows.coming_words),
            coming_markers: set(&rows.coming_markers),
            national_words: set(&rows.national_words),
            day_nouns: set(&rows.day_nouns),
            campaign_nouns: set(&rows.campaign_nouns),
            relative_places: set(&rows.relative_places),
            settlement_nouns: set(&rows.settlement_nouns),
            many_words: set(&rows.many_words),
            whole_words: set(&rows.whole_words),
            inclusion_markers: set(&rows.inclusion_markers),
            hindrance_markers: set(&rows.hindrance_markers),
            work_nouns: set(&rows.work_nouns),
            topic_markers: set(&rows.topic_markers),
            opening_verbs: set(&rows.opening_verbs),
            joining_verbs: set(&rows.joining_verbs),
            joining_nouns: set(&rows.joining_nouns),
            past_like_noun: rows.past_like_noun,
            present_like_noun: rows.present_like_noun,
            plural_nouns: rows.plural_nouns,
            headlines: rows.headlines,
        })
    }
}
