//! What all districts of the data are.

/// What the districts of the data are together: a value's rank among them is its rank in the state only if they are (nearly) all
/// districts of the state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AllDistricts {
    /// The districts of the whole state.
    OfState,
    /// Those that the data has, such as those of a region.
    #[default]
    OfData,
}
