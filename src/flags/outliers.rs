//! Values far from those they can be compared with: the answers to the same prompt, or those of the same model.

use super::Responses;
use super::robust::Center;
use rayon::prelude::*;

/// What the values of rows are compared with.
#[derive(Clone, Debug, Default)]
pub(super) struct Outliers {
    /// Where a prompt has enough of them.
    prompts: Vec<Option<Center>>,
    models: Vec<Option<Center>>,
    /// How far each model's values usually are above the median of their prompts.
    habits: Vec<f64>,
}

/// What a value was compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Comparison {
    pub(super) center: Center,
    /// What would be usual: the median and the model's habit.
    pub(super) usual: f64,
    /// How far the model's values usually are above the median.
    pub(super) habit: f64,
    /// How many spreads away from what is usual it is; negative below.
    pub(super) distance: f64,
    /// Whether the group are the answers to the prompt, and not the model's.
    pub(super) by_prompt: bool,
}

impl Comparison {
    /// The group in words, as it ends “the median of …”.
    pub(super) fn group(&self) -> String {
        let count = self.center.count;
        let of = if self.by_prompt { "responses to this prompt" } else { "responses of this model" };
        format!("the {count} {of}")
    }
}

impl Outliers {
    /// Groups of at least `least` of the `values`, of which NaN stands for none. Spreads are at least `floor`, and a
    /// model is allowed a habit of up to `allowance` on either side.
    pub(super) fn new(responses: &impl Responses, values: &[f64], least: usize, floor: f64, allowance: f64) -> Self {
        let center = |values: &[f64], of: &(dyn Fn(usize) -> u32 + Sync), count: usize| -> Vec<Option<Center>> {
            let mut starts = vec![0usize; count + 1];
            let known = |row: &usize| !values[*row].is_nan();
            for row in (0..values.len()).filter(known) {
                starts[of(row) as usize + 1] += 1;
            }
            for at in 1..starts.len() {
                starts[at] += starts[at - 1];
            }
            let mut ends = starts.clone();
            let mut sorted = vec![0.0; starts[count]];
            for row in (0..values.len()).filter(known) {
                let end = &mut ends[of(row) as usize];
                sorted[*end] = values[row];
                *end += 1;
            }
            let mut groups = Vec::with_capacity(count);
            let mut rest = &mut sorted[..];
            for pair in starts.windows(2) {
                let (group, after) = rest.split_at_mut(pair[1] - pair[0]);
                groups.push(group);
                rest = after;
            }
            let of_group = |group: &mut [f64]| if group.len() < least { None } else { Center::of(group, floor) };
            groups.into_par_iter().with_min_len(1024).map(of_group).collect()
        };
        let models = responses.models().len();
        let prompts = center(values, &|row| responses.prompt(row), responses.prompts());
        let above =
            |row: usize| prompts[responses.prompt(row) as usize].map_or(f64::NAN, |center| values[row] - center.median);
        let above: Vec<f64> = (0..values.len()).map(above).collect();
        let habit = |center: Option<Center>| center.map_or(0.0, |center| center.median.clamp(-allowance, allowance));
        let habits = center(&above, &|row| responses.model(row), models).into_iter().map(habit).collect();
        Self { models: center(values, &|row| responses.model(row), models), prompts, habits }
    }

    /// Compares the `value` of `row` with the answers to its prompt where there are enough, else with its model's.
    pub(super) fn compare(&self, responses: &impl Responses, row: usize, value: f64) -> Option<Comparison> {
        let prompt = self.prompts.get(responses.prompt(row) as usize).copied().flatten();
        let center = prompt.or_else(|| self.models.get(responses.model(row) as usize).copied().flatten())?;
        let habit = if prompt.is_some() { self.habits[responses.model(row) as usize] } else { 0.0 };
        let usual = center.median + habit;
        Some(Comparison {
            center,
            usual,
            habit,
            distance: (value - usual) / center.spread,
            by_prompt: prompt.is_some(),
        })
    }
}
