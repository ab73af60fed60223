//! Drives the real window as a person would, through eframe's inspection protocol: finds what is on
//! screen by role and label, clicks, types, and takes pictures.
//!
//! Every method panics with what was expected and what was there instead; none waits for ever.

use super::display::Display;
use egui::accesskit::{Node, NodeId, Role, TreeUpdate};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect};
use egui_inspection::protocol::{Request, Response, read_handshake, read_message, write_message};
use egui_inspection::{INSPECTION_ENV_VAR, PROTOCOL_VERSION};
use image::RgbaImage;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long anything may take: a cold start on a slow machine without a GPU takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(20);
/// How many frames an interaction may take to come to rest.
const MAX_STEPS: u64 = 120;

/// A running program with a window; it ends with this value.
pub(crate) struct Window {
    program: Child,
    peer: TcpStream,
    /// Settings and data of the program: empty at first, never those of whoever runs the test.
    home: TempDir,
    /// Kept because the window needs it to the end.
    _display: Display,
}

/// One thing on screen, as assistive technology sees it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    /// What it is.
    pub(crate) role: Role,
    /// What it is called; empty for what has no name.
    pub(crate) label: String,
    /// What it holds: the text of a field, the number of a slider.
    pub(crate) value: Option<String>,
    /// Where it is, in points; None for what takes no room.
    pub(crate) rect: Option<Rect>,
    /// Whether it is greyed out.
    pub(crate) disabled: bool,
}

