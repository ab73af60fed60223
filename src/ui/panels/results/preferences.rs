//! Who wins where people compared responses.

use super::cells::{head_centred, heads, link};
use super::grid::{Grid, Row, footnote, heading, name, nothing, numbers, table, words};
use super::intervals::{Axis, words as figure_words};
use super::{ResultsState, named, to};
use crate::analysis::{Analysis, Figure, Met, Preferred, Ranking};
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::count;
use egui::{Align2, FontId, Ui, vec2};

/// More models than this are not seen at once in the matrix.
const MOST: usize = 16;

/// Beside a track.
const TRACK_GAP: f32 = 12.0;

/// Shows the ranking, the wins of each over each, and whether the place on screen decided.
pub(super) fn show(ui: &mut Ui, analysis: &Analysis, state: &mut ResultsState, actions: &mut Actions) {
    let preferences = &analysis.preferences;
    if preferences.together.verdicts == 0 {
        return super::super::placeholder(
            ui,
            "Nobody has compared responses yet.",
            "Compare two responses to a prompt in the Review layout, or import preferences.",
        );
    }
    let ranking = chosen(ui, analysis, state);
    let t = tokens(ui.ctx());
    let mut said = format!("{} comparisons of {} models", count(ranking.verdicts), count(ranking.models.len()));
    for (n, words) in [
        (preferences.from_rankings, "from rankings"),
        (preferences.both_bad, "both bad, counted as ties"),
        (preferences.same_model, "of one model with itself, left out"),
    ] {
        if n > 0 {
            said.push_str(&format!(" · {} {words}", count(n)));
        }
    }
    ui.label(egui::RichText::new(said).color(t.weak));
    ui.add_space(metrics().space.m);
    standings(ui, ranking, actions);
    let elo = preferences.elo;
    let mut note = format!(
        "Strength is Bradley–Terry’s on Elo’s scale, with its 95 % interval; it does not depend on the order. Elo begins \
         at {}, K = {}, scale {}, in the order of the log. A tie is half a win.",
        elo.start, elo.k, elo.scale
    );
    if let Some(assumed) = &ranking.assumed {
        note.push_str(&format!(" {assumed}"));
    }
    footnote(ui, &note);
    ui.add_space(metrics().space.xl);
    matrix(ui, ranking, actions);
    ui.add_space(metrics().space.xl);
    position(ui, ranking);
}

/// The ranking of everybody, or of the reviewer that was chosen.
fn chosen<'a>(ui: &mut Ui, analysis: &'a Analysis, state: &mut ResultsState) -> &'a Ranking {
    let preferences = &analysis.preferences;
    let of = |who: &Option<String>| preferences.reviewers.iter().find(|ranking| ranking.reviewer == *who);
    if preferences.reviewers.len() > 1 {
        ui.horizontal_wrapped(|ui| {
            ui.label("Of");
            ui.selectable_value(&mut state.reviewer, None, "everybody");
            for ranking in &preferences.reviewers {
                let who = ranking.reviewer.clone().unwrap_or_default();
                ui.selectable_value(&mut state.reviewer, Some(who.clone()), who);
            }
        });
    }
    state.reviewer.as_ref().and_then(|_| of(&state.reviewer)).unwrap_or(&preferences.together)
}

fn standings(ui: &mut Ui, ranking: &Ranking, actions: &mut Actions) {
    let t = tokens(ui.ctx());
    let track = ((ui.available_width() - 640.0) / 2.0).clamp(130.0, 340.0);
    let columns = [
        numbers("", 34.0, ""),
        words("model", 170.0, ""),
        numbers("won", 52.0, ""),
        numbers("tied", 52.0, ""),
        numbers("lost", 52.0, ""),
        numbers("win rate", 70.0, "The share of comparisons it won, a tie as half, with Wilson’s interval."),
        words("", track, ""),
        numbers("strength", 70.0, "Bradley–Terry’s strength on Elo’s scale around 1000."),
        words("", track, ""),
        numbers("Elo", 58.0, "After all comparisons in their order."),
    ];
    let wins = Axis::share();
    let strengths = Axis::around(ranking.models.iter().map(|model| &model.strength));
    let heads = table(ui, "preferred", &columns, ranking.models.iter().enumerate(), |row, (place, model)| {
        row.of(place + 1);
        row.strong(named(&model.model));
        if row.link(format!("Show the responses of {}", named(&model.model))) {
            actions.bench(to(&model.filter));
        }
        model.counts.iter().for_each(|&n| row.of(n as usize));
        row.percent(&model.win_rate);
        marked(row, &wins, &model.win_rate, t.accent, (model, "win rate"));
        let strength = model.strength.value().map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"));
        row.number(&strength, t.text);
        marked(row, &strengths, &model.strength, t.text, (model, "strength"));
        row.number(&format!("{:.0}", model.elo), t.weak);
    });
    wins.head(ui, heads[6].shrink2(vec2(TRACK_GAP, 0.0)));
    strengths.head(ui, heads[8].shrink2(vec2(TRACK_GAP, 0.0)));
}

