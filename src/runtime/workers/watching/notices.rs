//! Linux tells of every write. A look twice a second would take ten times the processor time that idling may (measured
//! on a virtual machine: 110 microseconds a wake-up, nearly all of it the waking).

use super::{Ear, on, wait};
use rustix::event::Timespec;
use rustix::fs::inotify::{CreateFlags, ReadFlags, Reader, WatchFlags, add_watch, init};
use rustix::io::Errno;
use std::io::PipeReader;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::path::PathBuf;

/// A commit is several writes, an import thousands: after the first, so long a rest.
const REST: Timespec = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
/// A file that is not there is looked for so often.
const BEAT: Timespec = Timespec { tv_sec: 0, tv_nsec: 500_000_000 };

/// Hears by notices.
pub struct Notices {
    inotify: OwnedFd,
    path: PathBuf,
    ended: PipeReader,
    /// The file is there and watched.
    watched: bool,
}

/// The way to notices; the system gives out only so many.
pub fn open() -> rustix::io::Result<OwnedFd> {
    init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)
}

impl Notices {
    pub fn new(inotify: OwnedFd, path: PathBuf, ended: PipeReader) -> Self {
        let mut notices = Notices { inotify, path, ended, watched: false };
        notices.watched = notices.watch();
        notices
    }

    fn watch(&self) -> bool {
        // A file that we hold open ourselves is not deleted when another takes its name: only its attributes change.
        let gone = WatchFlags::MOVE_SELF | WatchFlags::DELETE_SELF | WatchFlags::ATTRIB;
        let wanted = WatchFlags::MODIFY | gone;
        add_watch(&self.inotify, &self.path, wanted).is_ok()
    }

    fn ended_within(&self, patience: &Timespec) -> bool {
        wait(&mut [on(&self.ended)], Some(patience)).is_some()
    }

    /// Takes all notices; if one says that the file is gone, another may have come in its place.
    fn take(&mut self) {
        let mut space = [MaybeUninit::uninit(); 4096];
        let mut reader = Reader::new(&self.inotify, &mut space);
        loop {
            match reader.next() {
                Ok(notice) if notice.events().contains(ReadFlags::MODIFY) => {}
                Ok(_) => self.watched = false,
                Err(Errno::INTR) => {}
                Err(_) => return,
            }
        }
    }
}

impl Ear for Notices {
    fn listen(&mut self) -> bool {
        while !self.watched {
            if self.ended_within(&BEAT) {
                return false;
            }
            self.watched = self.watch();
            if self.watched {
                return true;
            }
        }
        let mut fds = [on(&self.ended), on(&self.inotify)];
        let _ = wait(&mut fds, None);
        if !fds[0].revents().is_empty() || self.ended_within(&REST) {
            return false;
        }
        self.take();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn writes_are_heard_whatever_becomes_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let (ended, alive) = std::io::pipe().unwrap();
        let mut notices = Notices::new(open().unwrap(), path.clone(), ended);
        assert!(!notices.watched);
        fs::write(&path, "one").unwrap();
        assert!(notices.listen() && notices.watched);
        fs::write(&path, "two").unwrap();
        assert!(notices.listen() && notices.watched);
        fs::write(folder.path().join("other"), "three").unwrap();
        fs::rename(folder.path().join("other"), &path).unwrap();
        assert!(notices.listen() && !notices.watched);
        assert!(notices.listen() && notices.watched);
        drop(alive);
        assert!(!notices.listen());
    }
}
