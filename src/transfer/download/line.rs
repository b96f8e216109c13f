//! A request under way, in a thread of its own: whoever waits for the reply can stop waiting at any time.

use super::Fall;
use crate::transfer::intake::Watch;
use std::io::{ErrorKind, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;
use ureq::http::HeaderMap;
use ureq::typestate::WithoutBody;
use ureq::{Error, RequestBuilder};

const ROOM: usize = 64 << 10;
/// So many pieces wait to be written.
const AHEAD: usize = 4;
/// So often somebody who waits looks whether it is still wanted.
const GLANCE: Duration = Duration::from_millis(100);

/// What a reply begins with.
pub(super) struct Head {
    pub status: u16,
    pub headers: HeaderMap,
}

enum Piece {
    Head(Head),
    Bytes(Vec<u8>),
    Broken(Error),
}

/// A reply as it comes in. The thread behind it ends once this is dropped, after a silence at the latest.
pub(super) struct Line(Receiver<Piece>);

impl Line {
    /// Sends a request and waits for the head of the reply.
    pub fn open(request: RequestBuilder<WithoutBody>, watch: &Watch) -> Result<(Line, Head), Fall> {
        let (to, pieces) = sync_channel(AHEAD);
        let work = move || {
            if let Err(error) = pass(request, &to) {
                // Where nobody listens any more nobody has to know.
                let _ = to.send(Piece::Broken(error));
            }
        };
        let begun = thread::Builder::new().name("download".to_owned()).spawn(work);
        begun.map_err(|error| Fall::Over(format!("no thread for it can be had: {error}")))?;
        let line = Line(pieces);
        match line.next(watch)? {
            Some(Piece::Head(head)) => Ok((line, head)),
            _ => Err(Fall::Dropped("the connection ended before there was an answer".to_owned())),
        }
    }

    /// The next bytes, two at least if they are not the last; none at the end.
    pub fn bytes(&self, watch: &Watch) -> Result<Option<Vec<u8>>, Fall> {
        match self.next(watch)? {
            Some(Piece::Bytes(bytes)) => Ok(Some(bytes)),
            _ => Ok(None),
        }
    }

    fn next(&self, watch: &Watch) -> Result<Option<Piece>, Fall> {
        loop {
            let piece = self.0.recv_timeout(GLANCE);
            if (watch.cancelled)() {
                return Err(Fall::Stopped);
            }
            match piece {
                Ok(Piece::Broken(error)) => return Err(fall(&error)),
                Ok(piece) => return Ok(Some(piece)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
            }
        }
    }
}

/// Passes a reply on, as long as somebody takes it.
fn pass(request: RequestBuilder<WithoutBody>, to: &SyncSender<Piece>) -> Result<(), Error> {
    let (head, body) = request.call()?.into_parts();
    let mut taken = to.send(Piece::Head(Head { status: head.status.as_u16(), headers: head.headers }));
    let mut reader = body.into_reader();
    let mut room = vec![0; ROOM];
    while taken.is_ok() {
        let mut read = reader.read(&mut room)?;
        if read == 1 {
            read += reader.read(&mut room[1..])?;
        }
        if read == 0 {
            break;
        }
        taken = to.send(Piece::Bytes(room[..read].to_vec()));
    }
    Ok(())
}

/// What an error means for the next try.
fn fall(error: &Error) -> Fall {
    use ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionRefused, ConnectionReset, TimedOut, UnexpectedEof};
    const LOOK: &str = "check the address after --download";
    match error {
        Error::Timeout(_) => Fall::Dropped("the server is silent".to_owned()),
        Error::Protocol(_) => Fall::Over(format!("what answers there does not speak HTTP ({error}); {LOOK}")),
        Error::Io(error) => match error.kind() {
            BrokenPipe | ConnectionAborted | ConnectionReset | TimedOut | UnexpectedEof => {
                Fall::Dropped(format!("the connection broke off ({error})"))
            }
            ConnectionRefused => Fall::Over(format!("nobody answers there (connection refused); {LOOK}")),
            _ => Fall::Over(format!("it cannot be reached ({error}); {LOOK}, and whether this machine is online")),
        },
        Error::RequireHttpsOnly(_) => {
            Fall::Over("the server sends on to an address without encryption, which is not followed".to_owned())
        }
        Error::TooManyRedirects => {
            Fall::Over("the server sends on from one address to the next without end".to_owned())
        }
        _ => Fall::Over(format!("it cannot be asked for ({error}); {LOOK}")),
    }
}
