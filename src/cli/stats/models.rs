//! Models and criteria as text.

use super::Section;
use crate::analysis::{Analysis, Comparison, Comparisons, Method, Redundant};
use crate::cli::table::{Table, number, p_value, percent, plain, printable, with_interval};
use crate::text::thousands;

/// So many comparisons are printed: those of ten models.
const PAIRS: usize = 45;
/// So many models are printed: the best.
const MODELS: usize = 100;

pub(super) fn leaderboard(analysis: &Analysis) -> Vec<Section> {
    let board = &analysis.leaderboard;
    let mut table = Table::new(&["place", "model", "mean score", "n", "pass rate", "length", "missing", "empty"]);
    for standing in board.models.iter().take(MODELS) {
        let place = match standing.ranks {
            Some([best, worst]) if best < worst => format!("{best}–{worst}"),
            Some([best, _]) => best.to_string(),
            None => "–".to_owned(),
        };
        let score = table.cell("mean score", &standing.score, |figure| with_interval(figure, 3));
        let pass = table.cell("pass rate", &standing.pass_rate, percent);
        let length = table.cell("length", &standing.length, |figure| plain(figure, 1));
        table.row(vec![
            place,
            printable(&standing.model),
            score,
            standing.score.n.to_string(),
            pass,
            length,
            standing.missing.n.to_string(),
            standing.empty.n.to_string(),
        ]);
    }
    let how = match board.method {
        Method::Bootstrap { resamples, seed } => format!("{resamples} bootstrap samples of prompts, seed {seed}"),
        Method::Normal => "standard errors between prompts".to_owned(),
    };
    let heading = format!(
        "Models by mean score. Intervals of 95 %: {how}; pass rates: Wilson, as if responses to one prompt were independent"
    );
    let section = Section::new(heading).table(table);
    let hidden = board.models.len().saturating_sub(MODELS);
    let more = (hidden > 0).then(|| {
        let of = thousands(board.models.len() as u64);
        format!("… and {} more of {of} models, which --json lists; these are the best.", thousands(hidden as u64))
    });
    let section = section.say_all(more);
    let ranges = "A place from–to is as far as paired differences allow to tell.";
    let ranged =
        board.models.iter().take(MODELS).any(|standing| standing.ranks.is_some_and(|[best, worst]| best < worst));
    vec![if ranged { section.say(ranges) } else { section }]
}

pub(super) fn comparisons(comparisons: &Comparisons) -> Vec<Section> {
    if comparisons.pairs.is_empty() {
        return Vec::new();
    }
    let mut section = Section::new("Every two models, prompt by prompt")
        .say_all(comparisons.pairs.iter().take(PAIRS).map(|pair| printable(&sentence(pair))));
    if comparisons.pairs.len() > PAIRS {
        let more = thousands((comparisons.pairs.len() - PAIRS) as u64);
        section = section.say(format!("… and {more} more pairs, which --json lists."));
    }
    vec![section.say_all(comparisons.left_out.clone())]
}

/// What can be said, with test and effect.
pub(in crate::cli) fn sentence(pair: &Comparison) -> String {
    let mut figures = Vec::new();
    let holm = pair.test.adjusted.map(|p| ("Holm p", p));
    // Where the difference does not hold among all pairs, the sentence has it.
    let said = pair.sentence.contains("Holm p");
    if let Some((name, p)) = holm.filter(|_| !said).or_else(|| pair.test.p.value().filter(|_| !said).map(|p| ("p", p)))
    {
        figures.push(format!("{name} {}", p_value(Some(p)).replace('<', "< ")));
    }
    figures.extend(pair.effect.value().map(|d| format!("d {}", number(d, 2))));
    let passes = pair.pass.test.adjusted.or(pair.pass.test.p.value());
    if let (Some(share), Some(p)) = (pair.pass.difference.value(), passes) {
        figures.push(format!(
            "passes {} points more, p {}",
            number(100.0 * share, 1),
            p_value(Some(p)).replace('<', "< ")
        ));
    }
    if figures.is_empty() {
        format!("{}.", pair.sentence)
    } else {
        format!("{}; {}.", pair.sentence, figures.join(", "))
    }
}

