//! The rubric: a tree of weighted dimensions and their criteria.

use super::{Example, NodePath, Scale, SpanLabel};
use crate::checks::Check;

/// A tree of weighted dimensions, their criteria, and pinned examples that test it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rubric {
    /// Shown as the title.
    pub name: String,
    /// What it judges and for whom; Markdown.
    pub description: String,
    /// A response passes when its score is at least this, 0..=1.
    pub pass_mark: Option<f64>,
    /// Where values are clipped to 0..=1.
    pub clip: Clip,
    /// How several reviewers' ratings of one criterion become one value.
    pub combine: Combine,
    /// The top of the tree.
    pub dimensions: Vec<Dimension>,
    /// What reviewers can label spans of a response with.
    pub labels: Vec<SpanLabel>,
    /// The rubric's own tests.
    pub examples: Vec<Example>,
}

/// Where values are clipped to 0..=1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clip {
    /// Each response's score.
    #[default]
    Score,
    /// Only the mean over responses; a single score may be negative (HealthBench).
    Mean,
}

/// How several reviewers' ratings of one criterion become one value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Combine {
    /// The arithmetic mean.
    #[default]
    Mean,
    /// The median; of an even number, the mean of the middle two.
    Median,
    /// The most frequent; of several most frequent, the lowest.
    Majority,
}

impl Combine {
    /// What `values`, ascending, come to; `None` of none.
    pub fn of(self, values: &[f64]) -> Option<f64> {
        let middle = values.len() / 2;
        match self {
            _ if values.is_empty() => None,
            Self::Mean => Some(values.iter().sum::<f64>() / values.len() as f64),
            Self::Median if values.len() % 2 == 1 => Some(values[middle]),
            Self::Median => Some((values[middle - 1] + values[middle]) / 2.0),
            Self::Majority => {
                let runs = values.chunk_by(|a, b| a == b);
                runs.rev().max_by_key(|run| run.len()).map(|run| run[0])
            }
        }
    }
}

/// A named, weighted group of criteria and of further dimensions.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    /// Unique in the rubric; letters, digits, `-` and `_`.
    pub id: String,
    /// Shown on screen.
    pub name: String,
    /// What it is about; Markdown.
    pub description: String,
    /// Relative to its siblings; negative for a penalty.
    pub weight: f64,
    /// Criteria and dimensions below it, in order.
    pub children: Vec<Node>,
}

/// A child of a dimension.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A leaf.
    Criterion(Criterion),
    /// A further group.
    Dimension(Dimension),
}

/// One judged thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// Unique in the rubric; letters, digits, `-` and `_`.
    pub id: String,
    /// Shown on screen.
    pub name: String,
    /// How to judge it, for people; Markdown.
    pub guidance: String,
    /// Relative to its siblings; negative for a penalty.
    pub weight: f64,
    /// The value a raw value of 0 becomes.
    pub when_unmet: f64,
    /// The value a raw value of 1 becomes.
    pub when_met: f64,
    /// The raw value from which it counts as met, 0..=1: for pass rates and gates.
    pub met_at: f64,
    /// What not meeting it does to the whole response.
    pub if_unmet: Gate,
    /// Who judges it.
    pub judge: Judge,
}

/// What an unmet criterion does to the whole response.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Gate {
    /// Nothing beyond its weight.
    #[default]
    Nothing,
    /// The score is at most this, 0..=1.
    Cap(f64),
    /// The score is at most 0 and the response does not pass.
    Fail,
}

/// How a criterion is met.
#[derive(Clone, Debug, PartialEq)]
pub enum Judge {
    /// By a deterministic check of the text.
    Check(Check),
    /// By people, on a scale.
    Human(Scale),
}

impl Criterion {
    /// A criterion with weight 1, values 0 and 1, and no gate.
    pub fn new(id: impl Into<String>, name: impl Into<String>, judge: Judge) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            guidance: String::new(),
            weight: 1.0,
            when_unmet: 0.0,
            when_met: 1.0,
            met_at: 1.0,
            if_unmet: Gate::Nothing,
            judge,
        }
    }
}

impl Dimension {
    /// An empty dimension with weight 1.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), description: String::new(), weight: 1.0, children: Vec::new() }
    }
}

impl Node {
    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Criterion(criterion) => &criterion.id,
            Self::Dimension(dimension) => &dimension.id,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Criterion(criterion) => &criterion.name,
            Self::Dimension(dimension) => &dimension.name,
        }
    }

    /// Its weight among its siblings.
    pub fn weight(&self) -> f64 {
        match self {
            Self::Criterion(criterion) => criterion.weight,
            Self::Dimension(dimension) => dimension.weight,
        }
    }

    /// Its weight, to change.
    pub fn weight_mut(&mut self) -> &mut f64 {
        match self {
            Self::Criterion(criterion) => &mut criterion.weight,
            Self::Dimension(dimension) => &mut dimension.weight,
        }
    }

    /// Its id, to change.
    pub fn id_mut(&mut self) -> &mut String {
        match self {
            Self::Criterion(criterion) => &mut criterion.id,
            Self::Dimension(dimension) => &mut dimension.id,
        }
    }

    /// Its name, to change.
    pub fn name_mut(&mut self) -> &mut String {
        match self {
            Self::Criterion(criterion) => &mut criterion.name,
            Self::Dimension(dimension) => &mut dimension.name,
        }
    }

    /// What stands below it; nothing for a criterion.
    pub fn children(&self) -> &[Node] {
        match self {
            Self::Criterion(_) => &[],
            Self::Dimension(dimension) => &dimension.children,
        }
    }
}

