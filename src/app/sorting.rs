//! The sortable columns of each list, and how a list reads in words.

use crate::catalog::{FavoriteOrder, List, MovieFilter, MovieOrder, PersonFilter, PersonOrder};
use crate::domain::Entity;

/// A column to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Title or name.
    Name,
    /// Release date or date of birth.
    Date,
    /// Duration.
    Duration,
    /// Budget.
    Budget,
    /// Rating.
    Rating,
    /// Votes of a movie, credits of a person.
    Popularity,
    /// When it was added.
    Added,
}

/// The sortable columns of a list: letter in the menu, words, column.
#[must_use]
pub fn columns(list: &List) -> &'static [(char, &'static str, Column)] {
    match list {
        List::Movies { .. } => &[
            ('t', "title", Column::Name),
            ('y', "release date", Column::Date),
            ('d', "duration", Column::Duration),
            ('b', "budget", Column::Budget),
            ('r', "rating", Column::Rating),
            ('p', "popularity", Column::Popularity),
            ('a', "added", Column::Added),
        ],
        List::People { .. } => &[
            ('n', "name", Column::Name),
            ('b', "date of birth", Column::Date),
            ('p', "popularity", Column::Popularity),
            ('a', "added", Column::Added),
        ],
        List::Favorites { .. } => &[('a', "added", Column::Added), ('t', "title", Column::Name)],
        List::Names { .. } => &[('n', "name", Column::Name)],
        List::Reviews { .. } => &[],
    }
}

/// The column a list is sorted by, and whether small comes first.
#[must_use]
pub fn sorted_by(list: &List) -> (Column, bool) {
    match list {
        List::Movies { order, reverse, .. } => (movie_column(*order), !reverse),
        List::People { order, reverse, .. } => (person_column(*order), !reverse),
        List::Favorites { order, reverse, .. } => (favorite_column(*order), !reverse),
        List::Names { reverse, .. } => (Column::Name, !reverse),
        List::Reviews { .. } => (Column::Added, true),
    }
}

/// The words of the column a list is sorted by.
#[must_use]
pub fn sorted_words(list: &List) -> &'static str {
    let (column, _) = sorted_by(list);
    columns(list).iter().find(|(_, _, other)| *other == column).map_or("", |(_, words, _)| words)
}

/// Sorts a list by a column; by the same column again the other way round. False if it has no such column.
pub fn sort(list: &mut List, column: Column) -> bool {
    if !columns(list).iter().any(|(_, _, other)| *other == column) {
        return false;
    }
    let again = sorted_by(list).0 == column;
    let turned = |reverse: bool| if again { !reverse } else { large_first(column) };
    match list {
        List::Movies { order, reverse, .. } => (*order, *reverse) = (movie_order(column), turned(*reverse)),
        List::People { order, reverse, .. } => (*order, *reverse) = (person_order(column), turned(*reverse)),
        List::Favorites { order, reverse, .. } => (*order, *reverse) = (favorite_order(column), turned(*reverse)),
        List::Names { reverse, .. } => *reverse = turned(*reverse),
        List::Reviews { .. } => return false,
    }
    true
}

/// Whether a column shows its large values first unless turned round: the newest, the best, the longest.
fn large_first(column: Column) -> bool {
    column != Column::Name
}

fn movie_column(order: MovieOrder) -> Column {
    match order {
        MovieOrder::Title => Column::Name,
        MovieOrder::Released => Column::Date,
        MovieOrder::Duration => Column::Duration,
        MovieOrder::Budget => Column::Budget,
        MovieOrder::Rating => Column::Rating,
        MovieOrder::Popularity => Column::Popularity,
        MovieOrder::Added => Column::Added,
    }
}

fn movie_order(column: Column) -> MovieOrder {
    match column {
        Column::Name => MovieOrder::Title,
        Column::Date => MovieOrder::Released,
        Column::Duration => MovieOrder::Duration,
        Column::Budget => MovieOrder::Budget,
        Column::Rating => MovieOrder::Rating,
        Column::Popularity => MovieOrder::Popularity,
        Column::Added => MovieOrder::Added,
    }
}

