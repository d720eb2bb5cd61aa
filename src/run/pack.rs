//! Builds the pack of a district that has been compared.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::kept_pictures::{HashedDrawing, KeptPictures};
use super::room::{is_merged, merge_room, seats};
use super::{Activity, DistrictSession, Progress, RunError, audit, report};
use crate::catalog::Domain;
use crate::chart::{self, Drawing, Forms, PlotForm, Theme};
use crate::diagnostic::{Diagnostic, Warned};
use crate::disk::KeptFiles;
use crate::domain::{DistrictId, Format};
use crate::exhibit::{
    self, Day, Exhibit, FeedbackAsk, Pack, PeerCandidate, SchoolPage, Section, SeriesFacts,
};
use crate::pack::{
    self, BuildVerdict, DeckTemplate, DistrictSummary, Formats, PaperChoice, Picture, Plots, Report,
    Templates, WrittenFile,
};
use crate::plan::OnePages;
use crate::project::Project;
use crate::room::{Draft, FinalSwot, MergedBallots};

/// The result of a build.
#[derive(Debug)]
pub struct Built {
    /// The folder.
    pub out: PathBuf,
    /// The report, as in `report.json`.
    pub report: Report,
    /// The problems in the user's data, for somebody who has the files. (The report quotes no private value.)
    pub diagnostics: Vec<Diagnostic>,
    /// The files.
    pub written: Vec<WrittenFile>,
    /// The problems of this pack alone: files that users had put into the old one, with their new place, and
    /// years that are withheld because of the audit.
    pub of_this_pack: Vec<Diagnostic>,
    /// How many files fail a check for accessibility.
    pub failing_accessibility: usize,
    /// What the pack shows of its district.
    pub summary: DistrictSummary,
}

