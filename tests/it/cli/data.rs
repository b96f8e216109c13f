//! Searching, listing and showing.

use super::Home;
use serde_json::{Value, json};
use std::io::Read;
use std::process::Stdio;

#[test]
fn a_misspelt_title_is_found() {
    let home = Home::with_films();
    let found = home.run(&["search", "casablnca", "--limit", "1"]);
    assert_eq!((found.status, found.err.as_str()), (Some(0), ""));
    let lines: Vec<Vec<_>> = found.out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["KIND", "ID", "NAME", "YEAR"]);
    assert_eq!(lines[1][2..], ["Casablanca", "1942", "Michael", "Curtiz"]);
    home.run(&["search", "xqzxqz"]).is(1, "", "");
}

#[test]
fn search_keeps_its_contract() {
    let home = Home::with_films();
    let queries = "casablanca\n\nxqzxqz\r\nhumphrey bogart\nrick blaine\n\u{1b}[2J\n";
    let answers = home.run_with(&["search", "--json", "--limit", "3", "-"], queries).objects();
    let asked: Vec<_> = answers.iter().map(|answer| answer["query"].as_str().unwrap()).collect();
    assert_eq!(asked, ["casablanca", "", "xqzxqz", "humphrey bogart", "rick blaine", "\u{1b}[2J"]);
    for answer in &answers {
        assert!(answer["micros"].is_u64());
        let hits = answer["hits"].as_array().unwrap();
        assert!(hits.len() <= 3);
        for hit in hits {
            let name = if hit["kind"] == "movie" { &hit["title"] } else { &hit["name"] };
            assert!(name.is_string() && hit["score"].is_u64() && hit["external"].is_array(), "{hit}");
            assert!(hit["year"].is_u64() || hit["year"].is_null(), "{hit}");
        }
    }
    let first = |answer: usize| &answers[answer]["hits"][0];
    assert_eq!(
        (&first(0)["kind"], &first(0)["title"], &first(0)["year"]),
        (&json!("movie"), &json!("Casablanca"), &json!(1942))
    );
    assert_eq!((&first(3)["kind"], &first(3)["name"]), (&json!("person"), &json!("Humphrey Bogart")));
    assert_eq!((&first(4)["kind"], &first(4)["name"]), (&json!("character"), &json!("Rick Blaine")));
    assert_eq!(answers[2]["hits"], json!([]));
}

#[test]
fn search_narrows_to_one_kind() {
    let home = Home::with_films();
    for (only, kind) in [("movies", "movie"), ("people", "person"), ("characters", "character")] {
        let answers = home.run(&["search", "--json", "--only", only, "char"]).objects();
        let hits = answers[0]["hits"].as_array().unwrap();
        assert!(hits.iter().all(|hit| hit["kind"] == kind), "{hits:?}");
        assert!(!hits.is_empty(), "{only}");
    }
    home.run_with(&["search", "-"], "xqzxqz\n").is_nothing_but_an_answer();
}

impl super::Ran {
    #[track_caller]
    fn is_nothing_but_an_answer(&self) {
        let answer: Value = serde_json::from_str(self.out.trim_end()).unwrap();
        assert_eq!((self.status, self.err.as_str(), &answer["hits"]), (Some(1), "", &json!([])));
    }
}

#[test]
fn whatever_a_line_holds_it_gets_one_answer() {
    let home = Home::with_films();
    let pieces: [&[u8]; 20] = [
        b"",
        b" ",
        b"=",
        b"(",
        b"\"",
        b"\xff\xfe",
        b"\x00",
        b"\x1b[2J",
        b"\r",
        b"year:",
        b"1990..1950",
        b"-",
        b" or ",
        b"9999999999999999999999",
        b"1999-02-31",
        b"casablanca",
        b"e",
        "\u{301}".as_bytes(),
        "\u{202e}".as_bytes(),
        b"votes:>",
    ];
    let line = |at: usize| {
        let piece = pieces[at / 50];
        if at.is_multiple_of(50) {
            return piece.repeat(10_000 / piece.len().max(1));
        }
        let parts = (0..at % 8).map(|place| pieces[(at / 50 + place * at) % 20]);
        [&b"= "[at % 3..]].into_iter().chain(parts).flatten().copied().collect()
    };
    let lines: Vec<Vec<u8>> = (0..1_000).map(line).collect();
    let answers =
        home.run_with(&["search", "--json", "--limit", "2", "-"], [lines.join(&b'\n'), b"\n".to_vec()].concat());
    let answers = answers.objects();
    assert_eq!(answers.len(), lines.len());
    for (answer, line) in answers.iter().zip(&lines) {
        assert_eq!(answer["query"].as_str().unwrap(), String::from_utf8_lossy(line).trim_end_matches('\r'));
        assert!(answer["micros"].is_u64() && answer["hits"].as_array().unwrap().len() <= 2, "{answer}");
        assert!(answer["error"].is_null() || answer["hits"] == json!([]), "{answer}");
    }
    let refused = answers.iter().filter(|answer| answer["error"].is_string()).count();
    let found = answers.iter().filter(|answer| answer["hits"] != json!([])).count();
    assert!(refused > 50 && found > 50, "{refused} {found}");
}

