//! What was found: for every text the first that is the same, and the first of those alike.

/// Texts that are the same or alike. A group is named by its first text.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicates {
    pub(super) first_equal: Vec<u32>,
    pub(super) first_similar: Vec<u32>,
    pub(super) similarity: Vec<f64>,
    pub(super) work: Work,
}

/// What it took, in pairs of texts. It grows with the number of texts, and not with its square.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Pairs whose signatures were compared.
    pub looked_at: u64,
    /// Of these, pairs whose texts were compared.
    pub verified: u64,
}

impl Duplicates {
    /// How many texts were compared.
    pub fn len(&self) -> usize {
        self.first_equal.len()
    }

    /// Whether there were none.
    pub fn is_empty(&self) -> bool {
        self.first_equal.is_empty()
    }

    /// The first text that is the same as text `row`, byte for byte: `row` itself where no earlier one is.
    pub fn first_equal(&self, row: usize) -> usize {
        self.first_equal[row] as usize
    }

    /// The first text of those alike that text `row` is one of: `row` itself where no earlier one is.
    pub fn first_similar(&self, row: usize) -> usize {
        self.first_similar[row] as usize
    }

    /// How alike text `row` and [the first of its group](Self::first_similar) are, 0..=1; 1 for the first itself. Below
    /// the threshold where they are alike through others.
    pub fn similarity(&self, row: usize) -> f64 {
        self.similarity[row]
    }

    /// Whether an earlier text is the same. In a group of three this holds for two.
    pub fn is_copy(&self, row: usize) -> bool {
        self.first_equal(row) != row
    }

    /// Whether an earlier text is the same or alike.
    pub fn is_like_earlier(&self, row: usize) -> bool {
        self.first_similar(row) != row
    }

    /// The groups of two and more texts that are the same, in order of their first; the members in order.
    pub fn equal_groups(&self) -> Vec<Vec<u32>> {
        groups(&self.first_equal)
    }

    /// The groups of two and more texts that are the same or alike, in order of their first; the members in order.
    pub fn similar_groups(&self) -> Vec<Vec<u32>> {
        groups(&self.first_similar)
    }

    /// What it took.
    pub fn work(&self) -> Work {
        self.work
    }
}

fn groups(first: &[u32]) -> Vec<Vec<u32>> {
    let mut members: Vec<(u32, u32)> = (0..first.len() as u32).map(|row| (first[row as usize], row)).collect();
    members.sort_unstable();
    let groups = members.chunk_by(|(a, _), (b, _)| a == b).filter(|group| group.len() > 1);
    groups.map(|group| group.iter().map(|&(_, row)| row).collect()).collect()
}
