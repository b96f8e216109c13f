//! Slows repeated failures to sign in, one name at a time. Nobody is locked out: who waits may try again.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// After so many failures in a row a name waits.
pub const PATIENCE: u32 = 3;
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_mins(5);
/// A name that has not failed for so long starts afresh.
const FORGOTTEN_AFTER: Duration = Duration::from_hours(1);
/// Names remembered at most, and bytes of each: a flood of invented names takes no memory.
const NAMES_MAX: usize = 1024;
const NAME_MAX: usize = 64;

/// The failures of the last hour, by folded name. The clock is handed in.
#[derive(Clone, Debug, Default)]
pub struct Throttle {
    failures: HashMap<String, Failures>,
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Failures {
    /// How long after the last failure the next try is heard.
    fn wait(self) -> Duration {
        match self.count.checked_sub(PATIENCE) {
            None => Duration::ZERO,
            Some(over) => FIRST_WAIT.saturating_mul(1 << over.min(16)).min(LONGEST_WAIT),
        }
    }

    fn forgotten(self, now: Instant) -> bool {
        now.saturating_duration_since(self.last) >= FORGOTTEN_AFTER
    }
}

impl Throttle {
    /// How long this name has to wait before it is heard again; none if it is heard now.
    #[must_use]
    pub fn wait(&self, name: &str, now: Instant) -> Option<Duration> {
        let failures = self.failures.get(key(name))?;
        let left = failures.wait().saturating_sub(now.saturating_duration_since(failures.last));
        (left > Duration::ZERO).then_some(left)
    }

    /// The same in whole seconds, rounded up, for the sentence.
    #[must_use]
    pub fn wait_seconds(&self, name: &str, now: Instant) -> Option<u64> {
        self.wait(name, now).map(|left| left.as_secs() + u64::from(left.subsec_nanos() > 0))
    }

    /// Name and password did not match.
    pub fn failed(&mut self, name: &str, now: Instant) {
        self.make_room(key(name), now);
        let failures = self.failures.entry(key(name).to_owned()).or_insert(Failures { count: 0, last: now });
        failures.count = if failures.forgotten(now) { 1 } else { failures.count.saturating_add(1) };
        failures.last = now;
    }

    /// They matched: the name starts afresh.
    pub fn succeeded(&mut self, name: &str) {
        self.failures.remove(key(name));
    }

    /// Drops what is forgotten, then the names with the fewest failures: a name under attack stays.
    fn make_room(&mut self, name: &str, now: Instant) {
        if self.failures.len() < NAMES_MAX || self.failures.contains_key(name) {
            return;
        }
        self.failures.retain(|_, failures| !failures.forgotten(now));
        if self.failures.len() < NAMES_MAX {
            return;
        }
        let least = self.failures.iter().min_by_key(|(_, failures)| (failures.count, failures.last));
        if let Some(least) = least.map(|(name, _)| name.clone()) {
            self.failures.remove(&least);
        }
    }
}

/// The head of a name: names that agree in it share their failures.
fn key(name: &str) -> &str {
    &name[..name.floor_char_boundary(NAME_MAX)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    #[test]
    fn from_the_third_failure_on_waits_double_to_five_minutes() {
        let (mut throttle, mut now) = (Throttle::default(), Instant::now());
        let mut waits = Vec::new();
        for _ in 0..14 {
            throttle.failed("ada", now);
            let wait = throttle.wait_seconds("ada", now).unwrap_or(0);
            waits.push(wait);
            now += seconds(wait);
            assert_eq!(throttle.wait("ada", now), None);
        }
        assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        assert_eq!(throttle.wait("eve", now), None);
    }

    #[test]
    fn seconds_are_rounded_up() {
        let (mut throttle, now) = (Throttle::default(), Instant::now());
        (0..4).for_each(|_| throttle.failed("ada", now));
        assert_eq!(throttle.wait_seconds("ada", now + Duration::from_millis(1)), Some(2));
        assert_eq!(throttle.wait_seconds("ada", now + Duration::from_millis(1999)), Some(1));
    }

    #[test]
    fn success_and_time_forget() {
        let (mut throttle, now) = (Throttle::default(), Instant::now());
        (0..9).for_each(|_| throttle.failed("ada", now));
        throttle.succeeded("ada");
        assert_eq!(throttle.wait("ada", now), None);
        (0..9).for_each(|_| throttle.failed("ada", now));
        throttle.failed("ada", now + FORGOTTEN_AFTER);
        assert_eq!(throttle.wait("ada", now + FORGOTTEN_AFTER), None);
    }

    #[test]
    fn a_flood_of_names_neither_grows_nor_frees_the_one_under_attack() {
        let (mut throttle, now) = (Throttle::default(), Instant::now());
        (0..9).for_each(|_| throttle.failed("ada", now));
        for n in 0..3 * NAMES_MAX {
            throttle.failed(&format!("name{n}"), now);
        }
        assert!(throttle.failures.len() <= NAMES_MAX);
        assert!(throttle.wait("ada", now).is_some());
        throttle.failed(&"é".repeat(1_000_000), now);
        assert!(throttle.failures.keys().all(|name| name.len() <= NAME_MAX));
    }
}
