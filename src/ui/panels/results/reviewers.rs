//! How far people agree: with each other, with themselves, with gold; how fast they are, and what to look at.

use super::grid::{footnote, heading, nothing, numbers, table, words};
use super::to;
use crate::analysis::{Agreement, Analysis, Attention, Measures};
use crate::flags::Kind;
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::count;
use crate::workbench::query::quote;
use egui::Ui;

/// Shows progress, agreement, each reviewer's record, and judgements worth a second look.
pub(super) fn show(ui: &mut Ui, analysis: &Analysis, actions: &mut Actions) {
    if analysis.pace.together.ratings + analysis.pace.together.preferences == 0 {
        return super::super::placeholder(
            ui,
            "Nobody has judged anything yet.",
            "Rate or compare responses in the Review layout, or import judgements.",
        );
    }
    progress(ui, analysis, actions);
    ui.add_space(metrics().space.xl);
    agreement(ui, &analysis.agreement);
    pairs(ui, &analysis.agreement);
    records(ui, &analysis.agreement, actions);
    ui.add_space(metrics().space.xl);
    attention(ui, &analysis.attention, actions);
}

fn progress(ui: &mut Ui, analysis: &Analysis, actions: &mut Actions) {
    let pace = &analysis.pace;
    let t = tokens(ui.ctx());
    heading(ui, "Progress and pace", "What is judged, how long it took, and how long the rest will take.");
    let columns = [
        words("reviewer", 190.0, ""),
        numbers("ratings", 70.0, "Ratings that stand."),
        numbers("preferences", 90.0, "Preferences and rankings that stand."),
        numbers("complete", 80.0, "Responses rated on every criterion for people."),
        numbers("of", 70.0, "Responses looked at."),
        numbers("active", 104.0, "Time at work, without idle time."),
        numbers("an hour", 70.0, "Judgements an active hour."),
        numbers("left", 112.0, "Active time that what is missing takes at this pace."),
    ];
    let all = pace.reviewers.iter().chain((pace.reviewers.len() != 1).then_some(&pace.together));
    table(ui, "progress", &columns, all, |row, reviewed| {
        match &reviewed.reviewer {
            Some(reviewer) => row.strong(reviewer),
            None => row.name("everybody"),
        }
        row.count(reviewed.ratings);
        row.count(reviewed.preferences);
        row.count(reviewed.complete);
        row.of(analysis.scope.responses);
        row.number(&duration(Some(reviewed.seconds).filter(|&seconds| seconds > 0.0)), t.weak);
        row.number(&reviewed.per_hour.map_or_else(|| "–".to_owned(), |pace| format!("{pace:.0}")), t.text);
        row.number(&duration(reviewed.hours_left.map(|hours| hours * 3600.0)), t.weak);
    });
    footnote(ui, &format!("Planned: {:.0} judgements an hour.", pace.planned_per_hour));
    let open: Vec<_> = pace.criteria.iter().filter(|criterion| criterion.open > 0 || criterion.stale > 0).collect();
    if !open.is_empty() {
        ui.add_space(metrics().space.m);
        ui.horizontal_wrapped(|ui| {
            ui.label("Still open:");
            for criterion in open {
                let words = format!("{}: {} open", criterion.name, count(criterion.open));
                if ui.small_button(words).on_hover_text("Show the responses nobody rated on it").clicked() {
                    actions.bench(to(&format!("unscored:{}", quote(&criterion.id))));
                }
                if criterion.stale > 0 {
                    let words = format!("{} stale", count(criterion.stale));
                    ui.label(egui::RichText::new(words).color(t.warning))
                        .on_hover_text("Given under another guidance or scale.");
                }
            }
        });
    }
}

/// `1 h 05 min`, `12 min`, `40 s`.
fn duration(seconds: Option<f64>) -> String {
    let Some(seconds) = seconds else { return "–".to_owned() };
    let minutes = (seconds / 60.0).round() as u64;
    match minutes {
        _ if seconds < 59.5 => format!("{seconds:.0} s"),
        minutes if minutes < 60 => format!("{minutes} min"),
        minutes => format!("{} h {:02} min", count((minutes / 60) as usize), minutes % 60),
    }
}

