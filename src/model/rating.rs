//! How imported ratings and verdicts are written: columns, scales and codings.

use super::Scale;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A column that holds ratings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RatingColumn {
    /// The column. A list in it holds the ratings of several raters, in their order.
    pub column: String,
    /// The name of what is rated, where no column says it.
    pub criterion: String,
    /// Who rated, where every rater has a column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rater: Option<String>,
    /// The scale; where there is none, it is found from all values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<RatingScale>,
}

/// The scale of imported ratings, in the file's own units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RatingScale {
    /// 0 and 1, or words that say no and yes.
    YesNo,
    /// The whole numbers from 1 to this, which is at least 2.
    Points(u32),
    /// Numbers between these; the first is smaller.
    Range(f64, f64),
    /// Words, the worst first; at least two.
    Words(Vec<String>),
}

impl RatingScale {
    /// The scale of a criterion that is rated so.
    pub fn scale(&self) -> Scale {
        match self {
            Self::YesNo => Scale::YesNo,
            Self::Points(n) => Scale::Points(vec![String::new(); *n as usize]),
            Self::Range(least, most) => Scale::Range { least: *least, most: *most },
            Self::Words(words) => Scale::Points(words.clone()),
        }
    }

    /// The scale that a criterion rated on `scale` has; descriptions of points are its words.
    pub fn of(scale: &Scale) -> Self {
        match scale {
            Scale::YesNo => Self::YesNo,
            Scale::Range { least, most } => Self::Range(*least, *most),
            Scale::Points(points) if points.iter().any(String::is_empty) => Self::Points(points.len() as u32),
            Scale::Points(points) => Self::Words(points.clone()),
        }
    }

    /// Reads what [`fmt::Display`] writes: `yes-no`, `1..5`, `0..100`, or words from the worst to the best,
    /// `bad<fair<good`. Whole numbers from 1 to at most 10 are points. `None` where it is none of these.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if matches!(text.to_lowercase().as_str(), "yes-no" | "yesno" | "yes/no") {
            return Some(Self::YesNo);
        }
        if let Some((least, most)) = text.split_once("..") {
            let (least, most): (f64, f64) = (least.trim().parse().ok()?, most.trim().parse().ok()?);
            return match (least, most) {
                (1.0, most) if most.fract() == 0.0 && (2.0..=10.0).contains(&most) => Some(Self::Points(most as u32)),
                (least, most) if least < most && (most - least).is_finite() => Some(Self::Range(least, most)),
                _ => None,
            };
        }
        let words: Vec<String> = text.split('<').map(|word| word.trim().to_owned()).collect();
        (words.len() > 1 && words.iter().all(|word| !word.is_empty())).then_some(Self::Words(words))
    }
}

impl fmt::Display for RatingScale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::YesNo => write!(f, "yes-no"),
            Self::Points(n) => write!(f, "1..{n}"),
            Self::Range(least, most) => write!(f, "{least}..{most}"),
            Self::Words(words) => write!(f, "{}", words.join("<")),
        }
    }
}

/// What numbers in a column of verdicts mean. Words and names need no coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coding {
    /// 1 is the first, 2 the second; 0 and 1.5 are a tie, and what lies between leans to a side.
    OneTwo,
    /// 0 is the first, 1 the second; what lies between leans to a side, 0.5 is a tie.
    ZeroOne,
    /// 1 is the first, 0 the second: the share the first wins. 0.5 is a tie.
    Share,
    /// Above 0 is the first, below 0 the second. Within a quarter of 0 is a tie; from 1.5 on it is much better.
    Plus,
    /// Above 0 is the second, below 0 the first, as with [`Self::Plus`].
    Minus,
    /// From 1, the first is much better, to 5, the second is; 3 is a tie.
    OneFive,
    /// From 1, the first is much better, to 7, the second is; 4 is a tie.
    OneSeven,
}

impl Coding {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::OneTwo, Self::ZeroOne, Self::Share, Self::Plus, Self::Minus, Self::OneFive, Self::OneSeven];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::OneTwo => "one_two",
            Self::ZeroOne => "zero_one",
            Self::Share => "share",
            Self::Plus => "plus",
            Self::Minus => "minus",
            Self::OneFive => "one_five",
            Self::OneSeven => "one_seven",
        }
    }

    /// What it says, in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::OneTwo => "1 the first, 2 the second",
            Self::ZeroOne => "0 the first, 1 the second",
            Self::Share => "1 the first, 0 the second",
            Self::Plus => "above 0 the first",
            Self::Minus => "above 0 the second",
            Self::OneFive => "1 the first is much better, 5 the second",
            Self::OneSeven => "1 the first is much better, 7 the second",
        }
    }

    /// The coding with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|coding| coding.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::RatingScale;

    #[test]
    fn scales_are_read_as_they_are_written() {
        let words = RatingScale::Words(["bad", "so so", "good"].map(str::to_owned).into());
        let cases = [
            ("yes-no", Some(RatingScale::YesNo)),
            ("1..5", Some(RatingScale::Points(5))),
            ("0..4", Some(RatingScale::Range(0.0, 4.0))),
            ("1..100", Some(RatingScale::Range(1.0, 100.0))),
            ("-1.5..1.5", Some(RatingScale::Range(-1.5, 1.5))),
            ("bad<so so<good", Some(words)),
            ("5..1", None),
            ("0..inf", None),
            ("bad", None),
            ("a<", None),
        ];
        for (text, scale) in cases {
            assert_eq!(RatingScale::parse(text), scale, "{text}");
            if let Some(scale) = scale {
                assert_eq!(scale.to_string(), text);
            }
        }
    }
}
