//! What people say in surveys: a row for each group's response, then for its constructs, then for its items.

use polars::prelude::{DataFrame, PolarsError};

use super::columns::{DataColumn, data_frame, yes_no};
use crate::compare::{Comparisons, PerceptionChange, PerceptionSubject};
use crate::disclosure::{ConstructFigures, ItemFigures, RespondentGroup, SurveyItem};
use crate::wording;

/// The figures of surveys.
pub(super) fn perception(comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
    let mut rows = Vec::new();
    for (place, group) in comparisons.perception.perception.groups.iter().enumerate() {
        let mut about = vec![RowAbout::Response];
        about.extend(group.constructs.iter().map(|one| RowAbout::Construct(one.place)));
        about.extend(group.items.iter().map(|one| RowAbout::Item(one.place)));
        rows.extend(about.into_iter().map(|about| PerceptionRow { comparisons, place, group, about }));
    }
    data_frame(
        &rows,
        &[&PerceptionRow::WHO, &PerceptionRow::WHAT, &PerceptionRow::FIGURES, &PerceptionRow::POINTS],
    )
}

/// What a row is about.
#[derive(Clone, Copy)]
enum RowAbout {
    /// How many answered.
    Response,
    /// The construct at this place.
    Construct(usize),
    /// The item at this place.
    Item(usize),
}

/// One row.
struct PerceptionRow<'a> {
    comparisons: &'a Comparisons,
    /// The place of the group.
    place: usize,
    group: &'a RespondentGroup,
    about: RowAbout,
}

impl<'a> PerceptionRow<'a> {
    const WHO: [DataColumn<Self>; 6] = [
        DataColumn::text("district_id", |row| Some(row.comparisons.district.shown_id.clone())),
        DataColumn::text("school", |row| row.group.school.clone()),
        DataColumn::text("survey", |row| Some(row.group.survey.clone()).filter(|name| !name.is_empty())),
        DataColumn::text("wave", |row| Some(row.group.wave?.to_string())),
        DataColumn::year("school_year", |row| Some(row.group.wave?.year)),
        DataColumn::text("respondent_group", |row| Some(row.group.respondents.clone())),
    ];

    const WHAT: [DataColumn<Self>; 9] = [
        DataColumn::text("about", |row| Some(row.about.id().to_owned())),
        DataColumn::text("construct", |row| Some(row.construct_id(row.construct_place()?).to_owned())),
        DataColumn::text("item", |row| Some(row.item()?.id.clone())),
        DataColumn::text("text", Self::text),
        DataColumn::text("scale", |row| Some(row.item()?.scale.clone())),
        DataColumn::count("scale_low", |row| Some(row.item()?.low as usize)),
        DataColumn::count("scale_high", |row| Some(row.item()?.high as usize)),
        DataColumn::count("favorable_from", |row| Some(row.item()?.favorable_from as usize)),
        DataColumn::text("reverse", |row| Some(yes_no(row.item()?.reverse))),
    ];

    const FIGURES: [DataColumn<Self>; 16] = [
        DataColumn::count("n", Self::n),
        DataColumn::count("invited", |row| Some(row.group.invited? as usize)),
        DataColumn::number("response_rate", |row| row.group.response_rate()),
        DataColumn::count("open_answers", Self::open_answers),
        DataColumn::number("mean", |row| Some(row.item_figures()?.mean)),
        DataColumn::number("favorable", |row| Some(row.favorable()? * 100.0)),
        DataColumn::number("low", |row| Some(row.interval()?[0] * 100.0)),
        DataColumn::number("high", |row| Some(row.interval()?[1] * 100.0)),
        DataColumn::text("status", |row| Some(row.status().to_owned())),
        DataColumn::text("earlier_wave", |row| {
            Some(row.comparisons.perception.group(row.change()?.earlier).wave?.to_string())
        }),
        DataColumn::number("change", |row| Some(row.change()?.difference.points)),
        DataColumn::number("change_low", |row| Some(row.change()?.difference.interval[0])),
        DataColumn::number("change_high", |row| Some(row.change()?.difference.interval[1])),
        DataColumn::number("p_adjusted", |row| Some(row.change()?.difference.adjusted)),
        DataColumn::text("source_files", |row| Some(row.group.files.join("; "))),
        DataColumn::text("method", |row| Some(row.about.method().to_owned())),
    ];

