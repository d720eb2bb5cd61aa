//! The program `retreat`.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use retreat::cli::{Cli, Ending};

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::WithoutSomeData) => ExitCode::from(1),
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed, there is no one left to report to.
            let _ = writeln!(std::io::stderr(), "{}", error.line());
            ExitCode::from(2)
        }
    }
}
