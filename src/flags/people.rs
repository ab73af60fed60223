//! Kinds that follow from what people judged. They are found where judgements are analysed; here they have their
//! names, so that all flags list alike.

use super::{Basis, Info};

pub(super) const DISAGREE: Info = Info {
    id: "disagree",
    name: "Disagreement",
    summary: "A check and people judge it differently, or people among themselves.",
    details: "Found where judgements are analysed.",
    basis: Basis::People,
};

pub(super) const HASTY: Info = Info {
    id: "hasty",
    name: "Hasty",
    summary: "A reviewer judged it faster than it can be read.",
    details: "Found where judgements are analysed.",
    basis: Basis::People,
};

pub(super) const DRIFT: Info = Info {
    id: "drift",
    name: "Drift",
    summary: "A reviewer judged it by another standard than before.",
    details: "Found where judgements are analysed.",
    basis: Basis::People,
};
