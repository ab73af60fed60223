//! What came out: a line of JSON for machines and a table for people.

use crate::window::Cost;
use std::time::Duration;

/// What a frame may cost: 99 of 100 less than the first, none more than the second.
const BUDGET: [Duration; 2] = [Duration::from_millis(8), Duration::from_millis(16)];

/// The frames of one scenario.
pub(crate) struct Frames {
    pub(crate) name: &'static str,
    pub(crate) count: usize,
    /// Median, 99th percentile and largest, of the processor's time.
    pub(crate) cpu: [Duration; 3],
    /// The same of the clock's.
    pub(crate) wall: [Duration; 3],
}

/// How long an edit took until its consequences were shown.
pub(crate) struct Fresh {
    pub(crate) what: &'static str,
    pub(crate) median: Duration,
    pub(crate) slowest: Duration,
}

impl Frames {
    /// Of `costs`, which are not empty.
    pub(crate) fn new(name: &'static str, costs: &[Cost]) -> Self {
        let of = |time: fn(&Cost) -> Duration| {
            let mut times: Vec<Duration> = costs.iter().map(time).collect();
            times.sort_unstable();
            // The nearest rank: the smallest time that so many per cent of all do not exceed.
            [0.5, 0.99, 1.0].map(|share| times[((times.len() as f64 * share).ceil() as usize).max(1) - 1])
        };
        Self { name, count: costs.len(), cpu: of(|cost| cost.cpu), wall: of(|cost| cost.wall) }
    }

    fn holds(&self) -> bool {
        self.cpu[1] < BUDGET[0] && self.cpu[2] <= BUDGET[1]
    }

    /// As a line of JSON, times in milliseconds.
    pub(crate) fn json(&self) -> String {
        let [p50, p99, max] = self.cpu.map(millis);
        let [wall50, wall99, wall_max] = self.wall.map(millis);
        serde_json::json!({
            "scenario": self.name, "frames": self.count, "p50_ms": p50, "p99_ms": p99, "max_ms": max,
            "wall_p50_ms": wall50, "wall_p99_ms": wall99, "wall_max_ms": wall_max, "within_budget": self.holds(),
        })
        .to_string()
    }

    /// As a row of a table.
    pub(crate) fn row(&self) -> String {
        let [p50, p99, max] = self.cpu.map(millis);
        let [_, wall99, wall_max] = self.wall.map(millis);
        let verdict = if self.holds() { "" } else { "over" };
        format!(
            "{:<26} {:>6} {p50:>8.2} {p99:>8.2} {max:>8.2} {wall99:>10.2} {wall_max:>9.2}  {verdict}",
            self.name, self.count
        )
    }
}

/// What [`Frames::row`]'s columns are.
pub(crate) const HEAD: &str =
    "scenario                   frames  p50 ms   p99 ms   max ms   wall p99  wall max  (p99 < 8, max 16)";

impl Fresh {
    /// As a line of JSON, times in milliseconds.
    pub(crate) fn json(&self) -> String {
        let (median, slowest) = (millis(self.median), millis(self.slowest));
        serde_json::json!({ "fresh": self.what, "median_ms": median, "slowest_ms": slowest }).to_string()
    }

    /// As a row of a table.
    pub(crate) fn row(&self) -> String {
        format!("{:<46} {:>10.2} {:>10.2}", self.what, millis(self.median), millis(self.slowest))
    }
}

/// In milliseconds, to a microsecond.
pub(crate) fn millis(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}
