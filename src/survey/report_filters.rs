//! The filters of a report that the text around its table names, such as "Gender: F" or "Grade = 9; Gender = Female".

use super::tokens::tokenize;
use super::vocabulary::Vocabulary;

/// What separates filters in one text.
const SEPARATORS: [char; 5] = ['\n', ';', '|', ',', '›'];

/// What stands between the name of a filter and its value.
const SIGNS: [char; 2] = [':', '='];

/// A filter, with the text that it stands in.
pub(super) struct ReportFilter<'a> {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) text: &'a str,
}

/// What a filter says about the student group of a table.
pub(super) enum FilteredGroup<'a> {
    /// Nothing, or that it is everybody.
    None,
    /// The id of the group.
    Of(&'a str),
    /// A code that is not known, or an answer that leaves a group out.
    Unknown,
}

/// The filters in these texts. Parts without a name continue the list before them: "Grade: 9, 10".
pub(super) fn report_filters(texts: &[String]) -> Vec<ReportFilter<'_>> {
    let mut filters = Vec::new();
    for text in texts {
        let mut of_text: Vec<ReportFilter<'_>> = Vec::new();
        for part in text.split(SEPARATORS).map(str::trim) {
            if let Some((name, value)) = part.rsplit_once(SIGNS) {
                let name = name.rsplit(SIGNS).next().unwrap_or(name);
                let [name, value] = [name, value].map(|side| side.trim().to_owned());
                of_text.push(ReportFilter { name, value, text });
            } else if let Some(last) = of_text.last_mut() {
                last.value.push_str(", ");
                last.value.push_str(part);
            }
        }
        filters
            .extend(of_text.into_iter().filter(|filter| !filter.name.is_empty() && !filter.value.is_empty()));
    }
    filters
}

impl Vocabulary<'_> {
    /// What a filter says about the student group of its table.
    pub(super) fn filtered_group(&self, filter: &ReportFilter<'_>) -> FilteredGroup<'_> {
        let synonyms = &self.catalog.synonyms;
        let (name, value) = (filter.name.as_str(), filter.value.as_str());
        if self.is_everybody(value) || self.is_unfiltered(value) {
            return FilteredGroup::None;
        }
        let answer = value.to_lowercase();
        let is_yes = synonyms.whole_table.yes.contains(&answer);
        if let Some(id) = self.group_of_name(name).filter(|_| is_yes || synonyms.answers.no.contains(&answer))
        {
            return if is_yes { FilteredGroup::Of(id) } else { FilteredGroup::Unknown };
        }
        if !self.tells_groups(name) {
            return FilteredGroup::None;
        }
        let is_category = synonyms.categories.names.iter().any(|known| known.eq_ignore_ascii_case(name));
        match self.group_in_column(name, value) {
            Some(id) => FilteredGroup::Of(id),
            None if is_category && !value.bytes().all(|byte| byte.is_ascii_digit()) => FilteredGroup::Unknown,
            None => FilteredGroup::None,
        }
    }

    /// Whether the value of a filter means that it leaves nothing out.
    pub(super) fn is_unfiltered(&self, value: &str) -> bool {
        self.catalog.synonyms.around.filters.none.iter().any(|none| none.eq_ignore_ascii_case(value))
    }

    /// Whether a text is a filter, or says that a table has only some rows.
    pub(super) fn limits_rows(&self, text: &str) -> bool {
        let limits = &self.catalog.synonyms.around.filters.limits;
        tokenize(text).iter().any(|token| limits.contains(token))
    }
}
