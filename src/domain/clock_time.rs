//! A time of day on the agenda.

use std::fmt;

use serde::{Deserialize, Deserializer};

const MINUTES_OF_HOUR: u32 = 60;
/// School days begin after six: an hour before it is in the afternoon (`3:00`).
const FIRST_HOUR: u32 = 6;

/// A time of day, in minutes after midnight. Written and read as on an agenda: `8:30`, and `3:00` in the afternoon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct ClockTime(u32);

impl ClockTime {
    /// The time of a text such as `8:30`, `3:00` or `15:00`; `None` if it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.trim().split_once(':')?;
        let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
        let hours = if hours < FIRST_HOUR { hours + 12 } else { hours };
        (hours < 24 && minutes < MINUTES_OF_HOUR).then_some(Self(hours * MINUTES_OF_HOUR + minutes))
    }

    /// The time some minutes later.
    #[must_use]
    pub const fn plus(self, minutes: u32) -> Self {
        Self(self.0 + minutes)
    }

    /// The minutes from this time to a later one; 0 if it is not later.
    #[must_use]
    pub const fn minutes_to(self, later: Self) -> u32 {
        later.0.saturating_sub(self.0)
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes) = (self.0 / MINUTES_OF_HOUR % 24, self.0 % MINUTES_OF_HOUR);
        write!(f, "{}:{minutes:02}", if hours > 12 { hours - 12 } else { hours })
    }
}

impl<'de> Deserialize<'de> for ClockTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::invalid_value(serde::de::Unexpected::Str(&text), &"a time such as \"8:30\"")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ClockTime;

    #[test]
    fn times_are_read_and_shown_as_on_an_agenda() {
        let time = |text| ClockTime::parse(text).unwrap();
        assert_eq!(time("8:30").plus(200).to_string(), "11:50");
        assert_eq!(time("8:30").minutes_to(time("3:00")), 390);
        assert_eq!(time("15:00"), time("3:00"));
        assert_eq!(time("12:05").to_string(), "12:05");
        for bad in ["", "8", "8:60", "25:00", "8.30", "eight"] {
            assert_eq!(ClockTime::parse(bad), None, "{bad}");
        }
    }
}
