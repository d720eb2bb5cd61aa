//! What a command prints to standard error in addition to its result: progress and problems.

use std::io::{self, IsTerminal, Write};

use super::ending::{CliError, Ending};
use crate::diagnostic::{Diagnostic, Severity, grouped};
use crate::domain::clean_lines;
use crate::pack::ACCESSIBILITY;
use crate::run::Built;
use crate::wording::accessibility;
use crate::wording::run::{self as wording, PackSize};

/// How many problems are printed by default.
const LISTED: usize = 12;

/// How much is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verbosity {
    /// Problems only.
    Quiet,
    /// Progress and the first problems.
    Normal,
    /// Progress, and every problem and note.
    Verbose,
}

/// Prints progress and problems to standard error.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reporter {
    pub(super) verbosity: Verbosity,
}

impl Reporter {
    /// Whether to print everything, not only the first part.
    pub(super) fn is_verbose(self) -> bool {
        self.verbosity == Verbosity::Verbose
    }

    /// Prints a progress line.
    pub(super) fn progress(self, line: &str) -> io::Result<()> {
        if self.verbosity == Verbosity::Quiet {
            return Ok(());
        }
        ignore_broken_pipe(writeln!(io::stderr(), "{}", clean_lines(line)))
    }

    /// Prints that a pack was built, with the size of its content.
    pub(super) fn pack_built(self, built: &Built) -> io::Result<()> {
        let counts = &built.report.counts;
        let candidates: u64 = counts.findings.values().sum();
        let size = PackSize { charts: counts.exhibits, candidates, files: built.written.len() };
        self.progress(&wording::pack_built(&built.report.district.name, &size, &built.out.display()))?;
        if built.failing_accessibility > 0 {
            self.progress(&accessibility::failing(built.failing_accessibility, ACCESSIBILITY))?;
        }
        Ok(())
    }

    /// Prints problems, worst first, and returns how a command that met them ends.
    pub(super) fn problems(self, problems: Vec<Diagnostic>) -> Result<Ending, CliError> {
        let problems = grouped(problems);
        let relevant: Vec<&Diagnostic> =
            problems.iter().filter(|problem| self.is_relevant(problem)).collect();
        let limit = if self.is_verbose() { relevant.len() } else { LISTED };
        let mut stderr = io::stderr().lock();
        for problem in relevant.iter().take(limit) {
            ignore_broken_pipe(writeln!(stderr, "{}", styled(problem)))?;
        }
        if relevant.len() > limit && self.verbosity != Verbosity::Quiet {
            let more = wording::more_problems(relevant.len() - limit);
            ignore_broken_pipe(writeln!(stderr, "{more}"))?;
        }
        Ok(Ending::with_problems(&problems))
    }

    /// Whether a problem is printed at this verbosity: notes only if verbose.
    fn is_relevant(self, problem: &Diagnostic) -> bool {
        self.is_verbose() || problem.severity < Severity::Note
    }
}

/// Ignores that the reader has closed standard error: the command still has work to do.
fn ignore_broken_pipe(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// The text of a problem, with its heading in the color of its severity if standard error is a terminal.
fn styled(problem: &Diagnostic) -> String {
    let text = clean_lines(&problem.to_string()).into_owned();
    match text.split_once(' ') {
        Some((heading, rest)) if has_color() => {
            format!("\u{1b}[{}m{heading}\u{1b}[0m {rest}", ansi_color(problem.severity))
        }
        _ => text,
    }
}

/// Whether standard error shows colors: it is a terminal, and `NO_COLOR` is unset or empty.
fn has_color() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The ANSI code of a severity's color.
const fn ansi_color(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 31,
        Severity::Warning => 33,
        Severity::Note => 36,
    }
}