impl Window {
    /// Starts `command` and waits until its window answers. The program must have eframe's feature
    /// `inspection`.
    ///
    /// Several windows can run at once: each gets a port and a home of its own.
    #[track_caller]
    pub(crate) fn start(command: &mut Command) -> Self {
        let display = Display::open();
        let home = tempfile::tempdir().expect("a temporary folder can be made");
        let address = free_port();
        display.show(command);
        for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
            command.env(variable, home.path());
        }
        let mut program = command
            .env(INSPECTION_ENV_VAR, address.to_string())
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        let peer = match connect(&mut program, address) {
            Ok(peer) => peer,
            Err(reason) => {
                stop(&mut program);
                panic!("{command:?} shows no window: {reason}");
            }
        };
        Self { program, peer, home, _display: display }
    }

    /// Where the program keeps its settings and data.
    pub(crate) fn home(&self) -> &std::path::Path {
        self.home.path()
    }

    /// Everything on screen, from top to bottom and left to right; what takes no room comes last.
    #[track_caller]
    pub(crate) fn items(&mut self) -> Vec<Item> {
        match self.call(&Request::GetTree) {
            Response::Tree { accesskit: Some(tree), .. } => {
                // The tree itself is in no order that two runs share.
                let mut items: Vec<_> = tree.nodes.iter().map(|(_, node)| item(node, &tree)).collect();
                let place = |item: &Item| item.rect.map_or([f32::INFINITY; 2], |rect| [rect.min.y, rect.min.x]);
                items.sort_by(|a, b| place(a).partial_cmp(&place(b)).expect("bounds are numbers"));
                items
            }
            other => panic!("asked for the tree, got {other:?}"),
        }
    }

    /// The first thing on screen of that role and label.
    #[track_caller]
    pub(crate) fn find(&mut self, role: Role, label: &str) -> Option<Item> {
        self.items().into_iter().find(|item| item.role == role && item.label == label)
    }

    /// Waits until something on screen has that role and label.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, role: Role, label: &str) -> Item {
        self.wait_until(&format!("{role:?} {label:?}"), |item| item.role == role && item.label == label)
    }

    /// Waits until something on screen, whatever its role, contains `text` in its label or value.
    #[track_caller]
    pub(crate) fn wait_for_text(&mut self, text: &str) -> Item {
        self.wait_until(&format!("text {text:?}"), |item| {
            item.label.contains(text) || item.value.as_ref().is_some_and(|value| value.contains(text))
        })
    }

    /// Waits until `wanted` holds for something on screen; `description` is for the message if it never does.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, description: &str, wanted: impl Fn(&Item) -> bool) -> Item {
        let start = Instant::now();
        loop {
            let items = self.items();
            if let Some(found) = items.iter().find(|item| wanted(item)) {
                return found.clone();
            }
            if start.elapsed() > PATIENCE {
                let named: Vec<_> = items.iter().filter(|item| !item.label.is_empty()).collect();
                panic!("no {description} on screen after {PATIENCE:?}; there is {named:#?}");
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Waits for something of that role and label, and clicks its middle.
    #[track_caller]
    pub(crate) fn click(&mut self, role: Role, label: &str) {
        let item = self.wait_for(role, label);
        assert!(!item.disabled, "{role:?} {label:?} cannot be clicked: it is disabled");
        let rect = item.rect.unwrap_or_else(|| panic!("{role:?} {label:?} takes no room on screen"));
        self.click_at(rect.center());
    }

    /// Clicks at a place, in points.
    #[track_caller]
    pub(crate) fn click_at(&mut self, pos: Pos2) {
        // One frame each, as from a hand: what opens under the pointer must see it arrive first.
        self.send(vec![Event::PointerMoved(pos)]);
        for pressed in [true, false] {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            self.send(vec![Event::PointerButton { pos, button, pressed, modifiers }]);
        }
        self.settle();
    }

    /// Types into whatever has the keyboard.
    #[track_caller]
    pub(crate) fn type_text(&mut self, text: &str) {
        self.send(vec![Event::Text(text.to_owned())]);
        self.settle();
    }

    /// Presses and releases a key with `modifiers` held.
    #[track_caller]
    pub(crate) fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.send([true, false].map(|pressed| key_event(modifiers, key, pressed)).into());
        self.settle();
    }

    /// Presses and releases a key, and does not wait for what comes of it; whether the window still took it.
    pub(crate) fn try_press(&mut self, modifiers: Modifiers, key: Key) -> bool {
        let events = [true, false].map(|pressed| key_event(modifiers, key, pressed)).into();
        matches!(self.try_call(&Request::ApplyEvents { events }), Ok(Response::Done))
    }

    /// Everything on screen, or `None` where the program has died.
    pub(crate) fn try_items(&mut self) -> Option<Vec<Item>> {
        match self.try_call(&Request::GetTree) {
            Ok(Response::Tree { accesskit: Some(tree), .. }) => {
                Some(tree.nodes.iter().map(|(_, node)| item(node, &tree)).collect())
            }
            _ => None,
        }
    }

    /// The number of the program's process.
    pub(crate) fn process(&self) -> u32 {
        self.program.id()
    }

    /// Gives the window another size, in points. A window manager may have its own idea.
    #[track_caller]
    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        match self.call(&Request::Resize { width, height }) {
            Response::Done => self.settle(),
            other => panic!("asked for another size, got {other:?}"),
        }
    }

    /// Waits until the window asks for no further frame. One that moves for ever is left after
    /// [`MAX_STEPS`] frames: a progress bar is no failure.
    #[track_caller]
    pub(crate) fn settle(&mut self) {
        self.rests();
    }

    /// Waits in the same way; whether the window came to rest.
    #[track_caller]
    pub(crate) fn rests(&mut self) -> bool {
        match self.call(&Request::Settle { max_steps: MAX_STEPS }) {
            Response::Settled { settled, .. } => settled,
            other => panic!("asked to settle, got {other:?}"),
        }
    }

    /// What the window shows, in its own pixels.
    #[track_caller]
    pub(crate) fn screenshot(&mut self) -> RgbaImage {
        match self.call(&Request::GetScreenshot { pixels_per_point: None }) {
            Response::Screenshot(png) => {
                image::load_from_memory(&png.bytes).expect("the window sends a PNG").into_rgba8()
            }
            other => panic!("asked for a picture, got {other:?}"),
        }
    }

    /// Presses Ctrl+Q and waits until the program has ended.
    #[track_caller]
    pub(crate) fn quit(mut self) -> ExitStatus {
        // The window may be gone before it answers: what counts is that the program ends.
        let events = vec![key_event(Modifiers::COMMAND, Key::Q, true)];
        write_message(&mut self.peer, &Request::ApplyEvents { events }).expect("the window takes input");
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.program.try_wait().expect("a child can be waited for") {
                return status;
            }
            std::thread::sleep(PAUSE);
        }
        panic!("the program still runs {PATIENCE:?} after Ctrl+Q");
    }

    #[track_caller]
    fn send(&mut self, events: Vec<Event>) {
        match self.call(&Request::ApplyEvents { events }) {
            Response::Done => {}
            other => panic!("sent input, got {other:?}"),
        }
    }

    #[track_caller]
    fn call(&mut self, request: &Request) -> Response {
        self.try_call(request)
            .unwrap_or_else(|error| panic!("the window no longer answers ({error}); it should do {request:?}"))
    }

    fn try_call(&mut self, request: &Request) -> std::io::Result<Response> {
        write_message(&mut self.peer, request).and_then(|()| read_message(&mut self.peer))
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        stop(&mut self.program);
    }
}

