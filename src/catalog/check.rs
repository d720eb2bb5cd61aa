//! Checks that a catalog is consistent: every id that it refers to exists, and every pattern compiles.

use std::collections::BTreeMap;

use super::fault::Faults;
use super::ids::EntryChecker;
use super::places::Places;
use super::{
    Catalog, ExhibitSpec, FigureKind, MatchVariable, Measure, Operator, PeersSpec, PerceptionSpec, PlanSpec,
    ProjectionMethod, SchoolSpec, Scored, Split, SurveyView, check_facts, check_findings, check_layout,
    check_rule,
};
use crate::domain::CalendarDate;
use crate::wording::catalog as say;

/// Checks the whole catalog, whose entries are at `places`.
pub(super) fn check(catalog: &Catalog, places: &Places, faults: &mut Faults) {
    let mut checks = CatalogChecks { catalog, places, faults };
    for measure in catalog.measures.values() {
        check_measure(&mut checks.entry("measure", &measure.id), measure);
    }
    for layout in catalog.layouts.values() {
        check_layout::check(&mut checks.layout(&layout.id), layout);
    }
    for rule in &catalog.rules {
        check_rule::check(&mut checks.entry("rule", &rule.id), rule);
    }
    let mut unique = UniqueTexts::default();
    for exhibit in &catalog.exhibits {
        let mut checker = checks.entry("exhibit", &exhibit.id);
        check_exhibit(&mut checker, exhibit);
        unique.check(&mut checker, exhibit);
    }
    for group in &catalog.groups.groups {
        checks.entry("group", &group.id).groups(&group.complement);
    }
    check_peers(&mut checks.file("peers.toml"), &catalog.peers);
    check_schools(&mut checks.file("schools.toml"), &catalog.schools);
    check_perception(&mut checks.file("perception.toml"), &catalog.perception);
    checks.file("plan.toml").measures(catalog.plan.leading.iter().chain(&catalog.plan.vision));
    check_findings::check(&mut checks.file("findings.toml"));
    check_findings::check_copies(&mut checks.file("room.toml"), &catalog.room.forms.copies);
    for fact in &catalog.plan.fact {
        checks.file("plan.toml").measures(&fact.measures);
    }
    for table in &catalog.plan.state_table {
        let measures = table.part.iter().flat_map(|part| &part.measures);
        checks.file("plan.toml").measures(measures);
    }
    check_deadlines(&mut checks.file("plan.toml"), &catalog.plan);
    checks.disclosure();
    checks.readiness();
    check_synonyms(&mut checks.file("synonyms.toml"));
    check_layout::check_markers(&mut checks.file("markers.toml"), &catalog.markers);
    check_facts::check(catalog, places, faults);
}

/// Checks the measures whose entries are at `places`.
pub(super) fn check_measures(catalog: &Catalog, places: &Places, faults: &mut Faults) {
    let mut checks = CatalogChecks { catalog, places, faults };
    for id in places.own("measure").keys() {
        if let Some(measure) = catalog.measures.get(id) {
            check_measure(&mut checks.entry("measure", id), measure);
        }
    }
}

/// Checks the forms of deadlines.
fn check_deadlines(checker: &mut EntryChecker<'_>, spec: &PlanSpec) {
    let patterns = spec.deadlines.dates.iter().chain(&spec.deadlines.months);
    for pattern in patterns.filter(|pattern| !CalendarDate::is_pattern(pattern)) {
        checker.report("deadlines", say::not_a_date_pattern(pattern));
    }
}

/// Makes the checkers of entries.
struct CatalogChecks<'a> {
    catalog: &'a Catalog,
    places: &'a Places,
    faults: &'a mut Faults,
}

