//! A full disk, for which a shell's limit on the size of files stands.

use super::{Home, Ran};
use std::fs;
use std::process::Command;

impl Home {
    /// Runs where no file may be longer than so many bytes, in steps of 512.
    fn within(&self, bytes: u64, words: &[&str]) -> Ran {
        let plain = self.command(words);
        let mut command = Command::new("sh");
        let limited = format!("ulimit -f {}; trap '' XFSZ; exec \"$0\" \"$@\"", bytes / 512);
        command.arg("-c").arg(limited).arg(plain.get_program()).args(plain.get_args()).env_clear();
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(plain.get_current_dir().expect("a home is a folder"));
        self.ran(command, "")
    }

    /// Runs out of room: a sentence, and the catalogue as it was.
    #[track_caller]
    fn runs_out(&self, bytes: u64, words: &[&str], says: &str) {
        let before = self.run(&["export", "jsonl"]).out;
        let ran = self.within(bytes, words);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{words:?}: {ran:?}");
        let all = [says, "no space left on the disk"];
        assert!(all.iter().all(|part| ran.err.contains(part)), "{words:?}: {}", ran.err);
        assert!(self.run(&["export", "jsonl"]).out == before, "{words:?} changed the catalogue");
        assert_eq!(self.run(&["check"]).status, Some(0), "{words:?}");
    }

    /// What lies beside the catalogue, and in the home but for the folders that every home has.
    fn litter(&self) -> Vec<String> {
        let names = |folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let all = names(self.path(".")).chain(names(self.path("data/cinedex")));
        let mut all: Vec<String> = all.map(|name| name.to_string_lossy().into_owned()).collect();
        all.retain(|name| !["data", "state", "config", "catalog.cinedex"].contains(&name.as_str()));
        all.sort();
        all
    }
}

#[test]
fn an_export_that_finds_no_room_leaves_nothing() {
    let home = Home::with_films();
    let before = home.litter();
    for (words, file) in [
        (["export", "jsonl", "all.jsonl"], "all.jsonl"),
        (["export", "csv", "movies.csv"], "movies.csv"),
        (["export", "csv", "tables"], "tables/"),
        (["export", "nfo", "library"], "library/"),
    ] {
        home.runs_out(1_024, &words, &format!("cinedex: {file}"));
        assert_eq!(home.litter(), before, "{words:?}");
    }
}

#[test]
fn an_import_that_finds_no_room_changes_nothing() {
    let home = Home::with_films();
    let rows = (0..40_000).map(|row| format!("{row},The Lamp of {row},{}", 1900 + row % 120));
    let rows: Vec<String> = std::iter::once("id,title,year".to_owned()).chain(rows).collect();
    fs::write(home.path("films.csv"), rows.join("\n")).unwrap();
    let before = home.litter();
    let long = fs::metadata(home.catalog()).unwrap().len();
    for room in [0, 512 << 10] {
        home.runs_out(long + room, &["import", "csv", "films.csv"], "nothing was changed");
        assert_eq!(home.litter(), before);
    }
    let taken = home.run(&["import", "csv", "films.csv"]);
    assert!(taken.status == Some(0) && taken.err.contains("movies: 40000 new"), "{taken:?}");
}

#[test]
fn a_new_catalogue_that_finds_no_room_is_not_made() {
    let home = Home::new();
    let full = home.within(300 * 512, &["import", "starter"]);
    assert_eq!((full.status, full.out.as_str()), (Some(2), ""), "{full:?}");
    assert!(full.err.contains("no space left on the disk"), "{full:?}");
    assert!(!home.catalog().exists());
    assert_eq!(home.run(&["import", "starter"]).status, Some(0));
    assert_eq!(home.run(&["check"]).status, Some(0));
}
