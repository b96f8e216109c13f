//! Whatever is in a file, an import answers: with a report or a sentence, never with a panic.
//!
//! The same documents are the corpus of the long runs in `tests/fuzz`.

use cinedex::catalog::task::Import;
use cinedex::domain::Timestamp;
use cinedex::store::{Access, Store};
use cinedex::transfer::formats;
use std::path::Path;

/// Mutations of each document.
const ROUNDS: u32 = 60;
/// Formats, the name of a file, and a valid document of each. What a format needs besides lies in the same folder.
const DOCUMENTS: &[(&str, &str, &str)] = &[
    (
        "jsonl",
        "all.jsonl",
        r#"{"cinedex":{"format":1}}
{"next":{"entity":"movie","id":3}}
{"record":{"id":[1],"genre":{"name":"Drama","created":4,"updated":4}}}
{"record":{"id":[1],"file":{"name":"a.png","mime":"image/png","key":null,"url":"https://a/1","size":0,"width":null,"height":null,"created":4,"updated":4}}}
{"record":{"id":[2],"movie":{"title":"Fog","original_title":null,"alternative_titles":[],"language":"en","kind":"movie","description":null,"budget":null,"released":"1930","duration":null,"directors":[],"countries":[],"genres":[1],"poster":1,"images":[],"external":[],"rating":null,"votes":null,"origins":0,"created":4,"updated":4}}}
{"record":{"id":[2,1],"character":{"name":"Ann","description":null,"role":"leading","actors":[],"billing":0,"origins":0,"created":4,"updated":4}}}
{"cast":{"movie":2,"next":2}}
"#,
    ),
    (
        "movielens",
        "movies.csv",
        "movieId,title,genres\r\n7,\"Lamp, The (a.k.a. Fog, La) (1999)\",Drama|Sci-Fi\r\n8,Dew,X\r\n",
    ),
    ("movielens", "links.csv", "movieId,imdbId,tmdbId\r\n7,0000123,45\r\n8,,\r\n"),
    ("letterboxd", "watched.csv", "Date,Name,Year,Letterboxd URI\r\n2020-01-01,The Lamp,2001,https://boxd.it/aB1\r\n"),
    (
        "letterboxd",
        "diary.csv",
        "Date,Name,Year,Letterboxd URI,Rating,Tags\r\n2020-01-01,Dew,1999,https://boxd.it/e,4.5,\"a, b\"\r\n",
    ),
    (
        "letterboxd",
        "lists/a.csv",
        "List v7\r\n\r\nPosition,Name,Year,URL,Description\r\n1,Dew,1999,https://boxd.it/D,\"x\r\ny\"\r\n",
    ),
    (
        "tmdb",
        "movies.csv",
        "id,title,genres,release_date,budget\n1,A,\"[{'id': 18, 'name': \"\"Dr'ama\"\"}]\",1999-01-02,100\n",
    ),
    (
        "tmdb",
        "credits.csv",
        "movie_id,cast,crew\n1,\"[{\"\"id\"\": 2, \"\"name\"\": \"\"B\"\", \"\"order\"\": 1}]\",[]\n",
    ),
    (
        "tmdb",
        "answers.json",
        r#"{"id": 1, "title": "A", "genres": [{"id": 18, "name": "Drama"}], "credits": {"cast": [{"id": 2, "name": "B"}], "crew": []}}
{"id": 2, "name": "B", "biography": "x", "birthday": "1950-01-02", "movie_credits": {"cast": [{"id": 3, "title": "C"}], "crew": []}}"#,
    ),
    ("tmdb", "ids.json", "{\"adult\":false,\"id\":1,\"original_title\":\"A\",\"popularity\":1.5,\"video\":false}\n"),
    (
        "csv",
        "films.csv",
        "title;year;genres;imdb\r\nThe Lamp;1999;Drama|War;tt0000007\r\n\"Dew; or\r\nFog\";1921;;\r\n",
    ),
    (
        "freebase",
        "films.nq",
        "_:1 </film/performance/actor> </en/ann> .\n_:1 </film/performance/character> \"Rosa \\\"Red\\\"\"@en .\n\
         </en/ann> <name> \"Ann Lee\" .\n</en/ann> <type> </people/person> .\n\
         </en/fog> </film/film/directed_by> </en/ann> .\n</en/fog> </film/film/starring> _:1 .\n\
         </en/fog> <name> \"Fog\" .\n</en/fog> <type> </film/film> </graph> .\n",
    ),
    (
        "wikipedia",
        "movies.json",
        r#"[{"title": "Fog", "year": 1930, "cast": ["Ann Lee", "Sr."], "genres": ["Short"], "href": null}]"#,
    ),
];
/// What mutations put in: signs that mean something to one reader or another.
const TOKENS: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b",",
    b"\r\n",
    b"\n\n",
    b"[",
    b"]",
    b"{",
    b"}",
    b"\\",
    b"\\u",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\0",
    b"\x04\n",
    b"-1",
    b"99999999999999999999",
    b"1e999",
    b"null",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    b"(",
    b")",
    b"\xe2\x80\xae",
    b"'",
    b"~",
    b"<",
    b">",
    b" .",
];

/// Numbers that are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

fn mutate(document: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = document.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(20)).min(bytes.len());
        match dice.roll(5) {
            0 => drop(bytes.splice(at..at, TOKENS[dice.roll(TOKENS.len())].iter().copied())),
            1 => drop(bytes.drain(at..end)),
            2 => bytes.truncate(at),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << dice.roll(8)),
        }
    }
    bytes
}

fn import(store: &Store, format: &'static str, path: &Path, dry_run: bool) -> Result<(), String> {
    let import = Import { format, paths: vec![path.to_owned()], dry_run, ..Import::default() };
    let done = formats::import(store, &import, None, Timestamp(1), &mut |_| {}, &|| false);
    done.map(drop).map_err(|error| error.to_string())
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn damaged_documents_are_answered() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("films.cinedex");
    drop(Store::create(&path).unwrap());
    let empty = Store::open(&path, Access::Best).unwrap();
    let path = home.path().join("others.cinedex");
    drop(Store::create(&path).unwrap());
    let stocked = Store::open(&path, Access::Best).unwrap();
    write(home.path(), "others.csv", b"title,year\r\nFog,1930\r\n");
    import(&stocked, "csv", &home.path().join("others.csv"), false).unwrap();
    let mut dice = Dice(7);
    for (format, name, document) in DOCUMENTS {
        let folder = home.path().join(format).join(name.replace(['/', '.'], "-"));
        for (_, other, text) in DOCUMENTS.iter().filter(|(of, ..)| of == format) {
            write(&folder, other, text.as_bytes());
        }
        let path = if *format == "jsonl" { folder.join(name) } else { folder.clone() };
        import(&empty, format, &path, true).unwrap();
        for round in 0..ROUNDS {
            let damaged = mutate(document.as_bytes(), &mut dice);
            write(&folder, name, &damaged);
            let store = if round % 2 == 0 { &empty } else { &stocked };
            if let Err(why) = import(store, format, &path, true) {
                let shown = String::from_utf8_lossy(&damaged);
                assert!(why.contains("othing was imported") || why.contains("holds no"), "{round}: {why}: {shown}");
            }
        }
    }
}
