# Everyday recipes; `just --list` shows them.

# Formatting, lints, and tests, as CI runs them.
check:
    cargo fmt --all --check
    cargo clippy --locked --all-targets -- -D warnings
    cargo test --release

# The sample's pack, in sample_data/out.
sample:
    cargo run --release -- build sample_data

# Make the sample's workbooks again.
sample-data:
    cargo run --release --example make_sample_data

# The benchmarks; RETREAT_DATA is the folder with texas/ and illinois/.
bench:
    cargo bench
