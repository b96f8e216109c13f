//! The sets, where they lie in the folder, and what takes them in.

/// A set of files.
pub struct Set {
    /// What the line begins with.
    pub name: &'static str,
    /// One import after the other.
    pub steps: &'static [Step],
    /// What comes of it.
    pub brings: Brings,
}

/// What comes of a set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Brings {
    /// Films.
    Films,
    /// Nothing, for what it holds are no films.
    Nothing,
    /// A refusal, for it is no data: what that says.
    Refusal(&'static str),
}

/// One import.
pub struct Step {
    /// The name of its format.
    pub format: &'static str,
    /// What it reads, within the folder.
    pub paths: &'static [&'static str],
    /// What it is told.
    pub settings: &'static [(&'static str, &'static str)],
    /// Its folder is packed into an archive first.
    pub zipped: bool,
}

impl Set {
    /// All that has to be there.
    pub fn paths(&self) -> impl Iterator<Item = &'static str> {
        self.steps.iter().flat_map(|step| step.paths.iter().copied())
    }
}

const fn set(name: &'static str, steps: &'static [Step]) -> Set {
    Set { name, steps, brings: Brings::Films }
}

const fn step(format: &'static str, paths: &'static [&'static str]) -> Step {
    Step { format, paths, settings: &[], zipped: false }
}

impl Step {
    const fn told(self, settings: &'static [(&'static str, &'static str)]) -> Step {
        Step { settings, ..self }
    }

    const fn zipped(self) -> Step {
        Step { zipped: true, ..self }
    }
}

/// Every set.
pub const SETS: &[Set] = &[
    set("imdb joined2k", &[step("imdb", &["imdb-tsv/joined2k"])]),
    set("imdb first50k", &[step("imdb", &["imdb-tsv/first50k"]).told(&[("types", "movie,short"), ("akas", "")])]),
    set("imdb akas40", &[step("imdb", &["imdb-tsv/akas40"]).told(&[("akas", "")])]),
    Set {
        brings: Brings::Nothing,
        ..set(
            "imdb rename-small",
            &[step("imdb", &["imdb-tsv/imdb-rename-small"]).told(&[("types", "movie,tvSeries")])],
        )
    },
    set("imdb tiny7", &[step("imdb", &["imdb-tsv/tiny7"]).told(&[("types", "movie,short"), ("akas", "")])]),
    set(
        "imdb csv 2010s",
        &[step(
            "csv",
            &[
                "imdb-csv-2010s/imdb.title.basics.csv.gz",
                "imdb-csv-2010s/imdb.title.crew.csv.gz",
                "imdb-csv-2010s/imdb.title.ratings.csv.gz",
            ],
        )],
    ),
    set("justwatch", &[step("csv", &["justwatch"])]),
    set("imdb5000", &[step("csv", &["imdb5000/movie_metadata.csv.gz"])]),
    set(
        "tmdb tables",
        &[step(
            "tmdb",
            &[
                "tmdb/tmdb_5000_movies.csv.gz",
                "tmdb/tmdb_5000_credits_first198.csv.gz",
                "tmdb/movies_metadata_first5000.csv.gz",
                "tmdb/tmdb.movies_2010s.csv.gz",
            ],
        )],
    ),
    set("tmdb answers", &[step("tmdb", &["tmdb/api-json"])]),
    set(
        "tmdb cast",
        &[
            step("tmdb", &["tmdb/movies_metadata_first5000.csv.gz"]),
            step("csv", &["tmdb/cast_first3160.csv.gz"])
                .told(&[("map", "film_tmdb=apiid,name=name,character=role,role:actor"), ("kind", "credits")]),
        ],
    ),
    set(
        "tmdb titles",
        &[step("csv", &["tmdb/tmdb_titles_108833.tsv.gz"])
            .told(&[("map", "id=media_type+id,kind=media_type,title=title,original=original_title")])],
    ),
    set("tmdb account", &[step("tmdb", &["tmdb/account-export"])]),
    set("movielens", &[step("movielens", &["movielens-latest-small"])]),
    set("movielens zip", &[step("movielens", &["movielens-latest-small"]).zipped()]),
    set("letterboxd 2022", &[step("letterboxd", &["letterboxd/export-2022"])]),
    set("letterboxd 2022 zip", &[step("letterboxd", &["letterboxd/export-2022"]).zipped()]),
    set("letterboxd full", &[step("letterboxd", &["letterboxd/export-full"])]),
    set("letterboxd full zip", &[step("letterboxd", &["letterboxd/export-full"]).zipped()]),
    set("nfo", &[step("nfo", &["nfo/mediaelch", "nfo/jellyfin", "nfo/tellico"])]),
    set("nfo library", &[step("nfo", &["nfo/kodi-library-export"])]),
    set("wikipedia", &[step("wikipedia", &["wikipedia"])]),
    set("vega", &[step("csv", &["vega/movies.json.gz"])]),
    set("budgets", &[step("csv", &["budgets/tn.movie_budgets.csv"])]),
    set(
        "neo4j",
        &[
            step(
                "csv",
                &["neo4j/graphacademy_movies.csv", "neo4j/graphacademy_persons.csv", "neo4j/graphacademy_acted_in.csv"],
            )
            .told(&[("source", "neo4j")]),
            step("csv", &["neo4j/graphacademy_directed.csv"]).told(&[("source", "neo4j"), ("map", "role:director")]),
        ],
    ),
    Set {
        brings: Brings::Refusal("Name the CSV files"),
        ..set("neo4j script", &[step("csv", &["neo4j/movies.cypher"])])
    },
    set(
        "omdb.org",
        &[step(
            "csv",
            &[
                "omdb-org/all_movies.csv.gz",
                "omdb-org/movie_details.csv.gz",
                "omdb-org/movie_countries.csv.gz",
                "omdb-org/movie_abstracts_en.csv.gz",
            ],
        )
        .told(&[("escape", "\\"), ("kind", "films"), ("source", "omdb")])],
    ),
    set(
        "cornell",
        &[
            step("csv", &["cornell/movie_titles_metadata.txt"]).told(&[
                ("no-header", ""),
                ("delimiter", " +++$+++ "),
                ("encoding", "iso-8859-1"),
                ("source", "cornell"),
                ("kind", "films"),
                ("map", "id=1,title=2,year=3,rating=4,votes=5,genres=6"),
            ]),
            step("csv", &["cornell/movie_characters_metadata.txt"]).told(&[
                ("no-header", ""),
                ("delimiter", " +++$+++ "),
                ("encoding", "iso-8859-1"),
                ("source", "cornell"),
                ("kind", "credits"),
                ("map", "film=3,character=2,order=6"),
            ]),
        ],
    ),
    set("freebase", &[step("freebase", &["freebase/30kmoviedata.nq.gz"])]),
];
