use super::*;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn dates_money_and_durations_are_read_and_shown() {
    assert_eq!((DATE.read)(&text(" 1942-11 ")).map(|date| (DATE.show)(&date)), Ok(text("1942-11")));
    assert_eq!((DATE.read)(&text("")), Ok(None));
    assert!((DATE.read)(&text("soon")).is_err());
    assert_eq!((DURATION.read)(&text("1h42")), Ok(Some(6120)));
    assert!((DURATION.read)(&text("0")).is_err());
    let money = (MONEY.read)(&text("1.5M EUR")).expect("money");
    assert_eq!((MONEY.read)(&(MONEY.show)(&money)), Ok(money));
}

#[test]
fn lines_are_parted_and_told_once() {
    assert_eq!((LINES.read)(&text(" a \n\nb\na")), Ok(vec!["a".to_owned(), "b".to_owned()]));
}

#[test]
fn ids_are_read_by_their_database() {
    let ids = (MOVIE_IDS.read)(&text("imdb:tt34583\nTMDB: 289")).expect("ids");
    assert_eq!((MOVIE_IDS.show)(&ids), text("imdb:tt0034583\ntmdb:289"));
    for wrong in ["tt0034583", "moon:1", "imdb:", "imdb:nm0000007"] {
        assert!((MOVIE_IDS.read)(&text(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn ratings_and_places() {
    assert_eq!((RATING.read)(&text("7.4")), Ok(Some(740)));
    assert_eq!((RATING.show)(&Some(855)), text("8.55"));
    assert_eq!((RATING.show)(&Some(1000)), text("10.0"));
    for wrong in ["10.1", "-1", "7.456", "x"] {
        assert!((RATING.read)(&text(wrong)).is_err(), "{wrong}");
    }
    assert_eq!((PLACE.read)(&text("1")), Ok(0));
    assert_eq!((PLACE.read)(&text("")).map(|place| (PLACE.show)(&place)), Ok(text("")));
    assert!((PLACE.read)(&text("0")).is_err());
}
