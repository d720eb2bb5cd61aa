//! Merges the disclosure rules of several files: the narrower of two caps applies, and nothing is removed.

use std::cmp::Reverse;

use super::{Cap, DisclosureSpec, SameStudents};

impl DisclosureSpec {
    /// Adds a file's rules to those of the files before it: the narrower of two caps applies, and nothing is
    /// removed.
    pub(super) fn add(&mut self, more: Self) {
        self.cap = narrower(&self.cap, more.cap);
        add_new(&mut self.whole, more.whole);
        for same in more.same {
            match self.same.iter_mut().find(|known| known.id == same.id) {
                Some(known) => known.extend(same),
                None => self.same.push(same),
            }
        }
        add_new(&mut self.some, more.some);
        add_new(&mut self.in_grades, more.in_grades);
    }
}

impl SameStudents {
    fn extend(&mut self, more: Self) {
        add_new(&mut self.count, more.count);
        add_new(&mut self.n, more.n);
        add_new(&mut self.numerator, more.numerator);
    }
}

/// Adds the entries that are missing.
fn add_new<T: PartialEq>(known: &mut Vec<T>, more: Vec<T>) {
    for new in more {
        if !known.contains(&new) {
            known.push(new);
        }
    }
}

/// For each group size, the narrower cap of two lists, from the largest size down.
fn narrower(known: &[Cap], mut more: Vec<Cap>) -> Vec<Cap> {
    more.sort_by_key(|cap| Reverse(cap.at_least));
    let mut sizes: Vec<u32> = known.iter().chain(&more).map(|cap| cap.at_least).collect();
    sizes.sort_unstable_by_key(|n| Reverse(*n));
    sizes.dedup();
    sizes.into_iter().map(|n| narrower_at(n, known, &more)).collect()
}

/// The range allowed by both lists of caps for groups of `n` people.
fn narrower_at(n: u32, known: &[Cap], more: &[Cap]) -> Cap {
    let mut narrower = Cap { at_least: n, low: f64::NEG_INFINITY, high: f64::INFINITY };
    for cap in cap_for(known, n).into_iter().chain(cap_for(more, n)) {
        narrower.low = narrower.low.max(cap.low);
        narrower.high = narrower.high.min(cap.high);
    }
    narrower
}

/// The cap for groups of `n` people, from a list sorted from the largest size down.
fn cap_for(caps: &[Cap], n: u32) -> Option<&Cap> {
    caps.iter().find(|cap| cap.at_least <= n)
}

#[cfg(test)]
mod tests {
    use super::narrower;
    use crate::catalog::Cap;

    fn cap(at_least: u32, low: f64, high: f64) -> Cap {
        Cap { at_least, low, high }
    }

    #[test]
    fn of_two_caps_the_narrower_holds() {
        let known = [cap(100, 2.0, 98.0), cap(0, 20.0, 80.0)];
        assert_eq!(narrower(&known, Vec::new()), known);
        assert_eq!(
            narrower(&known, vec![cap(0, 10.0, 70.0), cap(200, 5.0, 99.0)]),
            [cap(200, 5.0, 98.0), cap(100, 10.0, 70.0), cap(0, 20.0, 70.0)]
        );
    }
}
