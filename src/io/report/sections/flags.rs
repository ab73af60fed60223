//! Anomalies of responses: how many of which kind each model has, and from where on something is one.

use super::super::links::Links;
use super::super::markup::text;
use super::super::{Report, named};
use super::{FITS, section as framed, table};
use crate::flags::{Kind, THRESHOLDS};
use crate::text::thousands;
use std::fmt::Write as _;

/// Models that have a column of their own.
const MOST_MODELS: usize = 12;

pub(super) fn section(report: &Report<'_>, links: &Links<'_>) -> String {
    let tally = report.flags;
    let scope = &report.analysis.scope;
    let all = thousands(scope.responses as u64);
    let mut body = if tally.flagged == 0 {
        format!("<p>None of {all} responses looks odd.</p>")
    } else {
        format!(
            "<p>{} of {all} responses have an anomaly that is worth a look. A flag is no verdict and changes no score.</p>",
            links.to(&filter(report, None, "any"), "Show all responses with a flag", &thousands(tally.flagged as u64))
        )
    };
    if tally.flagged > 0 {
        body.push_str(&counts(report, links));
    }
    body.push_str(&thresholds(report));
    framed("flags", "Flags", &body)
}

/// A row a kind, a column a model.
fn counts(report: &Report<'_>, links: &Links<'_>) -> String {
    let (tally, dataset) = (report.flags, report.dataset);
    let having: Vec<u32> = tally.order().iter().copied().filter(|&model| tally.total(model) > 0).collect();
    let shown = &having[..having.len().min(MOST_MODELS)];
    let names: Vec<String> =
        shown.iter().map(|&model| format!("#{}", text(named(&dataset.models()[model as usize])))).collect();
    let mut heads = vec!["flag", "#all"];
    heads.extend(names.iter().map(String::as_str));
    heads.push("what it says");
    let mut rows = String::new();
    for kind in tally.kinds() {
        let (name, id) = (kind.name(), kind.id());
        let all =
            links.to(&filter(report, None, id), &format!("Show all: {name}"), &thousands(tally.of_kind(kind) as u64));
        write!(rows, "<tr><th scope=\"row\">{name}</th><td class=\"n\">{all}</td>").expect(FITS);
        for &model in shown {
            let count = tally.count(kind, model);
            let name = &dataset.models()[model as usize];
            let cell = match count {
                0 => "<span class=\"none\">–</span>".to_owned(),
                count => links.to(
                    &filter(report, Some(name), id),
                    &format!("{} of {} responses of {}", count, tally.total(model), named(name)),
                    &thousands(count as u64),
                ),
            };
            write!(rows, "<td class=\"n\">{cell}</td>").expect(FITS);
        }
        write!(rows, "<td class=\"says\">{}</td></tr>", kind.info().summary).expect(FITS);
    }
    let mut out = table(&heads, &rows);
    let hidden = having.len() - shown.len();
    if hidden > 0 {
        write!(
            out,
            "<p class=\"note\">The {MOST_MODELS} models with the most flags; the other {hidden} have no more than these, \
             and count among all.</p>"
        )
        .expect(FITS);
    }
    out
}

/// The filter that shows what a count is of: within the report's own, as everywhere in it.
fn filter(report: &Report<'_>, model: Option<&str>, id: &str) -> String {
    report.analysis.scope.and_flag(model, id)
}

/// From where on something counted, and what was not looked for.
fn thresholds(report: &Report<'_>) -> String {
    let mut out = "<h3>Thresholds</h3>".to_owned();
    let rows: String = THRESHOLDS
        .iter()
        .map(|threshold| {
            let kinds: Vec<String> = threshold.kinds.iter().map(|kind| kind.name().to_lowercase()).collect();
            format!(
                "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td>{}</td><td class=\"says\">{}</td></tr>",
                threshold.label,
                (threshold.get)(report.thresholds),
                kinds.join(", "),
                threshold.help
            )
        })
        .collect();
    out.push_str(&table(&["threshold", "#value", "decides", "what it is"], &rows));
    if let Some(off) = looked_for(report) {
        write!(out, "<p class=\"note\">{off}</p>").expect(FITS);
    }
    out
}

/// A sentence on the kinds that were not looked for, where there are some.
pub(in super::super) fn looked_for(report: &Report<'_>) -> Option<String> {
    let off: Vec<&str> =
        Kind::ALL.into_iter().filter(|&kind| !report.thresholds.looks_for(kind)).map(Kind::name).collect();
    (!off.is_empty()).then(|| format!("Not looked for: {}.", off.join(", ")))
}
