//! A text in blocks of whole lines, worked on in parallel and handed back in order: constant memory, however
//! long the text is.

use super::places::{Claim, Places};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Bytes of a block; more only where a line is longer. A block and what is made of it fit a core's cache.
const BLOCK: usize = 256 << 10;

/// Hands out a text block by block.
pub(super) enum Blocks<'a> {
    /// What is left of a text in memory.
    Memory(&'a [u8]),
    /// A text that is read on the way.
    Stream(Stream<'a>),
    /// A file that all threads read.
    File(Places),
}

/// A block that was handed out.
enum Block<'a> {
    /// It is here.
    Memory(&'a [u8]),
    /// In the buffer, as soon as it is all read.
    Buffer(Option<Claim>),
}

impl<'a> Block<'a> {
    /// Its bytes; `buffer` is what it was asked for with.
    fn read<'b>(self, buffer: &'b mut [u8]) -> io::Result<&'b [u8]>
    where
        'a: 'b,
    {
        match self {
            Self::Memory(bytes) => Ok(bytes),
            Self::Buffer(None) => Ok(buffer),
            Self::Buffer(Some(claim)) => claim.fill(buffer).map(|length| &buffer[..length]),
        }
    }
}

/// A text that is read on the way.
pub(super) struct Stream<'a> {
    from: Box<dyn Read + Send + 'a>,
    /// The begun line after the last block.
    begun: Vec<u8>,
    /// What reading failed with, told once what came before is handed out.
    failed: Option<io::Error>,
}

impl<'a> Blocks<'a> {
    /// `from`, after what was `read` of it already.
    pub(super) fn stream(read: Vec<u8>, from: Box<dyn Read + Send + 'a>) -> Self {
        Self::Stream(Stream { from, begun: read, failed: None })
    }

    /// The next block, in `buffer` where it has to be put somewhere; `None` at the end.
    fn next(&mut self, buffer: &mut Vec<u8>) -> io::Result<Option<Block<'a>>> {
        match self {
            Self::Memory(rest) => {
                let wanted = rest.len().min(BLOCK);
                let end = memchr::memrchr(b'\n', &rest[..wanted])
                    .or_else(|| memchr::memchr(b'\n', &rest[wanted..]).map(|found| wanted + found))
                    .map_or(rest.len(), |found| found + 1);
                // What is left may be less than a block, and is one then.
                let end = if rest.len() <= BLOCK { rest.len() } else { end };
                let (block, after) = rest.split_at(end);
                *rest = after;
                Ok((!block.is_empty()).then_some(Block::Memory(block)))
            }
            Self::Stream(stream) => {
                let ended = stream.fill(buffer)?;
                Ok((!ended || !buffer.is_empty()).then_some(Block::Buffer(None)))
            }
            Self::File(places) => Ok(places.claim(buffer, BLOCK)?.map(|claim| Block::Buffer(Some(claim)))),
        }
    }
}

impl Stream<'_> {
    /// Reads whole lines; whether the text ended.
    fn fill(&mut self, buffer: &mut Vec<u8>) -> io::Result<bool> {
        buffer.clear();
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        buffer.append(&mut self.begun);
        let mut seen = 0;
        loop {
            let wanted = BLOCK.saturating_sub(buffer.len()).max(BLOCK / 4).max(buffer.len() / 2);
            match self.from.by_ref().take(wanted as u64).read_to_end(buffer) {
                Ok(0) => return Ok(true),
                Ok(_) => {}
                Err(error) if buffer.is_empty() => return Err(error),
                Err(error) => {
                    self.failed = Some(error);
                    return Ok(true);
                }
            }
            if buffer.len() < BLOCK {
                continue;
            }
            if let Some(found) = memchr::memrchr(b'\n', &buffer[seen..]) {
                self.begun.extend_from_slice(&buffer[seen + found + 1..]);
                buffer.truncate(seen + found + 1);
                return Ok(false);
            }
            seen = buffer.len();
        }
    }
}

/// Runs `work` on every block, on as many threads as the pool has that it is called in, and gives `take` what came out, in
/// the order of the blocks, until it has enough.
///
/// # Errors
/// Those of reading, after everything before them was taken.
pub(super) fn in_order<T: Send>(
    blocks: Blocks<'_>,
    work: impl Fn(&[u8]) -> T + Sync,
    mut take: impl FnMut(T) -> ControlFlow<()> + Send,
) -> io::Result<()> {
    let source = Mutex::new(Source { blocks, next: 0, ended: false });
    let mut result = Ok(());
    let outlet = Outlet::new(|made| match made {
        Ok(made) => take(made),
        Err(error) => {
            result = Err(error);
            ControlFlow::Break(())
        }
    });
    let worker = || {
        let mut buffer = Vec::new();
        loop {
            let mut reading = lock(&source);
            if reading.ended {
                return;
            }
            let number = reading.next;
            let Some(block) = reading.blocks.next(&mut buffer).transpose() else {
                reading.ended = true;
                return;
            };
            reading.ended = block.is_err();
            reading.next += 1;
            drop(reading);
            let guard = Guard(|| outlet.stop());
            let made = block.and_then(|block| block.read(&mut buffer)).map(&work);
            std::mem::forget(guard);
            if outlet.put(number, made).is_break() {
                lock(&source).ended = true;
                return;
            }
        }
    };
    // Threads of their own: a worker is busy to the end of the text, and the pool has work that somebody waits for.
    thread::scope(|scope| {
        let others: Vec<_> = (1..rayon::current_num_threads()).map(|_| scope.spawn(worker)).collect();
        worker();
        for other in others {
            if let Err(panicked) = other.join() {
                resume_unwind(panicked);
            }
        }
    });
    drop(outlet);
    result
}

