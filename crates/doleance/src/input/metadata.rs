//! What is known about a report besides its text, checked: dates, language, country.

use doleance_text::{CountryCode, Date, LanguageCode, Report};

/// The metadata of a report as strings, before it is checked. All may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Name of the report.
    pub id: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Name of the outlet.
    pub source: Option<String>,
    /// Address of the original.
    pub url: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Country of the source.
    pub country: Option<String>,
}

/// A value that cannot be read: `(reason, repair)`.
pub type BadValue = (String, String);

impl Metadata {
    /// The field of this name, for a reader of name–value pairs. `None` for names that mean nothing here.
    pub fn field(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "id" => &mut self.id,
            "title" => &mut self.title,
            "published" => &mut self.published,
            "source" => &mut self.source,
            "url" => &mut self.url,
            "language" => &mut self.language,
            "country" => &mut self.country,
            _ => return None,
        })
    }

    /// A report with this metadata. `fallback_id` names it where the metadata does not.
    pub fn report(self, fallback_id: String, text: String) -> Result<Report, BadValue> {
        let checked = |value: Option<String>| value.filter(|v| !v.trim().is_empty());
        Ok(Report {
            id: checked(self.id).unwrap_or(fallback_id),
            text,
            published: checked(self.published).map(|v| parse_date(&v)).transpose()?,
            language: checked(self.language).map(|v| parse_language(&v)).transpose()?.flatten(),
            country: checked(self.country).map(|v| parse_country(&v)).transpose()?,
            source: checked(self.source),
            url: checked(self.url),
            title: checked(self.title),
        })
    }
}

/// Reads `2022-01-08`, or the date of a timestamp that begins so.
pub fn parse_date(text: &str) -> Result<Date, BadValue> {
    let trimmed = text.trim();
    let (day, rest) = trimmed.split_at_checked(10).unwrap_or((trimmed, ""));
    let follows = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
    let parsed = if follows && day.len() == 10 { day.parse::<Date>().ok() } else { None };
    parsed.ok_or_else(|| {
        let reason = format!("the date of publication “{}” is not a date", shown(trimmed));
        (reason, "Write it as year-month-day, like 2022-01-08.".to_owned())
    })
}

/// Reads a language tag down to its language: `fr-CA` is `fr`. `auto` and `und` leave it open.
pub fn parse_language(text: &str) -> Result<Option<LanguageCode>, BadValue> {
    let language = text.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match language.as_str() {
        "auto" | "und" | "mul" => Ok(None),
        tag if (2..=3).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_lowercase()) => {
            Ok(Some(LanguageCode(language)))
        }
        _ => {
            let reason = format!("the language “{}” is not a language tag", shown(text.trim()));
            Err((reason, "Write it like fr or en, or leave it out to have it recognised.".to_owned()))
        }
    }
}

/// Reads a country code of two letters.
pub fn parse_country(text: &str) -> Result<CountryCode, BadValue> {
    CountryCode::parse(text).ok_or_else(|| {
        let reason = format!("the country “{}” is not a country code", shown(text.trim()));
        (reason, "Write the two letters of ISO 3166, like FR.".to_owned())
    })
}

/// A short, harmless form of a bad value for a message.
fn shown(value: &str) -> String {
    let mut shown: String =
        value.chars().take(24).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_is_read_for_its_day() {
        let day = jiff::civil::date(2022, 1, 8);
        for text in ["2022-01-08", " 2022-01-08 ", "2022-01-08T23:10:00Z", "2022-01-08 23:10"] {
            assert_eq!(parse_date(text).unwrap(), day, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_the_repair() {
        for text in ["2022-13-08", "08/01/2022", "8 janvier", "2022-01-081", "é2022-01-0", "", "2022-01-0é"]
        {
            assert!(parse_date(text).unwrap_err().1.contains("2022-01-08"), "{text}");
        }
    }

    #[test]
    fn a_language_tag_is_read_down_to_its_language() {
        assert_eq!(parse_language("fr-CA").unwrap(), Some(LanguageCode("fr".into())));
        assert_eq!(parse_language("EN_gb").unwrap(), Some(LanguageCode("en".into())));
        assert_eq!(parse_language("auto").unwrap(), None);
        assert!(parse_language("french").is_err());
    }
}
