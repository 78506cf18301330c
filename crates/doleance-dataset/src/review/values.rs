//! Completes values as reviewers give them to the form of record format 1.
//!
//! A reviewer gives what matters: `2024-03-04`, `workers/rail`, `300`, or an object without its empty fields. Each value's
//! `words` are looked up in the report nearest to the action; a value without words rests on the words of the action.

use doleance_records::Quote;
use doleance_text::Date;
use serde_json::{Map, Value, json};

/// A report's text, and the words of the action in it.
pub(super) struct Page<'a> {
    pub text: &'a str,
    pub action: Quote,
}

impl<'a> Page<'a> {
    /// The page of an action named by `words`; where they stand more than once, `nth` says which is meant.
    pub fn new(text: &'a str, words: &str, nth: Option<usize>) -> Result<Self, String> {
        let places = places(text, words);
        let at = match (nth, places.len()) {
            (_, 0) => return Err(format!("the report does not say “{words}”")),
            (None, 1) => places[0],
            (None, many) => {
                return Err(format!(
                    "the report says “{words}” {many} times: name more words, or which of them by `nth`"
                ));
            }
            (Some(nth), many) => *nth
                .checked_sub(1)
                .and_then(|at| places.get(at))
                .ok_or_else(|| format!("the report says “{words}” {many} times, not {nth}"))?,
        };
        Ok(Page { text, action: quote(words, at) })
    }

    /// These words where they stand nearest to the action.
    pub fn find(&self, words: &str) -> Result<Quote, String> {
        places(self.text, words)
            .into_iter()
            .min_by_key(|at| (at.abs_diff(self.action.start), *at))
            .map(|at| quote(words, at))
            .ok_or_else(|| format!("the report does not say “{words}”"))
    }

    /// The value of a record's field, whole.
    pub fn completed(&self, field: &str, value: Value) -> Result<Value, String> {
        match (field, value) {
            ("time" | "place" | "reported_by", Value::Null) => Ok(Value::Null),
            ("time", value) => self.anchored(time(value)?, &["start", "end", "part"]),
            ("place", value) => {
                let mut place = self.anchored(value, &["id", "country", "admin1", "lat", "lon"])?;
                if let Some(place) = place.as_object_mut() {
                    place.entry("alternatives").or_insert_with(|| json!([]));
                }
                Ok(place)
            }
            ("actors" | "targets", value) => {
                self.each(value, |one| self.anchored(actor(one), &["sector", "name", "organisation"]))
            }
            ("size" | "killed" | "injured" | "arrested", value) => {
                self.each(value, |one| self.anchored(figure(one)?, &["low", "high", "said_by"]))
            }
            (_, value) => Ok(value),
        }
    }

    fn each(&self, value: Value, complete: impl Fn(Value) -> Result<Value, String>) -> Result<Value, String> {
        let values = match value {
            Value::Array(values) => values,
            Value::Null => Vec::new(),
            one => vec![one],
        };
        values.into_iter().map(complete).collect::<Result<Vec<Value>, String>>().map(Value::Array)
    }

    /// The object with all of its fields, its words and where they stand.
    fn anchored(&self, value: Value, optional: &[&str]) -> Result<Value, String> {
        let Value::Object(mut object) = value else {
            return Err(format!("{value} has not the form of its field"));
        };
        for name in optional {
            object.entry(*name).or_insert(Value::Null);
        }
        let stands = match object.remove("words") {
            Some(Value::String(words)) => self.find(&words)?,
            Some(other) => return Err(format!("`words` is a text of the report, not {other}")),
            None => self.action.clone(),
        };
        if !(object.contains_key("text") && object.contains_key("span")) {
            object.insert("span".to_owned(), json!([stands.start, stands.end]));
            object.insert("text".to_owned(), Value::String(stands.text));
        }
        Ok(Value::Object(object))
    }
}

/// Every place at which `words` stand in a text, in code points.
fn places(text: &str, words: &str) -> Vec<u32> {
    if words.trim().is_empty() {
        return Vec::new();
    }
    let (mut places, mut points, mut before) = (Vec::new(), 0, 0);
    for (at, _) in text.match_indices(words) {
        points += text[before..at].chars().count() as u32;
        before = at;
        places.push(points);
    }
    places
}

fn quote(words: &str, start: u32) -> Quote {
    Quote { start, end: start + words.chars().count() as u32, text: words.to_owned() }
}

