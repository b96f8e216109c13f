//! cinedex: a film catalogue that lives in a terminal.

use cinedex::cli;
use color_eyre::config::{HookBuilder, Theme};
use std::process::ExitCode;

fn main() -> ExitCode {
    // Plain words in a report of a panic: it may end in a file.
    let hooks = HookBuilder::blank().theme(Theme::new()).display_env_section(false);
    if hooks.install().is_err() {
        return cli::exit::Exit::Failed.into();
    }
    cli::run(std::env::args_os()).into()
}
