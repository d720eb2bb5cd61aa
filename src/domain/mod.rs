//! The basic terms: school year, grade, student group, district, value and unit; and safe text.
//!
//! Nothing here reads files or uses the catalog; all other stages may use it.

mod all_districts;
mod better;
mod calendar_date;
mod clock_time;
mod comparability;
mod decimals;
mod directory;
mod district;
mod feedback_form;
mod file_name;
mod format;
mod grade;
mod interned;
mod item_number;
mod key;
mod paper_size;
mod school;
mod school_year;
mod shard;
mod survey_wave;
mod terms;
mod unit;
mod value;

pub use all_districts::AllDistricts;
pub use better::{Better, Quadrant};
pub use calendar_date::CalendarDate;
pub use clock_time::ClockTime;
pub use comparability::Break;
pub use decimals::decimal_places;
pub use directory::{Attribute, District};
pub use district::DistrictId;
pub use feedback_form::FeedbackForm;
pub use file_name::FileName;
pub use format::Format;
pub use grade::Grade;
pub use interned::Interned;
pub use item_number::ItemNumber;
pub use key::{ALL, MeasureKey};
pub use paper_size::PaperSize;
pub use school::{School, SchoolId, SchoolScope};
pub use school_year::{LoneYear, SchoolYear, YearError};
pub use shard::Shard;
pub use survey_wave::{SurveyWave, YearHalf};
pub use terms::{KeyCode, Organization, Terms};
pub use unit::Unit;
pub use value::Status;

pub use sheets::{clean, clean_lines, is_clean};
