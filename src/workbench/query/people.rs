//! What people said of a response, as a filter asks it.

use super::{Comparison, Term, Test};
use crate::model::Combine;
use crate::model::review::{Judgements, Purpose};
use crate::scoring::{CompiledRubric, How};
use std::collections::HashMap;

/// A question about what people said of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// How many of the criteria for people are rated.
    Rated(Rated),
    /// The rating on this criterion compares so to a number in the scale's own units.
    Rating(usize, Comparison, f64),
    /// A span has the label with this id.
    Label(String),
    /// A note has these words, whatever the case.
    Note(String),
    /// Somebody flagged it; where a name is given, the reviewer of this name.
    Flag(Option<String>),
    /// Somebody overruled this check, or any.
    Overruled(Option<usize>),
    /// How it came out beside another.
    Preferred(Preferred),
}

/// How many of the criteria for people are rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rated {
    /// All.
    Yes,
    /// None.
    No,
    /// Some, not all.
    Partly,
    /// One, under another guidance or scale.
    Stale,
}

/// How a response came out beside another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preferred {
    /// It was better.
    Yes,
    /// The other was.
    No,
    /// Neither was.
    Tie,
    /// Nobody compared it.
    Never,
}

/// The tests about people of one query, made ready for what they said.
#[derive(Debug)]
pub(super) struct People<'a> {
    people: &'a Judgements,
    rubric: &'a CompiledRubric,
    /// Whose words count: everybody's, or those of each of these groups.
    groups: Vec<Option<Vec<u32>>>,
    /// Who won, lost and tied, by row, where the query asks.
    compared: HashMap<u32, Vec<(u32, Preferred)>>,
}

impl<'a> People<'a> {
    /// For `terms` on what `people` said.
    pub(super) fn new(terms: &[Term], rubric: &'a CompiledRubric, people: &'a Judgements) -> Self {
        let groups: Vec<Option<Vec<u32>>> = terms
            .iter()
            .filter_map(|term| match &term.test {
                Test::By(name) if !term.negated => Some(Some(reviewers(people, name))),
                _ => None,
            })
            .collect();
        let groups = if groups.is_empty() { vec![None] } else { groups };
        let asks = terms.iter().any(|term| matches!(term.test, Test::People(About::Preferred(_)) | Test::By(_)));
        let mut compared: HashMap<u32, Vec<(u32, Preferred)>> = HashMap::new();
        for pair in people.preferences().filter(|_| asks) {
            if matches!(pair.purpose, Purpose::Judge | Purpose::Final) {
                let first = match pair.choice.first_wins() {
                    won if won > 0.5 => [Preferred::Yes, Preferred::No],
                    won if won < 0.5 => [Preferred::No, Preferred::Yes],
                    _ => [Preferred::Tie, Preferred::Tie],
                };
                for (row, outcome) in pair.rows.into_iter().zip(first) {
                    compared.entry(row).or_default().push((pair.reviewer, outcome));
                }
            }
        }
        Self { people, rubric, groups, compared }
    }

    /// Whether `about` holds for response `row`: for each group of reviewers that is named.
    pub(super) fn holds(&self, about: &About, negated: bool, row: u32) -> bool {
        self.groups.iter().all(|group| self.holds_for(about, row, group.as_deref()) != negated)
    }

    /// Whether a reviewer of this name said anything of response `row`.
    pub(super) fn said_anything(&self, name: &str, row: u32) -> bool {
        let group = reviewers(self.people, name);
        let has = |reviewer: u32| group.contains(&reviewer);
        let people = self.people;
        people.ratings(row).iter().any(|rated| has(rated.reviewer))
            || people.flags(row).iter().any(|flag| has(flag.reviewer))
            || people.notes(row).iter().any(|note| has(note.reviewer))
            || people.labels(row).iter().any(|label| has(label.reviewer))
            || people.overruled(row).iter().any(|overruled| has(overruled.reviewer))
            || self.compared.get(&row).is_some_and(|pairs| pairs.iter().any(|(reviewer, _)| has(*reviewer)))
    }

