//! The number of a SWOT item, by which people call it from the first sheet to the board.

use std::fmt;

use super::Quadrant;

/// The number of an item that the program proposes: the letter of its quadrant, and its place there (`W3`).
///
/// It never changes once people have it on paper: an item that a team moves keeps the number with which it was proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct ItemNumber {
    /// The quadrant in which it was proposed.
    pub quadrant: Quadrant,
    /// Its place in that quadrant, from 1.
    pub rank: u32,
}

impl ItemNumber {
    /// The number that a text is, as people write it (`W3`, `w 3`, `W-03`); `None` if it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let first = text.chars().next()?;
        let quadrant = Quadrant::ALL.into_iter().find(|one| one.letter() == first.to_ascii_uppercase())?;
        let rest = text[first.len_utf8()..].trim_start_matches([' ', '-', '.', '#']);
        let digits = rest.trim_end_matches(['.', ':', ')', ' ']);
        let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let rank = digits.parse().ok().filter(|rank| is_number && *rank > 0)?;
        Some(Self { quadrant, rank })
    }
}

impl fmt::Display for ItemNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.quadrant.letter(), self.rank)
    }
}

#[cfg(test)]
mod tests {
    use super::{ItemNumber, Quadrant};

    #[test]
    fn a_number_reads_back_as_people_write_it() {
        let weakness = ItemNumber { quadrant: Quadrant::Weakness, rank: 3 };
        assert_eq!(weakness.to_string(), "W3");
        for text in ["W3", " w3 ", "W 3", "w-03", "W3.", "W#3", "W3:"] {
            assert_eq!(ItemNumber::parse(text), Some(weakness), "{text}");
        }
        for text in ["", "W", "W0", "3", "L3", "W3a", "W3 and W4", "W٣", "W99999", "Weakness"] {
            assert_eq!(ItemNumber::parse(text), None, "{text}");
        }
    }
}
