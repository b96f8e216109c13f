//! The real program from its start to its first answer.

use super::Outcome;
use super::setting::forget;
use super::times::line;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// So many starts of each kind.
const ROUNDS: usize = 20;

/// Asks with the file in the system's cache and without it.
pub fn run(file: &Path, asked: &str) -> Outcome {
    println!("\n`cinedex search`, from its start to its end, by the clock");
    let home = tempfile::tempdir()?;
    for (class, cold) in [("warm", false), ("cold", true)] {
        let mut micros = Vec::new();
        for _ in 0..ROUNDS {
            if cold {
                forget(file)?;
            }
            let start = Instant::now();
            let mut command = Command::new(env!("CARGO_BIN_EXE_cinedex"));
            command.env("HOME", home.path()).args(["search", asked, "--catalog"]).arg(file);
            let done = command.output()?;
            micros.push(start.elapsed().as_micros());
            if done.stdout.is_empty() {
                return Err(format!("nothing was found: {}", String::from_utf8_lossy(&done.stderr)).into());
            }
        }
        line(class, micros);
    }
    Ok(())
}
