//! A check against people.

use crate::stats::estimate::Interval;
use crate::stats::proportion::wilson;

/// How often a check and people say yes and no together. What people say counts as the truth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    /// Both yes.
    pub true_yes: usize,
    /// The check alone says yes.
    pub false_yes: usize,
    /// People alone say yes.
    pub false_no: usize,
    /// Both no.
    pub true_no: usize,
}

impl Confusion {
    /// Counts pairs of what the check says and what people say.
    pub fn of(pairs: impl IntoIterator<Item = (bool, bool)>) -> Self {
        let mut confusion = Self::default();
        for (check, people) in pairs {
            *match (check, people) {
                (true, true) => &mut confusion.true_yes,
                (true, false) => &mut confusion.false_yes,
                (false, true) => &mut confusion.false_no,
                (false, false) => &mut confusion.true_no,
            } += 1;
        }
        confusion
    }

    /// The share of the check's yes that people confirm (van Rijsbergen, Information Retrieval, 1979, chapter 7, as
    /// recall and F1), with Wilson's interval; `None` where the check never says yes.
    pub fn precision(&self) -> Option<(f64, Interval)> {
        share(self.true_yes, self.true_yes + self.false_yes)
    }

    /// The share of people's yes that the check finds, with Wilson's interval; `None` where people never say yes.
    pub fn recall(&self) -> Option<(f64, Interval)> {
        share(self.true_yes, self.true_yes + self.false_no)
    }

    /// The share of people's no that the check leaves alone, with Wilson's interval; `None` where people never say no.
    pub fn specificity(&self) -> Option<(f64, Interval)> {
        share(self.true_no, self.true_no + self.false_yes)
    }

    /// The share on which both say the same, with Wilson's interval; `None` for nothing.
    pub fn accuracy(&self) -> Option<(f64, Interval)> {
        share(self.true_yes + self.true_no, self.true_yes + self.true_no + self.false_yes + self.false_no)
    }

    /// The harmonic mean of precision and recall, within 0..=1; `None` where neither ever says yes.
    pub fn f1(&self) -> Option<f64> {
        let yes = 2 * self.true_yes + self.false_yes + self.false_no;
        (yes > 0).then(|| 2.0 * self.true_yes as f64 / yes as f64)
    }
}

fn share(hits: usize, of: usize) -> Option<(f64, Interval)> {
    wilson(hits, of).map(|interval| (hits as f64 / of as f64, interval))
}

#[cfg(test)]
mod tests {
    use super::Confusion;

    #[test]
    fn agrees_with_scikit_learn() {
        // sklearn.metrics.precision_recall_fscore_support(people, check, average='binary'); accuracy_score
        let check = [true, true, true, false, false, true, false, false, true, false];
        let people = [true, false, true, true, false, true, false, false, false, false];
        let confusion = Confusion::of(check.into_iter().zip(people));
        assert_eq!(confusion, Confusion { true_yes: 3, false_yes: 2, false_no: 1, true_no: 4 });
        let value = |share: Option<(f64, _)>| share.unwrap().0;
        assert_eq!(value(confusion.precision()), 0.6);
        assert_eq!(value(confusion.recall()), 0.75);
        assert_eq!(value(confusion.specificity()), 4.0 / 6.0);
        assert_eq!(value(confusion.accuracy()), 0.7);
        assert_eq!(confusion.f1(), Some(2.0 / 3.0));
    }

    #[test]
    fn what_never_happens_has_no_share() {
        let never = Confusion { true_no: 5, ..Confusion::default() };
        assert_eq!((never.precision(), never.recall(), never.f1()), (None, None, None));
        assert_eq!(never.accuracy().map(|(share, _)| share), Some(1.0));
        assert_eq!(Confusion::default().accuracy(), None);
    }
}
