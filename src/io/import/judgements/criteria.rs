//! What imported ratings are of, and on which scale: found from all values, unless somebody said it.

use super::values::Rated;
use crate::model::{Criterion, Judge, RatingScale, slug, unique_id};
use std::collections::HashMap;

/// Words of scales whose order is known, the worst first. Each line is one scale; a scale may use some of its words.
const ORDERS: &[&[&str]] = &[
    &[
        "terrible",
        "very bad",
        "bad",
        "poor",
        "fair",
        "ok",
        "okay",
        "average",
        "good",
        "very good",
        "great",
        "excellent",
    ],
    &[
        "strongly disagree",
        "disagree",
        "somewhat disagree",
        "slightly disagree",
        "neutral",
        "neither",
        "neither agree nor disagree",
        "undecided",
        "slightly agree",
        "somewhat agree",
        "agree",
        "strongly agree",
    ],
    &["never", "rarely", "sometimes", "often", "always"],
    &["none", "minor", "some", "moderate", "major", "critical"],
    &["very low", "low", "medium", "high", "very high"],
    &["negative", "neutral", "positive"],
    &["incorrect", "partially correct", "partial", "mostly correct", "correct"],
    &["no", "partially", "partly", "maybe", "unsure", "somewhat", "mostly", "yes"],
    &["unsafe", "borderline", "safe"],
    &["not at all", "slightly", "moderately", "very", "extremely"],
];
/// Whether `words`, two or more, all stand on one scale whose order is known.
pub(in crate::io::import) fn are_of_one_scale<'a>(words: impl IntoIterator<Item = &'a String>) -> bool {
    let words: Vec<String> = words.into_iter().map(|word| word.trim().to_lowercase()).collect();
    words.len() >= 2 && ORDERS.iter().any(|order| words.iter().all(|word| order.contains(&word.as_str())))
}

/// More different words than this are no scale.
const MOST_WORDS: usize = 12;

/// One thing that is rated.
#[derive(Debug)]
pub(in crate::io::import) struct Rating {
    /// As files call it.
    pub(in crate::io::import) name: String,
    /// In the rubric.
    pub(in crate::io::import) id: String,
    /// As somebody said it.
    scale: Option<RatingScale>,
    least: f64,
    /// The least but for -1, by which files say that there is no rating.
    least_but_none: f64,
    most: f64,
    numbers: u64,
    yes_no: u64,
    is_whole: bool,
    /// Words that are neither numbers nor yes or no, in order of first appearance.
    words: Vec<String>,
}

/// A value as it is kept until the scale is known.
#[derive(Clone, Copy, Debug)]
pub(in crate::io::import) enum Kept {
    Number(f64),
    YesNo(bool),
    Word(u32),
}

/// All that is rated, in order of first appearance.
#[derive(Debug, Default)]
pub(in crate::io::import) struct Criteria {
    all: Vec<Rating>,
    by_name: HashMap<String, u32>,
    /// Ids of a graded tree, which names its criteria by them.
    ids: Vec<String>,
}

impl Criteria {
    /// The criterion called `name`; `id` is its id where a rubric of the file has one.
    pub(in crate::io::import) fn get(&mut self, name: &str, scale: Option<&RatingScale>) -> u32 {
        let key = name.trim().to_lowercase();
        let at = match self.by_name.get(&key) {
            Some(&at) => at,
            None => {
                let at = self.all.len() as u32;
                let id = if self.ids.iter().any(|id| id == name) {
                    name.to_owned()
                } else {
                    let taken: Vec<String> =
                        self.all.iter().map(|rating| rating.id.clone()).chain(self.ids.iter().cloned()).collect();
                    unique_id(&slug(name), &taken)
                };
                self.all.push(Rating {
                    name: name.trim().to_owned(),
                    id,
                    scale: None,
                    least: f64::INFINITY,
                    least_but_none: f64::INFINITY,
                    most: f64::NEG_INFINITY,
                    numbers: 0,
                    yes_no: 0,
                    is_whole: true,
                    words: Vec::new(),
                });
                self.by_name.insert(key, at);
                at
            }
        };
        if let Some(scale) = scale {
            self.all[at as usize].scale.get_or_insert_with(|| scale.clone());
        }
        at
    }

