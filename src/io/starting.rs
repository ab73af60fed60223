//! The rubric a project begins with where none was named.

use super::import::Judged;
use super::rubric_file;
use crate::model::Rubric;

/// The bundled reasoning rubric: structure, correctness and safety of a reasoned answer.
pub fn reasoning_rubric() -> Rubric {
    rubric_file::read(include_str!("../../rubrics/reasoning.ron")).rubric.expect("a test reads the bundled rubric")
}

/// The rubric that a new project called `name` begins with: what its imported judgements are about, or else
/// [`reasoning_rubric`].
pub fn starting_rubric(name: &str, judged: &Judged) -> Rubric {
    let empty = Rubric { name: name.to_owned(), ..Rubric::default() };
    if judged.dimensions.is_empty() {
        let usual = reasoning_rubric();
        return usual.with_imported(&[], &judged.labels, 1.0).unwrap_or(usual);
    }
    empty.with_imported(&judged.dimensions, &judged.labels, 1.0).unwrap_or(empty)
}
