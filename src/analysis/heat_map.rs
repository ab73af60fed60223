//! Which model does how well on what.

use super::figure::{Count, Figure};
use super::frame::{Frame, OfModel};
use rayon::prelude::*;
use serde::Serialize;

/// Models by dimensions and criteria.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatMap {
    /// The models, in the order of the leaderboard.
    pub models: Vec<String>,
    /// The rubric's nodes, parents before children.
    pub columns: Vec<HeatColumn>,
    /// For each model one cell a column.
    pub cells: Vec<Vec<HeatCell>>,
}

/// A dimension or criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeatColumn {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is a dimension.
    pub is_dimension: bool,
}

/// One model on one dimension or criterion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatCell {
    /// The mean of its values: of a dimension as they count, of a criterion raw, 0..=1. Its n is of scored responses.
    pub mean: Figure,
    /// The share that meets a criterion, with Wilson's interval; `None` for dimensions.
    pub met: Option<Figure>,
    /// Responses that do not meet a criterion; of a dimension those below half.
    pub low: Count,
}

/// What stands in a column: an index into the compiled rubric.
enum Node {
    Dimension(usize),
    Criterion(usize),
}

/// Models in the order `order` of [`Frame::models`].
pub(super) fn heat_map(frame: &Frame<'_>, order: &[usize]) -> HeatMap {
    let rubric = frame.results.rubric();
    let dimensions = rubric.dimensions.iter().enumerate().map(|(at, node)| {
        (
            node.path.clone(),
            Node::Dimension(at),
            HeatColumn { id: node.id.clone(), name: node.name.clone(), is_dimension: true },
        )
    });
    let criteria = rubric.criteria.iter().enumerate().map(|(at, node)| {
        (
            node.path.clone(),
            Node::Criterion(at),
            HeatColumn { id: node.id.clone(), name: node.name.clone(), is_dimension: false },
        )
    });
    let mut nodes: Vec<_> = dimensions.chain(criteria).collect();
    nodes.sort_by(|a, b| a.0.steps().cmp(b.0.steps()));
    let cells = order.par_iter().map(|&at| {
        nodes.par_iter().map(|(_, node, column)| cell(frame, &frame.models[at], node, &column.id)).collect()
    });
    HeatMap {
        models: order.iter().map(|&at| frame.models[at].name.clone()).collect(),
        cells: cells.collect(),
        columns: nodes.into_iter().map(|(.., column)| column).collect(),
    }
}

fn cell(frame: &Frame<'_>, model: &OfModel, node: &Node, id: &str) -> HeatCell {
    let rows = model.rows.iter().map(|&row| row as usize);
    let (values, met, low): (Vec<f64>, _, _) = match *node {
        Node::Dimension(at) => {
            let values: Vec<f64> = rows.filter_map(|row| frame.results.dimension(row, at)).collect();
            let low = values.iter().filter(|&&value| value < 0.5 - 1e-9).count();
            (values, None, Count { n: low, filter: model.filter.and(&format!("{id}<0.5")).text() })
        }
        Node::Criterion(at) => {
            let values: Vec<f64> = rows.filter_map(|row| frame.results.cell(row, at).value()).collect();
            let criterion = &frame.results.rubric().criteria[at];
            let met = values.iter().filter(|&&raw| criterion.is_met(raw)).count();
            let share = Figure::share(met, values.len(), NOTHING);
            let low = Count { n: values.len() - met, filter: model.filter.and(&format!("fails:{id}")).text() };
            (values, Some(share), low)
        }
    };
    let n = values.len();
    let mean =
        if n > 0 { Figure::plain(n, values.iter().sum::<f64>() / n as f64) } else { Figure::undefined(0, NOTHING) };
    HeatCell { mean, met, low }
}

const NOTHING: &str = "none of its responses has a value";
