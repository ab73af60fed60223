//! A number with its interval on a track, and the axis above.

use crate::analysis::Figure;
use crate::ui::theme::{metrics, tokens};
use egui::{Align2, Color32, FontId, Rect, Stroke, Ui, pos2};

/// What a track runs over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Where lines are drawn.
    step: f64,
}

impl Axis {
    /// As far as `figures` need: round ends a little beyond.
    pub(super) fn around<'a>(figures: impl Iterator<Item = &'a Figure>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for figure in figures {
            let Some(value) = figure.value() else { continue };
            let ends = figure.interval().map_or([value; 2], |interval| [interval.low, interval.high]);
            low = low.min(ends[0]).min(value);
            high = high.max(ends[1]).max(value);
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let step = nice((high - low).max(0.02) / 4.0);
        Self { low: (low / step - 0.1).floor() * step, high: (high / step + 0.1).ceil() * step, step }
    }

    /// For shares: from 0 to 1.
    pub(super) fn share() -> Self {
        Self { low: 0.0, high: 1.0, step: 0.25 }
    }

    /// The same, kept within 0 to 1 where all figures are: no score is beyond.
    pub(super) fn of_scores<'a>(figures: impl Iterator<Item = &'a Figure> + Clone) -> Self {
        let mut axis = Self::around(figures.clone());
        if figures.filter_map(Figure::value).all(|value| (0.0..=1.0).contains(&value)) {
            (axis.low, axis.high) = (axis.low.max(0.0), axis.high.min(1.0));
        }
        axis
    }

    /// With 0 in the middle.
    pub(super) fn about_zero<'a>(figures: impl Iterator<Item = &'a Figure>) -> Self {
        let mut axis = Self::around(figures);
        let most = axis.low.abs().max(axis.high.abs());
        (axis.low, axis.high) = (-most, most);
        axis.step = nice(most / 2.0);
        axis
    }

    fn x(&self, rect: Rect, value: f64) -> f32 {
        let share = (value - self.low) / (self.high - self.low);
        rect.left() + rect.width() * share.clamp(0.0, 1.0) as f32
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let (first, step, high) = ((self.low / self.step).ceil(), self.step, self.high);
        (0..).map(move |index| (first + f64::from(index)) * step).take_while(move |tick| *tick <= high + step * 1e-6)
    }

    /// Digits after the point that tell its lines apart.
    pub(super) fn places(&self) -> usize {
        let exact = |&places: &usize| {
            let scaled = self.step * 10f64.powi(places as i32);
            (scaled - scaled.round()).abs() < 1e-6
        };
        (0..6).find(exact).unwrap_or(6)
    }

    /// Paints the numbers of the axis into a row of heads.
    pub(super) fn head(&self, ui: &Ui, rect: Rect) {
        let (t, font) = (tokens(ui.ctx()), FontId::proportional(metrics().text.small - 1.0));
        let places = self.places();
        let label = |tick: f64| {
            let galley = ui.painter().layout_no_wrap(decimal(tick, places), font.clone(), t.faint);
            let width = galley.size().x;
            ((self.x(rect, tick) - width / 2.0).clamp(rect.left(), (rect.right() - width).max(rect.left())), galley)
        };
        let labels: Vec<_> = self.ticks().map(label).collect();
        // Where there is no room for all, every second or third, so that what lies between two is the same everywhere.
        let fits = |every: &usize| {
            let mut taken = f32::NEG_INFINITY;
            labels
                .iter()
                .step_by(*every)
                .all(|(x, galley)| *x > std::mem::replace(&mut taken, x + galley.size().x + 4.0))
        };
        let every = (1..labels.len()).find(fits).unwrap_or(labels.len().max(1));
        for (x, galley) in labels.into_iter().step_by(every) {
            ui.painter().galley(pos2(x, rect.bottom() - galley.size().y - 4.0), galley, t.faint);
        }
    }

    /// Paints the lines of one row's track.
    pub(super) fn lines(&self, ui: &Ui, rect: Rect) {
        let t = tokens(ui.ctx());
        for tick in self.ticks() {
            let width = if tick.abs() < 1e-9 && self.low < -1e-9 { 1.5 } else { 1.0 };
            ui.painter().vline(self.x(rect, tick), rect.y_range(), Stroke::new(width, t.line));
        }
    }

    /// Paints `figure`: its interval as a bar, its value as a dot. Without a number, a dash.
    pub(super) fn mark(&self, ui: &Ui, rect: Rect, figure: &Figure, colour: Color32) {
        let t = tokens(ui.ctx());
        let y = rect.center().y;
        let Some(value) = figure.value() else {
            ui.painter().text(
                rect.left_center(),
                Align2::LEFT_CENTER,
                "–",
                FontId::proportional(metrics().text.body),
                t.faint,
            );
            return;
        };
        if let Some(interval) = figure.interval() {
            let ends = self.x(rect, interval.low)..=self.x(rect, interval.high);
            ui.painter().hline(ends.clone(), y, Stroke::new(5.0, colour.gamma_multiply(0.35)));
            for end in [*ends.start(), *ends.end()] {
                ui.painter().vline(end, y - 5.0..=y + 5.0, Stroke::new(1.5, colour));
            }
        }
        ui.painter().circle(pos2(self.x(rect, value), y), 4.5, colour, Stroke::new(1.5, t.panel));
    }
}