impl DistrictSession<'_> {
    /// Builds the pack, unless its audit finds that a withheld value could be worked out from it.
    pub(super) fn build(
        self,
        out: &Path,
        formats: &Formats,
        progress: &dyn Progress,
    ) -> Result<Built, RunError> {
        let (project, data, safe_years) = (self.project, self.data, self.safe_years);
        let reserved = pack::reserve(out)?;
        let mut diagnostics = self.problems_to_report();
        progress.begin(Activity::Drawing);
        let left_out = self.exhibits().diagnostics.clone();
        let tables = exhibit::tables(&data.released, &self.comparisons, &project.catalog)?;
        let room = self.room()?;
        diagnostics.extend(room.diagnostics);
        let feedback = room.value.as_ref().and_then(feedback_of);
        let drawings = self.drawings(feedback.as_ref(), formats)?;
        let facts = exhibit::series_facts(&self.comparisons, &project.catalog, &self.exhibits().value);
        let candidates = self.candidates(&facts, formats);
        let is_own = self.is_own();
        let menu = (formats.has(Format::Xlsx) || formats.has_paper()).then(|| self.menu());
        let pages = self.pages_of(formats, room.value.as_ref());
        let summary = self.summary();
        let mut of_this_pack = Vec::new();
        let school_pages = self.school_pages(formats).into(&mut of_this_pack);
        let mut pack = self.assemble(tables, facts, candidates);
        pack.menu = menu;
        pack.pages = pages;
        pack.school_pages = school_pages;
        add_room(&mut pack, room.value, feedback);
        if is_own {
            // The names of people are not part of the report.
            pack.seats = seats(project, pack.day.tables).into(&mut of_this_pack);
        }
        let mut paper = paper_choice(project, &mut of_this_pack);
        paper.school_charts = draw_school_charts(&pack.school_pages)?;
        let verdict = BuildVerdict::of(&of_this_pack);
        let report = report::report(project, data, &pack, &diagnostics, &left_out).at_least(verdict);
        let pictures = pictures(&pack, &drawings);
        let audit = |folder: &Path| audit::audit(folder, project, data, safe_years);
        progress.begin(Activity::Writing);
        let written = pack::write(&pack, &pictures, &report, reserved, formats, &paper, audit)?;
        of_this_pack.extend(written.problems);
        of_this_pack.extend(files_kept(&written.kept));
        diagnostics.extend(of_this_pack.iter().cloned());
        Ok(Built {
            out: out.to_owned(),
            report,
            diagnostics,
            written: written.files,
            of_this_pack,
            failing_accessibility: written.failing_accessibility,
            summary,
        })
    }

    /// The charts of the pack, by the ids of their exhibits; those that the last pack had are not drawn again.
    fn drawings(
        &self,
        feedback: Option<&Section>,
        formats: &Formats,
    ) -> Result<BTreeMap<String, Drawn>, RunError> {
        let kept = self.kept_pictures(formats);
        let drawings = draw(&self.drawn(feedback), formats, kept.as_ref())?;
        if let Some(kept) = kept {
            kept.store(&drawings.values().map(|drawn| &drawn.chart).collect::<Vec<_>>());
        }
        Ok(drawings)
    }

    /// The pages of the other days; empty if nothing to look at is asked for.
    fn pages_of(&self, formats: &Formats, room: Option<&MergedBallots>) -> OnePages {
        if formats.is_only_data() {
            return OnePages::default();
        }
        self.pages(room.map(|room| &room.consensus), room.and_then(begun_final))
    }

    /// The pages of schools if they are asked for, with a problem if there are none.
    fn school_pages(&self, formats: &Formats) -> Warned<Vec<SchoolPage>> {
        if !formats.has(Format::Schools) {
            return Warned::clean(Vec::new());
        }
        let pages = exhibit::school_pages(&self.comparisons, &self.project.catalog, &self.publishers());
        let missing = pages.is_empty().then_some(self.comparisons.district.name.as_str());
        let diagnostics = missing.map(Diagnostic::school_pages_missing).into_iter().collect();
        Warned { value: pages, diagnostics }
    }

    /// The problems met before the pack is made.
    fn problems_to_report(&self) -> Vec<Diagnostic> {
        let mut problems = self.diagnostics.clone();
        problems.extend(self.all_withheld());
        problems.extend(self.data.diagnostics.iter().cloned());
        problems
    }

    /// The pictures that an earlier run kept; `None` if none are wanted, or they are not kept for later runs.
    fn kept_pictures(&self, formats: &Formats) -> Option<KeptPictures> {
        let is_wanted = self.is_kept && forms(formats) != Forms::default();
        is_wanted.then(|| KeptPictures::of(self.project))
    }

    /// The exhibits that are drawn: those of the data, and those of the feedback.
    fn drawn(&self, feedback: Option<&Section>) -> Vec<Exhibit> {
        let mut drawn = self.exhibits().value.clone();
        drawn.extend(feedback.iter().flat_map(|section| section.exhibits.iter().cloned()));
        drawn
    }

    /// The problem that nothing from the latest years may be shown, if that is because of the policy.
    fn all_withheld(&self) -> Option<Diagnostic> {
        let (project, data) = (self.project, self.data);
        let has_latest = self.comparisons.all.iter().any(|c| c.latest().is_some());
        if data.released.withheld() == 0 || has_latest {
            return None;
        }
        let smallest = project.file.privacy.smallest_group;
        let own = project.catalog.measures.values().map(|measure| measure.smallest_group).max();
        let name = &self.comparisons.district.name;
        Some(Diagnostic::all_withheld(name, own.max(smallest).unwrap_or_default()))
    }

    /// The districts that the team can choose peers from; only the workbook lists them.
    fn candidates(&self, facts: &[SeriesFacts], formats: &Formats) -> Vec<PeerCandidate> {
        if !formats.has(Format::Xlsx) {
            return Vec::new();
        }
        let (released, catalog) = (&self.data.released, &self.project.catalog);
        exhibit::peer_candidates(released, &self.comparisons, catalog, &self.peer_settings, facts)
    }

    /// Whether it is the district that holds the retreat.
    fn is_own(&self) -> bool {
        let own = DistrictId::new(&self.project.file.retreat.district);
        own.is_some_and(|own| own == self.comparisons.district.id)
    }

    /// What the tables agreed on, once ballots of this district were merged; with the problem of each item that the data no
    /// longer supports.
    fn room(&self) -> Result<Warned<Option<MergedBallots>>, RunError> {
        let (project, district) = (self.project, &self.comparisons.district);
        if !self.is_own() || !is_merged(project) {
            return Ok(Warned::clean(None));
        }
        let draft = Draft::of(&project.file.retreat.title, &district.shown_id, self.findings());
        let mut merged = merge_room(project, Some(draft))?.merged;
        let mut problems = std::mem::take(&mut merged.problems);
        problems.retain(Diagnostic::is_of_support);
        Ok(Warned { value: Some(merged), diagnostics: problems })
    }

    fn assemble(
        self,
        tables: Vec<exhibit::DataTable>,
        facts: Vec<SeriesFacts>,
        candidates: Vec<PeerCandidate>,
    ) -> Pack {
        let project = self.project;
        let findings = self.findings().clone();
        let exhibits = self.exhibits().value.clone();
        let comparisons = self.comparisons;
        let year = comparisons.all.iter().filter_map(|c| Some(c.latest()?.year)).max();
        let sections = project.catalog.domains.iter().map(|domain| section(domain, &exhibits));
        let (mut sections, empty): (Vec<Section>, Vec<Section>) =
            sections.partition(|section| !section.exhibits.is_empty());
        exhibit::choose_core(&mut sections, project.catalog.day.charts);
        let domains = domains_of_the_day(&exhibits);
        let has_peers = !comparisons.peers.peers.is_empty();
        let day = Day::of(&project.catalog.day, &project.file.day, &domains, has_peers);
        Pack {
            title: project.file.retreat.title.clone(),
            district: comparisons.district,
            year,
            sections,
            without_exhibits: empty.into_iter().map(|section| section.label).collect(),
            day,
            consensus: None,
            final_swot: None,
            feedback_ask: FeedbackAsk {
                until: project.file.feedback.until.clone(),
                link: project.file.feedback.link.clone(),
            },
            seats: Vec::new(),
            menu: None,
            pages: OnePages::default(),
            school_pages: Vec::new(),
            plan: project.catalog.plan.clone(),
            room: project.catalog.room.clone(),
            poll: comparisons.perception.is_empty().then(|| project.catalog.perception.clone()),
            findings,
            candidates,
            facts,
            series: comparisons.all.len(),
            peers: comparisons.peers,
            tables,
        }
    }
}

