//! A small project for tests: prompts, models, one criterion from 1 to 5, and what people said.

use super::Material;
use crate::model::review::{Act, Choice, Entry, Judgements, Prefer, Purpose, Rate, ReviewLog, RowIndex, wording};
use crate::model::{Criterion, Dataset, DatasetBuilder, Dimension, Judge, NewPrompt, NewResponse, Node, Rubric, Scale};
use jiff::Timestamp;
use std::sync::Arc;

pub(super) struct Fixture {
    pub(super) dataset: Arc<Dataset>,
    pub(super) rubric: Rubric,
    pub(super) listed: Vec<u32>,
    pub(super) scores: Vec<Option<f64>>,
    pub(super) flagged: Vec<u32>,
    logs: Vec<Arc<ReviewLog>>,
    judgements: Judgements,
}

fn tone() -> Criterion {
    let points = ["bad", "poor", "fair", "good", "very good"].map(str::to_owned).into();
    Criterion::new("tone", "Tone", Judge::Human(Scale::Points(points)))
}

/// A rating of the criterion, 1 to 5, that counts.
pub(super) fn rated(response: &str, value: f64) -> Act {
    rated_for(response, value, Purpose::Judge)
}

pub(super) fn rated_for(response: &str, value: f64, purpose: Purpose) -> Act {
    Act::Rate(Rate {
        response: response.into(),
        criterion: "tone".into(),
        value: Some(value),
        scale: [1.0, 5.0],
        wording: wording(&tone()),
        reason: format!("because {response}"),
        purpose,
    })
}

/// A preference that counts.
pub(super) fn preferred(left: &str, right: &str, choice: Choice) -> Act {
    preferred_for(left, right, choice, Purpose::Judge)
}

pub(super) fn preferred_for(left: &str, right: &str, choice: Choice, purpose: Purpose) -> Act {
    Act::Prefer(Prefer { responses: [left.into(), right.into()], choice, reason: String::new(), purpose })
}

/// Entries with ids `NAME-0` and so on, a second apart.
pub(super) fn entries(reviewer: &str, acts: Vec<Act>) -> Vec<Entry> {
    let entry = |(id, act): (usize, Act)| Entry {
        id: format!("{reviewer}-{id}"),
        at: Timestamp::from_second(id as i64).expect("a small number is a time"),
        seconds: None,
        act,
    };
    acts.into_iter().enumerate().map(entry).collect()
}

impl Fixture {
    /// Each of `models` models, called a, b, …, answers each of `prompts` prompts; ids are `r0`, `r1` and so on.
    pub(super) fn new(prompts: usize, models: usize) -> Self {
        let mut builder = DatasetBuilder::default();
        for prompt in 0..prompts {
            let id = format!("p{prompt}");
            let prompt = builder.add_prompt(NewPrompt { id: &id, text: "?", ..NewPrompt::default() }).unwrap();
            for model in 0..models {
                let id = format!("r{}", builder.dataset().responses().len());
                let model = char::from(b'a' + model as u8).to_string();
                let new =
                    NewResponse { id: &id, prompt, model: &model, text: Ok("text"), metadata: None, source: 0, row: 1 };
                builder.add_response(new).unwrap();
            }
        }
        let mut dimension = Dimension::new("d", "D");
        dimension.children = vec![Node::Criterion(tone())];
        let rows = prompts * models;
        Self {
            dataset: Arc::new(builder.finish()),
            rubric: Rubric { dimensions: vec![dimension], ..Rubric::default() },
            listed: (0..rows as u32).collect(),
            scores: vec![None; rows],
            flagged: Vec::new(),
            logs: Vec::new(),
            judgements: Judgements::default(),
        }
    }

    /// Adds a reviewer.
    pub(super) fn log(&mut self, reviewer: &str, acts: Vec<Act>) {
        self.logs.push(Arc::new(ReviewLog::new(reviewer, entries(reviewer, acts))));
        self.judgements = self.judgements();
    }

    pub(super) fn judgements(&self) -> Judgements {
        Judgements::new(&self.logs, &RowIndex::new(self.dataset.clone()), &self.rubric)
    }

    pub(super) fn material<'a>(&'a self, reviewer: &'a str) -> Material<'a> {
        Material {
            dataset: &self.dataset,
            rubric: &self.rubric,
            judgements: &self.judgements,
            listed: &self.listed,
            score: Box::new(|row| self.scores[row as usize]),
            flagged: Box::new(|row| self.flagged.contains(&row)),
            reviewer,
        }
    }
}
