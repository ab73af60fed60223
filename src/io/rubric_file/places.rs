//! Where the parts of a rubric stand in its file.

use crate::io::ron_tree::{Shape, SourceMap, Value};
use crate::model::NodePath;
use std::collections::BTreeMap;
use std::ops::Range;

/// A part of a rubric: a node, and one of its fields as a path such as `check.phrases[2]`; empty for the node itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) node: NodePath,
    pub(super) field: String,
}

impl At {
    /// The node itself.
    pub(super) fn node(node: &NodePath) -> Self {
        Self { node: node.clone(), field: String::new() }
    }

    /// Its field `name`.
    pub(super) fn field(&self, name: &str) -> Self {
        let dot = if self.field.is_empty() { "" } else { "." };
        Self { node: self.node.clone(), field: format!("{}{dot}{name}", self.field) }
    }

    /// Its item `index`.
    pub(super) fn item(&self, index: usize) -> Self {
        Self { node: self.node.clone(), field: format!("{}[{index}]", self.field) }
    }

    /// What a sentence calls it: `weight`, `phrases[2]`.
    pub(super) fn label(&self) -> &str {
        self.field.rsplit('.').next().unwrap_or(&self.field)
    }

    /// The next larger part that holds this one; `None` for the rubric.
    fn outer(&self) -> Option<Self> {
        if self.field.is_empty() {
            return self.node.parent().map(|(node, _)| Self::node(&node));
        }
        let end = self.field.rfind(['.', '[']).unwrap_or(0);
        Some(Self { node: self.node.clone(), field: self.field[..end].to_owned() })
    }
}

#[derive(Clone, Debug)]
struct Place {
    range: Range<usize>,
    /// Of a text: where its bytes stand.
    text: Option<SourceMap>,
}

/// Where the parts of a rubric stand in its file.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(BTreeMap<At, Place>);

impl Places {
    /// Notes that `at` is written as `value`; of a node only the head.
    pub(super) fn note(&mut self, at: At, value: &Value) {
        let range = if at.field.is_empty() { value.head() } else { value.range.clone() };
        let text = match &value.shape {
            Shape::Text(text) => Some(text.map.clone()),
            _ => None,
        };
        self.0.insert(at, Place { range, text });
    }

    /// Where exactly `at` stands, if the file says it.
    pub(super) fn exact(&self, at: &At) -> Option<Range<usize>> {
        self.0.get(at).map(|place| place.range.clone())
    }

    /// Where `at` stands, or the smallest part around it that is in the file. `offset` is a byte of a text's value.
    pub(super) fn nearest(&self, at: &At, offset: Option<usize>) -> Range<usize> {
        if let Some(place) = self.0.get(at) {
            return match (&place.text, offset) {
                (Some(map), Some(offset)) => {
                    let start = map.source_offset(offset);
                    start..map.source_offset(offset + 1).max(start)
                }
                _ => place.range.clone(),
            };
        }
        let mut around = at.outer();
        while let Some(at) = around {
            if let Some(place) = self.0.get(&at) {
                return place.range.clone();
            }
            around = at.outer();
        }
        0..0
    }
}
