//! The command line: one module per command, and what commands share.
//!
//! [`Cli`] is what the user typed. A command prints its result to standard output; progress and problems go
//! to standard error through a `Reporter`.

mod arguments;
mod build;
mod catalog;
mod check;
mod districts;
mod ending;
mod fault;
mod init;
mod inspect;
mod inspect_layout;
mod manual;
mod merge;
mod merge_shards;
mod output;
mod peers;
mod peers_json;
mod peers_text;
mod plan;
mod progress;
mod refresh;
mod session;
mod shard_choice;
mod swot;
mod text;
mod why_not;

use std::io::{self, Write};

use clap::CommandFactory;

pub use arguments::Cli;
pub use ending::{CliError, Ending};

use arguments::Command;
use manual::print_manual;
use output::{Reporter, Verbosity};

impl Cli {
    /// Carries out the command.
    ///
    /// # Errors
    /// See [`CliError`].
    pub fn run(&self) -> Result<Ending, CliError> {
        let ending = fault::catch_panic(|| self.dispatch())?;
        Ok(if self.problems_ok { Ending::Done } else { ending })
    }

    fn dispatch(&self) -> Result<Ending, CliError> {
        let reporter = Reporter { verbosity: self.verbosity() };
        match &self.command {
            Command::Build(arguments) => build::build(arguments, reporter),
            Command::Init(arguments) => init::init(arguments, reporter),
            Command::Inspect(arguments) => inspect::inspect(arguments, reporter),
            Command::Check(arguments) => check::check(arguments, reporter),
            Command::Peers(arguments) => peers::peers(arguments, reporter),
            Command::Swot(arguments) => swot::swot(arguments, reporter),
            Command::Merge(arguments) => merge::merge(arguments, reporter),
            Command::MergeShards(arguments) => merge_shards::merge_shards(arguments, reporter),
            Command::Plan(arguments) => plan::plan(arguments, reporter),
            Command::Refresh(arguments) => refresh::refresh(arguments, reporter),
            Command::Catalog(arguments) => catalog::catalog(arguments),
            Command::Completions { shell } => print_completions(*shell),
            Command::Manual => {
                print_manual()?;
                Ok(Ending::Done)
            }
        }
    }

    const fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, true) => Verbosity::Verbose,
            (false, false) => Verbosity::Normal,
        }
    }
}

fn print_completions(shell: clap_complete::Shell) -> Result<Ending, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "retreat", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Ending::Done)
}
