//! The responses in the file, as data for its script: texts with the places that criteria rest on.

use super::Report;
use super::links::Links;
use crate::scoring::{How, State, input, scorecard};
use rayon::prelude::*;
use serde::Serialize;

/// All that the script reads.
#[derive(Serialize)]
pub(super) struct Data<'a> {
    criteria: Vec<Named<'a>>,
    models: Vec<&'a str>,
    prompts: Vec<Prompt<'a>>,
    responses: Vec<Response<'a>>,
    /// What links show: a filter in words, and places in `responses`.
    lists: Vec<(String, Vec<u32>)>,
    /// Responses there are, and are not all in the file.
    of: usize,
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Prompt<'a> {
    id: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Response<'a> {
    id: &'a str,
    model: u32,
    /// Place in [`Data::prompts`].
    prompt: u32,
    text: Option<&'a str>,
    score: Option<f64>,
    passed: Option<bool>,
    /// Of each criterion, its raw value and state.
    cells: Vec<(Option<f64>, &'static str)>,
    /// Start and end in UTF-16 units, the criterion, and whether it counts against it.
    marks: Vec<(u32, u32, u32, bool)>,
    missing: Vec<(u32, String)>,
    /// Of each flag, its name and what made it.
    flags: Vec<(&'static str, String)>,
}

/// Evidence of one response beyond this is left out: a page shows no more.
const MOST_MARKS: usize = 2000;

/// The data of a file with the responses `rows`.
pub(super) fn data<'a>(report: &Report<'a>, rows: &[u32], links: Links<'_>) -> Data<'a> {
    let dataset = report.dataset;
    let mut asked: Vec<u32> = rows.iter().map(|&row| dataset.responses()[row as usize].prompt).collect();
    asked.sort_unstable();
    asked.dedup();
    let prompt = |&index: &u32| {
        let prompt = &dataset.prompts()[index as usize];
        Prompt { id: dataset.text(prompt.id), text: dataset.text(prompt.text) }
    };
    let criteria = report.results.rubric().criteria.iter();
    Data {
        criteria: report
            .rubric
            .criteria()
            .into_iter()
            .map(|(_, criterion)| Named { id: &criterion.id, name: &criterion.name })
            .take(criteria.len())
            .collect(),
        models: dataset.models().iter().map(String::as_str).collect(),
        prompts: asked.iter().map(prompt).collect(),
        responses: rows.par_iter().map(|&row| response(report, row, &asked)).collect(),
        lists: links.into_lists(),
        of: report.analysis.scope.responses,
    }
}

fn response<'a>(report: &Report<'a>, row: u32, asked: &[u32]) -> Response<'a> {
    let (dataset, results) = (report.dataset, report.results);
    let at = row as usize;
    let stored = &dataset.responses()[at];
    let rubric = results.rubric();
    let card = scorecard(rubric, input(dataset, at).as_ref());
    let text = dataset.response_text(at);
    let cell = |index: usize| {
        let cell = results.cell(at, index);
        let state = match (cell.state, &rubric.criteria[index].how) {
            (State::Scored, How::Human(_)) => "people",
            (State::Scored, _) => "scored",
            (State::NotApplicable, _) => "not applicable",
            (State::AwaitingHuman, _) => "awaits people",
            (State::Invalid(_), _) => "not decided",
            (State::Broken, _) => "broken",
        };
        (cell.value(), state)
    };
    let mut spans: Vec<(u32, u32, u32, bool)> = Vec::new();
    let mut missing = Vec::new();
    for (index, criterion) in card.criteria.iter().enumerate() {
        spans.extend(criterion.hits.iter().map(|hit| (hit.span.start, hit.span.end, index as u32, hit.violates)));
        missing.extend(criterion.missing.iter().map(|what| (index as u32, what.clone())));
    }
    spans.truncate(MOST_MARKS);
    Response {
        id: dataset.text(stored.id),
        model: stored.model,
        prompt: asked.binary_search(&stored.prompt).unwrap_or(0) as u32,
        text,
        score: results.score(at),
        passed: results.passed(at),
        cells: (0..rubric.criteria.len()).map(cell).collect(),
        marks: text.map(|text| in_utf16(text, spans)).unwrap_or_default(),
        missing,
        flags: (report.flags_of)(row).into_iter().map(|flag| (flag.kind.name(), flag.why)).collect(),
    }
}

/// Byte offsets as offsets in UTF-16, which scripts count in; in the order of the text.
fn in_utf16(text: &str, mut spans: Vec<(u32, u32, u32, bool)>) -> Vec<(u32, u32, u32, bool)> {
    if !text.is_ascii() {
        let mut ends: Vec<u32> = spans.iter().flat_map(|span| [span.0, span.1]).collect();
        ends.sort_unstable();
        ends.dedup();
        let (mut at, mut units) = (0, 0);
        let mapped: Vec<u32> = ends
            .iter()
            .map(|&end| {
                units += text[at..end as usize].encode_utf16().count() as u32;
                at = end as usize;
                units
            })
            .collect();
        let map = |end: u32| ends.binary_search(&end).map_or(end, |place| mapped[place]);
        for span in &mut spans {
            (span.0, span.1) = (map(span.0), map(span.1));
        }
    }
    spans.sort_by_key(|span| (span.0, std::cmp::Reverse(span.1), span.2));
    spans
}

#[cfg(test)]
mod tests {
    use super::in_utf16;

    #[test]
    fn places_are_counted_as_scripts_count_them() {
        let text = "aé🙂b";
        let b = text.find('b').unwrap() as u32;
        let spans = vec![(b, b + 1, 0, false), (1, 3, 1, true), (3, 7, 2, false)];
        assert_eq!(in_utf16(text, spans), [(1, 2, 1, true), (2, 4, 2, false), (4, 5, 0, false)]);
    }
}