fn agreement(ui: &mut Ui, agreement: &Agreement) {
    heading(ui, "Agreement", "How far reviewers say the same of the same response.");
    let preferences = Some(("preferences".to_owned(), &agreement.preferences)).filter(|(_, m)| m.units > 0);
    let rows: Vec<(String, &Measures)> = agreement
        .criteria
        .iter()
        .map(|criterion| (criterion.name.clone(), &criterion.measures))
        .chain(preferences)
        .collect();
    if rows.iter().all(|(_, measures)| measures.reviewers < 2) {
        return nothing(ui, "It takes two reviewers of the same responses to agree or not.");
    }
    let columns = [
        words("criterion", 190.0, ""),
        words("scale", 70.0, "How values are compared: as names, by order, or by distance."),
        numbers("raters", 58.0, ""),
        numbers("units", 64.0, "Responses, or pairs of them, that were judged."),
        numbers("same", 58.0, "The share of pairs of judgements that are the same."),
        numbers("α", 58.0, "Krippendorff’s alpha at the level of the scale: 1 is full agreement, 0 is chance."),
        words("", 130.0, "α with its bootstrap interval, from 0 to 1."),
        numbers("κ", 58.0, "Cohen’s kappa of two reviewers; weighted by squares where the scale has an order."),
        numbers("Fleiss κ", 70.0, "Where each unit has the same number of judgements."),
        numbers("AC1", 58.0, "Gwet’s AC1, which does not suffer where nearly all say the same."),
        numbers("ICC", 58.0, "Intraclass correlation ICC(2,1), over units that all judged."),
    ];
    let axis = super::intervals::Axis::share();
    let track = |cell: egui::Rect| cell.shrink2(egui::vec2(12.0, 0.0));
    let heads = table(ui, "agreement", &columns, rows, |row, (criterion, measures)| {
        row.name(&criterion);
        row.weak(measures.level);
        row.of(measures.reviewers);
        row.of(measures.units);
        row.percent(&measures.percent);
        row.figure(&measures.alpha, "units");
        let track = track(row.cell());
        axis.lines(row.ui(), track);
        if measures.alpha.value().is_some() {
            axis.mark(row.ui(), track, &measures.alpha, tokens(row.ui().ctx()).accent);
        }
        let kappa = if measures.level == "nominal" { &measures.cohen } else { &measures.cohen_weighted };
        for shown in [kappa, &measures.fleiss, &measures.ac1, &measures.icc] {
            row.figure(shown, "units");
        }
    });
    axis.head(ui, track(heads[6]));
    let mut note = "Point at a number for its interval and n, or for why there is none.".to_owned();
    if agreement.stale > 0 {
        let stale = count(agreement.stale);
        note.push_str(&format!(" {stale} ratings were given under another guidance or scale and are left out."));
    }
    if let Some(left_out) = &agreement.left_out {
        note.push_str(&format!(" {left_out}"));
    }
    footnote(ui, &note);
}

fn pairs(ui: &mut Ui, agreement: &Agreement) {
    // Of two reviewers the table above says all.
    if agreement.pairs.len() < 2 {
        return;
    }
    ui.add_space(metrics().space.xl);
    heading(ui, "Two by two", "Every two reviewers on what both judged.");
    let columns = [
        words("reviewers", 240.0, ""),
        words("on", 150.0, ""),
        numbers("n", 58.0, ""),
        numbers("same", 58.0, ""),
        numbers("κ", 58.0, "Cohen’s kappa."),
        numbers("weighted", 70.0, "Cohen’s kappa with quadratic weights."),
        numbers("lean", 58.0, "How much higher the first rates, on a scale from 0 to 1."),
    ];
    table(ui, "two by two", &columns, agreement.pairs.iter().take(200), |row, pair| {
        row.name(&format!("{} · {}", pair.reviewers[0], pair.reviewers[1]));
        row.weak(pair.criterion.as_deref().map_or("preferences", |id| named(agreement, id)));
        row.of(pair.percent.n);
        row.percent(&pair.percent);
        row.figure(&pair.kappa, "units");
        row.figure(&pair.weighted, "units");
        row.difference(&pair.lean, "units");
    });
    if agreement.pairs.len() > 200 {
        footnote(ui, &format!("The first 200 of {}; `rubrica stats` has all.", count(agreement.pairs.len())));
    }
}

