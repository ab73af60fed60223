//! Text storage: a million responses in a few large shared buffers.

use std::num::NonZeroU32;
use std::ops::Deref;
use std::sync::Arc;

/// Where a text lies in [`Texts`]: 12 bytes, also where there may be none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TextRef {
    /// Counted from 1: what may lack takes no more room.
    block: NonZeroU32,
    start: u32,
    len: u32,
}

impl Default for TextRef {
    /// An empty text.
    fn default() -> Self {
        Self::new(0, 0, 0)
    }
}

impl TextRef {
    /// The text at bytes `start..start + len` of block `index`, of less than `u32::MAX` blocks.
    fn new(index: u32, start: u32, len: u32) -> Self {
        Self { block: NonZeroU32::MIN.saturating_add(index), start, len }
    }

    /// The index of its block.
    fn block(self) -> usize {
        self.block.get() as usize - 1
    }

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
    // Not `Arc<str>`: making one of a `String` copies its text.
    blocks: Vec<Arc<String>>,
    open: String,
}

/// A text that is kept together with the block it lies in.
#[derive(Clone, Debug)]
pub struct SharedText {
    block: Arc<String>,
    start: u32,
    len: u32,
}

impl SharedText {
    /// Whether both are the same piece of the same block, not merely equal.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.block, &other.block) && (self.start, self.len) == (other.start, other.len)
    }
}

impl Deref for SharedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.block[self.start as usize..][..self.len as usize]
    }
}

impl From<&str> for SharedText {
    /// A block of its own. Of a text of 4 GiB and more the beginning.
    fn from(text: &str) -> Self {
        let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
        Self { block: Arc::new(text.to_owned()), start: 0, len: text.len() as u32 }
    }
}

/// A block that was handed over as a whole: see [`Texts::adopt`].
#[derive(Clone, Copy, Debug)]
pub struct Block(u32);

impl Block {
    /// The text at bytes `start..start + len` of the block, which begin and end at characters.
    pub fn part(self, start: u32, len: u32) -> TextRef {
        TextRef::new(self.0, start, len)
    }
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
        TextRef::new(self.blocks.len() as u32, start, text.len() as u32)
    }

    /// The text at `at`, which came from this storage or one it was cloned from.
    pub fn get(&self, at: TextRef) -> &str {
        let block = self.blocks.get(at.block()).map_or(self.open.as_str(), |block| block);
        &block[at.start as usize..][..at.len()]
    }

    /// Takes a block of several texts over as it is: nothing is copied. What is wanted of it is said by
    /// [`Block::part`].
    pub fn adopt(&mut self, mut block: String) -> Block {
        self.close_block();
        block.shrink_to_fit();
        self.blocks.push(Arc::new(block));
        Block(self.blocks.len() as u32 - 1)
    }

    /// The text at `at`, to be kept without copying it.
    pub fn shared(&self, at: TextRef) -> SharedText {
        match self.blocks.get(at.block()) {
            Some(block) => SharedText { block: block.clone(), start: at.start, len: at.len },
            None => self.get(at).into(),
        }
    }

    /// Moves what is still open into a shared block, so that clones share it too.
    pub fn close_block(&mut self) {
        if !self.open.is_empty() {
            let mut block = std::mem::take(&mut self.open);
            block.shrink_to_fit();
            self.blocks.push(Arc::new(block));
        }
    }

    /// Bytes of text held.
    pub fn bytes(&self) -> usize {
        self.blocks.iter().map(|block| block.len()).sum::<usize>() + self.open.len()
    }
}

#[cfg(test)]
mod tests {
    use super::{TextRef, Texts};
    use crate::model::{Response, ResponseText};
    use proptest::prelude::*;

    #[test]
    fn a_response_takes_no_more_room_than_it_says() {
        assert_eq!([size_of::<Option<TextRef>>(), size_of::<ResponseText>(), size_of::<Response>()], [12, 12, 52]);
    }

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
