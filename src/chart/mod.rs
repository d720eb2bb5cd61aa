//! temporary
use crate::exhibit::Exhibit;
/// t
pub struct Theme;
/// t
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct ChartError;
/// t
pub struct Drawing {
    /// t
    pub svg: String,
    /// t
    pub png: Vec<u8>,
}
impl Theme {
    /// t
    pub fn embedded() -> Result<Self, ChartError> {
        Ok(Self)
    }
}
/// t
pub fn draw(_: &Exhibit, _: &Theme) -> Result<Drawing, ChartError> {
    Ok(Drawing { svg: "<svg viewBox=\"0 0 1 1\" xmlns=\"http://www.w3.org/2000/svg\"/>".into(), png: vec![] })
}
