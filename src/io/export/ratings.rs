//! What people rated, as CSV with a record per rating: for statistics in other tools.
//!
//! `reviewer`, `response_id`, `prompt_id`, `model`, `criterion`; `value` in the scale's own units and `raw` from 0 to 1,
//! both empty for “cannot be judged”; the scale's ends; `purpose` (judge, repeat, calibrate, gold, final); `stale` where
//! guidance or scale are others now; when it was made, the seconds it took, and the reason.

use super::Scored;
use super::csv::{record, text};
use crate::model::review::{Act, Purpose};
use crate::scoring::Progress;
use std::borrow::Cow;
use std::io::{self, Write};

const HEADS: [&str; 14] = [
    "reviewer",
    "response_id",
    "prompt_id",
    "model",
    "criterion",
    "value",
    "raw",
    "scale_least",
    "scale_most",
    "purpose",
    "stale",
    "at",
    "seconds",
    "reason",
];

pub(super) fn write(scored: &Scored<'_>, out: &mut (dyn Write + Send), progress: &Progress) -> io::Result<bool> {
    out.write_all(&record(HEADS.iter().map(|&head| head.into())))?;
    let Some(people) = scored.people else { return Ok(true) };
    let dataset = scored.dataset;
    let rows: Vec<u32> = people.rows().collect();
    progress.start(rows.len());
    let number =
        |value: Option<f64>| -> Cow<'static, str> { value.map_or_else(|| "".into(), |value| value.to_string().into()) };
    for row in rows {
        if progress.is_cancelled() {
            return Ok(false);
        }
        progress.advance(1);
        let at = row as usize;
        for rated in people.ratings(row) {
            let Act::Rate(rate) = &rated.entry.act else { continue };
            let [least, most] = rate.scale;
            let cells = [
                text(&people.reviewers()[rated.reviewer as usize]),
                text(dataset.text(dataset.responses()[at].id)),
                text(dataset.text(dataset.prompt_of(at).id)),
                text(dataset.model_of(at)),
                text(&rated.criterion),
                number(rate.value),
                number(rated.raw),
                number(Some(least)),
                number(Some(most)),
                word(rated.purpose).into(),
                if rated.stale { "true" } else { "false" }.into(),
                rated.entry.at.to_string().into(),
                number(rated.entry.seconds),
                text(&rate.reason),
            ];
            out.write_all(&record(cells.into_iter()))?;
        }
    }
    Ok(true)
}

fn word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Judge => "judge",
        Purpose::Repeat => "repeat",
        Purpose::Calibrate => "calibrate",
        Purpose::Gold => "gold",
        Purpose::Final => "final",
    }
}
