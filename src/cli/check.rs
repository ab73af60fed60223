//! `check`, `test` and `checks`: everything about a rubric that needs no responses.

use super::args::{Check, Checks, Test};
use super::rubric::{self, count};
use super::{BELOW, DONE, Failure, UNUSABLE};
use crate::checks::{KINDS, reference};
use crate::scoring::run_examples;
use crate::text::nearest;
use std::io::Write;

/// Tells every mistake of a rubric.
pub(super) fn check(args: &Check, out: &mut dyn Write) -> Result<u8, Failure> {
    let loaded = rubric::load(&args.rubric)?;
    let shown = args.rubric.display();
    if loaded.errors > 0 {
        writeln!(out, "{shown}: {}, {}.", count(loaded.errors, "error"), count(loaded.warnings, "warning"))?;
        return Ok(UNUSABLE);
    }
    let compiled = &loaded.compiled.rubric;
    writeln!(
        out,
        "{shown}: sound, {}; {}, {}, {}.",
        count(loaded.warnings, "warning"),
        count(compiled.dimensions.len(), "dimension"),
        if compiled.criteria.len() == 1 {
            "1 criterion".to_owned()
        } else {
            format!("{} criteria", compiled.criteria.len())
        },
        count(loaded.rubric.examples.len(), "pinned example"),
    )?;
    Ok(DONE)
}

/// Runs a rubric's pinned examples.
pub(super) fn test(args: &Test, out: &mut dyn Write) -> Result<u8, Failure> {
    let loaded = rubric::load_sound(&args.rubric)?;
    let outcomes = run_examples(&loaded.rubric, &loaded.compiled.rubric);
    if outcomes.is_empty() {
        writeln!(out, "The rubric has no pinned examples; add some under `examples` to test it.")?;
        return Ok(DONE);
    }
    for outcome in &outcomes {
        writeln!(out, "{} {}", if outcome.is_green() { "ok    " } else { "FAILED" }, outcome.name)?;
        for failure in &outcome.failures {
            writeln!(out, "         {failure}")?;
        }
    }
    let failed = outcomes.iter().filter(|outcome| !outcome.is_green()).count();
    writeln!(out, "{}, {failed} failed.", count(outcomes.len(), "example"))?;
    Ok(if failed == 0 { DONE } else { BELOW })
}

/// Lists the kinds of checks, or explains one.
pub(super) fn checks(args: &Checks, out: &mut dyn Write) -> Result<u8, Failure> {
    let Some(name) = &args.name else {
        let width = KINDS.iter().map(|kind| kind.name.len()).max().unwrap_or(0);
        for kind in KINDS {
            writeln!(out, "{:width$}  {}", kind.name, kind.summary)?;
        }
        return Ok(DONE);
    };
    match KINDS.iter().find(|kind| kind.name.eq_ignore_ascii_case(name)) {
        Some(kind) => {
            write!(out, "{}", reference::reference(kind))?;
            Ok(DONE)
        }
        None => {
            let near = nearest(name, KINDS.iter().map(|kind| kind.name));
            let advice = near.map_or_else(
                || "`rubrica checks` lists them all.".to_owned(),
                |near| format!("Did you mean `{near}`?"),
            );
            Err(Failure::Said(format!("There is no check “{name}”. {advice}")))
        }
    }
}