impl CatalogChecks<'_> {
    fn entry(&mut self, list: &str, id: &str) -> EntryChecker<'_> {
        EntryChecker { catalog: self.catalog, place: self.places.entry(list, id), faults: self.faults }
    }

    fn layout(&mut self, id: &str) -> EntryChecker<'_> {
        EntryChecker { catalog: self.catalog, place: self.places.layout(id), faults: self.faults }
    }

    fn file(&mut self, name: &str) -> EntryChecker<'_> {
        EntryChecker { catalog: self.catalog, place: self.places.file(name), faults: self.faults }
    }

    /// The file that mentions a name, of several with the same file name.
    fn mention(&mut self, file: &str, name: &str) -> EntryChecker<'_> {
        EntryChecker { catalog: self.catalog, place: self.places.mention(file, name), faults: self.faults }
    }

    fn disclosure(&mut self) {
        const FILE: &str = "disclosure.toml";
        let spec = &self.catalog.disclosure;
        let same = spec.same.iter().flat_map(|same| [&same.count, &same.n, &same.numerator]).flatten();
        let whole = spec.whole.iter().flat_map(|whole| &whole.parts);
        let grades = spec.in_grades.iter().flat_map(|entry| &entry.measures);
        for id in whole.chain(same).chain(grades) {
            self.mention(FILE, id).measure(id);
        }
        for set in spec.some.iter().flat_map(|some| [&some.these, &some.of]) {
            self.mention(FILE, set.measure()).measure(set.measure());
        }
        for grade in spec.in_grades.iter().flat_map(|entry| &entry.grades) {
            self.mention(FILE, grade).grade(grade);
        }
    }

    fn readiness(&mut self) {
        let sums = self.catalog.readiness.totals.sum.iter();
        let odd = &self.catalog.readiness.odd_year;
        let mut checker = self.file("readiness.toml");
        checker.measures(odd.known.iter().flat_map(|known| &known.measures));
        for (key, number) in [("moved", odd.moved), ("times", odd.times), ("flat", odd.flat)] {
            if number <= 0.0 || !number.is_finite() {
                checker.report(key, say::number_not_positive(key));
            }
        }
        for sum in sums {
            checker.measure(&sum.whole);
            checker.measures(&sum.parts);
        }
    }
}

/// With fewer schools of a type, a sentence about one would be about the other.
const FEWEST_ALIKE: usize = 3;

/// Checks the measure and the types of schools.
fn check_schools(checker: &mut EntryChecker<'_>, spec: &SchoolSpec) {
    if spec.alike < FEWEST_ALIKE {
        checker.report("alike", say::too_few_schools_alike(FEWEST_ALIKE));
    }
    checker.measures(Some(&spec.students).filter(|students| !students.is_empty()));
    checker.measures(&spec.page.measures);
    checker.measures(Some(&spec.similar.shares).filter(|shares| !shares.is_empty()));
    checker.groups(&spec.similar.groups);
    for known in &spec.types {
        checker.grades(&known.grade_ids());
    }
}

fn check_measure(checker: &mut EntryChecker<'_>, measure: &Measure) {
    checker.domain(&measure.domain);
    check_layout::check_state(checker, measure.state.as_ref());
    if measure.meaningful_change <= 0.0 {
        checker.report("meaningful-change", say::change_not_positive());
    }
    check_ranges(checker, measure);
    if measure.adds_up() && measure.people.is_some() {
        checker.report("people", say::people_of_a_sum(&measure.id));
    }
    if let Some(ProjectionMethod::RollForward { flow }) = &measure.projection {
        checker.measure(flow);
    }
    checker.measures(measure.population.iter().map(|population| &population.measure));
    for scored in &measure.scored {
        check_scored(checker, scored);
    }
    for part in measure.derive.iter().flat_map(|derivation| derivation.parts()) {
        checker.measure(part);
        if part == &measure.id {
            checker.report("derive", say::derived_from_itself());
        }
    }
}

/// A range begins below its end, and what is credible or usual is plausible.
fn check_ranges(checker: &mut EntryChecker<'_>, measure: &Measure) {
    let ranges = [("plausible", measure.plausible), ("credible", measure.credible), ("usual", measure.usual)];
    for (key, range) in ranges {
        let Some([low, high]) = range else { continue };
        if low >= high || low.is_nan() || high.is_nan() {
            checker.report(key, say::range_without_width(key));
        } else if !measure.is_plausible(low) || !measure.is_plausible(high) {
            checker.report(key, say::range_beyond_plausible(key));
        }
    }
}

/// Checks an indicator of a score.
fn check_scored(checker: &mut EntryChecker<'_>, scored: &Scored) {
    let id = &scored.measure;
    checker.measure(id);
    let indicator = checker.catalog.measures.get(id);
    if indicator.is_some_and(|indicator| indicator.better.sign() == 0.0) {
        checker.report(id, say::indicator_without_direction(id));
    }
}