/// `2024-03-04`, `2024-03-04..2024-03-06`, `2024-03-04..` or the object.
fn time(value: Value) -> Result<Value, String> {
    let mut object = match value {
        Value::Object(object) => object,
        Value::String(text) => {
            let (start, end) = text.split_once("..").unwrap_or((&text, &text));
            let day = |day: &str| match day {
                "" => Ok(Value::Null),
                day => day.parse::<Date>().map(|day| Value::String(day.to_string())).map_err(|_| {
                    format!("`{text}` is no day like 2024-03-04, nor two of them with .. between")
                }),
            };
            Map::from_iter([("start".to_owned(), day(start)?), ("end".to_owned(), day(end)?)])
        }
        other => return Err(format!("{other} is no time")),
    };
    object.entry("granularity").or_insert_with(|| json!("day"));
    let day = |name: &str| object.get(name).and_then(Value::as_str).and_then(|day| day.parse::<Date>().ok());
    match (day("start"), day("end")) {
        (None, None) => Err("a time has a first or a last day".to_owned()),
        (Some(start), Some(end)) if start > end => Err(format!("{start} is after {end}")),
        _ => Ok(Value::Object(object)),
    }
}

/// `role/sector/organisation` or the object.
fn actor(value: Value) -> Value {
    let Value::String(text) = value else { return value };
    let mut parts =
        text.split('/').map(str::trim).map(|part| if part.is_empty() { Value::Null } else { json!(part) });
    let mut next = || parts.next().unwrap_or_default();
    json!({ "role": next(), "sector": next(), "organisation": next() })
}

/// `300`, `"300-400"`, `"300-400/police"` or the object.
fn figure(value: Value) -> Result<Value, String> {
    let text = match value {
        Value::Number(number) => return Ok(json!({ "low": number })),
        Value::String(text) => text,
        other => return Ok(other),
    };
    let (numbers, speaker) = match text.split_once('/') {
        Some((numbers, speaker)) => (numbers, Some(speaker.trim())),
        None => (text.as_str(), None),
    };
    let (low, high) = match numbers.split_once('-') {
        Some((low, high)) => (low, Some(high)),
        None => (numbers, None),
    };
    let number = |text: &str| {
        text.trim().parse::<u64>().map_err(|_| format!("`{text}` is no number, in digits without signs"))
    };
    Ok(json!({ "low": number(low)?, "high": high.map(number).transpose()?, "said_by": speaker }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "À Lille, 300 cheminots ont défilé lundi. À Lyon, 40 ont défilé mardi.";

    fn page() -> Page<'static> {
        Page::new(TEXT, "défilé", Some(2)).unwrap()
    }

    #[test]
    fn words_are_found_once_or_by_their_number() {
        assert!(Page::new(TEXT, "défilé", None).is_err_and(|error| error.contains("2 times")));
        assert!(Page::new(TEXT, "défilé", Some(3)).is_err_and(|error| error.contains("not 3")));
        assert!(Page::new(TEXT, "grève", None).is_err_and(|error| error.contains("“grève”")));
        assert!(Page::new(TEXT, " ", None).is_err());
        assert_eq!(Page::new(TEXT, "cheminots", None).unwrap().action.start, 13);
    }

    #[test]
    fn words_stand_nearest_to_the_action() {
        let found = page().find("À").unwrap();
        assert_eq!((found.start, found.end), (41, 42));
    }

    #[test]
    fn short_forms_become_whole_values() {
        let page = page();
        let action = json!([56, 62]);
        let time = page.completed("time", json!("2024-03-05")).unwrap();
        assert_eq!(
            time,
            json!({"start": "2024-03-05", "end": "2024-03-05", "granularity": "day", "part": null,
                   "text": "défilé", "span": action})
        );
        let size = page.completed("size", json!([{"low": 40, "words": "40"}, "300-400/police"])).unwrap();
        assert_eq!(
            size[0],
            json!({"low": 40, "high": null, "said_by": null, "text": "40", "span": [49, 51]})
        );
        assert_eq!((&size[1]["high"], &size[1]["said_by"]), (&json!(400), &json!("police")));
        let actors = page.completed("actors", json!("workers/rail")).unwrap();
        assert_eq!(actors[0]["role"], "workers");
        assert_eq!(actors[0]["organisation"], Value::Null);
    }

    #[test]
    fn what_is_no_value_is_refused_with_its_reason() {
        for (field, value, word) in [
            ("time", json!("tomorrow"), "tomorrow"),
            ("time", json!("2024-03-05..2024-03-04"), "after"),
            ("size", json!("many"), "many"),
            ("place", json!("Lille"), "form"),
            ("actors", json!([{"role": "workers", "words": "dockers"}]), "dockers"),
        ] {
            let error = page().completed(field, value).unwrap_err();
            assert!(error.contains(word), "{field}: {error}");
        }
    }
}
