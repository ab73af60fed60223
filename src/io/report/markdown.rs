//! A short report in Markdown, for an issue or a message.

use super::sections::{headlines, looked_for, place};
use super::{ENGINE, Report, named, title};
use crate::analysis::Figure;
use crate::flags::{FlagSettings, THRESHOLDS};
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
    writeln!(out, " Made {} by {ENGINE}.", report.made).expect(FITS);
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
    flags(report, &mut out);
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

/// Models whose counts stand beside a kind of flag.
const MOST_MODELS: usize = 5;

/// How many responses have which flags, of which models most, and the thresholds that are not the default.
fn flags(report: &Report<'_>, out: &mut String) {
    let tally = report.flags;
    let (found, all) = (thousands(tally.flagged as u64), thousands(report.analysis.scope.responses as u64));
    write!(out, "\n## Flags\n\n{found} of {all} responses have an anomaly that is worth a look.\n").expect(FITS);
    if tally.flagged > 0 {
        out.push_str("\n| flag | responses | most of | what it says |\n|---|---:|---|---|\n");
    }
    for kind in tally.kinds() {
        let mut models: Vec<u32> = tally.order().to_vec();
        models.retain(|&model| tally.count(kind, model) > 0);
        models.sort_by_key(|&model| std::cmp::Reverse(tally.count(kind, model)));
        let name = |&model: &u32| {
            let name = escape(named(&report.dataset.models()[model as usize]));
            format!("{name} {}", thousands(tally.count(kind, model) as u64))
        };
        let most: Vec<String> = models.iter().take(MOST_MODELS).map(name).collect();
        let rest = if models.len() > MOST_MODELS { ", …" } else { "" };
        let (title, count) = (kind.name(), thousands(tally.of_kind(kind) as u64));
        writeln!(out, "| {title} | {count} | {}{rest} | {} |", most.join(", "), kind.info().summary).expect(FITS);
    }
    let defaults = FlagSettings::default();
    let changed: Vec<String> = THRESHOLDS
        .iter()
        .filter(|threshold| (threshold.get)(report.thresholds) != (threshold.get)(&defaults))
        .map(|threshold| format!("`{}` {}", threshold.id, (threshold.get)(report.thresholds)))
        .collect();
    let thresholds = if changed.is_empty() {
        "Thresholds are the default.".to_owned()
    } else {
        format!("Thresholds are the default but {}.", changed.join(", "))
    };
    let off = looked_for(report).map(|off| format!(" {off}")).unwrap_or_default();
    writeln!(out, "\n{thresholds}{off}").expect(FITS);
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
