//! The head of a column: whose response it is, its score, and what made it.

use super::Setting;
use crate::ui::action::Actions;
use crate::ui::panels::{colours, missing};
use crate::ui::theme::{STRONG, metrics, strong, tokens};
use crate::ui::widgets::{Part, elided, number, stacked};
use crate::workbench::{Command, Compare, Comparing, Focus, Workbench};
use egui::text::{LayoutJob, TextFormat};
use egui::{FontFamily, FontId, Rect, RichText, Sense, Ui, WidgetInfo, vec2};

/// What the score and its mark take beside the title, in points.
const SCORE: f32 = 68.0;

/// Shows the head of column `index`, whose column is `rect`.
pub(super) fn show(ui: &mut Ui, setting: &Setting<'_>, index: usize, rect: Rect, actions: &mut Actions) {
    let compare = setting.bench.compare();
    let focus = &compare.columns()[index].focus;
    let (t, m) = (tokens(ui.ctx()), metrics());
    let is_read = compare.focused() == index;
    let rule = Rect::from_min_size(rect.min, vec2(rect.width(), 2.0));
    ui.painter().rect_filled(rule, 1, if is_read { t.accent } else { t.line });
    ui.add_space(m.space.s);
    let title = ui.horizontal(|ui| {
        let font = FontId::new(m.text.heading, FontFamily::Name(STRONG.into()));
        let score = number(focus.card.total.score);
        let room = ui.available_width() - SCORE;
        ui.label(elided(ui, &setting.titles[index], &font, if is_read { t.text } else { t.weak }, room));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            match focus.card.total.passed {
                Some(true) => ui.label(RichText::new("✓").color(t.good)).on_hover_text("It passes."),
                Some(false) => ui.label(RichText::new("✗").color(t.bad)).on_hover_text("It fails."),
                None => ui.label(""),
            };
            ui.label(strong(score, m.text.heading).color(t.accent));
        });
    });
    let click = ui.interact(title.response.rect, ui.scope_id().with("title"), Sense::click());
    let name = format!("Column {}", setting.titles[index]);
    click.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_read, &name));
    let help = format!("{}\nRead this column ({}).", setting.titles[index], index + 1);
    if click.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(help).clicked() {
        actions.bench(Command::Comparing(Comparing::Focus(index)));
    }
    why(ui, setting.bench, focus, Compare::letter(index));
}

/// The score as a bar, what made it in words, and what was looked for in vain: two rows, the rest on pointing.
fn why(ui: &mut Ui, bench: &Workbench, focus: &Focus, letter: &str) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let parts = bench.engine().row(focus.row as usize).map_or(Vec::new(), |score| score.contributions());
    let rubric = &focus.rubric;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), m.bar), Sense::hover());
    let colour = |dimension| colours::of_dimension(ui.ctx(), bench, rubric, dimension);
    let bar = parts.iter().map(|&(dimension, share)| Part { share: share as f32, colour: colour(dimension) });
    stacked(ui, rect, bar);

    let mut job = LayoutJob::default();
    let mut spoken = format!("{letter}: ");
    let mut add = |text: &str, colour| {
        spoken += text;
        job.append(text, 0.0, TextFormat::simple(FontId::proportional(m.text.small), colour));
    };
    for &(dimension, share) in &parts {
        let name = &rubric.dimensions[dimension].name;
        add(&format!("■ {name} {share:+.2}").replace(' ', "\u{a0}"), colour(dimension));
        add("   ", t.weak);
    }
    let total = &focus.card.total;
    if !total.is_complete() {
        add(&format!("{:.0} % scored   ", total.coverage * 100.0), t.warning);
    }
    if let Some(gate) = total.gate {
        add(&format!("gated by {}   ", rubric.criteria[gate].name), t.bad);
    }
    for (index, criterion, words) in missing::unmet(focus) {
        add("■\u{a0}", colours::of_criterion(ui.ctx(), bench, rubric, index));
        add(&format!("{} ", criterion.name), t.text);
        add(&format!("{words}   "), t.weak);
    }
    if job.is_empty() {
        return;
    }
    let whole = job.clone();
    job.wrap = egui::text::TextWrapping { max_width: ui.available_width(), max_rows: 2, ..Default::default() };
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let cut = galley.elided;
    let label = ui.add(egui::Label::new(galley).selectable(false).sense(Sense::hover()));
    label.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &spoken));
    if cut {
        label.on_hover_ui(|ui| {
            ui.set_max_width(420.0);
            ui.label(whole);
        });
    }
}
