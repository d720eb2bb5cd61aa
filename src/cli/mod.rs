//! The command line: what the user typed, and what is told back.

mod peers;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Severity, grouped};
use crate::domain::Quadrant;
use crate::finding::{self, Finding};
use crate::pack::{Format, Formats};
use crate::project::Project;
use crate::run::{self, Built, Data, RunError};

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
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the whole pack: charts, page, candidates and tables.
    Build(Build),
    /// Show the peer group and how near each peer is.
    Peers(OfDistrict),
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
    /// A pack for every district of the sources, each in a folder named by its id.
    #[arg(long)]
    all_districts: bool,
    /// Where the pack goes [default: PROJECT/out].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
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
    /// What was asked for does not exist.
    #[error("{0}")]
    Unknown(String),
    /// Standard output cannot be written to.
    #[error("cannot write: {0}")]
    Io(#[from] io::Error),
    /// JSON cannot be made.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Cli {
    /// Carries out the command.
    ///
    /// # Errors
    /// See [`CliError`].
    pub fn run(&self) -> Result<Ending, CliError> {
        match &self.command {
            Command::Build(build) => self.build(build),
            Command::Peers(of) => self.peers(of),
            Command::Swot(swot) => self.swot(swot),
            Command::Catalog(part) => catalog(part),
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
        let project = open(&build.project)?;
        let formats = formats(&build.format, project.file.pack.formats.as_deref())?;
        let out = build.out.clone().unwrap_or_else(|| project.folder.join("out"));
        let data = self.read(&project)?;
        let mut problems = data.diagnostics.clone();
        if build.all_districts {
            for district in &data.released.terms().districts {
                let folder = out.join(&district.shown_id);
                let built = run::build(&project, &data, district.id.as_str(), &folder, &formats)?;
                self.tell(&built_line(&built))?;
            }
        } else {
            let district = build.district.as_deref().unwrap_or(&project.file.retreat.district);
            let built = run::build(&project, &data, district, &out, &formats)?;
            problems.clone_from(&built.report.diagnostics.all);
            self.tell(&built_line(&built))?;
            self.tell(&format!("Open {} in a browser.", built.out.join("index.html").display()))?;
        }
        self.tell_problems(problems)
    }

    fn peers(&self, of: &OfDistrict) -> Result<Ending, CliError> {
        let project = open(&of.project)?;
        let data = self.read(&project)?;
        let district = of.district.as_deref().unwrap_or(&project.file.retreat.district);
        let (comparisons, mut problems) = run::compare(&project, &data, district)?;
        problems.extend(data.diagnostics);
        let mut out = io::stdout().lock();
        if of.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&peers::json(&comparisons))?)?;
        } else {
            write!(out, "{}", peers::text(&comparisons, &project.catalog))?;
        }
        self.tell_problems(problems)
    }

    fn swot(&self, swot: &Swot) -> Result<Ending, CliError> {
        let project = open(&swot.of.project)?;
        let data = self.read(&project)?;
        let district = swot.of.district.as_deref().unwrap_or(&project.file.retreat.district);
        let (comparisons, mut problems) = run::compare(&project, &data, district)?;
        problems.extend(data.diagnostics);
        let findings = finding::propose(&comparisons, &project.catalog, &project.file.thresholds);
        let mut out = io::stdout().lock();
        if let Some(id) = &swot.explain {
            let found = findings.all.iter().find(|f| &f.id == id);
            let found = found.ok_or_else(|| {
                let near = crate::catalog::did_you_mean(id, findings.all.iter().map(|f| f.id.as_str()));
                CliError::Unknown(format!("no candidate is called {id:?}{near}"))
            })?;
            write!(out, "{}", explained(found))?;
        } else if swot.of.json {
            crate::pack::write_candidates(&mut out, &findings)?;
        } else {
            for quadrant in Quadrant::ALL {
                writeln!(out, "{} ({})", quadrant.heading(), quadrant.meaning())?;
                for finding in findings.of(quadrant) {
                    writeln!(out, "  {} [{}; {}]", finding.statement, finding.confidence.id(), finding.id)?;
                }
            }
        }
        self.tell_problems(problems)
    }

    fn read(&self, project: &Project) -> Result<Data, CliError> {
        let data = run::read(project)?;
        let files = data.sources.iter().map(|s| &s.path).collect::<std::collections::BTreeSet<_>>().len();
        let (observations, _) = data.counts;
        let districts = data.released.terms().districts.len();
        self.tell(&format!("Read {observations} observations of {districts} districts from {files} files."))?;
        Ok(data)
    }

    /// Progress, to standard error.
    fn tell(&self, line: &str) -> io::Result<()> {
        if self.quiet { Ok(()) } else { writeln!(io::stderr(), "{line}") }
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
            writeln!(err, "{}", coloured(problem))?;
        }
        if shown.len() > most && !self.quiet {
            writeln!(
                err,
                "… and {} more kinds of problems: see report.json, or use --verbose",
                shown.len() - most
            )?;
        }
        let lost = problems.iter().any(|d| d.severity == Severity::Error);
        Ok(if lost { Ending::WithoutSomeData } else { Ending::Done })
    }
}

