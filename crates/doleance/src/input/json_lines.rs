//! JSON Lines: one report a line.

use serde::Deserialize;
use serde_json::error::Category;

use super::Metadata;
use super::metadata::BadValue;

/// One line. Fields that are not known are skipped.
#[derive(Deserialize)]
struct Line {
    id: Option<Name>,
    text: Option<String>,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
    url: Option<String>,
    language: Option<String>,
    country: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Text(String),
    Number(serde_json::Number),
}

/// Reads one line: the metadata and the text, verbatim.
pub fn read_json_line(line: &[u8]) -> Result<(Metadata, String), BadValue> {
    let line: Line = serde_json::from_slice(line).map_err(|error| explain(&error))?;
    let text = line.text.ok_or_else(|| {
        ("the report has no text".to_owned(), "Give the report's text in the field \"text\".".to_owned())
    })?;
    let id = line.id.map(|name| match name {
        Name::Text(text) => text,
        Name::Number(number) => number.to_string(),
    });
    let Line { title, published, source, url, language, country, .. } = line;
    Ok((Metadata { id, title, published, source, url, language, country }, text))
}

/// serde_json's own messages quote the input, which is a report's text; only their place is kept.
fn explain(error: &serde_json::Error) -> BadValue {
    let column = error.column();
    match error.classify() {
        Category::Data => (
            format!("a field is not a string (up to column {column})"),
            "A line is an object such as {\"id\": \"a1\", \"text\": \"…\", \"published\": \"2022-01-08\"}."
                .to_owned(),
        ),
        Category::Eof => (
            format!("the line ends inside a JSON value (column {column})"),
            "Put each report whole on one line, with \\n for line ends in its text.".to_owned(),
        ),
        Category::Syntax | Category::Io => (
            format!("the line is not valid JSON (column {column})"),
            "Put each report on one line as a JSON object with the field \"text\".".to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_taken_verbatim_and_the_rest_may_be_missing() {
        let (metadata, text) =
            read_json_line(r#"{"text":" Gr\u00e8ve\n","id":12,"url":null,"x":[1]}"#.as_bytes()).unwrap();
        assert_eq!(text, " Grève\n");
        assert_eq!(metadata, Metadata { id: Some("12".into()), ..Metadata::default() });
    }

    #[test]
    fn a_broken_line_is_described_without_its_words() {
        for line in [
            r#"{"text":"secret"#,
            r#"{"text":secret}"#,
            r#"{"text":["secret"]}"#,
            "\"secret\"",
            r#"{"id":"secret"}"#,
        ] {
            let (reason, repair) = read_json_line(line.as_bytes()).map(|_| ()).unwrap_err();
            assert!(!reason.contains("secret") && !repair.is_empty(), "{line}: {reason}");
        }
    }
}
