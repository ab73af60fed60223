//! The queue of a session, in the place of the list of responses: while judging blind, nothing else may be seen there.

use crate::model::review::Mode;
use crate::ui::action::Actions;
use crate::ui::panels::judge::start::title;
use crate::ui::theme::{STRONG, metrics, tokens};
use crate::ui::widgets::{VirtualRows, count, one_line};
use crate::workbench::session::Session;
use crate::workbench::{Command, SessionCommand, Workbench};
use egui::{Align2, Color32, FontFamily, FontId, Rect, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

/// What the queue remembers between frames.
#[derive(Debug, Default)]
pub struct QueueState {
    followed: Option<usize>,
    rows: VirtualRows,
}

/// Shows the queue of `session`, which runs or waits.
pub fn show(ui: &mut Ui, bench: &Workbench, session: &Session, state: &mut QueueState, actions: &mut Actions) {
    let t = tokens(ui.ctx());
    let progress = bench.judging().progress();
    ui.label(RichText::new(title(session)).color(t.weak));
    ui.label(RichText::new(format!("{} of {} done", count(progress.done), count(progress.items))).color(t.weak));
    ui.add_space(metrics().space.s);
    let height = metrics().row + metrics().space.l;
    if state.followed != bench.judging().at() {
        state.followed = bench.judging().at();
        state.followed.into_iter().for_each(|at| state.rows.reveal(at, height));
    }
    state.rows.show(ui, session.items.len(), height, |ui, at, rect| {
        if row(ui, bench, session, at, rect) {
            actions.bench(Command::Session(SessionCommand::Go(at)));
        }
    });
}

fn row(ui: &Ui, bench: &Workbench, session: &Session, at: usize, rect: Rect) -> bool {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let judging = bench.judging();
    let response = ui.interact(rect, ui.scope_id().with(("item", at)), Sense::click());
    let (is_here, is_done) = (judging.at() == Some(at), judging.is_done(at));
    let state = match (is_done, session.is_skipped(at)) {
        (true, _) => "done",
        (false, true) => "skipped",
        (false, false) => "open",
    };
    response
        .widget_info(|| WidgetInfo::selected(egui::Role::ListItem, true, is_here, format!("Item {}, {state}", at + 1)));
    let fill = match (is_here, response.hovered()) {
        (true, _) => Some(t.selection),
        (false, true) => Some(t.hover),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect.shrink2(vec2(0.0, 1.0)), f32::from(m.radius), fill);
    }
    let inner = rect.shrink2(vec2(m.space.m, m.space.s));
    let strong = FontId::new(m.text.body, FontFamily::Name(STRONG.into()));
    let number = ui.painter().text(inner.left_center(), Align2::LEFT_CENTER, count(at + 1), strong, t.text);
    let (mark, colour) = match state {
        "done" => ("✓", t.good),
        "skipped" => ("–", t.warning),
        _ => ("", t.faint),
    };
    let font = FontId::proportional(m.text.body);
    let mark = ui.painter().text(inner.right_center(), Align2::RIGHT_CENTER, mark, font, colour);
    let left = (inner.left() + 28.0).max(number.right() + m.space.m);
    let room = mark.left() - m.space.m - left;
    let lines = words(bench, session, at).into_iter().filter(|words| !words.is_empty());
    let colours = if is_done && !is_here { [t.faint, t.faint] } else { [t.text, t.weak] };
    let line =
        |(words, colour): (String, Color32)| one_line(ui, &words, FontId::proportional(m.text.small), colour, room);
    let lines: Vec<_> = lines.zip(colours).map(line).collect();
    let mut top = inner.center().y - lines.iter().map(|line| line.size().y).sum::<f32>() * 0.5;
    for line in lines {
        let height = line.size().y;
        ui.painter().galley(pos2(left, top), line, t.text);
        top += height;
    }
    response.clicked()
}

/// What is asked: the prompt, and below it, where names may be seen, of which models; of a dispute, on what as well.
fn words(bench: &Workbench, session: &Session, at: usize) -> [String; 2] {
    let dataset = bench.project().dataset();
    let rows: Vec<u32> = session.items[at].responses.iter().filter_map(|id| bench.row_index().row(id)).collect();
    let Some(&first) = rows.first() else { return ["not in the project any more".to_owned(), String::new()] };
    let prompt = dataset.prompt_of(first as usize);
    let asked = match dataset.text(prompt.text) {
        "" => dataset.text(prompt.id),
        text => text,
    };
    let models: Vec<&str> = match bench.is_blind() {
        true => Vec::new(),
        false => rows.iter().map(|&row| dataset.model_of(row as usize)).collect(),
    };
    let mut below = vec![models.join(" / ")];
    if session.mode == Mode::Adjudicate {
        // The same response may be disputed more than once.
        let criteria = session.items[at].criteria.iter().filter_map(|id| bench.human_criterion(id));
        below.extend(criteria.map(|criterion| criterion.name.clone()));
    }
    below.retain(|words| !words.is_empty());
    [asked.to_owned(), below.join(" · ")]
}
