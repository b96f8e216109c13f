//! Reads the terminal on a thread of its own, and notices when it is gone.

use super::decode::Decoder;
use crate::app::Msg;
use crate::runtime::event::{Event, Events, spawn};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// So long an `ESC` waits for the rest of a sequence before it is the Escape key. Less than a frame.
const REST: Timespec = Timespec { tv_sec: 0, tv_nsec: 10_000_000 };

/// So long the driver waits for the reader to let go of the terminal.
const PATIENCE: Duration = Duration::from_millis(200);

/// The driver's hold on the reader. Dropping it ends the reader.
#[derive(Debug)]
pub struct Reader {
    wake: PipeWriter,
    paused: Receiver<()>,
}

impl Reader {
    /// Starts to read standard input.
    pub fn start(events: &Events) -> io::Result<Self> {
        let (woken, wake) = io::pipe()?;
        let (pausing, paused) = channel();
        let sender = events.clone();
        spawn("input", events, move || {
            if read(woken, &pausing, &sender).is_none() {
                let _ = sender.send(Event::Vanished);
            }
        })?;
        Ok(Reader { wake, paused })
    }

    /// Leaves the terminal to somebody else.
    pub fn pause(&mut self) {
        if self.wake.write_all(b"p").is_ok() {
            let _ = self.paused.recv_timeout(PATIENCE);
        }
    }

    /// Goes on reading.
    pub fn resume(&mut self) {
        let _ = self.wake.write_all(b"r");
    }
}

/// Reads until told to end; nothing if the terminal went away before.
fn read(mut woken: PipeReader, pausing: &Sender<()>, events: &Events) -> Option<()> {
    let stdin = io::stdin();
    let mut decoder = Decoder::default();
    let mut bytes = [0; 4096];
    loop {
        let mut fds = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&woken, PollFlags::IN)];
        let ready = match poll(&mut fds, decoder.pending().then_some(&REST)) {
            Err(Errno::INTR) => continue,
            ready => ready.ok()?,
        };
        let (tty, wake) = (fds[0].revents(), fds[1].revents());
        if !wake.is_empty() && !obey(&mut woken, pausing) {
            return Some(());
        }
        let mut msgs = Vec::new();
        if ready == 0 {
            decoder.settle(&mut msgs);
        } else if wake.is_empty() {
            match tty.contains(PollFlags::IN).then(|| rustix::io::read(&stdin, &mut bytes)) {
                Some(Ok(count)) if count > 0 => decoder.feed(&bytes[..count], &mut msgs),
                Some(Err(Errno::INTR | Errno::AGAIN)) => {}
                // No bytes though readable, an error, or hung up with nothing left to read.
                _ => return None,
            }
        }
        if send(msgs, events).is_none() {
            return Some(());
        }
    }
}

fn send(msgs: Vec<Msg>, events: &Events) -> Option<()> {
    msgs.into_iter().try_for_each(|msg| events.send(Event::Msg(msg)).ok())
}

/// Pauses when asked to, until asked to go on; false when the driver is gone.
fn obey(woken: &mut PipeReader, pausing: &Sender<()>) -> bool {
    let mut word = [0];
    loop {
        match woken.read(&mut word) {
            Ok(1) if word == *b"p" => {
                let _ = pausing.send(());
            }
            Ok(1) => return true,
            _ => return false,
        }
    }
}