    /// Tells it the ids of a graded tree.
    pub(in crate::io::import) fn know(&mut self, ids: impl IntoIterator<Item = String>) {
        self.ids.extend(ids);
    }

    /// The criterion at `at`.
    pub(in crate::io::import) fn at(&self, at: u32) -> &Rating {
        &self.all[at as usize]
    }

    /// All of them.
    pub(in crate::io::import) fn iter(&self) -> impl Iterator<Item = &Rating> {
        self.all.iter()
    }

    /// Takes a value into account; `None` where it says nothing, and the word where there are too many words.
    pub(in crate::io::import) fn see(&mut self, at: u32, value: Rated<'_>) -> Result<Option<Kept>, String> {
        let rating = &mut self.all[at as usize];
        Ok(Some(match value {
            Rated::Nothing => return Ok(None),
            Rated::Number(number) => {
                rating.numbers += 1;
                rating.least = rating.least.min(number);
                if number != -1.0 {
                    rating.least_but_none = rating.least_but_none.min(number);
                }
                rating.most = rating.most.max(number);
                rating.is_whole &= number.fract() == 0.0;
                Kept::Number(number)
            }
            Rated::YesNo(truth) => {
                rating.yes_no += 1;
                Kept::YesNo(truth)
            }
            Rated::Word(word) => match rating.words.iter().position(|known| *known == word) {
                Some(index) => Kept::Word(index as u32),
                None if rating.words.len() < MOST_WORDS => {
                    rating.words.push(word.into_owned());
                    Kept::Word(rating.words.len() as u32 - 1)
                }
                None => return Err(word.chars().take(60).collect()),
            },
        }))
    }
}

impl Rating {
    /// Its scale: as was said, or found from the values. `None` where there is none.
    pub(in crate::io::import) fn scale(&self) -> Option<RatingScale> {
        self.scale.clone().or_else(|| self.found())
    }

    /// Whether the scale was found, and is one whose order nobody knows.
    pub(in crate::io::import) fn is_order_unknown(&self) -> bool {
        self.scale.is_none() && matches!(self.found(), Some(RatingScale::Words(_))) && self.order().is_none()
    }

    fn found(&self) -> Option<RatingScale> {
        match (self.numbers, self.yes_no) {
            (0, 0) if self.words.len() < 2 => None,
            (0, 0) => Some(RatingScale::Words(self.order().unwrap_or_else(|| self.words.clone()))),
            // “no, partly, yes” is one scale.
            (0, _) if !self.words.is_empty() => Some(RatingScale::Words(self.order()?)),
            (0, _) => Some(RatingScale::YesNo),
            (_, _) => Some(self.numeric()),
        }
    }

    fn numeric(&self) -> RatingScale {
        // Beside 2, 3 and 4 a -1 is a judge that failed, and no end of a scale.
        let is_none = self.least == -1.0 && self.least_but_none >= 1.0 && self.most >= 2.0;
        let least = if is_none { self.least_but_none } else { self.least };
        let (least, most) = if self.yes_no > 0 { (least.min(0.0), self.most.max(1.0)) } else { (least, self.most) };
        if self.is_whole && least >= 0.0 && most <= 1.0 {
            return RatingScale::YesNo;
        }
        if self.is_whole && least >= 1.0 && most <= 10.0 {
            // Nobody has scales to 8 or 9.
            return RatingScale::Points(if most > 7.0 { 10 } else { most.max(2.0) as u32 });
        }
        let bottom = match least {
            least if least >= 1.0 && most <= 10.0 => 1.0,
            least if least >= 0.0 => 0.0,
            least => least.floor().min(-most),
        };
        let ends: &[f64] = if self.is_whole && most <= 10.0 { &[] } else { &[1.0, 5.0, 10.0, 100.0] };
        let top = ends.iter().copied().find(|end| most <= *end).unwrap_or_else(|| most.ceil());
        let top = if least < 0.0 { most.max(-bottom) } else { top };
        RatingScale::Range(bottom, top.max(bottom + 1.0))
    }

