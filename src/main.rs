//! The program `retreat`.

fn main() {}
