//! The pictures of the pack that was built last, kept between runs: making them takes most of the time of a second build. What is
//! drawn as before is not converted again.
//!
//! One entry of the cache for all of them. It holds nothing that the pack does not show.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::cache::{Cache, hash};
use crate::chart::{self, ChartError, ChartPictures, Drawing, Forms, Theme};
use crate::exhibit::Exhibit;
use crate::observation::{Sealed, Sign, seal, unseal};
use crate::project::Project;

/// The first bytes of the entry.
const SIGN: &Sign = b"retreat7";

/// The pictures that an earlier run kept.
pub(super) struct KeptPictures {
    cache: Cache,
    /// By a hash of all that they are made of.
    charts: BTreeMap<String, ChartPictures>,
}

/// A chart that was drawn.
pub(super) struct HashedDrawing {
    pub(super) drawing: Drawing,
    /// A hash of all that its pictures are made of; `None` if they are not kept.
    pub(super) hash: Option<String>,
}

/// The pictures of a chart as the entry lists them. Their bytes follow in the order of the list.
#[derive(Serialize, Deserialize)]
struct EncodedPictures {
    hash: String,
    /// The length in bytes.
    outlined: Option<usize>,
    /// The length in bytes.
    png: Option<usize>,
}

/// The name of the entry.
pub(super) fn key_of(cache: &Cache) -> String {
    cache.key_of(&hash(&["pictures"]))
}

impl KeptPictures {
    /// What an earlier run kept; nothing if the entry is damaged.
    pub(super) fn of(project: &Project) -> Self {
        let cache = Cache::open(project);
        let entry = cache.load_bytes(&key_of(&cache)).unwrap_or_default();
        Self { cache, charts: decode(&entry).unwrap_or_default() }
    }

    /// Draws an exhibit, and makes those of its pictures that are not kept.
    pub(super) fn draw(
        &self,
        exhibit: &Exhibit,
        theme: &Theme,
        forms: Forms,
    ) -> Result<HashedDrawing, ChartError> {
        let (bare, svg) = (chart::draw_bare(exhibit, theme)?, chart::draw_svg(exhibit, theme)?);
        let hash = hash(&[&svg, &format!("{forms:?}")]);
        let ChartPictures { outlined, png } = match self.charts.get(&hash) {
            Some(kept) => kept.clone(),
            None => chart::convert(&svg, exhibit, theme, forms)?,
        };
        Ok(HashedDrawing { drawing: Drawing { bare, outlined, png }, hash: Some(hash) })
    }

    /// Keeps the pictures of a pack, unless they are those that are kept already.
    pub(super) fn store(&self, charts: &[&HashedDrawing]) {
        let hashes: BTreeSet<&String> = charts.iter().filter_map(|chart| chart.hash.as_ref()).collect();
        if hashes.into_iter().eq(self.charts.keys()) {
            return;
        }
        let encoded: Vec<EncodedPictures> = charts.iter().filter_map(|chart| chart.encoded()).collect();
        let Ok(json) = serde_json::to_vec(&encoded) else { return };
        let pictures = charts.iter().filter(|chart| chart.hash.is_some()).flat_map(|chart| chart.pictures());
        self.cache.store_bytes(&key_of(&self.cache), &seal(SIGN, &json, pictures));
    }
}

impl HashedDrawing {
    fn encoded(&self) -> Option<EncodedPictures> {
        let Drawing { outlined, png, .. } = &self.drawing;
        Some(EncodedPictures {
            hash: self.hash.clone()?,
            outlined: outlined.as_ref().map(String::len),
            png: png.as_ref().map(Vec::len),
        })
    }

    fn pictures(&self) -> impl Iterator<Item = &[u8]> + Clone {
        let Drawing { outlined, png, .. } = &self.drawing;
        outlined.as_deref().map(str::as_bytes).into_iter().chain(png.as_deref())
    }
}

fn decode(entry: &[u8]) -> Option<BTreeMap<String, ChartPictures>> {
    let Sealed { json, columns: mut rest } = unseal(SIGN, entry)?;
    let encoded: Vec<EncodedPictures> = serde_json::from_slice(json).ok()?;
    let mut charts = BTreeMap::new();
    for EncodedPictures { hash, outlined, png } in encoded {
        let mut pictures = ChartPictures::default();
        if let Some(length) = outlined {
            pictures.outlined = Some(String::from_utf8(rest.split_off(..length)?.to_vec()).ok()?);
        }
        if let Some(length) = png {
            pictures.png = Some(rest.split_off(..length)?.to_vec());
        }
        charts.insert(hash, pictures);
    }
    Some(charts)
}
