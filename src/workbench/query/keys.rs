//! The words of the language, for parsing, completion and help.

/// A key of the language.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As it is written, with its operator: `model:`.
    pub text: &'static str,
    /// What it asks.
    pub help: &'static str,
    /// What can follow it, with what it means; empty where that is not known beforehand.
    pub values: &'static [(&'static str, &'static str)],
}

const fn key(text: &'static str, help: &'static str) -> Key {
    Key { text, help, values: &[] }
}

/// What can follow `flag:`.
const FLAGS: [(&str, &str); 20] = [
    ("any", "any anomaly"),
    ("human", "anybody's flag"),
    ("mine", "your own flag"),
    ("missing", "it has no text"),
    ("empty", "its text is empty"),
    ("blank", "its text is white space"),
    ("duplicate", "the same text as another response"),
    ("similar", "nearly the same text as another response"),
    ("refusal", "the model declines"),
    ("truncated", "the text breaks off"),
    ("loop", "the text repeats itself"),
    ("language", "another language than the prompt's"),
    ("length", "much longer or shorter than comparable texts"),
    ("score", "scored far from comparable responses"),
    ("echo", "the prompt comes back"),
    ("self-name", "the model names itself or its maker"),
    ("unsafe", "something the rubric forbids"),
    ("disagree", "a check and people disagree"),
    ("hasty", "judged faster than anybody reads"),
    ("drift", "judged by another standard than before"),
];

/// Every key of the language.
pub const KEYS: &[Key] = &[
    key("model:", "what produced it"),
    key("prompt:", "the prompt's id"),
    key("id:", "the response's id"),
    key("text:", "words in the response"),
    key("score<", "the score; also > <= >= =, and any dimension or criterion instead of score"),
    key("length>", "characters of text"),
    key("meets:", "a criterion that is met"),
    key("fails:", "a criterion that is not met"),
    key("unscored:", "a criterion without a value"),
    Key {
        text: "passed:",
        help: "whether it passes",
        values: &[("yes", "it passes"), ("no", "it does not"), ("open", "that is not decided")],
    },
    Key {
        text: "is:",
        help: "empty, missing, incomplete, gated, duplicate or similar",
        values: &[
            ("empty", "its text is empty or white space"),
            ("missing", "it has no text"),
            ("incomplete", "it is not fully scored"),
            ("gated", "a gate lowers its score or fails it"),
            ("duplicate", "an earlier response has the same text"),
            ("similar", "an earlier response has nearly the same text"),
        ],
    },
    Key {
        text: "rated:",
        help: "how many of the criteria for people are rated",
        values: &[
            ("yes", "all"),
            ("no", "none"),
            ("partly", "some, not all"),
            ("stale", "one, before its guidance or scale changed"),
        ],
    },
    key("by:", "who said it: beside other terms about people, or alone"),
    key("rating:", "people's rating of a criterion on its scale, rating:tone>=4"),
    key("disagree>", "how far reviewers are apart, 0 to 1"),
    key("confidence<", "how far its score can be relied on, 0 to 1"),
    Key { text: "overruled:", help: "a check that a person overruled", values: &[("yes", "any"), ("no", "none")] },
    key("label:", "a label on one of its spans"),
    key("note:", "words in a note on it"),
    Key { text: "flag:", help: "an anomaly, or a person's flag on it", values: &FLAGS },
    Key {
        text: "preferred:",
        help: "what people said of it beside another",
        values: &[
            ("yes", "it was better than another"),
            ("no", "another was better"),
            ("tie", "neither was"),
            ("never", "nobody compared it"),
        ],
    },
    Key {
        text: "sample:",
        help: "so many of what the other terms select: 50, 50/model, 50/prompt, 50@7",
        values: &[
            ("50", "fifty of them, always the same"),
            ("5/model", "five of each model"),
            ("1/prompt", "one for each prompt"),
        ],
    },
];

/// The names of what can be compared, apart from dimensions and criteria.
pub(super) const NUMBERS: [&str; 4] = ["score", "length", "disagree", "confidence"];

/// What can follow `key`.
pub(super) fn values(key: &str) -> impl Iterator<Item = &'static str> {
    let known = KEYS.iter().filter(move |known| known.text.strip_suffix(':') == Some(key));
    known.flat_map(|known| known.values.iter().map(|(value, _)| *value))
}

#[cfg(test)]
mod tests {
    use super::FLAGS;
    use crate::flags::Kind;

    #[test]
    fn every_kind_of_flag_can_be_asked_for() {
        let known: Vec<&str> = FLAGS.iter().map(|(id, _)| *id).skip(3).collect();
        assert_eq!(known, Kind::ALL.map(Kind::id));
    }
}
