//! The districts of the State of Marlowe. None of them exists.

use crate::plan::{IN_THE_RED, MAIN, UNREMARKABLE};
use crate::random;

/// How many school years there are.
pub(crate) const YEARS: usize = 10;
/// The school year in which the first of them ends.
pub(crate) const FIRST_YEAR: usize = 2016;

/// `2015-16` for the first year.
pub(crate) fn school_year(year: usize) -> String {
    format!("{}-{:02}", FIRST_YEAR + year - 1, (FIRST_YEAR + year) % 100)
}

/// Which grades a district teaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Kindergarten to grade 12.
    Unit,
    /// Kindergarten to grade 8.
    Elementary,
    /// Grades 9 to 12.
    High,
}

impl Kind {
    /// As published.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Unit => "Unit",
            Self::Elementary => "Elementary",
            Self::High => "High school",
        }
    }

    /// Whether grade `grade` is taught, 0 being kindergarten.
    pub(crate) const fn teaches(self, grade: usize) -> bool {
        match self {
            Self::Unit => true,
            Self::Elementary => grade <= 8,
            Self::High => grade >= 9,
        }
    }

    /// How many grades are taught.
    pub(crate) const fn grades(self) -> f64 {
        match self {
            Self::Unit => 13.0,
            Self::Elementary => 9.0,
            Self::High => 4.0,
        }
    }
}

/// A district: its identity, and what its figures are made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct District {
    /// Six digits: county, number.
    pub(crate) id: u32,
    /// Invented name.
    pub(crate) name: &'static str,
    /// Grades taught.
    pub(crate) kind: Kind,
    /// Students in the first year.
    pub(crate) size: f64,
    /// Growth of the entering classes, in percent a year.
    pub(crate) growth: f64,
    /// Students from low-income families, in percent.
    pub(crate) low_income: f64,
    /// English learners in the first year, in percent.
    pub(crate) english_learners: f64,
    /// Students with disabilities, in percent.
    pub(crate) disabilities: f64,
}

impl District {
    /// The district's county.
    pub(crate) fn county(&self) -> &'static str {
        COUNTIES[(self.id / 1000 - 101) as usize % COUNTIES.len()]
    }

    /// The district's constant deviation in a figure; 0 for the main and the unremarkable district.
    pub(crate) fn effect(&self, figure: &str) -> f64 {
        match self.id {
            MAIN | UNREMARKABLE => 0.0,
            _ => random::normal(self.id, figure, YEARS, 0),
        }
    }

    /// The deviation of one year (and cell) of a figure.
    pub(crate) fn noise(&self, figure: &str, year: usize, cell: usize) -> f64 {
        let calm = match self.id {
            UNREMARKABLE => 0.35,
            MAIN => 0.6,
            _ => 1.0,
        };
        calm * random::normal(self.id, figure, year, cell)
    }
}

const COUNTIES: [&str; 12] = [
    "Alder", "Brant", "Corvin", "Dunmore", "Ellery", "Fenwick", "Garrow", "Hollis", "Ingram", "Juniper",
    "Kestrel", "Lorne",
];

const fn row(id: u32, name: &'static str, kind: Kind, size: f64, growth: f64, share: [f64; 3]) -> District {
    let [low_income, english_learners, disabilities] = share;
    District { id, name, kind, size, growth, low_income, english_learners, disabilities }
}

use Kind::{Elementary as E, High as H, Unit as U};

