//! What people said, as text.

use super::Section;
use crate::analysis::{Analysis, Figure, Measures, Preferences, Ranking, Related};
use crate::cli::table::{Table, number, p_value, percent, plain, printable, with_interval};
use crate::flags::Kind;
use crate::text::thousands;

/// So many rows of a table are printed.
const ROWS: usize = 60;

fn three(figure: &Figure) -> String {
    with_interval(figure, 3)
}

/// `1 model`, `2,345 models`.
fn many(n: usize, what: &str) -> String {
    format!("{} {what}{}", thousands(n as u64), if n == 1 { "" } else { "s" })
}

pub(super) fn against_people(analysis: &Analysis) -> Vec<Section> {
    let mut table = Table::new(&["criterion", "n", "precision", "recall", "F1", "kappa"]);
    let mut cautions = Vec::new();
    for numbers in &analysis.criteria.criteria {
        let people = &numbers.against_people;
        let figures = [&people.precision, &people.recall, &people.f1, &people.kappa];
        let [Some(precision), Some(recall), Some(f1), Some(kappa)] = figures else { continue };
        let [precision, recall] =
            [("precision", precision), ("recall", recall)].map(|(name, figure)| table.cell(name, figure, percent));
        let [f1, kappa] = [("F1", f1), ("kappa", kappa)].map(|(name, figure)| table.cell(name, figure, three));
        let n = people.counts.iter().sum::<usize>().to_string();
        table.row(vec![numbers.id.clone(), n, precision, recall, f1, kappa]);
        cautions.extend(people.caution.as_ref().map(|caution| format!("{}: {caution}", numbers.id)));
    }
    let mut sections = Vec::new();
    let checks = Section::new("Checks against people").table(table).say_all(cautions);
    if checks.table.as_ref().is_some_and(|table| !table.to_text().is_empty()) {
        sections.push(checks);
    }
    let people = &analysis.criteria.people;
    let checked = people.overall.spearman.n > 0;
    if people.rated > 0 && checked {
        let mut table = Table::new(&["people on", "n", "Spearman", "Kendall"]);
        for related in people.criteria.iter().chain([&people.overall]) {
            let Related { criterion, spearman, kendall } = related;
            let name = criterion.as_deref().unwrap_or("all together").to_owned();
            let [rho, tau] =
                [("Spearman", spearman), ("Kendall", kendall)].map(|(name, figure)| table.cell(name, figure, three));
            table.row(vec![name, spearman.n.to_string(), rho, tau]);
        }
        sections.push(Section::new("What people rate, against what the checks score").table(table));
    }
    sections
}

/// What was rated, as it is published: sums, means, accuracies.
pub(super) fn on_scale(analysis: &Analysis) -> Vec<Section> {
    let mut table = Table::new(&["criterion", "scale", "model", "n", "sum", "mean", "s.e."]);
    let all = analysis.on_scale.iter().flat_map(|of| of.models.iter().map(move |model| (of, model)));
    for (of, model) in all.clone().take(ROWS) {
        let error = table.cell("s.e.", &model.standard_error, |figure| plain(figure, 4));
        let whole = (model.sum - model.sum.round()).abs() < 1e-6;
        table.row(vec![
            of.id.clone(),
            printable(&of.scale),
            printable(&model.model),
            model.rated.n.to_string(),
            number(model.sum, if whole { 0 } else { 3 }),
            number(model.mean, 4),
            error,
        ]);
    }
    let more = all.count().saturating_sub(ROWS);
    if table.to_text().is_empty() {
        return Vec::new();
    }
    let heading =
        "Ratings in the units of their scales, a response once; standard errors as if responses were independent";
    let more = (more > 0).then(|| format!("… and {} more, which --json lists.", thousands(more as u64)));
    vec![Section::new(heading).table(table).say_all(more)]
}

