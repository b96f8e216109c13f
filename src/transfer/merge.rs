//! What becomes of a record when a source tells of it again. What a person entered here stays; what the source only
//! lets us conclude fills gaps; absence in a source takes nothing away.

use crate::domain::{External, Field, Origin, Origins, PartialDate, fold};

/// Merges the fields of one record.
pub(super) struct Merge<'a> {
    /// Where the record's values came from.
    pub origins: &'a mut Origins,
    /// Whether the source tells the new ones or lets us conclude them.
    pub told: Origins,
    /// Whether what a person entered here gives way.
    pub overwrite: bool,
}

impl Merge<'_> {
    /// Whether a field may become another, by whether it has a value.
    pub(super) fn may(&self, field: Field, known: bool) -> bool {
        match (self.origins.of(field), self.told.of(field)) {
            (Origin::Edited, Origin::Imported) if self.overwrite => true,
            (Origin::Edited, _) => !known && self.origins.made_here(),
            (Origin::Imported, Origin::Derived) => !known,
            _ => true,
        }
    }

    fn mark(&mut self, field: Field) {
        *self.origins = self.origins.with(field, self.told.of(field));
    }

    /// A field that may be unknown.
    pub(super) fn fill<T: PartialEq>(&mut self, field: Field, mine: &mut Option<T>, theirs: Option<T>) {
        if theirs.is_some() && *mine != theirs && self.may(field, mine.is_some()) {
            *mine = theirs;
            self.mark(field);
        }
    }

    /// A field that always has a value; `unknown` is the one that says nothing.
    pub(super) fn choose<T: PartialEq>(&mut self, field: Field, mine: &mut T, theirs: Option<T>, unknown: &T) {
        if let Some(theirs) = theirs.filter(|theirs| theirs != mine && theirs != unknown)
            && self.may(field, mine != unknown)
        {
            *mine = theirs;
            self.mark(field);
        }
    }

    /// A field that is never unknown.
    pub(super) fn set<T: PartialEq>(&mut self, field: Field, mine: &mut T, theirs: T) {
        if *mine != theirs && self.may(field, true) {
            *mine = theirs;
            self.mark(field);
        }
    }

    /// A name; another spelling of the same is no other name.
    pub(super) fn name(&mut self, field: Field, mine: &mut String, theirs: &str) {
        if !theirs.is_empty() && fold(mine) != fold(theirs) && self.may(field, !mine.is_empty()) {
            theirs.clone_into(mine);
            self.mark(field);
        }
    }

    /// A date; one that says less of the same time is no other date.
    pub(super) fn date(&mut self, field: Field, mine: &mut Option<PartialDate>, theirs: Option<PartialDate>) {
        let within = |mine: PartialDate, theirs: PartialDate| {
            theirs.earliest() <= mine.earliest() && mine.latest() <= theirs.latest()
        };
        if !mine.zip(theirs).is_some_and(|(mine, theirs)| within(mine, theirs)) {
            self.fill(field, mine, theirs);
        }
    }

    /// A list, which grows.
    pub(super) fn list<T: PartialEq>(&mut self, field: Field, mine: &mut Vec<T>, theirs: Vec<T>) {
        if !self.may(field, !mine.is_empty()) {
            return;
        }
        for one in theirs {
            if !mine.contains(&one) {
                mine.push(one);
                self.mark(field);
            }
        }
    }
}

/// Ids in other databases, which grow.
pub(super) fn ids(mine: &mut Vec<External>, theirs: Vec<External>) {
    for id in theirs {
        if !mine.contains(&id) {
            mine.push(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(had: Option<u8>, origins: Origins, told: Origin) -> (Option<u8>, Origin) {
        merged(had, origins, told, false)
    }

    fn merged(had: Option<u8>, origins: Origins, told: Origin, overwrite: bool) -> (Option<u8>, Origin) {
        let (mut mine, mut origins) = (had, origins);
        let told = Origins::default().with(Field::Duration, told);
        Merge { origins: &mut origins, told, overwrite }.fill(Field::Duration, &mut mine, Some(9));
        (mine, origins.of(Field::Duration))
    }

    #[test]
    fn what_was_entered_here_stays() {
        use Origin::{Derived, Edited, Imported};
        let of = |origin| Origins::default().with(Field::Duration, origin);
        assert_eq!(filled(Some(1), of(Edited), Imported), (Some(1), Edited));
        assert_eq!(filled(None, of(Edited), Imported), (None, Edited), "a field that was emptied");
        assert_eq!(filled(None, Origins::EDITED, Imported), (Some(9), Imported), "one never known");
        assert_eq!(filled(Some(1), of(Imported), Imported), (Some(9), Imported));
        assert_eq!(filled(Some(1), of(Derived), Imported), (Some(9), Imported));
        assert_eq!(filled(Some(1), of(Imported), Derived), (Some(1), Imported));
        assert_eq!(filled(Some(1), of(Derived), Derived), (Some(9), Derived));
        assert_eq!(filled(None, of(Imported), Derived), (Some(9), Derived));
    }

    #[test]
    fn what_was_entered_here_gives_way_where_asked() {
        use Origin::{Derived, Edited, Imported};
        let edited = Origins::default().with(Field::Duration, Edited);
        assert_eq!(merged(Some(1), edited, Imported, true), (Some(9), Imported));
        assert_eq!(merged(Some(1), edited, Derived, true), (Some(1), Edited), "a conclusion is nobody's word");
    }

    #[test]
    fn less_of_the_same_is_nothing_new() {
        let mut origins = Origins::default();
        let mut merge = Merge { origins: &mut origins, told: Origins::default(), overwrite: false };
        let date = |text: &str| Some(text.parse().unwrap());
        let mut day = date("1950-03-01");
        merge.date(Field::Date, &mut day, date("1950"));
        assert_eq!(day, date("1950-03-01"));
        merge.date(Field::Date, &mut day, date("1951"));
        assert_eq!(day, date("1951"));
        merge.date(Field::Date, &mut day, date("1951-07"));
        assert_eq!(day, date("1951-07"));
        let mut title = "Amélie".to_owned();
        merge.name(Field::Name, &mut title, "AMELIE");
        assert_eq!(title, "Amélie");
        let mut genres = vec![1, 2];
        merge.list(Field::Genres, &mut genres, vec![2, 3]);
        assert_eq!(genres, [1, 2, 3]);
    }
}
