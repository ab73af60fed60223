//! A ranking while it is made, best first.

/// A ranking while it is made: groups of places from the left, the best group first; those of one group are ties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placing {
    groups: Vec<Vec<usize>>,
    /// Whether the next one joins the last group.
    tie: bool,
}

impl Placing {
    /// As ranks say: `ranks[i]` is that of the response at place `i`.
    pub fn of_ranks(ranks: &[u32]) -> Self {
        let mut steps: Vec<u32> = ranks.to_vec();
        steps.sort_unstable();
        steps.dedup();
        let group = |step: u32| (0..ranks.len()).filter(|&place| ranks[place] == step).collect();
        Self { groups: steps.into_iter().map(group).collect(), tie: false }
    }

    /// The response at place `place` from the left is next best, or as good as the last one. One that has a rank
    /// already keeps it.
    pub fn place(&mut self, place: usize) {
        if self.groups.iter().flatten().any(|&known| known == place) {
            return;
        }
        match self.groups.last_mut().filter(|_| self.tie) {
            Some(last) => last.push(place),
            None => self.groups.push(vec![place]),
        }
        self.tie = false;
    }

    /// Puts the response at `place` before group `group` as one of its own: for dragging.
    pub fn move_to(&mut self, place: usize, group: usize) {
        let at = self.take_out(place, group.min(self.groups.len()));
        self.groups.insert(at, vec![place]);
    }

    /// Makes the response at `place` as good as those of group `group`; where there is no such group, the next best: for
    /// dragging.
    pub fn join(&mut self, place: usize, group: usize) {
        if self.groups.get(group).is_some_and(|members| members.contains(&place)) {
            return;
        }
        let at = self.take_out(place, group.min(self.groups.len()));
        match self.groups.get_mut(at) {
            Some(members) => members.push(place),
            None => self.groups.push(vec![place]),
        }
    }

    /// Takes the response at `place` out of its group; where group `group` is then.
    fn take_out(&mut self, place: usize, group: usize) -> usize {
        self.tie = false;
        let Some(from) = self.groups.iter().position(|members| members.contains(&place)) else { return group };
        self.groups[from].retain(|&member| member != place);
        if !self.groups[from].is_empty() {
            return group;
        }
        self.groups.remove(from);
        group - usize::from(from < group)
    }

    /// The next one placed is as good as the last; asked again, it is not.
    pub fn tie(&mut self) {
        self.tie = !self.tie && !self.groups.is_empty();
    }

    /// Whether the next one joins the last group.
    pub fn is_tie(&self) -> bool {
        self.tie
    }

    /// Takes the last placed one back.
    pub fn unplace(&mut self) {
        if let Some(last) = self.groups.last_mut() {
            last.pop();
            if last.is_empty() {
                self.groups.pop();
            }
        }
        self.tie = false;
    }

    /// The groups, the best first.
    pub fn groups(&self) -> &[Vec<usize>] {
        &self.groups
    }

    /// The rank of each of `n` responses, 1 for the best, ties sharing the better rank; `None` while one is missing. The
    /// last one left over is the worst without being placed.
    pub fn ranks(&self, n: usize) -> Option<Vec<u32>> {
        let mut groups = self.groups.clone();
        let left: Vec<usize> = (0..n).filter(|place| !groups.iter().flatten().any(|known| known == place)).collect();
        match left[..] {
            [] => {}
            [last] if n > 1 => groups.push(vec![last]),
            _ => return None,
        }
        let mut ranks = vec![0; n];
        let mut rank = 1;
        for group in groups {
            group.iter().for_each(|&place| ranks[place] = rank);
            rank += group.len() as u32;
        }
        Some(ranks)
    }
}

#[cfg(test)]
mod tests {
    use super::Placing;

    fn placed(steps: &str) -> Placing {
        let mut placing = Placing::default();
        for step in steps.chars() {
            match step {
                '=' => placing.tie(),
                '<' => placing.unplace(),
                digit => placing.place(digit as usize - '0' as usize),
            }
        }
        placing
    }

    #[test]
    fn keys_make_a_ranking() {
        let cases = [
            ("20", Some(vec![2, 3, 1])),
            ("201", Some(vec![2, 3, 1])),
            ("2=01", Some(vec![1, 3, 1])),
            ("2<01", Some(vec![1, 2, 3])),
            ("2", None),
            ("", None),
            ("22", None),
            ("0=1=2", Some(vec![1, 1, 1])),
            ("0==1", Some(vec![1, 2, 3])),
        ];
        for (steps, ranks) in cases {
            assert_eq!(placed(steps).ranks(3), ranks, "{steps}");
        }
        let ranks = [1, 3, 1];
        assert_eq!(Placing::of_ranks(&ranks).ranks(3).unwrap(), ranks);
    }

    #[test]
    fn dragging_moves_one_between_groups() {
        let mut placing = placed("012");
        placing.move_to(2, 0);
        assert_eq!(placing.groups(), [[2], [0], [1]]);
        placing.move_to(2, 3);
        assert_eq!(placing.groups(), [[0], [1], [2]]);
        placing.move_to(0, 1);
        assert_eq!(placing.groups(), [[0], [1], [2]], "before itself or right behind is where it was");
    }

    #[test]
    fn dragging_one_onto_another_ties_them_and_away_separates() {
        let mut placing = placed("01");
        let mut check = |drag: &dyn Fn(&mut Placing), expected: &[&[usize]]| {
            drag(&mut placing);
            assert_eq!(placing.groups(), expected);
        };
        check(&|placing| placing.join(2, 0), &[&[0, 2], &[1]]);
        check(&|placing| placing.join(2, 0), &[&[0, 2], &[1]]);
        check(&|placing| placing.join(1, 0), &[&[0, 2, 1]]);
        check(&|placing| placing.move_to(2, 0), &[&[2], &[0, 1]]);
        check(&|placing| placing.join(2, 1), &[&[0, 1, 2]]);
        check(&|placing| placing.move_to(0, 1), &[&[1, 2], &[0]]);
        check(&|placing| placing.join(0, 7), &[&[1, 2], &[0]]);
        assert_eq!(placing.ranks(3), Some(vec![3, 1, 1]));
    }
}
