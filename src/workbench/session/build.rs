//! From what the reviewer asks for to a session.

use super::adjudication::{Dispute, disputes};
use super::calibration::Gold;
use super::draw::{ORDER, SIDES, shuffle, with_repeats};
use super::item::{Item, Session};
use super::material::Material;
use super::queue::{Queue, rows};
use super::{pairs, sides};
use crate::model::review::{Begin, Mode, Purpose};
use crate::stats::SplitMix64;

/// What a reviewer asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// What is judged.
    pub mode: Mode,
    /// Where items come from; calibration and adjudication have their own.
    pub queue: Queue,
    /// How many responses are compared, 2..=4.
    pub size: usize,
    /// The models that are compared; all of them where this is empty.
    pub models: Vec<String>,
    /// Whether names of models are hidden, and the order shuffled.
    pub blind: bool,
    /// The share of items that come twice, 0..=0.5.
    pub repeats: f64,
    /// Whether what is judged is recorded as gold.
    pub gold: bool,
    /// What order, sides and samples are drawn from.
    pub seed: u64,
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            mode: Mode::Rate,
            queue: Queue::Unrated,
            size: 2,
            models: Vec::new(),
            blind: false,
            repeats: 0.0,
            gold: false,
            seed: 0,
        }
    }
}

/// Why there is no session: what is missing, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoItems {
    /// Nothing was imported.
    #[error("There are no responses yet; import some to judge them.")]
    NoResponses,
    /// No criterion is judged by people.
    #[error("The rubric has no criterion that people rate; add one, or compare responses instead.")]
    NoCriteria,
    /// No prompt has enough responses.
    #[error("No prompt has {0} responses to compare among those the filter matches; import another model’s.")]
    TooFewModels(usize),
    /// Nothing is gold.
    #[error("Nothing is recorded as gold yet; judge a few items with “Record as gold” first, or import gold answers.")]
    NoGold,
    /// Reviewers agree, or there are not two.
    #[error("No two reviewers disagree on anything that is not settled.")]
    NoDispute,
    /// The filter matches nothing.
    #[error("The filter matches no response; clear it, or change it.")]
    NothingListed,
    /// The reviewer judged all there is.
    #[error("You have judged everything here; choose another queue, or clear the filter.")]
    AllJudged,
    /// Another queue has nothing.
    #[error("Nothing is in this queue; choose another one.")]
    EmptyQueue,
}

/// The session that `recipe` asks for. It has no `begin` yet: that is the entry which begins it.
///
/// # Errors
/// Where there would be no item.
pub fn build(recipe: &Recipe, material: &Material<'_>) -> Result<Session, NoItems> {
    if material.dataset.is_empty() {
        return Err(NoItems::NoResponses);
    }
    let criteria = material.human_criteria();
    let items = match recipe.mode {
        Mode::Rate => rate(recipe, material, &criteria)?,
        Mode::Pairs => compare(recipe, material)?,
        Mode::Calibrate => calibrate(recipe, material)?,
        Mode::Adjudicate => adjudicate(material)?,
    };
    Ok(Session {
        reviewer: material.reviewer.to_owned(),
        begin: String::new(),
        mode: recipe.mode,
        queue: recipe.queue,
        filter: String::new(),
        blind: recipe.blind,
        gold: recipe.gold,
        seed: recipe.seed,
        repeats: recipe.repeats,
        criteria,
        items,
        skipped: Vec::new(),
    })
}

impl Session {
    /// How the log says that it began.
    pub fn begin_act(&self) -> Begin {
        let word = match self.mode {
            Mode::Rate | Mode::Pairs => self.queue.word(),
            Mode::Calibrate => "gold".to_owned(),
            Mode::Adjudicate => "disputes".to_owned(),
        };
        Begin {
            mode: self.mode,
            queue: format!("{word} {}", self.filter).trim_end().to_owned(),
            blind: self.blind,
            seed: self.seed,
            repeats: self.repeats,
            items: self.items.len(),
        }
    }
}

fn purpose(recipe: &Recipe) -> Purpose {
    if recipe.gold { Purpose::Gold } else { Purpose::Judge }
}

/// Why `queue` is empty.
fn nothing(queue: Queue, material: &Material<'_>) -> NoItems {
    match queue {
        _ if material.listed.is_empty() => NoItems::NothingListed,
        Queue::Unrated => NoItems::AllJudged,
        Queue::Disagreements => NoItems::NoDispute,
        _ => NoItems::EmptyQueue,
    }
}

