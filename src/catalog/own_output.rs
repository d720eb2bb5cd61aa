//! How tables are recognized that this program wrote.

use serde::Deserialize;

/// `[own-output]` of `catalog/synonyms.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OwnOutput {
    /// The names of columns, exactly as written, that together only its tables have.
    #[serde(default)]
    pub tables: Vec<Vec<String>>,
}
