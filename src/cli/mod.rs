//! Floor `cli`: the command line. One file a command; one place that prints and one that ends the program.
//! Uses `runtime`, `ui`, `app`, `transfer`, `catalog`, `store`, `config`, `domain`.

mod account;
pub mod args;
mod backup;
mod check;
mod compact;
pub mod exit;
mod export;
mod formats;
mod import;
mod list;
mod mistake;
mod names;
mod newborn;
pub mod output;
mod password;
mod print;
mod review;
mod screens;
mod search;
mod session;
mod show;
mod step;
mod view;
mod watch;

use args::{Arguments, Command};
use clap::Parser;
use color_eyre::Result;
use exit::{Exit, is_broken_pipe, sentence};
use output::{Output, say};
use session::World;
use std::ffi::OsString;

/// Does what the command line says, and says how it ended.
pub fn run(words: impl IntoIterator<Item = OsString>) -> Exit {
    let mut out = Output::stdout();
    let ended = match Arguments::try_parse_from(words) {
        Ok(arguments) => carry_out(arguments, &mut out),
        Err(error) => answer(&error, &mut out),
    };
    match ended.and_then(|exit| Ok(out.flush().map(|()| exit)?)) {
        Ok(exit) => exit,
        Err(report) if is_broken_pipe(&report) => Exit::Done,
        Err(report) => {
            say(&format!("cinedex: {}", sentence(&report)));
            Exit::Failed
        }
    }
}

/// Help and version are data that was asked for; all else that the parser says is a refusal.
fn answer(error: &clap::Error, out: &mut Output) -> Result<Exit> {
    let text = error.render().to_string();
    if error.use_stderr() {
        say(&text);
        return Ok(Exit::Failed);
    }
    out.raw(text.trim_end().as_bytes())?;
    out.line("")?;
    Ok(Exit::Done)
}

fn carry_out(arguments: Arguments, out: &mut Output) -> Result<Exit> {
    let world = World::new(arguments.global);
    match arguments.command {
        None => screens::run(&world),
        Some(command) => mistake::contain(|| command_of(&world, command, out)),
    }
}

fn command_of(world: &World, command: Command, out: &mut Output) -> Result<Exit> {
    match command {
        Command::Search(search) => search::run(world, &search, out),
        Command::Show(show) => show::run(world, &show, out),
        Command::List(list) => list::run(world, &list, out),
        Command::Check(check) => check::run(world, &check, out),
        Command::Backup { file, overwrite } => backup::take(world, &file, overwrite),
        Command::Restore { file } => backup::restore(world, &file),
        Command::Compact => compact::run(world),
        Command::Import(import) => import::run(world, &import.task, import.json, out),
        Command::Review(wanted) => review::run(world, &wanted, out),
        Command::Export(export) => export::run(world, &export.0, out),
        Command::Account(account) => account::run(world, &account, out),
        Command::View(view) => view::run(world, &view, out),
        Command::Undo => step::run(world, crate::catalog::Command::Undo),
        Command::Redo => step::run(world, crate::catalog::Command::Redo),
        Command::Completions { shell } => print::completions(shell, out),
        Command::Man { command } => print::manual(command.as_deref(), out),
    }
}