fn records(ui: &mut Ui, agreement: &Agreement, actions: &mut Actions) {
    let has_record = |record: &&crate::analysis::ReviewerRecord| {
        !record.repeated.is_empty()
            || !record.gold.is_empty()
            || record.repeated_preferences.n > 0
            || record.prefers_as_gold.n > 0
    };
    let records: Vec<_> = agreement.reviewers.iter().filter(has_record).collect();
    if records.is_empty() {
        return;
    }
    ui.add_space(metrics().space.xl);
    heading(ui, "With themselves, and with gold", "Repeated items and items with a gold judgement.");
    let columns = [
        words("reviewer", 190.0, ""),
        words("on", 150.0, ""),
        numbers("same again", 82.0, "The share that came out the same when judged again."),
        numbers("n", 50.0, ""),
        numbers("as gold", 70.0, "The share that agrees with gold exactly."),
        numbers("n", 50.0, ""),
        numbers("lean", 58.0, "How much higher than gold: above 0 is lenient, below strict."),
        numbers("differ", 70.0, "Judgements that differ from gold. Click for the first of them."),
    ];
    let rows = records.into_iter().flat_map(|record| {
        let mut criteria: Vec<&str> = record.repeated.iter().map(|repeated| &*repeated.criterion).collect();
        criteria.extend(record.gold.iter().map(|gold| &*gold.criterion));
        criteria.sort_unstable();
        criteria.dedup();
        let preferences = record.repeated_preferences.n + record.prefers_as_gold.n > 0;
        let of = criteria.into_iter().map(Some).chain(preferences.then_some(None));
        of.map(move |criterion| (record, criterion)).collect::<Vec<_>>()
    });
    table(ui, "records", &columns, rows, |row, (record, criterion)| {
        row.strong(&record.reviewer);
        row.weak(criterion.map_or("preferences", |id| named(agreement, id)));
        let repeated = match criterion {
            Some(id) => record.repeated.iter().find(|repeated| repeated.criterion == id).map(|repeated| &repeated.same),
            None => Some(&record.repeated_preferences),
        };
        let gold = criterion.and_then(|id| record.gold.iter().find(|gold| gold.criterion == id));
        let agrees = if criterion.is_some() { gold.map(|gold| &gold.agrees) } else { Some(&record.prefers_as_gold) };
        for shown in [repeated, agrees] {
            match shown.filter(|figure| figure.n > 0) {
                Some(figure) => {
                    row.percent(figure);
                    row.of(figure.n);
                }
                None => {
                    row.skip();
                    row.skip();
                }
            }
        }
        let Some(gold) = gold else { return };
        row.difference(&gold.lean, "ratings");
        row.count_in(gold.differs, tokens(row.ui().ctx()).warning);
        let on = criterion.map_or("preferences", |id| named(agreement, id));
        let help = format!("The first response on which {} and gold differ on {on}", record.reviewer);
        if let Some(first) = &gold.first_different
            && row.link(help)
        {
            actions.bench(to(first));
        }
    });
}

/// The name of the criterion with this id.
fn named<'a>(agreement: &'a Agreement, id: &'a str) -> &'a str {
    agreement.criteria.iter().find(|criterion| criterion.id == id).map_or(id, |criterion| &criterion.name)
}

/// That nothing was found, and what could not be looked at.
fn nothing_stands_out(attention: &Attention) -> String {
    let mut words = "Nothing was found that speaks against a judgement.".to_owned();
    if attention.speeds.is_empty() {
        words.push_str(" Nobody’s time is known, so nothing can be said of haste.");
    }
    if attention.trends.iter().all(|trend| trend.trend.value().is_none()) {
        words.push_str(" Nobody shares enough ratings with others, at known times, to see a standard move.");
    }
    words
}

fn attention(ui: &mut Ui, attention: &Attention, actions: &mut Actions) {
    heading(ui, "Worth a second look", "Judgements that something speaks against.");
    if attention.flags.is_empty() {
        return nothing(ui, &nothing_stands_out(attention));
    }
    let t = tokens(ui.ctx());
    for (kind, title) in [
        (Kind::Disagree, "Check and people disagree"),
        (Kind::Hasty, "Judged faster than it can be read"),
        (Kind::Drift, "Judged by another standard than before"),
    ] {
        let flags: Vec<_> = attention.flags.iter().filter(|flag| flag.kind == kind).collect();
        if flags.is_empty() {
            continue;
        }
        ui.add_space(metrics().space.s);
        egui::CollapsingHeader::new(format!("{title}: {}", count(flags.len())))
            .id_salt(title)
            .default_open(flags.len() <= 12)
            .show(ui, |ui| {
                for flag in flags.iter().take(100) {
                    let words = egui::RichText::new(&flag.why).color(t.text);
                    let label = egui::Label::new(words).sense(egui::Sense::click()).truncate();
                    let response = ui.add(label).on_hover_cursor(egui::CursorIcon::PointingHand);
                    if response.on_hover_text("Show this response").clicked() {
                        actions.bench(to(&flag.filter));
                    }
                }
                if flags.len() > 100 {
                    footnote(ui, &format!("The first 100 of {}.", count(flags.len())));
                }
            });
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn time_is_said_as_people_say_it() {
        let said = [Some(40.0), Some(725.0), Some(3900.0), Some(3_610_000.0), None].map(duration);
        assert_eq!(said, ["40 s", "12 min", "1 h 05 min", "1,002 h 47 min", "–"]);
    }
}
