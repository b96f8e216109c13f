//! A look at the file's own dates, twice a second: for systems that tell nobody of what is written.

use super::{Ear, on, wait};
use rustix::event::Timespec;
use std::fs;
use std::io::PipeReader;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const BEAT: Timespec = Timespec { tv_sec: 0, tv_nsec: 500_000_000 };
/// Two changes closer than a file system's clock look like one.
const BLUR: Duration = Duration::from_secs(1);

/// Hears by dates.
pub struct Dates {
    path: PathBuf,
    stamp: Option<(SystemTime, u64)>,
    ended: PipeReader,
}

impl Dates {
    pub fn new(path: PathBuf, ended: PipeReader) -> Self {
        Dates { stamp: stamp(&path), path, ended }
    }

    /// Whether the file is as it was at the last look, for long enough to be sure.
    fn quiet(&mut self, now: SystemTime) -> bool {
        let stamp = stamp(&self.path);
        let same = std::mem::replace(&mut self.stamp, stamp) == stamp;
        same && stamp.is_none_or(|(at, _)| now.duration_since(at).is_ok_and(|age| age > BLUR))
    }
}

impl Ear for Dates {
    fn listen(&mut self) -> bool {
        loop {
            if wait(&mut [on(&self.ended)], Some(&BEAT)).is_some() {
                return false;
            }
            if !self.quiet(SystemTime::now()) {
                return true;
            }
        }
    }
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let meta = fs::metadata(path).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_quiet_once_it_was_the_same_for_a_while() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let (ended, _alive) = std::io::pipe().unwrap();
        let mut dates = Dates::new(path.clone(), ended);
        assert!(dates.quiet(SystemTime::now()));
        fs::write(&path, "one").unwrap();
        let later = || SystemTime::now() + 2 * BLUR;
        assert!(!dates.quiet(later()));
        assert!(dates.quiet(later()));
        assert!(!dates.quiet(SystemTime::now()), "too young to be sure");
        fs::write(&path, "three").unwrap();
        assert!(!dates.quiet(later()));
        fs::remove_file(&path).unwrap();
        assert!(!dates.quiet(later()));
        assert!(dates.quiet(later()));
    }
}
