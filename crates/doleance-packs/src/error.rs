//! What is wrong with a data file: object, place, reason, repair.

/// A data file that does not load.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {object}: {reason}; {repair}")]
pub struct PackError {
    /// Name of the file within the pack.
    pub file: String,
    /// The entry concerned, by its id where it has one.
    pub object: String,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub repair: String,
}

impl PackError {
    /// An error about one entry of a file.
    pub fn new(
        file: &str,
        object: impl Into<String>,
        reason: impl Into<String>,
        repair: impl Into<String>,
    ) -> Self {
        PackError {
            file: file.to_owned(),
            object: object.into(),
            reason: reason.into(),
            repair: repair.into(),
        }
    }

    /// A file that is not valid TOML of the expected shape.
    pub fn syntax(file: &str, error: &toml::de::Error) -> Self {
        let reason = error.to_string();
        PackError::new(file, "whole file", reason.trim().replace('\n', " "), "mend the named line")
    }
}
