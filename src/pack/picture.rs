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
    /// The chart alone, for paper; `None` if the pack has no documents to print.
    pub plots: Option<Plots<'a>>,
}

/// A chart alone, without title, finding, and footer: SVG elements without ids, whose font is that of the document around them.
#[derive(Debug, Clone, Copy)]
pub struct Plots<'a> {
    /// As wide as a page.
    pub wide: &'a str,
    /// Half as wide, with text of the same size.
    pub narrow: &'a str,
}
