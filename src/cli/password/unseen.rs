//! A line of the terminal that is not shown. The echo goes off before the prompt comes, so that who types ahead of us
//! is not shown either; and ctrl-c ends the line instead of the program, so that the echo always comes back.

use super::secret;
use crate::catalog::Secret;
use crate::catalog::password::BYTES_MAX;
use color_eyre::Result;
use color_eyre::eyre::bail;
use rustix::stdio::stdin;
use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
use std::io::{self, Read, Write};
use zeroize::Zeroizing;

const CTRL_C: u8 = 3;

/// Asks on the terminal.
pub fn ask(prompt: &str) -> Result<Secret> {
    let silence = Silence::begin()?;
    let mut stderr = io::stderr().lock();
    stderr.write_all(prompt.as_bytes())?;
    stderr.flush()?;
    let line = line();
    drop(silence);
    writeln!(stderr)?;
    secret(&line?)
}

fn line() -> Result<Zeroizing<Vec<u8>>> {
    let mut line = Zeroizing::new(Vec::with_capacity(BYTES_MAX + 1));
    for byte in io::stdin().lock().bytes() {
        match byte? {
            b'\n' => return Ok(line),
            CTRL_C => {
                line.clear();
                break;
            }
            byte if line.len() <= BYTES_MAX => line.push(byte),
            _ => {}
        }
    }
    bail!("no password was given")
}

/// The terminal as it was, to come back when this goes.
struct Silence(Termios);

impl Silence {
    fn begin() -> io::Result<Silence> {
        let before = tcgetattr(stdin())?;
        let mut silent = before.clone();
        silent.local_modes -= LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ISIG;
        silent.special_codes[SpecialCodeIndex::VEOL] = CTRL_C;
        tcsetattr(stdin(), OptionalActions::Now, &silent)?;
        Ok(Silence(before))
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        let _ = tcsetattr(stdin(), OptionalActions::Now, &self.0);
    }
}
