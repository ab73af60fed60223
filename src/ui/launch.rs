//! Opening the window.

use super::App;
use crate::io::drafts::data_folder;
use crate::workbench::Command;
use eframe::{NativeOptions, Renderer};
use std::path::PathBuf;

/// Opens the window on `paths`, or on the demo when there are none, and returns when it is closed.
///
/// # Errors
/// When the system cannot show a window; the sentence says what is missing.
pub fn run(paths: Vec<PathBuf>) -> Result<(), String> {
    // The toolkit would say so in words of its source code.
    if cfg!(all(unix, not(target_vendor = "apple")))
        && !["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"].into_iter().any(is_given)
    {
        return Err(
            "There is no display to open a window on: neither WAYLAND_DISPLAY nor DISPLAY is set. Start it from a \
             desktop, or use `rubrica score`, `stats` and `report`, which need none; `rubrica --help` lists them."
                .to_owned(),
        );
    }
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png"));
    let mut viewport = egui::ViewportBuilder::default()
        .with_app_id("rubrica")
        .with_title("Rubrica")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([720.0, 480.0])
        .with_drag_and_drop(true);
    if let Ok(icon) = icon {
        viewport = viewport.with_icon(icon);
    }
    let options = NativeOptions { viewport, renderer: Renderer::Glow, ..NativeOptions::default() };
    let open = move |cc: &eframe::CreationContext<'_>| {
        let mut app = App::new(&cc.egui_ctx, cc.storage);
        if let Some(folder) = data_folder() {
            app.bench_mut().keep_in(folder);
        }
        let command = if paths.is_empty() { Command::OpenDemo } else { Command::Open(paths) };
        app.bench_mut().execute(command);
        app.read_keys(&cc.egui_ctx);
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    eframe::run_native("rubrica", options, Box::new(open)).map_err(|error| {
        format!(
            "The window could not be opened: {error}. It needs a display with OpenGL 2 or newer; on Debian or Ubuntu \
             `apt install libgl1 libxkbcommon-x11-0` brings what is often missing. `rubrica score` works without one."
        )
    })
}

/// Whether an environment variable says something.
fn is_given(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}
