//! What is known to make PowerPoint repair a file, and what a reader of the deck would notice.

mod layout;
mod made;
mod opened;
mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use roxmltree::Node;

use self::opened::{OpenedDeck, all, text_of};
use super::{DeckTemplate, Palette, deck, file};
use crate::exhibit::{BarLayout, Pack};
use crate::pack::fixture;

/// Words of methods that no slide and no note may hold.
const METHODS: [&str; 5] = ["Theil", "Mann", "Newcombe", "mid-rank", "p-value"];

fn opened(pack: &Pack) -> OpenedDeck {
    OpenedDeck::open(file(pack, None).unwrap())
}

/// A deck with figures of every kind, and with bad names.
fn hostile() -> OpenedDeck {
    let name = made::bad_name();
    opened(&made::pack(&name, made::figures(&name)))
}

/// The same deck on a template: an earlier deck of ours.
fn on_a_template() -> OpenedDeck {
    let name = made::bad_name();
    let earlier = file(&fixture::pack("Ash 4"), None).unwrap();
    let template = DeckTemplate::read(&earlier).unwrap();
    OpenedDeck::open(file(&made::pack(&name, made::figures(&name)), Some(&template)).unwrap())
}

#[test]
fn every_part_is_well_formed_and_has_a_type() {
    for deck in [hostile(), on_a_template()] {
        check_types(&deck);
    }
}

