//! The one way a project changes.

use super::{
    Clip, Combine, Dataset, Dimension, Example, ImportReport, Node, NodePath, Project, Rubric, Settings, Source,
    SpanLabel,
};
use std::sync::Arc;

/// A change to a project.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Another name for the project.
    Rename(String),
    /// Another rubric altogether.
    SetRubric(Box<Rubric>),
    /// The rubric's own name.
    SetRubricName(String),
    /// The rubric's description.
    SetDescription(String),
    /// The score from which a response passes, 0..=1.
    SetPassMark(Option<f64>),
    /// Where values are clipped.
    SetClip(Clip),
    /// How several ratings combine.
    SetCombine(Combine),
    /// The pinned examples.
    SetExamples(Vec<Example>),
    /// What reviewers can label spans with.
    SetLabels(Vec<SpanLabel>),
    /// The node at `path` becomes `node`; a top-level node stays a dimension.
    SetNode {
        /// Which node.
        path: NodePath,
        /// What it becomes, children included.
        node: Box<Node>,
        /// Which of its fields changed: consecutive changes of one field are one undo step.
        field: &'static str,
    },
    /// `node` is inserted.
    AddNode {
        /// Below which node; the root for a top-level dimension.
        parent: NodePath,
        /// Before which child; the number of children appends.
        index: usize,
        /// What.
        node: Box<Node>,
    },
    /// The node goes, with everything below it.
    RemoveNode(NodePath),
    /// The node moves.
    MoveNode {
        /// Which.
        from: NodePath,
        /// Below which node, in the tree as it is before the move.
        parent: NodePath,
        /// Before which child, in the tree as it is before the move.
        index: usize,
    },
    /// Other settings.
    SetSettings(Box<Settings>),
    /// Other prompts and responses, with where they came from.
    SetData {
        /// The data.
        dataset: Arc<Dataset>,
        /// Its files.
        sources: Vec<Source>,
        /// What importing them had to say.
        report: Arc<ImportReport>,
        /// The rubric with what came to be judged by it, where that is another one.
        rubric: Option<Box<Rubric>>,
    },
}

/// Why an edit could not be made; the project is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The path leads nowhere: the tree changed meanwhile.
    #[error("There is nothing at that place in the rubric any more; select it again.")]
    NoSuchNode,
    /// Only dimensions stand at the top of a rubric.
    #[error("A criterion stands inside a dimension; drop it onto one.")]
    CriterionAtTop,
    /// A criterion has nothing below it.
    #[error("A criterion holds nothing; drop onto a dimension.")]
    NotADimension,
    /// A dimension cannot be moved below itself.
    #[error("A dimension cannot stand inside itself.")]
    IntoItself,
}

impl Edit {
    /// What the undo menu calls it, for example `remove “Sections”`; `project` is the state before it.
    pub fn label(&self, project: &Project) -> String {
        let name = |path: &NodePath| {
            project.rubric.node(path).map_or_else(|| "a node".to_owned(), |node| format!("“{}”", node.name()))
        };
        match self {
            Self::Rename(_) => "rename the project".to_owned(),
            Self::SetRubric(_) => "use another rubric".to_owned(),
            Self::SetRubricName(_) => "rename the rubric".to_owned(),
            Self::SetDescription(_) => "edit the description".to_owned(),
            Self::SetPassMark(_) => "change the pass mark".to_owned(),
            Self::SetClip(_) => "change the clipping".to_owned(),
            Self::SetCombine(_) => "change how ratings combine".to_owned(),
            Self::SetExamples(_) => "edit the examples".to_owned(),
            Self::SetLabels(_) => "edit the labels".to_owned(),
            Self::SetNode { path, field, .. } => format!("change {field} of {}", name(path)),
            Self::AddNode { node, .. } => format!("add “{}”", node.name()),
            Self::RemoveNode(path) => format!("remove {}", name(path)),
            Self::MoveNode { from, .. } => format!("move {}", name(from)),
            Self::SetSettings(_) => "change the settings".to_owned(),
            Self::SetData { .. } => "import".to_owned(),
        }
    }

    /// Equal keys of consecutive edits make one undo step; `None` never merges.
    pub fn merge_key(&self) -> Option<String> {
        match self {
            Self::Rename(_) => Some("name".to_owned()),
            Self::SetRubricName(_) => Some("rubric name".to_owned()),
            Self::SetDescription(_) => Some("description".to_owned()),
            Self::SetPassMark(_) => Some("pass mark".to_owned()),
            Self::SetExamples(_) => Some("examples".to_owned()),
            Self::SetLabels(_) => Some("labels".to_owned()),
            Self::SetSettings(_) => Some("settings".to_owned()),
            Self::SetNode { path, field, .. } => Some(format!("{path} {field}")),
            _ => None,
        }
    }
}

impl Project {
    /// Makes one change. A failed edit leaves the project as it was.
    ///
    /// # Errors
    /// When the edit names a place that does not exist or would break the tree.
    pub fn apply(&mut self, edit: Edit) -> Result<(), EditError> {
        match edit {
            Edit::Rename(name) => self.name = name.into(),
            Edit::SetRubric(rubric) => self.rubric = Arc::new(*rubric),
            Edit::SetRubricName(name) => self.rubric_mut().name = name,
            Edit::SetDescription(description) => self.rubric_mut().description = description,
            Edit::SetPassMark(mark) => self.rubric_mut().pass_mark = mark,
            Edit::SetClip(clip) => self.rubric_mut().clip = clip,
            Edit::SetCombine(combine) => self.rubric_mut().combine = combine,
            Edit::SetExamples(examples) => self.rubric_mut().examples = examples,
            Edit::SetLabels(labels) => self.rubric_mut().labels = labels,
            Edit::SetSettings(settings) => self.settings = Arc::new(*settings),
            Edit::SetData { dataset, sources, report, rubric } => {
                if let Some(rubric) = rubric {
                    self.rubric = Arc::new(*rubric);
                }
                self.dataset = dataset;
                self.sources = sources.into();
                self.report = report;
            }
            Edit::SetNode { path, node, .. } => self.edit_tree(|rubric| rubric.set(&path, *node))?,
            Edit::AddNode { parent, index, node } => {
                self.edit_tree(|rubric| rubric.insert(&parent, index, *node))?;
            }
            Edit::RemoveNode(path) => self.edit_tree(|rubric| rubric.remove(&path).map(drop))?,
            Edit::MoveNode { from, parent, index } => {
                self.edit_tree(|rubric| rubric.relocate(&from, &parent, index))?;
            }
        }
        Ok(())
    }