fn person_column(order: PersonOrder) -> Column {
    match order {
        PersonOrder::Name => Column::Name,
        PersonOrder::Born => Column::Date,
        PersonOrder::Popularity => Column::Popularity,
        PersonOrder::Added => Column::Added,
    }
}

fn person_order(column: Column) -> PersonOrder {
    match column {
        Column::Date => PersonOrder::Born,
        Column::Popularity => PersonOrder::Popularity,
        Column::Added => PersonOrder::Added,
        _ => PersonOrder::Name,
    }
}

fn favorite_column(order: FavoriteOrder) -> Column {
    match order {
        FavoriteOrder::Added => Column::Added,
        FavoriteOrder::Title => Column::Name,
    }
}

fn favorite_order(column: Column) -> FavoriteOrder {
    match column {
        Column::Name => FavoriteOrder::Title,
        _ => FavoriteOrder::Added,
    }
}

/// All movies that pass, the most popular first.
#[must_use]
pub fn movies(filter: MovieFilter) -> List {
    List::Movies { order: MovieOrder::Popularity, reverse: true, filter }
}

/// All people that pass, the most popular first.
#[must_use]
pub fn people(filter: PersonFilter) -> List {
    List::People { order: PersonOrder::Popularity, reverse: true, filter }
}

/// Favorites in the order added.
#[must_use]
pub fn favorites() -> List {
    List::Favorites { order: FavoriteOrder::Added, reverse: false, words: String::new() }
}

/// Genres, countries, files or accounts by name.
#[must_use]
pub fn names(entity: Entity) -> List {
    List::Names { entity, reverse: false, words: String::new() }
}

/// Films that wait for review, or that were put aside.
#[must_use]
pub fn reviews(skipped: bool) -> List {
    List::Reviews { skipped, why: None, source: None }
}

/// The words a list is narrowed to.
#[must_use]
pub fn words(list: &List) -> &str {
    match list {
        List::Movies { filter, .. } => &filter.words,
        List::People { filter, .. } => &filter.words,
        List::Favorites { words, .. } | List::Names { words, .. } => words,
        List::Reviews { .. } => "",
    }
}

/// Narrows a list to words; false if it was so already.
pub fn narrow(list: &mut List, to: &str) -> bool {
    let words = match list {
        List::Movies { filter, .. } => &mut filter.words,
        List::People { filter, .. } => &mut filter.words,
        List::Favorites { words, .. } | List::Names { words, .. } => words,
        List::Reviews { .. } => return false,
    };
    let changed = words != to;
    to.clone_into(words);
    changed
}

/// Whether a list leaves anything out.
#[must_use]
pub fn filtered(list: &List) -> bool {
    match list {
        List::Movies { filter, .. } => *filter != MovieFilter::default(),
        List::People { filter, .. } => *filter != PersonFilter::default(),
        List::Favorites { words, .. } | List::Names { words, .. } => !words.is_empty(),
        List::Reviews { why, source, .. } => why.is_some() || source.is_some(),
    }
}

/// Shows all of a list again; false if it did already.
pub fn clear(list: &mut List) -> bool {
    let changed = filtered(list);
    match list {
        List::Movies { filter, .. } => *filter = MovieFilter::default(),
        List::People { filter, .. } => *filter = PersonFilter::default(),
        List::Favorites { words, .. } | List::Names { words, .. } => words.clear(),
        List::Reviews { why, source, .. } => (*why, *source) = (None, None),
    }
    changed
}

/// Whether records of this kind stand in a list.
#[must_use]
pub fn holds(list: &List, entity: Entity) -> bool {
    match list {
        List::Movies { .. } | List::Favorites { .. } => entity == Entity::Movie,
        List::People { .. } => entity == Entity::Person,
        List::Names { entity: kind, .. } => entity == *kind,
        List::Reviews { .. } => entity == Entity::Review,
    }
}
