//! Example sentences: text with the expected words in square brackets.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// An example as written in a data file: a sentence, or a sentence with the status expected.
#[derive(Clone, Debug)]
pub enum Example {
    /// A sentence whose trigger is marked with brackets.
    Plain(String),
    /// The same with the expected status.
    WithStatus {
        /// The sentence.
        text: String,
        /// Name of the status.
        status: String,
    },
}

/// By hand, because a pack holds ten thousand examples, and trying one form after the other takes most of the time that
/// reading them takes.
impl<'de> Deserialize<'de> for Example {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Sentence;

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Row {
            text: String,
            status: String,
        }

        impl<'de> Visitor<'de> for Sentence {
            type Value = Example;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a sentence, or { text = \"…\", status = \"…\" }")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Example, E> {
                Ok(Example::Plain(text.to_owned()))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<Example, E> {
                Ok(Example::Plain(text))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Example, A::Error> {
                let row = Row::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Example::WithStatus { text: row.text, status: row.status })
            }
        }

        deserializer.deserialize_any(Sentence)
    }
}

impl Example {
    /// The sentence as written, brackets included.
    pub fn text(&self) -> &str {
        match self {
            Example::Plain(text) | Example::WithStatus { text, .. } => text,
        }
    }

    /// The status expected, where one is stated.
    pub fn status(&self) -> Option<&str> {
        match self {
            Example::Plain(_) => None,
            Example::WithStatus { status, .. } => Some(status),
        }
    }
}

/// An example with its brackets taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The sentence.
    pub text: String,
    /// The marked words, in bytes of `text`.
    pub span: Option<doleance_text::Span>,
}

impl Marked {
    /// Reads `"Les dockers sont en [grève]."`. Without brackets there is no span.
    pub fn parse(example: &str) -> Self {
        let plain = || Marked { text: example.to_owned(), span: None };
        let Some((before, rest)) = example.split_once('[') else { return plain() };
        let Some((inside, after)) = rest.split_once(']') else { return plain() };
        let start = before.len() as u32;
        let span = doleance_text::Span::new(start, start + inside.len() as u32);
        Marked { text: format!("{before}{inside}{after}"), span: Some(span) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_mark_the_expected_words() {
        let marked = Marked::parse("Les dockers sont en [grève] à Brest.");
        assert_eq!(marked.text, "Les dockers sont en grève à Brest.");
        assert_eq!(marked.span.unwrap().of(&marked.text), "grève");
        assert_eq!(Marked::parse("Rien.").span, None);
    }
}
