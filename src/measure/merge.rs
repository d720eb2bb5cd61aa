//! Merges published and derived rows in frame order.

use std::iter::Peekable;

use crate::observation::Observed;

/// Merges two sorted streams; if both have a position, the derived row is used (a value is derived only if
/// nothing was published).
pub(super) struct Merge<P: Iterator<Item = Observed>, D: Iterator<Item = Observed>> {
    published: Peekable<P>,
    derived: Peekable<D>,
}

impl<P: Iterator<Item = Observed>, D: Iterator<Item = Observed>> Merge<P, D> {
    pub(super) fn new(published: P, derived: D) -> Self {
        Self { published: published.peekable(), derived: derived.peekable() }
    }
}

impl<P: Iterator<Item = Observed>, D: Iterator<Item = Observed>> Iterator for Merge<P, D> {
    type Item = Observed;

    fn next(&mut self) -> Option<Observed> {
        let published = self.published.peek().map(Observed::position);
        let derived = self.derived.peek().map(Observed::position);
        match (published, derived) {
            (Some(p), Some(d)) if p == d => {
                self.published.next();
                self.derived.next()
            }
            (Some(p), Some(d)) if p < d => self.published.next(),
            (Some(_), None) => self.published.next(),
            _ => self.derived.next(),
        }
    }
}
