//! The packed layout of characters (a block a movie, a filmography a person, a list a name) against a row a character
//! with two indexes, at 1,000,000 credits. `cargo bench --bench layout`

use cinedex::domain::{CharacterId, MovieId, Role};
use cinedex::store::credit;
use cinedex::store::shape::{CastShape, CharacterShape};
use redb::{ConcurrencyMode, Database, ReadableDatabase, TableDefinition};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::ops::Bound;
use std::path::Path;
use std::time::{Duration, Instant};

const CREDITS: usize = 1_000_000;
const CAST: usize = 15;
const PEOPLE: u64 = 260_000;
const READS: usize = 20_000;

const CASTS: TableDefinition<u32, &[u8]> = TableDefinition::new("casts");
const FILMOGRAPHIES: TableDefinition<u32, &[u8]> = TableDefinition::new("credits");
const NAMESAKES: TableDefinition<&[u8], &[u8]> = TableDefinition::new("characters by name");
const CHARACTERS: TableDefinition<(u32, u32), &[u8]> = TableDefinition::new("characters");
const BY_PERSON: TableDefinition<(u32, u32, u32), ()> = TableDefinition::new("characters by person");
const BY_NAME: TableDefinition<&[u8], ()> = TableDefinition::new("characters by name and id");

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Casts by movie; few people play much, a fifth of the names are everybody's.
fn casts() -> Vec<(u32, CastShape)> {
    let mut dice = Dice(7);
    let mut movies = Vec::new();
    for movie in 1..=(CREDITS / CAST) as u32 {
        let mut cast = CastShape { next: CAST as u32 + 1, since: 1_700_000_000_000, characters: Vec::new() };
        for ordinal in 1..=CAST as u32 {
            let name = match dice.below(5) {
                0 => ["himself", "waiter", "policeman", "nurse", "john"][dice.below(5) as usize].to_owned(),
                _ => format!("name{} surname{}", dice.below(3_000), dice.below(9_000)),
            };
            let reach = dice.below(PEOPLE) + 1;
            cast.characters.push(CharacterShape {
                ordinal,
                name,
                role: (ordinal / 6) as u8,
                actor: dice.below(reach) as u32 + 1,
                rest: None,
            });
        }
        movies.push((movie, cast));
    }
    movies
}

fn bytes<T: serde::Serialize>(value: &T) -> Vec<u8> {
    bincode::serde::encode_to_vec(value, bincode::config::standard()).expect("it encodes")
}

fn read<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> T {
    bincode::serde::decode_from_slice(bytes, bincode::config::standard()).expect("it decodes").0
}

fn open(path: &Path) -> Database {
    let mut builder = Database::builder();
    builder.set_concurrency_mode(ConcurrencyMode::MultiWriter).set_cache_size(24 << 20);
    builder.create(path).expect("the file opens")
}

fn main() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let casts = casts();
    let mut people: BTreeMap<u32, Vec<credit::Credit>> = BTreeMap::new();
    let mut names: BTreeMap<Vec<u8>, Vec<credit::Credit>> = BTreeMap::new();
    for (movie, cast) in &casts {
        for one in &cast.characters {
            let (movie, ordinal) = (MovieId(*movie), one.ordinal);
            let credit = credit::Credit::playing(CharacterId { movie, ordinal }, Role::Leading);
            people.entry(one.actor).or_default().push(credit);
            names.entry(one.name.clone().into_bytes()).or_default().push(credit);
        }
    }
    println!("{CREDITS} credits, {} movies, {} people, {} names", casts.len(), people.len(), names.len());
    let packed = folder.path().join("packed");
    let rows = folder.path().join("rows");
    report("packed", &packed, |db| load_packed(db, &casts, &people, &names));
    report("rows", &rows, |db| load_rows(db, &casts, &people, &names));
    let (movies, ids) = (casts.len() as u64, people.keys().copied().collect::<Vec<u32>>());
    let mut dice = Dice(9);
    let picks: Vec<(u32, u32)> =
        (0..READS).map(|_| (dice.below(movies) as u32 + 1, ids[dice.below(ids.len() as u64) as usize])).collect();
    let (packed, rows) = (open(&packed), open(&rows));
    times("packed: a cast", &picks, |(movie, _)| {
        let txn = packed.begin_read().expect("a read");
        let table = txn.open_table(CASTS).expect("the table opens");
        let block = table.get(movie).expect("it reads").expect("it is there");
        read::<CastShape>(block.value()).characters.len()
    });
    times("rows: a cast", &picks, |(movie, _)| {
        let txn = rows.begin_read().expect("a read");
        let table = txn.open_table(CHARACTERS).expect("the table opens");
        let cast: Vec<CharacterShape> = table
            .range((movie, 0)..=(movie, u32::MAX))
            .expect("it reads")
            .map(|row| read(row.expect("it reads").1.value()))
            .collect();
        cast.len()
    });
    times("packed: a filmography", &picks, |(_, person)| {
        let txn = packed.begin_read().expect("a read");
        let table = txn.open_table(FILMOGRAPHIES).expect("the table opens");
        let block = table.get(person).expect("it reads").expect("it is there");
        credit::decode(block.value()).expect("it decodes").len()
    });
    times("rows: a filmography", &picks, |(_, person)| {
        let txn = rows.begin_read().expect("a read");
        let table = txn.open_table(BY_PERSON).expect("the table opens");
        let all: Vec<(u32, u32)> = table
            .range((person, 0, 0)..=(person, u32::MAX, u32::MAX))
            .expect("it reads")
            .map(|row| row.expect("it reads").0.value())
            .map(|(_, movie, ordinal)| (movie, ordinal))
            .collect();
        all.len()
    });
}