/// The least of 1, 2 and 5 times a power of ten that is at least `step`.
fn nice(step: f64) -> f64 {
    let power = 10f64.powf(step.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * power >= step * (1.0 - 1e-9));
    times.unwrap_or(10.0) * power
}

/// A number with so many digits after the point: with a minus as wide as a plus, and without one before a zero.
pub(super) fn decimal(value: f64, places: usize) -> String {
    let words = format!("{value:.places$}");
    match words.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) => digits.to_owned(),
        Some(digits) => format!("−{digits}"),
        None => words,
    }
}

/// Intervals shorter than this are given with another digit: their ends would look like one number.
const NARROW: f64 = 0.02;

/// `0.78 (95% 0.70 to 0.85, n = 805)`, or why there is no number.
pub(super) fn words(figure: &Figure, of: &str) -> String {
    let n = crate::ui::widgets::count(figure.n);
    match (&figure.known, figure.interval()) {
        (Ok(known), Some(interval)) => {
            let places = if interval.high - interval.low < NARROW { 4 } else { 3 };
            let [value, low, high] = [known.value, interval.low, interval.high].map(|value| decimal(value, places));
            format!("{value} (95% {low} to {high}, n = {n} {of})")
        }
        (Ok(known), None) => format!("{} (n = {n} {of})", decimal(known.value, 3)),
        (Err(why), _) => format!("not defined: {why}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Estimate, Interval};

    fn figure(low: f64, value: f64, high: f64) -> Figure {
        Figure::estimate(9, Estimate { value, interval: Interval { low, high } })
    }

    #[test]
    fn an_axis_has_round_ends_beyond_what_it_shows() {
        let axis = Axis::around([figure(0.31, 0.4, 0.52), figure(0.6, 0.65, 0.71)].iter());
        assert!(axis.low < 0.31 && axis.high > 0.71 && axis.low >= 0.1 && axis.high <= 0.9, "{axis:?}");
        let axis = Axis::about_zero([figure(-0.02, 0.05, 0.12)].iter());
        assert_eq!(axis.low, -axis.high);
        assert!(axis.ticks().any(|tick| tick.abs() < 1e-9), "{axis:?}");
        let nothing = Axis::around([Figure::undefined(0, "none")].iter());
        assert!(nothing.low <= 0.0 && nothing.high >= 1.0);
    }

    #[test]
    fn a_number_has_no_minus_before_a_zero_and_ends_of_an_interval_differ() {
        assert_eq!([-0.0004, -0.25, 0.5].map(|value| decimal(value, 2)), ["0.00", "−0.25", "0.50"]);
        assert_eq!(words(&figure(-0.0004, 0.0016, 0.0046), "prompts"), "0.0016 (95% −0.0004 to 0.0046, n = 9 prompts)");
    }

    #[test]
    fn a_step_is_a_round_number() {
        assert_eq!([0.013, 0.2, 0.21, 6.0].map(nice), [0.02, 0.2, 0.5, 10.0]);
        let places = |step| Axis { low: 0.0, high: 1.0, step }.places();
        assert_eq!([50.0, 0.5, 0.25, 0.005].map(places), [0, 1, 2, 3], "no two lines of an axis are called the same");
    }
}
