//! The texts of the kit: agenda, materials, and table assignments.

use super::listing::{counted, in_words};

pub(crate) const AGENDA_HEADINGS: [&str; 5] = ["Start", "Minutes", "Part", "Outcome", "Who and materials"];
pub(crate) const MATERIAL_HEADINGS: [&str; 3] = ["What", "How many", "Purpose"];
pub(crate) const SEAT_HEADINGS: [&str; 3] = ["Table", "Name", "Role"];
pub(crate) const BY_TABLE: &str = "By table";
pub(crate) const BY_NAME: &str = "By name";
pub(crate) const AGENDA: &str = "Agenda";
pub(crate) const MATERIALS: &str = "Materials";
pub(crate) const EDIT: &str =
    "Change what you like: this is a Word document. Times and numbers come from [day] in retreat.toml.";

/// The title of a file of the kit.
pub(crate) fn title(retreat: &str, of: &str) -> String {
    format!("{retreat}: {}", of.to_lowercase())
}

/// The number of people and tables, and the hours of the day.
pub(crate) fn size(people: u32, tables: u32, start: &str, end: &str) -> String {
    format!(
        "{} at {}, from {start} to {end}",
        counted(people as usize, "person").replace("persons", "people"),
        counted(tables as usize, "table")
    )
}

/// What comes of a part of the day, and who leads it with what.
pub(crate) struct PartWords {
    pub(crate) outcome: &'static str,
    pub(crate) who: &'static str,
}

pub(crate) const WELCOME: PartWords = PartWords {
    outcome: "Everybody knows why we are here, and can read a chart.",
    who: "Superintendent, then the facilitator. Slides, glossary.",
};
pub(crate) const PEERS: PartWords = PartWords {
    outcome: "We know who we are compared with, and how similar they are.",
    who: "Facilitator. Slides, peer card.",
};
pub(crate) const DOMAIN: PartWords = PartWords {
    outcome: "Each table has noticed facts, asked questions, and written codes.",
    who: "Facilitator presents; tables work. Placemat, worksheets, sticky notes.",
};
pub(crate) const BREAK: PartWords = PartWords { outcome: "", who: "Timer on the screen." };
pub(crate) const LUNCH: PartWords =
    PartWords { outcome: "Everybody has walked past all the posters.", who: "Posters, sticky notes." };
pub(crate) const TABLE_SWOT: PartWords = PartWords {
    outcome: "Each table has filled in its ballot, with its own items.",
    who: "Tables, each with a recorder. Cards, table sheet, ballot.",
};
pub(crate) const MERGE: PartWords = PartWords {
    outcome: "Items that say the same thing are combined. Other views stay visible.",
    who: "Facilitator, one reporter per table. Merge sheets, ballots.",
};
pub(crate) const CLOSE: PartWords = PartWords {
    outcome: "Dots show what matters most to the room. Next steps have names and dates.",
    who: "Everybody. Dots, exit tickets.",
};

pub(crate) const ROUND: PartWords = PartWords {
    outcome: "Each table has read one station’s charts and written facts on its two sheets.",
    who: "Tables, each with a recorder. Station charts, station sheets; carousel.docx says who is where.",
};

// The carousel.
pub(crate) const CAROUSEL: &str = "Carousel";
pub(crate) const STATIONS: &str = "Stations";
pub(crate) const ROUNDS: &str = "Who is where";
pub(crate) const TABLE: &str = "Table";
pub(crate) const STATION_HEADINGS: [&str; 3] = ["Station", "What its charts are about", "Copies"];
pub(crate) const CAROUSEL_INTRO: [&str; 3] = [
    "Hang each station’s packet (print/stations.html) on a wall: its charts, and its two sheets “We notice” and “We wonder.”",
    "Each round, the recorder writes what the table sees, as short statements with numbers, and its questions. Conclusions come later.",
    "At the next station, read what is there first. Add only what is new, and mark what you see differently.",
];

/// A station by its number.
pub(crate) fn station(number: u32) -> String {
    format!("Station {number}")
}

/// The heading of a round.
pub(crate) fn round_at(round: u32, start: &str) -> String {
    format!("Round {round}, {start}")
}

/// A round on the agenda, with the station at which the first table is.
pub(crate) fn round(round: usize, rounds: usize, station: &str) -> String {
    format!("Round {round} of {rounds} (table 1: {station})")
}

/// There are too many people at a station.
pub(crate) fn group_too_large(people: u32, most: u32, tables: u32) -> String {
    format!(
        "{people} people at a station is too many; {most} is the most that works. Set `tables = {tables}` under [day] in retreat.toml."
    )
}

/// A thing to bring.
pub(crate) struct MaterialWords {
    pub(crate) what: &'static str,
    pub(crate) purpose: &'static str,
}

pub(crate) const BOOK: MaterialWords =
    MaterialWords { what: "Participant book", purpose: "one per person, plus some extras" };
pub(crate) const PLACEMATS: MaterialWords = MaterialWords {
    what: "Placemat for each part of the day",
    purpose: "two per table, printed on both sides",
};
pub(crate) const PREDICT: MaterialWords = MaterialWords {
    what: "Worksheet “Predict”",
    purpose: "one per person for each part of the day that has one",
};
pub(crate) const NOTICE: MaterialWords =
    MaterialWords { what: "“Notice and wonder”", purpose: "one per person for each part of the day" };
pub(crate) const CARDS: MaterialWords = MaterialWords {
    what: "Candidate cards, cut apart",
    purpose: "one set per table; keep them covered until the tables write their SWOT",
};
pub(crate) const SWOT_SHEET: MaterialWords = MaterialWords { what: "Table SWOT", purpose: "one per table" };
pub(crate) const MERGE_SHEET: MaterialWords =
    MaterialWords { what: "Merge sheet", purpose: "one per quadrant" };
pub(crate) const TABLE_BALLOT: MaterialWords =
    MaterialWords { what: "Table ballot", purpose: "one set per table, on paper or as swot/ballot.xlsx" };
pub(crate) const BALLOT: MaterialWords =
    MaterialWords { what: "Ballot, exit ticket", purpose: "one per person; the tickets print two to a page" };
pub(crate) const NOTES: MaterialWords =
    MaterialWords { what: "Pads of sticky notes, 3 × 3 in", purpose: "three pads per table" };
pub(crate) const DOTS: &str = "Dots";

/// How many dots each person gets.
pub(crate) fn dots(each: u32) -> String {
    format!("{} for each person", in_words(each as usize))
}
pub(crate) const MARKERS: MaterialWords =
    MaterialWords { what: "Markers", purpose: "four thick ones per table" };
pub(crate) const STATION_CHARTS: MaterialWords = MaterialWords {
    what: "Charts of a station",
    purpose: "one set for each copy of a station, for the carousel",
};
pub(crate) const STATION_SHEETS: MaterialWords = MaterialWords {
    what: "Sheets “We notice” and “We wonder”",
    purpose: "two for each copy of a station, for the carousel; they are in the station packets",
};
pub(crate) const POSTERS: MaterialWords = MaterialWords {
    what: "Posters",
    purpose: "one for each part of the day, the SWOT, the parking lot, and the agenda",
};
