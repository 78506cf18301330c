//! The rules of `times.toml`: lists, classes and patterns, compiled and indexed by the words they can begin with.

mod file;
mod starts;

use self::file::{File, class, class_field, field_value, phrase_set};
pub(crate) use self::starts::Starts;
use doleance_text::{Date, Strings};

use crate::error::PackError;
use crate::expression::Operation;
use crate::fields::Field;
use crate::numeral_pack::NumeralPack;
use crate::pattern::{self, Named, Node, Number, Step};
use crate::phrases::PhraseTable;

const FILE: &str = "times.toml";

/// A rule with its program and its proofs.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub id: String,
    /// Only a part of other expressions.
    pub nested: bool,
    pub programs: Vec<Vec<Step>>,
    pub operation: Operation,
    pub set: Vec<(Field, i64)>,
    pub examples: Vec<String>,
    pub counter_examples: Vec<String>,
}

/// Words around verbs and years that decide a reading.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cues {
    /// Lemmas whose complement lies ahead (*appeler*, *promise*).
    pub future_complement: Vec<String>,
    /// Those of them whose complement is done where they stand in the past (*sont allés manifester*).
    pub future_unless_past: Vec<String>,
    /// Lemmas that are themselves dated ahead (*prévu*, *scheduled*).
    pub future_direct: Vec<String>,
    /// Lemmas of auxiliaries that make a future (*will*, *aller*).
    pub future_auxiliary: Vec<String>,
    /// Lemmas of verbs whose present with an infinitive announces (*doit défiler*).
    pub future_modal: Vec<String>,
    /// Verbs that announce with an infinitive, and tell what was done without: *set to begin*, *set on fire*.
    pub future_with_infinitive: Vec<String>,
    /// Verbs whose passive in the present announces: *une marche est organisée samedi*.
    pub future_passive: Vec<String>,
    /// Adpositions that make a weekday after a verb one to come: *called a rally for Monday*.
    pub future_markers: Vec<String>,
    /// Adpositions before a day on which something was done: *marched to the ministry on Monday*.
    pub day_markers: Vec<String>,
    /// Words before a figure that only compares (*contre 32.000 le 29 décembre*, *down from 300 on Monday*).
    pub comparison: Vec<String>,
    /// Lemmas of auxiliaries that make a past with a participle (*avoir*, *have*).
    pub past_auxiliary: Vec<String>,
}

/// All rules of a language.
#[derive(Clone, Debug)]
pub(crate) struct Grammar {
    pub rules: Vec<Rule>,
    /// Starts of the rules of each group; group 0 holds those found at top level.
    pub groups: Vec<Starts>,
    pub lists: Vec<PhraseTable<()>>,
    pub classes: Vec<PhraseTable<i64>>,
    /// Whether the words of a class count only with a capital letter.
    pub capitalised: Vec<bool>,
    /// Whether a capital inside a sentence, before another, makes the words of a class a name.
    pub lower: Vec<bool>,
    /// The class that adds words to a built-in number, by field.
    pub number_words: Vec<(Field, usize)>,
    /// The class of the names of months.
    pub months: Option<usize>,
    /// Words that, right after four digits, show that something is counted.
    pub counted: PhraseTable<()>,
    /// Words that, right before four digits, let a year stand before a noun.
    pub year_before_noun: PhraseTable<()>,
    pub cues: Cues,
    /// The day of publication that examples are read with.
    pub published: Option<Date>,
}

const NUMBERS: [(&str, Number, Field); 13] = [
    ("number", Number::Amount, Field::Amount),
    ("day", Number::Day, Field::Day),
    ("year", Number::Year, Field::Year),
    ("recent-year", Number::RecentYear, Field::Year),
    ("several", Number::Several, Field::Amount),
    ("short-year", Number::ShortYear, Field::ShortYear),
    ("month-number", Number::Month, Field::Month),
    ("hour", Number::Hour, Field::Hour),
    ("minute", Number::Minute, Field::Minute),
    ("clock", Number::Clock, Field::Clock),
    ("ordinal", Number::Ordinal, Field::Ordinal),
    ("decade", Number::Decade, Field::Decade),
    ("digits", Number::Digits, Field::Dateless),
];

/// The group of everything that is found by itself.
const TOP: &str = "top";
/// The group of rules that name none.
const WHEN: &str = "when";

