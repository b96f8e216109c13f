//! `name.basics`: names that many share, seldom with years.

use super::dump::{Dump, numbered, spell, table};
use super::random::Random;
use super::words::Stream;
use std::io::{self, Write};
use std::path::Path;

const PROFESSIONS: [&str; 6] =
    ["actor", "actress", "director,writer,producer", "actor,soundtrack", "composer", "miscellaneous"];

/// Writes everybody, by number.
pub fn write(dump: Dump, folder: &Path) -> io::Result<()> {
    let mut random = Random(dump.seed ^ 0x6e6d);
    let mut out =
        table(folder, "name.basics.tsv", "nconst primaryName birthYear deathYear primaryProfession knownForTitles")?;
    let (mut firsts, mut lasts) = (Stream::new(90, 1_500), Stream::new(9, 20_000));
    for place in 0..dump.people() {
        let number = numbered(place, dump.people());
        let mut name = String::new();
        if random.below(33) > 0 {
            let first = firsts.draw(&mut random);
            spell(&firsts, first, &mut name);
            name.push(' ');
        }
        for word in 0..=usize::from(random.below(12) == 0) {
            let last = lasts.draw(&mut random);
            name.push_str(if word > 0 { "-" } else { "" });
            spell(&lasts, last, &mut name);
        }
        name.push_str(match random.below(400) {
            0 => " Jr.",
            1 => " (II)",
            _ => "",
        });
        let born = 1860 + random.below(150);
        let lives = |known: bool, year: usize| if known { year.to_string() } else { "\\N".to_owned() };
        let (known, dead) = (random.below(7) == 0, random.below(20) == 0);
        let row = format!(
            "nm{number:07}\t{name}\t{}\t{}\t{}\t{}\n",
            lives(known, born),
            lives(dead, born + 30 + random.below(60)),
            PROFESSIONS[random.below(PROFESSIONS.len())],
            // The last column is often unknown.
            if random.below(3) == 0 { "\\N".to_owned() } else { known_for(dump, &mut random) },
        );
        out.write_all(row.as_bytes())?;
        if place % 5003 == 5002 {
            out.write_all(row.as_bytes())?;
        }
    }
    out.flush()
}

fn known_for(dump: Dump, random: &mut Random) -> String {
    let titles: Vec<String> = (0..=random.below(4))
        .map(|_| format!("tt{:07}", dump.tconst(random.below(dump.films as usize) as u32)))
        .collect();
    titles.join(",")
}
