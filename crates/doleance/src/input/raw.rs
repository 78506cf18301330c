//! One report as it lies in its file, and the way to read it.

use doleance_text::Report;

use super::html::declared_encoding;
use super::{LARGEST_PAGE, Metadata, decode, read_html, read_json_line, split_front_matter};
use crate::outcome::Problem;

/// The outer form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Plain text or Markdown, with or without front matter.
    Text,
    /// A web page.
    Html,
    /// One line of a JSON Lines file.
    JsonLine,
}

/// One report as bytes.
#[derive(Clone, Debug)]
pub struct RawReport {
    /// The file as the user named it; `-` for standard input.
    pub file: String,
    /// Line in the file, for [`Form::JsonLine`].
    pub line: Option<u64>,
    /// Name of the report where it does not name itself.
    pub id: String,
    /// How to read the bytes.
    pub form: Form,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl RawReport {
    /// Decodes the report and checks what is said about it.
    pub fn read(self) -> Result<Report, Problem> {
        let RawReport { file, line, id, form, bytes } = self;
        let problem = |at: Option<u64>, reason: String, repair: String| Problem {
            file: file.clone(),
            line: at.or(line),
            reason,
            repair,
        };
        let (metadata, text, key_lines) = match form {
            Form::JsonLine => {
                let bytes = if std::str::from_utf8(&bytes).is_ok() {
                    bytes
                } else {
                    decode_as_text(bytes, None)
                        .map_err(|(reason, repair)| problem(None, reason, repair))?
                        .into_bytes()
                };
                let (metadata, text) =
                    read_json_line(&bytes).map_err(|(reason, repair)| problem(None, reason, repair))?;
                (metadata, text, Vec::new())
            }
            Form::Html => {
                if bytes.len() > LARGEST_PAGE {
                    let reason = format!("the web page is larger than {} MiB", LARGEST_PAGE >> 20);
                    return Err(problem(None, reason, "Save the article's text alone.".to_owned()));
                }
                let declared = declared_encoding(&bytes);
                let page = decode_as_text(bytes, declared.as_deref())
                    .map_err(|(reason, repair)| problem(None, reason, repair))?;
                let (metadata, text) = read_html(&page);
                (metadata, text, Vec::new())
            }
            Form::Text => {
                let text =
                    decode_as_text(bytes, None).map_err(|(reason, repair)| problem(None, reason, repair))?;
                without_front_matter(text)
                    .map_err(|(line, reason, repair)| problem(Some(line), reason, repair))?
            }
        };
        if text.trim().is_empty() {
            let repair = "Give a report with some text, or leave it out.".to_owned();
            return Err(problem(None, "the report is empty".to_owned(), repair));
        }
        metadata.report(id, text).map_err(|(reason, repair)| {
            // The reason names the field; its line is known where it came from front matter.
            let line =
                key_lines.iter().find(|(key, _)| reason.contains(field_in_words(key))).map(|(_, line)| *line);
            problem(line, reason, repair)
        })
    }
}

fn decode_as_text(bytes: Vec<u8>, declared: Option<&str>) -> Result<String, (String, String)> {
    decode(bytes, declared).map_err(|not_text| (not_text.reason.to_owned(), not_text.repair.to_owned()))
}

type KeyLines = Vec<(&'static str, u64)>;

fn without_front_matter(mut text: String) -> Result<(Metadata, String, KeyLines), (u64, String, String)> {
    match split_front_matter(&text) {
        Ok(None) => Ok((Metadata::default(), text, Vec::new())),
        Ok(Some(front)) => {
            text.drain(..front.body);
            Ok((front.metadata, text, front.lines))
        }
        Err(bad) => {
            let repair = "Write one “key: value” a line between the two lines of dashes.".to_owned();
            Err((bad.line, bad.reason.to_owned(), repair))
        }
    }
}

fn field_in_words(key: &str) -> &str {
    if key == "published" { "date of publication" } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: Form, bytes: &[u8]) -> Result<Report, Problem> {
        let line = (form == Form::JsonLine).then_some(4);
        RawReport { file: "a/b.txt".into(), line, id: "b.txt".into(), form, bytes: bytes.to_vec() }.read()
    }

    #[test]
    fn offsets_count_in_the_text_after_front_matter() {
        let report = read(Form::Text, b"---\nid: x1\nlanguage: fr\n---\nGr\xC3\xA8ve.").unwrap();
        assert_eq!((report.id.as_str(), report.text.as_str()), ("x1", "Grève."));
    }

    #[test]
    fn a_wrong_date_names_file_line_and_repair() {
        let problem = read(Form::Text, b"---\nid: x1\npublished: 8 janvier\n---\nText.").unwrap_err();
        assert_eq!(
            problem.to_string(),
            "a/b.txt:3: the date of publication “8 janvier” is not a date. Write it as year-month-day, like 2022-01-08."
        );
        let problem = read(Form::JsonLine, br#"{"text":"x","published":"?"}"#).unwrap_err();
        assert_eq!(problem.line, Some(4));
    }

    #[test]
    fn an_empty_report_is_a_problem() {
        for (form, bytes) in
            [(Form::Text, " \n"), (Form::JsonLine, r#"{"text":""}"#), (Form::Html, "<p> </p>")]
        {
            assert!(read(form, bytes.as_bytes()).unwrap_err().reason.contains("empty"), "{form:?}");
        }
    }
}