    fn rubric_mut(&mut self) -> &mut Rubric {
        Arc::make_mut(&mut self.rubric)
    }

    /// Changes a copy, and keeps it only if that worked.
    fn edit_tree(&mut self, change: impl FnOnce(&mut Rubric) -> Result<(), EditError>) -> Result<(), EditError> {
        let mut rubric = (*self.rubric).clone();
        change(&mut rubric)?;
        self.rubric = Arc::new(rubric);
        Ok(())
    }
}

impl Rubric {
    fn set(&mut self, path: &NodePath, node: Node) -> Result<(), EditError> {
        let (parent, index) = path.parent().ok_or(EditError::NoSuchNode)?;
        self.remove(path)?;
        self.insert(&parent, index, node)
    }

    fn insert(&mut self, parent: &NodePath, index: usize, node: Node) -> Result<(), EditError> {
        if parent.depth() == 0 {
            let Node::Dimension(dimension) = node else { return Err(EditError::CriterionAtTop) };
            self.dimensions.insert(index.min(self.dimensions.len()), dimension);
            return Ok(());
        }
        let children = &mut self.dimension_mut(parent)?.children;
        children.insert(index.min(children.len()), node);
        Ok(())
    }

    fn remove(&mut self, path: &NodePath) -> Result<Node, EditError> {
        let (parent, index) = path.parent().ok_or(EditError::NoSuchNode)?;
        if parent.depth() == 0 {
            if index >= self.dimensions.len() {
                return Err(EditError::NoSuchNode);
            }
            return Ok(Node::Dimension(self.dimensions.remove(index)));
        }
        let children = &mut self.dimension_mut(&parent)?.children;
        if index >= children.len() {
            return Err(EditError::NoSuchNode);
        }
        Ok(children.remove(index))
    }

    fn relocate(&mut self, from: &NodePath, parent: &NodePath, index: usize) -> Result<(), EditError> {
        if parent.is_within(from) {
            return Err(EditError::IntoItself);
        }
        let (old_parent, old_index) = from.parent().ok_or(EditError::NoSuchNode)?;
        let node = self.remove(from)?;
        let index = if old_parent == *parent && old_index < index { index - 1 } else { index };
        self.insert(&parent.after_removal(from), index, node)
    }

    fn dimension_mut(&mut self, path: &NodePath) -> Result<&mut Dimension, EditError> {
        let (&first, rest) = path.steps().split_first().ok_or(EditError::NoSuchNode)?;
        let mut dimension = self.dimensions.get_mut(first).ok_or(EditError::NoSuchNode)?;
        for &step in rest {
            match dimension.children.get_mut(step).ok_or(EditError::NoSuchNode)? {
                Node::Dimension(inner) => dimension = inner,
                Node::Criterion(_) => return Err(EditError::NotADimension),
            }
        }
        Ok(dimension)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Check, Phrases};
    use crate::model::{Criterion, Judge};

    fn criterion(id: &str) -> Node {
        Node::Criterion(Criterion::new(id, id, Judge::Check(Check::Phrases(Phrases::default()))))
    }

    fn project() -> Project {
        let mut a = Dimension::new("a", "A");
        a.children = vec![criterion("a0"), criterion("a1"), criterion("a2")];
        let mut b = Dimension::new("b", "B");
        b.children = vec![Node::Dimension(Dimension::new("c", "C"))];
        let rubric = Rubric { dimensions: vec![a, b], ..Rubric::default() };
        Project::new("p", rubric, Dataset::default(), vec![], ImportReport::default())
    }

    #[track_caller]
    fn check(from: &[usize], parent: &[usize], index: usize, expected: Result<&str, EditError>) {
        let mut project = project();
        let before = project.rubric.clone();
        let edit = Edit::MoveNode { from: NodePath::new(from), parent: NodePath::new(parent), index };
        let result = project.apply(edit);
        match expected {
            Ok(ids) => {
                result.unwrap();
                assert_eq!(project.rubric.ids().join(" "), ids);
            }
            Err(error) => {
                assert_eq!(result, Err(error));
                assert_eq!(project.rubric, before, "a failed edit changes nothing");
            }
        }
    }

    #[test]
    fn moving_nodes() {
        check(&[0, 0], &[0], 2, Ok("a a1 a0 a2 b c"));
        check(&[0, 2], &[0], 0, Ok("a a2 a0 a1 b c"));
        check(&[0, 0], &[1, 0], 0, Ok("a a1 a2 b c a0"));
        check(&[0], &[], 2, Ok("b c a a0 a1 a2"));
        check(&[0], &[1, 0], 0, Ok("b c a a0 a1 a2"));
        check(&[1], &[1, 0], 0, Err(EditError::IntoItself));
        check(&[0, 0], &[], 0, Err(EditError::CriterionAtTop));
        check(&[0, 9], &[1], 0, Err(EditError::NoSuchNode));
        check(&[1, 0], &[0, 0], 0, Err(EditError::NotADimension));
    }
}
