//! A short report in Markdown, for an issue or a message.

use super::sections::{headlines, place};
use super::{ENGINE, Report, named, title};
use crate::analysis::Figure;
use crate::text::thousands;
use std::fmt::Write as _;

/// Writing into a [`String`] does not fail.
const FITS: &str = "a String takes everything";

/// What the numbers say, as Markdown: sentences, the leaderboard, the criteria, agreement.
pub fn markdown(report: &Report<'_>) -> String {
    let analysis = report.analysis;
    let scope = &analysis.scope;
    let mut out = format!("# {}\n\n", escape(&title(report)));
    write!(
        out,
        "{} responses of {} models to {} prompts.",
        thousands(scope.responses as u64),
        scope.models,
        thousands(scope.prompts as u64)
    )
    .expect(FITS);
    if !scope.filter.is_empty() {
        write!(out, " Selected by `{}` from {}.", scope.filter, thousands(scope.of_responses as u64)).expect(FITS);
    }
    write!(out, " Made {} by {ENGINE}.\n", report.made).expect(FITS);
    for pair in headlines(report) {
        write!(out, "\n**{}.**\n", escape(&pair.sentence)).expect(FITS);
    }
    out.push_str("\n## Models\n\n| place | model | mean score | pass | n |\n|---|---|---:|---:|---:|\n");
    for standing in &analysis.leaderboard.models {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            place(standing),
            escape(named(&standing.model)),
            figure(&standing.score),
            share(&standing.pass_rate),
            thousands(standing.responses as u64)
        )
        .expect(FITS);
    }
    out.push_str(
        "\n## Criteria\n\n| criterion | met | discrimination | correlation with length |\n|---|---:|---:|---:|\n",
    );
    for criterion in &analysis.criteria.criteria {
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            escape(&criterion.name),
            share(&criterion.pass_rate),
            figure(&criterion.discrimination),
            figure(&criterion.with_length)
        )
        .expect(FITS);
    }
    let ranking = &analysis.preferences.together;
    if ranking.verdicts > 0 {
        let n = thousands(ranking.verdicts as u64);
        write!(out, "\n## Preferences\n\n{n} comparisons.\n\n| model | win rate | strength |\n|---|---:|---:|\n")
            .expect(FITS);
        for model in &ranking.models {
            let strength = model.strength.value().map_or_else(|| "–".to_owned(), |strength| format!("{strength:.0}"));
            writeln!(out, "| {} | {} | {strength} |", escape(named(&model.model)), figure(&model.win_rate))
                .expect(FITS);
        }
    }
    let agreement: Vec<_> =
        analysis.agreement.criteria.iter().filter(|criterion| criterion.measures.reviewers > 1).collect();
    if !agreement.is_empty() {
        out.push_str("\n## Agreement\n\n| criterion | raters | same | Krippendorff’s α |\n|---|---:|---:|---:|\n");
        for criterion in agreement {
            let measures = &criterion.measures;
            writeln!(
                out,
                "| {} | {} | {} | {} |",
                escape(&criterion.name),
                measures.reviewers,
                share(&measures.percent),
                figure(&measures.alpha)
            )
            .expect(FITS);
        }
    }
    out.push_str("\nIntervals are 95 %. ");
    if let Some(left_out) = &analysis.comparisons.left_out {
        out.push_str(left_out);
    }
    out.push('\n');
    out
}

/// Words that Markdown takes as they are.
fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

fn figure(figure: &Figure) -> String {
    match (figure.value(), figure.interval()) {
        (Some(value), Some(ends)) => format!("{value:.2} ({:.2} to {:.2})", ends.low, ends.high),
        (Some(value), None) => format!("{value:.2}"),
        (None, _) => "–".to_owned(),
    }
}

fn share(figure: &Figure) -> String {
    figure.value().map_or_else(|| "–".to_owned(), |value| format!("{:.0} %", value * 100.0))
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn names_stay_names() {
        assert_eq!(escape("a|b_c\n<i>"), "a\\|b\\_c \\<i\\>");
    }
}
