//! Executes the examples and counter-examples that every rule carries.
//!
//! An example marks the expression with brackets and states its value: `Ils partent [le 5 juin 2018]. => 2018-06-05`,
//! with the days after a semicolon where they say more: `=> 2018-04; 2018-04-10..2018-04-20`. `=> none` says that the
//! brackets hold no time. A counter-example is a sentence in which the rule must not win.

use doleance_text::{Date, Document, Span};

use crate::atoms;
use crate::find::find_times;
use crate::matcher::Matcher;
use crate::mention::{Interval, TimeMention};
use crate::pack::TimePack;

/// An example that does not come out as it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: String,
    /// Its example or counter-example.
    pub sentence: String,
    /// What came out instead.
    pub message: String,
}

impl TimePack {
    /// The day of publication that the pack's examples are read with.
    pub fn examples_published(&self) -> Option<Date> {
        self.grammar().published
    }

    /// How many rules, examples and counter-examples the pack has.
    pub fn counts(&self) -> (usize, usize, usize) {
        let rules = &self.grammar().rules;
        let sum = |of: fn(&crate::grammar::Rule) -> usize| rules.iter().map(of).sum();
        (rules.len(), sum(|r| r.examples.len()), sum(|r| r.counter_examples.len()))
    }
}

/// Runs all examples and counter-examples. `annotate` makes a document of a sentence.
pub fn check(pack: &TimePack, annotate: impl Fn(&str) -> Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, rule) in pack.grammar().rules.iter().enumerate() {
        let mut fail = |sentence: &str, message: String| {
            findings.push(Finding { rule: rule.id.clone(), sentence: sentence.to_owned(), message });
        };
        for example in &rule.examples {
            match Example::parse(example) {
                None => fail(example, "it does not read `words [words] words => value`".to_owned()),
                Some(parsed) => {
                    if let Err(message) = parsed.holds(pack, number, &annotate(&parsed.text)) {
                        fail(example, message);
                    }
                }
            }
        }
        for sentence in &rule.counter_examples {
            let document = annotate(sentence);
            if let Some(span) = wins(pack, number, &document) {
                fail(sentence, format!("the rule wins on \"{}\"", span.of(document.text())));
            }
        }
    }
    findings
}

/// Where a rule wins in a document; for a rule that is only part of others, where it matches.
fn wins(pack: &TimePack, rule: usize, document: &Document) -> Option<Span> {
    let atoms = atoms::read(pack.vocabulary(), document.text());
    let mut matcher = Matcher::new(pack.grammar(), pack.numerals(), &atoms, document);
    let span =
        |first: usize, end: usize| Span::new(atoms[first].span.start, atoms[end.max(first + 1) - 1].span.end);
    if pack.grammar().rules[rule].nested {
        return matcher.matches_of(rule).first().map(|&(first, end)| span(first, end));
    }
    matcher.find().iter().find(|m| m.rule == rule).map(|m| span(m.first, m.end))
}

/// A sentence with a marked expression and what it should come to.
struct Example {
    text: String,
    span: Span,
    value: String,
    interval: Option<Interval>,
}

impl Example {
    fn parse(example: &str) -> Option<Example> {
        let (marked, expected) = example.rsplit_once("=>")?;
        let marked = marked.trim();
        let open = marked.find('[')?;
        let close = marked.rfind(']')?;
        if close <= open {
            return None;
        }
        let text = [&marked[..open], &marked[open + 1..close], &marked[close + 1..]].concat();
        let span = Span::new(open as u32, close as u32 - 1);
        let (value, days) = expected.split_once(';').map_or((expected, None), |(v, d)| (v, Some(d)));
        let interval = match days {
            None => None,
            Some(days) => Some(parse_interval(days.trim())?),
        };
        Some(Example { text, span, value: value.trim().to_owned(), interval })
    }

    fn holds(&self, pack: &TimePack, rule: usize, document: &Document) -> Result<(), String> {
        let annotation = find_times(pack, document, pack.grammar().published);
        let shown = |mentions: &[TimeMention]| {
            mentions
                .iter()
                .map(|m| format!("[{}] {} by {}", m.span.of(&self.text), m.value, m.rule))
                .collect::<Vec<_>>()
        };
        if self.value == "none" {
            let clean = annotation.mentions.iter().all(|m| !m.span.overlaps(self.span));
            let own = wins(pack, rule, document).is_some();
            return match (clean, own) {
                (true, true) => Ok(()),
                (true, false) => Err("the rule does not win".to_owned()),
                _ => Err(format!("found {:?}", shown(&annotation.mentions))),
            };
        }
        let Some(mention) = annotation.mentions.iter().find(|m| m.span == self.span) else {
            return Err(format!("found {:?}", shown(&annotation.mentions)));
        };
        let definition = &pack.grammar().rules[rule];
        if definition.nested {
            if wins(pack, rule, document).is_none() {
                return Err("the rule does not match".to_owned());
            }
        } else if mention.rule != definition.id {
            return Err(format!("the rule {} wins", mention.rule));
        }
        if mention.value != self.value {
            return Err(format!("its value is {}", mention.value));
        }
        match self.interval {
            Some(interval) if mention.interval != Some(interval) => {
                Err(format!("its days are {}", show_interval(mention.interval)))
            }
            _ => Ok(()),
        }
    }
}

/// Reads `2018-04-10..2018-04-20`; an open end is left empty.
pub(crate) fn parse_interval(text: &str) -> Option<Interval> {
    let (start, end) = text.split_once("..").unwrap_or((text, text));
    let day = |text: &str| -> Option<Option<Date>> {
        if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
    };
    Some(Interval { start: day(start.trim())?, end: day(end.trim())? })
}

fn show_interval(interval: Option<Interval>) -> String {
    let day = |day: Option<Date>| day.map_or(String::new(), |d| d.to_string());
    interval.map_or("unknown".to_owned(), |i| format!("{}..{}", day(i.start), day(i.end)))
}
