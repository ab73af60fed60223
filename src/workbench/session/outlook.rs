//! What was planned, and what the measured pace makes of it.

use super::pace::Pace;
use crate::model::Plan;

/// What was planned, and what the measured pace makes of it. Figures of the pace are `None` while it is unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Judgements that the plan comes to: an hour's times hours a week times weeks.
    pub planned: f64,
    /// Judgements an hour, measured.
    pub per_hour: Option<f64>,
    /// Judgements a week at that pace and the plan's hours.
    pub per_week: Option<f64>,
    /// Judgements in the plan's weeks.
    pub expected: Option<f64>,
    /// Hours to finish the queue.
    pub hours_left: Option<f64>,
    /// Weeks to finish it at the plan's hours; `None` where the plan has no hours.
    pub weeks_left: Option<f64>,
}

/// What `pace` makes of `plan`, with `left` judgements to make.
pub fn outlook(plan: &Plan, pace: &Pace, left: usize) -> Outlook {
    let per_hour = pace.per_hour();
    let per_week = per_hour.map(|rate| rate * plan.hours_per_week);
    let hours_left = pace.remaining(left).map(|seconds| seconds / 3600.0);
    Outlook {
        planned: plan.total(),
        per_hour,
        per_week,
        expected: per_week.map(|rate| rate * plan.weeks),
        hours_left,
        weeks_left: hours_left.filter(|_| plan.hours_per_week > 0.0).map(|hours| hours / plan.hours_per_week),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_held_against_the_measured_pace() {
        let plan = Plan::default();
        let unknown = outlook(&plan, &Pace::default(), 600);
        assert_eq!((unknown.planned, unknown.expected, unknown.hours_left), (31_200.0, None, None));
        // A judgement every two minutes.
        let pace = Pace { judgements: 10, timed: 10, seconds: 1200.0 };
        let known = outlook(&plan, &pace, 600);
        assert_eq!((known.per_hour, known.per_week, known.expected), (Some(30.0), Some(450.0), Some(23_400.0)));
        assert_eq!(known.hours_left, Some(20.0));
        assert_eq!(known.weeks_left.map(|weeks| (weeks * 3.0).round()), Some(4.0));
        let none = Plan { hours_per_week: 0.0, ..plan };
        assert_eq!(outlook(&none, &pace, 600).weeks_left, None);
    }
}