/// Ends a program. Either call fails only if it has ended already.
fn stop(program: &mut Child) {
    program.kill().ok();
    program.wait().ok();
}

/// A loopback address nobody listens on.
fn free_port() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .expect("the system has a free port")
}

/// Connects to the window as soon as it answers, or says why it never did.
fn connect(program: &mut Child, address: SocketAddr) -> Result<TcpStream, String> {
    let start = Instant::now();
    loop {
        // A program that is only starting may accept a connection and drop it again.
        let error = match TcpStream::connect(address).and_then(greet) {
            Ok((peer, PROTOCOL_VERSION)) => return Ok(peer),
            Ok((_, version)) => return Err(format!("it speaks protocol {version}, this test {PROTOCOL_VERSION}")),
            Err(error) => error,
        };
        if start.elapsed() > PATIENCE {
            return Err(format!("{address} does not answer after {PATIENCE:?} ({error})"));
        }
        if let Some(status) = program.try_wait().map_err(|error| error.to_string())? {
            return Err(format!("the program ended with {status}"));
        }
        std::thread::sleep(PAUSE);
    }
}

/// Reads which protocol the other side speaks.
fn greet(peer: TcpStream) -> std::io::Result<(TcpStream, u32)> {
    peer.set_read_timeout(Some(PATIENCE))?;
    let version = read_handshake(&peer)?;
    Ok((peer, version))
}

fn key_event(modifiers: Modifiers, key: Key, pressed: bool) -> Event {
    Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }
}

fn item(node: &Node, tree: &TreeUpdate) -> Item {
    let rect = node.bounds().map(|bounds| {
        let corner = |x: f64, y: f64| Pos2::new(x as f32, y as f32);
        Rect::from_min_max(corner(bounds.x0, bounds.y0), corner(bounds.x1, bounds.y1))
    });
    Item {
        role: node.role(),
        label: label(node, tree),
        value: node.value().map(str::to_owned),
        rect,
        disabled: node.is_disabled(),
    }
}

/// A node's own label, or the text of what labels it; a plain text is its own label.
fn label(node: &Node, tree: &TreeUpdate) -> String {
    let text = |node: &Node| node.label().or(node.value()).unwrap_or_default().to_owned();
    let by_id = |id: &NodeId| tree.nodes.iter().find(|(other, _)| other == id).map(|(_, node)| text(node));
    match node.label() {
        Some(own) => own.to_owned(),
        None if node.role() == Role::Label => text(node),
        None => node.labelled_by().iter().filter_map(by_id).collect::<Vec<_>>().join(" "),
    }
}
