//! The rubric, with its guidance.

use super::super::{Report, guide};

pub(super) fn section(report: &Report<'_>) -> String {
    super::section("rubric", "Rubric", &guide::body(report.rubric))
}
