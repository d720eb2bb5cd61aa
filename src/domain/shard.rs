//! A part of all districts, for building them on several machines.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::district::DistrictId;

/// One of several parts of all districts: `2/4` is the second of four. Which districts it holds depends on their ids alone, so that
/// every machine deals them alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// How many there are, from 1.
    pub count: u32,
    /// Which one it is, from 1 to `count`.
    pub number: u32,
}

impl Shard {
    /// All districts.
    pub const WHOLE: Self = Self { count: 1, number: 1 };

    /// The shard `number` of `count`; `None` unless the number is between 1 and the count.
    #[must_use]
    pub const fn new(number: u32, count: u32) -> Option<Self> {
        if number >= 1 && number <= count { Some(Self { count, number }) } else { None }
    }

    /// The shard that is written as `2/4`; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (number, count) = text.split_once('/')?;
        Self::new(whole_number(number)?, whole_number(count)?)
    }

    /// Whether a district is in it. Each district is in exactly one shard of a count.
    #[must_use]
    pub fn holds(self, district: &DistrictId) -> bool {
        let hash = Sha256::digest(district.as_str());
        let start = hash.iter().take(8).fold(0u64, |start, byte| start << 8 | u64::from(*byte));
        start % u64::from(self.count) + 1 == u64::from(self.number)
    }

    /// All shards of a count, in order.
    pub fn all(count: u32) -> impl Iterator<Item = Self> {
        (1..=count).map(move |number| Self { count, number })
    }
}

/// A number in digits alone.
fn whole_number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::{DistrictId, Shard};

    #[test]
    fn only_numbers_from_one_to_the_count_are_shards() {
        assert_eq!(Shard::parse("2/4"), Shard::new(2, 4));
        assert_eq!(Shard::parse("04/4"), Shard::new(4, 4));
        for wrong in [
            "0/4",
            "5/4",
            "1/0",
            "two/4",
            "2",
            "2/",
            "/4",
            "2/4/6",
            "-1/4",
            "+1/4",
            " 1/4",
            "1/4294967296",
            "",
        ] {
            assert_eq!(Shard::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn districts_are_dealt_by_a_fixed_hash() {
        // What `printf ID | sha256sum` begins with.
        for (id, begins) in [("1", 0x6b86_b273_ff34_fce1_u64), ("1902", 0x489c_a219_174f_91b4_u64)] {
            let district = DistrictId::new(id).unwrap();
            let holding: Vec<Shard> = Shard::all(4).filter(|shard| shard.holds(&district)).collect();
            assert_eq!(holding, [Shard::new((begins % 4) as u32 + 1, 4).unwrap()], "{id}");
            assert!(Shard::WHOLE.holds(&district));
        }
    }

    #[test]
    fn shards_are_about_equally_large() {
        let ids: Vec<DistrictId> = (1..=4000).map(|id| DistrictId::new(&id.to_string()).unwrap()).collect();
        for shard in Shard::all(8) {
            let held = ids.iter().filter(|id| shard.holds(id)).count();
            assert!((400..600).contains(&held), "{shard}: {held}");
        }
    }
}