/// The exhibits of the feedback on the consensus, once there is some.
fn feedback_of(room: &MergedBallots) -> Option<Section> {
    exhibit::feedback_section(room.feedback.as_ref()?, &room.consensus)
}

/// The final SWOT, once the team has decided anything.
fn begun_final(room: &MergedBallots) -> Option<&FinalSwot> {
    room.final_swot.as_ref().filter(|swot| swot.is_begun)
}

/// Adds what the tables agreed on, and the feedback on it.
fn add_room(pack: &mut Pack, room: Option<MergedBallots>, feedback: Option<Section>) {
    pack.sections.extend(feedback);
    if let Some(room) = room {
        pack.final_swot = begun_final(&room).cloned();
        pack.consensus = Some(room.consensus);
    }
}

/// The domains that the day looks at: those with core exhibits, or if there are none, with any.
fn domains_of_the_day(exhibits: &[Exhibit]) -> BTreeSet<&str> {
    let has_core = exhibits.iter().any(|exhibit| exhibit.core);
    let of_the_day = exhibits.iter().filter(|exhibit| exhibit.core || !has_core);
    of_the_day.map(|exhibit| exhibit.domain.as_str()).collect()
}

/// The exhibits of a domain.
fn section(domain: &Domain, exhibits: &[Exhibit]) -> Section {
    Section {
        id: domain.id.clone(),
        label: domain.label.clone(),
        question: domain.question.clone(),
        exhibits: exhibits.iter().filter(|e| e.domain == domain.id).cloned().collect(),
    }
}

/// The paper of the project, and its own templates.
fn paper_choice(project: &Project, problems: &mut Vec<Diagnostic>) -> PaperChoice {
    let templates = project.file.templates.folder.as_ref().map_or_else(Templates::default, |named| {
        Templates::with_own(&project.folder.join(named), named).into(problems)
    });
    PaperChoice {
        size: project.file.pack.paper_size(),
        templates,
        deck: deck_template(project, problems),
        school_charts: Vec::new(),
    }
}

