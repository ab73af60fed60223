//! All numbers about a project: what the dashboard, the report and `rubrica stats` show. Pure.
//!
//! [`analyse`] takes a dataset with its results and judgements and gives an [`Analysis`]: plain structs that can be
//! written as JSON. Every number is a [`Figure`]: it says how many units it is of, and where it is not defined, why.
//! Every part names a `filter` in the language of the filter box that shows the responses behind it. One file holds one
//! view. docs/statistics.md says what each number is and assumes.
//!
//! Same inputs, same bits, on any number of threads.

mod agreement;
mod attention;
mod change;
mod comparisons;
mod criteria;
mod distributions;
mod duel;
mod figure;
mod filter;
mod frame;
mod heat_map;
mod leaderboard;
mod on_scale;
mod pace;
mod people;
mod preferences;

pub use agreement::{Agreement, CriterionAgreement, Measures, Repeated, ReviewerPair, ReviewerRecord, WithGold};
pub use attention::{Attention, PersonFlag, Speed, Thresholds, Trend, second_looks};
pub use change::{Change, CriterionChange, MOST_SHOWN, MatchedBy, ModelChange, Moved, Part, RubricEdit};
pub use comparisons::{Comparison, Comparisons, PassComparison, TestMethod, Tested};
pub use criteria::{AgainstPeople, Criteria, CriterionNumbers, PeopleAndScore, Redundant, Related};
pub use distributions::{BINS, Distribution, Spread};
pub use duel::{Duel, PartDifference, PromptFlip, compare};
pub use figure::{Count, Figure, Known, Method};
pub use heat_map::{HeatCell, HeatColumn, HeatMap};
pub use leaderboard::{Leaderboard, Standing};
pub use on_scale::{OnScale, RatedModel};
pub use pace::{Pace, Rated, Reviewed};
pub use preferences::{EloConstants, Met, Position, Preferences, Preferred, Ranking};

use crate::model::review::{Judgements, ReviewLog};
use crate::model::{Dataset, Rubric, Settings};
use crate::scoring::{Progress, Results};
use crate::stats::Bootstrap;
use crate::stats::ranking::Elo;
use frame::Frame;
use people::People;
use serde::Serialize;
use std::sync::Arc;

/// What is analysed.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// Prompts and responses.
    pub dataset: &'a Dataset,
    /// The rubric as people write it.
    pub rubric: &'a Rubric,
    /// Its results on them. Rows they do not reach are left out.
    pub results: &'a Results,
    /// What people said of them, as it stands.
    pub judgements: &'a Judgements,
    /// The logs that follows from, in the same order: for times.
    pub logs: &'a [Arc<ReviewLog>],
    /// How the project is worked on.
    pub settings: &'a Settings,
    /// The responses to look at, ascending; all of them where this is `None`.
    pub rows: Option<&'a [u32]>,
    /// The filter that selects these, which every filter named in the analysis begins with; empty for all.
    pub filter: &'a str,
    /// Results to compare with.
    pub earlier: Option<Earlier<'a>>,
}

/// Results under an earlier rubric, or of an earlier import of the same prompts.
#[derive(Clone, Copy, Debug)]
pub struct Earlier<'a> {
    /// What to call them.
    pub name: &'a str,
    /// Their responses: the very same dataset where only the rubric differs.
    pub dataset: &'a Arc<Dataset>,
    /// Their rubric.
    pub rubric: &'a Rubric,
    /// The results.
    pub results: &'a Results,
}

/// How it is analysed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// How intervals are drawn.
    pub bootstrap: Bootstrap,
    /// Random changes of sign of a permutation test.
    pub permutations: u32,
    /// The most random draws one view may take; where a bootstrap would take more, its intervals come from standard
    /// errors.
    pub most_draws: u64,
    /// The most pairs of models that are compared.
    pub most_pairs: usize,
    /// The constants of Elo ratings.
    pub elo: Elo,
    /// Ties against an average model that are assumed where comparisons alone give no strengths; 0 for none.
    pub prior: f64,
    /// The correlation of two criteria, whatever its sign, from which they count as redundant.
    pub redundant_from: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            bootstrap: Bootstrap::default(),
            permutations: 9999,
            most_draws: 1_000_000_000,
            most_pairs: 5000,
            elo: Elo::default(),
            prior: 1.0,
            redundant_from: 0.8,
        }
    }
}

