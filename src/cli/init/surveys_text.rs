//! `[[survey]]` of a proposed `retreat.toml`, for each file with answers of people.

use super::project_text::quoted;
use crate::perception::RecognizedSurvey;
use crate::wording::init::project as wording;

/// The surveys of a proposed project file.
pub(super) fn surveys_text(answers: &[RecognizedSurvey]) -> String {
    answers.iter().map(survey_text).collect()
}

fn survey_text(survey: &RecognizedSurvey) -> String {
    let RecognizedSurvey { path, respondents, has_respondents, waves, answers, items, .. } = survey;
    let mut text = wording::survey(*answers, items.len(), waves);
    text.push_str(&format!("[[survey]]\npath = {}\n", quoted(path)));
    match respondents {
        Some(group) => text.push_str(&format!("respondents = {}\n", quoted(group))),
        None if *has_respondents => text.push_str(wording::BY_COLUMN),
        None => text.push_str(&format!("{}# respondents = \"families\"\n", wording::RESPONDENTS)),
    }
    if waves.is_empty() {
        text.push_str(&format!("{}# wave = \"spring 2025\"\n", wording::WAVE));
    }
    let group = respondents.as_deref().unwrap_or("families");
    text.push_str(&format!("{}# invited = {{ {group} = 0 }}\n", wording::INVITED));
    text.push_str(&format!("{}# [survey.constructs]\n# \"Subject\" = [\n", wording::CONSTRUCTS));
    for item in items {
        text.push_str(&format!("#   {},\n", quoted(item)));
    }
    text + "# ]\n"
}