/// The project's own template for the deck; `None` if it has none that can be used.
fn deck_template(project: &Project, problems: &mut Vec<Diagnostic>) -> Option<DeckTemplate> {
    let named = project.file.deck.template.as_ref()?;
    let bytes = match std::fs::read(project.folder.join(named)) {
        Ok(bytes) => bytes,
        Err(error) => {
            problems.push(Diagnostic::deck_template_unread(named, error.kind() == ErrorKind::NotFound));
            return None;
        }
    };
    DeckTemplate::read(&bytes).map_err(|why| problems.push(Diagnostic::deck_template(named, why))).ok()
}

/// The drawings of an exhibit.
struct Drawn {
    chart: HashedDrawing,
    /// The chart alone, wide and narrow; `None` if nothing is printed.
    plots: Option<[String; 2]>,
}

/// Draws exhibits for a pack of these formats, by their ids.
fn draw(
    exhibits: &[Exhibit],
    formats: &Formats,
    kept: Option<&KeptPictures>,
) -> Result<BTreeMap<String, Drawn>, RunError> {
    if formats.is_only_data() {
        return Ok(BTreeMap::new());
    }
    let theme = Theme::embedded()?;
    let drawn = exhibits
        .par_iter()
        .map(|exhibit| Ok((exhibit.id.clone(), draw_one(exhibit, &theme, formats, kept)?)));
    Ok(drawn.collect::<Result<_, chart::ChartError>>()?)
}

/// The forms of charts that a pack of these formats has.
fn forms(formats: &Formats) -> Forms {
    Forms { outlined: formats.has(Format::Svg), png: formats.has(Format::Png) }
}

fn draw_one(
    exhibit: &Exhibit,
    theme: &Theme,
    formats: &Formats,
    kept: Option<&KeptPictures>,
) -> Result<Drawn, chart::ChartError> {
    let plots = if formats.has_paper() {
        let [wide, narrow] =
            [PlotForm::Wide, PlotForm::Narrow].map(|form| chart::draw_plot(&exhibit.figure, theme, form));
        Some([wide?, narrow?])
    } else {
        None
    };
    let chart = match kept {
        Some(kept) => kept.draw(exhibit, theme, forms(formats))?,
        None => HashedDrawing { drawing: chart::draw(exhibit, theme, forms(formats))?, hash: None },
    };
    Ok(Drawn { chart, plots })
}

/// Draws the charts of the pages of schools, as wide as a page.
fn draw_school_charts(pages: &[SchoolPage]) -> Result<Vec<Option<String>>, RunError> {
    let theme = Theme::embedded()?;
    let drawn = pages.par_iter().map(|page| {
        let chart = page.chart.as_ref();
        chart.map(|chart| chart::draw_plot(&chart.figure, &theme, PlotForm::Wide)).transpose()
    });
    Ok(drawn.collect::<Result<_, chart::ChartError>>()?)
}

/// The exhibits that have a drawing, with the drawing.
fn pictures<'a>(pack: &'a Pack, drawings: &'a BTreeMap<String, Drawn>) -> Vec<Picture<'a>> {
    let drawn = pack.exhibits().filter_map(|exhibit| Some((exhibit, drawings.get(&exhibit.id)?)));
    drawn.map(|(exhibit, drawn)| picture(exhibit, drawn)).collect()
}

fn picture<'a>(exhibit: &'a Exhibit, drawn: &'a Drawn) -> Picture<'a> {
    let Drawing { bare, outlined, png } = &drawn.chart.drawing;
    let plots = drawn.plots.as_ref().map(|[wide, narrow]| Plots { wide, narrow });
    Picture { exhibit, bare, outlined: outlined.as_deref(), png: png.as_deref(), plots }
}

/// A problem for each folder in which users had put their own files before it was replaced: it says where
/// they are now.
#[must_use]
pub fn files_kept(kept: &[KeptFiles]) -> Vec<Diagnostic> {
    kept.iter().map(|k| Diagnostic::files_kept(&k.folder.display().to_string(), &k.files)).collect()
}
