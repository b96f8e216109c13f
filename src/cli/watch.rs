//! A progress bar over work that takes its time.

use crate::transfer::{Phase, Progress};
use color_eyre::{Report, Result};
use indicatif::{ProgressBar, ProgressStyle};
use signal_hook::SigId;
use signal_hook::consts::{SIGINT, SIGTERM};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Work under a progress bar; ctrl-c stops it, as does a signal to end, and then nothing was done.
pub fn watch<T, E: Into<Report>>(
    work: impl FnOnce(&mut dyn FnMut(Progress), &dyn Fn() -> bool) -> Result<T, E>,
) -> Result<T> {
    let stopped = Arc::new(AtomicBool::new(false));
    let watched = [SIGINT, SIGTERM].map(|signal| signal_hook::flag::register(signal, Arc::clone(&stopped)));
    let watched: Vec<SigId> = watched.into_iter().collect::<Result<_, _>>()?;
    let bar = ProgressBar::new(0);
    let counted = ProgressStyle::with_template("{msg:9} {wide_bar} {percent:>3} %")?;
    let fetched = ProgressStyle::with_template(
        "{msg} {wide_bar} {binary_bytes} of {binary_total_bytes}, {binary_bytes_per_sec}",
    )?;
    let mut phase = None;
    let mut progress = |at: Progress| {
        if phase != Some(at.phase) {
            phase = Some(at.phase);
            bar.set_message(at.phase.to_string());
            let fetches = matches!(at.phase, Phase::Fetching(_));
            bar.set_style(if fetches { fetched.clone() } else { counted.clone() });
            bar.set_position(at.done);
            bar.reset_eta();
            if at.phase == Phase::WritingForGood {
                bar.println("this is too large to be undone as one step");
            }
        }
        bar.set_length(at.total);
        bar.set_position(at.done);
    };
    let done = work(&mut progress, &|| stopped.load(Ordering::Relaxed));
    for signal in watched {
        signal_hook::low_level::unregister(signal);
    }
    bar.finish_and_clear();
    done.map_err(Into::into)
}