fn report(what: &str, path: &Path, load: impl FnOnce(&Database)) {
    let mut db = open(path);
    let start = Instant::now();
    load(&db);
    let loaded = start.elapsed();
    let before = allocated(path);
    let start = Instant::now();
    while db.compact().expect("it compacts") {}
    println!(
        "{what}: loaded in {:.2} s, {} MB; compacted in {:.2} s, {} MB",
        loaded.as_secs_f64(),
        before / 1_000_000,
        start.elapsed().as_secs_f64(),
        allocated(path) / 1_000_000
    );
}

fn allocated(path: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).expect("the file is there").blocks() * 512
}

type People = BTreeMap<u32, Vec<credit::Credit>>;
type Names = BTreeMap<Vec<u8>, Vec<credit::Credit>>;

fn bytes_of(credits: &[credit::Credit]) -> Vec<u8> {
    let mut bytes = Vec::new();
    credit::put_all(&mut bytes, credits);
    bytes
}

fn load_packed(db: &Database, casts: &[(u32, CastShape)], people: &People, names: &Names) {
    let txn = db.begin_write().expect("a write");
    {
        let mut table = txn.open_table(CASTS).expect("the table opens");
        let mut cursor = table.upper_bound_mut(Bound::<u32>::Unbounded).expect("a cursor");
        for (movie, cast) in casts {
            cursor.insert_before(movie, bytes(cast).as_slice()).expect("rows are sorted");
        }
        cursor.close().expect("the cursor closes");
        let mut table = txn.open_table(FILMOGRAPHIES).expect("the table opens");
        let mut cursor = table.upper_bound_mut(Bound::<u32>::Unbounded).expect("a cursor");
        for (person, all) in people {
            cursor.insert_before(person, bytes_of(all).as_slice()).expect("rows are sorted");
        }
        cursor.close().expect("the cursor closes");
        let mut table = txn.open_table(NAMESAKES).expect("the table opens");
        let mut cursor = table.upper_bound_mut(Bound::<&[u8]>::Unbounded).expect("a cursor");
        for (name, all) in names {
            cursor.insert_before(name.as_slice(), bytes_of(all).as_slice()).expect("rows are sorted");
        }
        cursor.close().expect("the cursor closes");
    }
    txn.commit().expect("it commits");
}

fn load_rows(db: &Database, casts: &[(u32, CastShape)], people: &People, names: &Names) {
    let txn = db.begin_write().expect("a write");
    {
        let mut table = txn.open_table(CHARACTERS).expect("the table opens");
        let mut cursor = table.upper_bound_mut(Bound::<(u32, u32)>::Unbounded).expect("a cursor");
        for (movie, cast) in casts {
            for one in &cast.characters {
                cursor.insert_before((*movie, one.ordinal), bytes(one).as_slice()).expect("rows are sorted");
            }
        }
        cursor.close().expect("the cursor closes");
        let mut table = txn.open_table(BY_PERSON).expect("the table opens");
        let mut cursor = table.upper_bound_mut(Bound::<(u32, u32, u32)>::Unbounded).expect("a cursor");
        for (person, all) in people {
            for one in all {
                cursor.insert_before((*person, one.movie.0, one.ordinal), ()).expect("rows are sorted");
            }
        }
        cursor.close().expect("the cursor closes");
        let mut table = txn.open_table(BY_NAME).expect("the table opens");
        let mut cursor = table.upper_bound_mut(Bound::<&[u8]>::Unbounded).expect("a cursor");
        for (name, all) in names {
            for one in all {
                let id = [one.movie.0.to_be_bytes(), one.ordinal.to_be_bytes()].concat();
                cursor.insert_before([name, &[0][..], &id].concat().as_slice(), ()).expect("rows are sorted");
            }
        }
        cursor.close().expect("the cursor closes");
    }
    txn.commit().expect("it commits");
}

fn times(what: &str, picks: &[(u32, u32)], read: impl Fn((u32, u32)) -> usize) {
    let mut took: Vec<Duration> = Vec::with_capacity(picks.len());
    for pick in picks {
        let start = Instant::now();
        black_box(read(*pick));
        took.push(start.elapsed());
    }
    took.sort_unstable();
    let at = |share: usize| took[took.len() * share / 100].as_nanos() as f64 / 1000.0;
    println!("{what}: p50 {:.1} µs, p99 {:.1} µs", at(50), at(99));
}
