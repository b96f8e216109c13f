//! Choices out of one number, so that a test case is a number and can be run again.

/// A generator of choices (splitmix64).
#[derive(Clone)]
pub struct Dice(pub u64);

impl Dice {
    /// The next 64 bits.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one.
    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A value, or none every third time.
    pub fn maybe<T>(&mut self, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        if self.once_in(3) { None } else { Some(make(self)) }
    }

    /// Up to so many of these, each once, in any order.
    pub fn some<T: Copy + PartialEq>(&mut self, of: &[T], most: usize) -> Vec<T> {
        let mut chosen = Vec::new();
        if !of.is_empty() {
            for _ in 0..self.below(most + 1) {
                let one = self.pick(of);
                if !chosen.contains(&one) {
                    chosen.push(one);
                }
            }
        }
        chosen
    }
}
