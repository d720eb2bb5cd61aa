//! What the program knows, as data: measures, student groups, layouts, rules, exhibits, peers, prices.
//!
//! All of it is TOML in `catalog/` and `charts/`, embedded in the program. A project's own `catalog/` folder
//! is read after it, and may add entries or replace them by id. Everything is checked when loaded.

mod around;
mod beside;
mod breaks;
mod check;
mod check_facts;
mod check_findings;
mod check_layout;
mod check_rule;
mod code_words;
mod content;
mod day;
mod disclosure;
mod disclosure_merge;
mod district_names;
mod exhibit;
mod exhibit_codes;
mod fault;
mod file_kind;
mod findings;
mod formula;
mod groups;
mod ids;
mod layout;
mod layout_keys;
mod lines;
mod load;
mod loader;
mod markers;
mod measure;
mod methods;
mod narrowing;
mod own_files;
mod own_indicators;
mod own_output;
mod pattern;
mod peers;
mod peers_choice;
mod perception;
mod perception_words;
mod places;
mod plan;
mod prices;
mod protection;
mod readiness;
mod role;
mod room;
mod room_lists;
mod rule;
mod schools;
mod series_breaks;
mod settings_file;
mod source_search;
mod sources;
mod stat;
mod states;
mod synonyms;
mod test_words;
mod toml_error;
mod toml_node;
mod toml_reader;
mod toml_text;
mod whole_texts;
mod whom;

pub use around::{AroundWords, FilterWords, StatedUnit};
pub use beside::{OtherMeaning, SubjectNotGroup};
pub(crate) use breaks::add_break;
pub use breaks::{BoundBreak, StateBreak};
pub(crate) use check::check_match_variable;
pub(crate) use check_layout::check_state;
pub use code_words::CodeWords;
pub use content::{Catalog, OwnEntries, OwnEntry};
pub use day::{DayChoice, DayFormat, DayPartKind, DayPartSpec, DaySpec};
pub use disclosure::{Cap, DisclosureSpec, InGrades, SameStudents, SomeStudents, StudentSet, Whole};
pub use district_names::DistrictNames;
pub use exhibit::{BesideSpec, EachOwnSpec, ExhibitSpec, FigureKind, Split};
pub use fault::{CatalogError, CatalogFault};
pub(crate) use fault::{EntryPlace, Faults};
pub use findings::{
    FindingsSpec, JudgingSpec, PeopleCount, Story, Target, TestParticipation, UnusualParticipation,
};
pub use groups::{Domain, Group, Groups, Subject};
pub(crate) use ids::{EntryChecker, check_known, did_you_mean, nearest};
pub use layout::{
    ColumnSpec, DistrictSpec, HeaderRows, HeaderSpec, IdPart, IgnoreSpec, Layout, LayoutAttribute,
    LayoutBreak, Level, PartSpec, RollUp, RowFilter, SheetSpec, YearFrom, YearSpec,
};
pub use layout_keys::{LayoutKey, layout_keys};
pub(crate) use markers::GREATEST_SHARE;
pub use markers::{Bounds, CompiledMarkers, Markers, MaskedRange};
pub use measure::{Derivation, Measure, Population, ProjectionMethod, Scored};
pub use methods::{Explanation, Method};
pub use narrowing::NarrowingWords;
pub use own_indicators::{IndicatorDomain, OwnIndicators};
pub use own_output::OwnOutput;
pub use pattern::pattern;
pub use peers::{
    Deviation, EnoughPeers, GradeSpan, LeaveOut, LikenessSpec, MatchVariable, PeersSpec, VariableScale,
};
pub use peers_choice::PeersChoice;
pub use perception::{
    AnswerScale, Construct, ConstructItem, NumberScale, OpposedAnswers, PerceptionSpec, Respondents,
    SurveyChoice, SurveyColumns, SurveyFact, SurveyRule, SurveyView,
};
pub use perception_words::{HarmWords, HeadingNumbers};
pub use plan::{
    DeadlineWords, DistrictFact, PlanColumn, PlanSpec, PlanStep, PlanWord, StateTable, StateTablePart,
    TargetHeadings, TargetWords, TaskBefore,
};
pub use readiness::{
    JumpSpec, KnownOddYear, OddYearSpec, RangeSpec, ReadinessSpec, ShiftSpec, SumSpec, TotalsSpec, ZeroSpec,
    ZeroUnit,
};
pub use role::Role;
pub use room::{
    AnswerWords, BallotColumn, CopiedRows, EVERYBODY, FeedbackWords, FormWords, NumberWords,
    ParticipantHeadings, RoomSpec, SimilarWords,
};
pub use room_lists::{GeneralQuestions, ListWords};
pub use rule::{Beside, Clause, Condition, Operator, Rule, RuleFact, Threshold};
pub use schools::{SchoolPageSpec, SchoolSpec, SchoolType, SimilarSpec};
pub use series_breaks::MeasureBreaks;
pub(crate) use settings_file::SettingsFile;
pub use sources::{PublicSource, SourceGap, SourceLevel};
pub use stat::{SplitPart, Stat};
pub(crate) use states::StateEvidence;
pub use states::{DistrictCount, States, UsState};
pub use synonyms::{
    Editions, FindPatterns, LeftOver, MeasureNames, OwnGrades, PhrasedSubject, RowTypes, StatNames, Synonyms,
    WholeTableWords,
};
pub use test_words::{LevelWords, OtherTest, TestWords};
pub use toml_text::read_toml;
pub use whom::WhomWords;
