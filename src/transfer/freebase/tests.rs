use super::*;
use crate::domain::{MovieId, PersonId, Timestamp};
use crate::store::check::check;
use crate::store::read::Read as _;

const FILMS: &str = "\
_:1 </film/performance/actor> </en/ann_lee> .
_:1 </film/performance/character> \"Rosa \\\"Red\\\" Dew\" .
_:2 </film/performance/actor> </en/bo> .
_:3 </film/performance/character> \"The Voice\" .
_:4 <note> \"nothing\" .
</en/ann_lee> <name> \"Ann Lee\" .
</en/ann_lee> <type> </people/person> .
</en/bo> <type> </people/person> .
</en/bo> <name> \"Bo Ray\" .
</en/fog> </film/film/directed_by> </en/ann_lee> .
</en/fog> </film/film/directed_by> </en/nobody> .
</en/fog> </film/film/starring> _:3 .
</en/fog> </film/film/starring> _:1 .
</en/fog> </film/film/starring> _:2 .
</en/fog> </film/film/starring> _:4 .
</en/fog> <name> \"Nebel\"@de .
</en/fog> <name> \"Fog\" .
</en/fog> <type> </film/film> .
</en/gone> </film/film/starring> _:1 .
</en/lamp> <type> </film/film> .
";

type Bench = crate::transfer::bench::Bench<Files>;

impl Bench {
    fn import(&self, paths: &[PathBuf], now: i64) -> Result<Report, ImportError> {
        import(&self.store, paths, &Options::at(Timestamp(now)), &mut |_| {}, &|| false)
    }
}

fn left(report: &Report) -> Vec<(&'static str, u64)> {
    report.unkept.iter().map(|(what, count)| (*what, *count)).collect()
}

#[test]
fn statements_become_films_with_people_and_parts() {
    let bench = Bench::empty();
    let file = bench.file("films.nq", FILMS);
    let report = bench.import(std::slice::from_ref(&file), 1).unwrap();
    assert_eq!((report.movies.new, report.people.new, report.characters.new), (1, 2, 3));
    assert_eq!((report.read, report.skipped, report.skips[0].line), (20, 1, 20));
    assert_eq!(report.skips[0].why, "nothing tells the title of its film");
    assert_eq!(left(&report), [(unkept::NAMELESS, 1), (unkept::STRAY, 1), (unkept::EMPTY, 1), (unkept::OTHERS, 1)]);
    let (txn, movie) = (bench.store.begin_read().unwrap(), bench.movie(1));
    assert_eq!((movie.title.as_str(), &movie.alternative_titles[..]), ("Fog", &["Nebel".to_owned()][..]));
    assert_eq!(movie.external, [External { source: Source::Freebase, id: "/en/fog".to_owned() }]);
    let called = |id: PersonId| txn.person(id).unwrap().unwrap().name();
    assert_eq!(movie.directors.iter().map(|id| called(*id)).collect::<Vec<_>>(), ["Ann Lee"]);
    let cast = txn.cast(MovieId(1)).unwrap();
    let parts: Vec<(String, Vec<String>)> =
        cast.into_iter().map(|(_, part)| (part.name, part.actors.into_iter().map(called).collect())).collect();
    let part = |name: &str, actors: &[&str]| (name.to_owned(), actors.iter().map(|&name| name.to_owned()).collect());
    assert_eq!(parts, [part("The Voice", &[]), part("Rosa \"Red\" Dew", &["Ann Lee"]), part("", &["Bo Ray"])]);
    drop(txn);
    let revision = bench.revision();
    let again = bench.import(&[file], 2).unwrap();
    assert_eq!((again.movies.unchanged, again.people.unchanged, again.characters.unchanged), (1, 2, 3));
    assert_eq!(bench.revision(), revision);
    assert!(check(&bench.store).unwrap().is_clean());
}

