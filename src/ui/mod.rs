//! The window. egui is named only here and in `main`. Views read the workbench and emit commands; nothing is
//! scored, filtered or counted while painting.

mod action;
mod app;
pub mod commands;
mod dialogs;
mod filter_box;
pub mod keys;
mod launch;
mod layout;
mod palette;
mod panels;
pub mod picture;
mod room;
mod saved_filters;
mod status_bar;
mod strip;
pub mod text_view;
pub mod theme;
mod top_bar;
mod widgets;

pub use app::App;
pub use launch::run;