impl Options {
    /// How intervals over so many units in all are made.
    fn method(&self, units: u64) -> Method {
        if units.saturating_mul(u64::from(self.bootstrap.resamples)) <= self.most_draws {
            Method::Bootstrap { resamples: self.bootstrap.resamples, seed: self.bootstrap.seed }
        } else {
            Method::Normal
        }
    }
}

/// All numbers about a project.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Analysis {
    /// What it is of.
    pub scope: Scope,
    /// The models by mean score.
    pub leaderboard: Leaderboard,
    /// Every two models.
    pub comparisons: Comparisons,
    /// How the score and each dimension are distributed.
    pub distributions: Vec<Distribution>,
    /// Models by dimensions and criteria.
    pub heat_map: HeatMap,
    /// What people rated, in the units of the scales.
    pub on_scale: Vec<OnScale>,
    /// Which model people prefer.
    pub preferences: Preferences,
    /// What each criterion tells.
    pub criteria: Criteria,
    /// How far people agree.
    pub agreement: Agreement,
    /// Judgements worth a second look.
    pub attention: Attention,
    /// How far judging is, and how fast it goes.
    pub pace: Pace,
    /// What became different, where there is something earlier.
    pub change: Option<Change>,
}

/// What an analysis is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// Shows all of it; empty where nothing is left out.
    pub filter: String,
    /// Responses looked at.
    pub responses: usize,
    /// Prompts they answer.
    pub prompts: usize,
    /// Models they are of.
    pub models: usize,
    /// Responses there are.
    pub of_responses: usize,
}

impl Scope {
    /// The filter that shows those of it, of `model` where there is one, that have the flag `id`, or `any`.
    pub fn and_flag(&self, model: Option<&str>, id: &str) -> String {
        let all = filter::Filter::new(&self.filter);
        let of = model.map_or_else(|| all.clone(), |model| all.model(model));
        of.and(&format!("flag:{id}")).text()
    }
}

/// Analyses `inputs`. `None` when cancelled.
pub fn analyse(inputs: &Inputs<'_>, options: &Options, progress: &Progress) -> Option<Analysis> {
    let frame = Frame::new(inputs);
    let models = frame.models.len();
    progress.start(models + (models * models.saturating_sub(1) / 2).min(options.most_pairs));
    let people = People::new(inputs, &frame);
    let mut leaderboard = leaderboard::leaderboard(&frame, options, progress)?;
    let comparisons = comparisons::comparisons(&frame, &leaderboard, options, progress)?;
    leaderboard::rank(&mut leaderboard, &comparisons);
    let place = |index: u32| frame.models.partition_point(|model| model.index < index);
    let order: Vec<usize> = leaderboard.models.iter().map(|standing| place(standing.index)).collect();
    let criteria = criteria::criteria(&frame, &people, options, progress)?;
    let agreement = agreement::agreement(&frame, &people, options, progress)?;
    let change = match &inputs.earlier {
        Some(earlier) => Some(change::change(&frame, inputs.rubric, earlier, progress)?),
        None => None,
    };
    Some(Analysis {
        scope: scope(&frame),
        distributions: distributions::distributions(&frame, &order),
        heat_map: heat_map::heat_map(&frame, &order),
        on_scale: on_scale::on_scale(&frame, &order),
        preferences: preferences::preferences(&frame, &people, options),
        attention: attention::attention(&frame, &people, &inputs.settings.flags),
        pace: pace::pace(inputs, &frame, &people),
        leaderboard,
        comparisons,
        criteria,
        agreement,
        change,
    })
}

fn scope(frame: &Frame<'_>) -> Scope {
    let mut asked = vec![false; frame.dataset.prompts().len()];
    frame.rows.iter().for_each(|&row| asked[frame.prompt(row) as usize] = true);
    Scope {
        filter: frame.filter.text(),
        responses: frame.rows.len(),
        prompts: asked.into_iter().filter(|&asked| asked).count(),
        models: frame.models.len(),
        of_responses: frame.dataset.responses().len(),
    }
}
