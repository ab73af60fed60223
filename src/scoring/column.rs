//! What one check, or people, said of every response.

use super::{Cell, State};
use std::ops::Range;

/// So many different cells at most are told by a byte. Most checks have few; looking through more for each response would
/// take longer than writing it down.
const FEW: usize = 32;

/// One cell for every response: a byte a response where there are few different ones, as mostly, else 9.
#[derive(Clone, Debug)]
pub struct Column {
    cells: Cells,
}

#[derive(Clone, Debug)]
enum Cells {
    /// The place of each response's cell among `different`, which are at most [`FEW`].
    Few {
        different: Vec<Cell>,
        codes: Vec<u8>,
    },
    Many {
        raw: Vec<f64>,
        state: Vec<State>,
    },
}

/// What nearly every column has: the lists of all begin with them, so that they can be put together as they are.
const USUAL: [Cell; 2] = [Cell { state: State::Scored, raw: 0.0 }, Cell { state: State::Scored, raw: 1.0 }];

/// The place of `cell` among `different`, where it is put if it was not; `None` where that would be too many.
fn code(different: &mut Vec<Cell>, cell: Cell) -> Option<u8> {
    let place = different.iter().position(|other| other.is_same(cell)).or_else(|| {
        (different.len() < FEW).then(|| {
            different.push(cell);
            different.len() - 1
        })
    });
    place.map(|place| place as u8)
}

impl Default for Column {
    fn default() -> Self {
        Self { cells: Cells::Few { different: USUAL.to_vec(), codes: Vec::new() } }
    }
}

impl PartialEq for Column {
    /// Whether both say the same, however it is kept.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (0..self.len()).all(|row| self.cell(row) == other.cell(row))
    }
}

impl Column {
    /// How many responses it covers.
    pub fn len(&self) -> usize {
        match &self.cells {
            Cells::Few { codes, .. } => codes.len(),
            Cells::Many { raw, .. } => raw.len(),
        }
    }

    /// Whether it covers none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cell of response `row`.
    pub fn cell(&self, row: usize) -> Cell {
        match &self.cells {
            Cells::Few { different, codes } => different[codes[row] as usize],
            Cells::Many { raw, state } => Cell { state: state[row], raw: raw[row] },
        }
    }

    /// Whether all of `rows` have a value.
    pub(super) fn is_scored(&self, rows: Range<usize>) -> bool {
        match &self.cells {
            Cells::Few { different, codes } => {
                different.iter().all(|cell| cell.state == State::Scored)
                    || codes[rows].iter().all(|&code| different[code as usize].state == State::Scored)
            }
            // Each looked at, so that many are at once.
            Cells::Many { state, .. } => state[rows].iter().fold(true, |all, &state| all & (state == State::Scored)),
        }
    }

    /// Adds what `of` makes of the raw value of each of the rows from `first` on; 0 where there is none.
    pub(super) fn add_to(&self, sums: &mut [f64], first: usize, of: impl Fn(f64) -> f64) {
        let rows = first..first + sums.len();
        match &self.cells {
            Cells::Few { different, codes } => {
                let mut made = [0.0; FEW];
                made.iter_mut().zip(different).for_each(|(made, cell)| *made = of(cell.raw));
                for (sum, &code) in sums.iter_mut().zip(&codes[rows]) {
                    *sum += made[code as usize % FEW];
                }
            }
            Cells::Many { raw, .. } => sums.iter_mut().zip(&raw[rows]).for_each(|(sum, &raw)| *sum += of(raw)),
        }
    }

    /// Adds what another column says of the responses after these.
    pub fn append(&mut self, other: &Self) {
        if let (Cells::Few { different, codes }, Cells::Few { different: others, codes: more }) =
            (&mut self.cells, &other.cells)
        {
            let mut known = different.clone();
            if let Some(places) = others.iter().map(|&cell| code(&mut known, cell)).collect::<Option<Vec<u8>>>() {
                codes.extend(more.iter().map(|&code| places[code as usize]));
                *different = known;
                return;
            }
        }
        let (raw, state) = self.widen();
        raw.extend((0..other.len()).map(|row| other.cell(row).raw));
        state.extend((0..other.len()).map(|row| other.cell(row).state));
    }