pub(super) fn parts(analysis: &Analysis) -> Vec<Section> {
    let map = &analysis.heat_map;
    let is_empty = map.cells.iter().flatten().all(|cell| cell.mean.n == 0);
    if is_empty || map.models.len() > 40 {
        return Vec::new();
    }
    // Criteria down and models across, as long as they fit; else in parts.
    const ACROSS: usize = 6;
    let mut sections = Vec::new();
    for (part, models) in map.models.chunks(ACROSS).enumerate() {
        let letters: Vec<&'static str> = ["A", "B", "C", "D", "E", "F"][..models.len()].to_vec();
        let mut table = Table::new(&[&["mean of"][..], &letters].concat());
        for (at, column) in map.columns.iter().enumerate() {
            let name = if column.is_dimension { column.id.clone() } else { format!("  {}", column.id) };
            let mut row = vec![name];
            for model in 0..models.len() {
                let cell = &map.cells[part * ACROSS + model][at];
                row.push(table.cell(&column.id, &cell.mean, |figure| plain(figure, 3)));
            }
            table.row(row);
        }
        let legend = letters.iter().zip(models).map(|(letter, model)| format!("{letter} {}", printable(model)));
        let legend = legend.collect::<Vec<_>>().join(", ");
        sections.push(Section::new(format!("Dimensions and criteria: {legend}")).table(table));
    }
    sections
}

pub(super) fn criteria(analysis: &Analysis) -> Vec<Section> {
    let criteria = &analysis.criteria;
    if criteria.criteria.iter().all(|numbers| numbers.met.n + numbers.unmet.n == 0) {
        return Vec::new();
    }
    let mut table = Table::new(&["criterion", "by", "met", "n", "no value", "mean", "sd", "rest", "score", "length"]);
    for numbers in &criteria.criteria {
        let met = table.cell("met", &numbers.pass_rate, percent);
        let two = |figure: &crate::analysis::Figure| plain(figure, 2);
        let rest = table.cell("rest", &numbers.discrimination, two);
        let score = table.cell("score", &numbers.with_score, two);
        let length = table.cell("length", &numbers.with_length, two);
        let (mean, sd) =
            numbers.raw.map_or(("–".to_owned(), "–".to_owned()), |raw| (number(raw.mean, 3), number(raw.sd, 3)));
        let (scored, unscored) = (numbers.met.n + numbers.unmet.n, numbers.unscored.n);
        table.row(vec![
            numbers.id.clone(),
            numbers.judged_by.to_owned(),
            met,
            scored.to_string(),
            unscored.to_string(),
            mean,
            sd,
            rest,
            score,
            length,
        ]);
    }
    let redundant = |pair: &Redundant| {
        let [one, other] = &pair.criteria;
        format!("{one} and {other} go together ({}): one may do for both.", plain(&pair.correlation, 2))
    };
    let alpha = &criteria.cronbach;
    let section = Section::new("Criteria. Correlations with the rest of the rubric, with the score, with the length")
        .table(table)
        .say_all(criteria.redundant.iter().take(PAIRS).map(redundant));
    let more = criteria.redundant.len().saturating_sub(PAIRS) + criteria.redundant_more;
    let section =
        section.say_all((more > 0).then(|| format!("… and {} more pairs that go together.", thousands(more as u64))));
    vec![match alpha.value() {
        Some(_) => section.say(format!("Cronbach's alpha is {}, n = {}.", with_interval(alpha, 2), alpha.n)),
        None => section.say(format!("There is no Cronbach's alpha: {}.", alpha.reason().unwrap_or_default())),
    }]
}
