//! Texts that occur very often, such as the ids of measures: each is kept once, until the program ends.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::ptr;
use std::sync::{LazyLock, PoisonError, RwLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Every text that is kept.
static KEPT: LazyLock<RwLock<BTreeSet<&'static str>>> = LazyLock::new(RwLock::default);

/// A text that is kept once: copying it and finding that two are equal takes no longer for a long one. Sorted as text.
#[derive(Clone, Copy)]
pub struct Interned(&'static str);

impl Interned {
    /// This text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let kept = KEPT.read().unwrap_or_else(PoisonError::into_inner).get(text).copied();
        Self(kept.unwrap_or_else(|| keep(text)))
    }

    /// The text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

fn keep(text: &str) -> &'static str {
    let mut all = KEPT.write().unwrap_or_else(PoisonError::into_inner);
    // Another thread may have been faster.
    if let Some(kept) = all.get(text) {
        return kept;
    }
    let kept: &'static str = Box::leak(text.into());
    all.insert(kept);
    kept
}

impl Default for Interned {
    fn default() -> Self {
        Self::new("")
    }
}

impl Deref for Interned {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl PartialEq for Interned {
    fn eq(&self, other: &Self) -> bool {
        // The same text is never kept twice.
        ptr::eq(self.0, other.0)
    }
}

impl Eq for Interned {}

impl PartialEq<str> for Interned {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Interned {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialOrd for Interned {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Interned {
    fn cmp(&self, other: &Self) -> Ordering {
        if self == other { Ordering::Equal } else { self.0.cmp(other.0) }
    }
}

impl Hash for Interned {
    fn hash<H: Hasher>(&self, state: &mut H) {
        ptr::hash(self.0, state);
    }
}

impl fmt::Debug for Interned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, f)
    }
}

impl fmt::Display for Interned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl Serialize for Interned {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Interned {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::new(&String::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Interned;

    #[test]
    fn equal_texts_are_the_same_and_sort_as_text() {
        let (one, other) = (Interned::new("enrollment"), Interned::new(&["enroll", "ment"].concat()));
        assert_eq!(one, other);
        assert_eq!(BTreeSet::from([one, other]).len(), 1);
        assert_eq!(Interned::default(), Interned::new(""));
        let mut sorted = ["b", "", "ab", "a"].map(Interned::new);
        sorted.sort();
        assert_eq!(sorted.map(Interned::as_str), ["", "a", "ab", "b"]);
        assert!(one != Interned::new("enrollments") && one == "enrollment");
    }
}
