//! Checks of what `retreat.toml` says, against itself and the catalog.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::settings::{FeedbackChoice, PackChoice, PlanFeedbackChoice, ProjectFile};
use crate::catalog::{
    DayChoice, EVERYBODY, EntryChecker, Layout, LayoutBreak, Measure, States, SurveyChoice, check_state,
    nearest,
};
use crate::domain::{Format, PaperSize, SchoolYear, SurveyWave};
use crate::wording::project as say;

/// How many people, tables, and minutes of a part a day can have.
const DAY_NUMBERS: RangeInclusive<u32> = 1..=1_000;
/// The least that `smallest-group` may be.
const LEAST_SMALLEST_GROUP: u32 = 3;

/// Checks the project file, whose place the checker has, against the catalog.
pub(super) fn check_file(checker: &mut EntryChecker<'_>, file: &ProjectFile) {
    let whole = checker.place;
    if file.sources.is_empty() && file.surveys.is_empty() {
        checker.report("", say::no_sources());
    }
    check_year(&mut checker.part(whole.under("retreat")), "base-year", file.retreat.base_year);
    let state = file.retreat.state.as_ref().filter(|state| !States::is_none(state));
    check_state(&mut checker.part(whole.under("retreat")), state);
    for (i, found) in file.breaks.iter().enumerate() {
        check_break(&mut checker.part(whole.under("break").item(i)), found);
    }
    if file.privacy.smallest_group.is_some_and(|n| n < LEAST_SMALLEST_GROUP) {
        let explained = say::smallest_group_below(LEAST_SMALLEST_GROUP);
        checker.part(whole.under("privacy")).report("smallest-group", explained);
    }
    for (i, survey) in file.surveys.iter().enumerate() {
        check_survey(&mut checker.part(whole.under("survey").item(i)), survey);
    }
    check_thresholds(&mut checker.part(whole.under("thresholds")), file);
    check_targets(&mut checker.part(whole.under("targets")), file);
    check_formats(&mut checker.part(whole.under("pack")), &file.pack);
    check_day(&mut checker.part(whole.under("day")), &file.day);
    let FeedbackChoice { invited, codes, groups, .. } = &file.feedback;
    check_invited(&mut checker.part(whole.under("feedback").under("invited")), invited);
    check_codes(&mut checker.part(whole.under("feedback").under("codes")), codes);
    check_group_names(&mut checker.part(whole.under("feedback").under("groups")), groups);
    let PlanFeedbackChoice { invited, codes, groups } = &file.plan_feedback;
    check_invited(&mut checker.part(whole.under("plan-feedback").under("invited")), invited);
    check_codes(&mut checker.part(whole.under("plan-feedback").under("codes")), codes);
    check_group_names(&mut checker.part(whole.under("plan-feedback").under("groups")), groups);
    super::check_peers::check(&mut checker.part(whole.under("peers")), &file.peers);
}

/// Checks that the year of a key is a school year.
pub(super) fn check_year(checker: &mut EntryChecker<'_>, key: &str, year: Option<i32>) {
    if let Some(year) = year
        && let Err(error) = SchoolYear::ending(year)
    {
        checker.report(key, say::not_a_year(key, year, &error.to_string()));
    }
}

fn check_break(checker: &mut EntryChecker<'_>, found: &LayoutBreak) {
    checker.measure(&found.measure);
    check_year(checker, "year", Some(found.year));
}

/// Checks the wave of a survey, and the groups of respondents that it names.
fn check_survey(checker: &mut EntryChecker<'_>, survey: &SurveyChoice) {
    if let Some(wave) = survey.wave.as_deref().filter(|wave| SurveyWave::parse(wave).is_none()) {
        checker.report("wave", say::not_a_wave(wave));
    }
    let perception = &checker.catalog.perception;
    match (survey.worst, survey.best, survey.ends()) {
        (None, None, _) => {}
        (_, _, Some(ends)) if perception.numbers_between(ends).is_some() => {}
        _ => {
            let known: Vec<[u32; 2]> = perception.numbers.iter().map(|scale| scale.ends()).collect();
            checker.report("worst", say::not_a_number_scale(&known));
        }
    }
    let known = &perception.respondents;
    for group in survey.respondents.iter().chain(survey.invited.keys()) {
        checker.known(say::RESPONDENTS, group, known.keys().map(String::as_str));
    }
}

/// Checks that each changed threshold belongs to a rule.
fn check_thresholds(checker: &mut EntryChecker<'_>, file: &ProjectFile) {
    let mut known = checker.catalog.perception.threshold_names();
    for rule in &checker.catalog.rules {
        known.extend(rule.thresholds.keys().map(|threshold| format!("{}.{threshold}", rule.id)));
    }
    for name in file.thresholds.keys() {
        checker.known(say::THRESHOLD, name, known.iter().map(String::as_str));
    }
}

