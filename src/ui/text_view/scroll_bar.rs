//! A scroll bar for a view that keeps its own position.

use egui::{Rect, Role, Sense, Ui, WidgetInfo, lerp};

/// The shortest a handle gets, in points.
const SHORTEST: f32 = 28.0;

/// The extent of one axis, in points.
pub(super) struct Extent {
    /// 0 for sideways, 1 for up and down.
    pub(super) axis: usize,
    /// How far the view is from the content's start.
    pub(super) offset: f64,
    /// How much of the content the view shows.
    pub(super) view: f64,
    /// How much there is.
    pub(super) content: f64,
}

impl Extent {
    /// The farthest the view can go.
    fn farthest(&self) -> f64 {
        (self.content - self.view).max(0.0)
    }
}

/// Shows a bar in `track`. Returns where a drag or a click wants the view to be; never past the end.
pub(super) fn scroll_bar(ui: &Ui, track: Rect, extent: &Extent) -> Option<f64> {
    let axis = extent.axis;
    let farthest = extent.farthest();
    if farthest < 1.0 || track.size()[axis] <= 0.0 {
        return None;
    }
    let id = ui.scope_id().with(("text_scroll_bar", axis));
    let response = ui.interact(track, id, Sense::drag());
    let name = if axis == 1 { "Scroll the text" } else { "Scroll the text sideways" };
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, ui.is_enabled(), name));

    let length = track.size()[axis];
    let share = (extent.view / extent.content) as f32;
    let handle = (length * share).max(SHORTEST.min(length));
    let travel = length - handle;
    let start = |offset: f64| lerp(0.0..=travel, (offset / farthest).clamp(0.0, 1.0) as f32);

    // Where on the handle it was taken hold of; a press beside it takes hold of its middle.
    let grip_id = id.with("grip");
    let mut offset = extent.offset;
    let mut wanted = None;
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| travel > 0.0) {
        let along = pointer[axis] - track.min[axis];
        let pressed = || {
            let into = along - start(extent.offset);
            if (0.0..=handle).contains(&into) { into } else { handle * 0.5 }
        };
        let grip = ui.data_mut(|data| *data.get_temp_mut_or_insert_with(grip_id, pressed));
        offset = f64::from(((along - grip) / travel).clamp(0.0, 1.0)) * farthest;
        wanted = Some(offset);
    } else {
        ui.data_mut(|data| data.remove::<f32>(grip_id));
    }

    let mut rect = track;
    rect.min[axis] = track.min[axis] + start(offset);
    rect.max[axis] = rect.min[axis] + handle;
    let active = response.hovered() || response.dragged();
    rect = rect.shrink(if active { 1.0 } else { 2.0 });
    let strength = if active { 0.55 } else { 0.28 };
    let color = ui.visuals().text_color().gamma_multiply(strength);
    ui.painter().rect_filled(rect, rect.width().min(rect.height()) * 0.5, color);
    wanted
}
