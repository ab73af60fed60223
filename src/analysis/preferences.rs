//! Which model people prefer.

use super::Options;
use super::figure::Figure;
use super::frame::Frame;
use super::people::{People, Verdict, flipped};
use crate::model::review::Purpose;
use crate::stats::ranking::{
    BradleyTerry, Comparison, Elo, Outcome, PositionBias, SwappedOrders, Unranked, WinRate, bradley_terry, elo,
    win_rates,
};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Comparisons of two responses by people, rankings included as the pairs in them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preferences {
    /// All reviewers together.
    pub together: Ranking,
    /// Each reviewer who compared, where there are several.
    pub reviewers: Vec<Ranking>,
    /// Pairs that came of rankings.
    pub from_rankings: usize,
    /// Ties of two that are both bad.
    pub both_bad: usize,
    /// Comparisons of two responses of one model, which are left out.
    pub same_model: usize,
    /// The constants of the Elo ratings.
    pub elo: EloConstants,
}

/// The constants of an Elo rating.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct EloConstants {
    /// What every model begins with.
    pub start: f64,
    /// The most a comparison moves a rating by.
    pub k: f64,
    /// The difference at which the better one is expected to win ten times as often as to lose.
    pub scale: f64,
}

/// The models by what some people said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ranking {
    /// Who; `None` for all together.
    pub reviewer: Option<String>,
    /// Comparisons.
    pub verdicts: usize,
    /// The models that were compared, best win rate first.
    pub models: Vec<Preferred>,
    /// Who met whom, by place in `models`; the better place first.
    pub pairs: Vec<Met>,
    /// What had to be assumed for strengths to exist, as a sentence.
    pub assumed: Option<String>,
    /// Whether the place decides.
    pub position: Position,
}

/// One model among others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preferred {
    /// Its name.
    pub model: String,
    /// Its index in the dataset.
    pub index: u32,
    /// Shows its responses.
    pub filter: String,
    /// Comparisons it won, tied and lost.
    pub counts: [u64; 3],
    /// Show its responses that were better than another, as good, and worse.
    pub filters: [String; 3],
    /// The share it won, a tie as half, with Wilson's interval.
    pub win_rate: Figure,
    /// The standard error of that share.
    pub standard_error: Figure,
    /// Its Elo rating after all comparisons in the order of time. The order matters.
    pub elo: f64,
    /// Its Bradley–Terry strength as an Elo rating around 1000, with its interval. The order does not matter.
    pub strength: Figure,
    /// Its Bradley–Terry strength as a share of all.
    pub share: Figure,
}

/// Two models that were compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Met {
    /// Places in [`Ranking::models`].
    pub models: [usize; 2],
    /// Comparisons that the first won, that were tied, and that it lost.
    pub counts: [u64; 3],
    /// The share the first won, a tie as half, with Wilson's interval.
    pub win_rate: Figure,
    /// Show the responses of the one and of the other.
    pub filters: [String; 2],
}

/// Whether what is shown first wins because it is shown first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Position {
    /// The share of decided comparisons that the first shown won; 0.5 is no bias.
    pub first: Figure,
    /// Two-sided p of the sign test against 0.5.
    pub p: Option<f64>,
    /// The share of pairs judged in both orders by one person that came out the same.
    pub same_when_swapped: Figure,
    /// Pairs judged in both orders in which the place shown first won twice, and the second twice.
    pub same_place_twice: [u64; 2],
}

impl Position {
    /// Why the share that the first shown won may not be of its place, as a sentence; `None` where swapped pairs tell.
    pub fn caution(&self) -> Option<&'static str> {
        (self.first.value().is_some() && self.same_when_swapped.n == 0).then_some(
            "No pair was judged in both orders, so this may as well come from which models were shown first.",
        )
    }
}

/// The mean of all strengths on Elo's scale.
const MIDDLE: f64 = 1000.0;

pub(super) fn preferences(frame: &Frame<'_>, people: &People, options: &Options) -> Preferences {
    let counting = people.counting();
    let mut by_reviewer: BTreeMap<u32, Vec<&Verdict>> = BTreeMap::new();
    for verdict in &counting {
        by_reviewer.entry(verdict.reviewer).or_default().push(verdict);
    }
    let all: Vec<&Verdict> = people.verdicts.iter().collect();
    let reviewers = by_reviewer.iter().filter(|_| by_reviewer.len() > 1).map(|(&reviewer, own)| {
        let all: Vec<&Verdict> = all.iter().copied().filter(|verdict| verdict.reviewer == reviewer).collect();
        let name = people.reviewers[reviewer as usize].to_string();
        ranking(frame, Some(name), own, &all, options)
    });
    let Elo { start, k, scale } = options.elo;
    Preferences {
        reviewers: reviewers.collect(),
        together: ranking(frame, None, &counting, &all, options),
        from_rankings: counting.iter().filter(|verdict| verdict.from_ranking).count(),
        both_bad: counting.iter().filter(|verdict| verdict.both_bad).count(),
        same_model: people.same_model,
        elo: EloConstants { start, k, scale },
    }
}

