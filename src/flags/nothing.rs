//! Responses without words: no text, an empty one, or nothing but white space.

use super::{Basis, Flag, Info, Kind};

pub(super) const MISSING: Info = Info {
    id: "missing",
    name: "Missing",
    summary: "There is no text: its file says null, or has no such field.",
    details: "Nobody knows what the model said, so the response is not scored. Rows that could not be read at all are in \
              the import report instead.",
    basis: Basis::Texts,
};

pub(super) const EMPTY: Info = Info {
    id: "empty",
    name: "Empty",
    summary: "The model returned an empty text.",
    details: "A text of no bytes. It is scored as it is. A content filter, an exhausted token limit or a lost reply look \
              like this, and an answer of nothing is often one of them.",
    basis: Basis::Texts,
};

pub(super) const BLANK: Info = Info {
    id: "blank",
    name: "Blank",
    summary: "The text is nothing but white space and characters without width.",
    details: "Spaces, line ends, no-break spaces, byte order marks and zero-width characters: there is a text, and \
              nothing of it can be read.",
    basis: Basis::Texts,
};

/// The flag of a text nobody can read; `None` stands for no text.
pub(super) fn flag(text: Option<&str>) -> Option<Flag> {
    Some(match text {
        None => Flag::new(Kind::Missing, "There is no text here: the file says null, or has no such field."),
        Some("") => Flag::new(Kind::Empty, "The text is empty."),
        Some(text) if is_blank(text) => {
            let count = text.chars().count();
            let characters = if count == 1 { "one character".to_owned() } else { format!("{count} characters") };
            Flag::new(Kind::Blank, format!("The text is {characters} of white space.")).at(0..text.len())
        }
        Some(_) => return None,
    })
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: Option<&str>, kind: Option<Kind>) {
        assert_eq!(flag(text).map(|flag| flag.kind), kind, "{text:?}");
    }

    #[test]
    fn no_text_an_empty_one_and_a_blank_one_are_three_things() {
        check(None, Some(Kind::Missing));
        check(Some(""), Some(Kind::Empty));
        check(Some(" \n\t\u{a0}\u{feff}\u{200b}"), Some(Kind::Blank));
        check(Some(" ."), None);
        check(Some("0"), None);
    }
}
