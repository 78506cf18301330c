//! Writes a report with its times marked in the text, as TimeML 1.2.1 with inline TIMEX3.
//!
//! Ranges become two TIMEX3, one for each end, as TimeML has no value for a stretch between two dates. Only times are
//! written: no events, signals or links.

use doleance_text::{Date, Document, Span};

use crate::mention::{Modifier, Quantifier, TimeAnnotation, TimexKind};

/// What a TimeML document says of itself before its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heading<'a> {
    /// The document's name, as `DOCID`.
    pub id: Option<&'a str>,
    /// Its title, as `TITLE`; times are not looked for there.
    pub title: Option<&'a str>,
}

/// The text as TimeML: the document creation time (if there is a day of publication) as `t0`, then the text with its
/// times numbered from `t1`. Characters that XML does not allow become spaces.
pub fn write(heading: Heading<'_>, document: &Document, annotation: &TimeAnnotation) -> String {
    let text = document.text();
    let mut out = String::with_capacity(text.len() * 2 + 512);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<TimeML xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ");
    out.push_str("xsi:noNamespaceSchemaLocation=\"http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd\">\n\n");
    element("DOCID", heading.id, &mut out);
    if let Some(day) = annotation.published {
        out.push_str(&format!("<DCT>{}</DCT>\n\n", creation_time(day)));
    }
    element("TITLE", heading.title, &mut out);
    out.push_str("<TEXT>");
    let mut from = 0;
    let mut number = 0;
    for timex in elements(annotation) {
        if timex.span.start < from || timex.span.is_empty() {
            continue;
        }
        number += 1;
        escape(Span::new(from, timex.span.start).of(text), &mut out);
        out.push_str(&format!("<TIMEX3 tid=\"t{number}\" type=\"{}\" value=\"", timex.kind.name()));
        escape(timex.value, &mut out);
        out.push('"');
        if let Some(modifier) = timex.modifier {
            out.push_str(&format!(" mod=\"{}\"", modifier.name()));
        }
        if let Some(quantifier) = timex.quantifier {
            out.push_str(&format!(" quant=\"{}\"", quantifier.name()));
        }
        if let Some(times) = timex.frequency {
            out.push_str(&format!(" freq=\"{times}X\""));
        }
        out.push_str(" temporalFunction=\"");
        out.push_str(if timex.relative { "true" } else { "false" });
        out.push_str("\" functionInDocument=\"NONE\"");
        if timex.relative && annotation.published.is_some() {
            out.push_str(" anchorTimeID=\"t0\"");
        }
        out.push('>');
        escape(timex.span.of(text), &mut out);
        out.push_str("</TIMEX3>");
        from = timex.span.end;
    }
    escape(Span::new(from, text.len() as u32).of(text), &mut out);
    out.push_str("</TEXT>\n\n</TimeML>\n");
    out
}

fn element(name: &str, content: Option<&str>, out: &mut String) {
    let Some(content) = content else { return };
    out.push_str(&format!("<{name}>"));
    escape(content, out);
    out.push_str(&format!("</{name}>\n\n"));
}

/// One TIMEX3 element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timex<'a> {
    /// Its words, in bytes.
    pub span: Span,
    /// Its type.
    pub kind: TimexKind,
    /// Its value.
    pub value: &'a str,
    /// Its `mod`.
    pub modifier: Option<Modifier>,
    /// Its `quant`.
    pub quantifier: Option<Quantifier>,
    /// Its `freq`, in times.
    pub frequency: Option<u32>,
    /// Whether it was counted from the day of the report.
    pub relative: bool,
}

/// The TIMEX3 elements of a text, in its order: a mention with two parts gives two.
pub fn elements(annotation: &TimeAnnotation) -> Vec<Timex<'_>> {
    let mut timexes = Vec::with_capacity(annotation.mentions.len());
    for mention in &annotation.mentions {
        let relative = matches!(mention.anchor, crate::Anchor::Publication | crate::Anchor::Dateline);
        if mention.endpoints.is_empty() {
            timexes.push(Timex {
                span: mention.span,
                kind: mention.timex,
                value: &mention.value,
                modifier: mention.modifier,
                quantifier: mention.quantifier,
                frequency: mention.frequency,
                relative,
            });
        } else {
            timexes.extend(mention.endpoints.iter().map(|end| Timex {
                span: end.span,
                kind: end.timex,
                value: &end.value,
                modifier: None,
                quantifier: None,
                frequency: None,
                relative,
            }));
        }
    }
    timexes.sort_by_key(|t| t.span.start);
    timexes
}

fn creation_time(day: Date) -> String {
    format!(
        "<TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{day}\" temporalFunction=\"false\" \
         functionInDocument=\"CREATION_TIME\">{day}</TIMEX3>"
    )
}

/// Escapes for XML 1.0; control characters that it forbids become spaces.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A bare carriage return would be read back as a line feed.
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            c if (c as u32) < 0x20 || matches!(c as u32, 0xFFFE | 0xFFFF) => out.push(' '),
            c => out.push(c),
        }
    }
}
