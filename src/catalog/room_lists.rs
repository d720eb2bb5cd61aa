//! Words in questions of forms without the number of an item, and in answers that list items: a part of `catalog/room.toml`.

use serde::Deserialize;

/// Words of questions without the number of an item, beside the names of columns.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GeneralQuestions {
    /// Questions for objections.
    #[serde(default)]
    pub objection: Vec<String>,
    /// Questions for items that belong elsewhere.
    #[serde(default)]
    pub move_to: Vec<String>,
    /// Questions for other words.
    #[serde(default)]
    pub reworded: Vec<String>,
    /// Questions for items to drop.
    #[serde(default)]
    pub drop: Vec<String>,
}

/// How answers that list items are read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ListWords {
    /// Words for items that the answer does not list.
    #[serde(default)]
    pub excepts: Vec<String>,
    /// Words that leave open what is meant.
    #[serde(default)]
    pub doubts: Vec<String>,
    /// Words between the first and the last of several items.
    #[serde(default)]
    pub ranges: Vec<String>,
    /// Words before numbers that are not dots.
    #[serde(default)]
    pub not_dots: Vec<String>,
    /// The words for once, twice, and so on.
    #[serde(default)]
    pub times: Vec<String>,
}
