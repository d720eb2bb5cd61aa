//! The drawings that the pack is written with.

use crate::exhibit::Exhibit;

/// A drawn exhibit.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    /// What is drawn.
    pub exhibit: &'a Exhibit,
    /// The drawing as an SVG document, with its `viewBox`.
    pub svg: &'a str,
    /// The chart alone as SVG, without finding, title and source.
    pub bare: &'a str,
    /// The same drawing as a PNG file, if the pack has such files.
    pub png: Option<&'a [u8]>,
}