    /// The words in their known order, yes and no among them where they occur.
    fn order(&self) -> Option<Vec<String>> {
        let mut words = self.words.clone();
        if self.yes_no > 0 {
            words.extend(["no".to_owned(), "yes".to_owned()]);
        }
        ORDERS.iter().find_map(|order| {
            let place = |word: &String| order.iter().position(|known| *known == word.to_lowercase());
            let mut placed: Vec<(usize, &String)> =
                words.iter().map(|word| place(word).map(|at| (at, word))).collect::<Option<_>>()?;
            placed.sort_by_key(|(at, _)| *at);
            Some(placed.into_iter().map(|(_, word)| word.clone()).collect())
        })
    }

    /// A value in the units of `scale`, which [`Self::scale`] gave; the value as it reads, where it is not on it.
    pub(in crate::io::import) fn value(&self, kept: Kept, scale: &RatingScale) -> Result<f64, String> {
        let word = |word: &str| match scale {
            RatingScale::Words(words) => {
                words.iter().position(|known| known.eq_ignore_ascii_case(word)).map(|at| at as f64 + 1.0)
            }
            _ => None,
        };
        let number = |number: f64| match scale {
            RatingScale::Words(_) => word(&number.to_string()),
            _ => Some(number).filter(|number| scale.scale().raw(*number).is_some()),
        };
        let (value, text) = match kept {
            Kept::Number(value) => (number(value), value.to_string()),
            Kept::YesNo(truth) => {
                let text = if truth { "yes" } else { "no" };
                (word(text).or_else(|| number(f64::from(u8::from(truth)))), text.to_owned())
            }
            Kept::Word(index) => (word(&self.words[index as usize]), self.words[index as usize].clone()),
        };
        value.ok_or(text)
    }

    /// A criterion of a rubric for it.
    pub(in crate::io::import) fn criterion(&self, scale: &RatingScale) -> Criterion {
        Criterion::new(self.id.clone(), self.name.clone(), Judge::Human(scale.scale()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::import::judgements::values::rating;
    use serde_json::{Value, json};

    #[track_caller]
    fn check(values: &Value, scale: Option<&str>) {
        let mut criteria = Criteria::default();
        let at = criteria.get("Tone of voice", None);
        for value in values.as_array().unwrap() {
            criteria.see(at, rating(value)).unwrap();
        }
        assert_eq!(criteria.at(at).scale().map(|scale| scale.to_string()).as_deref(), scale, "{values}");
        assert_eq!(criteria.at(at).id, "tone-of-voice");
    }

    #[test]
    fn a_scale_is_found_from_the_values() {
        check(&json!([1, 5, 3, null]), Some("1..5"));
        check(&json!([2, 6, 1]), Some("1..6"));
        check(&json!([7, 8]), Some("1..10"));
        check(&json!([0, 1, 1]), Some("yes-no"));
        check(&json!([true, false, "yes"]), Some("yes-no"));
        check(&json!([0, 4]), Some("0..4"));
        check(&json!([0.5, 1, 0]), Some("0..1"));
        check(&json!([9, 8.5]), Some("1..10"));
        check(&json!([71, 88.5]), Some("0..100"));
        check(&json!([-1.5, 1]), Some("-2..2"));
        check(&json!([-1, 3, 5]), Some("1..5"));
        check(&json!([-1, 0, 2]), Some("-2..2"));
        check(&json!([-1, 1]), Some("-1..1"));
        check(&json!(["4/5", "2/5", "5/5"]), Some("1..5"));
        check(&json!(["Agree", "Neither agree nor disagree"]), Some("Neither agree nor disagree<Agree"));
        check(&json!(["good", "bad", "fair"]), Some("bad<fair<good"));
        check(&json!(["no", "partially", "yes"]), Some("no<partially<yes"));
        check(&json!(["blue", "red"]), Some("blue<red"));
        check(&json!(["blue"]), None);
        check(&json!([null, ""]), None);
    }
}
