//! The language: what texts mean, what is said of the rest.

use super::*;
use proptest::prelude::*;

/// The query as its tree is written back.
fn read(text: &str) -> String {
    parse(text).unwrap_or_else(|wrong| panic!("{text}: {wrong}")).to_string()
}

/// The sentence and the part of the text it points at.
fn wrong(text: &str) -> (String, &str) {
    let wrong = parse(text).expect_err(text);
    (wrong.to_string(), &text[wrong.span])
}

#[test]
fn words_alone_are_words() {
    for text in [
        "casablanca",
        "war and peace",
        "i'm not there",
        "alien: covenant",
        "2001: a space odyssey",
        "1984",
        "fifties",
        "60s girl",
        "spider-man",
        "alien - the director",
        "tick, tick... boom!",
        "what's up, doc?",
        "drama",
        "M",
        "7\" heels",
    ] {
        let query = parse(text).unwrap();
        let Node::Is(Condition::Words(words)) = query.node else { panic!("{text}") };
        assert_eq!((words.text.as_str(), words.quoted), (text, false));
    }
    assert!(parse(" \t ").unwrap().is_empty());
    assert_eq!(read("  war \t peace "), "war peace");
}

#[test]
fn conditions_read_as_they_are_said() {
    for (text, meaning) in [
        (
            "drama country:france 1950..1969 -director:godard >2h",
            "drama country:\"france\" year:1950..1969 -director:godard duration:2h00m01s..",
        ),
        (
            "genre:drama country:france (1950s or 1960s) not director:godard duration>2h",
            "genre:drama country:\"france\" (year:1950..1959 or year:1960..1969) -director:godard duration:2h00m01s..",
        ),
        ("genre:drama 1950s or 1960s >2h", "genre:drama (year:1950..1959 or year:1960..1969) duration:2h00m01s.."),
        ("country:fr or country:it 1950s or drama", "((country:\"fr\" or country:\"it\") year:1950..1959) or drama"),
        ("-by:lang or by:welles noir", "-director:lang or (director:welles noir)"),
        ("genre:drama,noir", "genre:drama or genre:noir"),
        ("war -genre:drama,noir, country:fr,it", "war -(genre:drama or genre:noir) (country:\"fr\" or country:\"it\")"),
        ("year:1950s,1964", "year:1950..1959 or year:1964"),
        ("year:1950", "year:1950"),
        ("year:1950s..1960s", "year:1950..1969"),
        ("year:50s..sixties", "year:1950..1969"),
        ("year:'90s", "year:1990..1999"),
        ("year:00s", "year:2000..2009"),
        ("drama 1950-1969", "drama year:1950..1969"),
        ("year:1950–1969", "year:1950..1969"),
        ("born:1920+", "born:1920.."),
        ("year: >= 1990", "year:1990.."),
        ("y:<1930", "year:..1929"),
        ("..1929", "year:..1929"),
        (">2015", "year:2016.."),
        ("date:1950-03", "date:1950-03-01..1950-03-31"),
        ("date:>1950-03", "date:1950-04-01.."),
        ("date:<=1950-03", "date:..1950-03-31"),
        ("released:1999-12-31", "date:1999-12-31"),
        ("born:1920s", "born:1920..1929"),
        ("duration:90", "duration:1h30..1h30m59s"),
        ("duration:1h30..2h", "duration:1h30..2h00"),
        ("duration:>2 hours war", "duration:2h00m01s.. war"),
        ("< 1h 30m", "duration:..1h29m59s"),
        ("duration:<90", "duration:..1h29m59s"),
        ("budget:>=10M", "budget:10000000USD.."),
        ("budget:>=10M EUR", "budget:10000000EUR.."),
        ("budget:1M..2M EUR", "budget:1000000EUR..2000000EUR"),
        ("budget:<10 million", "budget:..9999999.9999USD"),
        (">$1M", "budget:1000000.0001USD.."),
        ("rating:7", "rating:7.00..7.09"),
        ("rating:>=7.5", "rating:7.50.."),
        ("rating:10", "rating:10.00..10.00"),
        ("rating:7+ rating:<7,5", "rating:7.00.. rating:..7.49"),
        ("kind:film", "kind:\"movie\""),
        ("country:south korean war", "country:\"south korean\" war"),
        ("votes:>1k", "votes:1001.."),
        ("votes:1,000..1.5M", "votes:1000..1500000"),
        ("kind:tv movie", "kind:\"TV movie\""),
        ("kind:short", "kind:\"short\""),
        ("gender:f", "gender:female"),
        ("favorite:yes -fav:no", "favorite:yes -favorite:no"),
        ("country:united states war", "country:\"united states\" war"),
        ("director:\"jean-luc godard\"", "director:\"jean-luc godard\""),
        ("by:godard with:karina as:anna", "director:godard actor:karina character:anna"),
        ("\"war and peace\"", "\"war and peace\""),
        ("“he said \"no\"”", "“he said \"no\"”"),
        ("(war peace)", "war peace"),
        ("a or b or c", "a or b or c"),
        ("a (b or c) d", "a (b or c) d"),
        ("-(a b)", "-(a b)"),
        ("--a", "a"),
        ("genre:drama and country:france", "genre:drama country:\"france\""),
        ("genre:drama war and peace", "genre:drama war and peace"),
        ("genre:drama (and then)", "genre:drama (and then)"),
        ("NOT musical", "-musical"),
        ("genre:drama not musical", "genre:drama -musical"),
        ("TITLE:War", "title:War"),
    ] {
        assert_eq!(read(text), meaning, "{text}");
        assert_eq!(read(meaning), meaning, "{text}");
    }
}

