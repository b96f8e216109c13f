//! Edits of the same films over and over, tidied as a session does it, with no reader open.

use super::at;
use cinedex::catalog::Catalog;
use cinedex::domain::{AccountId, Entity, Key, Movie, MovieId, Record};
use cinedex::store::Read;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::Instant;

const EDITS: u32 = 10_000;
const FILMS: u32 = 100;

/// Prints what the edits leave of the file.
pub fn run(catalog: &Catalog) {
    let before = sizes(catalog);
    let start = Instant::now();
    let (wish, wishes) = sync_channel(1);
    thread::scope(|scope| {
        scope.spawn(move || tidy(catalog, wishes));
        let movies = catalog.store().begin_read().expect("it reads").count(Entity::Movie).expect("a count");
        for round in 0..EDITS {
            let id = MovieId(1 + (u64::from(round % FILMS) * movies / u64::from(FILMS)) as u32);
            edit(catalog, id, round);
            let _ = wish.try_send(());
        }
        drop(wish);
    });
    println!("{EDITS} edits of {FILMS} films in {:.1} s", start.elapsed().as_secs_f64());
    for (when, (allocated, live)) in [("before", before), ("after", sizes(catalog))] {
        let ratio = allocated as f64 / live as f64;
        println!("  {when}: {allocated} KiB allocated, {live} KiB live: {ratio:.2} times");
    }
}

/// As the session's worker: one wish that waits stands for all.
fn tidy(catalog: &Catalog, wishes: Receiver<()>) {
    for () in wishes {
        catalog.tidy().expect("it tidies");
    }
}

fn edit(catalog: &Catalog, id: MovieId, round: u32) {
    let mut writer = catalog.store().begin_write().expect("a write");
    let Some(movie) = writer.read().movie(id).expect("it reads") else { return };
    let movie = Movie {
        title: format!("Title {round}"),
        description: Some(format!("What happens is another story by now. {round} ").repeat((round % 40) as usize)),
        votes: Some(round),
        ..movie
    };
    writer.set(Key::Movie(id), Some(Record::Movie(movie))).expect("an edit");
    writer.journal(Some(AccountId(1)), "an edit", at(i64::from(round))).expect("a step");
    writer.commit().expect("it commits");
}

/// KiB of the file on the disk, and of what lives in it.
fn sizes(catalog: &Catalog) -> (u64, u64) {
    let allocated = catalog.store().allocated().expect("a file");
    let dead = catalog.store().dead_space().expect("it reads").expect("nobody else writes");
    (allocated >> 10, (allocated - dead) >> 10)
}
