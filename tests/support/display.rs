//! A display to open windows on: the one there is, or a private one.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// An X display. A private one ends with this value.
pub(crate) struct Display {
    /// As in the variable `DISPLAY`.
    name: String,
    server: Option<Child>,
}

impl Display {
    /// The display named by `DISPLAY`, or where there is none a new one of 1600 × 1000 pixels from `Xvfb`.
    #[track_caller]
    pub(crate) fn open() -> Self {
        match std::env::var("DISPLAY") {
            Ok(name) if !name.is_empty() => Self { name, server: None },
            _ => Self::private(),
        }
    }

    /// A new display that nobody sees.
    #[track_caller]
    pub(crate) fn private() -> Self {
        // With -displayfd the server itself picks a free number and says so once it takes connections.
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("Xvfb does not start ({error}): install the package xvfb, or set DISPLAY"));
        let mut number = String::new();
        let output = server.stdout.take().expect("its output was piped");
        BufReader::new(output).read_line(&mut number).expect("what Xvfb writes can be read");
        let display = Self { name: format!(":{}", number.trim()), server: Some(server) };
        assert!(!number.trim().is_empty(), "Xvfb ended before it had a display");
        display
    }

    /// Makes `command` open its windows here, painted without a GPU on a private display.
    pub(crate) fn show(&self, command: &mut Command) {
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
        if self.server.is_some() {
            command.env("LIBGL_ALWAYS_SOFTWARE", "1");
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            // Either fails only if the server has ended already.
            server.kill().ok();
            server.wait().ok();
        }
    }
}
