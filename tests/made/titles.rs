//! The tables by title: basics, ratings, crew, principals, akas, and a table of countries and budgets.

use super::dump::{Dump, spell, table, weighted};
use super::random::Random;
use super::words::Stream;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

const KINDS: [(&str, usize); 4] = [("movie", 70), ("short", 20), ("tvMovie", 6), ("video", 4)];
const GENRES: [(&str, usize); 24] = [
    ("Drama", 260),
    ("Comedy", 150),
    ("Documentary", 140),
    ("Short", 110),
    ("Romance", 60),
    ("Action", 50),
    ("Thriller", 48),
    ("Horror", 42),
    ("Crime", 40),
    ("Adventure", 30),
    ("Family", 28),
    ("Music", 25),
    ("Animation", 24),
    ("Biography", 22),
    ("Fantasy", 20),
    ("History", 18),
    ("Mystery", 18),
    ("Sci-Fi", 16),
    ("Musical", 12),
    ("War", 12),
    ("Sport", 10),
    ("Western", 10),
    ("News", 3),
    ("Film-Noir", 1),
];
const COUNTRIES: [(&str, usize); 16] = [
    ("US", 300),
    ("IN", 120),
    ("GB", 80),
    ("FR", 80),
    ("DE", 60),
    ("JP", 60),
    ("IT", 50),
    ("ES", 40),
    ("CA", 40),
    ("BR", 30),
    ("MX", 25),
    ("SE", 15),
    ("SUHH", 10),
    ("KR", 20),
    ("PL", 10),
    ("NG", 9),
];
const JOBS: [&str; 6] = [
    "writer\tscreenplay by",
    "producer\tproducer",
    "composer\t\\N",
    "editor\t\\N",
    "cinematographer\tdirector of photography",
    "intimacy_coordinator\t\\N",
];
const PARTS: [&str; 8] = ["Self", "Narrator", "Doctor", "Policeman", "Mother", "The Stranger", "Ren\\u00e9e", "Dancer"];

/// Writes everything about titles, by number.
pub fn write(dump: Dump, folder: &Path) -> io::Result<()> {
    let mut titles = Titles::new(dump, folder)?;
    for film in 0..dump.films {
        titles.film(film)?;
        if film % 50 == 49 {
            titles.episode(film)?;
        }
    }
    titles.flush()
}

struct Titles {
    dump: Dump,
    random: Random,
    words: Stream,
    parts: Stream,
    /// Everybody who was credited, once for each credit: who has many gets more.
    credited: Vec<u32>,
    fresh: u32,
    basics: BufWriter<File>,
    ratings: BufWriter<File>,
    crew: BufWriter<File>,
    principals: BufWriter<File>,
    akas: BufWriter<File>,
    lands: BufWriter<File>,
    rows: u64,
    row: String,
}

