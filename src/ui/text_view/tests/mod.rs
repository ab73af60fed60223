//! The widget as a person uses it: pointer, keyboard, wheel, in a window without a renderer.

mod overlays;
mod reading;
mod selecting;
mod sizes;

use super::shaped::Placed;
use super::{LayerStyle, Mark, TextDoc, TextStyleOptions, TextView};
use crate::text::Span;
use egui::{Event, Modifiers, OutputCommand, PointerButton, Pos2, Rect, vec2};
use egui_kittest::Harness;

/// A window with one text, and what the widget said of the last frame.
struct Window {
    doc: TextDoc,
    view: TextView,
    options: TextStyleOptions,
    area: Rect,
    hovered: Vec<usize>,
    clicked: Option<usize>,
    overlaid: Vec<(usize, usize)>,
    selection: Option<Span>,
    selection_at: Option<Rect>,
    scrolled: bool,
    layouts: usize,
    placed: Vec<Placed>,
}

fn mark(start: usize, end: usize, layer: u32) -> Mark {
    Mark { span: Span::new(start..end), layer, violates: layer % 2 == 1 }
}

fn open(text: &str, marks: Vec<Mark>, size: [f32; 2]) -> Harness<'static, Window> {
    let window = Window {
        doc: TextDoc::new(text.into(), marks),
        view: TextView::default(),
        options: TextStyleOptions::default(),
        area: Rect::ZERO,
        hovered: Vec::new(),
        clicked: None,
        overlaid: Vec::new(),
        selection: None,
        selection_at: None,
        scrolled: false,
        layouts: 0,
        placed: Vec::new(),
    };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 60.0)
        .allow_missing_glyphs()
        .build_ui_state(Window::show, window);
    harness.run_steps(3);
    harness
}

impl Window {
    fn show(ui: &mut egui::Ui, window: &mut Self) {
        let theme = crate::ui::theme::tokens_of(egui::Theme::Dark);
        let layers = [0, 1, 2].map(|slot| LayerStyle { color: theme.criterion(slot) });
        let output = window.view.show(ui, &window.doc, &layers, &window.options);
        window.area = output.response.rect;
        window.hovered = output.hovered_marks;
        window.clicked = output.clicked_mark.or(window.clicked);
        window.overlaid = output.hovered_overlays;
        (window.selection, window.selection_at) = (output.selection, output.selection_at);
        window.scrolled = output.scrolled;
        window.layouts = window.view.flow.layouts;
        window.placed = window.view.place(ui, &window.doc, &window.options, &output.response.rect);
    }

    /// Where the character at `byte` is on the screen, if it is visible.
    fn find(&self, byte: usize) -> Option<Rect> {
        let block = self.placed.iter().find(|block| self.doc.blocks.owned(block.block).contains(&byte))?;
        let rect = block.shaped.fragments(&(byte..byte + 1), false).first()?.translate(block.at.to_vec2());
        self.area.contains_rect(rect).then_some(rect)
    }

    #[track_caller]
    fn place(&self, byte: usize) -> Rect {
        self.find(byte).expect("the byte is on the screen")
    }

    /// Just inside the character at `byte`, where a caret is set before it.
    #[track_caller]
    fn before(&self, byte: usize) -> Pos2 {
        self.place(byte).left_center() + vec2(0.5, 0.0)
    }

    fn selected(&self) -> &str {
        self.view.selected_text(&self.doc)
    }
}

fn click(harness: &mut Harness<'_, Window>, at: Pos2, modifiers: Modifiers) {
    harness.event(Event::PointerMoved(at));
    for pressed in [true, false] {
        harness.event_modifiers(
            Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers },
            modifiers,
        );
        harness.step();
    }
}

fn drag(harness: &mut Harness<'_, Window>, from: Pos2, to: Pos2) {
    harness.drag_at(from);
    harness.step();
    harness.hover_at(to);
    harness.step();
    harness.drop_at(to);
    harness.step();
}

/// What is on the clipboard after Ctrl+C.
fn copied(harness: &mut Harness<'_, Window>) -> Option<String> {
    harness.event(Event::Copy);
    harness.step();
    harness.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}
