//! The rubric as a tree: weights as shares of the whole, live pass rates and spreads, drag to reorder.

use super::colours;
use crate::model::{Edit, Level, NodePath, NodeRef};
use crate::ui::action::{Actions, Pointed};
use crate::ui::theme::{STRONG, metrics, tokens};
use crate::ui::widgets::{meter, number, one_line, percent, sparkline};
use crate::workbench::{Command, Workbench};
use egui::{Align2, DragAndDrop, FontFamily, FontId, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

/// Shows the rubric's own row and every node below it.
pub fn show(ui: &mut Ui, bench: &Workbench, pointed: &mut Pointed, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 2.0;
    root(ui, bench, actions);
    let rubric = bench.project().rubric();
    for ((path, node), share) in rubric.nodes().into_iter().zip(rubric.shares()) {
        row(ui, bench, &path, node, share, pointed, actions);
    }
    if rubric.dimensions.is_empty() {
        ui.add_space(metrics().space.m);
        ui.label(egui::RichText::new("Add a dimension to begin.").color(tokens(ui.ctx()).weak));
    }
}

fn root(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let rubric = bench.project().rubric();
    let name = if rubric.name.is_empty() { "Untitled rubric" } else { &rubric.name };
    let selected = bench.node().depth() == 0;
    let all = &bench.overview().all;
    let mut words = format!("mean {}", number(all.score.map(|score| score.mean)));
    if rubric.pass_mark.is_some() {
        words += &format!("   {} pass", percent(all.passed, all.decided));
    }
    let (rect, response) = base(ui, selected, &format!("Rubric {name}"), &words, Sense::click());
    let (t, m) = (tokens(ui.ctx()), metrics());
    let strong = FontId::new(m.text.body, FontFamily::Name(STRONG.into()));
    ui.painter().text(rect.left_center() + vec2(m.space.m, 0.0), Align2::LEFT_CENTER, name, strong, t.text);
    let small = FontId::proportional(m.text.small);
    ui.painter().text(rect.right_center() - vec2(m.space.m, 0.0), Align2::RIGHT_CENTER, words, small, t.weak);
    if response.clicked() {
        actions.bench(Command::SelectNode(NodePath::root()));
    }
    // Dropped on the rubric, a dimension goes to its end.
    let end = (NodePath::root(), rubric.dimensions.len());
    drop_target(ui, &response, Some(end), rect.bottom(), actions);
}

/// Allocates a row and paints what all rows share. A screen reader speaks `numbers` after the label.
fn base(ui: &mut Ui, selected: bool, label: &str, numbers: &str, sense: Sense) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), metrics().row), sense);
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(numbers.to_owned()),
        ..WidgetInfo::selected(egui::Role::TreeItem, true, selected, label)
    });
    let t = tokens(ui.ctx());
    let fill = match (selected, response.hovered()) {
        (true, _) => Some(t.selection),
        (false, true) => Some(t.hover),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, metrics().radius as f32, fill);
    }
    (rect, response)
}

fn row(
    ui: &mut Ui,
    bench: &Workbench,
    path: &NodePath,
    node: NodeRef<'_>,
    share: f64,
    pointed: &mut Pointed,
    actions: &mut Actions,
) {
    let kind = match node {
        NodeRef::Criterion(_) => "Criterion",
        NodeRef::Dimension(_) => "Dimension",
    };
    let label = format!("{kind} {}", node.name());
    let measured = measured(bench, node);
    let weight = format!("{} of the whole", share_of_whole(node, share));
    let spoken = measured.as_ref().map_or(weight.clone(), |(words, _)| format!("{words}, {weight}"));
    let (rect, response) = base(ui, bench.node() == path, &label, &spoken, Sense::click_and_drag());
    let compiled = &bench.engine().compiled().rubric;
    let colour_of = match node {
        NodeRef::Criterion(_) => compiled.criteria.iter().position(|criterion| criterion.path == *path),
        NodeRef::Dimension(_) => compiled
            .dimensions
            .iter()
            .position(|dimension| dimension.path == *path)
            .and_then(|at| colours::first_criterion(compiled, at)),
    };
    paint(ui, bench, rect, path, node, share, measured, colour_of, pointed);
    if response.hovered()
        && let (NodeRef::Criterion(_), Some(index)) = (node, colour_of)
    {
        pointed.point(index);
    }
    if response.clicked() {
        actions.bench(Command::SelectNode(path.clone()));
    }
    response.dnd_set_drag_payload(path.clone());
    let place = place(ui, &response, rect, path, node);
    if let Some((target, line)) = place {
        drop_target(ui, &response, Some(target), line, actions);
    }
}

