//! Names with the words of real ones: few words are everywhere, half of them occur once.

use super::random::Random;
use super::words::Stream;
use cinedex::domain::Entity;
use cinedex::search::{Name, Names, Trouble};
use std::ops::ControlFlow;

/// A third movies, two thirds people.
pub struct Made {
    movies: Vec<(String, u32)>,
    people: Vec<(String, u32)>,
}

impl Made {
    /// So many names.
    pub fn new(count: usize, seed: u64) -> Self {
        let mut random = Random(seed);
        let mut titles = Stream::new(18, 1);
        let mut name = |streams: &mut [&mut Stream], least: usize, spread: usize| {
            let count = least + random.below(spread);
            let words: Vec<String> = (0..count)
                .map(|at| {
                    let last = streams.len() - 1;
                    let which = if at == 0 { 0 } else { last };
                    let word = streams[which].draw(&mut random) as usize;
                    streams[which].words[word].clone()
                })
                .collect();
            (words.join(" "), fame(&mut random))
        };
        let movies = (0..count / 3).map(|_| name(&mut [&mut titles], 1, 5)).collect();
        let (mut firsts, mut lasts) = (Stream::new(90, 1), Stream::new(9, 1));
        let people =
            (0..count - count / 3).map(|at| name(&mut [&mut firsts, &mut lasts], 2, 1 + usize::from(at % 10 == 0)));
        Self { movies, people: people.collect() }
    }
}

/// Votes or credits: very few have many.
fn fame(random: &mut Random) -> u32 {
    let share = (random.below(1 << 24) + 1) as f64 / f64::from(1 << 24);
    (2.0 / share.powf(1.0)) as u32
}

impl Names for Made {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        let names = match entity {
            Entity::Movie => &self.movies[..],
            Entity::Person => &self.people[..],
            _ => &[],
        };
        for (id, (texts, weight)) in (0..).zip(names) {
            if visit(Name { id, weight: *weight, year: 1900 + (id % 120) as u16, texts }).is_break() {
                break;
            }
        }
        Ok(())
    }
}