/// A borrowed node: the top of the tree holds dimensions, the rest nodes.
#[derive(Clone, Copy, Debug)]
pub enum NodeRef<'a> {
    /// A criterion.
    Criterion(&'a Criterion),
    /// A dimension.
    Dimension(&'a Dimension),
}

impl<'a> NodeRef<'a> {
    /// Its id.
    pub fn id(self) -> &'a str {
        match self {
            Self::Criterion(criterion) => &criterion.id,
            Self::Dimension(dimension) => &dimension.id,
        }
    }

    /// Its name.
    pub fn name(self) -> &'a str {
        match self {
            Self::Criterion(criterion) => &criterion.name,
            Self::Dimension(dimension) => &dimension.name,
        }
    }

    /// Its weight among its siblings.
    pub fn weight(self) -> f64 {
        match self {
            Self::Criterion(criterion) => criterion.weight,
            Self::Dimension(dimension) => dimension.weight,
        }
    }

    /// An owned copy.
    pub fn to_node(self) -> Node {
        match self {
            Self::Criterion(criterion) => Node::Criterion(criterion.clone()),
            Self::Dimension(dimension) => Node::Dimension(dimension.clone()),
        }
    }
}

impl Rubric {
    /// Every node with its path, parents before children, in order.
    pub fn nodes(&self) -> Vec<(NodePath, NodeRef<'_>)> {
        fn walk<'a>(dimension: &'a Dimension, path: &NodePath, out: &mut Vec<(NodePath, NodeRef<'a>)>) {
            out.push((path.clone(), NodeRef::Dimension(dimension)));
            for (index, child) in dimension.children.iter().enumerate() {
                match child {
                    Node::Criterion(criterion) => out.push((path.child(index), NodeRef::Criterion(criterion))),
                    Node::Dimension(inner) => walk(inner, &path.child(index), out),
                }
            }
        }
        let mut out = Vec::new();
        for (index, dimension) in self.dimensions.iter().enumerate() {
            walk(dimension, &NodePath::root().child(index), &mut out);
        }
        out
    }

    /// Every criterion with its path, in order.
    pub fn criteria(&self) -> Vec<(NodePath, &Criterion)> {
        let criterion = |(path, node)| match node {
            NodeRef::Criterion(criterion) => Some((path, criterion)),
            NodeRef::Dimension(_) => None,
        };
        self.nodes().into_iter().filter_map(criterion).collect()
    }

    /// The node at `path`.
    pub fn node(&self, path: &NodePath) -> Option<NodeRef<'_>> {
        let (&first, rest) = path.steps().split_first()?;
        let mut dimension = self.dimensions.get(first)?;
        for (depth, &step) in rest.iter().enumerate() {
            match dimension.children.get(step)? {
                Node::Dimension(inner) => dimension = inner,
                Node::Criterion(criterion) => {
                    return (depth + 1 == rest.len()).then_some(NodeRef::Criterion(criterion));
                }
            }
        }
        Some(NodeRef::Dimension(dimension))
    }

    /// The path of the node with `id`.
    pub fn find(&self, id: &str) -> Option<NodePath> {
        self.nodes().into_iter().find(|(_, node)| node.id() == id).map(|(path, _)| path)
    }

    /// Every id in use.
    pub fn ids(&self) -> Vec<String> {
        self.nodes().iter().map(|(_, node)| node.id().to_owned()).collect()
    }
}

impl Rubric {
    /// Every node's share of the whole, 0..=1, in the order of [`Self::nodes`]: its weight over the sum of its
    /// siblings' weights, whatever their signs, times its parent's share.
    pub fn shares(&self) -> Vec<f64> {
        fn share(weight: f64, of: f64) -> f64 {
            if of > 0.0 { weight.abs() / of } else { 0.0 }
        }
        fn walk(dimension: &Dimension, own: f64, out: &mut Vec<f64>) {
            out.push(own);
            let sum: f64 = dimension.children.iter().map(|child| child.weight().abs()).sum();
            for child in &dimension.children {
                let below = own * share(child.weight(), sum);
                match child {
                    Node::Criterion(_) => out.push(below),
                    Node::Dimension(inner) => walk(inner, below, out),
                }
            }
        }
        let sum: f64 = self.dimensions.iter().map(|dimension| dimension.weight.abs()).sum();
        let mut out = Vec::new();
        for dimension in &self.dimensions {
            walk(dimension, share(dimension.weight, sum), &mut out);
        }
        out
    }
}
