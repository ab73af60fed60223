//! The real window without a screen: its passes are run and tessellated, and each is timed.

use egui::accesskit::{Node, NodeId, Role};
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TouchPhase};
use egui::{pos2, vec2};
use rubrica::ui::App;
use rubrica::workbench::Workbench;
use rustix::time::{ClockId, clock_gettime};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The size of the window, in points.
const SIZE: [f32; 2] = [1600.0, 1000.0];
/// What the job that looks for flags is called.
const FLAGS: &str = "Looking for flags";

/// What a screen of 60 Hz gives a frame.
const REFRESH: Duration = Duration::from_micros(16_667);

/// What one frame took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Time of the window's thread on a processor.
    pub(crate) cpu: Duration,
    /// Time on the clock, which also counts waiting for others.
    pub(crate) wall: Duration,
}

/// The window.
pub(crate) struct Window {
    ctx: egui::Context,
    app: App,
    frame: eframe::Frame,
    began: Instant,
    /// Whether somebody asked for a frame: a job that is done, for one.
    wanted: Arc<AtomicBool>,
    /// The frames since they were last taken.
    costs: Vec<Cost>,
}

impl Window {
    /// A window on nothing.
    pub(crate) fn new() -> Self {
        let ctx = egui::Context::default();
        let app = App::new(&ctx, None);
        let frame = eframe::Frame::_new_kittest();
        let wanted = Arc::new(AtomicBool::new(true));
        let asked = wanted.clone();
        ctx.set_request_repaint_callback(move |wish| {
            if wish.delay.is_zero() {
                asked.store(true, Ordering::Release);
            }
        });
        Self { ctx, app, frame, began: Instant::now(), wanted, costs: Vec::new() }
    }

    /// The state behind it.
    pub(crate) fn bench(&self) -> &Workbench {
        self.app.bench()
    }

    /// Takes the frames since this was last asked.
    pub(crate) fn take_costs(&mut self) -> Vec<Cost> {
        std::mem::take(&mut self.costs)
    }

    /// One frame: `act` is what a command does to the workbench, and is timed with it.
    pub(crate) fn frame_after(&mut self, events: Vec<Event>, act: impl FnOnce(&mut Workbench)) -> Cost {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE.into())),
            time: Some(self.began.elapsed().as_secs_f64()),
            max_texture_side: Some(16_384),
            events,
            ..RawInput::default()
        };
        self.wanted.store(false, Ordering::Release);
        let (wall, cpu) = (Instant::now(), thread_time());
        act(self.app.bench_mut());
        eframe::App::logic(&mut self.app, &self.ctx, &mut self.frame);
        let mut output = self.ctx.run_ui(input, |ui| eframe::App::ui(&mut self.app, ui, &mut self.frame));
        let primitives = self.ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
        let cost = Cost { cpu: thread_time() - cpu, wall: wall.elapsed() };
        assert!(!primitives.is_empty(), "something is painted");
        output.drop_without_applying_deltas();
        self.costs.push(cost);
        cost
    }

    /// One frame with these events.
    pub(crate) fn frame(&mut self, events: Vec<Event>) -> Cost {
        self.frame_after(events, |_| ())
    }

    /// The same, and then what is left of a refresh of the screen: jobs go on meanwhile.
    pub(crate) fn paced(&mut self, events: Vec<Event>) {
        let cost = self.frame(events);
        std::thread::sleep(REFRESH.saturating_sub(cost.wall));
    }

    /// Shows frames until nothing runs in the background and everything derived is shown.
    pub(crate) fn settle(&mut self) {
        self.paced(Vec::new());
        while self.is_busy() {
            self.paced(Vec::new());
        }
        for _ in 0..5 {
            self.paced(Vec::new());
        }
    }

    /// Whether scores, list or numbers are being made. Flags are looked for in the background for a minute after the
    /// responses came, and nobody waits for them.
    fn is_busy(&self) -> bool {
        self.bench().job().is_some_and(|(label, _)| label != FLAGS) || !self.bench().engine().is_fresh()
    }

    /// Shows a frame as soon as somebody asks for one, until everything is fresh.
    pub(crate) fn hurry(&mut self) {
        while self.is_busy() {
            if self.wanted.load(Ordering::Acquire) {
                self.frame(Vec::new());
            } else {
                std::thread::sleep(Duration::from_micros(200));
            }
        }
        self.frame(Vec::new());
    }

    /// Moves the pointer to `pos` and presses or releases it, or only moves.
    pub(crate) fn pointer(&self, pos: Pos2, pressed: Option<bool>) -> Vec<Event> {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        let press = pressed.map(|pressed| Event::PointerButton { pos, button, pressed, modifiers });
        [Event::PointerMoved(pos)].into_iter().chain(press).collect()
    }

    /// Clicks at `pos`, over two frames.
    pub(crate) fn click(&mut self, pos: Pos2) {
        for pressed in [true, false] {
            let events = self.pointer(pos, Some(pressed));
            self.paced(events);
        }
        self.paced(Vec::new());
    }

    /// Where the first widget of this role and label is; of list items without a label, the first.
    pub(crate) fn find(&mut self, role: Role, label: &str) -> Rect {
        self.ctx.enable_accesskit();
        let input = RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE.into())), ..RawInput::default() };
        let mut output = self.ctx.run_ui(input, |ui| eframe::App::ui(&mut self.app, ui, &mut self.frame));
        self.ctx.disable_accesskit();
        let tree = output.platform_output.accesskit_update.take().expect("accessibility was just enabled");
        output.drop_without_applying_deltas();
        let nodes: HashMap<NodeId, &Node> = tree.nodes.iter().map(|(id, node)| (*id, node)).collect();
        let named = |node: &Node| {
            let own = node.label().into_iter();
            let by = node.labelled_by().iter().filter_map(|id| nodes.get(id)?.value().or(nodes.get(id)?.label()));
            own.chain(by).any(|name| name == label)
        };
        let found = tree.nodes.iter().find(|(_, node)| node.role() == role && (label.is_empty() || named(node)));
        let bounds = found.and_then(|(_, node)| node.bounds());
        let bounds = bounds.unwrap_or_else(|| panic!("there is no {role:?} “{label}” on screen"));
        Rect::from_min_max(pos2(bounds.x0 as f32, bounds.y0 as f32), pos2(bounds.x1 as f32, bounds.y1 as f32))
    }
}

/// One notch of a wheel, or several.
pub(crate) fn wheel(lines: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, lines),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    }
}

/// A key pressed and released.
pub(crate) fn key(modifiers: Modifiers, key: Key) -> Vec<Event> {
    [true, false].map(|pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }).into()
}

/// Text typed.
pub(crate) fn text(text: &str) -> Vec<Event> {
    vec![Event::Text(text.to_owned())]
}

/// How long this thread has been on a processor.
fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
