//! `completions` and `man`.

use super::args::Arguments;
use super::exit::Exit;
use super::output::Output;
use clap::CommandFactory;
use clap_complete::Shell;
use color_eyre::Result;
use color_eyre::eyre::eyre;

/// Prints what a shell needs to complete our command lines.
pub fn completions(shell: Shell, out: &mut Output) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "cinedex", &mut script);
    out.raw(&script)?;
    Ok(Exit::Done)
}

/// Prints a manual page.
pub fn manual(of: Option<&str>, out: &mut Output) -> Result<Exit> {
    let mut cinedex = Arguments::command();
    cinedex.build();
    let page = match of {
        None => cinedex,
        Some(name) => cinedex.find_subcommand(name).cloned().ok_or_else(|| eyre!("there is no command {name}"))?,
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    out.raw(&text)?;
    Ok(Exit::Done)
}
