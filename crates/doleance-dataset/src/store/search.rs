//! Full-text search over texts, titles and codes, accents and case folded.

use hashbrown::HashMap;

use super::Store;
use crate::{Selection, StoreError};

/// A report that holds the words, with the stretch around them.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Row of the report.
    pub key: i64,
    /// Name of the report.
    pub report: String,
    /// Day of publication.
    pub published: Option<String>,
    /// Outlet.
    pub source: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// The words in their surroundings, each between `[` and `]`.
    pub snippet: String,
    /// Identifiers of the events that the report speaks of, as far as they are meant.
    pub events: Vec<String>,
}

/// Reports that are ranked at most: those that came in last. Where a word stands in more, it says so little that rank is
/// mostly a matter of length, and ranking takes longer than all else together.
const RANKED: i64 = 2000;

impl Store {
    /// Reports that hold all of `words`, best first, at most `limit`, with the events that they speak of. `"two words"`
    /// must stand together, `word*` is a beginning; all else is taken literally, so that nothing typed is an error.
    ///
    /// Where a selection is given, only reports on such events are found, and only those events are named.
    pub fn search(&self, words: &str, selection: &Selection, limit: usize) -> Result<Vec<Hit>, StoreError> {
        let Some(query) = query_of(words) else { return Ok(Vec::new()) };
        let languages =
            if selection.language.is_some() { self.report_languages()? } else { Default::default() };
        let mut held: HashMap<i64, Option<String>> = HashMap::new();
        let mut hits = Vec::new();
        // Only what is shown gets a snippet: making one reads the text again.
        for key in self.matching(&query, if selection.is_all() { limit } else { usize::MAX })? {
            if hits.len() == limit {
                break;
            }
            let mut events = Vec::new();
            for event in self.event_rows_of(key)? {
                let id = match held.get(&event.key) {
                    Some(known) => known.clone(),
                    None => {
                        let id = self.held(&event, selection, &languages)?;
                        held.insert(event.key, id.clone());
                        id
                    }
                };
                events.extend(id);
            }
            if selection.is_all() || !events.is_empty() {
                hits.push(self.hit(&query, key, events)?);
            }
        }
        Ok(hits)
    }

