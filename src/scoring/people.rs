//! What people decided, as cells: their ratings of the criteria left to them, and the checks they overruled.

use super::compile::{CompiledRubric, How};
use super::{Cell, Column, State};
use crate::model::review::{Judgements, Purpose};
use std::sync::Arc;

/// Whose value a criterion has in one response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// The check's.
    Machine,
    /// That of people's ratings, or nobody's yet.
    People,
    /// A person's, in place of the check's.
    Overruled,
}

/// The cell that counts for criterion `criterion` in response `row`, of which the machine says `machine`.
///
/// Of a criterion for people it is what their ratings come to: a final one settles it, else those given to judge are
/// combined as the rubric says. A rating “cannot be judged” is no number; where there is no other, the criterion does
/// not apply. Of a check that was overruled it is the value that counts instead.
pub fn counting(rubric: &CompiledRubric, criterion: usize, row: u32, people: &Judgements, machine: Cell) -> Cell {
    let id = &*rubric.criteria[criterion].id;
    match &rubric.criteria[criterion].how {
        How::Check(..) => match people.overruled(row).iter().find(|overruled| *overruled.criterion == *id) {
            Some(overruled) => Cell::scored(overruled.raw),
            None => machine,
        },
        How::Human(_) => {
            let counts = |purpose: Purpose| matches!(purpose, Purpose::Judge | Purpose::Final);
            if !people.ratings(row).iter().any(|rated| counts(rated.purpose) && *rated.criterion == *id) {
                return machine;
            }
            match people.combined(row, id, rubric.combine) {
                Some(raw) => Cell::scored(raw),
                None => Cell::unscored(State::NotApplicable),
            }
        }
        How::Broken => machine,
    }
}

/// Whose the value of criterion `criterion` in response `row` is.
pub fn by(rubric: &CompiledRubric, criterion: usize, row: u32, people: &Judgements) -> By {
    let criterion = &rubric.criteria[criterion];
    let is_it = |overruled: &crate::model::review::Overruled| *overruled.criterion == *criterion.id;
    match criterion.how {
        How::Human(_) => By::People,
        How::Check(..) if people.overruled(row).iter().any(is_it) => By::Overruled,
        How::Check(..) | How::Broken => By::Machine,
    }
}

/// The cells of every criterion over all responses: what checks say, and what counts once people were heard.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// What checks say: one per criterion, none where no check judges it.
    pub(super) machine: Vec<Option<Arc<Column>>>,
    /// What counts: the very column of the check where nobody overruled it. None where nobody rated anything either.
    pub(super) counting: Vec<Option<Arc<Column>>>,
    pub(super) people: Arc<Judgements>,
}

impl Columns {
    /// The columns of `rubric` over `rows` responses. A column that says the same as in `before`, the columns of
    /// another rubric and other judgements over the same responses, is shared with it; the rows in which the
    /// judgements differ come with it.
    pub(super) fn new(
        rubric: &CompiledRubric,
        machine: Vec<Option<Arc<Column>>>,
        people: &Arc<Judgements>,
        rows: usize,
        before: Option<(&CompiledRubric, &Self, &[u32])>,
    ) -> Self {
        let column = |(at, machine): (usize, &Option<Arc<Column>>)| {
            let source = Source { rubric, at, machine: machine.as_ref(), people, rows };
            let known = before.and_then(|(old, columns, changed)| {
                let index = old.criterion(&rubric.criteria[at].id)?;
                source.follows_from(old, index, columns).then(|| (columns.counting[index].as_ref(), changed))
            });
            match known {
                Some((column, changed)) => source.patched(column, changed),
                None => source.column(),
            }
        };
        let counting = machine.iter().enumerate().map(column).collect();
        Self { machine, counting, people: people.clone() }
    }
}

/// What one column of cells that count follows from.
struct Source<'a> {
    rubric: &'a CompiledRubric,
    at: usize,
    machine: Option<&'a Arc<Column>>,
    people: &'a Judgements,
    rows: usize,
}

impl Source<'_> {
    /// Whether the column of `old`'s criterion `index` differs from this one only where judgements do.
    fn follows_from(&self, old: &CompiledRubric, index: usize, columns: &Columns) -> bool {
        match (&self.rubric.criteria[self.at].how, &old.criteria[index].how) {
            (How::Human(_), How::Human(_)) => self.rubric.combine == old.combine,
            (How::Check(..), How::Check(..)) => match (self.machine, &columns.machine[index]) {
                (Some(ours), Some(theirs)) => Arc::ptr_eq(ours, theirs),
                _ => false,
            },
            _ => false,
        }
    }

    /// What the machine alone says of response `row`.
    fn machine(&self, row: usize) -> Cell {
        self.rubric.cell(self.at, self.machine.map(|column| column.cell(row)))
    }

    fn counting(&self, row: u32) -> Cell {
        counting(self.rubric, self.at, row, self.people, self.machine(row as usize))
    }

    /// Whether the check is overruled anywhere.
    fn is_overruled(&self) -> bool {
        let id = &*self.rubric.criteria[self.at].id;
        let overruled = |row| self.people.overruled(row).iter().any(|overruled| *overruled.criterion == *id);
        self.people.rows().any(overruled)
    }

    /// The column from nothing.
    fn column(&self) -> Option<Arc<Column>> {
        if matches!(self.rubric.criteria[self.at].how, How::Check(..)) && self.machine.is_none() {
            return None;
        }
        let judged: Vec<u32> = self.people.rows().filter(|&row| (row as usize) < self.rows).collect();
        self.patched(self.machine, &judged)
    }

    /// `column` with the cells of `changed` rows as they are now: itself where they are the same.
    fn patched(&self, column: Option<&Arc<Column>>, changed: &[u32]) -> Option<Arc<Column>> {
        let before = |row: usize| self.rubric.cell(self.at, column.map(|column| column.cell(row)));
        let changed = changed.iter().filter(|&&row| (row as usize) < self.rows);
        let new: Vec<(usize, Cell)> =
            changed.map(|&row| (row as usize, self.counting(row))).filter(|&(row, cell)| before(row) != cell).collect();
        if new.is_empty() {
            return column.cloned();
        }
        if self.machine.is_some() && !self.is_overruled() {
            return self.machine.cloned();
        }
        let mut patched = match column {
            Some(column) => (**column).clone(),
            None => Column::filled(self.rows, Cell::unscored(State::AwaitingHuman)),
        };
        for (row, cell) in new {
            patched.set(row, cell);
        }
        Some(Arc::new(patched))
    }
}