pub(super) fn preferences(preferences: &Preferences) -> Vec<Section> {
    if preferences.together.verdicts == 0 {
        return Vec::new();
    }
    let elo = preferences.elo;
    let constants = format!("Elo from {}, K {}, scale {}, in the order of time", elo.start, elo.k, elo.scale);
    let mut sections = vec![ranking(&preferences.together, &format!("Preferences. {constants}"))];
    sections[0].sentences.extend((preferences.same_model > 0).then(|| {
        format!("{} of two responses of one model were left out.", many(preferences.same_model, "comparison"))
    }));
    for own in preferences.reviewers.iter().take(ROWS) {
        let name = printable(own.reviewer.as_deref().unwrap_or_default());
        sections.push(ranking(own, &format!("Preferences of {name}")));
    }
    sections
}

fn ranking(ranking: &Ranking, heading: &str) -> Section {
    let mut table = Table::new(&["model", "win rate", "won", "tied", "lost", "Elo", "Bradley–Terry", "strength"]);
    for model in ranking.models.iter().take(ROWS) {
        let rate = table.cell("win rate", &model.win_rate, percent);
        let strength = table.cell("Bradley–Terry", &model.strength, |figure| with_interval(figure, 0));
        let share = table.cell("strength", &model.share, |figure| plain(figure, 4));
        let [won, tied, lost] = model.counts.map(|count| count.to_string());
        table.row(vec![printable(&model.model), rate, won, tied, lost, number(model.elo, 1), strength, share]);
    }
    let mut section = Section::new(format!("{heading}: {}", many(ranking.verdicts, "comparison"))).table(table);
    if ranking.models.len() > ROWS {
        section = section.say(format!("… and {} more models, which --json lists.", ranking.models.len() - ROWS));
    }
    let position = &ranking.position;
    if position.first.value().is_some() {
        let p = p_value(position.p).replace('<', "< ");
        let (share, n) = (percent(&position.first), position.first.n);
        section = section.say(format!("The one shown first won {share} of {n} decided comparisons, p {p}."));
        section = section.say_all(position.caution().map(str::to_owned));
    }
    if position.same_when_swapped.value().is_some() {
        let (same, n) = (percent(&position.same_when_swapped), position.same_when_swapped.n);
        section = section.say(format!("Of {n} pairs judged in both orders {same} came out the same."));
    }
    section.say_all(ranking.assumed.clone())
}

pub(super) fn agreement(analysis: &Analysis) -> Vec<Section> {
    let agreement = &analysis.agreement;
    let mut table = Table::new(&[
        "on",
        "reviewers",
        "units",
        "ratings",
        "same",
        "alpha",
        "level",
        "Fleiss",
        "Cohen",
        "weighted",
        "AC1",
        "ICC",
    ]);
    let add = |table: &mut Table, name: &str, measures: &Measures| {
        let same = table.cell("same", &measures.percent, percent);
        let figures = [
            ("alpha", &measures.alpha),
            ("Fleiss", &measures.fleiss),
            ("Cohen", &measures.cohen),
            ("weighted", &measures.cohen_weighted),
            ("AC1", &measures.ac1),
            ("ICC", &measures.icc),
        ];
        let [alpha, fleiss, cohen, weighted, ac1, icc] = figures.map(|(name, figure)| {
            let show = |figure: &Figure| if name == "alpha" { three(figure) } else { plain(figure, 3) };
            table.cell(name, figure, show)
        });
        let [reviewers, units, ratings] = [measures.reviewers, measures.units, measures.ratings].map(|n| n.to_string());
        let level = measures.level.to_owned();
        table.row(vec![
            name.to_owned(),
            reviewers,
            units,
            ratings,
            same,
            alpha,
            level,
            fleiss,
            cohen,
            weighted,
            ac1,
            icc,
        ]);
    };
    for criterion in agreement.criteria.iter().filter(|criterion| criterion.measures.reviewers > 1) {
        add(&mut table, &criterion.id, &criterion.measures);
    }
    if agreement.preferences.reviewers > 1 {
        add(&mut table, "preferences", &agreement.preferences);
    }
    if table.to_text().is_empty() {
        return Vec::new();
    }
    let section = Section::new("Agreement of reviewers. Krippendorff's alpha at the level of the scale").table(table);
    let ordered = agreement.criteria.iter().filter(|criterion| criterion.measures.level != "nominal");
    let others = ordered.filter_map(|criterion| {
        let Measures { alpha_nominal, alpha_ordinal, alpha_interval, .. } = &criterion.measures;
        alpha_nominal.value()?;
        let levels = [("nominal", alpha_nominal), ("ordinal", alpha_ordinal), ("interval", alpha_interval)];
        let levels = levels.map(|(level, figure)| format!("{level} {}", plain(figure, 3)));
        Some(format!("Alpha of {} at each level: {}.", criterion.id, levels.join(", ")))
    });
    let others: Vec<String> = others.take(ROWS).collect();
    let stale = (agreement.stale > 0)
        .then(|| format!("{} of another guidance or scale do not count here.", many(agreement.stale, "rating")));
    vec![section.say_all(others).say_all(stale).say_all(agreement.left_out.clone())]
}

