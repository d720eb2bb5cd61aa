//! What a reader of the table of surveys can work out: figures of few people, or what is left when the schools that are shown are
//! subtracted from the district.

use std::collections::BTreeMap;

use crate::pack_tables::SurveyRow;

/// The rows about one question to one group.
#[derive(Default)]
struct Question {
    district: Option<u32>,
    schools: u32,
    has_schools: bool,
}

/// What is disclosed, as the texts of what the rows are about: figures of fewer than `smallest` people, and questions in which the people
/// of no school that is shown are fewer than that.
#[must_use]
pub fn disclosed_answers(rows: &[SurveyRow], smallest: u32) -> Vec<String> {
    let few =
        rows.iter().filter(|row| row.n.is_some_and(|n| n < smallest) || row.n.is_none() && row.has_figures);
    let mut disclosed: Vec<String> = few.map(|row| row.about.join(" ")).collect();
    let mut questions: BTreeMap<&[String], Question> = BTreeMap::new();
    for row in rows {
        let question = questions.entry(&row.about).or_default();
        match row.n {
            Some(n) if row.school.is_empty() => question.district = Some(n),
            Some(n) => {
                question.schools += n;
                question.has_schools = true;
            }
            None => {}
        }
    }
    for (about, question) in questions {
        let rest = question.district.unwrap_or_default().saturating_sub(question.schools);
        if question.has_schools && (1..smallest).contains(&rest) {
            disclosed.push(about.join(" "));
        }
    }
    disclosed
}

#[cfg(test)]
mod tests {
    use super::disclosed_answers;
    use crate::pack_tables::SurveyRow;

    fn row(school: &str, n: Option<u32>) -> SurveyRow {
        let about = vec!["families".to_owned(), "response".to_owned()];
        SurveyRow { about, school: school.to_owned(), n, has_figures: n.is_some() }
    }

    #[test]
    fn a_rest_of_few_people_and_few_people_are_disclosed() {
        assert!(disclosed_answers(&[row("", Some(80)), row("North", Some(50))], 10).is_empty());
        assert!(
            disclosed_answers(&[row("", Some(80)), row("North", Some(50)), row("South", Some(30))], 10)
                .is_empty()
        );
        assert_eq!(disclosed_answers(&[row("", Some(80)), row("North", Some(72))], 10).len(), 1);
        assert_eq!(disclosed_answers(&[row("", Some(8))], 10).len(), 1);
        let hidden = SurveyRow { has_figures: true, ..row("", None) };
        assert_eq!(disclosed_answers(&[hidden], 10).len(), 1);
    }
}