fn coloured(problem: &Diagnostic) -> String {
    let text = problem.to_string();
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

fn explained(finding: &Finding) -> String {
    let mut text = format!(
        "{}\n\n{}\n\n  proposed as: {}\n  rule: {}\n  confidence: {}\n  score: {:.2}\n",
        finding.statement,
        finding.question,
        finding.quadrant.id(),
        finding.rule,
        finding.confidence.id(),
        finding.score
    );
    for (heading, all) in
        [("What speaks for it", &finding.evidence), ("What limits it", &finding.counter_evidence)]
    {
        if !all.is_empty() {
            text.push_str(&format!("\n{heading}\n"));
        }
        for evidence in all {
            text.push_str(&format!("  {}\n", evidence.text));
            evidence.sources.iter().for_each(|s| text.push_str(&format!("    {s}\n")));
        }
    }
    text
}

fn catalog(asked: &CatalogPart) -> Result<Ending, CliError> {
    let catalog = Catalog::embedded()?;
    let entries: Vec<(String, String)> = match asked.part {
        Part::Measures => {
            let entry = |m: &crate::catalog::Measure| {
                format!("{} ({}): {} [{}]", m.label, m.unit.id(), m.definition, m.authority)
            };
            catalog.measures.values().map(|m| (m.id.clone(), entry(m))).collect()
        }
        Part::Rules => {
            let sources = |r: &crate::catalog::Rule| {
                r.thresholds
                    .iter()
                    .map(|(n, t)| format!("\n    {n} = {}: {}", t.value, t.source))
                    .collect::<String>()
            };
            let entry =
                |r: &crate::catalog::Rule| format!("{}: {}{}", r.quadrant.id(), r.looks_for, sources(r));
            catalog.rules.iter().map(|r| (r.id.clone(), entry(r))).collect()
        }
        Part::Layouts => catalog
            .layouts
            .values()
            .map(|l| (l.id.clone(), format!("{} [{}]", l.label, l.authority)))
            .collect(),
        Part::Exhibits => {
            catalog.exhibits.iter().map(|e| (e.id.clone(), format!("{}: {}", e.domain, e.title))).collect()
        }
    };
    let mut out = io::stdout().lock();
    let shown: Vec<_> =
        entries.iter().filter(|(id, _)| asked.id.as_ref().is_none_or(|wanted| wanted == id)).collect();
    if shown.is_empty() {
        let wanted = asked.id.as_deref().unwrap_or_default();
        let near = crate::catalog::did_you_mean(wanted, entries.iter().map(|(id, _)| id.as_str()));
        return Err(CliError::Unknown(format!("nothing there is called {wanted:?}{near}")));
    }
    for (id, text) in shown {
        writeln!(out, "{id}\n  {text}")?;
    }
    Ok(Ending::Done)
}