/// All districts, in the order of their ids.
#[rustfmt::skip]
pub(crate) const DISTRICTS: [District; 60] = [
    row(101_001, "Aldermere City School District 1", U, 14_820.0, -0.3, [62.0, 17.5, 15.8]),
    row(101_004, "Ash 4", E, 92.0, -0.6, [38.0, 7.4, 16.2]),
    row(101_012, "Tollgate CCSD 12", E, 1_210.0, 0.2, [33.0, 11.0, 14.1]),
    row(101_033, "Pell River Community Unit District 33", U, 1_620.0, -0.4, [51.0, 8.6, 15.9]),
    row(101_210, "Aldermere Township High School District 210", H, 2_950.0, 0.1, [36.0, 6.8, 13.6]),
    row(102_002, "Brantwood Elementary 2", E, 890.0, -0.8, [56.0, 14.0, 16.4]),
    row(102_015, "Quarry Hill CUSD 15", U, 2_310.0, 0.1, [45.5, 11.8, 14.8]),
    row(102_027, "Wexcombe Community Consolidated 27", E, 2_480.0, 0.6, [21.0, 12.5, 12.7]),
    row(102_061, "Lantern Bay CUSD 61", U, 5_340.0, 0.9, [29.0, 13.2, 13.4]),
    row(102_205, "Brantwood-Wexcombe High School District 205", H, 1_720.0, 0.0, [31.0, 6.0, 13.9]),
    row(103_003, "Corvin Falls 3", U, 730.0, -1.1, [58.0, 3.6, 17.6]),
    row(103_009, "Saltmarsh Elementary School District 9", E, 415.0, -0.5, [44.0, 6.2, 15.5]),
    row(103_044, "Thistledown Community Unit School District 44", U, 1_380.0, -0.5, [47.0, 9.1, 16.3]),
    row(103_070, "East Corvin CUSD 70", U, 3_060.0, 0.0, [43.5, 12.6, 14.5]),
    row(104_007, "Dunmore Junction 7", E, 1_560.0, 0.3, [49.0, 18.0, 14.6]),
    row(104_018, "Larkspur Valley Community Unit School District 18", U, 2_410.0, -2.0, [47.0, 4.0, 15.6]),
    row(104_022, "Orchard Prairie CUSD 22", U, 9_870.0, 1.3, [17.0, 9.4, 12.2]),
    row(104_055, "Bellwether Unit 55", U, 1_840.0, 0.2, [49.0, 11.4, 15.1]),
    row(104_201, "Dunmore Community High School District 201", H, 940.0, -0.3, [42.0, 7.2, 15.0]),
    row(105_005, "Ellery 5", U, 412.0, -1.3, [54.0, 3.9, 18.1]),
    row(105_016, "Copper Landing Elementary 16", E, 3_340.0, 0.4, [63.0, 24.0, 14.9]),
    row(105_038, "Hawthorn-Greer Community Unit School District 38", U, 2_090.0, 0.0, [52.0, 10.2, 15.4]),
    row(105_090, "Three Bridges CUSD 90", U, 4_460.0, 0.2, [38.0, 8.2, 14.2]),
    row(105_214, "North Fork–Saint Bartholomew Consolidated Community Unit School District 214", U, 1_050.0, -0.9, [46.0, 4.8, 16.9]),
    row(106_006, "Fenwick Shore 6", E, 2_050.0, 0.8, [9.0, 5.4, 11.6]),
    row(106_011, "Gable End CCSD 11", E, 640.0, 0.0, [14.0, 4.6, 12.3]),
    row(106_041, "Whitlock Unit 41", U, 7_120.0, 0.5, [24.0, 10.8, 12.9]),
    row(106_203, "Fenwick High School District 203", H, 3_820.0, 0.6, [11.0, 3.4, 11.8]),
    row(107_008, "Garrow Mills 8", U, 2_760.0, -0.6, [54.0, 9.8, 15.7]),
    row(107_026, "Cedar Hollow Community Unit School District 26", U, 1_905.0, 0.0, [47.5, 10.4, 15.3]),
    row(107_049, "Sundial Community Unit District 49", U, 1_470.0, 0.1, [44.0, 12.0, 15.0]),
    row(107_083, "Upper Garrow 83", E, 275.0, -1.0, [51.0, 5.8, 17.0]),
    row(107_207, "Garrow River Township High School District 207", H, 1_180.0, -0.2, [47.0, 8.4, 15.2]),
    row(108_010, "Hollis Center CUSD 10", U, 2_210.0, 0.3, [48.5, 13.1, 14.9]),
    row(108_019, "Marrow Lake 19", E, 1_130.0, 0.1, [27.0, 9.2, 13.2]),
    row(108_036, "Kittering-Shaw Community Unit School District 36", U, 3_420.0, 0.4, [40.5, 11.2, 14.0]),
    row(108_065, "South Hollis Consolidated 65", U, 860.0, -0.7, [60.0, 4.4, 16.8]),
    row(109_013, "Ingram City District 13", U, 22_350.0, -0.8, [71.0, 21.5, 16.2]),
    row(109_029, "Riverbend Elementary School District 29", E, 2_710.0, -0.2, [74.0, 28.0, 15.6]),
    row(109_050, "Old Ferry CUSD 50", U, 1_710.0, -0.2, [50.0, 9.7, 16.0]),
    row(109_088, "Gravel Point Unit 88", U, 1_240.0, -0.9, [68.0, 6.4, 17.4]),
    row(109_211, "Ingram Heights High School District 211", H, 2_140.0, 0.0, [66.0, 12.4, 15.4]),
    row(110_014, "Juniper Flats 14", U, 585.0, -0.8, [49.0, 4.1, 16.6]),
    row(110_031, "Marigold CCSD 31", E, 980.0, 0.5, [18.0, 7.8, 12.8]),
    row(110_072, "Stonewick-Amberly Community Unit School District 72", U, 2_640.0, -0.1, [46.0, 10.9, 15.2]),
    row(110_140, "Pigeon Creek Elementary 140", E, 945.0, 0.0, [41.0, 8.8, 14.7]),
    row(110_206, "Juniper Valley High School District 206", H, 1_460.0, 0.3, [28.0, 5.6, 13.1]),
    row(111_017, "Kestrel Crossing CUSD 17", U, 2_020.0, -0.3, [50.5, 12.2, 15.8]),
    row(111_020, "Doveridge 20", E, 1_840.0, 0.2, [36.0, 15.0, 13.7]),
    row(111_045, "High Kestrel Unit 45", U, 965.0, -0.6, [42.0, 3.8, 15.9]),
    row(111_060, "Barrowfield Community Unit School District 60", U, 6_210.0, 0.1, [46.0, 15.4, 14.4]),
    row(111_099, "Mill Pond 99", E, 520.0, -0.4, [30.0, 6.6, 14.3]),
    row(112_021, "Lorne Academy Unit 21", U, 3_780.0, 0.7, [12.5, 6.2, 12.0]),
    row(112_030, "Windrow CUSD 30", U, 1_550.0, -0.4, [45.0, 10.6, 15.6]),
    row(112_037, "Emberley 37", E, 1_390.0, 0.0, [53.0, 13.6, 15.3]),
    row(112_058, "Fallow Creek Community Unit District 58", U, 690.0, -1.0, [52.0, 4.6, 17.2]),
    row(112_064, "Lorne River Consolidated Unit 64", U, 4_930.0, -0.1, [55.0, 14.4, 15.0]),
    row(112_077, "Upland Elementary School District 77", E, 2_260.0, 0.3, [45.0, 16.2, 14.0]),
    row(112_102, "Saint Orrin CUSD 102", U, 11_430.0, 0.3, [34.0, 12.0, 13.8]),
    row(112_208, "Lorne Union High School District 208", H, 1_310.0, 0.1, [39.0, 7.6, 14.2]),
];

/// The fund balance with which a district starts, in percent of a year's operating expenditure.
pub(crate) fn first_balance(district: &District) -> f64 {
    match district.id {
        IN_THE_RED => 1.5,
        MAIN => 32.0,
        _ => (27.0 - 0.04 * (district.low_income - 45.0) + 3.2 * district.effect("balance")).max(6.0),
    }
}
