//! What the speaker has in front of them: short paragraphs, each with its label, and the minutes.

use super::document::{color_map, root, shape_tree, text_body};
use super::text_box::{Paragraph, StyledText, placeholder};
use super::xml::XmlNode;
use crate::wording::deck as wording;

/// The most words of a slide's notes.
pub(super) const MOST_WORDS: usize = 120;
/// Size of the text, in points.
const SIZE: f64 = 12.0;

/// The notes of a slide. Labels without text are left out.
#[derive(Debug, Clone, Default)]
pub(super) struct SpeakerNotes {
    /// What to say, in two sentences.
    pub(super) say: String,
    /// Where to point first.
    pub(super) point: String,
    /// What to ask: first what people notice, then what they wonder.
    pub(super) ask: String,
    /// What to answer: the definition, who is counted, and why it may mislead.
    pub(super) if_asked: String,
    /// Where the numbers come from.
    pub(super) source: String,
    /// How long the slide takes; 0 if it is not planned.
    pub(super) minutes: u32,
}

impl SpeakerNotes {
    /// The labels with their texts, at most [`MOST_WORDS`] words in all: what is too long is cut from the answers first.
    pub(super) fn labeled(&self) -> Vec<[String; 2]> {
        let time = if self.minutes > 0 { wording::minutes(self.minutes) } else { String::new() };
        let mut all = [
            [wording::SAY, self.say.as_str()],
            [wording::POINT, &self.point],
            [wording::ASK, &self.ask],
            [wording::IF_ASKED, &self.if_asked],
            [wording::SOURCE, &self.source],
            [wording::TIME, &time],
        ]
        .map(|texts| texts.map(str::to_owned));
        for index in [3, 4, 2, 0, 1] {
            let over = word_count(&all).saturating_sub(MOST_WORDS);
            if over > 0 {
                all[index][1] = shortened(&all[index][1], over);
            }
        }
        all.into_iter().filter(|[_, text]| !text.is_empty()).collect()
    }

    /// The notes as a document.
    pub(super) fn node(&self) -> XmlNode {
        let picture = XmlNode::new("p:sp").add(
            XmlNode::new("p:nvSpPr")
                .add(XmlNode::new("p:cNvPr").with("id", 2).with("name", "Slide"))
                .add(XmlNode::new("p:cNvSpPr").add(picture_locks()))
                .add(XmlNode::new("p:nvPr").add(placeholder("sldImg", None))),
        );
        let picture = picture.add(XmlNode::new("p:spPr"));
        let text = XmlNode::new("p:sp")
            .add(
                XmlNode::new("p:nvSpPr")
                    .add(XmlNode::new("p:cNvPr").with("id", 3).with("name", "Notes"))
                    .add(XmlNode::new("p:cNvSpPr").add(XmlNode::new("a:spLocks").with("noGrp", 1)))
                    .add(XmlNode::new("p:nvPr").add(placeholder("body", Some(1)))),
            )
            .add(XmlNode::new("p:spPr"))
            .add(text_body(&self.paragraphs()));
        let content = XmlNode::new("p:cSld").add(shape_tree().add(picture).add(text));
        root("p:notes").add(content).add(color_map())
    }

    fn paragraphs(&self) -> Vec<Paragraph> {
        self.labeled().into_iter().map(|[label, text]| labeled_paragraph(&label, &text)).collect()
    }
}

fn picture_locks() -> XmlNode {
    XmlNode::new("a:spLocks").with("noGrp", 1).with("noRot", 1).with("noChangeAspect", 1)
}

fn labeled_paragraph(label: &str, text: &str) -> Paragraph {
    let label = StyledText::new(format!("{label}: "), SIZE).bold();
    Paragraph::of(vec![label, StyledText::new(text, SIZE)]).spaced(4.0)
}

fn word_count(all: &[[String; 2]]) -> usize {
    all.iter()
        .filter(|[_, text]| !text.is_empty())
        .flatten()
        .map(|text| text.split_whitespace().count())
        .sum()
}

/// The text without its last words, and without the rest of a sentence if another is left.
fn shortened(text: &str, fewer: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kept = words[..words.len().saturating_sub(fewer)].join(" ");
    // A period inside a number ends nothing.
    let end = [". ", "? ", "! "].iter().filter_map(|end| kept.rfind(end)).max();
    match end {
        _ if kept.ends_with(['.', '?', '!']) => kept,
        Some(end) => kept[..=end].to_owned(),
        None if kept.is_empty() => kept,
        None => format!("{kept} …"),
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_WORDS, SpeakerNotes};

    #[test]
    fn notes_fit_on_a_card() {
        let notes = SpeakerNotes {
            say: "One. Two.".to_owned(),
            if_asked: "Students on the last Friday in September. ".repeat(40),
            source: "The state. ".repeat(80),
            minutes: 3,
            ..SpeakerNotes::default()
        };
        let labeled = notes.labeled();
        let words: usize = labeled.iter().flatten().map(|text| text.split_whitespace().count()).sum();
        assert!(words <= MOST_WORDS, "{words}");
        assert_eq!(labeled.first().map(|[_, text]| text.as_str()), Some("One. Two."));
    }
}
