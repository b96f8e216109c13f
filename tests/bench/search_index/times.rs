//! How long answers took, class by class, and what memory they took.

use std::collections::BTreeMap;

/// Microseconds of each question, by class.
#[derive(Default)]
pub struct Times<'q> {
    classes: BTreeMap<&'q str, Vec<u128>>,
    all: Vec<(u128, &'q str)>,
}

impl<'q> Times<'q> {
    /// Takes one question's.
    pub fn note(&mut self, class: &'q str, asked: &'q str, micros: u128) {
        self.classes.entry(class).or_default().push(micros);
        self.all.push((micros, asked));
    }

    /// Prints a line for each class and one for all.
    pub fn print(mut self) {
        self.all.sort_unstable();
        let all = self.all.iter().map(|(micros, _)| *micros).collect();
        for (class, micros) in self.classes.into_iter().chain([("all", all)]) {
            line(class, micros);
        }
        let slowest = self.all.iter().rev().take(8);
        slowest.for_each(|(micros, asked)| println!("  {micros} µs  {:.60}", asked.escape_debug().to_string()));
    }
}

/// Prints what a class took.
pub fn line(class: &str, mut micros: Vec<u128>) {
    micros.sort_unstable();
    let at = |share: usize| micros.get((micros.len() * share / 1000).min(micros.len() - 1)).copied().unwrap_or(0);
    println!("{class:<20} {:>6}  p50 {:>6}  p99 {:>6}  p99.9 {:>6} µs", micros.len(), at(500), at(990), at(999));
}

/// Nanoseconds that this thread has run.
pub fn spent() -> u128 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    u128::try_from(time.tv_sec).unwrap_or(0) * 1_000_000_000 + u128::try_from(time.tv_nsec).unwrap_or(0)
}

/// Prints what memory this process took at most, and how much of it is its own by now.
pub fn memory() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let told = |line: &&str| line.starts_with("VmHWM") || line.starts_with("RssAnon");
    status.lines().filter(told).for_each(|line| println!("{line}"));
}