/// `counting` are ranked; `all` are looked at for both orders of one pair.
fn ranking(
    frame: &Frame<'_>,
    reviewer: Option<String>,
    counting: &[&Verdict],
    all: &[&Verdict],
    options: &Options,
) -> Ranking {
    // Only models that were compared take part, numbered in the dataset's order.
    let at = |row: u32| frame.model_at(row);
    let mut taking_part: Vec<usize> = counting.iter().flat_map(|verdict| verdict.rows.map(at)).collect();
    taking_part.sort_unstable();
    taking_part.dedup();
    let number: HashMap<usize, u32> = taking_part.iter().copied().zip(0..).collect();
    let comparisons: Vec<Comparison> = counting
        .iter()
        .map(|verdict| {
            let [first, second] = verdict.rows.map(|row| number[&at(row)]);
            Comparison { first, second, outcome: verdict.outcome }
        })
        .collect();
    let items = taking_part.len();
    let rates = win_rates(items, &comparisons);
    let ratings = elo(items, &comparisons, options.elo);
    let (fitted, assumed) = fit(items, &comparisons, options.prior);
    let shares = fitted.as_ref().map(BradleyTerry::shares);
    let models = taking_part.iter().enumerate().map(|(item, &at)| {
        let (model, rate) = (&frame.models[at], rates[item]);
        let n = rate.n() as usize;
        Preferred {
            model: model.name.clone(),
            index: model.index,
            filter: model.filter.text(),
            counts: [rate.wins, rate.ties, rate.losses],
            filters: ["yes", "tie", "no"].map(|came_out| {
                let judged = reviewer.as_ref().map_or_else(|| model.filter.clone(), |name| model.filter.by(name));
                judged.and(&format!("preferred:{came_out}")).text()
            }),
            win_rate: rate_of(rate),
            standard_error: Figure::of_value(n, rate.standard_error()),
            elo: ratings[item],
            strength: Figure::of(n, fitted.as_ref().map(|fitted| fitted.elo(item, MIDDLE))),
            share: Figure::of_value(n, shares.as_ref().map(|shares| shares[item])),
        }
    });
    let mut models: Vec<(usize, Preferred)> = models.enumerate().collect();
    let key = |model: &Preferred| model.win_rate.value().unwrap_or(0.0);
    models.sort_by(|(_, a), (_, b)| key(b).total_cmp(&key(a)));
    let mut place = vec![0; items];
    models.iter().enumerate().for_each(|(at, (item, _))| place[*item] = at);
    let models: Vec<Preferred> = models.into_iter().map(|(_, model)| model).collect();
    let pairs = pairs(&comparisons, &place, &models);
    Ranking { reviewer, verdicts: counting.len(), models, pairs, assumed, position: position(counting, all) }
}

fn rate_of(rate: WinRate) -> Figure {
    let estimate = rate.rate().and_then(|value| Ok(crate::stats::Estimate { value, interval: rate.interval()? }));
    Figure::of(rate.n() as usize, estimate)
}

/// Strengths without a prior where they exist, else with one, which is said.
fn fit(items: usize, comparisons: &[Comparison], prior: f64) -> (Result<BradleyTerry, Unranked>, Option<String>) {
    match bradley_terry(items, comparisons, 0.0) {
        Err(Unranked::Separate { groups }) if prior > 0.0 => {
            let said = format!(
                "The models fall into {} groups without wins in both directions, so that only an assumption gives \
                 strengths: as if each model had {prior} more ties against an average one.",
                groups.len()
            );
            (bradley_terry(items, comparisons, prior), Some(said))
        }
        fitted => (fitted, None),
    }
}

fn pairs(comparisons: &[Comparison], place: &[usize], models: &[Preferred]) -> Vec<Met> {
    let mut met: BTreeMap<[usize; 2], [u64; 3]> = BTreeMap::new();
    for comparison in comparisons {
        let (a, b) = (place[comparison.first as usize], place[comparison.second as usize]);
        let (models, outcome) =
            if a < b { ([a, b], comparison.outcome) } else { ([b, a], flipped(comparison.outcome)) };
        let at = match outcome {
            Outcome::First => 0,
            Outcome::Tie => 1,
            Outcome::Second => 2,
        };
        met.entry(models).or_default()[at] += 1;
    }
    met.into_iter()
        .map(|(pair, counts)| Met {
            models: pair,
            counts,
            win_rate: rate_of(WinRate { wins: counts[0], ties: counts[1], losses: counts[2] }),
            filters: pair.map(|at| models[at].filter.clone()),
        })
        .collect()
}

fn position(counting: &[&Verdict], all: &[&Verdict]) -> Position {
    let shown = counting.iter().filter(|verdict| !verdict.from_ranking).map(|verdict| verdict.outcome);
    let bias = PositionBias::of(shown);
    // What one person said of two responses, the other way round: as a repeat, or with other comparisons between.
    let mut orders: BTreeMap<(u32, [u32; 2]), [Option<Outcome>; 2]> = BTreeMap::new();
    for verdict in all.iter().filter(|verdict| !verdict.from_ranking && verdict.purpose != Purpose::Gold) {
        let (rows, _) = verdict.ordered();
        let swapped = usize::from(verdict.rows != rows);
        orders.entry((verdict.reviewer, rows)).or_default()[swapped] = Some(verdict.outcome);
    }
    let both = SwappedOrders::of(orders.values().filter_map(|[one, other]| one.zip(*other)));
    Position {
        first: match &bias {
            Ok(bias) => Figure::estimate(bias.decided as usize, bias.first),
            Err(why) => Figure::undefined(0, why),
        },
        p: bias.ok().map(|bias| bias.p),
        same_when_swapped: Figure::of(both.n() as usize, both.agreement()),
        same_place_twice: [both.first_twice, both.second_twice],
    }
}