#[test]
fn what_is_wrong_is_pointed_at() {
    for (text, says, at) in [
        ("year:19x0", "year: “19x0” is not a year", "19x0"),
        ("drama (year:1950", "this bracket is never closed", "("),
        ("drama)", "this bracket was never opened", ")"),
        ("drama () war", "nothing stands in these brackets", "()"),
        ("\"war", "this quote is never closed", "\""),
        ("title:\"war", "this quote is never closed", "\""),
        ("\" \"", "nothing stands in these quotes", "\" \""),
        ("gnere:drama", "there is no gnere: to ask for; is it genre: ?", "gnere:"),
        ("mission:impossible", "there is no mission: to ask for; in quotes it is words", "mission:"),
        ("year:1969..1950", "year: the range runs backwards; write 1950..1969", "1969..1950"),
        ("date:1950-02-30", "date: “1950-02-30” is not a date: the calendar has no such date", "1950-02-30"),
        ("year:0000", "year: “0000” is not a year", "0000"),
        ("date:>9999", "date: nothing can be so", ">9999"),
        ("rating:11", "rating: “11” is not a rating from 0 to 10", "11"),
        ("votes:99999999999", "votes: “99999999999” is more votes than can be counted", "99999999999"),
        ("duration:<1s", "duration: nothing can be so", "<1s"),
        (
            "kind:tv",
            "kind: “tv” is none: choose one of movie, short, TV movie, TV short, TV special, video, series, miniseries",
            "tv",
        ),
        ("favorite:maybe", "favorite: “maybe” is neither yes nor no", "maybe"),
        ("genre:>drama", "genre: has no more and less, nor ranges", ">drama"),
        ("genre:", "genre: needs a value: drama, \"science fiction\" …", ":"),
        ("year:..", "year: needs a value: 1950, 1950s, 1950..1969, >=1990", ":.."),
        (">120", "say of what: year:>120, duration:>120, rating:>120 …", ">120"),
        ("war or", "something must follow “or”", "or"),
        ("or war", "something must stand before “or”; the word is \"or\"", "or"),
        ("genre:drama -(", "this bracket is never closed", "("),
        ("genre:drama not", "something must follow “not”", "not"),
    ] {
        let (sentence, place) = wrong(text);
        assert_eq!((sentence.as_str(), place), (says, at), "{text}");
    }
    let (says, at) = wrong("budget:1MEUR..2MUSD");
    assert_eq!((says.as_str(), at), ("budget: “2MUSD” is not in EUR; amounts are never converted", "2MUSD"));
    assert_eq!(parse(&"(".repeat(10_000)).unwrap_err().why, Why::TooDeep);
    assert_eq!(parse(&"-".repeat(10_000)).unwrap_err().why, Why::TooDeep);
    assert_eq!(parse(&"a".repeat(LONGEST + 1)).unwrap_err().why, Why::TooLong);
    assert_eq!(parse(&"year:1950 ".repeat(MOST + 1)).unwrap_err().why, Why::TooMany);
    assert!(parse(&"war ".repeat(2_500)).is_ok());
}

