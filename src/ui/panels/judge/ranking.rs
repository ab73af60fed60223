//! Ranking three or four: by keys, by clicks, or by dragging between ranks.

use super::rating::keys_of;
use super::{JudgeState, boxed, reason, small};
use crate::ui::action::Actions;
use crate::ui::commands::{JudgeCommand, UiCommand};
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::session::alias;
use crate::workbench::{Command, SessionCommand, Workbench};
use egui::{
    DragAndDrop, FontId, Frame, Id, Margin, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

pub(super) fn show(ui: &mut Ui, bench: &Workbench, state: &mut JudgeState, actions: &mut Actions) {
    let judging = bench.judging();
    let n = judging.rows().len();
    boxed(ui, tokens(ui.ctx()).accent, |ui| {
        ui.label(strong("Rank them, the best first", metrics().text.heading));
        let words = "Press the number of the best, then of the next best; or click. Or drag them: onto a rank for a tie, between \
                     ranks for one of its own.";
        ui.label(small(ui, words));
        ui.add_space(metrics().space.s);
        ui.horizontal_wrapped(|ui| {
            let placed = |place: usize| judging.placing().groups().iter().flatten().any(|&known| known == place);
            for place in (0..n).filter(|&place| !placed(place)) {
                let keys = keys_of(ui, JudgeCommand::Place(place as u8 + 1)).unwrap_or_default();
                let words = format!("{}  {keys}", alias(place));
                let item = ui.dnd_drag_source(drag_id(place), place, |ui| ui.button(words));
                if item.inner.clicked() {
                    actions.bench(Command::Session(SessionCommand::Place(place)));
                }
            }
        });
        ranks(ui, bench, actions);
        ui.horizontal_wrapped(|ui| {
            let placing = judging.placing();
            let mut button = |words: &str, command: JudgeCommand, enabled: bool| {
                let keys = keys_of(ui, command).map_or_else(String::new, |keys| format!("  {keys}"));
                let button = ui.add_enabled(enabled, egui::Button::new(format!("{words}{keys}")));
                if button.on_hover_text(command.info().help).clicked() {
                    actions.ui(UiCommand::Judge(command));
                }
            };
            button("Save", JudgeCommand::SaveRanking, placing.ranks(n).is_some());
            button("Tie", JudgeCommand::TieWithLast, !placing.groups().is_empty());
            button("Back", JudgeCommand::Unplace, !placing.groups().is_empty());
        });
        reason(ui, state, "Why? Optional.");
    });
}

fn drag_id(place: usize) -> Id {
    Id::unique("ranked").with(place)
}

/// Where a response that is dragged would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drop {
    /// To a rank of its own before this group.
    Before(usize),
    /// To this group: as good as those in it.
    With(usize),
}

/// The ranks so far. A response dropped on a rank ties with it, one dropped between two has a rank of its own.
fn ranks(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let placing = bench.judging().placing();
    let groups = placing.groups();
    let is_whole = groups.iter().flatten().count() == bench.judging().rows().len();
    let mut rows = Vec::new();
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = metrics().space.s;
        for at in 0..groups.len() {
            let is_tie = placing.is_tie() && at + 1 == groups.len();
            rows.push(rank(ui, rank_of(groups, at), &groups[at], if is_tie { "= …" } else { "" }));
        }
        if !is_whole {
            rows.push(rank(ui, rank_of(groups, groups.len()), &[], "next"));
        }
    });
    let Some(place) = DragAndDrop::payload::<usize>(ui.ctx()) else { return };
    let pointer = ui.input(|input| input.pointer.interact_pos());
    let drop = pointer.and_then(|pointer| drop_at(&rows, groups.len(), pointer));
    let Some(drop) = drop.filter(|drop| moves(groups, *place, *drop)) else { return };
    show_drop(ui, &rows, groups, *place, drop);
    if ui.input(|input| input.pointer.any_released()) {
        DragAndDrop::clear_payload(ui.ctx());
        actions.bench(Command::Session(match drop {
            Drop::Before(at) => SessionCommand::MovePlace(*place, at),
            Drop::With(at) => SessionCommand::TiePlace(*place, at),
        }));
    }
}

/// The rank of group `at`: one more than there are better ones.
fn rank_of(groups: &[Vec<usize>], at: usize) -> usize {
    1 + groups[..at].iter().map(Vec::len).sum::<usize>()
}

/// One rank with those on it, each to be dragged; where it is.
fn rank(ui: &mut Ui, rank: usize, group: &[usize], words: &str) -> Rect {
    let t = tokens(ui.ctx());
    let frame = Frame::new().fill(t.panel).corner_radius(metrics().radius).inner_margin(Margin::same(4));
    let row = frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(small(ui, format!("{rank}.")));
            for (index, &place) in group.iter().enumerate() {
                if index > 0 {
                    ui.label(small(ui, "="));
                }
                let words = strong(alias(place), metrics().text.body);
                ui.dnd_drag_source(drag_id(place), place, |ui| ui.button(words));
            }
            if !words.is_empty() {
                ui.label(small(ui, words));
            }
        });
    });
    row.response.rect
}

