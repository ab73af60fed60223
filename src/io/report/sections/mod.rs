//! What the page says, view by view.

mod criteria;
mod flags;
mod models;
mod people;
mod rubric;

pub(super) use flags::looked_for;
pub(super) use models::{headlines, place};

use super::links::Links;
use super::markup::text;
use super::{ENGINE, Report, title};
use crate::analysis::Figure;
use crate::text::thousands;
use std::fmt::Write as _;

/// The whole body, the responses' place included; `shown` responses are in the file.
pub(super) fn all(report: &Report<'_>, links: &Links<'_>, shown: usize) -> String {
    let scope = &report.analysis.scope;
    let mut out = String::new();
    let n = format!(
        "{} responses of {} models to {} prompts",
        thousands(scope.responses as u64),
        thousands(scope.models as u64),
        thousands(scope.prompts as u64)
    );
    write!(out, "<main><header><h1>{}</h1><p class=\"lead\">{n}", text(&title(report))).expect(FITS);
    if !scope.filter.is_empty() {
        write!(out, ", selected by <code>{}</code> from {}", text(&scope.filter), thousands(scope.of_responses as u64))
            .expect(FITS);
    }
    write!(out, ". Made {} by {ENGINE}.</p></header>", text(report.made)).expect(FITS);
    out.push_str(&models::summary(report));
    out.push_str(&models::leaderboard(report, links));
    out.push_str(&models::differences(report, links));
    out.push_str(&models::distributions(report, links));
    out.push_str(&criteria::heat_map(report, links));
    out.push_str(&criteria::table(report, links));
    out.push_str(&people::ratings(report, links));
    out.push_str(&people::preferences(report, links));
    out.push_str(&people::agreement(report));
    out.push_str(&flags::section(report, links));
    out.push_str(&people::attention(report, links));
    out.push_str(&rubric::section(report));
    out.push_str(&method(report));
    out.push_str(&browser(report, shown));
    out.push_str("</main>");
    out
}

/// Writing into a [`String`] does not fail.
const FITS: &str = "a String takes everything";

/// A section with a heading; nothing where there is no body.
fn section(id: &str, heading: &str, body: &str) -> String {
    if body.is_empty() { String::new() } else { format!("<section id=\"{id}\"><h2>{heading}</h2>{body}</section>") }
}

/// A number with two digits and its interval in a tooltip, or a dash with the reason.
fn figure(figure: &Figure) -> String {
    match (figure.value(), figure.interval()) {
        (Some(value), Some(ends)) => format!(
            "<span title=\"95% {:.3} to {:.3}, n = {}\">{}</span>",
            ends.low,
            ends.high,
            thousands(figure.n as u64),
            two(value)
        ),
        (Some(value), None) => format!("<span title=\"n = {}\">{}</span>", thousands(figure.n as u64), two(value)),
        (None, _) => format!("<span class=\"none\" title=\"{}\">–</span>", text(figure.reason().unwrap_or_default())),
    }
}

fn two(value: f64) -> String {
    decimal(value, 2)
}

/// With so many digits after the point: a minus as wide as a digit, and none before a zero.
fn decimal(value: f64, places: usize) -> String {
    let words = format!("{value:.places$}");
    match words.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) => digits.to_owned(),
        Some(digits) => format!("−{digits}"),
        None => words,
    }
}

/// The same with a plus before what is more than nothing.
fn signed(value: f64, places: usize) -> String {
    let words = decimal(value, places);
    let is_more = value > 0.0 && words.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    if is_more { format!("+{words}") } else { words }
}

fn percent(figure: &Figure) -> String {
    match figure.value() {
        Some(value) => {
            let words = match (value * 100.0).round() {
                0.0 if value > 0.0 => "&lt;1 %".to_owned(),
                100.0 if value < 1.0 => "&gt;99 %".to_owned(),
                rounded => format!("{rounded} %"),
            };
            format!("<span title=\"n = {}\">{words}</span>", thousands(figure.n as u64))
        }
        None => self::figure(figure),
    }
}

