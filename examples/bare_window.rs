//! The least that a window of this toolkit costs: what Rubrica's start and memory are compared with.
//!
//! It opens as large as Rubrica's window and stays. With `--once` it closes after its first frame.

use eframe::{NativeOptions, Renderer};
use egui::{CentralPanel, Ui, ViewportBuilder, ViewportCommand};

struct Bare {
    once: bool,
    painted: bool,
}

impl eframe::App for Bare {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        CentralPanel::default().show(ui, |ui| ui.label("A window"));
        if self.once {
            // The frame in which this is noticed comes after the first one was presented.
            if self.painted {
                ui.ctx().send_viewport_cmd(ViewportCommand::Close);
            }
            self.painted = true;
            ui.ctx().request_repaint();
        }
    }
}

fn main() -> eframe::Result {
    let once = std::env::args().any(|argument| argument == "--once");
    let viewport = ViewportBuilder::default().with_title("Bare").with_inner_size([1440.0, 900.0]);
    let options = NativeOptions { viewport, renderer: Renderer::Glow, ..NativeOptions::default() };
    eframe::run_native("bare", options, Box::new(move |_| Ok(Box::new(Bare { once, painted: false }))))
}