/// What dropping at `pointer` does: the middle of a rank ties, its edges and what lies between ranks separate. The last of
/// `rows` may be the rank that nobody has yet.
fn drop_at(rows: &[Rect], groups: usize, pointer: Pos2) -> Option<Drop> {
    let (first, last) = (rows.first()?, rows.last()?);
    let reach = first.union(*last).expand(first.height() * 0.5);
    if !reach.contains(pointer) {
        return None;
    }
    let edge = first.height() * 0.22;
    let middle = |row: &Rect| row.shrink2(vec2(0.0, edge)).y_range().contains(pointer.y);
    match rows[..groups].iter().position(middle) {
        Some(at) => Some(Drop::With(at)),
        None => Some(Drop::Before(rows[..groups].iter().filter(|row| row.center().y < pointer.y).count())),
    }
}

/// Whether `drop` changes where the response at `place` stands.
fn moves(groups: &[Vec<usize>], place: usize, drop: Drop) -> bool {
    let from = groups.iter().position(|group| group.contains(&place));
    match (from, drop) {
        (Some(from), Drop::With(to)) => from != to,
        (Some(from), Drop::Before(to)) => groups[from].len() > 1 || (to != from && to != from + 1),
        (None, _) => true,
    }
}

/// Shows what letting go would do.
fn show_drop(ui: &Ui, rows: &[Rect], groups: &[Vec<usize>], place: usize, drop: Drop) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let painter = ui.painter();
    let (words, line) = match drop {
        Drop::With(at) => {
            let row = rows[at];
            painter.rect_stroke(row, f32::from(m.radius), Stroke::new(2.0, t.accent), StrokeKind::Inside);
            let others: Vec<String> = groups[at].iter().map(|&other| alias(other)).collect();
            (format!("{} = {}", others.join(" = "), alias(place)), row.center().y)
        }
        Drop::Before(at) => {
            let y = match (at.checked_sub(1).map(|above| rows[above]), rows.get(at)) {
                (Some(above), Some(below)) => (above.bottom() + below.top()) * 0.5,
                (Some(above), None) => above.bottom() + m.space.xs,
                (None, _) => rows[0].top() - m.space.xs,
            };
            painter.hline(rows[0].x_range(), y, Stroke::new(2.0, t.accent));
            (format!("{} alone", alias(place)), y)
        }
    };
    let galley = painter.layout_no_wrap(words.clone(), FontId::proportional(m.text.small), t.on_accent);
    let size = galley.size() + vec2(m.space.m, m.space.xs) * 2.0;
    let chip = Rect::from_min_size(pos2(rows[0].right() - size.x - m.space.s, line - size.y * 0.5), size);
    let label = ui.interact(chip, ui.scope_id().with("drop"), Sense::hover());
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    painter.rect_filled(chip, f32::from(m.radius), t.accent);
    painter.galley(chip.min + vec2(m.space.m, m.space.xs), galley, t.on_accent);
}

#[cfg(test)]
mod tests {
    use super::{Drop, drop_at, moves};
    use egui::{Rect, pos2};

    #[test]
    fn the_middle_of_a_rank_ties_and_what_lies_between_separates() {
        // Two ranks and the one that nobody has yet, 30 high and 4 apart.
        let rows = [0.0, 34.0, 68.0].map(|top| Rect::from_min_max(pos2(0.0, top), pos2(200.0, top + 30.0)));
        let cases = [
            (-10.0, Some(Drop::Before(0))),
            (3.0, Some(Drop::Before(0))),
            (15.0, Some(Drop::With(0))),
            (28.0, Some(Drop::Before(1))),
            (32.0, Some(Drop::Before(1))),
            (37.0, Some(Drop::Before(1))),
            (49.0, Some(Drop::With(1))),
            (66.0, Some(Drop::Before(2))),
            (83.0, Some(Drop::Before(2))),
            (200.0, None),
        ];
        for (y, expected) in cases {
            assert_eq!(drop_at(&rows, 2, pos2(100.0, y)), expected, "at {y}");
        }
        assert_eq!(drop_at(&rows, 2, pos2(400.0, 15.0)), None, "beside the ranks");
        assert_eq!(drop_at(&rows[2..], 0, pos2(9.0, 80.0)), Some(Drop::Before(0)), "the first of all");
    }

    #[test]
    fn where_one_stands_already_is_no_move() {
        let groups = [vec![0], vec![1, 2]];
        let cases = [
            (0, Drop::With(0), false),
            (0, Drop::Before(0), false),
            (0, Drop::Before(1), false),
            (0, Drop::Before(2), true),
            (0, Drop::With(1), true),
            (1, Drop::With(1), false),
            (1, Drop::Before(1), true),
            (1, Drop::Before(2), true),
            (3, Drop::With(0), true),
        ];
        for (place, drop, expected) in cases {
            assert_eq!(moves(&groups, place, drop), expected, "{place} {drop:?}");
        }
    }
}
