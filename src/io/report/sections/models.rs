//! Which model is better, by how much, and how sure that is.

use super::super::links::Links;
use super::super::markup::text;
use super::super::plots::{Axis, histogram};
use super::super::{Report, named};
use super::{FITS, figure, percent, section, table, two, words};
use crate::analysis::{Comparison, Standing};
use crate::text::thousands;
use std::collections::HashMap;
use std::fmt::Write as _;

/// More models than this make a table of pairs that nobody reads.
const MOST: usize = 20;

/// What the numbers allow to be said, in a few sentences.
pub(super) fn summary(report: &Report<'_>) -> String {
    let analysis = report.analysis;
    let mut out = String::new();
    for pair in headlines(report) {
        let mut sentence = pair.sentence.clone();
        if !pair.models.iter().any(|model| sentence.starts_with(model.as_str()))
            && let Some(first) = sentence.get_mut(..1)
        {
            first.make_ascii_uppercase();
        }
        write!(out, "<p class=\"headline\">{}.</p>", text(&sentence)).expect(FITS);
    }
    if out.is_empty()
        && let Some(only) = analysis.leaderboard.models.first()
    {
        let said = format!("{} scores {} on average", named(&only.model), words(&only.score));
        write!(out, "<p class=\"headline\">{}.</p>", text(&said)).expect(FITS);
    }
    section("summary", "Summary", &out)
}

/// The best against each of the next two.
pub(in super::super) fn headlines<'a>(report: &Report<'a>) -> Vec<&'a Comparison> {
    let pairs = &report.analysis.comparisons.pairs;
    let best = pairs.first().map(|pair| pair.indices[0]);
    pairs.iter().filter(|pair| Some(pair.indices[0]) == best).take(2).collect()
}

/// `1`, or `1–3` where the numbers leave it open.
pub(in super::super) fn place(standing: &Standing) -> String {
    match (standing.ranks, standing.place) {
        (Some([best, worst]), _) if best == worst => best.to_string(),
        (Some([best, worst]), _) => format!("{best}–{worst}"),
        (None, Some(place)) => place.to_string(),
        (None, None) => "–".to_owned(),
    }
}

pub(super) fn leaderboard(report: &Report<'_>, links: &Links<'_>) -> String {
    let board = &report.analysis.leaderboard;
    let axis = Axis::around(board.models.iter().map(|standing| &standing.score));
    let passes = board.pass_mark.is_some();
    let mut rows = String::new();
    for standing in &board.models {
        let name = text(named(&standing.model));
        write!(
            rows,
            "<tr><td class=\"n\">{}</td><th scope=\"row\">{}</th><td class=\"n\">{}</td><td>{}</td>",
            place(standing),
            links.to(&standing.filter, "Show its responses", &name),
            figure(&standing.score),
            axis.track(&standing.score, "score", &format!("mean score {}", words(&standing.score)))
        )
        .expect(FITS);
        if passes {
            let label = format!("{} of {} pass", standing.passed.n, standing.passed.n + standing.failed.n);
            write!(
                rows,
                "<td class=\"n\">{}</td><td>{}</td>",
                links.to(&standing.failed.filter, "Show those that fail", &percent(&standing.pass_rate)),
                Axis::SHARE.track(&standing.pass_rate, "pass", &label)
            )
            .expect(FITS);
        }
        let odd: Vec<String> =
            [(&standing.missing, "missing"), (&standing.empty, "empty"), (&standing.incomplete, "incomplete")]
                .into_iter()
                .filter(|(count, _)| count.n > 0)
                .map(|(count, word)| links.to(&count.filter, word, &format!("{} {word}", thousands(count.n as u64))))
                .collect();
        write!(
            rows,
            "<td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"odd\">{}</td></tr>",
            thousands(standing.responses as u64),
            standing.length.value().map_or_else(|| "–".to_owned(), |length| thousands(length.round() as u64)),
            odd.join(" ")
        )
        .expect(FITS);
    }
    let score = format!("95 % interval {}", axis.ends());
    let pass = format!("95 % interval {}", Axis::SHARE.ends());
    let mut heads = vec!["#place", "model", "#mean", &*score];
    if passes {
        heads.extend(["#pass", &*pass]);
    }
    heads.extend(["#n", "#length", ""]);
    section("models", "Models", &table(&heads, &rows))
}

