//! The real binary without a terminal: both streams and the status, every time.

mod accounts;
mod data;
pub mod download;
mod full;
mod hostile;
mod imdb;
mod import;
mod nfo;
mod refusals;
mod review;
mod sites;
mod terminal;
mod upkeep;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// A home of its own with nothing in it.
pub struct Home {
    dir: tempfile::TempDir,
    /// How many films came in.
    pub films: usize,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Home {
        Home { dir: tempfile::tempdir().unwrap(), films: 0 }
    }

    /// With the starter films at the usual place.
    pub fn with_films() -> Home {
        let home = Home::new();
        let ran = home.run(&["import", "starter"]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(0), ""), "{ran:?}");
        assert!(ran.err.ends_with("\na new catalogue: HOME/data/cinedex/catalog.cinedex\n"), "{ran:?}");
        let films = ran.err.lines().find_map(|line| line.strip_prefix("read ")).unwrap().parse().unwrap();
        Home { films, ..home }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn catalog(&self) -> PathBuf {
        self.path("data/cinedex/catalog.cinedex")
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cinedex"));
        let places = [("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config")];
        command.env_clear().env("HOME", self.dir.path()).env("TERM", "dumb");
        command.envs(places.map(|(name, folder)| (name, self.path(folder))));
        command.current_dir(self.dir.path()).args(words).stdin(Stdio::null());
        command
    }

    pub fn run(&self, words: &[&str]) -> Ran {
        self.ran(self.command(words), "")
    }

    pub fn run_with(&self, words: &[&str], stdin: impl Into<Vec<u8>>) -> Ran {
        self.ran(self.command(words), stdin)
    }

    /// Runs to the end; what the streams say of this home's place is written `HOME`.
    pub fn ran(&self, mut command: Command, stdin: impl Into<Vec<u8>>) -> Ran {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (mut to, bytes) = (child.stdin.take().unwrap(), stdin.into());
        let typing = thread::spawn(move || drop(to.write_all(&bytes)));
        let output = child.wait_with_output().unwrap();
        typing.join().unwrap();
        let text = |bytes: Vec<u8>| self.anywhere(&String::from_utf8(bytes).unwrap());
        Ran { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn anywhere(&self, text: &str) -> String {
        let real = std::fs::canonicalize(self.dir.path()).unwrap();
        let named = |path: &Path| path.display().to_string();
        text.replace(&named(&real), "HOME").replace(&named(self.dir.path()), "HOME")
    }
}

impl Ran {
    #[track_caller]
    pub fn is(&self, status: i32, out: &str, err: &str) {
        assert_eq!((self.status, self.out.as_str(), self.err.as_str()), (Some(status), out, err));
    }

    #[track_caller]
    pub fn is_done(&self, out: &str, err: &str) {
        self.is(0, out, err);
    }

    /// One sentence on standard error, nothing on standard output, status 2.
    #[track_caller]
    pub fn is_refused(&self, sentence: &str) {
        self.is(2, "", &format!("cinedex: {sentence}\n"));
    }

    /// One JSON object a line, and nothing said.
    #[track_caller]
    pub fn objects(&self) -> Vec<serde_json::Value> {
        assert_eq!((self.status, self.err.as_str()), (Some(0), ""), "{self:?}");
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}
