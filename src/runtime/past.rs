//! Command lines of earlier sessions: a small file that only its owner reads.

use super::log::private_folder;
use crate::app::session::PAST;
use crate::domain::clean_line;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A file longer than any we write is read no further.
const FILE_MAX: u64 = 512 * 1024;

/// The file of command lines.
#[derive(Clone, Debug)]
pub struct Past(PathBuf);

impl Past {
    /// The lines kept at this path.
    #[must_use]
    pub fn at(path: PathBuf) -> Past {
        Past(path)
    }

    /// The lines, oldest first, each once; none where there is no file that can be read.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut bytes = Vec::new();
        if let Ok(file) = File::open(&self.0) {
            let _ = file.take(FILE_MAX).read_to_end(&mut bytes);
        }
        let text = String::from_utf8_lossy(&bytes);
        let mut lines: Vec<String> = Vec::new();
        for line in text.lines().map(clean_line).filter(|line| !line.is_empty()) {
            lines.retain(|before| *before != line);
            lines.push(line);
        }
        lines.drain(..lines.len().saturating_sub(PAST));
        lines
    }

    /// Adds a line to those that are there by now; the oldest make room.
    pub fn add(&self, line: &str) -> io::Result<()> {
        let folder = self.0.parent().unwrap_or(Path::new("."));
        private_folder(folder)?;
        let mut lines = self.lines();
        lines.retain(|before| before != line);
        lines.push(line.to_owned());
        let from = lines.len().saturating_sub(PAST);
        // Made with 0600.
        let mut file = tempfile::Builder::new().prefix(".commands").tempfile_in(folder)?;
        file.write_all((lines[from..].join("\n") + "\n").as_bytes())?;
        file.persist(&self.0)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn lines_are_kept_each_once_and_no_more_than_so_many() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("state/commands");
        let past = Past::at(path.clone());
        assert!(past.lines().is_empty());
        for line in ["genres", "people", "genres"] {
            past.add(line).unwrap();
        }
        assert_eq!(past.lines(), ["people", "genres"]);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        (0..PAST).for_each(|at| past.add(&format!("filter year:{at}")).unwrap());
        let lines = past.lines();
        assert_eq!((lines.len(), lines[0].as_str()), (PAST, "filter year:0"));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn whatever_stands_in_the_file_does_no_harm() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("commands");
        fs::write(&path, b"\x1b[2J\xffgenres\n\n\npeople\r\n").unwrap();
        assert_eq!(Past::at(path.clone()).lines(), ["[2J\u{fffd}genres", "people"]);
        fs::write(&path, vec![b'x'; 4 << 20]).unwrap();
        assert_eq!(Past::at(path).lines().len(), 1);
        assert!(Past::at(home.path().to_owned()).lines().is_empty(), "a folder");
    }
}
