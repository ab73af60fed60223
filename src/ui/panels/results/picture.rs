//! A view as a picture: all of it, whatever is in sight.

use super::{ResultsState, body, scope};
use crate::ui::action::Actions;
use crate::ui::picture::Sketch;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::count;
use crate::workbench::{Job, Poll, Workbench};
use egui::{ColorImage, RichText, Ui};
use std::sync::Arc;

/// How far a picture is.
#[derive(Debug, Default)]
pub(super) enum Picture {
    /// None is asked for.
    #[default]
    None,
    /// It is asked for, and waits for the numbers.
    Wanted,
    /// It is being painted.
    Painting(Job<ColorImage>, Whole),
}

/// Whether all of the view is in it.
type Whole = bool;

/// Goes on with the picture that is asked for, if there is one. `width` is that of the panel.
pub(super) fn go_on(ui: &Ui, bench: &mut Workbench, state: &mut ResultsState, width: f32) {
    match std::mem::take(&mut state.picture) {
        Picture::None => {}
        Picture::Wanted if state.view.is_of_analysis() && (bench.analysis().is_none() || bench.is_analysing()) => {
            state.picture = Picture::Wanted;
        }
        Picture::Wanted => {
            let sketch = Sketch::new(ui.ctx(), width, |ui| page(ui, bench, state));
            let (ctx, is_whole) = (ui.ctx().clone(), sketch.is_whole());
            let wake = Arc::new(move || ctx.request_repaint());
            state.picture = Picture::Painting(Job::spawn("Painting", wake, move |_| sketch.paint()), is_whole);
        }
        Picture::Painting(job, is_whole) => match job.poll() {
            Poll::Running => state.picture = Picture::Painting(job, is_whole),
            Poll::Done(image) => {
                bench.say(said(image.size, is_whole));
                ui.ctx().copy_image(image);
            }
            Poll::Lost => bench.say("The picture could not be painted; copy the view as rows instead."),
        },
    }
}

fn said([width, height]: [usize; 2], is_whole: bool) -> String {
    let size = format!("{} × {} pixels", count(width), count(height));
    match is_whole {
        true => format!("Copied a picture of the whole view: {size}."),
        false => format!(
            "Copied a picture of the first {size}: the view is longer than a picture may be. Rows are all there."
        ),
    }
}

/// The view below a line that says what it is of.
fn page(ui: &mut Ui, bench: &Workbench, state: &mut ResultsState) {
    let project = bench.project().name();
    let title = [state.view.name(), project].join(if project.is_empty() { "" } else { " · " });
    ui.label(strong(title, metrics().text.heading));
    let (listed, all) = (bench.listed().len(), bench.project().dataset().responses().len());
    let mut of = match bench.analysis().filter(|_| state.view.is_of_analysis()) {
        Some(analysis) => scope(analysis),
        None if listed < all => format!("n = {} of {} responses", count(listed), count(all)),
        None => format!("n = {} responses", count(all)),
    };
    let filter = bench.filter().text().trim();
    if !filter.is_empty() {
        of.push_str(&format!(" · filter: {filter}"));
    }
    ui.label(RichText::new(of).color(tokens(ui.ctx()).weak));
    ui.add_space(metrics().space.l);
    // Nobody clicks in a picture.
    body(ui, bench, state, &mut Actions::default());
}