    fn holds_for(&self, about: &About, row: u32, group: Option<&[u32]>) -> bool {
        let counts = |reviewer: u32| group.is_none_or(|group| group.contains(&reviewer));
        match about {
            About::Rated(wanted) => self.rated(*wanted, row, &counts),
            About::Rating(at, comparison, number) => {
                self.rating(*at, row, group, &counts).is_some_and(|rating| comparison.holds(rating, *number))
            }
            About::Label(id) => {
                self.people.labels(row).iter().any(|label| counts(label.reviewer) && *label.label == **id)
            }
            About::Note(words) => {
                let words = words.to_lowercase();
                let has = |text: &str| text.to_lowercase().contains(&words);
                self.people.notes(row).iter().any(|note| counts(note.reviewer) && has(&note.text))
            }
            About::Flag(None) => self.people.flags(row).iter().any(|flag| counts(flag.reviewer)),
            About::Flag(Some(name)) => {
                let is = |reviewer: u32| *self.people.reviewers()[reviewer as usize] == **name;
                self.people.flags(row).iter().any(|flag| is(flag.reviewer))
            }
            About::Overruled(at) => self.people.overruled(row).iter().any(|overruled| {
                let of = self.rubric.criterion(&overruled.criterion);
                let is_check = of.is_some_and(|of| matches!(self.rubric.criteria[of].how, How::Check(..)));
                counts(overruled.reviewer) && is_check && (at.is_none() || of == *at)
            }),
            About::Preferred(wanted) => {
                let pairs = self.compared.get(&row).map_or(&[][..], Vec::as_slice);
                let mut own = pairs.iter().filter(|(reviewer, _)| counts(*reviewer));
                match wanted {
                    Preferred::Never => own.next().is_none(),
                    wanted => own.any(|(_, outcome)| outcome == wanted),
                }
            }
        }
    }

    fn rated(&self, wanted: Rated, row: u32, counts: &dyn Fn(u32) -> bool) -> bool {
        let ratings = self.people.ratings(row);
        let (mut all, mut rated) = (0, 0);
        for criterion in self.rubric.criteria.iter().filter(|criterion| matches!(criterion.how, How::Human(_))) {
            let mut own = ratings.iter().filter(|rated| {
                let purpose = matches!(rated.purpose, Purpose::Judge | Purpose::Final);
                purpose && counts(rated.reviewer) && *rated.criterion == *criterion.id
            });
            if wanted == Rated::Stale {
                if own.any(|rated| rated.stale) {
                    return true;
                }
                continue;
            }
            all += 1;
            rated += usize::from(own.next().is_some());
        }
        match wanted {
            Rated::Yes => rated > 0 && rated == all,
            Rated::No => rated == 0,
            Rated::Partly => rated > 0 && rated < all,
            Rated::Stale => false,
        }
    }

    /// The rating of response `row` on criterion `at`, in the scale's own units: what counts of all, or what some
    /// reviewers' ratings come to.
    fn rating(&self, at: usize, row: u32, group: Option<&[u32]>, counts: &dyn Fn(u32) -> bool) -> Option<f64> {
        let criterion = &self.rubric.criteria[at];
        let How::Human(scale) = &criterion.how else { return None };
        let raw = match group {
            None => self.people.combined(row, &criterion.id, self.rubric.combine),
            Some(_) => combined(self.people, row, &criterion.id, self.rubric.combine, counts),
        };
        let [least, most] = scale.bounds();
        raw.map(|raw| least + (most - least) * raw)
    }
}

fn combined(
    people: &Judgements,
    row: u32,
    criterion: &str,
    combine: Combine,
    counts: &dyn Fn(u32) -> bool,
) -> Option<f64> {
    let own = people.ratings(row).iter().filter(|rated| {
        let purpose = matches!(rated.purpose, Purpose::Judge | Purpose::Final);
        purpose && counts(rated.reviewer) && *rated.criterion == *criterion
    });
    let mut values: Vec<f64> = own.filter_map(|rated| rated.raw).collect();
    values.sort_by(f64::total_cmp);
    combine.of(&values)
}

/// The reviewers of this name, or, where there is none, with it in their name, whatever the case.
fn reviewers(people: &Judgements, name: &str) -> Vec<u32> {
    let of = |wanted: &dyn Fn(&str) -> bool| -> Vec<u32> {
        let all = people.reviewers().iter().enumerate();
        all.filter(|(_, reviewer)| wanted(reviewer)).map(|(at, _)| at as u32).collect()
    };
    let exact = of(&|reviewer| reviewer == name);
    let name = name.to_lowercase();
    if exact.is_empty() { of(&|reviewer| reviewer.to_lowercase().contains(&name)) } else { exact }
}
