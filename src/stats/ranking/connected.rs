//! Which items can be compared at all.

/// Groups of nodes that reach each other along the edges of `ahead`: `ahead[a]` lists who `a` leads to. Groups come in
/// an order in which edges lead from earlier groups to later ones only, and ascend within.
pub(super) fn strong_groups(ahead: &[Vec<usize>]) -> Vec<Vec<usize>> {
    // Tarjan, SIAM Journal on Computing 1, 1972, with a stack of its own instead of recursion. It finds groups that
    // nothing leads out of first.
    const UNSEEN: usize = usize::MAX;
    let mut order = vec![UNSEEN; ahead.len()];
    let mut lowest = vec![0; ahead.len()];
    let mut open = vec![false; ahead.len()];
    let (mut pending, mut groups, mut seen) = (Vec::new(), Vec::new(), 0);
    for root in 0..ahead.len() {
        let mut path = if order[root] == UNSEEN { vec![(root, 0)] } else { Vec::new() };
        while let Some((node, next)) = path.pop() {
            if next == 0 {
                (order[node], lowest[node], open[node]) = (seen, seen, true);
                seen += 1;
                pending.push(node);
            } else {
                let done = ahead[node][next - 1];
                if open[done] {
                    lowest[node] = lowest[node].min(lowest[done]);
                }
            }
            if let Some(&to) = ahead[node].get(next) {
                path.push((node, next + 1));
                if order[to] == UNSEEN {
                    path.push((to, 0));
                }
            } else if lowest[node] == order[node] {
                let from = pending.iter().rposition(|&other| other == node).unwrap_or(0);
                let mut group = pending.split_off(from);
                group.iter().for_each(|&member| open[member] = false);
                group.sort_unstable();
                groups.push(group);
            }
        }
    }
    groups.reverse();
    groups
}

#[cfg(test)]
mod tests {
    use super::strong_groups;

    #[test]
    fn groups_are_those_that_reach_each_other() {
        let groups = strong_groups(&[vec![1], vec![2, 3], vec![0], vec![4], vec![3], vec![]]);
        assert_eq!(groups, [vec![5], vec![0, 1, 2], vec![3, 4]]);
        assert!(strong_groups(&[]).is_empty());
        // A chain as long as this would overflow a recursion.
        let chain: Vec<Vec<usize>> = (1..=200_000).map(|to| if to < 200_000 { vec![to] } else { vec![] }).collect();
        assert_eq!(strong_groups(&chain).len(), 200_000);
    }
}