fn check_exhibit(checker: &mut EntryChecker<'_>, exhibit: &ExhibitSpec) {
    checker.domain(&exhibit.domain);
    checker.measures(&exhibit.measures);
    checker.group(&exhibit.group);
    checker.subject(&exhibit.subject);
    checker.grade(&exhibit.grade);
    checker.measures(exhibit.beside.iter().map(|beside| &beside.measure));
    check_whole(checker, exhibit);
    match exhibit.split {
        Split::None if exhibit.kind.takes_subjects() => {
            checker.subjects(&exhibit.values);
        }
        Split::None => {}
        Split::Group => checker.groups(&exhibit.values),
        Split::Grade => checker.grades(&exhibit.values),
        Split::Subject => checker.subjects(&exhibit.values),
    }
    if !checker.catalog.is_code_of(&exhibit.code, &exhibit.domain) {
        let letters = checker.catalog.code_letters(&exhibit.domain);
        checker.report("code", say::code_of_no_domain(&exhibit.code, &exhibit.domain, letters));
    }
    for panel in &exhibit.panel {
        checker.measures(&panel.measures);
        checker.group(&panel.group);
        checker.grades(&panel.grades);
        checker.subjects(&panel.subjects);
    }
    if exhibit.panel.is_empty() == (exhibit.kind == FigureKind::Panels) {
        checker.report("panel", say::panels_and_kind());
    }
    let needs_parts = matches!(exhibit.kind, FigureKind::Slope | FigureKind::Stacked);
    let needs_split = needs_parts && exhibit.split == Split::None && exhibit.measures.len() < 2;
    let takes_none = matches!(exhibit.kind, FigureKind::Peers | FigureKind::Survey);
    let is_of_survey = exhibit.survey.is_some();
    if is_of_survey != (exhibit.kind == FigureKind::Survey)
        || (exhibit.survey == Some(SurveyView::Items)) != exhibit.respondents.is_some()
    {
        checker.report("survey", say::survey_and_kind());
    }
    if let Some(group) = &exhibit.respondents {
        let known = checker.catalog.perception.respondents.keys();
        checker.known(say::RESPONDENTS, group, known.map(String::as_str));
    }
    if exhibit.measures.is_empty() != takes_none || needs_split {
        checker.report("kind", say::exhibit_shows_nothing());
    }
}

/// Checks what the parts of an exhibit add up to: a measure in their unit.
fn check_whole(checker: &mut EntryChecker<'_>, exhibit: &ExhibitSpec) {
    let Some(whole) = &exhibit.whole else { return };
    checker.measure(whole);
    let measures = &checker.catalog.measures;
    let units =
        [Some(whole), exhibit.measures.first()].map(|id| measures.get(id?).map(|measure| measure.unit));
    let are_parts = exhibit.kind == FigureKind::Stacked && units[0] == units[1];
    if units[0].is_some() && !are_parts {
        checker.report("whole", say::whole_of_other_parts(whole));
    }
}

/// What no two exhibits may have in common: people tell them apart by it.
#[derive(Default)]
struct UniqueTexts<'a> {
    codes: BTreeMap<&'a str, &'a str>,
    topics: BTreeMap<&'a str, &'a str>,
}

impl<'a> UniqueTexts<'a> {
    fn check(&mut self, checker: &mut EntryChecker<'_>, exhibit: &'a ExhibitSpec) {
        if let Some(other) = self.codes.insert(&exhibit.code, &exhibit.id) {
            checker.report("code", say::same_as_exhibit(&exhibit.code, other));
        }
        if let Some(other) = self.topics.insert(&exhibit.topic, &exhibit.id) {
            checker.report("topic", say::same_as_exhibit(&exhibit.topic, other));
        }
    }
}

