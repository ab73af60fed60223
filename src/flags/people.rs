//! Kinds that follow from what people judged. They are found where judgements are analysed; here they have their
//! names, so that all flags list alike.

use super::{Basis, Info};

pub(super) const DISAGREE: Info = Info {
    id: "disagree",
    name: "Disagreement",
    summary: "A check and people judge it differently.",
    details: "The check says that a criterion is met and people say it is not, or the other way round. Of each response \
              the first there is of counts: a gold rating, a final one, the ratings of all combined, the value that the \
              check was overruled with.",
    basis: Basis::People,
};

pub(super) const HASTY: Info = Info {
    id: "hasty",
    name: "Hasty",
    summary: "A reviewer judged it faster than it can be read.",
    details: "The seconds of all ratings of the response by one reviewer are fewer than its characters take at 100 a \
              second, and fewer than a third of what others usually take for as many characters; where nobody else's time \
              is known, of what the reviewer usually takes. People read silently at 238 words a minute (Brysbaert, \
              Journal of Memory and Language 109, 2019), some 24 characters a second. Texts of fewer than 200 \
              characters are read at a glance and are left out.",
    basis: Basis::People,
};

pub(super) const DRIFT: Info = Info {
    id: "drift",
    name: "Drift",
    summary: "A reviewer judged it by another standard than before.",
    details: "Of 20 ratings and more on what others rated too, how much higher than the others' mean they are has a trend \
              over time: Kendall's τ with p ≤ 0.01, adjusted after Holm for all reviewers, and at least 0.1 on a scale \
              from 0 to 1 between the means of the first and the last half. Flagged are the responses of the last half. \
              Ratings from files that say no time all have the same one, and no trend.",
    basis: Basis::People,
};
