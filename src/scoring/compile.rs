//! Rubric → compiled rubric: every mistake at once, and all that is sound ready to run.

use super::{Cell, State};
use crate::checks::{Check, CompiledCheck};
use crate::model::{
    Clip, Combine, Criterion, Dimension, Gate, Judge, Level, Node, NodePath, Problem, Rubric, Scale, is_valid_id,
};
use crate::text::nearest;
use std::collections::HashMap;
use std::sync::Arc;

/// What compiling gives: always something that runs, and everything that is wrong.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// What runs. A criterion with a mistake is in it as [`How::Broken`], so that the rest still scores.
    pub rubric: Arc<CompiledRubric>,
    /// All mistakes and doubts, in the rubric's order.
    pub problems: Vec<Problem>,
}

impl Compiled {
    /// Whether nothing stands in the way of scoring.
    pub fn is_sound(&self) -> bool {
        self.problems.iter().all(|problem| problem.level < Level::Error)
    }
}

/// A rubric as flat lists, ready to run.
#[derive(Debug, Default)]
pub struct CompiledRubric {
    /// The leaves, in the rubric's order.
    pub criteria: Vec<CompiledCriterion>,
    /// The inner nodes, parents before children.
    pub dimensions: Vec<CompiledDimension>,
    /// Top-level dimensions: indices into `dimensions`.
    pub top: Vec<usize>,
    /// See [`Rubric::pass_mark`].
    pub pass_mark: Option<f64>,
    /// See [`Rubric::clip`].
    pub clip: Clip,
    /// See [`Rubric::combine`].
    pub combine: Combine,
}

/// One leaf.
#[derive(Debug)]
pub struct CompiledCriterion {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub path: NodePath,
    /// Relative to its siblings.
    pub weight: f64,
    /// The value of a raw 0.
    pub when_unmet: f64,
    /// The value of a raw 1.
    pub when_met: f64,
    /// The raw value from which it counts as met.
    pub met_at: f64,
    /// What not meeting it does.
    pub gate: Gate,
    /// How it is judged.
    pub how: How,
}

impl CompiledCriterion {
    /// The value of raw value `raw`: `when_unmet + (when_met − when_unmet)·raw`.
    pub fn value(&self, raw: f64) -> f64 {
        rescaled(self.when_unmet, self.when_met, raw)
    }

    /// Whether raw value `raw` counts as met.
    pub fn is_met(&self, raw: f64) -> bool {
        raw >= self.met_at
    }
}

/// What raw value `raw` is worth between the values of a raw 0 and a raw 1.
pub(super) fn rescaled(when_unmet: f64, when_met: f64, raw: f64) -> f64 {
    when_unmet + (when_met - when_unmet) * raw
}

/// How a criterion is judged.
#[derive(Clone, Debug)]
pub enum How {
    /// By a check: as written (two equal ones share a column) and ready to run.
    Check(Check, Arc<CompiledCheck>),
    /// By people.
    Human(Scale),
    /// Not at all: its check has a mistake.
    Broken,
}

/// One inner node.
#[derive(Debug)]
pub struct CompiledDimension {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub path: NodePath,
    /// Relative to its siblings.
    pub weight: f64,
    /// What stands below it, in order.
    pub children: Vec<Child>,
}

/// A child of a compiled dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Child {
    /// Index into [`CompiledRubric::criteria`].
    Criterion(usize),
    /// Index into [`CompiledRubric::dimensions`].
    Dimension(usize),
}

/// Compiles `rubric`. Checks that are equal to one in `known` take its compiled form over.
pub fn compile(rubric: &Rubric, known: Option<&CompiledRubric>) -> Compiled {
    let mut compiler = Compiler { rubric: CompiledRubric::default(), problems: Vec::new(), ids: HashMap::new(), known };
    compiler.rubric.pass_mark = rubric.pass_mark;
    compiler.rubric.clip = rubric.clip;
    compiler.rubric.combine = rubric.combine;
    compiler.header(rubric);
    for (index, dimension) in rubric.dimensions.iter().enumerate() {
        let at = compiler.dimension(dimension, &NodePath::root().child(index));
        compiler.rubric.top.push(at);
    }
    compiler.siblings(&NodePath::root(), rubric.dimensions.iter().map(|dimension| dimension.weight));
    compiler.labels(rubric);
    compiler.examples(rubric);
    Compiled { rubric: Arc::new(compiler.rubric), problems: compiler.problems }
}

struct Compiler<'a> {
    rubric: CompiledRubric,
    problems: Vec<Problem>,
    ids: HashMap<String, NodePath>,
    known: Option<&'a CompiledRubric>,
}