/// Checks the scales of surveys, and which groups are asked.
fn check_perception(checker: &mut EntryChecker<'_>, spec: &PerceptionSpec) {
    for scale in &spec.scale {
        let points = scale.points.len();
        let is_whole = scale.other_words.is_empty() || scale.other_words.len() == points;
        if points < 2 || !is_whole || !(2..=points).contains(&scale.favorable_from) {
            checker.report(&scale.id, say::scale_of_no_use(&scale.id));
        }
    }
    checker.known(say::SCALE, &spec.poll_scale, spec.scale.iter().map(|scale| scale.id.as_str()));
    for group in &spec.poll_groups {
        checker.known(say::RESPONDENTS, group, spec.respondents.keys().map(String::as_str));
    }
    for numbers in &spec.numbers {
        let [low, high] = [numbers.low, numbers.high];
        if low >= high || !(low + 1..=high).contains(&numbers.favorable_from) {
            checker.report("numbers", say::scale_of_no_use(&format!("{low}-{high}")));
        }
    }
    for scale in &spec.harm.except_scales {
        checker.known(say::SCALE, scale, spec.scale.iter().map(|known| known.id.as_str()));
    }
    for words in spec.heading_numbers.all().chain(spec.harm.all()) {
        if words.is_empty() || words.to_lowercase() != *words {
            checker.report("words", say::words_never_met(words));
        }
    }
    for item in spec.construct.iter().flat_map(|construct| &construct.item) {
        for group in &item.ask {
            checker.known(say::RESPONDENTS, group, spec.respondents.keys().map(String::as_str));
        }
    }
    for rule in &spec.survey_rule {
        if matches!(rule.is, Operator::Is | Operator::IsNot) {
            checker.report(&rule.id, say::survey_rule_of_words(&rule.id));
        }
    }
}

fn check_peers(checker: &mut EntryChecker<'_>, peers: &PeersSpec) {
    if peers.enough.peers == 0 || peers.enough.pool < peers.enough.peers {
        checker.report("enough", say::pool_below_peers());
    }
    let variables = checker.place.under("variable");
    for (name, variable) in &peers.variable {
        check_match_variable(&mut checker.part(variables.under(name)), variable);
    }
    let place = checker.place;
    for name in &peers.matching {
        let names = peers.variable.keys().map(String::as_str);
        checker.part(place.under("match")).known("matching variable", name, names);
    }
    if let Some(span) = &peers.grade_span {
        checker.measure(&span.measure);
        checker.grade(&span.high);
    }
    checker.part(place.under("outcomes")).measures(&peers.outcomes);
}

/// Checks a matching variable of the catalog or a project.
pub(crate) fn check_match_variable(checker: &mut EntryChecker<'_>, variable: &MatchVariable) {
    if let Err(explained) = variable.check() {
        checker.report("", explained);
    }
    let patterns = [&variable.matches, &variable.matches_not];
    for text in patterns.into_iter().flatten() {
        checker.compiles(text, super::pattern);
    }
    checker.measures(&variable.measure);
    checker.group(&variable.group);
}

fn check_synonyms(checker: &mut EntryChecker<'_>) {
    let synonyms = &checker.catalog.synonyms;
    checker.measures(synonyms.measures.keys());
    checker.measures(&synonyms.whole_table.by_subject);
    checker.measures(&synonyms.levels.at_or_above);
    checker.measures(&synonyms.levels.together);
    checker.measures(&synonyms.tests.rates_of_takers);
    checker.measures(synonyms.beside.iter().flat_map(|other| &other.measures));
    checker.measures(synonyms.subject_not_group.iter().map(|name| &name.measure));
    for test in &synonyms.tests.other {
        checker.measures(&test.measures);
    }
    for own in &synonyms.whole_table.own_grades {
        checker.measures(&own.measures);
        checker.grades(&own.grades);
    }
    checker.patterns(&synonyms.find.year, &["year", "before"]);
    checker.patterns(&synonyms.find.grade, &["grade"]);
    checker.patterns(&synonyms.find.district, &["district"]);
    checker.patterns(&synonyms.find.pivot, &["name"]);
    checker.patterns(&synonyms.find.remark, &["before"]);
    let find = &synonyms.find;
    let about_whom = [&find.school_total, &find.school_kind, &find.about_state, &find.not_about_state];
    let whom = &synonyms.whom;
    let rows_about = [&whom.beyond, &whom.compared, &whom.own];
    for pattern in about_whom.into_iter().chain(rows_about).flatten().chain(&find.unclear) {
        checker.compiles(pattern, super::pattern);
    }
    let around = &synonyms.around;
    let of_texts = [&around.report_lines, &around.hidden_zeros, &around.sample_sizes];
    for pattern in of_texts.into_iter().flatten() {
        checker.compiles(pattern, super::pattern);
    }
    checker.domains(synonyms.own.domains.iter().map(|domain| &domain.id));
    checker.measures(synonyms.own.domains.iter().filter_map(|domain| domain.population.as_ref()));
    checker.patterns(&synonyms.editions.copies, &["copy"]);
    checker.patterns(&synonyms.editions.versions, &["version"]);
    checker.patterns(&synonyms.editions.dates, &["year", "month", "day"]);
}
