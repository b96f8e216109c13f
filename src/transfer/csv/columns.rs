//! Which column of a table tells which field: as a map says, or by the columns' names.

use super::field::{FIELDS, Field, Kind};
use crate::transfer::table::Cells;

/// Where a field's value comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Told {
    #[default]
    Nowhere,
    /// From the first of these columns that says something; a list from all of them.
    Columns(Vec<usize>),
    /// It is the same in every row.
    Always(String),
}

/// What `--map` says: of which kind of table, which field, from where.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    kind: Option<Kind>,
    field: String,
    from: From,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum From {
    Columns(Vec<String>),
    Value(String),
}

/// A map of columns, as it is typed: `title=Name,year=Released,credits.film=movie`, a value that is the same in every
/// row behind a colon: `countries:FR`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Map(Vec<Entry>);

impl Map {
    /// Reads a map.
    ///
    /// # Errors
    /// A sentence on what is wrong with it.
    pub(super) fn read(text: &str) -> Result<Map, String> {
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        entries.map(entry).collect::<Result<_, _>>().map(Map)
    }

    /// Whether it leaves the columns of a kind to be recognised by their names: it names none of them.
    pub(super) fn recognises(&self, kind: Kind) -> bool {
        self.of(kind).all(|entry| matches!(entry.from, From::Value(_)))
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &Entry> {
        self.0.iter().filter(move |entry| entry.kind.is_none_or(|own| own == kind))
    }

    /// The kind that all fields belong to, where that is but one.
    pub(super) fn kind(&self) -> Option<Kind> {
        let fits = |kind: &Kind| {
            let knows =
                |entry: &Entry| entry.kind.is_none_or(|own| own == *kind) && field(*kind, &entry.field).is_some();
            !self.0.is_empty() && self.0.iter().all(knows)
        };
        let mut kinds = Kind::ALL.into_iter().filter(fits);
        kinds.next().filter(|_| kinds.next().is_none())
    }

    /// Every entry must have meant something to one of the tables.
    ///
    /// # Errors
    /// A sentence on the first that did not.
    pub(super) fn verify(&self, tables: &[(Kind, &[String])]) -> Result<(), String> {
        for entry in &self.0 {
            let mut meant = tables.iter().filter(|(kind, _)| entry.kind.is_none_or(|own| own == *kind)).peekable();
            if meant.peek().is_none() {
                return Err(format!("--map {}: none of the files is a table of {}", entry.field, entry.kinds()));
            }
            let known: Vec<_> = meant.filter(|(kind, _)| field(*kind, &entry.field).is_some()).collect();
            let Some((_, first)) = known.first() else {
                let kind = entry.kind.unwrap_or(tables[0].0);
                let names: Vec<&str> = kind.fields().iter().map(|(_, name, _)| *name).collect();
                return Err(format!("--map {}: no field of {kind}; theirs are {}", entry.field, names.join(", ")));
            };
            if let From::Columns(columns) = &entry.from
                && let Some(missing) =
                    columns.iter().find(|column| known.iter().all(|(_, header)| place(header, column).is_none()))
            {
                return Err(format!("has no column {missing}; its columns are {}", first.join(", ")));
            }
        }
        Ok(())
    }
}

impl Entry {
    fn kinds(&self) -> &'static str {
        self.kind.map_or("films, people or credits", Kind::word)
    }
}

fn entry(text: &str) -> Result<Entry, String> {
    let wrong = || format!("--map {text}: write FIELD=COLUMN, or FIELD:VALUE for what is the same in every row");
    let sign = text.find(['=', ':']).ok_or_else(wrong)?;
    let (name, value) = (text[..sign].trim(), text[sign + 1..].trim());
    if name.is_empty() || value.is_empty() {
        return Err(wrong());
    }
    let (kind, name) = match name.split_once('.') {
        Some((kind, name)) => (
            Some(Kind::of(kind).ok_or_else(|| format!("--map {text}: {kind} is none of films, people, credits"))?),
            name,
        ),
        None => (None, name),
    };
    let from = match &text[sign..=sign] {
        "=" => From::Columns(value.split('+').map(|column| column.trim().to_owned()).collect()),
        _ => From::Value(value.to_owned()),
    };
    Ok(Entry { kind, field: name.to_owned(), from })
}

/// Letters and digits in lower case: what tells names of columns apart.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The field of a kind that is called so.
fn field(kind: Kind, called: &str) -> Option<Field> {
    let called = bare(called);
    kind.fields().iter().find(|(_, name, _)| bare(name) == called).map(|(field, ..)| *field)
}

/// The place of a column: by its name, else by its number behind a `#`.
fn place(header: &[String], column: &str) -> Option<usize> {
    let named = header.iter().position(|name| name == column);
    let named = named.or_else(|| header.iter().position(|name| name.eq_ignore_ascii_case(column)));
    let number = || column.strip_prefix('#')?.parse::<usize>().ok()?.checked_sub(1);
    named.or_else(|| number().filter(|place| *place < header.len()))
}

/// What the columns of one table tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub kind: Kind,
    told: [Told; FIELDS],
}

