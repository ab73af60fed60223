//! What a rating was asked for: a fingerprint of guidance and scale.

use crate::model::{Criterion, Judge, Scale};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// A fingerprint of `criterion`'s guidance and scale, 16 hexadecimal digits: a rating given under another one is
/// stale. Of a criterion that a check judges, its guidance alone.
pub fn wording(criterion: &Criterion) -> String {
    let mut hasher = Sha256::new();
    let mut add = |text: &str| {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text);
    };
    add(criterion.guidance.trim());
    match &criterion.judge {
        Judge::Check(_) => add("check"),
        Judge::Human(Scale::YesNo) => add("yes-no"),
        Judge::Human(Scale::Range { least, most }) => {
            add("range");
            add(&least.to_string());
            add(&most.to_string());
        }
        Judge::Human(Scale::Points(points)) => {
            add("points");
            points.iter().for_each(|point| add(point.trim()));
        }
    }
    let mut hex = String::with_capacity(16);
    for byte in &hasher.finalize()[..8] {
        write!(hex, "{byte:02x}").expect("a String takes everything");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(points: &[&str]) -> Criterion {
        let scale = Scale::Points(points.iter().map(|&point| point.to_owned()).collect());
        Criterion::new("tone", "Tone", Judge::Human(scale))
    }

    #[test]
    fn changes_with_guidance_and_scale_alone() {
        let before = points(&["bad", "good"]);
        let mut renamed = before.clone();
        renamed.name = "Voice".into();
        renamed.weight = 3.0;
        assert_eq!(wording(&renamed), wording(&before));
        let mut reworded = before.clone();
        reworded.guidance = "Mind the reader.".into();
        let others = [reworded, points(&["bad", "good", "great"]), points(&["badgood", ""])];
        for other in others {
            assert_ne!(wording(&other), wording(&before));
        }
    }
}
