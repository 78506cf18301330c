//! Full-text search over texts, titles and codes, accents and case folded.

use super::Store;
use crate::StoreError;

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
    /// Identifiers of the events that the report speaks of.
    pub events: Vec<String>,
}

impl Store {
    /// Reports that hold all of `words`, best first, at most `limit`. `"two words"` must stand together, `word*` is a
    /// beginning; all else is taken literally, so that nothing typed is an error.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Hit>, StoreError> {
        let Some(query) = query_of(words) else { return Ok(Vec::new()) };
        let read = || -> rusqlite::Result<Vec<Hit>> {
            // The best are picked first: making a snippet reads the text again.
            let best: Vec<i64> = self
                .connection
                .prepare_cached(
                    "SELECT rowid FROM report_search WHERE report_search MATCH ?1 ORDER BY rank LIMIT ?2",
                )?
                .query_map(rusqlite::params![query, limit as i64], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut shown = self.connection.prepare_cached(
                "SELECT report.key, report.name, report.published, report.source, report.language,
                        snippet(report_search, -1, '[', ']', '…', 18)
                 FROM report_search JOIN report ON report.key = report_search.rowid
                 WHERE report_search MATCH ?1 AND report_search.rowid = ?2",
            )?;
            let mut hits = Vec::with_capacity(best.len());
            for key in best {
                hits.push(shown.query_row(rusqlite::params![query, key], |row| {
                    Ok(Hit {
                        key: row.get(0)?,
                        report: row.get(1)?,
                        published: row.get(2)?,
                        source: row.get(3)?,
                        language: row.get(4)?,
                        snippet: row.get::<_, String>(5)?.split_whitespace().collect::<Vec<_>>().join(" "),
                        events: Vec::new(),
                    })
                })?);
            }
            let mut events = self.connection.prepare_cached(
                "SELECT DISTINCT event.id FROM record
                 JOIN crosswalk ON crosswalk.record = record.key JOIN event ON event.key = crosswalk.event
                 WHERE record.report = ?1 ORDER BY event.first IS NULL, event.first, event.id",
            )?;
            for hit in &mut hits {
                hit.events =
                    events.query_map([hit.key], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            }
            Ok(hits)
        };
        read().map_err(|error| self.error(error))
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
