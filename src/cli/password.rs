//! Asking for passwords, and for a yes. Nothing waits for a key where there is no terminal.

mod unseen;

use super::output::harmless;
use crate::catalog::Secret;
use crate::catalog::password::BYTES_MAX;
use color_eyre::Result;
use color_eyre::eyre::{bail, eyre};
use std::io::{self, BufRead, IsTerminal, Read, Write};
use zeroize::Zeroizing;

/// Where passwords come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passwords {
    /// Standard input, one a line.
    Stdin,
    /// The terminal, unseen.
    Terminal,
}

impl Passwords {
    /// A password that is there already.
    pub fn ask(self, prompt: &str) -> Result<Secret> {
        match self {
            Passwords::Stdin => read_line(&mut io::stdin().lock()),
            Passwords::Terminal if has_terminal() => unseen::ask(&harmless(prompt)),
            Passwords::Terminal => bail!("there is no terminal to ask for a password: use --password-stdin"),
        }
    }

    /// A new password; on a terminal it is typed twice.
    pub fn ask_new(self, prompt: &str) -> Result<Secret> {
        let password = self.ask(prompt)?;
        if self == Passwords::Terminal && self.ask("The same again: ")? != password {
            bail!("the two passwords differ; nothing was changed");
        }
        Ok(password)
    }
}

/// Asks a question whose answer is yes or no; no where nobody can answer.
pub fn confirm(question: &str) -> Result<bool> {
    if !has_terminal() {
        return Ok(false);
    }
    let mut stderr = io::stderr().lock();
    write!(stderr, "{} [y/N] ", harmless(question))?;
    stderr.flush()?;
    let mut answer = String::new();
    io::stdin().lock().take(64).read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Whether somebody is there to be asked.
pub fn has_terminal() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// One line, bounded, without its end.
fn read_line(from: &mut impl BufRead) -> Result<Secret> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES_MAX + 2));
    from.take(BYTES_MAX as u64 + 2).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        bail!("no password on standard input");
    }
    let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    secret(line.strip_suffix(b"\r").unwrap_or(line))
}

fn secret(line: &[u8]) -> Result<Secret> {
    let text = std::str::from_utf8(line).map_err(|_| eyre!("the password is not UTF-8"))?;
    if text.len() > BYTES_MAX {
        bail!("a password has at most {BYTES_MAX} bytes");
    }
    Ok(Secret::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_one_line() {
        let mut lines = io::Cursor::new("first one\nsecond\r\n\nlast".as_bytes());
        let mut next = || read_line(&mut lines).map(|secret| secret.reveal().to_owned());
        assert_eq!(next().unwrap(), "first one");
        assert_eq!(next().unwrap(), "second");
        assert_eq!(next().unwrap(), "");
        assert_eq!(next().unwrap(), "last");
        assert!(next().is_err());
    }

    #[test]
    fn it_is_bounded_and_text() {
        assert!(read_line(&mut io::repeat(b'x').take(1 << 30).chain(&b"\n"[..]).buffered()).is_err());
        assert!(read_line(&mut &b"\xff\xfe\n"[..]).is_err());
        let longest = "x".repeat(BYTES_MAX) + "\r\n";
        assert!(read_line(&mut longest.as_bytes()).is_ok());
    }

    trait Buffered: Read + Sized {
        fn buffered(self) -> io::BufReader<Self> {
            io::BufReader::new(self)
        }
    }

    impl<R: Read> Buffered for R {}
}