    const POINTS: [DataColumn<Self>; 7] = [
        DataColumn::number("d1", |row| row.point(0)),
        DataColumn::number("d2", |row| row.point(1)),
        DataColumn::number("d3", |row| row.point(2)),
        DataColumn::number("d4", |row| row.point(3)),
        DataColumn::number("d5", |row| row.point(4)),
        DataColumn::number("d6", |row| row.point(5)),
        DataColumn::number("d7", |row| row.point(6)),
    ];

    fn item(&self) -> Option<&'a SurveyItem> {
        let RowAbout::Item(place) = self.about else { return None };
        self.comparisons.perception.perception.items.get(place)
    }

    /// The place of the construct that the row is about, or that its item belongs to.
    fn construct_place(&self) -> Option<usize> {
        match self.about {
            RowAbout::Response => None,
            RowAbout::Construct(place) => Some(place),
            RowAbout::Item(_) => self.item()?.construct,
        }
    }

    fn construct_id(&self, place: usize) -> &'a str {
        &self.comparisons.perception.perception.constructs[place].id
    }

    fn text(&self) -> Option<String> {
        match self.about {
            RowAbout::Response => None,
            RowAbout::Construct(place) => {
                Some(self.comparisons.perception.perception.constructs[place].label.clone())
            }
            RowAbout::Item(_) => Some(self.item()?.text.clone()),
        }
    }

    fn item_figures(&self) -> Option<&'a ItemFigures> {
        let RowAbout::Item(place) = self.about else { return None };
        self.group.item(place)
    }

    fn construct_figures(&self) -> Option<&'a ConstructFigures> {
        let RowAbout::Construct(place) = self.about else { return None };
        self.group.construct(place)
    }

    fn n(&self) -> Option<usize> {
        let n = match self.about {
            RowAbout::Response => self.group.people,
            RowAbout::Construct(_) => self.construct_figures().map(|figures| figures.n),
            RowAbout::Item(_) => self.item_figures().map(|figures| figures.n),
        };
        n.map(|n| n as usize)
    }

    fn open_answers(&self) -> Option<usize> {
        let is_response = matches!(self.about, RowAbout::Response);
        let is_shown = is_response && self.group.people.is_some() && self.group.school.is_none();
        is_shown.then_some(self.group.open_answers as usize)
    }

    fn favorable(&self) -> Option<f64> {
        let of_construct = self.construct_figures().map(|figures| figures.favorable);
        self.item_figures().map(|figures| figures.favorable).or(of_construct)
    }

    fn interval(&self) -> Option<[f64; 2]> {
        let of_construct = self.construct_figures().map(|figures| figures.interval);
        self.item_figures().map(|figures| figures.interval).or(of_construct)
    }

    fn status(&self) -> &'static str {
        if self.n().is_some() { "reported" } else { "withheld" }
    }

    /// The percent of a point of the scale, from the lowest.
    fn point(&self, point: usize) -> Option<f64> {
        let distribution = &self.item_figures()?.distribution;
        let fits = distribution.len() <= Self::POINTS.len();
        distribution.get(point).filter(|_| fits).map(|share| share * 100.0)
    }

    fn change(&self) -> Option<&'a PerceptionChange> {
        let subject = match self.about {
            RowAbout::Response => return None,
            RowAbout::Construct(place) => PerceptionSubject::Construct(place),
            RowAbout::Item(place) => PerceptionSubject::Item(place),
        };
        self.comparisons.perception.change(subject, self.place)
    }
}

impl RowAbout {
    const fn id(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Construct(_) => "construct",
            Self::Item(_) => "item",
        }
    }

    const fn method(self) -> &'static str {
        match self {
            Self::Response => wording::perception::COUNTED,
            Self::Construct(_) => wording::perception::CONSTRUCT_METHOD,
            Self::Item(_) => wording::perception::ITEM_METHOD,
        }
    }
}
