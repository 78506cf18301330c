//! One text as received, with what is known about it.

use crate::Date;

/// A BCP 47 primary language subtag (`fr`, `en`), which is also the name of a language pack's folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageCode(pub String);

/// An ISO 3166-1 alpha-2 country code in capitals (`KZ`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode(pub [u8; 2]);

impl CountryCode {
    /// Reads two ASCII letters of either case.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(CountryCode([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        // Both bytes are ASCII letters by construction; anything else prints as the ISO 3166 "unknown" code.
        std::str::from_utf8(&self.0).unwrap_or("ZZ")
    }
}

/// One text as received, with its metadata. All but `id` and `text` may be unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Name of the report: file name or the `id` given with it. Printed as `doc`.
    pub id: String,
    /// The text as given. Every offset counts from its start.
    pub text: String,
    /// Day of publication: anchors relative times.
    pub published: Option<Date>,
    /// Language, where stated by the source.
    pub language: Option<LanguageCode>,
    /// Country of the source: a weak hint for places.
    pub country: Option<CountryCode>,
    /// Name of the outlet.
    pub source: Option<String>,
    /// Address of the original.
    pub url: Option<String>,
    /// Headline, where it was given apart from the text.
    pub title: Option<String>,
}

impl Report {
    /// A report of which nothing but the text is known.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Report {
            id: id.into(),
            text: text.into(),
            published: None,
            language: None,
            country: None,
            source: None,
            url: None,
            title: None,
        }
    }
}
