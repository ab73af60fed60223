//! The rubric as a guide for people: what is judged, how, and what it is worth. In HTML to print, and in Markdown.

use super::markup::{markdown, text};
use super::page;
use crate::checks::Check;
use crate::checks::params::{ParamValue, param_values};
use crate::model::{Clip, Combine, Criterion, Dimension, Gate, Judge, Node, NodeRef, Rubric, Scale};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writing into a [`String`] does not fail.
const FITS: &str = "a String takes everything";

/// Writes `rubric` as one HTML file to print.
///
/// # Errors
/// Those of `out`.
pub fn guide_html(rubric: &Rubric, out: &mut dyn Write) -> io::Result<()> {
    let title = if rubric.name.is_empty() { "Rubric" } else { &rubric.name };
    page::head(title, out)?;
    write!(
        out,
        "<main class=\"guide\"><header><h1>{}</h1></header>{}</main></body></html>\n",
        text(title),
        body(rubric)
    )
}

/// The rubric as sections of a page.
pub(super) fn body(rubric: &Rubric) -> String {
    let mut out = markdown(&rubric.description);
    write!(out, "<p class=\"note\">{}</p>", text(&rules(rubric))).expect(FITS);
    let shares = rubric.shares();
    for ((path, node), share) in rubric.nodes().into_iter().zip(shares) {
        let level = (path.depth() + 2).min(6);
        let share = format!("{} % of the whole", percent(share));
        match node {
            NodeRef::Dimension(Dimension { name, description, weight, .. }) => {
                write!(
                    out,
                    "<h{level}>{} <small>weight {weight} · {share}</small></h{level}>{}",
                    text(name),
                    markdown(description)
                )
                .expect(FITS);
            }
            NodeRef::Criterion(criterion) => {
                write!(
                    out,
                    "<div class=\"criterion\"><h{level}>{} <small>weight {} · {share}</small></h{level}>{}",
                    text(&criterion.name),
                    criterion.weight,
                    markdown(&criterion.guidance)
                )
                .expect(FITS);
                judged_html(criterion, &mut out);
                let worth = worth(criterion);
                if !worth.is_empty() {
                    write!(out, "<p>{}</p>", text(&worth)).expect(FITS);
                }
                out.push_str("</div>");
            }
        }
    }
    if !rubric.labels.is_empty() {
        out.push_str("<h3>Labels for spans</h3><ul>");
        for label in &rubric.labels {
            write!(out, "<li><b>{}</b> {}</li>", text(&label.name), text(&label.guidance)).expect(FITS);
        }
        out.push_str("</ul>");
    }
    out
}

fn judged_html(criterion: &Criterion, out: &mut String) {
    match &criterion.judge {
        Judge::Human(Scale::Points(points)) => {
            out.push_str("<p>Judged by people, on points:</p><ol class=\"points\">");
            for point in points {
                write!(out, "<li>{}</li>", text(point)).expect(FITS);
            }
            out.push_str("</ol>");
        }
        Judge::Human(scale) => write!(out, "<p>{}</p>", text(&scale_words(scale))).expect(FITS),
        Judge::Check(check) => {
            write!(out, "<p>Judged by a check: {}.</p><ul>", text(&check_words(check))).expect(FITS);
            for (label, value) in parameters(check) {
                write!(out, "<li>{}: {}</li>", text(label), text(&value)).expect(FITS);
            }
            out.push_str("</ul>");
        }
    }
}

/// The rubric as Markdown, as a guide for people.
pub fn guide_markdown(rubric: &Rubric) -> String {
    let title = if rubric.name.is_empty() { "Rubric" } else { &rubric.name };
    let mut out = format!("# {title}\n\n");
    if !rubric.description.trim().is_empty() {
        write!(out, "{}\n\n", rubric.description.trim()).expect(FITS);
    }
    write!(out, "{}\n", rules(rubric)).expect(FITS);
    for ((path, node), share) in rubric.nodes().into_iter().zip(rubric.shares()) {
        let heading = "#".repeat((path.depth() + 1).min(6));
        let (name, weight) = (node.name(), node.weight());
        write!(out, "\n{heading} {name}\n\nWeight {weight}, {} % of the whole.\n", percent(share)).expect(FITS);
        let prose = match node {
            NodeRef::Dimension(dimension) => &dimension.description,
            NodeRef::Criterion(criterion) => &criterion.guidance,
        };
        if !prose.trim().is_empty() {
            write!(out, "\n{}\n", prose.trim()).expect(FITS);
        }
        let NodeRef::Criterion(criterion) = node else { continue };
        match &criterion.judge {
            Judge::Human(Scale::Points(points)) => {
                out.push_str("\nJudged by people, on points:\n\n");
                for (index, point) in points.iter().enumerate() {
                    writeln!(out, "{}. {point}", index + 1).expect(FITS);
                }
            }
            Judge::Human(scale) => write!(out, "\n{}\n", scale_words(scale)).expect(FITS),
            Judge::Check(check) => {
                write!(out, "\nJudged by a check: {}.\n\n", check_words(check)).expect(FITS);
                for (label, value) in parameters(check) {
                    writeln!(out, "- {label}: {value}").expect(FITS);
                }
            }
        }
        let worth = worth(criterion);
        if !worth.is_empty() {
            write!(out, "\n{worth}\n").expect(FITS);
        }
    }
    if !rubric.labels.is_empty() {
        out.push_str("\n## Labels for spans\n\n");
        for label in &rubric.labels {
            writeln!(out, "- **{}** {}", label.name, label.guidance.trim()).expect(FITS);
        }
    }
    out
}

