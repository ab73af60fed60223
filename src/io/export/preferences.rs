//! What people preferred, as JSON Lines of `prompt`, `chosen` and `rejected`, as trainers on preferences read them.
//!
//! Beside these stand the ids and models of both, the reviewer, how much better (`much` or `some`) and the reason.
//! Rankings become their pairs. Ties of either kind have no chosen one and are left out, and so are pairs without text.
//! Judgements made to practise, as gold, or a second time are no preferences of their own and are left out too.

use super::Scored;
use crate::model::review::{Act, Choice, Judgements, Purpose};
use crate::scoring::Progress;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Row<'a> {
    prompt: &'a str,
    chosen: &'a str,
    rejected: &'a str,
    chosen_model: &'a str,
    rejected_model: &'a str,
    chosen_id: &'a str,
    rejected_id: &'a str,
    reviewer: &'a str,
    margin: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
}

/// One of two that was better.
struct Preferred<'a> {
    chosen: u32,
    rejected: u32,
    reviewer: u32,
    much: bool,
    reason: &'a str,
}

pub(super) fn write(scored: &Scored<'_>, out: &mut (dyn Write + Send), progress: &Progress) -> io::Result<bool> {
    let Some(people) = scored.people else { return Ok(true) };
    let all = preferred(people);
    progress.start(all.len());
    let dataset = scored.dataset;
    for one in &all {
        if progress.is_cancelled() {
            return Ok(false);
        }
        progress.advance(1);
        let [chosen, rejected] = [one.chosen, one.rejected].map(|row| row as usize);
        let (Some(good), Some(bad)) = (dataset.response_text(chosen), dataset.response_text(rejected)) else {
            continue;
        };
        let id = |row: usize| dataset.text(dataset.responses()[row].id);
        let row = Row {
            prompt: dataset.text(dataset.prompt_of(chosen).text),
            chosen: good,
            rejected: bad,
            chosen_model: dataset.model_of(chosen),
            rejected_model: dataset.model_of(rejected),
            chosen_id: id(chosen),
            rejected_id: id(rejected),
            reviewer: &people.reviewers()[one.reviewer as usize],
            margin: if one.much { "much" } else { "some" },
            reason: one.reason,
        };
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(true)
}

fn preferred(people: &Judgements) -> Vec<Preferred<'_>> {
    let counts = |purpose: Purpose| matches!(purpose, Purpose::Judge | Purpose::Final);
    let mut all = Vec::new();
    for preference in people.preferences().filter(|preference| counts(preference.purpose)) {
        let [first, second] = preference.rows;
        let reason = match &preference.entry.act {
            Act::Prefer(prefer) => &*prefer.reason,
            _ => "",
        };
        let (chosen, rejected, much) = match preference.choice {
            Choice::MuchBetterFirst => (first, second, true),
            Choice::First => (first, second, false),
            Choice::Second => (second, first, false),
            Choice::MuchBetterSecond => (second, first, true),
            Choice::Tie | Choice::BothBad => continue,
        };
        all.push(Preferred { chosen, rejected, reviewer: preference.reviewer, much, reason });
    }
    for ranking in people.rankings().filter(|ranking| counts(ranking.purpose)) {
        let reason = match &ranking.entry.act {
            Act::Rank(rank) => &*rank.reason,
            _ => "",
        };
        for (a, &chosen) in ranking.rows.iter().enumerate() {
            for (b, &rejected) in ranking.rows.iter().enumerate() {
                if ranking.ranks[a] < ranking.ranks[b] {
                    all.push(Preferred { chosen, rejected, reviewer: ranking.reviewer, much: false, reason });
                }
            }
        }
    }
    all
}
