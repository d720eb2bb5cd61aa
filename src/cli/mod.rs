//! The command line: what the user typed, and what is told back.

mod catalog;
mod check;
mod districts;
mod fault;
mod init;
mod inspect;
mod peers;
mod peers_text;
mod progress;
mod swot;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use self::progress::Watch;
use crate::diagnostic::{Diagnostic, Severity, grouped};
use crate::domain::clean_lines;
use crate::pack::{Format, Formats};
use crate::project::Project;
use crate::run::{Built, RunError, Session};

/// From a school district's spreadsheets to the chart pack of its data retreat.
#[derive(Debug, Parser)]
#[command(name = "retreat", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Say nothing but problems.
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Show every problem and note, not only the first of them.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
    #[arg(skip)]
    watch: Watch,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the whole pack: charts, page, candidates and tables.
    Build(Build),
    /// Look at spreadsheets and propose a project: retreat.toml and layouts, with comments that say why.
    Init(init::Init),
    /// Show what is found in one spreadsheet: sheets, headers, columns, and what each is taken for.
    Inspect(inspect::Inspect),
    /// Say what is there, what is odd and what to ask for; write no pack.
    Check(OfDistrict),
    /// Show the peer group: how like the district each peer is, and who does better with similar students.
    Peers(Peers),
    /// Show the SWOT candidates.
    Swot(Swot),
    /// Show what the program knows: measures, rules, layouts or exhibits.
    Catalog(CatalogPart),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Manual,
}

#[derive(Debug, Args)]
struct OfDistrict {
    /// The project's folder.
    #[arg(default_value = ".")]
    project: PathBuf,
    /// Another district than the project's, by its id.
    #[arg(long, value_name = "ID")]
    district: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Build {
    /// The project's folder.
    #[arg(default_value = ".")]
    project: PathBuf,
    /// Another district than the project's, by its id.
    #[arg(long, value_name = "ID", conflicts_with = "all_districts")]
    district: Option<String>,
    /// A pack for every district of the sources, each in a folder named by its id, as far as an id can be a name.
    #[arg(long)]
    all_districts: bool,
    /// Where the pack goes [default: PROJECT/out].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// A pack that readers already have, if it is not the one being replaced: the two together will not reveal a withheld value.
    #[arg(long, value_name = "DIR")]
    previous: Option<PathBuf>,
    /// Formats, separated by commas [default: the project's, or all].
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    format: Vec<String>,
}

#[derive(Debug, Args)]
struct Swot {
    #[command(flatten)]
    of: OfDistrict,
    /// Show all that led to this candidate.
    #[arg(long, value_name = "ID")]
    explain: Option<String>,
}

#[derive(Debug, Args)]
struct Peers {
    #[command(flatten)]
    of: OfDistrict,
    /// The peers of every district, with all that is told of those of one; as JSON.
    #[arg(long, requires = "json", conflicts_with = "district")]
    all: bool,
}

#[derive(Debug, Args)]
struct CatalogPart {
    /// Which part.
    part: Part,
    /// One entry, by its id.
    id: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Part {
    Measures,
    Rules,
    Layouts,
    Exhibits,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Done; there may be warnings.
    Done,
    /// Done, but some data could not be used.
    WithoutSomeData,
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The run could not go on.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The catalog does not hold together.
    #[error(transparent)]
    Catalog(#[from] crate::catalog::CatalogError),
    /// A fault of this program, by what it said and where.
    #[error(
        "this is a fault of retreat, not of your files: {0}\n  hint: nothing was lost; report it with what you typed, and \
         leave out one source after the other to find the one that it comes from"
    )]
    Fault(String),
    /// What was asked for does not exist.
    #[error("{0}")]
    Unknown(String),
    /// Files cannot be written.
    #[error(transparent)]
    Disk(#[from] crate::disk::DiskError),
    /// Standard output cannot be written to.
    #[error("cannot write: {0}")]
    Io(#[from] io::Error),
    /// JSON cannot be made.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl CliError {
    /// What is told of it.
    #[must_use]
    pub fn line(&self) -> String {
        clean_lines(&format!("error: {self}")).into_owned()
    }

    /// Whether all that went wrong is that nobody reads standard output any more, as `head` does not after its lines.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        let kind = match self {
            Self::Io(error) => Some(error.kind()),
            Self::Json(error) => error.io_error_kind(),
            _ => None,
        };
        kind == Some(io::ErrorKind::BrokenPipe)
    }
}

/// `1 district`, `2 districts`.
fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

impl Cli {
    /// Carries out the command.
    ///
    /// # Errors
    /// See [`CliError`].
    pub fn run(&self) -> Result<Ending, CliError> {
        fault::watched(|| self.carry_out())
    }

    fn carry_out(&self) -> Result<Ending, CliError> {
        match &self.command {
            Command::Build(build) => self.build(build),
            Command::Init(init) => self.init(init),
            Command::Inspect(inspect) => self.inspect(inspect),
            Command::Check(of) => self.check(of),
            Command::Peers(peers) => self.peers(peers),
            Command::Swot(swot) => self.swot(swot),
            Command::Catalog(part) => catalog::catalog(part),
            Command::Completions { shell } => {
                let mut script = Vec::new();
                clap_complete::generate(*shell, &mut Self::command(), "retreat", &mut script);
                io::stdout().write_all(&script)?;
                Ok(Ending::Done)
            }
            Command::Manual => {
                clap_mangen::Man::new(Self::command()).render(&mut io::stdout())?;
                Ok(Ending::Done)
            }
        }
    }

