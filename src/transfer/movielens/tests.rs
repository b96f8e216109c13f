use super::*;
use crate::domain::Timestamp;
use crate::transfer::Tally;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

const FILMS: &str = "\u{feff}movieId,title,genres\r
7,\"Lantern, The (1999)\",Drama|Children|IMAX\r
8,Fog (1980) ,(no genres listed)\r
9,\"Fog \"\"B\"\" (1980)\",Sci-Fi\r
x,Nobody (1980),Drama\r
10,,Drama\r
11,Cut off\r
";
const LINKS: &str = "movieId,imdbId,tmdbId\r\n7,0000123,45\r\n8,0456,46\r\n9,12345678,46\r\nx,1,1\r\n";
const TAGS: &str = "userId,movieId,tag,timestamp\r\n1,7,\"two\r\nlines\",9\r\n1,8,b,9\r\n";

type Bench = crate::transfer::bench::Bench<DataSet>;

impl Bench {
    fn new() -> Bench {
        let bench = Bench::empty();
        for (name, text) in [("movies.csv", FILMS), ("links.csv", LINKS), ("tags.csv", TAGS)] {
            bench.write(name, text);
        }
        bench
    }

    fn set(&self) -> PathBuf {
        self.at("ml-tiny")
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        self.file(self.set().join(name), text);
    }

    fn import(&self, path: &Path) -> Result<Report, ImportError> {
        import(&self.store, path, &Options::at(Timestamp(5)), &mut |_| {}, &|| false)
    }

    /// The data set as an archive, in a folder of its own.
    fn zip(&self) -> PathBuf {
        let inside = |name: &str| if name.starts_with('.') { name.to_owned() } else { format!("ml-tiny/{name}") };
        let files = [("movies.csv", FILMS), ("links.csv", LINKS), ("../tags.csv", TAGS)];
        self.archive("ml-tiny.zip", &files.map(|(name, text)| (inside(name), text)))
    }
}

#[test]
fn films_come_with_their_ids() {
    let bench = Bench::new();
    let report = bench.import(&bench.set()).unwrap();
    assert_eq!((report.read, report.movies.new, report.merged, report.skipped), (7, 3, 0, 4));
    let why: Vec<String> = report.skips.iter().map(|skip| format!("{}: {}", skip.line, skip.why)).collect();
    assert_eq!(
        why,
        [
            "5: its movieId is no number",
            "5: its movieId is none",
            "6: it has no title",
            "7: it has 2 cells where the table has 3 columns"
        ]
    );
    assert_eq!(report.unkept.into_iter().collect::<Vec<_>>(), [("tags of MovieLens's users", 2)]);
    let lantern = bench.movie(1);
    assert_eq!(
        (lantern.title.as_str(), &lantern.alternative_titles[..]),
        ("The Lantern", &["Lantern, The".to_owned()][..])
    );
    assert_eq!(lantern.released.map(|date| date.to_string()).as_deref(), Some("1999"));
    let ids: Vec<String> = lantern.external.iter().map(|id| format!("{} {}", id.source, id.id)).collect();
    assert_eq!(ids, ["MovieLens 7", "IMDb tt0000123", "TMDB 45"]);
    assert_eq!(lantern.genres.len(), 2, "IMAX is none");
    assert_eq!(bench.movie(3).external.len(), 2, "an id of TMDB is that of one film");
    assert!(bench.movie(2).genres.is_empty());
}

#[test]
fn the_same_again_changes_nothing() {
    let bench = Bench::new();
    bench.import(&bench.set()).unwrap();
    let revision = bench.revision();
    let zip = bench.zip();
    for path in [bench.set(), zip] {
        let again = bench.import(&path).unwrap();
        assert_eq!(again.movies, Tally { unchanged: 3, ..Tally::default() });
        assert_eq!(bench.revision(), revision);
    }
}

#[test]
fn an_archive_is_read_in_place() {
    let bench = Bench::new();
    let report = bench.import(&bench.zip()).unwrap();
    assert_eq!((report.movies.new, report.skipped), (3, 5));
    assert_eq!(report.skips[0].why, "its member ../tags.csv lies outside the archive");
    assert!(report.unkept.is_empty());
}

#[test]
fn members_may_be_gzipped_themselves() {
    let bench = Bench::new();
    let gzipped = |bytes: &[u8]| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    };
    let zip = bench.archive("ml.zip", &[("movies.csv.gz", gzipped(FILMS.as_bytes())), ("links.csv", LINKS.into())]);
    assert_eq!(bench.import(&zip).unwrap().movies.new, 3);
    let bomb = [FILMS.as_bytes(), &vec![b' '; 80 << 20]].concat();
    let zip = bench.archive("ml.zip", &[("movies.csv.gz", gzipped(&bomb))]);
    let refused = bench.import(&zip).unwrap_err().to_string();
    assert!(refused.contains("movies.csv.gz") && refused.contains("8 MiB"), "{refused}");
}

#[test]
fn damage_changes_nothing() {
    let bench = Bench::new();
    let refused = |path: &Path| bench.import(path).unwrap_err().to_string();
    bench.write("movies.csv", "movieId,name\n1,Fog\n");
    assert!(refused(&bench.set()).contains("movies.csv: has no column title; its columns are movieId, name"));
    bench.write("movies.csv", "movieId,title\n1,Fog\n2,\"Mist\n");
    assert!(refused(&bench.set()).contains("movies.csv: line 3, column 1: a quote is opened"));
    std::fs::remove_file(bench.set().join("movies.csv")).unwrap();
    assert!(refused(&bench.set()).contains("holds no file named movies.csv"));
    let zip = bench.zip();
    let bytes = std::fs::read(&zip).unwrap();
    std::fs::write(&zip, &bytes[..bytes.len() / 2]).unwrap();
    assert!(refused(&zip).contains("neither a folder nor a zip archive"));
    let mut torn = bytes;
    torn[60] ^= 0x55;
    std::fs::write(&zip, &torn).unwrap();
    assert!(bench.import(&zip).is_err());
    assert_eq!(bench.revision(), Bench::new().revision());
}
