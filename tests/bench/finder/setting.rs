//! The catalogue that is asked: an account of its own with favorites, names to ask for, pages to forget.

use super::Outcome;
use super::random::Random;
use super::times::memory;
use cinedex::catalog::password::Cost;
use cinedex::catalog::{Actor, Catalog, Command, Outcome as Done, Secret};
use cinedex::domain::fold::fold;
use cinedex::domain::{Entity, Key, MovieId, PersonId};
use cinedex::store::{Access, Read};
use rustix::fs::{Advice, fadvise};
use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const NAME: &str = "finder-bench";
const PASSWORD: &str = "a long enough password";
/// So many records count as opened lately.
const OPENED: usize = 50;
/// Names of each kind that are asked for.
const NAMES: usize = 50;

/// What is asked, by whom, and for what.
pub struct Setting {
    pub catalog: Catalog,
    pub actor: Actor,
    /// Folded names of films, people and characters.
    pub names: Vec<String>,
}

/// Opens a catalogue, tidies it, and gives it an account that has favorites and opened something.
pub fn prepare(file: &Path, favorites: usize, random: &mut Random) -> Outcome<Setting> {
    let catalog = Catalog::open(file, Access::Write, Cost::default(), None)?;
    tidy(&catalog)?;
    let (username, password) = (NAME.to_owned(), Secret::new(PASSWORD.to_owned()));
    let sign_in = Command::SignIn { username: username.clone(), password: password.clone(), remember: false };
    let sign_up = Command::SignUp { username, password, email: None, remember: false };
    let done = catalog.run(Actor::Guest, sign_in).or_else(|_| catalog.run(Actor::Guest, sign_up))?;
    let Done::SignedIn(who) = done.outcome else { return Err("nobody signed in".into()) };
    let actor = Actor::Account(who.id);
    let txn = catalog.store().begin_read()?;
    let movies = txn.count(Entity::Movie)? as usize;
    let movie = |random: &mut Random| MovieId(1 + random.below(movies) as u32);
    let there: Vec<MovieId> = cinedex::catalog::favorites_of(&txn, who.id)?;
    let mut wanted: Vec<MovieId> = (there.len()..favorites).map(|_| movie(random)).collect();
    wanted.retain(|id| txn.movie(*id).is_ok_and(|movie| movie.is_some()));
    for movies in wanted.chunks(1_000) {
        catalog.run(actor, Command::Favorite { movies: movies.to_vec(), on: true })?;
    }
    (0..OPENED).for_each(|_| catalog.opened(actor, Key::Movie(movie(random))));
    let names = names(&txn, random)?;
    drop(txn);
    Ok(Setting { catalog, actor, names })
}

/// Tidies, and says what it took if there was something to do. Whoever wants to know what asking takes then asks again.
fn tidy(catalog: &Catalog) -> Outcome {
    let (before, start) = (catalog.store().allocated()?, Instant::now());
    let ended = AtomicBool::new(false);
    let held = std::thread::scope(|scope| {
        let waits = scope.spawn(|| longest_wait(catalog, &ended));
        let tidied = catalog.tidy();
        ended.store(true, Ordering::Relaxed);
        let held = waits.join().map_err(|_| "the other writer broke off")?;
        tidied.map_err(|fault| fault.to_string()).and(held)
    })?;
    if start.elapsed() > Duration::from_millis(500) {
        let grown = catalog.store().allocated()?.saturating_sub(before) >> 20;
        println!(
            "tidied in {:.1} s; the writer was held for {:.2} s; {grown} MiB more",
            start.elapsed().as_secs_f64(),
            held.as_secs_f64()
        );
        memory();
    }
    Ok(())
}

/// How long another writer had to wait at most until the work ended.
fn longest_wait(catalog: &Catalog, ended: &AtomicBool) -> Result<Duration, String> {
    let mut longest = Duration::ZERO;
    while !ended.load(Ordering::Relaxed) {
        let start = Instant::now();
        drop(catalog.store().begin_write().map_err(|error| error.to_string())?);
        longest = longest.max(start.elapsed());
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(longest)
}

/// Names as they may be typed, of every kind as many.
fn names(txn: &impl Read, random: &mut Random) -> Outcome<Vec<String>> {
    let (movies, people) = (txn.count(Entity::Movie)? as usize, txn.count(Entity::Person)? as usize);
    let mut names = Vec::new();
    for kind in [Entity::Movie, Entity::Person, Entity::Character] {
        let all = names.len() + NAMES;
        for _ in 0..NAMES * 1_000 {
            let (movie, person) = (MovieId(1 + random.below(movies) as u32), PersonId(1 + random.below(people) as u32));
            let name = match kind {
                Entity::Movie => txn.movie(movie)?.map(|movie| movie.title),
                Entity::Person => txn.person(person)?.map(|person| person.name()),
                _ => txn.cast(movie)?.pop().map(|(_, character)| character.name),
            };
            let name = fold(&name.unwrap_or_default());
            names.extend(Some(name).filter(|name| name.len() > 6 && name.is_ascii()));
            if names.len() == all {
                break;
            }
        }
    }
    Ok(names)
}

/// Drops the file's pages from the system's cache.
pub fn forget(path: &Path) -> Outcome {
    let file = File::open(path)?;
    file.sync_all()?;
    fadvise(&file, 0, None, Advice::DontNeed)?;
    Ok(())
}