impl Titles {
    fn new(dump: Dump, folder: &Path) -> io::Result<Titles> {
        let table = |name, header| table(folder, name, header);
        let mut lands = BufWriter::with_capacity(1 << 20, File::create(folder.join("countries.csv"))?);
        lands.write_all(b"imdb,countries,budget,currency\n")?;
        Ok(Titles {
            dump,
            random: Random(dump.seed),
            words: Stream::new(12, 4_000),
            parts: Stream::new(30, 2_000),
            credited: Vec::new(),
            fresh: 0,
            basics: table(
                "title.basics.tsv",
                "tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres",
            )?,
            ratings: table("title.ratings.tsv", "tconst averageRating numVotes")?,
            crew: table("title.crew.tsv", "tconst directors writers")?,
            principals: table("title.principals.tsv", "tconst ordering nconst category job characters")?,
            akas: table("title.akas.tsv", "titleId ordering title region language types attributes isOriginalTitle")?,
            lands,
            rows: 0,
            row: String::new(),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        [&mut self.basics, &mut self.ratings, &mut self.crew, &mut self.principals, &mut self.akas, &mut self.lands]
            .into_iter()
            .try_for_each(Write::flush)
    }

    fn film(&mut self, film: u32) -> io::Result<()> {
        let tconst = format!("tt{:07}", self.dump.tconst(film));
        let title = self.title();
        let genres = self.genres();
        self.basics(&tconst, &title, &genres)?;
        if self.random.below(10) < 6 {
            let (rating, votes) = (10 + self.random.below(91), self.fame());
            writeln!(self.ratings, "{tconst}\t{}.{}\t{votes}", rating / 10, rating % 10)?;
        }
        self.credits(&tconst, genres.starts_with("Documentary"))?;
        self.lands(&tconst)?;
        if self.random.below(20) == 0 {
            let other = self.title();
            writeln!(self.akas, "{tconst}\t1\t{title}\t\\N\t\\N\toriginal\t\\N\t1")?;
            writeln!(self.akas, "{tconst}\t2\t{other}\tSUHH\tru\timdbDisplay\u{2}tv\t\\N\t0")?;
        }
        Ok(())
    }

    fn basics(&mut self, tconst: &str, title: &str, genres: &str) -> io::Result<()> {
        let kind = weighted(&KINDS, &mut self.random);
        let original = if self.random.below(7) == 0 { self.title() } else { title.to_owned() };
        let age = self.random.below(130) * self.random.below(130) / 130;
        let year = if self.random.below(33) == 0 { "\\N".to_owned() } else { (2026 - age).to_string() };
        let least = if kind == "short" { 2 } else { 60 };
        let runtime = if self.random.below(4) == 0 {
            "\\N".to_owned()
        } else {
            (least + self.random.below(least.max(20) * 2)).to_string()
        };
        writeln!(self.basics, "{tconst}\t{kind}\t{title}\t{original}\t0\t{year}\t\\N\t{runtime}\t{genres}")
    }

    /// A title that no import of films wants, in the shape that readers of quotes trip over.
    fn episode(&mut self, film: u32) -> io::Result<()> {
        let (number, title) = (90_000_000 + film, self.title());
        writeln!(self.basics, "tt{number}\ttvEpisode\t\"{title}\t\"{title}\t0\t2019\t\\N\t\\N\tReality-TV")?;
        let person = self.person();
        writeln!(self.principals, "tt{number}\t1\tnm{person:07}\tself\t\\N\t[\"Self\"]")
    }

    fn title(&mut self) -> String {
        let mut title = String::from(match self.random.below(300) {
            0..30 => "The ",
            30..40 => "A ",
            40..46 => "La ",
            46 => "\"",
            _ => "",
        });
        for word in 0..1 + self.random.below(2) + self.random.below(3) {
            if word > 0 {
                title.push(' ');
            }
            let drawn = self.words.draw(&mut self.random);
            spell(&self.words, drawn, &mut title);
        }
        match self.random.below(100) {
            0 => title.push_str(" & Co."),
            1 => title.push_str(" II"),
            2 => title.insert_str(0, "Амур "),
            3 => title.push_str("猫の月"),
            _ => {}
        }
        title
    }

    fn genres(&mut self) -> String {
        let mut genres: Vec<&str> = Vec::new();
        for _ in 0..self.random.below(4) {
            let genre = weighted(&GENRES, &mut self.random);
            if !genres.contains(&genre) {
                genres.push(genre);
            }
        }
        if genres.is_empty() { "\\N".to_owned() } else { genres.join(",") }
    }

    /// Votes: very few films have many.
    fn fame(&mut self) -> usize {
        5 + 40_000_000 / (1 + self.random.below(1 << 22))
    }

    /// The number of a person: one not credited before, or one of all credits.
    fn person(&mut self) -> u32 {
        let person = if self.credited.is_empty() || self.fresh < self.dump.people() && self.random.below(4) == 0 {
            self.fresh += 1;
            self.fresh - 1
        } else {
            self.credited[self.random.below(self.credited.len())]
        };
        self.credited.push(person);
        self.dump.nconst(person)
    }

    fn credits(&mut self, tconst: &str, documentary: bool) -> io::Result<()> {
        let mut cast = if self.random.below(100) < 8 { 0 } else { 1 + self.random.below(13) };
        if self.random.below(10) == 0 {
            cast += self.random.below(18);
        }
        let mut ordering = 0;
        let mut first = None;
        for _ in 0..cast {
            ordering += 1;
            let person = self.person();
            first = first.or(Some(person));
            self.part(tconst, ordering, person, documentary)?;
        }
        let directors = weighted(&[(0, 8), (1, 86), (2, 5), (3, 1)], &mut self.random);
        let mut names: Vec<String> = Vec::new();
        for _ in 0..directors {
            // One in ten directs what they play in.
            let person = first.filter(|_| self.random.below(10) == 0).unwrap_or_else(|| self.person());
            names.push(format!("nm{person:07}"));
            if self.random.below(100) < 85 {
                ordering += 1;
                self.principal(&format!("{tconst}\t{ordering}\tnm{person:07}\tdirector\t\\N\t\\N\n"))?;
            }
        }
        if self.random.below(3) == 0 {
            let (person, job) = (self.person(), JOBS[self.random.below(JOBS.len())]);
            ordering += 1;
            self.principal(&format!("{tconst}\t{ordering}\tnm{person:07}\t{job}\t\\N\n"))?;
        }
        let names = if names.is_empty() { "\\N".to_owned() } else { names.join(",") };
        writeln!(self.crew, "{tconst}\t{names}\t\\N")
    }

    fn part(&mut self, tconst: &str, ordering: u32, person: u32, documentary: bool) -> io::Result<()> {
        let category = match self.random.below(100) {
            0..2 => "archive_footage",
            2..8 => "self",
            _ if documentary => "self",
            _ if person % 5 < 3 => "actor",
            _ => "actress",
        };
        // Somebody whom the names do not have.
        let person = if self.rows % 1009 == 1008 { 99_000_000 + person % 1000 } else { person };
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        let _ = write!(row, "{tconst}\t{ordering}\tnm{person:07}\t{category}\t\\N\t");
        if self.random.below(10) < 3 {
            row.push_str("\\N");
        } else {
            row.push_str("[\"");
            self.character(&mut row);
            if self.random.below(22) == 0 {
                row.push_str("\",\"");
                self.character(&mut row);
            }
            row.push_str("\"]");
        }
        row.push('\n');
        self.principal(&row)?;
        self.row = row;
        Ok(())
    }

    fn character(&mut self, row: &mut String) {
        match self.random.below(20) {
            0..3 => {
                row.push_str(PARTS[self.random.below(PARTS.len())]);
                if self.random.below(4) == 0 {
                    let _ = write!(row, " #{}", 1 + self.random.below(9));
                }
            }
            3 => {
                let drawn = self.parts.draw(&mut self.random);
                row.push_str("\\\"");
                spell(&self.parts, drawn, row);
                row.push_str("\\\" Sully (uncredited)");
            }
            dice => {
                for word in 0..=u32::from(dice > 9) {
                    row.push_str(if word > 0 { " " } else { "" });
                    let drawn = self.parts.draw(&mut self.random);
                    spell(&self.parts, drawn, row);
                }
            }
        }
    }

    /// A row of principals; now and then it is there twice.
    fn principal(&mut self, row: &str) -> io::Result<()> {
        self.rows += 1;
        self.principals.write_all(row.as_bytes())?;
        if self.rows.is_multiple_of(997) { self.principals.write_all(row.as_bytes()) } else { Ok(()) }
    }

    fn lands(&mut self, tconst: &str) -> io::Result<()> {
        let first = weighted(&COUNTRIES, &mut self.random);
        let second = weighted(&COUNTRIES, &mut self.random);
        let lands = match self.random.below(10) {
            0 => String::new(),
            1 if second != first => format!("\"{first}, {second}\""),
            _ => first.to_owned(),
        };
        let (budget, currency) = if self.random.below(10) == 0 {
            (
                (1 + self.random.below(20_000)).to_string() + "000",
                weighted(&[("USD", 6), ("EUR", 3), ("JPY", 1)], &mut self.random),
            )
        } else {
            (String::new(), "")
        };
        if lands.is_empty() && budget.is_empty() {
            return Ok(());
        }
        writeln!(self.lands, "{tconst},{lands},{budget},{currency}")
    }
}
