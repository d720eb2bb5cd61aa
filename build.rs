//! Tells cargo which folders are embedded in the program, so that a new file in them is noticed.

fn main() {
    for folder in ["catalog", "charts/exhibits", "charts/fonts", "charts/theme.toml", "src/pack/html"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