/// A lock whose holder panicked is taken over: the panic itself comes out in the end.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs when it is dropped: where a worker panics, the others must not wait for what it owes them.
struct Guard<F: Fn()>(F);

impl<F: Fn()> Drop for Guard<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

struct Source<'a> {
    blocks: Blocks<'a>,
    /// The number of the next block.
    next: usize,
    ended: bool,
}

/// Puts what workers finish back in order. Whoever comes while another worker hands something out leaves it to
/// that one, and goes on.
struct Outlet<T, F> {
    queue: Mutex<Queue<T>>,
    room: Condvar,
    take: Mutex<F>,
}

struct Queue<T> {
    next: usize,
    waiting: BTreeMap<usize, T>,
    /// Whether a worker is handing out.
    busy: bool,
    stopped: bool,
}

/// So many may wait to be handed out; more would only fill the memory.
const WAITING: usize = 16;

impl<T, F: FnMut(T) -> ControlFlow<()>> Outlet<T, F> {
    fn new(take: F) -> Self {
        let queue = Queue { next: 0, waiting: BTreeMap::new(), busy: false, stopped: false };
        Self { queue: Mutex::new(queue), room: Condvar::new(), take: Mutex::new(take) }
    }

    fn put(&self, number: usize, made: T) -> ControlFlow<()> {
        let mut queue = lock(&self.queue);
        queue.waiting.insert(number, made);
        let full = |queue: &mut Queue<T>| {
            let served = !queue.busy && queue.waiting.contains_key(&queue.next);
            queue.waiting.len() > WAITING && !served && !queue.stopped
        };
        queue = self.room.wait_while(queue, full).unwrap_or_else(PoisonError::into_inner);
        while !queue.busy && !queue.stopped {
            let next = queue.next;
            let Some(made) = queue.waiting.remove(&next) else { break };
            queue.next += 1;
            queue.busy = true;
            drop(queue);
            let more = (lock(&self.take))(made);
            queue = lock(&self.queue);
            queue.busy = false;
            queue.stopped |= more.is_break();
            self.room.notify_all();
        }
        if queue.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Lets everybody go who waits.
    fn stop(&self) {
        lock(&self.queue).stopped = true;
        self.room.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write as _;
    use std::sync::Arc;

    /// All blocks of `text`: from memory, as a stream that gives `piece` bytes at a time, and from a file.
    fn blocks(text: &[u8], piece: usize) -> [Vec<Vec<u8>>; 3] {
        struct Slow<'a>(&'a [u8], usize);
        impl Read for Slow<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let wanted = buffer.len().min(self.1);
                self.0.read(&mut buffer[..wanted])
            }
        }
        let (head, rest) = text.split_at(text.len().min(piece / 2));
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text).unwrap();
        let sources = [
            Blocks::Memory(text),
            Blocks::stream(head.to_vec(), Box::new(Slow(rest, piece))),
            Blocks::File(Places::new(file, 0, Arc::new(|_| {})).expect("it is a file")),
        ];
        sources.map(|source| {
            let mut all = Vec::new();
            in_order(source, <[u8]>::to_vec, |block| {
                all.push(block);
                ControlFlow::Continue(())
            })
            .unwrap();
            all
        })
    }

    #[test]
    fn a_line_longer_than_a_block_stays_whole() {
        let long = [vec![b'x'; 3 * BLOCK], b"\nshort\n".to_vec(), vec![b'y'; BLOCK], b"\nlast".to_vec()].concat();
        for all in blocks(&long, 70_000) {
            assert_eq!(all.concat(), long);
            assert!(all.len() > 1);
            assert!(all[..all.len() - 1].iter().all(|block| block.ends_with(b"\n")));
        }
    }

    #[test]
    fn an_error_comes_after_what_was_read() {
        struct Broken(usize);
        impl Read for Broken {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                if self.0 == 0 {
                    return Err(io::Error::other("the disk is gone"));
                }
                let length = buffer.len().min(self.0);
                buffer[..length].fill(b'\n');
                self.0 -= length;
                Ok(length)
            }
        }
        let mut bytes = 0;
        let result = in_order(Blocks::stream(Vec::new(), Box::new(Broken(3 * BLOCK + 7))), <[u8]>::len, |length| {
            bytes += length;
            ControlFlow::Continue(())
        });
        assert_eq!(result.unwrap_err().to_string(), "the disk is gone");
        assert_eq!(bytes, 3 * BLOCK + 7);
    }

    #[test]
    #[should_panic(expected = "a broken worker")]
    fn a_panic_of_one_worker_ends_all() {
        let text = "line\n".repeat(8 * BLOCK);
        let work = |block: &[u8]| assert!(!block.is_empty() && block.len() < 10, "a broken worker");
        let _ = in_order(Blocks::Memory(text.as_bytes()), work, |()| ControlFlow::Continue(()));
    }

    #[test]
    fn whoever_has_enough_stops_it() {
        let text = "line\n".repeat(BLOCK);
        let mut taken = 0;
        in_order(
            Blocks::Memory(text.as_bytes()),
            |_| (),
            |()| {
                taken += 1;
                if taken < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            },
        )
        .unwrap();
        assert_eq!(taken, 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn blocks_are_the_text_in_whole_lines(
            lengths in prop::collection::vec(0usize..400_000, 0..12),
            piece in 2usize..900_000,
            end in any::<bool>(),
        ) {
            let mut text = lengths.iter().map(|&length| "x".repeat(length)).collect::<Vec<_>>().join("\n");
            if end { text.push('\n'); }
            for all in blocks(text.as_bytes(), piece) {
                prop_assert_eq!(all.concat(), text.as_bytes());
                for block in all.iter().rev().skip(1) {
                    prop_assert!(block.ends_with(b"\n"));
                }
            }
        }
    }
}