fn marked(row: &mut Row<'_>, axis: &Axis, figure: &Figure, colour: egui::Color32, (model, what): (&Preferred, &str)) {
    let track = row.cell().shrink2(vec2(TRACK_GAP, 0.0));
    axis.lines(row.ui(), track);
    axis.mark(row.ui(), track, figure, colour);
    row.hint(format!("{}: {what} {}", named(&model.model), figure_words(figure, "comparisons")));
}

/// How often the model of the row won over that of the column.
fn matrix(ui: &mut Ui, ranking: &Ranking, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    heading(ui, "Who beats whom", "The share of comparisons that the model of the row won, a tie as half.");
    let shown = &ranking.models[..ranking.models.len().min(MOST)];
    let cell = ((ui.available_width() - 150.0) / shown.len().max(1) as f32).clamp(62.0, 130.0);
    let grid = Grid::headless(std::iter::once(150.0).chain(shown.iter().map(|_| cell)).collect());
    ui.spacing_mut().item_spacing.y = 1.0;
    let height = heads(ui, shown.iter().map(|model| named(&model.model)), cell);
    let cells = grid.tall_row(ui, height);
    for (cell, model) in cells[1..].iter().zip(shown) {
        head_centred(ui, *cell, named(&model.model), t.weak);
    }
    let met = |row: usize, column: usize| -> Option<(&Met, f64, [u64; 3], usize)> {
        ranking.pairs.iter().find_map(|met| {
            let value = met.win_rate.value()?;
            let [won, tied, lost] = met.counts;
            match met.models {
                models if models == [row, column] => Some((met, value, [won, tied, lost], 0)),
                models if models == [column, row] => Some((met, 1.0 - value, [lost, tied, won], 1)),
                _ => None,
            }
        })
    };
    for (row, model) in shown.iter().enumerate() {
        let cells = grid.row(ui);
        name(ui, cells[0], named(&model.model), false, t.text);
        for (column, cell) in cells[1..].iter().enumerate() {
            let Some((pair, share, [won, tied, lost], side)) = met(row, column) else { continue };
            let sure = pair.win_rate.interval().is_some_and(|ends| ends.low > 0.5 || ends.high < 0.5);
            let colour = if share >= 0.5 { t.good } else { t.bad };
            if sure {
                let strength = 0.12 + 0.76 * (share - 0.5).abs() as f32;
                ui.painter().rect_filled(cell.shrink(1.0), 3.0, colour.gamma_multiply(strength));
            }
            let ink = if sure { t.text } else { t.faint };
            let font = FontId::proportional(m.text.body);
            let words = format!("{:.0} %", share * 100.0);
            ui.painter().text(cell.center(), Align2::CENTER_CENTER, words, font, ink);
            let other = named(&ranking.models[column].model);
            let help = format!("{} over {other}: won {won}, tied {tied}, lost {lost}", named(&model.model));
            if link(ui, *cell, ("met", row, column), help).clicked() {
                actions.bench(to(&pair.filters[side]));
            }
        }
    }
    let mut note = "Tinted where Wilson’s 95 % interval leaves out one half.".to_owned();
    if shown.len() < ranking.models.len() {
        note.push_str(&format!(" The {} best of {} models; filter to see others.", shown.len(), ranking.models.len()));
    }
    footnote(ui, &note);
}

fn position(ui: &mut Ui, ranking: &Ranking) {
    heading(ui, "Does the place decide?", "Whether the response shown first wins more often than the other.");
    let position = &ranking.position;
    let first = match position.first.value() {
        Some(share) => {
            let p = position.p.map(|p| format!("; {}", super::pair::p_words(p))).unwrap_or_default();
            let n = count(position.first.n);
            format!("The response shown first won {:.0} % of {n} decided comparisons{p}.", share * 100.0)
        }
        None => format!("Not known: {}.", position.first.reason().unwrap_or("nothing was decided")),
    };
    nothing(ui, &first);
    if let Some(caution) = position.caution() {
        nothing(ui, caution);
    }
    if let Some(same) = position.same_when_swapped.value() {
        let [one, two] = position.same_place_twice;
        let words = format!(
            "Of {} pairs judged in both orders, {:.0} % came out the same; the place shown first won twice {one} times, \
             the second {two} times.",
            count(position.same_when_swapped.n),
            same * 100.0
        );
        nothing(ui, &words);
    }
}
