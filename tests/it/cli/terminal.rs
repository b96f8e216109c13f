//! Commands that ask, in a pseudo-terminal.

use super::Home;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_mins(1);

/// Runs a command; whenever the terminal shows what is waited for, types the line that belongs to it.
/// Returns the status and all that was shown.
fn talk(home: &Home, words: &[&str], lines: &[(&str, &str)]) -> (u32, String) {
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cinedex"));
    command.env_clear();
    for (name, value) in home.command(&[]).get_envs() {
        command.env(name, value.unwrap());
    }
    command.args(words);
    command.cwd(home.path(""));
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let (mut reader, mut writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
    let (sender, shown_bytes) = channel();
    thread::spawn(move || {
        let mut bytes = [0; 1024];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            if sender.send(bytes[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    let (mut shown, mut seen, deadline) = (Vec::new(), 0, Instant::now() + PATIENCE);
    let mut lines = lines.iter();
    let mut next = lines.next();
    loop {
        match shown_bytes.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(bytes) => shown.extend(bytes),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => panic!("no answer; shown: {:?}", String::from_utf8_lossy(&shown)),
        }
        while let Some((prompt, line)) = next {
            let Some(at) = find(&shown[seen..], prompt.as_bytes()) else { break };
            seen += at + prompt.len();
            writeln!(writer, "{line}").unwrap();
            next = lines.next();
        }
    }
    let status = child.wait().unwrap().exit_code();
    (status, String::from_utf8(shown).unwrap().replace("\r\n", "\n"))
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[test]
fn passwords_are_asked_and_not_shown() {
    let home = Home::with_films();
    let create = ["account", "create", "ada"];
    let typed = [("Password for ada: ", "rosebud rosebud"), ("The same again: ", "rosebud rosebud")];
    let (status, shown) = talk(&home, &create, &typed);
    assert_eq!(status, 0, "{shown}");
    assert!(shown.ends_with("created curator ada\n") && !shown.contains("rosebud"), "{shown}");

    let (status, shown) =
        talk(&home, &["--as", "ada", "list", "favorites"], &[("Password of ada: ", "rosebud rosebud")]);
    assert_eq!((status, shown.contains("rosebud")), (1, false), "{shown}");
}

#[test]
fn a_password_typed_two_ways_is_not_taken() {
    let home = Home::with_films();
    let typed = [("Password for ada: ", "rosebud rosebud"), ("The same again: ", "rosebud rosebut")];
    let (status, shown) = talk(&home, &["account", "create", "ada"], &typed);
    assert_eq!(status, 2);
    assert!(shown.ends_with("cinedex: the two passwords differ; nothing was changed\n"), "{shown}");
    home.run(&["account", "list"]).is(1, "", "");
}

#[test]
fn removing_asks_with_what_goes_besides() {
    let home = Home::with_films();
    for (name, password) in [("ada", "rosebud rosebud\n"), ("eve", "keyser soeze was here\n")] {
        assert_eq!(home.run_with(&["account", "create", name, "--password-stdin"], password).status, Some(0));
    }
    let remove = ["--as", "ada", "account", "remove", "eve"];
    let password = ("Password of ada: ", "rosebud rosebud");
    let (status, shown) = talk(&home, &remove, &[password, ("Remove eve? [y/N] ", "")]);
    assert_eq!(status, 2);
    assert!(shown.ends_with("cinedex: nothing was removed\n"), "{shown}");
    let (status, shown) = talk(&home, &remove, &[password, ("Remove eve? [y/N] ", "y")]);
    assert_eq!(status, 0);
    assert!(shown.ends_with("removed eve\n"), "{shown}");
}

#[test]
fn who_stops_at_the_password_gets_the_echo_back() {
    let home = Home::with_films();
    let (status, shown) = talk(&home, &["account", "create", "ada"], &[("Password for ada: ", "rosebud\u{3}")]);
    assert_eq!(status, 2);
    assert!(shown.ends_with("cinedex: no password was given\n") && !shown.contains("rosebud"), "{shown}");
    home.run(&["account", "list"]).is(1, "", "");
}
