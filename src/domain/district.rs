//! District ids: a district is what NCES calls a local education agency (LEA).

use std::fmt;

/// A district's id, as text.
///
/// Two spellings are the same district if they agree without apostrophes, dashes, spaces and leading zeros:
/// Texas publishes `001902`, `1902`, `'001902` and `001-902` for one district. An id that is all zeros
/// compares as `0`; a blank one is not an id ([`DistrictId::new`] returns `None`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct DistrictId(String);

impl DistrictId {
    /// The maximum number of characters to which an id is padded; no authority publishes ids half as long.
    pub const WIDEST: usize = 32;

    /// The id for the text `published`, or `None` if it has only punctuation and spaces.
    #[must_use]
    pub fn new(published: &str) -> Option<Self> {
        let kept: String =
            published.chars().filter(|c| is_part_of_id(*c)).flat_map(char::to_uppercase).collect();
        let whole = kept.trim_end_matches(".0");
        if whole.is_empty() {
            return None;
        }
        let bare = whole.trim_start_matches('0');
        Some(Self(if bare.is_empty() { "0".to_owned() } else { bare.to_owned() }))
    }

    /// The form used for comparison, without leading zeros.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form for display: padded with leading zeros to `width`, the length that the publisher uses, up to
    /// [`Self::WIDEST`] characters.
    #[must_use]
    pub fn padded(&self, width: usize) -> String {
        let missing = width.min(Self::WIDEST).saturating_sub(self.0.chars().count());
        "0".repeat(missing) + &self.0
    }
}

/// Whether a character counts in the comparison of ids.
fn is_part_of_id(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\'' | '’' | '-' | '–' | '"')
}

impl fmt::Display for DistrictId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::DistrictId;

    #[test]
    fn one_district_in_every_published_spelling() {
        let same = ["001902", "1902", "'001902", "001-902", " 1902 ", "1902.0", "\"001902\""];
        for spelling in same {
            assert_eq!(DistrictId::new(spelling).unwrap().as_str(), "1902", "{spelling}");
        }
        assert_eq!(DistrictId::new("1902").unwrap().padded(6), "001902");
        assert_eq!(DistrictId::new("19É").unwrap().padded(4), "019É");
        assert_eq!(
            DistrictId::new(&("0".repeat(70_000) + "1")).unwrap().padded(70_001),
            "0".repeat(31) + "1"
        );
    }

    #[test]
    fn an_empty_text_is_not_an_id() {
        assert_eq!(DistrictId::new(" '- "), None);
        assert_eq!(DistrictId::new("000").unwrap().as_str(), "0");
        assert_eq!(DistrictId::new(".0.0"), None);
    }

    #[test]
    fn an_id_is_its_own() {
        for published in ["1902.0", "19.0.0", "0.0", "00x.0", "stra\u{df}e"] {
            let id = DistrictId::new(published).unwrap();
            assert_eq!(DistrictId::new(id.as_str()), Some(id), "{published}");
        }
    }
}
