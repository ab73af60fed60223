//! How far people who rate the same things agree.

mod cohen;
mod disagreement;
mod fleiss;
mod gwet;
mod intraclass;
mod krippendorff;
mod percent;
mod ratings;
mod repeated;

pub use cohen::{cohens_kappa, cohens_kappa_with_interval};
pub use disagreement::Disagreement;
pub use fleiss::fleiss_kappa;
pub use gwet::gwet_ac;
pub use intraclass::{Intraclass, RaterModel, intraclass};
pub use krippendorff::{Level, krippendorff_alpha};
pub use percent::percent_agreement;
pub use ratings::Ratings;
pub use repeated::{Consistency, consistency};
