//! A terminal for the real binary: types at it, looks at its screen, and compares its modes before and after. Waits
//! for what should come to be, with a deadline, and never for time to pass.

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What does not come to be by then is a failure; long, since machines that test are slow.
const DEADLINE: Duration = Duration::from_secs(30);

/// A program on a terminal of its own.
pub struct Play {
    master: Option<Box<dyn MasterPty + Send>>,
    /// Held, so that the terminal outlives the program and its modes can be looked at.
    slave: Option<Box<dyn SlavePty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Seen>,
    before: String,
}

struct Seen {
    state: Mutex<State>,
    moved: Condvar,
    /// The reader lets go of the terminal at the next byte.
    deaf: AtomicBool,
    /// The reader takes nothing: the terminal is frozen once its buffer is full.
    frozen: AtomicBool,
}

struct State {
    screen: vt100::Parser,
    sent: Vec<u8>,
    gone: bool,
}

/// A command for [`Play::start`] with only this environment.
pub fn command(program: &str, words: &[&str], home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.args(words);
    command.env_clear();
    let path = std::env::var_os("PATH").unwrap_or_default();
    command.env("PATH", path);
    command.env("TERM", "xterm-256color");
    command.env("HOME", home);
    for (name, folder) in [("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config")] {
        command.env(name, home.join(folder));
    }
    command.cwd(home);
    command
}

/// cinedex itself, with these words.
pub fn cinedex(words: &[&str], home: &Path) -> CommandBuilder {
    command(env!("CARGO_BIN_EXE_cinedex"), words, home)
}

impl Play {
    /// Starts a command on a terminal of this size.
    pub fn start(command: CommandBuilder, cols: u16, rows: u16) -> Play {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let before = modes(pair.master.as_ref());
        let (shown_rows, shown_cols) = shown(cols, rows);
        let state = State { screen: vt100::Parser::new(shown_rows, shown_cols, 0), sent: Vec::new(), gone: false };
        let seen = Arc::new(Seen {
            state: Mutex::new(state),
            moved: Condvar::new(),
            deaf: AtomicBool::new(false),
            frozen: AtomicBool::new(false),
        });
        let reader = pair.master.try_clone_reader().unwrap();
        let watching = seen.clone();
        thread::spawn(move || watching.read(reader));
        let keys = pair.master.take_writer().unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        Play { master: Some(pair.master), slave: Some(pair.slave), keys: Some(keys), child, seen, before }
    }

    /// Types bytes.
    pub fn send(&mut self, bytes: &str) -> &mut Self {
        self.keys.as_mut().unwrap().write_all(bytes.as_bytes()).unwrap();
        self
    }

    /// Waits until the screen shows this text.
    #[track_caller]
    pub fn see(&mut self, text: &str) -> &mut Self {
        self.until(text, |screen| screen.contents().contains(text))
    }

    /// Waits until the screen shows this text no more.
    #[track_caller]
    pub fn lose(&mut self, text: &str) -> &mut Self {
        self.until(&format!("no {text}"), |screen| !screen.contents().contains(text))
    }

    /// Waits until this holds of the screen.
    #[track_caller]
    pub fn until(&mut self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let state = self.seen.state();
        let (state, _) = self
            .seen
            .moved
            .wait_timeout_while(state, DEADLINE, |state| !holds(state.screen.screen()) && !state.gone)
            .unwrap();
        let screen = state.screen.screen();
        assert!(holds(screen), "never came: {what}\n{}", screen.contents());
        drop(state);
        self
    }

    /// What the screen shows.
    pub fn contents(&self) -> String {
        self.seen.state().screen.screen().contents()
    }

    /// All bytes that came so far.
    pub fn sent(&self) -> Vec<u8> {
        self.seen.state().sent.clone()
    }

    /// The bytes that came after so many.
    pub fn sent_after(&self, count: usize) -> Vec<u8> {
        self.seen.state().sent[count..].to_vec()
    }

    /// Whether the program has ended.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for more bytes than these, but not longer than this; how many came in all.
    pub fn wait_beyond(&self, count: usize, patience: Duration) -> usize {
        let state = self.seen.state();
        let waiting = |state: &mut State| state.sent.len() <= count && !state.gone;
        self.seen.moved.wait_timeout_while(state, patience, waiting).unwrap().0.sent.len()
    }

