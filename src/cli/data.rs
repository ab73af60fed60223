//! Importing the files named on the command line.

use super::args::Map;
use super::failure::tell;
use super::rubric::count;
use super::{DONE, Failure, ROWS_SKIPPED};
use crate::io::import::{self, Import, ImportError, Input, Overrides};
use crate::model::{Coding, ImportReport, Notice, Severity};
use crate::scoring::{ScorePass, Scores};
use indicatif::ProgressBar;
use std::sync::atomic::AtomicBool;

/// So many notices are told in full.
const TOLD: usize = 20;

/// Imports `inputs` for a project, showing on `bar` how far it is, and tells what could not be read and all else
/// that is worth knowing.
pub(super) fn import(inputs: &[Input], map: &Map, bar: &ProgressBar) -> Result<Import, Failure> {
    with_watch(map, bar, Severity::Note, |overrides, watch| Ok((import::open(inputs, overrides, watch)?, ())))
        .map(|(import, ())| import)
}

/// Imports `inputs` to be scored: see [`import::open_scored`]. Tells what could not be read or was doubtful.
pub(super) fn import_scored(
    inputs: &[Input],
    map: &Map,
    pass: Option<&ScorePass<'_>>,
    bar: &ProgressBar,
) -> Result<(Import, Option<Scores>), Failure> {
    with_watch(map, bar, Severity::Warning, |overrides, watch| import::open_scored(inputs, overrides, pass, watch))
}

fn with_watch<T>(
    map: &Map,
    bar: &ProgressBar,
    least: Severity,
    import: impl FnOnce(&Overrides, &import::Watch<'_>) -> Result<(Import, T), ImportError>,
) -> Result<(Import, T), Failure> {
    let overrides = overrides(map)?;
    let cancel = AtomicBool::new(false);
    let tell_bar = |now: import::Progress| {
        bar.set_length(now.total);
        bar.set_position(now.done);
    };
    let result = import(&overrides, &import::Watch { cancel: &cancel, progress: &tell_bar });
    bar.finish_and_clear();
    let (import, with) = opened(result)?;
    tell_report(&import.report, least);
    Ok((import, with))
}

/// What was opened, or why nothing was.
pub(super) fn opened<T>(result: Result<T, ImportError>) -> Result<T, Failure> {
    result.map_err(|error| match error {
        ImportError::Nothing(report) => {
            tell_notices(&report.notices);
            Failure::Said("Nothing could be imported.".to_owned())
        }
        other => Failure::Said(format!("Nothing could be imported: {other}.")),
    })
}

/// What `--map` says.
pub(super) fn overrides(map: &Map) -> Result<Overrides, Failure> {
    let mut overrides = Overrides::default();
    for column in &map.columns {
        overrides.add(column).map_err(|error| Failure::Said(format!("--map: {error}.")))?;
    }
    for scale in &map.scales {
        overrides.add_scale(scale).map_err(|error| Failure::Said(format!("--scale: {error}.")))?;
    }
    overrides.coding = map.coding.as_deref().and_then(Coding::from_name);
    overrides.rater.clone_from(&map.rater);
    Ok(overrides)
}

/// Tells what a report says that matters at least as much as `least`, and how many rows were lost.
pub(super) fn tell_report(report: &ImportReport, least: Severity) {
    tell_notices(&report.at_least(least).cloned().collect::<Vec<_>>());
    if report.skipped > 0 {
        tell(&format!("{} of {} could not be read.", report.skipped, count(report.rows as usize, "row")));
    }
}

/// Tells the first notices, those about lost data before the others, and how many more there are.
pub(super) fn tell_notices(notices: &[Notice]) {
    let mut notices: Vec<&Notice> = notices.iter().collect();
    notices.sort_by_key(|notice| std::cmp::Reverse(notice.severity));
    for notice in notices.iter().take(TOLD) {
        tell(&notice.to_line());
    }
    if notices.len() > TOLD {
        tell(&format!("… and {} like these.", count(notices.len() - TOLD, "more notice")));
    }
}

/// The exit code when all else went well.
pub(super) fn code(report: &ImportReport) -> u8 {
    let lost = report.skipped > 0 || report.at_least(Severity::Skipped).next().is_some();
    if lost { ROWS_SKIPPED } else { DONE }
}
