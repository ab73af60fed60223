//! What people said: whom they prefer, how far they agree, and what is worth a second look.

use super::super::links::Links;
use super::super::markup::text;
use super::super::plots::Axis;
use super::super::{Report, named};
use super::{FITS, figure, percent, section, table, words};
use crate::flags::Kind;
use crate::text::thousands;
use std::fmt::Write as _;

/// More judgements than this are not listed.
const MOST: usize = 100;

/// What people rated, in the units of the scales.
pub(super) fn ratings(report: &Report<'_>, links: &Links<'_>) -> String {
    let all = || report.analysis.on_scale.iter().flat_map(|of| of.models.iter().map(move |model| (of, model)));
    let count = all().count();
    if count == 0 {
        return String::new();
    }
    let criteria = &report.analysis.criteria.criteria;
    let mut rows = String::new();
    for (of, model) in all().take(MOST) {
        let name = criteria.iter().find(|criterion| criterion.id == of.id).map_or(&of.id, |criterion| &criterion.name);
        write!(
            rows,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{:.3}</td><td class=\"n\">{}</td></tr>",
            text(name),
            text(&of.scale),
            text(named(&model.model)),
            links.to(&model.rated.filter, "Show the rated responses", &thousands(model.rated.n as u64)),
            if of.is_whole() { thousands(model.sum.round() as u64) } else { format!("{:.2}", model.sum) },
            model.mean,
            model.standard_error.value().map_or_else(|| "–".to_owned(), |error| format!("{error:.3}"))
        )
        .expect(FITS);
    }
    let mut body = table(&["criterion", "scale", "model", "#n", "#sum", "#mean", "#s.e."], &rows);
    let more = if count > MOST {
        format!(" {} more rows are left out.", thousands((count - MOST) as u64))
    } else {
        String::new()
    };
    write!(
        body,
        "<p class=\"note\">In the units of each scale: yes is 1 and no 0, words count from 1. A response counts once. Standard \
         errors as if responses were independent.{more}</p>"
    )
    .expect(FITS);
    section("ratings", "Ratings as they were given", &body)
}

pub(super) fn preferences(report: &Report<'_>, links: &Links<'_>) -> String {
    let preferences = &report.analysis.preferences;
    let ranking = &preferences.together;
    if ranking.verdicts == 0 {
        return String::new();
    }
    let strengths = Axis::around(ranking.models.iter().map(|model| &model.strength));
    let mut rows = String::new();
    for (place, model) in ranking.models.iter().enumerate() {
        let [won, tied, lost] = model.counts.map(thousands);
        write!(
            rows,
            "<tr><td class=\"n\">{}</td><th scope=\"row\">{}</th><td class=\"n\">{won}</td><td class=\"n\">{tied}</td>\
             <td class=\"n\">{lost}</td><td class=\"n\">{}</td><td>{}</td><td class=\"n\">{}</td><td>{}</td>\
             <td class=\"n\">{:.0}</td></tr>",
            place + 1,
            links.to(&model.filter, "Show its responses", &text(named(&model.model))),
            percent(&model.win_rate),
            Axis::SHARE.track(&model.win_rate, "score", &format!("win rate {}", words(&model.win_rate))),
            model.strength.value().map_or_else(|| "–".to_owned(), |strength| format!("{strength:.0}")),
            strengths.track(&model.strength, "pass", &format!("strength {}", words(&model.strength))),
            model.elo
        )
        .expect(FITS);
    }
    let heads = ["#", "model", "#won", "#tied", "#lost", "#win rate", "", "#strength", "", "#Elo"];
    let mut body = table(&heads, &rows);
    let elo = preferences.elo;
    write!(
        body,
        "<p class=\"note\">{} comparisons. Strength is Bradley–Terry’s on Elo’s scale; Elo begins at {}, K = {}, scale {}. \
         A tie is half a win.{}</p>",
        thousands(ranking.verdicts as u64),
        elo.start,
        elo.k,
        elo.scale,
        ranking.assumed.as_ref().map(|assumed| format!(" {}", text(assumed))).unwrap_or_default()
    )
    .expect(FITS);
    if let Some(first) = ranking.position.first.value() {
        write!(
            body,
            "<p>The response shown first won {:.0} % of {} decided comparisons. {}</p>",
            first * 100.0,
            thousands(ranking.position.first.n as u64),
            ranking.position.caution().unwrap_or_default()
        )
        .expect(FITS);
    }
    section("preferences", "Preferences", &body)
}

pub(super) fn agreement(report: &Report<'_>) -> String {
    let agreement = &report.analysis.agreement;
    let criteria = agreement.criteria.iter().map(|criterion| (&*criterion.name, &criterion.measures));
    let all: Vec<_> = criteria
        .chain(std::iter::once(("preferences", &agreement.preferences)))
        .filter(|(_, measures)| measures.reviewers > 1)
        .collect();
    if all.is_empty() {
        return String::new();
    }
    let mut rows = String::new();
    for (name, measures) in all {
        write!(
            rows,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            text(name),
            measures.level,
            measures.reviewers,
            thousands(measures.units as u64),
            percent(&measures.percent),
            figure(&measures.alpha),
            Axis::SHARE.track(&measures.alpha, "score", &format!("alpha {}", words(&measures.alpha))),
            figure(if measures.level == "nominal" { &measures.cohen } else { &measures.cohen_weighted }),
            figure(&measures.fleiss),
            figure(&measures.ac1)
        )
        .expect(FITS);
    }
    let heads = ["on", "scale", "#raters", "#units", "#same", "#α", "", "#κ", "#Fleiss κ", "#AC1"];
    let mut body = table(&heads, &rows);
    body.push_str(
        "<p class=\"note\">α is Krippendorff’s at the level of the scale; κ is Cohen’s, weighted by squares where the \
         scale has an order.</p>",
    );
    section("agreement", "Agreement between reviewers", &body)
}

pub(super) fn attention(report: &Report<'_>, links: &Links<'_>) -> String {
    let flags = &report.analysis.attention.flags;
    let mut body = String::new();
    for (concern, title) in [
        (Kind::Disagree, "Check and people disagree"),
        (Kind::Hasty, "Judged faster than it can be read"),
        (Kind::Drift, "Judged by another standard than before"),
    ] {
        let of: Vec<_> = flags.iter().filter(|flag| flag.kind == concern).collect();
        if of.is_empty() {
            continue;
        }
        write!(body, "<h3>{title}: {}</h3><ul>", thousands(of.len() as u64)).expect(FITS);
        for flag in of.iter().take(MOST) {
            write!(body, "<li>{}</li>", links.to(&flag.filter, "Show this response", &text(&flag.why))).expect(FITS);
        }
        body.push_str("</ul>");
        if of.len() > MOST {
            write!(body, "<p class=\"note\">The first {MOST} of {}.</p>", thousands(of.len() as u64)).expect(FITS);
        }
    }
    section("attention", "Worth a second look", &body)
}