impl Columns {
    /// What the columns of a table tell: what the map says of its kind, if it names any, else what their names say.
    pub(super) fn new(kind: Kind, header: &[String], map: &Map) -> Columns {
        let mut columns = Columns { kind, told: std::array::from_fn(|_| Told::Nowhere) };
        if map.recognises(kind) {
            columns.recognise(header);
        }
        for entry in map.of(kind) {
            let Some(field) = field(kind, &entry.field) else { continue };
            columns.told[field as usize] = match &entry.from {
                From::Value(value) => Told::Always(value.clone()),
                From::Columns(names) => Told::Columns(names.iter().filter_map(|name| place(header, name)).collect()),
            };
        }
        columns
    }

    fn recognise(&mut self, header: &[String]) {
        let header: Vec<String> = header.iter().map(|name| bare(name)).collect();
        let mut used = vec![false; header.len()];
        for (field, _, words) in self.kind.fields() {
            let mut found: Vec<usize> =
                words.split(' ').filter_map(|word| header.iter().position(|name| name == word)).collect();
            found.retain(|place| !used[*place]);
            found.truncate(if field.is_list() { usize::MAX } else { 1 });
            for place in &found {
                used[*place] = true;
            }
            if !found.is_empty() {
                self.told[*field as usize] = Told::Columns(found);
            }
        }
    }

    /// What kind of table has such columns.
    pub(super) fn guess(header: &[String]) -> Option<Kind> {
        let of = |kind| Columns::new(kind, header, &Map::default());
        let (people, films, credits) = (of(Kind::People), of(Kind::Films), of(Kind::Credits));
        let (ids, persons) = (credits.names_films(), credits.names_people());
        let parts = credits.tells(Field::Character) || credits.tells(Field::Role);
        let lives = [Field::Date, Field::EndDate, Field::Description, Field::First, Field::Gender, Field::Images]
            .into_iter()
            .any(|field| people.tells(field));
        let titled = header.iter().any(|name| bare(name).contains("title"));
        let film = ids || credits.tells(Field::Title);
        let known = [Field::Imdb, Field::Tmdb, Field::Letterboxd].into_iter().any(|field| films.tells(field));
        if film
            && ((persons && ids && !films.tells(Field::Genres)) || (parts && (persons || credits.tells(Field::Name))))
        {
            Some(Kind::Credits)
        } else if !titled && lives && (people.tells(Field::Name) || people.tells(Field::Last)) {
            Some(Kind::People)
        } else {
            let facts = [Field::Year, Field::Date, Field::Duration, Field::Genres, Field::Directors, Field::Budget];
            let named = films.tells(Field::Title) && facts.into_iter().any(|field| films.tells(field));
            (titled || named || known).then_some(Kind::Films)
        }
    }

    /// Whether a credit's film is told by an id.
    pub(super) fn names_films(&self) -> bool {
        [Field::Film, Field::FilmImdb, Field::FilmTmdb].into_iter().any(|field| self.tells(field))
    }

    /// Whether a credit's people are told by ids.
    pub(super) fn names_people(&self) -> bool {
        [Field::Person, Field::PersonImdb, Field::PersonTmdb].into_iter().any(|field| self.tells(field))
    }

    /// Whether anything tells the field.
    pub(super) fn tells(&self, field: Field) -> bool {
        self.told[field as usize] != Told::Nowhere
    }

    /// Nothing tells the field after all.
    pub(super) fn forget(&mut self, field: Field) {
        self.told[field as usize] = Told::Nowhere;
    }

    /// What the field is called.
    pub(super) fn name(&self, field: Field) -> &'static str {
        let fields = self.kind.fields();
        fields.iter().find(|(one, ..)| *one == field).map_or("a column", |(_, name, _)| name)
    }

    /// The texts that a row has for a field, none of them empty.
    pub(super) fn texts<'c>(&'c self, field: Field, cells: &'c Cells) -> impl Iterator<Item = &'c str> {
        let (columns, always): (&[usize], Option<&str>) = match &self.told[field as usize] {
            Told::Nowhere => (&[], None),
            Told::Columns(columns) => (columns, None),
            Told::Always(value) => (&[], Some(value)),
        };
        let told = columns.iter().map(|column| cells.get(Some(*column)));
        told.filter(|text| !text.is_empty() && *text != "\\N").chain(always)
    }

    /// What is made of the columns, in a sentence, and which are left aside.
    pub(super) fn describe(&self, header: &[String]) -> String {
        let mut used = vec![false; header.len()];
        let mut told = Vec::new();
        for (field, name, _) in self.kind.fields() {
            match &self.told[*field as usize] {
                Told::Nowhere => {}
                Told::Always(value) => told.push(format!("{name}: {value}")),
                Told::Columns(columns) => {
                    for column in columns {
                        used[*column] = true;
                    }
                    let names: Vec<&str> = columns.iter().map(|column| header[*column].as_str()).collect();
                    told.push(format!("{name} = {}", names.join(" + ")));
                }
            }
        }
        let unused: Vec<&str> =
            header.iter().zip(used).filter(|(_, used)| !used).map(|(name, _)| name.as_str()).collect();
        let aside = if unused.is_empty() { String::new() } else { format!("; not used: {}", unused.join(", ")) };
        format!("{}: {}{aside}", self.kind, told.join(", "))
    }
}
