use crate::domain::*;

fn movie() -> Movie {
    Movie {
        title: "Casablanca".into(),
        original_title: None,
        alternative_titles: vec![],
        language: None,
        kind: MovieKind::Movie,
        description: None,
        budget: None,
        released: None,
        duration: None,
        directors: vec![],
        countries: vec![],
        genres: vec![],
        poster: None,
        images: vec![],
        external: vec![],
        rating: None,
        votes: None,
        origins: Origins::default(),
        created: Timestamp(0),
        updated: Timestamp(0),
    }
}

fn person() -> Person {
    Person {
        first_name: "Humphrey".into(),
        last_name: "Bogart".into(),
        full_name: None,
        other_names: vec![],
        biography: None,
        born: None,
        died: None,
        gender: Gender::Male,
        country: None,
        photos: vec![],
        primary_photo: None,
        external: vec![],
        origins: Origins::default(),
        created: Timestamp(0),
        updated: Timestamp(0),
    }
}

fn account() -> Account {
    Account {
        username: "bogie".into(),
        first_name: String::new(),
        last_name: String::new(),
        email: None,
        password_hash: String::new(),
        avatar: None,
        standing: Standing::Member,
        views: Vec::new(),
        created: Timestamp(0),
        updated: Timestamp(0),
    }
}

fn fields(record: &Record) -> Vec<&'static str> {
    record.faults().into_iter().map(|flaw| flaw.field).collect()
}

#[test]
fn a_movie_is_tidied() {
    let mut tidied = Movie {
        title: " Casa\u{1b}blanca".into(),
        original_title: Some("Casa blanca ".into()),
        alternative_titles: vec!["A".into(), " ".into(), "B".into(), " A".into()],
        description: Some(" \n".into()),
        directors: vec![PersonId(2), PersonId(1), PersonId(2)],
        external: vec![External { source: Source::Table, id: " ".into() }],
        ..movie()
    };
    tidied.tidy();
    let expected = Movie {
        title: "Casa blanca".into(),
        alternative_titles: vec!["A".into(), "B".into()],
        directors: vec![PersonId(2), PersonId(1)],
        ..movie()
    };
    assert_eq!(tidied, expected);
}

#[test]
fn a_person_is_tidied() {
    let mut tidied = Person {
        full_name: Some("Humphrey  Bogart".into()),
        photos: vec![FileId(1), FileId(1)],
        primary_photo: Some(FileId(2)),
        ..person()
    };
    tidied.tidy();
    assert_eq!(tidied, Person { photos: vec![FileId(1), FileId(2)], primary_photo: Some(FileId(2)), ..person() });
}

#[test]
fn movies_and_people_keep_their_rules() {
    assert_eq!(movie().faults(), []);
    let budget = Some(Money { currency: Currency::USD, amount: -1 });
    let genres = vec![GenreId(1), GenreId(1)];
    let bad = Movie { title: String::new(), duration: Some(0), rating: Some(1_001), budget, genres, ..movie() };
    assert_eq!(fields(&Record::Movie(bad)), ["title", "budget", "duration", "genres", "rating"]);

    let dates = |born: &str, died: &str| Person { born: born.parse().ok(), died: died.parse().ok(), ..person() };
    assert_eq!(dates("1899-12-25", "1957").faults(), []);
    assert_eq!(dates("1957-05", "1957").faults(), []);
    assert_eq!(fields(&Record::Person(dates("1957", "1956-12-31"))), ["died"]);
    let bad =
        Person { first_name: String::new(), last_name: String::new(), primary_photo: Some(FileId(1)), ..person() };
    assert_eq!(fields(&Record::Person(bad)), ["last_name", "primary_photo"]);
}

#[test]
fn accounts_keep_their_rules() {
    let named = |username: &str| fields(&Record::Account(Account { username: username.into(), ..account() }));
    for username in ["a", "Ilsa.Lund_1942-b", "Žofie", &"x".repeat(32)] {
        assert!(named(username).is_empty(), "{username}");
    }
    for username in ["", "a b", "a/b", "a@b", &"x".repeat(33)] {
        assert_eq!(named(username), ["username"], "{username}");
    }
    let mailed = |email: &str| fields(&Record::Account(Account { email: Some(email.into()), ..account() })).is_empty();
    assert!(mailed("rick@cafe.example") && mailed("a+b@localhost"));
    assert!(!["", "rick", "@cafe", "rick@", "a@b@c", "a b@c"].into_iter().any(mailed));
}

#[test]
fn small_records_keep_their_rules() {
    let (created, updated) = (Timestamp(0), Timestamp(0));
    let country = |name: &str, code: Option<&str>| {
        let mut country = Country { name: name.into(), code: code.map(Into::into), created, updated };
        country.tidy();
        fields(&Record::Country(country))
    };
    assert!(country("France", Some(" fr ")).is_empty() && country("Freedonia", Some("")).is_empty());
    assert_eq!(country(" ", Some("F1")), ["name", "code"]);
    assert_eq!(fields(&Record::Genre(Genre { name: String::new(), created, updated })), ["name"]);

    let mut file = File {
        name: "C:\\posters/a.jpg".into(),
        mime: "Image/JPEG".into(),
        key: Some([0; 32]),
        url: None,
        size: 3,
        width: None,
        height: None,
        created,
        updated,
    };
    file.tidy();
    assert_eq!((file.name.as_str(), file.mime.as_str()), ("a.jpg", "image/jpeg"));
    assert_eq!(file.faults(), []);
    let bad = File { name: "..".into(), mime: "jpeg".into(), key: None, size: File::MAX + 1, ..file.clone() };
    assert_eq!(fields(&Record::File(bad)), ["name", "mime", "url", "size"]);
    assert_eq!(fields(&Record::File(File { url: Some("file:///x".into()), ..file })), ["url"]);

    let nobody = Character {
        name: String::new(),
        description: None,
        role: Role::Leading,
        actors: vec![],
        billing: 0,
        origins: Origins::default(),
        created,
        updated,
    };
    assert_eq!(fields(&Record::Character(nobody.clone())), ["name"]);
    let twice = Character { actors: vec![PersonId(1); 2], ..nobody };
    assert_eq!(fields(&Record::Character(twice)), ["actors"]);
}