    /// All bytes that came, once the program has ended.
    pub fn rest(&mut self) -> Vec<u8> {
        self.slave = None;
        let state = self.seen.state();
        let (state, _) = self.seen.moved.wait_timeout_while(state, DEADLINE, |state| !state.gone).unwrap();
        state.sent.clone()
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, cols: u16, rows: u16) -> &mut Self {
        let (shown_rows, shown_cols) = shown(cols, rows);
        self.seen.state().screen.screen_mut().set_size(shown_rows, shown_cols);
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self
    }

    /// The process.
    pub fn pid(&self) -> Pid {
        let id = self.child.process_id().unwrap();
        Pid::from_raw(i32::try_from(id).unwrap()).unwrap()
    }

    /// Sends the process a signal.
    pub fn signal(&mut self, signal: Signal) -> &mut Self {
        kill_process(self.pid(), signal).unwrap();
        self
    }

    /// Takes nothing from the terminal any more: once it is full, whoever writes to it waits.
    pub fn freeze(&mut self) -> &mut Self {
        self.seen.frozen.store(true, Ordering::SeqCst);
        self
    }

    /// Takes everything again.
    pub fn thaw(&mut self) -> &mut Self {
        self.seen.frozen.store(false, Ordering::SeqCst);
        self.seen.moved.notify_all();
        self
    }

    /// Closes the terminal under the program. It must be about to send something: this waits for that byte.
    pub fn hang_up(&mut self) -> &mut Self {
        let state = self.seen.state();
        self.seen.deaf.store(true, Ordering::SeqCst);
        drop(state);
        self.resize(71, 17);
        let state = self.seen.state();
        drop(self.seen.moved.wait_timeout_while(state, DEADLINE, |state| !state.gone).unwrap());
        (self.keys, self.master, self.slave) = (None, None, None);
        self
    }

    /// Waits for the program to end.
    #[track_caller]
    pub fn ended(&mut self) -> ExitStatus {
        eventually("the end", || self.child.try_wait().unwrap())
    }

    /// Waits for the program to end with this exit code.
    #[track_caller]
    pub fn ended_with(&mut self, code: u32) -> &mut Self {
        let ended = self.ended();
        assert_eq!((ended.exit_code(), ended.signal()), (code, None), "{}", self.contents());
        self
    }

    /// Asserts that the terminal is as it was before the program started.
    #[track_caller]
    pub fn is_as_before(&mut self) -> &mut Self {
        self.until("the terminal as it was", is_plain);
        assert_eq!(modes(self.master.as_deref().unwrap()), self.before);
        let sent = String::from_utf8_lossy(&self.sent()).into_owned();
        assert!(sent.rfind("\x1b[?2026l") >= sent.rfind("\x1b[?2026h"), "a frame was left open");
        for never in [
            "\x1b[?1000h",
            "\x1b[?1002h",
            "\x1b[?1003h",
            "\x1b[?1006h",
            "\x1b[?1004h",
            "\x1b[>",
            "\x1b[=",
            "\x1b[6n",
            "\x1b[c",
        ] {
            assert!(!sent.contains(never), "{never:?} was sent");
        }
        self
    }

    /// Whether the terminal's own modes are as before.
    pub fn modes_are_as_before(&self) -> bool {
        modes(self.master.as_deref().unwrap()) == self.before
    }
}

/// The rows and columns that vt100 is told of: in fewer than two, wrapping a line makes it panic.
fn shown(cols: u16, rows: u16) -> (u16, u16) {
    (rows.max(2), cols.max(2))
}

impl Drop for Play {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Nothing is left of a full-screen program.
pub fn is_plain(screen: &vt100::Screen) -> bool {
    !screen.alternate_screen()
        && !screen.bracketed_paste()
        && !screen.hide_cursor()
        && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        && screen.fgcolor() == vt100::Color::Default
        && screen.bgcolor() == vt100::Color::Default
        && !(screen.bold() || screen.dim() || screen.underline() || screen.inverse())
}

/// Waits until there is something.
#[track_caller]
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + DEADLINE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "never came: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

impl Seen {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, mut reader: Box<dyn Read + Send>) {
        let mut bytes = vec![0; 65536];
        loop {
            let count = reader.read(&mut bytes).unwrap_or(0);
            let mut state = self.state();
            if count == 0 || self.deaf.load(Ordering::SeqCst) {
                drop(reader);
                state.gone = true;
                self.moved.notify_all();
                return;
            }
            state.screen.process(&bytes[..count]);
            state.sent.extend_from_slice(&bytes[..count]);
            self.moved.notify_all();
            drop(self.moved.wait_while(state, |_| self.frozen.load(Ordering::SeqCst)).unwrap());
        }
    }
}

fn modes(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().unwrap())
}