impl Grammar {
    /// Reads `times.toml`, adding its words to the vocabulary.
    pub(crate) fn from_toml(
        text: &str,
        vocabulary: &mut Strings,
        numerals: &NumeralPack,
    ) -> Result<Grammar, PackError> {
        let file: File = toml::from_str(text).map_err(|e| PackError::toml(FILE, text, &e))?;
        let published = match &file.published {
            None => None,
            Some(day) => Some(day.parse::<Date>().map_err(|_| {
                PackError::new("published", FILE, format!("\"{day}\" is no date"), "write it as 2018-06-08")
            })?),
        };
        let mut grammar = Grammar {
            rules: Vec::new(),
            groups: Vec::new(),
            lists: Vec::new(),
            classes: Vec::new(),
            capitalised: Vec::new(),
            lower: Vec::new(),
            number_words: Vec::new(),
            months: file.class.keys().position(|name| name == "month"),
            counted: phrase_set(vocabulary, "years.counted", &file.years.counted)?,
            year_before_noun: phrase_set(vocabulary, "years.before_noun", &file.years.before_noun)?,
            cues: Cues {
                future_complement: file.cues.future_complement,
                future_unless_past: file.cues.future_unless_past,
                future_direct: file.cues.future_direct,
                future_auxiliary: file.cues.future_auxiliary,
                future_modal: file.cues.future_modal,
                future_with_infinitive: file.cues.future_with_infinitive,
                future_passive: file.cues.future_passive,
                future_markers: file.cues.future_markers,
                day_markers: file.cues.day_markers,
                comparison: file.cues.comparison.iter().map(|words| words.to_lowercase()).collect(),
                past_auxiliary: file.cues.past_auxiliary,
            },
            published,
        };
        let mut list_names = Vec::new();
        for (name, words) in &file.lists {
            grammar.lists.push(phrase_set(vocabulary, &format!("lists.{name}"), words)?);
            list_names.push(name.clone());
        }
        let mut class_names = Vec::new();
        for (name, words) in &file.class {
            grammar.classes.push(class(vocabulary, name, words)?);
            class_names.push(name.clone());
            grammar.capitalised.push(file.capitalised.contains(name));
            grammar.lower.push(file.lower.contains(name));
            if let Some((_, _, field)) = NUMBERS.iter().find(|(number, _, _)| number == name) {
                grammar.number_words.push((*field, grammar.classes.len() - 1));
            }
        }
        let mut group_names = vec![TOP.to_owned(), WHEN.to_owned()];
        for rule in &file.rule {
            for group in rule.groups.iter().flatten() {
                if !group_names.contains(group) {
                    group_names.push(group.clone());
                }
            }
        }
        let mut nodes: Vec<Vec<Node>> = Vec::new();
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); group_names.len()];
        for (number, rule) in file.rule.iter().enumerate() {
            let object = format!("rule {}", rule.id);
            let place = |key: &str| format!("{FILE}, {key}");
            if file.rule[..number].iter().any(|other| other.id == rule.id) {
                return Err(PackError::new(
                    object,
                    place("id"),
                    "a rule above has this id",
                    "give each rule its own",
                ));
            }
            for (key, list) in [("examples", &rule.examples), ("counter_examples", &rule.counter_examples)] {
                if list.is_empty() {
                    return Err(PackError::new(
                        object,
                        place(key),
                        "it is empty",
                        "write at least one sentence",
                    ));
                }
            }
            let operation = Operation::parse(&rule.op).ok_or_else(|| {
                PackError::new(
                    object.clone(),
                    place("op"),
                    format!("\"{}\" is no operation", rule.op),
                    format!("use one of {}", Operation::names()),
                )
            })?;
            let mut set = Vec::new();
            for (name, value) in &rule.set {
                set.push(field_value(name, value).map_err(|reason| {
                    PackError::new(object.clone(), place("set"), reason, "see the fields in docs/times.md")
                })?);
            }
            let default = [if operation == Operation::When { WHEN } else { TOP }.to_owned()];
            for name in rule.groups.as_deref().unwrap_or(&default) {
                if let Some(group) = group_names.iter().position(|g| g == name) {
                    members[group].push(number);
                }
            }
            // Only groups whose name begins with an underscore are parts of other expressions and nothing by themselves.
            let found_alone =
                rule.groups.iter().flatten().any(|g| !g.starts_with('_')) || rule.groups.is_none();
            if found_alone && !members[0].contains(&number) {
                members[0].push(number);
            }
            let mut own = Vec::new();
            for pattern in &rule.patterns {
                let node = pattern::parse(pattern, vocabulary, &mut |name| {
                    named(name, &list_names, &class_names, &group_names)
                })
                .map_err(|(reason, repair)| {
                    PackError::new(object.clone(), place(&format!("pattern \"{pattern}\"")), reason, repair)
                })?;
                own.push(node);
            }
            grammar.rules.push(Rule {
                id: rule.id.clone(),
                nested: !found_alone,
                programs: own.iter().map(pattern::compile).collect(),
                operation,
                set,
                examples: rule.examples.clone(),
                counter_examples: rule.counter_examples.clone(),
            });
            nodes.push(own);
        }
        grammar.index(&nodes, &members, numerals).map_err(|rule| {
            PackError::new(
                format!("rule {}", file.rule[rule].id),
                format!("{FILE}, patterns"),
                "a pattern can match nothing at all",
                "make one of its elements required",
            )
        })?;
        Ok(grammar)
    }
}

fn named(name: &str, lists: &[String], classes: &[String], groups: &[String]) -> Option<Named> {
    if let Some((_, number, field)) = NUMBERS.iter().find(|(known, _, _)| *known == name) {
        return Some(Named::Number(*number, *field));
    }
    if let Some(list) = lists.iter().position(|l| l == name) {
        return Some(Named::List(list));
    }
    if let Some(class) = classes.iter().position(|c| c == name) {
        return class_field(name).map(|field| Named::Class(class, field));
    }
    groups.iter().position(|g| g == name).map(Named::Group)
}
