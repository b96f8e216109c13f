//! The command line of the real binary: paths completed, and lines that outlive a session.

use super::{browse, films};
use rustix::process::Signal;
use std::os::unix::fs::PermissionsExt as _;

#[test]
fn a_line_outlives_its_session_and_nobody_else_reads_it() {
    let (home, mut play) = films();
    play.send(":genres\r").see("by name").send(":q\r").ended_with(0);
    let mode = std::fs::metadata(home.path("state/cinedex/commands")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let mut again = browse(&home);
    again.send(":\x1b[A\x1b[A").see(":genres").send("\r").see("by name").lose(":genres");
    again.signal(Signal::TERM).ended();
}

#[test]
fn tab_completes_what_lies_on_the_disk() {
    let (home, mut play) = films();
    std::fs::create_dir_all(home.path("Videos/Films")).unwrap();
    std::fs::write(home.path("Videos/Films/Fog.nfo"), "<movie><title>Fog</title><year>1930</year></movie>").unwrap();
    play.send(":import nfo ~/Vid\tFi\t\r").see("Videos/Films").see("< nfo >").send("\r").see("1 film new");
    play.send("q").ended_with(0);
}