pub(super) fn reviewers(analysis: &Analysis) -> Vec<Section> {
    let mut table = Table::new(&[
        "reviewer",
        "ratings",
        "compared",
        "agrees with gold",
        "lean",
        "prefers as gold",
        "active h",
        "per h",
    ]);
    for pace in analysis.pace.reviewers.iter().take(ROWS) {
        let name = pace.reviewer.clone().unwrap_or_default();
        let record = analysis.agreement.reviewers.iter().find(|record| record.reviewer == name);
        let Some(record) = record else { continue };
        let gold = table.cell("agrees with gold", &record.agrees_with_gold, percent);
        let lean = table.cell("lean", &record.lean, |figure| with_interval(figure, 2));
        let prefers = table.cell("prefers as gold", &record.prefers_as_gold, percent);
        table.row(vec![
            printable(&name),
            pace.ratings.to_string(),
            pace.preferences.to_string(),
            gold,
            lean,
            prefers,
            number(pace.seconds / 3600.0, 2),
            pace.per_hour.map_or("–".to_owned(), |pace| number(pace, 0)),
        ]);
    }
    let more = analysis.pace.reviewers.len().saturating_sub(ROWS);
    let more = (more > 0).then(|| format!("… and {more} more reviewers, which --json lists."));
    let repeats = analysis.agreement.reviewers.iter().flat_map(|record| {
        record.repeated.iter().map(|again| {
            let (same, n) = (percent(&again.same), many(again.same.n, "response"));
            format!("{} said the same again of {same} of {n} on {}.", printable(&record.reviewer), again.criterion)
        })
    });
    let repeats: Vec<String> = repeats.take(ROWS).collect();
    if table.to_text().is_empty() {
        return Vec::new();
    }
    vec![Section::new("Reviewers").table(table).say_all(repeats).say_all(more)]
}

pub(super) fn attention(analysis: &Analysis) -> Vec<Section> {
    let attention = &analysis.attention;
    let of = |kind: Kind| attention.flags.iter().filter(|flag| flag.kind == kind).count();
    let mut said: Vec<String> = Vec::new();
    for (kind, text) in [
        (Kind::Disagree, "where a check and people judge differently"),
        (Kind::Hasty, "that a reviewer judged faster than it can be read"),
        (Kind::Drift, "that a reviewer judged by another standard than before"),
    ] {
        if of(kind) > 0 {
            said.push(format!("{} {text}.", many(of(kind), "response")));
        }
    }
    let drifting = attention.trends.iter().filter(|trend| trend.drifts);
    said.extend(drifting.map(|trend| {
        let [first, last] = trend.halves;
        let name = printable(&trend.reviewer);
        format!("{name} rated {} against others at first and {} at last.", number(first, 2), number(last, 2))
    }));
    if said.is_empty() { Vec::new() } else { vec![Section::new("Worth a second look").say_all(said)] }
}