fn rate(recipe: &Recipe, material: &Material<'_>, criteria: &[String]) -> Result<Vec<Item>, NoItems> {
    if criteria.is_empty() {
        return Err(NoItems::NoCriteria);
    }
    let mut rows = rows(recipe.queue, material, criteria, recipe.seed);
    if rows.is_empty() {
        return Err(nothing(recipe.queue, material));
    }
    if recipe.blind && !recipe.queue.is_ordered() {
        shuffle(&mut rows, &mut SplitMix64::stream(recipe.seed, ORDER));
    }
    let item = |(at, again): (usize, bool)| Item {
        responses: ids(material, &[rows[at]]),
        criteria: Vec::new(),
        purpose: if again { Purpose::Repeat } else { purpose(recipe) },
    };
    Ok(with_repeats(rows.len(), recipe.repeats, recipe.seed).into_iter().map(item).collect())
}

fn compare(recipe: &Recipe, material: &Material<'_>) -> Result<Vec<Item>, NoItems> {
    let size = recipe.size.clamp(2, 4);
    let mut groups = pairs::groups(recipe.queue, material, size, &recipe.models, recipe.seed);
    if groups.is_empty() {
        let any = pairs::groups(Queue::Sample(1), material, size, &recipe.models, recipe.seed);
        return Err(match any.is_empty() && !material.listed.is_empty() {
            true => NoItems::TooFewModels(size),
            false => nothing(recipe.queue, material),
        });
    }
    if recipe.blind {
        if !recipe.queue.is_ordered() {
            shuffle(&mut groups, &mut SplitMix64::stream(recipe.seed, ORDER));
        }
        take_sides(&mut groups, material, recipe.seed);
    }
    let item = |(at, again): (usize, bool)| {
        let mut rows: Vec<u32> = groups[at].clone();
        if again {
            // The other way round, so that a liking for one side shows.
            rows.reverse();
        }
        let purpose = if again { Purpose::Repeat } else { purpose(recipe) };
        Item { responses: ids(material, &rows), criteria: Vec::new(), purpose }
    };
    Ok(with_repeats(groups.len(), recipe.repeats, recipe.seed).into_iter().map(item).collect())
}

/// Gives each response its place from left to right.
fn take_sides(groups: &mut [pairs::Group], material: &Material<'_>, seed: u64) {
    let model = |row: u32| material.dataset.responses()[row as usize].model;
    if groups.iter().all(|group| group.len() == 2) {
        let models: Vec<[u32; 2]> = groups.iter().map(|group| [model(group[0]), model(group[1])]).collect();
        for (group, turned) in groups.iter_mut().zip(sides::balanced(&models, seed)) {
            if turned {
                group.reverse();
            }
        }
    } else {
        let mut rng = SplitMix64::stream(seed, SIDES);
        groups.iter_mut().for_each(|group| shuffle(group, &mut rng));
    }
}

fn calibrate(recipe: &Recipe, material: &Material<'_>) -> Result<Vec<Item>, NoItems> {
    let gold = Gold::new(material.judgements);
    let human = material.human_criteria();
    let dataset = material.dataset;
    let id = |row: u32| dataset.text(dataset.responses()[row as usize].id).to_owned();
    let mut items: Vec<Item> = gold
        .rated()
        .into_iter()
        .map(|(row, gold)| (row, human.iter().filter(|id| gold.contains(id)).cloned().collect()))
        .filter(|(_, criteria): &(u32, Vec<String>)| !criteria.is_empty())
        .map(|(row, criteria)| Item { responses: vec![id(row)], criteria, purpose: Purpose::Calibrate })
        .collect();
    let mut compared: Vec<pairs::Group> = gold.compared().map(|rows| rows.to_vec()).collect();
    take_sides(&mut compared, material, recipe.seed);
    items.extend(compared.into_iter().map(|rows| Item {
        responses: rows.into_iter().map(id).collect(),
        criteria: Vec::new(),
        purpose: Purpose::Calibrate,
    }));
    shuffle(&mut items, &mut SplitMix64::stream(recipe.seed, ORDER));
    if items.is_empty() { Err(NoItems::NoGold) } else { Ok(items) }
}

fn adjudicate(material: &Material<'_>) -> Result<Vec<Item>, NoItems> {
    let item = |dispute: Dispute| Item {
        responses: ids(material, &dispute.rows),
        criteria: dispute.criterion.map(|criterion| criterion.to_string()).into_iter().collect(),
        purpose: Purpose::Final,
    };
    let items: Vec<Item> = disputes(material).into_iter().map(item).collect();
    if items.is_empty() { Err(NoItems::NoDispute) } else { Ok(items) }
}

fn ids(material: &Material<'_>, rows: &[u32]) -> Vec<String> {
    let responses = material.dataset.responses();
    rows.iter().map(|&row| material.dataset.text(responses[row as usize].id).to_owned()).collect()
}

#[cfg(test)]
mod tests;
