//! Where a node stands in a rubric's tree.

use std::fmt;

/// Child indices from the top: `[1, 0]` is the first child of the second dimension; `[]` the rubric itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodePath(Vec<usize>);

impl NodePath {
    /// The rubric itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// The path with these indices.
    pub fn new(steps: impl Into<Vec<usize>>) -> Self {
        Self(steps.into())
    }

    /// The child at `index`.
    pub fn child(&self, index: usize) -> Self {
        let mut steps = self.0.clone();
        steps.push(index);
        Self(steps)
    }

    /// The parent and this node's index in it; `None` for the root.
    pub fn parent(&self) -> Option<(Self, usize)> {
        let (&last, rest) = self.0.split_last()?;
        Some((Self(rest.to_vec()), last))
    }

    /// The indices.
    pub fn steps(&self) -> &[usize] {
        &self.0
    }

    /// How deep it stands: 0 for the rubric, 1 for its dimensions.
    pub fn depth(&self) -> usize {
        self.0.len()
    }

    /// The same node's path once the node at `removed`, which is not above it, is gone.
    pub fn after_removal(&self, removed: &Self) -> Self {
        let mut steps = self.0.clone();
        if let Some((&index, above)) = removed.0.split_last()
            && let Some(step) = steps.get_mut(above.len())
            && self.0.starts_with(above)
            && *step > index
        {
            *step -= 1;
        }
        Self(steps)
    }

    /// Whether it is `ancestor` or stands below it.
    pub fn is_within(&self, ancestor: &Self) -> bool {
        self.0.starts_with(&ancestor.0)
    }
}

impl fmt::Display for NodePath {
    /// `dimensions[1].criteria[0]`, as in a rubric file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, step) in self.0.iter().enumerate() {
            let list = if depth == 0 { "dimensions" } else { ".criteria" };
            write!(f, "{list}[{step}]")?;
        }
        Ok(())
    }
}