/// How scores come about, in sentences.
fn rules(rubric: &Rubric) -> String {
    let mut out = "The score is the weighted mean of what applies and is scored.".to_owned();
    match rubric.pass_mark {
        Some(mark) => write!(out, " A response passes from {mark} on."),
        None => write!(out, " There is no pass mark."),
    }
    .expect(FITS);
    if rubric.clip == Clip::Mean {
        out.push_str(" Only the mean over responses is kept within 0 to 1; one score may be negative.");
    }
    let people = |node: &Node| matches!(node, Node::Criterion(Criterion { judge: Judge::Human(_), .. }));
    if rubric.dimensions.iter().any(|dimension| any_node(dimension, &people)) {
        out.push_str(match rubric.combine {
            Combine::Mean => " Several ratings of one criterion count by their mean.",
            Combine::Median => " Several ratings of one criterion count by their median.",
            Combine::Majority => " Of several ratings of one criterion the most frequent counts.",
        });
    }
    out
}

fn any_node(dimension: &Dimension, holds: &dyn Fn(&Node) -> bool) -> bool {
    dimension.children.iter().any(|child| match child {
        Node::Dimension(inner) => any_node(inner, holds),
        node => holds(node),
    })
}

fn scale_words(scale: &Scale) -> String {
    match scale {
        Scale::YesNo => "Judged by people: yes or no.".to_owned(),
        Scale::Range { least, most } => format!("Judged by people: a number from {least} (worst) to {most} (best)."),
        Scale::Points(points) => format!("Judged by people: points 1 to {}.", points.len()),
    }
}

fn check_words(check: &Check) -> String {
    check.kind().title.to_lowercase()
}

/// What a check is given, apart from what is empty or off.
fn parameters(check: &Check) -> Vec<(&'static str, String)> {
    let value = |value: &ParamValue| {
        let quoted = |words: &String| format!("“{words}”");
        Some(match value {
            ParamValue::Text(_, words) if words.is_empty() => return None,
            ParamValue::Text(_, words) => quoted(words),
            ParamValue::Texts(list) if list.is_empty() => return None,
            ParamValue::Texts(list) => list.iter().map(quoted).collect::<Vec<_>>().join(", "),
            ParamValue::Flag(false) | ParamValue::Count(None) => return None,
            ParamValue::Flag(true) => "yes".to_owned(),
            ParamValue::Count(Some(count)) => count.to_string(),
            ParamValue::Number(number) => number.to_string(),
            ParamValue::Choice(name, Some(count)) => format!("{name} {count}"),
            ParamValue::Choice(name, None) => (*name).to_owned(),
            ParamValue::Check(inner) => inside(inner),
            ParamValue::Checks(list) => list.iter().map(inside).collect::<Vec<_>>().join("; "),
        })
    };
    param_values(check).into_iter().filter_map(|(param, given)| Some((param.label, value(&given)?))).collect()
}

fn inside(check: &Check) -> String {
    let given: Vec<String> = parameters(check).into_iter().map(|(label, value)| format!("{label}: {value}")).collect();
    format!("{} ({})", check.kind().title, given.join(", "))
}

/// What is unusual about a criterion's worth, in sentences; empty where nothing is.
fn worth(criterion: &Criterion) -> String {
    let mut out: Vec<String> = Vec::new();
    if (criterion.when_unmet, criterion.when_met) != (0.0, 1.0) {
        out.push(format!("Worth {} when not met and {} when met.", criterion.when_unmet, criterion.when_met));
    }
    if criterion.met_at != 1.0 {
        out.push(format!("Counts as met from a value of {} on.", criterion.met_at));
    }
    match criterion.if_unmet {
        Gate::Nothing => {}
        Gate::Cap(cap) => out.push(format!("If it is not met, the response scores at most {cap}.")),
        Gate::Fail => out.push("If it is not met, the response fails.".to_owned()),
    }
    out.join(" ")
}

fn percent(share: f64) -> String {
    let share = share * 100.0;
    if share > 0.0 && share < 0.5 { "<1".to_owned() } else { format!("{share:.0}") }
}
