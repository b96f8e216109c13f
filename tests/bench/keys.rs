//! Keys typed at the real binary, and how long its frames take to come.

use super::pty::Play;
use std::time::{Duration, Instant};

/// A frame has come whole when so long nothing followed it. Pictures come later and do not count.
const REST: Duration = Duration::from_millis(40);
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// What came of a key.
#[derive(Clone, Copy)]
pub struct Step {
    /// To the end of the first frame.
    pub first: Duration,
    /// To the end of the last frame that it led to.
    pub last: Duration,
    pub bytes: usize,
    pub frames: usize,
}

/// Types a key and waits for what it leads to.
pub fn step(play: &mut Play, key: &str) -> Step {
    let before = play.wait_beyond(0, Duration::ZERO);
    let begun = Instant::now();
    play.send(key);
    let (mut seen, mut first, mut last) = (before, None, begun.elapsed());
    // A key that changes nothing on the screen sends nothing.
    while begun.elapsed() < last.max(REST) + REST {
        let now = play.wait_beyond(seen, REST);
        if now > seen {
            (seen, last) = (now, begun.elapsed());
            first = first.or((frames(&play.sent_after(before)) > 0).then_some(last));
        }
    }
    let frame = play.sent_after(before);
    Step { first: first.unwrap_or(last), last, bytes: frame.len(), frames: frames(&frame) }
}

/// How many frames there are in these bytes.
pub fn frames(bytes: &[u8]) -> usize {
    bytes.windows(FRAME_END.len()).filter(|window| *window == FRAME_END).count()
}

/// The value that so large a share of steps does not exceed.
pub fn share(steps: &[Step], share: f64, value: impl Fn(&Step) -> u128) -> u128 {
    let mut values: Vec<u128> = steps.iter().map(value).collect();
    values.sort_unstable();
    values[((values.len() - 1) as f64 * share).round() as usize]
}

/// Microseconds as milliseconds.
pub fn millis(micros: u128) -> f64 {
    micros as f64 / 1e3
}
