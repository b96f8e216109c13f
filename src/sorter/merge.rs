//! Merging runs, in a thread that is some batches ahead of whoever takes the pairs.

use super::pairs::head;
use super::run::{Reader, Run};
use std::cmp::Ordering;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// A batch holds about so many bytes.
const BATCH: usize = 512 << 10;
/// So many batches wait to be taken.
const AHEAD: usize = 3;

/// Pairs in order, one batch after another.
pub struct Merged {
    batch: Batch,
    next: usize,
    batches: Receiver<io::Result<Batch>>,
    /// Empty batches on their way back.
    rooms: SyncSender<Batch>,
}

/// Pairs one after another.
#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    /// Where each key and each value ends.
    ends: Vec<(u32, u32)>,
}

impl Merged {
    /// Begins to merge.
    pub fn new(runs: Arc<[Run]>) -> io::Result<Merged> {
        let (sender, batches) = sync_channel(AHEAD);
        let (rooms, returned) = sync_channel(AHEAD + 2);
        let merge = move || {
            if let Err(error) = merge(&runs, &sender, &returned) {
                // Whoever took the pairs may be gone.
                let _ = sender.send(Err(error));
            }
        };
        std::thread::Builder::new().name("merge".to_owned()).spawn(merge)?;
        let mut merged = Merged { batch: Batch::default(), next: 0, batches, rooms };
        merged.fetch()?;
        Ok(merged)
    }

    /// The pair it stands on; none behind the last.
    pub fn pair(&self) -> Option<(&[u8], &[u8])> {
        let (key, value) = *self.batch.ends.get(self.next)?;
        let start = if self.next == 0 { 0 } else { self.batch.ends[self.next - 1].1 };
        let bytes = &self.batch.bytes;
        Some((&bytes[start as usize..key as usize], &bytes[key as usize..value as usize]))
    }

    /// Goes on to the next pair.
    pub fn advance(&mut self) -> io::Result<()> {
        self.next += 1;
        if self.next < self.batch.ends.len() { Ok(()) } else { self.fetch() }
    }

    /// Takes the next batch; an empty one behind the last.
    fn fetch(&mut self) -> io::Result<()> {
        let batch = self.batches.recv().map_err(|_| io::Error::other("the merging of its parts broke off"))??;
        let mut room = std::mem::replace(&mut self.batch, batch);
        self.next = 0;
        room.bytes.clear();
        room.ends.clear();
        // A full channel means room enough.
        let _ = self.rooms.try_send(room);
        Ok(())
    }
}

impl Batch {
    fn push(&mut self, (key, value): (&[u8], &[u8])) {
        self.bytes.extend_from_slice(key);
        let end = self.bytes.len() as u32;
        self.bytes.extend_from_slice(value);
        self.ends.push((end, self.bytes.len() as u32));
    }
}

/// Sends everything in order and then an empty batch; ends early where nobody takes it any more.
fn merge(runs: &[Run], sender: &SyncSender<io::Result<Batch>>, returned: &Receiver<Batch>) -> io::Result<()> {
    let mut heap = Heap::new(runs)?;
    let mut batch = Batch::default();
    while let Some(&(_, top)) = heap.order.first() {
        batch.push(heap.readers[top].pair());
        if batch.bytes.len() >= BATCH {
            let room = returned.try_recv().unwrap_or_default();
            if sender.send(Ok(std::mem::replace(&mut batch, room))).is_err() {
                return Ok(());
            }
        }
        heap.step(runs)?;
    }
    let end = if batch.ends.is_empty() { None } else { Some(Batch::default()) };
    for last in [Some(batch), end].into_iter().flatten() {
        let _ = sender.send(Ok(last));
    }
    Ok(())
}

/// Runs by the pair each stands on, the least on top.
struct Heap {
    readers: Vec<Reader>,
    /// The first bytes of the key, which settle most comparisons, and the run.
    order: Vec<(u64, usize)>,
}

impl Heap {
    fn new(runs: &[Run]) -> io::Result<Heap> {
        let mut heap = Heap { readers: Vec::new(), order: Vec::new() };
        for (place, run) in runs.iter().enumerate() {
            let mut reader = Reader::default();
            if reader.step(run)? {
                heap.order.push((head(reader.pair().0), place));
            }
            heap.readers.push(reader);
        }
        for place in (0..heap.order.len() / 2).rev() {
            heap.sift(place);
        }
        Ok(heap)
    }

    /// Lets the least one go on.
    fn step(&mut self, runs: &[Run]) -> io::Result<()> {
        let top = self.order[0].1;
        if self.readers[top].step(&runs[top])? {
            self.order[0].0 = head(self.readers[top].pair().0);
        } else {
            self.order.swap_remove(0);
        }
        self.sift(0);
        Ok(())
    }

    /// Lets the run at a place sink below those that stand on less.
    fn sift(&mut self, mut place: usize) {
        loop {
            let mut least = place;
            for child in [2 * place + 1, 2 * place + 2] {
                if child < self.order.len() && self.compare(child, least) == Ordering::Less {
                    least = child;
                }
            }
            if least == place {
                return;
            }
            self.order.swap(place, least);
            place = least;
        }
    }

    fn compare(&self, a: usize, b: usize) -> Ordering {
        let ((one, a), (other, b)) = (self.order[a], self.order[b]);
        one.cmp(&other).then_with(|| self.readers[a].pair().cmp(&self.readers[b].pair()))
    }
}
