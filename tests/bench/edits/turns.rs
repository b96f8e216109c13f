//! Edits of each kind and empty commits, in turns.

use super::at;
use cinedex::domain::{AccountId, CharacterId, Entity, Favorite, Key, MovieId, PersonId, Record};
use cinedex::store::{Read, Store, Writer};
use std::time::{Duration, Instant};

const ROUNDS: u32 = 1_000;

/// A number spread over `1..=count`.
fn spread(round: u32, count: u64) -> u32 {
    1 + (u64::from(round.wrapping_mul(2_654_435_761)) % count.max(1)) as u32
}

fn timed(took: &mut Vec<Duration>, store: &Store, edit: impl FnOnce(&mut Writer)) {
    let start = Instant::now();
    let mut writer = store.begin_write().expect("a write");
    edit(&mut writer);
    writer.journal(Some(AccountId(1)), "an edit", at(1)).expect("a step");
    writer.commit().expect("it commits");
    took.push(start.elapsed());
}

/// Prints how long each kind of edit takes.
pub fn run(store: &Store) {
    let (movies, people) = {
        let txn = store.begin_read().expect("it reads");
        (txn.count(Entity::Movie).expect("a count"), txn.count(Entity::Person).expect("a count"))
    };
    let mut took: [(&str, Vec<Duration>); 4] =
        ["empty commit", "title", "favorite", "cast"].map(|what| (what, Vec::new()));
    for round in 0..ROUNDS {
        let id = MovieId(spread(round, movies));
        let (movie, cast) = {
            let txn = store.begin_read().expect("it reads");
            (txn.movie(id).expect("it reads"), txn.cast(id).expect("it reads"))
        };
        let Some(movie) = movie else { continue };
        timed(&mut took[0].1, store, |writer| writer.forget_token(&[0; 32]).expect("nothing to forget"));
        timed(&mut took[1].1, store, |writer| {
            let mut movie = movie;
            movie.title = format!("Another title {round}");
            writer.set(Key::Movie(id), Some(Record::Movie(movie))).expect("a title");
        });
        timed(&mut took[2].1, store, |writer| {
            let favorite = Record::Favorite(Favorite { added: at(i64::from(round)) });
            writer.set(Key::Favorite(AccountId(1), id), Some(favorite)).expect("a favorite");
        });
        let Some((CharacterId { movie, ordinal }, mut part)) = cast.into_iter().next_back() else { continue };
        timed(&mut took[3].1, store, |writer| {
            part.name = format!("Recast {round}");
            part.actors = vec![PersonId(spread(round + 7, people))];
            let id = CharacterId { movie, ordinal };
            writer.set(Key::Character(id), Some(Record::Character(part))).expect("a character");
        });
    }
    let mut p99_empty = 0.0;
    for (what, took) in &mut took {
        took.sort_unstable();
        let at = |share: usize| took[took.len() * share / 100].as_secs_f64() * 1000.0;
        if *what == "empty commit" {
            p99_empty = at(99);
        }
        println!("{what}: p50 {:.2} ms, p99 {:.2} ms ({:.1} times empty)", at(50), at(99), at(99) / p99_empty);
    }
}