    fn build(&self, build: &Build) -> Result<Ending, CliError> {
        let mut project = open(&build.project)?;
        let formats = formats(&build.format, project.file.pack.formats.as_deref())?;
        if let Some(out) = &build.out {
            project.out.clone_from(out);
        }
        project.previous.clone_from(&build.previous);
        let (project, out) = (&project, &project.out);
        let session = self.read(project)?;
        if build.all_districts {
            let problems = self.all_districts(&session, out, &formats)?;
            return self.tell_problems(problems);
        }
        let district = build.district.as_deref().unwrap_or(&project.file.retreat.district);
        let built = session.build(district, out, &formats)?;
        self.tell(&built_line(&built))?;
        if formats.has(Format::Html) {
            self.tell(&format!("Open {} in a browser.", built.out.join("index.html").display()))?;
        }
        self.tell_problems(built.diagnostics)
    }

    fn read<'p>(&'p self, project: &'p Project) -> Result<Session<'p>, CliError> {
        let session =
            if self.quiet { Session::read(project) } else { Session::read_with(project, &self.watch) }?;
        let data = &session.data;
        let files = data.sources.iter().map(|s| &s.path).collect::<std::collections::BTreeSet<_>>().len();
        let observations = data.observations;
        let districts = data.released.terms().districts.len();
        let (of, from) = (counted(districts, "district"), counted(files, "file"));
        self.tell(&format!("Read {observations} observations of {of} from {from}."))?;
        let public = public_by_own_layouts(project);
        if !public.is_empty() {
            self.tell(&format!(
                "Nothing is withheld from {}, whose layouts in this project say `public = true`.",
                public.join(", ")
            ))?;
        }
        Ok(session)
    }

    /// Progress, to standard error.
    fn tell(&self, line: &str) -> io::Result<()> {
        if self.quiet { Ok(()) } else { heard(writeln!(io::stderr(), "{}", clean_lines(line))) }
    }

    /// The problems, worst first, to standard error.
    fn tell_problems(&self, problems: Vec<Diagnostic>) -> Result<Ending, CliError> {
        const SHOWN: usize = 12;
        let problems = grouped(problems);
        let wanted = |d: &&Diagnostic| self.verbose || d.severity < Severity::Note;
        let shown: Vec<&Diagnostic> = problems.iter().filter(wanted).collect();
        let most = if self.verbose { shown.len() } else { SHOWN };
        let mut err = io::stderr().lock();
        for problem in shown.iter().take(most) {
            heard(writeln!(err, "{}", coloured(problem)))?;
        }
        if shown.len() > most && !self.quiet {
            let more = shown.len() - most;
            heard(writeln!(err, "… and {more} more kinds of problems: see report.json, or use --verbose"))?;
        }
        let lost = problems.iter().any(|d| d.severity == Severity::Error);
        Ok(if lost { Ending::WithoutSomeData } else { Ending::Done })
    }
}

/// Nobody may be listening any more to what goes to standard error, and the work is still to be done.
fn heard(written: io::Result<()>) -> io::Result<()> {
    written.or_else(|e| if e.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(e) })
}

fn coloured(problem: &Diagnostic) -> String {
    let text = clean_lines(&problem.to_string()).into_owned();
    let plain = !io::stderr().is_terminal() || std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let colour = match problem.severity {
        Severity::Error => 31,
        Severity::Warning => 33,
        Severity::Note => 36,
    };
    match text.split_once(' ') {
        Some((head, rest)) if !plain => format!("\u{1b}[{colour}m{head}\u{1b}[0m {rest}"),
        _ => text,
    }
}

/// The first few sources of which a layout of the project's own says that they are public, by their paths.
fn public_by_own_layouts(project: &Project) -> Vec<String> {
    const LISTED: usize = 5;
    let own = project.sources.iter().filter(|source| source.is_own_layout && source.layout.public);
    let mut paths: Vec<&String> = own.map(|source| &source.path).collect();
    paths.sort();
    paths.dedup();
    let mut named: Vec<String> = paths.iter().take(LISTED).map(|path| (*path).clone()).collect();
    match paths.len().saturating_sub(LISTED) {
        0 => {}
        more => named.push(counted(more, "other source")),
    }
    named
}

fn open(folder: &Path) -> Result<Project, CliError> {
    Ok(Project::open(folder).map_err(RunError::from)?)
}

fn formats(asked: &[String], project: Option<&[String]>) -> Result<Formats, CliError> {
    let named = if asked.is_empty() { project.unwrap_or_default() } else { asked };
    if named.is_empty() {
        return Ok(Formats::all());
    }
    let format =
        |name: &String| name.parse().map_err(|e: <Format as FromStr>::Err| CliError::Unknown(e.to_string()));
    named.iter().map(format).collect()
}

fn built_line(built: &Built) -> String {
    let counts = &built.report.counts;
    let candidates: u64 = counts.findings.values().sum();
    format!(
        "Built the pack of {}: {} charts, {candidates} candidates, {} files in {}.",
        built.report.district.name,
        counts.exhibits,
        built.written.len(),
        built.out.display()
    )
}