fn check_types(deck: &OpenedDeck) {
    let types = roxmltree::Document::parse(deck.text("[Content_Types].xml")).unwrap();
    let of = |kind: &str, key: &str| -> BTreeSet<String> {
        all(&types, kind)
            .map(|node| node.attribute(key).unwrap().trim_start_matches('/').to_owned())
            .collect()
    };
    let (defaults, overrides) = (of("Default", "Extension"), of("Override", "PartName"));
    for name in deck.parts.keys().filter(|name| *name != "[Content_Types].xml") {
        let extension = name.rsplit('.').next().unwrap();
        let is_typed =
            if extension == "xml" { overrides.contains(name) } else { defaults.contains(extension) };
        assert!(is_typed, "{name} has no type");
        if extension != "xlsx" {
            roxmltree::Document::parse(deck.text(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
    let missing: Vec<&String> = overrides.iter().filter(|name| !deck.parts.contains_key(*name)).collect();
    assert!(missing.is_empty(), "types of parts that are not there: {missing:?}");
}

#[test]
fn relationships_lead_to_parts_and_parts_have_relationships() {
    for deck in [hostile(), on_a_template()] {
        check_relationships(&deck);
    }
}

fn check_relationships(deck: &OpenedDeck) {
    let mut reached = BTreeSet::new();
    let names = deck.parts.keys().filter(|name| !name.ends_with(".rels"));
    for name in names.map(String::as_str).chain([""]) {
        let relationships = deck.relationships(name);
        let ids: BTreeSet<&str> = relationships.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids.len(), relationships.len(), "{name} has an id twice");
        for relationship in &relationships {
            assert!(deck.parts.contains_key(&relationship.target), "{name}: no {}", relationship.target);
            reached.insert(relationship.target.clone());
        }
        if name.starts_with("ppt/") && name.ends_with(".xml") {
            let document = roxmltree::Document::parse(deck.text(name)).unwrap();
            let used = document.descendants().flat_map(|node| node.attributes()).filter(|attribute| {
                attribute
                    .namespace()
                    .is_some_and(|space| space.ends_with("officeDocument/2006/relationships"))
            });
            let unknown: Vec<&str> = used.map(|used| used.value()).filter(|id| !ids.contains(id)).collect();
            assert!(unknown.is_empty(), "{name} uses {unknown:?}");
        }
    }
    let lost: Vec<&String> = deck
        .parts
        .keys()
        .filter(|name| !name.ends_with(".rels") && *name != "[Content_Types].xml" && !reached.contains(*name))
        .collect();
    assert!(lost.is_empty(), "no relationship leads to {lost:?}");
}

#[test]
fn ids_of_slides_and_layouts_are_in_their_ranges() {
    let deck = hostile();
    let ids = |part: &str, name: &str| -> Vec<u64> {
        let document = roxmltree::Document::parse(deck.text(part)).unwrap();
        all(&document, name)
            .filter(|node| node.attribute("id").is_some())
            .map(|node| node.attribute("id").unwrap().parse().unwrap())
            .collect()
    };
    let slides = ids("ppt/presentation.xml", "sldId");
    let listed = slides.len() / 2;
    assert_eq!(slides[..listed], slides[listed..], "slides of the sections");
    assert!(slides.iter().all(|id| (256..2_147_483_648).contains(id)));
    assert_eq!(slides.iter().collect::<BTreeSet<_>>().len(), listed);
    let mut masters = ids("ppt/presentation.xml", "sldMasterId");
    masters.extend(ids("ppt/slideMasters/slideMaster1.xml", "sldLayoutId"));
    assert!(masters.iter().all(|id| (2_147_483_648..4_294_967_296).contains(id)));
    assert_eq!(masters.iter().collect::<BTreeSet<_>>().len(), 8);
}

#[test]
fn the_notes_master_has_a_theme_of_its_own() {
    let deck = hostile();
    let theme = |part: &str| -> String {
        let relationships = deck.relationships(part);
        relationships.into_iter().find(|one| one.kind == "theme").unwrap().target
    };
    assert_ne!(theme("ppt/notesMasters/notesMaster1.xml"), theme("ppt/slideMasters/slideMaster1.xml"));
}

#[test]
fn no_two_shapes_of_a_slide_have_the_same_id() {
    let deck = hostile();
    for folder in
        ["ppt/slides/", "ppt/slideLayouts/", "ppt/slideMasters/", "ppt/notesSlides/", "ppt/notesMasters/"]
    {
        deck.each(folder, |name, document| {
            let ids: Vec<&str> = all(document, "cNvPr").map(|node| node.attribute("id").unwrap()).collect();
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name}: {ids:?}");
        });
    }
}

#[test]
fn elements_stand_in_the_order_of_the_schema() {
    let deck = hostile();
    let mut faults = BTreeSet::new();
    for folder in ["ppt/charts/", "ppt/slides/", "ppt/slideLayouts/", "ppt/notesSlides/", "ppt/presentation"]
    {
        deck.each(folder, |_, document| faults.extend(schema::faults(document.root_element())));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The values of a chart's references, by their formulas.
fn caches(document: &roxmltree::Document<'_>) -> BTreeMap<String, Vec<Option<String>>> {
    let mut caches = BTreeMap::new();
    for name in ["strRef", "numRef"] {
        for reference in all(document, name) {
            let child =
                |name: &str| reference.descendants().find(|node| node.tag_name().name() == name).unwrap();
            let count: usize = child("ptCount").attribute("val").unwrap().parse().unwrap();
            let mut values = vec![None; count];
            for point in reference.descendants().filter(|node| node.tag_name().name() == "pt") {
                let index: usize = point.attribute("idx").unwrap().parse().unwrap();
                values[index] = Some(text_of(point));
            }
            caches.insert(text_of(child("f")), values);
        }
    }
    caches
}

/// The cells that a formula refers to, as text; `None` for an empty cell.
fn cells(book: &mut Xlsx<Cursor<Vec<u8>>>, formula: &str) -> Vec<Option<String>> {
    let (sheet, range) = formula.rsplit_once('!').unwrap();
    let sheet = book.worksheet_range(sheet.trim_matches('\'')).unwrap();
    let corner = |text: &str| -> (u32, u32) {
        let mut parts = text.trim_start_matches('$').split('$');
        let letters = parts
            .next()
            .unwrap()
            .bytes()
            .fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
        (parts.next().unwrap().parse::<u32>().unwrap() - 1, letters - 1)
    };
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    let (first, last) = (corner(first), corner(last));
    (first.0..=last.0)
        .map(|row| match sheet.get_value((row, first.1)) {
            None | Some(Data::Empty) => None,
            Some(Data::Float(number)) => Some(number.to_string()),
            Some(other) => Some(other.to_string()),
        })
        .collect()
}

#[test]
fn each_chart_draws_what_its_workbook_holds() {
    let deck = hostile();
    deck.each("ppt/charts/", |name, document| {
        let relationships = deck.relationships(name);
        let bytes = deck.parts[&relationships[0].target].clone();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        for (formula, values) in caches(document).into_iter().filter(|(_, values)| !values.is_empty()) {
            let cells = cells(&mut book, &formula);
            assert_eq!(cells, values, "{name} {formula}");
        }
        let table = book.worksheet_range("Whole table").unwrap();
        assert_eq!(table.get_value((1, 1)), Some(&Data::String("hidden".to_owned())));
        let formulas = book.worksheet_formula("Whole table").unwrap();
        assert!(formulas.used_cells().next().is_none(), "{name} has a formula");
    });
}

#[test]
fn a_hidden_value_is_a_gap_and_never_zero() {
    let figure = made::bars(5, BarLayout::Rows, "Group");
    let deck = opened(&made::pack("Ash 4", vec![figure]));
    deck.each("ppt/charts/", |name, document| {
        let caches = caches(document);
        let own = caches.iter().find(|(formula, _)| formula.contains("$B$2")).unwrap().1;
        assert_eq!((own.len(), own[1].as_ref()), (5, None), "{name}");
        let names = caches.iter().find(|(formula, _)| formula.contains("$A$2")).unwrap().1;
        assert_eq!(names[1].as_deref(), Some("Group 1 (hidden)"), "{name}");
    });
}

#[test]
fn titles_differ_and_stand_in_their_places() {
    let deck = hostile();
    let mut titles = BTreeSet::new();
    deck.each("ppt/slides/", |name, document| {
        let is_title =
            |node: &Node<'_, '_>| node.attribute("type").is_some_and(|kind| kind.ends_with("itle"));
        let place = all(document, "ph").find(is_title).unwrap_or_else(|| panic!("{name} has no title"));
        let shape = place.ancestors().find(|node| node.tag_name().name() == "sp").unwrap();
        assert!(titles.insert(text_of(shape)), "{name}: {}", text_of(shape));
    });
}

#[test]
fn charts_and_tables_say_what_they_show() {
    let deck = hostile();
    deck.each("ppt/slides/", |name, document| {
        for frame in all(document, "graphicFrame") {
            let names = frame.descendants().find(|node| node.tag_name().name() == "cNvPr").unwrap();
            let alt = names.attribute("descr").unwrap_or_default();
            assert!(!alt.trim().is_empty() && alt.chars().count() <= 250, "{name}: {alt:?}");
        }
        for table in all(document, "tblPr") {
            assert_eq!(table.attribute("firstRow"), Some("1"), "{name}");
        }
        assert!(all(document, "tc").all(|cell| cell.attribute("gridSpan").is_none()), "{name}: merged cells");
        let untold = all(document, "rPr").filter(|run| run.attribute("lang") != Some("en-US")).count();
        assert_eq!(untold, 0, "{name}: text without a language");
    });
}

#[test]
fn text_can_be_read_from_the_last_row() {
    let deck = hostile();
    for folder in ["ppt/slides/", "ppt/charts/"] {
        deck.each(folder, |name, document| {
            for sized in document.descendants().filter(|node| node.attribute("sz").is_some()) {
                let Ok(size) = sized.attribute("sz").unwrap().parse::<u32>() else { continue };
                let shape = sized.ancestors().find(|node| node.tag_name().name() == "sp");
                let is_source = shape.is_some_and(|shape| text_of(shape).contains(" · S"));
                assert!(size >= 1600 || size == 1200 && is_source, "{name}: {size}");
            }
        });
    }
}

#[test]
fn notes_are_short_and_without_words_of_methods() {
    let deck = hostile();
    deck.each("ppt/notesSlides/", |name, document| {
        let text: Vec<String> = all(document, "p").map(text_of).collect();
        let words = text.iter().map(|line| line.split_whitespace().count()).sum::<usize>();
        assert!(words <= super::notes::MOST_WORDS, "{name}: {words} words");
        assert!(text.iter().any(|line| line.starts_with("Say: ")), "{name}: {text:?}");
        let methods: Vec<_> = METHODS.iter().filter(|word| text.concat().contains(**word)).collect();
        assert!(methods.is_empty(), "{name}: {methods:?}");
    });
}

#[test]
fn exhibits_are_found_by_their_ids() {
    let deck = hostile();
    let mut named = BTreeSet::new();
    let mut tagged = BTreeSet::new();
    deck.each("ppt/slides/", |_, document| {
        let names =
            all(document, "cNvPr").filter_map(|node| node.attribute("name")?.strip_prefix("exhibit:"));
        named.extend(names.map(|name| name.split(':').next().unwrap().to_owned()));
    });
    deck.each("ppt/tags/", |_, document| {
        tagged.extend(all(document, "tag").filter_map(|tag| tag.attribute("val").map(str::to_owned)));
    });
    assert!(named.len() > 15 && named.is_subset(&tagged), "{named:?} {tagged:?}");
}

#[test]
fn the_finding_appears_on_a_click() {
    let deck = opened(&fixture::pack("Ash 4"));
    deck.each("ppt/slides/", |name, document| {
        for target in all(document, "spTgt") {
            let id = target.attribute("spid").unwrap();
            let shape = all(document, "cNvPr").find(|node| node.attribute("id") == Some(id)).unwrap();
            let shape = shape.attribute("name").unwrap();
            assert!(["What the chart says", "Timer"].contains(&shape), "{name}: {shape}");
        }
    });
}

#[test]
fn the_same_pack_gives_the_same_bytes() {
    let pack = made::pack("Ash 4", made::figures("Group"));
    assert!(file(&pack, None).unwrap() == file(&pack, None).unwrap());
}

#[test]
fn a_pack_without_exhibits_has_a_deck() {
    let mut pack = fixture::pack("Ash 4");
    pack.sections.clear();
    pack.findings.all.clear();
    pack.peers.peers.clear();
    pack.year = None;
    let deck = opened(&pack);
    assert!(deck.names("ppt/slides/").count() > 10);
}

#[test]
fn without_core_exhibits_all_are_of_the_day() {
    let mut pack = fixture::pack("Ash 4");
    for exhibit in pack.sections.iter_mut().flat_map(|section| &mut section.exhibits) {
        exhibit.core = false;
    }
    let palette = Palette::embedded().unwrap();
    let deck = deck(&pack, &palette).unwrap();
    let shown = deck.sections.iter().flat_map(|section| &section.slides);
    assert_eq!(shown.filter(|slide| slide.exhibit.is_some()).count(), pack.exhibits().count());
    assert!(deck.sections.iter().all(|section| section.title != "Appendix"));
}

#[test]
fn a_template_that_is_none_is_refused_in_plain_words() {
    let workbook = rust_xlsxwriter::Workbook::new().save_to_buffer().unwrap();
    let locked = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    for (bytes, why) in [
        (b"Dear facilitator".as_slice(), "not a PowerPoint file"),
        (b"", "not a PowerPoint file"),
        (&workbook, "not a PowerPoint file"),
        (&locked, "password"),
    ] {
        let refused = DeckTemplate::read(bytes).unwrap_err();
        assert!(refused.contains(why), "{refused}");
    }
}

#[test]
fn slides_on_a_template_of_another_size_are_scaled() {
    let mut template = DeckTemplate::read(&file(&fixture::pack("Ash 4"), None).unwrap()).unwrap();
    template.size = template.size.map(|length| length / 2);
    let deck = OpenedDeck::open(file(&fixture::pack("Ash 4"), Some(&template)).unwrap());
    deck.each("ppt/slides/", |name, document| {
        for (offset, extent) in all(document, "off").zip(all(document, "ext")) {
            let number = |node: Node<'_, '_>, key| node.attribute(key).unwrap().parse::<i64>().unwrap();
            let right = number(offset, "x") + number(extent, "cx");
            let bottom = number(offset, "y") + number(extent, "cy");
            assert!(right <= template.size[0] && bottom <= template.size[1], "{name}: {right}, {bottom}");
        }
    });
}

#[test]
fn a_part_with_old_data_alone_says_so() {
    let mut pack = fixture::pack("Ash 4");
    for exhibit in &mut pack.sections[0].exhibits {
        exhibit.core = false;
        exhibit.age = "Data of 2015-16".to_owned();
    }
    let label = pack.sections[0].label.clone();
    let palette = Palette::embedded().unwrap();
    let deck = deck(&pack, &palette).unwrap();
    let section = deck.sections.iter().find(|section| section.title == label).unwrap();
    assert_eq!(section.slides[1].title, format!("{label}: what do we not know?"));
}