/// Where a node dropped at the pointer goes: its parent and index, and where the line is drawn.
fn place(
    ui: &Ui,
    response: &Response,
    rect: Rect,
    path: &NodePath,
    node: NodeRef<'_>,
) -> Option<((NodePath, usize), f32)> {
    let y = ui.input(|input| input.pointer.latest_pos())?.y;
    let (parent, index) = path.parent()?;
    response.dnd_hover_payload::<NodePath>()?;
    let share = (y - rect.top()) / rect.height();
    Some(match node {
        NodeRef::Dimension(dimension) if share > 0.5 || (share > 0.3 && path.depth() > 1) => {
            ((path.clone(), if share > 0.5 { 0 } else { dimension.children.len() }), rect.bottom())
        }
        _ if share <= 0.5 => ((parent, index), rect.top()),
        _ => ((parent, index + 1), rect.bottom()),
    })
}

fn drop_target(ui: &Ui, response: &Response, target: Option<(NodePath, usize)>, line: f32, actions: &mut Actions) {
    let Some((parent, index)) = target else { return };
    if response.dnd_hover_payload::<NodePath>().is_some() {
        let stroke = egui::Stroke::new(2.0, tokens(ui.ctx()).accent);
        ui.painter().hline(response.rect.x_range(), line, stroke);
    }
    if let Some(from) = response.dnd_release_payload::<NodePath>() {
        actions.edit(Edit::MoveNode { from: (*from).clone(), parent, index });
        DragAndDrop::clear_payload(ui.ctx());
    }
}

