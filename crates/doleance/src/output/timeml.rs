//! A report as TimeML: its text with TIMEX3 tags in line.
//!
//! A range is marked by its two ends, as TimeML wants it. Slicing the tags out of the element TEXT gives the report's
//! text, except for characters that XML cannot hold.

use std::fmt::Write as _;

use doleance_coding::Annotation;
use doleance_text::{Report, Span};
use doleance_times::TimeMention;

/// One TIMEX3 element.
struct Timex<'a> {
    span: Span,
    kind: &'static str,
    value: &'a str,
    modifier: Option<&'static str>,
}

/// The whole TimeML document of one report.
pub fn render(report: &Report, annotation: &Annotation) -> String {
    let text = annotation.document.text();
    let mut out = String::with_capacity(text.len() + 1024);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n<DOCID>");
    escape(&mut out, &report.id);
    out.push_str("</DOCID>\n");
    if let Some(published) = annotation.published {
        // Writing into a String cannot fail.
        let _ = writeln!(
            out,
            "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{published}\" functionInDocument=\"CREATION_TIME\">{published}</TIMEX3></DCT>"
        );
    }
    if let Some(title) = &report.title {
        out.push_str("<TITLE>");
        escape(&mut out, title);
        out.push_str("</TITLE>\n");
    }
    out.push_str("<TEXT>");
    let mut at = 0;
    for (number, timex) in annotation.times.mentions.iter().flat_map(elements).enumerate() {
        let Span { start, end } = timex.span;
        if (start as usize) < at {
            continue;
        }
        escape(&mut out, text.get(at..start as usize).unwrap_or_default());
        let _ = write!(out, "<TIMEX3 tid=\"t{}\" type=\"{}\" value=\"", number + 1, timex.kind);
        escape(&mut out, timex.value);
        out.push('"');
        if let Some(modifier) = timex.modifier {
            let _ = write!(out, " mod=\"{modifier}\"");
        }
        out.push('>');
        escape(&mut out, timex.span.of(text));
        out.push_str("</TIMEX3>");
        at = end as usize;
    }
    escape(&mut out, text.get(at..).unwrap_or_default());
    out.push_str("</TEXT>\n</TimeML>\n");
    out
}

fn elements(mention: &TimeMention) -> Vec<Timex<'_>> {
    if mention.endpoints.is_empty() {
        let modifier = mention.modifier.map(doleance_times::Modifier::name);
        return vec![Timex {
            span: mention.span,
            kind: mention.timex.name(),
            value: &mention.value,
            modifier,
        }];
    }
    let ends = mention.endpoints.iter();
    ends.map(|end| Timex { span: end.span, kind: end.timex.name(), value: &end.value, modifier: None })
        .collect()
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML 1.0 has no other control characters, and U+FFFE and U+FFFF not at all.
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c if super::plain::is_obeyed(c) && c != '\r' => out.push('\u{FFFD}'),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}
