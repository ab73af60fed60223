//! What each criterion says of each model, and what it tells apart.

use super::super::links::Links;
use super::super::markup::text;
use super::super::{Report, named};
use super::{FITS, figure, percent, section, words};
use crate::text::thousands;
use std::fmt::Write as _;

pub(super) fn heat_map(report: &Report<'_>, links: &Links<'_>) -> String {
    let map = &report.analysis.heat_map;
    if map.columns.is_empty() {
        return String::new();
    }
    let mut rows = String::new();
    for (model, cells) in map.models.iter().zip(&map.cells) {
        write!(rows, "<tr><th scope=\"row\">{}</th>", text(named(model))).expect(FITS);
        for (column, cell) in map.columns.iter().zip(cells) {
            let shown = cell.met.as_ref().unwrap_or(&cell.mean);
            // Tenths, so that a class can stand for the shade.
            let shade = shown.value().map_or(0, |value| (value.clamp(0.0, 1.0) * 10.0).round() as u32);
            let kind = if column.is_dimension { "dimension" } else { "criterion" };
            let number = if column.is_dimension { figure(shown) } else { percent(shown) };
            let title = format!("{}: {} below", column.name, thousands(cell.low.n as u64));
            let link = links.to(&cell.low.filter, &title, &number);
            write!(rows, "<td class=\"n heat h{shade} {kind}\">{link}</td>").expect(FITS);
        }
        rows.push_str("</tr>");
    }
    let names: Vec<String> = map.columns.iter().map(|column| format!("#{}", text(&column.name))).collect();
    let heads: Vec<&str> = std::iter::once("").chain(names.iter().map(String::as_str)).collect();
    let mut body = super::table(&heads, &rows);
    body.push_str("<p class=\"note\">Means of dimensions, and how many responses meet each criterion.</p>");
    section("heat", "Models and criteria", &body)
}

pub(super) fn table_heads() -> [&'static str; 12] {
    [
        "criterion",
        "#met",
        "#mean",
        "#spread",
        "#discrimination",
        "#with score",
        "#with length",
        "#not scored",
        "#precision",
        "#recall",
        "#F1",
        "#κ",
    ]
}

pub(super) fn table_rows(report: &Report<'_>, links: &Links<'_>) -> String {
    let mut rows = String::new();
    for criterion in &report.analysis.criteria.criteria {
        let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), super::two);
        let raw = criterion.raw.as_ref();
        let people = &criterion.against_people;
        let of_people = |shown: &Option<crate::analysis::Figure>| shown.as_ref().map_or_else(|| "–".to_owned(), figure);
        write!(
            rows,
            "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            text(&criterion.name),
            links.to(&criterion.unmet.filter, "Show those that do not meet it", &percent(&criterion.pass_rate)),
            number(raw.map(|raw| raw.mean)),
            number(raw.map(|raw| raw.sd)),
            figure(&criterion.discrimination),
            figure(&criterion.with_score),
            figure(&criterion.with_length),
            match criterion.unscored.n {
                0 => "0".to_owned(),
                n => links.to(&criterion.unscored.filter, "Show those without a value", &thousands(n as u64)),
            },
            of_people(&people.precision),
            of_people(&people.recall),
            of_people(&people.f1),
            of_people(&people.kappa)
        )
        .expect(FITS);
    }
    rows
}

pub(super) fn table(report: &Report<'_>, links: &Links<'_>) -> String {
    let criteria = &report.analysis.criteria;
    if criteria.criteria.is_empty() {
        return String::new();
    }
    let mut body = super::table(&table_heads(), &table_rows(report, links));
    write!(
        body,
        "<p class=\"note\">Discrimination is the correlation with what the other criteria make of a response. Precision, \
         recall, F1 and κ compare a check with people. Cronbach’s α: {}.</p>",
        text(&words(&criteria.cronbach))
    )
    .expect(FITS);
    /// So many pairs are told: the closest.
    const PAIRS: usize = 20;
    for pair in criteria.redundant.iter().take(PAIRS) {
        let named = |id: &str| criteria.criteria.iter().find(|criterion| criterion.id == id);
        let [first, second] = pair.criteria.each_ref().map(|id| named(id).map_or(id, |criterion| &criterion.name));
        write!(
            body,
            "<p>{} and {} mostly say the same: r = {}.</p>",
            text(first),
            text(second),
            text(&words(&pair.correlation))
        )
        .expect(FITS);
    }
    let more = criteria.redundant.len().saturating_sub(PAIRS) + criteria.redundant_more;
    if more > 0 {
        write!(body, "<p class=\"note\">{} more pairs go together less closely.</p>", thousands(more as u64))
            .expect(FITS);
    }
    section("criteria", "Criteria", &body)
}