#[expect(clippy::too_many_arguments, reason = "one row, painted once")]
fn paint(
    ui: &Ui,
    bench: &Workbench,
    rect: Rect,
    path: &NodePath,
    node: NodeRef<'_>,
    share: f64,
    measured: Option<Measured>,
    colour_of: Option<usize>,
    pointed: &Pointed,
) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let compiled = &bench.engine().compiled().rubric;
    let colour = match node {
        NodeRef::Criterion(_) => {
            colour_of.map_or(t.faint, |index| colours::of_criterion(ui.ctx(), bench, compiled, index))
        }
        NodeRef::Dimension(dimension) => bench.dimension_slot(&dimension.id).map_or(t.faint, |slot| t.criterion(slot)),
    };
    let small = FontId::proportional(m.text.small);
    if colour_of.is_some() && pointed.criterion() == colour_of && bench.node() != path {
        ui.painter().rect_filled(rect, m.radius as f32, t.hover);
    }
    let mut x = rect.left() + m.space.m + (path.depth() as f32 - 1.0) * 14.0;
    let is_criterion = matches!(node, NodeRef::Criterion(_));
    if is_criterion {
        let radius = if pointed.criterion().is_some() && pointed.criterion() == colour_of { 6.0 } else { 4.5 };
        ui.painter().circle_filled(pos2(x + 5.0, rect.center().y), radius, colour);
    } else {
        let square = Rect::from_center_size(pos2(x + 5.0, rect.center().y), vec2(9.0, 9.0));
        ui.painter().rect_filled(square, 2.0, colour);
    }
    x += 17.0;
    // From the right: the share of the whole, the pass rate or mean, the spread.
    let mut right = rect.right() - m.space.m;
    let weight_colour = if node.weight() < 0.0 { t.bad } else { t.weak };
    let text = ui.painter().text(
        pos2(right, rect.center().y),
        Align2::RIGHT_CENTER,
        share_of_whole(node, share),
        small.clone(),
        weight_colour,
    );
    right -= 36.0_f32.max(text.width() + m.space.s);
    // A narrow panel has room for the name or the bar; the number says the same.
    if rect.width() > 280.0 {
        let bar = Rect::from_min_max(pos2(right - 44.0, rect.center().y - 2.5), pos2(right, rect.center().y + 2.5));
        meter(ui, bar, share, colour);
        right -= 44.0 + m.space.m;
    }
    right = numbers(ui, bench, rect, right, measured, &small);
    let problem =
        bench.engine().compiled().problems.iter().filter(|problem| problem.node == *path).map(|p| p.level).max();
    if let Some(level) = problem {
        let colour = if level == Level::Error { t.bad } else { t.warning };
        let strong = FontId::new(m.text.body, FontFamily::Name(STRONG.into()));
        right -= m.space.s;
        right -= ui.painter().text(pos2(right, rect.center().y), Align2::RIGHT_CENTER, "!", strong, colour).width()
            + m.space.s;
    }
    let font = if is_criterion {
        FontId::proportional(m.text.body)
    } else {
        FontId::new(m.text.body, FontFamily::Name(STRONG.into()))
    };
    let name = one_line(ui, node.name(), font, t.text, right - x - m.space.s);
    let y = rect.center().y - name.size().y / 2.0;
    ui.painter().galley(pos2(x, y), name, t.text);
}

/// A node's share of the whole, as it is shown.
fn share_of_whole(node: NodeRef<'_>, share: f64) -> String {
    let sign = if node.weight() < 0.0 { "−" } else { "" };
    format!("{sign}{:.0} %", share * 100.0)
}

/// Words, and the counts of a distribution.
type Measured = (String, Option<[u32; 10]>);

/// What is measured of a node, in words, and a criterion's distribution where there is one. While a job runs it is that of
/// the rubric before.
fn measured(bench: &Workbench, node: NodeRef<'_>) -> Option<Measured> {
    let (rubric, overview) = (bench.numbers_rubric(), bench.overview());
    match node {
        NodeRef::Criterion(criterion) => {
            let numbers = overview.criteria.get(rubric.criterion(&criterion.id)?)?;
            if numbers.scored == 0 {
                return Some(("unscored".to_owned(), None));
            }
            Some((format!("met {}", percent(numbers.met, numbers.scored)), Some(numbers.histogram.counts)))
        }
        NodeRef::Dimension(dimension) => {
            let summary = overview.all.dimensions.get(rubric.dimension(&dimension.id)?).copied().flatten()?;
            Some((format!("mean {}", number(Some(summary.mean))), None))
        }
    }
}

/// Paints what is measured of a node, right-aligned at `right`; where it begins.
fn numbers(ui: &Ui, bench: &Workbench, rect: Rect, right: f32, measured: Option<Measured>, font: &FontId) -> f32 {
    let t = tokens(ui.ctx());
    // Numbers of the rubric before are shown faint.
    let colour = if bench.engine().is_fresh() { t.weak } else { t.faint };
    let Some((words, distribution)) = measured else { return right };
    let at = pos2(right, rect.center().y);
    let width = ui.painter().text(at, Align2::RIGHT_CENTER, words, font.clone(), colour).width();
    match distribution {
        Some(counts) if rect.width() > 300.0 => {
            let spark = Rect::from_min_size(
                pos2(right - width.max(54.0) - 40.0, rect.top() + 7.0),
                vec2(34.0, rect.height() - 14.0),
            );
            sparkline(ui, spark, &counts, colour);
            spark.left()
        }
        _ => right - width,
    }
}
