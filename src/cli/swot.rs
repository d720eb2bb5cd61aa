//! The SWOT candidates, for a terminal or a machine.

use std::io::{self, Write};

use super::{Cli, CliError, Ending, Swot, open};
use crate::domain::Quadrant;
use crate::finding::Finding;

impl Cli {
    pub(super) fn swot(&self, swot: &Swot) -> Result<Ending, CliError> {
        let project = open(&swot.of.project)?;
        let session = self.read(&project)?;
        let district = swot.of.district.as_deref().unwrap_or(&project.file.retreat.district);
        let district = session.district(district)?;
        let findings = district.findings();
        let mut out = io::stdout().lock();
        if let Some(id) = &swot.explain {
            let found = findings.all.iter().find(|f| &f.id == id);
            let found = found.ok_or_else(|| {
                let near = crate::catalog::did_you_mean(id, findings.all.iter().map(|f| f.id.as_str()));
                CliError::Unknown(format!("no candidate is called {id:?}{near}"))
            })?;
            write!(out, "{}", explained(found))?;
        } else if swot.of.json {
            crate::pack::write_candidates(&mut out, findings)?;
        } else {
            for quadrant in Quadrant::ALL {
                writeln!(out, "{} ({})", quadrant.heading(), quadrant.meaning())?;
                for finding in findings.of(quadrant) {
                    writeln!(out, "  {} [{}; {}]", finding.statement, finding.confidence.id(), finding.id)?;
                }
            }
        }
        self.tell_problems(district.all_diagnostics())
    }
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