#[test]
fn answers_come_line_by_line() {
    use std::io::{BufRead, BufReader, Write};
    let home = Home::with_films();
    let mut command = home.command(&["search", "--json", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for query in ["casablanca", "vertigo"] {
        writeln!(to, "{query}").unwrap();
        let mut line = String::new();
        from.read_line(&mut line).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["query"], query);
    }
    drop(to);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let home = Home::with_films();
    for words in [&["list", "people", "--json"][..], &["list", "people"], &["completions", "bash"], &["--help"]] {
        let mut command = home.command(words);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut few = [0; 16];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut few).unwrap();
        drop(stdout);
        let ended = child.wait_with_output().unwrap();
        assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]), "{words:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_a_failure() {
    let home = Home::with_films();
    let mut command = home.command(&["list", "movies"]);
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let ended = command.stdout(full).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(String::from_utf8(ended.stderr).unwrap().starts_with("cinedex: No space left"));
}

#[test]
fn lists_are_sorted_filtered_and_limited() {
    let home = Home::with_films();
    let kane = home.run(&["list", "movies", "--sort", "title", "--words", "citizen"]);
    assert_eq!((kane.status, kane.err.as_str()), (Some(0), ""));
    assert!(
        kane.out.starts_with(
            "ID  TITLE         DATE        TIME  COUNTRY        DIRECTOR
"
        ),
        "{}",
        kane.out
    );
    assert!(
        kane.out.ends_with(
            "  Citizen Kane  1941-05-01  1h59  United States  Welles
"
        ),
        "{}",
        kane.out
    );
    let titles = |words: &[&str]| -> Vec<String> {
        let rows = home.run(&[&["list", "movies", "--json"], words].concat()).objects();
        rows.iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
    };
    let all = titles(&["--sort", "date"]);
    assert_eq!(all.len(), home.films);
    assert_eq!(all[0], "A Trip to the Moon");
    let mut back = titles(&["--sort", "date", "--reverse"]);
    back.reverse();
    assert_eq!(back, all);
    assert_eq!(titles(&["--sort", "date", "--limit", "7"]), all[..7]);
    let forties = titles(&["--year", "1940..1949", "--country", "us", "--genre", "drama", "--sort", "date"]);
    assert!(forties.contains(&"Casablanca".to_owned()) && forties.len() < 20, "{forties:?}");
    home.run(&["list", "movies", "--words", "xqzxqz"]).is(1, "", "");
    let said = titles(&["--where", "genre:drama 1940..1949 country:us -director:welles", "--sort", "date"]);
    assert!(said.contains(&"Casablanca".to_owned()) && !said.contains(&"Citizen Kane".to_owned()), "{said:?}");
    let others = titles(&["--where", "-genre:drama", "--sort", "date"]);
    assert!(others.len() > 10 && !others.contains(&"Casablanca".to_owned()));
    let wrong = "cinedex: year: “19x0” is not a year\n  war year:19x0\n           ^^^^\n";
    home.run(&["list", "movies", "--where", "war year:19x0"]).is(2, "", wrong);
    let people = home.run(&["list", "people", "--country", "Japan", "--sort", "born", "--json"]).objects();
    assert!(people.iter().all(|row| row["kind"] == "person" && row["country"] == "Japan"));
    assert!(people.len() > 5);
    for kind in ["genres", "countries"] {
        assert!(home.run(&["list", kind, "--json"]).objects().len() > 15, "{kind}");
    }
    home.run(&["list", "files"]).is(1, "", "");
    home.run(&["list", "accounts"]).is(1, "", "");
}

#[test]
fn a_record_is_shown_whole() {
    let home = Home::with_films();
    let found = home.run(&["search", "--json", "--limit", "1", "casablanca"]).objects();
    let id = found[0]["hits"][0]["id"].to_string();
    let film = &home.run(&["show", "movie", &id, "--json"]).objects()[0];
    assert_eq!(film["title"], "Casablanca");
    assert_eq!(film["directors"][0]["name"], "Michael Curtiz");
    assert_eq!(film["cast"][0]["name"], "Rick Blaine");
    let text = home.run(&["show", "movie", &id]);
    assert_eq!((text.status, text.err.as_str()), (Some(0), ""));
    for line in ["Casablanca\n", "  Duration        1h42\n", "  Directed by     Michael Curtiz [", "\nCast ("] {
        assert!(text.out.contains(line), "{line} in {}", text.out);
    }
    let character = film["cast"][0]["id"].as_str().unwrap();
    let rick = &home.run(&["show", "character", character, "--json"]).objects()[0];
    assert_eq!((&rick["name"], &rick["movie"]["title"]), (&json!("Rick Blaine"), &json!("Casablanca")));
    let director = film["directors"][0]["id"].to_string();
    let curtiz = home.run(&["show", "person", &director]);
    assert!(curtiz.out.contains("\nDirected (") && curtiz.out.contains("Casablanca"), "{}", curtiz.out);
    for (kind, name) in [("genre", "drama"), ("country", "France"), ("country", "FR")] {
        assert_eq!(home.run(&["show", kind, name]).status, Some(0), "{kind} {name}");
    }
    home.run(&["show", "movie", "999999"]).is(1, "", "cinedex: movie 999999 is not in the catalogue\n");
}

#[test]
fn shells_and_manuals_are_served() {
    let home = Home::new();
    for (words, part) in [
        (&["completions", "bash"][..], "_cinedex()"),
        (&["completions", "zsh"], "#compdef cinedex"),
        (&["completions", "fish"], "complete -c cinedex"),
        (&["man"], ".TH cinedex 1"),
        (&["man", "search"], ".TH cinedex-search 1"),
    ] {
        let ran = home.run(words);
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{words:?}");
        assert!(ran.out.contains(part), "{words:?}: {}", ran.out);
    }
}
