//! The drawings that the pack is written with.

use crate::exhibit::Exhibit;

/// A drawn exhibit.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    /// What is drawn.
    pub exhibit: &'a Exhibit,
    /// The chart alone as an SVG document with its `viewBox`, without finding, title and source.
    pub bare: &'a str,
    /// The whole exhibit as an SVG document with its text as outlines, if the pack has such files.
    pub outlined: Option<&'a str>,
    /// The same drawing as a PNG file, if the pack has such files.
    pub png: Option<&'a [u8]>,
}
