//! A part of a zipped workbook as XML, token by token.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion::Implicit1_0;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::error::ReadError;
use super::package::Part;

/// How deeply tags may be nested.
const MAX_DEPTH: u32 = 256;

/// A part as XML.
pub(super) struct Xml<'p, 'a> {
    reader: Reader<Part<'p, 'a>>,
    buffer: Vec<u8>,
    depth: u32,
}

impl<'p, 'a> Xml<'p, 'a> {
    pub(super) fn new(part: Part<'p, 'a>) -> Self {
        let mut reader = Reader::from_reader(part);
        reader.config_mut().check_end_names = false;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// The next token; after the last one, [`Event::Eof`].
    ///
    /// # Errors
    /// If it is damaged or exceeds the limits.
    pub(super) fn next(&mut self) -> Result<Event<'_>, ReadError> {
        self.reader.get_mut().next_token()?;
        self.buffer.clear();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return Err(self.reader.get_mut().error(&error.to_string())),
        };
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            // The tokenizer does not report a truncated part.
            Event::Eof if self.depth > 0 => {
                return Err(ReadError::damaged_part("a part of it ends within a tag"));
            }
            _ => {}
        }
        if self.depth > MAX_DEPTH {
            return Err(ReadError::bomb(&format!("tags nested more than {MAX_DEPTH} levels deep")));
        }
        Ok(event)
    }
}

/// The value of the attribute with this local name, regardless of its prefix.
pub(super) fn attribute<'t>(tag: &'t BytesStart<'_>, name: &str) -> Option<Cow<'t, str>> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    found.normalized_value(Implicit1_0).ok()
}

/// The value of the attribute with this name, including its prefix.
pub(super) fn prefixed_attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok().flatten()?;
    attribute.normalized_value(Implicit1_0).ok().map(Cow::into_owned)
}

/// The text of an entity such as `&amp;`; an unknown entity is kept as written.
pub(super) fn entity_text(reference: &BytesRef<'_>) -> Cow<'static, str> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Cow::Owned(character.to_string());
    }
    match resolve_predefined_entity(reference.as_ref()) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(format!("&{};", &**reference)),
    }
}
