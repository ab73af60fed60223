//! Values far from those they can be compared with: the answers to the same prompt, or those of the same model.

use super::Responses;
use super::robust::Center;
use rayon::prelude::*;
use std::ops::Range;

/// What the values of rows are compared with.
#[derive(Clone, Debug, Default)]
pub(super) struct Outliers {
    /// Where a prompt has enough of them.
    prompts: Vec<Option<Center>>,
    models: Vec<Option<Center>>,
    /// How far each model's values usually are above the median of their prompts.
    habits: Vec<f64>,
    /// The values of prompts that have too few for a median.
    few: Groups,
    near: f64,
}

/// How values are compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// How many values a group has at least.
    pub(super) least: usize,
    /// The least spread of a group.
    pub(super) floor: f64,
    /// A model may have a habit of up to so much on either side.
    pub(super) allowance: f64,
    /// Two values no farther apart excuse each other where a prompt has too few for a median.
    pub(super) near: f64,
    /// No value is an outlier if more than this share of its group, and more than one, lie as far on its side.
    pub(super) rare: f64,
}

/// What a value was compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Comparison {
    pub(super) center: Center,
    /// What would be usual: between the median and the median with the model's habit, whichever is nearest.
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
    /// The groups of `values`, one a row, of which NaN stands for none.
    pub(super) fn new(responses: &impl Responses, values: &[f64], measure: Measure) -> Self {
        let Measure { least, floor, allowance, near, rare } = measure;
        let models = responses.models().len();
        let prompt = |row: usize| responses.prompt(row);
        let model = |row: usize| responses.model(row);
        let (few, prompts) = Groups::new(values, &prompt, responses.prompts()).centers(least, floor, rare);
        let above = |row: usize| prompts[prompt(row) as usize].map_or(f64::NAN, |center| values[row] - center.median);
        let above: Vec<f64> = (0..values.len()).map(above).collect();
        let habit = |center: Option<Center>| center.map_or(0.0, |center| center.median.clamp(-allowance, allowance));
        let (_, habits) = Groups::new(&above, &model, models).centers(least, floor, rare);
        let (_, of_models) = Groups::new(values, &model, models).centers(least, floor, rare);
        Self { models: of_models, prompts, habits: habits.into_iter().map(habit).collect(), few, near }
    }

    /// Compares the `value` of `row` with the answers to its prompt where there are enough, else with its model's: then
    /// only where no other answer to the prompt is near it. `None` also where it is not rare in its group.
    pub(super) fn compare(&self, responses: &impl Responses, row: usize, value: f64) -> Option<Comparison> {
        let (prompt, model) = (responses.prompt(row) as usize, responses.model(row) as usize);
        if let Some(center) = self.prompts.get(prompt).copied().flatten() {
            if !center.is_rare(value) {
                return None;
            }
            let habit = self.habits[model];
            // A habit excuses and never accuses.
            let [low, high] = [center.median + habit.min(0.0), center.median + habit.max(0.0)];
            let usual = value.clamp(low, high);
            let distance = (value - usual) / center.spread;
            return Some(Comparison { center, usual, habit, distance, by_prompt: true });
        }
        let center = self.models.get(model).copied().flatten()?;
        let alike = self.few.of(prompt).iter().filter(|other| (*other - value).abs() <= self.near).count();
        // It is among them itself.
        let distance = (value - center.median) / center.spread;
        (alike < 2 && center.is_rare(value)).then_some(Comparison {
            center,
            usual: center.median,
            habit: 0.0,
            distance,
            by_prompt: false,
        })
    }
}

/// Values by group.
#[derive(Clone, Debug, Default)]
struct Groups {
    values: Vec<f64>,
    /// Where each group begins, and where the last ends.
    starts: Vec<usize>,
}

impl Groups {
    /// The `values` of `count` groups; NaN is in none.
    fn new(values: &[f64], of: &(dyn Fn(usize) -> u32 + Sync), count: usize) -> Self {
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
        Self { values: sorted, starts }
    }

    /// The center of each group with at least `least` values; of the others, the values stay.
    fn centers(mut self, least: usize, floor: f64, rare: f64) -> (Self, Vec<Option<Center>>) {
        let mut groups = Vec::with_capacity(self.starts.len());
        let mut rest = &mut self.values[..];
        for pair in self.starts.windows(2) {
            let (group, after) = rest.split_at_mut(pair[1] - pair[0]);
            groups.push(group);
            rest = after;
        }
        let center = |group: &mut [f64]| if group.len() < least { None } else { Center::of(group, floor, rare) };
        let centers = groups.into_par_iter().with_min_len(1024).map(center).collect();
        (self, centers)
    }

    /// The values of `group`, where it has too few for a center.
    fn of(&self, group: usize) -> &[f64] {
        let range = || -> Option<Range<usize>> { Some(*self.starts.get(group)?..*self.starts.get(group + 1)?) };
        range().map_or(&[], |range| &self.values[range])
    }
}