/// Checks that the groups that are asked for feedback are known.
fn check_invited(checker: &mut EntryChecker<'_>, invited: &BTreeMap<String, u32>) {
    let known: Vec<&str> =
        checker.catalog.room.respondents.keys().map(String::as_str).chain([EVERYBODY]).collect();
    for group in invited.keys() {
        checker.known(say::RESPONDENTS, group, known.iter().copied());
    }
}

/// Checks that each code of the feedback means an opinion.
fn check_codes(checker: &mut EntryChecker<'_>, codes: &BTreeMap<String, String>) {
    let known = &checker.catalog.room.feedback;
    let known: Vec<&str> =
        [&known.agree, &known.disagree, &known.neutral].into_iter().flatten().map(String::as_str).collect();
    for meaning in codes.values() {
        checker.known(say::OPINION, meaning, known.iter().copied());
    }
}

/// Checks that each answer of the feedback that the project explains means a group.
fn check_group_names(checker: &mut EntryChecker<'_>, groups: &BTreeMap<String, String>) {
    let known = &checker.catalog.room.respondents;
    for group in groups.values() {
        checker.known(say::RESPONDENTS, group, known.keys().map(String::as_str));
    }
}

/// Checks that the day has the parts whose minutes are changed, and that it ends after it begins.
fn check_day(checker: &mut EntryChecker<'_>, day: &DayChoice) {
    let spec = &checker.catalog.day;
    for id in day.minutes.keys() {
        checker.known(say::DAY_PART, id, spec.part.iter().map(|part| part.id.as_str()));
    }
    let (start, end) = (day.start.unwrap_or(spec.start), day.end.unwrap_or(spec.end));
    if start.minutes_to(end) == 0 {
        checker.report("end", say::day_without_time(&start.to_string(), &end.to_string()));
    }
    let numbers = [("people", day.people), ("tables", day.tables)];
    let minutes = day.minutes.iter().map(|(id, minutes)| (id.as_str(), Some(*minutes)));
    for (key, number) in numbers.into_iter().chain(minutes) {
        if number.is_some_and(|number| !DAY_NUMBERS.contains(&number)) {
            checker.report(key, say::not_a_number_of_a_day(key, DAY_NUMBERS.end()));
        }
    }
}

/// Checks that each target belongs to a measure: its id, or its id with a group, grade, or subject after it.
fn check_targets(checker: &mut EntryChecker<'_>, file: &ProjectFile) {
    for (name, target) in &file.targets {
        let measures = checker.catalog.measures.keys();
        if !measures
            .clone()
            .any(|id| name.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
        {
            checker.measure(name);
        }
        let place = checker.place.under(name);
        check_year(&mut checker.part(place), "year", target.year);
    }
}

fn check_formats(checker: &mut EntryChecker<'_>, pack: &PackChoice) {
    for format in pack.formats.iter().flatten() {
        if Format::named(format).is_none() {
            let all = Format::ALL.map(Format::id);
            checker.report(format, say::unknown_format(format, nearest(format, all.into_iter()), &all));
        }
    }
    if let Some(paper) = pack.paper.as_deref().filter(|paper| PaperSize::named(paper).is_none()) {
        checker.report("paper", say::unknown_paper(paper, &PaperSize::ALL.map(PaperSize::id)));
    }
}

/// Checks that measures of the project's own catalog protect as many people as the project asks for.
pub(super) fn check_own_measures(checker: &mut EntryChecker<'_>, least: Option<u32>) {
    let Some(least) = least else { return };
    let catalog = checker.catalog;
    for (id, entry) in &catalog.own.measures {
        let Some(measure) = catalog.measures.get(id) else { continue };
        if measure.protects_people() && measure.smallest_group < least {
            let Measure { id, smallest_group, .. } = measure;
            checker.faults.push(entry.fault(say::own_measure_protects_less(id, *smallest_group, least)));
        }
    }
}

/// Checks that each attribute that `[peers]` names is read by a layout of one of the sources, or is one by which peers are
/// chosen where a project does not say.
pub(super) fn check_attributes(checker: &mut EntryChecker<'_>, file: &ProjectFile, layouts: &[&Layout]) {
    let read = layouts.iter().flat_map(|layout| &layout.attributes).map(|attribute| &attribute.id);
    let known: Vec<&str> = read.chain(&checker.catalog.peers.within).map(String::as_str).collect();
    let peers = checker.place.under("peers");
    let mut checker = checker.part(peers);
    let choice = &file.peers;
    for name in choice.within.iter().flatten().chain(&choice.around) {
        checker.known(say::ATTRIBUTE, name, known.iter().copied());
    }
    let left_out = choice.leave_out.iter().map(|rule| &rule.attribute);
    for name in left_out.chain(choice.variable.values().filter_map(|variable| variable.attribute.as_ref())) {
        checker.known(say::ATTRIBUTE, name, known.iter().copied());
    }
}
