//! YAML front matter: the lines between two `---` at the head of a text.
//!
//! Only the report's own keys are read, each with one plain value; other keys belong to other programs and are
//! skipped with all that is in them. The report's text is what follows, and its offsets count from there.

use saphyr_parser::{Event, Parser};

use super::Metadata;

/// Front matter as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The values.
    pub metadata: Metadata,
    /// The line of each known key, from 1, in the whole file.
    pub lines: Vec<(&'static str, u64)>,
    /// Where the text begins, in bytes.
    pub body: usize,
}

/// Front matter that cannot be read: the line and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFrontMatter {
    /// Line in the file, from 1.
    pub line: u64,
    /// What is the matter, without words of the file.
    pub reason: &'static str,
}

const KEYS: [&str; 7] = ["id", "title", "published", "source", "url", "language", "country"];

/// Longer front matter is no front matter of a report: 64 KiB.
const LONGEST: usize = 64 << 10;

/// Reads the front matter at the head of a file. `None` where there is none: the text then begins at byte 0.
pub fn split_front_matter(file: &str) -> Result<Option<FrontMatter>, BadFrontMatter> {
    let Some(first) = file.split_inclusive('\n').next().filter(|line| line.trim_end() == "---") else {
        return Ok(None);
    };
    let Some((yaml_end, body)) = closing_fence(file, first.len()) else { return Ok(None) };
    let yaml = &file[first.len()..yaml_end];
    let mut found = FrontMatter { body, ..FrontMatter::default() };
    // A rule made of dashes, then a paragraph, then another rule is text.
    if !yaml.lines().any(|line| line.split_once(':').is_some_and(|(key, _)| KEYS.contains(&key.trim()))) {
        return Ok(None);
    }
    read_yaml(yaml, &mut found)?;
    Ok(Some(found))
}

fn closing_fence(file: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    for line in file[from..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((at, at + line.len()));
        }
        at += line.len();
        if at - from > LONGEST {
            return None;
        }
    }
    None
}

fn read_yaml(yaml: &str, found: &mut FrontMatter) -> Result<(), BadFrontMatter> {
    let mut depth = 0usize;
    let mut key: Option<(String, u64)> = None;
    for event in Parser::new_from_str(yaml) {
        let (event, span) = event.map_err(|error| BadFrontMatter {
            line: error.marker().line() as u64 + 1,
            reason: "the front matter is not valid YAML",
        })?;
        let line = span.start.line() as u64 + 1;
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if depth == 1 {
                    refuse_nested(key.take())?;
                }
                depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => depth = depth.saturating_sub(1),
            Event::Scalar(value, ..) if depth == 1 => match key.take() {
                None => key = Some((value.into_owned(), line)),
                Some((name, line)) => keep(found, &name, value.into_owned(), line),
            },
            Event::Alias(_) if depth == 1 => refuse_nested(key.take())?,
            _ => {}
        }
    }
    Ok(())
}

/// A list or mapping may stand under a key that is not ours.
fn refuse_nested(key: Option<(String, u64)>) -> Result<(), BadFrontMatter> {
    match key {
        Some((name, line)) if KEYS.contains(&name.as_str()) => Err(BadFrontMatter {
            line,
            reason: "a key of the front matter has a list where one value is wanted",
        }),
        _ => Ok(()),
    }
}

fn keep(found: &mut FrontMatter, name: &str, value: String, line: u64) {
    let Some(key) = KEYS.iter().find(|key| **key == name) else { return };
    if let Some(field) = found.metadata.field(name) {
        *field = (value != "~" && value != "null").then_some(value);
        found.lines.push((key, line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_keys_are_read_and_others_skipped() {
        let file = "---\ntitle: \"Grève: jour 3\"\npublished: 2022-01-08\ncountry: NO\ntags:\n  - id: x\nauthor: {a: b}\nid: 7\n---\nLe texte.\n";
        let found = split_front_matter(file).unwrap().unwrap();
        assert_eq!(found.metadata.title.as_deref(), Some("Grève: jour 3"));
        assert_eq!(found.metadata.published.as_deref(), Some("2022-01-08"));
        assert_eq!(found.metadata.country.as_deref(), Some("NO"));
        assert_eq!(found.metadata.id.as_deref(), Some("7"));
        assert_eq!(&file[found.body..], "Le texte.\n");
        assert!(found.lines.contains(&("published", 3)));
    }

    #[test]
    fn windows_line_ends_are_lines_too() {
        let file = "---\r\nid: a\r\n---\r\nTexte";
        let found = split_front_matter(file).unwrap().unwrap();
        assert_eq!(found.metadata.id.as_deref(), Some("a"));
        assert_eq!(&file[found.body..], "Texte");
    }

    #[test]
    fn a_rule_of_dashes_is_text() {
        for file in
            ["---\nNous demandons du pain.\n---\n", "---\nid: sans fin\n", "-- \nid: x\n---\n", "", "---"]
        {
            assert_eq!(split_front_matter(file).unwrap(), None, "{file:?}");
        }
    }

    #[test]
    fn broken_yaml_is_refused_at_its_line() {
        let bad = split_front_matter("---\nid: a\ntitle: \"no end\n---\ntext").unwrap_err();
        assert!(bad.line >= 3, "{bad:?}");
        let bad = split_front_matter("---\nid: a\nlanguage: [fr, en]\n---\ntext").unwrap_err();
        assert_eq!(bad.line, 3);
    }
}
