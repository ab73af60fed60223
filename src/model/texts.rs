//! Text storage: a million responses in a few large shared buffers.

use std::sync::Arc;

/// Where a text lies in [`Texts`]: 12 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TextRef {
    block: u32,
    start: u32,
    len: u32,
}

impl TextRef {
    /// Length in bytes.
    pub fn len(self) -> usize {
        self.len as usize
    }

    /// Whether the text is empty.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// Append-only storage of texts. Cloning shares the full blocks.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    blocks: Vec<Arc<str>>,
    open: String,
}

/// A block is closed when the next text would make it longer than this. A longer text gets a block of its
/// own.
const BLOCK_BYTES: usize = 4 << 20;

impl Texts {
    /// Stores `text`. Texts of 4 GiB and more are cut at a character boundary; importers refuse them
    /// before.
    pub fn push(&mut self, text: &str) -> TextRef {
        let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
        if !self.open.is_empty() && self.open.len() + text.len() > BLOCK_BYTES {
            self.close_block();
        }
        let start = self.open.len() as u32;
        self.open.push_str(text);
        TextRef { block: self.blocks.len() as u32, start, len: text.len() as u32 }
    }

    /// The text at `at`, which came from this storage or one it was cloned from.
    pub fn get(&self, at: TextRef) -> &str {
        let block = self.blocks.get(at.block as usize).map_or(self.open.as_str(), |block| block);
        &block[at.start as usize..][..at.len()]
    }

    /// The text at `at` as a shared one: without copying where it has a block of its own, as every long text has.
    pub fn shared(&self, at: TextRef) -> Arc<str> {
        match self.blocks.get(at.block as usize) {
            Some(block) if block.len() == at.len() => block.clone(),
            _ => Arc::from(self.get(at)),
        }
    }

    /// Moves what is still open into a shared block, so that clones share it too.
    pub fn close_block(&mut self) {
        if !self.open.is_empty() {
            self.blocks.push(Arc::from(std::mem::take(&mut self.open)));
        }
    }

    /// Bytes of text held.
    pub fn bytes(&self) -> usize {
        self.blocks.iter().map(|block| block.len()).sum::<usize>() + self.open.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_goes_in_comes_out(list in prop::collection::vec(".{0,40}", 0..30), close in 0usize..30) {
            let mut texts = Texts::default();
            let mut refs = Vec::new();
            for (index, text) in list.iter().enumerate() {
                refs.push(texts.push(text));
                if index == close {
                    texts.close_block();
                }
            }
            let copy = texts.clone();
            for (at, text) in refs.iter().zip(&list) {
                prop_assert_eq!(copy.get(*at), text);
                prop_assert_eq!(&*copy.shared(*at), text);
            }
        }
    }
}