/// `0.81 (95% 0.74 to 0.88, n = 8)`.
fn words(figure: &Figure) -> String {
    let n = thousands(figure.n as u64);
    match (figure.value(), figure.interval(), figure.reason()) {
        (Some(value), Some(ends), _) => format!("{value:.3} (95% {:.3} to {:.3}, n = {n})", ends.low, ends.high),
        (Some(value), None, _) => format!("{value:.3} (n = {n})"),
        (None, _, why) => format!("not defined: {}", why.unwrap_or_default()),
    }
}

/// A table with these heads; `rows` are markup. Heads beginning with `#` stand over numbers.
fn table(heads: &[&str], rows: &str) -> String {
    let mut out = "<div class=\"wide\"><table><thead><tr>".to_owned();
    for head in heads {
        match head.strip_prefix('#') {
            Some(head) => write!(out, "<th class=\"n\">{head}</th>"),
            None => write!(out, "<th>{head}</th>"),
        }
        .expect(FITS);
    }
    write!(out, "</tr></thead><tbody>{rows}</tbody></table></div>").expect(FITS);
    out
}

fn method(report: &Report<'_>) -> String {
    let analysis = report.analysis;
    let mut out = String::new();
    let intervals = match analysis.leaderboard.method {
        crate::analysis::Method::Bootstrap { resamples, seed } => format!(
            "Intervals of means are 95 % bootstrap intervals: whole prompts are drawn again {} times, from seed {seed}.",
            thousands(u64::from(resamples))
        ),
        crate::analysis::Method::Normal => {
            "Intervals of means are 95 % intervals from standard errors clustered by prompt.".to_owned()
        }
    };
    let sentences = [
        &*intervals,
        "Intervals of shares are Wilson’s, which take responses as independent: where a prompt has several responses of a \
         model, they are rather too narrow. Two models are compared on the prompts both answered, with a permutation test \
         of the differences; where several pairs are compared, p is adjusted after Holm.",
        "Where passing is compared, McNemar’s exact test is used. A place in the ranking is a range where the comparisons \
         leave it open.",
        "Scores are the weighted means of the rubric’s dimensions; what is unrated or could not be decided is left out and \
         named, and never counts as 0.",
    ];
    for sentence in sentences {
        write!(out, "<p>{sentence}</p>").expect(FITS);
    }
    let digest = crate::io::digest::of_bytes(crate::io::rubric_file::write(report.rubric, "").as_bytes());
    write!(out, "<p>Scored by {ENGINE} under the rubric with SHA-256 <code>{digest}</code>.</p>").expect(FITS);
    if !report.sources.is_empty() {
        let rows: String = report
            .sources
            .iter()
            .map(|source| {
                let name = source.path.rsplit('/').next().unwrap_or(&source.path);
                let digest = source.sha256.get(..16).unwrap_or(&source.sha256);
                format!(
                    "<tr><td>{}</td><td>{}</td><td><code>{digest}…</code></td></tr>",
                    text(name),
                    source.format.label()
                )
            })
            .collect();
        out.push_str(&table(&["file", "format", "SHA-256"], &rows));
    }
    section("method", "Method", &out)
}

fn browser(report: &Report<'_>, shown: usize) -> String {
    let all = report.analysis.scope.responses;
    let note = if shown < all {
        format!(
            "<p class=\"note\">{} of {} responses are in this file, evenly spaced; lists hold only these.</p>",
            thousands(shown as u64),
            thousands(all as u64)
        )
    } else {
        String::new()
    };
    let body = format!(
        "{note}<noscript><p>Browsing responses needs the script of this file, which loads nothing.</p></noscript>\
         <div id=\"browser\" hidden><div class=\"bar\"><label>Find <input id=\"find\" type=\"search\" \
         placeholder=\"words, a model, a prompt\"></label><span id=\"what\" role=\"status\"></span>\
         <button id=\"every\" type=\"button\" hidden>Show all</button></div>\
         <div id=\"split\"><ol id=\"list\" tabindex=\"0\" aria-label=\"Responses\"></ol>\
         <article id=\"reader\" aria-live=\"polite\"></article></div></div>"
    );
    section("responses", "Responses", &body)
}
