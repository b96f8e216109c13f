//! Input that is damaged or meant to harm: a sentence or a counted skip, bounded memory, and the catalogue whole.

use super::{Home, Ran};
use flate2::{Compression, write::GzEncoder};
use std::fs::{self, File};
use std::io::Write;
use std::process::Command;
use zip::write::SimpleFileOptions;

/// What an import may take at most: far less than what it would unpack or read to the end.
const KIB: u32 = 600 << 10;
const FILMS: &str = "title,year\nThe Lamp,1921\n";

impl Home {
    /// Imports with little memory.
    fn import(&self, words: &[&str]) -> Ran {
        let plain = self.command(&[&["import"], words].concat());
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("ulimit -d {KIB}; exec \"$0\" \"$@\"")).arg(plain.get_program());
        command.args(plain.get_args()).env_clear();
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(plain.get_current_dir().expect("a home is a folder"));
        self.ran(command, "")
    }

    /// Imports what is refused; the catalogue stays as it was.
    #[track_caller]
    fn refuses(&self, words: &[&str], parts: &[&str]) {
        let before = self.run(&["export", "jsonl"]).out;
        let ran = self.import(words);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{words:?}: {ran:?}");
        assert_eq!(ran.err.lines().filter(|line| line.starts_with("cinedex: ")).count(), 1, "{words:?}: {}", ran.err);
        for part in parts {
            assert!(ran.err.contains(part), "{words:?}: {part}: {}", ran.err);
        }
        assert!(!before.is_empty() && self.run(&["export", "jsonl"]).out == before, "{words:?} changed the catalogue");
    }
}

/// A table that is far larger than it is packed.
fn long_table(head: &str, to: &mut dyn Write) {
    let row = [head.as_bytes(), &vec![b'x'; 1 << 20][..], b"\n"].concat();
    writeln!(to, "Date,Name,Year,Letterboxd URI").unwrap();
    for _ in 0..160 {
        to.write_all(&row).unwrap();
    }
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let home = Home::with_films();
    let mut archive = zip::ZipWriter::new(File::create(home.path("archive")).unwrap());
    archive.start_file("watched.csv", SimpleFileOptions::default()).unwrap();
    long_table("2020-01-01,", &mut archive);
    archive.finish().unwrap();
    home.refuses(&["letterboxd", "archive"], &["archive/watched.csv", "far more than a file of its size"]);
    let mut packed = GzEncoder::new(File::create(home.path("table")).unwrap(), Compression::best());
    long_table("2020-01-01,", &mut packed);
    packed.finish().unwrap();
    home.refuses(&["csv", "table", "--kind", "films", "--map", "title=Name"], &["table: unpacks to far more"]);
}

#[test]
fn a_line_without_end_is_refused() {
    let home = Home::with_films();
    for (format, head, place) in [
        ("csv", FILMS.as_bytes(), "long: line 3"),
        ("jsonl", b"{\"cinedex\":{\"format\":1}}\n", "long: line 2"),
        ("wikipedia", b"[\n{\"title\": \"", "long: line 2"),
        ("freebase", b"</en/fog> <type> </film/film> .\n", "long: line 2"),
    ] {
        fs::write(home.path("long"), head).unwrap();
        File::options().write(true).open(home.path("long")).unwrap().set_len(1 << 30).unwrap();
        home.refuses(&[format, "long"], &[place]);
    }
}

#[test]
fn a_quote_that_is_never_closed_is_refused_with_its_line() {
    let home = Home::with_films();
    fs::write(home.path("films.csv"), format!("{FILMS}\"Fog,1930\nDew,1931\n")).unwrap();
    home.refuses(&["csv", "films.csv"], &["films.csv: line 3, column 1: a quote is opened"]);
}

#[test]
fn entities_and_circles_in_a_library_are_skipped() {
    let home = Home::new();
    let entities = "<!DOCTYPE m [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"/etc/passwd\">]>";
    for (name, text) in [
        ("Films/Bomb/movie.nfo", format!("{entities}\n<movie><title>&b;&c;</title></movie>")),
        ("Films/Lamp/movie.nfo", "<movie><title>The Lamp</title><year>1921</year></movie>".to_owned()),
    ] {
        fs::create_dir_all(home.path(name).parent().unwrap()).unwrap();
        fs::write(home.path(name), text).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", home.path("Films/Lamp/round")).unwrap();
    let ran = home.import(&["nfo", "Films"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert!(ran.err.contains("movies: 1 new"), "{}", ran.err);
    assert!(ran.err.contains("Films/Bomb/movie.nfo") && !home.run(&["export", "jsonl"]).out.contains("root:"));
    assert_eq!(home.run(&["check"]).status, Some(0));
}

#[test]
fn members_outside_the_archive_are_skipped() {
    let home = Home::new();
    let mut archive = zip::ZipWriter::new(File::create(home.path("archive")).unwrap());
    for name in ["watched.csv", "../ratings.csv", "/tmp/diary.csv"] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        writeln!(archive, "Date,Name,Year,Letterboxd URI\n2020-01-01,The Lamp,1921,https://boxd.it/aB1").unwrap();
    }
    archive.finish().unwrap();
    let ran = home.import(&["letterboxd", "archive"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert!(ran.err.contains("its member ../ratings.csv lies outside the archive"), "{}", ran.err);
    assert!(ran.err.contains("movies: 1 new") && !home.path("ratings.csv").exists(), "{}", ran.err);
}

#[test]
fn forms_that_no_import_reads_are_called_by_their_names() {
    let home = Home::with_films();
    fs::write(home.path("films"), "_:1 </film/performance/actor> </en/ann_lee> .\n").unwrap();
    home.refuses(&["freebase", "films"], &["films: holds no film as Freebase tells of them"]);
    home.refuses(&["csv", "films"], &["films: holds statements", "`import freebase`"]);
    fs::write(home.path("films"), "CREATE (Lamp:Movie {title:'The Lamp', released:1921})\n").unwrap();
    home.refuses(&["csv", "films"], &["films: is a script, a program that fills a database", "Name the CSV files"]);
    let mut archive = zip::ZipWriter::new(File::create(home.path("films")).unwrap());
    archive.start_file("films.csv", SimpleFileOptions::default()).unwrap();
    archive.finish().unwrap();
    home.refuses(&["csv", "films"], &["films: is a zip archive or a workbook; unpack it"]);
}

/// The second of two files may not be read. Nothing is denied to the superuser, who becomes nobody for it.
#[cfg(unix)]
#[test]
fn what_may_not_be_read_half_way_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let home = Home::new();
    let mode = |name: &str, mode| fs::set_permissions(home.path(name), fs::Permissions::from_mode(mode)).unwrap();
    for name in ["one.csv", "two.csv"] {
        fs::write(home.path(name), FILMS).unwrap();
    }
    mode("one.csv", 0o644);
    mode("two.csv", 0o000);
    mode(".", 0o777);
    let mut command = home.command(&["import", "csv", "one.csv", "two.csv"]);
    if rustix::process::geteuid().is_root() {
        command.uid(65_534);
    }
    let ran = home.ran(command, "");
    ran.is_refused("two.csv: permission denied; check who owns it and its mode");
    assert!(!home.catalog().exists());
}