/// What is offered after the text; `|` is the cursor.
fn offers(text: &str) -> (String, Vec<String>) {
    let cursor = text.find('|').expect("a cursor");
    let text = text.replace('|', "");
    let completion = complete(&text, cursor, Subject::Movies);
    let names = match completion.wanted {
        Wanted::Offers(offers) => offers.into_iter().map(|offer| offer.text).collect(),
        Wanted::Names(entity, typed) => vec![format!("{entity} {typed}")],
        Wanted::Any(field) => vec![field.word().to_owned()],
    };
    (text[completion.span].to_owned(), names)
}

#[test]
fn what_is_typed_can_be_completed() {
    for (text, replaced, names) in [
        ("drama di|", "di", vec!["director:"]),
        ("comed|", "comed", vec!["genre:Comedy"]),
        (
            "genre:drama french|",
            "french",
            vec!["country:France", "country:\"French Guiana\"", "country:\"French Polynesia\""],
        ),
        ("drama -dir|", "dir", vec!["director:"]),
        ("(d|", "d", vec!["director:", "date:", "duration:"]),
        ("kind:tv|", "tv", vec!["\"TV movie\"", "\"TV short\"", "\"TV special\""]),
        ("kind:\"tv m|", "\"tv m", vec!["\"TV movie\""]),
        ("favorite:|", "", vec!["yes", "no"]),
        ("director:god| war", "god", vec!["person god"]),
        ("director:\"jean-luc g|", "\"jean-luc g", vec!["person jean-luc g"]),
        ("genre: dra|", "dra", vec!["genre dra"]),
        ("year:19|", "19", vec!["year"]),
        ("gender|", "gender", vec![]),
    ] {
        assert_eq!(offers(text), (replaced.to_owned(), names.into_iter().map(str::to_owned).collect()), "{text}");
    }
    assert_eq!(offers("|").1.len(), Field::all().filter(|field| field.suits(Subject::Movies)).count());
    assert_eq!(Completion::quote("Jean-Luc Godard"), "\"Jean-Luc Godard\"");
    assert_eq!(Completion::quote("Drama"), "Drama");
}

/// Texts made of what the language knows, so that most of them can be read.
fn queries() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "war",
        "and",
        "or",
        "not",
        "AND",
        "NOT",
        "-",
        "(",
        ")",
        "\"a b\"",
        "genre:drama",
        "country:new",
        "zealand",
        "year:1950..1969",
        "1950s",
        ">2h",
        "hours",
        "duration:<1h30",
        "m",
        "budget:5M",
        "EUR",
        "rating:7",
        "votes:>3k",
        "kind:tv",
        "movie",
        "date:<=1950-02",
        "favorite:no",
        "title:\"x y\"",
        "alien:",
        "“q\"”",
        "role:leading",
        "..",
        "duration:..30m05",
        "s",
        "actor:x",
        "-year:1999",
        "title:",
        "=",
        "born:<1900",
    ]);
    prop::collection::vec((pieces, prop::bool::weighted(0.9)), 0..14).prop_map(|pieces| {
        pieces.into_iter().flat_map(|(piece, blank)| [piece, if blank { " " } else { "" }]).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,60}", cursor in 0usize..80) {
        if let Err(wrong) = parse(&text) {
            prop_assert!(text.get(wrong.span.clone()).is_some(), "{wrong:?}");
            prop_assert!(!wrong.to_string().is_empty());
        }
        let completion = complete(&text, cursor, Subject::People);
        prop_assert!(text.get(completion.span).is_some());
    }

    #[test]
    fn a_query_reads_back(text in queries()) {
        if let Ok(query) = parse(&text) {
            let shown = query.to_string();
            prop_assert_eq!(parse(&shown), Ok(query), "{}", shown);
        }
    }

    #[test]
    fn signs_of_comparison_read_back(text in "(title|actor|genre|country):[=<>]{1,4}[a-z ]{0,3}") {
        if let Ok(query) = parse(&text) {
            let shown = query.to_string();
            prop_assert_eq!(parse(&shown), Ok(query), "{}", shown);
        }
    }

    #[test]
    fn what_can_be_typed_is_answered(text in "[a-z0-9:<>=.()\"\\- ]{0,40}") {
        if let Ok(query) = parse(&text) {
            let shown = query.to_string();
            prop_assert_eq!(parse(&shown), Ok(query), "{}", shown);
        }
    }
}