impl Compiler<'_> {
    fn error(&mut self, path: &NodePath, field: &str, message: impl Into<String>, hint: &str) {
        self.problems.push(Problem::error(path, field, message).hint(hint));
    }

    fn header(&mut self, rubric: &Rubric) {
        let root = NodePath::root();
        if rubric.pass_mark.is_some_and(|mark| !(0.0..=1.0).contains(&mark)) {
            self.error(&root, "pass_mark", "The pass mark is outside 0 to 1.", "Scores run from 0 to 1.");
        }
        if rubric.dimensions.is_empty() {
            let problem = Problem::error(&root, "dimensions", "The rubric has no dimension, so nothing is scored.");
            self.problems.push(problem.warning().hint("Add a dimension with a criterion."));
        }
    }

    fn identify(&mut self, path: &NodePath, id: &str, weight: f64) {
        if !is_valid_id(id) {
            let message = format!("“{id}” cannot be an id.");
            self.error(path, "id", message, "Use letters, digits, - and _; it names the column in results.");
        } else if let Some(first) = self.ids.get(id) {
            let message = format!("The id “{id}” is taken by {first}.");
            self.error(path, "id", message, "Give each dimension and criterion its own id.");
        } else {
            self.ids.insert(id.to_owned(), path.clone());
        }
        self.bounded(path, "weight", weight);
    }

    /// Sums of weights, and of weights times values, must stay finite.
    fn bounded(&mut self, path: &NodePath, field: &str, number: f64) {
        const LARGEST: f64 = 1e12;
        if number.is_nan() || number.abs() > LARGEST {
            let message = format!("`{field}` is not a number from -1e12 to 1e12.");
            self.error(path, field, message, "Use a number such as 1 or 0.5.");
        }
    }

    /// Checks the weights of one list of siblings: some must be positive, or there is nothing to divide by.
    fn siblings(&mut self, parent: &NodePath, weights: impl Iterator<Item = f64>) {
        let weights: Vec<f64> = weights.collect();
        if !weights.is_empty() && !weights.iter().any(|&weight| weight > 0.0) {
            let message = "No weight below it is positive, so it has no value.";
            self.error(parent, "weight", message, "Give at least one of its children a positive weight.");
        }
    }

    fn dimension(&mut self, dimension: &Dimension, path: &NodePath) -> usize {
        self.identify(path, &dimension.id, dimension.weight);
        if dimension.children.is_empty() {
            let problem = Problem::error(path, "criteria", format!("“{}” has no criterion.", dimension.name));
            self.problems.push(problem.warning().hint("Add one, or remove the dimension; it counts for nothing."));
        }
        let at = self.rubric.dimensions.len();
        self.rubric.dimensions.push(CompiledDimension {
            id: dimension.id.clone(),
            name: dimension.name.clone(),
            path: path.clone(),
            weight: dimension.weight,
            children: Vec::new(),
        });
        for (index, node) in dimension.children.iter().enumerate() {
            let path = path.child(index);
            let child = match node {
                Node::Criterion(criterion) => Child::Criterion(self.criterion(criterion, &path)),
                Node::Dimension(inner) => Child::Dimension(self.dimension(inner, &path)),
            };
            self.rubric.dimensions[at].children.push(child);
        }
        self.siblings(path, dimension.children.iter().map(Node::weight));
        at
    }

    fn criterion(&mut self, criterion: &Criterion, path: &NodePath) -> usize {
        self.identify(path, &criterion.id, criterion.weight);
        for (field, value) in [("when_met", criterion.when_met), ("when_unmet", criterion.when_unmet)] {
            self.bounded(path, field, value);
        }
        if !(0.0..=1.0).contains(&criterion.met_at) {
            self.error(path, "met_at", "The mark is outside 0 to 1.", "Raw values run from 0 to 1.");
        }
        if let Gate::Cap(cap) = criterion.if_unmet
            && !(0.0..=1.0).contains(&cap)
        {
            self.error(path, "if_unmet", "The cap is outside 0 to 1.", "Scores run from 0 to 1.");
        }
        let how = self.judge(&criterion.judge, path);
        self.rubric.criteria.push(CompiledCriterion {
            id: criterion.id.clone(),
            name: criterion.name.clone(),
            path: path.clone(),
            weight: criterion.weight,
            when_unmet: criterion.when_unmet,
            when_met: criterion.when_met,
            met_at: criterion.met_at,
            gate: criterion.if_unmet,
            how,
        });
        self.rubric.criteria.len() - 1
    }

    fn judge(&mut self, judge: &Judge, path: &NodePath) -> How {
        match judge {
            Judge::Human(scale) => {
                if let Scale::Points(points) = scale
                    && points.len() < 2
                {
                    let hint = "Describe each point, worst first: Points([\"absent\", \"partial\", \"complete\"]).";
                    self.error(path, "human", "A scale needs at least two points.", hint);
                }
                if let Scale::Range { least, most } = scale
                    && !(least.is_finite() && most.is_finite() && least < most)
                {
                    let hint = "Write the worst and the best number: Range(1, 10).";
                    self.error(path, "human", "The range does not run from a number to a greater one.", hint);
                }
                How::Human(scale.clone())
            }
            Judge::Check(check) => {
                if let Some(compiled) = self.known.and_then(|known| known.compiled_check(check)) {
                    return How::Check(check.clone(), compiled);
                }
                match check.compile() {
                    Ok(compiled) => How::Check(check.clone(), Arc::new(compiled)),
                    Err(problems) => {
                        self.problems.extend(problems.into_iter().map(|problem| Problem::of_check(path, problem)));
                        How::Broken
                    }
                }
            }
        }
    }

    fn labels(&mut self, rubric: &Rubric) {
        let root = NodePath::root();
        for (index, label) in rubric.labels.iter().enumerate() {
            let place = format!("labels[{index}]");
            if !is_valid_id(&label.id) {
                let message = format!("“{}” cannot be an id.", label.id);
                self.error(&root, &place, message, "Use letters, digits, - and _; judgements name the label by it.");
            } else if rubric.labels[..index].iter().any(|before| before.id == label.id) {
                let message = format!("The id “{}” is taken by another label.", label.id);
                self.error(&root, &place, message, "Give each label its own id.");
            }
        }
    }

    fn examples(&mut self, rubric: &Rubric) {
        let root = NodePath::root();
        for (index, example) in rubric.examples.iter().enumerate() {
            let place = format!("examples[{index}]");
            if example.score.is_none() && example.passed.is_none() && example.values.is_empty() {
                let problem = Problem::error(&root, &place, format!("The example “{}” expects nothing.", example.name));
                self.problems.push(problem.warning().hint("State a score, passed, or values."));
            }
            for (id, _) in &example.values {
                if !self.ids.contains_key(id) {
                    let near = nearest(id, self.ids.keys().map(String::as_str));
                    let hint = near.map_or_else(
                        || "Use the id of a dimension or criterion of this rubric.".to_owned(),
                        |near| format!("Did you mean “{near}”?"),
                    );
                    let message =
                        format!("The example “{}” expects a value of “{id}”, which does not exist.", example.name);
                    self.error(&root, &format!("{place}.values"), message, &hint);
                }
            }
        }
    }
}

