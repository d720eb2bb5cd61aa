//! Every kind of chart, at its worst.