#[test]
fn addresses_are_ids_and_labels_hold_in_their_file_alone() {
    let bench = Bench::empty();
    let film = |id: &str, name: &str, who: &str| {
        let statements = [
            ("ns:m.ID", "ns:type.object.type", "ns:film.film"),
            ("ns:m.ID", "ns:type.object.name", "\"NAME\"@en"),
            ("ns:m.ID", "ns:film.film.starring", "_:1"),
            ("_:1", "ns:film.performance.actor", "ns:m.pWHO"),
            ("ns:m.pWHO", "ns:type.object.type", "ns:film.actor"),
            ("ns:m.pWHO", "ns:type.object.name", "\"WHO\"@en"),
        ];
        let term = |text: &str| match text.strip_prefix("ns:") {
            Some(path) => format!("<http://rdf.freebase.com/ns/{path}>"),
            None => text.to_owned(),
        };
        let lines = statements.map(|(a, b, c)| format!("{} {} {} .\n", term(a), term(b), term(c)));
        lines.concat().replace("ID", id).replace("NAME", name).replace("WHO", who)
    };
    bench.file("films/a.nt", film("0a", "Fog", "Ann"));
    bench.file("films/b.nt", film("0b", "Dew", "Bob"));
    let report = bench.import(&[bench.at("films")], 1).unwrap();
    assert_eq!((report.movies.new, report.people.new, report.characters.new), (2, 2, 2));
    let txn = bench.store.begin_read().unwrap();
    let id = External { source: Source::Freebase, id: "/m/0b".to_owned() };
    let movie = MovieId(txn.external(Entity::Movie, &id).unwrap().unwrap());
    let actor = txn.cast(movie).unwrap()[0].1.actors[0];
    assert_eq!(txn.person(actor).unwrap().unwrap().name(), "Bob");
}

#[test]
fn damaged_lines_are_skipped_and_strange_files_refused() {
    let bench = Bench::empty();
    let torn =
        [FILMS.as_bytes(), b"</en/dew> <name> \"D\xff\" .\n</en/dew> <name> \"Dew .\n\n# end\n</a> </b>\n"].concat();
    let file = bench.file("films.nq", torn);
    let report = bench.import(&[file], 1).unwrap();
    let skipped: Vec<(u64, &str)> = report.skips.iter().map(|skip| (skip.line, skip.why.as_str())).collect();
    assert_eq!(skipped[..2], [(21, "it is not written in UTF-8"), (22, "a quote in it is not closed")]);
    assert_eq!((report.movies.new, report.skipped, skipped[2].0, report.read), (1, 4, 25, 23));
    let fault = |name: &str, bytes: &[u8]| bench.import(&[bench.file(name, bytes)], 1).unwrap_err().to_string();
    assert!(fault("films.csv", b"title,year\nFog,1930\n").contains("films.csv: holds no film as Freebase tells"));
    let mut long = FILMS.as_bytes().to_vec();
    long.resize(3 << 20, b'x');
    assert!(fault("long.nq", &long).contains("long.nq: line 21, column 1: a line takes more than 1 MiB"));
}

#[test]
fn what_has_no_end_is_bounded() {
    let bench = Bench::empty();
    let mut lines = "</en/fog> <type> </film/film> .\n</en/fog> <name> \"Fog\" .\n".to_owned();
    for part in 0..MOST + 20 {
        let says = ["</en/fog> </film/film/starring> _:N .\n", "_:N </film/performance/character> \"N\" .\n"];
        lines += &says.concat().replace('N', &part.to_string());
    }
    for name in 0..MOST + 20 {
        lines += &"</en/fog> <name> \"Fog N\"@fr .\n".replace('N', &name.to_string());
    }
    let report = bench.import(&[bench.file("films.nq", lines)], 1).unwrap();
    assert_eq!((report.movies.new, report.characters.new), (1, MOST as u64));
    assert_eq!(left(&report), [(unkept::MORE, 41)]);
}