    /// Rows of reports that match, best first; beyond those that are ranked, the later first.
    fn matching(&self, query: &str, limit: usize) -> Result<Vec<i64>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let read = || -> rusqlite::Result<Vec<i64>> {
            let mut rows: Vec<i64> = self
                .connection
                .prepare_cached(
                    "SELECT rowid FROM (SELECT rowid, bm25(report_search) AS score FROM report_search
                                        WHERE report_search MATCH ?1 ORDER BY rowid DESC LIMIT ?2)
                     ORDER BY score, rowid DESC LIMIT ?3",
                )?
                .query_map(rusqlite::params![query, RANKED, limit], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            if rows.len() as i64 == RANKED && limit > RANKED {
                let mut rest = self.connection.prepare_cached(
                    "SELECT rowid FROM report_search WHERE report_search MATCH ?1
                     ORDER BY rowid DESC LIMIT ?2 OFFSET ?3",
                )?;
                for row in
                    rest.query_map(rusqlite::params![query, limit - RANKED, RANKED], |row| row.get(0))?
                {
                    rows.push(row?);
                }
            }
            Ok(rows)
        };
        read().map_err(|error| self.error(error))
    }

    /// The identifier of an event if it is one of those that are meant.
    fn held(
        &self,
        event: &EventHead,
        selection: &Selection,
        languages: &HashMap<String, String>,
    ) -> Result<Option<String>, StoreError> {
        if selection.is_all() {
            return Ok(Some(event.id.clone()));
        }
        let other_kind = selection.kind.as_ref().is_some_and(|kind| *kind != event.kind);
        let other_status = selection.status.is_some_and(|status| status.name() != event.status);
        if other_kind || other_status || event.is_outside(selection) {
            return Ok(None);
        }
        Ok(selection.holds(&self.event(&event.id)?, languages).then(|| event.id.clone()))
    }

    fn event_rows_of(&self, report: i64) -> Result<Vec<EventHead>, StoreError> {
        self.connection
            .prepare_cached(
                "SELECT DISTINCT event.key, event.id, event.kind, event.status, event.first, event.last
                 FROM record
                 JOIN crosswalk ON crosswalk.record = record.key JOIN event ON event.key = crosswalk.event
                 WHERE record.report = ?1 ORDER BY event.first IS NULL, event.first, event.id",
            )
            .and_then(|mut statement| {
                statement
                    .query_map([report], |row| {
                        Ok(EventHead {
                            key: row.get(0)?,
                            id: row.get(1)?,
                            kind: row.get(2)?,
                            status: row.get(3)?,
                            first: row.get(4)?,
                            last: row.get(5)?,
                        })
                    })?
                    .collect()
            })
            .map_err(|error| self.error(error))
    }

    fn hit(&self, query: &str, key: i64, events: Vec<String>) -> Result<Hit, StoreError> {
        self.connection
            .prepare_cached(
                "SELECT report.name, report.published, report.source, report.language,
                        snippet(report_search, -1, '[', ']', '…', 18)
                 FROM report_search JOIN report ON report.key = report_search.rowid
                 WHERE report_search MATCH ?1 AND report_search.rowid = ?2",
            )
            .and_then(|mut statement| {
                statement.query_row(rusqlite::params![query, key], |row| {
                    Ok(Hit {
                        key,
                        report: row.get(0)?,
                        published: row.get(1)?,
                        source: row.get(2)?,
                        language: row.get(3)?,
                        snippet: row.get::<_, String>(4)?.split_whitespace().collect::<Vec<_>>().join(" "),
                        events,
                    })
                })
            })
            .map_err(|error| self.error(error))
    }
}

/// What the table of events says of one without its values being read.
struct EventHead {
    key: i64,
    id: String,
    kind: String,
    status: String,
    first: Option<String>,
    last: Option<String>,
}

impl EventHead {
    /// Whether its days alone exclude it. Days are written so that they sort as text.
    fn is_outside(&self, selection: &Selection) -> bool {
        let (first, last) =
            (self.first.as_ref().or(self.last.as_ref()), self.last.as_ref().or(self.first.as_ref()));
        let over = selection.from.is_some_and(|from| last.is_none_or(|last| *last < from.to_string()));
        let to_come = selection.to.is_some_and(|to| first.is_none_or(|first| *first > to.to_string()));
        over || to_come
    }
}

/// FTS5's notation for what a user typed: every word quoted, so that no sign in it is an operator.
fn query_of(words: &str) -> Option<String> {
    let mut query = String::new();
    for (number, stretch) in words.split('"').enumerate() {
        let together = number % 2 == 1;
        let terms: Vec<&str> =
            if together { vec![stretch.trim()] } else { stretch.split_whitespace().collect() };
        for term in terms {
            let (word, star) = match term.strip_suffix('*') {
                Some(beginning) if !together => (beginning, "*"),
                _ => (term, ""),
            };
            if word.chars().any(char::is_alphanumeric) {
                query.push_str(&format!("\"{word}\"{star} "));
            }
        }
    }
    (!query.is_empty()).then_some(query)
}

#[cfg(test)]
mod tests {
    use super::query_of;

    #[test]
    fn nothing_typed_is_an_operator() {
        assert_eq!(query_of("grève NOT port*").unwrap(), "\"grève\" \"NOT\" \"port\"* ");
        assert_eq!(query_of("\"general strike\" l'usine").unwrap(), "\"general strike\" \"l'usine\" ");
        assert_eq!(query_of("(a:b"), Some("\"(a:b\" ".to_owned()));
        assert_eq!(query_of(" * - \" "), None);
    }
}
