//! Groups that grow together: disjoint sets, each named by its first member.

/// Disjoint sets of numbers.
#[derive(Debug)]
pub(super) struct Groups {
    /// One step towards the first member; never to a greater number.
    parent: Vec<u32>,
}

impl Groups {
    /// Every number below `count` in a group of its own.
    pub(super) fn new(count: usize) -> Self {
        Self { parent: (0..count as u32).collect() }
    }

    /// Makes the groups of `a` and `b` one; false if they are already.
    pub(super) fn unite(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b) as usize] = a.min(b);
        a != b
    }

    /// The first member of every number's group.
    pub(super) fn firsts(&mut self) -> &[u32] {
        // Parents come before their children, so that theirs are known.
        for at in 0..self.parent.len() {
            self.parent[at] = self.parent[self.parent[at] as usize];
        }
        &self.parent
    }

    fn find(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            let next = self.parent[at as usize];
            self.parent[at as usize] = self.parent[next as usize];
            at = next;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::Groups;

    #[test]
    fn a_group_is_named_by_its_first_member() {
        let mut groups = Groups::new(7);
        assert!(groups.unite(5, 6));
        assert!(groups.unite(3, 5));
        assert!(!groups.unite(6, 3));
        assert!(groups.unite(1, 2));
        assert_eq!(groups.firsts(), [0, 1, 1, 3, 4, 3, 3]);
        assert!(groups.unite(6, 2));
        assert_eq!(groups.firsts(), [0, 1, 1, 1, 4, 1, 1]);
    }
}