pub(super) fn differences(report: &Report<'_>, links: &Links<'_>) -> String {
    let analysis = report.analysis;
    if analysis.comparisons.pairs.is_empty() {
        return String::new();
    }
    let scored: Vec<&Standing> =
        analysis.leaderboard.models.iter().filter(|standing| standing.place.is_some()).collect();
    let shown = &scored[..scored.len().min(MOST)];
    let pairs: HashMap<[u32; 2], &Comparison> =
        analysis.comparisons.pairs.iter().map(|pair| (pair.indices, pair)).collect();
    // As many digits as it takes to tell differences that are told apart.
    let largest = pairs.values().filter_map(|pair| pair.difference.value()).map(f64::abs).fold(0.0, f64::max);
    let places = if largest < 0.095 { 3 } else { 2 };
    let mut rows = String::new();
    for row in shown {
        write!(rows, "<tr><th scope=\"row\">{}</th>", text(named(&row.model))).expect(FITS);
        for column in shown {
            let found = pairs
                .get(&[row.index, column.index])
                .map(|pair| (1.0, pair))
                .or_else(|| pairs.get(&[column.index, row.index]).map(|pair| (-1.0, pair)));
            let Some((sign, pair)) = found else {
                rows.push_str("<td></td>");
                continue;
            };
            let Some(value) = pair.difference.value().map(|value| value * sign) else {
                rows.push_str("<td class=\"n\">–</td>");
                continue;
            };
            let sure = pair.first_ahead.is_some() && pair.test.adjusted.is_none_or(|p| p <= 0.05);
            let class = match (sure, value >= 0.0) {
                (false, _) => "unsure",
                (true, true) => "ahead",
                (true, false) => "behind",
            };
            let words = super::signed(value, places);
            let link = links.to(&pair.filters[usize::from(sign < 0.0)], &pair.sentence, &words);
            write!(rows, "<td class=\"n {class}\">{link}</td>").expect(FITS);
        }
        rows.push_str("</tr>");
    }
    let names: Vec<String> = shown.iter().map(|standing| format!("#{}", text(named(&standing.model)))).collect();
    let heads: Vec<&str> = std::iter::once("").chain(names.iter().map(String::as_str)).collect();
    let mut body = table(&heads, &rows);
    let mut note =
        "How much higher the model of the row scores than that of the column, on the prompts both answered. \
                    Tinted where the difference holds against all comparisons (Holm, 5 %)."
            .to_owned();
    if shown.len() < scored.len() {
        write!(note, " The {} best of {} models.", shown.len(), scored.len()).expect(FITS);
    }
    if let Some(left_out) = &analysis.comparisons.left_out {
        write!(note, " {}", text(left_out)).expect(FITS);
    }
    write!(body, "<p class=\"note\">{note}</p>").expect(FITS);
    section("differences", "Differences", &body)
}

pub(super) fn distributions(report: &Report<'_>, links: &Links<'_>) -> String {
    let analysis = report.analysis;
    let mut rows = String::new();
    for row in 0..=analysis.leaderboard.models.len() {
        let who = match row {
            0 => "all".to_owned(),
            row => text(named(&analysis.leaderboard.models[row - 1].model)),
        };
        write!(rows, "<tr><th scope=\"row\">{who}</th>").expect(FITS);
        for distribution in &analysis.distributions {
            let spread = if row == 0 { &distribution.all } else { &distribution.models[row - 1] };
            match &spread.summary {
                Some(summary) => {
                    let label = format!(
                        "mean {:.3}, standard deviation {:.3}, median {:.3}, n = {}",
                        summary.mean, summary.sd, summary.median, summary.n
                    );
                    let plot = histogram(&spread.counts, "", &label);
                    let link = links.to(&spread.responses.filter, &label, &two(summary.mean));
                    write!(rows, "<td>{plot}<br><small>mean {link}</small></td>").expect(FITS);
                }
                None => rows.push_str("<td>–</td>"),
            }
        }
        rows.push_str("</tr>");
    }
    let names: Vec<String> = analysis.distributions.iter().map(|distribution| text(&distribution.name)).collect();
    let heads: Vec<&str> = std::iter::once("").chain(names.iter().map(String::as_str)).collect();
    section("spread", "Distributions", &table(&heads, &rows))
}
