//! What is wrong with a pack: which object, where, why, and how to mend it.

/// A pack that does not load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{object} at {place}: {reason}; {repair}")]
pub struct PackError {
    /// The object concerned: `rule fr.date.day-month`, `class month`, `numbers`.
    pub object: String,
    /// Where: file and key, or line and column.
    pub place: String,
    /// What is the matter.
    pub reason: String,
    /// How to mend it.
    pub repair: String,
}

impl PackError {
    pub(crate) fn new(
        object: impl Into<String>,
        place: impl Into<String>,
        reason: impl Into<String>,
        repair: impl Into<String>,
    ) -> Self {
        PackError { object: object.into(), place: place.into(), reason: reason.into(), repair: repair.into() }
    }

    /// From a TOML error, whose own message has the line.
    pub(crate) fn toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let place = error.span().map_or_else(
            || file.to_owned(),
            |span| {
                let before = text.get(..span.start).unwrap_or("");
                format!("{file}, line {}", before.matches('\n').count() + 1)
            },
        );
        PackError::new(
            file,
            place,
            error.message().trim(),
            "write it as the pack format in docs/times.md says",
        )
    }
}
