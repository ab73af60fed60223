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
    &["no", "partially", "partly", "teilweise", "maybe", "unsure", "somewhat", "mostly", "yes"],
    &["unsafe", "borderline", "safe"],
    &["sehr schlecht", "schlecht", "mittel", "mäßig", "gut", "sehr gut", "ausgezeichnet"],
    &["not at all", "slightly", "moderately", "very", "extremely"],
];
/// Whether `words`, two or more, all stand on one scale whose order is known.
pub(in crate::io::import) fn are_of_one_scale<'a>(words: impl IntoIterator<Item = &'a String>) -> bool {
    let word = |word: &String| match super::values::rating(&serde_json::Value::String(word.clone())) {
        Rated::YesNo(true) => "yes".to_owned(),
        Rated::YesNo(false) => "no".to_owned(),
        _ => word.trim().to_lowercase(),
    };
    let words: Vec<String> = words.into_iter().map(word).collect();
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
    /// Index of the source that has it first.
    source: u32,
    /// As somebody said it.
    scale: Option<RatingScale>,
    least: f64,
    /// The least but for -1, by which files say that there is no rating.
    least_but_none: f64,
    most: f64,
    /// The greatest there is, as cells say it beside their own: 10 in `4/10`.
    most_said: f64,
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
    /// The criterion called `name`, as source number `source` has it; its id is the one a rubric of the file gives it.
    pub(in crate::io::import) fn get(&mut self, name: &str, scale: Option<&RatingScale>, source: u32) -> u32 {
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
                    source,
                    scale: None,
                    least: f64::INFINITY,
                    least_but_none: f64::INFINITY,
                    most: f64::NEG_INFINITY,
                    most_said: f64::NEG_INFINITY,
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

    /// The scales of all: as was said, or found from the values. What a file rates with whole numbers up to 5 is rated
    /// on one scale, where one of its criteria uses all of it: nobody is asked for 1 to 4 beside 1 to 5.
    pub(in crate::io::import) fn scales(&self) -> Vec<Option<RatingScale>> {
        let shared = |rating: &Rating| -> Option<RatingScale> {
            let [least, most] = rating.few()?;
            let ends = || self.all.iter().filter(|other| other.source == rating.source).filter_map(Rating::few);
            let widest = ends().fold([least, most], |[low, high], [least, most]| [low.min(least), high.max(most)]);
            let is_used = widest[1] >= 3.0 && ends().any(|ends| ends == widest);
            (is_used && [least, most] != [0.0, 1.0]).then_some(match widest {
                [least, most] if least >= 1.0 => RatingScale::Points(most as u32),
                [least, most] => RatingScale::Range(least, most),
            })
        };
        self.all
            .iter()
            .map(|rating| rating.scale.clone().or_else(|| shared(rating)).or_else(|| rating.found()))
            .collect()
    }

    /// Takes into account how much a rating could be at most.
    pub(in crate::io::import) fn see_most(&mut self, at: u32, most: Option<f64>) {
        let rating = &mut self.all[at as usize];
        rating.most_said = rating.most_said.max(most.unwrap_or(f64::NEG_INFINITY));
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
    /// The least and the most, where it is rated with nothing but whole numbers from 0 to 5.
    fn few(&self) -> Option<[f64; 2]> {
        let is_whole = self.numbers > 0 && self.yes_no == 0 && self.words.is_empty() && self.is_whole;
        let least = if self.is_least_none() { self.least_but_none } else { self.least };
        let most = self.most.max(self.most_said);
        (is_whole && least >= 0.0 && most <= 5.0).then_some([least.min(1.0), most])
    }

    /// Beside 2, 3 and 4 a -1 is a judge that failed, and no end of a scale.
    fn is_least_none(&self) -> bool {
        self.least == -1.0 && self.least_but_none >= 1.0 && self.most >= 2.0
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
        let least = if self.is_least_none() { self.least_but_none } else { self.least };
        let most = self.most.max(self.most_said);
        let (least, most) = if self.yes_no > 0 { (least.min(0.0), most.max(1.0)) } else { (least, most) };
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
        let at = criteria.get("Tone of voice", None, 0);
        for value in values.as_array().unwrap() {
            criteria.see(at, rating(value)).unwrap();
        }
        assert_eq!(criteria.scales()[0].as_ref().map(ToString::to_string).as_deref(), scale, "{values}");
        assert_eq!(criteria.at(at).id, "tone-of-voice");
    }

    #[test]
    fn what_a_file_rates_shares_a_scale_that_one_of_it_uses() {
        let check = |columns: &[(u32, &[f64])], expected: &str| {
            let mut criteria = Criteria::default();
            for (nth, (source, values)) in columns.iter().enumerate() {
                let at = criteria.get(&format!("criterion {nth}"), None, *source);
                values.iter().for_each(|value| drop(criteria.see(at, Rated::Number(*value))));
            }
            let scales: Vec<String> =
                criteria.scales().iter().map(|scale| scale.as_ref().unwrap().to_string()).collect();
            assert_eq!(scales.join(" "), expected, "{columns:?}");
        };
        check(&[(0, &[1.0, 5.0]), (0, &[2.0, 4.0]), (0, &[-1.0, 3.0])], "1..5 1..5 1..5");
        check(&[(0, &[0.0, 4.0]), (0, &[1.0, 1.0]), (0, &[2.0, 3.0])], "0..4 0..4 0..4");
        // Yes and no stay what they are, and so do other files, longer scales and what none uses as a whole.
        check(&[(0, &[1.0, 5.0]), (0, &[0.0, 1.0]), (1, &[2.0, 4.0])], "1..5 yes-no 1..4");
        check(&[(0, &[1.0, 7.0]), (0, &[2.0, 4.0])], "1..7 1..4");
        check(&[(0, &[0.0, 4.0]), (0, &[1.0, 5.0])], "0..4 1..5");
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