    /// A column that says the same of all `rows` responses.
    pub(super) fn filled(rows: usize, cell: Cell) -> Self {
        let mut different = USUAL.to_vec();
        let code = code(&mut different, cell).expect("there is room for one more");
        Self { cells: Cells::Few { different, codes: vec![code; rows] } }
    }

    /// Changes the cell of response `row`.
    pub(super) fn set(&mut self, row: usize, cell: Cell) {
        if let Cells::Few { different, codes } = &mut self.cells
            && let Some(code) = code(different, cell)
        {
            codes[row] = code;
            return;
        }
        let (raw, state) = self.widen();
        (raw[row], state[row]) = (cell.raw, cell.state);
    }

    /// Its cells one by one, as many different ones as there may be.
    fn widen(&mut self) -> (&mut Vec<f64>, &mut Vec<State>) {
        if let Cells::Few { different, codes } = &self.cells {
            let each = codes.iter().map(|&code| different[code as usize]);
            let (raw, state) = (each.clone().map(|cell| cell.raw).collect(), each.map(|cell| cell.state).collect());
            self.cells = Cells::Many { raw, state };
        }
        match &mut self.cells {
            Cells::Many { raw, state } => (raw, state),
            Cells::Few { .. } => unreachable!("it was widened"),
        }
    }
}

/// Room for the cells of a column, to be filled by several at once.
pub(super) struct Blank {
    codes: Vec<u8>,
    different: Vec<Cell>,
}

/// Some rows of a column that are being filled.
pub(super) struct Part<'a> {
    codes: &'a mut [u8],
    different: Vec<Cell>,
    /// All cells, once there are too many different ones.
    many: Vec<Cell>,
}

/// What one part says beside its codes.
pub(super) struct Kept {
    rows: usize,
    different: Vec<Cell>,
    many: Vec<Cell>,
}

impl Blank {
    /// For `rows` rows, which say `usual` where nothing else is written.
    pub(super) fn new(rows: usize, usual: Cell) -> Self {
        let mut different = USUAL.to_vec();
        let code = code(&mut different, usual).expect("there is room for one more");
        Self { codes: vec![code; rows], different }
    }

    /// Parts of so many rows each, one after the other.
    pub(super) fn parts(&mut self, rows: impl Iterator<Item = usize>) -> Vec<Part<'_>> {
        let mut rest = &mut self.codes[..];
        let part = |rows| {
            let codes = rest.split_off_mut(..rows).expect("there are as many rows as all parts have");
            Part { codes, different: self.different.clone(), many: Vec::new() }
        };
        rows.map(part).collect()
    }

    /// The column, given what its parts keep, in their order.
    pub(super) fn column(self, parts: &[Kept]) -> Column {
        let Self { mut codes, mut different } = self;
        let mut known = |part: &Kept| -> Option<Vec<u8>> {
            part.different.iter().map(|&cell| code(&mut different, cell)).collect()
        };
        let is_few = parts.iter().all(|part| part.many.is_empty());
        let places = if is_few { parts.iter().map(&mut known).collect::<Option<Vec<_>>>() } else { None };
        let mut from = 0;
        if let Some(places) = places {
            for (part, places) in parts.iter().zip(places) {
                if places.iter().enumerate().any(|(place, &code)| place != code as usize) {
                    codes[from..from + part.rows].iter_mut().for_each(|code| *code = places[*code as usize]);
                }
                from += part.rows;
            }
            return Column { cells: Cells::Few { different, codes } };
        }
        let (mut raw, mut state) = (Vec::with_capacity(codes.len()), Vec::with_capacity(codes.len()));
        let mut add = |cell: Cell| {
            raw.push(cell.raw);
            state.push(cell.state);
        };
        for part in parts {
            match part.many.is_empty() {
                true => codes[from..from + part.rows].iter().for_each(|&code| add(part.different[code as usize])),
                false => part.many.iter().for_each(|&cell| add(cell)),
            }
            from += part.rows;
        }
        Column { cells: Cells::Many { raw, state } }
    }
}

