use super::*;
use crate::domain::{Key, Movie, MovieId, PersonId, Record, Role};
use crate::store::read::Read as _;
use crate::transfer::Tally;
use image::{ImageFormat, Rgb, RgbImage};
use std::fs;
use std::io::Cursor;

type Bench = crate::transfer::bench::Bench<Libraries<'static>>;

/// A picture of one colour.
fn png(width: u32, colour: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(width, 2, Rgb([colour; 3])).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

impl Bench {
    fn new() -> Bench {
        let bench = Bench::empty();
        fs::create_dir(bench.library()).unwrap();
        bench
    }

    fn library(&self) -> PathBuf {
        self.at("Library")
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        self.file(self.library().join(name), bytes)
    }

    fn import(&self, now: i64) -> Report {
        self.import_from(&[self.library()], now).unwrap()
    }

    fn import_from(&self, paths: &[PathBuf], now: i64) -> Result<Report, ImportError> {
        import(&self.store, paths, &Options::at(Timestamp(now)), &mut |_| {}, &|| false)
    }

    /// Imports again and sees that nothing moves.
    fn settled(&self) {
        let revision = self.revision();
        let again = self.import(99);
        assert_eq!((again.movies.new, again.movies.changed, again.people.new, again.people.changed), (0, 0, 0, 0));
        assert_eq!(self.revision(), revision, "the second import moved something");
        assert!(crate::store::check::check(&self.store).unwrap().is_clean());
    }
}

fn said(report: &Report) -> String {
    let skips = report.skips.iter().map(ToString::to_string);
    skips.chain(report.notes.iter().map(ToString::to_string)).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_library_comes_in_once() {
    let bench = Bench::new();
    bench.put(
        "The Lamp (1921)/The Lamp (1921).nfo",
        "<movie><title>The Lamp</title><originaltitle>The Lamp</originaltitle><plot>Light.</plot><runtime>90</runtime>\
         <premiered>1921-05-01</premiered><genre>Drama</genre><country>USA</country><director>Ann Lee</director>\
         <uniqueid type='imdb'>tt0000021</uniqueid><isuserfavorite>true</isuserfavorite>\
         <actor><name>Bob Ray</name><role>Genie</role></actor><actor><name>Ann Lee</name><role>Queen</role></actor></movie>",
    );
    bench.put("The Lamp (1921)/The Lamp (1921)-poster.png", png(3, 1));
    bench.put("The Lamp (1921)/fanart.jpg", png(4, 2));
    bench.put("The Lamp (1921)/fanart1.jpg", png(5, 2));
    bench.put("The Lamp (1921)/.actors/Bob_Ray.png", png(5, 2));
    let report = bench.import(5);
    assert_eq!((report.read, report.skipped, report.noted), (1, 0, 0), "{}", said(&report));
    assert_eq!((report.movies.new, report.people.new, report.characters.new), (1, 2, 2));
    let movie = bench.movie(1);
    assert_eq!((movie.title.as_str(), movie.original_title.as_deref(), movie.duration), ("The Lamp", None, Some(5400)));
    assert_eq!(movie.external.last().unwrap().id, "Library/The Lamp (1921)/The Lamp (1921).nfo");
    let txn = bench.store.begin_read().unwrap();
    let poster = txn.file(movie.poster.unwrap()).unwrap().unwrap();
    assert_eq!((poster.name.as_str(), poster.mime.as_str()), ("The Lamp (1921)-poster.png", "image/png"));
    assert_eq!((poster.width, poster.height, poster.url), (Some(3), Some(2), None));
    assert_eq!(txn.bytes(movie.poster.unwrap()).unwrap(), png(3, 1));
    let fanart = txn.file(movie.images[0]).unwrap().unwrap();
    assert_eq!((fanart.mime.as_str(), movie.images.len()), ("image/png", 2), "a type is what the bytes say");
    assert_eq!(bench.person(1).photos, [movie.images[1]], "the same bytes are kept once");
    assert_eq!(movie.directors, [PersonId(2)], "who directs and plays is one person");
    let cast = txn.cast(MovieId(1)).unwrap();
    assert!(cast[0].1.name == "Genie" && cast[0].1.role == Role::Leading);
    drop(txn);
    bench.settled();
}

#[test]
fn the_newer_of_two_files_counts() {
    let bench = Bench::new();
    let title = |title: &str| format!("<movie><title>{title}</title></movie>");
    let old = bench.put("One/movie.nfo", title("Old"));
    bench.put("One/One.nfo", title("New"));
    let past = std::time::SystemTime::UNIX_EPOCH;
    fs::File::options().write(true).open(old).unwrap().set_modified(past).unwrap();
    let release = bench.put("Two/movie.nfo", title("Two"));
    bench.put("Two/release.nfo", "ripped by nobody");
    fs::File::options().write(true).open(release).unwrap().set_modified(past).unwrap();
    bench.put("Many/a.nfo", title("A"));
    bench.put("Many/b.nfo", title("B"));
    bench.put("Many/movie.nfo", title("Neither"));
    bench.put("Disc/VIDEO_TS/VIDEO_TS.nfo", title("Disc"));
    bench.put("Disc/folder.jpg", png(3, 3));
    let report = bench.import(5);
    let titles: Vec<String> = (1..=5).map(|id| bench.movie(id).title).collect();
    assert_eq!(titles, ["Disc", "A", "B", "New", "Two"]);
    assert!(bench.movie(1).poster.is_some(), "pictures of a disc lie in the film's folder");
    let said = said(&report);
    for line in [
        "Many/movie.nfo: skipped: its folder holds several films; movie.nfo is for a folder of one",
        "One/movie.nfo: skipped: One.nfo is about the same film and was taken",
        "Two/release.nfo: skipped: movie.nfo is about the same film and was taken",
    ] {
        assert!(said.contains(line), "{line} not in:\n{said}");
    }
    assert_eq!((report.read, report.skipped), (8, 3));
    bench.settled();
}

#[test]
fn whatever_is_no_film_is_skipped_with_a_sentence() {
    let bench = Bench::new();
    for (name, bytes, says) in [
        ("a.nfo", &b"<tvshow><title>x</title></tvshow>"[..], "line 1: skipped: it is about a tvshow, not a film"),
        ("b.nfo", b"", "skipped: it is empty"),
        ("c.nfo", b" \n\t", "skipped: it is empty"),
        ("d.nfo", b"<movie>\n<title>Half", "line 2: skipped: it is cut short"),
        ("e.nfo", b"<movie>\n<title>A</movie>", "line 2: skipped: ill-formed"),
        ("f.nfo", b"nothing of a film", "skipped: it holds neither a film nor the address of one"),
        ("g.nfo", b"https://www.imdb.com/title/tt0000077/", "no movie here has that"),
        ("h.nfo", b"<movie><title> </title><plot>x</plot></movie>", "line 1: skipped: it has no title"),
        (
            "i.nfo",
            b"<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]>\n<movie><title>&lol2;</title></movie>",
            "line 1: skipped: it declares entities",
        ),
        ("j.nfo", b"<!DOCTYPE m [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><movie><title>&x;</title></movie>", "entities"),
        ("k.nfo", &[b"<movie>".as_slice(), "<a>".repeat(100_000).as_bytes()].concat(), "too deep"),
        ("l.nfo", b"\xff\xfe<", "neither a film nor"),
        ("videodb.xml", b"<html/>", "it is no export of a library by Kodi"),
    ] {
        let path = bench.put(name, bytes);
        let report = bench.import(5);
        assert_eq!((report.read, report.skipped, report.movies.new), (1, 1, 0), "{name}: {}", said(&report));
        let line = said(&report);
        assert!(line.starts_with(&path.display().to_string()) && line.contains(says), "{line}");
        fs::remove_file(path).unwrap();
    }
    assert_eq!(bench.revision(), 0);
}

#[test]
fn files_beyond_any_measure_are_not_read() {
    let bench = Bench::new();
    let bomb = bench.put("bomb.nfo", "<movie><plot>");
    fs::File::options().write(true).open(bomb).unwrap().set_len(1 << 30).unwrap();
    bench.put("film.nfo", "<movie><title>Film</title></movie>");
    bench.put("film-poster.jpg", "no picture");
    let large = bench.put("film-fanart.png", png(3, 1));
    fs::File::options().write(true).open(large).unwrap().set_len((16 << 20) + 1).unwrap();
    let report = bench.import(5);
    let said = said(&report);
    assert!(said.contains("bomb.nfo: skipped: it is larger than 8 MiB"), "{said}");
    assert!(said.contains("film-poster.jpg: the picture was not taken: it is no JPEG"), "{said}");
    assert!(said.contains("film-fanart.png: the picture was not taken: it is larger than 16 MiB"), "{said}");
    assert_eq!((report.movies.new, report.noted), (1, 2));
    assert_eq!((bench.movie(1).poster, bench.movie(1).images.len()), (None, 0));
    bench.settled();
}

#[test]
fn every_encoding_and_every_habit_is_read() {
    let bench = Bench::new();
    let wide: Vec<u8> =
        "\u{feff}<movie><title>Ωmega</title></movie>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bench.put("1.nfo", b"<?xml version='1.0' encoding='ISO-8859-1'?><movie><title>Am\xe9lie</title></movie>");
    bench.put("2.nfo", wide);
    bench.put("3.nfo", b"<movie><title>Angels & Demons \x96 x</title></movie>");
    bench.put(
        "4.nfo",
        "\n<movie><title>Tail</title><uniqueid type='tmdb'>5</uniqueid></movie>\nhttps://www.imdb.com/title/tt0000044/",
    );
    bench.put("5.nfo", "<movie><title>First</title></movie><movie><title>Second</title></movie>");
    bench.put("6.nfo", "<Movie><Title>Loud</Title><Country>A / B</Country><country>France</country></Movie>");
    let report = bench.import(5);
    let titles: Vec<String> = (1..=6).map(|id| bench.movie(id).title).collect();
    assert_eq!(titles, ["Amélie", "Ωmega", "Angels & Demons – x", "Tail", "First", "Loud"]);
    let ids: Vec<String> = bench.movie(4).external.into_iter().map(|id| id.id).collect();
    assert_eq!(ids, ["tt0000044", "5", "Library/4.nfo"]);
    assert!(said(&report).contains("5.nfo: it holds more than one film; the first was taken"));
    assert_eq!(bench.movie(6).countries.len(), 3);
    bench.settled();
}

#[test]
fn an_address_alone_tells_of_a_film_that_is_there() {
    let bench = Bench::new();
    bench.put("a/a.nfo", "https://www.themoviedb.org/movie/15849-the-lamp\n");
    bench.put("a/poster.jpg", png(3, 1));
    bench.put("b/b.nfo", "<movie><title>The Lamp</title><tmdbid>15849</tmdbid></movie>");
    let report = bench.import(5);
    assert_eq!((report.read, report.merged, report.movies.new), (2, 1, 1), "whichever of them is read first");
    assert!(bench.movie(1).poster.is_some());
    bench.settled();
}

#[test]
fn the_export_of_a_library_is_read() {
    let bench = Bench::new();
    let body = "<videodb>\n<version>1</version>\n<movie><title>The Lamp</title><year>1921</year>\
         <filenameandpath>smb://x/lamp.mkv</filenameandpath><actor><name>Bob Ray</name><role>Genie</role></actor></movie>\n\
         <tvshow><title>Show</title><episodedetails><title>Pilot</title></episodedetails></tvshow>\n\
         <movie><title>Fog</title></movie>\n<musicvideo/></videodb>";
    let file = bench.put("backup/videodb.xml", body);
    bench.put("backup/movies/The_Lamp_1921-poster.jpg", png(3, 1));
    bench.put("backup/actors/Bob_Ray.jpg", png(3, 2));
    let report = bench.import(5);
    assert_eq!((report.read, report.skipped, report.movies.new), (4, 2, 2), "{}", said(&report));
    assert!(
        said(&report).contains("videodb.xml: line 4: skipped: it is about a tvshow, not a film"),
        "{}",
        said(&report)
    );
    assert!(bench.movie(1).poster.is_some() && bench.person(1).photos.len() == 1);
    assert_eq!(
        bench.import_from(std::slice::from_ref(&file), 6).unwrap().movies,
        Tally { new: 1, unchanged: 1, changed: 0 }
    );
    for (wrong, line) in [
        (body.replace("</title><year>", "</year><year>"), "line 3"),
        (body[..body.len() - 20].to_owned(), "line 6"),
        (format!("<videodb>\n<movie><title>{}", "x".repeat(5 << 20)), "line 2"),
    ] {
        fs::write(&file, wrong).unwrap();
        let revision = bench.revision();
        let error = bench.import_from(&[bench.library()], 7).unwrap_err().to_string();
        assert!(
            error.contains("videodb.xml") && error.contains(line) && error.contains("Nothing was imported"),
            "{error}"
        );
        assert_eq!(bench.revision(), revision);
    }
}

#[cfg(unix)]
#[test]
fn links_and_locks_end_no_walk() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let bench = Bench::new();
    bench.put("a/film.nfo", "<movie><title>Film</title></movie>");
    bench.put("shut/film.nfo", "<movie><title>Shut</title></movie>");
    symlink("..", bench.library().join("a/loop")).unwrap();
    symlink("self", bench.library().join("self")).unwrap();
    symlink("../a", bench.library().join("twice")).unwrap();
    symlink("/dev/zero", bench.library().join("a/film-poster.jpg")).unwrap();
    let deep: PathBuf = std::iter::repeat_n("deep", 60).collect();
    fs::create_dir_all(bench.library().join(deep)).unwrap();
    fs::set_permissions(bench.library().join("shut"), fs::Permissions::from_mode(0o000)).unwrap();
    let report = bench.import(5);
    fs::set_permissions(bench.library().join("shut"), fs::Permissions::from_mode(0o755)).unwrap();
    let said = said(&report);
    assert!(said.contains("deep: not looked into: a library has at most"), "{said}");
    // Root may look into everything.
    let locked = said.contains("shut: the folder was not looked into: Permission denied");
    assert_eq!(report.movies.new, if locked { 1 } else { 2 }, "{said}");
    assert_eq!(report.noted, if locked { 2 } else { 1 }, "{said}");
}

#[test]
fn what_was_entered_here_stays() {
    let bench = Bench::new();
    bench.put("film.nfo", "<movie><title>Film</title><plot>Theirs.</plot><year>1950</year></movie>");
    bench.put("film.jpg", png(3, 1));
    bench.import(5);
    let movie = bench.movie(1);
    let origins = movie.origins.with(crate::domain::Field::Description, crate::domain::Origin::Edited);
    let edited = Movie { description: Some("Ours.".to_owned()), origins, ..movie };
    let mut writer = bench.store.begin_write().unwrap();
    writer.set(Key::Movie(MovieId(1)), Some(Record::Movie(edited))).unwrap();
    writer.commit().unwrap();
    bench.settled();
    bench.put("film.jpg", png(4, 1));
    bench.import(6);
    let movie = bench.movie(1);
    assert_eq!(movie.description.as_deref(), Some("Ours."));
    let poster = bench.store.begin_read().unwrap().file(movie.poster.unwrap()).unwrap().unwrap();
    assert_eq!(poster.width, Some(4), "another poster takes the old one's place");
    bench.settled();
}

#[test]
fn people_known_by_name_are_those_who_made_the_film() {
    let bench = Bench::new();
    let film = |title: &str, people: &str| {
        format!("<movie><title>{title}</title><uniqueid type='imdb'>{title}</uniqueid>{people}</movie>")
    };
    let known = "<actor><name>Ann Lee</name><imdbid>nm0000001</imdbid></actor>\
         <actor><name>Bob Ray</name><imdbid>nm0000002</imdbid></actor>";
    let lamp = bench.put("lamp.nfo", film("tt0000001", known));
    bench.import(5);
    bench.put(
        "lamp.nfo",
        film("tt0000001", "<director>Ann Lee</director><actor><name>bob ray</name><role>Genie</role></actor>"),
    );
    bench.put(".actors/bob_ray.png", png(3, 1));
    let report = bench.import(6);
    assert_eq!((report.people.new, report.characters.new), (0, 0), "both are there, known by ids");
    assert_eq!(bench.movie(1).directors, [PersonId(1)]);
    let bob = bench.person(2);
    assert_eq!((bob.photos.len(), bob.external.len()), (1, 1), "a name is no id of who has one");
    bench.settled();
    bench.put("fog.nfo", film("tt0000002", "<director>Ann Lee</director>"));
    assert_eq!(bench.import(7).people.new, 1, "whoever has the name elsewhere may be another");
    assert_eq!((bench.movie(1).directors, bench.movie(2).directors), (vec![PersonId(1)], vec![PersonId(3)]));
    bench.settled();
    fs::remove_file(lamp).unwrap();
    bench.settled();
}

#[test]
fn paths_that_are_not_there_are_said() {
    let bench = Bench::new();
    let gone = bench.at("gone");
    assert!(bench.import_from(&[gone], 5).unwrap_err().to_string().ends_with("gone: there is no such file"));
    bench.put("film.nfo", "<movie><title>Film</title></movie>");
    let stopped = import(&bench.store, &[bench.library()], &Options::at(Timestamp(5)), &mut |_| {}, &|| true);
    assert!(matches!(stopped, Err(ImportError::Cancelled)));
    assert_eq!(bench.revision(), 0);
}

/// Documents to be damaged.
const WHOLE: [&str; 3] = [
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<movie>\n<title>The Lamp</title><originaltitle>Die Lampe</originaltitle>\
     <ratings><rating name=\"imdb\" max=\"10\" default=\"true\"><value>7.7</value><votes>1,234</votes></rating></ratings>\
     <plot>Light &amp; <![CDATA[<shade>]]></plot><runtime>90</runtime><premiered>1921-05-01</premiered>\
     <uniqueid type=\"imdb\">tt0000021</uniqueid><genre>Drama / War</genre><country>USA / France</country>\
     <director>Ann Lee</director><actor><name>Bob &#82;ay</name><role>Genie</role><order>0</order></actor></movie>\n\
     https://www.themoviedb.org/movie/15849-the-lamp",
    "<movie><title>Fog</title><rating>7,7</rating><year>1950</year><actor><name>A</name><type>Producer</type></actor></movie>",
    "https://www.imdb.com/title/tt0000021/ https://www.themoviedb.org/movie/5",
];
/// What damage may bring.
const HOSTILE: [&str; 12] = [
    "<",
    ">",
    "&",
    "</",
    "]]>",
    "<![CDATA[",
    "<!--",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&#x110000;",
    "<movie>",
    "\u{202e}",
    "<a b='",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]
    #[test]
    fn damaged_files_are_answered(
        of in 0..WHOLE.len(),
        edits in proptest::collection::vec((0..600usize, 0..5u8, 0..HOSTILE.len(), proptest::num::u8::ANY), 1..5),
    ) {
        let mut bytes = WHOLE[of].as_bytes().to_vec();
        for (at, kind, hostile, byte) in edits {
            let at = at.min(bytes.len());
            match kind {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, byte),
                2 => bytes.splice(at..at, HOSTILE[hostile].bytes()).for_each(drop),
                3 => bytes.extend_from_within(at..),
                _ => bytes.drain(at..(at + usize::from(byte)).min(bytes.len())).for_each(drop),
            }
        }
        if let Ok(Content::Film(movie, _)) = parse(&text::decode(&bytes)) {
            let film = Film::read(&movie);
            proptest::prop_assert_eq!(&crate::domain::clean_line(&film.title), &film.title);
            proptest::prop_assert!(film.rating.is_none_or(|rating| rating <= 1_000));
            proptest::prop_assert!(film.duration.is_none_or(|seconds| (60..=72_000).contains(&seconds)));
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
    #[test]
    fn damaged_libraries_come_in_once(at in 0..600usize, hostile in 0..HOSTILE.len(), cut: bool) {
        let bench = Bench::new();
        for (name, whole) in ["a.nfo", "b/movie.nfo", "b/c.nfo"].into_iter().zip(WHOLE) {
            let mut bytes = whole.as_bytes().to_vec();
            let at = at.min(bytes.len());
            if cut { bytes.truncate(at) } else { bytes.splice(at..at, HOSTILE[hostile].bytes()).for_each(drop) }
            bench.put(name, bytes);
        }
        let report = bench.import(5);
        let Tally { new, changed, unchanged } = report.movies;
        proptest::prop_assert_eq!(report.read, report.skipped + report.merged + new + changed + unchanged);
        bench.settled();
    }
}

#[test]
fn commas_around_a_name_are_no_part_of_it() {
    let bench = Bench::new();
    let film = "<movie><title>Fog</title><year>1950</year><director>Ann Lee,</director><genre>Drama, </genre></movie>";
    bench.put("Fog/Fog.nfo", film);
    assert_eq!(bench.import(1).movies.new, 1);
    assert_eq!(bench.person(1).name(), "Ann Lee");
    bench.settled();
}