impl CompiledRubric {
    fn compiled_check(&self, check: &Check) -> Option<Arc<CompiledCheck>> {
        self.criteria.iter().find_map(|criterion| match &criterion.how {
            How::Check(known, compiled) if known == check => Some(compiled.clone()),
            _ => None,
        })
    }

    /// The cell of a criterion: what its check said, or why none did.
    pub fn cell(&self, criterion: usize, checked: Option<Cell>) -> Cell {
        checked.unwrap_or_else(|| match self.criteria[criterion].how {
            How::Human(_) => Cell::unscored(State::AwaitingHuman),
            How::Check(..) | How::Broken => Cell::unscored(State::Broken),
        })
    }

    /// The different checks in it, and for each criterion which of them judges it, if one does.
    pub fn checks(&self) -> (Vec<&CompiledCheck>, Vec<Option<usize>>) {
        let mut different: Vec<(&Check, &CompiledCheck)> = Vec::new();
        let of_criteria = self.criteria.iter().map(|criterion| {
            let How::Check(check, compiled) = &criterion.how else { return None };
            Some(different.iter().position(|(known, _)| *known == check).unwrap_or_else(|| {
                different.push((check, compiled));
                different.len() - 1
            }))
        });
        let of_criteria = of_criteria.collect();
        (different.into_iter().map(|(_, compiled)| compiled).collect(), of_criteria)
    }

    /// The index of the criterion with `id`.
    pub fn criterion(&self, id: &str) -> Option<usize> {
        self.criteria.iter().position(|criterion| criterion.id == id)
    }

    /// The index of the dimension with `id`.
    pub fn dimension(&self, id: &str) -> Option<usize> {
        self.dimensions.iter().position(|dimension| dimension.id == id)
    }
}