impl Part<'_> {
    /// Writes the cell of its row `at`.
    pub(super) fn set(&mut self, at: usize, cell: Cell) {
        if self.many.is_empty() {
            if let Some(code) = code(&mut self.different, cell) {
                self.codes[at] = code;
                return;
            }
            self.many = self.codes.iter().map(|&code| self.different[code as usize]).collect();
        }
        self.many[at] = cell;
    }

    /// What it keeps, when its rows are written.
    pub(super) fn end(self) -> Kept {
        Kept { rows: self.codes.len(), different: self.different, many: self.many }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Reason;
    use proptest::prelude::*;

    #[test]
    fn a_cell_kept_by_itself_takes_nine_bytes() {
        assert_eq!(size_of::<f64>() + size_of::<State>(), 9);
    }

    /// Few different cells, or so many that they are kept one by one.
    fn cells() -> impl Strategy<Value = Vec<Cell>> {
        let cell = |most: u32| {
            prop_oneof![
                6 => (0..=most).prop_map(move |n| Cell::scored(f64::from(n) / f64::from(most))),
                1 => Just(Cell::unscored(State::NotApplicable)),
                1 => Just(Cell::unscored(State::Invalid(Reason::NoText))),
            ]
        };
        prop_oneof![prop::collection::vec(cell(3), 0..40), prop::collection::vec(cell(200), 0..80)]
    }

    fn made(parts: &[Vec<Cell>]) -> Column {
        let usual = Cell::scored(0.25);
        let mut blank = Blank::new(parts.iter().map(Vec::len).sum(), usual);
        let mut open = blank.parts(parts.iter().map(Vec::len));
        for (part, cells) in open.iter_mut().zip(parts) {
            let unusual = cells.iter().enumerate().filter(|(_, cell)| !cell.is_same(usual));
            unusual.for_each(|(at, &cell)| part.set(at, cell));
        }
        let kept: Vec<Kept> = open.into_iter().map(Part::end).collect();
        blank.column(&kept)
    }

    proptest! {
        #[test]
        fn a_column_says_what_was_written(parts in prop::collection::vec(cells(), 0..4), more in cells()) {
            let mut column = made(&parts);
            column.append(&made(std::slice::from_ref(&more)));
            let expected: Vec<Cell> = parts.into_iter().flatten().chain(more).collect();
            let said: Vec<Cell> = (0..column.len()).map(|row| column.cell(row)).collect();
            prop_assert_eq!(&said, &expected);
            for (from, to) in [(0, said.len()), (said.len() / 3, said.len() / 2)] {
                let is_scored = said[from..to].iter().all(|cell| cell.state == State::Scored);
                prop_assert_eq!(column.is_scored(from..to), is_scored);
                let mut sums = vec![0.5; to - from];
                column.add_to(&mut sums, from, |raw| raw * 0.3);
                let sums_of_each: Vec<f64> = said[from..to].iter().map(|cell| 0.5 + cell.raw * 0.3).collect();
                prop_assert_eq!(sums, sums_of_each);
            }
        }

        #[test]
        fn what_is_changed_changes_and_nothing_else(before in cells(), changes in cells()) {
            let mut column = made(std::slice::from_ref(&before));
            let mut expected = before.clone();
            for (at, &cell) in changes.iter().enumerate().filter(|_| !before.is_empty()) {
                column.set(at * 7 % before.len(), cell);
                expected[at * 7 % before.len()] = cell;
            }
            prop_assert!((0..column.len()).all(|row| column.cell(row) == expected[row]));
            prop_assert_eq!(column, made(&[expected]));
        }
    }
}
