//! What is wrong with a catalog.

/// What is wrong with a catalog: the file, and a sentence that says what is wrong and how to correct it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {message}")]
pub struct CatalogError {
    /// The catalog file.
    pub file: String,
    /// What is wrong.
    pub message: String,
}

impl CatalogError {
    pub(super) fn new(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), message: message.into() }
    }
}
